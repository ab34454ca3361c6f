"""What states a relation, and whom it joins: verbs and event nouns read in the frames of ``data/relations.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.actor_lookup import ActorLookup
from onrecord.extract.relations.arguments import (
    MODIFIERS,
    Frame,
    Frames,
    Participant,
    agents,
    antecedent,
    is_passive,
    nouns_after,
    objects,
    participants,
    subjects,
)
from onrecord.extract.tokens import Token, compound_lemma, lemma_of
from onrecord.model import Span


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that state a relation."""

    word: Token
    """The verb or noun of the frame."""
    first: Token
    """Where the words begin: the support verb of a noun, else the word itself."""
    last: Token
    """Where they end: the word, or the particle of a verb."""
    predicate: Token
    """The verb whose polarity and modality are the relation's; for a noun without one, the noun."""

    @property
    def span(self) -> Span:
        return Span(self.first.idx, self.last.idx + len(self.last))


@dataclass(frozen=True, slots=True)
class ReadTrigger:
    """A trigger read in one frame, with the actors on its two sides."""

    trigger: Trigger
    frame: Frame
    sources: tuple[Participant, ...]
    targets: tuple[Participant, ...]
    rule: str
    is_between: bool = False
    """The two sides are those of "between A and B", which hold whatever is said of the noun."""


def find_readings(token: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of a verb, an event noun or an adjective, one for each of its frames."""
    if token.pos_ == "NOUN":
        yield from noun_readings(token, lookup, frames)
    elif token.pos_ in ("VERB", "AUX"):
        yield from verb_readings(token, lookup, frames)
    elif token.pos_ == "ADJ":
        yield from adjective_readings(token, lookup, frames)


# --- verbs ---------------------------------------------------------------------------------------------------------


def verb_readings(verb: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of a verb, active or passive; the frames of a verb with its particle win over those of the bare verb."""
    # "Turn on" is not "turn".
    particle = next((child for child in verb.rights if f"{lemma_of(verb)} {child.lower_}" in frames.verbs), None)
    lemma = f"{lemma_of(verb)} {particle.lower_}" if particle is not None else lemma_of(verb)
    if lemma not in frames.verbs or is_purpose(verb):
        return
    trigger = Trigger(verb, verb, particle if particle is not None else verb, verb)
    passive = is_passive(verb)
    acting = agents(verb) if passive else subjects(verb)
    sources = tuple(one for noun in acting for one in participants(noun, lookup, frames, standins=frames.member))
    for frame in frames.verbs[lemma]:
        if frame.armed and any(child.lower_ == "back" for child in verb.rights):
            continue  # "fired back at": with words
        nouns = undergoing(verb, passive, frame)
        targets = tuple(one for noun in nouns for one in second_participants(noun, frame, lookup, frames))
        yield ReadTrigger(trigger, frame, sources, targets, "passive" if passive else "verb")


def undergoing(verb: Token, passive: bool, frame: Frame) -> list[Token]:
    """The nouns that a verb's act falls on, where its frame has them."""
    if "infinitive" in frame.target:
        return [noun for child in verb.rights if child.dep_ == "xcomp" and child.tag_ == "VB" for noun in objects(child)]
    if "object" not in frame.target:
        return list(nouns_after([verb, *objects(verb)], frame.target))
    if not passive:
        return objects(verb)
    return [antecedent(verb)] if verb.dep_ == "acl" else subjects(verb)


def second_participants(noun: Token, verbs: Frame, lookup: ActorLookup, frames: Frames) -> Iterator[Participant]:
    """The actors that a noun on the second side stands for; an event noun leads to its own: "bowed out of the fight against **X**".

    Those who "join the war on **X**" do not cooperate with it.
    """
    yield from participants(noun, lookup, frames, standins=frames.member | frames.possession)
    if verbs.class_ == "COOPERATE":
        return
    for frame in frames.nouns.get(compound_lemma(noun), ()):
        if frame.class_ == "ASSAULT":
            for inner in nouns_after([noun], frame.target):
                yield from participants(inner, lookup, frames, standins=frames.member)


def is_purpose(verb: Token) -> bool:
    """Whether the verb only says to what end something was done: "to stop the convoy". Nobody says that it came to that."""
    return verb.dep_ == "advcl" and verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.lefts)


# --- adjectives ----------------------------------------------------------------------------------------------------


def adjective_readings(adjective: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of an adjective that a linking verb says of its subject: "has been **critical** of the mayor"."""
    verb = adjective.head
    if lemma_of(adjective) not in frames.adjectives or adjective.dep_ not in ("acomp", "oprd") or verb.pos_ not in ("VERB", "AUX"):
        return
    sources = tuple(one for noun in subjects(verb) for one in participants(noun, lookup, frames, standins=frames.member))
    for frame in frames.adjectives[lemma_of(adjective)]:
        named = nouns_after([adjective], frame.target)
        targets = tuple(one for noun in named for one in participants(noun, lookup, frames, standins=frames.member | frames.possession))
        yield ReadTrigger(Trigger(adjective, adjective, adjective, verb), frame, sources, targets, "adjective")


# --- event nouns ---------------------------------------------------------------------------------------------------


def noun_readings(noun: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of an event noun. On its first side stand its owner, modifier, author ("by") or the subject of its support verb; on
    the second what its prepositions name."""
    lemma = compound_lemma(noun)
    if lemma not in frames.nouns:
        return
    verb, first = support_verb(noun, lemma, frames)
    trigger = Trigger(noun, first, noun, verb if verb is not None else noun)
    sources = noun_sources(noun, verb, lookup, frames)
    standins = frames.member | frames.possession
    for frame in frames.nouns[lemma]:
        targets = tuple(one for word in noun_targets(noun, verb, frame) for one in participants(word, lookup, frames, standins=standins))
        both = actors_between(noun, lookup, frames) if "between" in frame.target else ()
        if both:
            yield ReadTrigger(Trigger(noun, noun, noun, noun), frame, both[:1], both[1:], "between", is_between=True)
        partners = allies(noun, lookup, frames) if frame.class_ == "ASSAULT" and "against" in frame.target else ()
        yield ReadTrigger(trigger, frame, (*sources, *partners), (*targets, *both), "event noun")


def support_verb(noun: Token, lemma: str, frames: Frames) -> tuple[Token | None, Token]:
    """The verb that lends an event noun its subject, if any does, and the first word of the trigger.

    Climbs through support nouns and nouns of the same class: "is a **party to** the agreement", "an **agreement for** a cease-fire".
    """
    classes = {frame.class_ for frame in frames.nouns[lemma]}
    here = noun
    for _ in range(6):
        head = here.head
        if here.dep_ == "conj" or (here.dep_ == "pobj" and head.dep_ == "prep"):
            here = head if here.dep_ == "conj" or head.head.pos_ in ("VERB", "AUX") else head.head
            if here.pos_ == "NOUN":
                known = {frame.class_ for frame in frames.nouns.get(compound_lemma(here), ())}
                # "Fled the fight" and "wrote of the fight" lend no subject: the way up ends at a noun of another kind.
                if lemma_of(here) not in frames.support_nouns and not known & classes:
                    return None, noun
            continue
        if here.dep_ in ("dobj", "attr", "nsubjpass", "prep", "dative") and lemma_of(head) in frames.support_verbs:
            start = head if head.i < noun.i else noun
            return head, start
        return None, noun
    return None, noun


def noun_sources(noun: Token, verb: Token | None, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """The first actors of an event noun."""
    if noun.dep_ == "appos":  # "Doe, a longtime **critic** of the mayor"
        return tuple(participants(noun.head, lookup, frames, standins=frames.member))
    modifiers = [child for child in noun.lefts if child.dep_ in MODIFIERS]
    own = [Participant(actor, child) for child in modifiers if (actor := lookup.actor(child))]
    own += [one for word in nouns_after([noun], ("by",)) for one in participants(word, lookup, frames, standins=frames.member)]
    if own or verb is None:
        return tuple(own)
    acting = agents(verb) if is_passive(verb) and noun_is_subject(noun, verb) else subjects(verb)
    return tuple(one for word in acting for one in participants(word, lookup, frames, standins=frames.member))


def noun_is_subject(noun: Token, verb: Token) -> bool:
    return any(child == noun or child.is_ancestor(noun) for child in verb.lefts)


def noun_targets(noun: Token, verb: Token | None, frame: Frame) -> Iterator[Token]:
    """The nouns behind an event noun's prepositions, wherever the parser hung them: on the noun, its support verb, or (for "against",
    which no name takes) a noun in between."""
    prepositions = tuple(word for word in frame.target if word != "between")
    yield from nouns_after([noun], prepositions)
    if verb is not None and verb.i < noun.i:
        near = [child for child in verb.rights if child.dep_ == "prep" and child.i > noun.i and child.lower_ in prepositions]
        yield from (word for child in near for word in child.children if word.dep_ == "pobj")
    if "against" in prepositions:
        for word in noun.subtree:
            if word.lower_ == "against" and word.head != noun and is_nominal_path(word.head, noun):
                yield from (child for child in word.children if child.dep_ == "pobj")


def is_nominal_path(word: Token, noun: Token) -> bool:
    """Whether only prepositions and coordinated nouns lie between a word and a noun above it."""
    while word != noun:
        if word.dep_ not in ("pobj", "conj", "prep"):
            return False
        word = word.head
    return True


def actors_between(noun: Token, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """The actors of "between A and B"."""
    return tuple(one for word in nouns_after([noun], ("between",)) for one in participants(word, lookup, frames, standins=frames.member))


def allies(noun: Token, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """Those with whom a campaign is waged: "an offensive **with the militia** against ...". With "war" they are the enemy."""
    if not any(frame.class_ == "COOPERATE" for frame in frames.nouns[compound_lemma(noun)]):
        return ()
    return tuple(
        one for word in nouns_after([noun], ("with", "alongside")) for one in participants(word, lookup, frames, standins=frames.member)
    )
