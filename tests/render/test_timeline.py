"""The timeline: in order, at the precision of the words, and with what was reckoned marked as such."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.model import Corpus, Meta, Moment, Report
from onrecord.render.pages.timeline import TimelineView, draft_timeline, shown_value
from onrecord.render.views.site import Site
from onrecord.reports.figures import Figures
from tests.support.fictional import fictional_corpus, fictional_figures, fictional_report

CLAIM = "c1"


def timeline(*moments: Moment, report: Report | None = None, figures: Figures | None = None) -> TimelineView:
    corpus = fictional_corpus()
    one = replace(report or fictional_report(), moments=moments)
    (draft,) = draft_timeline(Site(Corpus((one,), corpus.actors), figures or fictional_figures()))
    view = draft.body().view
    assert isinstance(view, TimelineView)
    return view


def moment(value: str) -> Moment:
    return Moment(0, 3, value, inferred=False, claim=CLAIM)


def test_entries_stand_in_order_the_longer_time_first() -> None:
    values = ["2024-03-04", "2024-W10", "2024-03", "2024", "1999", "2024-03-01"]
    found = [entry.value for entry in timeline(*map(moment, values)).sheet.items]
    assert found == ["1999", "2024", "2024-03", "2024-03-01", "2024-W10", "2024-03-04", "2024-03-05"]


def test_the_day_of_publication_is_an_entry_if_it_is_known() -> None:
    assert [entry.sort for entry in timeline().sheet.items] == ["published"]
    report = fictional_report()
    view = timeline(report=replace(report, article=replace(report.article, meta=Meta())))
    assert (view.sheet.items, len(view.undated)) == ((), 1)


def test_what_belongs_to_nothing_that_is_shown_is_left_out() -> None:
    assert len(timeline(Moment(0, 3, "2020", inferred=False, claim="no such claim")).sheet.items) == 1


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (["2024-03-01", "2024-W09"], [("26 Feb", "2024", "week"), ("1 Mar", "2024"), ("5 Mar", "2024")]),
        ([f"2024-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 20)], [("Jan", "2024"), ("Feb", "2024"), ("Mar", "2024")]),
        ([f"{year}-{month:02}" for year in (2022, 2023) for month in range(1, 13)], [("2022",), ("2023",), ("2024",)]),
        ([str(year) for year in range(2001, 2023)], [("2000s",), ("2010s",), ("2020s",)]),
    ],
)
def test_the_picture_is_as_fine_as_there_is_room_for(values: list[str], labels: list[tuple[str, ...]]) -> None:
    assert [column.lines for column in timeline(*map(moment, values)).picture.columns] == labels


def test_columns_count_what_was_said_and_told() -> None:
    picture = timeline(moment("2024-03-05"), moment("2024-03-05"), Moment(0, 3, "2023", inferred=True, quote="q1")).picture
    assert [(column.said, column.told, column.published) for column in picture.columns] == [(1, 0, False), (0, 2, True)]


def test_columns_that_find_no_room_are_counted() -> None:
    picture = timeline(*(moment(str(year)) for year in range(1700, 2020, 10))).picture
    assert (len(picture.columns), picture.left_out) == (14, 19)


def test_an_odd_date_of_publication_is_none() -> None:
    report = fictional_report()
    odd = replace(report, article=replace(report.article, meta=replace(report.article.meta, date="spring")))
    assert timeline(report=odd).sheet.items == ()


def test_values_for_readers() -> None:
    assert shown_value("2024-W10") == "week of 4 March 2024"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_reports_from_elsewhere_may_have_the_ends_of_the_calendar(day: str) -> None:
    report = fictional_report()
    values = ["0001", "0001-01", "0001-W01", "9999", "9999-12", "9999-W52", "0001-01-01", "9999-12-31"]
    view = timeline(*map(moment, values), report=replace(report, article=replace(report.article, meta=Meta(date=day))))
    assert sorted(entry.value for entry in view.sheet.items) == sorted([*values, day[:10]])
