"""Whether quotes are as often right as their score and their confidence say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from scoring import Comparison, ShownQuote, same_source

from onrecord.model import QuoteKind
from onrecord.reports.figures import Reliability

KINDS: tuple[QuoteKind, ...] = ("direct", "mixed", "indirect")
EDGES = (0.0, 0.5, 0.65, 0.8, 0.9, 1.0)
NO_SCORE = "no score"
SCORE_BANDS = (*(f"{low:.2f} to {high:.2f}" for low, high in pairwise(EDGES)), NO_SCORE)
CONFIDENCES = ("high", "medium", "low")


def by_score(comparisons: Iterable[Comparison]) -> tuple[Reliability, ...]:
    """What became of the quotes shown, by kind and by score."""
    return _table(comparisons, SCORE_BANDS, _score_band)


def by_confidence(comparisons: Iterable[Comparison]) -> tuple[Reliability, ...]:
    """What became of the quotes shown, by kind and by confidence."""
    return _table(comparisons, CONFIDENCES, lambda quote: quote.confidence)


def _score_band(quote: ShownQuote) -> str:
    if quote.score is None:
        return NO_SCORE
    above = sum(quote.score >= edge for edge in EDGES[1:-1])
    return SCORE_BANDS[above]


def _table(comparisons: Iterable[Comparison], bands: tuple[str, ...], band_of: Callable[[ShownQuote], str]) -> tuple[Reliability, ...]:
    """A row for each kind and band that is not empty."""
    found: dict[tuple[str, str], list[tuple[float | None, bool, bool]]] = {(kind, band): [] for kind in KINDS for band in bands}
    for one in comparisons:
        for item, gold in one.outcomes():
            quote = item.origin
            if isinstance(quote, ShownQuote):
                right = gold is not None and same_source(gold, item)
                found[quote.kind, band_of(quote)].append((quote.score, gold is not None, right))
    return tuple(_row(kind, band, found[kind, band]) for kind in KINDS for band in bands if found[kind, band])


def _row(kind: QuoteKind, band: str, found: list[tuple[float | None, bool, bool]]) -> Reliability:
    scores = [score for score, _, _ in found if score is not None]
    return Reliability(
        kind,
        band,
        len(found),
        round(sum(scores) / len(scores), 3) if scores else None,
        sum(content for _, content, _ in found),
        sum(both for _, _, both in found),
    )
