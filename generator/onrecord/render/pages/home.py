"""The home page: the finding in a sentence, what the article is, who speaks in it, and what a person should check first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Literal

from onrecord.labels.terms import CLAIM_LABELS, CLAIM_PLURALS, headline, how_much_of_all_is_shown, plural, shows
from onrecord.model import Article
from onrecord.render.engine.links import ACTORS, CLAIMS, HOME, METHOD, PERHAPS, QUOTES, RELATIONS, REVIEW, Link
from onrecord.render.lists import articles, findings
from onrecord.render.lists.articles import ArticleRow, article_rows, first_listing, given_columns, kind_counts
from onrecord.render.lists.findings import HEARD, SILENT
from onrecord.render.lists.listing import Listing
from onrecord.render.views.facts import Facts, QuoteFact
from onrecord.render.views.parties import all_outcomes
from onrecord.render.views.profiles import Profile
from onrecord.render.views.site import Body, PagePlan, Site
from onrecord.render.views.speaking_time import SpeakingShare, find_shares, percent, speak_together

MOST_HEARD = 10
"""How many speakers the chart draws: with the finding above them they fit on the first screen."""
_PULLED = 3
"""How many pull quotes there are."""
_LEADING = 8
"""How many parties lead."""

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_FRACTIONS = ((20, "a fifth"), (25, "a quarter"), (33, "a third"), (50, "half"), (67, "two thirds"), (75, "three quarters"))
"""Shares in per cent that have a name. A share that is near one is called by it."""

# English auxiliaries and modals (Huddleston and Pullum 2002, 3.2.1): a name that has one is a clause.
_AUXILIARIES = frozenset(
    "am is are was were be been being has have had do does did will would shall should can could may might must ought".split()  # noqa: SIM905
)


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
    given: frozenset[str]
    """The columns of :func:`given_columns`."""
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
    loudest = tuple(named(shares := find_shares(sure)))
    silent = sum(one.silent for one in actors)
    first = site.facts[0]
    rows = () if site.single else article_rows(site)
    about = headline(first.report.article) if site.single else plural(len(site.facts), "article")
    doubts = tuple(count for count in _doubts(site) if count.number)
    view = HomeView(
        heading=site.title or about,
        finding=finding(loudest, silent),
        pulled=pull_quotes(site.facts, loudest),
        headline=about,
        article=first.report.article if site.single else None,
        page=first.page,
        listing=first_listing(rows) if rows else None,
        given=given_columns(rows),
        counts=tuple(_counts(site, len(actors))),
        shares=loudest[:MOST_HEARD],
        nameless=_without(shares, loudest),
        left_out=sum(quote.unsure and quote.counted for quote in site.quotes),
        more_speakers=len(actors) - silent - len(loudest[:MOST_HEARD]),
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


def _without(shares: Sequence[SpeakingShare], named: Sequence[SpeakingShare]) -> tuple[SpeakingShare, ...]:
    """The shares that are not among those of named speakers."""
    have_names = set(map(id, named))  # an archive has thousands: to compare each with each would take longer than the page
    return tuple(share for share in shares if id(share) not in have_names)


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


def in_words(number: int) -> str:
    """A count as prose has it.

    >>> in_words(0), in_words(15), in_words(1204)
    ('no', 'fifteen', '1,204')
    """
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def share_in_words(part: int, whole: int) -> str:
    """A share as prose has it: by the name of a fraction, with "about" where it is not within half a point of it, else in per cent.

    >>> share_in_words(25, 100), share_in_words(262, 1000), share_in_words(41, 100), share_in_words(1, 1000)
    ('a quarter', 'about a quarter', '41 %', 'less than 1 %')
    """
    share = 100 * part / whole
    near = next(((name, abs(share - per_cent)) for per_cent, name in _FRACTIONS if abs(share - per_cent) <= 1.5), None)
    if near is None:
        return percent(part, whole)
    return near[0] if near[1] <= 0.5 else f"about {near[0]}"


def finding(shares: Sequence[SpeakingShare], silent: int) -> str:
    """What the site shows, in a sentence: who has most of the words, and how many are never heard. ``shares`` are those of speakers that
    the site can name, most words first; empty where there is nothing to say."""
    never = f"{in_words(silent)} {'party is' if silent == 1 else 'parties are'} mentioned and never heard" if silent else ""
    if not shares:
        return f"{never[:1].upper()}{never[1:]}." if never else ""
    first = shares[0]
    alone = len(shares) == 1 and first.words == first.of_words
    has = f"{first.party.name} has {share_in_words(first.words, first.of_words)} of the words heard"
    said = f"Only {first.party.name} is heard" if alone else has if len(shares) == 1 else f"{has}, most of all"
    return f"{said}; {never}." if never else f"{said}."


def pull_quotes(articles: Iterable[Facts], shares: Sequence[SpeakingShare]) -> tuple[QuoteFact, ...]:
    """Up to three quotes of the speakers with most words, one of each: direct ones, found with high confidence, that nobody has put in
    doubt and whose every word is shown. Of several of one speaker those that end a sentence go before others, then the longest is taken,
    and of those of the same length the first."""
    best: dict[str, QuoteFact] = {}
    for facts in articles:
        for quote in facts.quotes:
            kept = best.get(quote.speaker.key)
            better = kept is None or (_ends_sentence(quote), quote.words) > (_ends_sentence(kept), kept.words)
            if better and _can_be_pulled(quote) and shows(facts.report.article, quote.quote.content):
                best[quote.speaker.key] = quote
    pulled = (best[share.party.key] for share in shares if share.party.key in best)
    return tuple(map(_by_itself, islice(pulled, _PULLED)))


def _can_be_pulled(quote: QuoteFact) -> bool:
    plain = quote.kind == "direct" and quote.counted and not quote.repeated and not quote.part and not quote.review.held
    sure = quote.quote.confidence == "high" and quote.speaker.state == "actor" and quote.runner_up is None and not quote.others
    return plain and sure and quote.quotable


def _ends_sentence(quote: QuoteFact) -> bool:
    return quote.segments[-1].text.rstrip("'’\"”").endswith((".", "!", "?", "…"))


def _by_itself(quote: QuoteFact) -> QuoteFact:
    """The quote without a comma at its end: that belongs to the sentence that names the speaker, which does not stand here."""
    *before, last = quote.segments
    return replace(quote, segments=(*before, replace(last, text=last.text.removesuffix(","))))


def leading(profiles: Iterable[Profile], quotes: Iterable[QuoteFact]) -> tuple[Profile, ...]:
    """The parties with most words and mentions. Those that may be none are left out: with one mention, with several types, or with a verb
    in the name."""
    verbs = _AUXILIARIES | {quote.cue for quote in quotes if quote.cue and quote.cue.islower() and " " not in quote.cue}
    sound = (one for one in profiles if one.mention_count > 1 and not _is_mixed(one) and not _has_verb(one.actor.name, verbs))
    return tuple(sorted(sound, key=lambda one: (-one.words, -one.mention_count))[:_LEADING])


def _is_mixed(profile: Profile) -> bool:
    return len({actor.type for _, actor in profile.members}) > 1


def _has_verb(name: str, verbs: frozenset[str]) -> bool:
    """Whether a word of a name after the first is a verb in small letters: a reporting verb of the site's own articles, or an auxiliary."""
    return any(word in verbs for word in name.split()[1:])


def named(shares: Iterable[SpeakingShare]) -> Iterator[SpeakingShare]:
    """The shares of speakers that the site can name."""
    return (share for share in shares if share.party.state == "actor")
