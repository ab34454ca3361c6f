"""Groups of things of which some pairs are known to belong together, whoever else they then belong with (union-find).

>>> groups = Groups()
>>> groups.join("Ann Lee", "Lee")
>>> groups.join("Lee", "the mayor")
>>> groups.root("the mayor") == groups.root("Ann Lee"), groups.root("Reed") == groups.root("Lee")
(True, False)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from onrecord.model.article import Span

T = TypeVar("T", bound=Hashable)


class Groups(Generic[T]):
    """Groups that are joined by twos. Whatever was in no pair is a group by itself, so nothing need be announced."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def root(self, one: T) -> T:
        """The member that stands for the group of ``one``: the same for each of its members, until the group is joined to another."""
        path = []
        while (parent := self._parent.get(one, one)) != one:
            path.append(one)
            one = parent
        self._parent.update(dict.fromkeys(path, one))  # the next time it is one step
        return one

    def join(self, one: T, other: T) -> None:
        """Makes the groups of the two one, for which that member stands which stood for the group of ``one``."""
        # The smaller group is not put under the larger, as textbooks have it: callers rely on who stands for a group. Shortened paths
        # alone keep a step at O(log n) on average (Tarjan and van Leeuwen, 1984).
        self._parent[self.root(other)] = self.root(one)

    def split(self, members: Iterable[T]) -> list[list[T]]:
        """These members by their groups: groups in the order of their first members, members in the order given."""
        parts: dict[T, list[T]] = {}
        for one in members:
            parts.setdefault(self.root(one), []).append(one)
        return list(parts.values())


def join_neighbours(spans: Iterable[Span], meet: Callable[[Span, Span], bool]) -> Iterator[Span]:
    """Spans in their order, each made one with those before it that it ``meet``s: asked of what is joined so far, and of the next.

    >>> list(join_neighbours([Span(0, 2), Span(2, 5), Span(7, 9)], lambda one, other: one.end == other.start))
    [Span(start=0, end=5), Span(start=7, end=9)]
    """
    last: Span | None = None
    for span in spans:
        if last is not None and meet(last, span):
            last = Span(last.start, max(last.end, span.end))
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
