"""Word pieces: where they stand in the text, and what their letters tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import ModelError
from onrecord.extract.accurate.windows import Pieces, Splitter
from onrecord.model import Span
from onrecord.text.quotation_marks import find_quotations
from tests.accurate.small import write_tokenizer


@pytest.fixture(scope="module")
def splitter(tmp_path_factory: pytest.TempPathFactory) -> Splitter:
    file = tmp_path_factory.mktemp("vocabulary") / "tokenizer.json"
    write_tokenizer(file)
    return Splitter(file.read_bytes(), file)


def split(splitter: Splitter, text: str, paragraph: Span | None = None) -> Pieces:
    span = paragraph or Span(0, len(text))
    return splitter.split(text, span, find_quotations(text, [span]))


def words(pieces: Pieces, text: str) -> list[str]:
    return [pieces.span(range(at, at + 1)).of(text) for at in range(len(pieces))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lee warned: it was old.", ["Lee", "warn", "ed", ":", "it", "was", "old", "."]),
        ("The Café was sold", ["The", "Café", "was", "sold"]),  # one code point, which the vocabulary has without its accent
        ("The Cafe\u0301 was sold", ["The", "Cafe\u0301", "was", "sold"]),  # an accent of its own
        ("🎈 it was\u00a0old 👩‍🚀 then", ["🎈", "it", "was", "old", "👩‍🚀", "then"]),
        ("then\u200b the\n ferry", ["then\u200b", "the", "ferry"]),
    ],
)
def test_pieces_stand_where_their_letters_stand(splitter: Splitter, text: str, found: list[str]) -> None:
    assert [word.strip("\u200b") for word in words(split(splitter, text), text)] == [word.strip("\u200b") for word in found]


def test_places_count_in_the_text_and_not_in_the_paragraph(splitter: Splitter) -> None:
    text = "👩‍🚀 and then\n\nMia Stone said"
    assert words(split(splitter, text, Span(text.index("Mia"), len(text))), text) == ["Mia", "Stone", "said"]


def test_a_feature_tells_case_and_quotation_marks(splitter: Splitter) -> None:
    text = "The ferry, Lee told MIA: “We WILL mend”"
    pieces = split(splitter, text)
    told = dict(zip(words(pieces, text), pieces.features.tolist(), strict=True))
    assert told == {"The": 1, "ferry": 0, ",": 0, "Lee": 1, "told": 0, "MIA": 2, ":": 0, "“": 3, "We": 4, "WILL": 5, "mend": 3, "”": 3}


def test_the_pieces_of_one_word_are_told(splitter: Splitter) -> None:
    text = "Lee warned, warned."
    pieces = split(splitter, text)
    assert [bool(joined) for joined in pieces.joined] == [False, False, True, False, False, True, False]
    assert pieces.whole_words(range(1, 2)) == pieces.whole_words(range(2, 3)) == range(1, 3)
    assert pieces.whole_words(range(2, 5)) == range(1, 6)


def test_what_is_said_of_pieces_is_evened_over_their_word(splitter: Splitter) -> None:
    pieces = split(splitter, "Lee warned.")
    numbers = np.array([[0.1, 1], [0.2, 0], [0.8, 0.5], [0.9, 0]], dtype=np.float32)
    assert pieces.evened(numbers).tolist() == pytest.approx(np.array([[0.1, 1], [0.5, 0.25], [0.5, 0.25], [0.9, 0]]))
    assert pieces.part(2, 4).evened(numbers[2:]).tolist() == numbers[2:].tolist()  # of a word that begins before the part


def test_a_paragraph_without_pieces_has_none(splitter: Splitter) -> None:
    assert len(split(splitter, "\u200b")) == len(split(splitter, "   ")) == 0


def test_a_broken_vocabulary_is_one_line(tmp_path: Path) -> None:
    pytest.importorskip("tokenizers", reason="word pieces need the package tokenizers")
    with pytest.raises(ModelError, match=r"^.*tokenizer\.json: cannot be read as a vocabulary \(.*\); install onrecord\[accurate\] anew$"):
        Splitter(b"{}", tmp_path / "tokenizer.json")
