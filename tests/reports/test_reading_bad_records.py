"""One line for one fault of a file, however many of its records have it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.assembly.site import read_entries, stream_entries
from onrecord.cli import main
from onrecord.cli.extract import _Summary
from onrecord.errors import ArticleError, ArticleFault
from onrecord.reports import reading
from onrecord.reports.entries import find_entries
from onrecord.reports.reading import BadRecords, Telling, bad_record
from onrecord.reports.storage import Failure, Made

WORDS = "The ferry will stay, Mayor Ana Petrov said."
GOOD = json.dumps({"id": "good", "text": WORDS})
EMPTY = "one of the columns text, markdown, html must hold the article; filled here: none"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def summary(done: Result) -> list[str]:
    return [line.removeprefix("onrecord: ") for line in done.stderr.splitlines() if line.startswith("onrecord: ")]


# --- the same fault ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no JSON object in UTF-8 (trailing characters (byte 4)); write", "no JSON object in UTF-8 (Input data was truncated); write"),
        ("date '31.8.2017' is no ISO 8601 date; write it", "date '1.9.2017' is no ISO 8601 date; write it"),
        ("its id 'ferry' is that of r.jsonl:1; give", 'its id "d\'or" is that of r.jsonl:12; give'),
        ("500,001 characters are too many", "812,003 characters are too many"),
        ("the article is empty", "the article is empty"),
    ],
)
def test_a_fault_is_the_same_whatever_a_record_says_there(one: str, other: str) -> None:
    first, second = bad_record("in/r.jsonl:7", f"in/r.jsonl:7: {one}"), bad_record("in/r.jsonl:90", f"r.jsonl:90: {other}")
    assert first is not None and second is not None and first.fault == second.fault
    assert str(second.with_another(first)) == f"in/r.jsonl: 2 records, the first at line 7: {one}"
    assert str(second) == f"in/r.jsonl:90: {other}"


def test_faults_of_other_kinds_and_files_stay_apart() -> None:
    said = [("r.jsonl:1", "the article is empty"), ("r.jsonl:1", "the record has no id"), ("s.jsonl:1", "the article is empty")]
    faults = {record.fault for place, message in said if (record := bad_record(place, message))}
    assert len(faults) == 3


@pytest.mark.parametrize("place", ["in/r.jsonl", "in/a.md", "in/a.md:7", "s3://in/a.txt", "r.parquet:x"])
def test_what_is_no_record_is_told_by_itself(place: str) -> None:
    assert bad_record(place, f"{place}: is empty") is None


def test_names_that_a_terminal_would_obey_are_shown_as_messages_show_them() -> None:
    record = bad_record("in/\x1b[31m.parquet:3", str(ArticleError("in/\x1b[31m.parquet:3: the article is empty")))
    assert str(record) == "in/\\x1b[31m.parquet:3: the article is empty"


def test_no_more_faults_are_held_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 3)
    held, lines = BadRecords(), list[str]()
    added = [held.add(record) for letter in "abcda" if (record := bad_record("r.jsonl:1", letter))]
    assert added == [True, True, True, False, True]
    telling = Telling(lambda problem: lines.append(str(problem)))
    for number, letter in enumerate("abcda", 1):
        telling.add(f"r.jsonl:{number}", ArticleError(letter))
    assert lines == ["r.jsonl:1: a", "r.jsonl:2: b", "r.jsonl:3: c"]
    telling.end()
    assert lines[3:] == ["r.jsonl:4: d", "r.jsonl:5: a"]


def test_a_defect_keeps_its_traceback_and_is_told_at_once() -> None:
    fault, heard = ArticleFault("r.jsonl:1: parsing failed"), list[ArticleError]()
    Telling(heard.append).add("r.jsonl:1", fault)
    assert heard == [fault]


def test_what_is_wrong_with_a_file_is_told_when_it_has_ended(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text(f"{{\n{{\n{GOOD.replace('good', name)}\n")
    heard: list[str] = []
    articles = stream_entries(find_entries([tmp_path]), lambda problem: heard.append(str(problem)))
    assert next(articles).id == "a" and heard == []
    assert next(articles).id == "b" and [line.partition(":")[0][-7:] for line in heard] == ["a.jsonl"]
    articles.close()  # type: ignore[attr-defined]
    assert [line.partition(" records")[0][-9:] for line in heard] == [".jsonl: 2"] * 2


# --- the commands --------------------------------------------------------------------------------------------------

MANY = 500
ROWS = [{"id": f"n{number}", "text": WORDS} for number in range(40)]
LINES: dict[str, Callable[[], bytes]] = {
    "pretty": lambda: json.dumps([{"id": [row["id"]], "words": [row["text"]]} for row in ROWS], indent=1).encode(),
    "UTF-16": lambda: "\n".join(map(json.dumps, ROWS)).encode("utf-16"),
    "scalars": lambda: b'"ferry"\n17\nnull\ntrue\n' * 100,
    "no id": lambda: "\n".join(json.dumps({"text": row["text"]}) for row in ROWS).encode(),
    "no words": lambda: "\n".join(json.dumps({"id": row["id"], "date": f"{row['id']} May"}) for row in ROWS).encode(),
}


@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize("command", ["build", "extract"])
def test_lines_that_are_all_of_one_fault_are_one_line_and_exit_code_2(tmp_path: Path, command: str, lines: str) -> None:
    (tmp_path / "r.jsonl").write_bytes(LINES[lines]())
    done = run(command, tmp_path / "r.jsonl", "-o" if command == "extract" else "--out", tmp_path / "out")
    (line,) = summary(done)
    assert line.startswith(f"{tmp_path}/r.jsonl: ") and " records, the first at line 1: " in line
    assert (done.exit_code, (tmp_path / "out").exists()) == (2, False)


@pytest.mark.parametrize("kind", ["null", "string"])
@pytest.mark.parametrize("command", ["build", "pages", "export", "extract"])
def test_a_column_of_nothing_is_one_line_and_exit_code_2(tmp_path: Path, command: str, kind: str) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    ids = arrow.array([f"n{number}" for number in range(MANY)])
    parquet.write_table(arrow.table({"id": ids, "text": arrow.nulls(MANY, getattr(arrow, kind)())}), tmp_path / "r.parquet")
    done = run(command, tmp_path / "r.parquet", "-o" if command == "extract" else "--out", tmp_path / "out")
    assert summary(done) == [
        f"{tmp_path}/r.parquet: holds no article: text is nothing in every row; put each article's words there"
        if kind == "null"
        else f"{tmp_path}/r.parquet: {MANY} records, the first at row 1: {EMPTY}"
    ]
    assert (done.exit_code, (tmp_path / "out").exists()) == (2, False)


def test_bad_records_among_good_ones_are_told_once_for_each_fault(tmp_path: Path) -> None:
    bad = [*["{"] * 3, '{"id": "a"}', GOOD, '{"id": "b", "text": " "}', '{"id": "c", "text": ""}', GOOD, GOOD]
    (tmp_path / "r.jsonl").write_text("\n".join(bad))
    reading = read_entries(find_entries([tmp_path]))
    place = f"{tmp_path}/r.jsonl"
    assert [article.id for article in reading.articles] == ["good"]
    assert sorted(str(problem).split(" (")[0].split(";")[0] for problem in reading.problems) == [
        f"{place}: 2 records, the first at line 4: one of the columns text, markdown, html must hold the article",
        f"{place}: 2 records, the first at line 8: its id 'good' is that of {place}:5",
        f"{place}: 3 records, the first at line 1: no JSON object in UTF-8",
        f"{place}:6: the article is empty",
    ]


# --- Dask ----------------------------------------------------------------------------------------------------------


def part(number: int, *failures: Failure) -> Made:
    return Made(number, 0, failures, kept=False)


def test_of_parts_in_any_order_one_fault_of_a_file_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    def row(number: int) -> Failure:
        return Failure(f"in/r.parquet:{number}", "", "reading", "ArticleError", f"in/r.parquet:{number}: {EMPTY}", 1)

    dead = [Failure(f"in/r.parquet:{number}", "x", "extracting", "WorkerDied", "the worker ended", 2) for number in (7, 8)]
    summary = _Summary()
    for made in (
        part(1, *map(row, range(101, 201)), *dead),
        part(0, *map(row, range(1, 101))),
        part(2, Failure("a.md", "", "reading", "ArticleError", "a.md: is empty", 1)),
    ):
        summary.add(made)
    summary.finish()
    assert capsys.readouterr().err.splitlines() == [
        "onrecord: a.md: is empty",
        f"onrecord: in/r.parquet: 200 records, the first at row 1: {EMPTY}",
        "onrecord: in/r.parquet: 2 records, the first at row 7: WorkerDied: the worker ended",
    ]
    assert str(summary) == "0 reports, 0 of them there before; 203 articles set aside, see errors/"


def test_of_more_faults_than_are_told_the_table_has_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    summary = _Summary()
    summary.add(
        part(0, *(Failure(f"in/{number}.jsonl:1", "", "reading", "ArticleError", "the article is empty", 1) for number in range(90)))
    )
    summary.finish()
    assert len(capsys.readouterr().err.splitlines()) == 20 and summary.failures == 90
