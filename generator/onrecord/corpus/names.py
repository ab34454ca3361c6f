"""The name of an actor as it is compared across articles: how far it identifies the actor, the key that it is found by; and ids for
pages."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from onrecord.model import AUTHOR, Actor, ActorType
from onrecord.text.addresses import same_name, slugify
from onrecord.text.names import name_words


@cache
def name_words_list(name: str) -> frozenset[str]:
    """A list by its name. Raises :class:`KeyError` for one that is not there."""
    return frozenset(_lists()[name].split())


@cache
def walks_of_life() -> Mapping[str, str]:
    """The walk of life of each occupation that has one of its own: sport for "goalkeeper"."""
    return {noun: walk for walk, nouns in _lists()["walk"].items() for noun in nouns.split()}


def in_full(noun: str) -> str:
    """A title without abbreviation: "governor" for "gov", any other as it is."""
    return str(_lists()["short"].get(noun, noun))


@cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads(files("onrecord.corpus").joinpath("data", "words.toml").read_text(encoding="utf-8"))


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
    """The part of the name that two names must have in common to be one; of a short name, what the full one must have."""
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
    # "The mayor" without a name is another person in every article.
    if actor.type == "person" and actor.mentions and all(mention.kind in ("nominal", "pronoun") for mention in actor.mentions):
        return Name("none")
    if actor.type == "person":
        return _of_person(actor.name)
    if actor.type == "state":
        key = " ".join(name_words(actor.name))
        return Name("distinct", "state", key) if key and key not in name_words_list("ambiguous_state") else Name("none")
    return _of_body(actor.name, actor.type)


def surname_of(name: Name) -> str:
    """What a short name of this person would be; empty for a short name."""
    parts = name.key.split()
    if parts and parts[-1] in name_words_list("generation"):
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
    parts = [word for word in name_words(name) if word not in name_words_list("honorific") | name_words_list("honour")]
    generation = parts.pop() if len(parts) > 1 and parts[-1] in name_words_list("generation") else ""
    if not parts:
        return None
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in name_words_list("particle"):
        start -= 1
    if start == 1 and parts[0] in name_words_list("particle") and name[:1].islower():
        start = 0  # "van Gogh" is a surname
    surname = " ".join(parts[start:])
    return _PersonName(parts[0] if start else "", tuple(parts[1:start]), surname, generation)


def _of_body(name: str, kind: ActorType) -> Name:
    parts = list(name_words(name))
    # "Vexel Co." and "Vexel" are one name.
    while len(parts) > 1 and parts[-1] in name_words_list("legal_form"):
        parts.pop()
    # Without a capital, or of one letter, it is a description or a mistake.
    if not parts or not any(map(str.isupper, name)) or len(parts[0]) == len(parts) == 1:
        return Name("none")
    # "The Board" is another one in every article; "Congress" is not.
    if len(parts) == 1 and parts[0] in name_words_list("generic") - name_words_list("alone"):
        return Name("none")
    if is_acronym(name):
        telling = kind == "media" or len(parts[0]) >= _SHORTEST_TELLING_ACRONYM
        return Name("distinct" if telling else "short", "body", parts[0])
    return Name("shared" if name_words_list("generic").issuperset(parts) else "distinct", "body", " ".join(parts))


# An actor's page stands beside the index of actors, and the narrator's id is never anybody else's.
_RESERVED = ("index", AUTHOR)
_LONGEST = 60
"""Characters of an id's name."""
_LONGEST_IN_BYTES = 180
"""The same in UTF-8, where letters take up to four: file systems take names of 255, with suffixes."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Claimant:
    """An actor that needs an id."""

    name: str
    distinct: bool
    """Whether its name tells it from others; what is only "the protesters" is another in every article."""
    order: tuple[str, str, str]
    """Date, article and id of its first appearance."""
    published: str = ""
    """The id that its page was published with; empty if it was not."""


def assign_ids(claimants: Iterable[Claimant], reserved: Collection[str] = ()) -> tuple[str, ...]:
    """An id for each, unique, in their order: the slug of its name, followed by a digest of its first article where others may have that
    slug.

    Of several with one telling name, the first in print has the bare slug. So an article about others changes no id. A page that was
    published keeps its id, and nobody else gets one that is ``reserved``.
    """
    wanting = list(claimants)
    ids = {i: one.published for i, one in enumerate(wanting) if one.published}
    taken = set(map(same_name, (*_RESERVED, *reserved, *ids.values())))  # slugs have one case; what was published may have another
    # All with a telling name before any other, so that a mark is never in the way of a slug.
    for i in sorted(range(len(wanting)), key=lambda i: (not wanting[i].distinct, wanting[i].order)):
        one = wanting[i]
        if one.published:
            continue
        base = _base(one.name)
        ids[i] = base if one.distinct and base not in taken else _marked(base, one, taken)
        taken.add(ids[i])
    return tuple(ids[i] for i in range(len(wanting)))


@lru_cache(maxsize=20_000)  # after each edit of a served site all are asked for again
def _base(name: str) -> str:
    """The slug of a name, without what is too long."""
    return slugify(name)[:_LONGEST].encode(errors="surrogatepass")[:_LONGEST_IN_BYTES].decode(errors="ignore").rstrip("-")


def _marked(base: str, claimant: Claimant, taken: set[str]) -> str:
    digest = hashlib.sha256("\n".join(claimant.order[1:]).encode(errors="surrogatepass")).hexdigest()
    return next(id for digits in range(_DIGITS, len(digest) + 1) if (id := f"{base}-{digest[:digits]}") not in taken)
