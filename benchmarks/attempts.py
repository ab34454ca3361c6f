"""What attacks have in common: attempts, each by itself, counted by what was done, and the table of what came of them."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from click.testing import CliRunner

from onrecord.cli import main
from onrecord.extract import language

TOLD = "onrecord: "
"""How each line begins that the program says to a user."""
_OURS = "please report it"
"""What the program says of an error of its own that it caught: for an attack it is one."""


class Broken(Exception):
    """Something that must hold and does not."""


@dataclass(slots=True)
class Outcomes:
    """What became of the attempts of one kind."""

    tried: int = 0
    refused: int = 0
    failed: int = 0
    most: float = 0.0
    """The most of what is measured, if anything is."""


@dataclass(slots=True)
class Tally:
    """What became of all attempts, by kind."""

    measure: str = ""
    """What is measured of each, for the table."""
    refusal: str = "refused in a line"
    """What the second number counts."""
    kinds: dict[str, Outcomes] = field(default_factory=dict)

    def of(self, kind: str) -> Outcomes:
        """The outcomes of a kind, to be counted on."""
        return self.kinds.setdefault(kind, Outcomes())

    @contextmanager
    def attempt(self, kind: str, name: str) -> Iterator[Outcomes]:
        """An attempt, whose ``name`` makes it again: whatever it raises is printed and counted, and the next goes on."""
        outcomes = self.of(kind)
        outcomes.tried += 1
        try:
            yield outcomes
        except Exception:  # whatever it is, it is what is looked for
            outcomes.failed += 1
            print(f"FAILED {kind}: {name}\n{traceback.format_exc(limit=-6)}", flush=True)

    @property
    def failed(self) -> int:
        return sum(one.failed for one in self.kinds.values())

    def __str__(self) -> str:
        heads = ["kind", "tried", self.refusal, "failures", *filter(None, [self.measure])]
        rows = [[kind, f"{one.tried:,}", f"{one.refused:,}", f"{one.failed:,}", f"{one.most:.3g}"] for kind, one in self.kinds.items()]
        total = [f"{sum(getattr(one, name) for one in self.kinds.values()):,}" for name in ("tried", "refused", "failed")]
        rows.append(["all", *total, f"{max((one.most for one in self.kinds.values()), default=0):.3g}"])
        return "\n".join(f"| {' | '.join(row[: len(heads)])} |" for row in [heads, ["---"] * len(heads), *rows])


@dataclass(frozen=True, slots=True)
class Limit:
    """When a run ends: after so many attempts, or when the time is up."""

    count: int
    ends: float | None = None
    """By the monotonic clock."""

    @classmethod
    def of(cls, count: int, seconds: float | None) -> Limit:
        """So many, or as many as so many seconds have."""
        return cls(count, None if seconds is None else time.monotonic() + seconds)

    def numbers(self) -> Iterator[int]:
        """The attempts' numbers, from 0, for as long as it goes."""
        for number in range(self.count):
            if self.ends is not None and time.monotonic() > self.ends:
                return
            yield number


def command(*args: str) -> tuple[int, str]:
    """The exit code of a command of the program in this process, and its standard error. Raises :class:`Broken` where it does not end as it
    says that it does: with 0, 1 or 2, and lines of its own; and whatever it let through."""
    done = CliRunner().invoke(main, args)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    check_told(done.exit_code, done.stderr, args)
    return done.exit_code, done.stderr


def check_told(code: int, told: str, args: Iterable[str]) -> None:
    """Raises :class:`Broken` for an exit code that means nothing, and for a line that tells of a fault of the program's own."""
    shown = " ".join(args)
    if code not in (0, 1, 2):
        raise Broken(f"{shown}: ended with {code}: {told}")
    for line in told.splitlines():
        if "Traceback" in line or _OURS in line:
            raise Broken(f"{shown}: {line}")
    if code == 2 and not any(line.startswith(TOLD) for line in told.splitlines()):
        raise Broken(f"{shown}: failed without a word")


@contextmanager
def loaded_once() -> Iterator[None]:
    """Within the block the commands share one pipeline: loading it takes longer than what most attempts do with it."""
    load = language.load_pipeline
    language.load_pipeline = cache(load)
    try:
        yield
    finally:
        language.load_pipeline = load
