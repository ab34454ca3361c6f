"""What a worker does with a part of an archive: it reads its articles, extracts reports, writes them, and sets aside what it cannot.

A part that an earlier run has finished is left as it is. An article that raises an error is tried once more, and then set aside. An article
that ends the worker itself, by using up its memory, cannot be caught in this process; a :class:`Diary` kept elsewhere tells the next worker
which article it was.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, cast

import msgspec
from spacy.language import Language

from onrecord.archive.entries import Entry
from onrecord.archive.parts import Failure, Made, Parts, Row, row_of
from onrecord.article import RawArticle, parse_article
from onrecord.article.publication import is_placeholder, today
from onrecord.corrections.apply import apply_corrections
from onrecord.corrections.correction import Correction
from onrecord.errors import ArticleError, OnrecordError
from onrecord.extract.language import load_pipeline
from onrecord.messages import notes_gathered, one_line, visible
from onrecord.model import Report
from onrecord.options import LONGEST
from onrecord.reports.extraction import Reader
from onrecord.reports.pipeline import build_report

TRIES = 2
"""How many times an article may raise an error, or end its worker, before it is set aside."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker must know to make reports. ``load`` and ``build`` must be functions that another process can import."""

    target: str
    """Where the parts are written: a path or an address that every worker can reach."""
    reader: Reader
    corrections: tuple[Correction, ...] = ()
    longest: int = LONGEST
    """The most characters an article may have."""
    now: date = field(default_factory=today)
    """The day on which the archive is read: the same for all workers, whose clocks may differ."""
    load: Callable[[str], Language] = load_pipeline
    build: Callable[..., Report] = build_report

    def digest(self) -> str:
        """A digest of all that decides what report an article gets (program, model, corrections, options). It changes when any report
        might."""
        chosen = (self.reader.digest(), msgspec.json.encode(self.corrections).decode(), str(self.longest))
        return hashlib.sha256("\0".join(chosen).encode()).hexdigest()


@dataclass(slots=True)
class Diary:
    """Notes which article of a part is being read, in a place that outlives the worker.

    A note costs a message over the network for each article. So single articles are only noted from the second time on that a part is
    begun: the first time it is only noted that the part was begun.
    """

    number: int
    """The number of the part."""
    get: Callable[[], Any]
    """Returns what was noted last, for this part or another; None at first."""
    put: Callable[[dict[str, Any]], None]
    """Replaces what was noted."""
    _deaths: Counter[int] = field(default_factory=Counter)
    _careful: bool = False

    def open(self) -> Mapping[int, int]:
        """By the index of an article in this part how many workers ended while they read it. Notes that the part is begun."""
        said = self.get()
        if isinstance(said, dict) and said["part"] == self.number:
            self._careful = True
            self._deaths.update(dict(said["deaths"]))
            # The diary still names the article that was being read when the last worker ended.
            self._deaths.update([] if said["at"] is None else [said["at"]])
        self._write(None)
        return self._deaths

    def reading(self, article: int | None) -> None:
        """Notes by its index which article is read next; None for the end of the part."""
        if self._careful:
            self._write(article)

    def _write(self, article: int | None) -> None:
        self.put({"part": self.number, "at": article, "deaths": sorted(self._deaths.items())})


def make_part(entries: Sequence[Entry], job: Job, digest: str, pipeline: Callable[[], Language], diary: Diary) -> Made:
    """Writes the part with these articles, unless an earlier run has. ``digest`` is the job's; ``pipeline`` is only called if it is needed.

    Raises :class:`onrecord.errors.ModelError`, :class:`onrecord.errors.OutputError`.
    """
    parts = Parts.at(job.target)
    with notes_gathered():
        given = [_read(entry) for entry in entries]
    # The digest of the part is that of the job and the articles: if either changed, the part is made again.
    own = hashlib.sha256(b"\0".join([digest.encode(), *map(msgspec.json.encode, given), _dated(given, job.now)])).hexdigest()
    kept = parts.find(diary.number, own)
    if kept is not None:
        return kept
    # Only now, since loading takes seconds and a part that is kept needs no pipeline.
    nlp, deaths = pipeline(), diary.open()
    stages = _stages(job, nlp)
    found: list[Row | Failure] = []
    for place, (entry, raw) in enumerate(zip(entries, given, strict=True)):
        diary.reading(place)
        if isinstance(raw, Failure):
            found.append(raw)
        elif deaths.get(place, 0) >= TRIES:
            found.append(_death(entry.place, raw.id, deaths[place]))
        else:
            found.append(_row(entry.place, raw, stages))
    diary.reading(None)
    rows = [one for one in found if not isinstance(one, Failure)]
    return parts.write(diary.number, own, rows, [one for one in found if isinstance(one, Failure)])


_READING, _EXTRACTING = "reading", "extracting"


def _read(entry: Entry) -> RawArticle | Failure:
    """The article of an entry, or why it cannot be read."""
    try:
        return entry.raw()
    except Exception as error:  # a format may break its reader in ways that nobody has thought of
        return _failure(entry.place, "", _READING, error, 1)


def _dated(given: Sequence[RawArticle | Failure], now: date) -> bytes:
    """For each article whether its date is a placeholder on this day. A date in the future is one, and no longer when that day has come; so
    this is part of the digest."""
    return bytes(isinstance(one, RawArticle) and is_placeholder(one.meta.date, now) for one in given)


Stages = tuple[tuple[str, Callable[[Any], Any]], ...]
"""The steps from an article to its row, each with its name; each takes what the one before it returned."""


def _stages(job: Job, nlp: Language) -> Stages:
    """The steps from an article to its row."""
    own: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in job.corrections:
        own[correction.article].append(correction)
    build = partial(job.build, nlp=nlp, attribution=job.reader.attribution, gazetteer=job.reader.gazetteer)
    return (
        ("parsing", partial(parse_article, longest=job.longest, now=job.now)),
        (_EXTRACTING, build),
        ("correcting", lambda report: apply_corrections(report, own.get(report.article.id, []))),
        ("exporting", row_of),
    )


def _row(place: str, raw: RawArticle, stages: Stages) -> Row | Failure:
    """The row of an article's report, or why there is none. An article that is at fault itself is not tried twice."""
    for tried in range(1, TRIES + 1):
        made: Any = raw
        stage = ""
        try:
            for name, step in stages:
                stage = name
                made = step(made)
        except ArticleError as error:
            return _failure(place, raw.id, stage, error, tried)
        except OnrecordError:
            raise
        except Exception as error:  # whatever one article of a million does to the program must not cost the rest
            failure = _failure(place, raw.id, stage, error, tried)
        else:
            return cast(Row, made)
    return failure


def _death(place: str, id: str, tries: int) -> Failure:
    return Failure(visible(place), id, _EXTRACTING, "WorkerDied", "the worker ended while it read this article", tries)


def _failure(place: str, id: str, stage: str, error: Exception, tries: int) -> Failure:
    # Names of files need not be in UTF-8, and tables are.
    return Failure(visible(place), id, stage, type(error).__name__, one_line(error), tries)
