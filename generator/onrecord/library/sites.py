"""What reports are made into: a finished site, and data frames by whichever library for them is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import Any, Literal, get_args

from onrecord.assembly.site import gather_corpus
from onrecord.errors import OptionsError, OutputError
from onrecord.export.files import TABLES
from onrecord.export.table import Cell, CellType, Table, scopes
from onrecord.library.views import ReportView
from onrecord.model import Report
from onrecord.options import TextMode


def build(
    reports: Iterable[ReportView | Report],
    folder: str | PathLike[str],
    *,
    title: str | None = None,
    text: TextMode = "full",
    review: bool = False,
) -> Path:
    """Builds a finished site in a folder, as ``onrecord build`` does, and returns its first page.

    Of what is in the folder, the files are replaced that an earlier build wrote, in one step when all is done. ``title`` is by default that
    of a single article; ``text`` says how much of each article is shown; ``review`` adds the review queue, for editors. Raises
    :class:`onrecord.errors.OutputError` where the folder holds something else, or cannot be written to.
    """
    from mkdocs.exceptions import Abort

    from onrecord.assembly.mkdocs_run import SiteOptions, write_site
    from onrecord.assembly.write import replaced_folder

    plain = [one.value if isinstance(one, ReportView) else one for one in reports]
    if not plain:
        raise OutputError(f"{folder}: no report to build a site of; give at least one")
    told: list[str] = []
    with replaced_folder(Path(folder), "build") as fresh:
        try:
            write_site(fresh, gather_corpus(plain), SiteOptions(title=title or "", text=text, review=review), told.append)
        except Abort as stop:
            raise OutputError(f"{folder}: MkDocs stopped ({'; '.join(told) or stop}); mend that, and build again") from stop
    return Path(folder) / "index.html"


# --- data frames ----------------------------------------------------------------------------------------------------

FrameLibrary = Literal["pandas", "polars", "pyarrow"]
"""The libraries that make data frames; of those that are installed the first is taken."""


def frame_of(reports: Sequence[Report], table: str, library: FrameLibrary | None = None) -> Any:
    """A table over these reports as a data frame, with the columns of ``onrecord export`` and their types. A cell with nothing in it is
    missing (None, NA or null), whatever its type; lists and objects stay what they are.

    Raises :class:`OptionsError` for a table that there is not, and where the library is not installed.
    """
    found = {one.name: one for one in TABLES}
    if table not in found:
        raise OptionsError(f"to_frame({table!r}): no such table; name one of {', '.join(found)}")
    chosen = found[table]
    rows = list(chosen.rows(scopes(gather_corpus(reports))))
    columns = {column.name: [row[number] for row in rows] for number, column in enumerate(chosen.columns)}
    return _MAKERS[_library(library)](columns, chosen)


def _library(wanted: FrameLibrary | None) -> FrameLibrary:
    names: tuple[FrameLibrary, ...] = get_args(FrameLibrary)
    if wanted is not None and wanted not in names:
        raise OptionsError(f"to_frame: makes no frames of {wanted!r}; name one of {', '.join(names)}")
    there = [name for name in ((wanted,) if wanted else names) if find_spec(name) is not None]
    if not there:
        asked = wanted or " or ".join(names)
        raise OptionsError(f"to_frame: needs {asked}, which is not installed; pip install {wanted or names[0]}")
    return there[0]


_Columns = Mapping[str, list[Cell]]

_PANDAS: dict[CellType, str] = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
"""The types of pandas that can be missing. Others would make whole numbers fractions where one of them is."""


def _pandas(columns: _Columns, table: Table[Any]) -> Any:
    import pandas

    types = {column.name: _PANDAS.get(column.type, "object") for column in table.columns}
    return pandas.DataFrame({name: pandas.Series(cells, dtype=types[name]) for name, cells in columns.items()})


def _polars(columns: _Columns, table: Table[Any]) -> Any:
    import polars

    named = {"string": polars.String, "integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean}
    types = {column.name: named.get(column.type) for column in table.columns}
    return polars.DataFrame([polars.Series(name, cells, dtype=types[name], strict=False) for name, cells in columns.items()])


def _pyarrow(columns: _Columns, table: Table[Any]) -> Any:
    import pyarrow

    named = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}
    types = {column.name: named.get(column.type) for column in table.columns}
    return pyarrow.table({name: pyarrow.array(cells, type=types[name]) for name, cells in columns.items()})


_MAKERS: dict[FrameLibrary, Callable[[_Columns, Table[Any]], Any]] = {"pandas": _pandas, "polars": _polars, "pyarrow": _pyarrow}
