"""Extraction on Dask: the articles of an archive are sent to workers in parts, few at a time, and a part that was lost is sent again.

Needs the extra ``onrecord[dask]``. Only this module knows Dask: queues, workers that come and go, processes that are started again. What a
worker does with its part is in :mod:`onrecord.archive.worker`.
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
