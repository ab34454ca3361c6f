"""Files of a report site that are no pages: style sheet, script, downloads, and the list of names for the search."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from jinja2 import BaseLoader, Environment

from onrecord.export.files import ExportFile, export_files
from onrecord.labels.terms import collapse, headline
from onrecord.model import Actor, Corpus, CorpusActor
from onrecord.render.engine.links import actor_page, article_page
from onrecord.render.views.parties import WITHOUT_PAGE
from onrecord.text.addresses import slugify

NAMES = "assets/names.js"

_PLAIN = re.compile(r"[ .'’-]*[A-Za-z0-9][A-Za-z0-9 .'’-]*")
"""Names of whose letters search.js makes what :func:`slugify` does."""


def names_index(corpus: Corpus) -> bytes:
    """The file that the search box loads: ``onrecordNames({"actors": [...], "articles": [...]})`` in UTF-8.

    An actor is ``[name, page, alias, ...]`` and an article ``[headline, page]``, where ``page`` is the last part of the page's address.
    Actors with most mentions come first, and the newest articles. To keep the file small, ``page`` is empty where the script can make it
    from the name (see :func:`simplest_page`), and an actor with such a page and no alias is only its name: ``"Ada Lee"``.
    """
    data = {"actors": list(_actors(corpus)), "articles": list(_articles(corpus))}
    return f"onrecordNames({json.dumps(data, ensure_ascii=False, separators=(',', ':'))});\n".encode()


def _actors(corpus: Corpus) -> Iterator[str | list[str]]:
    present = {(report.article.id, actor.id): actor for report in corpus.reports for actor in report.actors}
    paged = [actor for actor in corpus.actors if actor.type not in WITHOUT_PAGE]
    for actor in sorted(paged, key=lambda one: (-_mentions(one, present), one.name, one.id)):
        page = actor_page(actor.id).removeprefix("actors/")
        row = [actor.name, "" if page == simplest_page(actor.name) else page, *_aliases(actor, present)]
        yield row if row[1:] != [""] else actor.name


def _mentions(actor: CorpusActor, present: Mapping[tuple[str, str], Actor]) -> int:
    return sum(len(present[member.article, member.actor].mentions) for member in actor.members)


def _aliases(actor: CorpusActor, present: Mapping[tuple[str, str], Actor]) -> list[str]:
    """What an actor is called besides its name. Aliases made of words of the name are left out ("Lee" for "Ada Lee"): a search for them
    finds the name."""
    members = [present[member.article, member.actor] for member in actor.members]
    called = sorted({collapse(name) for member in members for name in (member.name, *(alias.name for alias in member.aliases))})
    # "Mayor Lee" adds a word to "Ada Lee"; after it "the mayor" adds none.
    seen = _words(actor.name) | {"the"}
    found = []
    for name in called:
        if not _words(name) <= seen:
            found.append(name)
            seen |= _words(name)
    return found


def _words(name: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w+", name)}


def _articles(corpus: Corpus) -> Iterator[list[str]]:
    # Sorting is stable, so that articles of one day stay in their order.
    for report in sorted(corpus.reports, key=lambda report: report.article.meta.date, reverse=True):
        yield [headline(report.article), article_page(report.article.id).removeprefix("articles/")]


def simplest_page(name: str) -> str:
    """The name of a page that the script makes of an actor's name; empty for a name of which it cannot.

    >>> simplest_page("Per O'Hara-Askov Jr."), simplest_page("Zoë")
    ('per-ohara-askov-jr', '')
    """
    return slugify(name) if _PLAIN.fullmatch(name) else ""


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
    """The style sheet, the script, the names that the theme's search looks in, and every file of findings.

    A file of the same name in an override folder replaces the style sheet or the script, as it does a template.
    """
    yield from render_looks(env=env)
    yield Asset(NAMES, lambda: [names_index(corpus)])
    for file in export_files(corpus):
        yield Asset(download_path(file), file.chunks)


def render_looks(*, env: Environment) -> Iterator[Asset]:
    """The style sheet and the script alone, for the front page of an archive."""
    for path in (STYLE, SCRIPT):
        yield Asset(path, partial(_source, env, path))


def _source(env: Environment, path: str) -> list[bytes]:
    loader = env.loader
    assert isinstance(loader, BaseLoader), "an environment of make_environment has a loader"
    return [loader.get_source(env, path)[0].encode()]
