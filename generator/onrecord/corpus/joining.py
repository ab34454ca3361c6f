"""Joins actors of different articles: those of one name, of whom these say more in common than the name; then what one article only calls
by a surname or an acronym to the actor whom another names in full. The latter only where more than the name says so, and only where no
other fits as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import compress, islice, pairwise

from onrecord.corpus.identity import (
    ALONG,
    BESIDE,
    GIVEN,
    TOGETHER,
    Appearance,
    Sign,
    answers_of,
    given_initial,
    initials,
    is_acronym,
    signs_of,
    surname_of,
)
from onrecord.gazetteer import Gazetteer
from onrecord.memory import NO_MEMORY, Memory
from onrecord.model.grouping import Groups
from onrecord.text.names import name_words

Middle = tuple[str, ...]


@dataclass(slots=True)
class MiddleNames:
    """An index of middle names, a tree with one word at each step; which of them agree, :func:`onrecord.corpus.identity.middles_agree`
    says."""

    _name: Middle | None = None
    _by_initial: dict[str, dict[str, MiddleNames]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[Middle]) -> MiddleNames:
        tree = cls()
        for name in names:
            at = tree
            for word in name:
                at = at._by_initial.setdefault(word[:1], {}).setdefault(word, cls())
            at._name = name
        return tree

    def agreeing(self, name: Middle) -> Iterator[Middle]:
        """Those that may be one person's with this: none, equal, or an initial of the other's, word by word."""
        if self._name is not None:
            yield self._name
        for below in self._below(name[0] if name else None):
            yield from below.agreeing(name[1:])

    def _below(self, word: str | None) -> Iterator[MiddleNames]:
        if word is None:
            yield from (one for several in self._by_initial.values() for one in several.values())
            return
        alike = self._by_initial.get(word[:1], {})
        if len(word) == 1:
            yield from alike.values()
        else:
            yield from (alike[one] for one in (word, word[:1]) if one in alike)


@dataclass(frozen=True, slots=True)
class GroupMember:
    """An actor of one article in a group, and the sign that it shares with another of the group."""

    appearance: Appearance
    sign: Sign | None = None
    """None where the name alone decides, or where the group has no other member."""
    partner: Appearance | None = None
    """That other member."""


@dataclass(frozen=True, slots=True)
class Group:
    """Actors of several articles that are one; or of one article."""

    members: tuple[GroupMember, ...]
    """By date and article."""

    @property
    def first(self) -> Appearance:
        return self.members[0].appearance

    @property
    def given(self) -> str:
        """The name of the entry of ``actors.yml`` that it is; empty for none."""
        return next((one.appearance.actor.given for one in self.members if one.appearance.actor.given), "")

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(one.appearance.article for one in self.members)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Evidence that actors of one name are several: articles answer a question differently that has one answer for each actor, such as the
    place where somebody is mayor."""

    question: str
    answers: tuple[str, ...]
    """The words of the articles, one answer for each side."""
    sides: tuple[tuple[Appearance, ...], ...]
    silent: tuple[Appearance, ...]
    """Those whose articles do not answer it."""


def join_namesakes(pool: Iterable[Appearance], gazetteer: Gazetteer) -> tuple[Group, ...]:
    """The groups among actors of one name, in order."""
    groups: list[Group] = []
    for part in _split_by_entry(sorted(pool, key=lambda one: one.order), gazetteer):
        groups += _by_name(part) if _name_decides(part[0]) else _with_best_known(_by_signs(part))
    return tuple(sorted(groups, key=lambda group: group.first.order))


def contradiction(group: Sequence[Appearance]) -> Contradiction | None:
    """What in the articles speaks against one actor; none where one article gives somebody both answers."""
    answers: dict[str, dict[str, str]] = {}
    groups: dict[str, Groups[Hashable]] = {}
    for appearance in group:
        for question, answer, words in answers_of(appearance):
            answers.setdefault(question, {}).setdefault(answer, words)
            groups.setdefault(question, Groups()).join((appearance.article, appearance.actor.id), answer)
    for question, stated in answers.items():
        # Answers that one article gives of one actor belong together: somebody may be mayor of one town after another.
        said: dict[Hashable, str] = {}
        for answer in stated:
            said.setdefault(groups[question].root(answer), stated[answer])
        if len(said) > 1:
            parts: dict[Hashable, list[Appearance]] = {root: [] for root in said}
            silent: list[Appearance] = []
            for appearance in group:
                parts.get(groups[question].root((appearance.article, appearance.actor.id)), silent).append(appearance)
            return Contradiction(question, tuple(said.values()), tuple(map(tuple, parts.values())), tuple(silent))
    return None


# --- what is never joined ---------------------------------------------------------------------------------------------


def _split_by_entry(pool: Sequence[Appearance], gazetteer: Gazetteer) -> Iterator[list[Appearance]]:
    """The actors of one name in parts that are never joined: by entry of the user's file, by middle name, by type."""
    entries = sorted({one.actor.given for one in pool} - {""})
    if len(entries) > 1:
        for entry in entries:
            yield [one for one in pool if one.actor.given == entry]
        pool = [one for one in pool if not one.actor.given]
    elif entries:
        # The one entry of the name takes all of that name, but for those whom the user says it is not.
        refused = [not one.actor.given and gazetteer.excludes(entries[0], _names(one)) for one in pool]
        yield from _split_by_name(list(compress(pool, refused)))
        pool = [one for one, out in zip(pool, refused, strict=True) if not out]
    yield from _split_by_name(pool)


def _names(appearance: Appearance) -> tuple[str, ...]:
    return (appearance.actor.name, *(alias.name for alias in appearance.actor.aliases))


def _split_by_name(pool: Sequence[Appearance]) -> Iterator[list[Appearance]]:
    """People in parts by middle name, others by type."""
    if not pool:
        return
    key = _middle_parts(pool) if pool[0].name.sort == "person" else _type_parts(pool)
    parts: dict[Hashable, list[Appearance]] = {}
    for appearance in pool:
        parts.setdefault(key(appearance), []).append(appearance)
    yield from parts.values()


def _middle_parts(pool: Sequence[Appearance]) -> Callable[[Appearance], Hashable]:
    """By middle name; an initial goes with the one middle name that it may stand for, and with none where there are two."""
    middles = sorted({one.name.middle for one in pool})
    every = MiddleNames.of(middles)
    fullest = MiddleNames.of(one for one in middles if not any(_is_longer(other, one) for other in every.agreeing(one)))

    def part(appearance: Appearance) -> Hashable:
        fits = list(islice(fullest.agreeing(appearance.name.middle), 2))
        return fits[0] if len(fits) == 1 else ("undecided", appearance.name.middle)

    return part


def _is_longer(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the first of two middle names that agree gives more letters: "James" of "J."."""
    return sum(map(len, one)) > sum(map(len, other))


def _type_parts(pool: Sequence[Appearance]) -> Callable[[Appearance], Hashable]:
    """By type, where they have two that say more than "organization", which is also what a body is when nothing says more. Those of an
    entry stay together."""
    types = {one.actor.type for one in pool}
    clash = len(types - {"organization"}) > 1
    return lambda appearance: appearance.actor.type if clash and not appearance.actor.given else ""


# --- what is joined ---------------------------------------------------------------------------------------------------


def _name_decides(appearance: Appearance) -> bool:
    return appearance.name.strength == "distinct"


def _by_name(pool: Sequence[Appearance]) -> list[Group]:
    """All of them one, except where an article has two of the name."""
    doubled = _doubled(pool)
    one = [GroupMember(appearance) for appearance in pool if appearance.article not in doubled]
    return [
        *([_with_partners(one)] if one else []),
        *(Group((GroupMember(appearance),)) for appearance in pool if appearance.article in doubled),
    ]


def _with_partners(members: Sequence[GroupMember]) -> Group:
    """A group joined by name, each with another in which it stands too."""
    first, second = members[0].appearance, members[1].appearance if len(members) > 1 else None
    return Group(tuple(GroupMember(one.appearance, partner=second if one.appearance is first else first) for one in members))


_OUTWEIGHS = 9
"""If this many times as many articles say one thing as say another, the fewer are taken out and the rest stays together."""
_COUNTRY_OUTWEIGHS = 2
"""The same of the country that an article is about, which says less: news of one country also tells what another's does."""
_MANY_ARTICLES = 10
"""A person whom this many articles name is the one that the news means by the name, unless another of that name has a tenth as many."""


def _by_signs(pool: Sequence[Appearance]) -> list[Group]:
    """Those joined that share a sign, by whatever chain, as far as nothing speaks against it."""
    if len(pool) == 1:
        return [Group((GroupMember(pool[0]),))]
    groups: list[Group] = []
    for linked in _linked(pool):
        apart = contradiction(linked)
        if apart is None:
            groups += _without_doubled(linked)
            continue
        most, *fewer = sorted(apart.sides, key=lambda side: (-len(side), side[0].order))
        outweighs = len(most) >= (_COUNTRY_OUTWEIGHS if apart.question == "country" else _OUTWEIGHS) * sum(map(len, fewer))
        kept = sorted([*most, *apart.silent], key=lambda one: one.order) if outweighs else most
        for side in (kept, *fewer):
            groups += _by_signs(side)
        if not outweighs:
            # Two sides of like weight: nobody knows on which side those stand who say nothing.
            groups += (Group((GroupMember(one),)) for one in apart.silent)
    return groups


def _with_best_known(groups: list[Group]) -> list[Group]:
    """The groups, with some in the one that many articles are of: an actor whom one article names and does not introduce, and those who
    only have another middle name, or none; where both articles name somebody else too."""
    most = max(groups, key=lambda group: len(group.members))
    middle = most.first.name.middle
    others = [len(group.members) for group in groups if group is not most and group.first.name.middle == middle and len(group.members) > 1]
    if len(most.members) < _MANY_ARTICLES or any(_MANY_ARTICLES * other > len(most.members) for other in others):
        return groups
    known: dict[str, Appearance] = {}
    for one in most.members:
        for other in one.appearance.others:
            known.setdefault(other, one.appearance)
    joined, apart = list(most.members), []
    for group in groups:
        fits = (len(group.members) == 1 and not group.first.introduced) or group.first.name.middle != middle
        links = [(one.appearance, other) for one in group.members for other in one.appearance.others if other in known]
        if group is most or not fits or not links or not group.articles.isdisjoint(most.articles):
            apart.append(group)
        else:
            linked, other = links[0]
            bridge = GroupMember(linked, Sign(ALONG, (other,)), known[other])
            joined += (bridge if one.appearance is linked else one for one in group.members)
    main = Group(tuple(sorted(joined, key=lambda one: one.appearance.order)))
    return [main if group is most else group for group in apart]


def _linked(pool: Sequence[Appearance]) -> list[list[Appearance]]:
    """The sets of those who share signs, each in the pool's order."""
    linked: Groups[int] = Groups()
    for sharing in _places_by_sign(pool).values():
        for one, other in pairwise(sharing):
            linked.join(one, other)
    return [[pool[place] for place in places] for places in linked.split(range(len(pool)))]


_Shared = tuple[Sign, tuple[str, ...]]


def _shared_by(appearance: Appearance) -> Iterator[_Shared]:
    """The actor's signs as others must have them: one that is not strong asks for the same middle name too, or none in both, since
    who writes "George W. Bush" has another George Bush in mind."""
    return ((sign, () if sign.strong else appearance.name.middle) for sign in signs_of(appearance))


def _places_by_sign(pool: Sequence[Appearance]) -> dict[_Shared, list[int]]:
    """Who shares each sign, by places in the pool; an open sign only where one of them is not introduced."""
    having: dict[_Shared, list[int]] = {}
    for i, appearance in enumerate(pool):
        for shared in _shared_by(appearance):
            having.setdefault(shared, []).append(i)
    return {
        shared: places
        for shared, places in having.items()
        if len(places) > 1 and not (shared[0].open and all(pool[place].introduced for place in places))
    }


def _doubled(pool: Sequence[Appearance]) -> set[str]:
    """The articles that have more than one of these actors, and so keep them apart."""
    return {article for article, count in Counter(one.article for one in pool).items() if count > 1}


def _without_doubled(linked: Sequence[Appearance]) -> list[Group]:
    """The set as a group; but two actors of one article, whom that article keeps apart, are taken out and stand alone, unless one
    of them, and no other, shares a strong sign with the rest."""
    doubled = _doubled(linked)
    if not doubled:
        return [_with_signs(linked)]
    rest = [one for one in linked if one.article not in doubled]
    out = [one for one in linked if one.article in doubled]
    known = {sign for one in rest for sign in signs_of(one) if sign.strong}
    back = [one for one in out if known and _alone_has_strong_sign(one, known, [other for other in out if other.article == one.article])]
    kept = sorted([*rest, *back], key=lambda one: one.order)
    return [*map(_with_signs, _linked(kept)), *(Group((GroupMember(one),)) for one in out if one not in back)]


def _alone_has_strong_sign(appearance: Appearance, known: Set[Sign], rivals: Sequence[Appearance]) -> bool:
    return [one for one in rivals if not known.isdisjoint(signs_of(one))] == [appearance]


def _with_signs(members: Sequence[Appearance]) -> Group:
    """The group with the strongest sign that each of its members shares with another."""
    sharing = _places_by_sign(members) if len(members) > 1 else {}

    def seen(i: int, appearance: Appearance) -> GroupMember:
        for shared in sorted(one for one in _shared_by(appearance) if one in sharing):
            sign = shared[0]
            partners = (j for j in sharing[shared] if j != i and not (sign.open and appearance.introduced and members[j].introduced))
            if (partner := next(partners, None)) is not None:
                return GroupMember(appearance, sign, None if sign.rank == GIVEN else members[partner])
        return GroupMember(appearance)

    return Group(tuple(seen(i, appearance) for i, appearance in enumerate(members)))


# --- short names ------------------------------------------------------------------------------------------------------


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


_LIKELIER_BY = 10
"""How many times as many articles must name one candidate as any other, if a surname is to mean that one."""


def _best_known(places: Sequence[int], possible: Sequence[_Full]) -> int | None:
    """The only candidate, or the one whom at least ten times as many articles name as any other; none where several are equally known."""
    if not places:
        return None
    most, *others = sorted(places, key=lambda place: -len(possible[place].group.articles))
    named = len(possible[most].group.articles)
    return most if all(named >= _LIKELIER_BY * len(possible[other].group.articles) for other in others) else None


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
