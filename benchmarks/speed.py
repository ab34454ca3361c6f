"""What extraction costs on one machine, as ratios in one run.

    python benchmarks/speed.py FOLDER                 # against bare spaCy; --attribution trained: without the accurate reader
    python benchmarks/speed.py FOLDER --jobs 2        # two processes against one: needs as many cores with nothing else to do
    python benchmarks/speed.py FOLDER --jobs 2 --save # into benchmarks/figures/costs.json and the guide

Against bare spaCy: CPU seconds of both on the same text, pair by pair, and their ratio (1.00 would be free). The bare pipeline is the one
that is installed, as ``spacy.load`` gives it; extraction has its own, which remembers part of the work. One thread, both loaded, one pair
to warm up.

Processes: seconds by the clock of the whole command, with one process and with several in turn, without the cache. To start takes either
as long, and weighs less the more there is to read: so also from the first reports on, as reports a second.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded: one thread, or CPU seconds of two runs cannot be compared

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import click
import spacy
from costs import Processes, Speed, load_costs, save_costs

from onrecord.article import find_articles, load_article
from onrecord.extract.language import load_pipeline
from onrecord.model import Article
from onrecord.options import DEFAULT_MODEL, default_attribution
from onrecord.reports.pipeline import build_report

PAIRS = 5
CLOCKED_PAIRS = 3
"""Of whole commands, which take half a minute each."""


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds that it takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def against_spacy(articles: Sequence[Article], words: int, attribution: str) -> Speed:
    """Measures and prints pairs of bare pipeline and extraction."""
    plain, nlp = spacy.load(DEFAULT_MODEL), load_pipeline(DEFAULT_MODEL)
    texts = [[article.text[block.start : block.end] for block in article.paragraphs()] for article in articles]

    def bare() -> None:
        for paragraphs in texts:
            list(plain.pipe(paragraphs))

    def whole() -> None:
        for article in articles:
            build_report(article, nlp, attribution=attribution)

    bare()
    whole()
    pairs = [(cpu(bare), cpu(whole)) for _ in range(PAIRS)]
    print("CPU s of the bare pipeline, of the whole extraction, ratio")
    for alone, all_ in pairs:
        print(f"{alone:7.2f} {all_:7.2f} {alone / all_:5.2f}")
    ratios = [round(alone / all_, 3) for alone, all_ in pairs]
    print(f"median ratio {median(ratios):.2f}")
    return Speed(len(articles), words, ratios)


@dataclass(frozen=True, slots=True)
class Clocked:
    """A run of the command."""

    whole: float
    """Seconds."""
    rate: float
    """Reports a second, after each process has made its first."""


def clocked(paths: Sequence[Path], jobs: int) -> Clocked:
    """The command with so many processes. Raises :class:`subprocess.CalledProcessError` when it fails."""
    command = [sys.executable, "-m", "onrecord", "extract", *map(str, paths), "-o", "-", "--no-cache", "--jobs", str(jobs)]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        times = [time.perf_counter() - start for _ in process.stdout]
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Clocked(time.perf_counter() - start, (len(times) - jobs) / (times[-1] - times[jobs - 1]))


def against_one(paths: Sequence[Path], articles: int, words: int, jobs: int) -> Processes:
    """Measures and prints pairs of runs with one process and with several."""
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    print(f"s of one process, of {jobs}, times as fast; the same in reports a second once they have begun")
    whole, later = [], []
    for _ in range(CLOCKED_PAIRS):
        one, many = clocked(paths, 1), clocked(paths, jobs)
        whole.append(round(one.whole / many.whole, 3))
        later.append(round(many.rate / one.rate, 3))
        print(f"{one.whole:7.2f} {many.whole:7.2f} {whole[-1]:5.2f}   {one.rate:7.2f} {many.rate:7.2f} {later[-1]:5.2f}", flush=True)
    print(f"median {median(whole):.2f}; once they have begun {median(later):.2f}")
    return Processes(jobs, articles, words, whole, later)


@click.command(help="Measure extraction against bare spaCy, or several processes against one, on articles or folders of them.")
@click.argument("paths", metavar="ARTICLE_OR_FOLDER...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--jobs", type=click.IntRange(min=2), help="Measure so many processes against one.")
@click.option("--save", is_flag=True, help="Into benchmarks/figures/costs.json, and what the guide says of it.")
@click.option("--attribution", default=default_attribution(), show_default=True, help="Who finds quotes, against bare spaCy.")
def main(paths: tuple[Path, ...], jobs: int | None, save: bool, attribution: str) -> None:
    articles = [load_article(path) for path in find_articles(paths)]
    words = sum(len(block.span.of(article.text).split()) for article in articles for block in article.paragraphs())
    print(f"{len(articles)} articles, {words:,} words")
    if jobs is None:
        speed = against_spacy(articles, words, attribution)
        if save:
            save_costs(replace(load_costs(), speed=speed))
    else:
        processes = against_one(paths, len(articles), words, jobs)
        if save:
            save_costs(replace(load_costs(), processes=processes))


if __name__ == "__main__":
    main()
