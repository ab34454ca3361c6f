"""What commands that read articles do first: articles, reports, and the files that a user gives with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.group import complain
from onrecord.cli.options import How

if TYPE_CHECKING:
    from onrecord.corrections.reading import Corrections
    from onrecord.errors import ArticleError
    from onrecord.gather import Reading
    from onrecord.gazetteer import Gazetteer
    from onrecord.model import Report
    from onrecord.permalinks.lock import Lock
    from onrecord.reporting import Reporter

CORRECTIONS = Path("corrections.yml")
"""Where commands that work with corrections look for them unless --corrections says otherwise."""


def read(how: How, lock: Lock | None = None) -> Reading:
    """The articles that can be read; one line for each that cannot, which is fatal when ``strict`` or when there is no other. Without a
    ``lock`` that of the options names them."""
    from onrecord.archive.entries import find_entries
    from onrecord.gather import read_entries

    known = lock_in(how.lock) if lock is None else lock
    reading = read_entries(find_entries(how.paths, known, without=how.out), longest=how.longest)
    for problem in reading.problems:
        complain(problem)
    if reading.problems and (how.strict or not reading.articles):
        raise click.exceptions.Exit(2)
    return reading


def reporter_for(how: How) -> Reporter:
    """What makes reports: in so many processes, with the cache or without."""
    from onrecord.cache import ReportCache, default_cache
    from onrecord.reporting import Reporter, cores

    return Reporter(jobs=how.jobs or cores(), cache=ReportCache(default_cache(), complain) if how.cache else None)


def report_on(reading: Reading, reporter: Reporter, how: How, gazetteer: Gazetteer) -> tuple[Report, ...]:
    """The reports on these articles, with a progress bar. Raises :class:`onrecord.errors.ModelError`."""
    from onrecord.reporting import Reader

    reports = reporter.reports(reading.articles, Reader(how.model, how.attribution, gazetteer))
    with progress_of("Reading articles") as track:
        return tuple(track(reports, len(reading.articles)))


def reports_of(how: How, gazetteer: Gazetteer) -> tuple[Report, ...]:
    """The reports on what a command was given: articles, or the reports themselves. Raises :class:`onrecord.errors.OnrecordError`."""
    from onrecord.archive.reports import find_reports

    there = find_reports(how.paths)
    if there is None:
        return report_on(read(how), reporter_for(how), how, gazetteer)
    with progress_of("Reading reports") as track:
        return tuple(track(there))


def stream_reports(how: How, gazetteer: Gazetteer) -> Iterator[Report]:
    """The reports on all articles that can be read, each when it is asked for, with a progress bar; one line for each article that cannot.
    When all are made, that is fatal when ``strict``, and so is an archive without any that can."""
    from onrecord.archive.entries import find_entries
    from onrecord.gather import stream_entries
    from onrecord.reporting import Reader

    bad = found = False

    def set_aside(problem: ArticleError) -> None:
        nonlocal bad
        bad = True
        complain(problem)

    articles = stream_entries(find_entries(how.paths, lock_in(how.lock), without=how.out), set_aside, longest=how.longest)
    reports = reporter_for(how).reports(articles, Reader(how.model, how.attribution, gazetteer))
    with progress_of("Reading articles") as track:
        for report in track(reports):
            found = True
            yield report
    if not found or (bad and how.strict):
        raise click.exceptions.Exit(2)


def gazetteer_in(actors: Path | None) -> Gazetteer:
    """What the file says, or nothing. Raises :class:`onrecord.errors.ActorsError`."""
    from onrecord.gazetteer import NO_GAZETTEER, load_gazetteer

    return load_gazetteer(actors) if actors else NO_GAZETTEER


def corrections_in(file: Path | None) -> Corrections:
    """What the file says, or nothing. Raises :class:`onrecord.errors.CorrectionsError`."""
    from onrecord.corrections.reading import NO_CORRECTIONS, load_corrections

    return load_corrections(file) if file else NO_CORRECTIONS


def lock_in(file: Path | None) -> Lock:
    """What the file says; without one, that of ``onrecord.lock`` here, or nothing. Raises :class:`onrecord.errors.LockError`."""
    from onrecord.permalinks.lock import DEFAULT_LOCK, NO_LOCK, load_lock

    chosen = file or Path(DEFAULT_LOCK)
    return load_lock(chosen) if file or chosen.is_file() else NO_LOCK


@contextmanager
def progress_of(what: str) -> Iterator[Callable[..., Iterable[Any]]]:
    """A function that shows a progress bar on standard error, if that is a terminal, while items are taken, of so many."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield lambda items, total=None: progress.track(items, total, description=what)
