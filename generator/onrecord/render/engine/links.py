"""Addresses on a site: the paths of pages, the ids of places on them, relative addresses between them, and lists cut into numbered pages.

A path is what a page is called on the site, without suffix ("actors/ann"); what address a browser uses for it is decided by :class:`Urls`
alone.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from onrecord.model import Article
from onrecord.text.addresses import page_name

UrlStyle = Literal["directory", "file"]
"""``directory``: a page is a folder with an index ("actors/ann/"); ``file``: it is a file ("actors/ann.html")."""


class Link(NamedTuple):
    """A place on the site: a page by its path without suffix, and an id on it (empty: the top of the page).

    It is a tuple because thousands of them are made and looked up for a page, which Python does without code of a class of ours.
    """

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
    """The path of a page of a list whose first page has this path. Ids have no slash, so that no article or actor has such a path.

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

    The id names this version of the text. In another version the same offset may be in the middle of other words, and a link that leads
    nowhere is better than one that leads to the wrong words.
    """
    return f"at-{_edition(article)}-{start}"


def undecided_anchor(article: Article, start: int) -> str:
    """The id of a mention of which the program could not decide who is meant."""
    return f"u-{_edition(article)}-{start}"


def role_anchor(article: Article, start: int) -> str:
    """The id of the words that state a role."""
    return f"role-{_edition(article)}-{start}"


def _edition(article: Article) -> str:
    """A short name of this version of an article's text."""
    return article.withheld.edition if article.withheld else article.sha256[:6]


# A page is linked to from hundreds of others, and percent-encoding an address takes longer than all else that is done to it.
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

    def from_root(self, target: Link | str) -> str:
        """The address of a place, or of a file that is no page, as seen from the root of the site; empty for the home page in a folder."""
        if isinstance(target, str):
            return _quoted(target)
        address = self._address(target.page)
        fragment = f"#{_quoted(target.anchor)}" if target.anchor else ""
        return _quoted(f"{target.site}/{address}" if target.site else address) + fragment

    def way_out(self, start: str) -> tuple[str, str]:
        """The way from a page up to the root of the site, and the folder of the root that the page lies in; both empty at the root."""
        *here, _ = self._address(start).split("/")
        return "../" * len(here), f"{here[0]}/" if here else ""

    def to_asset(self, path: str, *, start: str) -> str:
        """The address of a file that is no page ("downloads/report.json") as seen from the page ``start``."""
        return _quoted(self._relative(path, start))

    def _address(self, page: str) -> str:
        """The page's address from the root of the site; that of a folder ends with a slash, that of the home page is empty."""
        if self.style == "file":
            return f"{page}.html"
        return page.removesuffix("index") if page == HOME or page.endswith("/index") else f"{page}/"

    def _relative(self, address: str, start: str) -> str:
        # The last part of an address is a file name, or empty for a folder: it is no folder to climb out of.
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
    """Every link of these pages to a place on their site that does not exist, in the order of the pages.

    Each page is taken once and not kept. A link to a page that comes later waits until all have been seen.
    """
    # Links are put in order of page and place at the end, since those that waited are judged last.
    seen: dict[str, array[int]] = {}
    sound: set[Link] = set()  # a place is linked to from many pages
    waiting: dict[Link, list[tuple[int, int]]] = {}
    broken: list[tuple[int, int, Link]] = []
    for number, page in enumerate(pages):
        seen[page.path] = array("q", sorted(map(hash, page.anchors)))
        for place, link in enumerate(page.links):
            if link in sound or link.site:
                continue
            if link.page not in seen:
                waiting.setdefault(link, []).append((number, place))
            elif _is_there(link, seen):
                sound.add(link)
            else:
                broken.append((number, place, link))
    broken.extend((*at, link) for link, places in waiting.items() if not _is_there(link, seen) for at in places)
    paths = tuple(seen)
    return tuple(BrokenLink(paths[number], link) for number, _, link in sorted(broken))


def _is_there(link: Link, anchors: Mapping[str, array[int]]) -> bool:
    """Whether the place of a link exists. ``anchors`` are the sorted hashes of the ids on each page: the ids themselves of a large archive
    are millions of strings. Two ids with one hash would hide a broken link, which is as good as impossible."""
    if link.page not in anchors:
        return False
    there, wanted = anchors[link.page], hash(link.anchor)
    at = bisect_left(there, wanted)
    return not link.anchor or (at < len(there) and there[at] == wanted)


Item = TypeVar("Item")
Other = TypeVar("Other")

PAGE_SIZE = 200
"""Rows of a list on one page: some 250 kB of HTML, as much as a long annotated article."""

_AROUND = 2
"""How many pages on each side of the current one the pager names, besides the first and the last."""


@dataclass(frozen=True, slots=True)
class Step:
    """A page that a pager names: "1 … 4 5 [6] 7 8 … 20"."""

    number: int
    link: Link
    after_gap: bool
    """Whether pages between it and the one named before it are left out."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """One page of a list that may have many."""

    path: str
    """The path of the list's first page."""
    number: int
    """From 1."""
    items: tuple[Item, ...]
    total: int
    """How many items the whole list has."""
    size: int
    """How many items a page holds."""

    @property
    def pages(self) -> int:
        """How many pages the list has; at least one."""
        return count_pages(self.total, self.size)

    @property
    def first(self) -> int:
        """The place of its first item in the list, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The place of its last item."""
        return self.first + len(self.items) - 1

    def of(self, items: Iterable[Other]) -> Sheet[Other]:
        """The same page, with other items in place of its own."""
        return Sheet(self.path, self.number, tuple(items), self.total, self.size)

    def numbered(self, title: str) -> str:
        """The title of this page, of a list with that title."""
        return title if self.number == 1 else f"{title}, page {self.number}"

    @property
    def here(self) -> Link:
        return self._link(self.number)

    @property
    def previous(self) -> Link | None:
        return self._link(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> Link | None:
        return self._link(self.number + 1) if self.number < self.pages else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages that its pager names: the first, the last and those near this one."""
        near = range(self.number - _AROUND, self.number + _AROUND + 1)
        named = [number for number in range(1, self.pages + 1) if number in (1, self.pages) or number in near]
        return tuple(Step(one, self._link(one), one - before > 1) for before, one in zip([0, *named], named, strict=False))

    def _link(self, number: int) -> Link:
        return Link(numbered_page(self.path, number))


def count_pages(total: int, size: int = 0) -> int:
    """How many pages a list of so many items has; at least one. ``size`` is how many a page holds, where that is not :data:`PAGE_SIZE`.

    >>> [count_pages(total) for total in (0, 1, 200, 201)]
    [1, 1, 1, 2]
    """
    return max(1, -(-total // (size or PAGE_SIZE)))


def page_of(place: int) -> int:
    """On which page the item at a place stands, both from 1.

    >>> [page_of(place) for place in (1, 200, 201)]
    [1, 1, 2]
    """
    return (place - 1) // PAGE_SIZE + 1


def in_pages(items: Sequence[Item], path: str, size: int = 0) -> Iterator[Sheet[Item]]:
    """The list in pages, one after the other; an empty list has one empty page. ``path`` is that of the first, and ``size`` as for
    :func:`count_pages`."""
    size = size or PAGE_SIZE
    for number in range(1, count_pages(len(items), size) + 1):
        start = (number - 1) * size
        yield Sheet(path, number, tuple(items[start : start + size]), len(items), size)


# A mark is a number between two control characters. Text cannot forge one: `printable` writes all control characters as entities.
_MARK = re.compile("\x01([0-9]+)\x02")


class LinkMarks:
    """Stand-ins for addresses in rendered HTML.

    An address is relative to the page that it stands on. So that a row of a table can be rendered once and put on many pages, templates
    print a mark for each link, and :meth:`put_in` replaces the marks when the page is known.
    """

    def __init__(self, urls: Urls) -> None:
        self._urls = urls
        self._marks: dict[Link | str, Markup] = {}
        self._targets: dict[str, tuple[Link | str, str]] = {}
        """By the number of a mark, as it stands in the HTML, what it is of, and the address of that as seen from the root."""

    def mark(self, target: Link | str) -> Markup:
        """The mark of a page, or of a file that is no page ("downloads/report.json"); the same target has the same mark everywhere."""
        mark = self._marks.get(target)
        if mark is None:
            number = f"{len(self._targets)}"
            mark = self._marks[target] = Markup(f"\x01{number}\x02")
            self._targets[number] = target, self._urls.from_root(target)
        return mark

    def put_in(self, html: str, *, start: str) -> tuple[str, tuple[Link, ...]]:
        """The HTML of the page ``start`` with addresses in place of marks, and each link on it once, in the order of the page."""
        # What stands between marks, and their numbers, by turns.
        parts = _MARK.split(html)
        addresses: dict[str, str] = {}
        links: list[Link] = []
        up, own = self._urls.way_out(start)
        for number in dict.fromkeys(parts[1::2]):
            target, address = self._targets[number]
            # What lies in another folder of the root is reached by way of the root, and that is most.
            addresses[number] = up + address if up and not address.startswith(own) else self._near(target, start)
            if target.__class__ is Link:
                links.append(target)
        parts[1::2] = map(addresses.__getitem__, parts[1::2])
        return "".join(parts), tuple(links)

    def _near(self, target: Link | str, start: str) -> str:
        return self._urls.to_asset(target, start=start) if isinstance(target, str) else self._urls.to(target, start=start)


class Rows:
    """Rendered rows of tables. Each macro of ``partials/rows.html`` is called once for an item, however many pages the item stands on."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._printed: dict[tuple[object, ...], tuple[Markup, object]] = {}

    @cached_property
    def _macros(self) -> object:
        return self._env.get_template("partials/rows.html").module

    def __call__(self, name: str, item: object, **flags: bool) -> Markup:
        """The item as the macro of that name prints it."""
        key = (name, id(item), *flags.values())
        known = self._printed.get(key)
        if known is None:
            # Without the line breaks between cells: an archive has a million of them. The item is kept, for another might get its id.
            known = Markup(str(getattr(self._macros, name)(item, **flags)).replace(">\n<", "><")), item
            self._printed[key] = known
        return known[0]
