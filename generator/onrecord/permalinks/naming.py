"""Ids made from words, so that an edit elsewhere changes none, and ids of what is withheld, which say nothing of its words."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType

from onrecord.model import Article, Comparison, Findings, IdKind, Report, Span
from onrecord.structures.traversal import map_ids
from onrecord.text.sentences import Sentence, find_sentences
from onrecord.text.typography import normalise

_CHARACTERS = 8
"""Of base32, five bits each. Should two items of an article meet in so many, they are counted, not mixed up."""
_TELLING = 4
"""Fewer words say nothing of whose they are ("unsafe", "met"): their sentence belongs to them."""
# What a quote may or may not include where it begins and ends. Other marks mean something: a minus sign, a question mark.
_EDGES = " \"'.,;:"

Places = Sequence[tuple[Span, ...]]
"""For each of some items the words that it stands in."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something on an article's page that has an address: a quote, a claim or a relation."""

    kind: IdKind
    id: str
    spans: tuple[Span, ...]
    """Its words: what is said, the clause, or what triggers the relation."""


LETTERS: Mapping[IdKind, str] = MappingProxyType({"quote": "q", "claim": "c", "relation": "r", "comparison": "k"})
"""What the id of an item begins with."""


def items_of(found: Report | Findings) -> Iterator[Item]:
    """Everything on an article's page with an address that lives. A comparison has none: it is shown beside its claims."""
    yield from (Item("quote", one.id, one.content) for one in found.quotes)
    yield from (Item("claim", one.id, one.spans) for one in found.claims)
    yield from (Item("relation", one.id, (one.trigger,)) for one in found.relations)


def name_items(report: Report) -> Report:
    """The report with ids from words for all that it found, in place of those that it was put together with.

    A quote "The bridge will close on Monday" is ``qa2pwwr3j`` wherever it stands in the article; a quote "unsafe" has the digest of
    itself and its sentence.
    """
    return name_added(report, {one.id for one in items_of(report)})


def name_added(report: Report, added: Set[str]) -> Report:
    """The report with ids from words for those items that now have one of the ids ``added``; all others keep theirs."""
    items = list(items_of(report))
    if added.isdisjoint(one.id for one in items):
        return report
    wording = Wording.of(report.article)
    ids: dict[tuple[IdKind, str], str] = {}
    for kind, letter in LETTERS.items():
        new = {one.id: one.spans for one in items if one.kind == kind and one.id in added}
        kept = {one.id for one in items if one.kind == kind} - new.keys()
        ids |= {(kind, id): now for id, now in zip(new, wording.ids(letter, list(new.values()), kept), strict=True)}
    return _compared_anew(report, map_ids(report, lambda kind, id: ids.get((kind, id), id)))


def _compared_anew(before: Report, report: Report) -> Report:
    """The report with ids for comparisons of claims that had other ids ``before``: a comparison's id is made from those of its claims."""

    def named(was: Comparison, one: Comparison) -> Comparison:
        same = (was.first, was.second) == (one.first, one.second)
        return one if same else replace(one, id=LETTERS["comparison"] + digest(one.first, one.second))

    return replace(report, comparisons=tuple(map(named, before.comparisons, report.comparisons)))


def plain_words(text: str, spans: Sequence[Span]) -> str:
    """Words as ids know them: without typography, and without marks where a part begins and ends.

    >>> plain_words("“We will,” she said, “pay.”", [Span(0, 10), Span(21, 27)])
    'We will pay'
    """
    return " ".join(plain_parts(text, spans))


def plain_parts(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The same, one for each part that has any."""
    return tuple(part for span in spans if (part := normalise(span.of(text)).strip(_EDGES)))


def is_telling(words: str) -> bool:
    """Whether there are enough words to be told from others without their sentence."""
    return len(words.split()) >= _TELLING


def digest(*parts: str) -> str:
    """Eight small letters and digits that stand for some words."""
    whole = hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).digest()
    return base64.b32encode(whole).decode()[:_CHARACTERS].lower()


@dataclass(frozen=True, slots=True)
class Wording:
    """The words and sentences of an article, without their typography."""

    text: str
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, article: Article) -> Wording:
        found = tuple(sorted(find_sentences(article), key=lambda one: one.span))
        return cls(article.text, found, tuple(one.span.start for one in found), tuple(one.span.end for one in found))

    def ids(self, letter: str, places: Places, taken: Collection[str] = ()) -> list[str]:
        """An id for each of these places, unique among them and those that are ``taken``."""
        words = [plain_words(self.text, place) for place in places]
        often = Counter(words)

        def bare(one: str, place: tuple[Span, ...]) -> str:
            alone = letter + digest(one)
            known = is_telling(one) and often[one] == 1 and alone not in taken
            return alone if known else letter + digest(one, self.sentence(place))

        return _numbered([bare(one, place) for one, place in zip(words, places, strict=True)], places, taken)

    def sentence(self, spans: Sequence[Span]) -> str:
        """The sentences from the first to the last that hold some of the words."""
        start, end = min((span.start for span in spans), default=0), max((span.end for span in spans), default=0)
        return " ".join(one.plain for one in self.sentences[bisect_right(self.ends, start) : bisect_left(self.starts, end)])


def _numbered(ids: Sequence[str], places: Places, taken: Collection[str]) -> list[str]:
    """The ids, each of those that several would have with a number in text order."""
    often = Counter(ids)
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
    own = list(ids)
    for at in sorted(range(len(ids)), key=lambda at: places[at]):
        if often[ids[at]] > 1 or ids[at] in taken:
            own[at] = next(id for number in numbers[ids[at]] if (id := f"{ids[at]}-{number}") not in taken)
    return own


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
