"""Finding the words that a correction is about: where they stand exactly once, in a sentence that stands exactly once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal

from onrecord.corrections.entries import Anchor
from onrecord.corrections.sentences import Sentence, find_sentences
from onrecord.corrections.typography import Plain, normalise, normalise_in_place
from onrecord.model import Article, Span


@dataclass(frozen=True, slots=True)
class Found:
    """Where an anchor holds."""

    spans: tuple[Span, ...]
    """The words, one span for each part."""
    guard: Span
    """The sentence or sentences around them."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An anchor that does not hold exactly once."""

    status: Literal["ambiguous", "context changed", "orphan"]
    why: str


@dataclass(frozen=True)
class Ground:
    """An article, ready to be searched."""

    article: Article
    sentences: tuple[Sentence, ...] = field(init=False)
    _by_first_word: dict[str, list[int]] = field(init=False, compare=False, repr=False)
    offered: dict[tuple[Span, ...], dict[str, object] | None] = field(init=False, compare=False, repr=False, default_factory=dict)
    """Anchors that were offered: the words that name somebody stand in the entries of all that they say."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentences", find_sentences(self.article))
        object.__setattr__(self, "_by_first_word", {})
        for place, sentence in enumerate(self.sentences):
            self._by_first_word.setdefault(sentence.plain.split(" ", 1)[0], []).append(place)

    @cached_property
    def plain(self) -> Plain:
        """The whole text without its typography."""
        return normalise_in_place(self.article.text)

    def locate(self, anchor: Anchor) -> Found | Missing:
        """Where the anchor's sentence stands as it was, exactly once, and its words in it."""
        guards = list(self.guards(normalise(anchor.sentence)))
        times = self.times(normalise(anchor.sentence))
        if guards and times > 1:
            return Missing("ambiguous", f"its sentence stands {times} times: {shorten(anchor.sentence)}")
        if not guards:
            if self.has_words(anchor):
                return Missing("context changed", f"its words stand, but no longer in this sentence: {shorten(anchor.sentence)}")
            return Missing("orphan", f"its words are gone: {shorten(' … '.join(anchor.parts))}")
        inside = find_words(anchor, guards[0].of(self.article.text))
        # The same words were found exactly once in the same sentence when the file was read.
        assert len(inside) == 1, "an entry whose words do not stand once in its sentence is refused by load_corrections"
        return Found(tuple(span.shift(guards[0].start) for span in inside[0]), guards[0])

    def guards(self, plain: str) -> Iterator[Span]:
        """Every run of whole sentences that reads so."""
        for first in self._by_first_word.get(plain.split(" ", 1)[0], ()):
            sentence, joined = self.sentences[first], ""
            for last in islice(self.sentences, first, None):
                joined = f"{joined} {last.plain}" if joined else last.plain
                if not plain.startswith(joined):
                    break
                if joined == plain:
                    yield Span(sentence.span.start, last.span.end)
                    break

    def times(self, plain: str, *, most: int | None = None) -> int:
        """How often the text reads so, whole sentences or not: where a full stop is missing, one may hide in another.

        Counts up to ``most``.
        """
        return sum(1 for _ in islice(find_places(self.plain.text, plain), most))

    def has_words(self, anchor: Anchor) -> bool:
        """Whether every part of the anchor's words stands somewhere in the text."""
        return all(any(find_places(self.plain.text, normalise(part))) for part in anchor.parts)

    def place_of_words(self, anchor: Anchor) -> tuple[Span, ...] | None:
        """Where the words stand, if that is in exactly one place of the text, whatever is around them."""
        found = find_words(anchor, self.article.text)
        return found[0] if len(found) == 1 else None

    def sentence_around(self, spans: Sequence[Span]) -> Span:
        """The sentences that hold all of the spans, and what is between them."""
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        first = bisect_right(self.sentences, start, key=lambda one: one.span.end)
        last = bisect_left(self.sentences, end, key=lambda one: one.span.start)
        holding = [one.span for one in self.sentences[first:last]]
        return Span(holding[0].start, holding[-1].end) if holding else Span(start, end)


def find_words(anchor: Anchor, text: str) -> list[tuple[Span, ...]]:
    """Every place in the text where the anchor's parts stand in their order, after ``before`` and before ``after``.

    Several parts must each stand once: which of two belongs to which is never guessed.
    """
    plain = normalise_in_place(text)
    before, after = normalise(anchor.before), normalise(anchor.after)
    parts = [list(find_places(plain.text, normalise(part))) for part in anchor.parts]
    parts[0] = [place for place in parts[0] if plain.text[: place.start].rstrip().endswith(before)]
    parts[-1] = [place for place in parts[-1] if plain.text[place.end :].lstrip().startswith(after)]
    if len(parts) == 1:
        return [(plain.original(place.start, place.end),) for place in parts[0]]
    places = [place for part in parts for place in part]
    if not all(parts) or (len(places) == len(parts) and sorted(places) != places):
        return []
    only = tuple(plain.original(place.start, place.end) for place in places)
    return [only] if len(places) == len(parts) else [only, only]


def find_places(text: str, words: str) -> Iterator[Span]:
    """Where the words stand as whole words."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (_cuts_word(text, at) or _cuts_word(text, end)):
            yield Span(at, end)
        at = text.find(words, at + 1)


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def shorten(text: str, limit: int = 90) -> str:
    """The text on one line in quotation marks, its end left out where it is long."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= limit else f"“{line[: limit - 1].rstrip()}…”"
