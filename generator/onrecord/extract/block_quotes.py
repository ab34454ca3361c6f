"""Block quotes as quotations: words that the writer sets off from the text instead of putting them in marks.

Such a block is the very words of somebody else, however it is introduced (The Chicago Manual of Style, 17th edition, 13.9 and 13.15).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from onrecord.extract.quotation_marks import Quotation
from onrecord.model import Article, Block, Span

_SIGNATURE = re.compile(r"(?:^|(?<=[.!?\u2026])\s)\s*(?:-{1,2}|[\u2013-\u2015])\s*[A-Z][^!?]{0,80}\Z")
"""The end of a block quote that only says whose words these are: a dash and a name."""


def find_block_quotations(article: Article, marked: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """A quotation for each paragraph of a block quote without quotation marks, less the line that signs it, in text order.

    Where there are marks in the block, they say what is quoted.
    """
    prose = {block.span for block in article.paragraphs()}
    found: list[Quotation] = []
    for quote in chain.from_iterable(_block_quotes(block) for block in article.blocks):
        if not _has_marks(quote, marked):
            leaves = [leaf.span for leaf in quote.leaves() if leaf.kind == "paragraph" and leaf.span in prose]
            found.extend(_quotations([span for leaf in leaves if len(span := _unsigned(article.text, leaf)) > 0]))
    return tuple(found)


def _has_marks(quote: Block, marked: Sequence[Quotation]) -> bool:
    """Whether a quotation begins in a block; the quotations are in text order."""
    at = bisect_left(marked, quote.start, key=lambda quotation: quotation.span.start)
    return at < len(marked) and marked[at].span.start < quote.end


def _block_quotes(block: Block) -> Iterator[Block]:
    """The outermost block quotes in a block."""
    if block.kind == "block_quote":
        yield block
    else:
        yield from chain.from_iterable(_block_quotes(child) for child in block.children)


def _unsigned(text: str, leaf: Span) -> Span:
    signature = _SIGNATURE.search(leaf.of(text))
    words = leaf.of(text)[: signature.start()] if signature else leaf.of(text)
    return Span(leaf.start, leaf.start + len(words.rstrip()))


def _quotations(spans: Sequence[Span]) -> Iterator[Quotation]:
    """The paragraphs of one block quote: each goes on with the one before."""
    last = len(spans) - 1
    return (Quotation(span, span, "block", runs_on=n < last, continues=n > 0) for n, span in enumerate(spans))
