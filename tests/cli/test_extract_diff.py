"""``onrecord diff``: which places it reads, and what it prints. What differs is for tests/corpus/test_differences.py."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.reports.json import encode_report
from tests.cli.test_commands import articles, run
from tests.support.reports import full_report

__all__ = ["articles"]


@pytest.fixture
def readings(articles: Path) -> Path:
    """Two readings of the articles: in the second a sentence is gone and one has come."""
    assert run("extract", "in", "-o", "old.jsonl").exit_code == 0
    assert run("export", "in", "--out", "old").exit_code == 0
    (articles / "vote.md").write_text("# The vote\n\nTreasurer Bo Lind said nobody had counted the old coins.\n")
    (articles / "rain.txt").write_text("Rain.\n")
    (articles / "ferry.txt").unlink()
    assert run("extract", "in", "-o", "new.jsonl").exit_code == 0
    assert run("build", "in", "--out", "new", "--quiet").exit_code == 0
    return articles


@pytest.mark.parametrize(("old", "new"), [("old.jsonl", "new.jsonl"), ("old", "new"), ("old.jsonl", "new")])
def test_files_and_folders_are_compared(readings: Path, old: str, new: str) -> None:
    done = run("diff", old, new)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "+ article rain",
        "- article ferry",
        "  - Ana Petrov (reported): the ferry will stay",
        "  - Carla Mensah (direct): “Nobody asked us,”",
        "  - speaker Ana Petrov",
        "  - speaker Carla Mensah",
        "vote: its text has changed",
        "  + Bo Lind (reported): nobody had counted the old coins",
        "  - Bo Lind (reported): the fund was empty",
        "1 quote gained, 3 lost, 0 changed, in 1 of 1 article; 1 article gained, 1 lost",
    ]


def test_machines_get_the_same_as_json(readings: Path) -> None:
    record = json.loads(run("diff", "old.jsonl", "new.jsonl", "--json").stdout)
    assert (record["articles_gained"], record["articles_lost"], record["compared"]) == (["rain"], ["ferry"], 1)
    vote, ferry = record["articles"]
    assert [one["words"] for one in ferry["gained"]] == [] and len(ferry["lost"]) == 2
    assert [one["words"] for one in vote["gained"]] == ["nobody had counted the old coins"]


def test_they_are_also_a_page(readings: Path) -> None:
    done = run("diff", "old.jsonl", "new", "--html", "told/changes.html")
    assert (done.exit_code, done.stderr) == (0, "") and "- article ferry" in done.stdout
    page = Path("told/changes.html").read_text(encoding="utf-8")
    assert "Who says what: old.jsonl and new" in page and "nobody had counted the old coins" in page
    again = run("diff", "old.jsonl", "new", "--html", "old.jsonl")
    assert (again.exit_code, again.stdout) == (2, "") and again.stderr.startswith("onrecord: old.jsonl: ")


def test_the_exit_code_tells_only_where_it_is_asked(readings: Path) -> None:
    assert run("diff", "old.jsonl", "new.jsonl", "--exit-code").exit_code == 1
    same = run("diff", "old.jsonl", "old", "--exit-code")
    assert (same.exit_code, same.stdout) == (0, "0 quotes gained, 0 lost, 0 changed, in 0 of 2 articles\n")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("none", "none: no such file or folder; check the path"),
        ("in", "in: no reports there; make some with onrecord extract"),
        ("in/vote.md", "in/vote.md: no reports there; make some with onrecord extract"),
        ("other.jsonl", "other.jsonl:1: a report of version 0.1"),
    ],
)
def test_what_holds_no_reports_is_one_line(readings: Path, place: str, said: str) -> None:
    Path("other.jsonl").write_bytes(encode_report(replace(full_report(), schema_version="0.1")))
    for pair in ((place, "new.jsonl"), ("old.jsonl", place)):
        done = run("diff", *pair)
        assert done.exit_code == 2 and done.stdout == ""
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"onrecord: {said}")
