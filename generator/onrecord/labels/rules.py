"""What each rule of extraction looks for, in a reader's words, and how reporting verbs colour what they report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

_GOVERNED = {
    "complement": "a clause that the reporting verb governs (“said that ...”)",
    "parataxis": "a reporting clause set into the sentence (“..., officials said, ...”)",
    "according to": "a sentence with “according to”",
    "as": "a clause with “as” (“as the mayor said”)",
    "infinitive": "an infinitive after a verb that reports (“promised to ...”)",
    "participle": "a participle after a verb that reports (“denied taking ...”)",
    "small clause": "what a verb says that something is (“called the plan a mistake”)",
    "object": "the object of a verb of speech or thought (“praised the plan”)",
    "particle": "the object of a preposition after a verb that reports (“called for ...”)",
    "for to": "what a verb asks somebody to do (“called for them to go”)",
    "passive": "the subject of a verb in the passive (“the plan was criticised by ...”)",
    "adjective": "what an adjective of speech or thought governs (“confident that ...”)",
    "copula": "what a noun for words or thoughts is said to be (“her view is that ...”)",
    "nominal": "a noun with its clause (“the claim that ...”)",
    "nominal infinitive": "a noun with its infinitive (“the promise to ...”)",
    "nominal particle": "a noun with its preposition (“her criticism of ...”)",
}
MEANINGS: dict[str, str] = {
    **_GOVERNED,
    **{f"{rule} quoted": f"{meaning}, with quotation marks in it" for rule, meaning in _GOVERNED.items()},
    "at once after": "quotation marks, and right after them the speaker and a verb, or a verb and the speaker",
    "after apposition": "quotation marks, and right after them the speaker, who the speaker is, and a verb",
    "after": "quotation marks, then the speaker and the reporting verb",
    "after stop": "quotation marks and a full stop, then the speaker and the reporting verb",
    "at once before": "the speaker and a verb, a comma or a colon, then quotation marks",
    "at once paragraph before": "the paragraph before ends with the speaker, a verb and a colon",
    "before": "the speaker and the reporting verb right before the quotation marks",
    "before comma": "the speaker and the reporting verb, a comma, then quotation marks",
    "before colon": "the speaker and the reporting verb, a colon, then quotation marks",
    "paragraph before": "the paragraph before ends with the speaker, the reporting verb and a colon",
    "label": "a name, a colon, then quotation marks",
    "dash": "quotation marks, a dash, then a name",
    "same sentence": "a further part of the quotation before it in the sentence",
    "next sentence": "quotation marks right after another quote, with no other speaker named: the same speaker goes on",
    "turn": "the turn of a transcript: a name and a colon begin the paragraph",
    "next paragraph": "a paragraph that is only a quotation, after one that ends with the speaker and the reporting verb",
    "new paragraph": "a paragraph that is only a quotation, after one with a quote: the same speaker is likely to go on",
    "run on": "the paragraph before left its quotation mark open: the same speaker goes on",
    "unattributed": "a sentence in quotation marks; the text names no speaker near it",
    "clause": "a main clause or one joined to it",
    "non-restrictive": "a relative clause after a comma, which asserts by itself",
    "temporal": "a clause of time, which takes for granted that it happened (“after it closed”)",
    "concessive": "a clause of concession, which takes for granted that it is so (“although it closed”)",
    "factive": "a clause after a verb that takes it for granted (“realised that ...”)",
    "reduced-relative": "a participle that tells of two parties (“soldiers held by ...”)",
    "hedged-modifier": "a participle before its noun, with a hedge (“likely ...”)",
    "opinion-gerund": "a participle clause that a question takes for granted",
    "command": "a command or demand",
    "by hand": "an editor found it, and not the program",
}
"""By the name of a quote's or a claim's rule. Rules that find nothing by themselves to show ("... inside" a quotation) are left out."""
OF_RELATIONS: dict[str, str] = {
    "verb": "a verb with both parties",
    "passive": "a passive verb with both parties",
    "event noun": "a noun for an event with both parties (“an attack on ...”)",
    "adjective": "an adjective that says it of its subject (“critical of ...”)",
    "between": "a noun with “between” and both parties",
    "addressee": "a reporting verb with speaker and addressee",
    "role": "a stated role that names another party",
}
"""The same for relations, some of whose rules are namesakes of a quote's."""


def rule_name(rule: str) -> str:
    """A rule's name as words.

    >>> rule_name("hedged-modifier")
    'hedged modifier'
    """
    return re.sub(r"[-_\s]+", " ", rule).strip()


def rule_meaning(rule: str, meanings: Mapping[str, str] = MEANINGS) -> str:
    """What a rule looks for; for a rule that is not ours, its name."""
    return meanings.get(rule, rule_name(rule))


Tone = Literal["neutral", "distancing", "endorsing", "other"]

TONE_MEANINGS: dict[Tone, str] = {
    "neutral": "they say that somebody said it, and no more",
    "distancing": "they leave the truth of it to the speaker, or cast doubt on it",
    "endorsing": "they take for granted that it is true",
    "other": "neither, or they tell how it was said: asked, promised, praised",
}

_NEUTRAL = frozenset(["say", "tell", "state", "write", "add", "report", "according to", "reply", "answer", "announce", "speak", "describe"])
"""Verbs that news agencies ask for, and say nothing of truth: the Reuters Handbook of Journalism and the Associated Press Stylebook, both
under "said"; Chen (2005), neutral verbal processes."""
_DISTANCING = frozenset(
    ["allege", "assert", "boast", "claim", "contend", "imply", "insinuate", "insist", "maintain", "profess", "purport", "suggest"]
)
"""Verbs by which a writer leaves the truth of a report to its source: Thompson and Ye (1991), non-factive and counter-factive; Chen
(2005), negative verbal processes."""
_ENDORSING = frozenset(
    [
        "acknowledge",
        "admit",
        "concede",
        "confess",
        "confirm",
        "demonstrate",
        "disclose",
        "discover",
        "find",
        "know",
        "learn",
        "note",
        "observe",
        "point",
        "prove",
        "realise",
        "realize",
        "recall",
        "recognise",
        "recognize",
        "remember",
        "reveal",
        "show",
    ]
)
"""Factive and semi-factive verbs, whose complement is presupposed: Kiparsky and Kiparsky (1970), Hooper (1975), as collected by Recasens
et al. (2013); "point" is "point out"."""


def tone_of(lemma: str) -> Tone:
    """The tone of a reporting verb.

    >>> tone_of("say"), tone_of("claim"), tone_of("reveal"), tone_of("promise")
    ('neutral', 'distancing', 'endorsing', 'other')
    """
    if lemma in _NEUTRAL:
        return "neutral"
    return "distancing" if lemma in _DISTANCING else "endorsing" if lemma in _ENDORSING else "other"
