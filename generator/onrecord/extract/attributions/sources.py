"""The words around a cue: who speaks, to whom, when and where, and whether the cue is negated or only supposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from onrecord.extract.lemmas import lemma_of
from onrecord.model import Cue, Span

_OUTSIDE_SOURCE = ("relcl", "advcl", "ccomp", "parataxis", "cc", "punct")
"""Arcs that lead out of a source's name, title and apposition."""

_TOLD = frozenset({"tell", "inform", "assure", "remind", "warn", "ask", "urge", "advise", "notify", "brief", "promise", "show"})
"""Verbs whose first object is the addressee: Levin (1993), classes 37.1, 37.2 and 37.9 (transfer of a message, tell, advise)."""

_DENIALS = frozenset({"deny", "refute", "disavow"})
_REFUSALS = frozenset({"decline", "refuse", "fail", "neglect", "forget"})
"""Verbs that say of their infinitive that it did not happen: Karttunen (Language 47, 1971), negative implicatives, and refusals."""
_UNREALISED = frozenset(
    [
        "allow",
        "ask",
        "authorise",
        "authorize",
        "enable",
        "encourage",
        "expect",
        "hope",
        "intend",
        "invite",
        "let",
        "like",
        "need",
        "order",
        "permit",
        "plan",
        "prefer",
        "require",
        "urge",
        "want",
        "wish",
    ]
)
"""Verbs that leave open whether their infinitive happens."""
_SUPPOSING = frozenset({"if", "unless", "whether", "lest"})
_POSSIBLE = frozenset({"could", "might", "may", "should", "would"})


def source_span(doc: Doc, head: Token) -> Span:
    """The source as it stands: its noun phrase with titles, conjuncts and apposition, without clauses about it."""
    if head.pos_ == "PRON" and not any(child.dep_ in ("prep", "conj") for child in head.children):
        return token_span(head)
    kept = {token.i for token in _phrase(head)}
    first = last = head.i
    while first - 1 in kept or (first - 2 in kept and doc[first - 1].is_punct and not doc[first - 1].is_quote):
        first -= 1
    while last + 1 in kept or (last + 2 in kept and doc[last + 1].is_punct and not doc[last + 1].is_quote):
        last += 1
    while head.pos_ == "PROPN" and first > head.sent.start and _same_name(doc[first - 1]):
        first -= 1  # a name that the parser left in pieces
    while head.pos_ == "PROPN" and last + 1 < head.sent.end and _same_name(doc[last + 1]):
        last += 1
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))


def _phrase(head: Token) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.dep_ == "cc":
            yield child
        if child.dep_ not in _OUTSIDE_SOURCE:
            yield from _phrase(child)


def _same_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "TIME") and not token.is_quote


def token_span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))


def cue_of(doc: Doc, indices: tuple[int, ...], lemma: str) -> Cue:
    """The cue from its first to its last word if they are neighbours, otherwise its head word."""
    first, last = doc[indices[0]], doc[indices[-1]]
    if last.i - first.i >= len(indices):
        last = first
    return Cue(first.idx, last.idx + len(last), lemma_of(first) if lemma == first.lemma_.lower() else lemma)


def addressee_of(verb: Token) -> Token | None:
    """The head word of whoever is told: the object of "tell", the noun after "said to"."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if lemma in _TOLD and child.dep_ in ("dobj", "dative") and child.pos_ in ("NOUN", "PROPN", "PRON"):
            return child
        if child.dep_ in ("prep", "dative") and child.lower_ == "to" and child.i > verb.i:
            return next((grand for grand in child.children if grand.dep_ == "pobj" and grand.pos_ in ("PROPN", "PRON", "NOUN")), None)
    if lemma in _TOLD:
        return next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    return None


def settings_of(verb: Token) -> Iterator[Token]:
    """The head words of phrases that say when and where it was said."""
    for child in verb.children:
        if child.dep_ == "npadvmod" and child.ent_type_ in ("DATE", "TIME"):
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("during", "in", "on", "at", "after", "before"):
            nouns = [grand for grand in child.children if grand.dep_ == "pobj"]
            if nouns and nouns[0].lemma_.lower() not in ("addition", "fact", "response", "turn", "reference"):
                yield child


def is_negated(verb: Token) -> bool:
    """The cue is denied: "did not say", "never claimed", "denied that", "declined to say"."""
    if verb.lemma_.lower() in _DENIALS or (verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _REFUSALS):
        return True
    return any(child.dep_ == "neg" or child.lower_ in ("never", "neither", "nor") for child in verb.children) or _nobody(verb.children)


def _nobody(children: Iterable[Token]) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in ("nobody", "none") for child in children)


def is_conditional(verb: Token) -> bool:
    """The text only supposes that it is said: under "if", after a modal of possibility, under "want to" and the like, or in a question.

    "If voters think ...", "critics might say ...", "it lets users tell others ...", "did she say ...?"
    """
    if verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and verb.head.lemma_.lower() in _UNREALISED and verb.i > verb.head.i:
        return True
    at = verb
    for _ in range(8):
        if any(child.dep_ == "mark" and child.lower_ in _SUPPOSING for child in at.children):
            return True
        if at.dep_ not in ("conj", "xcomp"):
            break
        at = at.head
    if any(child.dep_ == "aux" and child.lower_ in _POSSIBLE for child in verb.children):
        return True
    return _asks(verb)


def _asks(verb: Token) -> bool:
    """The cue's own clause is a question: an auxiliary before its subject, and a question mark at the end of the sentence."""
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    inverted = subject is not None and any(child.dep_ in ("aux", "auxpass") and child.i < subject.i for child in verb.children)
    return inverted and verb.sent.text.rstrip(" \u201d\"'").endswith("?")
