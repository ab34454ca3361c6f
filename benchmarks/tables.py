"""The figures as tables for a terminal, each with its change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from examples import Change
from rich.table import Table
from rich.text import Text
from scoring import Comparison, Item

from onrecord.model import Span
from onrecord.reports.figures import GROUPS, Figures, LayoutShare, Reliability, Tally, share

_EXCERPT = 200

Measures = dict[str, float]
"""Each measure by its name, between 0 and 1, or as its name says."""


def class_table(figures: Figures, before: Figures | None, *, sure: bool) -> Table:
    """Per cent, a row for each class and group of classes."""
    title = "quotes of high confidence alone" if sure else f"{figures.articles} articles, {figures.pipeline}"
    table = Table(title=title)
    for column in ("", "gold", "shown", "letters F", "content P", "R", "F", "source given content", "both P", "R", "F"):
        table.add_column(column, justify="right" if column else "left")
    for name in GROUPS:
        now = _group(figures, name, sure=sure)
        olds = None if before is None else _values(_group(before, name, sure=sure))
        table.add_row(name, str(now.gold), str(now.shown), *_percents(_values(now), olds))
    return table


def _group(figures: Figures, name: str, *, sure: bool) -> Tally:
    return figures.sure_group(name) if sure else figures.group(name)


def _values(tally: Tally) -> tuple[float, ...]:
    content, both = tally.contents, tally.contents_and_sources
    return tally.letters.f, content.precision, content.recall, content.f, tally.sources, both.precision, both.recall, both.f


def layout_table(figures: Figures, before: Figures | None) -> Table:
    """How often quotes of each layout are fully right."""
    table = Table("layout", "direct", "fully right", "direct and mixed", "fully right", title="annotated quotes by layout")
    old = {row.layout: row for row in before.layouts} if before else {}
    for row in figures.layouts:
        cells = _percents(_layout_values(row), _layout_values(old[row.layout]) if row.layout in old else None)
        table.add_row(Text(row.layout), str(row.direct), cells[0], str(row.quoted), cells[1])
    return table


def _layout_values(row: LayoutShare) -> tuple[float, ...]:
    return share(row.direct_right, row.direct), share(row.quoted_right, row.quoted)


def reliability_table(title: str, rows: Iterable[Reliability]) -> Table:
    """Whether quotes are as often right as their score or their confidence says."""
    table = Table("kind", title, "shown", "mean score", "content right", "content and source right", title=f"quotes shown, by {title}")
    for row in rows:
        mean = "" if row.score is None else f"{row.score:.3f}"
        table.add_row(row.kind, row.band, str(row.shown), mean, *_percents((row.content_right, row.both_right), None))
    return table


def _percents(values: tuple[float, ...], before: tuple[float, ...] | None) -> list[str]:
    """In per cent, each with its change in points where there is one."""
    cells = [f"{100 * value:.1f}" for value in values]
    changes = [round(100 * new, 1) - round(100 * old, 1) for new, old in zip(values, before or values, strict=True)]
    return [
        f"{cell} [{'green' if change > 0 else 'red'}]{change:+.1f}[/]" if abs(change) >= 0.05 else cell
        for cell, change in zip(cells, changes, strict=True)
    ]


def example_lines(change: Change, text: str, comparison: Comparison) -> Iterator[Text]:
    """An example that changed: where it is, what it was and is, its words, and who was taken to speak."""
    was, now = (state or "not shown" for state in (change.before, change.after))
    yield Text(f"\n{change.article} {change.content[0].start}: {was} -> {now}", style="bold")
    yield Text(f"    {_words(text, change.content)}")
    for name, item in _both_sides(comparison, change.content):
        yield Text(f"    {name}: {_words(text, _source(item)) or 'no source'} | {_words(text, item.origin.content)}")


def _both_sides(comparison: Comparison, content: tuple[Span, ...]) -> Iterator[tuple[str, Item]]:
    """The annotated item of that content with what matches it, and what is shown with that content."""
    for i, gold in enumerate(comparison.gold):
        if gold.origin.content == content:
            yield "annotated", gold
            found = comparison.found(i)
            if found is not None:
                yield "shown", found
    yield from (("extra", item) for item in comparison.spurious() if item.origin.content == content)


def _source(item: Item) -> tuple[Span, ...]:
    source = item.origin.source
    return () if source is None else (source,) if isinstance(source, Span) else source


def _words(text: str, spans: Iterable[Span]) -> str:
    words = " ".join(" / ".join(span.of(text) for span in spans).split())
    return words if len(words) <= _EXCERPT else words[:_EXCERPT] + "..."


def measure_table(title: str, now: Measures, before: Measures) -> Table:
    """Each measure with its change."""
    table = Table("", "now", "change", title=title)
    for name, value in now.items():
        change = value - before.get(name, value)
        table.add_row(name, f"{value:.3f}", f"[{'green' if change > 0 else 'red'}]{change:+.3f}[/]" if abs(change) >= 0.0005 else "")
    return table


def change_lines(found: Sequence[Change], texts: Mapping[str, str], limit: int) -> Iterator[Text]:
    """The examples that were gained, then those that were lost, with the words around them."""
    for title, some in (("Gained", [c for c in found if c.gained]), ("Lost", [c for c in found if not c.gained])):
        yield Text(f"\n{title}: {len(some)}" + (f", of which {limit} are shown" if len(some) > limit else ""), style="bold")
        for change in some[:limit]:
            span, text = change.content[0], texts[change.article]
            around = f"{text[max(0, span.start - 50) : span.start]}[{span.of(text)}]{text[span.end : span.end + 30]}"
            was, now = (state or "not shown" for state in (change.before, change.after))
            yield Text(f"{change.article} {span.start}: {was} -> {now}\n    {' '.join(around.split())}")


def load_measures(file: Path) -> dict[str, Measures]:
    """The measures by folder, as last saved; nothing where there is no file."""
    return msgspec.json.decode(file.read_bytes(), type=dict[str, Measures]) if file.is_file() else {}


def save_measures(file: Path, saved: Mapping[str, Measures], split: str, measures: Measures) -> None:
    """Writes the measures of one folder beside those of the others."""
    rounded = {name: round(value, 4) for name, value in measures.items()}
    file.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted({**saved, split: rounded}.items()))), indent=1) + b"\n")
