"""The articles of an archive one after the other, wherever they are: files, lines of JSONL, rows of Parquet.

An entry is what there is of an article before it is read. It is small and can be sent to another process, which then reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from onrecord.archive.places import file_system, is_address, needed, open_place, unreadable
from onrecord.article import Source, article_ids, find_articles, read_source
from onrecord.article.read import FORMATS, LARGEST_FILE, decode_source
from onrecord.article.records import ID, is_read, parse_record, record_id
from onrecord.errors import ArticleError
from onrecord.manifest import MARKER, has_marker, written_above
from onrecord.permalinks.lock import NO_LOCK, Lock

JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
PARQUET = (".parquet",)
RECORDS = (*JSON_LINES, *PARQUET)
"""Suffixes of files that hold many articles."""

LONGEST_LINE = LARGEST_FILE
"""Bytes."""
_ROWS = 256
"""How many rows of a Parquet file are taken at once."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """An article in a file of its own."""

    place: str
    """A path, or an address."""
    id: str

    def named(self) -> str:
        """Its id."""
        return self.id

    def source(self) -> Source:
        """What is in the file. Raises :class:`ArticleError`."""
        if not is_address(self.place):
            return replace(read_source(self.place), id=self.id)
        try:
            with open_place(self.place) as file:
                return replace(decode_source(self.place, file.read(LARGEST_FILE + 1)), id=self.id)
        except OSError as error:
            raise unreadable(self.place, error) from error


@dataclass(frozen=True, slots=True)
class LineEntry:
    """An article in a line of JSONL."""

    place: str
    """The file, and the line's number from 1: ``archive.jsonl:17``."""
    line: bytes | None
    """None where it is too long to be held."""

    def named(self) -> str:
        """Its id, without the work of reading the rest; empty where :meth:`source` will say what is wrong."""
        try:
            return _id(msgspec.json.decode(self.line or b"", type=_Named).id)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return ""

    def source(self) -> Source:
        """What the line says. Raises :class:`ArticleError`."""
        if self.line is None:
            raise ArticleError(f"{self.place}: the line has more than {LONGEST_LINE:,} bytes; put one article in a line")
        try:
            record = msgspec.json.decode(self.line, type=dict[str, Any])
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ArticleError(f"{self.place}: no JSON object in UTF-8 ({error}); write one record a line") from error
        return _source(record, self.place)


@dataclass(frozen=True, slots=True)
class RowEntry:
    """An article in a row of Parquet."""

    place: str
    """The file, and the row's number from 1: ``archive.parquet:17``."""
    row: Mapping[str, Any]

    def named(self) -> str:
        """Its id; empty where :meth:`source` will say what is wrong."""
        return _id(self.row.get(ID))

    def source(self) -> Source:
        """What the row says. Raises :class:`ArticleError`."""
        return _source(self.row, self.place)


@dataclass(frozen=True, slots=True)
class RepeatedEntry:
    """An article that has the id of an earlier one; see :mod:`onrecord.archive.repeats`."""

    place: str
    id: str
    first: str
    """The place of the earlier one."""

    def named(self) -> str:
        """The id that it was given."""
        return self.id

    def source(self) -> Source:
        """Nothing: raises :class:`ArticleError`."""
        raise ArticleError(f"{self.place}: its id {self.id} is that of {self.first}; give each an id of its own")


Entry = FileEntry | LineEntry | RowEntry | RepeatedEntry


class _Named(msgspec.Struct):
    """As much of a record as names it."""

    id: Any = None


def _id(given: object) -> str:
    try:
        return record_id(given, "")
    except ArticleError:
        return ""


def _source(record: Mapping[str, Any], place: str) -> Source:
    if "schema_version" in record:
        raise ArticleError(f"{place}: a report, not an article; give reports to onrecord build, pages or export")
    return parse_record(record, place)


def find_entries(paths: Iterable[str | Path], lock: Lock = NO_LOCK, *, without: Path | None = None) -> Iterator[Entry]:
    """Every article that the paths and addresses stand for, in their order, without having more than a few of the records in memory.

    A folder stands for the articles in it and below; one without any stands for the JSONL and Parquet files in it. The files' names
    are all taken first, so that each gets an id of its own, or keeps that which ``lock`` has. What the program wrote is not among them, nor
    is what it is about to write, the file ``without``. Raises :class:`ArticleError` for a place where there is nothing.
    """
    places = tuple(dict.fromkeys(place for path in paths for place in _places(str(path), without)))
    files = [Path(place) for place in places if not place.lower().endswith(RECORDS)]
    ids = iter(article_ids(files, lock.ids_of(files)))
    for place in places:
        if place.lower().endswith(JSON_LINES):
            yield from _lines(place)
        elif place.lower().endswith(PARQUET):
            yield from _rows(place)
        else:
            yield FileEntry(place, next(ids))


def local_files(paths: Iterable[str | Path], *, without: Path | None = None) -> Iterator[Path]:
    """The files of this machine in which :func:`find_entries` finds articles. Raises :class:`ArticleError`, as it does."""
    for path in paths:
        if not is_address(str(path)):
            yield from map(Path, _places(str(path), without))


# --- finding -------------------------------------------------------------------------------------------------------


def _places(path: str, without: Path | None) -> Iterator[str]:
    if is_address(path):
        yield from _remote(path)
        return
    here = Path(path)
    if here.is_file() and path.lower().endswith(RECORDS):
        yield path
        return
    own = written_above(here) | ({without.resolve()} if without else set())
    records = tuple(map(str, _record_files(here, here.resolve(), own))) if here.is_dir() else ()
    try:
        yield from map(str, find_articles([path], without=without))
    except ArticleError:
        if not records:
            raise
        yield from records


def _record_files(folder: Path, root: Path, own: Set[Path]) -> Iterator[Path]:
    """The files of records in a folder and below; as with articles, neither hidden ones nor links that lead out of it, nor what the
    program wrote: the files ``own``, and folders."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from () if has_marker(path) else _record_files(path, root, own)
        elif path.name.lower().endswith(RECORDS) and path.is_file() and path.resolve().is_relative_to(root) and path.resolve() not in own:
            yield path


def _remote(address: str) -> Iterator[str]:
    system, path = file_system(address)
    try:
        if not system.isdir(path):
            if not system.exists(path):
                raise ArticleError(f"{address}: nothing is there; check the address")
            if not address.lower().endswith((*FORMATS, *RECORDS)):
                raise ArticleError(f"{address}: not an article: its name must end in {', '.join((*FORMATS, *RECORDS))}; rename it")
            yield address
            return
        below = len(path.rstrip("/"))
        found = _of_the_user(sorted(system.find(path)), below)
    except OSError as error:
        raise unreadable(address, error) from error
    chosen = [file for file in found if file.lower().endswith(tuple(FORMATS))] or [file for file in found if file.lower().endswith(RECORDS)]
    if not chosen:
        raise ArticleError(f"{address}: no article there; put {', '.join((*FORMATS, *RECORDS))} files in it")
    yield from (system.unstrip_protocol(file) for file in chosen)


def _of_the_user(files: Sequence[str], below: int) -> list[str]:
    """Those that are neither hidden, below a folder of which ``below`` counts the characters, nor in one that this program wrote."""
    written = tuple(file.removesuffix(MARKER) for file in files if file.endswith(f"/{MARKER}"))
    return [file for file in files if "/." not in file[below:] and not file.startswith(written)]


# --- records -------------------------------------------------------------------------------------------------------


def _lines(place: str) -> Iterator[Entry]:
    try:
        with open_place(place) as file:
            for number, line in enumerate(_whole_lines(file), 1):
                if number == 1 and line is not None:
                    line = line.removeprefix(b"\xef\xbb\xbf")
                if line is None or line.strip():
                    yield LineEntry(f"{place}:{number}", line)
    except (OSError, EOFError) as error:  # cut short, or not what its name says
        raise unreadable(place, error) from error


def _whole_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines; none in place of one that is too long."""
    while line := file.readline(LONGEST_LINE + 1):
        whole = len(line) <= LONGEST_LINE
        yield line if whole else None
        while not whole and line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)


def _rows(place: str) -> Iterator[Entry]:
    parquet = needed("pyarrow.parquet", by=place)
    arrow = needed("pyarrow", by=place)
    number = 0
    try:
        with open_place(place) as file, parquet.ParquetFile(file) as table:
            for batch in table.iter_batches(_ROWS, columns=_known(table.schema_arrow.names)):
                for row in batch.to_pylist():
                    number += 1
                    yield RowEntry(f"{place}:{number}", row)
    except (OSError, arrow.ArrowException, UnicodeDecodeError) as error:
        raise unreadable(place, error) from error


def _known(names: Sequence[str]) -> list[str]:
    return [name for name in names if name == "schema_version" or is_read(name)]
