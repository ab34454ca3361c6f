"""How much of spaCy's own speed is left: whole extraction against the bare pipeline, on the same text, in one run.

    python benchmarks/speed.py ARTICLE_OR_FOLDER...

Prints the CPU seconds of both, pair by pair, and their ratio (1.00 would be free). The bare pipeline is the one that is installed, as
``spacy.load`` gives it; extraction has its own, which remembers part of the work. One thread, both loaded, one pair to warm up.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded: one thread, or CPU seconds of two runs cannot be compared

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from onrecord.article import find_articles, load_article
from onrecord.extract.language import load_pipeline
from onrecord.options import DEFAULT_MODEL
from onrecord.pipeline import build_report

PAIRS = 5


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(paths: list[Path]) -> None:
    plain, nlp = spacy.load(DEFAULT_MODEL), load_pipeline(DEFAULT_MODEL)
    articles = [load_article(path) for path in find_articles(paths)]
    texts = [[article.text[block.start : block.end] for block in article.paragraphs()] for article in articles]
    words = sum(len(text.split()) for paragraphs in texts for text in paragraphs)

    def bare() -> None:
        for paragraphs in texts:
            list(plain.pipe(paragraphs))

    def whole() -> None:
        for article in articles:
            build_report(article, nlp)

    bare()
    whole()
    pairs = [(cpu(bare), cpu(whole)) for _ in range(PAIRS)]
    print(f"{len(articles)} articles, {words:,} words; CPU s of the bare pipeline, of the whole extraction, ratio")
    for alone, all_ in pairs:
        print(f"{alone:7.2f} {all_:7.2f} {alone / all_:5.2f}")
    print(f"median ratio {statistics.median(alone / all_ for alone, all_ in pairs):.2f}")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
