"""How far a network is from what annotators marked: the sum that training makes smaller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.extract.accurate.decoding import BEGINS, GOES_ON, OUTSIDE, Chances, Cue, find_cues
from onrecord.extract.accurate.windows import Asked, Marked, batch, by_length, mark
from onrecord.train.accurate.examples import Task, Taught
from onrecord.train.accurate.network import Network

_UNKNOWN = -100
"""The label of pieces that count for nothing."""
_LEAST = 0.15
"""Where the network itself sees a cue with this chance, it is asked about it, right or wrong."""
_GROUP = 24
SPANS, VALID = 0.1, 0.5
"""What the sum over pieces of contents and sources weighs beside that of cues; and the sum over marked cues."""
_SCALE = 1 / 6
"""Of a window's loss."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Sums over a batch, and how many attributions there were."""

    cues: Tensor
    spans: Tensor
    valid: Tensor
    attributions: int

    def total(self, windows: int) -> Tensor:
        """What is to be made smaller, of so many windows."""
        return (self.cues + SPANS * self.spans + VALID * self.valid) * (_SCALE / windows)


@dataclass(frozen=True, slots=True)
class Question:
    """A cue that the network is asked about, with the answer; None where it is no cue."""

    asked: Asked
    answer: Taught | None


def losses(network: Network, tasks: Sequence[Task], random: Random, *, guesses: bool) -> Losses:
    """The losses of a batch; with ``guesses`` the network is asked about cues that it sees itself, too."""
    read = batch([task.window for task in tasks])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        mask = torch.from_numpy(read.mask)
        states = network.shared(torch.from_numpy(read.ids), torch.from_numpy(read.features), mask)
        logits = network.cues(states, mask)
        logits = logits.float()
        chances = logits.detach().softmax(-1).numpy()
        some = list(questions(tasks, chances, random, guesses=guesses))
        groups = [[some[number] for number in group] for group in by_length([one.asked for one in some], _GROUP)]
        told = [_marked_losses(network, states, group) for group in groups]
    labels = torch.from_numpy(_cue_labels(tasks, read.ids.shape))
    cues = functional.cross_entropy(logits.view(-1, 3), labels.view(-1), ignore_index=_UNKNOWN, reduction="sum")
    spans, valid = (sum(part, torch.zeros(())) for part in zip(*told, strict=True)) if told else (torch.zeros(()), torch.zeros(()))
    return Losses(cues, spans, valid, sum(one.answer is not None for one in some))


def _cue_labels(tasks: Sequence[Task], shape: tuple[int, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    labels = np.full(shape, _UNKNOWN, dtype=np.int64)
    for row, task in enumerate(tasks):
        for (stretch, at), taught in zip(task.window.places, task.taught, strict=True):
            if taught is not None:
                own = labels[row, at : at + len(stretch.pieces)]
                own[:] = OUTSIDE
                for one in taught:
                    rest = own[one.cue.start + 1 : one.cue.stop]
                    rest[rest != BEGINS] = GOES_ON
                    own[one.cue.start] = BEGINS
    return labels


def questions(tasks: Sequence[Task], chances: Chances, random: Random, *, guesses: bool) -> Iterator[Question]:
    """A question for each annotated cue, half of them marked as the network sees them; and for the likeliest wrong cue of each stretch."""
    for row, task in enumerate(tasks):
        for (stretch, at), taught in zip(task.window.places, task.taught, strict=True):
            if taught is not None:
                seen = find_cues(chances[row, at : at + len(stretch.pieces)], _LEAST) if guesses else []
                for cue, answer in _cues_and_answers(taught, seen, random):
                    yield Question(Asked(row, at, stretch, cue), answer)


def _cues_and_answers(taught: Sequence[Taught], seen: Sequence[Cue], random: Random) -> Iterator[tuple[range, Taught | None]]:
    met: set[range] = set()
    for one in taught:
        same = [cue.pieces for cue in seen if set(cue.pieces) & set(one.cue)]
        met.update(same)
        yield (same[0] if same and random.random() < 0.5 else one.cue), one
    wrong = next((cue.pieces for cue in seen if cue.pieces not in met), None)
    if wrong is not None:
        yield wrong, None


def _marked_losses(network: Network, states: Tensor, group: Sequence[Question]) -> tuple[Tensor, Tensor]:
    """The losses of spans and of being a cue at all, of cues whose paragraphs are of about one length."""
    marked = mark([one.asked for one in group])
    taken = states[torch.from_numpy(marked.rows), torch.from_numpy(marked.places)]
    spans, valid = network.marked(taken, torch.from_numpy(marked.marks), torch.from_numpy(marked.mask))
    labels, counted = _span_labels(group, marked)
    by_piece = functional.binary_cross_entropy_with_logits(spans.float(), labels, reduction="none")
    first = torch.tensor([one.asked.cue.start + 1 for one in group])
    right = torch.tensor([float(one.answer is not None) for one in group])
    told = valid.float()[torch.arange(len(group)), first]
    return (by_piece * counted[..., None]).sum(), functional.binary_cross_entropy_with_logits(told, right, reduction="sum")


def _span_labels(group: Sequence[Question], marked: Marked) -> tuple[Tensor, Tensor]:
    """1 for pieces of content and of source; and 1 for the pieces that count, which are those of paragraphs of right cues."""
    labels = np.zeros((*marked.marks.shape, 2), dtype=np.float32)
    counted = np.zeros(marked.marks.shape, dtype=np.float32)
    for row, one in enumerate(group):
        if one.answer is not None:
            counted[row, 1 : len(one.asked.stretch.pieces) + 1] = 1
            for kind, pieces in enumerate((one.answer.content, one.answer.source)):
                labels[row, [piece + 1 for piece in pieces], kind] = 1
    return torch.from_numpy(labels), torch.from_numpy(counted)
