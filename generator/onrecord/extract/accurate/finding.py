"""What the model says of one cue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Span

SAME = 0.6
"""From this overlap on, common code points divided by all, two contents are the same words with two cues."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A cue with what the model takes for its content and its source."""

    cue: Span
    content: tuple[Span, ...]
    """In text order; empty where the model sees none."""
    source: Span | None
    chance: float
    """That a cue begins here, 0 to 1, as every piece was asked."""
    valid: float
    """That this is a cue at all, 0 to 1, as it was asked when it was marked."""
    content_chance: float
    """How far the model is from doubt about the content, 0 to 1."""
    source_chance: float
    """That the source is one, 0 to 1; 0 without one."""

    @property
    def score(self) -> float:
        """What speaks for the cue and for its content in one number, 0 to 1: the geometric mean of ``chance``, ``valid`` and
        ``content_chance``. It orders findings, and is no share of right ones."""
        return float((self.chance * self.valid * self.content_chance) ** (1 / 3))


def without_doubles(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings less those whose content a likelier one has too, in their order: "added, saying" is two cues to the model."""
    found = list(findings)
    kept: list[int] = []
    for number in sorted(range(len(found)), key=lambda number: -found[number].score):
        if not any(_overlap(found[number].content, found[other].content) >= SAME for other in kept):
            kept.append(number)
    return tuple(found[number] for number in sorted(kept))


def _overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    """Common code points divided by all; 0 without any. The spans of a content do not overlap one another."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return common / (sum(map(len, (*one, *other))) - common) if common else 0.0
