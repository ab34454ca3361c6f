"""The index of relations: the network, and the relations by class and by how they are stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.render.draft import Draft, Site
from onrecord.render.facets import Facet, Value
from onrecord.render.facts import RelationFact
from onrecord.render.links import RELATIONS, Link, numbered_page
from onrecord.render.listing import Index, Listing, draft_index
from onrecord.render.network import Network, draw_network
from onrecord.render.paging import page_of
from onrecord.render.status_values import of_article
from onrecord.render.words import plural


@dataclass(frozen=True, slots=True)
class RelationsView:
    """What ``pages/relations.html`` prints."""

    listing: Listing[RelationFact]
    network: Network | None
    """On the first page of the index alone."""
    single: bool

    def row(self, relation: RelationFact) -> Link:
        """Where the index lists a relation."""
        return Link(numbered_page(RELATIONS, page_of(relation.number)), f"relation-{relation.number}")


_PLAIN = Value("plain", "Stated as so", "without negation or condition", name="plain")
_NOT_PLAIN = Value("not plain", "Negated or only supposed", "the sentence does not say that it is so", name="not-plain")

_FACETS: tuple[Facet[RelationFact], ...] = (
    Facet("class", "Class", "classes", lambda one: (Value(one.class_name, one.class_name),), open=True),
    Facet("stated", "How stated", "answers", lambda one: (_PLAIN if one.plain else _NOT_PLAIN,), open=True),
    Facet("article", "Article", "articles", of_article),
)
INDEX: Index[RelationFact] = Index(
    RELATIONS, "Relations", "relation", "relations", "relations", _FACETS, where=lambda relation: relation.headline
)


def draft_relations(site: Site) -> Iterator[Draft]:
    """The relations as a drawing and as a table, by page, and the pages of their facets."""

    def view(listing: Listing[RelationFact]) -> RelationsView:
        drawn = draw_network(site.relations) if listing.value is None and listing.sheet.number == 1 else None
        return RelationsView(listing, drawn, site.single)

    description = f"{plural(len(site.relations), 'relation')} that a sentence states, each with who asserts it."
    return draft_index(INDEX, site.relations, "pages/relations.html", view, description=description)
