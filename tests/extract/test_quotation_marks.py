"""Quotation marks: what newsrooms do with them, and what must hold whatever they do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.quotation_marks import Quotation, find_quotations
from onrecord.model import Span


def find(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text whose paragraphs are its lines."""
    paragraphs, start = [], 0
    for line in text.split("\n"):
        paragraphs.append(Span(start, start + len(line)))
        start += len(line) + 1
    return find_quotations(text, paragraphs)


@pytest.mark.parametrize(
    ("phenomenon", "text", "inner"),
    [
        ("curly marks", "He said “yes” and left.", ["yes"]),
        ("straight marks", 'He said "yes" and left.', ["yes"]),
        ("low marks", "He said „yes“ and left.", ["yes"]),
        ("angled marks", "He said « yes » and left.", ["yes"]),
        ("two apostrophes", "''This is it,'' she said. ''Go.''", ["This is it,", "Go."]),
        ("grave accents and apostrophes", "``This is it,'' she said.", ["This is it,"]),
        ("single marks", "‘It’s over,’ she said. The players’ union agreed.", ["It’s over,"]),
        ("apostrophes are no marks", "The players' union didn't act in the '90s, and rock 'n' roll's dead.", []),
        ("inches are no marks", "He is 6'3\" tall.", []),
        ("inches beside marks", 'He is 6\'3" tall and said "I cannot go" twice.', ["I cannot go"]),
        ("a quotation in a quotation", "He said: “She told me ‘no’ twice.”", ["She told me ‘no’ twice."]),
        ("a nested quotation of the same marks", "He said: “She told me “no” twice.”", ["She told me “no” twice."]),
        ("a closing mark alone", "He said yes” and left.", []),
        ("a title is no quotation", "He read “The Long Harbour at Night” to us.", []),
        ("capitals at the start alone are no title", "He said “Long nights are over” to us.", ["Long nights are over"]),
        ("a title with a comma may be speech", "“The Long Harbour,” he said.", ["The Long Harbour,"]),
        ("a pair around nothing", "He said “” and left.", []),
    ],
)
def test_marks(phenomenon: str, text: str, inner: list[str]) -> None:
    assert [quotation.inner.of(text) for quotation in find(text)] == inner, phenomenon


def test_a_mark_that_never_closes_ends_with_its_paragraph() -> None:
    text = "He said “yes and left.\nNobody spoke."
    (quotation,) = find(text)
    assert (quotation.inner.of(text), quotation.closed, quotation.runs_on) == ("yes and left.", False, False)


def test_a_second_opening_mark_ends_the_first() -> None:
    text = "A “missing close. He said “yes” then."
    assert [(q.inner.of(text), q.closed) for q in find(text)] == [("missing close. He said", False), ("yes", True)]


def test_a_quotation_runs_over_paragraphs() -> None:
    text = "“First paragraph.\n“Second.\n“Third.”"
    assert [(q.runs_on, q.continues) for q in find(text)] == [(True, False), (True, True), (False, True)]


def test_a_closed_quotation_does_not_run_on() -> None:
    assert [(q.runs_on, q.continues) for q in find("“First.”\n“Second.”")] == [(False, False), (False, False)]


@given(st.text(alphabet=st.sampled_from("“”„\"'’‘«»`ab .,\n63")))
def test_whatever_the_marks_do(text: str) -> None:
    found = find(text)
    for quotation in found:
        assert quotation.span.contains(quotation.inner)
        assert len(quotation.inner) > 0
        assert "\n" not in quotation.span.of(text)
        assert quotation.inner.of(text) == quotation.inner.of(text).strip()
    assert all(not a.span.overlaps(b.span) for a, b in pairwise(found))
    assert found == find(text)
