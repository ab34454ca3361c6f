"""MkDocs's own build, run in this process on a temporary project, with pages and files that are rendered already."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from onrecord.assembly.folders import temporary_workshop
from onrecord.render.engine.links import UrlStyle
from onrecord.render.site import Page
from onrecord.render.views.assets import Asset

Rendered = tuple[Iterable[Page], Iterable[Asset]]
"""The pages and files of a site."""
STYLE: UrlStyle = "file"
"""Links lead to files (``actors/ann.html``), so that they work from disk, too, where no server adds ``index.html`` to a folder."""


def run_mkdocs(site: Path, title: str, rendered: Rendered, *, strict: bool, tell: Callable[[str], object], **theme: str | bool) -> None:
    """Fills the folder ``site``. ``tell`` hears of each warning and error of MkDocs, in one line; ``theme`` are options of our theme.

    Raises :class:`mkdocs.exceptions.Abort` where MkDocs stops, when ``tell`` has heard why.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    with temporary_workshop() as project, mkdocs_told(tell):
        (project / "docs").mkdir()
        (project / "mkdocs.yml").touch()
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


@contextmanager
def mkdocs_told(tell: Callable[[str], object]) -> Iterator[None]:
    """While the block runs, ``tell`` hears of MkDocs's warnings and errors, and the rest of its log is dropped."""
    log, lines = logging.getLogger("mkdocs"), _Lines(tell)
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
    """Hands log records on as messages of ours."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "mkdocs.commands.build" and record.getMessage().startswith(_OF_A_PAGE):
            return
        self._tell(record.getMessage().removeprefix("onrecord: "))
