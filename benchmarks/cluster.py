"""What extraction on a Dask cluster costs: against the same articles in one process without it, in one run.

    python benchmarks/cluster.py ARTICLE_OR_FOLDER... [--jobs N]

Prints articles and words, CPU seconds of plain extraction and of all workers, the peak memory of a worker, and bytes out for an article.
The sums in the guide's page on archives are made of these. Needs ``pip install '.[dask]'``.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded: one thread, or CPU seconds cannot be compared

import resource
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from onrecord.archive.engine import connected, extract_parts
from onrecord.archive.entries import Entry, find_entries
from onrecord.archive.extraction import Job
from onrecord.article import parse_article
from onrecord.extract.language import load_pipeline
from onrecord.options import DEFAULT_MODEL
from onrecord.pipeline import build_report
from onrecord.report_json import encode_report
from onrecord.reporting import Reader


def used() -> tuple[float, float]:
    """CPU seconds of this process so far, and its peak memory in MB."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1000


def on_cluster(client: Any, entries: Iterable[Entry], folder: str, size: int) -> tuple[float, float, int]:
    """CPU seconds of all workers, from the first part to the last; the peak memory of one; bytes of Parquet."""
    before: dict[str, tuple[float, float]] = client.run(used)
    for made in extract_parts(client, entries, Job(folder, Reader()), size=size):
        assert not made.failures, made.failures
    after: dict[str, tuple[float, float]] = client.run(used)
    spent = sum(after[worker][0] - before[worker][0] for worker in before)
    return spent, max(peak for _, peak in after.values()), sum(file.stat().st_size for file in Path(folder, "reports").iterdir())


def plain(entries: Sequence[Entry]) -> tuple[float, float, int]:
    """CPU seconds of loading the pipeline, and of extraction in this process; bytes of JSON lines."""
    start, _ = used()
    nlp = load_pipeline(DEFAULT_MODEL)
    loaded, _ = used()
    size = sum(len(encode_report(build_report(parse_article(entry.source()), nlp))) + 1 for entry in entries)
    return loaded - start, used()[0] - loaded, size


@click.command(help="Measure extraction on a cluster of processes of this machine, on articles or folders of them.")
@click.argument("paths", metavar="ARTICLE_OR_FOLDER...", nargs=-1, required=True)
@click.option("--jobs", default=2, show_default=True, help="Worker processes.")
@click.option("--part", "size", default=10, show_default=True, help="Articles to a part.")
def main(paths: tuple[str, ...], jobs: int, size: int) -> None:
    entries = list(find_entries(paths))
    words = sum(len(entry.source().text.split()) for entry in entries)
    with tempfile.TemporaryDirectory() as folder, connected(None, jobs=jobs) as client:
        spent, peak, parquet = on_cluster(client, entries, folder, size)
    loading, alone, lines = plain(entries)
    count = len(entries)
    print(f"{count} articles, {words:,} words")
    print(f"one process: {alone:.1f} CPU s, {alone / count:.3f} an article, {words / alone:,.0f} words a CPU s")
    print(f"to load the pipeline: {loading:.1f} CPU s")
    print(f"{jobs} workers: {spent:.1f} CPU s; without loading the pipeline {(spent - jobs * loading) / alone:.2f} of one process")
    print(f"peak memory of a worker: {peak:.0f} MB")
    print(f"bytes for an article: {parquet / count:,.0f} of Parquet, {lines / count:,.0f} of JSON lines")


if __name__ == "__main__":
    main()
