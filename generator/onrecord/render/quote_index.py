"""The index of quotes: by kind, speaker, reporting verb, article, doubt and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.render.draft import Draft, Site
from onrecord.render.facets import DOUBTED_FIRST, UNDECIDED_VALUE, UNKNOWN_VALUE, Facet, Value, in_order_of, name_values, party_value
from onrecord.render.facts import QuoteFact
from onrecord.render.links import QUOTES, Link, facet_page
from onrecord.render.listing import Index, Listing, draft_index
from onrecord.render.status_values import of_article, status_facet
from onrecord.render.words import KIND_MEANINGS, KIND_PLURALS, plural


@dataclass(frozen=True, slots=True)
class QuotesView:
    """What ``pages/quotes.html`` prints."""

    listing: Listing[QuoteFact]
    single: bool


_KINDS = {kind: Value(kind, label, KIND_MEANINGS[kind], name=kind) for kind, label in KIND_PLURALS.items()}
_NOT_SAID = Value("not said", "Not said", "the text only supposes it, or negates or denies it", name="not-said")
_NO_VERB = Value("", "no verb of its own", "quotes that go on from another, or that layout ascribes", name="none")
_UNSURE = Value("unsure", "Low confidence", "check these first", name="low-confidence")
_RUNNER_UP = Value("runner-up", "Another may be meant", "a second source was close to the first", name="runner-up")

UNKNOWN = Link(facet_page("quotes", "speaker", UNKNOWN_VALUE.name))
"""The page of the quotes whose speaker is unknown; it is there if there are any, and so are the others."""
UNDECIDED = Link(facet_page("quotes", "speaker", UNDECIDED_VALUE.name))
UNSURE = Link(facet_page("quotes", "doubt", _UNSURE.name))


def _kind(quote: QuoteFact) -> Iterator[Value]:
    yield _NOT_SAID if quote.standing else _KINDS[quote.kind]


def _speakers(quote: QuoteFact) -> Iterator[Value]:
    return (party_value(party, "says") for party in (quote.speaker, *quote.others))


def _verb(quote: QuoteFact) -> Iterator[Value]:
    yield Value(quote.verb, quote.verb) if quote.verb else _NO_VERB


def _doubt(quote: QuoteFact) -> Iterator[Value]:
    if quote.unsure:
        yield _UNSURE
    if quote.runner_up is not None:
        yield _RUNNER_UP


_FACETS: tuple[Facet[QuoteFact], ...] = (
    Facet("kind", "Kind", "kinds", _kind, in_order_of([*_KINDS.values(), _NOT_SAID]), open=True, always=True),
    Facet("speaker", "Speaker", "speakers", _speakers, DOUBTED_FIRST, open=True, always=True),
    Facet("doubt", "In doubt", "doubts", _doubt, open=True, always=True),
    Facet("verb", "Reporting verb", "reporting verbs", _verb, lead="reporting verb ", always=True),
    Facet("article", "Article", "articles", of_article),
    status_facet(),
)
INDEX: Index[QuoteFact] = Index(QUOTES, "Quotes", "quote", "quotes", "quotes", _FACETS, sectioned=True, where=lambda quote: quote.headline)


def verb_pages(quotes: Iterable[QuoteFact]) -> dict[str, Link]:
    """By its lemma the page of each reporting verb of all quotes that the index lists."""
    names = name_values(value for quote in quotes for value in _verb(quote))
    return {verb: Link(facet_page("quotes", "verb", name)) for verb, name in names.items()}


def draft_quote_index(site: Site) -> Iterator[Draft]:
    """The index of quotes and the pages of its facets."""
    description = f"{plural(len(site.quotes), 'quote')}, by kind, each with its place in the text."
    return draft_index(INDEX, site.quotes, "pages/quotes.html", lambda listing: QuotesView(listing, site.single), description=description)
