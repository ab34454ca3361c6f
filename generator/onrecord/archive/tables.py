"""Rows of Parquet files, a few at a time: columns of a type that does not fit are the file's fault, values that Python cannot hold are
their row's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from onrecord.archive.storage import needed, open_place, unreadable
from onrecord.errors import ArticleError, OnrecordError

TEXT, NUMBER, DATE, TEXTS, NULL, OTHER = "text", "whole numbers", "dates", "lists of texts", "nothing", "something else"
"""What a column can hold: texts, whole numbers, dates with or without a time, lists of texts, nothing at all; or what none of these is."""
_SHOWN = 100
"""Characters that a message repeats of what a library says."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A value that Python cannot hold: a day of the year 300,000, a text that is not in UTF-8."""

    why: str


def columns_of(place: str) -> list[tuple[str, str]]:
    """The name of each of a table's columns, with what it can hold. Raises :class:`ArticleError` where the file cannot be read."""
    with _table(place) as table:
        return [(column.name, _kind(column.type)) for column in table.schema_arrow]


def columns_with(place: str, wanted: Callable[[str], bool]) -> list[str]:
    """The names of columns that hold values by name, one of whose names is ``wanted``. Raises as :func:`columns_of`."""
    with _table(place) as table:
        paths = [table.schema.column(number).path.split(".") for number in range(len(table.schema))]
    return list(dict.fromkeys(column for column, *within in paths if any(map(wanted, within))))


def read_rows(place: str, wanted: Mapping[str, Iterable[str]], most: int) -> Iterator[dict[str, Any]]:
    """Each row, with those of the columns ``wanted`` that there are, which may hold what they are mapped to; ``most`` are held at once.

    Raises :class:`ArticleError` where the file cannot be read, or has a column of another type, or two of one name.
    """
    with _table(place) as table:
        names = _fitting(place, table.schema_arrow, wanted)
        for batch in table.iter_batches(most, columns=names):
            yield from _rows(batch, names)


@contextmanager
def _table(place: str) -> Iterator[Any]:
    """The file, opened. Whatever the library raises over it, of whatever kind, is told as what it is: a file that cannot be read."""
    parquet = needed("pyarrow.parquet", by=place)
    try:
        with open_place(place) as file, parquet.ParquetFile(file) as table:
            yield table
    except OnrecordError:
        raise
    except Exception as error:
        raise unreadable(place, error) from error


def _fitting(place: str, schema: Any, wanted: Mapping[str, Iterable[str]]) -> list[str]:
    """The names of the columns that are there of those wanted."""
    found = Counter(name for name in schema.names if name in wanted)
    for name, count in found.items():
        if count > 1:
            raise ArticleError(f"{place}: has {count} columns named {name}; give each a name of its own")
        if _kind(type := schema.field(name).type) not in wanted[name]:
            fit = " or ".join(kind for kind in wanted[name] if kind != NULL)
            raise ArticleError(f"{place}: its column {name} is of the type {str(type)[:_SHOWN]}; make it one of {fit}")
    return list(found)


def _kind(type: Any) -> str:
    types = needed("pyarrow", by="Parquet").types
    if types.is_dictionary(type):
        return _kind(type.value_type)
    if types.is_list(type) or types.is_large_list(type):
        return TEXTS if _kind(type.value_type) == TEXT else OTHER
    kinds = {
        NULL: types.is_null(type),
        TEXT: types.is_string(type) or types.is_large_string(type) or types.is_string_view(type),
        NUMBER: types.is_integer(type),
        DATE: types.is_date(type) or (types.is_timestamp(type) and _is_known(type.tz)),
    }
    return next((kind for kind, holds in kinds.items() if holds), OTHER)


def _is_known(zone: str | None) -> bool:
    """Whether times of a zone can be told."""
    arrow = needed("pyarrow", by="Parquet")
    try:
        arrow.scalar(0, arrow.timestamp("us", zone)).as_py()
    except Exception:  # which depends on the library that knows zones
        return False
    return True


def _rows(batch: Any, names: list[str]) -> Iterator[dict[str, Any]]:
    columns = [_values(batch.column(place)) for place in range(len(names))]
    yield from (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)) if names else ({} for _ in range(batch.num_rows))


def _values(column: Any) -> list[Any]:
    """The values of a column, all at once where Python can hold them all. Of a time, nanoseconds are left out."""
    arrow = needed("pyarrow", by="Parquet")
    if arrow.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(arrow.timestamp("us", column.type.tz), safe=False)
    try:
        return list(column.to_pylist())
    except Exception:  # one value of another year or another encoding must not cost the rest
        return [_value(one) for one in column]


def _value(scalar: Any) -> object:
    try:
        return scalar.as_py()
    except Exception as error:
        return Odd(" ".join(str(error).split())[:_SHOWN])
