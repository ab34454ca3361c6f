"""Reports on many articles: from memory, from the cache, or extracted, in several processes where there is enough to do."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord.errors import ArticleError, ArticleFault, ModelError, OnrecordError
from onrecord.faults import Tell, at_article, named, refuse
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer, KnownActor
from onrecord.model import Article, Report
from onrecord.options import DEFAULT_MODEL, SHIPPED, default_attribution
from onrecord.reports.cache import ReportCache, reader_of

if TYPE_CHECKING:
    from spacy.language import Language


_WORTH_A_PROCESS = 60_000
"""How many characters of articles take about as long to read as a process takes to start. A process is not started for fewer."""
_AHEAD = 4
"""How many articles are sent ahead for each process: enough that it is never idle, and few enough to fit into memory."""
_LOOKED_AT = 500
"""After how many articles at most it is decided in how many processes to read. Before that, none is started: all may be in the cache."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads articles: pipeline, judge of attributions, and known actors."""

    model: str = DEFAULT_MODEL
    attribution: str = field(default_factory=default_attribution)
    """``accurate``, ``trained``, ``rules``, or the path of a classifier's file or an accurate model's folder."""
    gazetteer: Gazetteer = NO_GAZETTEER

    def digest(self) -> str:
        """A digest of all this and of the rules of this program. It changes when any report might."""
        own = () if self.attribution in SHIPPED else _files_of(Path(self.attribution))
        chosen = (self.attribution, reader_of(self.model, *own), msgspec.json.encode(self.gazetteer.entries).decode())
        return sha256("\0".join(chosen).encode()).hexdigest()


def _files_of(own: Path) -> tuple[Path, ...]:
    """A classifier's file, or the files of an accurate model."""
    return tuple(sorted(file for file in own.iterdir() if file.is_file())) if own.is_dir() else (own,)


def load(model: str) -> Language:
    """The pipeline of this name. spaCy is imported here and not above, so that a site whose reports are all cached is built without it."""
    from onrecord.extract.language import load_pipeline

    return load_pipeline(model)


def build(article: Article, nlp: Language, *, attribution: str, gazetteer: Gazetteer) -> Report:
    """The report on an article. What makes it is imported here, as in :func:`load`."""
    from onrecord.reports.pipeline import build_report

    return build_report(article, nlp, attribution=attribution, gazetteer=gazetteer)


@dataclass(slots=True)
class Reporter:
    """Makes reports on articles, each once, and loads the pipeline only when it is needed."""

    load: Callable[[str], Language] = load
    build: Callable[..., Report] = build
    jobs: int = 1
    """The most processes to use. With more than one, ``load`` and ``build`` must be functions that another process can import."""
    cache: ReportCache | None = None
    remember: bool = False
    """Whether the last reports are kept in memory, so that ``mkdocs serve`` need not read the cache after each edit."""
    _reader: Reader | None = None
    _loaded: tuple[str, Language] | None = None
    _made: dict[Article, Report] = field(default_factory=dict)
    _loading: threading.Lock = field(default_factory=threading.Lock)

    def reports(self, articles: Iterable[Article], reader: Reader, tell: Tell = refuse) -> Iterator[Report]:
        """The reports on the articles, in their order. An article that the same reader has read before is not read again.

        Articles are taken and reports are made as they are asked for, so that an archive need not fit into memory. An article that makes
        extraction fail or ends its process has no report; ``tell`` hears of it. Raises :class:`onrecord.errors.ModelError`.
        """
        if reader != self._reader:
            self._made.clear()
        self._reader = reader
        digest = reader.digest() if self.cache is not None else ""
        made: dict[Article, Report] = {}
        for article, report, is_new in self._in_order(((one, self._known(one, digest)) for one in articles), reader):
            if isinstance(report, ArticleError):
                tell(report)
                continue
            if is_new and self.cache is not None:
                with _at_worst_without():
                    self.cache.put(report, digest)
            if self.remember:
                made[article] = report
            yield report
        # Reports on older versions of articles are dropped, so that memory does not grow with every edit.
        self._made = made

    def _known(self, article: Article, digest: str) -> Report | None:
        if article in self._made:
            return self._made[article]
        with _at_worst_without():
            return self.cache.get(article, digest) if self.cache is not None else None
        return None

    def _in_order(self, found: Iterator[tuple[Article, Report | None]], reader: Reader) -> Iterator[_Done]:
        """Each article with its report or error, and whether that is new. First it is found out how much there is to read, so that
        processes are only started where they pay."""
        begun: list[tuple[Article, Report | None]] = []
        fresh: list[Article] = []
        for article, known in found:
            if known is not None and not fresh:
                yield article, known, False
                continue
            begun.append((article, known))
            fresh += [article] if known is None else []
            if self.jobs == 1 or self._worth(fresh) == self.jobs or len(begun) == _LOOKED_AT:
                break
        jobs, every = self._worth(fresh), chain(begun, found)
        if jobs > 1:
            yield from _in_processes(every, _Work(self.load, self.build, reader.model, reader.attribution, reader.gazetteer.entries), jobs)
            return
        for article, known in every:
            if known is not None:
                yield article, known, False
            else:
                yield article, _extracted(article, self._pipeline(reader.model), self.build, reader.attribution, reader.gazetteer), True

    def _worth(self, articles: Sequence[Article]) -> int:
        """How many processes are worth starting for these articles."""
        return min(self.jobs, len(articles), sum(len(article.text) for article in articles) // _WORTH_A_PROCESS)

    def load_ahead(self, model: str) -> threading.Thread:
        """Loads a pipeline in the background, and returns the thread that does. An error is not raised here, but when the pipeline is
        used."""

        def load() -> None:
            with suppress(ModelError):
                self._pipeline(model)

        thread = threading.Thread(target=load, daemon=True)
        thread.start()
        return thread

    def _pipeline(self, model: str) -> Language:
        with self._loading:
            if self._loaded is None or self._loaded[0] != model:
                self._loaded = model, self.load(model)
            return self._loaded[1]


@contextmanager
def _at_worst_without() -> Iterator[None]:
    """Ignores unexpected errors of the cache in the block. If they come from an odd article, extracting it will fail and say so."""
    try:
        yield
    except OnrecordError:
        raise
    except Exception:
        return


def cores() -> int:
    """How many processes can run at once on this machine."""
    # A container, or a batch system, may give this process fewer cores than the machine has; macOS and Windows cannot say so.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Work:
    """What a worker process must know to make reports; all of it can be sent to another process."""

    load: Callable[[str], Language]
    build: Callable[..., Report]
    model: str
    attribution: str
    entries: tuple[KnownActor, ...]


_Made = Report | ArticleError
_Done = tuple[Article, _Made, bool]
"""An article, its report or error, and whether that is new."""
_Waiting = deque[tuple[Article, "_Made | Future[_Made]"]]


def _in_processes(articles: Iterable[tuple[Article, Report | None]], work: _Work, jobs: int) -> Iterator[_Done]:
    """Each article with its report or error, in their order."""
    # Articles with known reports wait in the same queue as the others, so that the order holds.
    waiting: _Waiting = deque()
    with _Processes(work, jobs) as processes:
        for article, known in articles:
            waiting.append((article, processes.begin(article) if known is None else known))
            if len(waiting) > _AHEAD * jobs:
                yield processes.first_of(waiting)
        while waiting:
            yield processes.first_of(waiting)


class _Processes:
    """A pool of processes that extract, which survives the end of one of them.

    If a process ends over an article, by using up its memory, Python's pool is broken as a whole and does not say which article it was. So
    all articles that were in the pool are extracted again in a pool of one process, where only the faulty article fails. Processes are
    spawned, because a fork would copy locks of threads that it does not copy. Two processes read a hundred articles 1.7 times as fast as
    one (``benchmarks/speed.py --jobs 2``).
    """

    def __init__(self, work: _Work, jobs: int) -> None:
        self._work, self._jobs = work, jobs
        self._pool = self._fresh(jobs)

    def __enter__(self) -> _Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def begin(self, article: Article) -> Future[_Made]:
        """Sends an article to a process."""
        try:
            return self._pool.submit(_extract, article)
        except BrokenProcessPool as error:  # it broke a moment ago; first_of() will find that out and begin a new pool
            broken: Future[_Made] = Future()
            broken.set_exception(error)
            return broken

    def first_of(self, waiting: _Waiting) -> _Done:
        """The first of the waiting articles with its report or error; it is taken out of ``waiting``."""
        article, made = waiting[0]
        try:
            done = (article, made.result(), True) if isinstance(made, Future) else (article, made, False)
        except BrokenProcessPool:
            # Which article it was is not known, and results of others that were in the pool are lost.
            self._each_alone(waiting)
            return self.first_of(waiting)
        waiting.popleft()
        return done

    def _each_alone(self, waiting: _Waiting) -> None:
        """Extracts again the articles whose results were lost, one at a time, and starts a new pool. An article that ends its process once
        more gets an error in place of a report."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        alone = self._fresh(1)
        for place, (article, made) in enumerate(waiting):
            if not isinstance(made, Future) or not _is_lost(made):
                continue
            try:
                waiting[place] = article, _answer(alone.submit(_extract, article).result())
            except BrokenProcessPool:
                waiting[place] = article, _answer(_ended_over(article))
                alone.shutdown()
                alone = self._fresh(1)
        alone.shutdown()
        self._pool = self._fresh(self._jobs)

    def _fresh(self, jobs: int) -> ProcessPoolExecutor:
        spawned = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, mp_context=spawned, initializer=_begin, initargs=(self._work,))


def _is_lost(future: Future[_Made]) -> bool:
    return future.cancelled() or isinstance(future.exception(), BrokenProcessPool)


def _answer(made: _Made) -> Future[_Made]:
    """A result as a finished future, to take the place of a lost one."""
    future: Future[_Made] = Future()
    future.set_result(made)
    return future


def _ended_over(article: Article) -> ArticleFault:
    fault = ArticleFault(
        f"{named(article)}: extracting failed (the process that did it ended, as one does that takes too much memory); "
        "split the article, or please report it"
    )
    fault.article = article.id
    return fault


def _extracted(article: Article, nlp: Language, build: Callable[..., Report], attribution: str, gazetteer: Gazetteer) -> _Made:
    try:
        with at_article("extracting", named(article), article.id):
            return build(article, nlp, attribution=attribution, gazetteer=gazetteer)
    except ArticleError as problem:
        return problem


_here: dict[str, tuple[_Work, Language | None]] = {}
"""In a worker process: its work, and the pipeline once it is loaded. It is loaded with the first article and not at the start of the
process, because an error can then be sent back as a result."""


def _begin(work: _Work) -> None:
    _here["work"] = work, None
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process when its parent has ended: if the parent was killed, the process would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _extract(article: Article) -> _Made:
    """The report or error of an article, in a worker process. Errors are returned, since not every exception can be sent when raised."""
    work, nlp = _here["work"]
    if nlp is None:
        nlp = work.load(work.model)
        _here["work"] = work, nlp
    return _extracted(article, nlp, work.build, work.attribution, Gazetteer(work.entries))
