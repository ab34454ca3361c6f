"""What tells whether actors of two articles are one: the name, how far it identifies the actor, and the key that it is found by; and what
an article says of an actor besides: roles, whom they belong to, who else is named nearby. Also ids for the pages of actors.

Two articles that name an Ann Lee may mean two people. If both call her "mayor of Riverton", or both have her in a paragraph with Ben Reed,
that is a sign that they mean one; if one calls her a mayor and the other a goalkeeper, that speaks against it. Here such signs are
gathered; what they decide is in :mod:`onrecord.corpus.joining`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from typing import Any, Literal, NamedTuple

from onrecord.model import AUTHOR, Actor, ActorType, Report, Role
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


# --- what an article says ---------------------------------------------------------------------------------------------


_MOST_BESIDE = 24
"""Of those who stand in one paragraph with an actor so many count, those most often there."""
_MOST_OTHERS = 10
"""Of those whom a long article names so many count, those named most: signs are made of their pairs."""


@dataclass(frozen=True, slots=True)
class Office:
    """A role as it is compared."""

    noun: str
    """What somebody is: "mayor"."""
    of: str
    """Whose, where the text says so: "riverton"."""
    text: str
    """As stated: "mayor of Riverton"."""
    of_body: bool = False
    """Whether that is a body, and not a state, a place or mere words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """An actor as it appears in one article, with all that may tell it from namesakes."""

    article: str
    actor: Actor
    name: Name
    date: str
    offices: tuple[Office, ...]
    beside: tuple[str, ...]
    """Keys of those who stand in one paragraph with it: people by their full names, bodies by distinct names; alphabetical."""
    others: tuple[str, ...]
    """Keys of those whom the article names most, likewise."""
    country: str = ""
    """The state that the article names most, for a body of a name that every state may have."""

    @property
    def order(self) -> tuple[str, str, str]:
        """The order of appearance: by date of publication, those without one last; then by article. No other article changes it."""
        return (self.date or "9999", self.article, self.actor.id)

    @property
    def introduced(self) -> bool:
        """Whether the article says by a role who this is. Otherwise it expects its readers to know."""
        return bool(self.offices)


class Sign(NamedTuple):
    """Something besides the name that two articles may both say of an actor."""

    rank: int
    """The lower, the stronger."""
    key: tuple[str, ...]

    @property
    def strong(self) -> bool:
        """Whether it tells an actor even from a namesake of the same article."""
        return self.rank <= BELONGS

    @property
    def open(self) -> bool:
        """Whether it counts only where one of the two is not introduced: of two people with different roles, both may stand beside
        whomever the news is about."""
        return self.rank >= BESIDE


GIVEN, OFFICE, BELONGS, LONG, NOUN, NOUN_BESIDE, BESIDE, TOGETHER, ALONG = range(9)
"""Ranks of signs, the strongest first. ``GIVEN``: the same entry of ``actors.yml``. ``OFFICE``: a role and whose it is, "mayor of
Riverton". ``BELONGS``: whose the role is, "of the Harbour Board", whatever the role. ``LONG``: a middle name. ``NOUN``: a role alone,
"goalkeeper". ``NOUN_BESIDE``: a role that many have, "spokesman", and somebody who stands in the same paragraph. ``BESIDE``: that somebody
alone. ``TOGETHER``: two whom both articles name anywhere. ``ALONG``: one whom both name, which counts for little."""


def signs_of(appearance: Appearance) -> Iterator[Sign]:
    """All signs of one actor, each once."""
    if appearance.actor.given:
        yield Sign(GIVEN, (appearance.actor.given,))
    for noun, of in sorted(
        {(one.noun, one.of) for one in appearance.offices if one.of and (one.of_body or one.noun not in name_words_list("common"))}
    ):
        yield Sign(OFFICE, (noun, of))
    for of in sorted({one.of for one in appearance.offices if one.of_body and " " in one.of}):
        yield Sign(BELONGS, (of,))
    if appearance.name.middle:
        yield Sign(LONG, appearance.name.middle)
    for noun in sorted({one.noun for one in appearance.offices}):
        if noun not in name_words_list("common"):
            yield Sign(NOUN, (noun,))
        else:
            yield from (Sign(NOUN_BESIDE, (noun, one)) for one in appearance.beside)
    yield from (Sign(BESIDE, (one,)) for one in appearance.beside)
    # Every town has a "city council", so that two others named in both articles do not make two councils one.
    if name_words_list("local").isdisjoint(appearance.name.key.split()) or appearance.name.sort == "person":
        yield from (Sign(TOGETHER, pair) for pair in combinations(appearance.others, 2))


def walk_of_life(office: Office) -> str:
    """The walk of life that a role belongs to, such as sport or the arts; ``public`` for every role that has none of its own."""
    return walks_of_life().get(office.noun, "public")


def answers_of(appearance: Appearance) -> Iterator[tuple[str, str, str]]:
    """Questions that one actor has one answer to, with this one's answers and the words that give them: a person's walk of life, the
    place of an office that one person at a time holds; the country of a body of a name that every country may have."""
    for office in appearance.offices:
        yield "walk", walk_of_life(office), office.text
        if office.noun in name_words_list("seated") and office.of:
            yield office.noun, office.of, office.text
    if appearance.country:
        yield "country", appearance.country, appearance.country


def appearances(report: Report) -> Iterator[Appearance]:
    """Every actor of a report that is somebody outside its article too."""
    names = {actor.id: name_of(actor) for actor in report.actors}
    surnames = {names[one.id].key.split()[-1] for one in report.actors if names[one.id].sort == "person" and names[one.id].key}
    by_id = {actor.id: actor for actor in report.actors}
    beside, others, country = _beside(report, names), _others(report, names), _country(report)
    for actor in report.actors:
        offices = {office.text: office for role in actor.roles if (office := _office(role, by_id)).noun}
        stated = tuple(offices[text] for text in sorted(offices))
        name = names[actor.id]
        if name.sort == "body" and name.key in surnames:
            name = Name("none")  # "Trump" beside a person of that name may be anything of his
        named = tuple(sorted([key for key in others if key != name.key][:_MOST_OTHERS]))
        where = country if name.sort == "body" and name.strength == "shared" else ""
        yield Appearance(
            article=report.article.id,
            actor=actor,
            name=name,
            date=report.article.meta.date,
            offices=stated,
            beside=beside[actor.id],
            others=named,
            country=where,
        )


def _office(role: Role, actors: Mapping[str, Actor]) -> Office:
    """A role taken apart: its noun, and what it belongs to, named as an actor or after "of"."""
    stated = " ".join(word for word in name_words(role.text) if word not in name_words_list("time") and not word.startswith("ex-"))
    # "Mayor of Riverton" is a mayor, of Riverton.
    head, *rest = re.split(r" (?:of|for|from|at|to|in|with) ", stated, maxsplit=1)
    noun = head.split()[-1] if head else ""
    whose = actors.get(role.affiliation or "")
    of = name_words(whose.name if whose else " ".join(rest))
    of_body = whose is not None and whose.type not in ("state", "place", "person")
    return Office(in_full(noun), " ".join(of), " ".join(role.text.split()), of_body)


def _beside(report: Report, names: Mapping[str, Name]) -> dict[str, tuple[str, ...]]:
    """For each actor, who stands in its paragraphs."""
    starts = [leaf.start for leaf in report.article.leaves()]
    present = {
        actor.id: {bisect_right(starts, mention.start) for mention in actor.mentions} for actor in report.actors if actor.type != "narrator"
    }
    in_leaf: dict[int, set[str]] = {}
    for actor in report.actors:
        if _is_telling(names[actor.id], actor):
            for leaf in present[actor.id]:
                in_leaf.setdefault(leaf, set()).add(names[actor.id].key)
    found = {}
    for actor in report.actors:
        counts = Counter(key for leaf in present.get(actor.id, ()) for key in in_leaf.get(leaf, ()) if key != names[actor.id].key)
        found[actor.id] = tuple(sorted(_most(counts)[:_MOST_BESIDE]))
    return found


def _others(report: Report, names: Mapping[str, Name]) -> list[str]:
    """Those whom the article names most, one more than count."""
    counts: Counter[str] = Counter()
    for actor in report.actors:
        if _is_telling(names[actor.id], actor):
            counts[names[actor.id].key] += len(actor.mentions)
    return _most(counts)[: _MOST_OTHERS + 1]


def _country(report: Report) -> str:
    """The state that an article names most; empty where it names none."""
    counts = Counter({actor.name: len(actor.mentions) for actor in report.actors if actor.type == "state"})
    return next(iter(_most(counts)), "")


def _most(counts: Counter[str]) -> list[str]:
    """Keys by their counts, the largest first; equal ones in alphabetical order."""
    return sorted(counts, key=lambda key: (-counts[key], key))


def _is_telling(name: Name, actor: Actor) -> bool:
    """Whether being named beside this actor says anything: not beside a state or an outlet, which stand in every article."""
    if name.sort == "person":
        return name.strength == "shared"
    return name.sort == "body" and name.strength == "distinct" and actor.type != "media" and " " in name.key
