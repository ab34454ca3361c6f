"""Verbs whose subject is understood, where it is not that of the next verb above: the one that really lends its subject."""

from __future__ import annotations

from onrecord.documents import DOCUMENTS
from onrecord.extract.lemmas import reporting_verbs
from onrecord.extract.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_ISSUED = DOCUMENTS | {"banner", "poster", "sign"}
_DEPTH = 8
"""How many arcs a search goes up; sentences hardly ever need more."""


def reporting_verb(verb: Token) -> Token | None:
    """The verb that reports the clause to which the parser ties a cue, if the cue goes with the report: "said" for "adding" and "warned".

    "Lee said the bridge was old, adding that ..."; "Lee said she was sorry and warned that ...".
    """
    coordinated = verb.dep_ == "conj" and _speaks(verb) and not _speaks(verb.head)
    if not coordinated and not (verb.dep_ in ("advcl", "xcomp") and _is_apart(verb)):
        return None
    outer = _outermost(verb.head)
    fits = not coordinated or (_speaks(outer) and outer.tag_ == verb.tag_)
    return outer if outer != verb.head and fits else None


def issuing_verb(verb: Token) -> Token | None:
    """The verb whose subject says what the participle after a noun says: "issued" in "Lee issued a statement saying that ...".

    After a comma the participle goes with the whole clause, whatever noun stands before it: "Lee rejected the plan, saying that ...".
    """
    if verb.dep_ != "acl" or verb.tag_ != "VBG":
        return None
    noun = verb.head
    if _is_apart(verb) and noun.dep_ not in SUBJECTS:
        clause = _clause_of(noun)
        return None if clause is None else _outermost(clause)
    at = noun.head.head if noun.dep_ == "pobj" else noun.head  # "sent a message to supporters saying"
    sender = at.head if at.dep_ == "dobj" else at
    things = (child for child in sender.children if child.dep_ == "dobj" and child.lemma_.lower() in _ISSUED)
    return sender if sender.pos_ == "VERB" and any(thing.i < verb.i for thing in things) else None


def _is_apart(verb: Token) -> bool:
    """A present participle after a comma."""
    first = verb.left_edge
    return verb.tag_ == "VBG" and verb.i > verb.head.i and first.i > 0 and first.nbor(-1).text == ","


def _clause_of(noun: Token) -> Token | None:
    """The verb of the clause that a noun stands in."""
    return next((above for above in noun.ancestors if above.pos_ in ("VERB", "AUX")), None)


def _outermost(verb: Token) -> Token:
    """The verb that reports the clause of a verb, or the one that reports that one."""
    found = at = verb
    for _ in range(_DEPTH):
        if at.dep_ == "ccomp" and at.head.pos_ == "VERB" and at.head.i < at.i:
            found = at = at.head
        elif at.dep_ == "conj":
            at = at.head
        else:
            break
    return found


def _speaks(verb: Token) -> bool:
    return verb.lemma_.lower() in reporting_verbs()
