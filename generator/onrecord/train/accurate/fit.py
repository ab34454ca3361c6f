"""The training itself: steps over windows in an order that chance gives, in one process or in several; and what each step makes smaller,
which is how far the network is from what annotators marked.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import BrokenBarrierError
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.errors import TrainingError
from onrecord.extract.accurate.finding import BEGINS, GOES_ON, OUTSIDE, Chances, Cue, find_cues
from onrecord.extract.accurate.windows import Asked, Marked, batch, by_length, mark
from onrecord.train.accurate.encoder import load_encoder, shape_of
from onrecord.train.accurate.examples import Lesson, Settings, Task, Taught, task_batches
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


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Network and optimizer after some steps. The order of the data and all chances follow from the step and the settings."""

    NAME: ClassVar[str] = "checkpoint.pt"

    step: int
    steps: int
    settings: Settings
    network: dict[str, Any]
    optimizer: dict[str, Any]

    def write(self, folder: Path) -> None:
        """Writes it whole, or not at all. Raises :class:`TrainingError`."""
        file, fresh = folder / self.NAME, folder / f".{self.NAME}.new"
        content = {
            "step": self.step,
            "steps": self.steps,
            "settings": self.settings.as_dict(),
            "network": self.network,
            "optimizer": self.optimizer,
        }
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as place:
                torch.save(content, place)
                place.flush()
                os.fsync(place.fileno())
            fresh.replace(file)
        except OSError as error:
            raise TrainingError(f"{file}: cannot be written ({error.strerror}); name another folder with --out") from error
        finally:
            fresh.unlink(missing_ok=True)


def read_checkpoint(folder: Path, *, glance: bool = False) -> Checkpoint | None:
    """Where the training of a folder stands; None where it has not begun. Raises :class:`TrainingError`.

    At a ``glance`` the weights stay in the file until they are asked for.
    """
    file = folder / Checkpoint.NAME
    if not file.exists():
        return None
    try:
        content = torch.load(file, map_location="cpu", weights_only=True, mmap=glance)
        return Checkpoint(**{**content, "settings": Settings(**content["settings"])})
    except Exception as error:  # a broken file makes PyTorch raise nearly anything
        raise TrainingError(f"{file}: cannot be read ({error}); remove it to begin anew") from error


_PATIENCE = 1800.0
"""Seconds that a process waits for another, which may stand still while it writes or the machine is busy."""


class Exchange:
    """Memory that some processes share, with a row of it for the gradient of each."""

    def __init__(self, context: Any, jobs: int, numbers: int) -> None:
        """``context`` is of ``torch.multiprocessing``, and starts the processes too."""
        self._barrier = context.Barrier(jobs)
        self._rows = torch.zeros(2, jobs, numbers).share_memory_()

    def mean(self, rank: int, step: int, own: Tensor) -> Tensor:
        """The mean of what all processes bring to a step: the same bytes for each. Raises :class:`TrainingError` if one is gone.

        Steps take turns in two places, so that nobody writes where a slower process still reads.
        """
        rows = self._rows[step % 2]
        rows[rank] = own
        try:
            self._barrier.wait(_PATIENCE)
        except BrokenBarrierError as error:
            raise TrainingError(
                "a process of the training has ended; run the command again, and it goes on from the last checkpoint"
            ) from error
        return rows.mean(0)

    def leave(self) -> None:
        """Tells the others that this process ends early."""
        self._barrier.abort()


_KEPT_EVERY = 180.0
"""Seconds between checkpoints. The clock decides when one is written, and nothing of what is in it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What each process of a training is given."""

    settings: Settings
    lessons: tuple[Lesson, ...]
    encoder: Path
    """The folder of its files."""
    out: Path


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was made."""

    number: int
    """From 1."""
    of: int
    rate: float
    losses: tuple[float, float, float]
    """Of cues, of spans and of being a cue, of an attribution of the first process's windows."""


def fit(plan: Plan) -> Generator[Step]:
    """Trains in as many processes as the settings say, and yields each step when it is made.

    Goes on from the checkpoint in the plan's folder, and leaves one there. Raises :class:`TrainingError`.
    """
    jobs = plan.settings.jobs
    if plan.settings.windows % jobs:
        raise TrainingError(f"{plan.settings.windows} windows a step cannot be shared by {jobs} processes")
    if jobs == 1:
        yield from _steps(plan, 0, None)
        return
    context: Any = torch.multiprocessing.get_context("spawn")
    exchange = Exchange(context, jobs, _count(_network(plan)))
    others = [context.Process(target=_work, args=(plan, rank, exchange), daemon=True) for rank in range(1, jobs)]
    for other in others:
        other.start()
    try:
        yield from _steps(plan, 0, exchange)
    except BaseException:
        exchange.leave()
        raise
    finally:
        for other in others:
            other.join()


def steps_to_make(plan: Plan) -> int:
    """How many steps a training still has to make. Raises :class:`TrainingError`."""
    kept = read_checkpoint(plan.out, glance=True)
    return _steps_of(plan) - (0 if kept is None else kept.step)


def _work(plan: Plan, rank: int, exchange: Exchange) -> None:
    """A process beside the first."""
    try:
        for _ in _steps(plan, rank, exchange):
            pass
    except TrainingError:
        pass  # the first process has ended, and says why
    except BaseException:
        exchange.leave()
        raise


def _steps(plan: Plan, rank: int, exchange: Exchange | None) -> Iterator[Step]:
    # Each process has one thread, so that sums are in one order; numbers too small to matter are slow, and are taken for nothing.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    settings = plan.settings
    network = _network(plan)
    optimizer = _optimizer(network, settings)
    steps = _steps_of(plan)
    done = _resume(plan, steps, network, optimizer)
    kept = time.monotonic()
    for number, tasks in enumerate(_all_batches(plan)):
        if number < done:
            continue  # its batch was drawn all the same: chance goes on from where it was
        found = _step(network, tasks, number, rank, settings)
        _take_mean(network, exchange, rank, number)
        rate = settings.rate_at(number, steps)
        _move(network, optimizer, rate, settings)
        last = number + 1 == steps
        if rank == 0 and (last or time.monotonic() - kept > _KEPT_EVERY):
            Checkpoint(number + 1, steps, settings, network.state_dict(), optimizer.state_dict()).write(plan.out)
            kept = time.monotonic()
        yield Step(number + 1, steps, rate, _told(found))


def _network(plan: Plan) -> Network:
    """The network before the first step: its new parts by the seed, the others as the encoder has them."""
    torch.manual_seed(plan.settings.seed)
    network = Network(shape_of(plan.encoder))
    load_encoder(network, plan.encoder)
    network.train()
    return network


def _optimizer(network: Network, settings: Settings) -> torch.optim.Optimizer:
    brought, fresh = network.taught()
    groups = [{"params": brought, "times": 1.0}, {"params": fresh, "times": settings.fresh}]
    return torch.optim.AdamW(groups, lr=settings.rate, weight_decay=settings.decay, betas=(0.9, 0.98), fused=True)


def _epoch(plan: Plan, epoch: int) -> list[list[Task]]:
    return task_batches(plan.lessons, Random(f"{plan.settings.seed} {epoch}"), plan.settings.windows)


def _steps_of(plan: Plan) -> int:
    return sum(len(_epoch(plan, epoch)) for epoch in range(plan.settings.epochs))


def _all_batches(plan: Plan) -> Iterator[list[Task]]:
    for epoch in range(plan.settings.epochs):
        yield from _epoch(plan, epoch)


def _resume(plan: Plan, steps: int, network: Network, optimizer: torch.optim.Optimizer) -> int:
    """How many steps were made before; network and optimizer as these left them."""
    kept = read_checkpoint(plan.out)
    if kept is None:
        return 0
    if kept.settings != plan.settings or kept.steps != steps:
        raise TrainingError(
            f"{plan.out / Checkpoint.NAME}: is of a training with other settings or articles; remove it, or name another folder with --out"
        )
    network.load_state_dict(kept.network)
    optimizer.load_state_dict(kept.optimizer)
    return kept.step


def _step(network: Network, tasks: Sequence[Task], number: int, rank: int, settings: Settings) -> Losses:
    """The losses of this process's share of a batch; its gradient is left in the network. Chance follows from seed, step and process."""
    mine = tasks[rank :: settings.jobs]
    torch.manual_seed((settings.seed * 1_000_003 + number) * 64 + rank)
    random = Random(f"{settings.seed} {number} {rank}")
    found = losses(network, mine, random, guesses=number >= settings.confident)
    found.total(len(mine)).backward()
    return found


def _parameters(network: Network) -> list[nn.Parameter]:
    brought, fresh = network.taught()
    return brought + fresh


def _count(network: Network) -> int:
    return sum(one.numel() for one in _parameters(network))


def _take_mean(network: Network, exchange: Exchange | None, rank: int, number: int) -> None:
    """Puts the mean of all processes' gradients in the place of this one's."""
    if exchange is None:
        return
    parameters = _parameters(network)
    own = [torch.zeros_like(one) if one.grad is None else one.grad for one in parameters]
    mean = exchange.mean(rank, number, torch.cat([gradient.reshape(-1) for gradient in own]))
    start = 0
    for one in parameters:
        one.grad = mean[start : start + one.numel()].view_as(one)
        start += one.numel()


def _move(network: Network, optimizer: torch.optim.Optimizer, rate: float, settings: Settings) -> None:
    nn.utils.clip_grad_norm_(_parameters(network), settings.clip)
    for group in optimizer.param_groups:
        group["lr"] = rate * group["times"]
    optimizer.step()
    optimizer.zero_grad()


def _told(found: Losses) -> tuple[float, float, float]:
    count = max(1, found.attributions)
    cues, spans, valid = (float(part.detach()) / count for part in (found.cues, found.spans, found.valid))
    return cues, spans, valid
