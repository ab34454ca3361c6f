"""Reads a ``corrections.yml``. The file may come from anybody: whatever it holds becomes text, or a one-line error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from onrecord.corrections.actions import File
from onrecord.corrections.correction import Correction
from onrecord.errors import CorrectionsError
from onrecord.messages import whole
from onrecord.text.anchors import Anchor, find_words, shorten
from onrecord.text.typography import normalise

DEFAULT_CORRECTIONS = "corrections.yml"
"""The file with what the editors know better, beside ``mkdocs.yml`` or where a command is run, unless somebody says otherwise."""
_LONGEST = 4_000_000
"""Characters of a file: some five thousand entries."""
_DEEPEST = 12
"""Lists and keys within one another; the deepest entry has five."""
# Without libyaml PyYAML does the same in Python, ten times slower.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value of the file stands."""

    line: int
    start: int
    """Of the value's characters in the file."""
    end: int


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
    try:
        raw = path.read_bytes()
        # A character of UTF-8 has four bytes at most: whatever is longer need not be decoded.
        if len(raw) > 4 * _LONGEST:
            raise CorrectionsError(f"{path}: too large ({len(raw):,} bytes); split it by article, and build these apart")
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise CorrectionsError(f"{path}: cannot be read ({error.strerror}); name a file of corrections, or make one with init") from error
    except UnicodeDecodeError as error:
        raise CorrectionsError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    return parse_corrections(text, file=str(path))


def parse_corrections(text: str, *, file: str = "corrections.yml") -> Corrections:
    """The corrections in the text of a file."""
    if len(text) > _LONGEST:
        raise CorrectionsError(f"{file}: too large ({len(text):,} characters); split it by article, and build these apart")
    places: dict[str, Place] = {}
    data = _compose(text, file, places)
    try:
        entries = msgspec.convert({} if data in (None, "") else data, File).corrections
    except msgspec.ValidationError as error:
        raise CorrectionsError(_explain(error, file, places, data)) from error
    found = Corrections(entries, file, text, places)
    # One at a time, like the errors of the schema: the first is mended, and the next run names the next.
    for problem in _problems(found):
        raise CorrectionsError(f"{file}:{problem}")
    return found


# --- YAML to plain text ----------------------------------------------------------------------------------------------


def _compose(text: str, file: str, places: dict[str, Place]) -> Any:
    """The file as lists, dictionaries and strings, and nothing else: no alias, tag or number is made of anything."""
    try:
        return _Composer(file, places).document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = error.problem or "it is not YAML"
        raise CorrectionsError(f"{file}:{line}: broken YAML: {problem}; mend it, or put the value in quotation marks") from error
    except (yaml.reader.ReaderError, UnicodeEncodeError) as error:  # the latter of half a character, a lone surrogate
        line = text.count("\n", 0, error.position if isinstance(error, yaml.reader.ReaderError) else error.start) + 1
        raise CorrectionsError(f"{file}:{line}: a character that YAML does not allow; take it out") from error


@dataclass(frozen=True, slots=True)
class _Composer:
    """Builds plain values from YAML events and notes where each stands.

    PyYAML's own constructor would make numbers, dates and shared objects of what it reads, and forget the places.
    """

    file: str
    places: dict[str, Place]

    def document(self, events: Iterator[yaml.Event]) -> Any:
        root: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "a second document", "keep all corrections in one list, without ---")
            elif isinstance(event, yaml.NodeEvent):
                root = self._value(event, events, "", 0)
        return root

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: str, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            raise self._error(event, f"an alias (*{event.anchor})", "write the value out: each entry stands for itself")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._error(event, f"a tag ({tag})", "take it out: every value is text")
        if depth > _DEEPEST:
            raise self._error(event, "lists nested too deeply", "write a list of entries, as init does")
        if isinstance(event, yaml.ScalarEvent):
            self._note_place(path, event, event)
            return self._text(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, path, depth)
        return self._mapping(event, events, path, depth)

    def _text(self, event: yaml.ScalarEvent) -> str:
        try:
            return whole(event.value)
        except ValueError:  # libyaml refuses it itself
            raise self._error(event, "half a character (a lone surrogate)", "write the whole one") from None

    def _sequence(self, start: yaml.Event, events: Iterator[yaml.Event], path: str, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                self._note_place(path, start, event)
                break
            items.append(self._value(event, events, f"{path}[{len(items)}]", depth + 1))
        return items

    def _mapping(self, start: yaml.Event, events: Iterator[yaml.Event], path: str, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                self._note_place(path, start, event)
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(event, "a key that is no word", "write a name and a colon")
            key = self._text(event)
            if key in items:
                raise self._error(event, f"{_shortened(key)} is given twice", "keep one")
            items[key] = self._value(next(events), events, f"{path}.{key}" if path else key, depth + 1)
        return items

    def _note_place(self, path: str, start: yaml.Event, end: yaml.Event) -> None:
        assert start.start_mark and end.end_mark, "every event of a parser has its marks"
        self.places[path] = Place(start.start_mark.line + 1, start.start_mark.index, end.end_mark.index)

    def _error(self, event: yaml.Event, problem: str, mend: str) -> CorrectionsError:
        line = event.start_mark.line + 1 if event.start_mark else 1
        return CorrectionsError(f"{self.file}:{line}: {problem}; {mend}")


# --- errors -----------------------------------------------------------------------------------------------------------

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>.*?)`)?$", re.DOTALL)
# The first whose words are in the error is what to do about it, so that the special ones stand before the general ones.
_MENDS = (
    ("unknown field `action`", "begin the entry with - action:"),
    ("unknown field", "take it out, or see the list of keys that onrecord schema corrections prints"),
    ("missing required field `action`", "add action: and what to do, such as speaker or rename"),
    ("missing required field", "add it; the note of the quote or claim on its page has the whole entry ready to copy"),
    ("Invalid value", "see the values that onrecord schema corrections lists"),
    ("Invalid enum", "see the values that onrecord schema corrections lists"),
    ("matching regex '^[a-z0-9]", "use small letters, digits and hyphens"),
    ("matching regex '^https", "write an address that begins with http:// or https://"),
    ("matching regex '^[0-9]", "write the day as 2026-03-14"),
    ("matching regex '^([0-9]", "write the day as 2026-03-14"),
    ("matching regex", "write a name with letters in it"),
    ("of length", "make it longer or shorter"),
    ("Expected `array`", "write a list, each item on a line that begins with -"),
    ("Expected `object", "write keys and values below it"),
    ("Expected `str", "write the words, in quotation marks if they hold : or #"),
)


def _explain(error: msgspec.ValidationError, file: str, places: Mapping[str, Place], data: Any) -> str:
    """The error with line, entry and mend."""
    match = _AT.match(str(error))
    what, path = (match["what"], match["path"] or "") if match else (str(error), "")
    # msgspec does not say which item of a list is meant; the first is as near as we get.
    path = path.replace("[...]", "[0]")
    place = next((places[prefix] for prefix in _prefixes(path) if prefix in places), Place(1, 0, 0))
    mend = next((mend for part, mend in _MENDS if part in what), "mend it as onrecord schema corrections says")
    number = re.match(r"corrections\[(\d+)\]", path)
    entry = f"entry {_name_of(data['corrections'][int(number[1])], int(number[1]))}: " if number else ""
    at = path.partition("].")[2] if number else path
    return f"{file}:{place.line}: {entry}{_in_plain_words(what)}{f' at {at}' if at else ''}; {mend}"


def _prefixes(path: str) -> Iterator[str]:
    """A path and the ones that lead to it, the longest first: a missing key has no place, but the entry that lacks it has."""
    while path:
        yield path
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    yield ""


def _name_of(entry: Any, number: int) -> str:
    id = entry.get("id") if isinstance(entry, dict) else None
    return _shortened(id) if isinstance(id, str) and id else f"number {number + 1}"


def _in_plain_words(what: str) -> str:
    """The words of the validator for somebody who writes YAML."""
    for before, after in (
        ("Object contains unknown field", "there is no key"),
        ("Object missing required field", "it lacks the key"),
        ("`str | array`", "text or a list"),
        ("`object | array`", "keys and values, or a list of them"),
        ("`str | object`", "unknown, or words and their sentence"),
        ("`array`", "a list"),
        ("`object`", "keys and values"),
        ("`str`", "text"),
    ):
        what = what.replace(before, after)
    return what[:1].lower() + what[1:]


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


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= 60 else line[:59] + "…")
