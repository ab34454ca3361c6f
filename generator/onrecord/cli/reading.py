"""What commands that read articles do first: they find and read articles, make reports, and load the files that a user gives with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.group import CORRECTIONS, LOCK, ReadingOptions, complain
from onrecord.errors import note_of_many, notes_gathered

if TYPE_CHECKING:
    from onrecord.assembly.site import Inputs, ReadArticles
    from onrecord.corpus.lock import Lock
    from onrecord.errors import ArticleError
    from onrecord.gazetteer import Gazetteer
    from onrecord.model import Corpus, Report
    from onrecord.reports.entries import Found
    from onrecord.reports.extraction import Reporter


@dataclass(slots=True)
class LeftOut:
    """Counts what of the input gets into no output, for the exit code. Called with what is wrong with an article, it prints that at
    once."""

    strict: bool
    """Whether nothing may be written when anything is left out."""
    articles: int = 0
    files: int = 0
    """Files in folders of articles that are no articles and no files of the project."""

    def __call__(self, problem: ArticleError) -> None:
        self.articles += 1
        complain(problem)

    def tell_unread(self, found: Iterable[Found]) -> None:
        """Prints which files in folders of articles are not read. Files of the program or of a project are named, but not counted."""
        from onrecord.article.folder import told_own, told_unread, unread_in

        found = tuple(found)
        read = [*(Path(place) for one in found for place in one.places), *(path for one in found for path in one.reports)]
        unread = unread_in((one.folder for one in found if one.folder), read, (LOCK.name, CORRECTIONS.name))
        self.files += len(unread)
        left_out = (line for one in found if one.folder for line in (*told_own(one.folder), *one.told()))
        for line in (*left_out, *told_unread(unread)):
            complain(line)

    def refuse_if_strict(self) -> None:
        """Ends a strict command with exit code 2 if anything was left out. Must be called before anything is written."""
        if self.strict and (self.articles or self.files):
            raise click.exceptions.Exit(2)

    def finish(self) -> None:
        """Ends the command with exit code 1 if an article was left out. Must be called when all is written."""
        if self.articles:
            raise click.exceptions.Exit(1)


def found_by(options: ReadingOptions) -> tuple[Found, ...]:
    """The files that the paths of a command stand for. Raises :class:`onrecord.errors.ArticleError` for a path where there is nothing."""
    from onrecord.reports.entries import found_at

    return tuple(found_at(path, options.no_articles()) for path in options.paths)


def read(options: ReadingOptions, left_out: LeftOut, lock: Lock, found: Sequence[Found] | None = None) -> ReadArticles:
    """The articles of a command that can be read, with the ids that the ``lock`` has for them. ``found`` are the files of its paths, where
    they were looked up already. Ends the command with exit code 2 where there is no article, and a strict one where anything is left
    out."""
    from onrecord.assembly.site import read_entries
    from onrecord.reports.entries import entries_in

    found = found_by(options) if found is None else found
    reading = read_entries(entries_in(found, lock.ids_of), longest=options.longest)
    for problem in reading.problems:
        left_out(problem)
    left_out.tell_unread(found)
    left_out.refuse_if_strict()
    if not reading.articles:
        raise click.exceptions.Exit(2)
    return reading


def reporter_for(options: ReadingOptions) -> Reporter:
    """What makes reports from articles: in as many processes and with or without a cache, as the options say."""
    from onrecord.reports.cache import ReportCache, default_cache
    from onrecord.reports.extraction import Reporter, cores

    return Reporter(jobs=options.jobs or cores(), cache=ReportCache(default_cache(), complain) if options.cache else None)


def report_on(
    reading: ReadArticles, reporter: Reporter, options: ReadingOptions, gazetteer: Gazetteer, left_out: LeftOut
) -> tuple[Report, ...]:
    """The reports on these articles, with a progress bar. Ends the command as :func:`read` does. Raises
    :class:`onrecord.errors.ModelError`."""
    from onrecord.reports.extraction import Reader

    made = reporter.reports(reading.articles, Reader(options.model, options.attribution, gazetteer), left_out)
    with progress_of("Reading articles") as track:
        reports = tuple(_telling_gaps(track(made, len(reading.articles))))
    left_out.refuse_if_strict()
    if not reports:
        raise click.exceptions.Exit(2)
    return reports


def reports_of(options: ReadingOptions, inputs: Inputs, left_out: LeftOut) -> tuple[Report, ...]:
    """The reports for a command whose paths are articles or files of reports. Raises :class:`onrecord.errors.OnrecordError`."""
    from onrecord.reports.reading import find_reports

    there = find_reports(options.paths)
    if there is None:
        return report_on(read(options, left_out, inputs.lock), reporter_for(options), options, inputs.gazetteer, left_out)
    with progress_of("Reading reports") as track:
        return tuple(track(there))


def corpus_of(
    options: ReadingOptions,
    inputs: Inputs,
    left_out: LeftOut,
    use: Callable[[Corpus], object] = lambda corpus: corpus,
    *,
    found: Sequence[Found] | None = None,
) -> Corpus:
    """The corpus of a command's articles. Articles that make it fail are left out, and so are those that make ``use`` fail, which is called
    with the corpus: what the command will do with it."""
    from onrecord.assembly.site import gather_corpus
    from onrecord.faults import without_faulty

    def make(reports: Sequence[Report]) -> Corpus:
        corpus = gather_corpus(reports, inputs)
        use(corpus)
        return corpus

    # What makes all articles fail together is tried for each of them, and the faulty ones are left out.
    reports = report_on(read(options, left_out, inputs.lock, found), reporter_for(options), options, inputs.gazetteer, left_out)
    corpus = without_faulty(reports, make, partial(_join_alone, make), left_out)
    left_out.refuse_if_strict()
    return corpus


def _join_alone(make: Callable[[Sequence[Report]], Corpus], report: Report) -> None:
    from onrecord.faults import at_article, named

    with at_article("joining its actors", named(report.article), report.article.id):
        make((report,))


def stream_reports(options: ReadingOptions, inputs: Inputs, left_out: LeftOut) -> Iterator[Report]:
    """The reports on a command's articles, each read and made when it is asked for, with a progress bar."""
    from onrecord.assembly.site import stream_entries
    from onrecord.reports.entries import entries_in
    from onrecord.reports.extraction import Reader

    found = found_by(options)
    articles = stream_entries(entries_in(found, inputs.lock.ids_of), left_out, longest=options.longest)
    reports = reporter_for(options).reports(articles, Reader(options.model, options.attribution, inputs.gazetteer), left_out)
    with progress_of("Reading articles") as track:
        yield from _telling_gaps(track(reports))
    left_out.tell_unread(found)


_GAPS = ("not-english", "teaser", "part")
"""Notices of what a report lacks though no article is left out: they are printed, too, as nobody may look at the page."""


def _telling_gaps(reports: Iterable[Report]) -> Iterator[Report]:
    """The reports; when they have ended, it is printed which of them lack something, those that lack the same together."""
    with notes_gathered():
        for report in reports:
            for notice in report.notices:
                if notice.code in _GAPS:
                    note_of_many(report.article.file, notice.message, ())
            yield report


def inputs_of(options: ReadingOptions, *, without_lock: bool = False) -> Inputs:
    """The files that go with the articles: those that the options name, and ``corrections.yml`` and ``onrecord.lock`` of the working folder
    where they name none. Raises :class:`onrecord.errors.OnrecordError`."""
    from onrecord.assembly.site import load_inputs

    lock = options.lock or (LOCK if LOCK.is_file() else None)
    return load_inputs(actors=options.actors, corrections=options.corrections, lock=None if without_lock else lock)


@contextmanager
def progress_of(what: str) -> Iterator[Callable[..., Iterable[Any]]]:
    """A function that passes items on and shows a progress bar on standard error, if that is a terminal. Its second argument is how many
    items there are, where that is known."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield lambda items, total=None: progress.track(items, total, description=what)
