"""``onrecord serve``: a site in the browser that follows its articles, by MkDocs's own server."""

from __future__ import annotations

import errno
import logging
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from onrecord.cli.group import (
    CORRECTIONS,
    LOCK,
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
    say,
    templates_option,
    text_option,
)
from onrecord.errors import ArticleError, OptionsError

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
    from onrecord.archive.reports import find_reports

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
