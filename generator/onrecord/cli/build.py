"""``onrecord build``, ``serve``, ``pages`` and ``export``: from articles to a finished site by MkDocs's own build, to one that its own
server keeps up with the articles, to its pages alone, to its data."""

from __future__ import annotations

import errno
import logging
import re
import socket
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.group import (
    CORRECTIONS,
    LOCK,
    ReadingOptions,
    actors_option,
    attribution_option,
    cache_option,
    complain,
    corrections_option,
    debug_option,
    example,
    lock_option,
    longest_option,
    model_option,
    out_option,
    reads_articles,
    say,
    say_json,
    templates_option,
    text_option,
)
from onrecord.cli.reading import LeftOut, inputs_of, reports_of
from onrecord.errors import ArticleError, OptionsError
from onrecord.options import CUTS, CutBy, TextMode

if TYPE_CHECKING:
    from onrecord.assembly.mkdocs_run import SiteOptions
    from onrecord.labels.summary import Summary
    from onrecord.model import Report

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
def build(options: ReadingOptions, out: Path | None, by: CutBy | None, opened: bool, quiet: bool, as_json: bool, **wanted: Any) -> None:
    """Build a finished site.

    It needs no configuration file, and opens from disk or from any folder of a web server. Of what is in DIR, the files are replaced that
    an earlier build wrote, in one step when all is done; whatever else is in it stays. Where nothing has changed since DIR was written, it
    is left as it is; with --no-cache it is made anew.

    Prints what was found, what of it wants a look, and what to open.
    """
    left_out, folder = LeftOut(options.strict), out or _beside(options.paths)
    summary = _build(options, folder, left_out, _site_options(options, **wanted), by)
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


def _site_options(
    options: ReadingOptions, title: str | None, review: bool, suggest: str | None, templates: Path | None, text: TextMode
) -> SiteOptions:
    from onrecord.assembly.mkdocs_run import SiteOptions
    from onrecord.render.views.site import checked_suggest

    address = checked_suggest(suggest or "")
    return SiteOptions(
        title=title or "",
        inputs=inputs_of(options),
        templates=templates,
        text=text,
        review=review,
        suggest=address,
        strict=options.strict,
    )


def _build(options: ReadingOptions, out: Path, left_out: LeftOut, wanted: SiteOptions, by: CutBy | None) -> Summary:
    """Builds the site, or leaves it where it is current. Returns what it is about."""
    from onrecord.article.publication import set_time
    from onrecord.assembly.fingerprint import is_current, write_fingerprint
    from onrecord.assembly.site import gather_corpus
    from onrecord.assembly.write import replaced_folder
    from onrecord.labels.summary import summarise

    set_time()  # fixed now: reading the articles may run past midnight, and MkDocs would ask for the time again
    # The folder is entered before the articles are read, so that a place that cannot be written to is told of at once.
    with suppress(_UnchangedError), replaced_folder(out, "build", options.inputs()) as folder:
        reports = reports_of(options, wanted.inputs, left_out)
        fingerprint = _fingerprint(reports, options, wanted, by)
        if options.cache and fingerprint and is_current(out, fingerprint):
            summary = summarise(gather_corpus(reports, wanted.inputs))
            raise _UnchangedError
        shown, summary = _write(folder, reports, wanted, by, left_out)
        left_out.refuse_if_strict()
        if fingerprint and len(shown) == len(reports):  # otherwise the next build has to say again what is left out
            write_fingerprint(folder, fingerprint)
    return summary


def _write(
    folder: Path, reports: Sequence[Report], wanted: SiteOptions, by: CutBy | None, left_out: LeftOut
) -> tuple[Sequence[Report], Summary]:
    """Writes the site of those of the reports that can be shown; returns these, and what the site is about."""
    from mkdocs.exceptions import Abort

    from onrecord.assembly.mkdocs_run import write_site
    from onrecord.assembly.site import gather_corpus, try_alone
    from onrecord.assembly.write import clear
    from onrecord.faults import without_faulty
    from onrecord.labels.summary import summarise

    def make(reports: Sequence[Report]) -> tuple[Sequence[Report], Summary]:
        corpus = gather_corpus(reports, wanted.inputs)
        clear(folder)  # of what an attempt with a faulty article has left
        try:
            write_site(folder, corpus, wanted, complain, by)
        except Abort as abort:
            raise click.exceptions.Exit(2) from abort
        return reports, summarise(corpus)

    alone = partial(
        try_alone,
        inputs=wanted.inputs,
        templates=wanted.templates,
        text=wanted.text,
        for_review=wanted.review,
        suggest=wanted.suggest,
        by=by,
    )
    # MkDocs ends by Exit, when it has said why: that is no fault of an article.
    return without_faulty(reports, make, alone, left_out, passing=(click.exceptions.Exit,))


def _fingerprint(reports: Sequence[Report], options: ReadingOptions, wanted: SiteOptions, by: CutBy | None) -> str:
    """The fingerprint of a site of these reports; empty where a report cannot be written, which is told of when that is tried."""
    from onrecord.assembly.fingerprint import fingerprint_of

    files = {
        "actors": options.actors,
        "corrections": options.corrections,
        "lock": wanted.inputs.lock.file,
        "templates": wanted.templates,
    }
    given = {name: file for name, file in files.items() if file}
    said = (wanted.title, str(wanted.review), by or "", wanted.suggest)
    with suppress(Exception):
        return fingerprint_of(reports, files=given.values(), options=(*given, *said), text=wanted.text)
    return ""


class _UnchangedError(Exception):
    """Leaves the block that writes the folder, so that the folder stays as it is."""


@click.command(epilog=example("onrecord export articles/ --out data", "onrecord export article.txt --out data --tei"))
@out_option
@click.option("--tei", is_flag=True, help="Also each article as TEI, with what is said marked up.")
@text_option
@reads_articles
def export(options: ReadingOptions, out: Path, tei: bool, text: TextMode) -> None:
    """Write the findings as data.

    Tables as CSV and JSON lines with a Frictionless data package, edges for Gephi, and for each article its report and W3C Web Annotations:
    the files that a site has under downloads/.
    """
    from onrecord.assembly.site import gather_exports, try_alone
    from onrecord.assembly.write import clear, replaced_folder, write_exports
    from onrecord.faults import without_faulty

    left_out = LeftOut(options.strict)
    with replaced_folder(out, "export", options.inputs()) as folder:
        inputs = inputs_of(options)

        def make(reports: Sequence[Report]) -> None:
            clear(folder)
            files = gather_exports(reports, inputs, text=text, with_tei=tei)
            write_exports(folder, files)

        alone = partial(try_alone, inputs=inputs, text=text, with_pages=False)
        without_faulty(reports_of(options, inputs, left_out), make, alone, left_out)
        left_out.refuse_if_strict()
    left_out.finish()


@click.command(epilog=example("onrecord pages articles/ --out docs", "mkdocs build  # with a mkdocs.yml beside docs/, and no plugin"))
@out_option
@click.option(
    "--urls",
    "style",
    type=click.Choice(["directory", "file"]),
    default="directory",
    show_default=True,
    help="How the site builder names pages: actors/ann/ or actors/ann.html. MkDocs does the first unless use_directory_urls is false.",
)
@templates_option
@text_option
@reads_articles
def pages(options: ReadingOptions, out: Path, style: Any, templates: Path | None, text: TextMode) -> None:
    """Write the pages as Markdown files.

    Any site builder can take them: each is YAML front matter and one block of HTML. Links between them fit the addresses that --urls names.
    """
    from onrecord.assembly.site import gather_corpus, render_site, try_alone
    from onrecord.assembly.write import clear, replaced_folder, write_pages
    from onrecord.faults import without_faulty
    from onrecord.render.engine.links import Urls

    left_out = LeftOut(options.strict)
    with replaced_folder(out, "pages", options.inputs()) as folder:
        inputs = inputs_of(options)

        def make(reports: Sequence[Report]) -> None:
            clear(folder)
            corpus = gather_corpus(reports, inputs)
            site = render_site(corpus, style=style, templates=templates, lock=inputs.lock, text=text)
            write_pages(folder, *site, urls=Urls(style))

        alone = partial(try_alone, inputs=inputs, templates=templates, text=text)
        without_faulty(reports_of(options, inputs, left_out), make, alone, left_out)
        left_out.refuse_if_strict()
    left_out.finish()


# --- serve ------------------------------------------------------------------------------------------------------------


LOOPBACK = "127.0.0.1"
"""Nobody else on the network can see what is served: drafts are, too, and the review queue."""
_PORT = 8000


@click.command(epilog=example("onrecord serve article.txt", "onrecord serve articles/ --no-open --port 8123"))
@click.argument("places", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--port", metavar="N", type=click.IntRange(1, 65535), help="The port to serve on. [default: 8000, or a free one]")
@click.option("--open/--no-open", "opened", default=True, show_default=True, help="Open the site in a browser.")
@click.option("--title", help="The title of the site. [default: the name of the first path]")
@templates_option
@text_option
@lock_option
@corrections_option
@actors_option
@longest_option
@cache_option
@attribution_option
@model_option
@debug_option
def serve(places: tuple[Path, ...], port: int | None, opened: bool, title: str | None, **wanted: Any) -> None:
    """Show a site in the browser, and build it anew when an article changes.

    Needs no project of yours, and is seen on this machine alone. It writes one file: the corrections that you make on its pages, into
    corrections.yml. Ctrl-C ends it. PATHs are articles, folders of them, or files of reports that onrecord extract wrote.
    """
    from mkdocs.commands.serve import serve as mkdocs_serve
    from mkdocs.exceptions import Abort

    from onrecord.assembly.folders import temporary_workshop
    from onrecord.assembly.mkdocs_run import mkdocs_told
    from onrecord.render.head import without_markup

    for place in places:
        if not place.exists():
            raise ArticleError(f"{place}: no such file or folder; check the path")
    free = port_for(port)
    # By this MkDocs's own command tells the plugin that pages may wait until somebody asks for them.
    called = click.get_current_context().params
    called["livereload"] = True
    called["corrections_to"] = (wanted["corrections"] or CORRECTIONS).resolve()  # where pages write, though there is no such file yet
    with temporary_workshop() as project, mkdocs_told(complain), _address_told():
        (project / "docs").mkdir()
        settings = {"site_name": without_markup(title or places[0].resolve().name), "theme": {"name": "onrecord"}}
        file = project / "mkdocs.yml"
        file.write_text(_yaml({**settings, "plugins": ["search", {"onrecord": plugin_options(places, **wanted)}]}), encoding="utf-8")
        try:
            mkdocs_serve(config_file=str(file), open_in_browser=opened, dev_addr=f"{LOOPBACK}:{free}")
        except Abort as abort:  # when it has said why
            raise click.exceptions.Exit(2) from abort
        except OSError as error:  # MkDocs takes the port when it has built the site, and somebody else may have been faster
            if error.errno != errno.EADDRINUSE:
                raise
            raise taken(free) from error


def plugin_options(places: tuple[Path, ...], *, templates: Path | None, corrections: Path | None, lock: Path | None, **wanted: Any) -> Any:
    """The options of the plugin, with paths that hold from any folder. Files that other commands read where they are run are read, too."""
    from onrecord.reports.reading import find_reports

    holds_reports = find_reports(map(str, places)) is not None
    files = {
        "actors": wanted.pop("actors"),
        "corrections": corrections or (CORRECTIONS if CORRECTIONS.is_file() else None),
        "lock": lock or (LOCK if LOCK.is_file() else None),
        "templates": templates,
    }
    model = str(Path(wanted["model"]).resolve()) if Path(wanted["model"]).is_dir() else wanted["model"]
    return {
        "reports" if holds_reports else "articles": [str(place.resolve()) for place in places],
        **{name: str(file.resolve()) for name, file in files.items() if file},
        **{name: value for name, value in wanted.items() if value is not None},
        "model": model,
    }


def port_for(wanted: int | None) -> int:
    """The port to serve on: the one that is wanted, else the usual one or, where that is taken, a free one. Raises
    :class:`OptionsError` where the wanted one is taken."""
    if _is_free(wanted or _PORT):
        return wanted or _PORT
    if wanted is not None:
        raise taken(wanted)
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        return int(free.getsockname()[1])


def taken(port: int) -> OptionsError:
    """The error of a port on which something else is served."""
    return OptionsError(f"--port {port}: something else is served there; name another port, or none")


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as MkDocs's server: a port that was just left is free
        try:
            tried.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


class _Address(logging.Handler):
    """Prints where the site is, when it is there. MkDocs's log of its own steps is for whoever runs MkDocs."""

    def emit(self, record: logging.LogRecord) -> None:
        address = re.search(r"Serving on (\S+)", record.getMessage())
        if address is not None:
            say(f"Open: {address[1]} (Ctrl-C ends it)")


@contextmanager
def _address_told() -> Iterator[None]:
    """While the block runs, the address is printed at which MkDocs's server serves."""
    log, address = logging.getLogger("mkdocs.livereload"), _Address(logging.INFO)
    log.addHandler(address)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(address)
        log.setLevel(logging.NOTSET)


def _yaml(settings: Any) -> str:
    import yaml

    return yaml.safe_dump(settings, allow_unicode=True)
