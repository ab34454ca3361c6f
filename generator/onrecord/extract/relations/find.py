"""Relations: one actor does something to, with or about another because a sentence says so.

A relation needs a trigger (a verb or an event noun of a frame in ``data/relations.toml``) with an actor on either side of it, and a claim
that holds the trigger. Two actors in one sentence are no relation. A place is a party where it is what acts ("Frankfurt sued ...").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from onrecord.extract.actor_lookup import ActorLookup
from onrecord.extract.claims.claim_words import claim_words
from onrecord.extract.language import Analysis
from onrecord.extract.relations.arguments import Party
from onrecord.extract.relations.frames import Frames, relation_frames
from onrecord.extract.relations.stance import find_stance
from onrecord.extract.relations.triggers import Reading, find_readings
from onrecord.extract.tokens import Token
from onrecord.model import Claim, Polarity, Quote, Relation, Span


def find_relations(analysis: Analysis, claims: tuple[Claim, ...], quotes: tuple[Quote, ...], lookup: ActorLookup) -> tuple[Relation, ...]:
    """The relations of an article in the order of their triggers, each with every claim that it rests on.

    What introduces a quote is no claim; a relation that it states ("told the paper", "accused the minister of ...") rests on the
    claims in the quote.
    """
    frames = relation_frames()
    basis = Basis(analysis, claims, quotes)
    found = [
        *(relation for token in analysis.doc for relation in token_relations(token, basis, lookup, frames)),
        *addressed(basis),
        *affiliated(claims, lookup),
    ]
    able = {actor.id for actor in lookup.actors.values() if actor.type not in ("place", "narrator")}
    acting = able | {actor.id for actor in lookup.actors.values() if actor.type == "place"}
    return merge(
        relation
        for relation in found
        if relation.source != relation.target
        and relation.target in able
        and relation.source in (acting if relation.rule == "verb" else able)
    )


class Basis:
    """The claims that a relation can rest on, looked up by token."""

    def __init__(self, analysis: Analysis, claims: tuple[Claim, ...], quotes: tuple[Quote, ...]) -> None:
        self.analysis = analysis
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
    """The relations that a word states: for each of its readings one between each two actors."""
    claims = basis.claims(token)
    if not claims:
        return
    resting = tuple(claim.id for claim in claims)
    for reading in find_readings(token, lookup, frames):
        frame, span = reading.frame, reading.trigger.span
        polarity, modality = find_stance(reading.trigger.predicate, claims[0])
        if reading.is_between:
            polarity, modality = "+", "presupposed"  # "Is not a party to the agreement between A and B": there is one.
        for source, target in product(reading.sources, reading.targets):
            if frame.armed and not (lookup.may_bear_arms(source.actor) or lookup.may_bear_arms(target.actor)):
                continue
            if frame.bodies and lookup.is_person(target.actor):
                continue
            text = predicate_text(reading, target)
            yield Relation(
                id="",
                source=source.actor,
                target=target.actor,
                predicate=text,
                class_=frame.class_,
                trigger=span,
                polarity=polarity,
                modality=modality,
                claims=resting,
                rule=reading.rule,
                symmetric=frame.symmetric,
            )


def predicate_text(reading: Reading, target: Party) -> str:
    """Readable words for the edge, without articles and adjectives: from the trigger to the second actor if that follows soon, else the
    trigger with the preposition of the second actor; and the noun that stands in for it."""
    trigger, first = reading.trigger, reading.targets[0].noun
    governor = governing_preposition(first)
    is_near = trigger.last.i < first.left_edge.i <= trigger.last.i + 6 and (trigger.word.pos_ != "NOUN" or governor is None)
    words = trigger.word.doc[trigger.first.i : first.left_edge.i if is_near else trigger.last.i + 1]
    text = "".join(token.text_with_ws for token in words if not is_ornament(token)).strip(" ,;:“”\"'")
    if not is_near and governor is not None and governor.i > trigger.last.i:
        text = f"{text} {governor.lower_}"
    return f"{text} {target.noun.text} of" if target.is_standin else text


def governing_preposition(noun: Token) -> Token | None:
    """The preposition of a noun, or of the one that it is coordinated with."""
    while noun.dep_ == "conj":
        noun = noun.head
    return noun.head if noun.dep_ == "pobj" else None


def is_ornament(token: Token) -> bool:
    if token.lower_ in claim_words().polarity["negators"] or token.dep_ in ("det", "amod"):
        return True
    return token.dep_ in ("cc", "conj") and token.head.dep_ == "amod"


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
                id="",
                source=quote.speaker.actor,
                target=told,
                predicate=span.of(basis.analysis.article.text),
                class_="CONSULT",
                trigger=span,
                polarity=polarity,
                modality="asserted",
                claims=(claims[0].id,),
                rule="addressee",
            )


def affiliated(claims: tuple[Claim, ...], lookup: ActorLookup) -> Iterator[Relation]:
    """A stated role that belongs to another actor, where a claim holds the words that state it."""
    for actor in lookup.actors.values():
        for role in actor.roles:
            if role.affiliation is None:
                continue
            holding = [claim for claim in claims if any(span.contains(role.evidence) for span in claim.spans)]
            if holding:
                yield Relation(
                    id="",
                    source=actor.id,
                    target=role.affiliation,
                    predicate=role.text,
                    class_="affiliated",
                    trigger=role.evidence,
                    polarity="+",
                    modality="asserted",
                    claims=(holding[-1].id,),
                    rule="role",
                )


def merge(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """One relation for each pair, class, polarity and modality, in text order, with the claims of all.

    A trigger makes one relation between two actors: the first of its readings that fits.
    """
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
