"""Ids of what is withheld: they say nothing of its words.

An id is a digest of words, and whoever has a list of likely words can make the digest of each and compare: so the id of a quote would tell
the quote that a site keeps back. Items whose words are not shown therefore have other ids. With a lock, which keeps a secret salt, the id
is a digest of salt, article and the id from words (``qaaaaaaaa`` of the article "quay" becomes ``quh6fr5bl`` with a salt of zeros, and
stays so from build to build); without a lock it is a number in the order of the report: ``q1``, ``q2``.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from onrecord.model import Findings, IdKind, Report, Span
from onrecord.permalinks.naming import LETTERS, items_of

_CHARACTERS = 8
_EDITION = 6
_SALT_BYTES = 16
"""128 bits."""


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

    kind: IdKind
    id: str
    parts: tuple[tuple[Span, ...], ...]
    """Its words; of a comparison those of each of its claims."""


def worded_in(report: Report) -> tuple[Worded, ...]:
    """Everything with an id from words, in the order of the report, and then what only the program by itself found."""
    found = [item for part in (report, report.machine) if part for item in _items(part)]
    return tuple({(item.kind, item.id): item for item in reversed(found)}.values())[::-1]


def _items(found: Report | Findings) -> Iterator[Worded]:
    yield from (Worded(one.kind, one.id, (one.spans,)) for one in items_of(found))
    claims = {one.id: one.spans for one in found.claims}
    yield from (Worded("comparison", one.id, (claims.get(one.first, ()), claims.get(one.second, ()))) for one in found.comparisons)


@dataclass(frozen=True, slots=True)
class Seals:
    """The ids of withheld items by now, by what they are of and the ids from words that they had."""

    ids: Mapping[tuple[IdKind, str], str]

    @classmethod
    def on_items(cls, article: str, items: Iterable[Worded], taken: Iterable[str], salt: str) -> Seals:
        """New ids for these items, unlike those that are ``taken``."""
        used, ids = set(taken), dict[tuple[IdKind, str], str]()
        numbers = {kind: count(1) for kind in LETTERS}
        for item in items:
            wanted = _sealed(salt, article, item) if salt else (f"{LETTERS[item.kind]}{number}" for number in numbers[item.kind])
            ids[item.kind, item.id] = next(id for id in wanted if id not in used)
            used.add(ids[item.kind, item.id])
        return cls(ids)

    def rename(self, kind: IdKind, id: str) -> str:
        """The id by now of the item of this kind that had this one."""
        return self.ids.get((kind, id), id)

    def now(self, id: str) -> str:
        """The id by now of whatever item had this one."""
        return next((self.ids[kind, id] for kind in LETTERS if (kind, id) in self.ids), id)


def _sealed(salt: str, article: str, item: Worded) -> Iterator[str]:
    """Ids for an item, the best first."""
    sealed = seal(salt, article, LETTERS[item.kind] + item.id[1:])
    yield sealed
    yield from (f"{sealed}-{number}" for number in count(1))
