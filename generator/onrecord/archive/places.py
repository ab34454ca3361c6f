"""Where archives are: files of this machine, and addresses (``s3://bucket/folder``) through fsspec."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, cast

from onrecord.errors import ArticleError, OptionsError

EXTRA = "pip install 'onrecord[dask]'"
"""What brings all that this package needs besides."""


def is_address(place: str) -> bool:
    """Whether a place is an address, not a path of this machine.

    >>> is_address("s3://bucket/archive.parquet"), is_address("archive.parquet")
    (True, False)
    """
    return "://" in place


def absolute(place: str) -> str:
    """A place that is the same wherever it is looked for from."""
    return place if is_address(place) else str(Path(place).absolute())


def needed(module: str, *, by: str) -> ModuleType:
    """An optional module. Raises :class:`OptionsError` that says what wants it and how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise OptionsError(f"{by}: needs the module {error.name}; install it: {EXTRA}") from error


def file_system(place: str) -> tuple[Any, str]:
    """fsspec's file system of a place, and the place's path on it. Raises :class:`OptionsError` for an unknown kind of address."""
    core = needed("fsspec.core", by=place)
    try:
        system, path = core.url_to_fs(place)
    except (ImportError, ValueError) as error:  # an implementation that is not installed, or none of that name
        raise OptionsError(f"{place}: no such kind of place here ({error}); install what fsspec asks for, or name another") from error
    return system, str(path)


def open_place(place: str) -> BinaryIO:
    """The file there, to be read; one whose name ends in ``.gz`` is unpacked. Raises :class:`ArticleError`."""
    try:
        if is_address(place):
            fsspec = needed("fsspec", by=place)
            return cast(BinaryIO, fsspec.open(place, "rb", compression="infer").open())
        if not Path(place).is_file() and Path(place).exists():
            raise ArticleError(f"{place}: is not a regular file; name a file")  # a pipe would be waited for for ever
        if place.endswith(".gz"):
            return cast(BinaryIO, importlib.import_module("gzip").open(place, "rb"))
        return Path(place).open("rb")
    except OSError as error:
        raise unreadable(place, error) from error


def unreadable(place: str, error: Exception) -> ArticleError:
    """What is told of a place that cannot be read."""
    why = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
    return ArticleError(f"{place}: cannot be read ({why}); check that it is there and its permissions")
