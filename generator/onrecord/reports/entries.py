"""The articles of an archive, one after the other, each with an id of its own: files, lines of JSONL files, rows of Parquet files.

An entry says where an article is and can read it; reading is left to whoever needs the article, on another machine perhaps. What cannot be
read is an entry, too, whose :meth:`raw` raises: one bad record must not end the reading of a million.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from onrecord.article import RawArticle, article_ids, read_raw
from onrecord.article.folder import Folder, article_at, articles_in, folder_at
from onrecord.article.front_matter import KEYS
from onrecord.article.read import (
    COLUMNS,
    CONTENT,
    FORMATS,
    ID,
    LARGEST_FILE,
    decode_raw,
    is_mode_column,
    may_be_read,
    parse_feed,
    parse_record,
    record_id,
    tell_unread,
)
from onrecord.article.text_mode import is_mode_key
from onrecord.errors import ArticleError, OnrecordError
from onrecord.manifest import DASK, MARKER, UnlistedError, decode_manifest
from onrecord.reports.storage import (
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
from onrecord.text.addresses import same_name

JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
PARQUET = (".parquet",)
STANDARD_INPUT = "-"
"""Stands for the text on standard input, in place of a path."""
_ITS_NAME = "standard-input.txt"
FEEDS = (".rss", ".atom", ".xml")
"""Suffixes of feeds. They are read where they are named: in a folder such a file may be anything."""
RECORDS = (*JSON_LINES, *PARQUET)
"""Suffixes of files that hold many articles as records."""
_MANY = (*RECORDS, *FEEDS)

LONGEST_LINE = LARGEST_FILE  # a record holds one article, as a file does
"""The most bytes of a line of JSONL."""
_ROWS = 256
"""How many rows of a Parquet file are held at once."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """An article in a file of its own."""

    place: str
    """The path or the address of the file."""
    id: str

    def named(self) -> str:
        """The article's id."""
        return self.id

    def raw(self) -> RawArticle:
        """The content of the file. Raises :class:`ArticleError` where it cannot be read or is no article."""
        if self.place == STANDARD_INPUT:
            return replace(decode_raw(_ITS_NAME, _standard_input()), id=self.id)
        if not is_address(self.place):
            return replace(read_raw(self.place), id=self.id)
        try:
            with open_place(self.place) as file:
                return replace(decode_raw(self.place, file.read(LARGEST_FILE + 1)), id=self.id)
        except OSError as error:
            raise unreadable(self.place, error) from error


def _standard_input() -> bytes:
    """What is on standard input; of what is too large, just enough to tell that."""
    if sys.stdin is None or sys.stdin.closed:
        raise ArticleError("-: standard input is closed; open it, or name a file")
    return sys.stdin.buffer.read(LARGEST_FILE + 1)


@dataclass(frozen=True, slots=True)
class UnreadEntry:
    """What stands in for articles that nobody can reach: a file of records that cannot be read to its end or holds none, or a folder that
    cannot be read."""

    place: str
    problem: str

    def named(self) -> str:
        """An empty text: there is no id."""
        return ""

    def raw(self) -> RawArticle:
        """Nothing: raises :class:`ArticleError`."""
        raise ArticleError(self.problem)


@dataclass(frozen=True, slots=True)
class LineEntry:
    """An article in a line of JSONL."""

    place: str
    """The file, and the line's number from 1: ``archive.jsonl:17``."""
    line: bytes | None
    """The bytes of the line; None where it is too long to be held."""

    def named(self) -> str:
        """The article's id, without reading the rest of the line; empty where :meth:`raw` will raise."""
        try:
            return _id(msgspec.json.decode(self.line or b"", type=_Named).id)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return ""

    def raw(self) -> RawArticle:
        """The article in the line. Raises :class:`ArticleError` where it is no such record."""
        if self.line is None:
            raise ArticleError(f"{self.place}: the line has more than {LONGEST_LINE:,} bytes; put one article in a line")
        try:
            record = msgspec.json.decode(self.line, type=dict[str, Any])
            twice = _twice(self.line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ArticleError(f"{self.place}: no JSON object in UTF-8 ({error}); write one record a line") from error
        if twice:
            raise ArticleError(f"{self.place}: the key {twice!r} stands more than once in the record; keep one")
        return _raw(record, self.place)


@dataclass(frozen=True, slots=True)
class RowEntry:
    """An article in a row of Parquet."""

    place: str
    """The file, and the row's number from 1: ``archive.parquet:17``."""
    row: Mapping[str, Any]

    def named(self) -> str:
        """The article's id; empty where :meth:`raw` will raise."""
        return _id(self.row.get(ID))

    def raw(self) -> RawArticle:
        """The article in the row. Raises :class:`ArticleError` where it is no such record."""
        for name, value in self.row.items():
            if isinstance(value, Odd):
                raise ArticleError(f"{self.place}: the column {name} cannot be read ({value.why}); write it anew")
        return _raw(self.row, self.place)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article in an entry of a feed."""

    place: str
    """The file, and the entry's number from 1: ``feed.rss:17``."""
    found: RawArticle | ArticleError

    def named(self) -> str:
        """The article's id; empty where :meth:`raw` will raise."""
        return self.found.id if isinstance(self.found, RawArticle) else ""

    def raw(self) -> RawArticle:
        """The article in the entry. Raises :class:`ArticleError` where it has no words."""
        if isinstance(self.found, ArticleError):
            raise self.found
        return self.found


@dataclass(frozen=True, slots=True)
class RepeatedEntry:
    """An article that has the id of an earlier one, and is set aside; see :func:`tell_repeats`."""

    place: str
    id: str
    first: str
    """The place of the earlier one."""

    def named(self) -> str:
        """The id that both have."""
        return self.id

    def raw(self) -> RawArticle:
        """Nothing: raises :class:`ArticleError`."""
        raise ArticleError(f"{self.place}: its id {self.id!r} is that of {self.first}; give each an id of its own")


Entry = FileEntry | UnreadEntry | LineEntry | RowEntry | FeedEntry | RepeatedEntry


class _Named(msgspec.Struct):
    """The fields of a record that are needed to name it, and to tell it from a report."""

    id: Any = None
    schema_version: Any = None
    provenance: Any = None


def _id(given: object) -> str:
    """The id that a record gives, as text; empty where it is none."""
    try:
        return record_id(given, "")
    except ArticleError:
        return ""


def _twice(line: bytes) -> str:
    """A key that stands more than once in a record; empty where none does. Parsers of JSON silently take the first or the last, so that two
    programs would read two different articles."""
    keys = Counter(key for key, _ in json.loads(line, object_pairs_hook=list))
    return next((key for key, count in keys.items() if count > 1), "")


def _raw(record: Mapping[str, Any], place: str) -> RawArticle:
    # Files of articles and of reports have the same suffixes, and are easily mistaken for one another.
    if "schema_version" in record:
        raise ArticleError(f"{place}: a report, not an article; give reports to onrecord build, pages or export")
    return parse_record(record, place)


@dataclass(frozen=True, slots=True)
class Found:
    """The files that a path or an address stands for."""

    places: tuple[str, ...]
    """Paths and addresses of files with one article, or with many."""
    folder: Folder | None = None
    """The folder, where it is one on this machine; else None."""
    reports: tuple[Path, ...] = ()
    """Files in the folder that hold reports, as ``onrecord extract`` writes them. They are left out."""

    def told(self) -> Iterator[str]:
        """A message for each file of reports that is left out."""
        for path in self.reports:
            yield f"{path}: holds reports, not articles, and is left out; give reports to onrecord build, pages or export"


KnownIds = Callable[[Iterable[Path]], Mapping[Path, str]]
"""The ids that articles in some files have already; of the others it says nothing."""


def _no_ids(files: Iterable[Path]) -> Mapping[Path, str]:
    return {}


def find_entries(paths: Iterable[str | Path], ids_of: KnownIds = _no_ids, *, without: Iterable[Path] = ()) -> Iterator[Entry]:
    """Every article that the paths and addresses stand for, in their order. Of records only a few are in memory at once.

    A folder stands for the articles in it and below it; if it has none, for the JSONL and Parquet files there. Files that the program wrote
    are left out, and so are the files and folders ``without``: what is being written now, or read as something else. Names of files are
    collected before the first article is yielded, so that each gets an id of its own, or keeps the one that ``ids_of`` has for it.

    A folder below that cannot be read is an :class:`UnreadEntry`; so is a file of records, after those of its records that could be read.
    Raises :class:`ArticleError` for a path where there is nothing.
    """
    yield from entries_in([found_at(path, without) for path in paths], ids_of)


def entries_in(found: Sequence[Found], ids_of: KnownIds = _no_ids) -> Iterator[Entry]:
    """Every article in the files that some paths stand for; else as :func:`find_entries`."""
    places = tuple(dict.fromkeys(place for one in found for place in one.places))
    # Records bring ids of their own; files get theirs from their names, all at once, since a later file may need a number.
    files = [Path(_ITS_NAME if place == STANDARD_INPUT else place) for place in places if not place.lower().endswith(_MANY)]
    ids = iter(article_ids(files, ids_of(files)))
    for place in places:
        if place.lower().endswith(_MANY):
            yield from _records(place)
        else:
            yield FileEntry(place, next(ids))
    folders = (one.folder for one in found if one.folder)
    problems = {str(problem): str(folder.name) for folder in folders for problem in folder.problems}
    yield from (UnreadEntry(place, problem) for problem, place in problems.items())


# --- finding -------------------------------------------------------------------------------------------------------


def found_at(path: str | Path, without: Iterable[Path] = ()) -> Found:
    """The files that a path or an address stands for, as :func:`find_entries` says. Raises :class:`ArticleError` where there is nothing."""
    if str(path) == STANDARD_INPUT:
        return Found((STANDARD_INPUT,))
    if is_address(str(path)):
        return Found(tuple(_remote(str(path))))
    here = Path(path)
    if here.is_dir():
        return _in_folder(folder_at(here, without))
    if here.is_file() and here.name.lower().endswith(_MANY):
        return Found((str(path),))
    return Found((str(article_at(here)),))


def _in_folder(folder: Folder) -> Found:
    records = [path for path in folder.files if path.name.lower().endswith(RECORDS) and folder.holds(path)]
    reports = tuple(path for path in records if _begins_with_report(str(path)))
    # Records count only where there is no article file: a table beside articles is more likely to be about them.
    if not folder.articles() and (places := tuple(str(path) for path in records if path not in reports)):
        return Found(places, folder, reports)
    if not folder.articles() and reports and not folder.problems:
        raise ArticleError(f"{reports[0]}: holds reports, and there is no article in {folder.name}; name the file of reports itself")
    return Found(tuple(map(str, articles_in(folder))), folder, reports)


def _begins_with_report(place: str) -> bool:
    """Whether the first record of a file is a report. False for a file that cannot be read: whoever reads its articles will say why."""
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
    """The files that an address stands for, by the rules for paths of this machine."""
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
    """Those of the ``files`` that belong to the user: neither hidden nor written by this program. The first ``below`` characters of each
    are the folder that the user named, which may be hidden itself."""
    markers = [file for file in files if file.endswith(f"/{MARKER}")]
    written = frozenset[str]().union(*(_written_by(system, marker, files) for marker in markers))
    return [file for file in files if "/." not in file[below:] and file not in written]


def _written_by(system: Any, marker: str, files: Sequence[str]) -> frozenset[str]:
    """The files that the program wrote into the folder of a marker; all of them, where it lists none."""
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
    """The entries of a file of records, up to where it can be read; then one that says why it cannot be read further."""
    found = False
    try:
        read = _lines if place.lower().endswith(JSON_LINES) else _entries if place.lower().endswith(FEEDS) else _rows
        for entry in read(place):
            found = True
            yield entry
        if not found:
            yield UnreadEntry(place, f"{place}: holds no article; put one record in each line or row")
    except ArticleError as error:
        yield UnreadEntry(place, str(error))


def _entries(place: str) -> Iterator[Entry]:
    """The entries of a feed. Two of one title have different ids, by their numbers: they need not be one article."""
    with opened(place) as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise ArticleError(f"{place}: more than {LARGEST_FILE:,} bytes, which is no feed; take entries out of it")
    seen = set[str]()
    for number, found in enumerate(parse_feed(place, data), 1):
        if isinstance(found, RawArticle) and same_name(found.id) in seen:
            found = replace(found, id=f"{found.id}-entry-{number}")
        seen |= {same_name(found.id)} if isinstance(found, RawArticle) else set()
        yield FeedEntry(f"{place}:{number}", found)


def _lines(place: str) -> Iterator[Entry]:
    with opened(place) as file:
        for number, line in enumerate(_whole_lines(file), 1):
            if number == 1 and line is not None:
                line = line.removeprefix(b"\xef\xbb\xbf")  # the byte order mark that some editors write
            if line is None or line.strip():
                yield LineEntry(f"{place}:{number}", line)


def _whole_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file; None in place of one that is too long, which is passed over without being held."""
    while line := file.readline(LONGEST_LINE + 1):
        whole = len(line) <= LONGEST_LINE
        yield line if whole else None
        # The rest of a line that is too long is read in pieces and dropped.
        while not whole and line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)


def _rows(place: str) -> Iterator[Entry]:
    columns = columns_of(place)
    _check_columns(place, columns)
    names = [name for name, _ in columns]
    # Nested columns with a key for how much may be shown are read as well, to refuse them: nobody would honour the wish in there.
    wanted = dict.fromkeys(columns_with(place, is_mode_key), _ANYTHING) | _holding(names)
    tell_unread([name for name in names if name not in wanted], place)
    yield from (RowEntry(f"{place}:{number}", row) for number, row in enumerate(read_rows(place, wanted, _ROWS), 1))


def _check_columns(place: str, columns: Sequence[tuple[str, str]]) -> None:
    """Raises :class:`ArticleError` for a table that has no articles, once: else each of its rows would be an error of its own."""
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
"""What each column that is read may hold."""
_ANYTHING = (TEXT, NUMBER, DATE, TEXTS, NULL, OTHER)


def _holding(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The columns that are read, with what each may hold. The column that says how much may be shown must be a text. One whose name only
    looks like it may hold anything: it is read in order to refuse it, since a misspelt "no text" must not publish the text."""
    return {name: _HOLDING.get(name, (TEXT, NULL) if is_mode_column(name) else _ANYTHING) for name in names if may_be_read(name)}


def tell_repeats(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, with a :class:`RepeatedEntry` in place of each that has the id of an earlier one.

    Ids that a file system may not tell apart ("Vote", "vote") count as the same. Ids that were seen are kept by SQLite, which moves them to
    a temporary file once they are many, so that memory does not grow with the archive.
    """
    with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as seen:  # "": a file without a name, gone with it
        seen.execute("PRAGMA journal_mode = OFF")  # nothing is ever rolled back
        seen.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, place BLOB) WITHOUT ROWID")
        seen.execute("BEGIN")
        for entry in entries:
            id = entry.named()
            first = _first(seen, id, entry.place) if id else entry.place
            yield entry if first == entry.place else RepeatedEntry(entry.place, id, first)


def _first(seen: sqlite3.Connection, id: str, place: str) -> str:
    """The place where the id was met first, which may be this one."""
    key = _bytes(same_name(id))
    if seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, _bytes(place))).rowcount:
        return place
    (first,) = seen.execute("SELECT place FROM seen WHERE id = ?", (key,)).fetchone()
    return bytes(first).decode(errors="surrogatepass")


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")  # names of files need not be in UTF-8
