"""The middle names of people of one name, in a tree by their words: those that agree with one are found without asking all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Middle = tuple[str, ...]


@dataclass(slots=True)
class MiddleNames:
    """Middle names, each word one step down; see :func:`onrecord.corpus.names.middles_agree`."""

    _name: Middle | None = None
    _by_initial: dict[str, dict[str, MiddleNames]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[Middle]) -> MiddleNames:
        tree = cls()
        for name in names:
            at = tree
            for word in name:
                at = at._by_initial.setdefault(word[:1], {}).setdefault(word, cls())
            at._name = name
        return tree

    def agreeing(self, name: Middle) -> Iterator[Middle]:
        """Those that may be one person's with this: none, equal, or an initial of the other's, word by word."""
        if self._name is not None:
            yield self._name
        for below in self._below(name[0] if name else None):
            yield from below.agreeing(name[1:])

    def _below(self, word: str | None) -> Iterator[MiddleNames]:
        if word is None:
            yield from (one for several in self._by_initial.values() for one in several.values())
            return
        alike = self._by_initial.get(word[:1], {})
        if len(word) == 1:
            yield from alike.values()
        else:
            yield from (alike[one] for one in (word, word[:1]) if one in alike)
