"""What states a relation, and whom it joins: triggers, and what frames of verbs and of nouns have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.extract.actor_lookup import SUBJECTS, ActorLookup, agents
from onrecord.extract.actors.party import is_role
from onrecord.extract.affiliations import kin_words
from onrecord.extract.relations.arguments import (
    MODIFIERS,
    Frame,
    Frames,
    Participant,
    actors_under,
    nouns_after,
    participants,
)
from onrecord.extract.tokens import Token, lemma_of
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
    is_beside: bool = False
    """What it says goes along with what its verb says, whether that is negated or not: "did not speak **after talks with** X"."""
    is_without: bool = False
    """It is said to be lacking: "**without** the help of X"."""


def has_partner(noun: Token, verb: Token) -> bool:
    """Whether words beside an event noun say with whom it is, so that those who share in it are on one side."""
    return any(word.lower_ in ("with", "between", "against", "alongside") for word in (*noun.subtree, *verb.rights))


def mutual_readings(trigger: Trigger, frame: Frame, nouns: Iterable[Token], lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of an act that several subjects do to one another, for each two of them."""
    for noun in nouns:
        sides = tuple(participants(noun, lookup, frames, standins=frames.member))
        sides = sides if len(sides) > 1 else tuple(coordinated_owners(noun, lookup)) or sides
        yield from (ReadTrigger(trigger, frame, (side,), sides[place:], "reciprocal") for place, side in enumerate(sides, 1))


def coordinated_owners(noun: Token, lookup: ActorLookup) -> list[Participant]:
    """Those to whom the two parts of one group belong: "**Ruritanian and Bordurian** officials", "leaders of **Ruritania and
    Borduria**"."""
    owners = [*(child for child in noun.lefts if child.dep_ in MODIFIERS), *nouns_after([noun], ("of",))]
    joined = [list(lookup.conjuncts(child)) for child in owners]
    words = next((words for words in joined if len(words) > 1), [])
    return [Participant(actor, noun, True) for word in words if (actor := lookup.actor(word))]


def standing_for(noun: Token, lookup: ActorLookup) -> tuple[Participant, ...]:
    """The actor that a single word is."""
    actor = lookup.actor(noun)
    return () if actor is None else (Participant(actor, noun),)


DEMANDING = frozenset({"demand", "order", "require"})
"""Words whose clause is demanded, whatever its verb looks like."""


def clause_subjects(word: Token) -> Iterator[Token]:
    """Those whom a demand is for: "demanded that **the mayor** resign", "a call for **the mayor** to resign"."""
    for clause in word.rights:
        marked = any(child.lower_ in ("that", "for") and child.dep_ == "mark" for child in clause.lefts)
        told = clause.tag_ != "VB" and not any(child.lower_ == "should" for child in clause.lefts)
        if clause.dep_ in ("ccomp", "xcomp") and told and lemma_of(word) not in DEMANDING:
            continue  # "Insisted that the mayor knew": tells, and asks for nothing.
        if clause.dep_ in ("ccomp", "xcomp") or (marked and clause.dep_ in ("advcl", "acl", "relcl")):
            yield from (noun for noun in clause.lefts if noun.dep_ in SUBJECTS)
        elif clause.lower_ == "for" and any(child.tag_ == "VB" and child.dep_ in ("acl", "advcl", "xcomp") for child in word.rights):
            yield from (noun for noun in clause.children if noun.dep_ == "pobj")  # as parsers often have it


FRIENDLY = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD")
HOSTILE = ("PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT")
"""Classes of acts for and against somebody: who announces the one agrees to it, who announces the other threatens."""
VERBAL = ("ACCUSE", "REJECT", "SUPPORT", "PROTEST")
"""Classes of acts in words, which befall whoever did what they are about: "condemned **X's tactics**"."""


DEVERBAL = ("tion", "sion", "ment", "ing", "ance", "ence", "al", "ure")
"""Endings of nouns of action, whose "of" names whom it befalls as often as who does it (Quirk et al. 1985, 17.41-43)."""


def words_of(noun: Token, verbs: Frame, lookup: ActorLookup, frames: Frames) -> Iterator[Participant]:
    """The actors whose doing or property a noun phrase is: its owner or modifier, who stands behind its "by" or "of"; behind its "with"
    where it is ended or refused."""
    for conjunct in lookup.conjuncts(noun):
        lemma = lemma_of(conjunct)
        # "Favoured Doe's opponents" is no favour to Doe, nor is what was done to Doe's captain done to Doe.
        kin = kin_words()
        others = lemma in kin.of_persons | kin.hostile | kin.of_teams or is_role(conjunct)
        if conjunct.pos_ != "NOUN" or lemma in frames.undergone or others:
            continue
        owners = [actor for child in conjunct.lefts if child.dep_ in MODIFIERS and (actor := lookup.actor(child))]
        prepositions = ["by", "from"]
        prepositions += ["of"] if not lemma.endswith(DEVERBAL) and lemma not in frames.nouns else []
        prepositions += ["with"] if verbs.class_ in ("REJECT", "SANCTION") else []
        owners += [actor for child in conjunct.rights if child.lower_ in prepositions for actor in actors_under(child, lookup)]
        done = [child for child in conjunct.rights if child.dep_ == "acl" and lemma not in frames.member]
        owners += [actor for child in done for by in agents(child) if (actor := lookup.actor(by))]
        yield from (Participant(actor, conjunct, True) for actor in owners)


DIRECT = Frame("COOPERATE", ("object",), symmetric=False, armed=False, bodies=False)
"""The frame of an event, but for its class."""
