"""The frames behind relations, read from ``data/relations.toml`` (which states their sources)."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import RelationClass


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to state a relation: words of one class, and where the second actor stands beside them."""

    class_: RelationClass
    target: tuple[str, ...]
    """``object``, or prepositions."""
    symmetric: bool
    armed: bool
    """Whether it takes a party that may bear arms."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames by the lemma of their verb or noun, in the file's order, and the nouns that stand in for an actor."""

    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str, tuple[Frame, ...]]
    member: frozenset[str]
    """Nouns for people who stand for the party that they belong to."""
    possession: frozenset[str]
    """Nouns for what may be struck or watched in its owner's stead."""
    support_verbs: frozenset[str]
    support_nouns: frozenset[str]


@cache
def relation_frames() -> Frames:
    """The frames, read once per process."""
    table = tomllib.loads(files("onrecord.extract").joinpath("data/relations.toml").read_text(encoding="utf-8"))
    verbs: dict[str, list[Frame]] = defaultdict(list)
    nouns: dict[str, list[Frame]] = defaultdict(list)
    for row in table["frame"]:
        frame = Frame(row["class"], tuple(row["target"]), row.get("symmetric", False), row.get("armed", False))
        for lemma in row.get("verbs", ()):
            verbs[lemma].append(frame)
        for lemma in row.get("nouns", ()):
            nouns[lemma].append(frame)
    return Frames(
        {lemma: tuple(frames) for lemma, frames in verbs.items()},
        {lemma: tuple(frames) for lemma, frames in nouns.items()},
        frozenset(table["member"]["nouns"]),
        frozenset(table["possession"]["nouns"]),
        frozenset(table["support"]["verbs"]),
        frozenset(table["support"]["nouns"]),
    )
