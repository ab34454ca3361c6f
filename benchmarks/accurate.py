"""Measures the accurate reader by itself, before anything is merged, against PolNeAR's annotators.

    python benchmarks/accurate.py MODEL_DIR DATA_DIR/dev                    # at several thresholds
    python benchmarks/accurate.py MODEL_DIR DATA_DIR/train --held 20        # the part of the training articles that training set aside
    python benchmarks/accurate.py MODEL_DIR DATA_DIR/dev --reports OUT.jsonl --least 0.6

MODEL_DIR is what ``onrecord train --accurate`` wrote. The last form writes what is found as reports with nothing but quotes, for a scorer
that reads those. Measures are those of :mod:`onrecord.reports.figures`. Nothing is saved: what the program shows is measured by
``benchmarks/attribution.py``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table
from scoring import Ruler, ShownQuote, compare, tally

from onrecord.article import load_article
from onrecord.extract.accurate.finding import Finding, without_doubles
from onrecord.extract.accurate.reader import AccurateReader
from onrecord.model import QuoteKind, Span
from onrecord.reports.figures import CLASSES, GROUPS, Class, Tally
from onrecord.train.gold import GoldArticle, read_gold
from onrecord.train.teach import fold_of

THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
COLUMNS: tuple[str, ...] = ("direct", "mixed", "quoted", "claim", "indirect", "core")
_KINDS: dict[Class, QuoteKind] = {"direct": "direct", "mixed": "mixed", "claim": "indirect", "brief": "indirect"}


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated article, and what the model finds in it."""

    gold: GoldArticle
    text: str
    findings: tuple[Finding, ...]

    def shown(self, least: float) -> list[ShownQuote]:
        """The findings of that score and more, each content once."""
        ruler = Ruler(self.text)
        return [_shown(ruler, one) for one in without_doubles(one for one in self.findings if one.score >= least)]


def _shown(ruler: Ruler, one: Finding) -> ShownQuote:
    plain = ShownQuote(one.content, one.source, one.cue, "indirect", "high", one.score)
    return ShownQuote(one.content, one.source, one.cue, _KINDS[ruler.shown(plain).kind], "high", one.score)


def read_all(reader: AccurateReader, gold: Iterable[GoldArticle]) -> Iterator[Read]:
    """Each article with what is found in it."""
    for one in gold:
        article = load_article(one.path)
        yield Read(one, article.text, reader.read(article))


def tallies(some: Iterable[Read], least: float) -> dict[Class, Tally]:
    """The counts of some articles by class."""
    return tally(compare(Ruler(one.text), one.gold.attributions, one.shown(least), one.gold.discards) for one in some)


def table_of(some: Sequence[Read]) -> Table:
    """F in per cent for each threshold: content right / content and source right."""
    table = Table("score from", *COLUMNS, title=f"{len(some)} articles: F of contents / of contents with sources, per cent")
    for least in THRESHOLDS:
        counts = tallies(some, least)
        groups = [sum((counts[name] for name in GROUPS[column] if name in CLASSES), Tally()) for column in COLUMNS]
        table.add_row(str(least), *(f"{100 * one.contents.f:.1f} / {100 * one.contents_and_sources.f:.1f}" for one in groups))
    return table


def report_lines(some: Iterable[Read], least: float) -> Iterator[str]:
    """A report of each article that has its quotes alone, as JSON."""
    for one in some:
        quotes = [
            {
                "kind": quote.kind,
                "content": [_pair(span) for span in quote.content],
                "cue": _pair(quote.cue),
                "speaker": {"actor": None, "mention": _pair(quote.source)},
            }
            for quote in one.shown(least)
        ]
        yield json.dumps({"article": {"id": one.gold.path.stem}, "quotes": quotes})


def _pair(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span.start, "end": span.end}


@click.command(help="Measure the model of MODEL_DIR on DATA_DIR, which holds text/ and attributions/ of one split of PolNeAR.")
@click.argument("model", metavar="MODEL_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("folder", metavar="DATA_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--held", default=0, help="Measure on one article in so many alone, by its name: what training with that setting set aside.")
@click.option("--threads", default=1, show_default=True, help="Threads that the model runs on.")
@click.option("--least", default=0.6, show_default=True, help="The score from which findings are in the reports.")
@click.option("--reports", type=click.Path(path_type=Path), help="A file to write what is found to, a report a line.")
def main(model: Path, folder: Path, held: int, threads: int, least: float, reports: Path | None) -> None:
    reader = AccurateReader(model, threads)
    gold = [one for one in read_gold(folder) if not held or fold_of(one.path.stem, held) == 0]
    start = time.process_time()
    some = list(track(read_all(reader, gold), "reading", len(gold), console=Console(stderr=True)))
    seconds = time.process_time() - start
    console = Console(width=140)
    console.print(table_of(some))
    words = sum(len(one.text.split()) for one in some)
    console.print(f"{words:,} words in {seconds:.1f} CPU s: {words / seconds:,.0f} a second")
    if reports is not None:
        reports.write_text("".join(f"{line}\n" for line in report_lines(some, least)), encoding="utf-8")


if __name__ == "__main__":
    main()
