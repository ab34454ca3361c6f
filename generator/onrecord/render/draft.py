"""What every page builder starts from, and what it hands over to its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from onrecord.figures import Figures
from onrecord.model import Corpus, CorpusActor, Meta
from onrecord.permalinks.old_links import NOTHING_OLD, OldAddresses
from onrecord.render.facts import ClaimFact, ComparisonFact, Facts, QuoteFact, RelationFact, gather_facts
from onrecord.render.linked_data import Node
from onrecord.render.links import Link
from onrecord.render.parties import Parties
from onrecord.render.profile import Profile, gather_profiles


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An actor's page on one site of the archive."""

    name: str
    """The site's."""
    link: Link
    articles: int
    """Of that site that have the actor."""


@dataclass(frozen=True, slots=True)
class Site:
    """A corpus with everything looked up that more than one page prints.

    ``quotes`` and ``claims`` are those that indexes list, in text order: none from share and comment prompts.
    """

    corpus: Corpus
    parties: Parties
    facts: tuple[Facts, ...]
    quotes: tuple[QuoteFact, ...]
    claims: tuple[ClaimFact, ...]
    relations: tuple[RelationFact, ...]
    comparisons: tuple[ComparisonFact, ...]
    profiles: tuple[Profile, ...]
    figures: Figures
    """How often quotes are right, as measured."""
    for_review: bool = False
    """Whether it is made for editors, with a review queue, and not for the public."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Bytes of the files that are written already, by their paths on the site."""
    old: OldAddresses = NOTHING_OLD
    """Addresses that were published, and are no longer made."""
    others: Mapping[str, tuple[Elsewhere, ...]] = field(default_factory=dict)
    """By the id of an actor its pages on other sites of the archive, where this one is part of one."""

    @property
    def single(self) -> bool:
        """Whether the site is about one article, so that naming it everywhere would be noise."""
        return len(self.facts) == 1


def survey(
    corpus: Corpus,
    figures: Figures,
    *,
    for_review: bool = False,
    sizes: Mapping[str, int] = MappingProxyType({}),
    old: OldAddresses = NOTHING_OLD,
    others: Mapping[str, tuple[Elsewhere, ...]] = MappingProxyType({}),
) -> Site:
    """The corpus, ready for pages."""
    parties = Parties.of(corpus)
    facts = gather_facts(corpus, parties, figures)
    quotes = tuple(quote for one in facts for quote in one.quotes if not quote.boilerplate)
    claims = tuple(claim for one in facts for claim in one.claims if not claim.boilerplate)
    relations = tuple(relation for one in facts for relation in one.relations)
    comparisons = tuple(comparison for one in facts for comparison in one.comparisons)
    profiles = gather_profiles(corpus, parties, quotes=quotes, claims=claims, relations=relations)
    return Site(corpus, parties, facts, quotes, claims, relations, comparisons, profiles, figures, for_review, sizes, old, others)


@dataclass(frozen=True, slots=True)
class Draft:
    """A page before it is rendered."""

    path: str
    template: str
    title: str
    description: str
    view: object
    """What the template prints; its type is named in the template's first comment."""
    in_nav: bool = False
    repeats: bool = False
    """Whether it only sorts again what other pages list."""
    meta: Meta | None = None
    """Of the article that the page is a copy of."""
    about: CorpusActor | None = None
    """The actor that the page is about."""
    parts: tuple[Node, ...] = ()
    """What the article that the page is a copy of quotes and claims, in the terms of schema.org."""
