"""Ids of what is withheld: they say nothing of its words.

An id is a digest of words, and whoever has a list of likely words can make the digest of each. So items whose words are not shown have
other ids: with the salt that a lock keeps, digests that nobody without the lock can make; without one, numbers, which count.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args

from onrecord.model import Claim, Comparison, Findings, KnownSource, Moment, Outcome, Quote, Relation, Repeat, Report, Span

Letter = Literal["q", "c", "r", "k"]
"""What an item is: a quote, a claim, a relation, a comparison. Its id begins with it."""
LETTERS: tuple[Letter, ...] = get_args(Letter)
Value = TypeVar("Value")

_CHARACTERS = 8
_EDITION = 6
_SALT_BYTES = 16
"""128 bits."""

_IDS: Mapping[type, Mapping[str, tuple[Letter, ...]]] = {
    Quote: {"id": ("q",)},
    Claim: {"id": ("c",), "quote": ("q",), "parent": ("c",)},
    Relation: {"id": ("r",), "claims": ("c",)},
    Comparison: {"id": ("k",), "first": ("c",), "second": ("c",)},
    Moment: {"quote": ("q",), "claim": ("c",)},
    KnownSource: {"quotes": ("q",)},
    Outcome: {"item": ("q", "c")},
    Repeat: {"quote": ("q",), "other_quote": ("q",)},
}
"""The fields that hold an id of an item, and what it may be the id of."""
_NOBODY = "~"
"""Before the id of its first quote, that of a source without an actor."""


def new_salt() -> str:
    """A salt that nobody can guess, as hexadecimal digits."""
    return secrets.token_hex(_SALT_BYTES)


def seal(salt: str, article: str, id: str) -> str:
    """The id under which a site shows an item that is withheld; ``id`` is the one from its words.

    >>> seal("00" * 16, "quay", "qaaaaaaaa")
    'quh6fr5bl'
    """
    return id[:1] + _digest(salt, article, id)[:_CHARACTERS]


def edition_of(salt: str, article: str, text: str) -> str:
    """A short name of this very text, of which nobody without the salt can tell whether another text has it."""
    return _digest(salt, article, text)[:_EDITION]


def _digest(salt: str, *parts: str) -> str:
    whole = hmac.digest(bytes.fromhex(salt), "\n".join(parts).encode(errors="surrogatepass"), "sha256")
    return base64.b32encode(whole).decode().lower()


@dataclass(frozen=True, slots=True)
class Worded:
    """An item with an id from words, which may have to change."""

    letter: Letter
    id: str
    parts: tuple[tuple[Span, ...], ...]
    """Its words; of a comparison those of each of its claims."""


def worded_in(report: Report) -> tuple[Worded, ...]:
    """Everything with an id from words, in the order of the report, and then what only the program by itself found."""
    found = [item for part in (report, report.machine) if part for item in _items(part)]
    return tuple({(item.letter, item.id): item for item in reversed(found)}.values())[::-1]


def _items(found: Report | Findings) -> Iterator[Worded]:
    yield from (Worded("q", one.id, (one.content,)) for one in found.quotes)
    yield from (Worded("c", one.id, (one.spans,)) for one in found.claims)
    yield from (Worded("r", one.id, ((one.trigger,),)) for one in found.relations)
    claims = {one.id: one.spans for one in found.claims}
    yield from (Worded("k", one.id, (claims.get(one.first, ()), claims.get(one.second, ()))) for one in found.comparisons)


@dataclass(frozen=True, slots=True)
class Seals:
    """New ids, by what they are of and the old ones."""

    ids: Mapping[tuple[Letter, str], str]

    @classmethod
    def on_items(cls, article: str, items: Iterable[Worded], taken: Iterable[str], salt: str) -> Seals:
        """New ids for these items, unlike those that are ``taken``."""
        used, ids = set(taken), dict[tuple[Letter, str], str]()
        numbers = {letter: count(1) for letter in LETTERS}
        for item in items:
            wanted = _sealed(salt, article, item) if salt else (f"{item.letter}{number}" for number in numbers[item.letter])
            ids[item.letter, item.id] = next(id for id in wanted if id not in used)
            used.add(ids[item.letter, item.id])
        return cls(ids)

    def on(self, value: Value) -> Value:
        """A value of the report with the new ids in its own fields."""
        fields = _IDS.get(type(value), _NO_IDS) if self.ids else _NO_IDS
        changes: dict[str, Any] = {name: self._now(getattr(value, name), letters) for name, letters in fields.items()}
        if isinstance(value, KnownSource) and value.id.startswith(_NOBODY):
            changes["id"] = _NOBODY + self._one(value.id.removeprefix(_NOBODY), ("q",))
        return replace(value, **changes) if changes else value  # type: ignore[type-var]

    def now(self, id: str) -> str:
        """The id by now of whatever item had this one."""
        return self._one(id, LETTERS)

    def _now(self, id: str | Sequence[str] | None, letters: tuple[Letter, ...]) -> str | Sequence[str] | None:
        if id is None:
            return None
        return self._one(id, letters) if isinstance(id, str) else tuple(self._one(one, letters) for one in id)

    def _one(self, id: str, letters: tuple[Letter, ...]) -> str:
        return next((self.ids[letter, id] for letter in letters if (letter, id) in self.ids), id)


_NO_IDS: Mapping[str, tuple[Letter, ...]] = MappingProxyType({})


def _sealed(salt: str, article: str, item: Worded) -> Iterator[str]:
    """Ids for an item, the best first."""
    sealed = seal(salt, article, item.letter + item.id[1:])
    yield sealed
    yield from (f"{sealed}-{number}" for number in count(1))
