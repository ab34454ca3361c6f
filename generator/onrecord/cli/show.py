"""``onrecord show``: the annotated article in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from onrecord.cli.group import ReadingOptions, example, reads_articles
from onrecord.cli.reading import LeftOut, inputs_of, reports_of

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from onrecord.labels.passages import Passage, QuoteNote, Stretch
    from onrecord.model import Report

_WIDEST = 100
"""The most columns of a text: longer lines are hard to read."""
_LOOKS = {"quoted": "bold", "reported": "underline", "plain": "", "number": "cyan", "aside": "dim"}
"""Very words are bold, what is reported is underlined, so that neither is taken for the other where there are no colours."""


@click.command(epilog=example("onrecord show article.txt", "onrecord show article.txt | less -R"))
@reads_articles
def show(options: ReadingOptions) -> None:
    """Show annotated articles in the terminal.

    Words in quotation marks are bold, reported speech is underlined; a number behind them leads to the note below that says who is heard.
    Through a pipe the text is plain. Nothing is written.
    """
    from rich.console import Console

    from onrecord.assembly.site import gather_corpus

    left_out = LeftOut(options.strict)
    inputs = inputs_of(options)
    reports = reports_of(options, inputs, left_out)
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    for report in gather_corpus(reports, inputs).reports:
        console.print(*annotated(report), sep="\n", width=min(_WIDEST, console.width))
    left_out.finish()


def annotated(report: Report) -> Iterator[RenderableType]:
    """What is printed of a report: headline and numbers, the text, the notes."""
    from onrecord.labels.passages import annotated_stretches, quote_notes
    from onrecord.labels.summary import summarise
    from onrecord.labels.terms import headline
    from onrecord.model import Corpus

    notes = quote_notes(report)
    summary = summarise(Corpus((report,), ()))
    yield _line((headline(report.article), "quoted"))
    yield _line((f"{summary.found.line()}. Look at: {summary.doubts.line()}.", "aside"))
    yield ""
    for stretch in annotated_stretches(report):
        yield _stretch(stretch, {note.quote.id: note.number for note in notes})
        yield ""
    for note in notes:
        yield _note(note)
    for notice in report.notices:
        yield _line((f"Notice: {notice.message}", "plain"))


def _line(*parts: tuple[str, str]) -> Text:
    """Words in their looks. Characters that a terminal would obey are escaped."""
    from rich.text import Text

    from onrecord.messages import visible

    return Text.assemble(*((visible(words), _LOOKS[look]) for words, look in parts))


def _stretch(stretch: Stretch, numbers: dict[str, int]) -> Text:
    parts = [part for passage in stretch.passages for part in _passage(passage, numbers)]
    if stretch.block.boilerplate:
        return _line(*((words, "aside") for words, _ in parts))
    return _line(*parts)


def _passage(passage: Passage, numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    # Lines of the article are those of its file; the terminal breaks them anew.
    words = " ".join(passage.text.split())
    before, after = (" " * edge.isspace() for edge in (passage.text[:1], passage.text[-1:]))
    if words or before:
        look = "plain" if not passage.quotes else "quoted" if passage.quoted else "reported"
        yield (f"{before}{words}{after if words else ''}", look)
    for quote in passage.ending:
        yield (f"[{numbers[quote.id]}]", "number")


def _note(note: QuoteNote) -> Text:
    from onrecord.labels.terms import kind_label

    rest: Sequence[str] = (kind_label(note.quote), *note.remarks)
    return _line((f"[{note.number}] ", "number"), (note.speaker, "quoted"), (f" · {' · '.join(rest)}", "plain"))
