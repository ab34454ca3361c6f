"""The trained ranker of antecedents: how likely each candidate for a pronoun is, and whether that is enough to say so."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Protocol

import msgspec

from onrecord.errors import ModelError
from onrecord.extract.actors.anaphors import Anaphor
from onrecord.extract.actors.antecedent_features import group_of
from onrecord.extract.actors.antecedents import Discourse, Entity
from onrecord.extract.actors.candidates import Candidate

ANTECEDENTS = Path(__file__).parents[1] / "data" / "antecedents.json"


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun with its candidates, and what speaks for each of them."""

    discourse: Discourse
    anaphor: Anaphor
    candidates: tuple[Candidate, ...]
    rows: Sequence[Sequence[str]]
    """The features of each candidate, and at the end those of nobody."""

    @property
    def speaks(self) -> bool:
        """Whether the pronoun is the source of what somebody says, outside of other people's words."""
        return self.anaphor.token in self.discourse.sources and self.anaphor.token not in self.discourse.said


@dataclass(frozen=True, slots=True)
class Decision:
    """Whom a pronoun stands for; nobody where the candidates are too close, or none of them is likely."""

    entity: Entity | None
    chance: float = 0.0


NOBODY = Decision(None)
_LEAD = 1.5
"""So many times as likely as the next candidate the likeliest must be: of two that are close nobody is taken."""


class Judge(Protocol):
    """Decides whom pronouns stand for."""

    def decide(self, question: Question) -> Decision:
        """The decision on one pronoun; they are asked in text order."""


class Ranker(msgspec.Struct, frozen=True):
    """A conditional logistic regression: the chances of all candidates of a pronoun, and of nobody, add up to one."""

    weights: Mapping[str, Mapping[str, float]]
    """By group of pronouns, then by feature."""
    least: Mapping[str, float]
    """By group: the chance from which a candidate is believed; "GROUP source" for a pronoun that is said to speak."""

    def decide(self, question: Question) -> Decision:
        """The likeliest candidate, if it is likely enough."""
        group = group_of(question.anaphor)
        chances = self.chances(group, question.rows)
        best = max(range(len(chances)), key=chances.__getitem__)
        least = self.least[f"{group} source" if question.speaks else group]
        if best == len(question.candidates) or chances[best] < max(least, _LEAD * _second(chances, best)):
            return NOBODY
        return Decision(question.candidates[best].entity, chances[best])

    def scores(self, group: str, rows: Sequence[Sequence[str]]) -> list[float]:
        """The sum of the weights of each row."""
        weight = self.weights[group].get
        return [math.fsum(map(weight, row, repeat(0.0))) for row in rows]

    def chances(self, group: str, rows: Sequence[Sequence[str]]) -> list[float]:
        """How likely each of several rows of features is the right one (softmax); features without a weight count nothing."""
        scores = self.scores(group, rows)
        top = max(scores)
        odds = [math.exp(score - top) for score in scores]
        whole = math.fsum(odds)
        return [one / whole for one in odds]


@cache
def load_ranker(path: Path = ANTECEDENTS) -> Ranker:
    """A ranker from its file, read once in a process. Raises :class:`ModelError` when the file is missing or is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Ranker)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); train one with onrecord train --actors") from error
    except msgspec.MsgspecError as error:
        raise ModelError(f"{path}: no ranker of antecedents ({error}); train one with onrecord train --actors") from error


def _second(chances: Sequence[float], best: int) -> float:
    """The chance of the next candidate after the best; nobody, who stands last, is none."""
    return max((chance for n, chance in enumerate(chances[:-1]) if n != best), default=0.0)
