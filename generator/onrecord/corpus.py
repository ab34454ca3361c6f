"""From the reports of single articles to a corpus: which actors of different articles are one.

A wrong merge costs more than a missed one, so the full name decides, and nothing else does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable

from onrecord.model import AUTHOR, Actor, Corpus, CorpusActor, Member, Report

# Neither has a page: the narrator of each article is another voice, and a mere place does nothing.
_WITHOUT_PAGE = ("narrator", "place")

# The forms of address of English (Quirk et al. 1985, 5.66) that, with a surname, make no full name.
_HONORIFICS = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "prof", "professor"])

# An actor's page stands beside the index of actors, and the narrator's id is never anybody else's.
_RESERVED = ("index", AUTHOR)


def build_corpus(reports: Iterable[Report]) -> Corpus:
    """The corpus of the reports, in their order, and the actors across them in order of first appearance.

    Actors are one when they have the same type and the same full name: for a person at least a first and a last name. A
    group that has only a description ("the protesters") is another in every article, and where one article has two actors
    of a name, none of that name is joined.
    """
    kept = tuple(reports)
    groups: dict[Hashable, list[tuple[Report, Actor]]] = {}
    divided = _divided_names(kept)
    for report in kept:
        for actor in report.actors:
            if actor.type in _WITHOUT_PAGE or actor.id == AUTHOR:
                continue
            name = _full_name(actor)
            key = name if name and name not in divided else (report.article.id, actor.id)
            groups.setdefault(key, []).append((report, actor))
    ids = _slugs(group[0][1].name for group in groups.values())
    return Corpus(kept, tuple(_corpus_actor(slug, group) for slug, group in zip(ids, groups.values(), strict=True)))


def _corpus_actor(slug: str, group: list[tuple[Report, Actor]]) -> CorpusActor:
    first = group[0][1]
    return CorpusActor(slug, first.name, first.type, tuple(Member(report.article.id, actor.id) for report, actor in group))


def _full_name(actor: Actor) -> tuple[str, str, str] | None:
    """What stands for the actor in every article; none when its name does not tell it from others."""
    words = re.findall(r"[^\s.,]+", unicodedata.normalize("NFKC", actor.name).casefold())
    if words[:1] == ["the"]:
        words = words[1:]
    if actor.type == "person":
        words = [word for word in words if word not in _HONORIFICS]
    if not words or actor.type == "described_group" or (actor.type == "person" and len(words) < 2):
        return None
    return ("name", actor.type, " ".join(words))


def _divided_names(reports: Iterable[Report]) -> set[Hashable]:
    """Names that two actors of one article have."""
    divided: set[Hashable] = set()
    for report in reports:
        counts = Counter(map(_full_name, report.actors))
        divided.update(name for name, count in counts.items() if count > 1)
    return divided


def _slugs(names: Iterable[str]) -> tuple[str, ...]:
    """A slug for each name, unique: the first with a slug has it, later ones a number."""
    bases = [slugify(name) for name in names]
    taken = {*_RESERVED, *bases}
    seen = set(_RESERVED)
    slugs = []
    for base in bases:
        slug, number = base, 1
        while slug in (seen if number == 1 else taken):
            number += 1
            slug = f"{base}-{number}"
        seen.add(slug)
        taken.add(slug)
        slugs.append(slug)
    return tuple(slugs)


def slugify(name: str) -> str:
    """The name in small letters and digits with hyphens, fit for an address. Letters without an ASCII base stay as they are.

    >>> slugify("Zoë Núñez-O’Hara"), slugify("Иван Петров"), slugify("…")
    ('zoe-nunez-ohara', 'иван-петров', 'actor')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"['’ʼ]", "", plain)
    # NFC again, so that what only NFKD takes apart (Hangul, say) is written as everybody writes it.
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-") or "actor"
