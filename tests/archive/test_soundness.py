"""A report from elsewhere with any one thing amiss is refused in a line, or built: never a traceback."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord.archive.reports import find_reports
from onrecord.archive.soundness import unsound
from onrecord.errors import ReportsError
from onrecord.gather import gather_corpus, gather_exports, render_site
from onrecord.model import Findings, Report
from onrecord.report_json import encode_report
from tests.reports import full_report

Path_ = tuple[str | int, ...]
OTHERS: dict[type, tuple[object, ...]] = {
    str: ("", "x9", "2024-02-31", "2024-W99"),
    int: (-1, 0, 10**6, 10**30),
    float: (-1, 10**30),
    list: ([],),
    dict: ({},),
    bool: (),
}
"""What a value becomes, by its type."""


def paths(value: object, at: Path_ = ()) -> Iterator[Path_]:
    """Where anything stands in some JSON."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*at, key)
        yield from paths(inner, (*at, key))


def value_at(path: Path_, record: object) -> Any:
    """What stands there."""
    return reduce(getitem, path, record)  # type: ignore[arg-type]


def mutants(record: dict[str, Any]) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """The record with one thing gone, or with another value."""
    for path in paths(record):
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
    loose = [
        replaced(part, quotes=(replace(quote, speaker=replace(quote.speaker, others=("x9",))), *found.quotes[1:])),
        replaced(part, claims=(replace(claim, about=("x9",)), *found.claims[1:])),
        replaced(part, claims=(replace(claim, parent="x9"), *found.claims[1:])),
        replaced(part, relations=(replace(relation, target="x9"),)),
        replaced(part, moments=(replace(moment, claim="x9"),)),
        replaced(part, comparisons=(replace(pair, second="x9"),)),
        replaced(part, undecided=(replace(found.undecided[0], candidates=("x9",)),)),
    ]
    assert [unsound(report) for report in loose] == ["'x9' is the id of nothing in it"] * len(loose)
    assert unsound(replaced(part, quotes=(replace(quote, content=()), *found.quotes[1:]))) == f"{quote.id!r} has no words"
    assert unsound(full_report()) == ""
