"""Attributions written as words of a text."""

from __future__ import annotations

from scoring import ShownQuote

from onrecord.model import Confidence, QuoteKind, Span
from onrecord.train.gold import GoldAttribution

TEXT = "Ida Voss, the harbour chief, said “we keep the quay.” Rolf denied that he had ever sold it. Nils sang. They call it ''a gift'' now."


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def gold(content: str, source: str = "", cue: str = "", text: str = TEXT) -> GoldAttribution:
    """An annotated attribution; " ~ " parts the pieces of its content."""
    pieces = tuple(at(part, text) for part in content.split(" ~ "))
    return GoldAttribution(pieces, (at(source, text),) if source else (), (at(cue, text),) if cue else ())


def shown(
    content: str,
    source: str = "",
    cue: str = "",
    *,
    kind: QuoteKind = "direct",
    confidence: Confidence = "high",
    score: float | None = None,
    text: str = TEXT,
) -> ShownQuote:
    """A quote as a report shows it."""
    pieces = tuple(at(part, text) for part in content.split(" ~ "))
    return ShownQuote(pieces, at(source, text) if source else None, at(cue, text) if cue else None, kind, confidence, score)


QUAY = gold("we keep the quay.", "Ida Voss, the harbour chief", "said")
SOLD = gold("that he had ever sold it", "Rolf", "denied")
SANG = gold("sang")
ALL = (QUAY, SOLD, SANG)
SAME = (
    shown("we keep the quay.", "Ida Voss, the harbour chief", "said"),
    shown("that he had ever sold it", "Rolf", "denied", kind="indirect"),
    shown("sang", kind="indirect"),
)
