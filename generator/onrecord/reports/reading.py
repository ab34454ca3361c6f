"""Reading reports that were extracted before, from JSON lines or Parquet, for commands that take reports in place of articles.

Also: one message for many bad records. A file with ten thousand empty articles gets one line, with their number and the place of the first.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from onrecord.article.publication import today
from onrecord.errors import ArticleError, ArticleFault, ReportsError, visible
from onrecord.model import SCHEMA_VERSION, Report
from onrecord.reports.entries import JSON_LINES, PARQUET, RECORDS
from onrecord.reports.json import decode_report
from onrecord.reports.soundness import unsound
from onrecord.reports.storage import REPORTS, TEXT, columns_of, file_system, is_address, opened, read_rows
from onrecord.text.addresses import same_name

_COLUMN = "report"
"""The column of a table in which each row has a report as JSON."""
LONGEST_REPORT = 200_000_000
"""The most bytes of a line. The report on the longest article that is read by default has a tenth of them."""
_SAVED = "report.json"
"""The name of an article's report among the files of an export."""
_ROWS = 64
"""How many rows of a table are held at once."""


class _Head(msgspec.Struct):
    """The fields that tell a report from other JSON, and its version."""

    schema_version: str = ""
    provenance: Any = None


def find_reports(paths: Iterable[str]) -> Iterator[Report] | None:
    """The reports at these places, each read when it is asked for; None where the places hold articles.

    A place is a file of ``onrecord extract``, or the folder that ``--engine dask`` wrote. Raises :class:`ReportsError` where there are both
    reports and articles, for a report of another version, and for two of one id; and :class:`ArticleError` where nothing can be read.
    """
    given = tuple(paths)
    files = {path: _files(path) for path in given}
    unread: dict[str, ArticleError] = {}
    holding = [path for path in given if files[path] and _holds_reports(files[path][0], unread)]
    if not holding:
        if given and all(files[path] and files[path][0] in unread for path in given):
            raise next(iter(unread.values()))
        return None  # whoever reads articles will say what cannot be read
    # From here on at least one place holds reports, so that all of them must.
    for path in given:
        if path not in holding:
            raise unread.get(files[path][0] if files[path] else "") or ReportsError(
                f"{path}: holds no reports, and {holding[0]} does; give either reports or articles"
            )
    return _read(file for path in given for file in files[path])


def saved_reports(folder: Path) -> Iterator[Report] | None:
    """The reports that ``onrecord export`` or ``build`` wrote into a folder, each in a file for its article; None where there are none.
    Raises :class:`ReportsError` for one of another version, and for two of one id."""
    files = sorted(map(str, folder.rglob(_SAVED))) if folder.is_dir() else []
    return _read(files) if files else None


def _files(path: str) -> tuple[str, ...]:
    """The files at a place that may hold reports: the file that is named, or the parts in the folder; none for other files and folders."""
    if is_address(path):
        system, root = file_system(path)
        parts = [system.unstrip_protocol(file) for file in sorted(system.glob(f"{root.rstrip('/')}/{REPORTS}/part-*.parquet"))]
    else:
        parts = [str(file) for file in sorted(Path(path).glob(f"{REPORTS}/part-*.parquet"))]
    return tuple(parts) or ((path,) if path.lower().endswith(RECORDS) and (is_address(path) or Path(path).is_file()) else ())


def _holds_reports(file: str, unread: dict[str, ArticleError]) -> bool:
    """Whether a file holds reports. One that cannot be read does not; why is noted in ``unread``."""
    try:
        if file.lower().endswith(PARQUET):
            return {_COLUMN, "schema_version"} <= {name for name, _ in columns_of(file)}
        with opened(file) as lines:
            first = next((line for line in iter(partial(lines.readline, LONGEST_REPORT), b"") if line.strip()), b"")
    except ArticleError as error:
        unread[file] = error
        return False
    return bool(_head(first).provenance)


def _head(line: bytes | str) -> _Head:
    """The fields by which a report is known; empty where the line is no JSON object."""
    try:
        return msgspec.json.decode(line, type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _Head()


def _read(files: Iterable[str]) -> Iterator[Report]:
    places: dict[str, str] = {}
    file, now = "", today()
    for file in files:
        reports: Iterator[bytes | str] = _lines(file) if file.lower().endswith((*JSON_LINES, _SAVED)) else _rows(file)
        for number, line in enumerate(reports, 1):
            place = f"{file}:{number}"
            report = _report(line, place, now)
            # Two articles of one id would be written to the same page, also where only their case differs and the file system ignores it.
            earlier = places.setdefault(same_name(report.article.id), place)
            if earlier != place:
                raise ReportsError(f"{place}: its article has the id of that at {earlier}, {report.article.id}; give each an id of its own")
            yield report
    if not places:
        raise ReportsError(f"{file}: holds no report; make reports with onrecord extract")


def _report(line: bytes | str, place: str, now: date) -> Report:
    """The report in a line. Raises :class:`ReportsError` for one that is none, is of another version, or could not be shown safely."""
    head = _head(line)
    if not head.provenance:
        raise ReportsError(f"{place}: no report; make reports with onrecord extract")
    if head.schema_version != SCHEMA_VERSION:
        raise ReportsError(f"{place}: a report of version {head.schema_version}, and this onrecord reads {SCHEMA_VERSION}; extract it anew")
    try:
        report = decode_report(line)
    except msgspec.DecodeError as error:
        raise ReportsError(f"{place}: not what onrecord schema describes ({error}); extract it anew") from error
    if wrong := unsound(report, now):
        raise ReportsError(f"{place}: {wrong}; extract it anew")
    return report


def _lines(file: str) -> Iterator[bytes]:
    with opened(file) as lines:
        while line := lines.readline(LONGEST_REPORT + 1):
            if len(line) > LONGEST_REPORT:
                raise ReportsError(f"{file}: has a line of more than {LONGEST_REPORT:,} bytes, which is no report; extract it anew")
            yield line


def _rows(file: str) -> Iterator[str]:
    """The reports in a table, as JSON; an empty text for a row without one, so that the numbers of rows hold."""
    for row in read_rows(file, {_COLUMN: (TEXT,)}, _ROWS):
        yield row[_COLUMN] if isinstance(row[_COLUMN], str) else ""


MOST = 1_000
"""How many different faults are held at once, until all records with them are counted."""
_PLACE = re.compile(r"(.+):([0-9]+)", re.DOTALL)
_VALUES = re.compile(r"\(.*\)|'[^']*'|\"[^\"]*\"|\S*[0-9]\S*", re.DOTALL)
"""The parts of a message that differ from record to record: what is in parentheses or quotation marks, and every word with a digit. Two
messages that are the same without them tell of the same fault."""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that is left out, or several records of one file with the same fault."""

    file: str
    number: int
    """The number of its line or row, from 1; the smallest of several."""
    message: str
    """What is wrong with the first, beginning with the colon after its place: ": the article is empty"."""
    count: int = 1
    """How many records have the fault."""

    @property
    def fault(self) -> tuple[str, str]:
        """What records must have in common to be told of together: the file, and the message without the values of this record."""
        return self.file, _VALUES.sub("", self.message)

    def __str__(self) -> str:
        """The message for the user."""
        if self.count == 1:
            return f"{self.file}:{self.number}{self.message}"
        unit = "row" if self.file.lower().endswith(PARQUET) else "line"
        return f"{self.file}: {self.count:,} records, the first at {unit} {self.number}{self.message}"

    def with_another(self, other: BadRecord) -> BadRecord:
        """Both as one, with the message of the one that comes first in the file."""
        return replace(min(self, other, key=lambda one: one.number), count=self.count + other.count)


def bad_record(place: str, message: str) -> BadRecord | None:
    """A message about the record at a place (``archive/ferry.jsonl:17``), in parts; None where the place is not that of a record.

    >>> str(bad_record("archive/ferry.jsonl:17", "ferry.jsonl:17: the article is empty"))
    'archive/ferry.jsonl:17: the article is empty'
    """
    shown = visible(place)  # messages have names of files escaped
    found = _PLACE.fullmatch(shown)
    if found is None or not found[1].lower().endswith(RECORDS):
        return None
    named = next((name for name in (shown, posixpath.basename(shown)) if message.startswith(f"{name}:")), None)
    return BadRecord(found[1], int(found[2]), f": {message}" if named is None else message.removeprefix(named))


@dataclass(slots=True)
class BadRecords:
    """Collects records that are left out, and puts those with the same fault together."""

    _held: dict[tuple[str, str], BadRecord] = field(default_factory=dict)

    def add(self, record: BadRecord) -> bool:
        """Counts a record. Returns False, without counting it, where its fault is new and too many faults are held already."""
        known = self._held.get(record.fault)
        if known is None and len(self._held) >= MOST:
            return False
        self._held[record.fault] = record if known is None else known.with_another(record)
        return True

    def taken(self) -> Iterator[BadRecord]:
        """One record for each fault, in the order in which the faults were met. Afterwards none is held."""
        held, self._held = self._held, {}
        yield from held.values()


@dataclass(slots=True)
class Telling:
    """Tells the user what is wrong with entries: of an article in its own file at once, of bad records when their file has ended, since
    only then it is known how many there are."""

    tell: Callable[[ArticleError], None]
    _file: str = ""
    _records: BadRecords = field(default_factory=BadRecords)

    def reach(self, place: str) -> None:
        """Must be called for every entry before it is read: a new file means that the one before has ended."""
        file = place.rpartition(":")[0]
        if file != self._file:
            self.end()
        self._file = file

    def add(self, place: str, problem: ArticleError) -> None:
        """Takes what is wrong with an entry. A defect of the program is always told by itself, because it has a traceback."""
        record = None if isinstance(problem, ArticleFault) else bad_record(place, str(problem))
        if record is None:
            self.tell(problem)
        elif not self._records.add(record):
            self.end()
            self._records.add(record)

    def end(self) -> None:
        """Tells of all records that are still held."""
        for record in self._records.taken():
            self.tell(ArticleError(str(record)))
