"""The files of a taught model: graphs of its shared layers and of each head, the vocabulary, and a card that has their hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError

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
