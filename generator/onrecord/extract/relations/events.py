"""Which PLOVER class a verb states with its object, as ``data/events.txt`` has it; that table is made from PETRARCH's dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from onrecord.extract.relations.arguments import MODIFIERS
from onrecord.extract.tokens import Token, compound_lemma, lemma_of
from onrecord.model import RelationClass

CLASSES: dict[str, RelationClass] = {name: name for name in get_args(RelationClass)}


@dataclass(frozen=True, slots=True)
class Events:
    """The classes that verbs state."""

    bare: dict[str, RelationClass]
    """By the verb alone, whatever actor is its object; verbs whose class depends on the block that they are read in are left out."""
    objects: dict[str, dict[str, RelationClass]]
    """By the verb and the lemmas of its object, joined by "_"."""


@cache
def known_events() -> Events:
    """The table, read once per process."""
    bare: dict[str, set[RelationClass]] = {}
    objects: dict[str, dict[str, set[RelationClass]]] = {}
    text = files("onrecord.extract").joinpath("data/events.txt").read_text(encoding="utf-8")
    for verbs, class_, words in _rows(text):
        for verb in verbs:
            if not words:
                bare.setdefault(verb, set()).add(class_)
            for word in words:
                objects.setdefault(verb, {}).setdefault(word, set()).add(class_)
    return Events(
        {verb: next(iter(classes)) for verb, classes in bare.items() if len(classes) == 1},
        {verb: {word: next(iter(classes)) for word, classes in row.items() if len(classes) == 1} for verb, row in objects.items()},
    )


def _rows(text: str) -> Iterator[tuple[list[str], RelationClass, list[str]]]:
    """Verbs, a class, and the objects with which they state it, none where they state it alone."""
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        verbs, *classes = line.split(" | ")
        for part in classes:
            name, _, words = part.partition(": ")
            yield verbs.split(", "), CLASSES[name], words.split()


def event_class(known: Mapping[str, RelationClass], noun: Token) -> RelationClass | None:
    """What a verb states with a noun as its object, by the verb's row of the table, the longest known phrase first; None where the table
    does not say."""
    return next((known[phrase] for phrase in _phrases(noun) if phrase in known), None)


def _phrases(noun: Token) -> Iterator[str]:
    """The noun with each word before it, then alone, then those words: "humanitarian_aid", "aid", "food" of "food program"."""
    lemma = compound_lemma(noun)
    yield from (f"{lemma_of(child)}_{lemma}" for child in noun.lefts if child.dep_ in MODIFIERS)
    yield lemma
    yield from (lemma_of(child) for child in noun.lefts if child.dep_ == "compound" and child.pos_ == "NOUN")
