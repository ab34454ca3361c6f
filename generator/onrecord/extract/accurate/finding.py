"""What the model says of one cue: from the chances of single pieces to cues, each with its content and source, and to findings in the text.

A cue and its parts are counted in pieces of a stretch, a finding in code points of ``Article.text``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Span

Chances = NDArray[np.float32]

OUTSIDE, BEGINS, GOES_ON = range(3)
"""What a piece can be to a cue."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Pieces of a stretch that may be a cue."""

    pieces: range
    chance: float
    """That a cue begins here, as the first reading has it."""


def find_cues(chances: Chances, least: float) -> list[Cue]:
    """The cues that begin with at least that chance, likelier ones first; none shares a piece with another.

    ``chances`` are of pieces by :data:`OUTSIDE`, :data:`BEGINS`, :data:`GOES_ON`.
    """
    found: list[Cue] = []
    taken = np.zeros(len(chances), dtype=np.bool_)
    starts = np.flatnonzero(chances[:, BEGINS] > least)
    for start in sorted(map(int, starts), key=lambda at: (-chances[at, BEGINS], at)):
        if not taken[start]:
            end = _cue_end(chances, taken, start)
            taken[start:end] = True
            found.append(Cue(range(start, end), float(chances[start, BEGINS])))
    return found


def _cue_end(chances: Chances, taken: NDArray[np.bool_], start: int) -> int:
    end = start + 1
    while end < len(chances) and not taken[end] and chances[end, BEGINS] < 0.5 and chances[end, GOES_ON] > chances[end, OUTSIDE]:
        end += 1
    return end


@dataclass(frozen=True, slots=True)
class Parts:
    """The content and the source of a cue, as pieces of its stretch."""

    content: tuple[range, ...]
    """In text order; empty where the model sees none."""
    source: range | None
    content_chance: float
    """How far the model is from doubt about the content, 0 to 1, over its pieces."""
    source_chance: float
    """The greatest chance that a piece is the source; 0 without one."""


_CLOSE = 3
"""Between two parts of one content or source this many pieces at most are taken for a gap of the model's."""
_SHORT = 3
"""Fewer pieces are a part of a content only beside parts that are not much longer, or where the model is sure."""
_MUCH, _SURE = 0.34, 0.8
"""The share of the longest part that is enough, and the chance of one piece: a single piece far from the rest is mostly a slip."""


def find_parts(content: Chances, source: Chances, cue: range) -> Parts:
    """Content and source of a cue by the chances of each piece to be of them. No piece is both, and none is of the cue."""
    content, source = content.copy(), source.copy()
    content[cue.start : cue.stop] = source[cue.start : cue.stop] = 0
    who = _best(source, _runs(source))
    if who is not None:
        here = slice(who.start, who.stop)
        content[here] = np.where(source[here] > content[here], 0, content[here])
    parts = _runs(content, apart=(cue.start, *(() if who is None else (who.start,))))
    longest = max(map(len, parts), default=0)
    kept = tuple(part for part in parts if len(part) >= min(_SHORT, _MUCH * longest) or content[part.start : part.stop].max() > _SURE)
    pieces = np.concatenate([content[part.start : part.stop] for part in kept]) if kept else np.zeros(0, dtype=np.float32)
    doubt = float(np.abs(2 * pieces - 1).mean()) if kept else 0.0
    return Parts(kept, who, doubt, 0.0 if who is None else float(source[who.start : who.stop].max()))


def _runs(chances: Chances, apart: tuple[int, ...] = ()) -> list[range]:
    """Stretches of pieces that are likelier than not, joined over short gaps unless one of some pieces is in the gap."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], chances > 0.5, [0]]).astype(np.int8)))
    found: list[range] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if found and start - found[-1].stop <= _CLOSE and not any(found[-1].stop <= piece < start for piece in apart):
            found[-1] = range(found[-1].start, end)
        else:
            found.append(range(start, end))
    return found


_LENGTH, _LONG = 0.05, 4
"""What each piece of a source is worth beside its chance, and up to how many: a name has a few, a clause must not win by its length."""


def _best(chances: Chances, runs: list[range]) -> range | None:
    """The likeliest of some runs; a longer one is a little likelier, for the model marks single words by mistake."""
    return max(runs, key=lambda run: float(chances[run.start : run.stop].max()) + _LENGTH * min(_LONG, len(run)), default=None)


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
