"""Relations: one actor does something to, with or about another because a sentence says so.

A relation needs a trigger (a verb or an event noun of a frame in ``data/relations.toml``) with an actor on either side of it, and a claim
that holds the trigger. Two actors in one sentence are no relation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.extract.actor_lookup import ActorLookup
from onrecord.extract.arguments import (
    MODIFIERS,
    Party,
    agents,
    antecedent,
    is_passive,
    lemma_of,
    objects,
    parties,
    subjects,
    under,
)
from onrecord.extract.cast import Cast
from onrecord.extract.claim_words import claim_words
from onrecord.extract.clauses import Clause
from onrecord.extract.language import Analysis
from onrecord.extract.modality import find_modality, find_polarity
from onrecord.extract.relation_frames import Frame, Frames, relation_frames
from onrecord.model import AUTHOR, Claim, Modality, Polarity, Quote, Relation, RelationClass, Span


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
    lemma: str

    @property
    def span(self) -> Span:
        return Span(self.first.idx, self.last.idx + len(self.last))


@dataclass(frozen=True, slots=True)
class Side:
    """The two sides of a trigger in one frame."""

    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    class_: RelationClass
    symmetric: bool
    rule: str
    armed: bool = False
    """Whether the frame takes a party that may bear arms."""


def find_relations(analysis: Analysis, claims: tuple[Claim, ...], quotes: tuple[Quote, ...], cast: Cast) -> tuple[Relation, ...]:
    """The relations of an article in the order of their triggers, each with every claim that it rests on.

    What introduces a quote is no claim; a relation that it states ("told the paper", "accused the minister of ...") rests on the
    claims in the quote.
    """
    lookup, frames = ActorLookup(cast), relation_frames()
    basis = Basis(analysis, claims, quotes)
    found = [
        *(relation for token in analysis.doc for relation in token_relations(token, basis, lookup, frames)),
        *addressed(basis),
        *affiliated(claims, cast),
    ]
    return merge(relation for relation in found if relation.source != relation.target and AUTHOR not in (relation.source, relation.target))


class Basis:
    """The claims that a relation can rest on, looked up by token."""

    def __init__(self, analysis: Analysis, claims: tuple[Claim, ...], quotes: tuple[Quote, ...]) -> None:
        self.quotes = quotes
        self.of_quote: dict[str, list[Claim]] = {}
        for claim in claims:
            if claim.quote:
                self.of_quote.setdefault(claim.quote, []).append(claim)
        self.by_token: dict[int, Claim] = {}
        for claim in sorted(claims, key=lambda claim: -sum(map(len, claim.spans))):
            for span in claim.spans:
                self.by_token.update((token.i, claim) for token in analysis.tokens(span))
        self.by_cue = {
            token.i: quote
            for quote in quotes
            if quote.cue and not quote.conditional
            for token in analysis.tokens(Span(quote.cue.start, quote.cue.end))
        }

    def claims(self, token: Token) -> list[Claim]:
        """The innermost claim that holds a token; for a cue outside any claim the first claim of its quote."""
        if token.i in self.by_token:
            return [self.by_token[token.i]]
        quote = self.by_cue.get(token.i)
        return self.of_quote.get(quote.id, [])[:1] if quote else []


def token_relations(token: Token, basis: Basis, lookup: ActorLookup, frames: Frames) -> Iterator[Relation]:
    """The relations that a verb or an event noun states."""
    if token.pos_ not in ("VERB", "NOUN", "AUX") or not (claims := basis.claims(token)):
        return
    trigger, sides = verb_sides(token, lookup, frames) if token.pos_ != "NOUN" else noun_sides(token, lookup, frames)
    for side in sides:
        polarity, modality = stance(side, trigger.predicate, claims[0])
        for source in side.sources:
            for target in side.targets:
                if side.armed and not (lookup.may_bear_arms(source.actor) or lookup.may_bear_arms(target.actor)):
                    continue
                yield Relation(
                    "",
                    source.actor,
                    target.actor,
                    predicate_text(trigger, side),
                    side.class_,
                    Trigger(trigger.word, trigger.word, trigger.word, trigger.word, "").span if side.rule == "between" else trigger.span,
                    polarity,
                    modality,
                    tuple(claim.id for claim in claims),
                    side.rule,
                    side.symmetric,
                )


# --- verbs ---------------------------------------------------------------------------------------------------------


def verb_sides(verb: Token, lookup: ActorLookup, frames: Frames) -> tuple[Trigger, list[Side]]:
    """The sides of a verb, active or passive, in each of its frames; those with its particle win over those of the bare verb."""
    particle = next(
        (
            child
            for child in verb.rights
            if child.dep_ in ("prt", "oprd", "advmod", "prep") and f"{verb.lemma_} {child.lower_}" in frames.verbs
        ),
        None,
    )
    last = particle if particle is not None else verb
    lemma = f"{verb.lemma_} {particle.lower_}" if particle is not None else verb.lemma_.lower()
    trigger = Trigger(verb, verb, last, verb, lemma)
    if lemma not in frames.verbs or is_purpose(verb):
        return trigger, []
    passive = is_passive(verb)
    acting = agents(verb) if passive else subjects(verb)
    sources = tuple(party for noun in acting for party in parties(noun, lookup, frames, standins=frames.member))
    sides = []
    for frame in frames.verbs[lemma]:
        nouns = undergoing(verb, passive) if "object" in frame.target else list(under([verb, *objects(verb)], frame.target))
        targets = tuple(party for noun in nouns for party in second_parties(noun, lookup, frames))
        sides.append(Side(sources, targets, frame.class_, frame.symmetric, "passive" if passive else "verb", frame.armed))
    return trigger, sides


def undergoing(verb: Token, passive: bool) -> list[Token]:
    """The nouns that a verb's act falls on."""
    if not passive:
        return objects(verb)
    return [antecedent(verb)] if verb.dep_ == "acl" else subjects(verb)


def second_parties(noun: Token, lookup: ActorLookup, frames: Frames) -> Iterator[Party]:
    """The actors that a noun on the second side stands for; an event noun leads to its own: "bowed out of the fight against **X**"."""
    yield from parties(noun, lookup, frames, standins=frames.member | frames.possession)
    for frame in frames.nouns.get(lemma_of(noun), ()):
        if frame.class_ == "ASSAULT":
            for inner in under([noun], frame.target):
                yield from parties(inner, lookup, frames, standins=frames.member)


def is_purpose(verb: Token) -> bool:
    """Whether the verb only says to what end something was done: "to stop the convoy". Nobody says that it came to that."""
    return verb.dep_ == "advcl" and verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.lefts)


# --- event nouns ---------------------------------------------------------------------------------------------------


def noun_sides(noun: Token, lookup: ActorLookup, frames: Frames) -> tuple[Trigger, list[Side]]:
    """The sides of an event noun: its owner, modifier, author ("by") or the subject of its support verb; and what its prepositions name."""
    lemma = lemma_of(noun)
    if lemma not in frames.nouns:
        return Trigger(noun, noun, noun, noun, lemma), []
    verb, first = support(noun, lemma, frames)
    trigger = Trigger(noun, first, noun, verb if verb is not None else noun, lemma)
    sources = noun_sources(noun, verb, lookup, frames)
    sides = []
    for frame in frames.nouns[lemma]:
        targets = tuple(
            party
            for word in noun_targets(noun, verb, frame)
            for party in parties(word, lookup, frames, standins=frames.member | frames.possession)
        )
        if "between" in frame.target and (both := between(noun, lookup, frames)):
            sides.append(Side(both[:1], both[1:], frame.class_, True, "between", frame.armed))
            targets = (*targets, *both)
        partners = companions(noun, lookup, frames) if frame.class_ == "ASSAULT" and "against" in frame.target else ()
        sides.append(Side((*sources, *partners), targets, frame.class_, frame.symmetric, "event noun", frame.armed))
    return trigger, sides


def support(noun: Token, lemma: str, frames: Frames) -> tuple[Token | None, Token]:
    """The verb that lends an event noun its subject, and the first word of the trigger; no verb where none lends it.

    Climbs through support nouns and nouns of the same class: "is a **party to** the agreement", "reached an **agreement for** a cease-fire".
    """
    classes = {frame.class_ for frame in frames.nouns[lemma]}
    here = noun
    for _ in range(6):
        head = here.head
        if here.dep_ == "conj" or (here.dep_ == "pobj" and head.dep_ == "prep"):
            here = head if here.dep_ == "conj" or head.head.pos_ in ("VERB", "AUX") else head.head
            if here.pos_ == "NOUN":
                known = {frame.class_ for frame in frames.nouns.get(lemma_of(here), ())}
                if here.lemma_ not in frames.support_nouns and not known & classes:
                    return None, noun
            continue
        if here.dep_ in ("dobj", "attr", "nsubjpass", "prep", "dative") and head.lemma_ in frames.support_verbs:
            start = head if head.i < noun.i else noun
            return head, start
        return None, noun
    return None, noun


def noun_sources(noun: Token, verb: Token | None, lookup: ActorLookup, frames: Frames) -> tuple[Party, ...]:
    """The first actors of an event noun."""
    modifiers = [child for child in noun.lefts if child.dep_ in MODIFIERS]
    own = [Party(actor, child) for child in modifiers if (actor := lookup.actor(child))]
    own += [party for word in under([noun], ("by",)) for party in parties(word, lookup, frames, standins=frames.member)]
    if own or verb is None:
        return tuple(own)
    acting = agents(verb) if is_passive(verb) and noun_is_subject(noun, verb) else subjects(verb)
    return tuple(party for word in acting for party in parties(word, lookup, frames, standins=frames.member))


def noun_is_subject(noun: Token, verb: Token) -> bool:
    return any(child == noun or child.is_ancestor(noun) for child in verb.lefts)


def noun_targets(noun: Token, verb: Token | None, frame: Frame) -> Iterator[Token]:
    """The nouns behind an event noun's prepositions, wherever the parser hung them: on the noun, its support verb, or (for "against",
    which no name takes) a noun in between."""
    prepositions = tuple(word for word in frame.target if word != "between")
    yield from under([noun], prepositions)
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


def between(noun: Token, lookup: ActorLookup, frames: Frames) -> tuple[Party, ...]:
    """The actors of "between A and B"."""
    return tuple(party for word in under([noun], ("between",)) for party in parties(word, lookup, frames, standins=frames.member))


def companions(noun: Token, lookup: ActorLookup, frames: Frames) -> tuple[Party, ...]:
    """Those with whom a campaign is waged: "an offensive **with the militia** against ...". With "war" they are the enemy."""
    if not any(frame.class_ == "COOPERATE" for frame in frames.nouns[lemma_of(noun)]):
        return ()
    return tuple(party for word in under([noun], ("with", "alongside")) for party in parties(word, lookup, frames, standins=frames.member))


# --- polarity, modality, words -------------------------------------------------------------------------------------


def stance(side: Side, predicate: Token, claim: Claim) -> tuple[Polarity, Modality]:
    """The polarity and modality of a relation: those of its verb and of each verb that this one hangs on, up to the claim's own predicate."""
    if side.rule == "between":
        return "+", "presupposed"  # "is not a party to the agreement between A and B": there is one.
    negative, found = False, []
    here = predicate
    while True:
        is_top = not holds(claim, here.head) or here.head.i == here.i
        if here.pos_ in ("VERB", "AUX"):
            negative ^= (claim.polarity if is_top else find_polarity(here)) == "-"
            found.append(claim.modality if is_top else verb_modality(here))
        if is_top or not is_carried(here):
            break
        here = here.head
    return ("-" if negative else "+"), next((modality for modality in PRECEDENCE if modality in found), "asserted")


PRECEDENCE: tuple[Modality, ...] = ("conditional", "hoped", "deontic", "probable", "future", "presupposed")
"""Of the modalities of the verbs in a chain the first in this order is the relation's: "**if** they **want** to leave" is a condition."""


def is_carried(verb: Token) -> bool:
    """Whether what is said of the verb above holds of this one: "did not **want to leave**", "should not **stay or return**"."""
    if verb.dep_ == "conj":
        return verb.head.pos_ in ("VERB", "AUX") and not any(child.dep_ in ("aux", "nsubj") for child in verb.lefts)
    return verb.dep_ in ("xcomp", "pcomp", "prep")


def holds(claim: Claim, token: Token) -> bool:
    return any(span.start <= token.idx < span.end for span in claim.spans)


def verb_modality(verb: Token) -> Modality:
    """The modality of one verb in a chain: its own, or what the verb above it makes of it ("**want** to leave", "**if** they leave")."""
    words = claim_words()
    own = find_modality(Clause(verb, (verb,), -1, "verb"))
    if own != "asserted":
        return own
    if verb.dep_ == "advcl" and any(child.lower_ in words.modality["conditional_marks"] for child in verb.lefts):
        return "conditional"
    if verb.dep_ == "xcomp" and verb.tag_ == "VB":
        if verb.head.lemma_ in words.stance["wishes"]:
            return "hoped"
        if verb.head.lemma_ in words.stance["commitments"]:
            return "future"
    return "asserted"


def predicate_text(trigger: Trigger, side: Side) -> str:
    """Readable words for the edge: from the trigger to the second actor, if that follows soon; else the trigger."""
    if side.rule == "between":
        return f"{trigger.word.text} between"
    target = side.targets[0].noun
    start, end = trigger.first.i, target.left_edge.i
    words = trigger.word.doc[start:end] if trigger.last.i < end <= trigger.last.i + 6 else trigger.word.doc[start : trigger.last.i + 1]
    negators = claim_words().polarity["negators"]
    return "".join(token.text_with_ws for token in words if token.lower_ not in negators).strip(" ,;:“”\"'")


# --- other sources of relations ------------------------------------------------------------------------------------


def addressed(basis: Basis) -> Iterator[Relation]:
    """A source tells an addressee something: it rests on what was told."""
    for quote in basis.quotes:
        claims = basis.of_quote.get(quote.id, [])
        told = quote.addressee.actor if quote.addressee else None
        if quote.cue and claims and told and quote.speaker.actor and not quote.conditional:
            span = Span(quote.cue.start, quote.cue.end)
            polarity: Polarity = "-" if quote.negated else "+"
            yield Relation(
                "", quote.speaker.actor, told, quote.cue.lemma, "CONSULT", span, polarity, "asserted", (claims[0].id,), "addressee"
            )


def affiliated(claims: tuple[Claim, ...], cast: Cast) -> Iterator[Relation]:
    """A stated role that belongs to another actor, where a claim holds the words that state it."""
    for actor in cast.actors:
        for role in actor.roles:
            if role.affiliation is None:
                continue
            holding = [claim for claim in claims if any(span.contains(role.evidence) for span in claim.spans)]
            if holding:
                yield Relation(
                    "", actor.id, role.affiliation, role.text, "affiliated", role.evidence, "+", "asserted", (holding[-1].id,), "role"
                )


def merge(relations: Iterator[Relation]) -> tuple[Relation, ...]:
    """One relation for each pair, class, polarity and modality, in text order, with the claims of all; a trigger makes one between two actors."""
    merged: dict[tuple[object, ...], Relation] = {}
    stated: set[tuple[object, ...]] = set()
    for relation in sorted(relations, key=lambda relation: relation.trigger.start):
        pair = tuple(sorted((relation.source, relation.target))) if relation.symmetric else (relation.source, relation.target)
        key = (pair, relation.class_, relation.polarity, relation.modality)
        place = (frozenset(pair), relation.trigger.end)
        if key in merged:
            merged[key] = replace(merged[key], claims=tuple(dict.fromkeys((*merged[key].claims, *relation.claims))))
        elif place not in stated:
            merged[key] = relation
        stated.add(place)
    return tuple(replace(relation, id=f"r{number}") for number, relation in enumerate(merged.values(), 1))
