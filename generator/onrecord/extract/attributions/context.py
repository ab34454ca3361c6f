"""What the neighbours of a draft say of it: a cue inside another's content, another reading of the same cue, a content that overlaps."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.attributions.features import frame_of
from onrecord.extract.attributions.rivals import is_inside
from onrecord.extract.attributions.scene import Draft
from onrecord.model import Span

LEAST = 0.03
"""Drafts below this score are out of the question, and say nothing of their neighbours."""
_STEPS = (LEAST, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95)
WITHOUT_NEIGHBOURS = ("dash", "turn", "same sentence", "next sentence", "run on", "next paragraph", "new paragraph", "unattributed")
"""Frames of conventions, and of what goes on with another draft: these do not compete."""
_REACH = 60
"""Neighbours in the order of their contents that are looked at on either side: more than any sentence has."""


def context_features(drafts: Sequence[Draft], scores: Sequence[float]) -> list[list[str] | None]:
    """For each of the drafts of a scene, the names of what its neighbours with their scores say of it.

    None for a draft that is out of the question, and for one that goes on with another: these have no neighbours.
    """
    likely = sorted((n for n, score in enumerate(scores) if score >= LEAST), key=lambda n: drafts[n].content[0])
    reach = {n: _reach(drafts[n]) for n in likely}
    result: list[list[str] | None] = [None] * len(drafts)
    for place, n in enumerate(likely):
        if drafts[n].frame not in WITHOUT_NEIGHBOURS:
            around = likely[max(0, place - _REACH) : place + _REACH + 1]
            near = [(drafts[m], scores[m]) for m in around if m != n and reach[m].overlaps(reach[n])]
            result[n] = _features(drafts[n], scores[n], near)
    return result


def _reach(draft: Draft) -> Span:
    """From the first to the last character of its contents and its cue: what lies apart from that says nothing of it."""
    cue = () if draft.head is None else (Span(draft.head, draft.head + 1),)
    return Span(min(span.start for span in (*draft.content, *cue)), max(span.end for span in (*draft.content, *cue)))


def _features(draft: Draft, score: float, near: Sequence[tuple[Draft, float]]) -> list[str]:
    outer, outer_frame = 0.0, "-"
    inner = same = crossing = 0.0
    for other, likely in near:
        if draft.head is not None and draft.head == other.head:
            same = max(same, likely)
        elif is_inside(draft, other):
            if likely > outer:
                outer, outer_frame = likely, frame_of(other)
        elif is_inside(other, draft):
            inner = max(inner, likely)
        elif any(a.overlaps(b) for a in draft.content for b in other.content):
            crossing = max(crossing, likely)
    return [
        f"inside={_step(outer)}",
        f"holds={_step(inner)}",
        f"same cue={_step(same)}",
        f"overlaps={_step(crossing)}",
        f"inside frame={outer_frame}",
        f"ahead={_step(0.5 + score - same)}",
    ]


def _step(score: float) -> str:
    return next((f"<{step}" for step in _STEPS if score < step), "1")
