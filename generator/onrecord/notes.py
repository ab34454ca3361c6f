"""What whoever runs the program should know of how it reads, and no reader of a report: said in the log, and passed on line by line."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from onrecord.messages import one_line

_NAME = "onrecord"


def note(message: str, *values: object) -> None:
    """Says something that is no error, in one line; ``values`` stand where the message has ``%s`` and ``%r``."""
    logging.getLogger(_NAME).warning(message, *values)


@contextmanager
def notes_told(tell: Callable[[str], object]) -> Iterator[None]:
    """Passes on each note that is said while the block runs."""
    log, teller = logging.getLogger(_NAME), _Teller(tell)
    log.addHandler(teller)
    try:
        yield
    finally:
        log.removeHandler(teller)


class _Teller(logging.Handler):
    def __init__(self, tell: Callable[[str], object]) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell(one_line(record.getMessage()))
