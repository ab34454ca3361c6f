"""Counts how often each lemma attributes in each frame: the table by which the program judges without the classifier."""

from __future__ import annotations

from collections import Counter, defaultdict

from onrecord.extract.attributions.cues import COMMUNICATION, CONVENTIONS, POOLED, pool_of
from onrecord.extract.attributions.features import frame_of
from onrecord.extract.attributions.scene import Draft

SHARED_BY = 3
"""A lemma that fewer articles have in a frame is pooled."""
IDLE = 0.25
"""Below this share of hits a lemma's own count would never be believed, and is not kept."""
_SIGNS = (":", "\u2014")

Table = dict[str, dict[str, tuple[int, int]]]
"""By frame and lemma: how many drafts were right, of how many."""


class Tally:
    """Hits and places for each frame and lemma, with the articles in which the lemma stood."""

    def __init__(self) -> None:
        self._hits: Counter[tuple[str, str]] = Counter()
        self._places: Counter[tuple[str, str]] = Counter()
        self._articles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def add(self, draft: Draft, article: str, *, right: bool) -> None:
        """Counts one draft."""
        key = (frame_of(draft), draft.lemma)
        self._places[key] += 1
        self._hits[key] += right
        self._articles[key].add(article)

    def table(self) -> Table:
        """Counts by frame and lemma in alphabetical order, the lemmas of too few articles pooled; frames of a convention are left out."""
        table: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for key in sorted(self._places):
            frame, lemma = key
            if frame in CONVENTIONS:
                continue
            name = lemma if len(self._articles[key]) >= SHARED_BY and _is_word(lemma) else pool_of(lemma)
            hits, places = table[frame].get(name, (0, 0))
            table[frame][name] = (hits + self._hits[key], places + self._places[key])
        return {frame: _without_idle(lemmas) for frame, lemmas in table.items()}


def _is_word(lemma: str) -> bool:
    return lemma in _SIGNS or all(part.isascii() and part.isalpha() for part in lemma.split())


def _without_idle(lemmas: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Lemmas that hardly ever attribute join the pool, unless the pool's rate would then hide that."""
    hits = sum(hit for hit, _ in lemmas.values())
    places = sum(place for _, place in lemmas.values())
    if hits >= IDLE * places:
        return lemmas
    kept = {
        lemma: (hit, place) for lemma, (hit, place) in lemmas.items() if lemma == COMMUNICATION or (lemma != POOLED and hit >= IDLE * place)
    }
    pool = (hits - sum(hit for hit, _ in kept.values()), places - sum(place for _, place in kept.values()))
    return dict(sorted({**kept, POOLED: pool}.items()))
