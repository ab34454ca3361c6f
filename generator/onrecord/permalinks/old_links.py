"""Where links lead that were published and are no longer made: to their words where these stand exactly once, or to nothing.

Nothing here guesses. Words that stand nowhere, or in two places, have no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from onrecord.model import Actor, Corpus, Report, Span
from onrecord.permalinks.lock import Lock, LockedActor, LockedLink, name_key, names_of
from onrecord.permalinks.naming import is_telling, items_of
from onrecord.structures.memory import NO_MEMORY, Memory
from onrecord.text.anchors import Ground, find_places
from onrecord.text.typography import normalise


@dataclass(frozen=True, slots=True)
class OldLink:
    """A link that was published, of which the program no longer makes anything by itself."""

    link: LockedLink
    spans: tuple[Span, ...]
    """Where its words stand; empty where they do not stand exactly once."""
    now: tuple[str, ...]
    """Ids of the quotes and claims that these words are part of now, in text order."""
    several: bool
    """Whether the words stand more than once."""


def old_links(report: Report, ground: Ground, links: Iterable[LockedLink]) -> tuple[OldLink, ...]:
    """The links of an article that are no longer made, by their ids; ``ground`` is of the same article."""
    items = list(items_of(report))
    made = {item.id for item in items}
    found = []
    for link in sorted((link for link in links if link.id not in made), key=lambda link: link.id):
        spans, several = _place(ground, link)
        now = tuple(dict.fromkeys(item.id for item in items if spans and _holds(item.spans, spans)))
        found.append(OldLink(link, spans, now, several))
    return tuple(found)


def _holds(outer: tuple[Span, ...], inner: tuple[Span, ...]) -> bool:
    """Whether all of some words lie between the first and the last of others: what parts these leave out may be a cue."""
    return bool(outer) and Span(min(outer).start, max(one.end for one in outer)).contains(Span(inner[0].start, inner[-1].end))


def _place(ground: Ground, link: LockedLink) -> tuple[tuple[Span, ...], bool]:
    """Where a link's words stand exactly once, in its sentence if it has one; and whether they stand more often."""
    within = Span(0, len(ground.article.text))
    sentence = normalise(link.sentence)
    if sentence or not is_telling(" ".join(link.words)):
        guards, times = list(ground.guards(sentence)), ground.times(sentence)
        if len(guards) != 1 or times != 1:
            return (), times > 1
        within = guards[0]
    found = ([ground.plain.original(one.start, one.end) for one in find_places(ground.plain.text, normalise(part))] for part in link.words)
    places = [[one for one in part if within.contains(one)] for part in found]
    if not all(len(part) == 1 for part in places):
        return (), all(places)
    spans = tuple(part[0] for part in places)
    in_order = all(before.end <= after.start for before, after in pairwise(spans))
    return (spans, False) if in_order else ((), False)


# --- actors ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoneActor:
    """An actor whose page was published, and that has none any more."""

    actor: LockedActor
    now: tuple[str, ...]
    """Ids of the actors that are called so where this one was: one that it is part of by now, or several that it fell into, or none."""


def gone_actors(lock: Lock, corpus: Corpus) -> tuple[GoneActor, ...]:
    """Actors without the page that they had, by their ids: of those who were in an article that is here.

    An actor whose page an editor took away is not among them: that it was there is not told either.
    """
    pages = {actor.id for actor in corpus.actors}
    here = {report.article.id for report in corpus.reports}
    gone = [lock.actors[id] for id in sorted(lock.actors.keys() - pages) if not here.isdisjoint(lock.actors[id].articles)]
    if not gone:
        return ()
    called = _called(corpus)
    found = []
    for actor in gone:
        holders = {holder for article in actor.articles for holder in called.get((article, name_key(actor.name)), ())}
        if None not in holders:
            found.append(GoneActor(actor, tuple(one.id for one in corpus.actors if one.id in holders)))
    return tuple(found)


def _called(corpus: Corpus) -> Mapping[tuple[str, str], set[str | None]]:
    """For each article and name the actors that are called so there; none stands for one whom an editor hid."""
    pages = {(member.article, member.actor): actor.id for actor in corpus.actors for member in actor.members}
    called: dict[tuple[str, str], set[str | None]] = {}
    for report in corpus.reports:
        for actor in report.actors:
            page = pages.get((report.article.id, actor.id))
            if page is not None or actor.hidden:
                for name in names_of(actor):
                    called.setdefault((report.article.id, name), set()).add(page)
    return called


@dataclass(frozen=True, slots=True)
class Published:
    """What a lock says of the ids of some actors."""

    ids: tuple[str, ...]
    """For each actor the id that its page was published with; empty where it was not, or where that is not sure."""
    reserved: frozenset[str]
    """Ids of pages that nobody else may have: they were about somebody in an article that is here."""


def published_ids(lock: Lock, actors: Sequence[Sequence[tuple[str, Actor]]]) -> Published:
    """The ids that actors across articles keep; each is given as the articles that it is in, with what it is in them.

    An actor is the published one if nobody else is called so in the articles in which that one was. Of two that were joined, the page
    lives on whose name holds.
    """
    calling: dict[tuple[str, str], set[int]] = {}
    for place, members in enumerate(actors if lock.actors else ()):
        for article, actor in members:
            for name in names_of(actor):
                calling.setdefault((article, name), set()).add(place)
    here = {article for article, _ in calling}
    wanted: dict[int, list[LockedActor]] = {}
    for one in lock.actors.values():
        holders = {place for article in one.articles for place in calling.get((article, name_key(one.name)), ())}
        if len(holders) == 1:
            wanted.setdefault(holders.pop(), []).append(one)

    def id_of(place: int, members: Sequence[tuple[str, Actor]]) -> str:
        if place not in wanted:
            return ""
        names = {name_key(actor.name) for _, actor in members}
        return min(wanted[place], key=lambda one: (name_key(one.name) not in names, len(one.id), one.id)).id

    ids = tuple(id_of(place, members) for place, members in enumerate(actors))
    return Published(ids, frozenset(one.id for one in lock.actors.values() if not here.isdisjoint(one.articles)))


# --- both -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OldAddresses:
    """What became of all addresses that were published, and are no longer made."""

    links: Mapping[str, tuple[OldLink, ...]]
    """By article; none of one all of whose links are still made."""
    actors: tuple[GoneActor, ...]


NOTHING_OLD = OldAddresses({}, ())
"""What there is without a lock."""


def old_addresses(lock: Lock, corpus: Corpus, memory: Memory = NO_MEMORY) -> OldAddresses:
    """What became of the addresses of a lock, in a corpus with all of its words."""
    links: dict[str, tuple[OldLink, ...]] = {}
    for report in corpus.reports:
        locked = lock.links.get(report.article.id, {})
        if not locked:
            continue
        old = memory.recall(
            "old links", report, tuple(sorted(locked.values(), key=lambda link: link.id)), partial(_old_links, report, locked)
        )
        if old:
            links[report.article.id] = old
    return OldAddresses(links, gone_actors(lock, corpus))


def _old_links(report: Report, locked: Mapping[str, LockedLink]) -> tuple[OldLink, ...]:
    gone = not locked.keys() <= {item.id for item in items_of(report)}
    return tuple(old_links(report, Ground(report.article), locked.values())) if gone else ()
