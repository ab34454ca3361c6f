"""What is decided before training: its settings, and annotated articles as the model is taught by them, which are stretches of word pieces
with what annotators marked in each. Nothing here needs PyTorch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from onrecord.article import load_article
from onrecord.extract.accurate.windows import Pieces, Splitter, Stretch, Window, article_stretches, windows
from onrecord.train.gold import GoldArticle, GoldAttribution


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of a training. The same ones give the same weights on the same hardware."""

    seed: int = 1
    epochs: int = 6
    """How often each article is read."""
    jobs: int = 1
    """Processes, of one thread each. Another number draws other chances, and gives other weights."""
    windows: int = 8
    """Of a step, of all processes together."""
    rate: float = 3e-4
    """The greatest learning rate; it rises over the first steps, and falls to nothing over the others."""
    fresh: float = 3.0
    """How many times as fast the new parts learn as those that the encoder brought."""
    rising: int = 80
    """Steps over which the rate rises."""
    confident: int = 250
    """The step from which on the network is asked about cues that it sees itself."""
    clip: float = 2.0
    """The greatest length of a step's gradient."""
    decay: float = 0.01
    """By how much of the rate weights shrink at each step."""
    held: int = 20
    """One article in so many, by its name, is set aside and not read: choices can be made on it. 0: none is."""

    def rate_at(self, step: int, steps: int) -> float:
        """The learning rate of a step, counted from 0, of so many."""
        return self.rate * min(1.0, (step + 1) / self.rising) * (1 - step / steps)

    def as_dict(self) -> dict[str, Any]:
        """The choices by name."""
        return asdict(self)


SIZE = 176
"""Pieces of a window in training."""


@dataclass(frozen=True, slots=True)
class Taught:
    """An attribution as pieces of a stretch."""

    cue: range
    content: tuple[int, ...]
    source: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article as the model reads it, with what annotators marked in each stretch."""

    name: str
    stretches: tuple[Stretch, ...]
    taught: tuple[tuple[Taught, ...] | None, ...]
    """For each stretch; None where the annotator set it aside, so that nobody knows."""


@dataclass(frozen=True, slots=True)
class Task:
    """A window with what is to be found in its stretches."""

    window: Window
    taught: tuple[tuple[Taught, ...] | None, ...]


def lesson(gold: GoldArticle, splitter: Splitter) -> Lesson:
    """The lesson of an annotated article. An attribution belongs to the paragraph of its cue; what lies outside of it is left out."""
    some = article_stretches(load_article(gold.path), splitter)
    return Lesson(gold.path.stem, tuple(some), tuple(_taught(one, gold) for one in some))


def _taught(stretch: Stretch, gold: GoldArticle) -> tuple[Taught, ...] | None:
    whole = stretch.pieces.span(range(len(stretch.pieces)))
    if any(span.start <= whole.start and whole.end <= span.end + 1 for span in gold.discards):
        return None
    found = (_attribution(stretch.pieces, one) for one in gold.attributions if any(span.overlaps(whole) for span in one.cue))
    return tuple(one for one in found if one is not None)


def _attribution(pieces: Pieces, one: GoldAttribution) -> Taught | None:
    """An attribution as pieces; the cue from its first to its last, for nearly all are of one piece of text."""
    cue = list(pieces.within(one.cue))
    if not cue:
        return None
    return Taught(range(cue[0], cue[-1] + 1), tuple(pieces.within(one.content)), tuple(pieces.within(one.source)))


def tasks(lessons: Iterable[Lesson], random: Random) -> Iterator[Task]:
    """The windows of articles, each article cut at other places every time."""
    for one in lessons:
        known = {id(stretch): taught for stretch, taught in zip(one.stretches, one.taught, strict=True)}
        first = random.randint(SIZE // 3, SIZE)
        for window in windows(one.stretches, size=SIZE, first=first):
            yield Task(window, tuple(known[id(stretch)] for stretch, _ in window.places))


def task_batches(lessons: Iterable[Lesson], random: Random, count: int) -> list[list[Task]]:
    """All windows in batches of so many and of about one length, in an order that chance gives; what is left over is left out."""
    some = list(tasks(lessons, random))
    random.shuffle(some)
    mixed = count * _MIXED
    chunks = [sorted(some[start : start + mixed], key=lambda task: len(task.window)) for start in range(0, len(some), mixed)]
    found = [chunk[start : start + count] for chunk in chunks for start in range(0, len(chunk) - count + 1, count)]
    random.shuffle(found)
    return found


_MIXED = 12
"""Batches whose windows are sorted by length together: enough for little padding, few enough for chance."""
