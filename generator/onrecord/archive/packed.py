"""Files that are packed with gzip, unpacked as they are read, and no further than text can have been packed."""

from __future__ import annotations

import gzip
import io
from typing import Any, BinaryIO, cast

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
