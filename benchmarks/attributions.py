"""Measures quotes and reported speech against PolNeAR's annotators.

    python benchmarks/attributions.py DATA_DIR/dev

For each class: P, R and F in per cent for content alone (letters and digits overlap with IoU of at least 0.5, one to one, best first) and
for content and source together (the source shown covers the head word of the annotated one, or the reverse). Gold without a source is right
only where none is shown. Classes: direct (at least 80 % of the content inside double marks), mixed (some of it), claim (no marks, six words
or more), brief (no marks, fewer); quoted = direct + mixed, core = quoted + claim. What is shown and matched has its gold's class. Quotes
with the same cue and source, and those that go on with the same source, count as one, as the annotators took them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from polnear import read_gold
from rich.console import Console
from rich.progress import track
from rich.table import Table

from onrecord.article import load_article
from onrecord.extract.language import load_pipeline
from onrecord.extract.quotation_marks import find_quotations
from onrecord.model import Report, Span
from onrecord.options import DEFAULT_MODEL
from onrecord.pipeline import build_report

GROUPS = {
    "direct": ("direct",),
    "mixed": ("mixed",),
    "claim": ("claim",),
    "brief": ("brief",),
    "quoted": ("direct", "mixed"),
    "core": ("direct", "mixed", "claim"),
}
_HEAD_ENDS = re.compile(
    r"\s*(?:[,;:(\u2014\u2013]|\s-\s|\b(?:who|which|that|of|in|at|for|from|with|on|to|by|near|including|among)\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Item:
    """An attribution, annotated or shown, as sets of positions of letters and digits."""

    content: frozenset[int]
    source: frozenset[int]
    head: frozenset[int]
    kind: str


class Ruler:
    """Makes items of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        lines = re.finditer(r"[^\n]+", text)
        marked = [q.span for q in find_quotations(text, (Span(*line.span()) for line in lines)) if q.style == "double"]
        self.inside = frozenset(i for span in marked for i in range(span.start, span.end))

    def item(self, content: Iterable[Span], source: Iterable[Span]) -> Item:
        content, source = sorted(content), sorted(source)
        letters = self.letters(content)
        share = len(letters & self.inside) / max(1, len(letters))
        words = sum(len(span.of(self.text).split()) for span in content)
        kind = "direct" if share >= 0.8 else "mixed" if share else "claim" if words >= 6 else "brief"
        return Item(letters, self.letters(source), self.letters([_head(self.text, source[0])] if source else []), kind)

    def letters(self, spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(i for span in spans for i in range(span.start, span.end) if self.text[i].isalnum())


def _head(text: str, source: Span) -> Span:
    """A source's head word, guessed: the last word before the first comma or preposition."""
    words = source.of(text)
    cut = _HEAD_ENDS.search(words)
    found = list(re.finditer(r"[^\W_][\w.'\u2019-]*", words[: cut.start()] if cut and cut.start() else words))
    return Span(source.start + found[-1].start(), source.start + found[-1].end()) if found else source


def shown(ruler: Ruler, report: Report) -> list[Item]:
    """What a report shows, those quotes joined that the annotators would have taken for one."""
    groups: dict[object, list[Span]] = {}
    last: dict[Span | None, object] = {}
    sources: dict[object, Span | None] = {}
    for quote in report.quotes:
        mention = quote.speaker.mention
        key: object = (mention, quote.cue) if mention or quote.cue else quote.id
        if quote.cue is None and mention in last:
            key = last[mention]
        groups.setdefault(key, []).extend(quote.content)
        sources[key] = mention
        if mention is not None:
            last[mention] = key
    return [ruler.item(content, [source] if (source := sources[key]) else []) for key, content in groups.items()]


def measure(gold: list[Item], found: list[Item]) -> Counter[tuple[str, str]]:
    """Counts by class: gold, shown, content (found with the right words), both (with the right source as well)."""
    pairs = sorted(
        (
            (len(g.content & f.content) / len(g.content | f.content), -i, -j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g.content & f.content
        ),
        reverse=True,
    )
    match: dict[int, int] = {}
    for overlap, i, j in pairs:
        if overlap >= 0.5 and -i not in match and -j not in match.values():
            match[-i] = -j
    counts: Counter[tuple[str, str]] = Counter((one.kind, "gold") for one in gold)
    of = {j: i for i, j in match.items()}
    counts.update((gold[of[j]].kind if j in of else one.kind, "shown") for j, one in enumerate(found))
    for i, j in match.items():
        counts[gold[i].kind, "content"] += 1
        counts[gold[i].kind, "both"] += _same_source(gold[i], found[j])
    return counts


def _same_source(gold: Item, found: Item) -> bool:
    if not gold.source or not found.source:
        return not gold.source and not found.source
    overlap = len(gold.source & found.source) / len(gold.source | found.source)
    return overlap >= 0.5 or gold.head <= found.source or found.head <= gold.source


def table(counts: Counter[tuple[str, str]]) -> Table:
    """Per cent, a row for each class and group of classes."""
    result = Table("class", "gold", "shown", "content P", "R", "F", "content and source P", "R", "F")
    for group, kinds in GROUPS.items():
        gold, found, content, both = (sum(counts[kind, what] for kind in kinds) for what in ("gold", "shown", "content", "both"))
        cells = [f"{100 * value:.1f}" for right in (content, both) for value in _prf(right, found, gold)]
        result.add_row(group, str(gold), str(found), *cells)
    return result


def _prf(right: int, found: int, gold: int) -> tuple[float, float, float]:
    precision, recall = right / max(1, found), right / max(1, gold)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main(folder: Path) -> None:
    nlp = load_pipeline(DEFAULT_MODEL)
    counts: Counter[tuple[str, str]] = Counter()
    for path, attributions in track(list(read_gold(folder)), "extracting", console=Console(stderr=True)):
        article = load_article(path)
        ruler = Ruler(article.text)
        gold = [item for one in attributions if (item := ruler.item(one.content, one.source)).content]
        counts += measure(gold, [item for item in shown(ruler, build_report(article, nlp)) if item.content])
    Console(width=120).print(table(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
