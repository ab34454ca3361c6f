"""Reads PolNeAR 1.0 (Newell et al. 2018): ``text/NAME.txt`` beside ``attributions/NAME_XXXX.ann`` in brat's standoff format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import Span

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")
_DISCARD = "Discard"


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """An attribution as an annotator marked it."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article as one annotator marked it."""

    path: Path
    """Of its text."""
    attributions: tuple[GoldAttribution, ...]
    discards: tuple[Span, ...]
    """What the annotator set aside as no part of the article: editor's notes, prompts to read or to follow."""


def read_gold(folder: Path) -> Iterator[GoldArticle]:
    """Each text with its annotation; where several annotators did one text, the first file by name is taken."""
    first: dict[str, Path] = {}
    for annotation in sorted((folder / "attributions").iterdir()):
        first.setdefault(annotation.stem[:-5], annotation)  # an annotator's "_XXXX" ends the name
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem in first:
            yield read_brat(path, first[path.stem])


def read_brat(path: Path, annotation: Path) -> GoldArticle:
    """A text with what one ``.ann`` file says of it: attributions that have a content, and what is set aside."""
    lines = annotation.read_text(encoding="utf-8").split("\n")
    # An event may stand before the text bounds that it names.
    bounds = [match for line in lines if (match := _TEXT_BOUND.match(line))]
    spans = {match[1]: tuple(Span(*map(int, pair.split())) for pair in match[3].split(";")) for match in bounds}
    events = (_attribution(line, spans) for line in lines if line.startswith("E"))
    discards = tuple(span for match in bounds if match[2] == _DISCARD for span in spans[match[1]])
    return GoldArticle(path, tuple(one for one in events if one.content), discards)


def _attribution(line: str, spans: Mapping[str, tuple[Span, ...]]) -> GoldAttribution:
    roles: dict[str, list[Span]] = {"content": [], "source": [], "cue": []}
    for pair in line.split("\t")[1].split():
        role, reference = pair.split(":")
        roles.get(role.rstrip("0123456789").lower(), []).extend(spans.get(reference, ()))
    return GoldAttribution(*(tuple(sorted(roles[role])) for role in ("content", "source", "cue")))
