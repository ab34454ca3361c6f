"""Whether what a report from elsewhere found hangs together: each id is one item's, each reference leads to one, and none in a circle."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import chain

from onrecord.file_names import LONGEST_ID
from onrecord.model import AUTHOR, Claim, Findings, IdKind, Report
from onrecord.traversal import references

_LONGEST = 200
"""Characters that a message repeats of an id."""
_ID = re.compile(rf"\w[\w.~-]{{0,{LONGEST_ID}}}")
"""What an id is made of, so that it can be an address on a page."""


def loose(found: Report | Findings) -> Iterator[str]:
    """Ids that lead to nothing or to several things, claims that are part of themselves or compared with themselves, and findings without
    any words."""
    named = list(references(tuple(getattr(found, one.name) for one in fields(Findings))))
    known: Mapping[IdKind, set[str]] = {
        "actor": {AUTHOR, *(one.id for one in found.actors)},
        "quote": {one.id for one in found.quotes},
        "claim": {one.id for one in found.claims},
    }
    for kind, ids in known.items():
        yield from (f"{_shown(id)} is the id of nothing in it" for of, id in named if of == kind and id not in ids)
    yield from _misnamed(found)
    yield from (f"{_shown(id)} is the id of more than one thing" for id in _shared(found))
    yield from (f"{_shown(one.id)} compares a claim with itself" for one in found.comparisons if one.first == one.second)
    yield from (f"{_shown(id)} is part of itself" for id in _circular(found.claims))
    wordless = chain((one.id for one in found.quotes if not one.content), (one.id for one in found.claims if not one.spans))
    yield from (f"{_shown(id)} has no words" for id in wordless)


def _shown(id: str) -> str:
    return repr(id[:_LONGEST])


def _misnamed(found: Report | Findings) -> Iterator[str]:
    """Ids that cannot be an address, and the narrator's where another has it, or the narrator another."""
    named = (found.actors, found.quotes, found.claims, found.relations, found.comparisons)
    yield from (f"{_shown(one.id)} is no id" for group in named for one in group if not _ID.fullmatch(one.id))
    yield from (
        f"{_shown(one.id)} is the narrator, or has its id" for one in found.actors if (one.id == AUTHOR) != (one.type == "narrator")
    )


def _shared(found: Report | Findings) -> Iterator[str]:
    """Ids of more than one actor, or of more than one item that an article's page has an address for."""
    items = [one.id for group in (found.quotes, found.claims, found.relations, found.comparisons) for one in group]
    for ids in ([one.id for one in found.actors], items):
        yield from (id for id, count in Counter(ids).items() if count > 1)


def _circular(claims: tuple[Claim, ...]) -> Iterator[str]:
    """A claim of each circle of claims that are part of one another."""
    parents = {one.id: one.parent for one in claims}
    done: set[str | None] = {None}
    for id in parents:
        path: set[str] = set()
        step: str | None = id
        while step is not None and step not in done and step not in path:
            path.add(step)
            step = parents.get(step)
        if step in path:
            yield str(step)
        done |= path
