"""A page for each actor, and pages at the addresses of actors that have none any more."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal, TypeVar

from onrecord.corrections.suggestions import offer_for_actor
from onrecord.labels.terms import MENTION_LABELS, collapse, headline, plural
from onrecord.model import WITHHELD, Actor, Article, CorpusActor, Member, Mention, Report, Span, UndecidedMention
from onrecord.render.engine.links import (
    PAGE_SIZE,
    Link,
    Sheet,
    actor_page,
    article_page,
    count_pages,
    in_pages,
    mention_anchor,
    undecided_anchor,
)
from onrecord.render.views.parties import PartyView
from onrecord.render.views.profiles import Profile
from onrecord.render.views.site import Body, Elsewhere, PagePlan, Site
from onrecord.render.views.suggesting import Offer
from onrecord.text.anchors import Ground

Item = TypeVar("Item")
ListName = Literal["direct", "reported", "stances", "not-said", "claims", "demands", "about", "passed-on", "relations", "mentions"]
"""The lists on an actor's page, by their ids on that page."""
_OWN: frozenset[ListName] = frozenset({"direct", "reported", "stances", "not-said", "claims", "demands"})
"""Lists of what the actor says."""


Place = tuple[Member, tuple[Report, Actor]]
"""An actor in one article: as a member of the actor across articles, and as the report has it."""


@dataclass(frozen=True, slots=True)
class MentionFact:
    """A mention with some words around it."""

    before: str
    text: str
    after: str
    kind: str
    why: str
    link: Link
    position: str
    """How far into the article it stands, in per cent with two digits."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """An actor's mentions in one article."""

    headline: str
    page: Link
    mentions: tuple[MentionFact, ...]
    undecided: tuple[MentionFact, ...]
    """Mentions that may be this actor's or another's."""


@dataclass(frozen=True, slots=True)
class JoinFact:
    """Why an actor of one article was joined with this one."""

    headline: str
    page: Link
    name: str
    """What the actor is called in that article; empty where it is the name of the page."""
    why: str
    like: str
    """The headline of another article for which ``why`` holds, too; empty where there is none to name."""
    like_page: Link | None


@dataclass(frozen=True, slots=True)
class InArticles:
    """What a page says about an actor in some of its articles."""

    appearances: tuple[Appearance, ...]
    joins: tuple[JoinFact, ...]
    """Why the actors of several articles are one; empty for an actor of one article that ``actors.yml`` does not name."""
    offers: tuple[tuple[str, Offer], ...]
    """For each article its headline and a way to correct what it says of this actor; for readers of a public site one for all."""


@dataclass(frozen=True, slots=True)
class ActorView:
    """What ``pages/actor.html`` prints. It is made for one page at a time, since those of a whole archive would fill the memory."""

    profile: Profile
    articles: int
    """How many articles have the actor."""
    first: InArticles
    """The actor in the first of them, as many as a page holds."""
    others: tuple[Elsewhere, ...]
    """The actor's pages on other sites of the archive."""
    single: bool
    """Whether the site has one article."""

    def shown(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """The beginning of a list, as much as a page holds."""
        return items[:PAGE_SIZE]

    def rest(self, name: ListName, items: tuple[Item, ...]) -> Link | None:
        """The first page of the whole list; None if it fits on the actor's page."""
        return Link(list_page(self.profile.actor.id, name)) if count_pages(len(items)) > 1 else None

    @property
    def unsure(self) -> int:
        """How many quotes on the page were found with low confidence. They are hidden until a reader asks for them."""
        profile = self.profile
        lists = (profile.direct, profile.reported, profile.stances, profile.not_said, profile.passed_on)
        return sum(quote.unsure for quotes in lists for quote in self.shown(quotes))

    @property
    def all_mentions(self) -> Link | None:
        """The first page with the mentions of all articles; None if they fit on the actor's page."""
        return self.rest("mentions", self.profile.members)


@dataclass(frozen=True, slots=True)
class ActorListView:
    """What ``pages/actor_list.html`` prints: a page of a list that is too long for its actor's page."""

    party: PartyView
    title: str
    of: Literal["quotes", "claims", "relations"]
    own: bool
    """Whether all of it is what the actor says, so that its speaker need not be named in each row."""
    sheet: Sheet[Any]
    single: bool


@dataclass(frozen=True, slots=True)
class MentionsView:
    """What ``pages/actor_mentions.html`` prints: an actor in so many articles that its page does not hold all mentions."""

    party: PartyView
    sheet: Sheet[Place]
    here: InArticles
    """The actor in the articles of this page."""


_GROUNDS = 200
"""How many articles are kept ready for searching. Making one ready takes time, and actors that follow one another are often of the same
articles."""


def draft_actors(site: Site) -> Iterator[PagePlan]:
    """A page for each actor."""
    reports = {report.article.id: report for report in site.corpus.reports}
    headlines = {id: headline(report.article) for id, report in reports.items()}

    @lru_cache(maxsize=_GROUNDS)
    def ground(article: str) -> Ground:
        return Ground(reports[article].article)

    def in_articles(actor: CorpusActor, places: Sequence[Place]) -> InArticles:
        return InArticles(
            tuple(_appearance(report, own) for _, (report, own) in places),
            tuple(_join(headlines, actor, member, own) for member, (_, own) in places if member.why),
            tuple(offers(actor, places)),
        )

    def offers(actor: CorpusActor, places: Sequence[Place]) -> Iterator[tuple[str, Offer]]:
        # A reader writes one message about an actor, whatever articles have it.
        for _, (report, own) in places if site.for_review else places[:1] if site.offering.any else ():
            name = headline(report.article)
            offer = site.offering.of(f"{actor.name} in {name}", offer_for_actor(report, ground(report.article.id), own))
            if offer is not None:
                yield name, offer

    def body(profile: Profile, first: Sheet[Place]) -> Body:
        actor = profile.actor
        counts = plural(profile.quotes, "quote"), plural(len(profile.claims), "claim"), plural(profile.mention_count, "mention")
        view = ActorView(profile, first.total, in_articles(actor, first.items), site.others.get(actor.id, ()), site.single)
        return Body(view, f"{actor.name}: {', '.join(counts)}, each with its place in the text.")

    def mentions(profile: Profile, sheet: Sheet[Place]) -> Body:
        here = in_articles(profile.actor, sheet.items)
        told = f"All mentions of {profile.actor.name}, in articles {sheet.first:,} to {sheet.last:,} of {sheet.total:,}."
        return Body(MentionsView(profile.party, sheet, here), told)

    for profile in site.profiles:
        actor = profile.actor
        places = tuple(zip(actor.members, profile.members, strict=True))
        sheets = tuple(in_pages(places, list_page(actor.id, "mentions")))
        yield PagePlan(actor_page(actor.id), "pages/actor.html", actor.name, partial(body, profile, sheets[0]), about=actor)
        yield from _draft_lists(profile, site.single)
        for sheet in sheets if len(sheets) > 1 else ():
            title = sheet.numbered(f"{actor.name}: all mentions")
            yield PagePlan(sheet.here.page, "pages/actor_mentions.html", title, partial(mentions, profile, sheet))


def list_page(actor: str, name: ListName) -> str:
    """The path of a list that is too long for its actor's page. Ids have no slash, so that no actor has such a path."""
    return f"{actor_page(actor)}/{name}"


def _draft_lists(profile: Profile, single: bool) -> Iterator[PagePlan]:
    """The pages of every list that is too long for the actor's page."""
    lists: tuple[tuple[ListName, str, Literal["quotes", "claims", "relations"], tuple[Any, ...]], ...] = (
        ("direct", "in their own words", "quotes", profile.direct),
        ("reported", "as reported", "quotes", profile.reported),
        ("stances", "stances", "quotes", profile.stances),
        ("not-said", "not said", "quotes", profile.not_said),
        ("claims", "claims", "claims", profile.claims),
        ("demands", "demands and wishes", "claims", profile.demands),
        ("about", "what others claim about them", "claims", profile.about),
        ("passed-on", "told to them, or passed on by them", "quotes", profile.passed_on),
        ("relations", "relations", "relations", profile.relations),
    )
    for name, what, of, items in lists:
        for sheet in in_pages(items, list_page(profile.actor.id, name)) if count_pages(len(items)) > 1 else ():
            title = sheet.numbered(f"{profile.actor.name}: {what}")
            view = ActorListView(profile.party, title, of, name in _OWN, sheet, single)
            description = f"{title}: {sheet.first:,} to {sheet.last:,} of {sheet.total:,}, each with its place in the text."
            yield PagePlan(sheet.here.page, "pages/actor_list.html", title, Body(view, description).itself)


def _join(headlines: Mapping[str, str], actor: CorpusActor, member: Member, own: Actor) -> JoinFact:
    return JoinFact(
        headlines[member.article],
        Link(article_page(member.article)),
        own.name if own.name != actor.name else "",
        member.why,
        headlines[member.like] if member.like else "",
        Link(article_page(member.like)) if member.like else None,
    )


def _appearance(report: Report, actor: Actor) -> Appearance:
    page = Link(article_page(report.article.id))
    leaves = [leaf.span for leaf in report.article.leaves()]
    doubtful = (one for one in report.undecided if actor.id in one.candidates)
    return Appearance(
        headline(report.article),
        page,
        tuple(_mention(report, page, one, _around(leaves, one), mention_anchor) for one in actor.mentions),
        tuple(_mention(report, page, one, _around(leaves, one), undecided_anchor) for one in doubtful),
    )


def _around(leaves: Sequence[Span], mention: Span) -> Span:
    """The block that a mention stands in. The words shown around it end with the block: what follows may be an advertisement."""
    return leaves[bisect_right(leaves, mention.start, key=lambda leaf: leaf.start) - 1]


_CONTEXT = 70
"""Characters shown on each side of a mention."""


def _mention(
    report: Report, page: Link, mention: Mention | UndecidedMention, block: Span, anchor: Callable[[Article, int], str]
) -> MentionFact:
    text = report.article.text
    return MentionFact(
        before=_edge(_before(text, block, mention.start)),
        text=collapse(mention.of(text)),
        after=_edge(_after(text, block, mention.end)),
        kind=MENTION_LABELS[mention.kind],
        why=mention.why,
        link=Link(page.page, anchor(report.article, mention.start)),
        position=f"{100 * mention.start / max(1, len(text)):.2f}",
    )


def _before(text: str, block: Span, at: int) -> str:
    """The words before a mention, at most :data:`_CONTEXT` characters. A word cut in half is left out, and so is all before the last word
    that is withheld."""
    shown = text[max(block.start, at - _CONTEXT) : at]
    if WITHHELD in shown:
        return f"[…] {shown.rpartition(WITHHELD)[2].lstrip()}"
    return shown if at - block.start <= _CONTEXT else "…" + shown.partition(" ")[2]


def _after(text: str, block: Span, at: int) -> str:
    shown = text[at : min(block.end, at + _CONTEXT)]
    if WITHHELD in shown:
        return f"{shown.partition(WITHHELD)[0].rstrip()} […]"
    return shown if at + _CONTEXT >= block.end else shown.rpartition(" ")[0] + "…"


def _edge(text: str) -> str:
    """The words around a mention on one line. The bars keep a blank at an edge: it parts the context from the mention."""
    return collapse(f"|{text}|")[1:-1]


@dataclass(frozen=True, slots=True)
class Successor:
    """An actor of today that may be the one whose page is gone: it has the same name."""

    name: str
    link: Link


@dataclass(frozen=True, slots=True)
class GoneView:
    """What ``pages/gone.html`` prints."""

    name: str
    """The name when the page was published."""
    now: tuple[Successor, ...]


def draft_gone_actors(site: Site) -> Iterator[PagePlan]:
    """A small page at the old address of each actor that has no page any more, so that a published link does not lead to nothing."""
    names = {actor.id: actor.name for actor in site.corpus.actors}
    for gone in site.old.actors:
        name = gone.actor.name
        now = tuple(Successor(names[id], Link(actor_page(id))) for id in gone.now)
        body = Body(GoneView(name, now), f"{name} has no page of its own any more.")
        yield PagePlan(actor_page(gone.actor.id), "pages/gone.html", name, body.itself)
