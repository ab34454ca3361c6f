"""What every page builder starts from, and what it hands over to its template."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Corpus
from onrecord.render.facts import ClaimFact, Facts, QuoteFact, RelationFact, gather_facts
from onrecord.render.parties import Parties


@dataclass(frozen=True, slots=True)
class Site:
    """A corpus with everything looked up that more than one page prints."""

    corpus: Corpus
    parties: Parties
    facts: tuple[Facts, ...]

    @property
    def single(self) -> bool:
        """Whether the site is about one article, so that naming it everywhere would be noise."""
        return len(self.facts) == 1

    @property
    def quotes(self) -> tuple[QuoteFact, ...]:
        """Quotes that indexes list, in text order: none from share and comment prompts."""
        return tuple(quote for facts in self.facts for quote in facts.quotes if not quote.boilerplate)

    @property
    def claims(self) -> tuple[ClaimFact, ...]:
        """Claims that indexes list, in text order: none from share and comment prompts."""
        return tuple(claim for facts in self.facts for claim in facts.claims if not claim.boilerplate)

    @property
    def relations(self) -> tuple[RelationFact, ...]:
        """Every relation, in text order."""
        return tuple(relation for facts in self.facts for relation in facts.relations)


def survey(corpus: Corpus) -> Site:
    """The corpus, ready for pages."""
    parties = Parties.of(corpus)
    return Site(corpus, parties, gather_facts(corpus, parties))


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
