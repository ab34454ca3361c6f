"""The home page: what the article is, who speaks in it, and what a person should check first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from onrecord.labels.terms import CLAIM_LABELS, CLAIM_PLURALS, headline, how_much_of_all_is_shown, plural
from onrecord.model import Article
from onrecord.render.engine.links import ACTORS, CLAIMS, HOME, METHOD, PERHAPS, QUOTES, RELATIONS, REVIEW, Link
from onrecord.render.lists import articles, findings
from onrecord.render.lists.articles import ArticleRow, article_rows, first_listing, kind_counts
from onrecord.render.lists.findings import HEARD, SILENT
from onrecord.render.lists.listing import Listing
from onrecord.render.pages.front import MOST_HEARD, finding, leading, named, pull_quotes
from onrecord.render.pictures.speaking_time import SpeakingShare, find_shares, speak_together
from onrecord.render.views.facts import QuoteFact
from onrecord.render.views.parties import all_outcomes
from onrecord.render.views.profiles import Profile
from onrecord.render.views.site import Body, PagePlan, Site


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its name and the page that lists what it counts."""

    number: int
    name: str
    link: Link
    parts: tuple[str, ...] = ()
    """The kinds that it is made of: "4 direct", "2 reported"."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """What ``pages/home.html`` prints."""

    heading: str
    """What the site is called."""
    finding: str
    """What it shows, in a sentence; empty where there is nothing to say."""
    pulled: tuple[QuoteFact, ...]
    """Quotes to begin with, each of another speaker."""
    headline: str
    """The article's headline, on a site that has only one; else how many articles there are."""
    article: Article | None
    """The article of a site that has only one; else None."""
    page: Link
    """The page of the first article."""
    listing: Listing[ArticleRow] | None
    """The first page of the table of articles; None on a site of one article."""
    counts: tuple[Count, ...]
    shares: tuple[SpeakingShare, ...]
    """The speakers with most words, of those that have a name."""
    nameless: tuple[SpeakingShare, ...]
    """The words of those that have none: of unknown and undecided speakers."""
    left_out: int
    """How many quotes are found with low confidence, and do not count in the shares."""
    more_speakers: int
    """How many others speak; the index of actors has them all."""
    all_speakers: Link
    words: int
    """How many words are ascribed to somebody: the denominator of the shares."""
    together: bool
    """Whether some words count for several speakers each."""
    leading: tuple[Profile, ...]
    silent: int
    """How many actors are mentioned and never heard."""
    silent_link: Link
    reviewed: str
    """How much editors have reviewed: "3 of 40 quotes and claims"; empty where that is nothing."""
    corrections: Link | None
    """Where it says what editors corrected; None where they corrected nothing."""
    checked: str
    """How many claims people have checked: "1 of 24 claims"; empty where that is none."""
    needs_eye: tuple[Count, ...]
    """What the program is unsure of; counts of nothing are left out."""
    things: int
    """How many things that is, a quote with two doubts counted once."""
    shown: str
    """How much of the text is shown, and why no more; empty where all of it is."""
    review: Link | None
    """The review queue; None on a site that is not made for editors."""


def draft_home(site: Site) -> Iterator[PagePlan]:
    """The home page."""
    yield PagePlan(HOME, "pages/home.html", "Home", partial(_home, site))


def _home(site: Site) -> Body:
    actors = site.profiles
    # What a copied article says twice was said once.
    sure = tuple(quote for quote in site.quotes if not quote.repeated and not quote.unsure)
    shares = find_shares(sure)
    loudest = tuple(named(shares))
    silent = sum(one.silent for one in actors)
    first = site.facts[0]
    about = headline(first.report.article) if site.single else plural(len(site.facts), "article")
    doubts = tuple(count for count in _doubts(site) if count.number)
    view = HomeView(
        heading=site.title or about,
        finding=finding(loudest, silent),
        pulled=pull_quotes(site.facts, loudest),
        headline=about,
        article=first.report.article if site.single else None,
        page=first.page,
        listing=None if site.single else first_listing(article_rows(site)),
        counts=tuple(_counts(site, len(actors))),
        shares=loudest[:MOST_HEARD],
        nameless=tuple(share for share in shares if share not in loudest),
        left_out=sum(quote.unsure and quote.counted for quote in site.quotes),
        more_speakers=len(loudest[MOST_HEARD:]),
        all_speakers=HEARD,
        words=shares[0].of_words if shares else 0,
        together=speak_together(sure),
        leading=leading(actors, site.quotes),
        silent=silent,
        silent_link=SILENT,
        reviewed=_reviewed(site),
        corrections=Link(METHOD, "corrections") if all_outcomes(site.corpus) else None,
        checked=_checked(site),
        needs_eye=doubts,
        things=_things(site, doubts),
        shown=how_much_of_all_is_shown([report.article for report in site.corpus.reports]),
        review=Link(REVIEW) if site.for_review else None,
    )
    said = ", ".join(f"{count.number:,} {count.name}" for count in view.counts)
    return Body(view, f"Who said what in {about}, and where it says so: {said}.")


def _counts(site: Site, actors: int) -> Iterator[Count]:
    claims = Counter(claim.kind for claim in site.claims)
    yield _count(actors, "actor", "actors", Link(ACTORS))
    yield Count(len(site.quotes), "quote" if len(site.quotes) == 1 else "quotes", Link(QUOTES), _quote_parts(site))
    yield Count(
        len(site.claims),
        "claim" if len(site.claims) == 1 else "claims",
        Link(CLAIMS),
        tuple(plural(claims[kind], label.lower(), CLAIM_PLURALS[kind].lower()) for kind, label in CLAIM_LABELS.items() if claims[kind]),
    )
    yield _count(len(site.relations), "relation", "relations", Link(RELATIONS))


def _quote_parts(site: Site) -> tuple[str, ...]:
    repeated = sum(quote.repeated for quote in site.quotes)
    return (*kind_counts(site.quotes), *([f"{repeated:,} of them repeated in a copy"] if repeated else []))


def _reviewed(site: Site) -> str:
    reviewed = sum(one.review.reviewed for one in site.quotes) + sum(one.review.reviewed for one in site.claims)
    return f"{reviewed:,} of {len(site.quotes) + len(site.claims):,} quotes and claims" if reviewed else ""


def _checked(site: Site) -> str:
    checked = sum(claim.checked for claim in site.claims)
    return f"{checked:,} of {plural(len(site.claims), 'claim')}" if checked else ""


_OF_QUOTES = frozenset({findings.UNKNOWN, findings.UNDECIDED, findings.UNSURE})
"""The pages of doubts about quotes."""


def _things(site: Site, doubts: Iterable[Count]) -> int:
    """How many things need a human eye. A quote may be in doubt for several reasons, and is one thing."""
    quotes = sum(quote.unsure or quote.speaker.state in ("unknown", "undecided") for quote in site.quotes)
    return quotes + sum(doubt.number for doubt in doubts if doubt.link not in _OF_QUOTES)


def _doubts(site: Site) -> Iterator[Count]:
    """What the program is unsure of, each with the page that lists it."""
    states = Counter(quote.speaker.state for quote in site.quotes)
    yield _count(states["unknown"], "quote whose speaker is unknown", "quotes whose speaker is unknown", findings.UNKNOWN)
    yield _count(states["undecided"], "quote whose speaker is undecided", "quotes whose speaker is undecided", findings.UNDECIDED)
    unsure = sum(quote.unsure for quote in site.quotes)
    yield _count(unsure, "quote found with low confidence", "quotes found with low confidence", findings.UNSURE)
    yield _count(
        len(site.corpus.namesakes),
        "name that may stand for one actor or for several",
        "names that may stand for one actor or for several",
        Link(PERHAPS),
    )
    copied = {copy.article: None for copy in site.corpus.copies}
    pages = [one.page for one in site.facts if one.report.article.id in copied]
    if pages:
        name = "articles much of whose text stands in another, too"
        yield Count(len(pages), name, pages[0])
    yield _in_articles(site, "undecided", "mention that may mean more than one actor", "mentions that may mean more than one actor")
    yield _in_articles(site, "notices", "notice about how the text was read", "notices about how the text was read")


def _in_articles(site: Site, what: Literal["undecided", "notices"], one: str, many: str) -> Count:
    """A count over all articles. It links to the list of articles that have any; on a site of one article, to the notes beside its text."""
    numbers = [len(facts.report.undecided if what == "undecided" else facts.report.notices) for facts in site.facts]
    if site.single:
        page = site.facts[0].page
        return _count(sum(numbers), one, many, Link(page.page, "notes") if what == "undecided" else page)
    where = f" in {plural(sum(map(bool, numbers)), 'article')}"
    return _count(sum(numbers), one + where, many + where, articles.UNDECIDED if what == "undecided" else articles.NOTICES)


def _count(number: int, one: str, many: str, link: Link) -> Count:
    return Count(number, one if number == 1 else many, link)
