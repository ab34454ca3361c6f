"""Whether the blocks of an article from elsewhere stand as a parser of ours lays them out, so that a page shows each word once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from onrecord.article.layout import MAX_NESTING
from onrecord.model import Article, Block, BlockKind, Mark

DEEPEST = MAX_NESTING + 10
"""How deep blocks may stand in one another: a table at the deepest place that a parser keeps has rows and cells besides."""
_LEAVES: frozenset[BlockKind] = frozenset({"heading", "paragraph", "code", "cell", "rule"})
_FIRST_NUMBER = 999_999_999
"""The largest number that an ordered list may begin with (CommonMark 0.31, section 5.3)."""
_LEVELS: dict[BlockKind, range] = {"heading": range(1, 7), "ordered_list": range(_FIRST_NUMBER + 1), "cell": range(2)}
_NO_LEVEL = range(1)
_LINES = range(1, 10**9)
_MARK = "\ufeff"
"""A byte order mark stays in the text of a file, and is nobody's word."""


def wrong_blocks(article: Article) -> Iterator[str]:
    """What is wrong with the blocks of an article, one thing after the other. What is nested too deep ends it: nothing else may follow
    blocks down there."""
    if article.text and not article.blocks:
        yield "its text stands in no block"
    blocks: list[Block] = []
    for block, depth in _in_text_order(article.blocks):
        if depth > DEEPEST:
            yield f"its blocks stand more than {DEEPEST} deep in one another"
            return
        blocks.append(block)
    yield from (f"a block of kind {one.kind}, characters {one.start} to {one.end}, {wrong}" for one in blocks for wrong in _wrong(one))
    yield from _disordered([one for one in blocks if one.kind in _LEAVES], article.text)


def _in_text_order(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, int]]:
    """Every block with its depth, from 1; by a list of what is to come, since who nested it may have meant to exhaust the stack."""
    waiting = [(block, 1) for block in reversed(blocks)]
    while waiting:
        block, depth = waiting.pop()
        yield block, depth
        waiting += [(child, depth + 1) for child in reversed(block.children)]


def _wrong(block: Block) -> Iterator[str]:
    """What is wrong with a block by itself, and with what it holds."""
    if block.kind in _LEAVES and block.children:
        yield "holds other blocks"
    if block.kind not in _LEAVES and not block.children and block.start != block.end:
        yield "holds no block for its words"
    if block.kind not in _LEAVES and block.marks:
        yield "has marks, which only a block of text can have"
    if block.kind == "rule" and block.start != block.end:
        yield "is not empty"
    if block.level not in _LEVELS.get(block.kind, _NO_LEVEL):
        yield "has a level that it cannot have"
    if block.line not in _LINES:
        yield "begins on no line of a file"
    if any(not _holds(block, one) for one in block.children):
        yield "holds a block that reaches beyond it"
    if any(not _covers(block, one) for one in block.marks):
        yield "has a mark that does not stand in it"


def _holds(block: Block, child: Block) -> bool:
    """An empty block stands where the text before it ends, which may be before the block that it is in."""
    return child.start == child.end or block.span.contains(child.span)


def _covers(block: Block, mark: Mark) -> bool:
    """An image and a break cover no text, everything else does."""
    return block.span.contains(mark) and (mark.start < mark.end or mark.kind in ("image", "break"))


def _disordered(leaves: list[Block], text: str) -> Iterator[str]:
    """Leaves that share words or stand in another order than their words, and words that stand in none."""
    yield from (
        f"the blocks at characters {one.start} to {one.end} and {other.start} to {other.end} overlap, or are out of order"
        for one, other in pairwise(leaves)
        if other.start < one.end
    )
    edges = [0, *(edge for leaf in leaves for edge in (leaf.start, leaf.end)), len(text)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    yield from (f"characters {start} to {end} stand in no block" for start, end in gaps if text[start:end].replace(_MARK, "").strip())
