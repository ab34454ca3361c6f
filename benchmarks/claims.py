"""Measures claims and relations against an annotated article, or counts them in a folder, and tells what became better and worse.

    python benchmarks/claims.py DATA_DIR/first-article        # an article and its gold, and each change against what was last saved
    python benchmarks/claims.py DATA_DIR/polnear/dev          # how many claims, relations and comparisons there are
    python benchmarks/claims.py DATA_DIR/first-article --save

A folder with ``gold.json`` has one article beside it. A claim is found where its letters and the annotated ones overlap by half or more of
all; its asserter is right where most mentions of that actor are those of the annotated one. A relation is found where it joins the same
two actors, either way round, with the right polarity. Any other folder has articles in ``text/``, and is only counted.

Measures and what became of each claim and relation are saved in ``figures/``, as offsets. They hold no text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import click
import msgspec
from examples import Places, State, by_state, changes, encode_examples, load_examples, name_of
from rich.console import Console
from rich.progress import track
from scoring import OVERLAP, overlap
from spacy.language import Language
from tables import Measures, change_lines, load_measures, measure_table, save_measures

from onrecord.article import find_articles, load_article
from onrecord.extract.language import load_pipeline
from onrecord.model import AUTHOR, Claim, Report, Span
from onrecord.options import DEFAULT_MODEL
from onrecord.reports.figures import share
from onrecord.reports.pipeline import build_report

FIGURES = Path(__file__).parent / "figures"
EXAMPLES_FILE = FIGURES / "claims.json"
MEASURES_FILE = FIGURES / "claims_measures.json"
RELATIONS = " relations"
"""What follows an article's name where its relations are kept, by their triggers."""
_NARRATOR = "AUTHOR"


class GoldSpan(msgspec.Struct, frozen=True):
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class GoldActor(msgspec.Struct, frozen=True):
    id: str
    mentions: tuple[GoldSpan, ...]


class GoldClaim(msgspec.Struct, frozen=True):
    span: GoldSpan
    asserter: str
    polarity: str
    modality: str


class GoldRelation(msgspec.Struct, frozen=True):
    source: str
    target: str | None
    polarity: str
    trigger: GoldSpan


class Gold(msgspec.Struct, frozen=True):
    """One article as a person annotated it."""

    actors: tuple[GoldActor, ...]
    claims: tuple[GoldClaim, ...]
    relations: tuple[GoldRelation, ...]


def stand_for(report: Report, gold: Gold) -> dict[str, str]:
    """The annotated actor for which each shown one stands: the one that most of its mentions overlap best."""
    owners = [(mention.span, actor.id) for actor in gold.actors for mention in actor.mentions]
    found = {AUTHOR: _NARRATOR}
    for actor in report.actors:
        over = [max(((_fit(own, mention), id) for own, id in owners if own.overlaps(mention)), default=None) for mention in actor.mentions]
        votes = Counter(best[1] for best in over if best is not None)
        if votes and actor.id != AUTHOR:
            found[actor.id] = votes.most_common(1)[0][0]
    return found


def _fit(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / (len(one) + len(other) - both)


def match_claims(report: Report, gold: Gold) -> dict[int, int]:
    """The index of the shown claim for that of the annotated one, best first."""
    text = report.article.text

    def letters(spans: Sequence[Span]) -> frozenset[int]:
        return frozenset(i for span in spans for i in range(span.start, span.end) if text[i].isalnum())

    marked, shown = [letters([one.span.span]) for one in gold.claims], [letters(one.spans) for one in report.claims]
    close = sorted((-overlap(one, other), i, j) for i, one in enumerate(marked) for j, other in enumerate(shown))
    found: dict[int, int] = {}
    for fit, i, j in close:
        if -fit >= OVERLAP and i not in found and j not in found.values():
            found[i] = j
    return found


def rights(claim: Claim, gold: GoldClaim, actors: Mapping[str, str]) -> dict[Literal["asserter", "polarity", "modality"], bool]:
    """What is right of a claim that was found."""
    asserter = actors.get(claim.asserter or "", _NARRATOR if claim.asserter is None else "")
    return {
        "asserter": asserter == gold.asserter,
        "polarity": claim.polarity == gold.polarity,
        "modality": claim.modality == gold.modality,
    }


def measure_gold(report: Report, gold: Gold) -> tuple[Measures, dict[str, Places]]:
    """The measures of an annotated article, and what became of each of its claims and relations."""
    actors, found = stand_for(report, gold), match_claims(report, gold)
    right = {i: rights(report.claims[j], gold.claims[i], actors) for i, j in found.items()}
    claims: list[tuple[tuple[Span, ...], State]] = []
    for i, one in enumerate(gold.claims):
        claims.append(((one.span.span,), "missed" if i not in right else "right" if all(right[i].values()) else "content"))
    extra = [one for j, one in enumerate(report.claims) if j not in found.values()]
    claims += [(one.spans, "extra") for one in extra]
    joined = {(frozenset((actors.get(one.source), actors.get(one.target))), one.polarity): one.trigger for one in report.relations}
    known = {edge: trigger for edge, trigger in joined.items() if None not in edge[0]}
    marked = {(frozenset((one.source, one.target)), one.polarity): one.trigger.span for one in gold.relations if one.target}
    relations: list[tuple[tuple[Span, ...], State]] = [((at,), "right" if edge in known else "missed") for edge, at in marked.items()]
    relations += [((at,), "extra") for edge, at in known.items() if edge not in marked]
    measures = {
        "claims found": share(len(found), len(gold.claims)),
        **{f"claims, {part} right": share(sum(one[part] for one in right.values()), len(gold.claims)) for part in _PARTS},
        "claims that match nothing": float(len(extra)),
        "relations found": share(len(marked.keys() & known.keys()), len(marked)),
        "relations that match nothing": float(len(known.keys() - marked.keys())),
    }
    name = report.article.id
    return measures, {name_of(name): by_state(claims), name_of(name + RELATIONS): by_state(relations)}


_PARTS: tuple[Literal["asserter", "polarity", "modality"], ...] = ("asserter", "polarity", "modality")


def count_reports(reports: Sequence[Report]) -> Measures:
    """How much is found in articles that nobody annotated, each by the article."""
    articles = len(reports)
    claims = [claim for report in reports for claim in report.claims]
    counts = {
        "claims": len(claims),
        "claims of sources": sum(claim.asserter != AUTHOR for claim in claims),
        "claims of nobody known": sum(claim.asserter is None for claim in claims),
        "claims negated": sum(claim.polarity == "-" for claim in claims),
        "relations": sum(len(report.relations) for report in reports),
    }
    kinds = Counter(one.kind for report in reports for one in report.comparisons)
    counts |= {f"comparisons, {kind}": kinds[kind] for kind in sorted(kinds)}
    return {f"{name} per article": share(number, articles) for name, number in counts.items()}


def measure(folder: Path, nlp: Language) -> tuple[Measures, dict[str, Places], dict[str, str]]:
    """The measures of a folder, the examples behind them, and the texts by their names."""
    if (folder / "gold.json").is_file():
        report = build_report(load_article(folder / "article.txt"), nlp)
        measures, places = measure_gold(report, msgspec.json.decode((folder / "gold.json").read_bytes(), type=Gold))
        name, text = report.article.id, report.article.text
        return measures, places, {name: text, name + RELATIONS: text}
    found = list(find_articles([folder / "text"]))
    reports = [build_report(load_article(path), nlp) for path in track(found, "extracting", console=Console(stderr=True))]
    return count_reports(reports), {}, {}


@click.command(help="Measure claims and relations on DATA_DIR: an article with its gold.json, or articles in text/ to be counted.")
@click.argument("folder", metavar="DATA_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="A spaCy pipeline, by name or path.")
@click.option("--limit", default=20, show_default=True, help="How many gained and how many lost examples to print.")
@click.option("--save", "saving", is_flag=True, help="Save the measures and what became of each example.")
def main(folder: Path, model: str, limit: int, saving: bool) -> None:
    split = folder.resolve().name
    measures, places, texts = measure(folder, load_pipeline(model))
    saved = load_measures(MEASURES_FILE)
    console = Console(width=140)
    console.print(measure_table(split, measures, saved.get(split, {})))
    examples = load_examples(EXAMPLES_FILE)
    if split in examples:
        for line in change_lines(list(changes(sorted(texts), examples[split], places)), texts, limit):
            console.print(line, soft_wrap=True)
    if saving:
        save_measures(MEASURES_FILE, saved, split, measures)
        if places:
            EXAMPLES_FILE.write_bytes(encode_examples({**examples, split: places}))


if __name__ == "__main__":
    main()
