"""Finished sites: MkDocs's own build, run in this process on a temporary project, with pages and files that are rendered already."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord.assembly.folders import temporary_workshop
from onrecord.assembly.site import NO_INPUTS, Inputs, render_front, render_site, site_title
from onrecord.corpus.cuts import cut_corpus, narrowed_locks
from onrecord.corpus.lock import Lock
from onrecord.model import Corpus
from onrecord.options import CutBy, TextMode
from onrecord.render.engine.links import UrlStyle
from onrecord.render.head import without_markup
from onrecord.render.pages.archive import others_of, pages_of_actors
from onrecord.render.site import Page
from onrecord.render.views.assets import Asset
from onrecord.render.views.site import Elsewhere

Rendered = tuple[Iterable[Page], Iterable[Asset]]
"""The pages and files of a site."""
STYLE: UrlStyle = "file"
"""Links lead to files (``actors/ann.html``), so that they work from disk, too, where no server adds ``index.html`` to a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOptions:
    """What all sites of a build have in common."""

    title: str = ""
    """What the site is called; empty for the usual title of these articles."""
    inputs: Inputs = NO_INPUTS
    templates: Path | None = None
    """A folder whose files replace shipped templates."""
    text: TextMode = "full"
    review: bool = False
    """Whether there is a review queue, for editors."""
    suggest: str = ""
    """Where readers send a correction."""
    strict: bool = False
    """Whether MkDocs stops at a warning."""


def write_site(folder: Path, corpus: Corpus, wanted: SiteOptions, tell: Callable[[str], object], by: CutBy | None = None) -> None:
    """Fills a folder with the site of a corpus; with ``by``, with a front page and a site for each part of the archive beside it.

    ``tell`` hears of each warning of MkDocs. Raises :class:`mkdocs.exceptions.Abort` where MkDocs stops, when ``tell`` has heard why.
    """
    title = without_markup(wanted.title or site_title(corpus.reports))
    if by:
        _write_archive(folder, corpus, by, wanted, title, tell)
    else:
        run_mkdocs(folder, title, _rendered(corpus, wanted, title, wanted.inputs.lock), strict=wanted.strict, tell=tell)


def _write_archive(folder: Path, corpus: Corpus, by: CutBy, wanted: SiteOptions, title: str, tell: Callable[[str], object]) -> None:
    cuts = cut_corpus(corpus, by)
    actors = pages_of_actors(cuts)
    # The front page first, since MkDocs empties the folder that it builds into.
    front = render_front(corpus, cuts, by, actors, style=STYLE, templates=wanted.templates, text=wanted.text)
    run_mkdocs(folder, title, front, strict=wanted.strict, tell=tell, search=False)
    for cut, lock in zip(cuts, narrowed_locks(wanted.inputs.lock, cuts), strict=True):
        name = f"{title}: {without_markup(cut.name)}"
        site = _rendered(cut.corpus, wanted, name, lock, others_of(cut, actors))
        run_mkdocs(folder / cut.folder, name, site, strict=wanted.strict, tell=tell, archive=title)


def _rendered(
    corpus: Corpus, wanted: SiteOptions, title: str, lock: Lock, others: Mapping[str, tuple[Elsewhere, ...]] = MappingProxyType({})
) -> Rendered:
    return render_site(
        corpus,
        style=STYLE,
        templates=wanted.templates,
        lock=lock,
        text=wanted.text,
        title=title,
        for_review=wanted.review,
        suggest=wanted.suggest,
        others=others,
    )


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
