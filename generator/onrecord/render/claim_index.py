"""The index of claims: by kind, who stands behind them, how they are presented, whether people checked them, and side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import Modality, Polarity
from onrecord.render.draft import Body, Draft, Site
from onrecord.render.facets import DOUBTED_FIRST, Facet, Value, in_order_of, party_value
from onrecord.render.facts import ClaimFact, ComparisonFact
from onrecord.render.links import CLAIMS, SIDE_BY_SIDE, Link
from onrecord.render.listing import Index, Listing, draft_index
from onrecord.render.paging import Sheet, count_pages, in_pages
from onrecord.render.status_values import of_article, status_facet
from onrecord.render.words import MODALITY_WORDS, plural


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """What ``pages/claims.html`` prints."""

    listing: Listing[ClaimFact]
    comparisons: tuple[ComparisonFact, ...]
    """Claims side by side, where all of them fit on an index of one page; the page ``side_by_side`` has them too."""
    compared: int
    """How many pairs there are."""
    side_by_side: Link
    checked: int
    """How many of the claims a person has checked."""
    single: bool


@dataclass(frozen=True, slots=True)
class ComparisonsView:
    """What ``pages/comparisons.html`` prints."""

    title: str
    sheet: Sheet[ComparisonFact]
    claims: int
    whole: Link
    single: bool


_STATEMENT = Value("event", "Statements", "clauses presented as what happened or what is so", name="statements")
_DEMAND = Value("demand", "Demands and wishes", "what somebody wants or hopes for: these state no fact", name="demands")
_KINDS = {
    "event": _STATEMENT,
    "evaluation": Value("evaluation", "Judgements", "clauses that judge rather than report", name="judgements"),
    "commitment": Value("commitment", "Commitments", "what somebody says they will do", name="commitments"),
    "directive": _DEMAND,
    "wish": _DEMAND,
}
_POLARITIES: dict[Polarity, Value] = {
    "+": Value("+", "Affirmed", "said to be so", name="affirmed"),
    "-": Value("-", "Negated", "said not to be so", name="negated"),
}
_MODALITIES: dict[Modality, Value] = {
    modality: Value(modality, words.capitalize(), name=modality) for modality, words in MODALITY_WORDS.items()
}
_CHECKED = Value("checked", "Checked", "a person says what they found, with sources", name="yes")
_UNCHECKED = Value("not checked", "Not checked", "nobody has said whether it is true", name="no")


def _asserters(claim: ClaimFact) -> Iterator[Value]:
    anchor = "claims" if claim.is_fact else "demands"
    return (party_value(party, anchor) for party in (claim.asserter, *claim.others))


_FACETS: tuple[Facet[ClaimFact], ...] = (
    Facet(
        "kind",
        "Kind",
        "kinds",
        lambda claim: (_KINDS[claim.kind],),
        in_order_of(_KINDS.values()),
        open=True,
        always=True,
        most_unlisted=True,
    ),
    Facet("asserter", "Who stands behind it", "asserters", _asserters, DOUBTED_FIRST, open=True, always=True),
    Facet(
        "checked", "Checked by people", "answers", lambda claim: (_CHECKED if claim.checked else _UNCHECKED,), open=True, most_unlisted=True
    ),
    Facet("polarity", "Affirmed or negated", "polarities", lambda claim: (_POLARITIES[claim.polarity],), most_unlisted=True),
    Facet("presented", "How presented", "ways to present it", lambda claim: (_MODALITIES[claim.modality],), most_unlisted=True),
    Facet("article", "Article", "articles", of_article),
    status_facet(),
)
INDEX: Index[ClaimFact] = Index(CLAIMS, "Claims", "claim", "claims", "claims", _FACETS, sectioned=True)


def draft_claim_index(site: Site) -> Iterator[Draft]:
    """The index of claims, those with most reasons to be checked first, with the pages of its facets and of claims side by side."""
    ranked = sorted(site.claims, key=lambda claim: -claim.worth)
    checked = sum(claim.checked for claim in ranked)
    inline = site.comparisons if count_pages(len(ranked)) == count_pages(len(site.comparisons)) == 1 else ()

    def view(listing: Listing[ClaimFact]) -> ClaimsView:
        shown = inline if listing.value is None else ()
        return ClaimsView(listing, shown, len(site.comparisons), Link(SIDE_BY_SIDE), checked, site.single)

    told = f"{checked:,} checked by people." if checked else "None is checked."
    description = f"{plural(len(ranked), 'claim')}: who stands behind each, how it is presented, and where. {told}"
    yield from draft_index(INDEX, ranked, "pages/claims.html", view, description=description)
    if site.comparisons:
        yield from _draft_comparisons(site, len(ranked))


def _draft_comparisons(site: Site, claims: int) -> Iterator[Draft]:
    for sheet in in_pages(site.comparisons, SIDE_BY_SIDE):
        title = sheet.numbered("Claims side by side")
        description = f"{plural(sheet.total, 'pair')} of claims by different voices about the same event and parties."
        view = ComparisonsView(title, sheet, claims, Link(CLAIMS), site.single)
        yield Draft(sheet.here.page, "pages/comparisons.html", title, Body(view, description).itself)
