"""Reads a ``corrections.yml``, and lists the actions that may stand in it: a new one is a class in :mod:`.actors` or
:mod:`.quotes_and_claims`, named in this list. The file may come from anybody: whatever it holds becomes text, or a one-line error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from onrecord.corrections.actors import AddActor, Apart, ConfirmActor, Merge, Rename, Retype, Same, Split, Visibility
from onrecord.corrections.correction import Correction
from onrecord.corrections.quotes_and_claims import (
    AddClaim,
    AddQuote,
    ConfirmClaim,
    ConfirmQuote,
    DeleteClaim,
    DeleteQuote,
    FixKind,
    FixSpeaker,
    GiveVerdict,
)
from onrecord.errors import CorrectionsError
from onrecord.text.anchors import Anchor, find_words, shorten
from onrecord.text.typography import normalise
from onrecord.text.yaml_document import Document, Place, YamlText, load_text, read_document

ACTIONS: tuple[type[Correction], ...] = (
    AddActor,
    Split,
    Merge,
    Same,
    Apart,
    Rename,
    Retype,
    Visibility,
    DeleteQuote,
    AddQuote,
    FixKind,
    FixSpeaker,
    DeleteClaim,
    AddClaim,
    GiveVerdict,
    ConfirmActor,
    ConfirmQuote,
    ConfirmClaim,
)
"""In the order in which those of one stage are applied, whatever order the file has. A quote is deleted before another is added in its
place, and what is confirmed is what holds in the end."""

if TYPE_CHECKING:
    AnyAction = Correction
else:
    AnyAction = reduce(or_, ACTIONS)


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole ``corrections.yml``."""

    corrections: tuple[AnyAction, ...] = ()


def corrections_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a ``corrections.yml``, for editors that check YAML by one."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "onrecord corrections.yml", **msgspec.json.schema(File)}


DEFAULT_CORRECTIONS = "corrections.yml"
"""The file with what the editors know better, beside ``mkdocs.yml`` or where a command is run, unless somebody says otherwise."""
_MENDS = (
    ("unknown field `action`", "begin the entry with - action:"),
    ("missing required field `action`", "add action: and what to do, such as speaker or rename"),
    ("missing required field", "add it; the note of the quote or claim on its page has the whole entry ready to copy"),
    ("matching regex '^[a-z0-9]", "use small letters, digits and hyphens"),
    ("matching regex '^https", "write an address that begins with http:// or https://"),
    ("matching regex '^[0-9]", "write the day as 2026-03-14"),
    ("matching regex '^([0-9]", "write the day as 2026-03-14"),
    ("matching regex", "write a name with letters in it"),
)
"""What to do about an entry that is not as its action has it."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The entries of a file in its order, with where each value stands in it."""

    entries: tuple[Correction, ...] = ()
    file: str = ""
    """As the user named it."""
    text: str = field(default="", repr=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    """By path: ``corrections[0].antecedent.sentence``."""

    def line(self, id: str) -> int:
        """The line of the file where an entry begins."""
        return next(self.places[f"corrections[{n}]"].line for n, entry in enumerate(self.entries) if entry.id == id)


NO_CORRECTIONS = Corrections()
"""For projects without such a file."""


def load_corrections(path: Path) -> Corrections:
    """The corrections in a file. Raises :class:`CorrectionsError`, which names file, line, entry and mend."""
    return _read(load_text(path, CorrectionsError, "name a file of corrections, or make one with init"))


def parse_corrections(text: str, *, file: str = DEFAULT_CORRECTIONS) -> Corrections:
    """The corrections in the text of a file. Raises :class:`CorrectionsError`, as above."""
    return _read(YamlText(text, file, CorrectionsError))


def _read(source: YamlText) -> Corrections:
    document = read_document(source)
    entries = document.convert(File, named_by="id", mends=(*_meant(document), *_MENDS)).corrections
    found = Corrections(entries, source.file, source.text, document.places)
    for problem in _problems(found):
        raise CorrectionsError(f"{source.file}:{problem}")
    return found


def _meant(document: Document) -> Iterator[tuple[str, str]]:
    """For each action that there is none of, the one that is spelled most like it."""
    known = [str(action.__struct_config__.tag) for action in ACTIONS]
    for path, place in document.places.items():
        near = get_close_matches(str(place.value), known, 1) if path.endswith("].action") and place.value not in known else []
        if near:
            yield f"Invalid value '{place.value}'", f"write {near[0]}, if that is meant"


def _problems(found: Corrections) -> Iterator[str]:
    """What no schema can say, as line, problem and mend."""
    yield from _duplicates(found)
    for number, entry in enumerate(found.entries):
        place = found.places[f"corrections[{number}]"]
        if not entry.article:
            yield f"{place.line}: entry {entry.id}: it does not say in which article; add article: and the name of its file without suffix"
        if entry.date and not _is_day(entry.date):
            yield f"{place.line}: entry {entry.id}: there is no day {entry.date}; write it as 2026-03-14"
        for path, anchor in entry.anchors():
            if path in ("", "with") or anchor.article in ("", entry.article):
                yield from _anchor_problems(found, f"corrections[{number}]", path, entry, anchor)
            else:
                yield f"{place.line}: entry {entry.id}: {path} is of another article; only same and apart may reach over two"


def _duplicates(found: Corrections) -> Iterator[str]:
    """Entries of one id, and decisions that are there twice, whichever lines they stand on: each would apply twice."""
    ids: dict[str, int] = {}
    decisions: dict[Correction, int] = {}
    for number, entry in enumerate(found.entries):
        line = found.places[f"corrections[{number}]"].line
        if entry.id in ids:
            yield f"{line}: the id {entry.id} is taken by the entry on line {ids[entry.id]}; give each entry its own"
        # Two entries that differ in nothing but their id.
        decision = msgspec.structs.replace(entry, id="")
        if decision in decisions:
            first = decisions[decision]
            yield f"{line}: entry {entry.id}: says the same as {found.entries[first].id}, but for its id; keep one"
        ids.setdefault(entry.id, line)
        decisions.setdefault(decision, number)


def _anchor_problems(found: Corrections, root: str, path: str, entry: Correction, anchor: Anchor) -> Iterator[str]:
    place = found.places[".".join(filter(None, (root, path, "sentence")))]
    places = len(find_words(anchor, anchor.sentence))
    words = shorten(" … ".join(anchor.parts), 60)
    if not all(normalise(part) for part in anchor.parts):
        yield f"{place.line}: entry {entry.id}: empty words; write those of the article"
    elif places == 0:
        yield f"{place.line}: entry {entry.id}: {words} does not stand in this sentence; copy both from the article"
    elif places > 1:
        yield f"{place.line}: entry {entry.id}: {words} stands in this sentence {places} times; add before: or after: to tell which"


def _is_day(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False
