"""Paragraphs as word pieces: the numbers that the model reads, and where each piece stands in ``Article.text``."""

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
from onrecord.model import Span
from onrecord.text.quotation_marks import Quotation

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
