"""Learns the rates of cues from PolNeAR's training articles, and writes ``generator/onrecord/extract/data/cues.json``.

    python benchmarks/learn_cues.py DATA_DIR/train

Only counts leave the corpus: for each rule and lemma that at least three articles share, in how many places it stood, and in how
many of them annotators had marked an attribution there. The result is the same for the same input.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from polnear import GoldAttribution, read_gold
from rich.progress import track

from onrecord.article import load_article
from onrecord.extract.attributions.cues import COMMUNICATION, POOLED, Cues, pool_of
from onrecord.extract.attributions.find import find_governed, is_believed, scenes
from onrecord.extract.attributions.layout import LAYOUTS
from onrecord.extract.attributions.scene import Draft, Scene
from onrecord.extract.language import Analysis, analyse, load_pipeline
from onrecord.model import Span
from onrecord.options import DEFAULT_MODEL

TARGET = Path(__file__).parents[1] / "generator" / "onrecord" / "extract" / "data" / "cues.json"
SHARED_BY = 3
IDLE = 0.25
"""Below this share of hits a lemma's own count would never be believed, and is not kept."""
_SIGNS = (":", "\u2014")

Gold = tuple["Letters", ...]
Table = dict[str, dict[str, tuple[int, int]]]


class Tally:
    """Hits and places for each rule and lemma, with the articles in which the lemma stood."""

    def __init__(self) -> None:
        self.hits: Counter[tuple[str, str]] = Counter()
        self.places: Counter[tuple[str, str]] = Counter()
        self.articles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def add(self, draft: Draft, article: str, hit: bool) -> None:
        key = (draft.frame, draft.lemma)
        self.places[key] += 1
        self.hits[key] += hit
        self.articles[key].add(article)

    def table(self) -> Table:
        """Counts by rule and lemma in alphabetical order, the lemmas of too few articles pooled."""
        table: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for key in sorted(self.places):
            frame, lemma = key
            name = lemma if len(self.articles[key]) >= SHARED_BY and _is_word(lemma) else pool_of(lemma)
            hits, places = table[frame].get(name, (0, 0))
            table[frame][name] = (hits + self.hits[key], places + self.places[key])
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


def learn(examples: Iterable[tuple[Analysis, Gold]]) -> Table:
    """The table of cues. First what the parse governs is counted; then, with those rates, what layout has to join."""
    tally = Tally()
    governed: list[tuple[Analysis, Gold, list[tuple[Scene, list[Draft]]]]] = []
    for analysis, gold in examples:
        drafts = [(scene, list(find_governed(scene))) for scene in scenes(analysis)]
        governed.append((analysis, gold, drafts))
        for draft in (draft for _, found in drafts for draft in found):
            tally.add(draft, analysis.article.id, is_right(analysis, draft, gold))
    rates = Cues(tally.table())
    for analysis, gold, drafts in governed:
        for scene, found in drafts:
            scene.drafts.extend(draft for draft in found if is_believed(draft, rates.rate(draft.frame, draft.lemma)))
            for quotation in scene.quotations:
                if scene.holder(quotation) is None:
                    _count_layouts(scene, [draft for find in LAYOUTS for draft in find(scene, quotation)], analysis, gold, tally)
    return tally.table()


def _count_layouts(scene: Scene, drafts: list[Draft], analysis: Analysis, gold: Gold, tally: Tally) -> None:
    """Counts drafts up to the first right one, as the program tries them, and goes on with that one."""
    for draft in drafts:
        right = is_right(analysis, draft, gold)
        tally.add(draft, analysis.article.id, right)
        if right:
            scene.drafts.append(draft)
            return


@dataclass(frozen=True, slots=True)
class Letters:
    """A gold attribution as sets of the positions of its letters and digits."""

    content: frozenset[int]
    source: frozenset[int]
    cue: frozenset[int]


def is_right(analysis: Analysis, draft: Draft, gold: Gold) -> bool:
    """Whether an annotator marked this: the same content, or most of this inside it, by the same cue or the same quote going on."""
    text = analysis.article.text
    mine = letters(text, draft.content)
    cue = letters(text, (Span(analysis.doc[i].idx, analysis.doc[i].idx + len(analysis.doc[i])) for i in draft.cue))
    before = letters(text, draft.continues.content) if draft.continues else frozenset()
    for one in gold:
        both = len(mine & one.content)
        if not both or (both < 0.5 * len(mine | one.content) and both < 0.8 * len(mine)):
            continue
        if cue and not cue & one.cue:
            continue
        if draft.continues is None or any(
            other.source == one.source and len(before & other.content) >= 0.5 * len(before) for other in gold
        ):
            return True
    return False


def letters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for span in spans for i in range(span.start, span.end) if text[i].isalnum())


def as_letters(text: str, gold: Iterable[GoldAttribution]) -> Gold:
    return tuple(Letters(letters(text, one.content), letters(text, one.source), letters(text, one.cue)) for one in gold)


def main(folder: Path) -> None:
    nlp = load_pipeline(DEFAULT_MODEL)
    gold = list(read_gold(folder))
    articles = ((load_article(one.path), one.attributions) for one in track(gold, "parsing"))
    table = learn((analyse(nlp, article), as_letters(article.text, attributions)) for article, attributions in articles)
    TARGET.write_bytes(msgspec.json.format(msgspec.json.encode(table), indent=1) + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
