"""The table of articles on the home page of a site with several: newest first, and by outlet, year, month and doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from onrecord.labels.terms import shown_date
from onrecord.model import QuoteKind
from onrecord.render.engine.links import HOME, Link, facet_page
from onrecord.render.lists.listing import Facet, Index, Listing, Shelf, Value, body_of, draft_facets, in_order_of, main_listings, shelve
from onrecord.render.views.facts import Facts, QuoteFact
from onrecord.render.views.site import PagePlan, Site

KIND_WORDS: dict[QuoteKind, str] = {"direct": "direct", "mixed": "partly quoted", "indirect": "reported"}


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in the table of a site with several."""

    headline: str
    page: Link
    outlet: str
    date: str
    actors: int
    quotes: int
    parts: tuple[str, ...]
    """How many quotes there are of each kind: "4 direct", "2 reported"."""
    claims: int
    doubts: int
    """How many quotes, mentions and corrections in it a person should look at."""
    undecided: int
    """Mentions that may mean more than one actor."""
    notices: int
    """Notices about how the text was read."""

    @property
    def month(self) -> str:
        """Its month, for a filter: "2024-03"; empty where its date has none."""
        found = re.match(r"\d{4}-\d{2}", self.date)
        return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class ArticlesView:
    """What ``pages/articles.html`` prints: a page of the table other than the first, or a part of it."""

    listing: Listing[ArticleRow]
    given: frozenset[str]
    """The columns of :func:`given_columns`."""


def needs_eye(quote: QuoteFact) -> bool:
    """Whether a person should look at a quote first: who speaks is in doubt, or the quote is, or its correction is held."""
    return quote.speaker.state in ("unknown", "undecided") or quote.unsure or quote.runner_up is not None or quote.review.held


def kind_counts(quotes: Iterable[QuoteFact]) -> tuple[str, ...]:
    """How many quotes there are of each kind, in words; those that the text negates or only supposes apart."""
    quotes = tuple(quotes)
    kinds = Counter(quote.kind for quote in quotes if not quote.standing)
    parts = [f"{kinds[kind]:,} {words}" for kind, words in KIND_WORDS.items() if kinds[kind]]
    not_said = len(quotes) - kinds.total()
    return (*parts, *([f"{not_said:,} negated, supposed or a stance"] if not_said else []))


def article_rows(site: Site) -> tuple[ArticleRow, ...]:
    """The articles, newest first and those without a date last; articles of one day stay in their order."""
    present = Counter(report.article.id for one in site.profiles for report, _ in one.members)
    rows = (_row(facts, present[facts.report.article.id]) for facts in site.facts)
    # Sorted twice, since one sort cannot go both ways: newest first, and then, stably, those without a date to the end.
    return tuple(sorted(sorted(rows, key=lambda row: row.date, reverse=True), key=lambda row: not row.date))


def given_columns(rows: Iterable[ArticleRow]) -> frozenset[str]:
    """Which of the columns "Outlet" and "Date" any article of the site fills. On every page of the table the others are left out: to say
    "not given" in each row tells less than a table without them."""
    return frozenset(column for row in rows for column, value in (("Outlet", row.outlet), ("Date", row.date)) if value)


def _row(facts: Facts, actors: int) -> ArticleRow:
    report, quotes = facts.report, [quote for quote in facts.quotes if not quote.boilerplate]
    # A held correction of a quote is counted with the quote.
    held = sum(one.held for one in report.corrections if one.item not in {quote.id for quote in quotes})
    return ArticleRow(
        headline=facts.headline,
        page=facts.page,
        outlet=report.article.meta.outlet,
        date=report.article.meta.date,
        actors=actors,
        quotes=len(quotes),
        parts=kind_counts(quotes),
        claims=sum(not claim.boilerplate for claim in facts.claims),
        doubts=sum(map(needs_eye, quotes)) + len(report.undecided) + held,
        undecided=len(report.undecided),
        notices=len(report.notices),
    )


# --- facets ---------------------------------------------------------------------------------------------------------------

_NO_OUTLET = Value("", "no outlet given", name="not-given")
_NO_DATE = Value("", "no date given", name="not-given")
_IN_DOUBT = Value("doubts", "Something in doubt", "a speaker, a quote, a mention or a correction", name="any")
_UNDECIDED = Value("undecided", "Mentions that may mean more than one actor", name="undecided-mentions")
_NOTICES = Value("notices", "Notices about how the text was read", name="notices")
UNDECIDED = Link(facet_page("articles/by", "doubt", _UNDECIDED.name))
"""The page of articles with undecided mentions; it exists only if there are any, as does the next."""
NOTICES = Link(facet_page("articles/by", "doubt", _NOTICES.name))


def _outlet(row: ArticleRow) -> Iterator[Value]:
    yield Value(row.outlet, row.outlet) if row.outlet else _NO_OUTLET


def _year(row: ArticleRow) -> Iterator[Value]:
    found = re.match(r"\d{4}(?!\d)", row.date)
    yield Value(found[0], found[0], name=found[0]) if found else _NO_DATE


def _month(row: ArticleRow) -> Iterator[Value]:
    if row.month:
        yield Value(row.month, row.month, name=row.month)


def _latest_first(value: Value, count: int) -> tuple[object, ...]:
    # The empty value, for articles without a date, is last; others go backwards, "2024-03" before "2024-02".
    return not value.key, tuple(-ord(character) for character in value.key)


def _doubt(row: ArticleRow) -> Iterator[Value]:
    if row.doubts:
        yield _IN_DOUBT
    if row.undecided:
        yield _UNDECIDED
    if row.notices:
        yield _NOTICES


_FACETS: tuple[Facet[ArticleRow], ...] = (
    Facet("outlet", "Outlet", "outlets", _outlet, open=True, when_long=True),
    Facet("year", "Year", "years", _year, _latest_first, open=True, when_long=True),
    Facet("month", "Month", "months", _month, _latest_first, open=True, when_long=True),
    Facet("doubt", "Needs a human eye", "doubts", _doubt, in_order_of([_IN_DOUBT, _UNDECIDED, _NOTICES]), always=True, counts_items=True),
)


def _when(row: ArticleRow) -> str:
    return shown_date(row.date)[:10] or "those without a date"


INDEX: Index[ArticleRow] = Index(HOME, "Articles", "article", "articles", "articles/by", _FACETS, where=_when, size=20)


def first_listing(rows: tuple[ArticleRow, ...]) -> Listing[ArticleRow]:
    """The first page of the table, which stands on the home page."""
    return next(main_listings(INDEX, rows, _shelves(rows)))


def draft_article_index(site: Site) -> Iterator[PagePlan]:
    """The other pages of the table and its facets; none on a site of one article."""
    if site.single:
        return
    rows = article_rows(site)
    shelves, view = _shelves(rows), partial(ArticlesView, given=given_columns(rows))
    for listing in main_listings(INDEX, rows, shelves):
        if listing.sheet.number > 1:
            yield PagePlan(listing.sheet.here.page, "pages/articles.html", listing.title, partial(body_of, listing, view))
    yield from draft_facets(INDEX, rows, shelves, "pages/articles.html", view)


def _shelves(rows: tuple[ArticleRow, ...]) -> tuple[Shelf[ArticleRow], ...]:
    return shelve(INDEX.facets, rows, INDEX.folder)
