"""An article's text cut into passages, each with the quotes over it, and a quote's speaker in words: for a notebook and for a terminal,
which show the annotated article without the pages of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from onrecord.labels.terms import CONFIDENCE_WORDS, collapse, enumerate_words
from onrecord.model import WITHHELD, Actor, Article, Block, Quote, Report, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Words between two edges of quotes, so that the same quotes are over all of them."""

    text: str
    """The words. What is withheld of them is said as a number of words."""
    quotes: tuple[Quote, ...] = ()
    """The quotes that they belong to, in text order."""
    quoted: bool = False
    """Whether they are somebody's very words. No others may look like a quotation."""
    ending: tuple[Quote, ...] = ()
    """The quotes whose last word is here: their notes stand behind it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A leaf block of the article with its passages."""

    block: Block
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class QuoteNote:
    """What is said of a quote beside its words."""

    number: int
    """Its number, from 1, by which the text refers to it."""
    quote: Quote
    speaker: str
    """Who is heard: :func:`who_said`."""
    remarks: tuple[str, ...]
    """What a reader must know before using it: that it is denied, or only supposed, and how sure the program is."""

    def badge(self) -> str:
        """What stands right behind the words: its number, who is heard, and that they are not, where the text denies or supposes it."""
        standing = (
            ", denied" if self.quote.negated else ", only supposed" if self.quote.conditional else ", a stance" if self.quote.stance else ""
        )
        return f"{self.number} {self.speaker}{standing}"


def annotated_stretches(report: Report) -> Iterator[Stretch]:
    """The leaf blocks of the article that have words, in text order, cut at the edges of quotes."""
    article = report.article
    leaves = [leaf for leaf in article.leaves() if leaf.end > leaf.start]
    shown = [quote for quote in report.quotes if quote.content]
    # Both are in text order, so that one walk over the pieces is enough.
    pieces = _pieces(article, shown, leaves)
    piece = next(pieces, None)
    for leaf in leaves:
        passages: list[Passage] = []
        while piece is not None and piece[0].start < leaf.end:
            if piece[0].start >= leaf.start:
                passages.append(piece[1])
            piece = next(pieces, None)
        yield Stretch(leaf, tuple(passages))


def _pieces(article: Article, quotes: Iterable[Quote], leaves: Iterable[Block]) -> Iterator[tuple[Span, Passage]]:
    """The whole text in pieces, from left to right. Layers are switched on where one of their spans begins, and off where it ends."""
    opening: dict[int, list[tuple[int, Quote, bool]]] = {}
    closing: dict[int, list[tuple[int, Quote, bool]]] = {}
    last: dict[int, list[Quote]] = {}
    for number, quote in enumerate(quotes):
        last.setdefault(max(span.end for span in quote.content), []).append(quote)
        for is_quoted, spans in ((False, quote.content), (True, quote.quoted_parts)):
            for span in spans:
                opening.setdefault(span.start, []).append((number, quote, is_quoted))
                closing.setdefault(span.end, []).append((number, quote, is_quoted))
    edges = {edge for leaf in leaves for edge in (leaf.start, leaf.end)}
    active: dict[tuple[int, bool], tuple[Quote, int]] = {}
    for start, end in pairwise(sorted({*edges, *opening, *closing})):
        _switch(active, closing.get(start, ()), -1)
        _switch(active, opening.get(start, ()), 1)
        over = tuple(active[key][0] for key in sorted(key for key in active if not key[1]))
        words = Span(start, end).of(article.text)
        words = collapse(words) if article.withheld and WITHHELD in words else words
        yield Span(start, end), Passage(words, over, any(is_quoted for _, is_quoted in active), tuple(last.get(end, ())))


def _switch(active: dict[tuple[int, bool], tuple[Quote, int]], layers: Iterable[tuple[int, Quote, bool]], by: int) -> None:
    for number, quote, is_quoted in layers:
        count = active.pop((number, is_quoted), (quote, 0))[1] + by
        if count > 0:
            active[number, is_quoted] = quote, count


def quote_notes(report: Report) -> tuple[QuoteNote, ...]:
    """A note for each quote that has words, in the report's order."""
    actors = {actor.id: actor for actor in report.actors}
    shown = (quote for quote in report.quotes if quote.content)
    return tuple(
        QuoteNote(number, quote, who_said(report.article, quote, actors), tuple(_remarks(quote))) for number, quote in enumerate(shown, 1)
    )


def who_said(article: Article, quote: Quote, actors: Mapping[str, Actor]) -> str:
    """The speaker of a quote in words: a name, several names, "undecided: Ann Lee or Bo Lind", "unknown speaker (the text has: he)"."""
    speaker = quote.speaker
    if speaker.actor is not None:
        return enumerate_words(actors[id].name for id in (speaker.actor, *speaker.others))
    if speaker.candidates:
        return f"undecided: {' or '.join(actors[id].name for id in speaker.candidates)}"
    words = collapse(speaker.mention.of(article.text)) if speaker.mention else ""
    return f"unknown speaker (the text has: {words})" if words else "unknown speaker"


def _remarks(quote: Quote) -> Iterator[str]:
    if quote.negated:
        yield "denied or negated"
    if quote.conditional:
        yield "only supposed"
    if quote.stance:
        yield "for or against it, no words are told"
    if quote.boilerplate:
        yield "in a share prompt"
    yield CONFIDENCE_WORDS[quote.confidence]
