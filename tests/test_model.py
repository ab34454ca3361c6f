from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Article, Block, Span

OFFSETS = st.integers(0, 50)
SPANS = st.tuples(OFFSETS, OFFSETS).map(lambda pair: Span(min(pair), max(pair)))


@given(SPANS, SPANS)
def test_spans_overlap_where_they_share_characters(one: Span, two: Span) -> None:
    ours, theirs = set(range(one.start, one.end)), set(range(two.start, two.end))
    if ours and theirs:
        assert one.overlaps(two) == two.overlaps(one) == bool(ours & theirs)
        assert one.contains(two) == (theirs <= ours)
    assert len(one) == len(ours)


@given(SPANS, st.text(min_size=60, max_size=60), st.integers(0, 9))
def test_a_shifted_span_has_the_same_words(span: Span, text: str, by: int) -> None:
    assert span.shift(by).of("x" * by + text) == span.of(text) == text[span.start : span.end]


def test_leaves_come_in_order_from_any_depth() -> None:
    one, two, three = (Block("paragraph", n, n + 1, 1) for n in range(3))
    item = Block("item", 0, 2, 1, children=(one, two))
    article = Article("a", "abc", (Block("list", 0, 2, 1, children=(item,)), three))
    assert list(article.leaves()) == [one, two, three]


def test_paragraphs_are_prose_that_is_no_advertisement() -> None:
    blocks = (
        Block("heading", 0, 1, 1, level=1),
        Block("paragraph", 1, 2, 1, boilerplate="strict"),
        Block("paragraph", 2, 3, 1, boilerplate="soft"),
        Block("code", 3, 4, 1),
        Block("rule", 4, 4, 1),
        Block("paragraph", 4, 4, 1),
        Block("cell", 4, 5, 1),
    )
    assert [block.start for block in Article("a", "abcde", blocks).paragraphs()] == [0, 2, 4]


def test_values_do_not_change() -> None:
    span: Any = Span(0, 1)
    with pytest.raises(FrozenInstanceError):
        span.start = 1
