"""The user's ``actors.yml``: who exists, under which names, and where else to read of them. It settles what a text cannot.

It is about who there is, not about what an article says: decisions in one article are no business of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

from msgspec import Struct

from onrecord.errors import ActorsError
from onrecord.model import ActorType
from onrecord.text.addresses import is_web_address
from onrecord.text.names import name_words
from onrecord.text.yaml_document import Document, load_text, read_document, shown

TYPES: tuple[ActorType, ...] = tuple(kind for kind in get_args(ActorType) if kind != "narrator")
"""What an entry may be."""
_LONGEST = 200
"""Characters of a name: more than any has, and a page stays readable."""
# Control characters, and the two that are no characters by Unicode and that neither XML nor TEI can hold.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")
_WIKIDATA = "https://www.wikidata.org/wiki/"
_MENDS = (
    ("unknown field", "use name, type, aliases, links, not"),
    ("missing required field", "add name: and the full name"),
    ("Expected `object`", "write it as - name: Ada Brook"),
    ("Invalid ", f"use one of {', '.join(TYPES)}"),
)
"""What to do about an entry that is not as it should be."""

# msgspec checks the file by a type that leaves the narrator out. mypy takes no type that is computed, so that it is shown the wider one.
if TYPE_CHECKING:
    _Type = ActorType
else:
    _Type = Literal[TYPES]


class KnownActor(Struct, frozen=True, forbid_unknown_fields=True, rename={"excluded": "not"}):
    """Somebody whom the user says exists."""

    name: str
    type: _Type | None = None
    """None where the text is to decide."""
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses of pages about them; a Wikidata id is made one."""
    excluded: tuple[str, ...] = ()
    """Names that are not theirs (``not``)."""


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole ``actors.yml``."""

    actors: tuple[KnownActor, ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All that the user says of who exists; with no entries it changes nothing."""

    entries: tuple[KnownActor, ...] = ()
    _by_name: Mapping[str, tuple[KnownActor, ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        by_name: dict[str, tuple[KnownActor, ...]] = {}
        for entry in self.entries:
            for key in dict.fromkeys(map(_key, (entry.name, *entry.aliases))):
                by_name[key] = (*by_name.get(key, ()), entry)
        object.__setattr__(self, "_by_name", MappingProxyType(by_name))

    def find(self, name: str) -> tuple[KnownActor, ...]:
        """The entries that have this name or alias, whatever its case and spacing; several where they share it."""
        found = self._by_name.get(_key(name), ())
        # Whoever goes by the name comes before those who are also called so: "Lee" is the entry Lee, not the Ann Lee with this alias.
        own = tuple(entry for entry in found if _key(entry.name) == _key(name))
        return own or found

    def entry(self, name: str) -> KnownActor | None:
        """The entry that goes by this name and not by it as an alias."""
        return next((entry for entry in self.find(name) if _key(entry.name) == _key(name)), None)

    def excludes(self, entry_name: str, names: Iterable[str]) -> bool:
        """Whether one of the names is one that the entry says is not its own."""
        entry = self.entry(entry_name)
        return entry is not None and not {_key(name) for name in names}.isdisjoint(map(_key, entry.excluded))

    def names(self) -> Iterator[str]:
        """Every name and alias as written, in the order of the file."""
        for entry in self.entries:
            yield from (entry.name, *entry.aliases)


NO_GAZETTEER = Gazetteer()
"""What there is where the user gives no file."""


def _key(name: str) -> str:
    return " ".join(name_words(name))


# --- reading the file -------------------------------------------------------------------------------------------------


def load_gazetteer(path: Path) -> Gazetteer:
    """The gazetteer in a file. Raises :class:`ActorsError` for one that is missing, is no YAML or says what cannot be."""
    document = read_document(load_text(path, ActorsError, "name a file of actors"))
    file = document.convert(File, named_by="name", mends=_MENDS)
    entries = tuple(_usual(document, f"actors[{number}]", entry) for number, entry in enumerate(file.actors))
    first: dict[str, int] = {}
    for number, entry in enumerate(entries):
        place = f"actors[{number}]"
        if _key(entry.name) in first:
            line = document.line(f"actors[{first[_key(entry.name)]}]")
            raise document.refusal(place, f"{entry.name!r} is named on line {line} too", "make them one entry, or give each its own name")
        first[_key(entry.name)] = number
    return Gazetteer(entries)


def _usual(document: Document, place: str, entry: KnownActor) -> KnownActor:
    """The entry with names and links as they are used; what is none is refused."""

    def names(key: str, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_name(document, f"{place}.{key}[{number}]", one) for number, one in enumerate(given))

    return KnownActor(
        _name(document, f"{place}.name", entry.name),
        entry.type,
        names("aliases", entry.aliases),
        tuple(_link(document, f"{place}.links[{number}]", one) for number, one in enumerate(entry.links)),
        names("not", entry.excluded),
    )


def _name(document: Document, place: str, given: str) -> str:
    name = " ".join(given.split())
    if len(name) > _LONGEST or _CONTROLS.search(name) or not name_words(name) or not any(map(str.isalnum, name)):
        raise document.refusal(place, f"{shown(name)} is no name", f"give one of letters, at most {_LONGEST} of them")
    return name


def _link(document: Document, place: str, given: str) -> str:
    link = " ".join(given.split())
    if link[:1] == "Q" and link[1:].isascii() and link[1:].isdigit():
        return _WIKIDATA + link
    if not is_web_address(link):
        problem = f"link {shown(link)} is neither a web address nor a Wikidata id"
        raise document.refusal(place, problem, "write https://... or, say, Q42")
    return link


def gazetteer_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an ``actors.yml``, for editors that check YAML by one."""
    name = {"type": "string", "minLength": 1, "maxLength": _LONGEST, "pattern": r"\w"}
    names = {"type": ["array", "null"], "items": name}
    entry = {
        "type": "object",
        "required": ["name"],
        "additionalProperties": False,
        "properties": {
            "name": name | {"description": "As pages are to show it: the fullest usual name. No two entries have the same."},
            "type": {"enum": list(TYPES), "description": "What it is; without it the text decides."},
            "aliases": names | {"description": "Other names by which texts call it. One that two entries share decides nothing by itself."},
            "links": {
                "type": ["array", "null"],
                "items": {"type": "string", "pattern": r"^(https?://\S+|Q[0-9]+)$"},
                "description": "Web addresses or Wikidata ids.",
            },
            "not": names | {"description": "Names that are not this one's, though they look so."},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "onrecord actors.yml",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {"actors": {"type": ["array", "null"], "items": entry}},
    }
