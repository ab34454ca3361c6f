"""What two readings of the same articles differ in: quotes and speakers that were gained, lost or changed."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from onrecord.corpus.withholding import withhold
from onrecord.labels.passages import who_said
from onrecord.labels.quote_words import Segment, joined_words, quote_segments
from onrecord.labels.summary import heard_in
from onrecord.labels.terms import headline, plural
from onrecord.model import Article, Quote, QuoteKind, Report
from onrecord.text.masking import WORD

T = TypeVar("T", bound=Hashable)

_RUN = 2
"""Quotes of different texts are compared by how many runs of so many words they share: one word that was put in costs two runs."""
_COMMONEST = 20
"""A run of words that more quotes have says nothing about which is which, and comparing all of them would take time that grows with their
square."""
_LEAST_SHARED = 0.5
"""Two quotes must share more than this of what the shorter one has, to be one that was changed."""


@dataclass(frozen=True, slots=True)
class HeardQuote:
    """A quote as far as two readings are compared."""

    words: str
    """Its content, with quotation marks around very words and no others; of a text that may not be shown, how many they are."""
    segments: tuple[Segment, ...]
    """The same in parts: what somebody's very words are, and what not."""
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
    """What differs: ``words``, ``speaker``, ``kind``, ``standing``; nothing where they are alike."""


@dataclass(frozen=True, slots=True)
class ArticleDifference:
    """What two readings of one article differ in."""

    article: str
    """The article's id."""
    title: str
    """Its headline in the new reading."""
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
    """Those in which quotes differ: of the articles in both, in the order of the new set; then those that the new set alone has, with all
    their quotes gained; then those that it has no longer, with all lost."""

    def is_empty(self) -> bool:
        """Whether both sets hear the same."""
        return not (self.articles_gained or self.articles_lost or self.articles)


def find_differences(old: Iterable[Report], new: Iterable[Report]) -> Differences:
    """What the new reports have that the old ones have not, and the reverse. Articles are the same by their ids."""
    before = {report.article.id: report for report in old}
    after = {report.article.id: report for report in new}
    gained, lost = (tuple(id for id in one if id not in other) for one, other in ((after, before), (before, after)))
    both = [id for id in after if id in before]
    found = (
        *(_compare(before[id], after[id]) for id in both),
        *(_compare(_silent(after[id]), after[id]) for id in gained),
        *(_compare(before[id], _silent(before[id])) for id in lost),
    )
    return Differences(len(both), gained, lost, tuple(one for one in found if not one.is_empty()))


def _silent(report: Report) -> Report:
    """The report without anybody who is heard: what there is of an article in the set that does not have it."""
    return replace(report, quotes=())


def _compare(old: Report, new: Report) -> ArticleDifference:
    before, after = _Reading.of(old), _Reading.of(new)
    is_same_text = old.article.text == new.article.text
    pairs = _pairs(before, after, is_same_text)
    changed = (_changed_quote(before, after, pairs[j], j) for j in sorted(pairs))
    kept = set(pairs.values())
    was_heard, is_heard = _names(old), _names(new)
    return ArticleDifference(
        article=new.article.id,
        title=headline(new.article),
        text_changed=not is_same_text,
        gained=tuple(one for j, one in enumerate(after.heard) if j not in pairs),
        lost=tuple(one for i, one in enumerate(before.heard) if i not in kept),
        changed=tuple(one for one in changed if one.what),
        speakers_gained=tuple(sorted(is_heard - was_heard)),
        speakers_lost=tuple(sorted(was_heard - is_heard)),
    )


def _names(report: Report) -> set[str]:
    heard = heard_in(report)
    return {actor.name for actor in report.actors if actor.id in heard}


@dataclass(frozen=True, slots=True)
class _Reading:
    """The quotes of a report, without those in share prompts, with what they are compared by."""

    heard: tuple[HeardQuote, ...]
    words: tuple[tuple[str, ...], ...]
    """The words of each quote without marks and case: where these are equal it is the same quote."""
    places: tuple[frozenset[int], ...]
    """Where the words of each quote begin in the text."""

    @classmethod
    def of(cls, report: Report) -> _Reading:
        # Compared is by all words; told is what the article lets be shown of them. Withholding keeps the order of quotes.
        shown = withhold(report)
        pairs = [
            (quote, told)
            for quote, told in zip(report.quotes, shown.quotes, strict=True)
            if quote.content and told.content and not quote.boilerplate
        ]
        actors = {actor.id: actor for actor in shown.actors}
        found = [_words_of(report.article, quote) for quote, _ in pairs]
        return cls(
            heard=tuple(_heard(shown.article, told, who_said(shown.article, told, actors)) for _, told in pairs),
            words=tuple(tuple(word.casefold() for _, word in words) for words in found),
            places=tuple(frozenset(start for start, _ in words) for words in found),
        )


def _words_of(article: Article, quote: Quote) -> list[tuple[int, str]]:
    """Each word of a quote with where it begins."""
    return [(word.start(), word[0]) for span in quote.content for word in WORD.finditer(article.text, span.start, span.end)]


def _heard(article: Article, quote: Quote, speaker: str) -> HeardQuote:
    segments = quote_segments(article.text, quote)
    standings = ((quote.negated, "denied"), (quote.conditional, "supposed"), (quote.stance, "a stance"))
    standing = next((word for is_so, word in standings if is_so), "said")
    return HeardQuote(joined_words(segments, quote.kind), segments, speaker, quote.kind, standing, quote.content[0].start)


def _changed_quote(before: _Reading, after: _Reading, i: int, j: int) -> ChangedQuote:
    one, other = before.heard[i], after.heard[j]
    parts = (
        ("words", before.words[i] != after.words[j]),
        ("speaker", one.speaker != other.speaker),
        ("kind", one.kind != other.kind),
        ("standing", one.standing != other.standing),
    )
    return ChangedQuote(one, other, tuple(name for name, differs in parts if differs))


# --- which quote of the one is which of the other --------------------------------------------------------------------


def _pairs(before: _Reading, after: _Reading, is_same_text: bool) -> dict[int, int]:
    """By the number of a quote of the new reading that of the same quote in the old one: first those that are alike in everything, then
    those with the same words, then those that share most of them."""
    pairs: dict[int, int] = {}
    _pair_equal(_alike(before), _alike(after), pairs)
    _pair_equal(before.words, after.words, pairs)
    if is_same_text:
        _pair_sharing(before.places, after.places, pairs)
    else:
        _pair_sharing(_runs(before), _runs(after), pairs)
    return pairs


def _alike(reading: _Reading) -> list[tuple[Hashable, ...]]:
    return [(words, one.speaker, one.kind, one.standing) for words, one in zip(reading.words, reading.heard, strict=True)]


def _pair_equal(old: Sequence[Hashable], new: Sequence[Hashable], pairs: dict[int, int]) -> None:
    """Pairs what is equal, the first with the first; what is in ``pairs`` stays."""
    taken = set(pairs.values())
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for i, key in enumerate(old):
        if i not in taken:
            waiting[key].append(i)
    for j, key in enumerate(new):
        if j not in pairs and waiting.get(key):
            pairs[j] = waiting[key].popleft()


def _pair_sharing(old: Sequence[frozenset[T]], new: Sequence[frozenset[T]], pairs: dict[int, int]) -> None:
    """Pairs what shares most of its parts, each new one in turn with the nearest that is left; what is in ``pairs`` stays."""
    taken = set(pairs.values())
    holders: defaultdict[T, list[int]] = defaultdict(list)
    for i, parts in enumerate(old):
        for part in parts if i not in taken else ():
            holders[part].append(i)
    for j, parts in enumerate(new):
        if j in pairs:
            continue
        telling = (holders[part] for part in parts if 0 < len(holders.get(part, ())) <= _COMMONEST)
        shared = Counter(i for numbers in telling for i in numbers if i not in taken)
        near = [i for i, count in shared.items() if count > _LEAST_SHARED * min(len(old[i]), len(parts))]
        if near:
            pairs[j] = min(near, key=lambda i: (-shared[i], i))
            taken.add(pairs[j])


def _runs(reading: _Reading) -> list[frozenset[tuple[str, ...]]]:
    """For each quote the runs of a few words in a row; of a quote of fewer words all of them."""
    return [frozenset(words[start : start + _RUN] for start in range(max(1, len(words) - _RUN + 1))) for words in reading.words]


# --- in words ------------------------------------------------------------------------------------------------------

SAID_KINDS: Mapping[QuoteKind, str] = {"direct": "direct", "mixed": "partly quoted", "indirect": "reported"}


def told_differences(found: Differences) -> Iterator[str]:
    """The differences in lines: a plus for what is gained, a minus for what is lost, a tilde for what is changed."""
    by_article = {one.article: one for one in found.articles}
    for mark, ids in (("+", found.articles_gained), ("-", found.articles_lost)):
        for id in ids:
            yield f"{mark} article {id}"
            if one := by_article.pop(id, None):
                yield from _told_quotes(one)
    for one in by_article.values():
        yield f"{one.article}{': its text has changed' if one.text_changed else ''}"
        yield from _told_quotes(one)
    yield total(found)


def _told_quotes(one: ArticleDifference) -> Iterator[str]:
    yield from (f"  + {_said(quote)}" for quote in one.gained)
    yield from (f"  - {_said(quote)}" for quote in one.lost)
    for change in one.changed:
        yield from _told_change(change)
    yield from (f"  + speaker {name}" for name in one.speakers_gained)
    yield from (f"  - speaker {name}" for name in one.speakers_lost)


def _said(quote: HeardQuote) -> str:
    standing = "" if quote.standing == "said" else f", {quote.standing}"
    return f"{quote.speaker} ({SAID_KINDS[quote.kind]}{standing}): {quote.words}"


def _told_change(change: ChangedQuote) -> Iterator[str]:
    yield f"  ~ {', '.join(change.what)}"
    yield f"    was {_said(change.before)}"
    yield f"    now {_said(change.after)}"


def total(found: Differences) -> str:
    """The numbers of what differs, in a line."""
    gained, lost, changed = (sum(len(part(one)) for one in found.articles) for part in (_GAINED, _LOST, _CHANGED))
    alone = {*found.articles_gained, *found.articles_lost}
    differing = sum(one.article not in alone for one in found.articles)
    parts = (
        f"{plural(gained, 'quote')} gained, {lost:,} lost, {changed:,} changed, in {differing} of {plural(found.compared, 'article')}",
        f"{plural(len(found.articles_gained), 'article')} gained, {len(found.articles_lost):,} lost" if alone else "",
    )
    return "; ".join(filter(None, parts))


_GAINED, _LOST, _CHANGED = attrgetter("gained"), attrgetter("lost"), attrgetter("changed")
