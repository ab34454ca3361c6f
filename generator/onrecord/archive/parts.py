"""Reports as Parquet files, in a folder on this machine or at an address. The articles of an archive are cut into parts of a hundred.

``reports/part-00000017.parquet`` holds a row for each report of a part, ``errors/part-00000017.parquet`` one for each article that was set
aside. What readers filter and count by is in columns of its own (outlet, date, number of quotes). The whole report is one more column, as
JSON that ``onrecord schema`` describes: nested columns would change the type of the table with each change of the report, and few tools
read deeply nested ones.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

import msgspec

from onrecord.archive.storage import file_system, needed
from onrecord.errors import OutputError
from onrecord.manifest import DASK, MARKER, Manifest, decode_manifest
from onrecord.model import Report
from onrecord.reports.json import encode_report

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
