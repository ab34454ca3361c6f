"""Files of a report site that are no pages: style sheet, script, downloads, and what the theme's search looks in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from jinja2 import BaseLoader, Environment

from onrecord.export.files import ExportFile, export_files
from onrecord.model import Corpus
from onrecord.render.views.search import NAMES, names_index, said_index

STYLE = "assets/onrecord.css"
SCRIPT = "assets/onrecord.js"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site that is no page."""

    path: str
    """From the root of the site, with suffix."""
    chunks: Callable[[], Iterable[bytes]]
    """Makes its content anew, in pieces: tables of a whole archive do not fit into memory."""


def download_path(file: ExportFile) -> str:
    """Where a file of findings lies on a site."""
    return f"downloads/{file.path}"


def counted(asset: Asset, sizes: dict[str, int]) -> Asset:
    """The same file, which notes its size in bytes in ``sizes`` once it has been written to its end. The page of downloads shows sizes, and
    making a file a second time to measure it would cost as much as the first."""

    def chunks() -> Iterator[bytes]:
        size = 0
        for chunk in asset.chunks():
            size += len(chunk)
            yield chunk
        sizes[asset.path] = size

    return Asset(asset.path, chunks)


def render_assets(corpus: Corpus, *, env: Environment) -> Iterator[Asset]:
    """The style sheet, the script, every file of findings, and the names and words that the theme's search looks in.

    A file of the same name in an override folder replaces the style sheet or the script, as it does a template.
    """
    yield from render_looks(env=env)
    yield Asset(NAMES, lambda: [names_index(corpus)])
    for file in export_files(corpus):
        yield Asset(download_path(file), file.chunks)
    # Last, since it is made when the first of its files is asked for: the words of a whole archive take a while.
    yield from (Asset(path, partial(_once, content)) for path, content in said_index(corpus))


def _once(content: bytes) -> list[bytes]:
    return [content]


def render_looks(*, env: Environment) -> Iterator[Asset]:
    """The style sheet and the script alone, for the front page of an archive."""
    for path in (STYLE, SCRIPT):
        yield Asset(path, partial(_source, env, path))


def _source(env: Environment, path: str) -> list[bytes]:
    loader = env.loader
    assert isinstance(loader, BaseLoader), "an environment of make_environment has a loader"
    return [loader.get_source(env, path)[0].encode()]
