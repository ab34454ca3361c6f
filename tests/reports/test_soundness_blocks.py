"""Blocks from elsewhere that are not laid out as a parser of ours lays them out."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from onrecord.article import RawArticle, parse_article
from onrecord.model import Article, Block, Mark, Meta
from onrecord.reports.soundness import DEEPEST, wrong_blocks

TEXT = "One two.\n\nThree four."
ONE, TWO = Block("paragraph", 0, 8, 1), Block("paragraph", 10, 21, 3)


def wrong(*blocks: Block, text: str = TEXT) -> str:
    return next(wrong_blocks(Article("a", text, blocks)), "")


def nested(block: Block, depth: int) -> Block:
    """The block in so many others."""
    for _ in range(depth):
        block = Block("block_quote", block.start, block.end, 1, children=(block,))
    return block


def test_blocks_in_text_order_are_sound() -> None:
    assert wrong(ONE, TWO) == ""
    assert wrong(Block("block_quote", 0, 21, 1, children=(ONE, TWO))) == ""


def test_what_our_parsers_lay_out_is_sound() -> None:
    markdown = "# T\n\n" + "> " * 36 + "deep\n\n- \n- a\n\n---\n\n1. b\n   - c\n\n| x |\n\n![i](/i.png) **b *c* `d`**  \nend\n\n    code"
    page = (
        "<article>"
        + "<blockquote>" * 60
        + "<table><tr><th>a</th><td>b <b>c</b></td></tr></table>"
        + "</blockquote>" * 60
        + "<ul><li>d</ul><p>The ferry is old, and nobody has mended it for years.</p></article>"
    )
    for format, text in (("md", markdown), ("html", page), ("txt", "A b.\n\nC d."), ("txt", "\ufeff\n\nA b.")):
        article = parse_article(RawArticle("a", "a", format, text, Meta()))  # type: ignore[arg-type]
        assert list(wrong_blocks(article)) == []


def test_words_of_two_blocks_or_of_none_are_told() -> None:
    assert "stands in no block" in wrong()
    assert wrong(ONE) == "characters 8 to 21 stand in no block"
    assert "overlap, or are out of order" in wrong(ONE, replace(TWO, start=7))
    assert "overlap, or are out of order" in wrong(TWO, ONE)
    assert "overlap, or are out of order" in wrong(ONE, ONE, TWO)


def test_what_reaches_beyond_its_block_is_told() -> None:
    assert "reaches beyond it" in wrong(Block("item", 0, 8, 1, children=(ONE, TWO)))
    for mark in (Mark(4, 9, "strong"), Mark(-1, 3, "strong"), Mark(3, 3, "strong"), Mark(9, 9, "break")):
        assert "a mark that does not stand in it" in wrong(replace(ONE, marks=(mark,)), TWO)
    assert wrong(replace(ONE, marks=(Mark(8, 8, "break"), Mark(0, 0, "image", "/x"))), TWO) == ""


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (Block("paragraph", 0, 8, 1, children=(ONE,)), "holds other blocks"),
        (Block("list", 0, 8, 1), "holds no block for its words"),
        (Block("list", 0, 8, 1, children=(ONE,), marks=(Mark(0, 1, "strong"),)), "has marks"),
        (Block("rule", 0, 8, 1), "is not empty"),
        *((Block("heading", 0, 8, 1, level), "a level that it cannot have") for level in (-1, 0, 7)),
        *((Block("ordered_list", 0, 8, 1, level, children=(ONE,)), "a level that it cannot have") for level in (-1, 10**9)),
        (Block("cell", 0, 8, 1, 2), "a level that it cannot have"),
        (Block("paragraph", 0, 8, 1, 1), "a level that it cannot have"),
        *((Block("paragraph", 0, 8, line), "begins on no line") for line in (0, -1, 10**30)),
    ],
)
def test_a_block_that_its_kind_cannot_be_is_told(block: Block, told: str) -> None:
    assert told in wrong(block, TWO)


def test_depth_has_a_limit_and_finding_it_needs_no_stack() -> None:
    assert wrong(nested(ONE, DEEPEST - 1), TWO) == ""
    for depth in (DEEPEST, 10 * sys.getrecursionlimit()):
        assert wrong(nested(ONE, depth), TWO) == f"its blocks stand more than {DEEPEST} deep in one another"
