"""Reports that are not of a size with their text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.model import Alias, Findings, Mention, Report, Span
from onrecord.reports.soundness import unsound
from tests.support.reports import TEXT, full_report

ALL = Span(0, len(TEXT))
MANY = 1_000


def with_many(part: str, **lists: Any) -> Report:
    """The full report with other findings in it, or in what the program found by itself."""
    report = full_report()
    return replace(report, **lists) if part == "report" else replace(report, machine=replace(report.machine or Findings(), **lists))


@pytest.mark.parametrize("part", ["report", "machine"])
def test_more_of_anything_than_the_text_has_room_for_is_told(part: str) -> None:
    report = full_report()
    quote, claim, actor = report.quotes[0], report.claims[0], report.actors[0]
    too_many = {
        "quotes": with_many(part, quotes=tuple(replace(quote, id=f"x{number}") for number in range(MANY))),
        "claims": with_many(part, claims=tuple(replace(claim, id=f"x{number}") for number in range(MANY))),
        "comparisons": with_many(part, comparisons=report.comparisons * MANY),
        "mentions": with_many(part, actors=(replace(actor, mentions=(Mention(0, 1, "named"),) * MANY), *report.actors[1:])),
        "aliases": with_many(part, actors=(replace(actor, aliases=(Alias("x", 1),) * MANY), *report.actors[1:])),
        "actors in claims": with_many(part, claims=(replace(claim, about=("ledger",) * MANY), *report.claims[1:])),
        "actors that mentions may mean": with_many(part, undecided=(replace(report.undecided[0], candidates=("ledger",) * MANY),)),
    }
    for what, one in too_many.items():
        assert f"{what}, too many for {len(TEXT)} characters" in unsound(one)


@pytest.mark.parametrize("part", ["report", "machine"])
def test_a_text_that_is_repeated_without_end_is_told(part: str) -> None:
    report = full_report()
    quotes = tuple(replace(report.quotes[0], id=f"q{number}", content=(ALL,)) for number in range(1, 100))
    assert unsound(with_many(part, quotes=quotes)) == "its quotes repeat the text too often"


@pytest.mark.parametrize("part", ["report", "machine"])
def test_names_and_reasons_have_a_limit(part: str) -> None:
    report = full_report()
    actor, pair = report.actors[0], report.comparisons[0]
    assert "is too long for a name" in unsound(with_many(part, actors=(replace(actor, name="x " * 2_000), *report.actors[1:])))
    assert "is too long for a reason" in unsound(with_many(part, comparisons=(replace(pair, why="x " * 20_000),)))
    meta = replace(report.article.meta, title="x " * 2_000)
    assert "is too long for a name" in unsound(replace(report, article=replace(report.article, meta=meta)))
