"""Reads an article with the model: its shared layers once for each window, then what each head makes of the states.

First stand the files of a taught model: graphs of its shared layers and of each head, the vocabulary, and a card that has their hashes.

The model is read in two steps. First every piece is asked whether a cue begins there. Then each likely cue is marked in its paragraph, and
every piece of the paragraph is asked whether it is of that cue's content or source; and the cue, whether it is one at all.

Each window is read by itself, and so is each marked cue: on one thread that is as fast as batches, and what is found in a paragraph depends
on no other window, nor on what else is asked; nothing is padded, so that the graphs have no masks. Numbers are made whole by the greatest
of what is read together, so that in a batch one paragraph would change how another is rounded. All processors add the same whole numbers up
to the same; where they differ is in the last digits of the floats between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.extract.accurate.finding import Chances, Finding, find_cues, find_parts
from onrecord.extract.accurate.windows import Asked, Batch, Numbers, Splitter, article_stretches, batch, mark, windows
from onrecord.model import Article, Span

CARD = "card.json"
VOCABULARY = "tokenizer.json"
MERGING = "merging.json"
"""The weights by which its findings and the drafts of the rules are merged."""
LAYOUT = 2
"""Of the graphs: what they take and give. It grows when a reader of the old one would go wrong."""

_MEND = "install onrecord[accurate] anew"


class Card(msgspec.Struct, frozen=True):
    """What is said of a model in the file beside it."""

    layout: int
    name: str
    files: dict[str, str]
    """SHA-256 of each file, by its name."""
    training: dict[str, Any] = {}
    """The settings that it was taught with."""


def write_card(folder: Path, card: Card) -> None:
    """Puts a card beside the files of a model. Raises :class:`OSError`."""
    (folder / CARD).write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")


def hash_of(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def graph_file(name: str) -> str:
    """The name of a graph's file."""
    return f"{name}.onnx"


class Weights:
    """A folder with a model, whose files are held against their hashes when they are read."""

    def __init__(self, folder: Path) -> None:
        """Reads the card. Raises :class:`ModelError` where it is missing or broken, or of another layout."""
        self.folder = folder
        try:
            self.card = msgspec.json.decode(_read(folder / CARD), type=Card)
        except msgspec.DecodeError as error:
            raise ModelError(f"{folder / CARD}: is no card of a model ({error}); {_MEND}") from error
        if self.card.layout != LAYOUT:
            raise ModelError(f"{folder / CARD}: is of layout {self.card.layout}, and this version reads {LAYOUT}; {_MEND}")

    def content(self, name: str) -> bytes:
        """A file of the model. Raises :class:`ModelError` where it is missing, or is not the one that the card names."""
        file = self.folder / name
        expected = self.card.files.get(name)
        if expected is None:
            raise ModelError(f"{self.folder / CARD}: names no {name}; {_MEND}")
        content = _read(file)
        actual = hash_of(content)
        if actual != expected:
            raise ModelError(f"{file}: is damaged or of another model (its SHA-256 is {actual}, and {CARD} has {expected}); {_MEND}")
        return content

    def graph(self, name: str, threads: int) -> Graph:
        """A graph of the model, run in so many threads. Raises :class:`ModelError`."""
        return Graph(self.folder / graph_file(name), self.content(graph_file(name)), threads)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ModelError(f"{file}: cannot be read ({error.strerror}); {_MEND}") from error


class Graph:
    """A part of the model that runs on the CPU."""

    def __init__(self, file: Path, content: bytes, threads: int) -> None:
        """``file`` is what messages name. Raises :class:`ModelError` where onnxruntime is missing or the graph is none that it can run."""
        try:
            import onnxruntime
        except ImportError as error:
            raise ModelError(f"the accurate reader needs {error.name}; pip install 'onrecord[accurate]'") from error
        try:
            self._session = onnxruntime.InferenceSession(content, _options(threads), providers=["CPUExecutionProvider"])
        except Exception as error:  # what onnxruntime raises is an Exception and nothing narrower
            raise ModelError(f"{file}: cannot be run ({error}); {_MEND}") from error

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """The outputs for some inputs, in the graph's order."""
        outputs: list[NDArray[np.float32]] = self._session.run(None, dict(inputs))
        return outputs


def _options(threads: int) -> Any:
    """Options of a session that makes no threads beside these, and is quiet."""
    from onnxruntime import SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # it plans memory anew for each length of window, which costs a sixth of the time
    options.log_severity_level = 3
    return options


SHARED, CUES, MARKED = "shared", "cues", "marked"
"""The graphs. The first turns windows into states; the others are heads, which read these. Further ones can stand beside them."""
SIZE = 128
"""Pieces of a window. In larger ones more time goes into what pieces have to do with one another, and nothing more is found."""
LEAST = 0.15
"""The chance from which on a cue is marked and judged. Whether it is shown is for others to decide."""


@dataclass(frozen=True, slots=True)
class States:
    """What the shared layers make of a window. Every head reads this."""

    batch: Batch
    """The window alone."""
    values: NDArray[np.float32]
    """One by places by numbers."""


class WordStates:
    """The states of an article's words, and how alike two are: words that stand for one another are in like states."""

    def __init__(self, starts: Numbers, ends: Numbers, values: NDArray[np.float16]) -> None:
        """Pieces in text order: their code points in ``Article.text``, and the state of each."""
        self._starts, self._ends, self._values = starts, ends, values

    @classmethod
    def of(cls, read: Iterable[States]) -> WordStates:
        """Of what was read of an article, each piece in the state in which it is judged."""
        kept = [one for states in read for one in _judged_pieces(states)]
        if not kept:
            return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 1), np.float16))
        starts, ends, values = zip(*kept, strict=True)
        return cls(np.concatenate(starts), np.concatenate(ends), np.concatenate(values))

    def likeness(self, word: Span, others: Sequence[Span]) -> float | None:
        """The cosine of a word's state and the mean of others'; none where one of them was not read."""
        one, mean = self._of(word), self._mean(others)
        if one is None or mean is None:
            return None
        return float(one @ mean / max(float(np.linalg.norm(one) * np.linalg.norm(mean)), 1e-9))

    def _mean(self, words: Sequence[Span]) -> NDArray[np.float32] | None:
        found = [state for state in map(self._of, words) if state is not None]
        mean: NDArray[np.float32] | None = np.mean(found, axis=0) if found else None
        return mean

    def _of(self, word: Span) -> NDArray[np.float32] | None:
        """The mean state of the pieces of a word."""
        first, last = np.searchsorted(self._ends, word.start, side="right"), np.searchsorted(self._starts, word.end)
        mean: NDArray[np.float32] | None = self._values[first:last].mean(axis=0, dtype=np.float32) if first < last else None
        return mean


def _judged_pieces(states: States) -> Iterator[tuple[Numbers, Numbers, NDArray[np.float16]]]:
    for stretch, at in states.batch.windows[0].places:
        own = slice(stretch.own.start, stretch.own.stop)
        values = states.values[0, at + own.start : at + own.stop].astype(np.float16)
        yield stretch.pieces.starts[own], stretch.pieces.ends[own], values


@dataclass(frozen=True, slots=True)
class _Question:
    asked: Asked
    chance: float


class AccurateReader:
    """A model that was taught, ready to read."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Loads the model of a folder, to be run in so many threads. Raises :class:`onrecord.errors.ModelError`."""
        weights = Weights(folder)
        self._splitter = Splitter(weights.content(VOCABULARY), folder / VOCABULARY)
        self._shared, self._cues, self._marked = (weights.graph(name, threads) for name in (SHARED, CUES, MARKED))

    def read(self, article: Article) -> tuple[Finding, ...]:
        """What the model finds in an article, in the order of its cues."""
        return self.read_closely(article)[0]

    def read_closely(self, article: Article) -> tuple[tuple[Finding, ...], WordStates]:
        """What the model finds in an article, and the states of its words."""
        found: list[Finding] = []

        def judged() -> Iterator[States]:
            for states in self.states(article):
                found.extend(self._findings(states))
                yield states

        words = WordStates.of(judged())
        return tuple(sorted(found, key=lambda one: one.cue)), words

    def states(self, article: Article) -> Iterator[States]:
        """The states of an article's windows, in text order: what all heads read."""
        for window in windows(article_stretches(article, self._splitter), size=SIZE):
            one = batch([window])
            (values,) = self._shared.run({"ids": one.ids, "features": one.features})
            yield States(one, values)

    def _findings(self, states: States) -> Iterator[Finding]:
        (logits,) = self._cues.run({"states": states.values})
        for question in _questions(states.batch, _softmax(logits)):
            yield self._judged(states, question)

    def _judged(self, states: States, question: _Question) -> Finding:
        marked = mark([question.asked])
        here = states.values[marked.rows, marked.places]
        spans, valid = map(_sigmoid, self._marked.run({"states": here, "marks": marked.marks}))
        return _finding(question, spans[0, 1:-1], float(valid[0, question.asked.cue.start + 1]))


def _questions(batch: Batch, chances: Chances) -> Iterator[_Question]:
    """The cues that the model is asked about: those that it may see."""
    for row, window in enumerate(batch.windows):
        for stretch, at in window.places:
            here = chances[row, at : at + len(stretch.pieces)]
            for cue in find_cues(here, LEAST):
                if cue.pieces.start in stretch.own:
                    yield _Question(Asked(row, at, stretch, stretch.pieces.whole_words(cue.pieces)), cue.chance)


def _finding(question: _Question, chances: Chances, valid: float) -> Finding:
    pieces = question.asked.stretch.pieces
    chances = pieces.evened(chances)
    parts = find_parts(chances[:, 0], chances[:, 1], question.asked.cue)
    return Finding(
        cue=pieces.span(question.asked.cue),
        content=tuple(pieces.span(part) for part in parts.content),
        source=None if parts.source is None else pieces.span(parts.source),
        chance=question.chance,
        valid=valid,
        content_chance=parts.content_chance,
        source_chance=parts.source_chance,
    )


def _softmax(logits: NDArray[np.float32]) -> Chances:
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    chances: Chances = weights / weights.sum(-1, keepdims=True)
    return chances


def _sigmoid(logits: NDArray[np.float32]) -> Chances:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)
