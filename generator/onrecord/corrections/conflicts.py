"""Entries that contradict one another: all of them wait, for none of them is more right than the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from onrecord.corrections.correction import Statement
from onrecord.structures.grouping import Groups

Key = TypeVar("Key", bound=Hashable)


def contradictions(stated: Mapping[str, Iterable[Statement]]) -> dict[str, tuple[str, ...]]:
    """For each entry that others contradict (by id) the ids of these, sorted."""
    said: defaultdict[Hashable, defaultdict[Hashable, set[str]]] = defaultdict(lambda: defaultdict(set))
    for id, statements in stated.items():
        for what, value in statements:
            said[what][value].add(id)
    against: defaultdict[str, set[str]] = defaultdict(set)
    for values in said.values():
        for value, ids in values.items():
            for other, others in values.items():
                if other != value:
                    for id in ids:
                        against[id] |= others - {id}
    return {id: tuple(sorted(others)) for id, others in against.items() if others}


# --- who is one ---------------------------------------------------------------------------------------------------------


def join(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, frozenset[Key]]:
    """Everything that hangs together by pairs, by each of its members.

    >>> sorted(join([("a", "b"), ("b", "c")])["a"])
    ['a', 'b', 'c']
    """
    groups = Groups[Key]()
    ends: dict[Key, None] = {}
    for one, other in pairs:
        groups.join(one, other)
        ends |= {one: None, other: None}
    return {one: whole for part in groups.split(ends) for whole in (frozenset(part),) for one in part}


def joined_against(
    same: Mapping[str, tuple[Key, Key]], apart: Mapping[str, tuple[Key, Key]], into: Mapping[str, Key]
) -> dict[str, tuple[str, ...]]:
    """Entries (by id) that join what others keep apart, those others, and those that give one group two names; each with its opponents.

    ``into`` has the end whose name holds, for entries that say so.
    """
    groups = join(same.values())
    against: defaultdict[str, set[str]] = defaultdict(set)

    def oppose(ones: Iterable[str], others: Sequence[str]) -> None:
        for one in ones:
            against[one].update(other for other in others if other != one)

    for id, (one, other) in apart.items():
        group = groups.get(one, frozenset({one}))
        if other in group:
            joining = [entry for entry, ends in same.items() if ends[0] in group]
            oppose([id], joining)
            oppose(joining, [id])
    for group in dict.fromkeys(groups.values()):
        inside = [entry for entry in into if same[entry][0] in group]
        absorbed = {end for entry in inside for end in same[entry] if end != into[entry]}
        if len({into[entry] for entry in inside} - absorbed) > 1 or (inside and not {into[entry] for entry in inside} - absorbed):
            oppose(inside, inside)
    return {id: tuple(sorted(others)) for id, others in against.items() if others}
