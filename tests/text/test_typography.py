"""What is forgiven, and what is not."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.typography import normalise, normalise_in_place

ALIKE = [
    ("“Shut it,” she said", '"Shut it," she said'),
    ("‘Shut it,’ she said", "'Shut it,' she said"),
    ("«Shut» „it“", '"Shut" "it"'),
    ("the quay — so old", "the quay -- so old"),
    ("2016–17", "2016-17"),
    ("and so on…", "and so on..."),
    ("a\u00a0b\n c\t", "a b c"),
    ("Nu\u0301n\u0303ez", "Núñez"),
    ("quay\u00adside", "quayside"),
]
DIFFERENT = [
    ("She will pay", "She will not pay"),
    ("40 ships", "400 ships"),
    ("Lee met Reed", "Reed met Lee"),
    ("the Quay", "the quay"),
    ("He left.", "He left?"),
    ("a, b", "a b"),
    ("resume", "résumé"),
    ("1/2", "½"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_typography_is_forgiven(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_nothing_else_is_forgiven(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_only_marks_and_hangul_join_what_stands_before_them() -> None:
    """NFC is made cluster by cluster, which is right as long as nothing else composes with the character before it."""
    seconds = set()
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            seconds.add(chr(int(parts[1], 16)))
    assert {c for c in seconds if unicodedata.category(c)[0] != "M" and unicodedata.normalize("NFC", c) == c} == set()


@given(st.text())
def test_a_text_without_typography_stays_so(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_nfc_by_clusters_is_nfc(text: str) -> None:
    assert unicodedata.is_normalized("NFC", normalise(text))
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@given(st.text())
def test_every_character_knows_its_origin(text: str) -> None:
    plain = normalise_in_place(text)
    origins = [plain.original(at, at + 1) for at in range(len(plain.text))]
    assert len(plain.starts) == len(plain.ends) == len(origins)
    assert all(0 <= one.start < one.end <= len(text) for one in origins)
    for character, origin in zip(plain.text, origins, strict=True):
        stands_for = normalise(origin.of(text))
        assert character in stands_for or (character == " " and stands_for == "")
