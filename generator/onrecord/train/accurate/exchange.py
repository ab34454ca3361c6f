"""Processes that train one network: after each step they meet, and go on with the mean of their gradients."""

from __future__ import annotations

from threading import BrokenBarrierError
from typing import Any

import torch
from torch import Tensor

from onrecord.errors import TrainingError

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
