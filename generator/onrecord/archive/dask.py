"""Extraction on Dask: parts of an archive are sent to workers, few at a time, and lost ones sent again.

Needs the extra ``onrecord[dask]``. What is Dask's stays here: queues, workers that come and go, processes that are started anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from time import monotonic, sleep
from typing import cast
from uuid import uuid4

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, WorkerPlugin, as_completed, get_worker
from distributed.utils import sync
from spacy.language import Language

from onrecord.archive.entries import Entry, FileEntry, tell_repeats
from onrecord.archive.parts import Made, Parts
from onrecord.archive.storage import absolute
from onrecord.archive.worker import Diary, Job, make_part
from onrecord.errors import EngineError, OnrecordError

PART = 100
"""Articles in a part: some twenty seconds of work, and all that is done again when a worker is lost."""
_AHEAD = 2
"""Parts sent for each thread of a worker: one to work on, one that waits there."""
_PATIENCE = 5
"""How many times a part is sent again whose workers ended before they had read anything. Dask itself tries it four times each time."""
_SECONDS = 120
"""How long a scheduler may take to answer and to have a worker, and a worker to come back."""


_LOCAL = {
    # A process that ended is started anew, which on a busy machine takes longer than the 15 seconds that Dask waits for it.
    "distributed.deploy.lost-worker-timeout": _SECONDS,
    # Dask looks at every worker's stack a hundred times a second, for a dashboard that is not shown here.
    "distributed.worker.profile.enabled": False,
}
"""How Dask's own cluster of this machine differs from what it does by default."""
_POLL, _LOOK = 0.02, 5
"""Seconds between two looks at whether a part is done, and at whether there are workers still."""


@contextmanager
def connected(scheduler: str | None, *, jobs: int) -> Iterator[Client]:
    """A client of the scheduler at an address, or of ``jobs`` processes of this machine, which end with the block.

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
    """Makes every part of an archive and yields what came of each, as they are done.

    The archive is read as workers have room for more. One of two articles with one id is set aside, the later. Raises
    :class:`EngineError` when workers cannot do the work, and whatever reading the archive, loading the pipeline and writing raise.
    """
    Parts.at(job.target).begin()
    job = replace(job, target=absolute(job.target))
    plugin = _Worker(f"onrecord-{uuid4()}", job, job.digest())
    client.register_plugin(plugin, name=plugin.name)
    try:
        yield from _Run(client, plugin, _batches(tell_repeats(entries), size)).made()
    finally:
        client.unregister_worker_plugin(plugin.name)


class _Worker(WorkerPlugin):
    """What a worker has: the job, and the pipeline once it is loaded. Dask gives it to workers that come later, too."""

    def __init__(self, name: str, job: Job, digest: str) -> None:
        self.name, self.job, self.digest = name, job, digest
        self._loaded: Language | None = None

    def pipeline(self) -> Language:
        """The pipeline, loaded once. Raises :class:`EngineError` where this worker would read otherwise than others do."""
        if self._loaded is None:
            loaded = self.job.load(self.job.reader.model)
            if self.job.digest() != self.digest:
                raise EngineError(f"worker {get_worker().address}: another onrecord, spaCy or model than here; install the same everywhere")
            self._loaded = loaded
        return self._loaded


def _make(name: str, number: int, lane: int, entries: tuple[Entry, ...]) -> Made:
    """The task: one part, on a worker."""
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
    """A part that is with a worker."""

    number: int
    lane: int
    """Where its diary is. As many as are sent at once, so that what the scheduler keeps does not grow with the archive."""
    entries: tuple[Entry, ...]
    lost: int = 0
    """How many times it came back with nothing read."""


@dataclass(slots=True)
class _Run:
    """All parts of an archive on their way."""

    client: Client
    plugin: _Worker
    parts: Iterator[tuple[Entry, ...]]
    _sent: dict[object, _Sent] = field(default_factory=dict)
    _free: list[int] = field(default_factory=list)
    _count: int = 0

    def made(self) -> Iterator[Made]:
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
                last = looked if self.client.nthreads() else last
                if looked - last > _SECONDS:
                    raise EngineError(f"all workers are gone, and none came back in {_SECONDS} seconds; look into their logs")
        return cast("Future[Made]", next(done))

    def _fill(self, add: Callable[[Future[Made]], None]) -> None:
        """Sends parts until the workers there are now have enough."""
        room = _AHEAD * max(1, sum(self.client.nthreads().values()))
        while len(self._sent) < room and (entries := next(self.parts, None)) is not None:
            lane = self._free.pop() if self._free else len(self._sent)
            self._send(_Sent(self._count, lane, entries), add)
            self._count += 1

    def _send(self, sent: _Sent, add: Callable[[Future[Made]], None]) -> None:
        future = self.client.submit(_make, self.plugin.name, sent.number, sent.lane, sent.entries, pure=False)
        self._sent[future.key] = sent
        add(future)

    def _judge(self, sent: _Sent, error: BaseException) -> None:
        """Whether a part may be sent again. Its diary says whether the workers ended over an article, or before."""
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
    rest = iter(entries)
    while batch := tuple(map(_from_anywhere, islice(rest, size))):
        yield batch


def _from_anywhere(entry: Entry) -> Entry:
    """The entry as a worker can read it, whose working folder is another."""
    return replace(entry, place=absolute(entry.place)) if isinstance(entry, FileEntry) else entry
