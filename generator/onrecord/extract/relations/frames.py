"""The frames behind relations, read from ``data/relations.toml`` (which states their sources)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import RelationClass


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to state a relation: words of one class, and where the second actor stands beside them."""

    class_: RelationClass
    target: tuple[str, ...]
    """``object``; ``infinitive``, the object of what one threatens to do; or prepositions."""
    symmetric: bool
    armed: bool
    """Whether it takes a party that may bear arms."""
    bodies: bool
    """Whether the second actor may be no person."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames by the lemma of their verb, noun or adjective, in the file's order, and the nouns that stand in for an actor."""

    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str, tuple[Frame, ...]]
    adjectives: dict[str, tuple[Frame, ...]]
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
    found: dict[str, dict[str, tuple[Frame, ...]]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for row in table["frame"]:
        frame = Frame(row["class"], tuple(row["target"]), row.get("symmetric", False), row.get("armed", False), row.get("bodies", False))
        for kind, by_lemma in found.items():
            by_lemma.update((lemma, (*by_lemma.get(lemma, ()), frame)) for lemma in row.get(kind, ()))
    return Frames(
        verbs=found["verbs"],
        nouns=found["nouns"],
        adjectives=found["adjectives"],
        member=frozenset(table["member"]["nouns"]),
        possession=frozenset(table["possession"]["nouns"]),
        support_verbs=frozenset(table["support"]["verbs"]),
        support_nouns=frozenset(table["support"]["nouns"]),
    )
