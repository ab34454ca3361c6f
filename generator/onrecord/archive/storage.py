"""Where archives are: files of this machine and addresses (``s3://bucket/folder``), packed with gzip or not."""

from __future__ import annotations

import gzip
import importlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, cast

from onrecord.errors import ArticleError, OptionsError

_TIMES = 200
"""Text is packed to a third or a tenth, the most repetitive logs to a fiftieth; gzip itself goes to a thousandth."""
_ANYHOW = 100_000_000
"""Bytes that are unpacked in any case."""


def unpacked(packed: BinaryIO) -> BinaryIO:
    """What is in a file that is packed with gzip; closing it closes the file, too.

    Reading raises :class:`OSError`, :class:`EOFError` or :class:`zlib.error` where it is none or is cut short, and :class:`OSError`
    where it is a bomb.
    """
    return cast(BinaryIO, io.BufferedReader(_Unpacked(packed), 1 << 16))


class _Unpacked(io.RawIOBase):
    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._file = gzip.GzipFile(fileobj=packed)
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read1(len(buffer))  # read() would lose what it had when the file ended early
        buffer[: len(data)] = data
        self._size += len(data)
        if self._size > max(_ANYHOW, _TIMES * self._packed.tell()):
            raise OSError(f"unpacks to more than {_TIMES} times its size, as no text does")
        return len(data)

    def close(self) -> None:
        self._file.close()
        self._packed.close()
        super().close()


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
    """The file there, to be read; one whose name ends in ``.gz`` is unpacked. Raises :class:`ArticleError`.

    What is read from it can raise more; :func:`opened` tells of that, too.
    """
    try:
        file = _as_it_is(place)
    except OSError as error:
        raise unreadable(place, error) from error
    return unpacked(file) if place.lower().endswith(".gz") else file


def _as_it_is(place: str) -> BinaryIO:
    if is_address(place):
        return cast(BinaryIO, needed("fsspec", by=place).open(place, "rb").open())
    if not Path(place).is_file() and Path(place).exists():
        raise ArticleError(f"{place}: is not a regular file; name a file")  # a pipe would be waited for for ever
    return Path(place).open("rb")


@contextmanager
def opened(place: str) -> Iterator[BinaryIO]:
    """The file there, as :func:`open_place`, for as long as the block lasts; what goes wrong while it is read is an :class:`ArticleError`,
    too: a file that is cut short, or not what its name says."""
    try:
        with open_place(place) as file:
            yield file
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(place, error) from error


def unreadable(place: str, error: Exception) -> ArticleError:
    """What is told of a place that cannot be read."""
    if why := getattr(error, "strerror", None):
        return ArticleError(f"{place}: cannot be read ({why}); check that it is there and its permissions")
    why = " ".join(str(error).split()) or type(error).__name__
    return ArticleError(f"{place}: cannot be read ({why}); check that it is whole, and what its name says")
