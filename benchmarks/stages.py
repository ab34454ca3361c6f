"""Where the time of an extraction goes: CPU seconds of each stage of the pipeline, on the same articles.

    python benchmarks/stages.py ARTICLE_OR_FOLDER...

One thread, the pipeline loaded, two articles to warm up. A stage is a function that ``build_report`` calls.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded, as in speed.py

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.article import find_articles, load_article
from onrecord.extract.language import load_pipeline
from onrecord.options import DEFAULT_MODEL
from onrecord.reports import pipeline

STAGES = (
    "analyse",
    "find_attributions",
    "find_actors",
    "find_quotes",
    "look_up",
    "find_claims",
    "find_relations",
    "find_moments",
    "find_comparisons",
)


def timed(stage: Callable[..., Any], seconds: dict[str, float]) -> Callable[..., Any]:
    """The stage, which adds the CPU seconds that it takes to its own."""

    def run(*arguments: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return stage(*arguments, **options)
        finally:
            seconds[stage.__name__] += time.process_time() - start

    return run


def main(paths: list[Path]) -> None:
    nlp = load_pipeline(DEFAULT_MODEL)
    articles = [load_article(path) for path in find_articles(paths)]
    for article in articles[:2]:
        pipeline.build_report(article, nlp)
    seconds = dict.fromkeys(STAGES, 0.0)
    for name in STAGES:
        setattr(pipeline, name, timed(getattr(pipeline, name), seconds))
    start = time.process_time()
    for article in articles:
        pipeline.build_report(article, nlp)
    whole = time.process_time() - start
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words:,} words, {whole:.2f} CPU s, {words / whole:,.0f} words a second")
    for name, spent in seconds.items():
        print(f"{name:20} {spent:6.2f} {spent / whole:6.1%}")
    print(f"{'the rest':20} {whole - sum(seconds.values()):6.2f} {1 - sum(seconds.values()) / whole:6.1%}")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
