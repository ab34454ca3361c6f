"""Judges articles with classifiers that were taught on the others: how well the program does where nobody chose anything by it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from spacy.language import Language

from onrecord.article import load_article
from onrecord.extract.accurate.judge import SHIPPED
from onrecord.extract.accurate.reader import AccurateReader
from onrecord.extract.attributions.judges import TrainedJudge, load_classifier
from onrecord.extract.language import analyse
from onrecord.train import Trained
from onrecord.train.accurate.merging import merge_weights, read_twice, write_merging
from onrecord.train.gold import GoldArticle
from onrecord.train.teach import Lesson, fold_of, teach


def merged_folds(gold: Sequence[GoldArticle], nlp: Language, count: int) -> Iterator[tuple[list[GoldArticle], Path]]:
    """For each fold, its articles and a folder with the shipped model, merged with the rules as the other articles teach. The folder is
    gone when the next is asked for."""
    reader, judge = AccurateReader(SHIPPED), TrainedJudge(load_classifier())
    bar = track(gold, "reading", console=Console(stderr=True))
    articles = [read_twice(analyse(nlp, load_article(one.path)), one.attributions, reader) for one in bar]
    for fold in range(count):
        others = [article for one, article in zip(gold, articles, strict=True) if fold_of(one.path.stem, count) != fold]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "model")
            shutil.copytree(SHIPPED, folder)
            write_merging(folder, merge_weights(others, judge))
            yield [one for one in gold if fold_of(one.path.stem, count) == fold], folder


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
