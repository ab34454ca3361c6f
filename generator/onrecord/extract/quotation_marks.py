"""Finds what stands between quotation marks, paragraph by paragraph, and survives what newsrooms do to them.

Handled: curly, straight, low and angled double marks; the ``''...''`` and ``` ``...'' ``` of wire copy; single marks, told from
apostrophes; inches (``6'3"``); a missing or a superfluous mark; a quotation that runs over several paragraphs, each of
which opens with a mark and only the last of which closes (Chicago Manual of Style, 13.32).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from onrecord.model import Span

_MARK = re.compile(r"``|''|[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019']")
_OPENS = "\u201c\u201e\u201f\u00ab\u2018``"
_CLOSES = "\u201d\u00bb"
_SINGLE = "\u2018\u2019'"
_BEFORE_OPENING = " \t\u00a0\n(\u2014\u2013-[/:\u2026"
_AFTER_CLOSING = " \t\u00a0\n.,;:!?)\u2014\u2013-]/\u2026"

_ELISION = 3
"""Fewer letters than these between apostrophes are an elision: "rock 'n' roll"."""

MarkStyle = Literal["double", "single"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a paragraph inside quotation marks."""

    span: Span
    """With its marks."""
    inner: Span
    """Without them, and without white space at the edges."""
    style: MarkStyle
    closed: bool = True
    """Whether a closing mark was found; otherwise the quotation ends with its paragraph, or before the next opening mark."""
    runs_on: bool = False
    """It has no closing mark because the next paragraph goes on with it."""
    continues: bool = False
    """It goes on with the quotation that ended the paragraph before."""


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    style: MarkStyle
    may_open: bool
    may_close: bool
    closes_low: bool = False
    """The raised mark that closes a low one: „so“."""
    low: bool = False


def find_quotations(text: str, paragraphs: Iterable[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of each paragraph, in text order; titles of works are none.

    >>> [q.inner.of("He said “yes” and left.") for q in find_quotations("He said “yes” and left.", [Span(0, 23)])]
    ['yes']
    """
    found: list[list[Quotation]] = [_in_paragraph(text, paragraph) for paragraph in paragraphs]
    for before, after in pairwise(found):
        if before and after and _goes_on(before[-1], after[0]):
            before[-1] = replace(before[-1], runs_on=True)
            after[0] = replace(after[0], continues=True)
    return tuple(quotation for quotations in found for quotation in quotations if not _is_title(quotation.inner.of(text)))


def _is_title(words: str) -> bool:
    """The title of a work: two or more words of four letters or more, all capitalised (APA Style, 7th edition, 6.17), and no stop."""
    long = [word for word in words.split() if len(word.strip(".,;:!?\u2019'")) >= 4]
    return len(long) >= 2 and words[-1].isalnum() and all(word[0].isupper() and not word.isupper() for word in long)


def _in_paragraph(text: str, paragraph: Span) -> list[Quotation]:
    marks = [mark for match in _MARK.finditer(text, paragraph.start, paragraph.end) if (mark := _read_mark(text, match, paragraph))]
    double = _pair(text, paragraph, [mark for mark in marks if mark.style == "double"])
    outside = [mark for mark in marks if mark.style == "single" and not any(q.span.contains(mark.span) for q in double)]
    single = [one for one in _pair(text, paragraph, outside) if not any(one.span.overlaps(q.span) for q in double)]
    return sorted(double + single, key=lambda quotation: quotation.span)


def _read_mark(text: str, match: re.Match[str], paragraph: Span) -> _Mark | None:
    """What a mark may do where it stands, by its shape and its neighbours; None for an apostrophe or an inch."""
    glyph = match[0]
    before = text[match.start() - 1] if match.start() > paragraph.start else " "
    after = text[match.end()] if match.end() < paragraph.end else " "
    style: MarkStyle = "single" if glyph in _SINGLE else "double"
    opens = before in _BEFORE_OPENING or (not before.isalnum() and not before.isspace())
    closes = after in _AFTER_CLOSING or not after.isalnum()
    span = Span(match.start(), match.end())
    if glyph in _OPENS:
        return _Mark(span, style, True, False, glyph == "\u201c", glyph == "\u201e")
    if glyph in _CLOSES:
        return _Mark(span, style, False, True)
    if style == "single":
        opens = glyph == "'" and opens and not after.isspace() and not after.isdigit()
        closes = closes and not before.isspace() and not opens
        return _Mark(span, style, opens, closes) if opens or closes else None
    if glyph == '"' and before.isdigit() and _is_inch(text, match.start(), paragraph):
        return None
    if after.isspace() and not before.isspace():
        opens = False
    if before.isspace() and not after.isspace():
        closes = False
    return _Mark(span, style, opens or not closes, closes or not opens)


def _is_inch(text: str, at: int, paragraph: Span) -> bool:
    """``6'3"``: feet come before the inches, and no letter stands between."""
    return re.search(r"\d\s?['\u2019\u2032]\s?\d{1,2}$", text[max(paragraph.start, at - 8) : at]) is not None


def _pair(text: str, paragraph: Span, marks: list[_Mark]) -> list[Quotation]:
    """Pairs marks of one style; a second opening mark where the first was never closed ends the first before it."""
    found: list[Quotation] = []
    opened: list[_Mark] = []
    closings = sum(not mark.may_open for mark in marks)
    for mark in marks:
        closings -= not mark.may_open
        if opened and (mark.may_close or (opened[-1].low and mark.closes_low)):
            start = opened.pop()
            if not opened:
                found.append(_quotation(text, start, mark.span.start, mark.span.end, closed=True))
        elif mark.may_open and (not opened or closings > len(opened)):
            opened.append(mark)  # a quotation within a quotation: closing marks enough for both are yet to come
        elif mark.may_open and mark.style == "double":
            found.append(_quotation(text, opened[0], mark.span.start, mark.span.start, closed=False))
            opened = [mark]
    if opened and opened[0].style == "double":
        found.append(_quotation(text, opened[0], paragraph.end, paragraph.end, closed=False))
    return [quotation for quotation in found if len(quotation.inner) >= (_ELISION if quotation.style == "single" else 1)]


def _quotation(text: str, opening: _Mark, inner_end: int, end: int, *, closed: bool) -> Quotation:
    start = opening.span.end
    while start < inner_end and text[start].isspace():
        start += 1
    while inner_end > start and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quotation(Span(opening.span.start, end if closed else inner_end), Span(start, inner_end), opening.style, closed)


def _goes_on(before: Quotation, after: Quotation) -> bool:
    """An unclosed quotation at the end of a paragraph goes on where the next paragraph opens with a mark."""
    return not before.closed and before.style == after.style == "double"
