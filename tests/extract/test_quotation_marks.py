"""Quotation marks: what newsrooms do with them, and what must hold whatever they do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Span
from onrecord.text.quotation_marks import Quotation, find_quotations
from tests.support.growth import grows_in_proportion


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
        ("capitals after a label are speech", "Ann Lee: ‘We Will Never Sell the Harbour’", ["We Will Never Sell the Harbour"]),
        ("capitals after a clause and a colon are a title", "She wrote one book: “The Long Harbour at Night”", []),
        ("low marks with a raised curl the other way", "He said „yes” and left.", ["yes"]),
        ("low single marks", "He said ‚yes, we will‘ and left.", ["yes, we will"]),
        ("angled single marks", "He said ‹ yes, we will › and left.", ["yes, we will"]),
        ("a less-than sign is no mark", "If 3 < 4 then 4 > 3.", []),
        ("an opening shape where a quotation ends", "The band calls it “a gift“ to the town.", ["a gift"]),
        ("an opening shape after a comma", "“We are done,“ he said. “We go.”", ["We are done,", "We go."]),
        ("an opening shape at the very end", "He said: “We are done. “", ["We are done."]),
        ("a closing shape where a quotation begins", "”We are done,” he said.", ["We are done,"]),
        ("no space between two quotations", "“We go.”“We stay,” he said.", ["We go.", "We stay,"]),
        ("curly and straight halves", '“We go," he said. "We stay.”', ["We go,", "We stay."]),
        ("a doubled closing mark", '"We go,"" he said. "We stay."', ["We go,", "We stay."]),
        ("a doubled curly closing mark", "“We go,”” he said. “We stay.”", ["We go,", "We stay."]),
        ("straight marks within straight marks", '"She told me "no" twice," he said.', ['She told me "no" twice,']),
        ("apostrophes within two apostrophes", "''They call it 'the pit','' she said.", ["They call it 'the pit',"]),
        ("two apostrophes are no quotation mark inside a word", "The firm''s plan was sold.", []),
        ("British nesting", "‘She told me “no” twice,’ he said.", ["She told me “no” twice,"]),
        ("British nesting in straight marks", "'She told me \"no\" twice,' he said.", ['She told me "no" twice,']),
        ("not British nesting: apostrophes around a quotation", "‘Tis late. He said “no” to the players’ union.", ["no"]),
        ("not British nesting: a plural's apostrophe after it", "The 'yard crew said “no” to the players' union.", ["no"]),
        ("a plural's apostrophe in single marks", "‘The players’ union is done,’ she said.", ["The players’ union is done,"]),
        ("a scare word that ends in s", "The ‘green cars’ were sold to a bank.", ["green cars"]),
        ("a single-quoted scare word", "The 'green' bridge and the 'blue' one.", ["green", "blue"]),
        ("words cut short are no single marks", "Get 'em out of here, 'tis 5 o'clock in the players' den.", []),
        ("an opening shape for an apostrophe", "He left in the ‘90s and took the players’ bus.", []),
        ("an opening shape for an apostrophe in a name", "Lee‘s plan was “good” for him.", ["good"]),
        ("inches within a quotation", '"The 12" pipe burst," he said.', ['The 12" pipe burst,']),
        ("a number at the end of a quotation", 'He said "it is 12" and "it is not".', ["it is 12", "it is not"]),
        ("inches without feet", 'A 12" pipe and a 3/4" bolt lay there.', []),
        ("a stray straight mark before curly ones", '"BROOK: Well, “no” is not “yes.” Is it?', ["no", "yes."]),
        ("a stray straight mark before a curly one", '"“We go,” he said before he left.', ["We go,"]),
        ("stray straight marks around a paragraph", '"“We go,” he said before he left."', ["We go,"]),
        ("not stray: a straight mark that a curly one closes", '"We go,” he said. “We stay.”', ["We go,", "We stay."]),
        ("not stray: straight marks around curly ones", '"She told me “no” twice," he said.', ["She told me “no” twice,"]),
        (
            "a stray straight mark before straight ones",
            '"He saw her and left. "We go," he said. "Now."',
            ["He saw her and left.", "We go,", "Now."],
        ),
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


def test_single_marks_run_over_paragraphs_too() -> None:
    text = "‘First paragraph.\n‘Second.’"
    assert [(q.inner.of(text), q.runs_on, q.continues) for q in find(text)] == [
        ("First paragraph.", True, False),
        ("Second.", False, True),
    ]


def test_a_single_mark_that_never_closes_is_an_apostrophe() -> None:
    assert find("‘Twasn’t over yet.\nNobody spoke.") == ()


def test_a_quotation_does_not_run_on_into_the_middle_of_a_paragraph() -> None:
    assert [(q.runs_on, q.continues) for q in find("“First.\nLee said “second” twice.")] == [(False, False), (False, False)]


@pytest.mark.slow
@pytest.mark.parametrize("marks", ['"a ', "‘as ", "s' ", "‘s “b” ", "''a ", "“a ", " “a”"])
def test_the_time_grows_with_the_length_only(marks: str) -> None:
    assert grows_in_proportion(lambda times: find(marks * times), 1_000)


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
