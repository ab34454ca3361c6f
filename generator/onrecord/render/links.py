"""Where pages live, and the one resolver that makes every internal address."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol
from urllib.parse import quote

from onrecord.file_names import page_name
from onrecord.model import Article

UrlStyle = Literal["directory", "file"]


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A place on the site: a page by its path without suffix, and an id on it (empty: the top of the page)."""

    page: str
    anchor: str = ""
    site: str = ""
    """Where another site of the archive lies, as seen from the root of this one ("2024", "../2024"); empty for a place on this one."""


class Linked(Protocol):
    """What :func:`broken_links` needs to know of a page."""

    @property
    def path(self) -> str: ...
    @property
    def anchors(self) -> frozenset[str]: ...
    @property
    def links(self) -> tuple[Link, ...]: ...


HOME = "index"
ACTORS = "actors/index"
PERHAPS = "actors/by/perhaps"
QUOTES = "quotes/index"
CLAIMS = "claims/index"
SIDE_BY_SIDE = "claims/side-by-side"
RELATIONS = "relations/index"
TIMELINE = "timeline/index"
AUDIT = "sourcing/index"
METHOD = "method"
DOWNLOADS = "downloads/index"
REVIEW = "review/index"


def article_page(article_id: str) -> str:
    """The path of an annotated article."""
    return f"articles/{page_name(article_id)}"


def actor_page(actor_id: str) -> str:
    """The path of an actor's page."""
    return f"actors/{page_name(actor_id)}"


def facet_page(folder: str, facet: str, value: str = "") -> str:
    """The path of the page of a facet's value, or without one of the page of all its values."""
    return f"{folder}/{facet}/{page_name(value)}" if value else f"{folder}/{facet}/index"


def numbered_page(path: str, number: int) -> str:
    """The path of a page of a list whose first page has this path. No id has a slash, so that none is in the way.

    >>> numbered_page("quotes/index", 1), numbered_page("quotes/index", 2), numbered_page("actors/by/type/person", 3)
    ('quotes/index', 'quotes/page/2', 'actors/by/type/person/page/3')
    >>> numbered_page(HOME, 2)
    'articles/page/2'
    """
    if number == 1:
        return path
    return f"{'articles' if path == HOME else path.removesuffix('/index')}/page/{number}"


def mention_anchor(article: Article, start: int) -> str:
    """The id of the words that begin at an offset of the article's text.

    It belongs to this very text: with another, the same offset may be in the middle of other words, and a link had better lead nowhere.
    """
    return f"at-{_edition(article)}-{start}"


def undecided_anchor(article: Article, start: int) -> str:
    """The id of a mention that may be of one actor or another."""
    return f"u-{_edition(article)}-{start}"


def role_anchor(article: Article, start: int) -> str:
    """The id of the words that state a role."""
    return f"role-{_edition(article)}-{start}"


def _edition(article: Article) -> str:
    """A short name of an article's text, as it is now."""
    return article.withheld.edition if article.withheld else article.sha256[:6]


# A page is linked to from hundreds of others, and asking again what is special in an address takes longer than all else that is done to it.
_quoted = lru_cache(maxsize=10_000)(quote)


@dataclass(frozen=True, slots=True)
class Urls:
    """Relative addresses between pages, so that a site works in any folder.

    >>> Urls("directory").to(Link("actors/ann", "at-3"), start="articles/a")
    '../../actors/ann/#at-3'
    >>> Urls("file").to(Link("actors/ann", "at-3"), start="articles/a")
    '../actors/ann.html#at-3'
    """

    style: UrlStyle = "directory"

    def to(self, link: Link, *, start: str) -> str:
        """The address of a place as seen from the page ``start``; the anchor alone on the same page."""
        fragment = f"#{_quoted(link.anchor)}" if link.anchor else ""
        if link.page == start and fragment and not link.site:
            return fragment
        address = self._address(link.page)
        return _quoted(self._relative(f"{link.site}/{address}" if link.site else address, start)) + fragment

    def to_asset(self, path: str, *, start: str) -> str:
        """The address of a file that is no page ("downloads/report.json") as seen from the page ``start``."""
        return _quoted(self._relative(path, start))

    def _address(self, page: str) -> str:
        """The page's address from the root; it ends with a slash when it is a folder."""
        if self.style == "file":
            return f"{page}.html"
        return page.removesuffix("index") if page == HOME or page.endswith("/index") else f"{page}/"

    def _relative(self, address: str, start: str) -> str:
        *here, _ = self._address(start).split("/")
        there = address.split("/")
        shared = 0
        for one, other in zip(here, there[:-1], strict=False):
            if one != other:
                break
            shared += 1
        return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link to a page or an anchor that does not exist."""

    page: str
    """The page that holds the link."""
    target: Link


def broken_links(pages: Iterable[Linked]) -> tuple[BrokenLink, ...]:
    """Every link of these pages to a place on their site that is not there, in page order. Takes each page once, and keeps none."""
    seen: dict[str, array[int]] = {}
    waiting: dict[Link, list[tuple[int, int]]] = {}
    broken: list[tuple[int, int, Link]] = []
    for number, page in enumerate(pages):
        seen[page.path] = array("q", sorted(map(hash, page.anchors)))
        for place, link in enumerate(page.links):
            if link.site:
                continue
            if link.page not in seen:
                waiting.setdefault(link, []).append((number, place))
            elif not _is_there(link, seen):
                broken.append((number, place, link))
    broken.extend((*at, link) for link, places in waiting.items() if not _is_there(link, seen) for at in places)
    paths = tuple(seen)
    return tuple(BrokenLink(paths[number], link) for number, _, link in sorted(broken))


def _is_there(link: Link, anchors: Mapping[str, array[int]]) -> bool:
    """``anchors`` are hashes, in order: of the ids of an archive there are millions."""
    if link.page not in anchors:
        return False
    there, wanted = anchors[link.page], hash(link.anchor)
    at = bisect_left(there, wanted)
    return not link.anchor or (at < len(there) and there[at] == wanted)
