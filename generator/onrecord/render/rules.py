"""What each rule of extraction looks for, in a reader's words: the "why" of a note and of the method page."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
