"""What the accurate reader costs by itself, on one thread: CPU seconds beside the bare spaCy pipeline's, memory, and time to load.

    python benchmarks/accurate_cost.py MODEL_DIR FOLDER

Seconds are of both on the same text, pair by pair. Memory is what the process has more, at its greatest, after the model was loaded and has
read everything, than after the bare pipeline was and had.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import click
from speed import PAIRS, cpu  # first: it keeps numpy to one thread

from onrecord.article import find_articles, load_article
from onrecord.extract.accurate.reader import AccurateReader
from onrecord.model import Article
from onrecord.options import DEFAULT_MODEL


def peak() -> float:
    """The most memory that this process had, in MiB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Bare:
    """The pipeline as ``spacy.load`` gives it."""

    def __init__(self) -> None:
        import spacy

        self._nlp = spacy.load(DEFAULT_MODEL)

    def read(self, articles: Sequence[Article]) -> None:
        for article in articles:
            list(self._nlp.pipe(article.text[block.start : block.end] for block in article.paragraphs()))


def measure(model: Path, articles: Sequence[Article], words: int) -> None:
    """Prints memory and time to load, then pairs of CPU seconds and words a second."""
    bare = Bare()
    bare.read(articles)
    before = peak()
    start = time.perf_counter()
    reader = AccurateReader(model)
    print(f"loaded in {time.perf_counter() - start:.2f} s by the clock")

    def read() -> None:
        for article in articles:
            reader.read(article)

    read()
    print(f"memory: {before:.0f} MiB with the bare pipeline, {peak() - before:+.0f} MiB with the reader")
    pairs = [(cpu(lambda: bare.read(articles)), cpu(read)) for _ in range(PAIRS)]
    print("CPU s of the bare pipeline, of the reader, words a second of either")
    for alone, accurate in pairs:
        print(f"{alone:7.2f} {accurate:7.2f} {words / alone:7,.0f} {words / accurate:7,.0f}")
    print(f"median ratio {median(accurate / alone for alone, accurate in pairs):.2f}: the reader's seconds for one of the bare pipeline")


@click.command(help="Measure what the model of MODEL_DIR costs on articles or folders of them, beside bare spaCy.")
@click.argument("model", metavar="MODEL_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("paths", metavar="ARTICLE_OR_FOLDER...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(model: Path, paths: tuple[Path, ...]) -> None:
    articles = [load_article(path) for path in find_articles(paths)]
    words = sum(len(block.span.of(article.text).split()) for article in articles for block in article.paragraphs())
    print(f"{len(articles)} articles, {words:,} words")
    measure(model, articles, words)


if __name__ == "__main__":
    main()
