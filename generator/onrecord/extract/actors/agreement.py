"""What a pronoun cannot mean: the constraints of number, animacy, gender and binding that no likelihood outweighs.

Binding is that of Chomsky, Lectures on Government and Binding (1981), as Lappin & Leass, "An Algorithm for Pronominal Anaphora
Resolution" (Computational Linguistics 20, 1994) apply it to a parse.
"""

from __future__ import annotations

from onrecord.extract.actors.anaphors import Anaphor
from onrecord.extract.actors.antecedents import Discourse, Entity
from onrecord.extract.tokens import Token, reporting_verbs

SUBJECTS = ("nsubj", "nsubjpass")
_BODIES = frozenset({"organization", "media", "armed_group", "armed_force", "coalition"})
_SIDES = _BODIES | {"described_group"}
"""What "they" may be beside several people (Quirk et al. 1985, 5.108, 10.36). A state is "it"; "they" are its people or its leaders, whom
no name stands for."""
_THINGS = _BODIES | {"state", "place"}
_MENTAL = frozenset(
    {"believe", "think", "hope", "fear", "want", "feel", "know", "expect", "worry", "agree", "decide", "try", "refuse", "plan"}
)


def agrees(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> bool:
    """Whether an entity may be meant at all, by number, animacy and what the text says of gender."""
    if anaphor.kind in ("he", "she"):
        return (entity.person or entity.perhaps_person) and not entity.plural and entity.gender != opposite_gender(anaphor)
    kind = entity.party.type if entity.party is not None else ""
    if anaphor.kind == "they":
        return (entity.plural or kind in _SIDES) and (entity.human or not is_thinker(discourse, anaphor))
    return anaphor.kind == "it" and not entity.person and not entity.plural and (entity.party is None or kind in _THINGS)


def name_disagrees(entity: Entity, anaphor: Anaphor) -> bool:
    """Whether nothing but a given name speaks against it that somebody is "he" or "she"."""
    return not entity.gender and entity.name_gender == opposite_gender(anaphor)


def opposite_gender(anaphor: Anaphor) -> str:
    """The gender that a pronoun does not have; one that nobody has where it says nothing of gender."""
    return {"he": "f", "she": "m"}.get(anaphor.kind, "-")


def is_thinker(discourse: Discourse, anaphor: Anaphor) -> bool:
    """Whether a pronoun speaks, thinks or wants something, which only people and bodies do."""
    verb = discourse.doc[anaphor.token].head
    return anaphor.token in discourse.sources or (anaphor.subject and is_mental(verb))


def is_mental(verb: Token) -> bool:
    """Whether a verb is of speech, thought or will."""
    return verb.lemma_ in _MENTAL or verb.lemma_ in reporting_verbs()


def excluded_entities(discourse: Discourse, anaphor: Anaphor) -> set[int]:
    """The entities, by their order, that syntax rules out, or that the pronoun is said to have spoken of."""
    return discourse.owners_of(_excluded_by_binding(discourse.doc[anaphor.token], anaphor) | _nouns_in_content(discourse, anaphor))


def _excluded_by_binding(token: Token, anaphor: Anaphor) -> set[int]:
    """Tokens that the pronoun cannot mean: the other arguments of its own verb (binding principle B).

    "Him" is not the one who saw him, and "besides Ada Brook, she" is not Ada Brook.
    """
    # "Lee saw his car", "Lee saw himself": these may mean the subject.
    if anaphor.possessive or anaphor.reflexive:
        return set()
    verb = token.head if token.dep_ != "pobj" else token.head.head
    excluded = {child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative") and child.i != token.i}
    subject = subject_of(token)
    if subject is not None and subject.i != token.i and not anaphor.subject:
        excluded.add(subject.i)
    if anaphor.subject:
        excluded.update(noun.i for prep in verb.children if prep.dep_ == "prep" for noun in prep.children if noun.dep_ == "pobj")
    return excluded | {conjunct.i for conjunct in token.conjuncts}


def _nouns_in_content(discourse: Discourse, anaphor: Anaphor) -> set[int]:
    """The nouns in what a pronoun is said to have said: in "“Thank Dunn,” she added" she is not Dunn."""
    return {i for i in discourse.content_of.get(anaphor.token, ()) if discourse.doc[i].pos_ in ("NOUN", "PROPN")}


def subject_of(token: Token) -> Token | None:
    """The subject of the clause that a token stands in."""
    verb = token.head
    for _ in range(6):
        if verb.pos_ in ("VERB", "AUX"):
            subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
            if subject is not None:
                return subject
            if verb.dep_ not in ("xcomp", "conj", "aux"):
                return None
        verb = verb.head
    return None
