"""What pages are about, in the terms of schema.org.

Only direct speech is a ``Quotation``. A ``Claim`` without an author would read as the article's own, so that a claim by an unknown speaker
is left out, and so is one whose words are withheld. A ``ClaimReview`` is always a person's verdict: the program checks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from onrecord.labels.terms import shows
from onrecord.model import ActorType, CorpusActor, Verdict
from onrecord.render.views.facts import ClaimFact, Facts
from onrecord.render.views.parties import PartyView

Node: TypeAlias = dict[str, Any]
"""A thing in JSON-LD."""

TYPES: Mapping[ActorType, str] = {
    "person": "Person",
    "organization": "Organization",
    "state": "Country",
    "armed_force": "Organization",
    "armed_group": "Organization",
    "coalition": "Organization",
    "media": "NewsMediaOrganization",
}
"""The type in schema.org for each type of actor. Actors of other types, such as described groups, are a ``Thing``."""


def actor_node(actor: CorpusActor) -> Node:
    """An actor as a node. ``sameAs`` is given only where the user's ``actors.yml`` has links: the program does not guess who is meant."""
    node: Node = {"@type": TYPES.get(actor.type, "Thing"), "name": actor.name}
    return node | ({"sameAs": list(actor.links)} if actor.links else {})


def article_nodes(facts: Facts, actors: Mapping[str, CorpusActor]) -> tuple[Node, ...]:
    """The quotations and the claims of an article, in text order. ``actors`` are those across articles, by id."""
    return (*_quotations(facts, actors), *_claims(facts, actors))


def _quotations(facts: Facts, actors: Mapping[str, CorpusActor]) -> Iterator[Node]:
    for quote in facts.quotes:
        if quote.kind == "direct" and quote.counted:
            if not shows(facts.report.article, quote.quote.content):
                continue
            words = " … ".join(segment.text for segment in quote.segments)
            speakers = [_party(party, actors) for party in (quote.speaker, *quote.others) if party.state == "actor"]
            yield {"@type": "Quotation", "@id": f"#{quote.id}", "text": words} | _one_or_more("spokenByCharacter", speakers)


def _claims(facts: Facts, actors: Mapping[str, CorpusActor]) -> Iterator[Node]:
    said = {quote.id for quote in facts.quotes if quote.counted}
    for claim in facts.claims:
        shown = shows(facts.report.article, claim.claim.spans)
        if shown and _is_claimed(claim, said):
            authors = [_party(party, actors) for party in (claim.asserter, *claim.others) if party.state == "actor"]
            yield {"@type": "Claim", "@id": f"#{claim.id}", "text": claim.text} | _one_or_more("author", authors)
        if (verdict := claim.claim.verdict) is not None:
            yield _review(claim, verdict, {"text": claim.text} if shown else {})


def _review(claim: ClaimFact, verdict: Verdict, words: Node) -> Node:
    review: Node = {
        "@type": "ClaimReview",
        "@id": f"#{claim.id}-review",
        **({"claimReviewed": claim.text} if words else {}),
        "reviewRating": {"@type": "Rating", "alternateName": verdict.text},
        "author": {"@type": "Person", "name": verdict.by},
        "datePublished": verdict.date,
        "itemReviewed": {"@type": "Claim", "@id": f"#{claim.id}", **words},
        "citation": [
            {"@type": "WebPage", "url": source.url} | ({"name": source.title} if source.title else {}) for source in verdict.sources
        ],
    }
    return review | ({"reviewBody": verdict.summary} if verdict.summary else {})


def _is_claimed(claim: ClaimFact, said: set[str]) -> bool:
    """Whether somebody known presents it as a fact. Not so: demands, suppositions, claims of unknown speakers, and claims in quotes that do
    not count as said."""
    stated = claim.is_fact and not claim.boilerplate and claim.claim.modality not in ("conditional", "hoped")
    return stated and claim.asserter.state in ("actor", "article") and (claim.claim.quote is None or claim.claim.quote in said)


def _party(party: PartyView, actors: Mapping[str, CorpusActor]) -> Node:
    known = actors.get(party.key)
    return actor_node(known) if known else {"@type": "Thing", "name": party.name}


def _one_or_more(name: str, nodes: list[Node]) -> Node:
    return {name: nodes[0] if len(nodes) == 1 else nodes} if nodes else {}
