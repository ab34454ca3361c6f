"""What is said to whoever runs the program: each message is one line, and shows what it names as it is.

Names of files, and words of articles, may hold line breaks and escape sequences, which would forge lines of a log or rewrite them.
"""

from __future__ import annotations

import logging

from onrecord.characters import visible


def one_line(message: object) -> str:
    """The message on one line, with escapes for what a terminal would obey.

    >>> one_line("a.txt:  is\\n empty \\x1b[31m")
    'a.txt: is empty \\\\x1b[31m'
    """
    return visible(" ".join(str(message).split()))


class OneLine(logging.Filter):
    """Makes each record of a log one line; tracebacks, which are for debugging, stay as they are."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno > logging.DEBUG:
            record.msg, record.args = one_line(record.getMessage()), ()
        return True
