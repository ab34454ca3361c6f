"""Fits what the program judges by: linear models over features (needs scikit-learn), and rates of lemmas in frames."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from onrecord.extract.attributions.cues import COMMUNICATION, CONVENTIONS, POOLED, pool_of
from onrecord.extract.attributions.features import frame_of
from onrecord.extract.attributions.judges import GENERAL, Linear
from onrecord.extract.attributions.paragraph import Draft

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


ARTICLES_SHARED_BY = 3
"""A lemma that fewer articles have in a frame is pooled."""
IDLE = 0.25
"""Below this share of hits a lemma's own count would never be believed, and is not kept."""
_SIGNS = (":", "\u2014")

Table = dict[str, dict[str, tuple[int, int]]]
"""By frame and lemma: how many drafts were right, of how many."""


class Tally:
    """Hits and places for each frame and lemma, with the articles in which the lemma stood."""

    def __init__(self) -> None:
        self._hits: Counter[tuple[str, str]] = Counter()
        self._places: Counter[tuple[str, str]] = Counter()
        self._articles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def add(self, draft: Draft, article: str, *, right: bool) -> None:
        """Counts one draft."""
        key = (frame_of(draft), draft.lemma)
        self._places[key] += 1
        self._hits[key] += right
        self._articles[key].add(article)

    def table(self) -> Table:
        """Counts by frame and lemma in alphabetical order, the lemmas of too few articles pooled; frames of a convention are left out."""
        table: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for key in sorted(self._places):
            frame, lemma = key
            if frame in CONVENTIONS:
                continue
            name = lemma if len(self._articles[key]) >= ARTICLES_SHARED_BY and _is_word(lemma) else pool_of(lemma)
            hits, places = table[frame].get(name, (0, 0))
            table[frame][name] = (hits + self._hits[key], places + self._places[key])
        return {frame: _without_idle(lemmas) for frame, lemmas in table.items()}


def _is_word(lemma: str) -> bool:
    return lemma in _SIGNS or all(part.isascii() and part.isalpha() for part in lemma.split())


def _without_idle(lemmas: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Lemmas that hardly ever attribute join the pool, unless the pool's rate would then hide that."""
    hits = sum(hit for hit, _ in lemmas.values())
    places = sum(place for _, place in lemmas.values())
    if hits >= IDLE * places:
        return lemmas
    kept = {
        lemma: (hit, place) for lemma, (hit, place) in lemmas.items() if lemma == COMMUNICATION or (lemma != POOLED and hit >= IDLE * place)
    }
    pool = (hits - sum(hit for hit, _ in kept.values()), places - sum(place for _, place in kept.values()))
    return dict(sorted({**kept, POOLED: pool}.items()))
