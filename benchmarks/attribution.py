"""Measures quotes and reported speech against PolNeAR's annotators, and tells what became better and worse.

    python benchmarks/attribution.py DATA_DIR/dev             # the figures, and each change against those last saved
    python benchmarks/attribution.py DATA_DIR/dev --limit 50  # with more of the examples that were gained and lost
    python benchmarks/attribution.py DATA_DIR/dev --rules     # without the trained classifier
    python benchmarks/attribution.py DATA_DIR/dev --accurate  # with the accurate reader, merged as four fifths of the articles teach
    python benchmarks/attribution.py DATA_DIR/train --folds 2 # by cross-validation: each half with a classifier that the other taught
    python benchmarks/attribution.py DATA_DIR/dev --save      # and saves them: run it when a change is done

The folder holds ``text/`` and ``attributions/`` of one split, and its name is the split's. Figures are saved in
``reports/figures.json`` of the package, from which the method page and the README have theirs (``--save`` rewrites its tables too, and
a test compares them); what became of each example is saved in ``benchmarks/figures/attribution.json``, as offsets. Neither holds any text.

The measures are those of :mod:`onrecord.reports.figures`. Quotes with the same cue and source, and those that go on with the same source,
count as one, as the annotators took them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from crossval import folds as taught_on_others
from crossval import merged_folds
from examples import FILE as EXAMPLES_FILE
from examples import Change, Places, changes, encode_examples, load_examples, name_of, places
from layouts import layout_shares
from readme import PAGES, with_figures
from reliability import by_confidence, by_score
from rich.console import Console
from rich.progress import track
from scoring import Comparison, Ruler, ShownQuote, compare, tally
from spacy.language import Language
from tables import class_table, example_lines, layout_table, reliability_table

from onrecord.article import load_article
from onrecord.extract.language import load_pipeline
from onrecord.model import Quote
from onrecord.options import ACCURATE, DEFAULT_MODEL, RULES, TRAINED
from onrecord.reports.figures import ACCURATE as ACCURATE_SPLIT
from onrecord.reports.figures import CROSS_VALIDATED, Figures, encode_figures, load_figures
from onrecord.reports.figures import FILE as FIGURES_FILE
from onrecord.reports.figures import RULES as RULES_SPLIT
from onrecord.reports.pipeline import build_report
from onrecord.train.gold import GoldArticle, read_gold

FOLDS = 5
"""Parts of the articles, unless the user says otherwise: how the accurate reader is merged is taught by the others of each."""
Extract = Callable[[GoldArticle], tuple[str, Sequence[Quote]]]
"""The text of an article and the quotes found in it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One article: its text, and what was shown against what people marked, all of it and the sure quotes alone."""

    name: str
    text: str
    all: Comparison
    sure: Comparison


def measure(gold: Iterable[GoldArticle], extract: Extract) -> Iterator[Measured]:
    """The comparison of each article."""
    for one in gold:
        text, quotes = extract(one)
        ruler = Ruler(text)
        shown = [shown_quote(quote) for quote in quotes]
        sure = [quote for quote in shown if quote.confidence == "high"]
        everything, certain = (compare(ruler, one.attributions, some, one.discards) for some in (shown, sure))
        yield Measured(one.path.stem, text, everything, certain)


def extractor(nlp: Language, *, attribution: str) -> Extract:
    """The whole extraction with a pipeline."""

    def extract(gold: GoldArticle) -> tuple[str, Sequence[Quote]]:
        article = load_article(gold.path)
        return article.text, build_report(article, nlp, attribution=attribution).quotes

    return extract


def shown_quote(quote: Quote) -> ShownQuote:
    """The part of a quote that is measured."""
    return ShownQuote(quote.content, quote.speaker.mention, quote.cue, quote.kind, quote.confidence, quote.score)


def figures_of(measured: Sequence[Measured], pipeline: str) -> Figures:
    """All figures of a split."""
    whole = [one.all for one in measured]
    return Figures(
        len(measured),
        pipeline,
        tally(whole),
        tally(one.sure for one in measured),
        layout_shares((one.text, one.all) for one in measured),
        by_score(whole),
        by_confidence(whole),
    )


def show(console: Console, figures: Figures, before: Figures | None) -> None:
    """Prints the tables."""
    console.print(class_table(figures, before, sure=False))
    console.print(class_table(figures, before, sure=True))
    console.print(layout_table(figures, before))
    for title, rows in (("score", figures.by_score), ("confidence", figures.by_confidence)):
        console.print(reliability_table(title, rows))


def show_examples(console: Console, found: Sequence[Change], measured: Sequence[Measured], *, limit: int) -> None:
    """Prints the examples that were gained, then those that were lost, with their words."""
    by_name = {one.name: one for one in measured}
    for title, some in (("Gained", [c for c in found if c.gained]), ("Lost", [c for c in found if not c.gained])):
        console.print(f"\n{title}: {len(some)}" + (f", of which {limit} are shown" if len(some) > limit else ""))
        for change in some[:limit]:
            one = by_name[change.article]
            console.print(*example_lines(change, one.text, one.all), sep="\n")


def save(split: str, figures: Figures, kept: dict[str, Places]) -> None:
    """Writes the figures and the examples of a split, and the tables of the README and the card."""
    all_figures = {**load_figures(), split: figures}
    FIGURES_FILE.write_bytes(encode_figures(all_figures))
    EXAMPLES_FILE.parent.mkdir(exist_ok=True)
    EXAMPLES_FILE.write_bytes(encode_examples({**load_examples(), split: kept}))
    for page, reader in PAGES.items():
        page.write_text(with_figures(page.read_text(encoding="utf-8"), all_figures, reader), encoding="utf-8")


def parts(
    gold: list[GoldArticle], nlp: Language, *, rules: bool, accurate: bool, folds: int
) -> Iterable[tuple[list[GoldArticle], str | Path]]:
    """Parts of the articles, each with what it is to be read with."""
    if accurate:
        return merged_folds(gold, nlp, folds or FOLDS)
    return taught_on_others(gold, nlp, folds) if folds else [(gold, RULES if rules else TRAINED)]


@click.command(help="Measure attribution on DATA_DIR, which holds text/ and attributions/ of one split of PolNeAR.")
@click.argument("folder", metavar="DATA_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="A spaCy pipeline, by name or path.")
@click.option("--rules", is_flag=True, help="Measure attribution by rates, without the trained classifier.")
@click.option("--accurate", is_flag=True, help="Measure with the accurate reader; how it is merged is taught by the other articles.")
@click.option("--folds", default=0, help="Measure by cross-validation: teach a classifier for each of so many parts of the articles.")
@click.option("--limit", default=20, show_default=True, help="How many gained and how many lost examples to print.")
@click.option("--save", "saving", is_flag=True, help="Save the figures and what became of each example.")
def main(folder: Path, model: str, rules: bool, accurate: bool, folds: int, limit: int, saving: bool) -> None:
    nlp = load_pipeline(model)
    split = folder.resolve().name + (RULES_SPLIT if rules else ACCURATE_SPLIT if accurate else CROSS_VALIDATED if folds else "")
    gold = list(read_gold(folder))
    measured: list[Measured] = []
    for part, attribution in parts(gold, nlp, rules=rules, accurate=accurate, folds=folds):
        extract = extractor(nlp, attribution=str(attribution))
        measured += measure(track(part, "extracting", console=Console(stderr=True)), extract)
    reader = f", attribution: {ACCURATE}" if accurate else ""
    figures = figures_of(measured, f"{nlp.lang}_{nlp.meta['name']} {nlp.meta['version']}{reader}")
    kept = {name_of(one.name): places(one.all) for one in measured}
    console = Console(width=140)
    show(console, figures, load_figures().get(split))
    saved = load_examples().get(split)
    if saved is None:
        console.print(f"\nNo examples of {split} were saved yet: what is gained and lost cannot be told.")
    else:
        show_examples(console, list(changes([one.name for one in measured], saved, kept)), measured, limit=limit)
    if saving:
        save(split, figures, {} if folds else kept)  # of all training articles they would be a book


if __name__ == "__main__":
    main()
