"""Facets: the things of an index by kind, speaker, verb and the like, each value with a page that lists what has it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.corpus.names import slugify
from onrecord.model import Review
from onrecord.render.engine.links import Link, count_pages, facet_page
from onrecord.render.views.facts import ClaimFact, QuoteFact, RelationFact
from onrecord.render.views.parties import STATUS_WORDS, Party

Item = TypeVar("Item")

MOST_NAMED = 12
"""Values of a facet that an index names; more of them have a page of their own, which lists them all."""

_MOST = 0.8
"""The share of a list of several pages that is nearly the list itself."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet."""

    key: str
    """What makes it one; unique in its facet."""
    label: str
    meaning: str = ""
    """What has it, for a reader: "with some words inside quotation marks"."""
    name: str = ""
    """Its name in an address, where it is not made of the key."""
    page: Link | None = None
    """A page of another kind that is this list already; none for a value that needs a page."""


Rank = Callable[[Value, int], tuple[object, ...]]
"""By what values stand in order, given how many items have each."""


def most_first(value: Value, count: int) -> tuple[object, ...]:
    """Values that most items have first."""
    return -count, value.label, value.key


def in_order_of(values: Iterable[Value]) -> Rank:
    """Values in this order, and after these any others by how many items have them."""
    places = {value.key: place for place, value in enumerate(values)}
    return lambda value, count: (places.get(value.key, len(places)), *most_first(value, count))


@dataclass(frozen=True, slots=True)
class Facet(Generic[Item]):
    """A way to sort the items of an index."""

    name: str
    """Its name in an address: "kind"."""
    title: str
    """Its name for a reader: "Reporting verb"."""
    plural: str
    """What its values are called: "reporting verbs"."""
    of: Callable[[Item], Iterable[Value]]
    """The values of an item, which may be none or several."""
    rank: Rank = most_first
    lead: str = ""
    """What stands before a value in the title of its page, where the value alone would not be understood."""
    open: bool = False
    """Whether its values are seen without opening them."""
    always: bool = False
    """Whether it is there even where all items have one value."""
    when_long: bool = False
    """Whether it is of use only where the index has several pages."""
    most_unlisted: bool = False
    """Whether readers look for the exceptions alone, so that what most of a list of several pages have is counted and not listed again."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[Item]):
    """A value that items have, with the page that lists them."""

    value: Value
    link: Link | None
    """None where the value is counted and not listed."""
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
        for value in {one.key: one for one in facet.of(item)}.values():
            groups.setdefault(values.setdefault(value.key, value).key, []).append(item)
    ranked = sorted(values.values(), key=lambda value: facet.rank(value, len(groups[value.key])))
    names = name_values(value for value in ranked if value.page is None)
    unlisted = len(items) * _MOST if facet.most_unlisted and count_pages(len(items)) > 1 else len(items) + 1
    links = {key: Link(facet_page(folder, facet.name, name)) for key, name in names.items() if len(groups[key]) < unlisted}
    choices = tuple(Choice(value, value.page or links.get(value.key), tuple(groups[value.key])) for value in ranked)
    return Shelf(facet, choices, facet_page(folder, facet.name))


UNKNOWN_VALUE = Value("?", "Unknown speaker", "the text does not say who speaks", name="unknown")
UNDECIDED_VALUE = Value("??", "Undecided speaker", "the program could not decide between several; all are shown", name="undecided")
THE_ARTICLE_VALUE = Value("", "The article", "the article’s own voice", name="the-article")

DOUBTED_FIRST = in_order_of([UNKNOWN_VALUE, UNDECIDED_VALUE, THE_ARTICLE_VALUE])
"""Who is unknown or undecided, then the article, then the others by how much they have."""


def party_value(party: Party, anchor: str = "") -> Value:
    """A party as a value; one with a page of its own leads there, to the place ``anchor``."""
    named = {"unknown": UNKNOWN_VALUE, "undecided": UNDECIDED_VALUE, "article": THE_ARTICLE_VALUE}.get(party.state)
    if named is not None:
        return named
    if party.link is not None:
        return Value(party.key, party.name, page=Link(party.link.page, anchor))
    return Value(f"{party.key}: {party.name}", party.name, "a party without a page of its own")


_LONGEST = 40
"""Characters of a name, so that a file system takes it in any script."""


def name_values(values: Iterable[Value]) -> dict[str, str]:
    """Names for addresses, by key. Keys may be any words of an article: what is not plain gets a mark made of the key, so that names are
    safe, differ even where letter case does not count, and seldom depend on what else there is.

    >>> name_values([Value("say", "say"), Value("According to", ""), Value("../x", ""), Value("", "no verb", name="none")])
    {'': 'none', '../x': 'x-d6b96a', 'say': 'say', 'According to': 'according-to'}
    """
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
    """Items by how far people have looked at them; one whose correction is held is counted there too."""
    return Facet("status", "Status", "statuses", _status, in_order_of([_HELD, *_STATUSES.values()]), most_unlisted=True)


def of_article(item: QuoteFact | ClaimFact | RelationFact) -> Iterator[Value]:
    """The article that an item stands in, whose page lists what it has."""
    yield Value(item.article.page, item.headline, page=item.article)
