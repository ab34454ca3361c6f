"""Words within a claim that colour it or make it worth checking: hedges, evaluative words, and reasons for a fact-checker's time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from onrecord.extract.claims.claim_words import claim_words
from onrecord.extract.claims.clauses import Clause
from onrecord.extract.claims.modality import is_even, is_inability
from onrecord.extract.lemmas import lemma_of
from onrecord.extract.tokens import Token
from onrecord.model import Reason, ReasonKind, Span

ENTITY_REASONS: dict[str, ReasonKind] = {
    "CARDINAL": "number",
    "MONEY": "number",
    "PERCENT": "number",
    "QUANTITY": "number",
    "DATE": "date",
    "TIME": "date",
    "EVENT": "named event",
}
"""spaCy's entity labels that make a claim worth checking."""


def of(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))


def find_hedges(clause: Clause) -> tuple[Span, ...]:
    """The words that weaken the claim, in text order."""
    words = claim_words().hedges
    found = []
    for token in clause.tokens:
        hedging = (
            token.lower_ in words["words"]
            or (token.pos_ == "VERB" and lemma_of(token) in words["verbs"] and is_completed(token))
            or (token.lower_ in words["modals"] and token.tag_ == "MD" and not is_inability(token.head))
            or (token.lower_ in words["conditional"] and token.dep_ == "mark" and not is_even(token))
            or (token.lower_ in words["before_number"] and token.dep_ == "advmod" and token.head.pos_ == "NUM")
        )
        if hedging:
            found.append(of(token))
    return tuple(found)


def is_completed(verb: Token) -> bool:
    """Whether a clause or complement follows that the verb weakens: "seems to know", not "cracks appeared"."""
    return any(child.dep_ in ("xcomp", "ccomp", "acomp", "oprd", "dobj") for child in verb.children)


def find_evaluative(clause: Clause) -> tuple[Span, ...]:
    """The words that judge or keep a distance ("so-called"), in text order."""
    words = claim_words().evaluative
    found = []
    for token in clause.tokens:
        if hyphenated(token).lower() in words["distancing"]:
            found.append(Span(token.idx, token.idx + len(hyphenated(token))))
        elif (
            (token.lower_ in words["words"] and token.pos_ in ("ADJ", "NOUN", "ADV"))
            or token.lower_ in words["adverbs"]
            or (token.pos_ == "VERB" and lemma_of(token) in words["verbs"])
        ):
            found.append(of(token))
    return tuple(dict.fromkeys(found))


def hyphenated(token: Token) -> str:
    """A word with what a hyphen joins to its right: "so-called" at "so"."""
    if token.whitespace_:
        return token.text
    doc, last = token.doc, token.i
    while last + 2 < len(doc) and doc[last + 1].text == "-" and not doc[last].whitespace_ and not doc[last + 1].whitespace_:
        last += 2
    return token.text if last == token.i else doc[token.i : last + 1].text


def find_reasons(clause: Clause) -> tuple[Reason, ...]:
    """Why the claim may be worth checking, in text order: a ranking hint, never a verdict."""
    return tuple(sorted([*entity_reasons(clause), *comparisons(clause)]))


def entity_reasons(clause: Clause) -> Iterator[Reason]:
    for label, group in groupby(clause.tokens, key=lambda token: token.ent_type_):
        tokens = list(group)
        if label in ENTITY_REASONS and (label not in ("CARDINAL",) or any(token.like_num and token.lower_ != "one" for token in tokens)):
            yield Reason(tokens[0].idx, tokens[-1].idx + len(tokens[-1]), ENTITY_REASONS[label])


def comparisons(clause: Clause) -> Iterator[Reason]:
    """ "more than", "higher than", "the largest"."""
    for token in clause.tokens:
        if token.tag_ not in ("JJR", "RBR", "JJS", "RBS"):
            continue
        than = any(child.lower_ == "than" for ancestor in (token, token.head) for child in ancestor.rights)
        degree = (token.tag_ in ("JJR", "RBR") and than) or token.tag_ == "JJS" or (token.tag_ == "RBS" and token.head.tag_ == "JJ")
        if degree and not token.ent_type_:
            yield Reason(token.idx, token.idx + len(token), "comparison")
