"""What was made before from the same things, for a program that makes nearly the same again, as ``mkdocs serve`` does after an edit."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

T = TypeVar("T")


class Identity:
    """An object as a key: equal to itself alone.

    What is remembered is made of large frozen values, which would be hashed and compared field by field, and some of which hold what has no
    hash. The key keeps the object: a bare ``id()`` may soon be that of another, when the first is gone.
    """

    __slots__ = ("_object",)

    def __init__(self, one: object) -> None:
        self._object = one

    def __hash__(self) -> int:
        return id(self._object)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and self._object is other._object


class Memory:
    """Remembers, from one turn to the next, what was made of what.

    It is right as long as what is made depends on nothing else than what it is said to be made of.
    """

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[object]] = {}
        self._now: dict[Hashable, tuple[object]] = {}

    def turn(self) -> None:
        """From here on what was not asked for since the last turn is forgotten: a long ``mkdocs serve`` does not grow with every edit."""
        self._before, self._now = self._now, {}

    def recall(self, what: str, of: object, rest: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives: made now, or before of the very same object ``of`` and the same ``rest``; ``what`` tells apart what else is
        made of these."""
        key = (what, Identity(of), rest)
        known = self._now.get(key) or self._before.get(key)
        if known is None:
            known = (make(),)  # in a tuple, so that None is told from what was never made
        self._now[key] = known
        return known[0]  # type: ignore[return-value]  # what was made under this key was made by this function


class _Forgetful(Memory):
    def recall(self, what: str, of: object, rest: Hashable, make: Callable[[], T]) -> T:
        return make()


NO_MEMORY: Memory = _Forgetful()
"""For a program that makes things once."""
