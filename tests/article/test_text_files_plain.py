from __future__ import annotations

import pytest

from onrecord.article.text_files import parse_plain_text

WRAPPED = """\
The council voted on Tuesday to close the old harbour, which has been
leaking oil into the bay for more than nine years, and to move the
ferries to the new quay.
Opponents said that they would go to court, and that they expected to
win there.

The mayor, Ilse Brandt, would not say what the move will cost the city
or when it will be done."""


def paragraphs(text: str) -> list[tuple[int, str]]:
    return [(block.line, block.span.of(text)) for block in parse_plain_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.\n \n\nThree.", [(1, "One."), (3, "Two."), (6, "Three.")]),
        ("One line is a paragraph.\nSo is this.", [(1, "One line is a paragraph."), (2, "So is this.")]),
        ("One.\r\nTwo.\rThree.", [(1, "One."), (2, "Two."), (3, "Three.")]),
        ("\ufeff\n  One.\t\n", [(2, "One.")]),
        ("\ufeff  One.", [(1, "One.")]),
        # Short lines are no wrapped text, though they end inside a sentence.
        ("Roses are red\nand violets blue", [(1, "Roses are red"), (2, "and violets blue")]),
        # A headline and a byline, however long, are no wrapped text: no small letter follows.
        ("Old harbour to close after nine years of leaking oil\nBy Ann Arbor", None),
        # A line of more than 100 characters is a paragraph that happens to have no full stop.
        ("word " * 30 + "\nand more", None),
    ],
)
def test_lines_and_blank_lines_make_paragraphs(text: str, expected: list[tuple[int, str]] | None) -> None:
    by_line = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    assert paragraphs(text) == (by_line if expected is None else expected)


def test_hard_wrapped_lines_are_joined_and_a_line_that_ends_early_ends_its_paragraph() -> None:
    assert [(line, words.split()[0], words.split()[-1]) for line, words in paragraphs(WRAPPED)] == [
        (1, "The", "quay."),
        (4, "Opponents", "there."),
        (7, "The", "done."),
    ]


def test_a_wrapped_paragraph_is_a_slice_of_the_unchanged_text() -> None:
    assert paragraphs(WRAPPED)[0][1] == WRAPPED[: WRAPPED.index("\nOpponents")]
