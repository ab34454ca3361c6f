"""The user's ``actors.yml``: who exists, under which names, and where else to read of them. It settles what a text cannot.

It is about who there is, not about what an article says: decisions in one article are no business of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import yaml

from onrecord.errors import ActorsError
from onrecord.messages import whole
from onrecord.model import ActorType
from onrecord.text.addresses import is_web_address
from onrecord.text.names import name_words

TYPES: tuple[ActorType, ...] = tuple(kind for kind in get_args(ActorType) if kind != "narrator")
"""What an entry may be."""
_KEYS = ("name", "type", "aliases", "links", "not")
_LONGEST = 200
"""Characters of a name: more than any has, and a page stays readable."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")
_WIKIDATA = "https://www.wikidata.org/wiki/"


@dataclass(frozen=True, slots=True)
class KnownActor:
    """Somebody whom the user says exists."""

    name: str
    type: ActorType | None = None
    """None where the text is to decide."""
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses of pages about them; a Wikidata id is made one."""
    excluded: tuple[str, ...] = ()
    """Names that are not theirs (``not``)."""


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
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ActorsError(f"{path}: cannot be read ({error.strerror}); name a file of actors") from error
    except UnicodeDecodeError as error:
        raise ActorsError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    return Gazetteer(tuple(_entries(path, _root(path, text))))


def _root(path: Path, text: str) -> yaml.Node | None:
    """The file as a tree of nodes: no value of any type is made, whatever tags it has."""
    try:
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ActorsError(
            f"{path}:{line}: broken YAML: {error.problem or 'it is not YAML'}; mend it, or put the value in quotation marks"
        ) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ActorsError(f"{path}:{line}: a character that YAML does not allow; take it out") from error
    except RecursionError as error:
        raise ActorsError(f"{path}: nested too deeply; write a list of actors, each with name, type, aliases, links") from error


def _entries(path: Path, root: yaml.Node | None) -> Iterator[KnownActor]:
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise _bad(path, root, "the file must begin with actors:", "write actors: and below it a list of entries")
    seen: dict[str, int] = {}
    for key, value in root.value:
        if key.value != "actors":
            raise _bad(path, key, f"{_shown(key)} is no key of this file", "the only one is actors")
        for node in _items(path, value, "actors"):
            entry = _entry(path, node)
            first = seen.setdefault(_key(entry.name), node.start_mark.line + 1)
            if first != node.start_mark.line + 1:
                raise _bad(path, node, f"{entry.name!r} is named on line {first} too", "make them one entry, or give each its own name")
            yield entry


def _entry(path: Path, node: yaml.Node) -> KnownActor:
    if not isinstance(node, yaml.MappingNode):
        raise _bad(path, node, f"an entry is not {_shown(node)}", "write it as - name: Ada Brook")
    fields: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value not in _KEYS:
            raise _bad(path, key, f"{_shown(key)} is no key of an entry", f"use {', '.join(_KEYS)}")
        if key.value in fields:
            raise _bad(path, key, f"{key.value} is given twice", "keep one")
        fields[key.value] = value
    if "name" not in fields:
        raise _bad(path, node, "an entry without a name", "add name: and the full name")
    return KnownActor(
        _name(path, fields["name"], "name"),
        _type(path, fields["type"]) if "type" in fields else None,
        tuple(_name(path, one, "aliases") for one in _listed(path, fields, "aliases")),
        tuple(_link(path, one) for one in _listed(path, fields, "links")),
        tuple(_name(path, one, "not") for one in _listed(path, fields, "not")),
    )


def _listed(path: Path, fields: Mapping[str, yaml.Node], key: str) -> list[yaml.Node]:
    return _items(path, fields[key], key) if key in fields else []


def _items(path: Path, node: yaml.Node, key: str) -> list[yaml.Node]:
    """The members of a list; none of a key that has nothing after it."""
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if isinstance(node, yaml.ScalarNode) and not node.value:
        return []
    raise _bad(path, node, f"{key} must be a list, not {_shown(node)}", "write each on a line of its own that begins with -")


def _text(path: Path, node: yaml.Node, key: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise _bad(path, node, f"{key} must be text, not {_shown(node)}", "write the words, in quotation marks if they hold : or #")
    try:
        return " ".join(whole(str(node.value)).split())
    except ValueError:
        raise _bad(path, node, f"{key} has half a character (a lone surrogate)", "write the whole one") from None


def _name(path: Path, node: yaml.Node, key: str) -> str:
    name = _text(path, node, key)
    if len(name) > _LONGEST or _CONTROLS.search(name) or not name_words(name) or not any(map(str.isalnum, name)):
        raise _bad(path, node, f"{_shown(node)} is no name", f"give one of letters, at most {_LONGEST} of them")
    return name


def _type(path: Path, node: yaml.Node) -> ActorType:
    kind = _text(path, node, "type")
    found = next((one for one in TYPES if one == kind), None)
    if found is None:
        raise _bad(path, node, f"type {_shown(node)} does not exist", f"use one of {', '.join(TYPES)}")
    return found


def _link(path: Path, node: yaml.Node) -> str:
    link = _text(path, node, "links")
    if link[:1] == "Q" and link[1:].isascii() and link[1:].isdigit():
        return _WIKIDATA + link
    if not is_web_address(link):
        raise _bad(path, node, f"link {_shown(node)} is neither a web address nor a Wikidata id", "write https://... or, say, Q42")
    return link


def _shown(node: yaml.Node) -> str:
    """What stands there, short."""
    if not isinstance(node, yaml.ScalarNode):
        return "a list" if isinstance(node, yaml.SequenceNode) else "a list of keys"
    text = " ".join(str(node.value).encode(errors="replace").decode().split())
    return repr(text if len(text) <= 40 else text[:39] + "…") if text else "nothing"


def _bad(path: Path, node: yaml.Node, problem: str, mend: str) -> ActorsError:
    return ActorsError(f"{path}:{node.start_mark.line + 1}: {problem}; {mend}")


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
