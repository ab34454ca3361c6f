"""What a site knows of an actor, over all articles: what they say, and what is said about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from onrecord.labels.terms import collapse, headline
from onrecord.model import Actor, Corpus, CorpusActor, Report
from onrecord.render.engine.links import Link, article_page, role_anchor
from onrecord.render.views.facts import ClaimFact, QuoteFact, RelationFact
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
        """Words ascribed to this actor; what copies of an article repeat, once."""
        return sum(quote.words for quote in (*self.direct, *self.reported) if not quote.repeated)

    @property
    def silent(self) -> bool:
        """Whether the text mentions this actor and never lets them speak."""
        return not self.direct and not self.reported


def gather_profiles(
    corpus: Corpus, parties: Parties, *, quotes: Sequence[QuoteFact], claims: Sequence[ClaimFact], relations: Sequence[RelationFact]
) -> tuple[Profile, ...]:
    """Every actor that has a page, those with most mentions first."""
    spoken = _by_key((quote, [quote.speaker.key, *(other.key for other in quote.others)]) for quote in quotes)
    passed_on = _by_key((quote, [_key(quote.addressee), _key(quote.outlet)]) for quote in quotes)
    asserted = _by_key((claim, _asserters(claim)) for claim in claims)
    # What somebody says about themselves is among their own claims.
    about = _by_key((claim, [one.key for one in claim.about if one.key not in _asserters(claim)]) for claim in claims)
    related = _by_key((relation, [relation.source.key, relation.target.key]) for relation in relations)

    found_members = find_members(corpus)
    perhaps = find_perhaps(corpus)

    # Everything is grouped by actor above, once: to look through all facts for each actor would take time that grows with the square of the
    # site.
    def profile(actor: CorpusActor) -> Profile:
        own = tuple(found_members[member] for member in actor.members)
        direct, reported, stances, not_said = _by_manner(spoken[actor.id])
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
            passed_on=tuple(passed_on[actor.id]),
            claims=tuple(claim for claim in asserted[actor.id] if claim.is_fact),
            demands=tuple(claim for claim in asserted[actor.id] if not claim.is_fact),
            about=tuple(about[actor.id]),
            relations=tuple(related[actor.id]),
            perhaps=perhaps.get(actor.id, ()),
            elsewhere=tuple((_site(link), link) for link in actor.links),
        )

    found = (profile(actor) for actor in corpus.actors if actor.type not in WITHOUT_PAGE)
    return tuple(sorted(found, key=lambda one: (-one.mention_count, one.actor.name, one.actor.id)))


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
