"""Finding the words that a correction is about: where they stand exactly once, in a sentence that stands exactly once."""

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

# Longer than any sentence of a newspaper, or a quote of several paragraphs; shorter than what would make a page unreadable.
Words = Annotated[str, Meta(min_length=1, max_length=5_000)]
Line = Annotated[str, Meta(max_length=500)]


class Anchor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of an article, and the sentence that guards them: the correction holds only while that stands."""

    words: Words | Annotated[tuple[Words, ...], Meta(min_length=1, max_length=50)]
    """Exactly as they stand; a list where the cue splits a quote."""
    sentence: Words
    """The whole sentence around them, or all of the sentences from the first of the words to the last."""
    before: Line = ""
    """What stands right before them, where the words alone stand more than once in the sentence."""
    after: Line = ""
    article: Line = ""
    """The article's id; that of the entry where it is not given."""

    @property
    def parts(self) -> tuple[str, ...]:
        return (self.words,) if isinstance(self.words, str) else self.words


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
    offered: dict[tuple[Span, ...], dict[str, object] | None] = field(init=False, compare=False, repr=False, default_factory=dict)
    """Anchors that were offered: the words that name somebody stand in the entries of all that they say."""
    _guards: dict[Span, Plain] = field(init=False, compare=False, repr=False, default_factory=dict)
    """Sentences that were asked for, without their typography: in one of them stand many words."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in text order."""
        return find_sentences(self.article)

    @cached_property
    def _spans(self) -> tuple[Span, ...]:
        """The same, where it is not asked how they read."""
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
        """The same, where no place in the text is asked for: that takes a fifth of the time."""
        return normalise(self.article.text)

    def find_words(self, anchor: Anchor, guard: Span) -> list[tuple[Span, ...]]:
        """As :func:`find_words`, in these sentences."""
        return [tuple(span.shift(guard.start) for span in spans) for spans in _places_of(anchor, self.plain_of(guard))]

    def plain_of(self, guard: Span) -> Plain:
        """These sentences without their typography."""
        plain = self._guards.get(guard)
        if plain is None:
            plain = self._guards[guard] = normalise_in_place(guard.of(self.article.text))
        return plain

    def stands_once(self, guard: Span) -> bool:
        """Whether these sentences, one by one, read as they do together, and nothing else in the text does."""
        plain = self.plain_of(guard).text
        parts = (normalise(span.of(self.article.text)) for span in self._holding(guard.start, guard.end))
        return bool(plain) and " ".join(filter(None, parts)) == plain and self.times(plain, most=2) == 1

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
        inside = self.find_words(anchor, guards[0])
        # The same words were found exactly once in the same sentence when the file was read.
        assert len(inside) == 1, "an entry whose words do not stand once in its sentence is refused by load_corrections"
        return Found(inside[0], guards[0])

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
        return sum(1 for _ in islice(find_places(self._words, plain), most))

    def has_words(self, anchor: Anchor) -> bool:
        """Whether every part of the anchor's words stands somewhere in the text."""
        return all(any(find_places(self._words, normalise(part))) for part in anchor.parts)

    def place_of_words(self, anchor: Anchor) -> tuple[Span, ...] | None:
        """Where the words stand, if that is in exactly one place of the text, whatever is around them."""
        found = find_words(anchor, self.article.text)
        return found[0] if len(found) == 1 else None

    def sentence_around(self, spans: Sequence[Span]) -> Span:
        """The sentences that hold all of the spans, and what is between them."""
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        holding = self._holding(start, end)
        return Span(holding[0].start, holding[-1].end) if holding else Span(start, end)

    def _holding(self, start: int, end: int) -> tuple[Span, ...]:
        first = bisect_right(self._spans, start, key=lambda one: one.end)
        last = bisect_left(self._spans, end, key=lambda one: one.start)
        return self._spans[first:last]


def find_words(anchor: Anchor, text: str) -> list[tuple[Span, ...]]:
    """Every place in the text where the anchor's parts stand in their order, after ``before`` and before ``after``.

    Several parts must each stand once: which of two belongs to which is never guessed.
    """
    return _places_of(anchor, normalise_in_place(text))


def _places_of(anchor: Anchor, plain: Plain) -> list[tuple[Span, ...]]:
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
