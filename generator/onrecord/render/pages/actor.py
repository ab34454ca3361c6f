"""A page for each actor, and pages at the addresses of actors that have none any more."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal

from onrecord.corrections.suggestions import offer_for_actor
from onrecord.labels.quote_words import joined_words, shortened
from onrecord.labels.terms import MENTION_LABELS, STANCE_PLURAL, collapse, headline, plural
from onrecord.model import WITHHELD, Actor, Article, CorpusActor, Member, Mention, Report, Span, UndecidedMention
from onrecord.render.engine.links import Link, Sheet, actor_page, article_page, in_pages, mention_anchor, undecided_anchor
from onrecord.render.pages.timeline import Picture, TimelineEntry, dated_quotes, draw_columns, find_said
from onrecord.render.views.facts import ClaimFact, QuoteFact
from onrecord.render.views.parties import PartyView
from onrecord.render.views.profiles import Profile
from onrecord.render.views.site import Body, Elsewhere, Offer, PagePlan, Site
from onrecord.text.anchors import Ground

Of = Literal["quotes", "claims", "relations", "dates"]
"""What a list is made of, which is how it is printed."""
ListName = Literal[
    "direct", "reported", "stances", "not-said", "dates", "claims", "demands", "mentioned", "about", "passed-on", "relations"
]
"""The lists on an actor's page, by their ids on that page."""

_MOST, _BEST = 8, 5
"""A list of up to so many items stands whole on its actor's page; of a longer one as many of the best do as the second number says, and it
has pages of its own."""


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


_MOST_ABOUT = 8
"""Of those whom an actor talks about, so many are named on its page."""
_MOST_SAID = 3
"""Of what an actor says about one of them, so much is quoted there."""
_OPENING = 90
"""Characters of a quote that lead to it."""


@dataclass(frozen=True, slots=True)
class Said:
    """The beginning of a quote, which leads to its place."""

    opening: str
    quote: QuoteFact


@dataclass(frozen=True, slots=True)
class SaysAbout:
    """What an actor says in which somebody else is mentioned."""

    party: PartyView
    said: tuple[Said, ...]
    more: int
    """How much more there is."""


def _says_about(quotes: Iterable[QuoteFact]) -> Iterator[SaysAbout]:
    """Those whom quotes mention, with the quotes; first who is mentioned in most."""
    groups: dict[PartyView, list[QuoteFact]] = {}
    for quote in quotes:
        for party in quote.about if not quote.unsure else ():
            groups.setdefault(party, []).append(quote)
    for party, group in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0].name))[:_MOST_ABOUT]:
        lines = ((joined_words(quote.segments, quote.kind), quote) for quote in group[:_MOST_SAID])
        yield SaysAbout(party, tuple(Said(shortened(line, _OPENING), quote) for line, quote in lines), len(group[_MOST_SAID:]))


@dataclass(frozen=True, slots=True)
class ActorList:
    """A list on an actor's page: whole where it is short, else the best of it."""

    name: ListName
    title: str
    """Its heading."""
    of: Of
    own: bool
    """Whether all of it is what the actor says, so that its speaker need not be named in each row."""
    shown: tuple[Any, ...]
    total: int
    rest: Link | None
    """The first page of the whole list; None where all of it is shown."""


@dataclass(frozen=True, slots=True)
class PresentIn:
    """An article that has the actor, in a list of those that have it most."""

    headline: str
    page: Link
    mentions: int
    quotes: int


@dataclass(frozen=True, slots=True)
class ActorView:
    """What ``pages/actor.html`` prints. It is made for one page at a time, since those of a whole archive would fill the memory."""

    profile: Profile
    articles: int
    """How many articles have the actor."""
    lists: Mapping[ListName, ActorList]
    """By their names, in the order of the page; those without an item are not among them."""
    columns: Picture | None
    """What the actor said by date, as a picture; None where all of it is of one date, or of none."""
    here: InArticles
    """The actor in its articles; without mentions and reasons where there are too many for the page."""
    most: tuple[PresentIn, ...]
    """The articles that have it most; empty where all mentions are shown."""
    all_mentions: Link | None
    """The first page with the mentions of all articles; None if they are shown."""
    others: tuple[Elsewhere, ...]
    """The actor's pages on other sites of the archive."""
    single: bool
    """Whether the site has one article."""

    @property
    def brief(self) -> bool:
        """Whether the text only names the actor once, of which a page can be short."""
        return self.profile.mention_count <= 1

    @property
    def unsure(self) -> int:
        """How many quotes on the page were found with low confidence. They are hidden until a reader asks for them."""
        return sum(quote.unsure for one in self.lists.values() if one.of == "quotes" for quote in one.shown)

    @property
    def says_about(self) -> tuple[SaysAbout, ...]:
        """Whom the actor talks about, with what it says. What was found with low confidence is not among it."""
        return tuple(_says_about((*self.profile.direct, *self.profile.reported)))


@dataclass(frozen=True, slots=True)
class ActorListView:
    """What ``pages/actor_list.html`` prints: a page of a list that is too long for its actor's page."""

    party: PartyView
    title: str
    of: Of
    own: bool
    sheet: Sheet[Any]
    single: bool


@dataclass(frozen=True, slots=True)
class MentionsView:
    """What ``pages/actor_mentions.html`` prints: an actor with so many mentions that its page does not hold them."""

    party: PartyView
    sheet: Sheet[Place]
    here: InArticles
    """The actor in the articles of this page."""


Taken = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _ListKind:
    """A list that every actor may have."""

    name: ListName
    title: str
    of: Of
    rank: Callable[[Any], Any]
    """The best have the least rank."""
    own: bool = False


def _quote_rank(quote: QuoteFact) -> tuple[bool, bool, bool, int]:
    """What can be quoted is best: in doubt for nothing, said once, in the speaker's own words, and neither very short nor very long."""
    doubted = quote.unsure or quote.runner_up is not None
    quotable = quote.kind == "direct" and quote.quotable
    return doubted, quote.repeated, not quotable, -quote.words if quote.quotable else 0


def _claim_rank(claim: ClaimFact) -> tuple[bool, int]:
    """What another voice contradicts or repeats is best, then what has most reasons to be checked."""
    return not claim.compared, -claim.worth


_LISTS = (
    _ListKind("direct", "In their own words", "quotes", _quote_rank, own=True),
    _ListKind("reported", "As reported", "quotes", _quote_rank, own=True),
    _ListKind("stances", STANCE_PLURAL, "quotes", _quote_rank, own=True),
    _ListKind("not-said", "Not said", "quotes", _quote_rank, own=True),
    _ListKind("dates", "By date", "dates", lambda entry: entry.sort != "said", own=True),
    _ListKind("claims", "Claims", "claims", _claim_rank, own=True),
    _ListKind("demands", "Demands and wishes", "claims", _claim_rank, own=True),
    _ListKind("mentioned", "In the words of others", "quotes", _quote_rank),
    _ListKind("about", "What others claim about them", "claims", _claim_rank),
    _ListKind("passed-on", "Told to them, or passed on by them", "quotes", _quote_rank),
    _ListKind("relations", "Relations", "relations", lambda relation: not relation.plain),
)


def _taken(profile: Profile, dates: Taken) -> Mapping[ListName, Taken]:
    """The items of each list. What was said on one date alone needs no list by date."""
    return {
        "direct": profile.direct,
        "reported": profile.reported,
        "stances": profile.stances,
        "not-said": profile.not_said,
        "dates": dates if len({entry.value for entry in dates}) > 1 else (),
        "claims": profile.claims,
        "demands": profile.demands,
        "mentioned": profile.mentioned_in,
        "about": profile.about,
        "passed-on": profile.passed_on,
        "relations": profile.relations,
    }


def _actor_lists(actor: str, taken: Mapping[ListName, Taken]) -> Iterator[ActorList]:
    for kind in _LISTS:
        items = taken[kind.name]
        long = len(items) > _MOST
        if items:
            yield ActorList(
                name=kind.name,
                title=kind.title,
                of=kind.of,
                own=kind.own,
                shown=_best(items, kind.rank) if long else items,
                total=len(items),
                rest=Link(list_page(actor, kind.name)) if long else None,
            )


def _best(items: Taken, rank: Callable[[Any], Any]) -> Taken:
    """The best, in the order of the whole list."""
    best = set(sorted(range(len(items)), key=lambda place: rank(items[place]))[:_BEST])
    return tuple(item for place, item in enumerate(items) if place in best)


_GROUNDS = 200
"""How many articles are kept ready for searching. Making one ready takes time, and actors that follow one another are often of the same
articles."""


class _Bodies:
    """Makes the contents of actors' pages, from what is found once for all of them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._reports = {report.article.id: report for report in site.corpus.reports}
        self._headlines = {id: headline(report.article) for id, report in self._reports.items()}
        self._ground = lru_cache(maxsize=_GROUNDS)(lambda article: Ground(self._reports[article].article))
        self._said = find_said(site.facts)

    def dates(self, profile: Profile) -> tuple[TimelineEntry, ...]:
        """What the actor said, by date."""
        return dated_quotes((*profile.direct, *profile.reported), self._said)

    def actor(self, profile: Profile, taken: Mapping[ListName, Taken], places: Sequence[Place]) -> Body:
        """The page of an actor."""
        actor, many = profile.actor, _has_many(profile)
        lists = {one.name: one for one in _actor_lists(actor.id, taken)}
        view = ActorView(
            profile=profile,
            articles=len(places),
            lists=lists,
            columns=draw_columns(taken["dates"]) if taken["dates"] else None,
            here=self._briefly(actor, places) if many else self._in_articles(actor, places),
            most=tuple(_most_present(profile, self._headlines)) if many else (),
            all_mentions=Link(list_page(actor.id, "mentions")) if many else None,
            others=self.site.others.get(actor.id, ()),
            single=self.site.single,
        )
        counts = plural(profile.quotes, "quote"), plural(len(profile.claims), "claim"), plural(profile.mention_count, "mention")
        return Body(view, f"{actor.name}: {', '.join(counts)}, each with its place in the text.")

    def mentions(self, profile: Profile, sheet: Sheet[Place]) -> Body:
        """A page of an actor's mentions."""
        told = f"All mentions of {profile.actor.name}, in articles {sheet.first:,} to {sheet.last:,} of {sheet.total:,}."
        return Body(MentionsView(profile.party, sheet, self._in_articles(profile.actor, sheet.items)), told)

    def _briefly(self, actor: CorpusActor, places: Sequence[Place]) -> InArticles:
        """The actor without mentions and reasons, which are on pages of their own."""
        return InArticles((), (), tuple(self._offers(actor, places[:1])))

    def _in_articles(self, actor: CorpusActor, places: Sequence[Place]) -> InArticles:
        return InArticles(
            tuple(_appearance(report, own) for _, (report, own) in places),
            tuple(_join(self._headlines, actor, member, own) for member, (_, own) in places if member.why),
            tuple(self._offers(actor, places)),
        )

    def _offers(self, actor: CorpusActor, places: Sequence[Place]) -> Iterator[tuple[str, Offer]]:
        # A reader writes one message about an actor, whatever articles have it.
        for _, (report, own) in places if self.site.for_review else places[:1] if self.site.offering.any else ():
            name = headline(report.article)
            offer = self.site.offering.of(f"{actor.name} in {name}", offer_for_actor(report, self._ground(report.article.id), own))
            if offer is not None:
                yield name, offer


_MOST_MENTIONS = 12
"""An actor with more mentions than so many has them on pages of their own."""


def _has_many(profile: Profile) -> bool:
    return profile.mention_count > _MOST_MENTIONS


def _most_present(profile: Profile, headlines: Mapping[str, str]) -> Iterator[PresentIn]:
    """The articles with most mentions of an actor."""
    heard = Counter(quote.article for quote in (*profile.direct, *profile.reported))
    for report, own in sorted(profile.members, key=lambda one: -len(one[1].mentions))[:_MOST]:
        page = Link(article_page(report.article.id))
        yield PresentIn(headlines[report.article.id], page, len(own.mentions), heard[page])


def draft_actors(site: Site) -> Iterator[PagePlan]:
    """A page for each actor, and pages for what is too long for it."""
    bodies = _Bodies(site)
    for profile in site.profiles:
        actor = profile.actor
        taken = _taken(profile, bodies.dates(profile))
        places = tuple(zip(actor.members, profile.members, strict=True))
        body = partial(bodies.actor, profile, taken, places)
        yield PagePlan(actor_page(actor.id), "pages/actor.html", actor.name, body, about=actor)
        yield from _draft_lists(profile, taken, site.single)
        for sheet in in_pages(places, list_page(actor.id, "mentions")) if _has_many(profile) else ():
            title = sheet.numbered(f"{actor.name}: all mentions")
            yield PagePlan(sheet.here.page, "pages/actor_mentions.html", title, partial(bodies.mentions, profile, sheet))


def list_page(actor: str, name: ListName | Literal["mentions"]) -> str:
    """The path of a list that is too long for its actor's page. Ids have no slash, so that no actor has such a path."""
    return f"{actor_page(actor)}/{name}"


def _draft_lists(profile: Profile, taken: Mapping[ListName, Taken], single: bool) -> Iterator[PagePlan]:
    """The pages of every list that is too long for the actor's page."""
    for kind in _LISTS:
        items = taken[kind.name]
        for sheet in in_pages(items, list_page(profile.actor.id, kind.name)) if len(items) > _MOST else ():
            title = sheet.numbered(f"{profile.actor.name}: {kind.title[0].lower()}{kind.title[1:]}")
            view = ActorListView(profile.party, title, kind.of, kind.own, sheet, single)
            description = f"{title}: {sheet.first:,} to {sheet.last:,} of {sheet.total:,}, each with its place in the text."
            yield PagePlan(sheet.here.page, "pages/actor_list.html", title, Body(view, description).itself, repeats=True)


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
