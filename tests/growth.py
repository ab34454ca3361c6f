"""How the work of a function grows with its input, in CPU time that is compared with itself."""

from __future__ import annotations

import time
from collections.abc import Callable

NOTHING = 0.05
"""CPU seconds below which nothing can be told, and nobody waits."""


def grows_in_proportion(work: Callable[[int], object], size: int, *, times: int = 8) -> bool:
    """Whether input of so many times the size takes at most three times as much longer; what is quadratic takes ``times`` times as much."""
    large = min(_cpu(work, size * times) for _ in range(2))
    if large < NOTHING:
        return True
    return large < 3 * times * max(min(_cpu(work, size) for _ in range(3)), NOTHING / (3 * times))


def _cpu(work: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    work(size)
    return time.process_time() - began
