"""How the work of a function grows with its input, in CPU time that is compared with itself."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

NOTHING = 0.05
"""CPU seconds below which nothing can be told, and nobody waits."""


def grows_in_proportion(work: Callable[[int], object], size: int, *, times: int = 8) -> bool:
    """Whether input of so many times the size takes at most three times as much longer; what is quadratic takes ``times`` times as much.

    A busy machine only ever adds to what is measured, so the least counts, and it is measured again only as long as it seems too much.
    The large input comes first, so that what a first call alone pays for is not paid by the small one.
    """
    large = small = float("inf")
    for _ in range(3):
        large = min(large, _cpu(work, size * times))
        small = min(small, _cpu(work, size), _cpu(work, size))
        if large < NOTHING or large < 3 * times * max(small, NOTHING / (3 * times)):
            return True
    return False


def _cpu(work: Callable[[int], object], size: int) -> float:
    """Without the collector of garbage, whose time grows with all that the process holds, and comes in jumps."""
    gc.disable()
    try:
        began = time.process_time()
        work(size)
        return time.process_time() - began
    finally:
        gc.enable()
