"""The bad records of a file: of many with one fault one line tells, which says how many they are and where the first is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from onrecord.archive.entries import PARQUET, RECORDS
from onrecord.errors import ArticleError, ArticleFault
from onrecord.messages import visible

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
