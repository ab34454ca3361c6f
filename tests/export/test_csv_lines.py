"""CSV: what another reader makes of it is what was written, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.export.files import BYTE_ORDER_MARK, csv_lines, guarded, json_lines, unguarded
from onrecord.export.table import Cell, Column, Scope, Table, scopes
from tests.support.fictional import fictional_corpus

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

SCOPE = next(scopes(fictional_corpus()))

HOSTILE = st.text(st.one_of(st.sampled_from("=+-@'\t\r\n\",;＝ a"), st.characters(codec="utf-8", exclude_characters="\0")))


def table_of(*cells: Cell) -> Table[Cell]:
    def items(scope: Scope) -> Iterator[Cell]:
        yield from cells

    columns: tuple[Column[Cell], ...] = (
        Column("cell", "string", "A cell.", lambda row: row.item),
        Column("after", "string", "One that never changes.", lambda row: "after"),
    )
    return Table("cells", "A cell.", items, columns, key="cell")


def read_back(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(HOSTILE)
@example("'=1+1")
@example("''")
@example("\r\n=cmd|' /C calc'!A0")
def test_any_text_comes_back_and_none_runs(text: str) -> None:
    (row,) = read_back(b"".join(csv_lines(table_of(text), table_of(text).rows([SCOPE]))))
    assert not row["cell"].startswith(FORMULA)
    assert unguarded(row["cell"]) == text
    assert row["after"] == "after"


@given(HOSTILE)
def test_json_lines_hold_any_text_as_it_is(text: str) -> None:
    (line,) = json_lines(table_of(text), table_of(text).rows([SCOPE]))
    assert json.loads(line) == {"cell": text or None, "after": "after"}
    assert line.count(b"\n") == 1


@pytest.mark.parametrize("text", ["'tis", "a=b", "1-2", "“=”", "’=", ""])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (True, "true"),
        (0, "0"),
        (0.812, "0.812"),
        (["=a", 'b"'], '["=a","b\\""]'),
        ({"say": 2}, '{"say":2}'),
        ([None], "[null]"),
    ],
)
def test_values_are_written_as_json_writes_them(cell: Cell, written: str) -> None:
    (row,) = read_back(b"".join(csv_lines(table_of(cell), table_of(cell).rows([SCOPE]))))
    assert row["cell"] == written
    assert not row["cell"].startswith(FORMULA)


def test_lines_end_as_the_standard_says_and_the_file_says_that_it_is_utf_8() -> None:
    lines = list(csv_lines(table_of("é"), table_of("é").rows([SCOPE])))
    assert lines == [f"{BYTE_ORDER_MARK}cell,after\r\n".encode(), "é,after\r\n".encode()]


def test_rows_are_made_one_at_a_time() -> None:
    made: list[int] = []

    def items(scope: Scope) -> Iterator[int]:
        for number in range(3):
            made.append(number)
            yield number

    columns: tuple[Column[Any], ...] = (Column("n", "integer", "A number.", lambda row: row.item),)
    table = Table("n", "A number.", items, columns, key="n")
    lines = csv_lines(table, table.rows([SCOPE]))
    next(lines)
    assert made == []
    next(lines)
    assert made == [0]
