"""``onrecord build``: from articles to a finished site, by MkDocs's own build."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.group import ReadingOptions, complain, example, reads_articles, say, say_json, templates_option, text_option
from onrecord.cli.reading import LeftOut, inputs_of, reports_of
from onrecord.options import CUTS, CutBy

if TYPE_CHECKING:
    from onrecord.labels.summary import Summary
    from onrecord.model import Corpus, Report
    from onrecord.options import TextMode
    from onrecord.permalinks.lock import Lock
    from onrecord.render.site import Page
    from onrecord.render.views.assets import Asset
    from onrecord.render.views.site import Elsewhere

    Rendered = tuple[Iterable[Page], Iterable[Asset]]

_HERE = Path("onrecord-site")
"""The folder of a site that is made of several places, or of one that is no file or folder beside which a site could be."""


@click.command(
    epilog=example(
        "onrecord build article.txt",
        "onrecord build articles/ --out report --title 'Harbour files' --open",
        "onrecord build reports.jsonl --out archive --by year",
    )
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write. [default: beside the article or folder, with its name and -site]",
)
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
@click.option("--open", "opened", is_flag=True, help="Open the site in a browser when it is done.")
@click.option("--quiet", is_flag=True, help="Print nothing but what is wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as one line of JSON.")
@templates_option
@text_option
@reads_articles
def build(options: ReadingOptions, out: Path | None, opened: bool, quiet: bool, as_json: bool, **wanted: Any) -> None:
    """Build a finished site.

    It needs no configuration file, and opens from disk or from any folder of a web server. Of what is in DIR, the files are replaced that
    an earlier build wrote, in one step when all is done; whatever else is in it stays. Where nothing has changed since DIR was written, it
    is left as it is; with --no-cache it is made anew.

    Prints what was found, what of it wants a look, and what to open.
    """
    left_out, folder = LeftOut(options.strict), out or _beside(options.paths)
    summary = _build(options, folder, left_out, **wanted)
    page = folder / "index.html"
    if as_json:
        say_json({**summary.record(), "left_out": left_out.articles, "open": str(page)})
    elif not quiet:
        say(f"Found: {summary.found.line()}")
        say(f"Look at: {summary.doubts.line()}")
        say(f"Open: {page}")
    if opened:
        webbrowser.open(page.resolve().as_uri())
    left_out.finish()


def _beside(paths: Sequence[str]) -> Path:
    """The folder of a site for which none is named: beside the one file or folder that is read. A folder in which the command is run has no
    beside that a user would look for, and its site is in it; what onrecord wrote is never read as articles."""
    place = Path(paths[0])
    if len(paths) > 1 or "://" in paths[0] or not place.exists() or Path.cwd().is_relative_to(place.resolve()):
        return _HERE
    return place.with_name(f"{place.name if place.is_dir() else place.stem}-site")


def _build(
    options: ReadingOptions,
    out: Path,
    left_out: LeftOut,
    *,
    title: str | None,
    by: CutBy | None,
    review: bool,
    suggest: str | None,
    templates: Path | None,
    text: TextMode,
) -> Summary:
    """Builds the site, or leaves it where it is current. Returns what it is about."""
    from onrecord.article.publication import set_time
    from onrecord.assembly.fingerprint import is_current, write_fingerprint
    from onrecord.assembly.site import gather_corpus, site_title, try_alone
    from onrecord.assembly.write import clear, replaced_folder
    from onrecord.faults import without_faulty
    from onrecord.labels.summary import summarise
    from onrecord.render.head import without_markup
    from onrecord.render.views.site import checked_suggest

    address = checked_suggest(suggest or "")
    set_time()  # fixed now: reading the articles may run past midnight, and MkDocs would ask for the time again
    inputs = inputs_of(options)
    files = {"actors": options.actors, "corrections": options.corrections, "lock": inputs.lock.file, "templates": templates}
    given = {name: file for name, file in files.items() if file}
    # The folder is entered before the articles are read, so that a place that cannot be written to is told of at once.
    with suppress(_UnchangedError), replaced_folder(out, "build", options.inputs()) as folder:
        reports = reports_of(options, inputs, left_out)
        fingerprint = _fingerprint(reports, given, (title or "", str(review), by or "", address), text)
        if options.cache and fingerprint and is_current(out, fingerprint):
            summary = summarise(gather_corpus(reports, inputs))
            raise _UnchangedError

        def make(reports: Sequence[Report]) -> tuple[Sequence[Report], Summary]:
            wanted = _SiteOptions(
                title=without_markup(title or site_title(reports)),
                lock=inputs.lock,
                templates=templates,
                text=text,
                review=review,
                suggest=address,
                strict=options.strict,
            )
            corpus = gather_corpus(reports, inputs)
            clear(folder)  # of what an attempt with a faulty article has left
            _write(folder, corpus, by, wanted)
            return reports, summarise(corpus)

        # MkDocs ends by Exit, when it has said why: that is no fault of an article.
        alone = partial(try_alone, inputs=inputs, templates=templates, text=text, for_review=review, suggest=address, by=by)
        shown, summary = without_faulty(reports, make, alone, left_out, passing=(click.exceptions.Exit,))
        left_out.refuse_if_strict()
        if fingerprint and len(shown) == len(reports):  # otherwise the next build has to say again what is left out
            write_fingerprint(folder, fingerprint)
    return summary


def _write(folder: Path, corpus: Corpus, by: CutBy | None, wanted: _SiteOptions) -> None:
    """Writes a site, or one for each part of an archive with a front page."""
    if by:
        _build_archive(folder, corpus, by, wanted)
    else:
        _run_mkdocs(folder, wanted.title, wanted.site_of(corpus, wanted.lock), strict=wanted.strict)


def _fingerprint(reports: Sequence[Report], given: Mapping[str, Path], options: Sequence[str], text: TextMode) -> str:
    """The fingerprint of a site of these reports; empty where a report cannot be written, which is told of when that is tried."""
    from onrecord.assembly.fingerprint import fingerprint_of

    with suppress(Exception):
        return fingerprint_of(reports, files=given.values(), options=(*given, *options), text=text)
    return ""


class _UnchangedError(Exception):
    """Leaves the block that writes the folder, so that the folder stays as it is."""


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
        from onrecord.assembly.mkdocs_run import STYLE
        from onrecord.assembly.site import render_site

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
    from onrecord.assembly.mkdocs_run import STYLE
    from onrecord.assembly.site import render_front
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
    """Fills a folder by MkDocs. Ends the command with exit code 2 where MkDocs stops."""
    from mkdocs.exceptions import Abort

    from onrecord.assembly.mkdocs_run import run_mkdocs

    try:
        run_mkdocs(site, title, rendered, strict=strict, tell=complain, **theme)
    except Abort as abort:
        raise click.exceptions.Exit(2) from abort
