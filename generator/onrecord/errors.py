"""What a user can do wrong. Each message names the file, the place and the mend, on one line."""

from __future__ import annotations

import errno

from onrecord.messages import visible

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
