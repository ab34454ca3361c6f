"""Groups of things of which some pairs are known to belong together, whoever else they then belong with (union-find).

>>> groups = Groups()
>>> groups.join("Ann Lee", "Lee")
>>> groups.join("Lee", "the mayor")
>>> groups.root("the mayor") == groups.root("Ann Lee"), groups.root("Reed") == groups.root("Lee")
(True, False)
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

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
        self._parent[self.root(other)] = self.root(one)

    def split(self, members: Iterable[T]) -> list[list[T]]:
        """These members by their groups: groups in the order of their first members, members in the order given."""
        parts: dict[T, list[T]] = {}
        for one in members:
            parts.setdefault(self.root(one), []).append(one)
        return list(parts.values())
