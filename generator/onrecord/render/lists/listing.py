"""Pages that list things: an index, its facets, and the pages of each value of a facet.

The index of quotes has the facet "speaker"; "Ada Lee" is a value of it, which has a page with her quotes. Some values need no page here,
because a page of another kind lists the same: the quotes of an actor stand on the actor's page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from onrecord.labels.terms import plural
from onrecord.model import Review
from onrecord.render.engine.links import Link, Sheet, count_pages, facet_page, in_pages
from onrecord.render.views.facts import ClaimFact, QuoteFact, RelationFact
from onrecord.render.views.parties import STATUS_WORDS, PartyView
from onrecord.render.views.site import Body, PagePlan
from onrecord.render.views.speaking_time import percent
from onrecord.text.addresses import slugify

Item = TypeVar("Item")

MOST_NAMED = 12
"""How many values of a facet an index names; if there are more, a page of their own lists them all."""

_MOST = 0.8
"""The share of a long list from which on a selection is nearly the list itself, and not listed again; see :attr:`Facet.most_unlisted`."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet."""

    key: str
    """What tells it from other values; unique in its facet."""
    label: str
    meaning: str = ""
    """What items with this value are, for a reader: "with some words inside quotation marks"."""
    name: str = ""
    """Its name in an address; empty where one is made of the key."""
    page: Link | None = None
    """A page of another kind that lists these items already; None for a value that needs a page here."""


Rank = Callable[[Value, int], tuple[object, ...]]
"""The sort key of a value, given how many items have it."""


def most_first(value: Value, count: int) -> tuple[object, ...]:
    """A rank: values that most items have come first."""
    return -count, value.label, value.key


def in_order_of(values: Iterable[Value]) -> Rank:
    """A rank: these values in this order, and after them any others by how many items have them."""
    places = {value.key: place for place, value in enumerate(values)}
    return lambda value, count: (places.get(value.key, len(places)), *most_first(value, count))


@dataclass(frozen=True, slots=True)
class Facet(Generic[Item]):
    """A way to sort the items of an index."""

    name: str
    """What it is called in an address: "kind"."""
    title: str
    """What it is called for a reader: "Reporting verb"."""
    plural: str
    """What its values are called: "reporting verbs"."""
    of: Callable[[Item], Iterable[Value]]
    """The values of an item, which may be none or several."""
    rank: Rank = most_first
    lead: str = ""
    """What stands before a value in the title of its page, where the value alone would not be understood."""
    open: bool = False
    """Whether its values are shown at once, and not folded away."""
    always: bool = False
    """Whether it is shown even where all items have the same value."""
    when_long: bool = False
    """Whether it is shown only where the index has several pages."""
    counts_items: bool = False
    """Whether the folded facet says how many items it holds, and not how many values."""
    most_unlisted: bool = False
    """Whether readers look for the exceptions only. If so, a value that most items of a long list have is counted and not listed again:
    nobody needs a second list of 9,000 of 10,000 claims that are affirmed."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[Item]):
    """A value that items have, with the page that lists them."""

    value: Value
    link: Link | None
    """The page that lists them; None where they are only counted."""
    items: tuple[Item, ...]

    @property
    def count(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Item]):
    """The items of an index, sorted by a facet."""

    facet: Facet[Item]
    choices: tuple[Choice[Item], ...]
    path: str
    """The path of the page that lists all values."""

    @property
    def items(self) -> int:
        """How many items have any of the values."""
        return len({id(item) for choice in self.choices for item in choice.items})

    @property
    def named(self) -> tuple[Choice[Item], ...]:
        """The choices that an index names."""
        return self.choices[:MOST_NAMED]

    @property
    def more(self) -> Link | None:
        """The page of all values, where an index does not name them all."""
        return Link(self.path) if len(self.choices) > MOST_NAMED else None


def shelve(facets: Iterable[Facet[Item]], items: Sequence[Item], folder: str) -> tuple[Shelf[Item], ...]:
    """The items sorted by each facet; a facet that tells nothing apart is left out. ``folder`` is where the pages of values live."""
    found = (_shelf(facet, items, folder) for facet in facets if not facet.when_long or count_pages(len(items)) > 1)
    return tuple(shelf for shelf in found if shelf.choices and (shelf.facet.always or shelf.choices[0].count < len(items)))


def _shelf(facet: Facet[Item], items: Sequence[Item], folder: str) -> Shelf[Item]:
    values: dict[str, Value] = {}
    groups: dict[str, list[Item]] = {}
    for item in items:
        # An item may have a value twice, as one that two speakers of the same name say.
        for value in {one.key: one for one in facet.of(item)}.values():
            groups.setdefault(values.setdefault(value.key, value).key, []).append(item)
    ranked = sorted(values.values(), key=lambda value: facet.rank(value, len(groups[value.key])))
    names = name_values(value for value in ranked if value.page is None)
    # The number of items from which on a value gets no page.
    unlisted = len(items) * _MOST if facet.most_unlisted and count_pages(len(items)) > 1 else len(items) + 1
    links = {key: Link(facet_page(folder, facet.name, name)) for key, name in names.items() if len(groups[key]) < unlisted}
    choices = tuple(Choice(value, value.page or links.get(value.key), tuple(groups[value.key])) for value in ranked)
    return Shelf(facet, choices, facet_page(folder, facet.name))


UNKNOWN_VALUE = Value("?", "Speaker without a name", "the text has words for the speaker and no name, or neither", name="unknown")
UNDECIDED_VALUE = Value("??", "Undecided speaker", "the program could not decide between several; all are shown", name="undecided")
THE_ARTICLE_VALUE = Value("", "The article", "the article’s own voice", name="the-article")

DOUBTED_FIRST = in_order_of([UNKNOWN_VALUE, UNDECIDED_VALUE, THE_ARTICLE_VALUE])
"""A rank of speakers: the unknown and the undecided, then the article, then the others by how many items they have."""


def party_value(party: PartyView, anchor: str = "") -> Value:
    """A party as a value. Its page is the party's own, where it has one, at the id ``anchor``."""
    named = {"unknown": UNKNOWN_VALUE, "undecided": UNDECIDED_VALUE, "article": THE_ARTICLE_VALUE}.get(party.state)
    if named is not None:
        return named
    if party.link is not None:
        return Value(party.key, party.name, page=Link(party.link.page, anchor))
    return Value(f"{party.key}: {party.name}", party.name, "a party without a page of its own")


_LONGEST = 40
"""The most characters of a name in an address. File systems allow 255 bytes, and a character of some scripts takes four."""


def name_values(values: Iterable[Value]) -> dict[str, str]:
    """Names of values for addresses, by key.

    Keys may be any words of an article. A key that is not already a plain name gets one with a few digits of its hash. So names are safe as
    file names, differ even where letter case does not count, and seldom change when other values come or go.

    >>> name_values([Value("say", "say"), Value("According to", ""), Value("../x", ""), Value("", "no verb", name="none")])
    {'': 'none', '../x': 'x-d6b96a', 'say': 'say', 'According to': 'according-to'}
    """
    # Given names first, so that no made name takes one of them; then keys that are already in small letters, which can be their own names.
    wanting = sorted(
        {value.key: value for value in values}.values(), key=lambda value: (not value.name, value.key != value.key.casefold(), value.key)
    )
    names = {value.key: value.name for value in wanting if value.name}
    taken = set(names.values())
    for value in wanting:
        if not value.name:
            base = slugify(value.key)[:_LONGEST].rstrip("-")
            plain = base.replace("-", " ") == value.key.casefold() and base not in taken
            names[value.key] = base if plain else _marked(base, value.key, taken)
            taken.add(names[value.key])
    return names


def _marked(base: str, key: str, taken: set[str]) -> str:
    digest = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
    return next(name for digits in range(6, len(digest) + 1) if (name := f"{base}-{digest[:digits]}") not in taken)


_LABELS: dict[Review, str] = {"machine": "Not reviewed", "confirmed": "Confirmed", "corrected": "Corrected", "added": "Added"}
_STATUSES = {status: Value(status, label, STATUS_WORDS[status], name=status) for status, label in _LABELS.items()}
_HELD = Value("held", "Correction held", "a correction of it waits for an editor", name="held")


def _status(item: QuoteFact | ClaimFact) -> Iterator[Value]:
    if item.review.held:
        yield _HELD
    yield _STATUSES[item.review.state]


Reviewed = TypeVar("Reviewed", QuoteFact, ClaimFact)


def status_facet() -> Facet[Reviewed]:
    """The facet of how far people have reviewed an item; an item with a held correction has that value, too."""
    return Facet("status", "Status", "statuses", _status, in_order_of([_HELD, *_STATUSES.values()]), most_unlisted=True)


def of_article(item: QuoteFact | ClaimFact | RelationFact) -> Iterator[Value]:
    """The values of the facet "article": the one that an item stands in, whose page lists its items already."""
    yield Value(item.article.page, item.headline, page=item.article)


@dataclass(frozen=True, slots=True)
class Index(Generic[Item]):
    """A list of all quotes, claims, actors or the like of a site, and its facets."""

    path: str
    title: str
    one: str
    """What an item is called: "quote"."""
    many: str
    folder: str
    """Where the pages of its facets live."""
    facets: tuple[Facet[Item], ...]
    sectioned: bool = False
    """Whether an index that fits on one page is cut into sections by its first facet."""
    where: Callable[[Item], str] | None = None
    """What the list is sorted by, in words, for the title of a page: "from March to May"; None where the order does not help to find
    anything."""
    size: int = 0
    """How many items a page of the index holds; 0 for as many as a page of any list."""

    def count(self, number: int) -> str:
        """So many items, in words."""
        return plural(number, self.one, self.many)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """A page of an index or of one of its values."""

    index: Index[Item]
    shelves: tuple[Shelf[Item], ...]
    """The items of the index sorted by each facet, for the links beside the list."""
    sheet: Sheet[Item]
    total: int
    """How many items the whole index has: the denominator of every count."""
    title: str
    value: Value | None = None
    """The value that all items here have; None on the index itself."""

    @property
    def sections(self) -> tuple[Choice[Item], ...]:
        """The values of the first facet with their items, on a sectioned index of one page; elsewhere empty, and the items stand in one
        list."""
        if not self.index.sectioned or self.value is not None or self.sheet.pages > 1:
            return ()
        return tuple(choice for shelf in self.shelves if shelf.facet is self.index.facets[0] for choice in shelf.choices)

    @property
    def start(self) -> Link:
        """The first page of this list."""
        return Link(self.sheet.path)

    @property
    def whole(self) -> Link:
        """The index."""
        return Link(self.index.path)

    @property
    def reach(self) -> str:
        """From where to where this page reaches: "from Bridge closed to Bridge opened"; empty on a list of one page."""
        if self.index.where is None or self.sheet.pages == 1:
            return ""
        ends = [self.index.where(item) for item in (self.sheet.items[0], self.sheet.items[-1])]
        return f"in {ends[0]}" if ends[0] == ends[1] else f"from {ends[0]} to {ends[1]}"

    @property
    def description(self) -> str:
        """The page in a sentence, for search engines."""
        sheet = self.sheet
        part = f"{sheet.first:,} to {sheet.last:,} of " if sheet.pages > 1 else ""
        rest = f" of {self.index.count(self.total)}" if self.value is not None else ""
        return (
            f"{self.title}: {part}{f'{sheet.total:,}' if rest else self.index.count(sheet.total)}{rest}, each with its place in the text."
        )


@dataclass(frozen=True, slots=True)
class ValuesView:
    """What ``pages/values.html`` prints: all values of a facet."""

    title: str
    whole: Link
    many: str
    count: str
    """The denominator, in words: "20,000 quotes"."""
    total: int
    column: str
    """What a value is, at the head of its column."""
    sheet: Sheet[Choice[Any]]

    def share(self, choice: Choice[Any]) -> str:
        """How many of all items have a value, with the percentage."""
        return f"{choice.count:,}, {percent(choice.count, self.total)}"


def main_listings(index: Index[Item], items: Sequence[Item], shelves: tuple[Shelf[Item], ...]) -> Iterator[Listing[Item]]:
    """The pages of the index itself."""
    for sheet in in_pages(items, index.path, index.size):
        yield Listing(index, shelves, sheet, len(items), sheet.numbered(index.title))


def draft_facets(
    index: Index[Item], items: Sequence[Item], shelves: tuple[Shelf[Item], ...], template: str, view: Callable[[Listing[Item]], object]
) -> Iterator[PagePlan]:
    """The pages of every value that needs any, and of every facet with more values than an index names. ``view`` makes what the template
    prints."""
    for shelf in shelves:
        for choice in shelf.choices:
            for sheet in in_pages(choice.items, choice.link.page) if choice.link and choice.value.page is None else ():
                title = sheet.numbered(f"{index.title}: {shelf.facet.lead}{choice.value.label}")
                listing = Listing(index, shelves, sheet, len(items), title, choice.value)
                yield PagePlan(sheet.here.page, template, title, partial(body_of, listing, view), repeats=True)
        if shelf.more:
            yield from _draft_values(index, shelf, len(items))


def draft_index(
    index: Index[Item],
    items: Sequence[Item],
    template: str,
    view: Callable[[Listing[Item]], object],
    *,
    description: str,
) -> Iterator[PagePlan]:
    """Every page of an index: its own, and those of its facets. ``description`` is that of the first."""
    shelves = shelve(index.facets, items, index.folder)
    for listing in main_listings(index, items, shelves):
        told = description if listing.sheet.number == 1 else ""
        yield PagePlan(listing.sheet.here.page, template, listing.title, partial(body_of, listing, view, told))
    yield from draft_facets(index, items, shelves, template, view)


def _draft_values(index: Index[Item], shelf: Shelf[Item], total: int) -> Iterator[PagePlan]:
    for sheet in in_pages(shelf.choices, shelf.path):
        title = sheet.numbered(f"{index.title}: {shelf.facet.plural}")
        view = ValuesView(
            title=title,
            whole=Link(index.path),
            many=index.many,
            count=index.count(total),
            total=total,
            column=shelf.facet.title,
            sheet=sheet,
        )
        body = Body(view, f"{len(shelf.choices):,} {shelf.facet.plural}, with how many of {index.count(total)} have each.")
        yield PagePlan(sheet.here.page, "pages/values.html", title, body.itself, repeats=True)


def body_of(listing: Listing[Item], view: Callable[[Listing[Item]], object], description: str = "") -> Body:
    """A page of an index; without a ``description`` it has its listing's."""
    return Body(view(listing), description or listing.description)
