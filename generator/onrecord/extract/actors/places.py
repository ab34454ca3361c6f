"""Where a mention stands in its sentence: its grammatical role, its clause, and how two clauses are nested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.extract.tokens import Doc, Token

GrammaticalRole = Literal["subject", "object", "oblique", "agent", "possessor", "predicate", "modifier", "top", "other"]
_ROLES: dict[str, GrammaticalRole] = {
    "nsubj": "subject",
    "nsubjpass": "subject",
    "csubj": "subject",
    "dobj": "object",
    "dative": "object",
    "pobj": "oblique",
    "poss": "possessor",
    "attr": "predicate",
    "oprd": "predicate",
    "compound": "modifier",
    "nmod": "modifier",
    "amod": "modifier",
    "npadvmod": "modifier",
    "ROOT": "top",
}
_PREPOSITIONS = frozenset(
    {"about", "against", "as", "at", "between", "by", "for", "from", "in", "into"}
    | {"like", "of", "on", "over", "than", "to", "under", "with", "without"}
)
"""The simple prepositions (Quirk et al. 1985, 9.7) that are frequent before people and bodies."""
_MOST_STEPS = 40
"""Arcs up a parse that are followed: no clause of a written sentence lies deeper."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands. Tokens are counted in the article's Doc."""

    role: GrammaticalRole
    """That of the first conjunct, and of the noun that it stands in apposition to."""
    clause: int
    """The verb of its clause, or the top of a sentence without a verb."""
    main: bool
    """Whether that is the main clause of the sentence."""
    preposition: str
    """The frequent preposition right above it; empty without one."""
    conjunct: bool
    """Whether it is one of several that are joined: "Dunn and **Hale**", "**Dunn** and Hale"."""


def place_of(doc: Doc, i: int) -> Place:
    """The place of a token."""
    token = doc[i]
    at = _carrier(token)
    role = _ROLES.get(at.dep_, "other")
    above = at.head if role == "oblique" else None
    if above is not None and above.dep_ == "agent":
        role = "agent"
    verb = _clause(at)
    word = above.lower_ if above is not None else ""
    joined = token.dep_ == "conj" or any(child.dep_ == "conj" for child in token.rights)
    return Place(role, verb.i, verb.head.i == verb.i, word if word in _PREPOSITIONS else "", joined)


def _carrier(token: Token) -> Token:
    """The token that has the role of a mention: the first of conjuncts, and what a name stands in apposition to."""
    for _ in range(_MOST_STEPS):
        if token.dep_ not in ("conj", "appos") or token.head.i == token.i:
            break
        token = token.head
    return token


def _clause(token: Token) -> Token:
    for _ in range(_MOST_STEPS):
        if token.head.i == token.i:
            break
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            break
    return token


def clauses_above(doc: Doc, clause: int) -> dict[int, str]:
    """The verbs above the one of a clause, each with the arc by which the clause next below it hangs on it or on a noun of it."""
    found: dict[int, str] = {}
    verb = doc[clause]
    for _ in range(_MOST_STEPS):
        above = _clause(verb)
        if above.i == verb.i or above.i in found:
            break
        found[above.i] = verb.dep_
        verb = above
    return found
