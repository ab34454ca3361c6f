"""``onrecord build``."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.group import complain, example
from onrecord.cli.options import How, out_option, reads_articles, templates_option, text_option
from onrecord.cli.reading import corrections_in, gazetteer_in, lock_in, reports_of

if TYPE_CHECKING:
    from onrecord.model import Report, TextMode

DEFAULT_TITLE = "On the record"
"""The title of a site that is about more than one article, or about one without a title."""


@click.command(epilog=example("onrecord build article.txt --out report", "onrecord build articles/ --out report --title 'Harbour files'"))
@out_option
@click.option("--title", help="The title of the site. [default: the title of a single article]")
@click.option("--review", is_flag=True, help="Also a review queue: what most needs a human eye, for editors. Do not publish it.")
@templates_option
@text_option
@reads_articles
def build(how: How, out: Path, title: str | None, review: bool, templates: Path | None, text: TextMode) -> None:
    """Build a finished site.

    It needs no configuration file, and opens from disk or from any folder of a web server. DIR is replaced as a whole when all
    is done; a folder with anything else in it is refused. Where nothing has changed since DIR was written, it is left as it is; with
    --no-cache it is made anew.
    """
    from onrecord.render.inert import inert
    from onrecord.stamp import is_current, put_stamp, stamp_of
    from onrecord.write import replaced_folder

    gazetteer, lock = gazetteer_in(how.actors), lock_in(how.lock)
    if how.corrections:
        corrections_in(how.corrections)  # a bad file is told of before MkDocs begins
    files = {"actors": how.actors, "corrections": how.corrections, "lock": lock.file, "templates": templates}
    given = {name: file for name, file in files.items() if file}
    options: dict[str, Any] = {"text": text, "review": review, **{name: str(file.resolve()) for name, file in given.items()}}
    with suppress(_UnchangedError), replaced_folder(out) as folder:
        reports = reports_of(how, gazetteer)
        stamp = stamp_of(reports, files=given.values(), options=(*given, title or "", text, str(review)))
        if how.cache and is_current(out, stamp):
            raise _UnchangedError
        _run_mkdocs(folder, inert(title or _title(reports)), options, reports=reports, strict=how.strict)
        put_stamp(folder, stamp)


class _UnchangedError(Exception):
    """Leaves the folder as it is."""


def _title(reports: Sequence[Report]) -> str:
    return (reports[0].article.meta.title if len(reports) == 1 else "") or DEFAULT_TITLE


def _run_mkdocs(site: Path, title: str, options: dict[str, Any], *, reports: Sequence[Report], strict: bool) -> None:
    """MkDocs's own build, in this process, of a project that exists only for this."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    from onrecord.workshop import workshop

    with workshop(Path(tempfile.gettempdir()), "onrecord-") as project, _mkdocs_in_one_line():
        (project / "docs").mkdir()
        (project / "mkdocs.yml").touch()
        try:
            config = load_config(
                f"{project}/mkdocs.yml",
                site_name=title,
                site_dir=str(site),
                theme="onrecord",
                use_directory_urls=False,  # so that links work from disk, where no server adds index.html
                plugins=[{"onrecord": options}],
                strict=strict,
            )
            # The error page and the site map hold full addresses, and nobody knows where this site will be.
            config.theme.static_templates.clear()
            plugin: Any = config.plugins["onrecord"]
            plugin.reports = reports
            plugin.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                plugin.on_shutdown()
                plugin.reports = None  # MkDocs keeps the object for the next build of this process
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


class _Lines(logging.Handler):
    """Log records as lines of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        complain(record.getMessage().removeprefix("onrecord: "))
