"""Reports that were extracted before, from JSON lines or Parquet, in place of the articles that they are on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from onrecord.archive.entries import JSON_LINES, PARQUET, RECORDS
from onrecord.archive.parts import REPORTS
from onrecord.archive.soundness import unsound
from onrecord.archive.storage import file_system, is_address, opened
from onrecord.archive.tables import TEXT, columns_of, read_rows
from onrecord.article.publication import today
from onrecord.errors import ArticleError, ReportsError
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
