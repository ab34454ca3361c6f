"""Whose words a cue's are: the subject of a verb, its own or understood."""

from __future__ import annotations

from onrecord.extract.attributions.understood import SUBJECTS, issuing_verb, reporting_verb
from onrecord.extract.tokens import Token

_JUDGING = frozenset(
    [
        "accuse",
        "applaud",
        "attack",
        "blame",
        "blast",
        "castigate",
        "censure",
        "chastise",
        "commend",
        "condemn",
        "congratulate",
        "convict",
        "criticise",
        "criticize",
        "denounce",
        "excoriate",
        "fault",
        "forgive",
        "honor",
        "laud",
        "mock",
        "praise",
        "punish",
        "rebuke",
        "reprimand",
        "rip",
        "ridicule",
        "scold",
        "slam",
        "suspect",
        "thank",
    ]
)
"""Verbs that judge their object for what it did: Levin (1993), class 33, with headline words for "criticise"."""


def subject_of(verb: Token) -> Token | None:
    """The head word of a verb's understood subject: its own, or its controller's, or the noun that it modifies."""
    seen = 0
    at: Token = verb
    while seen < 12:
        seen += 1
        for child in at.children:
            if child.dep_ in SUBJECTS and child.tag_ != "EX":
                return child
            if child.dep_ == "agent" and at.tag_ == "VBN":
                return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
        if at.dep_ in ("conj", "xcomp", "advcl", "parataxis", "dep", "aux") and at.head.pos_ in ("VERB", "AUX"):
            if at.dep_ in ("conj", "parataxis", "dep") and begins_anew(at.head, at):
                return None
            if (outer := reporting_verb(at)) is not None:
                at = outer
                continue
            if at.dep_ == "xcomp" and (controller := object_of(at.head)) is not None and not _participle(at):
                return controller
            at = at.head
        elif at.dep_ in ("acl", "relcl"):
            if (issuing := issuing_verb(at)) is not None:
                at = issuing
                continue
            return at.head if _participle(at) or at.dep_ == "acl" else None
        elif at.dep_ == "pcomp" and at.head.head.pos_ in ("VERB", "AUX"):
            judged = object_of(at.head.head) if at.head.lower_ in ("for", "of") and at.head.head.lemma_ in _JUDGING else None
            if judged is not None:
                return judged
            at = at.head.head
        elif at.dep_ == "conj" and at.head.dep_ == "pcomp":
            at = at.head
        else:
            return None
    return None


def begins_anew(first: Token, second: Token) -> bool:
    """A colon or semicolon between two clauses: the subject of the first is not that of the second."""
    return any(token.text in (":", ";") for token in first.doc[first.i : second.i])


def _participle(verb: Token) -> bool:
    return verb.tag_ in ("VBG", "VBN")


def object_of(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("dobj", "dative")), None)


def is_passive_participle(verb: Token) -> bool:
    """ "Asked about it, ...", "a report called ...": what is said is said to or of the noun, not by it."""
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not any(child.dep_ in (*SUBJECTS, "aux") for child in verb.children)


def agent_of(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None
