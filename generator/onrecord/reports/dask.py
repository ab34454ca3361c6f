"""Extraction on Dask: the articles of an archive are sent to workers in parts, few at a time, and a part that was lost is sent again.

Needs the extra ``onrecord[dask]``. Only this module knows Dask: queues, workers that come and go, processes that are started again.

A worker reads the articles of its part, extracts reports, writes them, and sets aside what it cannot. A part that an earlier run has
finished is left as it is. An article that raises an error is tried once more, and then set aside. An article that ends the worker itself,
by using up its memory, cannot be caught in this process; a :class:`Diary` kept elsewhere tells the next worker which article it was.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from time import monotonic, sleep
from typing import Any, cast
from uuid import uuid4

import dask
import msgspec
from distributed import Client, Future, KilledWorker, LocalCluster, WorkerPlugin, as_completed, get_worker
from distributed.utils import sync
from spacy.language import Language

from onrecord.article import RawArticle, parse_article
from onrecord.article.publication import is_placeholder, today
from onrecord.corrections.apply import apply_corrections
from onrecord.corrections.correction import Correction
from onrecord.errors import ArticleError, EngineError, OnrecordError, notes_gathered, one_line, visible
from onrecord.extract.language import load_pipeline
from onrecord.model import Report
from onrecord.options import LONGEST
from onrecord.reports.entries import Entry, FileEntry, tell_repeats
from onrecord.reports.extraction import Reader
from onrecord.reports.pipeline import build_report
from onrecord.reports.storage import Failure, Made, Parts, Row, absolute, row_of

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


# --- the scheduler ----------------------------------------------------------------------------------------------------


PART = 100
"""How many articles a part has: some twenty seconds of work, which is all that is done again when a worker is lost."""
_AHEAD = 2
"""How many parts are sent for each thread of a worker: one to work on, and one that waits there, so that the thread is never idle."""
_PATIENCE = 5
"""How many times a part is sent again when its workers end before they have read anything. Each time Dask itself tries it four times."""
_SECONDS = 120
"""How many seconds a scheduler may take to answer and to have a worker, and how long there may be no worker at all."""


_LOCAL = {
    # A process that ended is started anew, which on a busy machine takes longer than the 15 seconds that Dask waits for it.
    "distributed.deploy.lost-worker-timeout": _SECONDS,
    # Dask samples every worker's stack a hundred times a second, for a dashboard that is not shown here.
    "distributed.worker.profile.enabled": False,
}
"""Settings of the cluster that is started on this machine, where they differ from Dask's defaults."""
_POLL, _LOOK = 0.02, 5
"""Seconds between two checks of whether a part is done, and of whether there is still a worker."""


@contextmanager
def connected(scheduler: str | None, *, jobs: int) -> Iterator[Client]:
    """A client of the scheduler at an address; without an address, of ``jobs`` processes on this machine, which end with the block.

    Raises :class:`EngineError` where no scheduler answers, or has no worker.
    """
    if scheduler is None:
        local = partial(LocalCluster, n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL)
        with dask.config.set(_LOCAL), local() as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(scheduler, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        raise EngineError(f"scheduler {scheduler}: does not answer ({error}); check the address, as tcp://host:8786") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
        except TimeoutError as error:
            raise EngineError(f"scheduler {scheduler}: has no worker; start some: dask worker {scheduler} --nthreads 1") from error
        yield client


def extract_parts(client: Client, entries: Iterable[Entry], job: Job, *, size: int = PART) -> Iterator[Made]:
    """Makes every part of an archive, and yields the result of each as soon as it is done.

    The archive is read only as far as workers have room for more. Of two articles with the same id the later one is set aside. Raises
    :class:`EngineError` when workers cannot do the work, and whatever is raised by reading the archive, loading the pipeline and writing.
    """
    # Workers need an absolute path, and a folder that is already known to be the program's.
    Parts.at(job.target).begin()
    job = replace(job, target=absolute(job.target))
    plugin = _Worker(f"onrecord-{uuid4()}", job, job.digest())
    client.register_plugin(plugin, name=plugin.name)
    try:
        yield from _Run(client, plugin, _batches(tell_repeats(entries), size)).made()
    finally:
        client.unregister_worker_plugin(plugin.name)


class _Worker(WorkerPlugin):
    """What each worker holds: the job, and the pipeline once it is loaded. As a plugin it also reaches workers that join later."""

    def __init__(self, name: str, job: Job, digest: str) -> None:
        self.name, self.job, self.digest = name, job, digest
        self._loaded: Language | None = None

    def pipeline(self) -> Language:
        """The pipeline, loaded once. Raises :class:`EngineError` where this worker has another version of the program or of the model, for
        then its reports would differ from those of other workers."""
        if self._loaded is None:
            loaded = self.job.load(self.job.reader.model)
            if self.job.digest() != self.digest:
                raise EngineError(f"worker {get_worker().address}: another onrecord, spaCy or model than here; install the same everywhere")
            self._loaded = loaded
        return self._loaded


def _make(name: str, number: int, lane: int, entries: tuple[Entry, ...]) -> Made:
    """The task that runs on a worker: makes one part. Its diary is kept by the scheduler, which outlives the worker."""
    worker, key = get_worker(), _key(name, lane)
    plugin = cast(_Worker, worker.plugins[name])

    def get() -> object:
        return sync(worker.loop, worker.scheduler.get_metadata, keys=key, default=None)

    def put(said: object) -> None:
        sync(worker.loop, worker.scheduler.set_metadata, keys=key, value=said)

    return make_part(entries, plugin.job, plugin.digest, plugin.pipeline, Diary(number, get, put))


def _key(name: str, lane: int) -> list[str]:
    return [name, str(lane)]


@dataclass(slots=True)
class _Sent:
    """A part that was sent and is not done."""

    number: int
    lane: int
    """The number under which the scheduler keeps its diary. A lane is used again when its part is done, so that there are never more
    diaries than parts that are sent at once."""
    entries: tuple[Entry, ...]
    lost: int = 0
    """How many times its workers ended before they had read anything."""


@dataclass(slots=True)
class _Run:
    """The extraction of one archive: sends parts, takes results, and sends lost parts again."""

    client: Client
    plugin: _Worker
    parts: Iterator[tuple[Entry, ...]]
    _sent: dict[object, _Sent] = field(default_factory=dict)
    _free: list[int] = field(default_factory=list)
    _count: int = 0

    def made(self) -> Iterator[Made]:
        """The result of each part, as soon as it is done; at the end parts of an earlier, longer archive are removed."""
        done = as_completed()
        self._fill(done.add)
        while self._sent:
            future = self._next(done)
            sent = self._sent.pop(future.key)
            error = future.exception()
            if error is None:
                self._free.append(sent.lane)
                self._fill(done.add)
                yield future.result()
            else:
                self._judge(sent, error)
                self._send(sent, done.add)
        Parts.at(self.plugin.job.target).end(self._count)

    def _next(self, done: as_completed) -> Future[Made]:
        """The next part that is done. Raises :class:`EngineError` when there has been no worker for a while."""
        last = looked = monotonic()
        while not done.has_ready():
            sleep(_POLL)
            if monotonic() - looked > _LOOK:
                looked = monotonic()
                # While there is a worker the clock starts again: only a time without any counts.
                last = looked if self.client.nthreads() else last
                if looked - last > _SECONDS:
                    raise EngineError(f"all workers are gone, and none came back in {_SECONDS} seconds; look into their logs")
        return cast("Future[Made]", next(done))

    def _fill(self, add: Callable[[Future[Made]], None]) -> None:
        """Sends parts until the workers there are now have enough."""
        room = _AHEAD * max(1, sum(self.client.nthreads().values()))
        while len(self._sent) < room and (entries := next(self.parts, None)) is not None:
            # There are as many lanes as parts were ever sent at once.
            lane = self._free.pop() if self._free else len(self._sent)
            self._send(_Sent(self._count, lane, entries), add)
            self._count += 1

    def _send(self, sent: _Sent, add: Callable[[Future[Made]], None]) -> None:
        # Not pure: a part that is sent again must run again, and not get the result that Dask remembers.
        future = self.client.submit(_make, self.plugin.name, sent.number, sent.lane, sent.entries, pure=False)
        self._sent[future.key] = sent
        add(future)

    def _judge(self, sent: _Sent, error: BaseException) -> None:
        """Returns where a part may be sent again, and raises where it may not.

        Only a part whose workers ended may. If they ended over an article, the diary counts these deaths, and the article is set aside in
        time; if they ended before they had read anything, trying again is limited here.
        """
        if isinstance(error, OnrecordError):
            raise error
        if not isinstance(error, KilledWorker):
            raise EngineError(f"part {sent.number}: {type(error).__name__}: {error}; look into the workers' logs") from error
        said = self.client.get_metadata(_key(self.plugin.name, sent.lane), default=None)
        if not said or said["part"] != sent.number or (said["at"] is None and not said["deaths"]):
            sent.lost += 1
        if sent.lost > _PATIENCE:
            raise EngineError(f"part {sent.number}: its workers end before they read anything; give each more memory")


def _batches(entries: Iterable[Entry], size: int) -> Iterator[tuple[Entry, ...]]:
    """The entries in parts of so many; the last may have fewer."""
    rest = iter(entries)
    while batch := tuple(map(_from_anywhere, islice(rest, size))):
        yield batch


def _from_anywhere(entry: Entry) -> Entry:
    """The entry with an absolute path, since a worker's working folder is another."""
    return replace(entry, place=absolute(entry.place)) if isinstance(entry, FileEntry) else entry
