"""The sentences of an article, by punctuation alone: what a correction rests on must not change with the parser or its model.

Where it is not sure that a sentence ends, it goes on: a sentence that is too long guards more than it must, one that is too short
might leave a "not" outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Article, Span
from onrecord.text.typography import normalise

# Stops and what closes around them; then white space before something that may begin a sentence. No part gives back what it took, or a
# long run of dots or blanks would be tried from each of its places.
_STOPS = re.compile(r"[.!?…\"'”’»›)\]]++")
_STOP = re.compile(r"[.!?…]")
_BEGINNING = re.compile(r"\s++[\"'“‘«‹„(\[—–-]*+\s*+[^\W_a-z]")
_LAST_WORD = re.compile(r"[^\s\"'“‘«‹„(\[—–]+\Z")
_LONGEST_WORD = 40
"""Characters before a stop in which the word that it may belong to is sought: no abbreviation has more."""
# Abbreviations after which a capital does not begin a sentence (New Hart's Rules, 2nd edition, ch. 10; The Associated Press Stylebook:
# titles, months, states). Others with a full stop inside ("U.S.") and initials are known by their shape.
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
    """Where every sentence of the article stands, in text order, and what between two has no words."""
    return tuple(span for leaf in article.leaves() for part in _parts(article, leaf.span) for span in _split(article.text, part))


def _parts(article: Article, block: Span) -> Iterator[Span]:
    """What is shown of a block and what is withheld, each by itself: whole sentences are."""
    shown = article.withheld.shown if article.withheld else ()
    inside = {edge for span in shown for edge in (span.start, span.end) if block.start < edge < block.end}
    edges = sorted({block.start, *inside, block.end})
    yield from (Span(start, end) for start, end in pairwise(edges))


def _split(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for stops in _STOPS.finditer(text, block.start, block.end):
        stop = _STOP.search(text, stops.start(), stops.end())
        if stop is None or not _BEGINNING.match(text, stops.end(), block.end):
            continue
        if not _is_abbreviation(text[max(start, stop.start() - _LONGEST_WORD) : stop.end()]):
            yield Span(start, stops.end())
            start = stops.end()
    yield Span(start, block.end)


def _is_abbreviation(so_far: str) -> bool:
    """Whether the full stop at the end belongs to its word."""
    if so_far[-1] != ".":
        return False
    word = _LAST_WORD.search(so_far[:-1])
    if word is None:
        return False
    letters = word[0]
    return letters.lower() in _ABBREVIATIONS or "." in letters.strip(".") or (len(letters) == 1 and letters.isalpha())
