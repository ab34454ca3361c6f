"""The word lists of ``data/words.toml``, read once, when one is first asked for. Each has its source beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> frozenset[str]:
    """A list by its name. Raises :class:`KeyError` for one that is not there."""
    return frozenset(_lists()[name].split())


@cache
def walks() -> Mapping[str, str]:
    """The walk of life of each occupation that has one of its own."""
    return {noun: walk for walk, nouns in _lists()["walk"].items() for noun in nouns.split()}


def in_full(noun: str) -> str:
    """A title without abbreviation: "governor" for "gov", any other as it is."""
    return str(_lists()["short"].get(noun, noun))


@cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads(files("onrecord.corpus").joinpath("data", "words.toml").read_text(encoding="utf-8"))
