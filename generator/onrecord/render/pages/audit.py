"""The sourcing audit: who is heard, how they are identified, in which words they are reported, and who is not heard.

It describes and does not judge: there is no score, and no share is called too large or too small.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import get_args

from onrecord.corpus.sourcing import SourcingRow, find_sources
from onrecord.labels.terms import TONE_MEANINGS, Tone, plural, tone_of
from onrecord.model import Actor, Identified, Report
from onrecord.render.engine.links import AUDIT, PAGE_SIZE, Link
from onrecord.render.lists.findings import HEARD, SILENT, verb_pages
from onrecord.render.views.facts import Facts, QuoteFact
from onrecord.render.views.networks import TalkedAbout, find_talked_about
from onrecord.render.views.parties import TYPE_LABELS, UNKNOWN, PartyView
from onrecord.render.views.profiles import Profile
from onrecord.render.views.site import Body, PagePlan, Site
from onrecord.render.views.speaking_time import WordBar, percent, speak_together, width

IDENTIFIED_MEANINGS: dict[Identified, str] = {
    "named": "by a name",
    "role only": "by a role alone: “a spokesman”",
    "anonymous": "kept back: “a source”, “people familiar with the matter”",
    "collective": "a group: “officials”, “residents”",
    "document": "a document: “the report”, “a letter”",
    "undecided": "one of several parties; the program could not decide which",
    "unstated": "not by the text beside the quote, or by a pronoun that leads to nobody",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(WordBar):
    """How much of what the articles report comes from some sources, such as all anonymous ones."""

    label: str
    meaning: str
    sources: int
    direct: int
    mixed: int
    indirect: int
    sure_words: int
    """Words inside and outside of quotation marks in quotes found with high confidence."""
    of_words: int
    """The denominator of the share: the ascribed words of all sources."""
    of_sure: int
    """The denominator of the share of sure words: those of all sources."""

    @property
    def percent(self) -> str:
        """Its share of all ascribed words: "12 %". Where the share of the sure words differs, both: "12 % (sure quotes: 8 %)"."""
        shares = percent(self.words, self.of_words), percent(self.sure_words, self.of_sure)
        return shares[0] if shares[0] == shares[1] or not self.of_sure else f"{shares[0]} (sure quotes: {shares[1]})"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source over all articles, in the table of sources."""

    party: PartyView
    identified: str
    type: str
    share: Share
    verbs: str
    """Its reporting verbs, most frequent first: "say 4, claim"."""
    stated: tuple[str, ...]
    """The words of the text that name a source which leads to no actor."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an article first lets somebody speak."""

    headline: str
    page: Link
    quote: QuoteFact | None
    """The first quote; None if the article lets nobody speak."""
    percent: str
    """How far into the text it stands; empty without one."""
    x: str
    """The same for the picture: per cent with a digit behind the point."""


@dataclass(frozen=True, slots=True)
class VerbRow:
    """A reporting verb that takes sides, with its quotes."""

    verb: str
    quotes: tuple[QuoteFact, ...]
    """The first of them."""
    count: int
    page: Link
    """The page of all quotes with this verb, including those that are negated or only supposed."""


@dataclass(frozen=True, slots=True)
class ToneSection:
    """Reporting verbs of one tone."""

    tone: Tone
    meaning: str
    count: int
    percent: str
    """Their share of the quotes that have a reporting verb."""
    width: str
    """The length of their bar, in per cent of the longest."""
    verbs: tuple[VerbRow, ...]
    """Empty for neutral verbs, which say nothing about the writer's stance."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet that quotes came through."""

    party: PartyView
    quotes: tuple[QuoteFact, ...]
    """The first of them."""
    count: int
    page: Link | None
    """Where all of them are listed; None for an outlet without a page."""


_EXAMPLES = 10
"""How many quotes are shown of a verb and of an outlet."""


@dataclass(frozen=True, slots=True)
class AuditView:
    """What ``pages/audit.html`` prints."""

    words: int
    sure_words: int
    together: bool
    """Whether some words count for several sources each."""
    quotes: int
    set_aside: int
    """How many quotes are left out because they are negated, only supposed, or in a share prompt."""
    stances: int
    """How many are left out because they tell a stance and no words."""
    repeated: int
    """How many quotes are left out because an earlier copy of their article has them, where they are counted."""
    identified: tuple[Share, ...]
    types: tuple[Share, ...]
    heard: tuple[SourceRow, ...]
    """The sources with most words, as many as a page holds."""
    sources: int
    heard_page: Link
    silent: tuple[Profile, ...]
    """As many as a page holds, and so are the openings."""
    never_heard: int
    silent_page: Link
    openings: tuple[Opening, ...]
    half: str
    """How far into its text half of the articles have let somebody speak: "12 %"; empty where there are not two that do."""
    articles: int
    tones: tuple[ToneSection, ...]
    outlets: tuple[Outlet, ...]
    single: bool
    talked_about: TalkedAbout | None
    """Who talks about whom; None where nobody who speaks mentions another."""


@dataclass(frozen=True, slots=True)
class _ArticleSource:
    """A source of one article, with the findings of that article."""

    facts: Facts
    source: SourcingRow
    actor: Actor | None
    """The actor that it leads to; None for one that leads to nobody."""
    quotes: tuple[QuoteFact, ...]
    """Its quotes, without those that a copy before has."""

    @property
    def report(self) -> Report:
        return self.facts.report


def draft_audit(site: Site) -> Iterator[PagePlan]:
    """Who is heard in these articles, and how."""
    yield PagePlan(AUDIT, "pages/audit.html", "Sourcing", partial(_audit, site))


def _audit(site: Site) -> Body:
    # A source is first found in each article, where it may be identified by a name in one and by a role in another.
    sources = [one for facts in site.facts for one in _article_sources(facts)]
    spoken = [one for one in sources if one.source.quotes]
    share = _Shares(spoken)
    groups = _grouped(spoken, key=lambda one: one.source.identified)
    types = _grouped(spoken, key=lambda one: TYPE_LABELS[one.actor.type] if one.actor else UNKNOWN.name)
    said = tuple(quote for facts in site.facts for quote in facts.quotes if quote.counted)
    counted = tuple(quote for quote in said if not quote.repeated)
    heard = tuple(sorted((_source_row(site, share, group) for group in _by_party(site, spoken)), key=lambda one: -one.share.words))
    silent = tuple(profile for profile in site.profiles if profile.silent)
    view = AuditView(
        words=share.words,
        sure_words=share.sure,
        together=speak_together(counted),
        quotes=len(counted),
        stances=sum(quote.quote.stance for facts in site.facts for quote in facts.quotes),
        set_aside=sum(not (quote.counted or quote.quote.stance) for facts in site.facts for quote in facts.quotes),
        repeated=len(said) - len(counted),
        identified=_beside(share.of(groups[kind], kind, IDENTIFIED_MEANINGS[kind]) for kind in get_args(Identified) if kind in groups),
        types=_beside(_ranked(share.of(group, label, "") for label, group in types.items())),
        heard=heard[:PAGE_SIZE],
        sources=len(heard),
        heard_page=HEARD,
        silent=silent[:PAGE_SIZE],
        never_heard=len(silent),
        silent_page=SILENT,
        openings=tuple(_opening(facts) for facts in site.facts[:PAGE_SIZE]),
        half=_half(site.facts),
        articles=len(site.facts),
        tones=tuple(_tones(counted, verb_pages(site.quotes))),
        outlets=_outlets(counted),
        single=site.single,
        talked_about=find_talked_about(site.talk),
    )
    description = f"Who is heard in {plural(len(site.facts), 'article')}, how they are identified, and in which words they are reported."
    return Body(view, description)


def _article_sources(facts: Facts) -> Iterator[_ArticleSource]:
    """The sources of an article, without quotes that a copy before has."""
    actors = {actor.id: actor for actor in facts.report.actors}
    shown = {quote.id: quote for quote in facts.quotes}
    for source in find_sources(facts.report):
        once = replace(source, quotes=tuple(quote for quote in source.quotes if not shown[quote.id].repeated))
        yield _ArticleSource(facts, once, actors.get(source.actor or ""), tuple(shown[quote.id] for quote in once.quotes))


def _grouped(sources: Iterable[_ArticleSource], *, key: Callable[[_ArticleSource], str]) -> dict[str, list[_ArticleSource]]:
    groups: defaultdict[str, list[_ArticleSource]] = defaultdict(list)
    for one in sources:
        groups[key(one)].append(one)
    return groups


def _by_party(site: Site, sources: Iterable[_ArticleSource]) -> Iterable[list[_ArticleSource]]:
    """Sources grouped by party; those that lead to nobody by how they are identified, so that all anonymous ones are one group."""
    # No key of a party begins with a line break, so that a group of unknown sources has no party's key.
    return _grouped(sources, key=lambda one: _party(site, one).key or f"\n{one.source.identified}").values()


def _party(site: Site, one: _ArticleSource) -> PartyView:
    return UNKNOWN if one.source.actor is None else site.parties.party(one.report, one.source.actor)


class _Shares:
    """Makes shares of the words of all sources. What several say together is counted once in the denominator, and for each of them in the
    shares, so that shares may add up to more than the whole."""

    def __init__(self, sources: Sequence[_ArticleSource]) -> None:
        whole = {(one.report.article.id, quote.id): quote for one in sources for quote in one.quotes}
        self.words = sum(quote.words for quote in whole.values())
        self.sure = sum(quote.words for quote in whole.values() if quote.quote.confidence == "high")

    def of(self, sources: Sequence[_ArticleSource], label: str, meaning: str) -> Share:
        quotes = [quote for one in sources for quote in one.quotes]
        kinds: Counter[Hashable] = Counter(quote.kind for quote in quotes)
        # Quotation marks may reach beyond the content of a quote.
        quoted = sum(min(quote.quoted_words, quote.words) for quote in quotes)
        return Share(
            label=label,
            meaning=meaning,
            sources=len(sources),
            direct=kinds["direct"],
            mixed=kinds["mixed"],
            indirect=kinds["indirect"],
            quoted_words=quoted,
            reported_words=sum(quote.words for quote in quotes) - quoted,
            sure_words=sum(quote.words for quote in quotes if quote.quote.confidence == "high"),
            of_words=self.words,
            of_sure=self.sure,
        )


def _beside(shares: Iterable[Share]) -> tuple[Share, ...]:
    """Shares that one chart shows."""
    some = tuple(shares)
    longest = max((share.words for share in some), default=1)
    return tuple(replace(share, longest=max(longest, 1)) for share in some)


def _ranked(shares: Iterable[Share]) -> tuple[Share, ...]:
    return tuple(sorted(shares, key=lambda share: (-share.words, share.label)))


def _source_row(site: Site, share: _Shares, group: list[_ArticleSource]) -> SourceRow:
    first = group[0]
    verbs: Counter[str] = Counter()
    # The group is one party in several articles.
    for one in group:
        verbs.update(one.source.verbs())
    named = sorted(verbs.items(), key=lambda item: (-item[1], item[0]))
    return SourceRow(
        _party(site, first),
        ", ".join(dict.fromkeys(one.source.identified for one in group)),
        TYPE_LABELS[first.actor.type] if first.actor else "",
        share.of(group, "", ""),
        ", ".join(f"{verb} {count}" if count > 1 else verb for verb, count in named),
        tuple(dict.fromkeys(one.source.stated for one in group if one.source.stated)),
    )


def _opening(facts: Facts) -> Opening:
    quote, at, length = _first(facts), _first_place(facts), len(facts.report.article.text)
    return Opening(facts.headline, facts.page, quote, percent(at, length) if quote else "", width(at, length) if quote else "")


def _first(facts: Facts) -> QuoteFact | None:
    """The first quote that counts as said."""
    return next((quote for quote in facts.quotes if quote.counted), None)


def _first_place(facts: Facts) -> int:
    first = _first(facts)
    return first.quote.content[0].start if first else 0


def _half(facts: Iterable[Facts]) -> str:
    places = [_first_place(one) / max(1, len(one.report.article.text)) for one in facts if _first(one)]
    return percent(round(1000 * median(places)), 1000) if len(places) > 1 else ""


def _tones(quotes: Sequence[QuoteFact], pages: Mapping[str, Link]) -> Iterator[ToneSection]:
    told = [(quote, quote.verb) for quote in quotes if quote.verb]
    longest = max(Counter(tone_of(lemma) for _, lemma in told).values(), default=1)
    # Verbs of neutral tone and those that fit no tone are only counted: a list of them would be all quotes.
    for tone in get_args(Tone):
        found = [(quote, lemma) for quote, lemma in told if tone_of(lemma) == tone]
        rows: defaultdict[str, list[QuoteFact]] = defaultdict(list)
        for quote, lemma in found if tone not in ("neutral", "other") else ():
            rows[lemma].append(quote)
        ranked = sorted(rows.items(), key=lambda item: (-len(item[1]), item[0]))
        verbs = tuple(VerbRow(lemma, tuple(group[:_EXAMPLES]), len(group), pages[lemma]) for lemma, group in ranked)
        yield ToneSection(tone, TONE_MEANINGS[tone], len(found), percent(len(found), len(told)), width(len(found), longest), verbs)


def _outlets(quotes: Iterable[QuoteFact]) -> tuple[Outlet, ...]:
    found: defaultdict[str, list[QuoteFact]] = defaultdict(list)
    parties: dict[str, PartyView] = {}
    for quote in quotes:
        if quote.outlet is not None and quote.outlet.key:
            parties.setdefault(quote.outlet.key, quote.outlet)
            found[quote.outlet.key].append(quote)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_outlet(parties[key], group) for key, group in ranked)


def _outlet(party: PartyView, quotes: Sequence[QuoteFact]) -> Outlet:
    page = Link(party.link.page, "passed-on") if party.link else None
    return Outlet(party, tuple(quotes[:_EXAMPLES]), len(quotes), page)
