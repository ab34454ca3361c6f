"""Tokens that may be a name, and the titles that stand before names."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.actors.gazetteer import demonyms, gender_of_name, titles, words
from onrecord.extract.tokens import Doc, Token

_HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "attr", "agent", "appos"})
"""The places of a noun phrase's head, where no other noun follows that a word of nationality might describe."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens that may be a name, and the label that a recogniser gave them (none for a run of proper nouns)."""

    start: int
    end: int
    label: str = ""

    def text(self, doc: Doc) -> str:
        return doc[self.start : self.end].text


def is_rank(token: Token) -> bool:
    """Whether a word is a rank or a form of address: part of a person's mention, but not of the name."""
    word = token.lower_.rstrip(".")
    return word in words("titles.txt", "rank") or word in words("titles.txt", "courtesy")


def is_inhabitant(token: Token) -> bool:
    """Whether a word of nationality means one person ("the Swede"), not a state or its people ("the British", "the Swedish army").

    Words in -sh, -ch, -ese and -ss have no such singular: with an article they are plural (Quirk et al., A Comprehensive Grammar of
    the English Language, 1985, 5.57).
    """
    lower = token.lower_
    if lower not in demonyms() or lower.endswith(("sh", "ch", "ese", "ss")) or token.tag_ in ("NNS", "NNPS") or lower[:-1] in demonyms():
        return False
    article = token.i > 0 and token.nbor(-1).lower_ in ("the", "a", "an") and token.nbor(-1).head == token
    return article and token.dep_ in _HEADS and token.pos_ in ("NOUN", "PROPN")


def has_given_name(doc: Doc, chunk: Chunk) -> bool:
    """Whether the first word is a usual given name and the last no plural: "Olive Marsh", not "Charlotte Panthers"."""
    several = chunk.end - chunk.start > 1
    return several and doc[chunk.end - 1].tag_ not in ("NNS", "NNPS") and gender_of_name(doc[chunk.start].text) != ""


def is_title(token: Token) -> bool:
    return token.lower_.rstrip(".") in titles()


def rank_start(doc: Doc, i: int) -> int:
    """Where the ranks and forms of address begin that stand before token ``i``; ``i`` itself where there are none."""
    while i > 0:
        # The tokeniser cuts the full stop from some abbreviations ("Col.") and not from others ("Gen.").
        at = i - 2 if doc[i - 1].text == "." and i > 1 and not doc[i - 2].whitespace_ else i - 1
        if not (doc[at].text[:1].isupper() and is_rank(doc[at])):
            return i
        i = at
    return i
