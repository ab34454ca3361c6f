"""What counts as a failure of an attack, and that one does not end the others."""

from __future__ import annotations

import random

import pytest
from attempts import Broken, Limit, Tally, check_told
from broken_pages import PAGES
from broken_reports import MUTATIONS as REPORTS
from broken_reports import mutant as broken_report
from broken_tables import MUTATIONS as TABLES
from broken_tables import mutant as broken_table
from mutations import MUTATIONS as TEXTS

from onrecord.reports.json import encode_report
from tests.support.reports import full_report


def test_a_failure_is_counted_with_what_makes_it_again_and_the_run_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally("bytes")
    for number in range(3):
        with tally.attempt("odd" if number % 2 else "even", f"--only {number}") as outcomes:
            outcomes.refused += number == 0
            outcomes.most = number
            if number == 1:
                raise RecursionError("too deep")
    assert "FAILED odd: --only 1" in (told := capsys.readouterr().out) and "RecursionError: too deep" in told
    assert str(tally).splitlines() == [
        "| kind | tried | refused in a line | failures | bytes |",
        "| --- | --- | --- | --- | --- |",
        "| even | 2 | 1 | 0 | 2 |",
        "| odd | 1 | 0 | 1 | 1 |",
        "| all | 3 | 1 | 1 | 2 |",
    ]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (3, "onrecord: x"),
        (2, ""),
        (2, "Error: no"),
        (1, "onrecord: a.md: rendering failed (KeyError), which is a defect of onrecord; please report it"),
        (0, "Traceback (most recent call last):"),
    ],
)
def test_an_end_without_a_line_and_a_fault_of_the_program_are_failures(code: int, told: str) -> None:
    with pytest.raises(Broken):
        check_told(code, told, ["build"])


@pytest.mark.parametrize(("code", "told"), [(0, ""), (1, "onrecord: a.md: the article is empty"), (2, "onrecord: a.md: nothing is left")])
def test_what_is_told_in_a_line_is_none(code: int, told: str) -> None:
    check_told(code, told, ["build"])


def test_a_run_ends_by_number_or_by_time() -> None:
    assert list(Limit.of(3, None).numbers()) == [0, 1, 2]
    assert list(Limit.of(3, -1).numbers()) == []


def test_the_same_seed_makes_the_same_and_every_kind_has_its_turn() -> None:
    line = encode_report(full_report())
    for make, kinds in ((lambda n: broken_report([line], 4, n), REPORTS), (lambda n: broken_table(4, n), TABLES)):
        made = [make(number) for number in range(len(kinds))]
        assert [mutation.name for mutation, _ in made] == [kind.name for kind in kinds]
        assert [content for _, content in made] == [make(number)[1] for number in range(len(kinds))]
    for kind in (*PAGES, *TEXTS):
        one, another = (kind.make(random.Random(4), "Ana Lee said “no”.\nBo Lind left.") for _ in range(2)) if not kind.heavy else ("", "")
        assert one == another
