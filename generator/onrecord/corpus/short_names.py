"""Joins what one article only calls by a surname or an acronym to the actor whom another names in full: only where more than the
name says so, and only where no other fits as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.corpus.evidence import BESIDE, TOGETHER, Sign, Witness, sides, signs_of
from onrecord.corpus.joining import Group
from onrecord.corpus.names import given_initial, initials, is_acronym, surname_of
from onrecord.gazetteer import Gazetteer
from onrecord.names import name_words


@dataclass(frozen=True, slots=True)
class Short:
    """What became of a short name."""

    group: Group
    candidates: tuple[int, ...]
    """The full names that it may stand for, by their places among the groups."""
    joined: int | None = None
    """The place of the one that it does stand for."""
    sign: Sign | None = None
    like: Witness | None = None


def find_full_names(shorts: Sequence[Group], fulls: Sequence[Group], gazetteer: Gazetteer) -> tuple[Short, ...]:
    """For each short name, which full names it may stand for and which it does.

    Decided of each by itself, so that no order matters; but two short names that an article keeps apart are not joined to one.
    """
    index = _Index.of(fulls, {_short_key(one) for one in shorts})
    found = [_decide(one, index, fulls, gazetteer) for one in shorts]
    claims = Counter((one.joined, article) for one in found if one.joined is not None for article in one.group.articles)
    return tuple(
        Short(one.group, one.candidates)
        if one.joined is not None and any(claims[one.joined, article] > 1 for article in one.group.articles)
        else one
        for one in found
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """Full names by the short ones that may stand for them."""

    names: Mapping[tuple[str, str], tuple[int, ...]]
    signs: Mapping[tuple[int, Sign], Witness]
    """The first actor of a full name that has a sign."""
    answers: Mapping[tuple[int, str], frozenset[str]]
    """What the roles of a full name say to a question that one person has one answer to."""

    @classmethod
    def of(cls, fulls: Sequence[Group], wanted: set[tuple[str, str]]) -> _Index:
        names: dict[tuple[str, str], dict[int, None]] = {}
        signs: dict[tuple[int, Sign], Witness] = {}
        answers: dict[tuple[int, str], frozenset[str]] = {}
        for place, full in enumerate(fulls):
            keys = {key for one in full.seen for key in _shortened(one.witness)} & wanted
            for key in keys:
                names.setdefault(key, {})[place] = None
            for witness in (one.witness for one in full.seen) if keys else ():
                for sign in signs_of(witness):
                    signs.setdefault((place, sign), witness)
                for question, answer, _ in sides(witness):
                    answers[place, question] = answers.get((place, question), frozenset()) | {answer}
        return cls({key: tuple(places) for key, places in names.items()}, signs, answers)


def _short_key(short: Group) -> tuple[str, str]:
    return short.first.name.bucket


def _shortened(witness: Witness) -> Iterator[tuple[str, str]]:
    """The short names that may stand for an actor: a person's surname; the initials of a body's name, and acronyms that its article has."""
    if witness.name.sort == "person":
        yield ("person", surname_of(witness.name))
    elif witness.name.sort == "body" and not is_acronym(witness.actor.name):
        stated = ("".join(name_words(alias.name)) for alias in witness.actor.aliases if is_acronym(alias.name))
        for acronym in {*stated, *(initials(witness.actor.name) if " " in witness.name.key else ())}:
            yield ("body", acronym)


def _decide(short: Group, index: _Index, fulls: Sequence[Group], gazetteer: Gazetteer) -> Short:
    possible = index.names.get(_short_key(short), ())
    candidates = tuple(place for place in possible if _may_be(short, fulls[place], gazetteer) and not _contradicts(short, place, index))
    signs = {place: sign for place in candidates if (sign := _shared(short, place, index)) is not None}
    by_role = [place for place, sign in signs.items() if sign.rank < BESIDE]
    place = _the_one(by_role or list(signs), fulls)
    return Short(short, candidates) if place is None else Short(short, candidates, place, signs[place], index.signs[place, signs[place]])


_OUTWEIGHS = 10


def _the_one(places: Sequence[int], fulls: Sequence[Group]) -> int | None:
    """The only one of several that fit, or the one whom at least ten times as many articles name as any other."""
    if not places:
        return None
    most, *others = sorted(places, key=lambda place: -len(fulls[place].articles))
    return most if all(len(fulls[most].articles) >= _OUTWEIGHS * len(fulls[other].articles) for other in others) else None


def _may_be(short: Group, full: Group, gazetteer: Gazetteer) -> bool:
    """Whether nothing speaks against it: an article that has both and keeps them apart, an initial, the type, the user."""
    name = short.first.name
    if not short.articles.isdisjoint(full.articles) or (name.initial and name.initial != given_initial(full.first.name)):
        return False
    if full.given and gazetteer.excludes(full.given, (one.witness.actor.name for one in short.seen)):
        return False
    types = {short.first.actor.type, full.first.actor.type}
    return len(types) == 1 or "organization" in types


def _contradicts(short: Group, place: int, index: _Index) -> bool:
    """Whether the roles of the two are those of two people."""
    own: dict[str, set[str]] = {}
    for witness in (one.witness for one in short.seen):
        for question, answer, _ in sides(witness):
            own.setdefault(question, set()).add(answer)
    return any(answers.isdisjoint(index.answers.get((place, question), answers)) for question, answers in own.items())


def _shared(short: Group, place: int, index: _Index) -> Sign | None:
    """The strongest sign that both have. A role whose it is not said counts where they also stand beside somebody."""
    shared = sorted({sign for one in short.seen for sign in signs_of(one.witness) if (place, sign) in index.signs})
    near = any(sign.open for sign in shared)
    roles = [sign for sign in shared if not sign.open and (sign.strong or near)]
    together = [sign for sign in shared if sign.rank == TOGETHER]
    return next(iter((*roles, *together)), None)
