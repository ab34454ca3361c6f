"""A quote's words, cut where they enter and leave quotation marks: only what the article quotes is ever shown as a quotation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.masking import WORD
from onrecord.model import Quote, Span
from onrecord.render.words import one_line

_MARKS = "\"'“”„‟«»‹›‘’‚‛"
_OPENING, _CLOSING = '"“„«', '"”»“'


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words of a quote's content."""

    text: str
    quoted: bool
    """Whether they stand inside quotation marks in the article, or in the turn of a transcript: only these are ever shown in such marks."""


def quote_segments(text: str, quote: Quote) -> tuple[Segment, ...]:
    """The content cut where it enters and leaves quotation marks, without those marks.

    Reported speech is never quoted, and marks around all of it are left out: a paraphrase never becomes somebody's words.
    """
    if quote.kind == "indirect":
        return tuple(Segment(_without_pair(one_line(span.of(text))), False) for span in quote.content)
    if quote.kind == "mixed":
        return tuple(segment for span in quote.content for segment in _mixed_segments(text, span, quote.quoted_parts))
    if quote.quoted_parts:
        return tuple(Segment(_inside(one_line(span.of(text))), True) for span in quote.quoted_parts)
    return tuple(Segment(one_line(span.of(text)).strip(_MARKS), True) for span in quote.content)


def _mixed_segments(text: str, span: Span, parts: tuple[Span, ...]) -> Iterator[Segment]:
    at = span.start
    for part in (Span(max(part.start, span.start), min(part.end, span.end)) for part in parts if part.overlaps(span)):
        before = one_line(text[at : part.start]).rstrip(_MARKS)
        yield from _segment(_without_closing(before, at > span.start), quoted=False)
        yield from _segment(_inside(one_line(part.of(text))), quoted=True)
        at = part.end
    yield from _segment(_without_closing(one_line(text[at : span.end]), at > span.start), quoted=False)


def _inside(text: str) -> str:
    """What stands inside quotation marks, whether or not the part includes them."""
    start = 1 if text[:1] in _OPENING else 0
    end = len(text) - 1 if text[-1:] in _CLOSING else len(text)
    return text[start:end] if start < end else text


def _without_pair(text: str) -> str:
    inner = text.strip(_MARKS)
    wrapped = text[:1] in _MARKS and text[-1:] in _MARKS and not any(mark in inner for mark in '"“”„«»')
    return inner if wrapped else text


def _without_closing(text: str, after_quote: bool) -> str:
    return text.lstrip(_MARKS) if after_quote else text


def _segment(text: str, *, quoted: bool) -> Iterator[Segment]:
    if WORD.search(text):
        yield Segment(text.strip(), quoted)
