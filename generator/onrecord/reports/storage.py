"""Opening files on this machine and at addresses such as ``s3://bucket/folder``, packed with gzip or not; the rows of Parquet files, a few
at a time; and reports as Parquet files. The articles of an archive are cut into parts of a hundred.

``reports/part-00000017.parquet`` holds a row for each report of a part, ``errors/part-00000017.parquet`` one for each article that was set
aside. What readers filter and count by is in columns of its own (outlet, date, number of quotes). The whole report is one more column, as
JSON that ``onrecord schema`` describes: nested columns would change the type of the table with each change of the report, and few tools
read deeply nested ones.
"""

from __future__ import annotations

import gzip
import importlib
import io
import json
import posixpath
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, cast
from uuid import uuid4

import msgspec

from onrecord.errors import ArticleError, OnrecordError, OptionsError, OutputError
from onrecord.manifest import DASK, MARKER, Manifest, decode_manifest
from onrecord.model import Report
from onrecord.reports.json import encode_report

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


# --- reports in parts -------------------------------------------------------------------------------------------------


REPORTS, ERRORS = "reports", "errors"
"""The folders of the two tables."""
_ABOUT = b"onrecord"
"""The key in a part's footer under which it says what it was made from."""

_MAGIC = b"PAR1"
"""What every Parquet file begins with."""
_PART = re.compile(r"part-(\d{8,})\.parquet")

_COLUMNS: dict[str, tuple[str, Callable[[Report], str | int]]] = {
    "id": ("string", lambda report: report.article.id),
    "file": ("string", lambda report: report.article.file),
    "sha256": ("string", lambda report: report.article.sha256),
    "title": ("string", lambda report: report.article.meta.title),
    "byline": ("string", lambda report: report.article.meta.byline),
    "outlet": ("string", lambda report: report.article.meta.outlet),
    "date": ("string", lambda report: report.article.meta.date),
    "url": ("string", lambda report: report.article.meta.url),
    "characters": ("int32", lambda report: len(report.article.text)),
    "actors": ("int32", lambda report: len(report.actors)),
    "quotes": ("int32", lambda report: len(report.quotes)),
    "claims": ("int32", lambda report: len(report.claims)),
    "relations": ("int32", lambda report: len(report.relations)),
    "notices": ("int32", lambda report: len(report.notices)),
    "schema_version": ("string", lambda report: report.schema_version),
    "onrecord": ("string", lambda report: report.provenance.onrecord),
    "spacy": ("string", lambda report: report.provenance.spacy),
    "model": ("string", lambda report: report.provenance.model),
    "model_version": ("string", lambda report: report.provenance.model_version),
    "attribution": ("string", lambda report: report.provenance.attribution),
    "report": ("string", lambda report: encode_report(report).decode()),
}
"""The columns of a table of reports: the Arrow type of each, and its value for a report. An empty text means "not given"."""

Row = Mapping[str, str | int]
"""A row of the table of reports, by column."""


def row_of(report: Report) -> Row:
    """The row of a report."""
    return {name: value(report) for name, (_, value) in _COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that was set aside: a row of the table of errors."""

    place: str
    """The article's file; of a record also the line or row: ``archive.jsonl:17``."""
    id: str
    """The article's id; empty where not even that could be read."""
    stage: str
    """What was being done with the article: ``reading``, ``parsing``, ``extracting``, ``correcting``, ``exporting``."""
    kind: str
    """The name of the error's class."""
    error: str
    """What happened, on one line."""
    tries: int
    """How many times it was tried. An article that is at fault itself is not tried twice."""


@dataclass(frozen=True, slots=True)
class Made:
    """The result of a part."""

    number: int
    reports: int
    failures: tuple[Failure, ...]
    kept: bool
    """Whether it was there already, made from the same input by the same program, and was left as it is."""

    @property
    def articles(self) -> int:
        return self.reports + len(self.failures)


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder in which parts are written and found."""

    place: str
    """A path, or an address."""
    _system: Any = field(repr=False)
    _root: str = field(repr=False)

    @classmethod
    def at(cls, place: str) -> Parts:
        """The parts at a path or an address. The folder need not exist yet."""
        return cls(place, *file_system(place))

    def begin(self) -> None:
        """Makes the folder and its marker. Raises :class:`OutputError` where it holds files of anybody else, or cannot be written to."""
        marker = self._path(MARKER)
        try:
            if self._system.exists(self._root):
                if not self._system.isdir(self._root):
                    raise OutputError(f"{self.place}: is a file, not a folder; name another folder")
                self._check_marker(marker)
            self._put(marker, Manifest(DASK, {}).encode())
        except OSError as error:
            raise self._refused(error) from error

    def _check_marker(self, marker: str) -> None:
        """Raises :class:`OutputError` for a folder that somebody else, or another command, has filled."""
        if not self._system.exists(marker):
            if self._system.ls(self._root, detail=False):
                raise OutputError(f"{self.place}: holds files that onrecord did not write; name another folder, or empty this one")
            return
        command = decode_manifest(self._system.cat_file(marker), self.place).command
        if command != DASK:
            raise OutputError(f"{self.place}: was written by onrecord {command}; name another folder, or delete this one")

    def find(self, number: int, digest: str) -> Made | None:
        """The part from an earlier run, if it can be kept; else None. It can where both its files are whole and were made from what the
        digest stands for."""
        about = self._about(self._path(REPORTS, number))
        if about.digest != digest:
            return None
        failures: tuple[Failure, ...] = ()
        # Errors are written first. If that file is gone or older, somebody has tampered with the part, and it is made again.
        if about.errors:
            path = self._path(ERRORS, number)
            if self._about(path).digest != digest:
                return None
            failures = self._failures(path)
            if len(failures) != about.errors:
                return None
        return Made(number, about.reports, failures, kept=True)

    def write(self, number: int, digest: str, rows: Sequence[Row], failures: Sequence[Failure]) -> Made:
        """Writes the part. Errors are written before reports, so that a part with reports is whole, wherever the writing was interrupted.
        Raises :class:`OutputError`."""
        about = {"digest": digest, "reports": len(rows), "errors": len(failures)}
        errors = self._path(ERRORS, number)
        try:
            self._check_own(errors, self._path(REPORTS, number))
            if failures:
                self._put(errors, _parquet(_FAILURE, map(asdict, failures), about))
            # From an earlier run, in which an article was set aside that is sound now.
            elif self._system.exists(errors):
                self._system.rm_file(errors)
            self._put(self._path(REPORTS, number), _parquet({name: kind for name, (kind, _) in _COLUMNS.items()}, rows, about))
        except OSError as error:
            raise self._refused(error) from error
        return Made(number, len(rows), tuple(failures), kept=False)

    def end(self, count: int) -> None:
        """Removes the parts from number ``count`` on, which an earlier run on a longer archive left."""
        for folder in (REPORTS, ERRORS):
            for path in self._files(folder):
                number = _PART.fullmatch(posixpath.basename(path))
                if number and int(number[1]) >= count and self._is_own(path):
                    self._system.rm_file(path)

    def _check_own(self, *paths: str) -> None:
        """Raises :class:`OutputError` where a file that the program did not write has the name of a part."""
        for path in paths:
            if self._system.exists(path) and not self._is_own(path):
                raise OutputError(f"{path}: is no part that onrecord wrote; move it away, or name another folder")

    def _is_own(self, path: str) -> bool:
        """Whether the program wrote the file: its footer says so, or it is what a power cut leaves of a part (a beginning without a footer,
        zeros, or nothing)."""
        try:
            with self._system.open(path, "rb") as file:
                return _ABOUT in (needed("pyarrow.parquet", by=self.place).read_metadata(file).metadata or {})
        except Exception as error:
            _check_broken(error)
            return bool(self._system.cat_file(path, end=len(_MAGIC)) in (_MAGIC, bytes(len(_MAGIC)), b""))

    def _files(self, folder: str) -> list[str]:
        place = self._path(folder)
        return sorted(self._system.find(place)) if self._system.isdir(place) else []

    def _path(self, folder: str, number: int | None = None) -> str:
        return posixpath.join(self._root, folder, *([] if number is None else [f"part-{number:08}.parquet"]))

    def _failures(self, path: str) -> tuple[Failure, ...]:
        """The rows of a table of errors; empty where it is broken."""
        try:
            with self._system.open(path, "rb") as file:
                return tuple(Failure(**row) for row in needed("pyarrow.parquet", by=self.place).read_table(file).to_pylist())
        except Exception as error:
            _check_broken(error)
            return ()

    def _about(self, path: str) -> _About:
        """What a part says about itself in its footer; an empty value where there is no part, or a broken one."""
        try:
            with self._system.open(path, "rb") as file:
                found = needed("pyarrow.parquet", by=self.place).read_metadata(file).metadata or {}
            return msgspec.json.decode(found.get(_ABOUT, b"{}"), type=_About)
        except FileNotFoundError:
            return _About()
        except Exception as error:
            _check_broken(error)
            return _About()

    def _put(self, path: str, content: bytes) -> None:
        """Writes a file whole or not at all. An object store does so by itself; on a disk the file is written under another name and
        moved."""
        self._system.makedirs(posixpath.dirname(path), exist_ok=True)
        if "file" not in self._system.protocol:
            self._system.pipe_file(path, content)
            return
        fresh = posixpath.join(posixpath.dirname(path), f".{uuid4().hex}")
        try:
            self._system.pipe_file(fresh, content)
            self._system.mv(fresh, path)
        finally:
            if self._system.exists(fresh):
                self._system.rm_file(fresh)

    def _refused(self, error: OSError) -> OutputError:
        return OutputError(f"{self.place}: cannot be written ({error.strerror or error}); name a place that can be written to")


class _About(msgspec.Struct):
    """What a part says about itself in its footer."""

    digest: str = ""
    """The digest of all that it was made from: articles, options and program. Empty for what is no part."""
    reports: int = 0
    errors: int = 0


def _check_broken(error: Exception) -> None:
    """Raises the error of a place that cannot be read at the moment, such as one without permission: its part may well be whole. Whatever
    else Arrow raises over a part means that it is broken, and is made again."""
    if isinstance(error, OSError) and error.errno is not None:
        raise error


_FAILURE = {"place": "string", "id": "string", "stage": "string", "kind": "string", "error": "string", "tries": "int32"}


def _parquet(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]], about: Mapping[str, Any]) -> bytes:
    arrow, parquet = needed("pyarrow", by="Parquet"), needed("pyarrow.parquet", by="Parquet")
    schema = arrow.schema([(name, getattr(arrow, kind)()) for name, kind in columns.items()], metadata={_ABOUT: json.dumps(about)})
    content = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(list(rows), schema=schema), content, compression="zstd")
    return content.getvalue()
