"""What two readings of the same articles differ in: quotes and speakers that were gained, lost or changed."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.labels.passages import who_said
from onrecord.labels.quote_words import quote_segments
from onrecord.labels.summary import heard_in
from onrecord.labels.terms import collapse
from onrecord.model import Article, Quote, QuoteKind, Report, Span
from onrecord.permalinks.masking import WORD

_RUN = 3
"""How many words in a row two quotes of different texts must share to be taken for one that was changed."""
_COMMONEST = 20
"""A run of words that more quotes have says nothing about which is which, and comparing all of them would take time that grows with their
square."""
_LEAST_SHARED = 0.5
"""Of what the shorter of two quotes has, how much they must share to be one that was changed."""


@dataclass(frozen=True, slots=True)
class HeardQuote:
    """A quote as far as two readings are compared."""

    words: str
    """Its content, with quotation marks around very words and no others."""
    speaker: str
    """Who is heard, in words; also that this is unknown or undecided."""
    kind: QuoteKind
    standing: str
    """``said``, ``denied`` or ``supposed``."""
    start: int
    """The offset of its first character in the article's text."""


@dataclass(frozen=True, slots=True)
class ChangedQuote:
    """A quote that both readings have, and not alike."""

    before: HeardQuote
    after: HeardQuote
    what: tuple[str, ...]
    """What differs: ``words``, ``speaker``, ``kind``, ``standing``."""


@dataclass(frozen=True, slots=True)
class ArticleDifference:
    """What two readings of one article differ in."""

    article: str
    """The article's id."""
    text_changed: bool
    """Whether they read different texts. Otherwise the difference is of the program, of its options, or of corrections."""
    gained: tuple[HeardQuote, ...] = ()
    lost: tuple[HeardQuote, ...] = ()
    changed: tuple[ChangedQuote, ...] = ()
    speakers_gained: tuple[str, ...] = ()
    """Names of those who are heard in the new reading alone, in alphabetical order."""
    speakers_lost: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """Whether both readings hear the same."""
        return not (self.gained or self.lost or self.changed or self.speakers_gained or self.speakers_lost)


@dataclass(frozen=True, slots=True)
class Differences:
    """What two sets of reports differ in."""

    compared: int
    """How many articles are in both."""
    articles_gained: tuple[str, ...]
    """Ids of articles that the new set alone has."""
    articles_lost: tuple[str, ...]
    articles: tuple[ArticleDifference, ...]
    """Of those that are in both, the ones that differ, in the order of the new set."""

    def is_empty(self) -> bool:
        """Whether both sets hear the same."""
        return not (self.articles_gained or self.articles_lost or self.articles)


def find_differences(old: Iterable[Report], new: Iterable[Report]) -> Differences:
    """What the new reports have that the old ones have not, and the reverse. Articles are the same by their ids."""
    before = {report.article.id: report for report in old}
    after = {report.article.id: report for report in new}
    both = [id for id in after if id in before]
    found = (_compare(before[id], after[id]) for id in both)
    return Differences(
        compared=len(both),
        articles_gained=tuple(id for id in after if id not in before),
        articles_lost=tuple(id for id in before if id not in after),
        articles=tuple(one for one in found if not one.is_empty()),
    )


def _compare(old: Report, new: Report) -> ArticleDifference:
    before, after = _Reading.of(old), _Reading.of(new)
    is_same_text = old.article.text == new.article.text
    pairs = _pairs(before, after, is_same_text)
    changed = (
        ChangedQuote(before.heard[i], after.heard[j], what)
        for i, j in sorted(pairs.items(), key=_second)
        if (what := _what(before, after, i, j))
    )
    taken = set(pairs.values())
    speakers = _names(old), _names(new)
    return ArticleDifference(
        article=new.article.id,
        text_changed=not is_same_text,
        gained=tuple(one for j, one in enumerate(after.heard) if j not in taken),
        lost=tuple(one for i, one in enumerate(before.heard) if i not in pairs),
        changed=tuple(changed),
        speakers_gained=tuple(sorted(speakers[1] - speakers[0])),
        speakers_lost=tuple(sorted(speakers[0] - speakers[1])),
    )


def _second(pair: tuple[int, int]) -> int:
    return pair[1]


def _names(report: Report) -> set[str]:
    heard = heard_in(report)
    return {actor.name for actor in report.actors if actor.id in heard}


@dataclass(frozen=True, slots=True)
class _Reading:
    """The quotes of a report, without those in share prompts, with what they are compared by."""

    article: Article
    quotes: tuple[Quote, ...]
    heard: tuple[HeardQuote, ...]

    @classmethod
    def of(cls, report: Report) -> _Reading:
        quotes = tuple(quote for quote in report.quotes if quote.content and not quote.boilerplate)
        actors = {actor.id: actor for actor in report.actors}
        return cls(
            report.article, quotes, tuple(_heard(report.article, quote, who_said(report.article, quote, actors)) for quote in quotes)
        )

    def bare(self, number: int) -> tuple[str, ...]:
        """The words of a quote without marks and case: for these alone it is the same quote."""
        return tuple(word.casefold() for span in self.quotes[number].content for word in WORD.findall(span.of(self.article.text)))


def _heard(article: Article, quote: Quote, speaker: str) -> HeardQuote:
    words = " … ".join(f"“{one.text}”" if one.quoted else one.text for one in quote_segments(article.text, quote))
    standing = "denied" if quote.negated else "supposed" if quote.conditional else "said"
    return HeardQuote(collapse(words), speaker, quote.kind, standing, quote.content[0].start)


def _what(before: _Reading, after: _Reading, i: int, j: int) -> tuple[str, ...]:
    one, other = before.heard[i], after.heard[j]
    parts = (
        ("words", before.bare(i) != after.bare(j)),
        ("speaker", one.speaker != other.speaker),
        ("kind", one.kind != other.kind),
        ("standing", one.standing != other.standing),
    )
    return tuple(name for name, differs in parts if differs)


# --- which quote of the one is which of the other --------------------------------------------------------------------


def _pairs(before: _Reading, after: _Reading, is_same_text: bool) -> dict[int, int]:
    """By the number of a quote of the old reading that of the same quote in the new one: first those that are alike in everything, then
    those with the same words, then those that share most of them."""
    pairs: dict[int, int] = {}
    whole = [
        [(reading.bare(n), heard.speaker, heard.kind, heard.standing) for n, heard in enumerate(reading.heard)]
        for reading in (before, after)
    ]
    _pair_equal(whole[0], whole[1], pairs)
    bare = [[reading.bare(n) for n in range(len(reading.heard))] for reading in (before, after)]
    _pair_equal(bare[0], bare[1], pairs)
    parts = [
        [frozenset(_places(reading, n) if is_same_text else _runs(bare[k][n])) for n in range(len(reading.heard))]
        for k, reading in enumerate((before, after))
    ]
    _pair_sharing(parts[0], parts[1], pairs)
    return pairs


def _pair_equal(old: Sequence[Hashable], new: Sequence[Hashable], pairs: dict[int, int]) -> None:
    """Pairs what is equal, the first with the first; what is in ``pairs`` stays."""
    taken = set(pairs.values())
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for i, key in enumerate(old):
        if i not in pairs:
            waiting[key].append(i)
    for j, key in enumerate(new):
        if j not in taken and waiting.get(key):
            pairs[waiting[key].popleft()] = j


def _pair_sharing(old: Sequence[frozenset[Hashable]], new: Sequence[frozenset[Hashable]], pairs: dict[int, int]) -> None:
    """Pairs what shares most of its parts, best first within each new one; what is in ``pairs`` stays."""
    taken = set(pairs.values())
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, parts in enumerate(old):
        if i not in pairs:
            for part in parts:
                holders[part].append(i)
    for j, parts in enumerate(new):
        if j in taken:
            continue
        shared = Counter(i for part in parts if len(holders.get(part, ())) <= _COMMONEST for i in holders.get(part, ()) if i not in pairs)
        for i, count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
            if count >= _LEAST_SHARED * min(len(old[i]), len(parts)):
                pairs[i] = j
                break


def _places(reading: _Reading, number: int) -> Iterator[int]:
    """Where the words of a quote begin in the text."""
    for span in reading.quotes[number].content:
        for word in WORD.finditer(reading.article.text, span.start, span.end):
            yield word.start()


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each run of a few words in a row; of fewer words all of them."""
    for start in range(max(1, len(words) - _RUN + 1)):
        yield tuple(words[start : start + _RUN])


# --- in words ------------------------------------------------------------------------------------------------------

_KINDS: Mapping[QuoteKind, str] = {"direct": "direct", "mixed": "partly quoted", "indirect": "reported"}


def told_differences(found: Differences) -> Iterator[str]:
    """The differences in lines: a plus for what is gained, a minus for what is lost, a tilde for what is changed."""
    yield from (f"+ article {id}" for id in found.articles_gained)
    yield from (f"- article {id}" for id in found.articles_lost)
    for one in found.articles:
        yield f"{one.article}{': its text has changed' if one.text_changed else ''}"
        yield from (f"  + {_said(quote)}" for quote in one.gained)
        yield from (f"  - {_said(quote)}" for quote in one.lost)
        for change in one.changed:
            yield from _told_change(change)
        yield from (f"  + speaker {name}" for name in one.speakers_gained)
        yield from (f"  - speaker {name}" for name in one.speakers_lost)
    yield _total(found)


def _said(quote: HeardQuote) -> str:
    standing = "" if quote.standing == "said" else f", {quote.standing}"
    return f"{quote.speaker} ({_KINDS[quote.kind]}{standing}): {quote.words}"


def _told_change(change: ChangedQuote) -> Iterator[str]:
    yield f"  ~ {', '.join(change.what)}"
    yield f"    was {_said(change.before)}"
    yield f"    now {_said(change.after)}"


def _total(found: Differences) -> str:
    gained, lost, changed = (
        (sum(len(part) for part in parts) for parts in zip(*((one.gained, one.lost, one.changed) for one in found.articles), strict=True))
        if found.articles
        else (0, 0, 0)
    )
    return f"{gained} quotes gained, {lost} lost, {changed} changed; {len(found.articles)} of {found.compared} articles differ"
