"""How likely a draft is to be a real attribution, and who its source is: by rates of cues, or by the trained classifier.

The rules only propose; a judge decides. Both judges were taught by PolNeAR's training articles (Newell et al. 2018).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from onrecord.extract.attributions.classifier import Classifier, load_classifier
from onrecord.extract.attributions.context import LEAST, context_features
from onrecord.extract.attributions.continuing import GUESSED
from onrecord.extract.attributions.cues import CONVENTIONS, load_cues
from onrecord.extract.attributions.features import FeatureReader, frame_of
from onrecord.extract.attributions.scene import Draft, Scene
from onrecord.extract.attributions.speakers import NOBODY, Option, option_features, source_options
from onrecord.extract.lemmas import reporting_verbs
from onrecord.options import RULES, TRAINED


class Judge(Protocol):
    """Scores drafts, and settles their sources."""

    @property
    def lemmas(self) -> frozenset[str]:
        """The lemmas that may be cues; no other is looked at."""

    def score(self, scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
        """Drafts of one scene that compete, each with its score."""

    def believes(self, draft: Draft) -> bool:
        """Whether a scored draft is likely enough to be shown."""

    def settle(self, scene: Scene, draft: Draft) -> Draft:
        """A believed draft with its source, how certain that is, and the runner-up if that is near."""


def judge_for(attribution: str) -> Judge:
    """The judge of that name, or one with the classifier in the file of that name. Raises :class:`~onrecord.errors.ModelError`."""
    if attribution == RULES:
        return RateJudge()
    return TrainedJudge(load_classifier() if attribution == TRAINED else load_classifier(Path(attribution)))


class RateJudge:
    """Judges by the rate of the lemma in its frame, as annotators marked it; the source is the one that the rule names."""

    _QUOTED, _UNQUOTED = 0.5, 0.6
    """Quotation marks are evidence of their own; without them more is asked: what is shown and wrong costs more than what is missed."""

    @property
    def lemmas(self) -> frozenset[str]:
        return load_cues().lemmas

    def score(self, scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
        cues = load_cues()
        return [replace(draft, score=cues.rate(frame_of(draft), draft.lemma)) for draft in drafts]

    def believes(self, draft: Draft) -> bool:
        return draft.score >= (self._QUOTED if draft.quotations else self._UNQUOTED)

    def settle(self, scene: Scene, draft: Draft) -> Draft:
        return draft


class TrainedJudge:
    """Judges by three linear models: what speaks for a draft, what its neighbours add, and which word near its cue is its source."""

    _GUESSED = 0.8
    """A new paragraph may have a new speaker: nothing but the flow of the text speaks for the last one, and words in the wrong mouth cost
    more than a speaker who is said to be unknown."""
    _CLOSE = 0.25
    """A runner-up this likely or more is shown: one chance in four is worth an editor's look."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier

    @property
    def lemmas(self) -> frozenset[str]:
        """Those that training met, and every reporting verb: one that was listed later has no weight of its own, only its list's."""
        return self._classifier.lemmas | reporting_verbs()

    def score(self, scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
        model = self._classifier
        reader = FeatureReader(scene)
        logits = [model.draft.logit((frame_of(draft),), reader.features(draft)) for draft in drafts]
        among = context_features(drafts, [chance(logit) for logit in logits])
        return [self._among_neighbours(draft, names, logit) for draft, names, logit in zip(drafts, among, logits, strict=True)]

    def _among_neighbours(self, draft: Draft, names: list[str] | None, logit: float) -> Draft:
        if draft.frame in self._classifier.conventions:
            return replace(draft, score=CONVENTIONS[draft.frame], learnt=False)
        if names is not None:
            logit = self._classifier.context.logit((frame_of(draft),), names, logit)
        score = chance(logit)
        return replace(draft, score=score, learnt=True) if names is not None or score >= LEAST else draft

    def believes(self, draft: Draft) -> bool:
        if draft.frame in GUESSED:
            return draft.score >= self._GUESSED
        return draft.score >= (self._classifier.quoted if draft.quotations else self._classifier.unquoted)

    def settle(self, scene: Scene, draft: Draft) -> Draft:
        if draft.continues is not None or draft.named is not None or not draft.cue:
            return draft
        ranked = self._ranked(scene, draft)
        (chance, best), *others = ranked
        close = (option.source for rate, option in others if rate >= self._CLOSE and option.source is not None)
        runner_up = None if best.source is None else next((other for other in close if not _same_phrase(scene, best.source, other)), None)
        return replace(draft, source=best.source, certainty=chance, runner_up=runner_up)

    def _ranked(self, scene: Scene, draft: Draft) -> list[tuple[float, Option]]:
        """The options for the source with their chances, the likeliest first."""
        options = [*source_options(scene, draft), NOBODY]
        model = self._classifier.source
        chances = [chance(model.logit(keys, names)) for keys, names in option_features(scene, draft, options)]
        return sorted(zip(chances, options, strict=True), key=lambda pair: (-pair[0], pair[1].source is None, pair[1].source or 0))


def _same_phrase(scene: Scene, one: int, other: int) -> bool:
    """Whether one word stands in the phrase of the other: "the council's leader" in "Lee, the council's leader"."""
    a, b = scene.words[one], scene.words[other]
    return a.is_ancestor(b) or b.is_ancestor(a)


def chance(logit: float) -> float:
    """The probability that log odds stand for; far ones are cut, where ``exp`` would overflow."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
