"""Reads an article with the model: its shared layers once for each window, then what each head makes of the states.

The model is read in two steps. First every piece is asked whether a cue begins there. Then each likely cue is marked in its paragraph, and
every piece of the paragraph is asked whether it is of that cue's content or source; and the cue, whether it is one at all.

Each window is read by itself, and so is each marked cue: on one thread that is as fast as batches, and what is found in a paragraph depends
on no other window, nor on what else is asked. Numbers are made whole by the greatest of what is read together, so that in a batch one
paragraph would change how another is rounded. All processors add the same whole numbers up to the same; where they differ is in the last
digits of the floats between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.accurate.decoding import Chances, find_cues, find_parts
from onrecord.extract.accurate.finding import Finding
from onrecord.extract.accurate.pieces import Splitter
from onrecord.extract.accurate.weights import VOCABULARY, Weights
from onrecord.extract.accurate.windows import Asked, Batch, article_stretches, batch, mark, windows
from onrecord.model import Article

SHARED, CUES, MARKED = "shared", "cues", "marked"
"""The graphs. The first turns windows into states; the others are heads, which read these. Further ones can stand beside them."""
SIZE = 128
"""Pieces of a window. In larger ones more time goes into what pieces have to do with one another, and nothing more is found."""
LEAST = 0.15
"""The chance from which on a cue is marked and judged. Whether it is shown is for others to decide."""


@dataclass(frozen=True, slots=True)
class States:
    """What the shared layers make of a window. Every head reads this."""

    batch: Batch
    """The window alone."""
    values: NDArray[np.float32]
    """One by places by numbers."""


@dataclass(frozen=True, slots=True)
class _Question:
    asked: Asked
    chance: float


class AccurateReader:
    """A model that was taught, ready to read."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Loads the model of a folder, to be run in so many threads. Raises :class:`onrecord.errors.ModelError`."""
        weights = Weights(folder)
        self._splitter = Splitter(weights.content(VOCABULARY), folder / VOCABULARY)
        self._shared, self._cues, self._marked = (weights.graph(name, threads) for name in (SHARED, CUES, MARKED))

    def read(self, article: Article) -> tuple[Finding, ...]:
        """What the model finds in an article, in the order of its cues."""
        return tuple(sorted((one for states in self.states(article) for one in self._findings(states)), key=lambda one: one.cue))

    def states(self, article: Article) -> Iterator[States]:
        """The states of an article's windows, in text order: what all heads read."""
        for window in windows(article_stretches(article, self._splitter), size=SIZE):
            one = batch([window])
            (values,) = self._shared.run({"ids": one.ids, "features": one.features, "mask": one.mask})
            yield States(one, values)

    def _findings(self, states: States) -> Iterator[Finding]:
        (logits,) = self._cues.run({"states": states.values, "mask": states.batch.mask})
        for question in _questions(states.batch, _softmax(logits)):
            yield self._judged(states, question)

    def _judged(self, states: States, question: _Question) -> Finding:
        marked = mark([question.asked])
        here = states.values[marked.rows, marked.places]
        spans, valid = map(_sigmoid, self._marked.run({"states": here, "marks": marked.marks, "mask": marked.mask}))
        return _finding(question, spans[0, 1:-1], float(valid[0, question.asked.cue.start + 1]))


def _questions(batch: Batch, chances: Chances) -> Iterator[_Question]:
    """The cues that the model is asked about: those that it may see."""
    for row, window in enumerate(batch.windows):
        for stretch, at in window.places:
            here = chances[row, at : at + len(stretch.pieces)]
            for cue in find_cues(here, LEAST):
                if cue.pieces.start in stretch.own:
                    yield _Question(Asked(row, at, stretch, stretch.pieces.whole_words(cue.pieces)), cue.chance)


def _finding(question: _Question, chances: Chances, valid: float) -> Finding:
    pieces = question.asked.stretch.pieces
    chances = pieces.evened(chances)
    parts = find_parts(chances[:, 0], chances[:, 1], question.asked.cue)
    return Finding(
        cue=pieces.span(question.asked.cue),
        content=tuple(pieces.span(part) for part in parts.content),
        source=None if parts.source is None else pieces.span(parts.source),
        chance=question.chance,
        valid=valid,
        content_chance=parts.content_chance,
        source_chance=parts.source_chance,
    )


def _softmax(logits: NDArray[np.float32]) -> Chances:
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    chances: Chances = weights / weights.sum(-1, keepdims=True)
    return chances


def _sigmoid(logits: NDArray[np.float32]) -> Chances:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)
