"""Teaches the ranker of antecedents: a conditional logistic regression over the candidates of each annotated pronoun and description."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix

from onrecord.extract.actors.antecedent_features import ALIKE, Group, group_of
from onrecord.extract.actors.antecedents import Context
from onrecord.extract.actors.find import find_actors
from onrecord.extract.actors.ranking import NOBODY, Decision, Judge, Question, Ranker
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.language import Analysis
from onrecord.train.gold import Reference

GROUPS: tuple[Group, ...] = get_args(Group)
FOLDS = 4
PENALTY = 2.0
"""Strength of the L2 penalty on what all groups share, chosen by cross-validation among 1, 2 and 4."""
OWN_PENALTY = 8.0
"""The same on what one group has of its own, chosen among 2, 8, 10 and 20: "they" and descriptions have few examples, and no chance that
rests on these alone is to be trusted."""
SHARED_BY = 5
"""A feature has a weight only if so many texts have it: what one text alone has is not learnt."""
LEAST: Mapping[str, float] = {
    "body": 0.6,
    "body source": 0.7,
    "he": 0.44,
    "he source": 0.65,
    "it": 0.42,
    "it source": 0.55,
    "person": 0.5,
    "person source": 0.6,
    "they": 0.3,
    "they source": 0.45,
}
"""The chances from which candidates are believed, chosen by cross-validation: a wrong join costs more than none, of a speaker most."""
_HEAT = (1.0, 3.0)
"""Scores are only ever divided: the few descriptions that are annotated are no evidence that chances should be surer."""
_NEGLIGIBLE = 0.01
_DIGITS = 3
_STEPS = 200
"""Steps of the optimiser, after which the figures of cross-validation no longer change."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pronoun or description with the features of its candidates, the last row for nobody, and which rows are right."""

    text: str
    group: Group
    speaks: bool
    rows: Sequence[Sequence[str]]
    right: frozenset[int]
    known: bool
    """Whether the annotation says who exactly is meant."""
    weight: float = 1.0
    """How much it counts."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text as it was parsed and as annotators joined what means one actor."""

    analysis: Analysis
    attributions: tuple[Attribution, ...]
    reference: Reference
    part: str
    """What it is held back with: texts of one part are all learnt from, or none."""
    weight: float = 1.0
    context: Context | None = None
    """The text as an encoder has read it, where one has."""


@dataclass
class Teacher:
    """A judge that knows the answers where annotators gave them, and notes each question as an example. Elsewhere ``judge`` decides."""

    text: str
    reference: Reference
    judge: Judge | None = None
    weight: float = 1.0
    """How much each of its examples counts."""
    examples: list[Example] = field(default_factory=list)

    def decide(self, question: Question) -> Decision:
        """What the judge says, so that later questions stand among the errors that it makes; without one the annotated answer."""
        right = self.reference.right(question)
        if right is not None:
            known = self.reference.known(question)
            group = group_of(question.anaphor)
            self.examples.append(Example(self.text, group, question.speaks, question.rows, right=right, known=known, weight=self.weight))
            if self.judge is None:
                best = min(right)
                certain = known and len(right) == 1 and best < len(question.candidates)
                return Decision(question.candidates[best].entity, 1.0) if certain else NOBODY
        return self.judge.decide(question) if self.judge is not None else NOBODY


def ask(lesson: Lesson, judge: Judge | None = None) -> list[Example]:
    """The annotated questions that arise in a text when each is decided as ``judge`` says, or as annotators did."""
    teacher = Teacher(lesson.analysis.article.id, lesson.reference, judge, lesson.weight)
    find_actors(lesson.analysis, lesson.attributions, teacher, lesson.context)
    return teacher.examples


def teach_ranker(lessons: Sequence[Lesson]) -> Ranker:
    """The ranker that texts teach; the same for the same texts in the same order.

    It learns twice: first with all questions before answered rightly, then with them answered by a ranker that did not see the text,
    since that is how it will be asked (Ross, Gordon & Bagnell, "A Reduction of Imitation Learning", AISTATS 2011).
    """
    parts = [fold_of(lesson.part) for lesson in lessons]
    answered = [ask(lesson) for lesson in lessons]
    first = held_back(parts, answered)
    asked = [ask(lesson, first[part]) for lesson, part in zip(lessons, parts, strict=True)]
    both = [[*one, *other] for one, other in zip(answered, asked, strict=True)]
    second = held_back(parts, both)
    heats = _heats(
        [(second[part], form) for part, examples in zip(parts, asked, strict=True) for one in examples for form in forms_of(one)]
    )
    weights = fit([example for examples in both for example in examples])
    return Ranker({group: _scaled(weights[group], heats[group]) for group in GROUPS}, LEAST)


def forms_of(example: Example) -> tuple[Example, Example]:
    """An example as it is, and as it is where no encoder has read the text; each counts half."""
    rows = [[name for name in row if not name.startswith(ALIKE)] for row in example.rows]
    return replace(example, weight=example.weight / 2), replace(example, rows=rows, weight=example.weight / 2)


def held_back(parts: Sequence[int], examples: Sequence[Sequence[Example]]) -> dict[int, Ranker]:
    """For each fold a ranker that was taught by all other folds."""
    return {
        fold: Ranker(fit([one for part, some in zip(parts, examples, strict=True) if part != fold for one in some]), LEAST)
        for fold in sorted(set(parts))
    }


def fold_of(part: str, folds: int = FOLDS) -> int:
    """Which fold a text is in, by what it is held back with: the same on every machine."""
    return zlib.crc32(part.encode()) % folds


def _heats(judged: Sequence[tuple[Ranker, Example]]) -> dict[Group, float]:
    """By what the scores of each group are divided so that chances are right as often as they say (temperature scaling: Guo et al.,
    "On Calibration of Modern Neural Networks", ICML 2017)."""
    found: dict[Group, float] = {}
    for group in GROUPS:
        scored = [(np.array(ranker.scores(group, one.rows)), sorted(one.right), one.weight) for ranker, one in judged if one.group == group]
        found[group] = float(minimize_scalar(_cost, bounds=_HEAT, args=(scored,), method="bounded").x) if scored else 1.0
    return found


def _cost(heat: float, scored: Sequence[tuple[NDArray[np.float64], list[int], float]]) -> float:
    """The negative log likelihood of the right rows at a temperature."""
    total = 0.0
    for scores, right, weight in scored:
        odds = np.exp((scores - scores.max()) / heat)
        total -= weight * float(np.log(odds[right].sum() / odds.sum()))
    return total


def _scaled(weights: Mapping[str, float], heat: float) -> dict[str, float]:
    scaled = {name: round(weight / heat, _DIGITS) for name, weight in weights.items()}
    return {name: weight for name, weight in sorted(scaled.items()) if abs(weight) >= _NEGLIGIBLE}


def fit(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The weights that examples teach, by group and feature: those of all groups and those of one are learnt together, and added.

    Each is learnt from in both forms, so that the weights serve who has no encoder too.
    """
    examples = [form for example in examples for form in forms_of(example)]
    pairs = _shared(examples)
    index = {pair: n for n, pair in enumerate(pairs)}
    rows = _Rows.of(examples, index)
    penalties = np.array([OWN_PENALTY if group else PENALTY for group, _ in pairs])
    found = minimize(rows.loss, np.zeros(len(index)), args=(penalties,), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    learnt = dict(zip(pairs, found.tolist(), strict=True))
    # A feature that a group never had says nothing of it.
    return {group: {name: learnt[key, name] + learnt.get(("", name), 0.0) for key, name in pairs if key == group} for group in GROUPS}


def _shared(examples: Sequence[Example]) -> list[tuple[str, str]]:
    """The pairs of group and feature that enough texts have, in alphabetical order; the empty group is everybody's."""
    texts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for example in examples:
        for name in {name for row in example.rows for name in row}:
            for key in ("", example.group):
                if len(texts[key, name]) < SHARED_BY:
                    texts[key, name].add(example.text)
    return sorted(pair for pair, names in texts.items() if len(names) >= SHARED_BY)


@dataclass(frozen=True, slots=True)
class _Rows:
    """All rows of all examples as one matrix."""

    matrix: csr_matrix
    turned: csr_matrix
    starts: NDArray[np.int64]
    """Where the rows of each example begin."""
    sizes: NDArray[np.int64]
    right: NDArray[np.float64]
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, examples: Sequence[Example], index: Mapping[tuple[str, str], int]) -> _Rows:
        """The rows of examples, with a column for each pair of group and feature."""
        columns: list[int] = []
        ends, right = [0], []
        for example in examples:
            for n, row in enumerate(example.rows):
                columns += [index[pair] for name in row for pair in (("", name), (example.group, name)) if pair in index]
                ends.append(len(columns))
                right.append(float(n in example.right))
        sizes = np.array([len(example.rows) for example in examples])
        matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(right), len(index)))
        weight = np.array([example.weight for example in examples])
        return cls(matrix, matrix.T.tocsr(), np.cumsum(sizes) - sizes, sizes, np.array(right), weight)

    def loss(self, weights: NDArray[np.float64], penalties: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The negative log likelihood of the right rows with the penalty of each weight, and its gradient."""
        scores = self.matrix @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes))
        whole = np.add.reduceat(odds, self.starts)
        good = np.maximum(np.add.reduceat(odds * self.right, self.starts), np.finfo(float).tiny)
        loss = float(self.weight @ (np.log(whole) - np.log(good))) + 0.5 * float(penalties @ weights**2)
        pull = odds / np.repeat(whole, self.sizes) - odds * self.right / np.repeat(good, self.sizes)
        return loss, self.turned @ (pull * np.repeat(self.weight, self.sizes)) + penalties * weights
