"""Pages that list things: an index, the pages of its facets, and the pages that list a facet's values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from onrecord.labels.terms import plural
from onrecord.render.engine.links import Link, Sheet, in_pages
from onrecord.render.lists.facets import Choice, Facet, Shelf, Value, shelve
from onrecord.render.pictures.speaking_time import percent
from onrecord.render.views.site import Body, Draft

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Index(Generic[Item]):
    """A list of all things of a sort, and the ways to sort it."""

    path: str
    title: str
    one: str
    """What an item is called: "quote"."""
    many: str
    folder: str
    """Where the pages of its facets live."""
    facets: tuple[Facet[Item], ...]
    sectioned: bool = False
    """Whether the values of the first facet are the sections of an index of one page."""
    where: Callable[[Item], str] | None = None
    """What tells a reader where in the list an item stands, such as its article's headline; none where the order does not help finding."""

    def count(self, number: int) -> str:
        """So many items, in words."""
        return plural(number, self.one, self.many)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """A page of an index or of one of its values."""

    index: Index[Item]
    shelves: tuple[Shelf[Item], ...]
    """The ways to sort it."""
    sheet: Sheet[Item]
    total: int
    """Items of the index: the denominator of every count."""
    title: str
    value: Value | None = None
    """What all items here have; none on the index itself."""

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
        """Where in the list its first and its last item stand; empty on a list of one page."""
        if self.index.where is None or self.sheet.pages == 1:
            return ""
        ends = [self.index.where(item) for item in (self.sheet.items[0], self.sheet.items[-1])]
        return f"in {ends[0]}" if ends[0] == ends[1] else f"from {ends[0]} to {ends[1]}"

    @property
    def description(self) -> str:
        """The page in a sentence."""
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
    for sheet in in_pages(items, index.path):
        yield Listing(index, shelves, sheet, len(items), sheet.numbered(index.title))


def draft_facets(
    index: Index[Item], items: Sequence[Item], shelves: tuple[Shelf[Item], ...], template: str, view: Callable[[Listing[Item]], object]
) -> Iterator[Draft]:
    """The pages of every value that has some and that no other page lists, and of every facet with many values."""
    for shelf in shelves:
        for choice in shelf.choices:
            for sheet in in_pages(choice.items, choice.link.page) if choice.link and choice.value.page is None else ():
                title = sheet.numbered(f"{index.title}: {shelf.facet.lead}{choice.value.label}")
                listing = Listing(index, shelves, sheet, len(items), title, choice.value)
                yield Draft(sheet.here.page, template, title, partial(body_of, listing, view), repeats=True)
        if shelf.more:
            yield from _draft_values(index, shelf, len(items))


def draft_index(
    index: Index[Item],
    items: Sequence[Item],
    template: str,
    view: Callable[[Listing[Item]], object],
    *,
    description: str,
) -> Iterator[Draft]:
    """Every page of an index: its own, and those of its facets. ``description`` is that of the first."""
    shelves = shelve(index.facets, items, index.folder)
    for listing in main_listings(index, items, shelves):
        told = description if listing.sheet.number == 1 else ""
        yield Draft(listing.sheet.here.page, template, listing.title, partial(body_of, listing, view, told))
    yield from draft_facets(index, items, shelves, template, view)


def _draft_values(index: Index[Item], shelf: Shelf[Item], total: int) -> Iterator[Draft]:
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
        yield Draft(sheet.here.page, "pages/values.html", title, body.itself, repeats=True)


def body_of(listing: Listing[Item], view: Callable[[Listing[Item]], object], description: str = "") -> Body:
    """A page of an index; without a ``description`` it has its listing's."""
    return Body(view(listing), description or listing.description)
