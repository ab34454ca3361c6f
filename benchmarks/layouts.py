"""How a quote is laid out around its source and cue, as people marked them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from scoring import Comparison, same_source

from onrecord.model import Span
from onrecord.reports.figures import LayoutShare
from onrecord.train.gold import GoldAttribution

BEFORE, AFTER, INVERTED = 'X said, "..."', '"..." X said', '"..." said X'
SIGN, OTHER = "dash, colon or transcript", "other"
LAYOUTS = (BEFORE, AFTER, INVERTED, SIGN, OTHER)
_SIGN = re.compile(r"[^\w\s]*\s*[:\u2014\u2013\u2015-]+[^\w]*")
"""Nothing but marks and white space, with a colon or a dash among them."""


def layout_of(text: str, one: GoldAttribution) -> str:
    """The layout of an annotated quote; "other" where its source or cue stands inside it, is far off, or was not marked."""
    first, last = one.content[0].start, one.content[-1].end
    if not one.source:
        return OTHER
    source = Span(one.source[0].start, one.source[-1].end)
    if not any(character.isalnum() for span in one.cue for character in span.of(text)):
        between = text[source.end : first] if source.end <= first else text[last : source.start]
        return SIGN if _SIGN.fullmatch(between) else OTHER
    cue = Span(one.cue[0].start, one.cue[-1].end)
    if max(source.end, cue.end) <= first:
        return BEFORE
    if min(source.start, cue.start) >= one.content[0].end:
        return AFTER if source.start < cue.start else INVERTED
    return OTHER


def layout_shares(compared: Iterable[tuple[str, Comparison]]) -> tuple[LayoutShare, ...]:
    """How often annotated quotes of each layout are found with content and source right, over texts with their comparisons."""
    counts: Counter[tuple[str, str]] = Counter()
    for text, one in compared:
        for i, gold in enumerate(one.gold):
            if gold.kind in ("direct", "mixed") and isinstance(gold.origin, GoldAttribution):
                layout = layout_of(text, gold.origin)
                found = one.found(i)
                right = found is not None and same_source(gold, found)
                counts.update({(layout, gold.kind): 1, (layout, f"{gold.kind} right"): int(right)})
    return tuple(
        LayoutShare(
            layout,
            counts[layout, "direct"],
            counts[layout, "direct right"],
            counts[layout, "direct"] + counts[layout, "mixed"],
            counts[layout, "direct right"] + counts[layout, "mixed right"],
        )
        for layout in LAYOUTS
    )
