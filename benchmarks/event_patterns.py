"""Makes the package's table of events from PETRARCH's verb dictionary: which verb with which object states which PLOVER class.

    python benchmarks/event_patterns.py CAMEO.2.0.txt CAMEO2PLOVER-2021.txt > generator/onrecord/extract/data/events.txt

The dictionary (Open Event Data Alliance, MIT licence) has blocks of verbs that share their patterns, each with a CAMEO code; the table
has the PLOVER class of each code (manual 0.8, 17 September 2021). Of the patterns only those are taken that a parser can tell: a verb
with its direct object. What is ambiguous is left out: an object that one verb has in several classes, and the bare class of verbs whose
own patterns mostly lead elsewhere.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""Classes of the table that the package has under one name."""
LEAST_SHARE = 0.3
"""How many of a block's patterns must have its own class, so that its bare verbs state it: below, the object decides too often."""
CODE = re.compile(r"(\d{3,4}):\s*([A-Z]+)")
BLOCK = re.compile(r"---\s+\S+\s+\[(.*?)\]")
PATTERN = re.compile(r"-\s*\*\s*(\{.*?\}|&?[A-Z_'-]+)\s*\[(.*?)\]")
ANY_CODE = re.compile(r"-.*\[(.*?)\]")
VERB = re.compile(r"(\+?[A-Z_-]+)(?:\s*\{.*?\})?\s*(?:\[(.*?)\])?\s*$")


@dataclass(frozen=True, slots=True)
class Event:
    """A pattern: words of the object, and the class that verb and object state."""

    object: str
    class_: str


@dataclass(frozen=True, slots=True)
class Block:
    """Verbs that share their patterns."""

    verbs: tuple[tuple[str, str], ...]
    """Each with the class that it states by itself; an empty string for none."""
    events: tuple[Event, ...]


def class_of(code: str, classes: Mapping[str, str]) -> str:
    """The class of a CAMEO code, of "046:046" that of its first half; empty where it has none."""
    return classes.get(code.partition(":")[0].strip(), "")


def read_classes(table: str) -> dict[str, str]:
    """The class of each code."""
    found = (CODE.match(line) for line in table.splitlines())
    return {match[1]: MERGED.get(match[2], match[2]) for match in found if match}


def singular(word: str) -> str:
    """A noun without the ending of the plural, in lower case; "_" at its end only says that it has none."""
    word = word.strip("_").lower()
    if word.endswith("ies"):
        return f"{word[:-3]}y" if len(word.rpartition("_")[2]) > 4 else word[:-1]  # "Parties", but "ties".
    if re.search(r"(?:x|ss|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^suia]s$", word) else word


def read_sets(lines: Iterable[str]) -> dict[str, list[str]]:
    """The dictionary's sets of synonyms by their names: ``&WEAPON``."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in takewhile(lambda line: not line.startswith("---"), lines):
        if line.startswith("&"):
            name = line.split()[0]
        elif line.startswith("+") and name:
            found.setdefault(name, []).append(line[1:].strip())
    return found


def objects_of(pattern: str, sets: Mapping[str, list[str]]) -> Iterator[str]:
    """The objects that a pattern has: one word, or the words of a phrase; each member of a set that stands alone."""
    words = pattern.strip("{}").split()
    if len(words) == 1 and words[0].startswith("&"):
        # Sets of dozens of currencies, weapons and aircraft say no more than their names do.
        members = sets.get(words[0], [])
        yield from (singular(word) for word in members if "_" not in word.strip("_")) if len(members) < 20 else [singular(words[0][1:])]
    elif not any(word.startswith("&") for word in words):
        yield "_".join(singular(word) for word in words)


def read_blocks(text: str, classes: Mapping[str, str]) -> Iterator[Block]:
    """The blocks that state anything."""
    lines = [line.partition("#")[0].rstrip() for line in text.splitlines()]
    sets = read_sets(lines)
    starts = [number for number, line in enumerate(lines) if line.startswith("---")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield read_block(lines[start:end], classes, sets)


def read_block(lines: list[str], classes: Mapping[str, str], sets: Mapping[str, list[str]]) -> Block:
    """A block: its head, its verbs, its patterns."""
    head = BLOCK.match(lines[0])
    own = class_of(head[1], classes) if head else ""
    patterns = [match for line in lines[1:] if (match := PATTERN.match(line))]
    every = [class_of(match[1], classes) for line in lines[1:] if (match := ANY_CODE.match(line))]
    verbs = [match for line in lines[1:] if (match := VERB.match(line))]
    named = tuple((match[1], class_of(match[2], classes) if match[2] else own) for match in verbs)
    kept = tuple((verb.strip("+").lower().replace("_", " "), class_ if is_firm(class_, every) else "") for verb, class_ in named)
    return Block(kept, tuple(clear(Event(word, class_of(match[2], classes)) for match in patterns for word in objects_of(match[1], sets))))


def is_firm(class_: str, patterns: list[str]) -> bool:
    """Whether verbs state their class by themselves: enough of their patterns have it too."""
    return not patterns or patterns.count(class_) / len(patterns) >= LEAST_SHARE


def clear(events: Iterable[Event]) -> Iterator[Event]:
    """The events whose object leads to one class only."""
    by_object: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        by_object[event.object][event.class_] += 1
    for word, counted in sorted(by_object.items()):
        if len(counted) == 1 and (class_ := next(iter(counted))):
            yield Event(word, class_)


def written(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of the table: the verbs by class, then for each block its verbs and its objects by class."""
    bare: dict[str, set[str]] = defaultdict(set)
    for block in blocks:
        for verb, class_ in block.verbs:
            if class_:
                bare[class_].add(verb)
        by_class: dict[str, list[str]] = defaultdict(list)
        for event in block.events:
            by_class[event.class_].append(event.object)
        if block.verbs and by_class:
            names = ", ".join(sorted(verb for verb, _ in block.verbs))
            yield f"{names} | " + " | ".join(f"{class_}: {' '.join(words)}" for class_, words in sorted(by_class.items()))
    yield from (f"{', '.join(sorted(verbs))} | {class_}" for class_, verbs in sorted(bare.items()))


def heading(dictionary: str) -> Iterator[str]:
    """What the table says of itself, with the licence as the dictionary has it."""
    yield "# Events: verbs, and the PLOVER class that they state with a direct object. Made by benchmarks/event_patterns.py; do not edit."
    yield "#"
    yield "# verbs | CLASS            they state it of whatever actor is their object"
    yield '# verbs | CLASS: objects   they state it with one of these objects: "give | AID: food"'
    yield "#"
    yield "# Source: PETRARCH's verb dictionary CAMEO.2.0 (30 April 2015) and the table CAMEO2PLOVER (PLOVER manual 0.8, September 2021),"
    yield "# both of the Open Event Data Alliance. The licence of the dictionary:"
    yield "#"
    lines = [line.removeprefix("#").strip() for line in dictionary.splitlines() if line.startswith("#")]
    first = next(number for number, line in enumerate(lines) if line.startswith("The MIT License"))
    last = next(number for number, line in enumerate(lines) if number > first and line.endswith("DEALINGS IN THE SOFTWARE."))
    yield from (f"# {line}".rstrip() for line in lines[first : last + 1])


def main(dictionary: Path, table: Path) -> None:
    text = dictionary.read_text(encoding="utf-8")
    blocks = list(read_blocks(text, read_classes(table.read_text(encoding="utf-8"))))
    print("\n".join([*heading(text), "", *written(blocks)]))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
