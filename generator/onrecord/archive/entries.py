"""The articles of an archive one after the other (files, lines of JSONL, rows of Parquet), each id once."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from onrecord.archive.storage import (
    DATE,
    NULL,
    NUMBER,
    OTHER,
    TEXT,
    TEXTS,
    Odd,
    columns_of,
    columns_with,
    file_system,
    is_address,
    open_place,
    opened,
    read_rows,
    unreadable,
)
from onrecord.article import Source, article_ids, read_source
from onrecord.article.folder import Folder, article_at, articles_in, folder_at
from onrecord.article.front_matter import KEYS
from onrecord.article.read import FORMATS, LARGEST_FILE, decode_source
from onrecord.article.records import COLUMNS, CONTENT, ID, is_mode_column, may_be_read, parse_record, record_id, tell_unread
from onrecord.article.text_mode import is_mode_key
from onrecord.errors import ArticleError, OnrecordError
from onrecord.manifest import DASK, MARKER, UnlistedError, decode_manifest
from onrecord.permalinks.lock import NO_LOCK, Lock
from onrecord.text.addresses import same_name

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
class UnreadEntry:
    """A file of records that cannot be read, or not to its end, or that holds none; or a folder that cannot be read."""

    place: str
    problem: str

    def named(self) -> str:
        """Nothing."""
        return ""

    def source(self) -> Source:
        """Nothing: raises :class:`ArticleError`."""
        raise ArticleError(self.problem)


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
            twice = _twice(self.line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ArticleError(f"{self.place}: no JSON object in UTF-8 ({error}); write one record a line") from error
        if twice:
            raise ArticleError(f"{self.place}: the key {twice!r} stands more than once in the record; keep one")
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
        for name, value in self.row.items():
            if isinstance(value, Odd):
                raise ArticleError(f"{self.place}: the column {name} cannot be read ({value.why}); write it anew")
        return _source(self.row, self.place)


@dataclass(frozen=True, slots=True)
class RepeatedEntry:
    """An article that has the id of an earlier one; see :mod:`onrecord.archive.entries`."""

    place: str
    id: str
    first: str
    """The place of the earlier one."""

    def named(self) -> str:
        """The id that it was given."""
        return self.id

    def source(self) -> Source:
        """Nothing: raises :class:`ArticleError`."""
        raise ArticleError(f"{self.place}: its id {self.id!r} is that of {self.first}; give each an id of its own")


Entry = FileEntry | UnreadEntry | LineEntry | RowEntry | RepeatedEntry


class _Named(msgspec.Struct):
    """As much of a record as names it, and tells it from a report."""

    id: Any = None
    schema_version: Any = None
    provenance: Any = None


def _id(given: object) -> str:
    try:
        return record_id(given, "")
    except ArticleError:
        return ""


def _twice(line: bytes) -> str:
    """A key that stands more than once in a record, of which readers take one or the other; empty where none does."""
    keys = Counter(key for key, _ in json.loads(line, object_pairs_hook=list))
    return next((key for key, count in keys.items() if count > 1), "")


def _source(record: Mapping[str, Any], place: str) -> Source:
    if "schema_version" in record:
        raise ArticleError(f"{place}: a report, not an article; give reports to onrecord build, pages or export")
    return parse_record(record, place)


@dataclass(frozen=True, slots=True)
class Found:
    """What a path or an address stands for."""

    places: tuple[str, ...]
    """Of files with an article, or with many."""
    folder: Folder | None = None
    """Where it is a folder of this machine."""
    reports: tuple[Path, ...] = ()
    """Files of records in the folder that hold reports, as ``onrecord extract`` writes them, and are left out."""

    def told(self) -> Iterator[str]:
        """A line for each of the files of reports that are left out."""
        for path in self.reports:
            yield f"{path}: holds reports, not articles, and is left out; give reports to onrecord build, pages or export"


def find_entries(paths: Iterable[str | Path], lock: Lock = NO_LOCK, *, without: Iterable[Path] = ()) -> Iterator[Entry]:
    """Every article that the paths and addresses stand for, in their order, without having more than a few of the records in memory.

    A folder stands for the articles in it and below; one without any stands for the JSONL and Parquet files in it. The files' names
    are all taken first, so that each gets an id of its own, or keeps that which ``lock`` has. What the program wrote is not among them, nor
    what is written now or read for something else, the files and folders ``without``. A folder below that cannot be read is an entry that
    says so, and so is a file of records, after those of it that could. Raises :class:`ArticleError` for a place where there is nothing.
    """
    yield from entries_in([found_at(path, without) for path in paths], lock)


def entries_in(found: Sequence[Found], lock: Lock = NO_LOCK) -> Iterator[Entry]:
    """Every article in what some paths stand for, as :func:`find_entries`."""
    places = tuple(dict.fromkeys(place for one in found for place in one.places))
    files = [Path(place) for place in places if not place.lower().endswith(RECORDS)]
    ids = iter(article_ids(files, lock.ids_of(files)))
    for place in places:
        if place.lower().endswith(RECORDS):
            yield from _records(place)
        else:
            yield FileEntry(place, next(ids))
    folders = (one.folder for one in found if one.folder)
    problems = {str(problem): str(folder.name) for folder in folders for problem in folder.problems}
    yield from (UnreadEntry(place, problem) for problem, place in problems.items())


# --- finding -------------------------------------------------------------------------------------------------------


def found_at(path: str | Path, without: Iterable[Path] = ()) -> Found:
    """What a path or an address stands for. Raises :class:`ArticleError` where there is nothing."""
    if is_address(str(path)):
        return Found(tuple(_remote(str(path))))
    here = Path(path)
    if here.is_dir():
        return _in_folder(folder_at(here, without))
    if here.is_file() and here.name.lower().endswith(RECORDS):
        return Found((str(path),))
    return Found((str(article_at(here)),))


def _in_folder(folder: Folder) -> Found:
    records = [path for path in folder.files if path.name.lower().endswith(RECORDS) and folder.holds(path)]
    reports = tuple(path for path in records if _begins_with_report(str(path)))
    if not folder.articles() and (places := tuple(str(path) for path in records if path not in reports)):
        return Found(places, folder, reports)
    if not folder.articles() and reports and not folder.problems:
        raise ArticleError(f"{reports[0]}: holds reports, and there is no article in {folder.name}; name the file of reports itself")
    return Found(tuple(map(str, articles_in(folder))), folder, reports)


def _begins_with_report(place: str) -> bool:
    """Whether the first record of a file is a report; a file that cannot be read has none."""
    try:
        if not place.lower().endswith(JSON_LINES):
            return {"schema_version", "report"} <= set(columns_of(place))
        with opened(place) as file:
            line = next((line for line in _whole_lines(file) if line is None or line.strip()), None)
        head = msgspec.json.decode((line or b"").removeprefix(b"\xef\xbb\xbf"), type=_Named)
        return bool(head.schema_version and head.provenance)
    except (OnrecordError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


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
        found = _of_the_user(system, sorted(system.find(path)), below)
    except OSError as error:
        raise unreadable(address, error) from error
    chosen = [file for file in found if file.lower().endswith(tuple(FORMATS))] or [file for file in found if file.lower().endswith(RECORDS)]
    if not chosen:
        raise ArticleError(f"{address}: no article there; put {', '.join((*FORMATS, *RECORDS))} files in it")
    yield from (system.unstrip_protocol(file) for file in chosen)


def _of_the_user(system: Any, files: Sequence[str], below: int) -> list[str]:
    """Those that are neither hidden, below a folder of which ``below`` counts the characters, nor written by this program."""
    markers = [file for file in files if file.endswith(f"/{MARKER}")]
    written = frozenset[str]().union(*(_written_by(system, marker, files) for marker in markers))
    return [file for file in files if "/." not in file[below:] and file not in written]


def _written_by(system: Any, marker: str, files: Sequence[str]) -> frozenset[str]:
    folder = marker.removesuffix(MARKER)
    try:
        manifest = decode_manifest(system.cat_file(marker), folder)
        listed = None if manifest.command == DASK else manifest.files
    except UnlistedError:
        listed = None
    return (
        frozenset(file for file in files if file.startswith(folder)) if listed is None else frozenset(f"{folder}{name}" for name in listed)
    )


# --- records -------------------------------------------------------------------------------------------------------


def _records(place: str) -> Iterator[Entry]:
    """What is in a file of records, up to where it can be read."""
    found = False
    try:
        for entry in _lines(place) if place.lower().endswith(JSON_LINES) else _rows(place):
            found = True
            yield entry
        if not found:
            yield UnreadEntry(place, f"{place}: holds no article; put one record in each line or row")
    except ArticleError as error:
        yield UnreadEntry(place, str(error))


def _lines(place: str) -> Iterator[Entry]:
    with opened(place) as file:
        for number, line in enumerate(_whole_lines(file), 1):
            if number == 1 and line is not None:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line is None or line.strip():
                yield LineEntry(f"{place}:{number}", line)


def _whole_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines; none in place of one that is too long."""
    while line := file.readline(LONGEST_LINE + 1):
        whole = len(line) <= LONGEST_LINE
        yield line if whole else None
        while not whole and line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)


def _rows(place: str) -> Iterator[Entry]:
    columns = columns_of(place)
    _check_columns(place, columns)
    names = [name for name, _ in columns]
    wanted = dict.fromkeys(columns_with(place, is_mode_key), _ANYTHING) | _holding(names)
    tell_unread([name for name in names if name not in wanted], place)
    yield from (RowEntry(f"{place}:{number}", row) for number, row in enumerate(read_rows(place, wanted, _ROWS), 1))


def _check_columns(place: str, columns: Sequence[tuple[str, str]]) -> None:
    """Raises :class:`ArticleError` for a table that is not one of articles: of it, each row would say the same."""
    names = [name for name, _ in columns]
    if "schema_version" in names:
        raise ArticleError(f"{place}: holds reports, not articles; give reports to onrecord build, pages or export")
    if ID not in names:
        raise ArticleError(f"{place}: has no column {ID}; give each article a text or a number of its own there")
    if not any(name in CONTENT for name in names):
        raise ArticleError(f"{place}: has none of the columns {', '.join(CONTENT)}; put each article's words in one of them")
    if {kind for name, kind in columns if name in CONTENT} == {NULL}:
        empty = ", ".join(name for name in CONTENT if name in names)
        raise ArticleError(f"{place}: holds no article: {empty} is nothing in every row; put each article's words there")


_HOLDING = {
    **dict.fromkeys(COLUMNS, (TEXT, DATE, NULL)),
    **dict.fromkeys(KEYS["byline"], (TEXT, TEXTS, NULL)),
    **dict.fromkeys(CONTENT, (TEXT, NULL)),
    ID: (TEXT, NUMBER),
}
"""What each column of a table may hold."""
_ANYTHING = (TEXT, NUMBER, DATE, TEXTS, NULL, OTHER)


def _holding(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The columns that are read, and what each may hold: how much may be shown is a text, and what may be meant for that is anything."""
    return {name: _HOLDING.get(name, (TEXT, NULL) if is_mode_column(name) else _ANYTHING) for name in names if may_be_read(name)}


def tell_repeats(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, each when it is asked for; in place of one that has the id of an earlier one, an entry that says so.

    What a file system cannot tell apart is one id. Ids seen are kept in a temporary file of SQLite once they are many,
    so that memory does not grow with the archive.
    """
    with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as seen:  # "": a file without a name, gone with it
        seen.execute("PRAGMA journal_mode = OFF")
        seen.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, place BLOB) WITHOUT ROWID")
        seen.execute("BEGIN")
        for entry in entries:
            id = entry.named()
            first = _first(seen, id, entry.place) if id else entry.place
            yield entry if first == entry.place else RepeatedEntry(entry.place, id, first)


def _first(seen: sqlite3.Connection, id: str, place: str) -> str:
    """Where the id was met first, which may be here."""
    key = _bytes(same_name(id))
    if seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, _bytes(place))).rowcount:
        return place
    (first,) = seen.execute("SELECT place FROM seen WHERE id = ?", (key,)).fetchone()
    return bytes(first).decode(errors="surrogatepass")


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")  # names of files need not be in UTF-8
