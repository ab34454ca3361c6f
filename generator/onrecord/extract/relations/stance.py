"""Whether a relation is said to hold: the polarity and modality of its trigger within the claim that it rests on."""

from __future__ import annotations

from onrecord.extract.claims.claim_words import claim_words
from onrecord.extract.claims.clauses import Clause
from onrecord.extract.claims.modality import find_modality, find_polarity
from onrecord.extract.lemmas import lemma_of
from onrecord.extract.relations.arguments import noun_stance
from onrecord.extract.tokens import Token
from onrecord.model import Claim, Modality, Polarity

PRECEDENCE: tuple[Modality, ...] = ("conditional", "hoped", "deontic", "probable", "future", "presupposed")
"""Of the modalities of the verbs in a chain the first in this order is the relation's: "**if** they **want** to leave" is a condition."""

_OF_NOUNS: dict[str, Modality] = {
    "intentions": "future",
    "refusals": "asserted",
    "possibilities": "probable",
    "attempts": "probable",
    "duties": "deontic",
    "wishes": "hoped",
}
"""The modality of an infinitive after a noun, by the noun's list in ``data/claims.toml``."""

_PROPOSING = frozenset({"advise", "advocate", "propose", "recommend", "suggest"})
"""Verbs whose gerund is what ought to be done: "proposed **closing** it"."""


def find_stance(predicate: Token, claim: Claim) -> tuple[Polarity, Modality]:
    """The polarity and modality of a relation: those of its verb and of each verb that this one hangs on, up to the claim's own.

    A cue stands outside the claim that its relation rests on, and is judged by itself.
    """
    if not holds(claim, predicate):
        return find_polarity(predicate), verb_modality(predicate)
    negative, found, here = False, set(), predicate
    while True:
        is_top = here.head.i == here.i or not holds(claim, here.head)
        if here.pos_ in ("VERB", "AUX"):
            negative ^= (claim.polarity if is_top else find_polarity(here)) == "-"
            found.add(claim.modality if is_top else verb_modality(here))
        negative ^= is_avoided(here) or infinitive_stance(here) == "refusals"
        if is_top or not is_carried(here):
            break
        here = here.head
    return ("-" if negative else "+"), next((modality for modality in PRECEDENCE if modality in found), "asserted")


def is_carried(verb: Token) -> bool:
    """Whether what is said of the verb above holds of this one: "did not **want to leave**", "should not **stay or return**"."""
    if verb.dep_ == "conj":
        return verb.head.pos_ in ("VERB", "AUX") and not any(child.dep_ in ("aux", "nsubj") for child in verb.lefts)
    return verb.dep_ == "xcomp"


def is_avoided(verb: Token) -> bool:
    """Whether the words above keep it from happening: "**without** harming", "**avoided** naming", "**kept from** leaving"."""
    if verb.dep_ not in ("pcomp", "xcomp") or verb.tag_ != "VBG":
        return False
    above = verb.head
    if above.lower_ == "without":
        return True
    while verb.dep_ == "pcomp" and above.dep_ in ("prep", "acomp", "advmod") and above.pos_ not in ("VERB", "AUX"):
        above = above.head
    return lemma_of(above) in claim_words().polarity["avoiding"]


def infinitive_stance(verb: Token) -> str | None:
    """What the noun above an infinitive makes of it: "the **decision** to leave", "his **refusal** to leave"."""
    return noun_stance(verb.head) if verb.dep_ == "acl" and verb.tag_ == "VB" else None


def holds(claim: Claim, token: Token) -> bool:
    return any(span.start <= token.idx < span.end for span in claim.spans)


def verb_modality(verb: Token) -> Modality:
    """The modality of one verb in a chain: its own, or what the verb above it makes of it ("**want** to leave",
    "**asked** them to leave", "**if** they leave")."""
    words = claim_words()
    own = find_modality(Clause(verb, (verb,), -1, "verb"))
    if own != "asserted":
        return own
    if verb.dep_ == "advcl" and any(child.lower_ in words.modality["conditional_marks"] for child in verb.lefts):
        return "conditional"
    if (stance := infinitive_stance(verb)) is not None:
        return _OF_NOUNS[stance]
    if verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and lemma_of(verb.head) in words.modality["permitting_verbs"]:
        return "probable"
    if verb.dep_ == "xcomp" and verb.tag_ == "VBG" and lemma_of(verb.head) in _PROPOSING:
        return "deontic"
    if verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and verb.i > verb.head.i:
        if lemma_of(verb.head) in words.stance["wishes"]:
            return "hoped"
        if lemma_of(verb.head) in words.stance["directives"]:
            return "deontic"
        if lemma_of(verb.head) in words.stance["commitments"]:
            return "future"
    return "asserted"
