"""Constructions that report speech and decide by themselves who said it, so that no likelihood has to.

- Impersonal ones name nobody: "It was reported that ...", "A jury was told that ...", "The court heard that ...". Courts hear: where
  something was said is not who said it.
- "Lee was quoted by the Post as saying that ..." is Lee's, and the Post is where it stood; so is "..., Lee said, according to the Post".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.extract.attributions.arguments import agent_of, patient_of, stated_subject
from onrecord.extract.tokens import Token, lemma_of, reporting_verbs, speech_words

_QUOTING = frozenset({"quote", "cite", "report"})


@dataclass(frozen=True, slots=True)
class Construction:
    """A cue that decides who speaks."""

    frame: Literal["impersonal", "quoted as"]
    source: Token | None
    """The head word of whoever said it; none where nobody is named."""


def construction_of(verb: Token) -> Construction | None:
    """The construction in which a verb with a clause for its content stands, if it is one of them."""
    if agent_of(verb) is None and (_has_empty_subject(verb) or _is_before_tribunal(verb)):
        return Construction("impersonal", None)
    source = _quoted_person(verb)
    return None if source is None else Construction("quoted as", source)


def is_quoting(verb: Token) -> bool:
    """Whether a verb only introduces "as saying", which is the cue: "was **quoted** by the Post as saying"."""
    return lemma_of(verb) in _QUOTING and any(
        child.dep_ == "prep" and child.lower_ == "as" and any(_says(grand) for grand in child.children) for child in verb.children
    )


def quoting_verb(verb: Token) -> Token | None:
    """The verb that says who quotes and where, of the cue "saying" in "was **quoted** by the Post as saying"."""
    return None if _quoted_person(verb) is None else verb.head.head


def retold_verb(cue: Token) -> Token | None:
    """The verb of a report that "according to" only says the place of, since it has a speaker of its own: "it was safe, Lee **said**,
    according to the Post"."""
    # The parser may hang it on what was said.
    verb = cue.head.head if cue.head.dep_ == "ccomp" and lemma_of(cue.head) not in reporting_verbs() else cue.head
    subject = stated_subject(verb)
    # "According to a survey, most said they felt safe" is what the survey found.
    if cue.lower_ != "according" or lemma_of(verb) not in reporting_verbs() or subject is None or subject.pos_ not in ("PROPN", "PRON"):
        return None
    return verb if not _is_passive(verb) and any(child.dep_ == "ccomp" for child in verb.children) else None


def is_told(verb: Token, source: Token) -> bool:
    """Whether a word stands in the subject of a passive cue of telling, and so was spoken to: "**Reed** was told that ..."."""
    patient = patient_of(verb)
    return patient is not None and _is_passive(verb) and (patient == source or patient.is_ancestor(source))


def _says(verb: Token) -> bool:
    return verb.dep_ == "pcomp" and verb.tag_ == "VBG" and lemma_of(verb) in reporting_verbs()


def _quoted_person(verb: Token) -> Token | None:
    if not _says(verb) or verb.head.lower_ != "as" or lemma_of(verb.head.head) not in _QUOTING:
        return None
    return patient_of(verb.head.head)


def _is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children)


def _has_empty_subject(verb: Token) -> bool:
    """ "It was reported": the clause is the real subject (extraposition: Huddleston & Pullum 2002, 16.4)."""
    subject = stated_subject(verb)
    if subject is None or subject.lower_ != "it" or not _is_passive(verb):
        return False
    lemma = lemma_of(verb)
    return lemma not in speech_words("factive") and (lemma in reporting_verbs() or lemma in speech_words("impersonal"))


def _is_before_tribunal(verb: Token) -> bool:
    """ "A jury was told", "the inquest heard"."""
    subject = stated_subject(verb)
    if subject is None or lemma_of(subject) not in speech_words("tribunal"):
        return False
    return (lemma_of(verb) == "tell" and _is_passive(verb)) or (lemma_of(verb) == "hear" and subject.dep_ == "nsubj")
