"""An archive cut into sites by period or outlet: which article goes where, and what each site has of the corpus.

Actors are told apart over the whole archive, before it is cut: whoever is one there has one id, and so pages of one name, on every site.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.corpus.ids import slugify
from onrecord.file_names import page_name, safe_id, same_name, shortened
from onrecord.model import Corpus, CorpusActor, Member, Meta, Repeat, Report
from onrecord.options import CutBy
from onrecord.permalinks.lock import Lock

_REST: dict[CutBy, str] = {"year": "Undated", "month": "Undated", "outlet": "Outlet not given"}
"""The site of what no other site has."""
_OURS = ("actors", "articles", "assets", "css", "js", "index")
"""Names beside which the sites lie."""
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
    taken = set(_OURS)
    cuts = []
    for key in sorted(groups, key=lambda key: (not key, key)):
        # An outlet is called as most of its articles write it.
        name = max(names[key].items(), key=lambda item: (item[1], item[0]))[0]
        folder = _folder(name or _REST[by], taken)
        cuts.append(Cut(folder, name or _REST[by], _narrowed(corpus, tuple(groups[key]), tuple(actors[key]))))
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


def narrowed_lock(lock: Lock, cut: Cut, corpus: Corpus) -> Lock:
    """Of the addresses that were published those of this site, and those that are nowhere in the archive any more: nobody knows on which
    site these were."""
    articles = {report.article.id for report in corpus.reports} - {report.article.id for report in cut.corpus.reports}
    actors = {actor.id for actor in corpus.actors} - {actor.id for actor in cut.corpus.actors}
    return Lock(
        {id: one for id, one in lock.articles.items() if id not in articles},
        {id: links for id, links in lock.links.items() if id not in articles},
        {id: one for id, one in lock.actors.items() if id not in actors},
        lock.file,
    )


def _folder(name: str, taken: set[str]) -> str:
    """A folder for a site of this name that nobody has; ``taken`` is told of it."""
    base = page_name(safe_id(shortened(slugify(name), _LONGEST)))
    folder, number = base, 1
    while same_name(folder) in taken:
        number += 1
        folder = f"{base}-{number}"
    taken.add(same_name(folder))
    return folder


def _narrowed(corpus: Corpus, reports: tuple[Report, ...], actors: tuple[CorpusActor, ...]) -> Corpus:
    """What these reports have of a corpus. Entries over several articles are told of on every site: none has all that they are about."""
    here = {report.article.id for report in reports}
    ids = {actor.id for actor in actors}
    namesakes = (replace(one, actors=tuple(id for id in one.actors if id in ids)) for one in corpus.namesakes)
    return Corpus(
        reports,
        actors,
        tuple(one for one in namesakes if len(one.actors) > 1),
        corpus.corrections,
        tuple(copy for copy in corpus.copies if copy.article in here and copy.other in here),
        tuple(_repeats(corpus, here)),
    )


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


def _repeats(corpus: Corpus, here: Container[str]) -> Iterator[Repeat]:
    """Quotes that a copy on the same site has before; the first of a site repeats nothing there."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for one in corpus.repeats:
        if one.article not in here:
            continue
        origin = (one.other, one.other_quote)
        known = first.setdefault(origin, origin if one.other in here else (one.article, one.quote))
        if known != (one.article, one.quote):
            yield replace(one, other=known[0], other_quote=known[1])
