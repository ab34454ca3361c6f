"""What a user is told. Each message is one line, the same note about many articles is printed once, and control characters from texts are
printed as escapes. What a user can do wrong is an error, which names the file, the place and the mend."""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

# Control characters, ends of lines and paragraphs, and format characters that turn or hide what stands beside them (Unicode: Cc, Zl, Zp,
# and of Cf what sets directions, what is invisible, annotations and tags). Joiners stay: several scripts and emoji are written with them.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def whole(text: str) -> str:
    r"""The text with surrogate pairs joined into the characters that they stand for, as JSON may write them.

    Raises :class:`ValueError` for a surrogate without its other half, which no file in UTF-8 can hold.

    >>> whole("\ud83d\ude00") == "\U0001f600"
    True
    """
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def visible(text: str) -> str:
    r"""The text as every message and page can print it: on one line, with escapes for characters that a terminal, a log or a browser would
    obey rather than show.

    >>> visible("vote.md"), visible("a\nb\udcff.md"), visible("\x1b[2K\u202egpj.md")
    ('vote.md', 'a\\x0ab\\xed\\xb3\\xbf.md', '\\x1b[2K\\u202egpj.md')
    """
    # Names of files need not be in UTF-8; Python keeps such bytes as lone surrogates, which no terminal can print.
    plain = text.encode(errors="surrogatepass").decode(errors="backslashreplace")
    return _UNSEEN.sub(lambda found: _escape(ord(found[0])), plain)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


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


_NAME = "onrecord"
_COMMON = "common"
"""The attribute of a log record that holds a :class:`_Common`: a note that may be true of many articles."""
_MOST_TOLD, _MOST_KEPT = 5, 100
"""How many names one note shows, and how many different ones are kept to count them: "'a', 'b', 'c', 'd', 'e' and 95 or more more"."""
_MOST_GROUPS = 20
"""How many groups of notes with one message get a line each. All further groups share one more line."""
_SHOWN = 40
"""How many characters of a name a note repeats."""


@dataclass(frozen=True, slots=True)
class _Common:
    """A note about one article that may be true of many: "unknown key in its front matter"."""

    place: str
    """The article's file."""
    message: str
    names: Sequence[str]
    """What the message is about, such as the unknown keys; they are listed after it."""
    group: Hashable
    """Notes with the same message and the same group are printed as one."""
    of: str
    """What the places are, for the count: "articles", or "files"."""


@dataclass(slots=True)
class _Gathered:
    """The same note about several articles, or several files."""

    first: _Common
    count: int = 0
    last: str = ""
    """The place of the last note that was counted."""
    names: dict[str, None] = field(default_factory=dict)  # a set that keeps its order

    def add(self, common: _Common) -> None:
        """Counts one more, unless it is at the same place as the one before."""
        self.count += common.place != self.last
        self.last = common.place
        for name in common.names[:_MOST_KEPT]:
            if len(self.names) < _MOST_KEPT:
                self.names[name[:_SHOWN]] = None

    def line(self) -> str:
        """The note as one line: with its place if there is one, else with how many places and the first of them."""
        said = f"{self.first.message}: {_list(tuple(self.names))}" if self.names else self.first.message
        return (
            f"{self.first.place}: {said}" if self.count == 1 else f"{said} ({self.count:,} {self.first.of}, the first {self.first.place})"
        )


def note(message: str, *values: object) -> None:
    """Prints a note, something that is no error. ``values`` replace ``%s`` and ``%r`` in the message, as in ``logging``."""
    logging.getLogger(_NAME).warning(message, *values)


def note_of_many(place: str, message: str, names: Sequence[str], group: Hashable = None, *, of: str = "articles") -> None:
    """Prints a note about the article at ``place`` that may be true of many others; ``names`` are listed after the message, if any.

    While :func:`notes_gathered` runs, notes with the same message and the same ``group`` are printed as one, with the names of all and the
    number of places. ``of`` says what the places are.
    """
    common = _Common(place, message, names, group, of)
    alone = _Gathered(common)
    alone.add(common)
    logging.getLogger(_NAME).warning("%s", alone.line(), extra={_COMMON: common})


@contextmanager
def notes_gathered() -> Iterator[None]:
    """Holds back the notes of :func:`note_of_many` while the block runs, and prints each once at its end, however the block ends."""
    log, gatherer = logging.getLogger(_NAME), _Gatherer()
    log.addFilter(gatherer)
    try:
        yield
    finally:
        log.removeFilter(gatherer)
        for line in gatherer.lines():
            note("%s", line)


@contextmanager
def notes_told(tell: Callable[[str], object]) -> Iterator[None]:
    """Calls ``tell`` with each note that is printed while the block runs: for ``mkdocs``, which has a log of its own."""
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


class _Gatherer(logging.Filter):
    """A filter of the log that keeps notes which may be true of many articles, and lets all other records pass."""

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, dict[Hashable, _Gathered]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        common = getattr(record, _COMMON, None)
        if isinstance(common, _Common):
            self._add(common)
        return common is None

    def _add(self, common: _Common) -> None:
        groups = self._found.setdefault(common.message, {})
        # A thousand articles may each have a group of their own; nobody reads a thousand lines.
        group = common.group if common.group in groups or len(groups) < _MOST_GROUPS else _Rest
        groups.setdefault(group, _Gathered(common)).add(common)

    def lines(self) -> Iterator[str]:
        """A line for each group, in the order in which they were met."""
        for groups in self._found.values():
            yield from (gathered.line() for gathered in groups.values())


class _Rest:
    """The group of all notes for which there is no group left."""


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(map(repr, names[:_MOST_TOLD]))
    more = len(names) - _MOST_TOLD
    return f"{shown} and {more}{' or' if len(names) == _MOST_KEPT else ''} more" if more > 0 else shown


# --- errors -----------------------------------------------------------------------------------------------------------


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


def is_no_room(error: BaseException) -> bool:
    """Whether it says that a disk is full or may only be read, in which nothing but writing ends: the fault of no article, nor of ours."""
    return isinstance(error, OSError) and error.errno in _NO_ROOM


class OnrecordError(Exception):
    """Base of every error that is the input's fault, not the program's. The command line prints it and exits with 2."""

    def __str__(self) -> str:
        """The message, which may name files and words of whatever characters, in those that can be shown."""
        return visible(super().__str__())


class ArticleError(OnrecordError):
    """An article that cannot be read: missing, empty, not text, or with broken front matter."""

    article: str = ""
    """The article's id, where it is known."""


class ArticleFault(ArticleError):
    """An article at which the program itself fails, which is no reason to lose the others: see :mod:`onrecord.faults`."""

    trace: str = ""
    """The traceback, for whoever mends the program."""


class Defect(OnrecordError):
    """The program itself fails, and not at one article by itself."""

    trace: str = ""
    """The traceback, for whoever mends the program."""


class ModelError(OnrecordError):
    """A spaCy pipeline that is not installed, or lacks what is needed."""


class OutputError(OnrecordError):
    """A place that cannot be written to, or holds something else."""


class TrainingError(OnrecordError):
    """Nothing to learn from, nothing to learn with, or nowhere to write it."""


class OptionsError(OnrecordError):
    """An option with a value that it cannot have."""


class ActorsError(OnrecordError):
    """A file of actors that cannot be read, or says what cannot be."""


class CorrectionsError(OnrecordError):
    """A ``corrections.yml`` that cannot be read, or that says what cannot be."""


class LockError(OnrecordError):
    """An ``onrecord.lock`` that cannot be read, or that holds what no lock does."""


class EngineError(OnrecordError):
    """A cluster that does not answer, or whose workers cannot do the work."""


class ReportsError(OnrecordError):
    """Reports that cannot be read: of another version, or none."""
