"""Opening files on this machine and at addresses such as ``s3://bucket/folder``, packed with gzip or not; and reading the rows of Parquet
files, a few at a time.
"""

from __future__ import annotations

import gzip
import importlib
import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, cast

from onrecord.errors import ArticleError, OnrecordError, OptionsError

_TIMES = 200
"""How many times its packed size a file may unpack to. Text is packed to a third or a tenth and the most repetitive logs to a fiftieth,
while gzip can pack zeros to a thousandth: more than this is a bomb that is meant to fill the memory."""
_ANYHOW = 100_000_000
"""How many bytes are unpacked in any case, however small the packed file is."""


def unpacked(packed: BinaryIO) -> BinaryIO:
    """The content of a file that is packed with gzip. Closing it closes the packed file, too.

    Reading raises :class:`OSError`, :class:`EOFError` or :class:`zlib.error` where it is not gzip or is cut short, and :class:`OSError`
    where it is a bomb.
    """
    return cast(BinaryIO, io.BufferedReader(_Unpacked(packed), 1 << 16))


class _Unpacked(io.RawIOBase):
    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._file = gzip.GzipFile(fileobj=packed)
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read1(len(buffer))  # read() would lose what it had when the file ended early
        buffer[: len(data)] = data
        self._size += len(data)
        if self._size > max(_ANYHOW, _TIMES * self._packed.tell()):
            raise OSError(f"unpacks to more than {_TIMES} times its size, as no text does")
        return len(data)

    def close(self) -> None:
        self._file.close()
        self._packed.close()
        super().close()


EXTRA = "pip install 'onrecord[dask]'"
"""The command that installs the optional modules of archives."""


def is_address(place: str) -> bool:
    """Whether a place is an address, not a path of this machine.

    >>> is_address("s3://bucket/archive.parquet"), is_address("archive.parquet")
    (True, False)
    """
    return "://" in place


def absolute(place: str) -> str:
    """An absolute path, or the address as it is: the same from every working folder."""
    return place if is_address(place) else str(Path(place).absolute())


def needed(module: str, *, by: str) -> ModuleType:
    """An optional module. Raises :class:`OptionsError` where it is not installed, which says what needs it and how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise OptionsError(f"{by}: needs the module {error.name}; install it: {EXTRA}") from error


def file_system(place: str) -> tuple[Any, str]:
    """fsspec's file system of a place, and the place's path on it. Raises :class:`OptionsError` for an unknown kind of address."""
    core = needed("fsspec.core", by=place)
    try:
        system, path = core.url_to_fs(place)
    except (ImportError, ValueError) as error:  # an implementation that is not installed, or none of that name
        raise OptionsError(f"{place}: no such kind of place here ({error}); install what fsspec asks for, or name another") from error
    return system, str(path)


def open_place(place: str) -> BinaryIO:
    """The file there, to be read; one whose name ends in ``.gz`` is unpacked. Raises :class:`ArticleError`.

    Reading from it may raise other errors, which :func:`opened` turns into :class:`ArticleError`, too.
    """
    try:
        file = _as_it_is(place)
    except OSError as error:
        raise unreadable(place, error) from error
    return unpacked(file) if place.lower().endswith(".gz") else file


def _as_it_is(place: str) -> BinaryIO:
    if is_address(place):
        return cast(BinaryIO, needed("fsspec", by=place).open(place, "rb").open())
    if not Path(place).is_file() and Path(place).exists():
        raise ArticleError(f"{place}: is not a regular file; name a file")  # a pipe would be waited for for ever
    return Path(place).open("rb")


@contextmanager
def opened(place: str) -> Iterator[BinaryIO]:
    """As :func:`open_place`, for a block; what goes wrong while the file is read there is an :class:`ArticleError`,
    too: a file that is cut short, or not what its name says."""
    try:
        with open_place(place) as file:
            yield file
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(place, error) from error


def unreadable(place: str, error: Exception) -> ArticleError:
    """The error for a place that cannot be read, with what to do about it."""
    if why := getattr(error, "strerror", None):
        return ArticleError(f"{place}: cannot be read ({why}); check that it is there and its permissions")
    why = " ".join(str(error).split()) or type(error).__name__
    return ArticleError(f"{place}: cannot be read ({why}); check that it is whole, and what its name says")


TEXT, NUMBER, DATE, TEXTS, NULL, OTHER = "text", "whole numbers", "dates", "lists of texts", "nothing", "something else"
"""What a column can hold, in words for messages: texts, whole numbers, dates with or without a time, lists of texts, no value in any row,
or anything else."""
_SHOWN = 100
"""How many characters a message repeats of what a library says."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A value that Python cannot hold: a day of the year 300,000, a text that is not in UTF-8."""

    why: str


def columns_of(place: str) -> list[tuple[str, str]]:
    """The name of each of a table's columns, with what it can hold. Raises :class:`ArticleError` where the file cannot be read."""
    with _table(place) as table:
        return [(column.name, _kind(column.type)) for column in table.schema_arrow]


def columns_with(place: str, wanted: Callable[[str], bool]) -> list[str]:
    """The names of nested columns, with a field at any depth whose name is ``wanted``. Raises as :func:`columns_of`."""
    with _table(place) as table:
        paths = [table.schema.column(number).path.split(".") for number in range(len(table.schema))]
    return list(dict.fromkeys(column for column, *within in paths if any(map(wanted, within))))


def read_rows(place: str, wanted: Mapping[str, Iterable[str]], most: int) -> Iterator[dict[str, Any]]:
    """Each row of a table, with those of the columns ``wanted`` that it has. ``wanted`` maps each name to what the column may hold. At most
    ``most`` rows are held at once.

    Raises :class:`ArticleError` where the file cannot be read, or has a column of another type, or two of one name.
    """
    with _table(place) as table:
        names = _fitting(place, table.schema_arrow, wanted)
        for batch in table.iter_batches(most, columns=names):
            yield from _rows(batch, names)


@contextmanager
def _table(place: str) -> Iterator[Any]:
    """The table in a file. Whatever Arrow raises over a damaged file, of any class, becomes an :class:`ArticleError`."""
    parquet = needed("pyarrow.parquet", by=place)
    try:
        with open_place(place) as file, parquet.ParquetFile(file) as table:
            yield table
    except OnrecordError:
        raise
    except Exception as error:
        raise unreadable(place, error) from error


def _fitting(place: str, schema: Any, wanted: Mapping[str, Iterable[str]]) -> list[str]:
    """The names of the wanted columns that a table has. Raises :class:`ArticleError` for one that holds something else, or is there
    twice."""
    found = Counter(name for name in schema.names if name in wanted)
    for name, count in found.items():
        if count > 1:
            raise ArticleError(f"{place}: has {count} columns named {name}; give each a name of its own")
        if _kind(type := schema.field(name).type) not in wanted[name]:
            fit = " or ".join(kind for kind in wanted[name] if kind != NULL)
            raise ArticleError(f"{place}: its column {name} is of the type {str(type)[:_SHOWN]}; make it one of {fit}")
    return list(found)


def _kind(type: Any) -> str:
    """What a column of an Arrow type can hold."""
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
    """Whether times of a time zone can be read. Arrow takes any name for a zone, and only fails when a value is read."""
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
    """The values of a column. Nanoseconds are left out, which Python's times do not have."""
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
