"""Fits the linear models of the classifier. Needs scikit-learn (the extra ``onrecord[train]``); what it makes does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from onrecord.extract.attributions.classifier import GENERAL, Linear

SHARED_BY = 8
"""A feature has a weight only if this many articles have it: what one text alone has is not learnt, and cannot be read back."""
_NEGLIGIBLE = 0.02
"""Weights nearer to zero are left out of the model."""
_DIGITS = 3
SEED = 0


@dataclass(frozen=True, slots=True)
class Example:
    """An item with its answer."""

    article: str
    keys: tuple[str, ...]
    features: list[str]
    right: bool
    number: float = 0.0


def fit(examples: Sequence[Example], *, strength: float, shared_by: int = SHARED_BY) -> Linear:
    """A logistic regression with L2 penalty 1/``strength``; the same for the same examples, in the same order."""
    index = {pair: n for n, pair in enumerate(_shared(examples, shared_by))}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for example in examples:
        known = [index[pair] for pair in _pairs(example) if pair in index]
        columns += [*known, len(index)]
        values += [*([1.0] * len(known)), example.number]
        ends.append(len(columns))
    matrix = csr_matrix((values, columns, ends), shape=(len(examples), len(index) + 1))
    model = LogisticRegression(C=strength, solver="liblinear", random_state=SEED)
    model.fit(matrix, np.array([example.right for example in examples]))
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (key, name), n in index.items():
        weight = round(float(model.coef_[0][n]), _DIGITS)
        if abs(weight) >= _NEGLIGIBLE:
            weights[key][name] = weight
    return Linear(round(float(model.intercept_[0]), _DIGITS), dict(weights), round(float(model.coef_[0][len(index)]), _DIGITS))


def _pairs(example: Example) -> Iterator[tuple[str, str]]:
    return ((key, name) for key in (GENERAL, *example.keys) for name in example.features)


def _shared(examples: Sequence[Example], shared_by: int) -> list[tuple[str, str]]:
    """The pairs of key and feature that enough articles have, in alphabetical order."""
    articles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for example in examples:
        for pair in _pairs(example):
            if len(articles[pair]) < shared_by:
                articles[pair].add(example.article)
    return sorted(pair for pair, names in articles.items() if len(names) >= shared_by)
