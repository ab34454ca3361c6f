"""What a site knows of an actor, over all articles: what they say, and what is said about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlsplit

from onrecord.labels.terms import collapse, headline
from onrecord.model import Actor, Corpus, CorpusActor, Report, Span
from onrecord.render.engine.links import Link, article_page, role_anchor
from onrecord.render.views.facts import ClaimFact, Facts, Mentions, QuoteFact, RelationFact
from onrecord.render.views.parties import TYPE_LABELS, WITHOUT_PAGE, Parties, PartyView, find_members, merged_party

Fact = TypeVar("Fact", QuoteFact, ClaimFact, RelationFact)


@dataclass(frozen=True, slots=True)
class RoleFact:
    """A role as stated, with the words that state it."""

    text: str
    affiliation: PartyView | None
    link: Link


@dataclass(frozen=True, slots=True)
class Namesake:
    """An actor that may be the same as another, with what tells the two apart on a page."""

    party: PartyView
    where: str
    """The headline of its article, or how many it has."""


@dataclass(frozen=True, slots=True)
class PerhapsFact:
    """Actors of several articles that may be the same, which the program did not join."""

    others: tuple[Namesake, ...]
    more: int
    """How many others are not shown."""
    why: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What more than one page prints of an actor; its own page has more, see :class:`onrecord.render.pages.actor.ActorView`."""

    actor: CorpusActor
    party: PartyView
    type_label: str
    aliases: tuple[tuple[str, int], ...]
    roles: tuple[RoleFact, ...]
    members: tuple[tuple[Report, Actor], ...]
    """The actors of the articles that are this one, each with its report."""
    direct: tuple[QuoteFact, ...]
    """Direct quotes, followed by those that are partly in quotation marks."""
    reported: tuple[QuoteFact, ...]
    """Indirect quotes, in the words of the article."""
    stances: tuple[QuoteFact, ...]
    """What it is for or against, without words of its own."""
    not_said: tuple[QuoteFact, ...]
    """What is only supposed, or negated by the words that report it."""
    passed_on: tuple[QuoteFact, ...]
    """Quotes of others that were said to this actor, or that this outlet passed on."""
    mentioned_in: tuple[QuoteFact, ...]
    """Quotes of others that mention this actor."""
    talks_about: tuple[tuple[PartyView, int], ...]
    """Whom this actor mentions, and in how many quotes; most often mentioned first."""
    talked_about_by: tuple[tuple[PartyView, int], ...]
    """Who mentions this actor, and in how many quotes; those first who do it most often."""
    claims: tuple[ClaimFact, ...]
    demands: tuple[ClaimFact, ...]
    """Directives and wishes: never facts."""
    about: tuple[ClaimFact, ...]
    """What others, the article included, claim about this actor."""
    relations: tuple[RelationFact, ...]
    perhaps: tuple[PerhapsFact, ...]
    elsewhere: tuple[tuple[str, str], ...]
    """Names and addresses of pages about this actor, as the user gave them."""

    @property
    def mention_count(self) -> int:
        return sum(len(one.mentions) for _, one in self.members)

    @property
    def quotes(self) -> int:
        """How many quotes count as said."""
        return len(self.direct) + len(self.reported)

    @property
    def words(self) -> int:
        """Words ascribed to this actor, as the home page counts them: what copies of an article repeat, once, and no uncertain quote."""
        return sum(quote.words for quote in (*self.direct, *self.reported) if not quote.repeated and not quote.unsure)

    @property
    def unsure(self) -> int:
        """How many of the quotes that count as said are uncertain."""
        return sum(quote.unsure for quote in (*self.direct, *self.reported))

    @property
    def silent(self) -> bool:
        """Whether the text mentions this actor and never lets them speak."""
        return not self.direct and not self.reported


@dataclass
class Talk:
    """Who talks about whom: quotes counted by who speaks and whom they mention, each by key.

    Only quotes count that are taken as said and whose speaker is known. A quote counts once for a pair, however often it mentions the
    other, and a quote that copies of an article repeat counts once.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By speaker and whom they talk about, in how many quotes they do."""
    first: dict[tuple[str, str], list[QuoteFact]] = field(default_factory=dict)
    """The first of these quotes, at most :data:`MOST_QUOTES`."""
    mentioning: dict[str, list[QuoteFact]] = field(default_factory=dict)
    """By whom they mention, the quotes of others."""
    names: dict[str, PartyView] = field(default_factory=dict)
    quotes: int = 0
    """How many quotes mention somebody other than who speaks."""
    of_quotes: int = 0
    """The denominator: the quotes whose speaker is known."""

    def add(self, quote: QuoteFact, mentioned: Iterable[PartyView]) -> None:
        """Counts a quote, which mentions these."""
        speakers = {party.key: party for party in (quote.speaker, *quote.others) if party.key}
        if not quote.counted or quote.repeated or not speakers:
            return
        self.of_quotes += 1
        others = {party.key: party for party in mentioned if party.key not in speakers}
        self.quotes += bool(others)
        self.names |= speakers | others
        for other in others:
            self.mentioning.setdefault(other, []).append(quote)
        for pair in ((speaker, other) for speaker in speakers for other in others):
            self.counts[pair] += 1
            if self.counts[pair] <= MOST_QUOTES:
                self.first.setdefault(pair, []).append(quote)

    @cached_property
    def ranked(self) -> tuple[tuple[tuple[str, str], int], ...]:
        """The pairs and their counts, the largest first. Ties are broken by key, so that the same articles give the same order."""
        return tuple(sorted(self.counts.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def about(self) -> Mapping[str, tuple[tuple[PartyView, int], ...]]:
        """By speaker, whom they talk about and in how many quotes, the largest first."""
        return self._beside(0)

    @cached_property
    def by(self) -> Mapping[str, tuple[tuple[PartyView, int], ...]]:
        """By who is talked about, who does so and in how many quotes, the largest first."""
        return self._beside(1)

    def _beside(self, side: int) -> dict[str, tuple[tuple[PartyView, int], ...]]:
        found: defaultdict[str, list[tuple[PartyView, int]]] = defaultdict(list)
        for pair, count in self.ranked:
            found[pair[side]].append((self.names[pair[1 - side]], count))
        return {key: tuple(some) for key, some in found.items()}


MOST_QUOTES = 5
"""How many quotes of a pair are kept beside their number."""


def find_talk(facts: Iterable[Facts], parties: Parties) -> Talk:
    """Who talks about whom in these articles."""
    talk = Talk()
    for one in facts:
        mentions = Mentions(one.report)
        # Places and the narrator are no parties.
        named = {actor.id: parties.party(one.report, actor.id) for actor in one.report.actors if actor.type not in WITHOUT_PAGE}
        for quote in one.quotes:
            talk.add(quote, _mentioned(quote.quote.content, mentions, named))
    return talk


def _mentioned(content: Iterable[Span], mentions: Mentions, named: Mapping[str, PartyView]) -> Iterator[PartyView]:
    """Those of ``named`` who are mentioned whole in the content of a quote, in text order."""
    for span in content:
        for mention, actor in mentions.within([span]):
            if mention.end <= span.end and actor in named:
                yield named[actor]


def gather_profiles(
    corpus: Corpus,
    parties: Parties,
    *,
    quotes: Sequence[QuoteFact],
    claims: Sequence[ClaimFact],
    relations: Sequence[RelationFact],
    talk: Talk,
) -> tuple[Profile, ...]:
    """Every actor that has a page, those with most mentions first."""
    groups, members, perhaps = _group(quotes, claims, relations), find_members(corpus), find_perhaps(corpus)
    found = (
        _profile(actor, tuple(map(members.__getitem__, actor.members)), parties, groups, talk, perhaps.get(actor.id, ()))
        for actor in corpus.actors
        if actor.type not in WITHOUT_PAGE
    )
    return tuple(sorted(found, key=lambda one: (-one.mention_count, one.actor.name, one.actor.id)))


def _profile(
    actor: CorpusActor,
    own: tuple[tuple[Report, Actor], ...],
    parties: Parties,
    groups: _Groups,
    talk: Talk,
    perhaps: tuple[PerhapsFact, ...],
) -> Profile:
    direct, reported, stances, not_said = _by_manner(groups.spoken[actor.id])
    asserted = groups.asserted[actor.id]
    return Profile(
        actor=actor,
        party=merged_party(actor),
        type_label=TYPE_LABELS[actor.type],
        aliases=_aliases(one for _, one in own),
        roles=tuple(_roles(parties, own)),
        members=own,
        direct=direct,
        reported=reported,
        stances=stances,
        not_said=not_said,
        passed_on=tuple(groups.passed_on[actor.id]),
        mentioned_in=tuple(talk.mentioning.get(actor.id, ())),
        talks_about=talk.about.get(actor.id, ()),
        talked_about_by=talk.by.get(actor.id, ()),
        claims=tuple(claim for claim in asserted if claim.is_fact),
        demands=tuple(claim for claim in asserted if not claim.is_fact),
        about=tuple(groups.about[actor.id]),
        relations=tuple(groups.related[actor.id]),
        perhaps=perhaps,
        elsewhere=tuple((_site(link), link) for link in actor.links),
    )


@dataclass(frozen=True, slots=True)
class _Groups:
    """All facts of a site by the actors that they concern. They are grouped once: to look through all facts for each actor would take time
    that grows with the square of the site."""

    spoken: defaultdict[str, list[QuoteFact]]
    passed_on: defaultdict[str, list[QuoteFact]]
    asserted: defaultdict[str, list[ClaimFact]]
    about: defaultdict[str, list[ClaimFact]]
    related: defaultdict[str, list[RelationFact]]


def _group(quotes: Sequence[QuoteFact], claims: Sequence[ClaimFact], relations: Sequence[RelationFact]) -> _Groups:
    return _Groups(
        spoken=_by_key((quote, [quote.speaker.key, *(other.key for other in quote.others)]) for quote in quotes),
        passed_on=_by_key((quote, [_key(quote.addressee), _key(quote.outlet)]) for quote in quotes),
        asserted=_by_key((claim, _asserters(claim)) for claim in claims),
        # What somebody says about themselves is among their own claims.
        about=_by_key((claim, [one.key for one in claim.about if one.key not in _asserters(claim)]) for claim in claims),
        related=_by_key((relation, [relation.source.key, relation.target.key]) for relation in relations),
    )


def _asserters(claim: ClaimFact) -> list[str]:
    """The keys of those who assert a claim."""
    return [claim.asserter.key, *(other.key for other in claim.others)]


def _by_manner(
    quotes: Sequence[QuoteFact],
) -> tuple[tuple[QuoteFact, ...], tuple[QuoteFact, ...], tuple[QuoteFact, ...], tuple[QuoteFact, ...]]:
    """Quotes with words of the speaker, direct ones first; those that are only reported; stances; and others that do not count as said."""
    counted = [quote for quote in quotes if quote.counted]
    direct = tuple(sorted((quote for quote in counted if quote.kind != "indirect"), key=lambda quote: quote.kind))
    reported = tuple(quote for quote in counted if quote.kind == "indirect")
    stances = tuple(quote for quote in quotes if quote.quote.stance)
    return direct, reported, stances, tuple(quote for quote in quotes if not quote.counted and not quote.quote.stance)


_MOST_SHOWN = 8
"""Of actors of one name, so many are listed on the page of each; the data have all."""


def list_perhaps(corpus: Corpus) -> tuple[PerhapsFact, ...]:
    """Actors that may be one, each set with why it was not joined."""
    found = _namesakes(corpus)
    return tuple(_perhaps([found[id] for id in one.actors[:_MOST_SHOWN]], len(one.actors), one.why) for one in corpus.namesakes)


def find_perhaps(corpus: Corpus) -> dict[str, tuple[PerhapsFact, ...]]:
    """For each actor that may be the same as others, who these are and why they were not joined."""
    namesakes = _namesakes(corpus)
    found: dict[str, list[PerhapsFact]] = {}
    for one in corpus.namesakes:
        for id in one.actors:
            # Each is shown only the first few: a name that a thousand actors have would make a million entries.
            others = [namesakes[other] for other in one.actors[: _MOST_SHOWN + 1] if other != id][:_MOST_SHOWN]
            found.setdefault(id, []).append(_perhaps(others, len(one.actors) - 1, one.why))
    return {id: tuple(facts) for id, facts in found.items()}


def _namesakes(corpus: Corpus) -> dict[str, Namesake]:
    headlines = {report.article.id: headline(report.article) for report in corpus.reports}
    return {
        actor.id: Namesake(
            merged_party(actor), headlines[actor.members[0].article] if len(actor.members) == 1 else f"{len(actor.members)} articles"
        )
        for actor in corpus.actors
    }


def _perhaps(shown: Sequence[Namesake], total: int, why: str) -> PerhapsFact:
    return PerhapsFact(tuple(shown), total - len(shown), why)


def _site(link: str) -> str:
    """What to call a page elsewhere: "bbc.co.uk", "Wikidata Q42"."""
    parts = urlsplit(link)
    host = (parts.hostname or link).removeprefix("www.")
    return f"Wikidata {parts.path.rpartition('/')[2]}" if host == "wikidata.org" else host


def _by_key(keyed: Iterable[tuple[Fact, Iterable[str]]]) -> defaultdict[str, list[Fact]]:
    """Facts by the actors they concern, each once for an actor."""
    groups: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact, keys in keyed:
        for key in dict.fromkeys(keys):
            groups[key].append(fact)
    return groups


def _key(party: PartyView | None) -> str:
    return party.key if party else ""


def _aliases(actors: Iterable[Actor]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for actor in actors:
        for alias in actor.aliases:
            counts[collapse(alias.name)] += alias.count
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _roles(parties: Parties, own: tuple[tuple[Report, Actor], ...]) -> Iterator[RoleFact]:
    """The roles, each with a link to the first article that states it. An actor may be called a mayor in a thousand articles."""
    first: dict[tuple[str, PartyView | None], str] = {}
    for report, actor in own:
        for role in actor.roles:
            text, affiliation = collapse(role.text), parties.party(report, role.affiliation) if role.affiliation else None
            if first.setdefault((text.casefold(), affiliation), report.article.id) == report.article.id:
                yield RoleFact(text, affiliation, Link(article_page(report.article.id), role_anchor(report.article, role.evidence.start)))
