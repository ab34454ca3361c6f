"""Finding the words that a correction is about: they must be in the article exactly once, in a sentence that is there exactly once.

The sentence is a guard: if an editor of the newspaper adds a "not" to it, the correction no longer applies by itself. Sentences are found
by punctuation alone: corrections and links rest on them, and must not change with a new parser model. Where it is not certain that a
sentence ends, it goes on: as a guard, a sentence that is too long does no harm, but one that is too short might leave out a "not".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise
from typing import Annotated, Literal

from msgspec import Meta, Struct

from onrecord.model import Article, Span
from onrecord.text.typography import Plain, normalise, normalise_in_place

# A stop with closing marks around it, then white space and something that may begin a sentence. The possessive quantifiers (++) never give
# back what they matched; otherwise a long run of dots or blanks would be tried again from each of its characters.
_STOPS = re.compile(r"[.!?…\"'”’»›)\]]++")
_STOP = re.compile(r"[.!?…]")
_BEGINNING = re.compile(r"\s++[\"'“‘«‹„(\[—–-]*+\s*+[^\W_a-z]")
_LAST_WORD = re.compile(r"[^\s\"'“‘«‹„(\[—–]+\Z")
_LONGEST_WORD = 40
"""How many characters before a stop are searched for the word that it belongs to; no abbreviation is longer."""
# Abbreviations after which a capital does not begin a sentence (New Hart's Rules, 2nd edition, ch. 10; The Associated Press Stylebook:
# titles, months, states). Abbreviations with a full stop inside ("U.S.") and initials are recognised by their shape.
_LIST_OF_ABBREVIATIONS = """
    adm ala apr ariz ark aug ave blvd brig calif capt cmdr co col colo conn corp cpl dec del dept det dr est feb fla ft ga gen gov
    hon ill inc ind insp jan jr jul jun kan ky la lt ltd maj mar mass md messrs mich minn miss mo mont mr mrs ms mt neb nev no nos nov oct
    okla ore pa ph prof pvt rep reps rev sen sens sept sgt sr st supt tenn tex univ va vs vt wash wis wyo"""
_ABBREVIATIONS = frozenset(_LIST_OF_ABBREVIATIONS.split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or the whole of a block that has no full stop."""

    span: Span
    plain: str
    """Its words without typography."""


def find_sentences(article: Article) -> tuple[Sentence, ...]:
    """Every sentence of the article in text order. None runs from one block into the next."""
    return tuple(Sentence(span, plain) for span in split_sentences(article) if (plain := normalise(span.of(article.text))))


def split_sentences(article: Article) -> tuple[Span, ...]:
    """The spans of all sentences, in text order. Some may have no words, such as a row of dots."""
    return tuple(span for leaf in article.leaves() for part in _parts(article, leaf.span) for span in _split(article.text, part))


def _parts(article: Article, block: Span) -> Iterator[Span]:
    """A block cut where withheld text begins and ends. Only whole sentences are withheld, so that these are ends of sentences, though the
    full stops are gone."""
    shown = article.withheld.shown if article.withheld else ()
    inside = {edge for span in shown for edge in (span.start, span.end) if block.start < edge < block.end}
    edges = sorted({block.start, *inside, block.end})
    yield from (Span(start, end) for start, end in pairwise(edges))


def _split(text: str, block: Span) -> Iterator[Span]:
    """The sentences of a block; the last one may have no stop."""
    start = block.start
    for stops in _STOPS.finditer(text, block.start, block.end):
        stop = _STOP.search(text, stops.start(), stops.end())
        if stop is None or not _BEGINNING.match(text, stops.end(), block.end):
            continue
        # "Gen. Lee" goes on; "Lee left. The" does not.
        if not _is_abbreviation(text[max(start, stop.start() - _LONGEST_WORD) : stop.end()]):
            yield Span(start, stops.end())
            start = stops.end()
    yield Span(start, block.end)


def _is_abbreviation(so_far: str) -> bool:
    """Whether the full stop at the end belongs to an abbreviation or an initial."""
    if so_far[-1] != ".":
        return False
    word = _LAST_WORD.search(so_far[:-1])
    if word is None:
        return False
    letters = word[0]
    return letters.lower() in _ABBREVIATIONS or "." in letters.strip(".") or (len(letters) == 1 and letters.isalpha())


# --- anchors ----------------------------------------------------------------------------------------------------------


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
