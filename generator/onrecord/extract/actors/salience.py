"""How salient a candidate is where a pronoun stands, after Lappin & Leass, "An Algorithm for Pronominal Anaphora Resolution"
(Computational Linguistics 20, 1994): the weights of its mentions by grammatical role, halved with each sentence. One feature of many.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.actors.antecedents import Discourse
from onrecord.extract.actors.places import GrammaticalRole

_WEIGHTS: dict[GrammaticalRole, float] = {
    "subject": 270,
    "agent": 240,
    "object": 210,
    "predicate": 190,
    "oblique": 175,
    "possessor": 170,
    "modifier": 40,
}
"""The weights of the authors, recency (100) in them; "modifier" is a name before a noun, which is in the background."""
_OTHER = 150.0


def salience(discourse: Discourse, near: Sequence[int], token: int) -> float:
    """The salience at a token of what was mentioned at the tokens ``near`` it: its best mention in each sentence counts."""
    here, quoted = discourse.sentence[token], token in discourse.quoted
    best: dict[int, float] = {}
    for i in near:
        if i < token:
            going_on = i in discourse.continuations
            weight = 270.0 if going_on else _WEIGHTS.get(discourse.place(i).role, _OTHER)
            # The narrator and a speaker have different people in mind.
            weight *= 0.6 if (i in discourse.quoted and not going_on) != quoted else 1
            back = here - discourse.sentence[i]
            best[back] = max(best.get(back, 0.0), weight * 0.5**back)
    return sum(best.values())
