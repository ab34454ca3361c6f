"""What becomes of addresses that were published and that the program no longer makes: for instance a quote that is found longer now.

A link still leads to its words, if they are in the article exactly once. Otherwise it leads to nothing: the program does not guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import Actor, Corpus, Report, Span
from onrecord.permalinks.lock import Lock, LockedActor, LockedLink, name_key, names_of
from onrecord.permalinks.naming import is_telling, items_of
from onrecord.text.anchors import Ground, find_places
from onrecord.text.typography import normalise


@dataclass(frozen=True, slots=True)
class OldLink:
    """A published link to a place on an article's page, for which there is no quote, claim or relation any more."""

    link: LockedLink
    spans: tuple[Span, ...]
    """Where its words are; empty where they are not in the article exactly once."""
    now: tuple[str, ...]
    """Ids of the quotes and claims that these words are part of now, in text order."""
    several: bool
    """Whether the words are in the article more than once."""


def old_links(report: Report, ground: Ground, links: Iterable[LockedLink]) -> tuple[OldLink, ...]:
    """The links of an article that are no longer made, in the order of their ids. ``ground`` is the same article, ready to be searched."""
    items = list(items_of(report))
    made = {item.id for item in items}
    found = []
    for link in sorted((link for link in links if link.id not in made), key=lambda link: link.id):
        spans, several = _place(ground, link)
        now = tuple(dict.fromkeys(item.id for item in items if spans and _holds(item.spans, spans)))
        found.append(OldLink(link, spans, now, several))
    return tuple(found)


def _holds(outer: tuple[Span, ...], inner: tuple[Span, ...]) -> bool:
    """Whether the inner words lie between the first and the last of the outer ones. These may be in parts with a cue in between ("We will,"
    she said, "pay"), which the old link had in it."""
    return bool(outer) and Span(min(outer).start, max(one.end for one in outer)).contains(Span(inner[0].start, inner[-1].end))


def _place(ground: Ground, link: LockedLink) -> tuple[tuple[Span, ...], bool]:
    """Where the words of a link are, if exactly once; and whether they are there more often. A link with a sentence is looked for in that
    sentence only, which must be there exactly once, too."""
    within = Span(0, len(ground.article.text))
    sentence = normalise(link.sentence)
    # Few words without a sentence are never found: they may be anybody's.
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
    # Parts in another order are other words.
    in_order = all(before.end <= after.start for before, after in pairwise(spans))
    return (spans, False) if in_order else ((), False)


# --- actors ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoneActor:
    """An actor whose page was published and who has none any more."""

    actor: LockedActor
    now: tuple[str, ...]
    """Ids of the actors that have this name in the same articles now: one, if this actor was joined with another; several, if it was split;
    none, if nobody is called so any more."""


def gone_actors(lock: Lock, corpus: Corpus) -> tuple[GoneActor, ...]:
    """Published actors who have no page any more, in the order of their ids. Only those who were in an article of this corpus.

    An actor that an editor hid is not among them: the site does not tell that it was there.
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
        # An actor that an editor hid may be this one, and nothing is told of it.
        if None not in holders:
            found.append(GoneActor(actor, tuple(one.id for one in corpus.actors if one.id in holders)))
    return tuple(found)


def _called(corpus: Corpus) -> Mapping[tuple[str, str], set[str | None]]:
    """By article and key of a name the pages of the actors that are called so there; None stands for an actor that an editor hid."""
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
    """What a lock says about the ids of actors across articles."""

    ids: tuple[str, ...]
    """For each actor the id under which its page was published; empty where it was not, or where that is not certain."""
    reserved: frozenset[str]
    """Ids that no other actor may get: their pages were about somebody in an article of this corpus."""


def published_ids(lock: Lock, actors: Sequence[Sequence[tuple[str, Actor]]]) -> Published:
    """The ids that actors across articles keep. Each actor is given as its articles' ids, with the actor that it is in each.

    An actor is taken for a published one if it is the only one with that name in the articles where the published one was. If two published
    actors were joined into one, the joined one keeps the id of the one whose name it has.
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
        # Of several with the right name the shortest id: the others have an article's name in it ("ann-lee", "ann-lee-vote").
        return min(wanted[place], key=lambda one: (name_key(one.name) not in names, len(one.id), one.id)).id

    ids = tuple(id_of(place, members) for place, members in enumerate(actors))
    return Published(ids, frozenset(one.id for one in lock.actors.values() if not here.isdisjoint(one.articles)))


# --- both -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OldAddresses:
    """All addresses that were published and are no longer made."""

    links: Mapping[str, tuple[OldLink, ...]]
    """By the id of an article its old links; an article without any is not in it."""
    actors: tuple[GoneActor, ...]


NOTHING_OLD = OldAddresses({}, ())
"""No old addresses, as without a lock."""


def old_addresses(lock: Lock, corpus: Corpus, memory: Memory = NO_MEMORY) -> OldAddresses:
    """The addresses of a lock that a corpus no longer makes. Nothing in the corpus may be withheld yet, since words are looked for in
    it."""
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
