"""A quote's words for a reader: cut into what is inside quotation marks and what is not; and in which part of the article they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.labels.terms import collapse
from onrecord.model import Article, Block, Quote, QuoteKind, Span
from onrecord.text.masking import WORD

_MARKS = "\"'“”„‟«»‹›‘’‚‛"
_OPENING, _CLOSING = '"“„«', '"”»“'


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words of a quote's content."""

    text: str
    quoted: bool
    """Whether they are somebody's very words: inside quotation marks in the article, or in the turn of a transcript. Pages put quotation
    marks around these segments and no others."""


def quote_segments(text: str, quote: Quote) -> tuple[Segment, ...]:
    """The content of a quote, cut where quotation marks begin and end, without the marks.

    An indirect quote has no quoted segment, and marks around all of it are left out: a paraphrase must not look like somebody's very words.
    """
    if quote.kind == "indirect":
        return tuple(Segment(_without_pair(collapse(span.of(text))), False) for span in quote.content)
    if quote.kind == "mixed":
        return tuple(segment for span in quote.content for segment in _mixed_segments(text, span, quote.quoted_parts))
    if quote.quoted_parts:
        return tuple(Segment(_inside(collapse(span.of(text))), True) for span in quote.quoted_parts)
    return tuple(Segment(collapse(span.of(text)).strip(_MARKS), True) for span in quote.content)


def joined_words(segments: Iterable[Segment], kind: QuoteKind) -> str:
    """The segments of a quote of this kind in one line, very words in quotation marks. Dots stand between two direct quotations, which
    other words of the article part. What is quoted in part reads on without any: nothing is left out there.

    >>> joined_words([Segment("that the bridge is", False), Segment("unsafe", True)], "mixed")
    'that the bridge is “unsafe”'
    """
    return (" … " if kind == "direct" else " ").join(f"“{one.text}”" if one.quoted else one.text for one in segments if one.text)


def shortened(line: str, longest: int) -> str:
    """The beginning of a line of :func:`joined_words`, in whole words. A quotation that is cut off is closed, and says that it goes on.

    >>> shortened("“The quay is unsafe”", 12)
    '“The quay …”'
    """
    if len(line) <= longest:
        return line
    cut = line[:longest].rsplit(None, 1)[0] + " …"
    return cut + "”" * (cut.count("“") - cut.count("”"))


def _mixed_segments(text: str, span: Span, parts: tuple[Span, ...]) -> Iterator[Segment]:
    """The segments of one span of a partly quoted content; ``parts`` are the words inside quotation marks."""
    at = span.start
    for part in (Span(max(part.start, span.start), min(part.end, span.end)) for part in parts if part.overlaps(span)):
        before = collapse(text[at : part.start]).rstrip(_MARKS)
        yield from _segment(_without_closing(before, at > span.start), quoted=False)
        yield from _segment(_inside(collapse(part.of(text))), quoted=True)
        at = part.end
    yield from _segment(_without_closing(collapse(text[at : span.end]), at > span.start), quoted=False)


def _inside(text: str) -> str:
    """The text without quotation marks at its edges; it may have none."""
    start = 1 if text[:1] in _OPENING else 0
    end = len(text) - 1 if text[-1:] in _CLOSING else len(text)
    return text[start:end] if start < end else text


def _without_pair(text: str) -> str:
    """The text without a pair of marks around all of it. Marks inside it show that the outer ones are not a pair: “a” and “b”."""
    inner = text.strip(_MARKS)
    wrapped = text[:1] in _MARKS and text[-1:] in _MARKS and not any(mark in inner for mark in '"“”„«»')
    return inner if wrapped else text


def _without_closing(text: str, after_quote: bool) -> str:
    return text.lstrip(_MARKS) if after_quote else text


def _segment(text: str, *, quoted: bool) -> Iterator[Segment]:
    """A segment, unless the text has no words: what is left between two parts may be a comma."""
    if WORD.search(text):
        yield Segment(text.strip(), quoted)


Part = Literal["", "headline", "caption", "block quote"]
"""A part of an article that is not running text; empty for running text."""


def find_parts(article: Article, quotes: tuple[Quote, ...]) -> dict[str, Part]:
    """By the id of each quote the part of the article in which it begins.

    A caption is a paragraph that begins with an image, or one all in italics right after an image.
    """
    parts = [*_leaf_parts(list(article.leaves())), *(("block quote", block.span) for top in article.blocks for block in _block_quotes(top))]
    # A heading inside a block quote begins at or after it: the innermost part that begins last is found first.
    ordered = sorted(((span, part) for part, span in parts), key=lambda pair: pair[0])
    starts = [span.start for span, _ in ordered]

    def part_of(span: Span) -> Part:
        at = bisect_right(starts, span.start) - 1
        return ordered[at][1] if at >= 0 and span.start < ordered[at][0].end else ""

    return {quote.id: part_of(quote.content[0]) if quote.content else "" for quote in quotes}


def _leaf_parts(leaves: list[Block]) -> Iterator[tuple[Part, Span]]:
    for before, leaf in pairwise([Block("rule", 0, 0, 1), *leaves]):
        if leaf.kind == "heading":
            yield "headline", leaf.span
        elif len(leaf.span) and (_begins_with_image(leaf) or (_begins_with_image(before) and not len(before.span) and _is_italic(leaf))):
            yield "caption", leaf.span


def _begins_with_image(leaf: Block) -> bool:
    return any(mark.kind == "image" and mark.start == leaf.start for mark in leaf.marks)


def _is_italic(leaf: Block) -> bool:
    return any(mark.kind == "emphasis" and mark.contains(leaf.span) for mark in leaf.marks)


def _block_quotes(block: Block) -> Iterator[Block]:
    """The outermost block quotes in a block."""
    if block.kind == "block_quote":
        yield block
    else:
        for child in block.children:
            yield from _block_quotes(child)
