"""Finding the words that a correction is about: they must be in the article exactly once, in a sentence that is there exactly once.

The sentence is a guard: if an editor of the newspaper adds a "not" to it, the correction no longer applies by itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Annotated, Literal

from msgspec import Meta, Struct

from onrecord.model import Article, Span
from onrecord.text.sentences import Sentence, find_sentences, split_sentences
from onrecord.text.typography import Plain, normalise, normalise_in_place

# Limits for a file that anybody may have written: longer than any sentence of a newspaper or quote of several paragraphs, and short enough
# not to make a page unreadable.
Words = Annotated[str, Meta(min_length=1, max_length=5_000)]
Line = Annotated[str, Meta(max_length=500)]


class Anchor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of an article, and the sentence that guards them: the correction holds only while that stands."""

    words: Words | Annotated[tuple[Words, ...], Meta(min_length=1, max_length=50)]
    """The words as they are in the article; a list of parts where the cue splits a quote."""
    sentence: Words
    """The whole sentence around the words, or all sentences from the first word to the last."""
    before: Line = ""
    """The text right before the words; needed where the words are in the sentence more than once."""
    after: Line = ""
    """The text right after them, for the same purpose."""
    article: Line = ""
    """The article's id; where it is not given, that of the entry."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The words as a tuple of parts."""
        return (self.words,) if isinstance(self.words, str) else self.words


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words of an anchor are."""

    spans: tuple[Span, ...]
    """The words, one span for each part."""
    guard: Span
    """The sentence or sentences around them."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Why an anchor cannot be found exactly once."""

    status: Literal["ambiguous", "context changed", "orphan"]
    why: str


@dataclass(frozen=True)
class Ground:
    """An article that is ready to be searched for words. What a search needs is made when it is first needed, and kept."""

    article: Article
    offered: dict[tuple[Span, ...], dict[str, object] | None] = field(init=False, compare=False, repr=False, default_factory=dict)
    """Anchors that were made for ready entries, by their spans. The words that name a speaker are in the entries of all their quotes."""
    _guards: dict[Span, Plain] = field(init=False, compare=False, repr=False, default_factory=dict)
    """Sentences without typography, by their spans: many searches are in the same sentence."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in text order."""
        return find_sentences(self.article)

    @cached_property
    def _spans(self) -> tuple[Span, ...]:
        """The spans of all sentences, which are found faster than their text without typography."""
        return split_sentences(self.article)

    @cached_property
    def _by_first_word(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, sentence in enumerate(self.sentences):
            places.setdefault(sentence.plain.split(" ", 1)[0], []).append(place)
        return places

    @cached_property
    def plain(self) -> Plain:
        """The whole text without its typography."""
        return normalise_in_place(self.article.text)

    @cached_property
    def _words(self) -> str:
        """The whole text without its typography, as a plain string: without a map of offsets it is made in a fifth of the time."""
        return normalise(self.article.text)

    def find_words(self, anchor: Anchor, guard: Span) -> list[tuple[Span, ...]]:
        """Every place in these sentences where the words of an anchor are, as :func:`find_words`."""
        return [tuple(span.shift(guard.start) for span in spans) for spans in _places_of(anchor, self.plain_of(guard))]

    def plain_of(self, guard: Span) -> Plain:
        """These sentences without their typography."""
        plain = self._guards.get(guard)
        if plain is None:
            plain = self._guards[guard] = normalise_in_place(guard.of(self.article.text))
        return plain

    def stands_once(self, guard: Span) -> bool:
        """Whether these sentences can be a guard: their text is in the article only once, and begins and ends with whole sentences."""
        plain = self.plain_of(guard).text
        parts = (normalise(span.of(self.article.text)) for span in self._holding(guard.start, guard.end))
        return bool(plain) and " ".join(filter(None, parts)) == plain and self.times(plain, most=2) == 1

    def locate(self, anchor: Anchor) -> Found | Missing:
        """Where the words of an anchor are in its sentence, which must be in the article exactly once and unchanged; else why not."""
        guards = list(self.guards(normalise(anchor.sentence)))
        times = self.times(normalise(anchor.sentence))
        if guards and times > 1:
            return Missing("ambiguous", f"its sentence stands {times} times: {shorten(anchor.sentence)}")
        if not guards:
            if self.has_words(anchor):
                return Missing("context changed", f"its words stand, but no longer in this sentence: {shorten(anchor.sentence)}")
            return Missing("orphan", f"its words are gone: {shorten(' … '.join(anchor.parts))}")
        inside = self.find_words(anchor, guards[0])
        # The same words were found exactly once in the same sentence when the file was read.
        assert len(inside) == 1, "an entry whose words do not stand once in its sentence is refused by load_corrections"
        return Found(inside[0], guards[0])

    def guards(self, plain: str) -> Iterator[Span]:
        """Every run of whole sentences whose text without typography is ``plain``."""
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
        """How often ``plain`` is in the text, whether as whole sentences or not: a second one may be hidden in a sentence whose full stop
        is missing. Counts no further than ``most``.
        """
        return sum(1 for _ in islice(find_places(self._words, plain), most))

    def has_words(self, anchor: Anchor) -> bool:
        """Whether every part of an anchor's words is somewhere in the text."""
        return all(any(find_places(self._words, normalise(part))) for part in anchor.parts)

    def place_of_words(self, anchor: Anchor) -> tuple[Span, ...] | None:
        """Where the words of an anchor are, if they are in the text exactly once, whatever is around them; else None."""
        found = find_words(anchor, self.article.text)
        return found[0] if len(found) == 1 else None

    def sentence_around(self, spans: Sequence[Span]) -> Span:
        """The span of the sentences from the first of some spans to the last."""
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        holding = self._holding(start, end)
        return Span(holding[0].start, holding[-1].end) if holding else Span(start, end)

    def _holding(self, start: int, end: int) -> tuple[Span, ...]:
        first = bisect_right(self._spans, start, key=lambda one: one.end)
        last = bisect_left(self._spans, end, key=lambda one: one.start)
        return self._spans[first:last]


def find_words(anchor: Anchor, text: str) -> list[tuple[Span, ...]]:
    """Every place in a text where the words of an anchor are, in their order, after its ``before`` and before its ``after``.

    Each of several parts must be there only once: the program does not guess which of two belongs to which. If one is there twice, two
    places are returned, which callers take for ambiguous.
    """
    return _places_of(anchor, normalise_in_place(text))


def _places_of(anchor: Anchor, plain: Plain) -> list[tuple[Span, ...]]:
    before, after = normalise(anchor.before), normalise(anchor.after)
    parts = [list(find_places(plain.text, normalise(part))) for part in anchor.parts]
    # The context belongs to the edges: what is before goes with the first part, what is after with the last.
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
    """Where some words are in a text, as whole words: "act" is not found in "react"."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (_cuts_word(text, at) or _cuts_word(text, end)):
            yield Span(at, end)
        at = text.find(words, at + 1)


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def shorten(text: str, limit: int = 90) -> str:
    """The text on one line in quotation marks; of a long one only the beginning."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= limit else f"“{line[: limit - 1].rstrip()}…”"
