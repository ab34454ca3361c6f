"""Moves the guards of entries to the sentences of today, for an editor to look at: what stays in doubt stays as it is."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.corrections.anchors import Anchor, Found, Ground, find_words
from onrecord.corrections.reading import Corrections, parse_corrections
from onrecord.corrections.typography import normalise
from onrecord.model import Article


@dataclass(frozen=True, slots=True)
class Rebased:
    """A file of corrections with the sentences of today."""

    text: str
    moved: tuple[str, ...]
    """Ids of entries with a new sentence."""
    left: tuple[str, ...]
    """Ids of entries that do not hold and were left alone: their words are gone, or stand more than once."""
    diff: str
    """What changed, as a unified diff; empty where nothing did."""


def rebase(corrections: Corrections, articles: Iterable[Article]) -> Rebased:
    """The file with a new sentence for each anchor whose sentence is gone and whose words stand exactly once; comments stay."""
    grounds = {article.id: Ground(article) for article in articles}
    edits: list[tuple[int, int, str]] = []
    moved: list[str] = []
    left: list[str] = []
    for number, entry in enumerate(corrections.entries):
        for path, anchor in entry.anchors():
            ground = grounds.get(anchor.article or entry.article)
            if ground is None or isinstance(ground.locate(anchor), Found):
                continue
            sentence = _sentence_today(ground, anchor)
            (left if sentence is None else moved).append(entry.id)
            if sentence is not None:
                place = corrections.places[".".join(filter(None, (f"corrections[{number}]", path, "sentence")))]
                raw = corrections.text[place.start : place.end]
                # A block scalar (| or >) ends with its line.
                edits.append((place.start, place.end, json.dumps(sentence, ensure_ascii=False) + ("\n" if raw.endswith("\n") else "")))
    text = _edited(corrections.text, edits)
    parse_corrections(text, file=corrections.file)
    diff = "\n".join(_diff(corrections, text))
    return Rebased(text, tuple(dict.fromkeys(moved)), tuple(dict.fromkeys(left)), diff)


def _sentence_today(ground: Ground, anchor: Anchor) -> str | None:
    """The sentence around the words, where both stand exactly once."""
    spans = ground.place_of_words(anchor)
    if spans is None:
        return None
    guard = ground.sentence_around(spans)
    sentence = normalise(guard.of(ground.article.text))
    stands_once = ground.times(sentence) == 1 and len(list(ground.guards(sentence))) == 1
    return sentence if stands_once and len(find_words(anchor, sentence)) == 1 else None


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _diff(corrections: Corrections, text: str) -> Iterator[str]:
    before, after = corrections.text.splitlines(), text.splitlines()
    return difflib.unified_diff(before, after, corrections.file, f"{corrections.file} (rebased)", lineterm="", n=4)
