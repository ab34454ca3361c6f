"""Where a training stands, kept on disk, so that it can go on after it was stopped."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import torch

from onrecord.errors import TrainingError
from onrecord.train.accurate.settings import Settings


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
