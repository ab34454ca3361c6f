"""Things with a path, looked for among others that are made only as far as it takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar


class _Placed(Protocol):
    @property
    def path(self) -> str: ...


Placed = TypeVar("Placed", bound=_Placed)


class Sought(Generic[Placed]):
    """What was looked at is kept, so that the next search begins where this one ends."""

    def __init__(self, every: Iterable[Placed]) -> None:
        self._rest = iter(every)
        self._seen: dict[str, Placed] = {}

    def find(self, path: str) -> Placed | None:
        """The one of this path, if there is one."""
        while path not in self._seen:
            one = next(self._rest, None)
            if one is None:
                return None
            self._seen[one.path] = one
        return self._seen[path]
