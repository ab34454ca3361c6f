"""Writes a taught network as the files that the reader runs: a graph for the shared layers and one for each head, in whole numbers."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quant_pre_process, quantize_dynamic
from torch import Tensor, nn

from onrecord.errors import TrainingError
from onrecord.extract.accurate.reader import CUES, LAYOUT, MARKED, SHARED, VOCABULARY, Card, graph_file, hash_of, write_card
from onrecord.train.accurate.encoder import shape_of
from onrecord.train.accurate.fit import read_checkpoint
from onrecord.train.accurate.network import Network, PlainNorm, Shape

_OPSET = 17
_SEVEN_BITS = True
"""Weights of seven bits, not eight: on processors that cannot add up four products at once (VNNI), products of eight bits do not fit in
the sums, and are cut off. With seven all processors add up the same."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A graph that is to be written."""

    name: str
    module: nn.Module
    inputs: dict[str, Tensor]
    outputs: tuple[str, ...]


def export(taught: Path, encoder: Path, folder: Path, *, whole: bool = True) -> Card:
    """Writes the graphs of the training in a folder, the encoder's vocabulary and a card. With ``whole`` false numbers stay floats.

    Raises :class:`TrainingError` where there is no training, or the files cannot be written.
    """
    checkpoint = read_checkpoint(taught)
    if checkpoint is None:
        raise TrainingError(f"{taught}: no training was begun here")
    shape = shape_of(encoder)
    network = Network(shape)
    network.load_state_dict(checkpoint.network)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as place:
            names = [_write(part, Path(place), folder, whole=whole) for part in _parts(_for_reading(network.eval()), shape)]
        shutil.copyfile(encoder / VOCABULARY, folder / VOCABULARY)
        files = {name: hash_of((folder / name).read_bytes()) for name in (*names, VOCABULARY)}
        card = Card(LAYOUT, f"seed {checkpoint.settings.seed}", files, {**checkpoint.settings.as_dict(), "steps": checkpoint.step})
        write_card(folder, card)
    except OSError as error:
        raise TrainingError(f"{folder}: cannot be written ({error.strerror}); name another folder with --out") from error
    return card


def _for_reading(network: Network) -> Network:
    """The network with norms as the reader runs them."""
    for module in list(network.modules()):
        for name, inner in list(module.named_children()):
            if isinstance(inner, nn.LayerNorm):
                setattr(module, name, PlainNorm(inner))
    return network


def _parts(network: Network, shape: Shape) -> Iterator[_Part]:
    """The graphs, each with inputs to follow it by: of two windows, of lengths that mean nothing. They have no masks, since what is read
    together is of one length."""
    numbers = torch.zeros(2, 50, dtype=torch.long)
    states = torch.zeros(2, 50, shape.width)
    yield _Part(SHARED, network.shared, {"ids": numbers, "features": numbers.clone()}, ("states",))
    yield _Part(CUES, network.cues, {"states": states}, ("cues",))
    yield _Part(MARKED, network.marked, {"states": states, "marks": numbers}, ("spans", "valid"))


def _write(part: _Part, place: Path, folder: Path, *, whole: bool) -> str:
    """The name of the file that is written."""
    name = graph_file(part.name)
    axes = {key: {0: "rows", 1: "places"} for key in (*part.inputs, *part.outputs)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter's age; the newer one needs more packages
        torch.onnx.export(
            part.module,
            tuple(part.inputs.values()),
            str(place / name),
            input_names=list(part.inputs),
            output_names=list(part.outputs),
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
    if whole:
        _quantize(place / name, folder / name)
    else:
        shutil.copyfile(place / name, folder / name)
    return name


def _quantize(float_file: Path, file: Path) -> None:
    """Weights as whole numbers, with a scale for each row; what they are multiplied with is made whole as it comes."""
    prepared = float_file.with_suffix(".prepared")
    quant_pre_process(float_file, prepared, skip_symbolic_shape=True, skip_optimization=True)
    quantize_dynamic(
        prepared,
        file,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=_SEVEN_BITS,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )
