"""The indexes of what is found: of quotes, of claims, of relations; and of actors, heard or never heard, with those who may be one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from onrecord.labels.terms import KIND_MEANINGS, KIND_PLURALS, MODALITY_WORDS, STANCE_MEANING, STANCE_PLURAL, plural
from onrecord.model import Modality, Polarity
from onrecord.render.engine.links import (
    ACTORS,
    CLAIMS,
    PERHAPS,
    QUOTES,
    RELATIONS,
    SIDE_BY_SIDE,
    Link,
    Sheet,
    count_pages,
    facet_page,
    in_pages,
    numbered_page,
    page_of,
)
from onrecord.render.lists.listing import (
    DOUBTED_FIRST,
    UNDECIDED_VALUE,
    UNKNOWN_VALUE,
    Facet,
    Index,
    Listing,
    Value,
    draft_index,
    in_order_of,
    name_values,
    of_article,
    party_value,
    status_facet,
)
from onrecord.render.views.facts import ClaimFact, ComparisonFact, QuoteFact, RelationFact
from onrecord.render.views.networks import Network, draw_network
from onrecord.render.views.parties import TYPE_LABELS
from onrecord.render.views.profiles import PerhapsFact, Profile, list_perhaps
from onrecord.render.views.site import Body, PagePlan, Site
from onrecord.text.addresses import slugify

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class QuotesView:
    """What ``pages/quotes.html`` prints."""

    listing: Listing[QuoteFact]
    unsure: int
    """How many quotes on the page were found with low confidence. They are hidden until a reader asks for them."""
    reviewed: bool
    """Whether a person has looked at any of them."""
    single: bool


_QUOTE_KINDS = {kind: Value(kind, label, KIND_MEANINGS[kind], name=kind) for kind, label in KIND_PLURALS.items()}
_STANCE = Value("stance", STANCE_PLURAL, STANCE_MEANING, name="stance")
_NOT_SAID = Value("not said", "Not said", "the text only supposes it, or negates or denies it", name="not-said")
_NO_VERB = Value("", "no verb of its own", "quotes that go on from another, or that layout ascribes", name="none")
_UNSURE = Value("unsure", "Low confidence", "check these first", name="low-confidence")
_RUNNER_UP = Value("runner-up", "Another may be meant", "a second source was close to the first", name="runner-up")

UNKNOWN = Link(facet_page("quotes", "speaker", UNKNOWN_VALUE.name))
"""The page of the quotes whose speaker is unknown; it exists only if there are any, as do the next two."""
UNDECIDED = Link(facet_page("quotes", "speaker", UNDECIDED_VALUE.name))
UNSURE = Link(facet_page("quotes", "doubt", _UNSURE.name))


def _kind(quote: QuoteFact) -> Iterator[Value]:
    yield _STANCE if quote.quote.stance else _NOT_SAID if quote.standing else _QUOTE_KINDS[quote.kind]


def _speakers(quote: QuoteFact) -> Iterator[Value]:
    return (party_value(party, "says") for party in (quote.speaker, *quote.others))


def _verb(quote: QuoteFact) -> Iterator[Value]:
    yield Value(quote.verb, quote.verb) if quote.verb else _NO_VERB


def _doubt(quote: QuoteFact) -> Iterator[Value]:
    if quote.unsure:
        yield _UNSURE
    if quote.runner_up is not None:
        yield _RUNNER_UP


_QUOTE_FACETS: tuple[Facet[QuoteFact], ...] = (
    Facet("kind", "Kind", "kinds", _kind, in_order_of([*_QUOTE_KINDS.values(), _STANCE, _NOT_SAID]), open=True, always=True),
    Facet("speaker", "Speaker", "speakers", _speakers, DOUBTED_FIRST, open=True, always=True),
    Facet("doubt", "In doubt", "doubts", _doubt, open=True, always=True),
    Facet("verb", "Reporting verb", "reporting verbs", _verb, lead="reporting verb ", always=True),
    Facet("article", "Article", "articles", of_article),
    status_facet(),
)
QUOTE_INDEX: Index[QuoteFact] = Index(
    QUOTES, "Quotes", "quote", "quotes", "quotes", _QUOTE_FACETS, sectioned=True, where=lambda quote: quote.headline
)


def verb_pages(quotes: Iterable[QuoteFact]) -> dict[str, Link]:
    """By its lemma the page of each reporting verb. ``quotes`` must be all quotes of the index, since names of pages are made to differ
    from one another."""
    names = name_values(value for quote in quotes for value in _verb(quote))
    return {verb: Link(facet_page("quotes", "verb", name)) for verb, name in names.items()}


def draft_quote_index(site: Site) -> Iterator[PagePlan]:
    """The index of quotes and the pages of its facets."""
    description = f"{plural(len(site.quotes), 'quote')}, by kind, each with its place in the text."

    def view(listing: Listing[QuoteFact]) -> QuotesView:
        items = listing.sheet.items
        return QuotesView(listing, sum(one.unsure for one in items), any(one.review.reviewed for one in items), site.single)

    return draft_index(QUOTE_INDEX, site.quotes, "pages/quotes.html", view, description=description)


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """What ``pages/claims.html`` prints."""

    listing: Listing[ClaimFact]
    comparisons: tuple[ComparisonFact, ...]
    """Claims side by side, where these and the index itself fit on one page; else empty. The page ``side_by_side`` always has them."""
    compared: int
    """How many pairs there are, on all pages."""
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
_CLAIM_KINDS = {
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


_CLAIM_FACETS: tuple[Facet[ClaimFact], ...] = (
    Facet(
        "kind",
        "Kind",
        "kinds",
        lambda claim: (_CLAIM_KINDS[claim.kind],),
        in_order_of(_CLAIM_KINDS.values()),
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
CLAIM_INDEX: Index[ClaimFact] = Index(CLAIMS, "Claims", "claim", "claims", "claims", _CLAIM_FACETS, sectioned=True)


def draft_claim_index(site: Site) -> Iterator[PagePlan]:
    """The index of claims, those with most reasons to be checked first, with the pages of its facets and of claims side by side."""
    ranked = sorted(site.claims, key=lambda claim: -claim.worth)
    checked = sum(claim.checked for claim in ranked)
    inline = site.comparisons if count_pages(len(ranked)) == count_pages(len(site.comparisons)) == 1 else ()

    def view(listing: Listing[ClaimFact]) -> ClaimsView:
        shown = inline if listing.value is None else ()
        return ClaimsView(listing, shown, len(site.comparisons), Link(SIDE_BY_SIDE), checked, site.single)

    told = f"{checked:,} checked by people." if checked else "None is checked."
    description = f"{plural(len(ranked), 'claim')}: who stands behind each, how it is presented, and where. {told}"
    yield from draft_index(CLAIM_INDEX, ranked, "pages/claims.html", view, description=description)
    if site.comparisons:
        yield from _draft_comparisons(site, len(ranked))


def _draft_comparisons(site: Site, claims: int) -> Iterator[PagePlan]:
    for sheet in in_pages(site.comparisons, SIDE_BY_SIDE):
        title = sheet.numbered("Claims side by side")
        description = f"{plural(sheet.total, 'pair')} of claims by different voices about the same event and parties."
        view = ComparisonsView(title, sheet, claims, Link(CLAIMS), site.single)
        yield PagePlan(sheet.here.page, "pages/comparisons.html", title, Body(view, description).itself)


@dataclass(frozen=True, slots=True)
class RelationsView:
    """What ``pages/relations.html`` prints."""

    listing: Listing[RelationFact]
    network: Network | None
    """The drawing; None on all pages but the first of the index."""
    single: bool

    def row(self, relation: RelationFact) -> Link:
        """The row of a relation in the index, which a number in the drawing leads to."""
        return Link(numbered_page(RELATIONS, page_of(relation.number)), f"relation-{relation.number}")


_PLAIN = Value("plain", "Stated as so", "without negation or condition", name="plain")
_NOT_PLAIN = Value("not plain", "Negated or only supposed", "the sentence does not say that it is so", name="not-plain")

_RELATION_FACETS: tuple[Facet[RelationFact], ...] = (
    Facet("class", "Class", "classes", lambda one: (Value(one.class_name, one.class_name),), open=True),
    Facet("stated", "How stated", "answers", lambda one: (_PLAIN if one.plain else _NOT_PLAIN,), open=True),
    Facet("article", "Article", "articles", of_article),
)
RELATION_INDEX: Index[RelationFact] = Index(
    RELATIONS, "Relations", "relation", "relations", "relations", _RELATION_FACETS, where=lambda relation: relation.headline
)


def draft_relations(site: Site) -> Iterator[PagePlan]:
    """The relations as a drawing and as a table, by page, and the pages of their facets."""

    def view(listing: Listing[RelationFact]) -> RelationsView:
        drawn = draw_network(site.relations) if listing.value is None and listing.sheet.number == 1 else None
        return RelationsView(listing, drawn, site.single)

    description = f"{plural(len(site.relations), 'relation')} that a sentence states, each with who asserts it."
    return draft_index(RELATION_INDEX, site.relations, "pages/relations.html", view, description=description)


# --- actors ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActorsView:
    """What ``pages/actors.html`` prints."""

    listing: Listing[Profile]
    perhaps: tuple[PerhapsFact, ...]
    """Actors that may be the same, where these and the index itself fit on one page; else empty. The page ``perhaps_page`` always has
    them."""
    names: int
    """How many names may stand for one actor or for several, on all pages."""
    perhaps_page: Link
    single: bool


@dataclass(frozen=True, slots=True)
class PerhapsView:
    """What ``pages/perhaps.html`` prints."""

    title: str
    sheet: Sheet[PerhapsFact]
    whole: Link


_HEARD = Value("heard", "Heard", "the text lets them speak", name="heard")
_SILENT = Value("never heard", "Mentioned and never heard", "the text names them and lets them say nothing", name="never-heard")
_TYPES = {type: Value(type, label, name=type.replace("_", "-")) for type, label in TYPE_LABELS.items()}
HEARD = Link(facet_page("actors/by", "voice", _HEARD.name))
"""The page of the actors who speak; it exists only if there are any, as does the next."""
SILENT = Link(facet_page("actors/by", "voice", _SILENT.name))
"""The page of the actors who are mentioned and never speak."""


def by_type(profile_of: Callable[[Item], Profile]) -> Facet[Item]:
    """The facet of an actor's type, for any rows about actors."""
    return Facet("type", "Type", "types", lambda row: (_TYPES[profile_of(row).actor.type],), open=True)


def by_letter(profile_of: Callable[[Item], Profile]) -> Facet[Item]:
    """The facet of the first letter of the name, for any rows about actors; "The" at its beginning does not count."""
    return Facet(
        "letter",
        "First letter",
        "first letters",
        lambda row: (_letter_of(profile_of(row)),),
        lambda value, count: (value.key,),
        lead="first letter ",
        open=True,
        when_long=True,
    )


def _letter_of(profile: Profile) -> Value:
    letter = slugify(profile.actor.name).removeprefix("the-")[:1]
    return Value(letter, letter.upper())


_ACTOR_FACETS: tuple[Facet[Profile], ...] = (
    Facet(
        "voice",
        "Heard or not",
        "answers",
        lambda one: (_SILENT if one.silent else _HEARD,),
        in_order_of([_HEARD, _SILENT]),
        open=True,
        always=True,
    ),
    by_type(lambda one: one),
    by_letter(lambda one: one),
)
ACTOR_INDEX: Index[Profile] = Index(ACTORS, "Actors", "actor", "actors", "actors/by", _ACTOR_FACETS, sectioned=True)


def draft_actor_index(site: Site) -> Iterator[PagePlan]:
    """The index of actors, those with most words first and those never heard last; the pages of its facets; and the pages of actors that
    may be the same."""
    actors = sorted(site.profiles, key=lambda one: (one.silent, -one.words))
    perhaps = list_perhaps(site.corpus)
    inline = perhaps if count_pages(len(actors)) == count_pages(len(perhaps)) == 1 else ()

    def view(listing: Listing[Profile]) -> ActorsView:
        return ActorsView(listing, inline if listing.value is None else (), len(perhaps), Link(PERHAPS), site.single)

    silent = sum(one.silent for one in actors)
    description = f"{plural(len(actors) - silent, 'actor')} heard, {silent:,} mentioned and never heard."
    yield from draft_index(ACTOR_INDEX, actors, "pages/actors.html", view, description=description)
    for sheet in in_pages(perhaps, PERHAPS) if perhaps else ():
        title = sheet.numbered("Perhaps the same")
        told = f"{plural(sheet.total, 'name')} that may stand for one actor or for several, each with the reason."
        yield PagePlan(sheet.here.page, "pages/perhaps.html", title, Body(PerhapsView(title, sheet, Link(ACTORS)), told).itself)
