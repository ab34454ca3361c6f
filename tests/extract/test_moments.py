"""Dates in the text: which they are, and what they are the date of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.extract.claims.find import find_claims
from onrecord.extract.dates import Dated, find_moments, resolve
from onrecord.model import Moment
from tests.extract.staging import Stage, case_id, read_cases

PUBLISHED = date(2017, 8, 31)  # a Thursday


def show(moment: Moment) -> str:
    return f"{'~' * moment.inferred}{moment.value} {'quote' if moment.quote else 'claim'}"


@pytest.mark.parametrize("case", read_cases("moments.yaml"), ids=case_id)
def test_case(case: Mapping[str, Any], nlp: Language) -> None:
    stage = Stage(nlp, case)
    claims = find_claims(stage.analysis, stage.quotes, stage.lookup)
    assert [show(moment) for moment in find_moments(stage.analysis, stage.quotes, claims)] == case["moments"]


@pytest.mark.parametrize(
    ("words", "tense", "value"),
    [
        ("2017-08-29", "", "2017-08-29"),
        ("Tuesday, Aug. 29, 2017", "", "2017-08-29"),
        ("the 29th of August, 2017", "", "2017-08-29"),
        ("early 2015", "", "2015"),
        ("mid-August 2015", "", "2015-08"),
        ("Sept. 4", "future", "2017-09-04"),
        ("last Thursday", "past", "2017-08-24"),
        ("next Thursday", "future", "2017-09-07"),
        ("this past Monday", "past", "2017-08-28"),
        ("Tuesday morning", "past", "2017-08-29"),
        ("last night", "past", "2017-08-30"),
        ("today", "", "2017-08-31"),
        ("earlier this year", "past", "2017"),
        ("next month", "future", "2017-09"),
        ("August", "past", "2017-08"),
        ("last August", "past", "2016-08"),
        ("December", "past", "2016-12"),
        ("five days ago", "past", "2017-08-26"),
        ("a week ago", "past", "2017-W34"),
        ("20 months ago", "past", "2015-12"),
    ],
)
def test_expressions(words: str, tense: Any, value: str) -> None:
    found = resolve(words, PUBLISHED, tense)
    assert found is not None and found.value == value


@pytest.mark.parametrize(
    "words", ["three years", "every Tuesday", "the 1990s", "Tuesday", "August 31st, 2017 to May", "the day", "may", "", "march"]
)
def test_what_names_no_one_time(words: str) -> None:
    assert resolve(words, None, "past") is None


@given(
    st.text(max_size=30) | st.from_regex(r"(last |next )?[a-z]{3,9}\.? \d{1,4}(, \d{4})?( ago)?"),
    st.dates(min_value=date(1900, 1, 1)),
    st.sampled_from(["past", "future", ""]),
)
def test_a_value_is_always_an_iso_date(words: str, published: date, tense: Any) -> None:
    found = resolve(words, published, tense)
    assert found is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?|-W\d\d)?", found.value)


EXPRESSIONS = [
    f"{before}{words}"
    for before in ("", "last ", "next ", "this coming ")
    for words in ("Tuesday", "August", "week", "month", "year", "night", "Dec. 31", "Jan. 1")
]
EXPRESSIONS += ["today", "tomorrow", "yesterday evening", "31 December", "Feb. 29", "earlier this year", "three weeks ago"]
EXPRESSIONS += [f"{number} {unit}s ago" for number in (1, 20, 999) for unit in ("day", "week", "month", "year")]


def is_in_the_calendar(value: str) -> bool:
    return bool(date.fromisoformat(f"{value}-1" if "W" in value else f"{value}-01-01"[:10]))


@given(
    st.dates() | st.sampled_from([date.min, date.max, date(17, 8, 31)]),
    st.sampled_from(EXPRESSIONS),
    st.sampled_from(["past", "future", ""]),
)
def test_whatever_the_day_of_publication_a_value_is_in_the_calendar_or_there_is_none(published: date, words: str, tense: Any) -> None:
    found = resolve(words, published, tense)
    assert found is None or is_in_the_calendar(found.value)


@pytest.mark.parametrize("words", ["yesterday", "last Tuesday", "last month", "last week", "last year", "three days ago", "last August"])
def test_before_the_calendar_begins_there_is_no_day(words: str) -> None:
    assert resolve(words, date.min, "past") is None


@pytest.mark.parametrize("words", ["tomorrow", "next Tuesday", "next month", "next week", "next year", "next August"])
def test_after_the_calendar_ends_there_is_no_day(words: str) -> None:
    assert resolve(words, date.max, "future") is None


def test_what_is_stated_needs_no_publication() -> None:
    assert resolve("3 May 2016", None, "") == Dated("2016-05-03", inferred=False)
