"""The one reader of YAML: as a tree for front matter, which other systems write and read too, and as plain text with its places for the
files that are read here only.

Either may come from anybody: whatever it holds becomes text, or an error of one line with file, place and mend. No number, date or object
is made of anything, whatever tags it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from onrecord.errors import OnrecordError, whole

LONGEST = 4_000_000
"""Characters of a file: some five thousand corrections."""
DEEPEST = 30
"""Lists and keys within one another; the deepest correction has five."""
_SHOWN = 60
"""Characters that a message repeats of a key or a value."""
_NOTHING = ("", "~", "null")
"""What says nothing, unless it stands in quotation marks."""
# libyaml, ten times as fast as the same in Python, which reads where it is not there.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# JSON writes characters such as emoji as two halves. Only the reader in Python takes them.
_HALF = re.compile(r"\\u[Dd][89A-Fa-f]")
_NOT_ALLOWED = yaml.reader.Reader.NON_PRINTABLE

Mends = tuple[tuple[str, str], ...]
"""What to do about an error of msgspec that has these words in it; the first that fits counts."""
Type = TypeVar("Type", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class YamlText:
    """A text in YAML, and how what is wrong with it is told."""

    text: str
    file: str
    """As messages call it."""
    error: type[OnrecordError]
    """What is raised where the text cannot be read."""
    first_line: int = 1
    """That of the text in the file."""
    called: str = "the file"
    longest: int = LONGEST
    """Characters that it may have."""

    def refusal(self, line: int, problem: str, mend: str) -> OnrecordError:
        """The error to raise; ``line`` is that of the text, from 0."""
        return self.error(f"{self.file}:{self.first_line + line}: {problem}; {mend}")


def load_text(path: Path, error: type[OnrecordError], mend: str) -> YamlText:
    """The text of a file. Raises ``error`` for one that is not in UTF-8 or, with ``mend``, that cannot be read."""
    try:
        return YamlText(path.read_bytes().decode("utf-8-sig"), str(path), error)
    except OSError as cause:
        raise error(f"{path}: cannot be read ({cause.strerror}); {mend}") from cause
    except UnicodeDecodeError as cause:
        raise error(f"{path}: byte {cause.start} is not UTF-8; save the file as UTF-8") from cause


# --- as a tree --------------------------------------------------------------------------------------------------------


def compose(source: YamlText, *, plain: bool = False) -> yaml.Node | None:
    """The text as a tree of nodes; none where it holds nothing. Aliases are one node that stands in several places.

    Tags and aliases are refused where the text is to be ``plain``. Raises the error of ``source``.
    """
    text = source.text
    if len(text) > source.longest:
        raise source.refusal(0, f"{source.called} has {len(text):,} characters, of which the limit is {source.longest:,}", "shorten it")
    if character := _NOT_ALLOWED.search(text):
        raise source.refusal(text.count("\n", 0, character.start()), "a character that YAML does not allow", "take it out")
    try:
        return _Composer(source, yaml.parse(text, Loader=yaml.BaseLoader if _HALF.search(text) else _LOADER), plain).document()
    except yaml.MarkedYAMLError as error:
        raise _broken(source, error.problem_mark.line if error.problem_mark else 0, error.problem or "it is not YAML") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the latter two where Python makes a number of it
        raise _broken(source, 0, "it is not YAML") from error


def is_nothing(node: yaml.Node) -> bool:
    """Whether nothing stands there, or a word for it without quotation marks."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NOTHING


def _broken(source: YamlText, line: int, problem: str) -> OnrecordError:
    return source.refusal(line, f"broken YAML: {problem}", "mend it, or put the value in quotation marks")


@dataclass(frozen=True, slots=True)
class _Composer:
    """A tree from the events of a parser.

    PyYAML would make the same, but libyaml's part of it calls itself for each level without a limit: 75,000 brackets end the process.
    """

    source: YamlText
    events: Iterator[yaml.Event]
    plain: bool
    anchors: dict[str, yaml.Node] = field(default_factory=dict)

    def document(self) -> yaml.Node | None:
        root: yaml.Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise self._refusal(event, "a second document", "keep all in one, without ---")
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
        return root

    def _node(self, event: Any, depth: int) -> yaml.Node:
        if depth > DEEPEST:
            raise self._refusal(event, "nested too deeply", f"write at most {DEEPEST} lists and keys within one another")
        if isinstance(event, yaml.AliasEvent):
            return self._meant_by(event)
        if self.plain and event.tag is not None:
            raise self._refusal(event, f"a tag ({_short(event.tag)})", "take it out: every value is text")
        node = self._begun(event)
        if event.anchor:
            self.anchors[event.anchor] = node
        if not isinstance(node, yaml.ScalarNode):
            self._fill(node, depth + 1)
        return node

    def _meant_by(self, alias: Any) -> yaml.Node:
        if self.plain:
            raise self._refusal(alias, f"an alias (*{_short(alias.anchor)})", "write the value out: each entry stands for itself")
        if alias.anchor not in self.anchors:
            raise _broken(self.source, alias.start_mark.line, f"an alias (*{_short(alias.anchor)}) of nothing")
        return self.anchors[alias.anchor]

    def _begun(self, event: Any) -> yaml.Node:
        """The node that begins with the event, still without its members."""
        is_text, is_list = isinstance(event, yaml.ScalarEvent), isinstance(event, yaml.SequenceStartEvent)
        if is_text:
            return yaml.ScalarNode(event.tag, self._text(event), event.start_mark, event.end_mark, event.style)
        return (yaml.SequenceNode if is_list else yaml.MappingNode)(event.tag, [], event.start_mark, event.end_mark)

    def _fill(self, node: yaml.Node, depth: int) -> None:
        for event in self.events:
            if isinstance(event, yaml.CollectionEndEvent):
                node.end_mark = event.end_mark
                return
            member = self._node(event, depth)
            node.value.append((member, self._node(next(self.events), depth)) if isinstance(node, yaml.MappingNode) else member)

    def _text(self, event: Any) -> str:
        try:
            return whole(event.value)
        except ValueError:
            raise self._refusal(event, "half a character (a lone surrogate)", "write the whole one") from None

    def _refusal(self, event: Any, problem: str, mend: str) -> OnrecordError:
        return self.source.refusal(event.start_mark.line, problem, mend)


# --- as plain text ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A value, and where it stands."""

    value: Any

    line: int
    """That of its key, where it has one; from 1."""
    start: int
    """Of the value's characters in the text."""
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text as lists, dictionaries and strings, and nothing else. A key with nothing behind it is not given."""

    source: YamlText
    value: Any
    """None where the text holds nothing."""
    places: Mapping[str, Place]
    """By path: ``corrections[0].antecedent.sentence``; that of the whole is empty."""

    def convert(self, type: type[Type], *, named_by: str, mends: Mends) -> Type:
        """The text as a value of ``type``, whose only key has the list of entries and is what ``onrecord schema`` calls this kind of file.

        Raises the error of the source for what the type does not have, with the mend of the first of ``mends`` that fits, or a usual one.
        It calls entries by what stands at their key ``named_by``.
        """
        (key,) = type.__struct_encode_fields__
        value = {} if self.value is None else self.value
        if not isinstance(value, dict):
            raise self.refusal("", f"the file must begin with {key}:", f"write {key}: and below it a list of entries")
        try:
            return msgspec.convert(value, type)
        except msgspec.ValidationError as error:
            what, path = self._split(str(error))
            mend = next(mend for words, mend in (*mends, *_mends(key)) if words in what) if path else f"the only one is {key}"
            place = _joined(path, unknown[1]) if (unknown := _UNKNOWN.fullmatch(what)) else path
            raise self.refusal(place, self._problem(what, path, named_by), mend) from error

    def line(self, path: str) -> int:
        """The line of the file on which something begins."""
        return self.places[path].line if path in self.places else self.source.first_line

    def refusal(self, path: str, problem: str, mend: str) -> OnrecordError:
        """The error to raise for what stands at a path."""
        return self.source.refusal(self.line(path) - self.source.first_line, problem, mend)

    def _problem(self, what: str, path: str, named_by: str) -> str:
        """What is wrong at a path, and in which entry."""
        problem = _plainly(what, self.places[path].value)
        entry = re.match(r"\w+\[(\d+)\]", path)
        within = path[entry.end() :].removeprefix(".") if entry else path
        if within:
            problem = f"{problem} at {within}"
        return f"entry {self._name_of(entry[0], int(entry[1]), named_by)}: {problem}" if entry else problem

    def _name_of(self, path: str, number: int, key: str) -> str:
        name = self.places.get(_joined(path, key))
        return shown(name.value) if name and isinstance(name.value, str) and name.value else f"number {number + 1}"

    def _split(self, error: str) -> tuple[str, str]:
        """What is wrong, and the path at which it is. An unknown key may hold what looks like a path."""
        what, _, path = error.rpartition(" - at `$")
        path = path.removesuffix("`").removeprefix(".")
        return (what, path) if path in self.places else (error, "")


def read_document(source: YamlText) -> Document:
    """The text as plain values with their places. Raises the error of ``source`` for what is no plain YAML."""
    root = compose(source, plain=True)
    places: dict[str, Place] = {}
    reading = _Reading(source, places)
    return Document(source, None if root is None or is_nothing(root) else reading.value(root, "", root), places)


@dataclass(frozen=True, slots=True)
class _Reading:
    source: YamlText
    places: dict[str, Place]

    def value(self, node: yaml.Node, path: str, begin: yaml.Node) -> Any:
        """The value of a node, whose line is that on which ``begin`` stands."""
        value = node.value
        if isinstance(node, yaml.SequenceNode):
            value = [self.value(member, f"{path}[{number}]", member) for number, member in enumerate(node.value)]
        elif isinstance(node, yaml.MappingNode):
            value = self._mapping(node, path)
        self.places[path] = Place(value, self.source.first_line + begin.start_mark.line, node.start_mark.index, node.end_mark.index)
        return value

    def _mapping(self, node: yaml.Node, path: str) -> dict[str, Any]:
        given: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or not key.value.strip():
                raise self.source.refusal(key.start_mark.line, "a key that is no word", "write a name and a colon")
            if key.value in given:
                raise self.source.refusal(key.start_mark.line, f"{shown(key.value)} is given twice", "keep one")
            given[key.value] = key, value
        return {name: self.value(value, _joined(path, name), key) for name, (key, value) in given.items() if not is_nothing(value)}


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


# --- errors of msgspec, for somebody who writes YAML ------------------------------------------------------------------

_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_PLAIN_WORDS = (
    ("Object missing required field", "it lacks the key"),
    ("`str | array`", "text or a list"),
    ("`object | array`", "keys and values, or a list of them"),
    ("`str | object`", "unknown, or words and their sentence"),
    ("`array`", "a list"),
    ("`list`", "a list"),
    ("`object`", "keys and values"),
    ("`dict`", "keys and values"),
    ("`str`", "text"),
    ("`", "'"),
)


def _mends(schema: str) -> Mends:
    return (
        ("unknown field", f"take it out, or see the list of keys that onrecord schema {schema} prints"),
        ("missing required field", "add it"),
        ("Invalid ", f"see the values that onrecord schema {schema} lists"),
        ("of length", "make it longer or shorter"),
        ("Expected `array`", "write a list, each item on a line that begins with -"),
        ("Expected `object", "write keys and values below it"),
        ("Expected `str", "write the words, in quotation marks if they hold : or #"),
        ("", f"mend it as onrecord schema {schema} says"),
    )


def _plainly(what: str, value: object) -> str:
    """What is wrong with ``value``, without the words of programmers."""
    if unknown := _UNKNOWN.fullmatch(what):
        return f"there is no key {shown(unknown[1])}"
    if what.startswith("Invalid ") or "matching regex" in what:
        return f"{shown(str(value))} cannot stand"
    for before, after in _PLAIN_WORDS:
        what = what.replace(before, after)
    return what[:1].lower() + what[1:]


def shown(text: str) -> str:
    """What stands there, on one line and short."""
    return repr(_short(text))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
