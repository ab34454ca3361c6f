"""Judges articles with classifiers that were taught on the others: how well the program does where nobody chose anything by it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from spacy.language import Language

from onrecord.article import load_article
from onrecord.extract.language import analyse
from onrecord.train import Trained
from onrecord.train.gold import GoldArticle
from onrecord.train.teach import Lesson, fold_of, teach


def folds(gold: Sequence[GoldArticle], nlp: Language, count: int) -> Iterator[tuple[list[GoldArticle], Path]]:
    """For each fold, its articles and the file of a classifier that the others taught. The file is gone when the next is asked for."""
    bar = track(gold, "parsing", console=Console(stderr=True))
    lessons = [Lesson(analyse(nlp, load_article(one.path)), one.attributions) for one in bar]
    for fold in range(count):
        others = [lesson for one, lesson in zip(gold, lessons, strict=True) if fold_of(one.path.stem, count) != fold]
        rates, classifier = teach(others)
        with tempfile.TemporaryDirectory() as folder:
            trained = Trained(len(others), classifier, rates)
            trained.write(Path(folder))
            yield [one for one in gold if fold_of(one.path.stem, count) == fold], Path(folder) / Trained.CLASSIFIER
