"""The sentences of an article, found by punctuation alone. Corrections and links rest on them, and must not change with a new parser model.

Where it is not certain that a sentence ends, it goes on: as a guard of a correction, a sentence that is too long does no harm, but one that
is too short might leave out a "not".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Article, Span
from onrecord.text.typography import normalise

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
