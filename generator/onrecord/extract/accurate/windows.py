"""What the model reads at a time: paragraphs as word pieces, which are numbers, each with where it stands in ``Article.text``; windows of
about one length that paragraphs are packed into; and cues that it is asked about, each with the states of its paragraph and a mark where it
stands.

A paragraph that is too long for a window is cut into stretches that overlap: each piece is judged in the stretch in which it stands
furthest from an edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import combining

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.model import Article, Span
from onrecord.text.quotation_marks import Quotation, find_quotations

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

START, END = 101, 102
"""The pieces before a window and after each of its paragraphs, [CLS] and [SEP] of BERT's vocabulary."""
_CASES = 3
NO_WORD = 2 * _CASES
"""The feature of pieces that stand for no characters."""
FEATURES = NO_WORD + 1
"""How many features there are: lower case or no letters, Capitalised, ALL CAPITALS; each outside quotation marks and inside; none."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a stretch of text, in text order."""

    ids: Numbers
    """Their numbers in the vocabulary."""
    features: Numbers
    """Case and quotation marks, below :data:`FEATURES`: the vocabulary has neither."""
    starts: Numbers
    """Their first code points in ``Article.text``."""
    ends: Numbers
    joined: Flags
    """Whether a piece goes on with the word of the one before."""

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, start: int, end: int) -> Pieces:
        """The pieces from one to before another."""
        here = slice(start, end)
        return Pieces(self.ids[here], self.features[here], self.starts[here], self.ends[here], self.joined[here])

    def whole_words(self, pieces: range) -> range:
        """Some pieces with the rest of the words that they begin and end in."""
        start, end = pieces.start, pieces.stop
        while start > 0 and self.joined[start]:
            start -= 1
        while end < len(self) and self.joined[end]:
            end += 1
        return range(start, end)

    def span(self, pieces: range) -> Span:
        """The code points from the first of some pieces to the last."""
        return Span(int(self.starts[pieces.start]), int(self.ends[pieces.stop - 1]))

    def evened(self, numbers: NDArray[np.float32]) -> NDArray[np.float32]:
        """A number or more of each piece, as the mean over its word: what is said of a word is said of all of it."""
        firsts = np.flatnonzero(np.append(True, ~self.joined[1:]))
        counts = np.diff(np.append(firsts, len(self)))
        sums = np.add.reduceat(numbers, firsts, axis=0)
        means: NDArray[np.float32] = np.repeat((sums.T / counts).T, counts, axis=0).astype(np.float32)
        return means

    def within(self, spans: Iterable[Span]) -> Iterator[int]:
        """The pieces that share a code point with one of some spans."""
        spans = tuple(spans)
        for at, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            if any(start < span.end and span.start < end for span in spans):
                yield at


class Splitter:
    """Splits paragraphs into the pieces of a vocabulary."""

    def __init__(self, content: bytes, file: Path) -> None:
        """``content`` is that of a ``tokenizer.json``, and ``file`` what messages name. Raises :class:`ModelError` where it is broken, or
        tokenizers is missing."""
        self._tokenizer = _tokenizer(content, file)

    def split(self, text: str, paragraph: Span, quotations: Sequence[Quotation]) -> Pieces:
        """The pieces of a paragraph, of whose text these are the quotations."""
        words = paragraph.of(text)
        encoded = self._tokenizer.encode(words, add_special_tokens=False)
        offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
        features = _features(words, [one.span.shift(-paragraph.start) for one in quotations if one.span.overlaps(paragraph)])
        starts, ends = offsets[:, 0], _with_accents(words, offsets[:, 1])
        ids = np.array(encoded.ids, dtype=np.int64)
        return Pieces(ids, features[starts], starts + paragraph.start, ends + paragraph.start, _joined(words, starts, ends))


def _tokenizer(content: bytes, file: Path) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ModelError(f"the accurate reader needs {error.name}; pip install 'onrecord[accurate]'") from error
    try:
        tokenizer = Tokenizer.from_buffer(content)
    except Exception as error:  # what tokenizers raises is an Exception and nothing narrower
        raise ModelError(f"{file}: cannot be read as a vocabulary ({error}); install onrecord[accurate] anew") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _features(words: str, quoted: Iterable[Span]) -> Numbers:
    """For each code point the feature of a piece that begins there."""
    features = np.zeros(len(words), dtype=np.int64)
    for match in _WORD.finditer(words):
        features[match.start() : match.end()] = _case(match[0])
    for span in quoted:
        features[max(0, span.start) : span.end] += _CASES
    return features


def _with_accents(words: str, ends: Numbers) -> Numbers:
    """Ends after the accents that are code points of their own: the vocabulary drops these, and a span must not leave them behind."""
    if words.isascii():
        return ends
    after = np.arange(len(words) + 1)
    for at in range(len(words) - 1, -1, -1):
        if combining(words[at]):
            after[at] = after[at + 1]
    moved: Numbers = after[ends]
    return moved


def _joined(words: str, starts: Numbers, ends: Numbers) -> Flags:
    """Whether each piece and the one before are of one word, and nothing between them."""
    letters = np.fromiter((character.isalnum() or combining(character) > 0 for character in words), dtype=np.bool_, count=len(words))
    joined = np.zeros(len(starts), dtype=np.bool_)
    joined[1:] = (starts[1:] <= ends[:-1]) & letters[starts[1:]] & letters[ends[:-1] - 1]
    return joined


def _case(word: str) -> int:
    if len(word) > 1 and word.isupper():
        return 2
    return int(word[0].isupper())


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
