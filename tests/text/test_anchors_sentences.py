"""Where a sentence ends, as far as punctuation tells."""

from __future__ import annotations

import pytest

from onrecord.text.anchors import find_sentences
from tests.corrections.toy import article

CASES = [
    ("The quay is old. It fell.", ["The quay is old.", "It fell."]),
    ("“It fell.” Lee left.", ['"It fell."', "Lee left."]),
    ("“It fell,” Lee said. She left.", ['"It fell," Lee said.', "She left."]),
    ("Dr. Lee met Col. Reed in the U.S. Capitol.", ["Dr. Lee met Col. Reed in the U.S. Capitol."]),
    ("J. K. Lee left at 4.30 p.m. Monday.", ["J. K. Lee left at 4.30 p.m. Monday."]),
    ("It cost $4.2 million. Nobody paid!", ["It cost $4.2 million.", "Nobody paid!"]),
    ("Did it? Yes… Maybe.", ["Did it?", "Yes...", "Maybe."]),
    ("and so on... but no", ["and so on... but no"]),
    ("A headline\n\nA line.\n\nAnother", ["A headline", "A line.", "Another"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [sentence.plain for sentence in find_sentences(article(text))] == expected


def test_sentences_cover_the_text() -> None:
    text = "“It fell.” Lee left.\n\nThe quay is old. It fell."
    assert "".join(sentence.span.of(text) for sentence in find_sentences(article(text))) == text.replace("\n\n", "")
