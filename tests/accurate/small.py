"""A small model that goes by plain rules, in the files and graphs of a real one: what it finds can be told beforehand.

Words of :data:`CUES` are cues; words in capitals or with a capital are their source, the others their content. Each piece is judged by
itself, which no real model does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from onrecord.extract.accurate.reader import CARD, LAYOUT, VOCABULARY, Card, graph_file, hash_of
from onrecord.extract.accurate.windows import END, FEATURES, NO_WORD, START

CUES = ("said", "warn", "told")
"""Pieces that begin a cue: "warned" is two pieces."""
GOES_ON = "##ed"
WORDS = [
    "the",
    "ferry",
    "was",
    "old",
    "that",
    "it",
    "would",
    "be",
    "sold",
    "we",
    "will",
    "mend",
    "mia",
    "stone",
    "lee",
    "reporters",
    "cafe",
    ".",
    ",",
    "“",
    "”",
    "’",
    ":",
    "bridge",
    "and",
    "then",
]
_SIZE = 200
_SURE = 20.0

_CUE, _GOES_ON, _CAPITAL, _PLAIN, _MARKED = range(5)
"""What the numbers of a state mean."""
_WIDTH = 5


def vocabulary(words: Sequence[str] = WORDS) -> dict[str, int]:
    """Each piece with its number, below :data:`START`. What is not in it is [UNK]."""
    pieces = dict.fromkeys(["[UNK]", *CUES, GOES_ON, *words])
    assert len(pieces) < START - 1
    return {"[PAD]": 0, **{piece: number for number, piece in enumerate(pieces, start=1)}, "[CLS]": START, "[SEP]": END}


def write_tokenizer(file: Path, words: Sequence[str] = WORDS) -> None:
    """Writes a vocabulary as tokenizers reads it: lower case, without accents, split as BERT splits."""
    tokenizers = pytest.importorskip("tokenizers", reason="word pieces need the package tokenizers")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocabulary(words), unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    file.write_text(tokenizer.to_str(), encoding="utf-8")


def write_model(folder: Path) -> Path:
    """Writes the model's files to a folder, and returns it."""
    pytest.importorskip("onnxruntime", reason="running the accurate reader needs the package onnxruntime")
    onnx = pytest.importorskip("onnx", reason="the graphs of tests are made with the package onnx")
    folder.mkdir(parents=True, exist_ok=True)
    write_tokenizer(folder / VOCABULARY)
    for name, graph in (("shared", _shared(onnx.helper)), ("cues", _cues(onnx.helper)), ("marked", _marked(onnx.helper))):
        model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        (folder / graph_file(name)).write_bytes(model.SerializeToString())
    write_card(folder)
    return folder


def write_card(folder: Path, layout: int = LAYOUT) -> None:
    """Writes the card of the files in a folder."""
    names = (VOCABULARY, *map(graph_file, ("shared", "cues", "marked")))
    card = Card(layout, "small", {name: hash_of((folder / name).read_bytes()) for name in names})
    (folder / CARD).write_bytes(msgspec.json.encode(card))


def _shared(helper: Any) -> Any:
    """States: what a piece is by its number, and what it is by its feature."""
    known = vocabulary()
    by_id, by_feature = np.zeros((_SIZE, _WIDTH)), np.zeros((FEATURES, _WIDTH))
    by_id[[known[word] for word in CUES], _CUE] = 1
    by_id[known[GOES_ON], _GOES_ON] = 1
    by_feature[[feature for feature in range(NO_WORD) if feature % 3], _CAPITAL] = 1
    by_feature[[feature for feature in range(NO_WORD) if not feature % 3], _PLAIN] = 1
    nodes = [
        helper.make_node("Gather", ["by_id", "ids"], ["one"]),
        helper.make_node("Gather", ["by_feature", "features"], ["other"]),
        helper.make_node("Add", ["one", "other"], ["states"]),
    ]
    inputs = [_input(helper, "ids", "INT64"), _input(helper, "features", "INT64")]
    return _graph(helper, nodes, inputs, [_output(helper, "states", _WIDTH)], {"by_id": by_id, "by_feature": by_feature})


def _cues(helper: Any) -> Any:
    """Logits of being outside, beginning a cue, going on with one."""
    weights = np.zeros((_WIDTH, 3))
    weights[_CUE, 1] = weights[_GOES_ON, 2] = 2 * _SURE
    nodes = [helper.make_node("MatMul", ["states", "weights"], ["all"]), helper.make_node("Add", ["all", "bias"], ["cues"])]
    inputs = [_input(helper, "states", "FLOAT", _WIDTH)]
    return _graph(helper, nodes, inputs, [_output(helper, "cues", 3)], {"weights": weights, "bias": np.array([0, -_SURE, -_SURE])})


def _marked(helper: Any) -> Any:
    """Logits of content and source; and of being a cue, which what is marked is where it begins one."""
    by_mark = np.zeros((2, _WIDTH))
    by_mark[1, _MARKED] = 1
    spans, valid = np.zeros((_WIDTH, 2)), np.zeros((_WIDTH, 1))
    spans[_PLAIN, 0] = spans[_CAPITAL, 1] = 2 * _SURE
    valid[_CUE, 0] = valid[_MARKED, 0] = _SURE
    nodes = [
        helper.make_node("Gather", ["by_mark", "marks"], ["mark"]),
        helper.make_node("Add", ["states", "mark"], ["seen"]),
        helper.make_node("MatMul", ["seen", "to_spans"], ["all"]),
        helper.make_node("Add", ["all", "bias"], ["spans"]),
        helper.make_node("MatMul", ["seen", "to_valid"], ["column"]),
        helper.make_node("Squeeze", ["column", "last"], ["twice"]),
        helper.make_node("Add", ["twice", "less"], ["valid"]),
    ]
    inputs = [_input(helper, "states", "FLOAT", _WIDTH), _input(helper, "marks", "INT64")]
    numbers = {"by_mark": by_mark, "to_spans": spans, "bias": np.full(2, -_SURE), "to_valid": valid, "less": np.array(-1.5 * _SURE)}
    outputs = [_output(helper, "spans", 2), _output(helper, "valid")]
    return _graph(helper, nodes, inputs, outputs, numbers, last=np.array([-1]))


def _input(helper: Any, name: str, kind: str, width: int | None = None) -> Any:
    shape = ["rows", "places", *([] if width is None else [width])]
    return helper.make_tensor_value_info(name, getattr(_types(), kind), shape)


def _output(helper: Any, name: str, width: int | None = None) -> Any:
    return _input(helper, name, "FLOAT", width)


def _types() -> Any:
    import onnx

    return onnx.TensorProto


def _graph(helper: Any, nodes: Sequence[Any], inputs: Sequence[Any], outputs: Sequence[Any], numbers: dict[str, Any], **whole: Any) -> Any:
    import onnx

    weights = [onnx.numpy_helper.from_array(np.asarray(array, dtype=np.float32), name) for name, array in numbers.items()]
    weights += [onnx.numpy_helper.from_array(np.asarray(array, dtype=np.int64), name) for name, array in whole.items()]
    return helper.make_graph(list(nodes), "small", list(inputs), list(outputs), weights)
