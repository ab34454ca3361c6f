"""What the program knows of words and names before it reads: states and their demonyms, titles, roles, group words, other names; and the
words behind claims.

Each list is read once, when it is first asked for. Its source stands at the head of its file in ``data/``; countries and most
demonyms come from the ``countryinfo`` package (MIT), whose import takes a fifth of a second and so waits until a text needs it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from onrecord.model import ActorType

_QUOTES = str.maketrans("’‘ʼ", "'''")

_MINORITY = 10
"""Of two countries that share a demonym, the one with so many times the people is meant; otherwise neither."""


_FEDERATIONS = frozenset({"Australia", "Brazil", "Canada", "Germany", "India", "Mexico", "Nigeria", "United States"})
"""Countries whose parts have governments and laws of their own, and are called states or provinces (Watts, Comparing
Federal Systems, 2008)."""
_SHAPED: tuple[ActorType, ...] = ("media", "armed_group", "armed_force", "organization", "place")


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party that texts call by several names without saying so."""

    name: str
    type: ActorType


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """A name in the form in which names are compared.

    >>> name_key("The  Council on American - Islamic Relations")
    'council on american-islamic relations'
    >>> name_key("Brook & Sons")
    'brook and sons'
    >>> name_key("Željko Marković")
    'zeljko markovic'
    """
    folded = re.sub(r"\s*-\s*", "-", " ".join(name.translate(_QUOTES).casefold().split())).replace(" & ", " and ")
    return (folded if folded.isascii() else _without_marks(folded)).removeprefix("the ")


def _without_marks(text: str) -> str:
    """Latin letters without the marks above and below them, which texts write and leave out: "Zeljko" of "Željko"."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


@cache
def words(file: str, section: str) -> frozenset[str]:
    """The words of one section of a list in ``data/``. Raises :class:`KeyError` for a section that is not there."""
    return _sections(file)[section]


@cache
def trades() -> frozenset[str]:
    """Nouns for a trade, in the singular: what somebody is known for ("novelist"), and what a scene has of itself ("magistrate")."""
    return words("nouns.txt", "pursuit") | words("nouns.txt", "service")


@cache
def titles() -> frozenset[str]:
    """Every word that may stand before a person's name and is none of it: ranks, forms of address, offices, roles; plurals too."""
    singular = words("titles.txt", "office") | words("titles.txt", "rank") | words("titles.txt", "courtesy") | words("people.txt", "role")
    return singular | {word + "s" for word in singular}


@cache
def _sections(file: str) -> Mapping[str, frozenset[str]]:
    """The words of each section of a list, by the name in brackets above it."""
    found: dict[str, frozenset[str]] = {}
    section = ""
    for line in _lines(file):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            found[section] = found.get(section, frozenset()) | frozenset(line.split())
    return found


def _lines(file: str) -> Iterator[str]:
    text = files("onrecord.extract").joinpath("data", file).read_text(encoding="utf-8")
    return (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def known_parties() -> Mapping[str, KnownParty]:
    """The party behind each name of ``data/aliases.txt``, by the name as written there."""
    found: dict[str, KnownParty] = {}
    for line in _lines("aliases.txt"):
        kind, name, others = (part.strip() for part in line.split("|"))
        party = KnownParty(name, cast("ActorType", kind))
        for form in (name, *(other.strip() for other in others.split(";") if other.strip())):
            found[form] = party
    return found


@cache
def states() -> Mapping[str, str]:
    """The name of each state, by the key of any of its names."""
    found = {name_key(name): name.removeprefix("The ") for name, _, _ in _countries()}
    for form, party in known_parties().items():
        if party.type == "state":
            found[name_key(form)] = party.name
    return found


@cache
def demonyms() -> Mapping[str, str]:
    """The state that each adjective or noun of nationality belongs to, by its lower-case form; plurals included."""
    best: dict[str, tuple[int, str]] = {}
    for name, demonym, people in sorted(_countries(), key=lambda country: (-country[2], country[0])):
        form = demonym.lower()
        most, _ = best.setdefault(form, (people, name.removeprefix("The ")))
        # The largest comes first: a second state with a tenth of its people or more makes the word mean neither.
        if most < _MINORITY * people and best[form][1] != name.removeprefix("The "):
            best[form] = (most, "")
    found = {form: name for form, (_, name) in best.items() if name}
    found.update((form.lower(), name) for form, name in (line.split("\t") for line in _lines("demonyms.txt")))
    plurals = {form + "s": name for form, name in found.items() if not form.endswith(("s", "sh", "ch", "ese"))}
    return plurals | found


@cache
def capitals() -> Mapping[str, str]:
    """The state of each capital, by the key of the capital's name: the news lets it act for that ("Paris protested")."""
    import countryinfo

    found = {}
    for country in countryinfo.all_countries():
        info = country.info()
        key = name_key(str(info.get("capital") or "")).removesuffix(" d.c.")
        if key:
            found[key] = states().get(name_key(str(info["name"])), str(info["name"]))
    return found


def is_inert(key: str) -> bool:
    """Whether a name, by its key, is that of a place for which nobody acts: a continent, a planet."""
    return key in words("shapes.txt", "continent") or key.replace(" ", "-") in words("shapes.txt", "celestial")


@cache
def provinces() -> frozenset[str]:
    """The keys of the names of several words that first-level divisions of countries have: "new south wales"."""
    import countryinfo

    named = (name for country in countryinfo.all_countries() for name in country.info().get("provinces") or ())
    return frozenset(name_key(str(name)) for name in named if " " in str(name)) - states().keys()


@cache
def federated_states() -> frozenset[str]:
    """The keys of the names of the states and provinces of federations: "texas", "nova scotia"; no country's, no capital's."""
    import countryinfo

    federations = (info for info in (one.info() for one in countryinfo.all_countries()) if info.get("name") in _FEDERATIONS)
    named = {name_key(str(name)) for info in federations for name in info.get("provinces") or ()}
    return frozenset(named - states().keys() - capitals().keys())


@cache
def _countries() -> tuple[tuple[str, str, int], ...]:
    """Name, demonym and population of each country; a country with several demonyms once for each."""
    import countryinfo

    found: list[tuple[str, str, int]] = []
    for country in countryinfo.all_countries():
        info = country.info()
        demonyms = str(info.get("demonym") or "").replace("/", ",").split(",")
        found.extend((str(info["name"]), demonym.strip(), int(info.get("population") or 0)) for demonym in demonyms)
    return tuple(entry for entry in found if "(" not in entry[0] and "," not in entry[0])


_AFTER_HEAD = frozenset({"of", "for", "on", "in", "and", "at", "de"})
"""Words after which a name goes on behind its head."""


def shape(name: str) -> ActorType | None:
    """The type that the generic words of a name show: the head's ("Ministry" in "Ministry of Defence"), or none.

    >>> shape("Ministry of Defence"), shape("The Riverton Gazette"), shape("Riverton")
    ('organization', 'media', None)
    >>> shape("Front for the Liberation of Riverton"), shape("Harbor Coast Guard"), shape("Radio Riverton")
    ('armed_group', 'armed_force', 'media')
    """
    parts = [part.strip(".,") for part in name.lower().replace("-", " ").split()]
    if len(parts) < 2:
        return None
    if parts[:2] == ["house", "of"]:
        return "organization"  # "House of Lords"
    cut = next((index for index, part in enumerate(parts) if part in _AFTER_HEAD and index), len(parts))
    ends = [parts[cut - 1], "-".join(parts[max(0, cut - 2) : cut])]
    if "liberation" in parts[cut:]:
        ends.append(f"liberation-{ends[0]}")  # "Front for the Liberation of Riverton"
    kind = next((kind for end in reversed(ends) for kind in _SHAPED if end in words("shapes.txt", kind)), None)
    return kind or next((kind for kind in _SHAPED if parts[0] in _first_words(kind)), None)


@cache
def _first_words(kind: ActorType) -> frozenset[str]:
    """The words that open names of a type; of most types no word does."""
    return _sections("shapes.txt").get(f"{kind}_first", frozenset())


@cache
def full_given_names() -> Mapping[str, frozenset[str]]:
    """The given names that a short form may stand for ("bill": "william"), by the short form; all in lower case."""
    found: dict[str, frozenset[str]] = {}
    for line in _lines("nicknames.txt"):
        name, _, short = line.partition(":")
        for form in short.split():
            found[form] = found.get(form, frozenset()) | {name}
    return found


def gender_of_name(given: str) -> str:
    """``m`` or ``f`` where a given name tells; otherwise empty. Evidence for pronouns only: never shown or exported."""
    for gender in ("m", "f"):
        if given.lower() in words("given_names.txt", gender):
            return gender
    return ""


def is_given_name(word: str) -> bool:
    """Whether a word is a usual given name or a short form of one. Evidence for what a name names: never shown or exported."""
    lower = word.lower()
    return gender_of_name(lower) != "" or lower in words("given_names.txt", "either") or lower in full_given_names()


Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the file: named lists of lemmas in lower case."""

    lists: dict[str, Words]

    def __getitem__(self, name: str) -> Words:
        return self.lists[name]


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The tables of ``data/claims.toml``. A misspelt list name raises :class:`KeyError` at its first use."""

    hedges: Section
    modality: Section
    infinitives: Section
    polarity: Section
    presupposed: Section
    stance: Section
    comparisons: Section
    evaluative: Section


@cache
def claim_words() -> ClaimWords:
    """The word lists of claims, read once in a process; ``data/claims.toml`` states their sources."""
    tables = tomllib.loads(files("onrecord.extract").joinpath("data/claims.toml").read_text(encoding="utf-8"))
    return ClaimWords(**{name: Section({key: frozenset(lemmas) for key, lemmas in table.items()}) for name, table in tables.items()})
