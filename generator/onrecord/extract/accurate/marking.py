"""Cues that the model is asked about: each with the states of its paragraph, and a mark where the cue stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.accurate.pieces import Numbers
from onrecord.extract.accurate.windows import Stretch


@dataclass(frozen=True, slots=True)
class Asked:
    """A cue in a stretch that stands somewhere in a batch of windows."""

    row: int
    """The window's."""
    at: int
    """The place of the stretch's first piece in its window."""
    stretch: Stretch
    cue: range
    """Pieces of the stretch."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Cues of about one length of paragraph, padded: arrays of cues by places, of which the first is the piece before the paragraph."""

    rows: Numbers
    places: Numbers
    """Where in the windows' states each place is to be taken from."""
    marks: Numbers
    """1 for the pieces of the cue."""
    mask: NDArray[np.bool_]
    """False where a paragraph has ended."""


def mark(asked: Sequence[Asked]) -> Marked:
    """Cues as one batch, the pieces before and after each paragraph with it."""
    longest = max(len(one.stretch.pieces) for one in asked) + 2
    places = np.zeros((len(asked), longest), dtype=np.int64)
    marks = np.zeros((len(asked), longest), dtype=np.int64)
    mask = np.zeros((len(asked), longest), dtype=np.bool_)
    for row, one in enumerate(asked):
        length = len(one.stretch.pieces) + 2
        places[row, :length] = np.arange(one.at - 1, one.at - 1 + length)
        marks[row, one.cue.start + 1 : one.cue.stop + 1] = 1
        mask[row, :length] = True
    rows = np.array([one.row for one in asked], dtype=np.int64)
    return Marked(rows[:, None], places, marks, mask)


_FEW = 3
"""Groups of fewer are not worth a run of the model."""
_LONGER = 1.3


def by_length(asked: Sequence[Asked], count: int) -> Iterator[list[int]]:
    """Numbers of cues in groups of so many at most, by the length of their paragraphs and then in their order.

    A group ends early where the next paragraph is much longer than its first, so that little is padded.
    """
    lengths = [len(one.stretch.pieces) + 2 for one in asked]
    group: list[int] = []
    for number in sorted(range(len(asked)), key=lengths.__getitem__):
        if group and (len(group) == count or (len(group) >= _FEW and lengths[number] > _LONGER * lengths[group[0]])):
            yield group
            group = []
        group.append(number)
    if group:
        yield group
