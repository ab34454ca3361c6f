"""What extraction on a Dask cluster costs: against the same articles in one process without it, in one run.

    python benchmarks/cluster.py ARTICLE_OR_FOLDER...
    python benchmarks/cluster.py ARTICLE_OR_FOLDER... --save   # into benchmarks/figures/costs.json and the guide's page on archives

Of an archive, articles are taken evenly, as many as ``--articles`` says. Three rounds, of which the median counts. In each, one worker
extracts a few of them, then all; the difference is what the others cost, without what a start costs; so does one process without Dask,
that has read the few already. A worker's CPU is counted with that of the command and its scheduler. Needs ``pip install '.[dask]'``.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded: one thread, or CPU seconds cannot be compared

import resource
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import click
from costs import Cluster, load_costs, save_costs

from onrecord.article import parse_article
from onrecord.extract.language import load_pipeline
from onrecord.options import DEFAULT_MODEL
from onrecord.reports.dask import Job, connected, extract_parts
from onrecord.reports.entries import Entry, find_entries
from onrecord.reports.extraction import Reader
from onrecord.reports.json import encode_report
from onrecord.reports.pipeline import build_report

ROUNDS = 3
FEW = 5
"""Articles that bring a start behind it."""


def used() -> tuple[float, float]:
    """CPU seconds of this process so far, and its peak memory in MB."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1000


def on_cluster(client: Any, entries: Sequence[Entry], folder: Path, size: int) -> tuple[float, float, int]:
    """CPU seconds of worker and command, from the first part to the last; the worker's peak memory; bytes of Parquet."""
    start = sum(seconds for seconds, _ in _both(client))
    for made in extract_parts(client, entries, Job(str(folder), Reader()), size=size):
        assert not made.failures, made.failures
    here, worker = _both(client)
    spent = here[0] + worker[0] - start
    return spent, worker[1], sum(file.stat().st_size for file in (folder / "reports").iterdir())


def _both(client: Any) -> tuple[tuple[float, float], tuple[float, float]]:
    """What the command with its scheduler has used, and what the worker has."""
    (worker,) = client.run(used).values()
    return used(), worker


def plain(few: Sequence[Entry], entries: Sequence[Entry]) -> tuple[float, float]:
    """CPU seconds of loading the pipeline, and of extraction in this process once a few are extracted."""
    start, _ = used()
    nlp = load_pipeline(DEFAULT_MODEL)
    loaded, _ = used()
    _extract(few, nlp)
    begun, _ = used()
    _extract(entries, nlp)
    return loaded - start, used()[0] - begun


def _extract(entries: Sequence[Entry], nlp: Any) -> None:
    for entry in entries:
        encode_report(build_report(parse_article(entry.raw()), nlp))


def evenly(entries: Sequence[Entry], count: int) -> list[Entry]:
    """So many of them, from all of the archive."""
    taken = min(count, len(entries))
    return [entries[len(entries) * number // taken] for number in range(taken)]


@click.command(help="Measure extraction on a worker process of this machine, on articles or folders of them.")
@click.argument("paths", metavar="ARTICLE_OR_FOLDER...", nargs=-1, required=True)
@click.option("--articles", "count", default=40, show_default=True, type=click.IntRange(min=2 * FEW), help="The most to take.")
@click.option("--part", "size", default=10, show_default=True, help="Articles to a part.")
@click.option("--save", is_flag=True, help="Into benchmarks/figures/costs.json, and what the guide says of it.")
def main(paths: tuple[str, ...], count: int, size: int, save: bool) -> None:
    entries = evenly(list(find_entries(paths)), count)
    few, others = entries[:FEW], entries[FEW:]
    words = sum(len(entry.raw().text.split()) for entry in entries)
    print(
        f"{len(entries)} articles, {words:,} words; CPU s an article in one process, times as many on a worker, CPU s to load the pipeline"
    )
    alone, dask, loading = [], [], []
    with tempfile.TemporaryDirectory() as folder, connected(None, jobs=1) as client:
        on_cluster(client, few, Path(folder, "warm"), size)
        for turn in range(ROUNDS):
            start, _, _ = on_cluster(client, few, Path(folder, f"few-{turn}"), size)
            all_, peak, parquet = on_cluster(client, entries, Path(folder, f"all-{turn}"), size)
            loaded, one = plain(few, others)
            alone.append(round(one / len(others), 4))
            dask.append(round((all_ - start) / one, 3))
            loading.append(round(loaded, 2))
            print(f"{alone[-1]:7.3f} {dask[-1]:5.2f} {loading[-1]:5.2f}", flush=True)
    found = Cluster(len(entries), words, alone, dask, loading, round(peak), round(parquet / len(entries)))
    print(f"medians {median(alone):.3f} {median(dask):.2f} {median(loading):.2f}")
    print(f"peak memory of a worker: {found.memory:.0f} MB; bytes of Parquet for an article: {found.parquet:,.0f}")
    if save:
        save_costs(replace(load_costs(), cluster=found))


if __name__ == "__main__":
    main()
