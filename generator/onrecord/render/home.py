"""The home page: what the article is, who speaks in it, and what needs a human eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import QuoteKind
from onrecord.render.draft import Draft, Site
from onrecord.render.facts import Facts
from onrecord.render.links import ACTORS, CLAIMS, HOME, QUOTES, RELATIONS, Link
from onrecord.render.profile import Profile
from onrecord.render.voices import Voice, find_voices
from onrecord.render.words import CLAIM_LABELS, CLAIM_PLURALS, headline, plural


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its name and the page that lists what it counts."""

    number: int
    name: str
    link: Link
    parts: tuple[str, ...] = ()
    """What it is made of: "4 direct", "2 reported"."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in the table of a site with several."""

    facts: Facts
    actors: int


@dataclass(frozen=True, slots=True)
class HomeView:
    """What ``pages/home.html`` prints."""

    heading: str
    """The article's headline, or how many articles there are."""
    facts: tuple[Facts, ...]
    rows: tuple[ArticleRow, ...]
    counts: tuple[Count, ...]
    voices: tuple[Voice, ...]
    words: int
    """Words of all speech, the denominator of the shares."""
    leading: tuple[Profile, ...]
    silent: int
    """How many actors are mentioned and never heard."""
    silent_link: Link
    needs_eye: tuple[Count, ...]
    """What the program is unsure of; empty parts are left out."""


_LEADING = 8
_KINDS: dict[QuoteKind, str] = {"direct": "direct", "mixed": "partly quoted", "indirect": "reported"}


def draft_home(site: Site) -> Iterator[Draft]:
    """The home page."""
    cast = site.profiles
    voices = find_voices(site.quotes)
    leading = sorted(cast, key=lambda one: (-one.words, -one.mention_count))[:_LEADING]
    present = Counter(report.article.id for one in cast for report, _ in one.members)
    heading = headline(site.corpus.reports[0].article) if site.single else plural(len(site.facts), "article")
    view = HomeView(
        heading,
        site.facts,
        tuple(ArticleRow(facts, present[facts.report.article.id]) for facts in site.facts),
        tuple(_counts(site, len(cast))),
        voices,
        voices[0].of_words if voices else 0,
        tuple(leading),
        sum(one.silent for one in cast),
        Link(ACTORS, "silent"),
        tuple(count for count in _doubts(site) if count.number),
    )
    said = ", ".join(f"{count.number:,} {count.name}" for count in view.counts)
    yield Draft(HOME, "pages/home.html", "Home", f"Who said what in {heading}, and where it says so: {said}.", view, in_nav=True)


def _counts(site: Site, actors: int) -> Iterator[Count]:
    said = [quote for quote in site.quotes if not quote.standing]
    kinds = Counter(quote.kind for quote in said)
    parts = [f"{kinds[kind]} {words}" for kind, words in _KINDS.items() if kinds[kind]]
    parts += [f"{len(site.quotes) - len(said)} negated or only supposed"] if len(said) < len(site.quotes) else []
    claims = Counter(claim.kind for claim in site.claims)
    yield _count(actors, "actor", "actors", Link(ACTORS))
    yield Count(len(site.quotes), "quote" if len(site.quotes) == 1 else "quotes", Link(QUOTES), tuple(parts))
    yield Count(
        len(site.claims),
        "claim" if len(site.claims) == 1 else "claims",
        Link(CLAIMS),
        tuple(plural(claims[kind], label.lower(), CLAIM_PLURALS[kind].lower()) for kind, label in CLAIM_LABELS.items() if claims[kind]),
    )
    yield _count(len(site.relations), "relation", "relations", Link(RELATIONS))


def _doubts(site: Site) -> Iterator[Count]:
    states = Counter(quote.speaker.state for quote in site.quotes)
    yield _count(states["unknown"], "quote whose speaker is unknown", "quotes whose speaker is unknown", Link(QUOTES, "unknown"))
    yield _count(states["undecided"], "quote whose speaker is undecided", "quotes whose speaker is undecided", Link(QUOTES, "unknown"))
    unsure = sum(quote.unsure for quote in site.quotes)
    yield _count(unsure, "quote found with low confidence", "quotes found with low confidence", Link(QUOTES, "unsure"))
    apart = len(site.corpus.namesakes)
    yield _count(
        apart,
        "name that may stand for one actor or for several",
        "names that may stand for one actor or for several",
        Link(ACTORS, "perhaps"),
    )
    for facts in site.facts:
        where = "" if site.single else f" in {facts.headline}"
        undecided = len(facts.report.undecided)
        one, many = f"mention that may mean more than one actor{where}", f"mentions that may mean more than one actor{where}"
        yield _count(undecided, one, many, Link(facts.page.page, "notes"))
        yield _count(
            len(facts.report.notices),
            f"notice about how the text was read{where}",
            f"notices about how the text was read{where}",
            facts.page,
        )


def _count(number: int, one: str, many: str, link: Link) -> Count:
    return Count(number, one if number == 1 else many, link)
