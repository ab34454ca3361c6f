"""Long lists in pages: one way for every list of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.render.links import Link, numbered_page

Item = TypeVar("Item")
Other = TypeVar("Other")

PAGE_SIZE = 200
"""Rows of a list on one page: some 250 kB of HTML, as much as a long annotated article."""

_AROUND = 2
"""Pages on each side of the one shown that its pager names; the first and the last are always named."""


@dataclass(frozen=True, slots=True)
class Step:
    """A page that a pager names."""

    number: int
    link: Link
    after_gap: bool
    """Whether pages before it are not named."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """One page of a list."""

    path: str
    """The path of the list's first page."""
    number: int
    """From 1."""
    items: tuple[Item, ...]
    total: int
    """Items of the whole list."""

    @property
    def pages(self) -> int:
        """How many pages the list has; at least one."""
        return count_pages(self.total)

    @property
    def first(self) -> int:
        """The place of its first item in the list, from 1."""
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        """The place of its last item."""
        return self.first + len(self.items) - 1

    def of(self, items: Iterable[Other]) -> Sheet[Other]:
        """The same page, with other items in place of its own."""
        return Sheet(self.path, self.number, tuple(items), self.total)

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


def count_pages(total: int) -> int:
    """How many pages a list of so many items has; at least one.

    >>> [count_pages(total) for total in (0, 1, 200, 201)]
    [1, 1, 1, 2]
    """
    return max(1, -(-total // PAGE_SIZE))


def page_of(place: int) -> int:
    """On which page the item at a place stands, both from 1.

    >>> [page_of(place) for place in (1, 200, 201)]
    [1, 1, 2]
    """
    return (place - 1) // PAGE_SIZE + 1


def in_pages(items: Sequence[Item], path: str) -> Iterator[Sheet[Item]]:
    """The list in pages, one after the other; an empty list has one empty page. ``path`` is that of the first."""
    for number in range(1, count_pages(len(items)) + 1):
        start = (number - 1) * PAGE_SIZE
        yield Sheet(path, number, tuple(items[start : start + PAGE_SIZE]), len(items))
