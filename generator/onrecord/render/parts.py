"""In which part of an article a quote stands, where that is not its running text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from onrecord.model import Article, Block, Quote, Span

Part = Literal["", "headline", "caption", "block quote"]


def find_parts(article: Article, quotes: tuple[Quote, ...]) -> dict[str, Part]:
    """The part of the article that each quote begins in, by the quote's id; empty in running text.

    A caption is a paragraph that begins with an image, or one all in italics right after an image.
    """
    parts = [*_leaf_parts(list(article.leaves())), *(("block quote", block.span) for top in article.blocks for block in _block_quotes(top))]
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
