"""Paragraphs packed into windows of about one length, which is what the model reads at a time; and cues that it is asked about, each with
the states of its paragraph and a mark where it stands.

A paragraph that is too long for a window is cut into stretches that overlap: each piece is judged in the stretch in which it stands
furthest from an edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.accurate.pieces import END, NO_WORD, START, Numbers, Pieces, Splitter
from onrecord.model import Article
from onrecord.text.quotation_marks import find_quotations

LONGEST = 240
"""Pieces of a stretch at most: windows must be shorter than the 512 that the encoder has places for."""
SHARED = 80
"""Pieces that two neighbouring stretches of a long paragraph share."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, or as much of a long one as a window takes."""

    paragraph: int
    """Of the article, by number."""
    pieces: Pieces
    own: range
    """The pieces that are judged here, and not in a neighbouring stretch."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the model reads at once: stretches, each between two pieces that stand for no characters."""

    ids: Numbers
    features: Numbers
    places: tuple[tuple[Stretch, int], ...]
    """Each stretch with the place of its first piece."""

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of about one length, padded: arrays of windows by places."""

    windows: tuple[Window, ...]
    ids: Numbers
    features: Numbers
    mask: NDArray[np.bool_]
    """False where a window has ended."""


def article_stretches(article: Article, splitter: Splitter) -> list[Stretch]:
    """The stretches of an article in text order, as training and reading both take them: of its paragraphs, and with their quotations."""
    paragraphs = [block.span for block in article.paragraphs()]
    quotations = find_quotations(article.text, paragraphs)
    pieces = (splitter.split(article.text, span, quotations) for span in paragraphs)
    return [one for number, some in enumerate(pieces) for one in stretches(number, some)]


def stretches(paragraph: int, pieces: Pieces, *, longest: int = LONGEST, shared: int = SHARED) -> Iterator[Stretch]:
    """The stretches of a paragraph; none where it has no pieces."""
    count = len(pieces)
    step = longest - shared
    for start in range(0, max(1, count - shared) if count else 0, step):
        end = min(count, start + longest)
        own = range(shared // 2 if start else 0, end - start - (0 if end == count else shared // 2))
        yield Stretch(paragraph, pieces.part(start, end), own)


def windows(some: Iterable[Stretch], *, size: int, first: int | None = None) -> Iterator[Window]:
    """Stretches in text order packed into windows of so many pieces, unless one alone is longer; the first of ``first``, if given."""
    limit = size if first is None else first
    packed: list[Stretch] = []
    length = 0
    for one in some:
        if packed and length + len(one.pieces) + 1 > limit:
            yield _window(packed)
            packed, length, limit = [], 0, size
        packed.append(one)
        length += len(one.pieces) + 1
    if packed:
        yield _window(packed)


def _window(packed: Sequence[Stretch]) -> Window:
    at = 1
    places: list[tuple[Stretch, int]] = []
    for one in packed:
        places.append((one, at))
        at += len(one.pieces) + 1
    ids = np.concatenate([[START], *(piece for one in packed for piece in (one.pieces.ids, [END]))])
    features = np.concatenate([[NO_WORD], *(piece for one in packed for piece in (one.pieces.features, [NO_WORD]))])
    return Window(ids, features, tuple(places))


def batch(some: Sequence[Window]) -> Batch:
    """Windows as one batch, shorter ones padded at their ends."""
    longest = max(map(len, some))
    ids = np.zeros((len(some), longest), dtype=np.int64)
    features = np.full((len(some), longest), NO_WORD, dtype=np.int64)
    mask = np.zeros((len(some), longest), dtype=np.bool_)
    for row, window in enumerate(some):
        ids[row, : len(window)] = window.ids
        features[row, : len(window)] = window.features
        mask[row, : len(window)] = True
    return Batch(tuple(some), ids, features, mask)


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
