"""The actors of one article, and which of them a token stands for: the result of actor resolution, for the stages after it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.extract.actors.word_lists import capitals, name_key, states
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import SUBJECTS, Token
from onrecord.model import AUTHOR, Actor, Mention, Notice, Reference, Span, Speaker, UndecidedMention


@dataclass(frozen=True, slots=True)
class ResolvedActors:
    """The actors of an article, and whom each of its mentions means; looked up by the head words of mentions, in characters."""

    actors: tuple[Actor, ...]
    heads: Mapping[Span, str] = field(default_factory=dict)
    """The actor's id for the head word of each of its mentions."""
    undecided: tuple[UndecidedMention, ...] = ()
    """The mentions that fit more than one actor, in text order."""
    candidates: Mapping[Span, tuple[str, ...]] = field(default_factory=dict)
    """The candidates for the head word of each undecided mention."""
    notices: tuple[Notice, ...] = ()
    """What a reader should know of names that fit very many."""
    named: Mapping[Span, str] = field(default_factory=dict)
    """The actor's id for the whole of a source that names somebody beside its head word: "the writer Noor Haddad"."""

    def speaker(self, source: Span | None, head: Span | None) -> Speaker:
        """Who a source is: an actor; or candidates where undecided; or only the words that name it."""
        if head is None:
            return Speaker(None, source)
        if source is not None and source in self.named:
            return Speaker(self.named[source], source)
        if head in self.heads:
            return Speaker(self.heads[head], source)
        return Speaker(None, source, self.candidates.get(head, ()))

    def reference(self, mention: Span, head: Span) -> Reference:
        """Who an addressee or an outlet is."""
        return Reference(self.heads.get(head), mention)

    def mentions_in(self, span: Span) -> tuple[tuple[Mention, str], ...]:
        """The mentions that lie in a span, each with its actor's id, in text order."""
        found = [(mention, actor.id) for actor in self.actors for mention in actor.mentions if span.contains(mention)]
        return tuple(sorted(found))


RELATIVE_PRONOUNS = ("who", "which", "that", "whom")
ARMED = ("state", "armed_force", "armed_group", "coalition")
ARMED_NOUNS = frozenset(
    [
        *(
            "army",
            "assailant",
            "attacker",
            "battalion",
            "bomber",
            "combatant",
            "commando",
            "extremist",
            "fighter",
            "force",
            "gang",
            "guard",
        ),
        *(
            "guerrilla",
            "gunmen",
            "hijacker",
            "insurgent",
            "jihadist",
            "kidnapper",
            "marine",
            "mercenary",
            "militant",
            "militia",
            "militiamen",
        ),
        *(
            "mutineer",
            "officer",
            "paratrooper",
            "partisan",
            "patrol",
            "police",
            "policemen",
            "raider",
            "rebel",
            "rioter",
            "robber",
            "servicemen",
        ),
        *("sniper", "soldier", "terrorist", "troop", "unit"),
    ]
)
"""Nouns for groups that bear arms, without the ending of the plural: hyponyms of "fighter", "military unit", "attacker" in WordNet 3.0."""
NOMINAL = ("NOUN", "PROPN", "PRON")


def focus(clause: Token) -> Token | None:
    """Whom a clause after "it was" is about (cleft sentences: Quirk et al. 1985, 18.25-28): "It was **Doe** who sued Acme"."""
    copula = clause.head
    if clause.dep_ not in ("ccomp", "advcl") or copula.lemma_ != "be" or not any(child.lower_ == "it" for child in copula.lefts):
        return None
    return next((child for child in copula.rights if child.dep_ == "attr" and child.i < clause.i), None)


def agents(verb: Token) -> list[Token]:
    """The heads of the "by" phrase of a passive verb."""
    return [noun for by in verb.rights if by.dep_ == "agent" for noun in by.children if noun.dep_ == "pobj"]


def is_armed(noun: str) -> bool:
    """Whether a noun, in lower case, is for people who bear arms."""
    return noun.removesuffix("s") in ARMED_NOUNS


@dataclass(frozen=True, slots=True)
class ActorLookup:
    """The actors that noun phrases mean, looked up by token."""

    heads: Mapping[int, str]
    """The actor's id for the index of each head word."""
    actors: Mapping[str, Actor]
    bodies: Mapping[str, str] = field(default_factory=dict)
    """The id of the body or state that alone goes by a single word, in lower case."""
    states: Mapping[str, str] = field(default_factory=dict)
    """The id of each state by its name."""

    def actor(self, token: Token) -> str | None:
        """The id of the actor that a token is the head word of a mention of; a relative pronoun stands for its antecedent."""
        found = self.heads.get(token.i)
        if found is None and token.lower_ in RELATIVE_PRONOUNS and token.dep_ in (*SUBJECTS, "dobj"):
            antecedent = token.head.head if token.head.dep_ == "relcl" else focus(token.head)
            return self.actor(antecedent) if antecedent is not None else None
        return found

    def named_by(self, token: Token) -> str | None:
        """The id of the actor whose mention a head word stands in; a title that the mention's words hang on is none: "Labour **MP** Jane
        Doe"."""
        found = self.heads.get(token.i)
        if found is None or found not in self.actors:
            return None
        mentions = self.actors[found].mentions
        place = bisect_right(mentions, token.idx, key=lambda mention: mention.start) - 1
        return found if place >= 0 and token.idx < mentions[place].end else None

    def inside_name(self, token: Token) -> str | None:
        """The id of the one body or state that goes by a word elsewhere, for a word inside a longer mention: "a **Conservative**
        spokesman", "**US** Treasury"."""
        # "New York" and "African-American" are words of their own.
        joined = token.ent_type_ == "GPE" or (token.i and token.doc[token.i - 1].text == "-")
        own = token.i not in self.heads and token.text[:1].isupper() and not joined
        return self.bodies.get(token.lower_) if own else None

    def may_bear_arms(self, actor: str) -> bool:
        """Whether an actor is of a kind that wages war or carries weapons; of described groups only those whose noun says so."""
        return actor in self.actors and (self.actors[actor].type in ARMED or self.is_armed_body(actor))

    def is_armed_body(self, actor: str) -> bool:
        """Whether arms are an actor's trade."""
        if actor not in self.actors:
            return False
        known = self.actors[actor]
        if known.type in ("described_group", "organization"):
            return is_armed(known.name.split()[-1].lower())
        return known.type in ("armed_force", "armed_group")

    def is_person(self, actor: str) -> bool:
        return actor in self.actors and self.actors[actor].type == "person"

    def is_state(self, actor: str) -> bool:
        return actor in self.actors and self.actors[actor].type == "state"

    def is_country(self, actor: str) -> bool:
        """Whether an actor is a state, or a place by whose name one goes: "sent aid to **Bosnia**" (a place for its government)."""
        return self.is_state(actor) or (self.is_place(actor) and name_key(self.actors[actor].name) in states().keys() | capitals().keys())

    def state_called(self, name: str) -> str | None:
        """The id of the state of the article that goes by a name, whether or not the article calls it so: "US" for America."""
        known = states().get(name_key(name)) if name[:1].isupper() else None
        return self.states.get(known) if known else None

    def is_named(self, actor: str) -> bool:
        """Whether the text has a name for an actor."""
        return actor in self.actors and any(mention.kind == "named" for mention in self.actors[actor].mentions)

    def is_place(self, actor: str) -> bool:
        return actor in self.actors and self.actors[actor].type == "place"

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
        found = (self.heads.get(token.i) for token in tokens)
        return tuple(dict.fromkeys(actor for actor in found if actor and actor != AUTHOR))

    def affiliations(self, actor: str) -> tuple[str, ...]:
        """The actors to whom an actor's stated roles belong."""
        return tuple(role.affiliation for role in self.actors[actor].roles if role.affiliation) if actor in self.actors else ()


def look_up(analysis: Analysis, resolved: ResolvedActors) -> ActorLookup:
    """The lookup by token: by the head words of ``resolved``, and by the word of each mention on which the others hang.

    The two differ where a name goes on in a common noun: "Hill Front group" is a mention of "Hill Front".
    """
    heads: dict[int, str] = {}
    for actor in resolved.actors:
        for mention in actor.mentions:
            tokens = analysis.tokens(mention)
            inside = range(tokens.start, tokens.end)
            hanging = [token for token in tokens if token.pos_ in NOMINAL and (token.head.i == token.i or token.head.i not in inside)]
            heads.update((token.i, actor.id) for token in hanging[:1])
    for span, id in resolved.heads.items():
        # After the loop above, so that stated head words win over those that the syntax shows.
        heads.update((token.i, id) for token in analysis.tokens(Span(span.start, span.end)))
    named = {actor.name: actor.id for actor in resolved.actors if actor.type == "state"}
    return ActorLookup(heads, {actor.id: actor for actor in resolved.actors}, bodies_by_word(analysis, resolved.actors), named)


BODIES = ("organization", "state", "armed_force", "armed_group", "coalition", "media")
"""Kinds of party that somebody can belong to."""


SHORTEST_PARTY = 5
"""A word of so many letters or fewer is no party's name in the plural: "News"."""


def bodies_by_word(analysis: Analysis, actors: tuple[Actor, ...]) -> dict[str, str]:
    """The bodies and states by each single word that alone one of them goes by; of a name in the plural, as parties have it, also by its
    singular: "Conservatives"."""
    found: dict[str, set[str]] = {}
    for actor in actors:
        # The members of a party are a group of people, and it goes by their name: "Republicans".
        if actor.type not in (*BODIES, "described_group"):
            continue
        for mention in actor.mentions:
            word = analysis.article.text[mention.start : mention.end].removeprefix("the ").removeprefix("The ").lower()
            if mention.kind in ("named", "modifier") and word.isalpha():
                found.setdefault(word, set()).add(actor.id)
                if word.endswith("s") and len(word) > SHORTEST_PARTY:
                    found.setdefault(word[:-1], set()).add(actor.id)
    return {word: next(iter(ids)) for word, ids in found.items() if len(ids) == 1}
