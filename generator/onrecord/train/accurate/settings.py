"""What is chosen before training, and decides with the data what comes of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


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
