"""The front page of an archive that is cut into several sites, and the index of the actors across them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from onrecord.corpus.cuts import Cut
from onrecord.labels.terms import how_much_of_all_is_shown, plural
from onrecord.render.engine.links import ACTORS, HOME, Link, actor_page
from onrecord.render.lists.findings import by_letter, by_type
from onrecord.render.lists.listing import Facet, Index, Listing, Value, draft_index
from onrecord.render.views.facts import Facts
from onrecord.render.views.parties import WITHOUT_PAGE
from onrecord.render.views.profiles import Profile
from onrecord.render.views.site import Body, Elsewhere, PagePlan, Section, Site


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site of the archive."""

    name: str
    link: Link
    articles: int
    first: str
    """The date of its earliest article; empty where none has one."""
    last: str
    actors: int
    quotes: int
    claims: int


@dataclass(frozen=True, slots=True)
class FrontView:
    """What ``pages/archive.html`` prints."""

    articles: str
    """How many articles there are, in words: "1,200 articles"."""
    by: str
    """What the sites are: "year", "month" or "outlet"."""
    sites: tuple[SiteRow, ...]
    actors: int
    several: int
    """How many actors are on more than one site."""
    index: Link
    shown: str
    """How much of the text is shown, and why no more; empty where all of it is."""


@dataclass(frozen=True, slots=True)
class ArchiveActor:
    """An actor of the archive, with its pages."""

    profile: Profile
    pages: tuple[Elsewhere, ...]
    """One for each site that it is on, in the order of the sites."""


@dataclass(frozen=True, slots=True)
class ArchiveActorsView:
    """What ``pages/archive_actors.html`` prints: a page of the index of all actors of the archive."""

    listing: Listing[ArchiveActor]
    pages: Mapping[str, tuple[Elsewhere, ...]]
    """By the id of an actor."""


def pages_of_actors(cuts: Sequence[Cut]) -> dict[str, tuple[Elsewhere, ...]]:
    """By the id of an actor its pages on all sites. Links are as seen from the root of the archive."""
    found: dict[str, list[Elsewhere]] = {}
    for cut in cuts:
        for actor in cut.corpus.actors:
            if actor.type not in WITHOUT_PAGE:
                articles = len({member.article for member in actor.members})
                link = Link(actor_page(actor.id), site=cut.folder)
                found.setdefault(actor.id, []).append(Elsewhere(cut.name, link, articles))
    return {id: tuple(pages) for id, pages in found.items()}


def others_of(cut: Cut, pages: Mapping[str, tuple[Elsewhere, ...]]) -> dict[str, tuple[Elsewhere, ...]]:
    """By the id of an actor of one site its pages on the other sites, as seen from that site. ``pages`` are those of all sites."""
    several = (actor.id for actor in cut.corpus.actors if len(pages.get(actor.id, ())) > 1)
    return {id: tuple(_from_beside(page) for page in pages[id] if page.link.site != cut.folder) for id in several}


def _from_beside(page: Elsewhere) -> Elsewhere:
    """The page as seen from a site beside it: one folder up, and down into the other."""
    return replace(page, link=page.link._replace(site=f"../{page.link.site}"))


def archive_sections(cuts: Sequence[Cut], by: str, pages: Mapping[str, tuple[Elsewhere, ...]]) -> tuple[Section, ...]:
    """The pages beside the sites of an archive: its front page, and the index of all actors with their ``pages``."""
    return (
        Section("index", (partial(_draft_front, cuts=cuts, by=by, pages=pages),), HOME, "Home"),
        Section("actors", (partial(_draft_actors, pages=pages),), INDEX.path, INDEX.title),
    )


def _draft_front(site: Site, *, cuts: Sequence[Cut], by: str, pages: Mapping[str, tuple[Elsewhere, ...]]) -> Iterator[PagePlan]:
    facts = {one.report.article.id: one for one in site.facts}
    rows = tuple(_site_row(cut, [facts[report.article.id] for report in cut.corpus.reports]) for cut in cuts)
    several = sum(len(found) > 1 for found in pages.values())
    view = FrontView(
        articles=plural(len(site.facts), "article"),
        by=by,
        sites=rows,
        actors=len(site.profiles),
        several=several,
        index=Link(ACTORS),
        shown=how_much_of_all_is_shown([report.article for report in site.corpus.reports]),
    )
    description = f"{view.articles} on {plural(len(cuts), 'site')}, and an index of {plural(view.actors, 'actor')} across them."
    yield PagePlan(HOME, "pages/archive.html", "Home", Body(view, description).itself)


def _site_row(cut: Cut, facts: Sequence[Facts]) -> SiteRow:
    dates = sorted(filter(None, (report.article.meta.date for report in cut.corpus.reports)))
    return SiteRow(
        name=cut.name,
        link=Link(HOME, site=cut.folder),
        articles=len(facts),
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
        actors=sum(actor.type not in WITHOUT_PAGE for actor in cut.corpus.actors),
        quotes=sum(not quote.boilerplate for quote in chain.from_iterable(one.quotes for one in facts)),
        claims=sum(not claim.boilerplate for claim in chain.from_iterable(one.claims for one in facts)),
    )


_SEVERAL = Value("several", "On several sites", "they are in articles of more than one", name="several")
_ONE = Value("one", "On one site", name="one")

_FACETS: tuple[Facet[ArchiveActor], ...] = (
    Facet("sites", "Sites", "numbers of sites", lambda row: (_SEVERAL if len(row.pages) > 1 else _ONE,), open=True),
    by_type(lambda row: row.profile),
    by_letter(lambda row: row.profile),
)
INDEX: Index[ArchiveActor] = Index(ACTORS, "Actors across the archive", "actor", "actors", "actors/by", _FACETS)


def _draft_actors(site: Site, *, pages: Mapping[str, tuple[Elsewhere, ...]]) -> Iterator[PagePlan]:
    """All actors, those on most sites first and then those with most words."""
    rows = [ArchiveActor(profile, pages[profile.actor.id]) for profile in site.profiles]
    rows.sort(key=lambda row: (-len(row.pages), -row.profile.words))
    several = sum(len(row.pages) > 1 for row in rows)
    description = f"{plural(len(rows), 'actor')}, {several:,} of them on several sites, each with its page on every one."
    yield from draft_index(
        INDEX, rows, "pages/archive_actors.html", lambda listing: ArchiveActorsView(listing, pages), description=description
    )
