"""The word lists behind claims, read from ``data/claims.toml`` (which states their sources)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the file: named lists of lemmas in lower case."""

    lists: dict[str, Words]

    def __getitem__(self, name: str) -> Words:
        return self.lists[name]


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The tables of ``data/claims.toml``. A misspelt list name raises :class:`KeyError` at its first use."""

    hedges: Section
    modality: Section
    infinitives: Section
    polarity: Section
    presupposed: Section
    stance: Section
    comparisons: Section
    evaluative: Section


@cache
def claim_words() -> ClaimWords:
    """The word lists, read once per process."""
    tables = tomllib.loads(files("onrecord.extract").joinpath("data/claims.toml").read_text(encoding="utf-8"))
    return ClaimWords(**{name: Section({key: frozenset(words) for key, words in table.items()}) for name, table in tables.items()})
