"""Teaches the ranker of antecedents: a conditional logistic regression over the candidates of each annotated pronoun."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from onrecord.extract.actors.antecedent_features import group_of
from onrecord.extract.actors.ranking import NOBODY, Decision, Judge, Question, Ranker
from onrecord.train.references import Reference

GROUPS = ("he", "it", "they")
PENALTY = 1.0
"""Strength of the L2 penalty, chosen by cross-validation."""
SHARED_BY = 5
"""A feature has a weight only if so many texts have it."""
_NEGLIGIBLE = 0.01
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A pronoun with the features of its candidates, the last row for nobody, and which rows are right."""

    text: str
    group: str
    speaks: bool
    rows: Sequence[Sequence[str]]
    right: frozenset[int]
    known: bool


@dataclass
class Teacher:
    """A judge that knows the answers where annotators gave them, and notes each question as an example. Elsewhere ``judge`` decides."""

    text: str
    reference: Reference
    judge: Judge | None = None
    follows: bool = False
    """Whether to go on with what the judge says where the answer is known, too: errors then come as they will."""
    examples: list[Example] = field(default_factory=list)

    def decide(self, question: Question) -> Decision:
        """The right candidate where it is known."""
        right = self.reference.right(question)
        if right is not None:
            known = self.reference.known(question)
            self.examples.append(Example(self.text, group_of(question.pronoun), question.speaks, question.rows, right, known))
            if not self.follows:
                n = min(right)
                return Decision(question.candidates[n].entity) if known and n < len(question.candidates) and len(right) == 1 else NOBODY
        return self.judge.decide(question) if self.judge is not None else NOBODY


def fit(examples: Sequence[Example], penalty: float = PENALTY) -> dict[str, dict[str, float]]:
    """The weights that examples teach, by group and feature: those of all groups and those of one are learnt together, and added."""
    pairs = _shared(examples)
    index = {pair: n for n, pair in enumerate(pairs)}
    matrix, starts, right = _matrix(examples, index)
    found = minimize(
        _loss, np.zeros(len(index)), args=(matrix, starts, right, penalty), jac=True, method="L-BFGS-B", options={"maxiter": 400}
    ).x
    return {group: _added(group, pairs, found) for group in GROUPS}


def _added(group: str, pairs: Sequence[tuple[str, str]], found: NDArray[np.float64]) -> dict[str, float]:
    weights: defaultdict[str, float] = defaultdict(float)
    for (key, name), weight in zip(pairs, found, strict=True):
        if key in ("", group):
            weights[name] += float(weight)
    own = {name for key, name in pairs if key == group}
    return {name: round(weights[name], _DIGITS) for name in sorted(weights) if abs(weights[name]) >= _NEGLIGIBLE and name in own}


def _shared(examples: Sequence[Example]) -> list[tuple[str, str]]:
    texts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for example in examples:
        for name in {name for row in example.rows for name in row}:
            for key in ("", example.group):
                if len(texts[key, name]) < SHARED_BY:
                    texts[key, name].add(example.text)
    return sorted(pair for pair, names in texts.items() if len(names) >= SHARED_BY)


def _matrix(
    examples: Sequence[Example], index: dict[tuple[str, str], int]
) -> tuple[csr_matrix, NDArray[np.int64], NDArray[np.float64]]:
    """All rows of all examples, where each example begins, and which rows are right."""
    columns: list[int] = []
    ends, starts, right = [0], [], []
    for example in examples:
        starts.append(len(right))
        for n, row in enumerate(example.rows):
            columns += [index[pair] for name in row for pair in (("", name), (example.group, name)) if pair in index]
            ends.append(len(columns))
            right.append(float(n in example.right))
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(right), len(index)))
    return matrix, np.array(starts), np.array(right)


def _loss(
    weights: NDArray[np.float64], matrix: csr_matrix, starts: NDArray[np.int64], right: NDArray[np.float64], penalty: float
) -> tuple[float, NDArray[np.float64]]:
    """The negative log likelihood of the right rows, and its gradient."""
    scores = matrix @ weights
    sizes = np.diff(np.append(starts, len(scores)))
    scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
    odds = np.exp(scores)
    whole, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
    good = np.maximum(good, 1e-300)
    chance, posterior = odds / np.repeat(whole, sizes), odds * right / np.repeat(good, sizes)
    loss = float(np.sum(np.log(whole) - np.log(good))) + 0.5 * penalty * float(weights @ weights)
    return loss, np.asarray(matrix.T @ (chance - posterior)) + penalty * weights


def fold_of(part: str, folds: int) -> int:
    """Which fold a text is in, by what it is held back with: the same on every machine."""
    return zlib.crc32(part.encode()) % folds
