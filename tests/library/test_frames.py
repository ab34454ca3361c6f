"""Tables as data frames: the same cells as in an export, whatever library holds them."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord import OnrecordError, ReportView
from onrecord.assembly.site import gather_corpus
from onrecord.export.files import TABLES
from onrecord.export.table import scopes
from onrecord.library import views
from tests.support.reports import full_report, report

NAMES = [table.name for table in TABLES]


def cells(frame: Any, library: str) -> list[dict[str, Any]]:
    """The rows of a frame, with None where a cell is missing."""
    if library == "pandas":
        plain = frame.astype(object).where(frame.notna(), None)
        return [dict(row) for row in plain.to_dict("records")]
    rows: list[dict[str, Any]] = frame.to_dicts() if library == "polars" else frame.to_pylist()
    return rows


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("table", NAMES)
def test_a_frame_has_the_cells_of_the_export(table: str, library: Any) -> None:
    pytest.importorskip(library)
    made = full_report()
    found = {one.name: one for one in TABLES}[table]
    names = [column.name for column in found.columns]
    expected = [dict(zip(names, row, strict=True)) for row in found.rows(scopes(gather_corpus([made])))]
    frame = ReportView(made).to_frame(table, library)
    if any(isinstance(value, dict) for row in expected for value in row.values()):
        assert len(cells(frame, library)) == len(expected)  # a frame fills mappings up to the same keys
    else:
        assert cells(frame, library) == expected


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_whole_numbers_stay_whole_where_one_is_missing(library: Any) -> None:
    pytest.importorskip(library)
    frame = ReportView(full_report()).to_frame("sourcing", library)
    assert [row["first_start"] for row in cells(frame, library)] == [None, None, 54]
    kinds = str(frame.schema if library != "pandas" else frame.dtypes)
    assert "int64" in kinds.lower()


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_table_without_rows_has_its_columns(library: Any) -> None:
    pytest.importorskip(library)
    frame = ReportView(report()).to_frame("quotes", library)
    assert cells(frame, library) == []
    assert "speaker_name" in [str(name) for name in (frame.columns if library != "pyarrow" else frame.column_names)]


def test_a_table_that_there_is_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OnrecordError, match=r"to_frame\('quote'\): no such table; name one of articles, actors, mentions, quotes"):
        ReportView(report()).to_frame("quote")
    with pytest.raises(OnrecordError, match="makes no frames of 'excel'; name one of pandas, polars, pyarrow"):
        ReportView(report()).to_frame("quotes", "excel")  # type: ignore[arg-type]
    monkeypatch.setattr(views, "find_spec", lambda name: None)
    with pytest.raises(OnrecordError, match="needs pandas or polars or pyarrow, which is not installed; pip install pandas"):
        ReportView(report()).to_frame("quotes")
    with pytest.raises(OnrecordError, match="needs polars, which is not installed; pip install polars"):
        ReportView(report()).to_frame("quotes", "polars")
