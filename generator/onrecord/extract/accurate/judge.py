"""The judges by name, and the one that hears two readers: the rules with their trained classifier, and the model."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from onrecord.errors import ModelError
from onrecord.extract.accurate.finding import Finding
from onrecord.extract.accurate.merging import Merger, MergeWeights
from onrecord.extract.accurate.reader import AccurateReader, WordStates
from onrecord.extract.accurate.weights import MERGING, Weights
from onrecord.extract.attributions.attribution import Draft, Scene
from onrecord.extract.attributions.judges import Classifier, Judge, Merge, RateJudge, TrainedJudge, load_classifier
from onrecord.extract.language import Analysis
from onrecord.model import Article
from onrecord.options import ACCURATE, RULES, TRAINED

MOST_THREADS = 256
SHIPPED = Path(__file__).parent / "data"
"""The model that comes with the program."""


def judge_for(attribution: str) -> Judge:
    """The judge of that name; or one with the model in the folder of that name, or the classifier in the file of that name.

    Raises :class:`~onrecord.errors.ModelError`.
    """
    if attribution == RULES:
        return RateJudge()
    if attribution == ACCURATE:
        return accurate_judge()
    if attribution == TRAINED:
        return TrainedJudge(load_classifier())
    own = Path(attribution)
    return accurate_judge(own) if own.is_dir() else TrainedJudge(load_classifier(own))


class AccurateJudge(TrainedJudge):
    """Judges drafts as the trained judge does, and then merges them with what the model finds."""

    def __init__(self, classifier: Classifier, reader: AccurateReader, merger: Merger) -> None:
        super().__init__(classifier)
        self._reader, self._merger = reader, merger
        self._last: tuple[Article, tuple[tuple[Finding, ...], WordStates]] | None = None

    def reading(self, analysis: Analysis) -> Merge:
        """The merge for one article, which the model reads now, whole."""
        findings, _ = self._read(analysis.article)

        def merge(scene: Scene, drafts: Sequence[Draft]) -> Sequence[Draft]:
            return self._merger.merge(scene, drafts, in_scene(scene, findings))

        return merge

    def context(self, article: Article) -> WordStates:
        """What the model makes of the words of an article."""
        return self._read(article)[1]

    def _read(self, article: Article) -> tuple[tuple[Finding, ...], WordStates]:
        """What reading an article gave, kept until the next is read: attributions and pronouns both rest on it."""
        last = self._last
        if last is None or last[0] is not article:
            last = self._last = article, self._reader.read_closely(article)
        return last[1]


def in_scene(scene: Scene, findings: Sequence[Finding]) -> list[Finding]:
    """Of an article's findings, which are in the order of their cues, those whose cue stands in this paragraph."""
    block = scene.paragraph.block
    return list(findings[bisect_left(findings, block.start, key=_start) : bisect_left(findings, block.end, key=_start)])


def _start(finding: Finding) -> int:
    return finding.cue.start


def threads_to_use() -> int:
    """How many threads of a process the model runs in: ``$ONRECORD_THREADS``, or one. Raises :class:`ModelError`.

    One, since articles are read in as many processes as there are cores; more help who reads one article at a time.
    """
    chosen = os.environ.get("ONRECORD_THREADS", "1")
    if not (chosen.isascii() and chosen.isdecimal() and 0 < int(chosen) <= MOST_THREADS):
        raise ModelError(f"ONRECORD_THREADS={chosen}: is no number of threads; set it to a number from 1 to {MOST_THREADS}")
    return int(chosen)


@cache
def accurate_judge(folder: Path = SHIPPED) -> AccurateJudge:
    """The judge with the model of a folder, loaded once in a process. Raises :class:`ModelError` where any of it is missing or broken."""
    merging = Weights(folder).content(MERGING)
    try:
        weights = msgspec.json.decode(merging, type=MergeWeights)
    except msgspec.DecodeError as error:
        raise ModelError(f"{folder / MERGING}: holds no weights ({error}); install onrecord[accurate] anew") from error
    return AccurateJudge(load_classifier(), AccurateReader(folder, threads_to_use()), Merger(weights))
