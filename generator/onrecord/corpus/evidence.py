"""What an article says of an actor besides the name: roles, whom they belong to, and who else is named nearby.

Two articles that name an Ann Lee may mean two people. If both call her "mayor of Riverton", or both have her in a paragraph with Ben Reed,
that is a sign that they mean one; if one calls her a mayor and the other a goalkeeper, that speaks against it. Here such signs are
gathered; what they decide is in :mod:`onrecord.corpus.joining`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from onrecord.corpus.names import Name, in_full, name_of, name_words_list, walks_of_life
from onrecord.model import Actor, Report, Role
from onrecord.text.names import name_words

_MOST_BESIDE = 24
"""Of those who stand in one paragraph with an actor so many count, those most often there."""
_MOST_OTHERS = 10
"""Of those whom a long article names so many count, those named most: signs are made of their pairs."""


@dataclass(frozen=True, slots=True)
class Office:
    """A role as it is compared."""

    noun: str
    """What somebody is: "mayor"."""
    of: str
    """Whose, where the text says so: "riverton"."""
    text: str
    """As stated: "mayor of Riverton"."""
    of_body: bool = False
    """Whether that is a body, and not a state, a place or mere words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """An actor as it appears in one article, with all that may tell it from namesakes."""

    article: str
    actor: Actor
    name: Name
    date: str
    offices: tuple[Office, ...]
    beside: tuple[str, ...]
    """Keys of those who stand in one paragraph with it: people by their full names, bodies by distinct names; alphabetical."""
    others: tuple[str, ...]
    """Keys of those whom the article names most, likewise."""
    country: str = ""
    """The state that the article names most, for a body of a name that every state may have."""

    @property
    def order(self) -> tuple[str, str, str]:
        """The order of appearance: by date of publication, those without one last; then by article. No other article changes it."""
        return (self.date or "9999", self.article, self.actor.id)

    @property
    def introduced(self) -> bool:
        """Whether the article says by a role who this is. Otherwise it expects its readers to know."""
        return bool(self.offices)


class Sign(NamedTuple):
    """Something besides the name that two articles may both say of an actor."""

    rank: int
    """The lower, the stronger."""
    key: tuple[str, ...]

    @property
    def strong(self) -> bool:
        """Whether it tells an actor even from a namesake of the same article."""
        return self.rank <= BELONGS

    @property
    def open(self) -> bool:
        """Whether it counts only where one of the two is not introduced: of two people with different roles, both may stand beside
        whomever the news is about."""
        return self.rank >= BESIDE


GIVEN, OFFICE, BELONGS, LONG, NOUN, NOUN_BESIDE, BESIDE, TOGETHER, ALONG = range(9)
"""Ranks of signs, the strongest first. ``GIVEN``: the same entry of ``actors.yml``. ``OFFICE``: a role and whose it is, "mayor of
Riverton". ``BELONGS``: whose the role is, "of the Harbour Board", whatever the role. ``LONG``: a middle name. ``NOUN``: a role alone,
"goalkeeper". ``NOUN_BESIDE``: a role that many have, "spokesman", and somebody who stands in the same paragraph. ``BESIDE``: that somebody
alone. ``TOGETHER``: two whom both articles name anywhere. ``ALONG``: one whom both name, which counts for little."""


def signs_of(appearance: Appearance) -> Iterator[Sign]:
    """All signs of one actor, each once."""
    if appearance.actor.given:
        yield Sign(GIVEN, (appearance.actor.given,))
    for noun, of in sorted(
        {(one.noun, one.of) for one in appearance.offices if one.of and (one.of_body or one.noun not in name_words_list("common"))}
    ):
        yield Sign(OFFICE, (noun, of))
    for of in sorted({one.of for one in appearance.offices if one.of_body and " " in one.of}):
        yield Sign(BELONGS, (of,))
    if appearance.name.middle:
        yield Sign(LONG, appearance.name.middle)
    for noun in sorted({one.noun for one in appearance.offices}):
        if noun not in name_words_list("common"):
            yield Sign(NOUN, (noun,))
        else:
            yield from (Sign(NOUN_BESIDE, (noun, one)) for one in appearance.beside)
    yield from (Sign(BESIDE, (one,)) for one in appearance.beside)
    # Every town has a "city council", so that two others named in both articles do not make two councils one.
    if name_words_list("local").isdisjoint(appearance.name.key.split()) or appearance.name.sort == "person":
        yield from (Sign(TOGETHER, pair) for pair in combinations(appearance.others, 2))


def walk_of_life(office: Office) -> str:
    """The walk of life that a role belongs to, such as sport or the arts; ``public`` for every role that has none of its own."""
    return walks_of_life().get(office.noun, "public")


def answers_of(appearance: Appearance) -> Iterator[tuple[str, str, str]]:
    """Questions that one actor has one answer to, with this one's answers and the words that give them: a person's walk of life, the
    place of an office that one person at a time holds; the country of a body of a name that every country may have."""
    for office in appearance.offices:
        yield "walk", walk_of_life(office), office.text
        if office.noun in name_words_list("seated") and office.of:
            yield office.noun, office.of, office.text
    if appearance.country:
        yield "country", appearance.country, appearance.country


def appearances(report: Report) -> Iterator[Appearance]:
    """Every actor of a report that is somebody outside its article too."""
    names = {actor.id: name_of(actor) for actor in report.actors}
    surnames = {names[one.id].key.split()[-1] for one in report.actors if names[one.id].sort == "person" and names[one.id].key}
    by_id = {actor.id: actor for actor in report.actors}
    beside, others, country = _beside(report, names), _others(report, names), _country(report)
    for actor in report.actors:
        offices = {office.text: office for role in actor.roles if (office := _office(role, by_id)).noun}
        stated = tuple(offices[text] for text in sorted(offices))
        name = names[actor.id]
        if name.sort == "body" and name.key in surnames:
            name = Name("none")  # "Trump" beside a person of that name may be anything of his
        named = tuple(sorted([key for key in others if key != name.key][:_MOST_OTHERS]))
        where = country if name.sort == "body" and name.strength == "shared" else ""
        yield Appearance(
            article=report.article.id,
            actor=actor,
            name=name,
            date=report.article.meta.date,
            offices=stated,
            beside=beside[actor.id],
            others=named,
            country=where,
        )


def _office(role: Role, actors: Mapping[str, Actor]) -> Office:
    """A role taken apart: its noun, and what it belongs to, named as an actor or after "of"."""
    stated = " ".join(word for word in name_words(role.text) if word not in name_words_list("time") and not word.startswith("ex-"))
    # "Mayor of Riverton" is a mayor, of Riverton.
    head, *rest = re.split(r" (?:of|for|from|at|to|in|with) ", stated, maxsplit=1)
    noun = head.split()[-1] if head else ""
    whose = actors.get(role.affiliation or "")
    of = name_words(whose.name if whose else " ".join(rest))
    of_body = whose is not None and whose.type not in ("state", "place", "person")
    return Office(in_full(noun), " ".join(of), " ".join(role.text.split()), of_body)


def _beside(report: Report, names: Mapping[str, Name]) -> dict[str, tuple[str, ...]]:
    """For each actor, who stands in its paragraphs."""
    starts = [leaf.start for leaf in report.article.leaves()]
    present = {
        actor.id: {bisect_right(starts, mention.start) for mention in actor.mentions} for actor in report.actors if actor.type != "narrator"
    }
    in_leaf: dict[int, set[str]] = {}
    for actor in report.actors:
        if _is_telling(names[actor.id], actor):
            for leaf in present[actor.id]:
                in_leaf.setdefault(leaf, set()).add(names[actor.id].key)
    found = {}
    for actor in report.actors:
        counts = Counter(key for leaf in present.get(actor.id, ()) for key in in_leaf.get(leaf, ()) if key != names[actor.id].key)
        found[actor.id] = tuple(sorted(_most(counts)[:_MOST_BESIDE]))
    return found


def _others(report: Report, names: Mapping[str, Name]) -> list[str]:
    """Those whom the article names most, one more than count."""
    counts: Counter[str] = Counter()
    for actor in report.actors:
        if _is_telling(names[actor.id], actor):
            counts[names[actor.id].key] += len(actor.mentions)
    return _most(counts)[: _MOST_OTHERS + 1]


def _country(report: Report) -> str:
    """The state that an article names most; empty where it names none."""
    counts = Counter({actor.name: len(actor.mentions) for actor in report.actors if actor.type == "state"})
    return next(iter(_most(counts)), "")


def _most(counts: Counter[str]) -> list[str]:
    """Keys by their counts, the largest first; equal ones in alphabetical order."""
    return sorted(counts, key=lambda key: (-counts[key], key))


def _is_telling(name: Name, actor: Actor) -> bool:
    """Whether being named beside this actor says anything: not beside a state or an outlet, which stand in every article."""
    if name.sort == "person":
        return name.strength == "shared"
    return name.sort == "body" and name.strength == "distinct" and actor.type != "media" and " " in name.key
