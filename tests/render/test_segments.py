"""Which words of a quote may be shown as a quotation."""

from __future__ import annotations

import pytest

from onrecord.labels.quote_words import quote_segments
from onrecord.model import Quote, QuoteKind, Span, Speaker
from tests.support.fictional import at

TEXT = "He called it “a bad joke” and “a ’90s relic”, she said. “It’s the dockers’,” he said."


def segments(kind: QuoteKind, content: str, *quoted: str) -> list[tuple[str, bool]]:
    quote = Quote("q1", kind, (at(TEXT, content),), Speaker(), "rule", "high", quoted_parts=tuple(at(TEXT, part) for part in quoted))
    return [(segment.text, segment.quoted) for segment in quote_segments(TEXT, quote)]


@pytest.mark.parametrize(
    ("kind", "content", "quoted", "expected"),
    [
        ("direct", "“It’s the dockers’,”", ("It’s the dockers’,",), [("It’s the dockers’,", True)]),
        ("direct", "“It’s the dockers’,”", (), [("It’s the dockers’,", True)]),
        ("mixed", "it “a bad joke”", ("a bad joke",), [("it", False), ("a bad joke", True)]),
        (
            "mixed",
            "it “a bad joke” and “a ’90s relic”",
            ("a bad joke", "a ’90s relic"),
            [("it", False), ("a bad joke", True), ("and", False), ("a ’90s relic", True)],
        ),
        ("mixed", "a bad joke” and", ("“a bad joke”",), [("a bad joke", True), ("and", False)]),
        ("indirect", "“a bad joke”", (), [("a bad joke", False)]),
        ("indirect", "it “a bad joke”", (), [("it “a bad joke”", False)]),
    ],
)
def test_only_quoted_parts_are_quoted(kind: QuoteKind, content: str, quoted: tuple[str, ...], expected: list[tuple[str, bool]]) -> None:
    assert segments(kind, content, *quoted) == expected


def test_a_quote_of_several_spans_keeps_each() -> None:
    quote = Quote("q1", "indirect", (Span(0, 2), Span(3, 9)), Speaker(), "rule", "high")
    assert [segment.text for segment in quote_segments(TEXT, quote)] == ["He", "called"]
