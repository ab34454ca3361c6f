"""Teaches the accurate reader from a corpus of annotated articles (needs PyTorch; running it needs none)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from onrecord.errors import TrainingError
from onrecord.train.accurate.examples import Settings
from onrecord.train.gold import GoldArticle, gold_of
from onrecord.train.teach import fold_of


class Track(Protocol):
    """Hands items through, of so many, and may show how far it is."""

    def __call__(self, items: Iterable[Any], total: float | None = None) -> Iterable[Any]: ...


def teach_accurate(folder: Path, out: Path, settings: Settings, track: Track) -> int:
    """Trains on the annotated articles of a folder, and writes the model's files to another. Returns how many articles taught it.

    Goes on with the training that it finds there. Raises :class:`TrainingError` where there are no articles, or PyTorch is missing.
    """
    try:
        from onrecord.train.accurate.encoder import VOCABULARY, encoder_files
        from onrecord.train.accurate.examples import lesson
        from onrecord.train.accurate.export import export
        from onrecord.train.accurate.fit import Plan, fit, steps_to_make
    except ImportError as error:
        missing = (error.name or "PyTorch").partition(".")[0]
        raise TrainingError(f"training the accurate reader needs {missing}; pip install 'onrecord[train-accurate]'") from error
    from onrecord.extract.accurate.windows import Splitter

    files = encoder_files()
    splitter = Splitter((files / VOCABULARY).read_bytes(), files / VOCABULARY)
    lessons = tuple(lesson(one, splitter) for one in taught_by(folder, settings))
    plan = Plan(settings, lessons, files, out)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "losses.tsv").open("a", encoding="utf-8") as log:
        for step in track(fit(plan), steps_to_make(plan)):
            if step.number % _TOLD_EVERY == 0:
                print(
                    f"{step.number}/{step.of}", f"{step.rate:.2e}", *(f"{loss:.3f}" for loss in step.losses), sep="\t", file=log, flush=True
                )
    export(out, files, out)
    return len(lessons)


_TOLD_EVERY = 25
"""Steps between two lines of ``losses.tsv``."""


def taught_by(folder: Path, settings: Settings) -> list[GoldArticle]:
    """The articles of a folder that are read in training. Raises :class:`TrainingError` where there are none."""
    return gold_of(folder, taken=lambda name: not settings.held or fold_of(name, settings.held) != 0)
