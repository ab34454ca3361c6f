"""Which actor a token stands for: the cast, looked up by token."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extract.cast import Cast
from onrecord.model import AUTHOR, Span

SUBJECTS = ("nsubj", "nsubjpass")
ARMED = ("state", "armed_force", "armed_group", "coalition", "described_group")
RELATIVE_PRONOUNS = ("who", "which", "that", "whom")


@dataclass(frozen=True, slots=True)
class ActorLookup:
    """The actors behind the head words of noun phrases."""

    cast: Cast

    def actor(self, token: Token) -> str | None:
        """The id of the actor that a token is the head word of a mention of; a relative pronoun stands for its antecedent."""
        found = self.cast.heads.get(Span(token.idx, token.idx + len(token)))
        if found is None and token.lower_ in RELATIVE_PRONOUNS and token.head.dep_ == "relcl" and token.dep_ in (*SUBJECTS, "dobj"):
            return self.actor(token.head.head)
        return found

    def may_bear_arms(self, actor: str) -> bool:
        """Whether an actor is of a kind that wages war or carries weapons."""
        return any(one.id == actor and one.type in ARMED for one in self.cast.actors)

    def conjuncts(self, token: Token) -> Iterator[Token]:
        """A noun and what is coordinated with it, in text order."""
        yield token
        for child in token.children:
            if child.dep_ == "conj":
                yield from self.conjuncts(child)

    def has_subject(self, verb: Token) -> bool:
        """Whether a party is the verb's subject."""
        return any(self.actor(noun) for child in verb.lefts if child.dep_ in SUBJECTS for noun in self.conjuncts(child))

    def in_agent(self, by: Token) -> bool:
        """Whether a party is in a "by" phrase."""
        return any(self.actor(noun) for child in by.children if child.dep_ == "pobj" for noun in self.conjuncts(child))

    def about(self, tokens: tuple[Token, ...]) -> tuple[str, ...]:
        """The actors whom these tokens mention, each once, in text order; the author's "we" is left out."""
        found = (self.cast.heads.get(Span(token.idx, token.idx + len(token))) for token in tokens)
        return tuple(dict.fromkeys(actor for actor in found if actor and actor != AUTHOR))

    def affiliations(self, actor: str) -> tuple[str, ...]:
        """The actors to whom an actor's stated roles belong."""
        return tuple(role.affiliation for one in self.cast.actors if one.id == actor for role in one.roles if role.affiliation)
