"""What an actor's name is worth outside its article: whether it tells the actor from others, and by which key it is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.corpus.lexicon import words
from onrecord.model import Actor, ActorType
from onrecord.names import name_words

Strength = Literal["distinct", "shared", "short", "none"]
"""``distinct``: the name of one body or state. ``shared``: a name that others may have too: a person's full name, a body's name of
generic words. ``short``: a surname or an acronym, which stands for a fuller name. ``none``: a description, or no name at all."""

_WITHOUT_NAME: tuple[ActorType, ...] = ("described_group", "narrator", "place")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,6}")
_SHORTEST_TELLING_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an actor of one article, as it is compared with those of other articles."""

    strength: Strength
    sort: str = ""
    """``person``, ``body`` or ``state``: actors of different sorts are never one."""
    key: str = ""
    """What two names must share to be one name; for a short name, what the fuller one must have."""
    middle: tuple[str, ...] = ()
    """A person's middle names or initials."""
    initial: str = ""
    """Of a short name of a person, the initial of the given name, where it has one: "I. Brandt"."""

    @property
    def bucket(self) -> tuple[str, str]:
        return (self.sort, self.key)


@dataclass(frozen=True, slots=True)
class _PersonName:
    given: str
    middle: tuple[str, ...]
    surname: str
    generation: str


def name_of(actor: Actor) -> Name:
    """The actor's name as other articles may have it.

    >>> name_of(Actor("b", "Mr. Robert J. van der Berg Jr.", "person", ())).key
    'robert van der berg jr'
    """
    if actor.type in _WITHOUT_NAME:
        return Name("none")
    if actor.type == "person" and actor.mentions and all(mention.kind in ("nominal", "pronoun") for mention in actor.mentions):
        return Name("none")
    if actor.type == "person":
        return _of_person(actor.name)
    if actor.type == "state":
        key = " ".join(name_words(actor.name))
        return Name("distinct", "state", key) if key and key not in words("ambiguous_state") else Name("none")
    return _of_body(actor.name, actor.type)


def surname_of(name: Name) -> str:
    """What a short name of this person would be; empty for a short name."""
    parts = name.key.split()
    if parts and parts[-1] in words("generation"):
        parts = parts[:-1]
    return " ".join(parts[1:]) if name.sort == "person" and name.strength == "shared" else ""


def given_initial(name: Name) -> str:
    """The first letter of a person's full name."""
    return name.key[:1]


def initials(name: str) -> frozenset[str]:
    """The acronyms that a body's name may have: with its small words, and without them.

    >>> sorted(initials("Department of Homeland Security"))
    ['dhs', 'dohs']
    """
    parts = [part for word in name_words(name) for part in word.split("-") if part]
    small = {"of", "for", "the", "and", "on", "in", "at", "to", "de"}
    found = ("".join(part[0] for part in parts), "".join(part[0] for part in parts if part not in small))
    return frozenset(one for one in found if len(one) > 1)


def is_acronym(name: str) -> bool:
    """Whether a name is nothing but capitals that may be initials: "HA", "U.N."."""
    return bool(_ACRONYM.fullmatch(name)) and sum(map(str.isupper, name)) > 1 and not any(map(str.islower, name.replace("s", "")))


def middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two people of one name may be the same by their middle names: none, equal, or an initial of the other's.

    >>> middles_agree(("j",), ("james",)), middles_agree((), ("j",)), middles_agree(("h", "w"), ("w",))
    (True, True, False)
    """
    return all(a == b or a == b[:1] or b == a[:1] for a, b in zip(one, other, strict=False))


_MOST_MIDDLES = 8
"""So many middle names tell people apart; what reports call a name may have thousands of words."""


def _of_person(name: str) -> Name:
    person = _person_name(name)
    if person is None:
        return Name("none")
    tail = " ".join(filter(None, (person.surname, person.generation)))
    if len(person.given) < 2:
        return Name("short", "person", person.surname, initial=person.given)
    return Name("shared", "person", f"{person.given} {tail}", person.middle[:_MOST_MIDDLES])


def _person_name(name: str) -> _PersonName | None:
    parts = [word for word in name_words(name) if word not in words("honorific") | words("honour")]
    generation = parts.pop() if len(parts) > 1 and parts[-1] in words("generation") else ""
    if not parts:
        return None
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in words("particle"):
        start -= 1
    if start == 1 and parts[0] in words("particle") and name[:1].islower():
        start = 0  # "van Gogh" is a surname
    surname = " ".join(parts[start:])
    return _PersonName(parts[0] if start else "", tuple(parts[1:start]), surname, generation)


def _of_body(name: str, kind: ActorType) -> Name:
    parts = list(name_words(name))
    while len(parts) > 1 and parts[-1] in words("legal_form"):
        parts.pop()
    if not parts or not any(map(str.isupper, name)) or len(parts[0]) == len(parts) == 1:
        return Name("none")
    if len(parts) == 1 and parts[0] in words("generic") - words("alone"):
        return Name("none")
    if is_acronym(name):
        telling = kind == "media" or len(parts[0]) >= _SHORTEST_TELLING_ACRONYM
        return Name("distinct" if telling else "short", "body", parts[0])
    return Name("shared" if words("generic").issuperset(parts) else "distinct", "body", " ".join(parts))
