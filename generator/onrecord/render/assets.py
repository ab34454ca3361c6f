"""Files of a report site that are no pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from jinja2 import BaseLoader, Environment

from onrecord.export.files import ExportFile, export_files
from onrecord.model import Corpus
from onrecord.render.names_index import NAMES, names_index

STYLE = "assets/onrecord.css"
SCRIPT = "assets/onrecord.js"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to be written as it is."""

    path: str
    """From the root of the site, with suffix."""
    chunks: Callable[[], Iterable[bytes]]
    """Its content from the start, in parts."""


def download_path(file: ExportFile) -> str:
    """Where a file of findings lies on a site."""
    return f"downloads/{file.path}"


def counted(asset: Asset, sizes: dict[str, int]) -> Asset:
    """The same file, which puts its size in bytes into ``sizes`` when it has been written: making it again to find out costs as much."""

    def chunks() -> Iterator[bytes]:
        size = 0
        for chunk in asset.chunks():
            size += len(chunk)
            yield chunk
        sizes[asset.path] = size

    return Asset(asset.path, chunks)


def render_assets(corpus: Corpus, *, env: Environment) -> Iterator[Asset]:
    """The style sheet, the script, the names that the theme's search looks in, and every file of findings.

    A file of the same name in an override folder replaces the style sheet or the script, as it does a template.
    """
    yield from render_looks(env=env)
    yield Asset(NAMES, lambda: [names_index(corpus)])
    for file in export_files(corpus):
        yield Asset(download_path(file), file.chunks)


def render_looks(*, env: Environment) -> Iterator[Asset]:
    """The style sheet and the script alone."""
    for path in (STYLE, SCRIPT):
        yield Asset(path, partial(_source, env, path))


def _source(env: Environment, path: str) -> list[bytes]:
    loader = env.loader
    assert isinstance(loader, BaseLoader), "an environment of make_environment has a loader"
    return [loader.get_source(env, path)[0].encode()]
