"""Of drafts that cannot both hold, the likelier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.extract.attributions.scene import Draft
from onrecord.model import Span

_STRETCH = 256
"""Characters of a stretch of text."""
_ALIKE = 0.3
"""Contents with a larger common part than this are two readings of one thing: annotators hardly ever mark both. Chosen on a quarter of
the training articles."""


def without_rivals(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Drafts in text order whose contents either nest or keep apart: of two that share a cue or a quotation, cross, or are alike, the
    one with the higher score."""
    taken: list[Draft] = []
    near: defaultdict[tuple[str, int], list[Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda draft: (-draft.score, draft.content)):
        places = _places(draft)
        if not any(_are_rivals(draft, other) for place in places for other in near[place]):
            taken.append(draft)
            for place in places:
                near[place].append(draft)
    yield from sorted(taken, key=lambda draft: draft.content)


def _places(draft: Draft) -> list[tuple[str, int]]:
    """Where a draft's rivals must be: at its cue, or in the same stretch of text as some of its content.

    Only these are compared, or a paragraph of a thousand quotes would take a million comparisons.
    """
    stretches = {("text", place) for span in draft.content for place in range(span.start // _STRETCH, span.end // _STRETCH + 1)}
    return sorted(stretches | {("cue", token) for token in draft.cue})


def _are_rivals(one: Draft, other: Draft) -> bool:
    if set(one.cue) & set(other.cue):
        return True
    if any(quotation in other.quotations for quotation in one.quotations) and not _nested(one, other):
        return True
    if any(a.overlaps(b) and not a.contains(b) and not b.contains(a) for a in one.content for b in other.content):
        return True
    return _alike(one, other)


def _nested(one: Draft, other: Draft) -> bool:
    """One's content stands in the other's: "She said that he had called it 'a gift'"."""
    return one.content != other.content and (_covers(one, other) or _covers(other, one))


def _covers(outer: Draft, inner: Draft) -> bool:
    return all(any(a.contains(b) for a in outer.content) for b in inner.content)


def is_inside(one: Draft, other: Draft) -> bool:
    """Whether the cue of one stands in the content of the other."""
    return one.head is not None and any(span.start <= one.head < span.end for span in other.content)


def _alike(one: Draft, other: Draft) -> bool:
    common = sum(_overlap(a, b) for a in one.content for b in other.content)
    return common > _ALIKE * (sum(map(len, one.content)) + sum(map(len, other.content)) - common)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
