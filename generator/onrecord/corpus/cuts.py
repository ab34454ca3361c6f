"""An archive cut into sites by period or outlet: which article goes where, and what each site has of the corpus.

Actors are told apart over the whole archive, before it is cut: whoever is one there has one id, and so pages of one name, on every site.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from onrecord.corpus.lock import Lock
from onrecord.model import Copy, Corpus, CorpusActor, Member, Meta, Namesakes, Repeat, Report
from onrecord.options import CutBy
from onrecord.text.addresses import page_name, same_name, shortened, slugify

Item = TypeVar("Item")

_REST: dict[CutBy, str] = {"year": "Undated", "month": "Undated", "outlet": "Outlet not given"}
"""The name of the site for articles that do not say where they belong."""
RESERVED_FOLDERS = ("actors", "articles", "assets", "css", "fonts", "img", "js", "index")
"""Folders and pages that lie beside the sites, so that no site may have their names: the front's pages, what a theme brings, and
"articles", which readers would take for a list."""
_LONGEST = 60
"""Bytes of a folder's name."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A site of an archive."""

    folder: str
    """Where it lies below the archive's front page; also its name in addresses."""
    name: str
    """For readers: "2024", "2024-03", an outlet."""
    corpus: Corpus
    """What of the archive is on it."""


def cut_corpus(corpus: Corpus, by: CutBy) -> tuple[Cut, ...]:
    """The sites of an archive: periods in their order, outlets by name, and last the articles that do not say.

    No two have folders that some file system cannot tell apart, and no words of an article lead out of the archive.
    """
    groups: defaultdict[str, list[Report]] = defaultdict(list)
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in corpus.reports:
        name = label_of(report.article.meta, by)
        key = same_name(name)
        groups[key].append(report)
        names[key][name] += 1
    homes = {report.article.id: key for key, reports in groups.items() for report in reports}
    actors = _actors_by_home(corpus, homes)
    namesakes = _namesakes_by_home(corpus.namesakes, actors)
    repeats, untold = (_repeats_by_home(some, homes) for some in (corpus.repeats, corpus.untold_repeats))
    copies: defaultdict[str, list[Copy]] = defaultdict(list)
    for copy in corpus.copies:
        if homes[copy.article] == homes[copy.other]:
            copies[homes[copy.article]].append(copy)
    taken = set(RESERVED_FOLDERS)
    cuts = []
    for key in sorted(groups, key=lambda key: (not key, key)):
        # An outlet is called as most of its articles write it.
        name = max(names[key].items(), key=lambda item: (item[1], item[0]))[0]
        narrowed = Corpus(
            reports=tuple(groups[key]),
            actors=tuple(actors[key]),
            namesakes=tuple(namesakes[key]),
            corrections=corpus.corrections,  # of entries over several articles every site tells: none has all that they are about
            copies=tuple(copies[key]),
            repeats=tuple(repeats[key]),
            untold_repeats=tuple(untold[key]),
        )
        cuts.append(Cut(_folder(name or _REST[by], taken), name or _REST[by], narrowed))
    return tuple(cuts)


def label_of(meta: Meta, by: CutBy) -> str:
    """The site of an article with this front matter; empty where it does not say.

    >>> label_of(Meta(date="2024-03-09", outlet=" The  Example Times "), "month"), label_of(Meta(date="2024"), "month")
    ('2024-03', '')
    """
    if by == "outlet":
        return " ".join(meta.outlet.split())
    found = re.match(r"(\d{4})(-\d{2})?", meta.date)
    if found is None or (by == "month" and not found[2]):
        return ""
    return found[1] if by == "year" else found[0]


def narrowed_locks(lock: Lock, cuts: Sequence[Cut]) -> tuple[Lock, ...]:
    """For each site, of the addresses that were published its own, and those that are nowhere in the archive any more: nobody knows on
    which site these were."""
    articles = _places([report.article.id for report in cut.corpus.reports] for cut in cuts)
    actors = _places([actor.id for actor in cut.corpus.actors] for cut in cuts)
    shares = (_by_site(lock.articles, articles, cuts), _by_site(lock.links, articles, cuts), _by_site(lock.actors, actors, cuts))
    return tuple(Lock(*own, lock.file, lock.salt) for own in zip(*shares, strict=True))


def _places(ids: Iterable[Iterable[str]]) -> defaultdict[str, list[int]]:
    """For each id, the places of the sites that have it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(ids):
        for id in own:
            found[id].append(place)
    return found


def _by_site(locked: Mapping[str, Item], places: Mapping[str, Sequence[int]], cuts: Sequence[Cut]) -> list[dict[str, Item]]:
    """The share of each site; what has no place is in every share."""
    shares: list[dict[str, Item]] = [{} for _ in cuts]
    for id, one in locked.items():
        for place in places.get(id, range(len(cuts))):
            shares[place][id] = one
    return shares


def _folder(name: str, taken: set[str]) -> str:
    """A folder for a site of this name that nobody has; ``taken`` is told of it."""
    base = page_name(shortened(slugify(name), _LONGEST))
    folder, number = base, 1
    while same_name(folder) in taken:
        number += 1
        folder = f"{base}-{number}"
    taken.add(same_name(folder))
    return folder


def _namesakes_by_home(namesakes: Iterable[Namesakes], actors: Mapping[str, Sequence[CorpusActor]]) -> defaultdict[str, list[Namesakes]]:
    """Those of which a site has more than one actor, with its own."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for home, here in actors.items():
        for actor in here:
            homes[actor.id].append(home)
    found: defaultdict[str, list[Namesakes]] = defaultdict(list)
    for one in namesakes:
        ids: defaultdict[str, list[str]] = defaultdict(list)
        for id in one.actors:
            for home in homes[id]:
                ids[home].append(id)
        for home, own in ids.items():
            if len(own) > 1:
                found[home].append(replace(one, actors=tuple(own)))
    return found


def _actors_by_home(corpus: Corpus, homes: Mapping[str, str]) -> defaultdict[str, list[CorpusActor]]:
    """The actors of each site, with what they are in its articles."""
    found: defaultdict[str, list[CorpusActor]] = defaultdict(list)
    for actor in corpus.actors:
        members: defaultdict[str, list[Member]] = defaultdict(list)
        for member in actor.members:
            home = homes[member.article]
            # An article on another site is no page that this one could lead to.
            members[home].append(member if homes.get(member.like) == home else replace(member, like=""))
        for home, own in members.items():
            found[home].append(replace(actor, members=tuple(own)))
    return found


def _repeats_by_home(repeats: Iterable[Repeat], homes: Mapping[str, str]) -> defaultdict[str, list[Repeat]]:
    """Quotes that a copy on the same site has before; the first of a site repeats nothing there."""
    first: dict[tuple[str, str, str], tuple[str, str]] = {}
    found: defaultdict[str, list[Repeat]] = defaultdict(list)
    for one in repeats:
        home, origin, own = homes[one.article], (one.other, one.other_quote), (one.article, one.quote)
        known = first.setdefault((home, *origin), origin if homes[one.other] == home else own)
        if known != own:
            found[home].append(replace(one, other=known[0], other_quote=known[1]))
    return found
