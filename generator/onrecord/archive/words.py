"""Whether the words that a report from elsewhere points at stand in text order, and no part of a finding over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.model import Findings, Report, Span


def disordered(found: Report | Findings) -> Iterator[str]:
    """Findings whose parts overlap or come in another order than their words do."""
    parts = [*((one.id, one.content) for one in found.quotes), *((one.id, one.spans) for one in found.claims)]
    yield from (f"the parts of {id!r} overlap, or are out of order" for id, spans in parts if not _apart(spans))
    yield from (f"the mentions of {one.id!r} are out of order" for one in found.actors if not _in_order(one.mentions))
    if not _in_order(found.moments):
        yield "its moments are out of order"
    if isinstance(found, Report) and found.article.withheld is not None and not _apart(found.article.withheld.shown):
        yield "what it shows of its text overlaps, or is out of order"


def _apart(spans: Sequence[Span]) -> bool:
    return all(one.end <= other.start for one, other in pairwise(spans))


def _in_order(spans: Sequence[Span]) -> bool:
    return all(one.start <= other.start for one, other in pairwise(spans))
