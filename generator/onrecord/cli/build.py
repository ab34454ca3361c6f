"""``onrecord build``."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.group import How, complain, example, out_option, reads_articles, templates_option, text_option
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
"""Pages are linked by their files, so that links work from disk, where no server adds index.html."""


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
@templates_option
@text_option
@reads_articles
def build(how: How, out: Path, title: str | None, by: CutBy | None, review: bool, templates: Path | None, text: TextMode) -> None:
    """Build a finished site.

    It needs no configuration file, and opens from disk or from any folder of a web server. Of what is in DIR, the files are replaced that
    an earlier build wrote, in one step when all is done; whatever else is in it stays. Where nothing has changed since DIR was written, it
    is left as it is; with --no-cache it is made anew.
    """
    from onrecord.article.publication import set_time
    from onrecord.build.fingerprint import is_current, put_stamp, stamp_of
    from onrecord.build.site import gather_corpus, try_alone
    from onrecord.build.write import clear, replaced_folder
    from onrecord.faults import without_faulty
    from onrecord.render.head import without_markup

    set_time()  # MkDocs asks for it, when all articles are read
    inputs = inputs_of(how)
    files = {"actors": how.actors, "corrections": how.corrections, "lock": inputs.lock.file, "templates": templates}
    given = {name: file for name, file in files.items() if file}
    left_out = LeftOut(how.strict)
    with suppress(_UnchangedError), replaced_folder(out, "build", how.inputs()) as folder:
        reports = reports_of(how, inputs, left_out)
        stamp = ""
        with suppress(Exception):  # a report that cannot be written is told of when that is tried
            stamp = stamp_of(reports, files=given.values(), options=(*given, title or "", str(review), by or ""), text=text)
        if how.cache and stamp and is_current(out, stamp):
            raise _UnchangedError

        def make(reports: Sequence[Report]) -> Sequence[Report]:
            wanted = _Wanted(without_markup(title or _title(reports)), inputs.lock, templates, text, review, how.strict)
            corpus = gather_corpus(reports, inputs)
            clear(folder)
            if by:
                _build_archive(folder, corpus, by, wanted)
            else:
                _run_mkdocs(folder, wanted.title, wanted.site_of(corpus, inputs.lock), strict=how.strict)
            return reports

        alone = partial(try_alone, inputs=inputs, templates=templates, text=text, for_review=review, by=by)
        shown = without_faulty(reports, make, alone, left_out, passing=(click.exceptions.Exit,))
        left_out.refuse_if_strict()
        if stamp and len(shown) == len(reports):  # otherwise the next build has to say again what is left out
            put_stamp(folder, stamp)
    left_out.finish()


class _UnchangedError(Exception):
    """Leaves the folder as it is."""


def _title(reports: Sequence[Report]) -> str:
    return (reports[0].article.meta.title if len(reports) == 1 else "") or DEFAULT_TITLE


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked of every site of a build."""

    title: str
    lock: Lock
    templates: Path | None
    text: TextMode
    review: bool
    strict: bool

    def site_of(self, corpus: Corpus, lock: Lock, others: Mapping[str, tuple[Elsewhere, ...]] | None = None) -> Rendered:
        """The pages and files of one."""
        from onrecord.build.site import render_site

        return render_site(
            corpus, style=STYLE, templates=self.templates, lock=lock, text=self.text, for_review=self.review, others=others or {}
        )


def _build_archive(folder: Path, corpus: Corpus, by: CutBy, wanted: _Wanted) -> None:
    """The front page and beside it a site for each cut, one after the other."""
    from onrecord.build.site import render_front
    from onrecord.corpus.cuts import cut_corpus, narrowed_locks
    from onrecord.render.head import without_markup
    from onrecord.render.pages.archive import others_of, pages_of_actors

    cuts = cut_corpus(corpus, by)
    actors = pages_of_actors(cuts)
    # First, since MkDocs empties the folder that it builds into.
    front = render_front(corpus, cuts, by, actors, style=STYLE, templates=wanted.templates, text=wanted.text)
    _run_mkdocs(folder, wanted.title, front, strict=wanted.strict, search=False)
    for cut, lock in zip(cuts, narrowed_locks(wanted.lock, cuts), strict=True):
        site = wanted.site_of(cut.corpus, lock, others_of(cut, actors))
        title = f"{wanted.title}: {without_markup(cut.name)}"
        _run_mkdocs(folder / cut.folder, title, site, strict=wanted.strict, archive=wanted.title)


def _run_mkdocs(site: Path, title: str, rendered: Rendered, *, strict: bool, **theme: str | bool) -> None:
    """MkDocs's own build, in this process, of a project that exists only for this. ``theme`` are options of our theme."""
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
    """MkDocs's warnings and errors as lines of ours, and nothing else of what it has to tell."""
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
"""What MkDocs says of an exception that it then raises, and of which we say what there is to say."""


class _Lines(logging.Handler):
    """Log records as lines of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "mkdocs.commands.build" and record.getMessage().startswith(_OF_A_PAGE):
            return
        complain(record.getMessage().removeprefix("onrecord: "))
