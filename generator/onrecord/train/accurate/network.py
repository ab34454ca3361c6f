"""The model in PyTorch: shared layers of a small BERT, and on top of them a head for cues and one for a marked cue.

A head is a few layers of its own and a linear one. All heads read the same states, so that one run of the shared layers does for all, and
another head needs no other encoder.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.extract.accurate.windows import FEATURES

_NEVER = -1e4
"""What is added to the weight of a place that does not count."""
_SPREAD = 0.02
"""Of new weights, as BERT begins."""
_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of a network: those of its encoder, and what is made of the encoder's layers."""

    vocabulary: int
    places: int
    width: int
    inner: int
    attention_heads: int
    shared: int = 4
    """Layers that all heads share."""
    own: int = 2
    """Layers of each head."""
    frozen: int = 2
    """The lowest shared layers, which stay as they were, like the embeddings."""
    dropout: float = 0.1


class Layer(nn.Module):
    """A layer of BERT, its attention written out: on short windows that is faster on a CPU than the library's."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.attention_heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=_EPSILON)
        self.up = nn.Linear(width, shape.inner)
        self.down = nn.Linear(shape.inner, width)
        self.last_norm = nn.LayerNorm(width, eps=_EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, unseen: Tensor | None) -> Tensor:
        rows, places, width = states.shape
        split = self.query_key_value(states).view(rows, places, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        weights = torch.matmul(query * (width // self.heads) ** -0.5, key.transpose(-1, -2))
        weights = weights if unseen is None else weights + unseen
        seen = torch.matmul(weights.softmax(-1, dtype=weights.dtype), value).transpose(1, 2).reshape(rows, places, width)
        states = self.norm(states + self.dropout(self.out(seen)))
        inner = self.down(functional.gelu(self.up(states)))
        return self.last_norm(states + self.dropout(inner))


class PlainNorm(nn.Module):
    """A layer's norm in steps that onnxruntime runs on many numbers at once: its own operator adds up one after the other, and takes twice
    as long. Not written as a division by a root of a power, which it would take for that operator."""

    def __init__(self, norm: nn.LayerNorm) -> None:
        super().__init__()
        self.weight, self.bias, self.epsilon = norm.weight, norm.bias, norm.eps

    def forward(self, states: Tensor) -> Tensor:
        centred = states - states.mean(-1, keepdim=True)
        spread = ((centred * centred).mean(-1, keepdim=True) + self.epsilon).sqrt()
        return centred * spread.reciprocal() * self.weight + self.bias


class Shared(nn.Module):
    """Embeddings and the layers that all heads share: ids, features and mask of a batch to states. Without a mask all of it is seen, as
    in the heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.frozen = shape.frozen
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.places, shape.width)
        self.kind = nn.Parameter(torch.zeros(shape.width))
        self.norm = nn.LayerNorm(shape.width, eps=_EPSILON)
        self.features = nn.Embedding(FEATURES, shape.width)
        self.layers = nn.ModuleList(Layer(shape, 0.0) for _ in range(shape.shared))
        self.dropout = nn.Dropout(shape.dropout)
        nn.init.zeros_(self.features.weight)
        for part in (self.words, self.places, self.norm, *self.layers[: shape.frozen]):
            part.requires_grad_(False)
        self.kind.requires_grad_(False)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        unseen = _unseen(mask)
        with torch.no_grad():
            states = self.norm(self.words(ids) + self.places(torch.arange(ids.shape[1])) + self.kind)
            for layer in self.layers[: self.frozen]:
                states = layer(states, unseen)
        states = self.dropout(states.float() + self.features(features))
        for layer in self.layers[self.frozen :]:
            states = layer(states, unseen)
        return states


class CueHead(nn.Module):
    """States and mask to a logit for each piece, by what it can be to a cue."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(shape, shape.dropout) for _ in range(shape.own))
        self.dropout = nn.Dropout(shape.dropout)
        self.cue = _linear(shape.width, 3)

    def forward(self, states: Tensor, mask: Tensor | None = None) -> Tensor:
        unseen = _unseen(mask)
        for layer in self.layers:
            states = layer(states, unseen)
        return self.cue(self.dropout(states))


class MarkedHead(nn.Module):
    """States of paragraphs, marks of a cue and mask to logits for each piece: of content and source; and of its being a cue."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.marks = nn.Embedding(2, shape.width)
        self.layers = nn.ModuleList(Layer(shape, shape.dropout) for _ in range(shape.own))
        self.dropout = nn.Dropout(shape.dropout)
        self.spans = _linear(shape.width, 2)
        self.valid = _linear(shape.width, 1)
        nn.init.normal_(self.marks.weight, std=_SPREAD)
        nn.init.zeros_(self.marks.weight[0].detach())

    def forward(self, states: Tensor, marks: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        unseen = _unseen(mask)
        states = states + self.marks(marks)
        for layer in self.layers:
            states = layer(states, unseen)
        states = self.dropout(states)
        return self.spans(states), self.valid(states).squeeze(-1)


class Network(nn.Module):
    """The shared layers and the heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shared = Shared(shape)
        self.cues = CueHead(shape)
        self.marked = MarkedHead(shape)

    def taught(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """The parameters that training changes: those that the encoder brought, and those that are new."""
        new = [self.shared.features, self.cues.cue, self.marked.marks, self.marked.spans, self.marked.valid]
        fresh = [parameter for part in new for parameter in part.parameters()]
        known = {id(parameter) for parameter in fresh}
        return [one for one in self.parameters() if one.requires_grad and id(one) not in known], fresh


def _linear(width: int, outputs: int) -> nn.Linear:
    layer = nn.Linear(width, outputs)
    nn.init.normal_(layer.weight, std=_SPREAD)
    nn.init.zeros_(layer.bias)
    return layer


def _unseen(mask: Tensor | None) -> Tensor | None:
    if mask is None:
        return None
    unseen = torch.zeros(mask.shape).masked_fill(~mask, _NEVER)[:, None, None, :]
    return unseen.bfloat16() if torch.is_autocast_enabled("cpu") else unseen
