"""Entries that contradict one another: all of them wait, for none of them is more right than the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from onrecord.corrections.entries import (
    AddActor,
    AddClaim,
    AddQuote,
    Anchor,
    ConfirmActor,
    ConfirmClaim,
    ConfirmQuote,
    DeleteClaim,
    DeleteQuote,
    FixKind,
    FixSpeaker,
    GiveVerdict,
    Merge,
    Rename,
    Retype,
    Same,
    Split,
    Visibility,
)
from onrecord.corrections.located import Located, actor_at, claims_at, quotes_at, undecided_at
from onrecord.model import Report

Key = TypeVar("Key", bound=Hashable)
Statement = tuple[tuple[Hashable, ...], Hashable]
"""What something is to be, and what an entry says that it is."""


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


def structure_stated(report: Report, located: Located) -> Iterator[Statement]:
    """What an entry says of whom single words mention."""
    entry = located.entry
    if isinstance(entry, AddActor):
        yield (("mentions", located.own_span), (entry.name, entry.type))
    elif isinstance(entry, Split):
        there = actor_at(report, located.span(entry.to)) if entry.to else None
        for span in (located.own_span, *(located.span(one) for one in entry.mentions)):
            yield (("mentions", span), there.id if there else entry.id)
    elif isinstance(entry, Merge | Same):
        ends = (located.own_span, located.span(entry.others[0]))
        known = [actor.id for span in ends if (actor := actor_at(report, span))]
        for span in ends:
            if undecided_at(report, span) and known:
                yield (("mentions", span), known[0])


def stated(report: Report, located: Located) -> Iterator[Statement]:
    """What an entry says of an actor, a quote or a claim, once it is settled who is who."""
    entry = located.entry
    if isinstance(entry, Rename | Retype | Visibility | ConfirmActor):
        yield from _of_actor(report, located)
    elif isinstance(entry, FixSpeaker | FixKind | AddQuote | DeleteQuote | ConfirmQuote):
        quote = ("quote", located.spans)
        yield ((*quote, "is one"), not isinstance(entry, DeleteQuote))
        if isinstance(entry, FixSpeaker | AddQuote):
            yield ((*quote, "speaker"), _speaker(report, located, entry.speaker))
        if isinstance(entry, FixKind | AddQuote):
            yield ((*quote, "kind"), entry.kind)
        if isinstance(entry, ConfirmQuote):
            for one in quotes_at(report, located.spans):
                yield ((*quote, "speaker"), one.speaker.actor)
                yield ((*quote, "kind"), one.kind)
    elif isinstance(entry, AddClaim | DeleteClaim | ConfirmClaim | GiveVerdict):
        claim = ("claim", located.spans)
        yield ((*claim, "is one"), not isinstance(entry, DeleteClaim))
        if isinstance(entry, AddClaim):
            yield ((*claim, "form"), (entry.kind, entry.polarity, entry.modality))
        if isinstance(entry, ConfirmClaim):
            for found in claims_at(report, located.spans):
                yield ((*claim, "form"), (found.kind, found.polarity, found.modality))
        if isinstance(entry, GiveVerdict):
            yield ((*claim, "verdict"), (entry.verdict, entry.by, entry.date, entry.sources, entry.summary))


def _of_actor(report: Report, located: Located) -> Iterator[Statement]:
    entry, actor = located.entry, actor_at(report, located.own_span)
    if actor is None:
        return
    if isinstance(entry, Rename):
        yield (("actor", actor.id, "name"), entry.name)
    if isinstance(entry, Retype):
        yield (("actor", actor.id, "type"), entry.type)
    if isinstance(entry, Visibility):
        yield (("actor", actor.id, "page"), entry.page)
    if isinstance(entry, ConfirmActor):
        yield (("actor", actor.id, "name"), actor.name)
        yield (("actor", actor.id, "type"), actor.type)


def _speaker(report: Report, located: Located, named: Anchor | str) -> str | None:
    actor = None if isinstance(named, str) else actor_at(report, located.span(named))
    return actor.id if actor else None


# --- who is one ---------------------------------------------------------------------------------------------------------


def join(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, frozenset[Key]]:
    """Everything that hangs together by pairs, by each of its members.

    >>> sorted(join([("a", "b"), ("b", "c")])["a"])
    ['a', 'b', 'c']
    """
    groups: dict[Key, frozenset[Key]] = {}
    for one, other in pairs:
        whole = groups.get(one, frozenset({one})) | groups.get(other, frozenset({other}))
        groups.update(dict.fromkeys(whole, whole))
    return groups


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
