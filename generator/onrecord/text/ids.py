"""Ids of quotes, claims, relations and comparisons.

They are made from the words, so that an edit elsewhere in the article changes none. For withheld items they are made with a secret salt
besides ("sealed"), so that nobody can find out the words by trying.
"""

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
from onrecord.model.traversal import map_ids
from onrecord.text.anchors import Sentence, find_sentences
from onrecord.text.typography import normalise

_CHARACTERS = 8
"""How many base32 characters of a digest an id has, of five bits each. If two items of an article get the same, they are numbered."""
_TELLING = 4
"""How many words are needed to tell an item from others. Fewer ("unsafe", "met") may be said by anybody, so that their sentence goes into
the id as well."""
# Marks that a quote may or may not include at its edges, depending on the version of the program. They are left out of the words of an id.
# Other marks stay, since they mean something: a minus sign, a question mark.
_EDGES = " \"'.,;:"

Places = Sequence[tuple[Span, ...]]
"""For each of some items the spans of its words."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something on an article's page that has an address: a quote, a claim or a relation."""

    kind: IdKind
    id: str
    spans: tuple[Span, ...]
    """Its words: the content of a quote, the clause of a claim, the trigger of a relation."""


LETTERS: Mapping[IdKind, str] = MappingProxyType({"quote": "q", "claim": "c", "relation": "r", "comparison": "k"})
"""The first letter of the id of each kind of item."""


def items_of(found: Report | Findings) -> Iterator[Item]:
    """Everything on an article's page that has a permanent address. A comparison has none, because it is shown beside its claims."""
    yield from (Item("quote", one.id, one.content) for one in found.quotes)
    yield from (Item("claim", one.id, one.spans) for one in found.claims)
    yield from (Item("relation", one.id, (one.trigger,)) for one in found.relations)


def name_items(report: Report) -> Report:
    """The report with ids from words for all its items, in place of the provisional ones with which it was put together.

    A quote "The bridge will close on Monday" is ``qa2pwwr3j`` wherever it stands in the article. A quote "unsafe" is too short to be told
    from others: its id is a digest of itself and its sentence.
    """
    return name_added(report, {one.id for one in items_of(report)})


def name_added(report: Report, added: Set[str]) -> Report:
    """The report with ids from words for the items whose provisional ids are ``added``; all others keep theirs."""
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
    """The report with new ids for comparisons of claims that had other ids ``before``, since a comparison's id is made from those of its
    claims."""

    def named(was: Comparison, one: Comparison) -> Comparison:
        same = (was.first, was.second) == (one.first, one.second)
        return one if same else replace(one, id=LETTERS["comparison"] + digest(one.first, one.second))

    return replace(report, comparisons=tuple(map(named, before.comparisons, report.comparisons)))


def plain_words(text: str, spans: Sequence[Span]) -> str:
    """The words of some spans in the form from which ids are made: without typography, and without marks at the edges of each part.

    >>> plain_words("“We will,” she said, “pay.”", [Span(0, 10), Span(21, 27)])
    'We will pay'
    """
    return " ".join(plain_parts(text, spans))


def plain_parts(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """As :func:`plain_words`, one text for each span that has any words."""
    return tuple(part for span in spans if (part := normalise(span.of(text)).strip(_EDGES)))


def is_telling(words: str) -> bool:
    """Whether there are enough words to tell an item from others without its sentence."""
    return len(words.split()) >= _TELLING


def digest(*parts: str) -> str:
    """Eight small letters and digits made from some texts."""
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
        """The wording of an article."""
        found = tuple(sorted(find_sentences(article), key=lambda one: one.span))
        return cls(article.text, found, tuple(one.span.start for one in found), tuple(one.span.end for one in found))

    def ids(self, letter: str, places: Places, taken: Collection[str] = ()) -> list[str]:
        """An id for each of the items at these places, unique among them and the ids ``taken``; it begins with ``letter``."""
        words = [plain_words(self.text, place) for place in places]
        often = Counter(words)

        def bare(one: str, place: tuple[Span, ...]) -> str:
            alone = letter + digest(one)
            # The sentence goes into the id where the words are few, or stand in the article more than once.
            known = is_telling(one) and often[one] == 1 and alone not in taken
            return alone if known else letter + digest(one, self.sentence(place))

        return _numbered([bare(one, place) for one, place in zip(words, places, strict=True)], places, taken)

    def sentence(self, spans: Sequence[Span]) -> str:
        """The text of the sentences from the first word to the last, without typography."""
        start, end = min((span.start for span in spans), default=0), max((span.end for span in spans), default=0)
        return " ".join(one.plain for one in self.sentences[bisect_right(self.ends, start) : bisect_left(self.starts, end)])


def _numbered(ids: Sequence[str], places: Places, taken: Collection[str]) -> list[str]:
    """The ids; where several items would have the same one, each gets a number in text order: ``qa2pwwr3j-2``."""
    often = Counter(ids)
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
    own = list(ids)
    for at in sorted(range(len(ids)), key=lambda at: places[at]):
        if often[ids[at]] > 1 or ids[at] in taken:
            own[at] = next(id for number in numbers[ids[at]] if (id := f"{ids[at]}-{number}") not in taken)
    return own


_EDITION = 6
"""How many characters the name of a version of a text has."""
_SALT_BYTES = 16
"""128 bits: more than anybody can try."""


def new_salt() -> str:
    """A salt that nobody can guess, as hexadecimal digits."""
    return secrets.token_hex(_SALT_BYTES)


def seal(salt: str, article: str, id: str) -> str:
    """The id under which a withheld item is shown; ``id`` is the one from its words.

    >>> seal("00" * 16, "quay", "qaaaaaaaa")
    'quh6fr5bl'
    """
    return id[:1] + _digest(salt, article, id)[:_CHARACTERS]


def edition_of(salt: str, article: str, text: str) -> str:
    """A short name of this version of a text. Without the salt nobody can find out whether a guess at the text has the same name."""
    return _digest(salt, article, text)[:_EDITION]


def _digest(salt: str, *parts: str) -> str:
    whole = hmac.digest(bytes.fromhex(salt), "\n".join(parts).encode(errors="surrogatepass"), "sha256")
    return base64.b32encode(whole).decode().lower()


@dataclass(frozen=True, slots=True)
class Worded:
    """An item whose id is made from words, and must change when these are withheld."""

    kind: IdKind
    id: str
    parts: tuple[tuple[Span, ...], ...]
    """The spans of its words; of a comparison those of each of its two claims."""


def worded_in(report: Report) -> tuple[Worded, ...]:
    """Everything with an id from words: first the items of the report, in its order, then those that corrections deleted from it."""
    found = [item for part in (report, report.machine) if part for item in _items(part)]
    # Of two items with one id the first counts, that of the report: read backwards, the last to be put into a dictionary stays.
    return tuple({(item.kind, item.id): item for item in reversed(found)}.values())[::-1]


def _items(found: Report | Findings) -> Iterator[Worded]:
    yield from (Worded(one.kind, one.id, (one.spans,)) for one in items_of(found))
    claims = {one.id: one.spans for one in found.claims}
    yield from (Worded("comparison", one.id, (claims.get(one.first, ()), claims.get(one.second, ()))) for one in found.comparisons)


@dataclass(frozen=True, slots=True)
class Seals:
    """The new ids of withheld items, by their kind and their ids from words."""

    ids: Mapping[tuple[IdKind, str], str]

    @classmethod
    def on_items(cls, article: str, items: Iterable[Worded], taken: Iterable[str], salt: str) -> Seals:
        """New ids for these items, different from the ids ``taken``. Without a salt they are numbered by kind: ``q1``, ``q2``, ``c1``."""
        used, ids = set(taken), dict[tuple[IdKind, str], str]()
        numbers = {kind: count(1) for kind in LETTERS}
        for item in items:
            wanted = _sealed(salt, article, item) if salt else (f"{LETTERS[item.kind]}{number}" for number in numbers[item.kind])
            ids[item.kind, item.id] = next(id for id in wanted if id not in used)
            used.add(ids[item.kind, item.id])
        return cls(ids)

    def rename(self, kind: IdKind, id: str) -> str:
        """The new id of the item of this kind and id; the same id for an item that is not withheld."""
        return self.ids.get((kind, id), id)

    def now(self, id: str) -> str:
        """The new id of the item with this id, of whatever kind."""
        return next((self.ids[kind, id] for kind in LETTERS if (kind, id) in self.ids), id)


def _sealed(salt: str, article: str, item: Worded) -> Iterator[str]:
    """Possible ids for an item: the sealed one, then the same with a number, in case it is taken."""
    sealed = seal(salt, article, LETTERS[item.kind] + item.id[1:])
    yield sealed
    yield from (f"{sealed}-{number}" for number in count(1))
