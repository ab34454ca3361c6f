"""Ids of quotes, claims, relations and comparisons, made from their words: an edit elsewhere in the article changes none.

An id says nothing of speaker or kind, which an editor may correct while the words stay. Where the words alone do not tell which of
several is meant, their sentence is in the id too; where that does not either, a number that counts in text order, after a hyphen: such
an id is good for as long as nothing comes before it that reads the same.
"""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import count

from onrecord.corrections.sentences import Sentence, find_sentences
from onrecord.corrections.typography import normalise
from onrecord.model import Article, Claim, Comparison, Quote, Relation, Report, Span

_CHARACTERS = 8
"""Of base32, five bits each. Should two items of an article meet in so many, they are counted, not mixed up."""
_TELLING = 4
"""Fewer words say nothing of whose they are ("unsafe", "met"): their sentence belongs to them."""
# What a quote may or may not include where it begins and ends. Other marks mean something: a minus sign, a question mark.
_EDGES = " \"'.,;:"

Places = Sequence[tuple[Span, ...]]
"""For each of some items the words that it stands in."""


def name_items(report: Report) -> Report:
    """The report with ids from words for all that it found, in place of those that it was put together with."""
    wording = Wording.of(report.article)
    quotes = dict(zip(_ids(report.quotes), wording.ids("q", [one.content for one in report.quotes]), strict=True))
    claims = dict(zip(_ids(report.claims), wording.ids("c", [one.spans for one in report.claims]), strict=True))
    relations = wording.ids("r", [(one.trigger,) for one in report.relations])
    return _renamed(report, quotes, claims, dict(zip(_ids(report.relations), relations, strict=True)))


def name_added(report: Report, added: Set[str]) -> Report:
    """The report with ids from words for the quotes and claims that now have one of the ids ``added``; all others keep theirs."""
    if added.isdisjoint([*_ids(report.quotes), *_ids(report.claims)]):
        return report
    wording = Wording.of(report.article)

    def named(letter: str, items: Mapping[str, tuple[Span, ...]]) -> dict[str, str]:
        new = {id: place for id, place in items.items() if id in added}
        taken = items.keys() - new.keys()
        return dict(zip(new, wording.ids(letter, list(new.values()), taken), strict=True))

    quotes = named("q", {one.id: one.content for one in report.quotes})
    return _renamed(report, quotes, named("c", {one.id: one.spans for one in report.claims}), {})


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


def _ids(items: Sequence[Quote] | Sequence[Claim] | Sequence[Relation]) -> list[str]:
    return [one.id for one in items]


def _renamed(report: Report, quotes: Mapping[str, str], claims: Mapping[str, str], relations: Mapping[str, str]) -> Report:
    """The report with other ids, wherever it uses them; what is not in a mapping keeps its own."""

    def now(ids: Mapping[str, str], id: str | None) -> str | None:
        return id if id is None else ids.get(id, id)

    def claim(one: Claim) -> Claim:
        return replace(one, id=claims.get(one.id, one.id), quote=now(quotes, one.quote), parent=now(claims, one.parent))

    def relation(one: Relation) -> Relation:
        return replace(one, id=relations.get(one.id, one.id), claims=tuple(claims.get(id, id) for id in one.claims))

    def comparison(one: Comparison) -> Comparison:
        first, second = claims.get(one.first, one.first), claims.get(one.second, one.second)
        if (first, second) == (one.first, one.second):
            return one
        return replace(one, id=f"k{digest(first, second)}", first=first, second=second)

    return replace(
        report,
        quotes=tuple(replace(one, id=quotes.get(one.id, one.id)) for one in report.quotes),
        claims=tuple(map(claim, report.claims)),
        relations=tuple(map(relation, report.relations)),
        moments=tuple(replace(one, quote=now(quotes, one.quote), claim=now(claims, one.claim)) for one in report.moments),
        comparisons=tuple(map(comparison, report.comparisons)),
    )
