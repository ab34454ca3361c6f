"""Reports of many articles: remembered, from the cache, or extracted, in several processes where that pays."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import msgspec
from spacy.language import Language

from onrecord.cache import ReportCache, reader_of
from onrecord.extract.language import load_pipeline
from onrecord.gazetteer import NO_GAZETTEER, Entry, Gazetteer
from onrecord.model import Article, Report
from onrecord.options import DEFAULT_ATTRIBUTION, DEFAULT_MODEL, RULES, TRAINED
from onrecord.pipeline import build_report

_WORTH_A_PROCESS = 60_000
"""Characters of article that take a process about as long as its start: fewer a process are not worth one."""
_AHEAD = 4
"""How many articles wait at each process, so that none is idle and none of the memory of many is held."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What articles are read with."""

    model: str = DEFAULT_MODEL
    attribution: str = DEFAULT_ATTRIBUTION
    """``trained``, ``rules``, or the path of a classifier."""
    gazetteer: Gazetteer = NO_GAZETTEER

    def digest(self) -> str:
        """A name for all of it, and for the rules of this program, that changes when a report might."""
        own = () if self.attribution in (TRAINED, RULES) else (Path(self.attribution),)
        chosen = (self.attribution, reader_of(self.model, *own), msgspec.json.encode(self.gazetteer.entries).decode())
        return sha256("\0".join(chosen).encode()).hexdigest()


@dataclass(slots=True)
class Reporter:
    """Makes reports, loads a pipeline once, and remembers what it made."""

    load: Callable[[str], Language] = load_pipeline
    build: Callable[..., Report] = build_report
    jobs: int = 1
    """The most processes to use. With more than one, ``load`` and ``build`` must be functions that another process can import."""
    cache: ReportCache | None = None
    _reader: Reader | None = None
    _loaded: tuple[str, Language] | None = None
    _made: dict[Article, Report] = field(default_factory=dict)

    def reports(self, articles: Sequence[Article], reader: Reader) -> Iterator[Report]:
        """The report on each article, in their order; one that was read before by the same reader is not read again.

        Raises :class:`onrecord.errors.ModelError`.
        """
        if reader != self._reader:
            self._made.clear()
        self._reader = reader
        digest = reader.digest() if self.cache is not None else ""
        for article in articles:
            if article not in self._made and self.cache is not None and (kept := self.cache.get(article, digest)) is not None:
                self._made[article] = kept
        fresh = self._extracted([article for article in articles if article not in self._made], reader)
        for article in articles:
            if article not in self._made:
                self._made[article] = report = next(fresh)
                if self.cache is not None:
                    self.cache.put(report, digest)
            yield self._made[article]

    def forget_all_but(self, articles: Iterable[Article]) -> None:
        """Drops reports on articles that are gone, so that a long ``mkdocs serve`` does not grow with every edit."""
        kept = set(articles)
        self._made = {article: report for article, report in self._made.items() if article in kept}

    def _extracted(self, articles: Sequence[Article], reader: Reader) -> Iterator[Report]:
        jobs = min(self.jobs, len(articles), sum(len(article.text) for article in articles) // _WORTH_A_PROCESS)
        if jobs > 1:
            yield from _in_processes(
                articles, _Work(self.load, self.build, reader.model, reader.attribution, reader.gazetteer.entries), jobs
            )
        else:
            for article in articles:
                yield self.build(article, self._pipeline(reader.model), attribution=reader.attribution, gazetteer=reader.gazetteer)

    def _pipeline(self, model: str) -> Language:
        if self._loaded is None or self._loaded[0] != model:
            self._loaded = model, self.load(model)
        return self._loaded[1]


def cores() -> int:
    """How many processes can run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Work:
    """What a process must know to make reports."""

    load: Callable[[str], Language]
    build: Callable[..., Report]
    model: str
    attribution: str
    entries: tuple[Entry, ...]


def _in_processes(articles: Sequence[Article], work: _Work, jobs: int) -> Iterator[Report]:
    """The reports in the order of the articles. Processes are spawned, not forked: a fork copies locks of threads that it does not copy."""
    waiting: deque[Future[Report]] = deque()
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin, initargs=(work,))
    try:
        for article in articles:
            waiting.append(pool.submit(_report, article))
            if len(waiting) > _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_here: dict[str, tuple[_Work, Language | None]] = {}
"""In a process of the pool: what it works with. The pipeline is loaded with the first article, whose result can carry the error."""


def _begin(work: _Work) -> None:
    _here["work"] = work, None
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _report(article: Article) -> Report:
    work, nlp = _here["work"]
    if nlp is None:
        nlp = work.load(work.model)
        _here["work"] = work, nlp
    return work.build(article, nlp, attribution=work.attribution, gazetteer=Gazetteer(work.entries))
