"""Reports that were extracted before, from JSON lines or Parquet, in place of the articles that they are on. Of many bad records with one
fault one line tells, with how many they are and where the first is.
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

from onrecord.archive.entries import JSON_LINES, PARQUET, RECORDS
from onrecord.archive.parts import REPORTS
from onrecord.archive.soundness import unsound
from onrecord.archive.storage import TEXT, columns_of, file_system, is_address, opened, read_rows
from onrecord.article.publication import today
from onrecord.errors import ArticleError, ArticleFault, ReportsError
from onrecord.messages import visible
from onrecord.model import SCHEMA_VERSION, Report
from onrecord.reports.json import decode_report
from onrecord.text.addresses import same_name

_COLUMN = "report"
"""The column of a table in which each row has a report as JSON."""
LONGEST_REPORT = 200_000_000
"""Bytes of a line; a report on the longest article that is read by default has a tenth of it."""
_ROWS = 64
"""How many rows of a table are held at once."""


class _Head(msgspec.Struct):
    """What tells a report from other JSON, and one that can be read from one that cannot."""

    schema_version: str = ""
    provenance: Any = None


def find_reports(paths: Iterable[str]) -> Iterator[Report] | None:
    """The reports that are at these places, each read when it is asked for; none where articles are.

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
    for path in given:
        if path not in holding:
            raise unread.get(files[path][0] if files[path] else "") or ReportsError(
                f"{path}: holds no reports, and {holding[0]} does; give either reports or articles"
            )
    return _read(file for path in given for file in files[path])


def _files(path: str) -> tuple[str, ...]:
    """The files that may hold reports: one that is named, or the parts in a folder."""
    if is_address(path):
        system, root = file_system(path)
        parts = [system.unstrip_protocol(file) for file in sorted(system.glob(f"{root.rstrip('/')}/{REPORTS}/part-*.parquet"))]
    else:
        parts = [str(file) for file in sorted(Path(path).glob(f"{REPORTS}/part-*.parquet"))]
    return tuple(parts) or ((path,) if path.lower().endswith(RECORDS) and (is_address(path) or Path(path).is_file()) else ())


def _holds_reports(file: str, unread: dict[str, ArticleError]) -> bool:
    """Whether reports are in a file; what cannot be read is noted, and none are."""
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
    try:
        return msgspec.json.decode(line, type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _Head()


def _read(files: Iterable[str]) -> Iterator[Report]:
    places: dict[str, str] = {}
    file, now = "", today()
    for file in files:
        reports: Iterator[bytes | str] = _lines(file) if file.lower().endswith(JSON_LINES) else _rows(file)
        for number, line in enumerate(reports, 1):
            place = f"{file}:{number}"
            report = _report(line, place, now)
            earlier = places.setdefault(same_name(report.article.id), place)
            if earlier != place:
                raise ReportsError(f"{place}: its article has the id of that at {earlier}, {report.article.id}; give each an id of its own")
            yield report
    if not places:
        raise ReportsError(f"{file}: holds no report; make reports with onrecord extract")


def _report(line: bytes | str, place: str, now: date) -> Report:
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
    """The reports in a table; an empty text where a row has none."""
    for row in read_rows(file, {_COLUMN: (TEXT,)}, _ROWS):
        yield row[_COLUMN] if isinstance(row[_COLUMN], str) else ""


MOST = 1_000
"""Faults that are held at once, each until all that have it are counted."""
_PLACE = re.compile(r"(.+):([0-9]+)", re.DOTALL)
_VALUES = re.compile(r"\(.*\)|'[^']*'|\"[^\"]*\"|\S*[0-9]\S*", re.DOTALL)
"""What a message says of one record alone: what stands in parentheses or in quotation marks, and every word with a digit."""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that is left out, or the first of several with its fault."""

    file: str
    number: int
    """Of its line or row, from 1."""
    said: str
    """What is wrong, from the colon on that follows the place."""
    count: int = 1
    """How many have the fault."""

    @property
    def fault(self) -> tuple[str, str]:
        """The file, and what is said but for the values that this record has there."""
        return self.file, _VALUES.sub("", self.said)

    def __str__(self) -> str:
        """The line that tells of them."""
        if self.count == 1:
            return f"{self.file}:{self.number}{self.said}"
        unit = "row" if self.file.lower().endswith(PARQUET) else "line"
        return f"{self.file}: {self.count:,} records, the first at {unit} {self.number}{self.said}"

    def with_another(self, other: BadRecord) -> BadRecord:
        """The two as one: as that says it which comes first."""
        return replace(min(self, other, key=lambda one: one.number), count=self.count + other.count)


def bad_record(place: str, message: str) -> BadRecord | None:
    """What a message says of the record at a place (``archive/ferry.jsonl:17``); none where it is no place of a record.

    >>> str(bad_record("archive/ferry.jsonl:17", "ferry.jsonl:17: the article is empty"))
    'archive/ferry.jsonl:17: the article is empty'
    """
    shown = visible(place)
    found = _PLACE.fullmatch(shown)
    if found is None or not found[1].lower().endswith(RECORDS):
        return None
    named = next((name for name in (shown, posixpath.basename(shown)) if message.startswith(f"{name}:")), None)
    return BadRecord(found[1], int(found[2]), f": {message}" if named is None else message.removeprefix(named))


@dataclass(slots=True)
class BadRecords:
    """Records that are left out, by their faults."""

    _held: dict[tuple[str, str], BadRecord] = field(default_factory=dict)

    def add(self, record: BadRecord) -> bool:
        """Counts a record; not where its fault would be one more than are held."""
        known = self._held.get(record.fault)
        if known is None and len(self._held) >= MOST:
            return False
        self._held[record.fault] = record if known is None else known.with_another(record)
        return True

    def taken(self) -> Iterator[BadRecord]:
        """One for each fault, in the order in which they were met; from then on none is held."""
        held, self._held = self._held, {}
        yield from held.values()


@dataclass(slots=True)
class Telling:
    """Tells what is wrong with entries, one after the other: of one by itself at once, of records when their file has ended."""

    tell: Callable[[ArticleError], None]
    _file: str = ""
    _records: BadRecords = field(default_factory=BadRecords)

    def reach(self, place: str) -> None:
        """To be called for every entry, before it is read."""
        file = place.rpartition(":")[0]
        if file != self._file:
            self.end()
        self._file = file

    def add(self, place: str, problem: ArticleError) -> None:
        """Takes what is wrong with an entry. A defect of the program has a traceback, and is told by itself."""
        record = None if isinstance(problem, ArticleFault) else bad_record(place, str(problem))
        if record is None:
            self.tell(problem)
        elif not self._records.add(record):
            self.end()
            self._records.add(record)

    def end(self) -> None:
        """Tells of all that was not told of."""
        for record in self._records.taken():
            self.tell(ArticleError(str(record)))
