"""Compares what is shown with what people marked: the measures of attribution, on plain spans.

Classes and terms are those of :mod:`onrecord.reports.figures`. Where a class asks for quotation marks, they are paired here by a plain rule
of its own, line by line: what is measured must not move with the quotations that the program finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.model import Confidence, QuoteKind, Span
from onrecord.reports.figures import CLASSES, Class, Tally
from onrecord.train.gold import GoldAttribution

OVERLAP = 0.5
"""The intersection over union from which on two contents, or two sources, are the same."""
_INSIDE = 0.8
_MANY_WORDS = 6
_OPENING, _CLOSING, _EITHER = "\u201c\u00ab", "\u201d\u00bb", '"\u201f'
_MARKS = _OPENING + _CLOSING + _EITHER
_HEAD_ENDS = re.compile(
    r"\s*(?:[,;:(\u2014\u2013]|\s-\s|\b(?:who|which|that|of|in|at|for|from|with|on|to|by|near|including|among|inside|within|close"
    r"|familiar)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w.'\u2019-]*")
_BARE_WORD = re.compile(r"[^\W_]\w*")
_WORD_END = re.compile(r"['\u2019]s$|[.]$")


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote as a report shows it, or several that annotators would have marked as one."""

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    kind: QuoteKind
    confidence: Confidence
    score: float | None


@dataclass(frozen=True, slots=True)
class Item:
    """An attribution, annotated or shown, as sets of positions of letters and digits."""

    content: frozenset[int]
    source: frozenset[int]
    head: frozenset[int]
    """All positions of the source's head word; empty where there is no source, or no word in it."""
    kind: Class
    origin: GoldAttribution | ShownQuote


class Ruler:
    """Makes items of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._inside = frozenset(_inside_marks(text))

    def gold(self, one: GoldAttribution) -> Item:
        return self._item(one.content, one.source, one)

    def shown(self, one: ShownQuote) -> Item:
        return self._item(one.content, () if one.source is None else (one.source,), one)

    def letters(self, spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(i for span in spans for i in range(span.start, min(span.end, len(self.text))) if self.text[i].isalnum())

    def _item(self, content: Sequence[Span], source: Sequence[Span], origin: GoldAttribution | ShownQuote) -> Item:
        letters = self.letters(content)
        return Item(letters, self.letters(source), self._head(source), self._class(content, letters), origin)

    def _class(self, content: Sequence[Span], letters: frozenset[int]) -> Class:
        if letters and len(letters & self._inside) >= _INSIDE * len(letters):
            return "direct"
        words = [span.of(self.text) for span in content]
        if any(mark in part.replace("''", '"') for part in words for mark in _MARKS):
            return "mixed"
        return "claim" if sum(len(part.split()) for part in words) >= _MANY_WORDS else "brief"

    def _head(self, source: Sequence[Span]) -> frozenset[int]:
        """Where a source's head word stands, guessed: the last word before the first comma or preposition."""
        if not source:
            return frozenset()
        words = source[0].of(self.text)
        cut = _HEAD_ENDS.search(words)
        found = list(_WORD.finditer(words[: cut.start()] if cut and cut.start() else words)) or list(_BARE_WORD.finditer(words))
        if not found:
            return frozenset()
        start = source[0].start + found[-1].start()
        return frozenset(range(start, start + len(_WORD_END.sub("", found[-1].group()))))


def _inside_marks(text: str) -> Iterator[int]:
    """The positions between double quotation marks, marks included; a mark that is not closed holds to the end of its line."""
    start = 0
    for line in text.replace("''", '"\0').replace("``", '"\0').splitlines(keepends=True):
        opened: int | None = None
        for at, character in enumerate(line, start):
            if opened is None and character in _OPENING + _EITHER:
                opened = at
            elif opened is not None and character in _CLOSING + _EITHER:
                yield from range(opened, at + 1)
                opened = None
        start += len(line)
        if opened is not None:
            yield from range(opened, start)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What people marked in one text and what is shown there, matched one to one by their content, best first."""

    gold: tuple[Item, ...]
    shown: tuple[Item, ...]
    match: dict[int, int] = field(default_factory=dict)
    """The index of the shown item for that of the annotated one."""

    def found(self, index: int) -> Item | None:
        """What matches an annotated item."""
        return self.shown[self.match[index]] if index in self.match else None

    def spurious(self) -> Iterator[Item]:
        """What is shown and matches nothing."""
        matched = set(self.match.values())
        yield from (item for j, item in enumerate(self.shown) if j not in matched)

    def outcomes(self) -> Iterator[tuple[Item, Item | None]]:
        """Each shown item with the annotated one that it matches."""
        back = {j: i for i, j in self.match.items()}
        yield from ((item, self.gold[back[j]] if j in back else None) for j, item in enumerate(self.shown))


def compare(ruler: Ruler, gold: Iterable[GoldAttribution], shown: Iterable[ShownQuote], discards: Iterable[Span] = ()) -> Comparison:
    """The comparison of a text. What is shown and lies mostly in a discard is left out, since nobody annotated there."""
    aside = ruler.letters(discards)
    golds = tuple(item for one in gold if (item := ruler.gold(one)).content)
    items = tuple(
        item for one in merge(shown) if (item := ruler.shown(one)).content and len(item.content & aside) <= 0.5 * len(item.content)
    )
    return Comparison(golds, items, _match(golds, items))


def _match(golds: Sequence[Item], shown: Sequence[Item]) -> dict[int, int]:
    overlaps = ((overlap(gold.content, item.content), i, j) for i, gold in enumerate(golds) for j, item in enumerate(shown))
    close = sorted((-by, i, j) for by, i, j in overlaps if by >= OVERLAP)
    match: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in close:
        if i not in match and j not in taken:
            match[i] = j
            taken.add(j)
    return match


def merge(shown: Iterable[ShownQuote]) -> list[ShownQuote]:
    """Quotes with the same cue and source as one, as annotators took them; one without a cue joins the last with its source.

    What is merged is as sure as its least sure part.
    """
    result: list[ShownQuote] = []
    by_both: dict[tuple[Span | None, Span | None], int] = {}
    by_source: dict[Span, int] = {}
    for one in shown:
        place = by_both.get((one.source, one.cue)) if one.source or one.cue else None
        if place is None and one.source and not one.cue:
            place = by_source.get(one.source)
        if place is not None:
            result[place] = _joined(result[place], one)
            continue
        by_both[one.source, one.cue] = len(result)
        if one.source:
            by_source[one.source] = len(result)
        result.append(one)
    return result


_LEAST_FIRST: tuple[Confidence, ...] = ("low", "medium", "high")


def _joined(one: ShownQuote, other: ShownQuote) -> ShownQuote:
    return replace(
        one,
        content=tuple(sorted(one.content + other.content)),
        kind=one.kind if one.kind == other.kind else "mixed",
        confidence=min(one.confidence, other.confidence, key=_LEAST_FIRST.index),
        score=min((score for score in (one.score, other.score) if score is not None), default=None),
    )


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Intersection over union."""
    return len(one & other) / max(1, len(one | other))


def same_source(gold: Item, found: Item) -> bool:
    """Whether the source shown is the annotated one; where people marked none, whether none is shown."""
    if not _has_source(gold):
        return not _has_source(found)
    if not gold.head or not found.head:
        return False
    return overlap(gold.source, found.source) >= OVERLAP or gold.head <= found.source or found.head <= gold.source


def _has_source(item: Item) -> bool:
    return bool(item.origin.source)


def tally(comparisons: Iterable[Comparison]) -> dict[Class, Tally]:
    """The counts of some texts by class."""
    tallies = {name: Tally() for name in CLASSES}
    for one in comparisons:
        for name, part in (*_gold_counts(one), *_shown_counts(one)):
            tallies[name] += part
    return tallies


def _gold_counts(one: Comparison) -> Iterator[tuple[Class, Tally]]:
    shown = frozenset[int]().union(*(item.content for item in one.shown))
    seen: set[int] = set()
    for i, gold in enumerate(one.gold):
        letters = gold.content - seen
        seen |= letters
        found = one.found(i)
        right = found is not None and same_source(gold, found)
        sourced = found is not None and _has_source(gold)
        yield (
            gold.kind,
            Tally(
                gold=1,
                content=int(found is not None),
                both=int(right),
                sourced=int(sourced),
                source=int(sourced and right),
                letters_gold=len(letters),
                letters_gold_met=len(letters & shown),
            ),
        )


def _shown_counts(one: Comparison) -> Iterator[tuple[Class, Tally]]:
    """A letter that several quotes show counts once, for the first of them."""
    marked = frozenset[int]().union(*(item.content for item in one.gold))
    seen: set[int] = set()
    for item, gold in one.outcomes():
        letters = item.content - seen
        seen |= letters
        yield (gold or item).kind, Tally(shown=1, letters_shown=len(letters), letters_shown_met=len(letters & marked))
