"""How often quotes are right, in words and per cent: for the method page, and for the note beside each quote."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.labels.terms import KIND_LABELS
from onrecord.model import Provenance, Quote
from onrecord.reports.figures import Figures, LayoutShare, Reliability, pipeline_of, share

ENOUGH = 20
"""How many quotes of a kind and confidence must have been measured before a rate is given for them."""
_SURELY, _RARELY = 0.95, 0.15
"""Rates above and below which "10 times in 10" and "1 time in 10" would sound too certain."""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A row of the table of kinds; shares are in whole per cent."""

    label: str
    annotated: int
    shown: int
    words_right: str
    both_right: str
    """The share of the shown quotes with words and source right."""
    found: str
    """The share of the annotated quotes that were found with words and source right."""


@dataclass(frozen=True, slots=True)
class BandRow:
    """A row of a table of reliability; shares are in whole per cent."""

    kind: str
    band: str
    shown: int
    score: str
    words_right: str
    both_right: str


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A row of the table of layouts."""

    layout: str
    annotated: int
    found: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What the method page says about accuracy."""

    articles: int
    pipeline: str
    classes: tuple[ClassRow, ...]
    by_confidence: tuple[BandRow, ...]
    by_score: tuple[BandRow, ...]
    """Empty where no quote had a score."""
    layouts: tuple[LayoutRow, ...]
    sure: ClassRow
    """Quotes of high confidence, of all kinds but short reported speech."""


_CLASSES = (
    ("Direct quotes", "direct"),
    ("Partly quoted", "mixed"),
    ("Reported speech of six words or more", "claim"),
    ("All of these", "core"),
)


def measured(figures: Figures) -> Measured:
    """The figures as the method page prints them."""
    return Measured(
        articles=figures.articles,
        pipeline=figures.pipeline,
        classes=tuple(_class_row(figures, label, name) for label, name in _CLASSES),
        by_confidence=tuple(_band_row(row) for row in figures.by_confidence),
        by_score=tuple(_band_row(row) for row in figures.by_score) if any(row.score is not None for row in figures.by_score) else (),
        layouts=tuple(_layout_row(row) for row in figures.layouts if row.direct),
        sure=_class_row(figures, "All of these, high confidence alone", "core", sure=True),
    )


def _class_row(figures: Figures, label: str, name: str, *, sure: bool = False) -> ClassRow:
    tally = figures.sure_group(name) if sure else figures.group(name)
    both = tally.contents_and_sources
    return ClassRow(label, tally.gold, tally.shown, _percent(tally.contents.precision), _percent(both.precision), _percent(both.recall))


def _band_row(row: Reliability) -> BandRow:
    mean = "—" if row.score is None else f"{row.score:.2f}"
    return BandRow(KIND_LABELS[row.kind], row.band, row.shown, mean, _percent(row.content_right), _percent(row.both_right))


def _layout_row(row: LayoutShare) -> LayoutRow:
    return LayoutRow(row.layout, row.direct, _percent(share(row.direct_right, row.direct)))


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def odds(figures: Figures, quote: Quote, provenance: Provenance) -> str:
    """How often quotes of this kind and confidence were right: "right about 9 times in 10". Empty where too few were measured, or the
    report was made by another pipeline than the measured one."""
    row = figures.reliability(quote.kind, quote.confidence)
    if row is None or row.shown < ENOUGH or figures.pipeline != pipeline_of(provenance):
        return ""
    return f"right {times_in_ten(row.both_right)}"


def times_in_ten(rate: float) -> str:
    """A share in words.

    >>> times_in_ten(0.97), times_in_ten(0.88), times_in_ten(0.5), times_in_ten(0.1)
    ('more than 9 times in 10', 'about 9 times in 10', 'about half of the time', 'fewer than 2 times in 10')
    """
    if rate >= _SURELY:
        return "more than 9 times in 10"
    if rate < _RARELY:
        return "fewer than 2 times in 10"
    tenths = round(10 * rate)
    return "about half of the time" if tenths == 5 else f"about {tenths} times in 10"
