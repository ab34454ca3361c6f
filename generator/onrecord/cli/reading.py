"""What commands that read articles do first: articles, reports, and the files that a user gives with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.group import CORRECTIONS, LOCK, How, complain

if TYPE_CHECKING:
    from onrecord.archive.entries import Found
    from onrecord.build.site import Inputs, ReadArticles
    from onrecord.errors import ArticleError
    from onrecord.gazetteer import Gazetteer
    from onrecord.model import Corpus, Report
    from onrecord.permalinks.lock import Lock
    from onrecord.reports.extraction import Reporter


@dataclass(slots=True)
class LeftOut:
    """What of the input is in no output: each is told of at once, and the exit code says that there was any.

    It is called with what is wrong with an article.
    """

    strict: bool
    articles: int = 0
    files: int = 0
    """Those that are in a folder of articles and are none."""

    def __call__(self, problem: ArticleError) -> None:
        self.articles += 1
        complain(problem)

    def tell_unread(self, found: Iterable[Found]) -> None:
        """Names the files in the folders of articles that are not read; those of the program or of a project are not counted."""
        from onrecord.article.folder import told_own, told_unread, unread_in

        found = tuple(found)
        read = [*(Path(place) for one in found for place in one.places), *(path for one in found for path in one.reports)]
        unread = unread_in((one.folder for one in found if one.folder), read, (LOCK.name, CORRECTIONS.name))
        self.files += len(unread)
        left_out = (line for one in found if one.folder for line in (*told_own(one.folder), *one.told()))
        for line in (*left_out, *told_unread(unread)):
            complain(line)

    def refuse_if_strict(self) -> None:
        """To be called before anything is written."""
        if self.strict and (self.articles or self.files):
            raise click.exceptions.Exit(2)

    def finish(self) -> None:
        """To be called when all is written."""
        if self.articles:
            raise click.exceptions.Exit(1)


def found_by(how: How) -> tuple[Found, ...]:
    """What the paths of a command stand for, looked for once. Raises :class:`onrecord.errors.ArticleError` where there is nothing."""
    from onrecord.archive.entries import found_at

    return tuple(found_at(path, how.no_articles()) for path in how.paths)


def read(how: How, left_out: LeftOut, lock: Lock, found: Sequence[Found] | None = None) -> ReadArticles:
    """The articles that can be read, with the ids of the ``lock``; in what is ``found``, where that is known already. Ends the command
    when there is none, or when ``strict`` and one cannot be, or a file is not read."""
    from onrecord.archive.entries import entries_in
    from onrecord.build.site import read_entries

    found = found_by(how) if found is None else found
    reading = read_entries(entries_in(found, lock), longest=how.longest)
    for problem in reading.problems:
        left_out(problem)
    left_out.tell_unread(found)
    left_out.refuse_if_strict()
    if not reading.articles:
        raise click.exceptions.Exit(2)
    return reading


def reporter_for(how: How) -> Reporter:
    """What makes reports: in so many processes, with the cache or without."""
    from onrecord.reports.cache import ReportCache, default_cache
    from onrecord.reports.extraction import Reporter, cores

    return Reporter(jobs=how.jobs or cores(), cache=ReportCache(default_cache(), complain) if how.cache else None)


def report_on(reading: ReadArticles, reporter: Reporter, how: How, gazetteer: Gazetteer, left_out: LeftOut) -> tuple[Report, ...]:
    """The reports on these articles, with a progress bar. Ends the command as :func:`read`. Raises :class:`onrecord.errors.ModelError`."""
    from onrecord.reports.extraction import Reader

    made = reporter.reports(reading.articles, Reader(how.model, how.attribution, gazetteer), left_out)
    with progress_of("Reading articles") as track:
        reports = tuple(track(made, len(reading.articles)))
    left_out.refuse_if_strict()
    if not reports:
        raise click.exceptions.Exit(2)
    return reports


def reports_of(how: How, inputs: Inputs, left_out: LeftOut) -> tuple[Report, ...]:
    """The reports on what a command was given: articles, or the reports themselves. Raises :class:`onrecord.errors.OnrecordError`."""
    from onrecord.archive.reports import find_reports

    there = find_reports(how.paths)
    if there is None:
        return report_on(read(how, left_out, inputs.lock), reporter_for(how), how, inputs.gazetteer, left_out)
    with progress_of("Reading reports") as track:
        return tuple(track(there))


def corpus_of(
    how: How,
    inputs: Inputs,
    left_out: LeftOut,
    use: Callable[[Corpus], object] = lambda corpus: corpus,
    *,
    found: Sequence[Found] | None = None,
) -> Corpus:
    """The corpus of the articles that a command was given, without those at which its making fails, or what it is to be of ``use`` for."""
    from onrecord.build.site import gather_corpus
    from onrecord.faults import without_faulty

    def make(reports: Sequence[Report]) -> Corpus:
        corpus = gather_corpus(reports, inputs)
        use(corpus)
        return corpus

    reports = report_on(read(how, left_out, inputs.lock, found), reporter_for(how), how, inputs.gazetteer, left_out)
    corpus = without_faulty(reports, make, partial(_gathered_alone, make), left_out)
    left_out.refuse_if_strict()
    return corpus


def _gathered_alone(make: Callable[[Sequence[Report]], Corpus], report: Report) -> None:
    from onrecord.faults import at_article, named

    with at_article("joining its actors", named(report.article), report.article.id):
        make((report,))


def stream_reports(how: How, inputs: Inputs, left_out: LeftOut) -> Iterator[Report]:
    """The reports on all articles that can be read, each when it is asked for, with a progress bar."""
    from onrecord.archive.entries import entries_in
    from onrecord.build.site import stream_entries
    from onrecord.reports.extraction import Reader

    found = found_by(how)
    articles = stream_entries(entries_in(found, inputs.lock), left_out, longest=how.longest)
    reports = reporter_for(how).reports(articles, Reader(how.model, how.attribution, inputs.gazetteer), left_out)
    with progress_of("Reading articles") as track:
        yield from track(reports)
    left_out.tell_unread(found)


def inputs_of(how: How, *, without_lock: bool = False) -> Inputs:
    """What the options name beside the articles, with ``corrections.yml`` and ``onrecord.lock`` of the folder in which the command is run.
    Raises :class:`onrecord.errors.OnrecordError`."""
    from onrecord.build.site import load_inputs

    lock = how.lock or (LOCK if LOCK.is_file() else None)
    return load_inputs(actors=how.actors, corrections=how.corrections, lock=None if without_lock else lock)


@contextmanager
def progress_of(what: str) -> Iterator[Callable[..., Iterable[Any]]]:
    """A function that shows a progress bar on standard error, if that is a terminal, while items are taken, of so many."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield lambda items, total=None: progress.track(items, total, description=what)
