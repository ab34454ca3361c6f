"""From files to articles, and from reports to a corpus, its pages and its files: what the command line and the MkDocs plugin both do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment

from onrecord.article import article_ids, decode_raw, parse_article, read_data
from onrecord.article.publication import today
from onrecord.corpus import build_corpus
from onrecord.corpus.cuts import Cut, cut_corpus
from onrecord.corpus.lock import NO_LOCK, Lock, OldAddresses, load_lock, old_addresses
from onrecord.corpus.withholding import withhold_addresses, withhold_corpus
from onrecord.corrections.apply import apply_across, apply_corrections
from onrecord.corrections.correction import Correction
from onrecord.corrections.reading import NO_CORRECTIONS, Corrections, load_corrections
from onrecord.errors import ArticleError, notes_gathered
from onrecord.export.files import ExportFile, export_files
from onrecord.faults import Guard, Tell, at_article, named, no_guard, refuse
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer, load_gazetteer
from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import Article, Corpus, Report
from onrecord.options import LONGEST, CutBy, TextMode
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls, UrlStyle
from onrecord.render.pages.archive import archive_sections, pages_of_actors
from onrecord.render.site import Pages, render_pages
from onrecord.render.views.assets import Asset, counted, render_assets, render_looks
from onrecord.render.views.site import Elsewhere
from onrecord.reports.entries import Entry, tell_repeats
from onrecord.reports.json import encode_report
from onrecord.reports.reading import Telling


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that go with the articles and decide what a site says; the same for every command and for the plugin.

    None has a default, so that the type checker names whoever makes these and forgets one.
    """

    gazetteer: Gazetteer
    """The actors that the user has described in ``actors.yml``."""
    corrections: Corrections
    """What editors have decided, in ``corrections.yml``."""
    lock: Lock
    """The addresses that were published, in ``onrecord.lock``."""


NO_INPUTS = Inputs(NO_GAZETTEER, NO_CORRECTIONS, NO_LOCK)
"""No file but the articles."""


def load_inputs(*, actors: Path | None, corrections: Path | None, lock: Path | None) -> Inputs:
    """The inputs in these files; an empty one for each that is None. Raises :class:`onrecord.errors.ActorsError`,
    :class:`onrecord.errors.CorrectionsError`, :class:`onrecord.errors.LockError`."""
    return Inputs(
        load_gazetteer(actors) if actors else NO_GAZETTEER,
        load_corrections(corrections) if corrections else NO_CORRECTIONS,
        load_lock(lock) if lock else NO_LOCK,
    )


@dataclass(frozen=True, slots=True)
class ReadArticles:
    """The articles that could be read from some files, and what is wrong with the others."""

    articles: tuple[Article, ...]
    """In the order of the files, each with an id of its own."""
    problems: tuple[ArticleError, ...]
    """One for each article that could not be read, or for records of one file that have the same fault."""


def read_articles(files: Sequence[Path], lock: Lock = NO_LOCK, *, longest: int = LONGEST, memory: Memory = NO_MEMORY) -> ReadArticles:
    """Reads each file. One that is bad is left out, and the others keep the ids that they would have beside it. An article that ``lock``
    has keeps the id that it has there."""

    now = today()

    def parse(file: Path, id: str, data: bytes) -> Article:
        with at_article("reading", str(file), id):
            raw = replace(decode_raw(str(file), data), id=id)
        with at_article("parsing", str(file), id):
            return parse_article(raw, longest=longest, now=now)

    def read_one(file: Path, id: str) -> Article:
        with at_article("reading", str(file), id):
            data = read_data(file)
        # The bytes are part of the key: a file that was not changed need not be parsed again.
        key = (str(file), id, longest, now, data)
        return memory.recall("article", None, key, lambda: parse(file, id, data))

    read: list[Article] = []
    problems: list[ArticleError] = []
    with notes_gathered():
        for file, article_id in zip(files, article_ids(files, lock.ids_of(files)), strict=True):
            try:
                read.append(read_one(file, article_id))
            except ArticleError as problem:
                problems.append(problem)
    return ReadArticles(tuple(read), tuple(problems))


def read_entries(entries: Iterable[Entry], *, longest: int = LONGEST) -> ReadArticles:
    """All articles of an archive at once; else as :func:`stream_entries`."""
    problems: list[ArticleError] = []
    return ReadArticles(tuple(stream_entries(entries, problems.append, longest=longest)), tuple(problems))


def stream_entries(entries: Iterable[Entry], tell: Tell, *, longest: int = LONGEST) -> Iterator[Article]:
    """The articles of an archive, each read when it is asked for. ``tell`` hears of each that is bad or has the id of an earlier one, which
    is left out. Of records with the same fault it hears once, when their file has ended. Notes that many articles share are printed at the
    end."""
    now, telling = today(), Telling(tell)
    with notes_gathered():
        try:
            for entry in tell_repeats(entries):
                telling.reach(entry.place)
                try:
                    article = _article_of(entry, longest, now)
                except ArticleError as problem:
                    telling.add(entry.place, problem)
                else:
                    yield article
        finally:
            telling.end()


def _article_of(entry: Entry, longest: int, now: date) -> Article:
    with at_article("reading", entry.place, entry.named()):
        raw = entry.raw()
    with at_article("parsing", entry.place, raw.id):
        return parse_article(raw, longest=longest, now=now)


def correct_reports(
    reports: Iterable[Report], corrections: Corrections, memory: Memory = NO_MEMORY, tell: Tell = refuse
) -> Iterator[Report]:
    """The reports with the corrections to each article applied (those about several articles come later). ``tell`` hears of each report
    with which that fails, which is left out."""
    by_article: defaultdict[str, list[Correction]] = defaultdict(list)
    for entry in corrections.entries:
        by_article[entry.article].append(entry)
    for report in reports:
        entries = tuple(by_article.get(report.article.id, ()))
        try:
            with at_article("correcting", named(report.article), report.article.id):
                corrected = memory.recall("corrected", report, entries, partial(apply_corrections, report, entries))
        except ArticleError as problem:
            tell(problem)
        else:
            yield corrected


def encode_reports(reports: Iterable[Report], corrections: Corrections, tell: Tell) -> Iterator[bytes]:
    """The reports as :func:`correct_reports`, each as a line of JSON. ``tell`` hears of each that cannot be written, which is left out."""
    for report in correct_reports(reports, corrections, tell=tell):
        try:
            with at_article("exporting", named(report.article), report.article.id):
                line = encode_report(report) + b"\n"
        except ArticleError as problem:
            tell(problem)
        else:
            yield line


def gather_corpus(
    reports: Iterable[Report],
    inputs: Inputs = NO_INPUTS,
    *,
    memory: Memory = NO_MEMORY,
    guard: Guard = no_guard,
) -> Corpus:
    """The corpus of these reports, which were made with the gazetteer of the same ``inputs``, with all that the editor decided."""
    corrected = correct_reports(reports, inputs.corrections, memory)
    with guard("joining its actors"):
        return apply_across(build_corpus(corrected, inputs.gazetteer, inputs.lock, memory), inputs.corrections.entries)


DEFAULT_TITLE = "On the record"
"""The title of a site that is about more than one article, or about one without a title."""


def site_title(reports: Sequence[Report]) -> str:
    """The title of a site that is given none: that of a single article, if it has one."""
    return (reports[0].article.meta.title if len(reports) == 1 else "") or DEFAULT_TITLE


def render_site(
    corpus: Corpus,
    *,
    style: UrlStyle,
    templates: Path | None = None,
    lock: Lock = NO_LOCK,
    text: TextMode = "full",
    title: str = "",
    for_review: bool = False,
    suggest: str = "",
    others: Mapping[str, tuple[Elsewhere, ...]] = MappingProxyType({}),
    memory: Memory = NO_MEMORY,
    guard: Guard = no_guard,
    with_said: bool = True,
) -> tuple[Pages, Iterator[Asset]]:
    """The pages and files of the site of a corpus. It shows no more of an article than both ``text`` and the article's front matter allow,
    and keeps the addresses that ``lock`` has.

    Each page and file is made when it is asked for, and not kept. Write the files first: the page of downloads then knows their sizes, and
    need not make them again. ``title`` is what the site is called. ``for_review`` adds the review queue, ``suggest`` is where readers of a
    public site send corrections. ``others`` are the pages of its actors on other sites of an archive. Without ``with_said`` there is no
    index of words, which only our own theme looks in.
    Files in the folder ``templates`` replace shipped ones; a template that cannot be rendered raises
    :class:`onrecord.errors.OptionsError` when its page is asked for.
    """
    shown, old = _shown(corpus, lock, text, memory, guard)
    env, sizes = _environment(templates), dict[str, int]()
    pages = render_pages(
        shown,
        env=env,
        urls=Urls(style),
        title=title,
        for_review=for_review,
        suggest=suggest,
        sizes=sizes,
        old=old,
        others=others,
        memory=memory,
    )
    return pages, (counted(asset, sizes) for asset in render_assets(shown, env=env, with_said=with_said))


def _shown(corpus: Corpus, lock: Lock, text: TextMode, memory: Memory, guard: Guard) -> tuple[Corpus, OldAddresses]:
    """The corpus without what may not be shown, and the addresses that were published and are made no longer."""
    with guard("joining its actors"):
        addresses = old_addresses(lock, corpus, memory)
    with guard("withholding"):
        old = withhold_addresses(addresses, corpus, text, lock.salt)  # while all words are there
        return withhold_corpus(corpus, text, memory, lock.salt), old


def render_front(
    corpus: Corpus,
    cuts: Sequence[Cut],
    by: CutBy,
    actors: Mapping[str, tuple[Elsewhere, ...]],
    *,
    style: UrlStyle,
    templates: Path | None = None,
    text: TextMode = "full",
) -> tuple[Pages, Iterator[Asset]]:
    """The pages and files beside the sites that an archive is cut into: its front page and the index of all actors, whose pages on these
    sites are ``actors``. Else as :func:`render_site`."""
    env = _environment(templates)
    pages = render_pages(withhold_corpus(corpus, text), env=env, urls=Urls(style), sections=archive_sections(cuts, by, actors))
    return pages, render_looks(env=env)


def gather_exports(
    reports: Sequence[Report], inputs: Inputs = NO_INPUTS, *, text: TextMode = "full", with_tei: bool = False
) -> Iterator[ExportFile]:
    """The files of findings on these reports, as on the site of :func:`render_site`. The reports must have been made with the gazetteer of
    ``inputs``."""
    corpus = withhold_corpus(gather_corpus(reports, inputs), text, salt=inputs.lock.salt)
    return export_files(corpus, with_tei=with_tei)


def try_alone(
    report: Report,
    inputs: Inputs,
    *,
    text: TextMode = "full",
    templates: Path | None = None,
    title: str = "",
    for_review: bool = False,
    suggest: str = "",
    by: CutBy | None = None,
    with_pages: bool = True,
) -> None:
    """Makes the site and the files of one article by what makes those of many, and keeps nothing. Raises
    :class:`onrecord.errors.ArticleFault`, which names the stage that fails."""
    guard = partial(at_article, place=named(report.article), id=report.article.id)
    corpus = gather_corpus([report], inputs, guard=guard)
    pages, assets = render_site(
        corpus,
        style="file",
        templates=templates,
        lock=inputs.lock,
        text=text,
        title=title,
        for_review=for_review,
        suggest=suggest,
        guard=guard,
    )
    with guard("exporting"):
        _run_out(chunk for asset in assets for chunk in asset.chunks())
        _run_out(chunk for export in gather_exports([report], inputs, text=text, with_tei=True) for chunk in export.chunks())
    with guard("rendering"):
        if with_pages:
            _run_out(pages)
        if by:
            cuts = cut_corpus(corpus, by)
            _run_out(render_front(corpus, cuts, by, pages_of_actors(cuts), style="file", templates=templates, text=text)[0])


def _run_out(things: Iterable[object]) -> None:
    for _ in things:
        pass


def _environment(templates: Path | None) -> Environment:
    """The environment of the templates, in which files of this folder come first."""
    return make_environment([templates]) if templates else _shipped_templates()


@cache
def _shipped_templates() -> Environment:
    """The environment of the shipped templates. It is kept, since they do not change and compiling them takes most of the time of a rebuild
    in ``mkdocs serve``."""
    return make_environment()
