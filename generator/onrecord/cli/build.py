"""``onrecord build``: from articles to a finished site, by MkDocs's own build."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.group import ReadingOptions, complain, example, out_option, reads_articles, templates_option, text_option
from onrecord.cli.reading import LeftOut, inputs_of, reports_of
from onrecord.options import CUTS, CutBy

if TYPE_CHECKING:
    from onrecord.model import Corpus, Report
    from onrecord.options import TextMode
    from onrecord.permalinks.lock import Lock
    from onrecord.render.engine.links import UrlStyle
    from onrecord.render.site import Page
    from onrecord.render.views.assets import Asset
    from onrecord.render.views.site import Elsewhere

    Rendered = tuple[Iterable[Page], Iterable[Asset]]

DEFAULT_TITLE = "On the record"
"""The title of a site that is about more than one article, or about one without a title."""
STYLE: UrlStyle = "file"
"""Links lead to files (``actors/ann.html``), so that they work from disk, too, where no server adds ``index.html`` to a folder."""


@click.command(
    epilog=example(
        "onrecord build article.txt --out report",
        "onrecord build articles/ --out report --title 'Harbour files'",
        "onrecord build reports.jsonl --out archive --by year",
    )
)
@out_option
@click.option("--title", help="The title of the site. [default: the title of a single article]")
@click.option(
    "--by",
    type=click.Choice(CUTS),
    help="Cut an archive into a site for each of these, with a front page and an index of actors across them.",
)
@click.option("--review", is_flag=True, help="Also a review queue: what most needs a human eye, for editors. Do not publish it.")
@click.option(
    "--suggest",
    metavar="ADDRESS",
    help="Where readers send a correction: the https or mailto address of a form, in which {title} and {entry} are filled in.",
)
@templates_option
@text_option
@reads_articles
def build(
    options: ReadingOptions,
    out: Path,
    title: str | None,
    by: CutBy | None,
    review: bool,
    suggest: str | None,
    templates: Path | None,
    text: TextMode,
) -> None:
    """Build a finished site.

    It needs no configuration file, and opens from disk or from any folder of a web server. Of what is in DIR, the files are replaced that
    an earlier build wrote, in one step when all is done; whatever else is in it stays. Where nothing has changed since DIR was written, it
    is left as it is; with --no-cache it is made anew.
    """
    from onrecord.article.publication import set_time
    from onrecord.build.fingerprint import is_current, write_fingerprint
    from onrecord.build.site import gather_corpus, try_alone
    from onrecord.build.write import clear, replaced_folder
    from onrecord.faults import without_faulty
    from onrecord.render.head import without_markup
    from onrecord.render.views.suggesting import checked_suggest

    suggest = checked_suggest(suggest or "")
    set_time()  # fixed now: reading the articles may run past midnight, and MkDocs would ask for the time again
    inputs = inputs_of(options)
    files = {"actors": options.actors, "corrections": options.corrections, "lock": inputs.lock.file, "templates": templates}
    given = {name: file for name, file in files.items() if file}
    left_out = LeftOut(options.strict)
    # The folder is entered before the articles are read, so that a place that cannot be written to is told of at once.
    with suppress(_UnchangedError), replaced_folder(out, "build", options.inputs()) as folder:
        reports = reports_of(options, inputs, left_out)
        fingerprint = _fingerprint(reports, given, (title or "", str(review), by or "", suggest), text)
        if options.cache and fingerprint and is_current(out, fingerprint):
            raise _UnchangedError

        def make(reports: Sequence[Report]) -> Sequence[Report]:
            wanted = _SiteOptions(
                title=without_markup(title or _title(reports)),
                lock=inputs.lock,
                templates=templates,
                text=text,
                review=review,
                suggest=suggest,
                strict=options.strict,
            )
            corpus = gather_corpus(reports, inputs)
            clear(folder)  # of what an attempt with a faulty article has left
            _write(folder, corpus, by, wanted)
            return reports

        # MkDocs ends by Exit, when it has said why: that is no fault of an article.
        alone = partial(try_alone, inputs=inputs, templates=templates, text=text, for_review=review, suggest=suggest, by=by)
        shown = without_faulty(reports, make, alone, left_out, passing=(click.exceptions.Exit,))
        left_out.refuse_if_strict()
        if fingerprint and len(shown) == len(reports):  # otherwise the next build has to say again what is left out
            write_fingerprint(folder, fingerprint)
    left_out.finish()


def _write(folder: Path, corpus: Corpus, by: CutBy | None, wanted: _SiteOptions) -> None:
    """Writes a site, or one for each part of an archive with a front page."""
    if by:
        _build_archive(folder, corpus, by, wanted)
    else:
        _run_mkdocs(folder, wanted.title, wanted.site_of(corpus, wanted.lock), strict=wanted.strict)


def _fingerprint(reports: Sequence[Report], given: Mapping[str, Path], options: Sequence[str], text: TextMode) -> str:
    """The fingerprint of a site of these reports; empty where a report cannot be written, which is told of when that is tried."""
    from onrecord.build.fingerprint import fingerprint_of

    with suppress(Exception):
        return fingerprint_of(reports, files=given.values(), options=(*given, *options), text=text)
    return ""


class _UnchangedError(Exception):
    """Leaves the block that writes the folder, so that the folder stays as it is."""


def _title(reports: Sequence[Report]) -> str:
    return (reports[0].article.meta.title if len(reports) == 1 else "") or DEFAULT_TITLE


@dataclass(frozen=True, slots=True)
class _SiteOptions:
    """What all sites of a build have in common."""

    title: str
    lock: Lock
    templates: Path | None
    text: TextMode
    review: bool
    suggest: str
    strict: bool

    def site_of(self, corpus: Corpus, lock: Lock, others: Mapping[str, tuple[Elsewhere, ...]] | None = None, part: str = "") -> Rendered:
        """The pages and files of the site of a corpus; ``part`` is what it has of the archive, if that is cut."""
        from onrecord.build.site import render_site

        return render_site(
            corpus,
            style=STYLE,
            templates=self.templates,
            lock=lock,
            text=self.text,
            title=self.title_of(part),
            for_review=self.review,
            suggest=self.suggest,
            others=others or {},
        )

    def title_of(self, part: str) -> str:
        """What a site is called that has this part of the archive."""
        from onrecord.render.head import without_markup

        return f"{self.title}: {without_markup(part)}" if part else self.title


def _build_archive(folder: Path, corpus: Corpus, by: CutBy, wanted: _SiteOptions) -> None:
    """An archive that is cut into sites: the front page, and a site for each cut in a folder beside it."""
    from onrecord.build.site import render_front
    from onrecord.corpus.cuts import cut_corpus, narrowed_locks
    from onrecord.render.pages.archive import others_of, pages_of_actors

    cuts = cut_corpus(corpus, by)
    actors = pages_of_actors(cuts)
    # The front page first, since MkDocs empties the folder that it builds into.
    front = render_front(corpus, cuts, by, actors, style=STYLE, templates=wanted.templates, text=wanted.text)
    _run_mkdocs(folder, wanted.title, front, strict=wanted.strict, search=False)
    for cut, lock in zip(cuts, narrowed_locks(wanted.lock, cuts), strict=True):
        site = wanted.site_of(cut.corpus, lock, others_of(cut, actors), cut.name)
        _run_mkdocs(folder / cut.folder, wanted.title_of(cut.name), site, strict=wanted.strict, archive=wanted.title)


def _run_mkdocs(site: Path, title: str, rendered: Rendered, *, strict: bool, **theme: str | bool) -> None:
    """Runs MkDocs's build in this process, on a temporary project, with pages and files that are rendered already. ``theme`` are options
    of our theme. Ends the command with exit code 2 where MkDocs stops."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    from onrecord.build.folders import temporary_workshop

    with temporary_workshop() as project, _mkdocs_in_one_line():
        (project / "docs").mkdir()
        (project / "mkdocs.yml").touch()
        try:
            config = load_config(
                f"{project}/mkdocs.yml",
                site_name=title,
                site_dir=str(site),
                theme={"name": "onrecord", **theme},
                use_directory_urls=STYLE == "directory",
                plugins=["onrecord"],
                strict=strict,
            )
            plugin: Any = config.plugins["onrecord"]
            plugin.rendered = rendered
            plugin.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                plugin.on_shutdown()
                plugin.rendered = None  # MkDocs keeps the object for the next build of this process
        except Abort as abort:
            raise click.exceptions.Exit(2) from abort


@contextmanager
def _mkdocs_in_one_line() -> Iterator[None]:
    """While the block runs, MkDocs's warnings and errors are printed as messages of ours, and the rest of its log is dropped."""
    log, lines = logging.getLogger("mkdocs"), _Lines(logging.WARNING)
    before = log.propagate
    log.addHandler(lines)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(lines)
        log.propagate = before


_OF_A_PAGE = ("Error building page ", "Error reading page ")
"""How messages of MkDocs begin about an exception that it raises next. They are dropped, for the exception gets a message of its own."""


class _Lines(logging.Handler):
    """Prints log records as messages of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "mkdocs.commands.build" and record.getMessage().startswith(_OF_A_PAGE):
            return
        complain(record.getMessage().removeprefix("onrecord: "))
