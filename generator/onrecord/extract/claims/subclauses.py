"""Clauses within a clause that are claims by themselves, beside the claim that holds them: each kind is a named rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.extract.actor_lookup import ActorLookup
from onrecord.extract.claims.claim_words import claim_words
from onrecord.extract.claims.clauses import AUTHORS, RELATIVE, Clause, says_something, trim
from onrecord.extract.claims.syntax import PREDICATES, has_subject, is_finite
from onrecord.extract.claims.voices import Voices
from onrecord.extract.lemmas import lemma_of
from onrecord.extract.tokens import Token

Rule = Callable[[Token, ActorLookup], "list[Token] | None"]


def sub_clauses(clause: Clause, voices: Voices, lookup: ActorLookup) -> Iterator[Clause]:
    """The claims within a clause, in text order of their predicates. Of a question only what it presupposes."""
    rules = PRESUPPOSING if clause.is_question or clause.rule == "command" else SUBCLAUSES
    for token in clause.tokens:
        if token == clause.head or token.i in voices.cues:
            continue
        for name, rule in rules:
            words = rule(token, lookup)
            if words:
                kept = trim([word for word in words if voices.of[word.i] == max(clause.voice, AUTHORS)])
                if says_something(kept):
                    yield Clause(token, tuple(kept), clause.voice, name)
                break  # A predicate makes one claim.


def non_restrictive(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """A relative clause set off by a comma: "Ms. Doe, **who won the seat in May**, ..."."""
    if token.dep_ != "relcl" or not is_finite(token):
        return None
    words = list(token.subtree)
    before = words[0].i - 1
    if before < 0 or token.doc[before].text not in (",", "—", "–", "("):
        return None
    relative = next((word for word in words[:3] if word.tag_ in RELATIVE), None)
    if relative is None or relative.tag_ == "WRB" or relative.lower_ == "that":
        return None
    closing = {"(": ")"}.get(token.doc[before].text, token.doc[before].text)
    end = next((word.i for word in words if word.i > token.i and word.text == closing), None) if closing != "," else None
    return words if end is None else [word for word in words if word.i < end]


def temporal(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a clause of time takes for granted, where a party acts in it: "after **the council closed the pool**"."""
    return subordinate(token, lookup, "temporal") if token.dep_ == "advcl" and is_settled(token.head) else None


def concessive(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a clause of concession or cause asserts, where a party acts in it: "although **the council closed the pool**"."""
    return subordinate(token, lookup, "asserting")


def subordinate(token: Token, lookup: ActorLookup, marks: str) -> list[Token] | None:
    """The words of a finite adverbial clause after its subordinator, if that is in the list and a party is its subject."""
    if token.dep_ != "advcl" or not is_finite(token) or not lookup.has_subject(token):
        return None
    mark = next(
        (child for child in token.lefts if child.dep_ in ("mark", "advmod") and child.lower_ in claim_words().presupposed[marks]), None
    )
    if mark is None or any(child.dep_ == "aux" and child.tag_ == "MD" for child in token.lefts):
        return None
    if marks == "temporal" and mark.lower_ == "since" and not is_past(token):
        return None  # It gives a reason, which is not taken for granted.
    return [word for word in token.subtree if word.i > mark.i]


def is_past(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBN") and not any(child.tag_ in ("VBP", "VBZ") for child in token.lefts)


def is_settled(head: Token) -> bool:
    """Whether a predicate is said to hold or have held: what happens "when ..." under a modal, a wish or a command may never come."""
    return not any(child.tag_ == "MD" for child in head.lefts) and not any(child.tag_ == "TO" for child in head.lefts)


def factive(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a factive verb takes for granted: "they forgot that **the bridge was closed**"."""
    if token.dep_ != "ccomp" or lemma_of(token.head) not in claim_words().presupposed["factives"] or token.i < token.head.i:
        return None
    if not (is_finite(token) and has_subject(token)) or any(word.tag_ in RELATIVE for word in token.lefts):
        return None
    if any(child.dep_ == "mark" and child.lower_ != "that" for child in token.lefts):
        return None
    return list(token.subtree)


def reduced_relative(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """A participle that says what one party did to another: "**miners arrested by the police** in May".

    The parser often hangs the participle on an earlier noun; the one right before it is meant.
    """
    if (
        token.dep_ != "acl"
        or token.tag_ not in ("VBN", "VBD")
        or not any(child.dep_ == "agent" and lookup.in_agent(child) for child in token.children)
    ):
        return None
    words = list(token.subtree)
    noun = token.doc[words[0].i - 1] if words[0].i else token
    if not lookup.actor(noun):
        return None
    return [*(word for word in noun.subtree if noun.left_edge.i <= word.i <= noun.i and word.dep_ != "det"), *words]


def hedged_modifier(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a hedged participle in a noun phrase says by the way: "the **allegedly Dutch-funded group**"."""
    if token.dep_ != "amod" or token.tag_ != "VBN" or token.head.pos_ not in ("NOUN", "PROPN"):
        return None
    hedges = claim_words().modality["probable_adverbs"]
    hedge = next((word for word in token.doc[max(token.left_edge.i - 1, 0) : token.i] if word.lower_ in hedges), None)
    return list(token.doc[hedge.i : token.head.i + 1]) if hedge is not None else None


def opinion_gerund(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a question of opinion takes for granted: "What do you think of **the council closing the pool**?"."""
    if token.tag_ != "VBG" or token.dep_ not in ("acl", "pcomp"):
        return None
    noun = token.head if token.dep_ == "acl" else next((child for child in token.lefts if child.dep_ in ("nsubj", "poss")), None)
    if noun is None or not lookup.actor(noun):
        return None
    verbs = [ancestor for ancestor in token.ancestors if ancestor.pos_ in PREDICATES]
    if not verbs or verbs[0].lemma_ not in claim_words().presupposed["opinion_verbs"]:
        return None
    return list(noun.doc[noun.left_edge.i : max(word.i for word in token.subtree) + 1])


PRESUPPOSING: tuple[tuple[str, Rule], ...] = (
    ("temporal", temporal),
    ("factive", factive),
    ("opinion-gerund", opinion_gerund),
)
"""Rules for what is taken for granted, whatever is asserted, asked or commanded around it."""

SUBCLAUSES: tuple[tuple[str, Rule], ...] = (
    ("non-restrictive", non_restrictive),
    ("temporal", temporal),
    ("concessive", concessive),
    ("factive", factive),
    ("reduced-relative", reduced_relative),
    ("hedged-modifier", hedged_modifier),
)
