"""Parquet from elsewhere: of other types, empty, cut short, and with values that Python cannot hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.article import parse_article
from onrecord.cli import main
from onrecord.errors import ArticleError, OnrecordError, ReportsError
from onrecord.model import SCHEMA_VERSION
from onrecord.reports.entries import Entry, find_entries
from onrecord.reports.json import encode_report
from onrecord.reports.reading import find_reports
from tests.support.fictional import fictional_report

arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")

WORDS = "Mayor Ana Petrov said that the ferry stays."
IDS, TEXTS = arrow.array(["a", "b"]), arrow.array([WORDS, WORDS])
BYTES = arrow.array([WORDS.encode(), b"\xff\xfe"], arrow.binary())
NOT_UTF8 = arrow.Array.from_buffers(arrow.string(), 2, BYTES.buffers())


def table(folder: Path, **columns: Any) -> Path:
    parquet.write_table(arrow.table(columns), folder / "r.parquet")
    return folder / "r.parquet"


def entries(folder: Path, **columns: Any) -> list[Entry]:
    return list(find_entries([table(folder, **columns)]))


def problem(entry: Entry) -> str:
    with pytest.raises(ArticleError) as told:
        entry.raw()
    return str(told.value).partition("r.parquet")[2]


# --- columns -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("text", arrow.array([1, 2])),
        ("text", arrow.array([["a"], ["b"]])),
        ("text", arrow.array([{"a": "b"}, {"a": "c"}])),
        ("text", arrow.array([[("a", "b")], []], arrow.map_(arrow.string(), arrow.string()))),
        ("text", BYTES),
        ("id", arrow.nulls(2)),
        ("id", arrow.array([1.5, 2.5])),
        ("id", arrow.array([True, False])),
        ("id", BYTES),
        ("title", arrow.array([1.0, float("nan")])),
        ("title", arrow.array([["a"], ["b"]])),
        ("date", arrow.array([1, 2])),
        ("date", arrow.array([1, 2], arrow.time64("ns"))),
        ("date", arrow.array([1, 2**62], arrow.duration("ns"))),
        ("date", arrow.array([1, 2], arrow.timestamp("s", "Mars/Phobos"))),
    ],
    ids=range(15),
)
def test_a_column_of_another_type_is_told_once(tmp_path: Path, column: str, values: Any) -> None:
    (bad,) = entries(tmp_path, **{"id": IDS, "text": TEXTS, column: values})
    assert problem(bad).startswith(f": its column {column} is of the type {str(values.type)[:4]}")


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"x": IDS}, ": has no column id"),
        ({"id": IDS, "title": TEXTS}, ": has none of the columns text, markdown, html"),
        ({}, ": has no column id"),
        ({"schema_version": IDS, "report": TEXTS}, ": holds reports, not articles"),
        ({"id": IDS[:0], "text": TEXTS[:0]}, ": holds no article"),
    ],
)
def test_a_table_of_something_else_is_told_once(tmp_path: Path, columns: dict[str, Any], told: str) -> None:
    (bad,) = entries(tmp_path, **columns)
    assert problem(bad).startswith(told)


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    parquet.write_table(arrow.Table.from_arrays([IDS, TEXTS, TEXTS], names=["id", "text", "text"]), tmp_path / "r.parquet")
    (bad,) = find_entries([tmp_path / "r.parquet"])
    assert problem(bad).startswith(": has 2 columns named text")


@pytest.mark.parametrize(
    "columns",
    [
        {"id": IDS.cast(arrow.large_string()), "text": TEXTS.cast(arrow.large_string())},
        {"id": IDS, "text": TEXTS.dictionary_encode()},
        {"id": arrow.array([1, 2**62]), "text": TEXTS, "title": arrow.nulls(2), "views": arrow.array([{"a": 1}, None])},
        {"id": IDS, "text": arrow.nulls(2), "html": TEXTS, "author": arrow.array([["A", "B"], None])},
    ],
    ids=["large", "dictionary", "numbers", "nulls"],
)
def test_texts_in_all_their_types_are_read(tmp_path: Path, columns: dict[str, Any]) -> None:
    assert [entry.raw().text for entry in entries(tmp_path, **columns)] == [WORDS, WORDS]


# --- values --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", [None, "UTC", "+05:30"])
def test_nanoseconds_are_left_out(tmp_path: Path, zone: str | None) -> None:
    times = arrow.array([1_600_000_000_123_456_789] * 2, arrow.timestamp("ns", zone))
    found = entries(tmp_path, id=IDS, text=TEXTS, date=times)
    assert [entry.raw().meta.date[:10] for entry in found] == ["2020-09-13"] * 2


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("date", arrow.array([0, 10**14], arrow.timestamp("s"))),
        ("date", arrow.array([0, -(2**62)], arrow.timestamp("us"))),
        ("date", arrow.array([0, 2**30], arrow.int32()).cast(arrow.date32())),
        ("title", NOT_UTF8),
        ("text", NOT_UTF8),
        ("id", NOT_UTF8),
    ],
    ids=["far", "long ago", "days", "title", "text", "id"],
)
def test_a_value_that_python_cannot_hold_costs_its_row_alone(tmp_path: Path, column: str, values: Any) -> None:
    good, bad = entries(tmp_path, **{"id": IDS, "text": TEXTS, column: values})
    assert parse_article(good.raw()).text == WORDS
    assert problem(bad).startswith(f":2: the column {column} cannot be read (")


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-20], lambda data: data[:4] + bytes(200) + data[204:], lambda data: b"", lambda data: b"PAR1PAR1"]
)
def test_a_broken_file_is_told_and_the_next_is_read(tmp_path: Path, damage: Any) -> None:
    bad, good = tmp_path / "r.parquet", tmp_path / "s.parquet"
    table(tmp_path, id=IDS, text=TEXTS).rename(good)
    bad.write_bytes(damage(good.read_bytes()))
    first, *rest = find_entries([bad, good])
    assert problem(first).startswith(": cannot be read (")
    assert len(rest) == 2


def test_a_codec_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*args: object, **how: object) -> None:
        raise arrow.ArrowNotImplementedError("Support for codec 'brotli' not built")

    file = table(tmp_path, id=IDS, text=TEXTS)
    monkeypatch.setattr(parquet.ParquetFile, "iter_batches", missing)
    (bad,) = find_entries([file])
    assert problem(bad).startswith(": cannot be read (Support for codec 'brotli' not built)")


def test_a_folder_that_is_called_like_a_table_holds_tables(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").mkdir()
    table(tmp_path / "x.parquet", id=IDS, text=TEXTS)
    assert len(list(find_entries([tmp_path / "x.parquet"]))) == 2


# --- reports -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values", [arrow.nulls(2), arrow.array([1, 2]), arrow.array([["x"], ["y"]]), arrow.array([{"x": 1}, None]), BYTES, NOT_UTF8, TEXTS]
)
def test_a_table_whose_reports_are_none_is_refused_in_a_line(tmp_path: Path, values: Any) -> None:
    file = table(tmp_path, schema_version=IDS, report=values)
    with pytest.raises(OnrecordError) as told:
        list(find_reports([str(file)]) or ())
    assert str(told.value).startswith(f"{file}:") and "\n" not in str(told.value)


def test_a_table_without_reports_is_refused(tmp_path: Path) -> None:
    file = table(tmp_path, schema_version=IDS[:0], report=TEXTS[:0])
    with pytest.raises(ReportsError, match="holds no report"):
        list(find_reports([str(file)]) or ())


def test_reports_beside_a_file_that_cannot_be_read_are_refused_for_what_is_wrong(tmp_path: Path) -> None:
    line = encode_report(fictional_report()).decode()
    good = table(tmp_path, schema_version=arrow.array([SCHEMA_VERSION]), report=arrow.array([line]))
    (tmp_path / "s.parquet").write_bytes(good.read_bytes()[:-9])
    with pytest.raises(ArticleError, match=r"s\.parquet: cannot be read"):
        find_reports([str(good), str(tmp_path / "s.parquet")])


def test_where_nothing_can_be_read_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "r.parquet").write_bytes(b"PAR1")
    (tmp_path / "s.jsonl").write_text('{"id": "a", "text": "Words."}')
    with pytest.raises(ArticleError, match=r"r\.parquet: cannot be read"):
        find_reports([str(tmp_path / "r.parquet")])
    assert find_reports([str(tmp_path / "r.parquet"), str(tmp_path / "s.jsonl")]) is None


@pytest.mark.parametrize("name", ["none.parquet", "none.jsonl", "none.jsonl.gz"])
@pytest.mark.parametrize("command", ["build", "pages", "export", "extract"])
def test_a_file_of_nothing_is_a_line_and_exit_code_2(tmp_path: Path, command: str, name: str) -> None:
    (tmp_path / name).touch()
    done = CliRunner().invoke(main, [command, str(tmp_path / name), "-o" if command == "extract" else "--out", str(tmp_path / "out")])
    told = [line for line in done.stderr.splitlines() if line.startswith(f"onrecord: {tmp_path}/{name}: ")]
    assert (done.exit_code, len(told), (tmp_path / "out").exists()) == (2, 1, False), done.output
