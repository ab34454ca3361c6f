"""Joins what one article only calls by a surname or an acronym to the actor whom another names in full: only where more than the
name says so, and only where no other fits as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from onrecord.corpus.evidence import BESIDE, TOGETHER, Appearance, Sign, answers_of, signs_of
from onrecord.corpus.joining import Group
from onrecord.corpus.names import given_initial, initials, is_acronym, surname_of
from onrecord.gazetteer import Gazetteer
from onrecord.memory import NO_MEMORY, Memory
from onrecord.text.names import name_words


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name, the full names that it may stand for, and the one that it was joined to, if any."""

    group: Group
    candidates: tuple[int, ...]
    """The full names that it may stand for, by their places among the groups."""
    joined: int | None = None
    """The place of the one that it does stand for."""
    sign: Sign | None = None
    """What besides the letters says so."""
    partner: Appearance | None = None
    """An actor of the full name with the same sign."""


def find_full_names(
    shorts: Sequence[Group], fulls: Sequence[Group], gazetteer: Gazetteer, memory: Memory = NO_MEMORY
) -> tuple[ShortName, ...]:
    """For each short name, which full names it may stand for and which it does.

    Decided of each by itself, so that no order matters; but two short names that an article keeps apart are not joined to one.
    """
    possible = _by_short_names(fulls, {_short_key(one) for one in shorts}, memory)
    known = cache(lambda place: _full(fulls[place]))  # many short names may stand for the same full ones

    def decided(short: Group) -> ShortName:
        places = possible.get(_short_key(short), ())
        groups = tuple(fulls[place] for place in places)
        # Who they are does not hang on how many groups there are before them; what is kept keeps them all.
        kept = memory.recall("full name", short, tuple(map(id, groups)), lambda: (_decide(short, [*map(known, places)], gazetteer), groups))
        one = kept[0]
        joined = None if one.joined is None else places[one.joined]
        return ShortName(short, tuple(places[place] for place in one.candidates), joined, one.sign, one.partner)

    found = [decided(one) for one in shorts]
    # "Lee" and "A. Lee" in one article are two people there, and cannot both be Ann Lee.
    claims = Counter((one.joined, article) for one in found if one.joined is not None for article in one.group.articles)
    return tuple(
        ShortName(one.group, one.candidates)
        if one.joined is not None and any(claims[one.joined, article] > 1 for article in one.group.articles)
        else one
        for one in found
    )


@dataclass(frozen=True, slots=True)
class _Full:
    """A full name that a short one may stand for."""

    group: Group
    signs: Mapping[Sign, Appearance]
    """All signs of its members, each with the first member that has it."""
    answers: Mapping[str, set[str]]
    """What its roles say to questions that one person has one answer to."""


def _by_short_names(fulls: Sequence[Group], wanted: set[tuple[str, str]], memory: Memory) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """The places of full names by the short ones that may stand for them."""
    names: dict[tuple[str, str], list[int]] = {}
    for place, full in enumerate(fulls):
        for key in memory.recall("short names", full, None, partial(_shortened_all, full)) & wanted:
            names.setdefault(key, []).append(place)
    return {key: tuple(places) for key, places in names.items()}


def _shortened_all(full: Group) -> frozenset[tuple[str, str]]:
    return frozenset(key for one in full.members for key in _shortened(one.appearance))


def _full(group: Group) -> _Full:
    signs: dict[Sign, Appearance] = {}
    for appearance in (one.appearance for one in group.members):
        for sign in signs_of(appearance):
            signs.setdefault(sign, appearance)
    return _Full(group, signs, _answers(group))


def _short_key(short: Group) -> tuple[str, str]:
    return short.first.name.bucket


def _shortened(appearance: Appearance) -> Iterator[tuple[str, str]]:
    """The short names that may stand for an actor: a person's surname; the initials of a body's name, and acronyms that its article has."""
    if appearance.name.sort == "person":
        yield ("person", surname_of(appearance.name))
    elif appearance.name.sort == "body" and not is_acronym(appearance.actor.name):
        stated = ("".join(name_words(alias.name)) for alias in appearance.actor.aliases if is_acronym(alias.name))
        for acronym in {*stated, *(initials(appearance.actor.name) if " " in appearance.name.key else ())}:
            yield ("body", acronym)


def _decide(short: Group, possible: Sequence[_Full], gazetteer: Gazetteer) -> ShortName:
    """What becomes of a short name, with places among those that it may stand for by its letters."""
    stated = _answers(short)
    candidates = tuple(
        place for place, full in enumerate(possible) if _may_stand_for(short, full.group, gazetteer) and not _contradicts(stated, full)
    )
    own = sorted({sign for one in short.members for sign in signs_of(one.appearance)}) if candidates else []
    signs = {place: sign for place in candidates if (sign := _shared(own, possible[place])) is not None}
    # A shared role is better than shared company: candidates with one come before all others.
    by_role = [place for place, sign in signs.items() if sign.rank < BESIDE]
    place = _best_known(by_role or list(signs), possible)
    return (
        ShortName(short, candidates)
        if place is None
        else ShortName(short, candidates, place, signs[place], possible[place].signs[signs[place]])
    )


_OUTWEIGHS = 10


def _best_known(places: Sequence[int], possible: Sequence[_Full]) -> int | None:
    """The only candidate, or the one whom at least ten times as many articles name as any other; none where several are equally known."""
    if not places:
        return None
    most, *others = sorted(places, key=lambda place: -len(possible[place].group.articles))
    named = len(possible[most].group.articles)
    return most if all(named >= _OUTWEIGHS * len(possible[other].group.articles) for other in others) else None


def _may_stand_for(short: Group, full: Group, gazetteer: Gazetteer) -> bool:
    """Whether nothing speaks against it: an article that has both and keeps them apart, an initial, the type, the user."""
    name = short.first.name
    if not short.articles.isdisjoint(full.articles) or (name.initial and name.initial != given_initial(full.first.name)):
        return False
    if full.given and gazetteer.excludes(full.given, (one.appearance.actor.name for one in short.members)):
        return False
    types = {short.first.actor.type, full.first.actor.type}
    return len(types) == 1 or "organization" in types


def _answers(group: Group) -> dict[str, set[str]]:
    """What the roles of actors say to questions that one person has one answer to."""
    own: dict[str, set[str]] = {}
    for appearance in (one.appearance for one in group.members):
        for question, answer, _ in answers_of(appearance):
            own.setdefault(question, set()).add(answer)
    return own


def _contradicts(stated: Mapping[str, set[str]], full: _Full) -> bool:
    """Whether the roles of the two are those of two people."""
    return any(answers.isdisjoint(full.answers.get(question, answers)) for question, answers in stated.items())


def _shared(own: Sequence[Sign], full: _Full) -> Sign | None:
    """The strongest sign that both have. A role whose it is not said counts where they also stand beside somebody."""
    shared = [sign for sign in own if sign in full.signs]
    near = any(sign.open for sign in shared)
    # A bare role ("goalkeeper") shared by a surname and a full name is not enough by itself.
    roles = [sign for sign in shared if not sign.open and (sign.strong or near)]
    together = [sign for sign in shared if sign.rank == TOGETHER]
    return next(iter((*roles, *together)), None)
