"""What a claim says, taken apart far enough to be compared: an act, who acts, whom it befalls, and the words beside these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.extract.actor_lookup import ActorLookup
from onrecord.extract.claims.claim_words import claim_words
from onrecord.extract.claims.syntax import PREDICATES, is_finite
from onrecord.extract.lemmas import compound_lemma, lemma_of
from onrecord.extract.relations.arguments import agents, is_passive, subjects
from onrecord.extract.relations.frames import relation_frames
from onrecord.extract.tokens import Token
from onrecord.model import Claim

TELLING = ("NOUN", "PROPN", "VERB", "ADJ")
TIMES = ("DATE", "TIME")
YEAR = re.compile(r"[12]\d{3}")

Key = str
"""What makes two words the same: the id of an actor as ``@id``, or a lemma."""
Words = dict[Key, Token]
"""For each key the word that has it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim, and the words in it by the part that they play."""

    claim: Claim
    act: Words
    """The verb, or the event noun or complement that says what its verb does not: "launched **airstrikes**", "is **unsafe**"."""
    acting: Words
    undergoing: Words
    beside: Words
    """All other words that tell something."""
    years: frozenset[str]

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing beside its act and who acts."""
        return not self.undergoing and not self.beside


def take_apart(claim: Claim, tokens: tuple[Token, ...], lookup: ActorLookup) -> Statement | None:
    """The statement that a claim makes; None where it has no single predicate with a party, or its act says too little to be compared."""
    head = _predicate(tokens)
    if head is None:
        return None
    inside = {token.i for token in tokens}
    passive = is_passive(head)
    complements = [child for child in head.rights if child.dep_ in ("dobj", "attr", "acomp", "oprd") and child.i in inside]
    act = _act(head, complements, passive=passive)
    acting = _keys(agents(head) if passive else subjects(head), lookup)
    told = {word.i for word in act.values()}
    undergoing = _keys((word for word in (subjects(head) if passive else complements) if word.i not in told), lookup)
    if not act or not (undergoing if passive else acting):
        return None
    told.update(word.i for part in (acting, undergoing) for word in part.values())
    beside = _keys((word for word in tokens if word.i not in told and word.i != head.i and word.ent_type_ not in TIMES), lookup, alone=True)
    years = frozenset(token.text for token in tokens if YEAR.fullmatch(token.text))
    return Statement(claim, act, acting, undergoing, beside, years)


def _predicate(tokens: tuple[Token, ...]) -> Token | None:
    """The one predicate of a claim; none where it reports another clause before it ("..., the footage showed")."""
    inside = {token.i for token in tokens}
    heads = [token for token in tokens if token.pos_ in PREDICATES and (token.head is token or token.head.i not in inside)]
    if len(heads) != 1 or not (is_finite(heads[0]) or heads[0].tag_ == "VBN"):
        return None
    return None if any(child.dep_ == "ccomp" for child in heads[0].lefts) else heads[0]


def _act(head: Token, complements: list[Token], *, passive: bool) -> Words:
    """A copula and a light verb are told by their complement; what has none says nothing by itself."""
    lemma, frames = lemma_of(head), relation_frames()
    if lemma in claim_words().comparisons["empty"]:
        return {}
    if lemma == "be":
        return {lemma_of(word): word for word in complements if word.pos_ in ("NOUN", "ADJ")}
    events = {event_lemma(word): word for word in complements if word.pos_ == "NOUN" and compound_lemma(word) in frames.nouns}
    if lemma in frames.support_verbs and (events or not (complements or passive)):
        return events
    return {lemma: head}


def event_lemma(noun: Token) -> str:
    """The lemma of an event noun, of "airstrike" and "air strike" the same."""
    lemma = compound_lemma(noun)
    bare = lemma.removeprefix("air").removeprefix("-")
    return bare if bare in relation_frames().nouns else lemma


def _keys(words: Iterable[Token], lookup: ActorLookup, *, alone: bool = False) -> Words:
    """The keys of words and, unless they stand alone, of what is coordinated with them; of words with one key the first."""
    found: Words = {}
    for word in words:
        for noun in (word,) if alone else lookup.conjuncts(word):
            for key in _keys_of(noun, lookup):
                found.setdefault(key, noun)
    return found


def _keys_of(word: Token, lookup: ActorLookup) -> Iterator[Key]:
    """A word's actor, and its lemma unless it is a name; a pronoun without an actor and a measure have none."""
    actor = lookup.actor(word)
    if actor is not None:
        yield f"@{actor}"
    if word.pos_ in TELLING and word.is_alpha and (actor is None or word.pos_ == "NOUN"):
        lemma = lemma_of(word)
        if lemma not in claim_words().comparisons["measures"] and lemma not in claim_words().comparisons["empty"]:
            yield lemma
