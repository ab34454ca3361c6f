"""What the parse says of a predicate: its subject, its tense, its form."""

from __future__ import annotations

from onrecord.extract.tokens import Token

PREDICATES = ("VERB", "AUX")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
FINITE = ("VBD", "VBP", "VBZ", "MD")


def roots(tokens: list[Token]) -> list[Token]:
    """The tokens whose head is not among these, in text order; punctuation left out."""
    inside = {token.i for token in tokens}
    return [token for token in tokens if not token.is_punct and (token.head.i == token.i or token.head.i not in inside)]


def has_subject(token: Token) -> bool:
    """Whether a predicate has a subject; the parser sometimes hangs it on the auxiliary."""
    nodes = (token, *(child for child in token.lefts if child.dep_ in ("aux", "auxpass")))
    return any(child.dep_ in SUBJECTS for node in nodes for child in node.children)


def is_finite(token: Token) -> bool:
    """Whether a predicate has a tense. A participle with an active subject and no auxiliary is a past tense that the tagger mistook."""
    auxiliaries = [child for child in token.lefts if child.dep_ in ("aux", "auxpass")]
    if token.tag_ in FINITE or any(child.tag_ in FINITE for child in auxiliaries):
        return True
    return token.tag_ == "VBN" and not auxiliaries and any(child.dep_ == "nsubj" for child in token.lefts)


def is_command(token: Token) -> bool:
    """Whether a predicate is an imperative: a bare verb without subject, modal or "to"."""
    if token.tag_ not in ("VB", "VBP") or has_subject(token):
        return False
    return not any(child.dep_ in ("aux", "auxpass") and child.lower_ not in ("do", "let") for child in token.children)


def is_infinitive(token: Token) -> bool:
    """Whether a predicate is a "to" infinitive or a gerund, as in "promised **to cut** taxes", "denied **taking** money"."""
    if is_finite(token):
        return False
    return token.tag_ == "VBG" or (token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.lefts))
