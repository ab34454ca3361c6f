"""What an article says of itself stands on every page that leads to it: so it has a length."""

from __future__ import annotations

import pytest

from onrecord.article import parse_article
from onrecord.article.read import LONGEST_ADDRESS, LONGEST_LINE, decode_raw
from onrecord.model import Article


def article(front: str, text: str = "Words.") -> Article:
    return parse_article(decode_raw("a.md", f"---\n{front}\n---\n{text}".encode()))


@pytest.mark.parametrize("field", ["title", "byline", "outlet"])
def test_a_line_that_is_too_long_is_cut_and_that_is_said(field: str) -> None:
    found = article(f"{field}: {'x' * 100_000}")
    line = getattr(found.meta, field)
    assert (len(line), line[-1]) == (LONGEST_LINE, "…")
    assert [one.message for one in found.notices] == [f"The {field} has 100,000 characters; it is cut after 300."]


@pytest.mark.parametrize("field", ["title", "byline", "outlet"])
def test_a_line_of_the_greatest_length_is_left(field: str) -> None:
    found = article(f"{field}: {'x' * LONGEST_LINE}")
    assert (len(getattr(found.meta, field)), found.notices) == (LONGEST_LINE, ())


def test_a_heading_that_is_too_long_for_a_title_stays_in_the_text() -> None:
    found = article("lang: en", f"# {'x' * 1000}\n\nWords.")
    assert (len(found.meta.title), found.text.count("x")) == (LONGEST_LINE, 1000)
    assert [one.code for one in found.notices] == ["long-title"]


def test_an_address_that_is_too_long_is_left_out() -> None:
    found = article(f"url: https://ledger.example/{'x' * LONGEST_ADDRESS}")
    assert (found.meta.url, [one.code for one in found.notices]) == ("", ["long-url"])
