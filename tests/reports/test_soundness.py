"""A report from elsewhere with any one thing amiss is refused in a line, or built: never a traceback."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date as day
from pathlib import Path
from typing import Any

import msgspec
import pytest
from attack_reports import attack_reports
from attempts import Limit
from broken_reports import Place, places, value_at

from onrecord.article import load_article
from onrecord.assembly.site import gather_corpus, gather_exports, render_site
from onrecord.errors import ReportsError
from onrecord.model import Alias, Findings, Report, Span, Withheld
from onrecord.reports.json import encode_report
from onrecord.reports.reading import find_reports
from onrecord.reports.soundness import _wrong, unsound
from tests.support.fictional import fictional_report
from tests.support.reports import full_report

OTHERS: dict[type, tuple[object, ...]] = {
    str: ("", "x9", "2024-02-31", "2024-W99"),
    int: (-1, 0, 10**6, 10**30),
    float: (-1, 10**30),
    list: ([],),
    dict: ({},),
    bool: (),
}
"""What a value becomes, by its type."""


def mutants(record: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The record with one thing gone, or with another value."""
    for path in places(record):
        for new in (None, *OTHERS.get(type(value_at(path, record)), ())):
            made = copy.deepcopy(record)
            holder = value_at(path[:-1], made)
            if new is None:
                del holder[path[-1]]
            else:
                holder[path[-1]] = new
            yield path, made


def taken(file: Path, record: dict[str, Any]) -> Report | None:
    """The report that is read; none where it is refused, in one line that says where."""
    file.write_bytes(msgspec.json.encode(record) + b"\n")
    try:
        return next(find_reports([str(file)]) or iter(()), None)  # without its provenance nothing tells it from an article
    except ReportsError as error:
        assert str(error).startswith(f"{file}:1: ") and "\n" not in str(error)
        return None


@pytest.mark.parametrize("part", ["report", "machine"])
def test_one_thing_amiss_is_refused_or_built(tmp_path: Path, part: str) -> None:
    whole = full_report() if part == "machine" else replace(full_report(), machine=None)
    kept = []
    for number, (path, record) in enumerate(mutants(msgspec.json.decode(encode_report(whole)))):
        if (path[0] == "machine") == (part == "machine") and path != ("article", "id"):
            if isinstance(article := record.get("article"), dict) and "id" in article:
                article["id"] = f"m{number}"
            report = taken(tmp_path / "r.jsonl", record)
            if report is not None:
                kept.append(report)
    assert len(kept) > 100
    pages, assets = render_site(gather_corpus(kept), style="file", for_review=True)
    assert sum(1 for asset in assets for _ in asset.chunks()) > 100
    assert sum(1 for _ in pages) > len(kept)
    assert sum(1 for file in gather_exports(kept, with_tei=True) for _ in file.chunks()) > len(kept)


def replaced(part: str, **changes: object) -> Report:
    """The full report with other values in it, or in what the program found by itself."""
    report = full_report()
    assert report.machine is not None
    return replace(report, machine=replace(report.machine, **changes)) if part == "machine" else replace(report, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["report", "machine"])
def test_every_reference_leads_to_something(part: str) -> None:
    found: Report | Findings | None = full_report() if part == "report" else full_report().machine
    assert found is not None
    quote, claim, relation, moment, pair = found.quotes[0], found.claims[0], found.relations[0], found.moments[0], found.comparisons[0]
    wrong_ids = [
        replaced(part, quotes=(replace(quote, speaker=replace(quote.speaker, others=("x9",))), *found.quotes[1:])),
        replaced(part, claims=(replace(claim, about=("x9",)), *found.claims[1:])),
        replaced(part, claims=(replace(claim, parent="x9"), *found.claims[1:])),
        replaced(part, relations=(replace(relation, target="x9"),)),
        replaced(part, moments=(replace(moment, claim="x9"),)),
        replaced(part, comparisons=(replace(pair, second="x9"),)),
        replaced(part, undecided=(replace(found.undecided[0], candidates=("x9",)),)),
    ]
    assert [unsound(report) for report in wrong_ids] == ["'x9' is the id of nothing in it"] * len(wrong_ids)
    assert unsound(replaced(part, quotes=(replace(quote, content=()), *found.quotes[1:]))) == f"{quote.id!r} has no words"
    assert unsound(full_report()) == ""


@pytest.mark.parametrize("part", ["report", "machine"])
def test_findings_hang_together(part: str) -> None:
    found = full_report()
    actor, quote, (claim, inner), pair = found.actors[0], found.quotes[0], found.claims, found.comparisons[0]
    told = {
        "'c1' is the id of more than one thing": replaced(part, quotes=(replace(quote, id="c1"),)),
        "'ledger' is the id of more than one thing": replaced(part, actors=(found.actors[1], *found.actors)),
        "'a b' is no id": replaced(part, actors=(replace(actor, id="a b"), *found.actors)),
        "'author' is the narrator, or has its id": replaced(part, actors=(replace(actor, id="author"), *found.actors)),
        "'k1' compares a claim with itself": replaced(part, comparisons=(replace(pair, second=pair.first),)),
        "'c1' is part of itself": replaced(part, claims=(replace(claim, parent="c2"), inner)),
        "the parts of 'q1' overlap, or are out of order": replaced(
            part, quotes=(replace(quote, content=(Span(50, 60), Span(41, 45))), *found.quotes[1:])
        ),
        "the mentions of 'brandt' are out of order": replaced(
            part, actors=(replace(actor, mentions=actor.mentions[::-1]), *found.actors[1:])
        ),
        "something stands at character 41 and has no words": replaced(part, quotes=(replace(quote, content=(Span(41, 41),)),)),
        "'Brandt' cannot stand in it -1 times": replaced(part, actors=(replace(actor, aliases=(Alias("Brandt", -1),)), *found.actors[1:])),
        "'q1' has a score that is not between 0 and 1": replaced(part, quotes=(replace(quote, score=float("nan")),)),
    }
    for message, report in told.items():
        # A quote that others refer to may be gone, too: what is told first depends on nothing but the report.
        assert message in set(_wrong(report))


def published(date: str) -> Report:
    """The full report, on an article of this day."""
    report = full_report()
    return replace(report, article=replace(report.article, meta=replace(report.article.meta, date=date)))


NOW = day(2026, 5, 2)


@pytest.mark.parametrize(
    "date", ["20260314", "99991231", "2026-W11-1", "2026W111", "20260314T101112", "2026-03-14 10:11", "2026-03", "0000-00-00"]
)
def test_a_date_is_one_as_our_own_articles_have_it(date: str) -> None:
    assert unsound(published(date), NOW) == f"its date {date!r} is none, or not written as 2017-08-31"


@pytest.mark.parametrize("date", ["0001-01-01", "0017-08-31", "9999-12-31", "0001-01-01T00:00:00+00:00", "2027-05-04"])
def test_a_date_that_stands_for_none_is_refused(date: str) -> None:
    assert unsound(published(date), NOW) == f"its date {date!r} stands for none"


@pytest.mark.parametrize("date", ["", "1400-01-01", "2026-03-14", "2027-05-03", "2026-03-14T10:11:12.5+02:00"])
def test_a_date_that_an_article_can_have_is_kept(date: str) -> None:
    assert unsound(published(date), NOW) == ""


@pytest.mark.parametrize("date", ["20260314", "2026-W11-1", "2026W111", "20260314T101112Z", "2026-03-14 10:11", "2026-03-14T10"])
def test_however_an_article_writes_its_date_its_report_is_sound(date: str, tmp_path: Path) -> None:
    words = f"<article><p>{'Nobody spoke. ' * 40}</p></article>"
    page = f'<html><head><meta property="article:published_time" content="{date}"></head><body>{words}</body></html>'
    for name, content in (("a.md", f"---\ndate: '{date}'\n---\nWords."), ("b.html", page)):
        (tmp_path / name).write_text(content)
        read = load_article(tmp_path / name, now=NOW).meta.date
        assert read and unsound(published(read), NOW) == "", name


def test_the_day_on_which_reports_are_read_is_that_on_which_articles_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.jsonl").write_bytes(encode_report(published("2040-03-01")) + b"\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    with pytest.raises(ReportsError, match=r"r\.jsonl:1: its date '2040-03-01' stands for none; extract it anew"):
        list(find_reports([str(tmp_path / "r.jsonl")]) or ())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2200000000")
    assert len(list(find_reports([str(tmp_path / "r.jsonl")]) or ())) == 1


@pytest.mark.parametrize(("shown", "of"), [(-1, 2), (3, 2), (0, 10**12)])
def test_a_report_cannot_show_more_sentences_than_there_are(shown: int, of: int) -> None:
    report = full_report()
    withheld = replace(report, article=replace(report.article, withheld=Withheld("excerpts", (), of, shown)))
    assert f"it cannot show {shown} of {of} sentences" in set(_wrong(withheld))


@pytest.mark.parametrize("shown", [(Span(5, 9), Span(0, 3)), (Span(0, 5), Span(3, 9))])
def test_what_a_report_shows_stands_in_text_order(shown: tuple[Span, ...]) -> None:
    report = full_report()
    withheld = replace(report, article=replace(report.article, withheld=Withheld("excerpts", shown, 2, 1)))
    assert "what it shows of its text overlaps, or is out of order" in set(_wrong(withheld))


def test_a_thousand_claims_in_one_another_are_followed_without_a_stack() -> None:
    report = full_report()
    claims = tuple(replace(report.claims[1], id=f"c{number}", parent=f"c{number + 1}") for number in range(5_000))
    assert "'c0' is part of itself" in set(_wrong(replace(report, claims=(*claims, replace(claims[0], id="c5000", parent="c0")))))


def test_attacks_on_reports_come_to_nothing(tmp_path: Path) -> None:
    tally = attack_reports([encode_report(full_report()), encode_report(fictional_report())], tmp_path, 5, Limit.of(120, None))
    assert (tally.failed, sum(one.tried for one in tally.kinds.values())) == (0, 120), str(tally)
    assert 20 < sum(one.refused for one in tally.kinds.values()) < 110
