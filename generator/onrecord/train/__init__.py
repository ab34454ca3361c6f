"""Teaches what the program judges by, from texts that people annotated: here the classifier of attributions; the ranker of antecedents in
:mod:`onrecord.train.antecedents`, the accurate reader in :mod:`onrecord.train.accurate`. Nothing else of the program needs this room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from spacy.language import Language

from onrecord.article import load_article
from onrecord.errors import TrainingError
from onrecord.extract.attributions.judges import Classifier
from onrecord.extract.language import analyse
from onrecord.train.gold import GoldArticle, gold_of

Track = Callable[[Sequence[Any]], Iterable[Any]]
"""Hands items through, and may show how far it is."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learnt, and from how much."""

    CLASSIFIER: ClassVar[str] = "classifier.json"
    CUES: ClassVar[str] = "cues.json"

    articles: int
    classifier: Classifier
    rates: dict[str, dict[str, tuple[int, int]]]

    def write(self, folder: Path) -> None:
        """Writes both as JSON with sorted keys, byte for byte the same for the same articles. Raises :class:`TrainingError`."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _put(folder / self.CLASSIFIER, msgspec.json.encode(self.classifier, order="deterministic") + b"\n")
            _put(folder / self.CUES, msgspec.json.format(msgspec.json.encode(self.rates), indent=1) + b"\n")
        except OSError as error:
            raise TrainingError(f"{folder}: cannot be written ({error.strerror}); name another folder with --out") from error


def _put(file: Path, content: bytes) -> None:
    """Writes a file whole, or not at all."""
    fresh = file.with_name(f".{file.name}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def teach_from(folder: Path, nlp: Language, track: Track = iter) -> Trained:
    """What the annotated articles of a folder teach. Raises :class:`TrainingError` where there are none, or scikit-learn is missing."""
    return teach_gold(gold_of(folder), nlp, track)


def teach_gold(gold: Sequence[GoldArticle], nlp: Language, track: Track = iter) -> Trained:
    """What annotated articles teach. Raises :class:`TrainingError` where scikit-learn is missing."""
    try:
        from onrecord.train.teach import Lesson, teach
    except ImportError as error:
        raise TrainingError(f"training needs {error.name}; pip install 'onrecord[train]'") from error
    rates, classifier = teach([Lesson(analyse(nlp, load_article(one.path)), one.attributions) for one in track(gold)])
    return Trained(len(gold), classifier, rates)
