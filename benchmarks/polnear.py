"""Reads PolNeAR 1.0 (Newell et al. 2018): ``text/NAME.txt`` beside ``attributions/NAME_XXXX.ann`` in brat's standoff format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import Span

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """An attribution as an annotator marked it."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]


def read_gold(folder: Path) -> Iterator[tuple[Path, tuple[GoldAttribution, ...]]]:
    """Each text's path with its attributions; where several annotators did one text, the first file by name is taken."""
    for path in sorted((folder / "text").glob("*.txt")):
        files = sorted(
            f for f in (folder / "attributions").iterdir() if f.name.startswith(path.stem + "_") and len(f.stem) == len(path.stem) + 5
        )
        if files:
            yield path, read_brat(files[0])


def read_brat(path: Path) -> tuple[GoldAttribution, ...]:
    """The attributions of one ``.ann`` file that have a content."""
    spans: dict[str, tuple[Span, ...]] = {}
    found: list[GoldAttribution] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := _TEXT_BOUND.match(line):
            spans[match[1]] = tuple(Span(*map(int, pair.split())) for pair in match[3].split(";"))
        elif line.startswith("E"):
            roles: dict[str, list[Span]] = {"content": [], "source": [], "cue": []}
            for pair in line.split("\t")[1].split():
                role, reference = pair.split(":")
                roles.get(role.rstrip("0123456789").lower(), []).extend(spans.get(reference, ()))
            if roles["content"]:
                found.append(GoldAttribution(*(tuple(sorted(roles[role])) for role in ("content", "source", "cue"))))
    return tuple(found)
