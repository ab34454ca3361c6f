"""One article's trouble stays its own: whatever goes wrong while one is worked on is told of in a line, and the others go on.

An error that is the input's fault says itself what is wrong. Anything else that is raised is a defect of this program; it is turned into
an error that names the article and the stage, wherever an article is worked on by itself. What is made of all articles together (pages
that list them, tables) names none when it fails: then each article is tried alone, and those that fail alone are left out.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, TypeVar

from onrecord.errors import ArticleError, ArticleFault, Defect, OnrecordError, is_no_room
from onrecord.model import Report

T = TypeVar("T")

Stage = Literal["reading", "parsing", "extracting", "correcting", "joining its actors", "withholding", "exporting", "rendering"]
"""What can be done to one article, in this order."""

Tell = Callable[[ArticleError], None]
"""Takes what is wrong with an article that is left out."""


def refuse(problem: ArticleError) -> None:
    """Raises it: for a program that wants all articles or none."""
    raise problem


@contextmanager
def at_article(stage: Stage, place: str, id: str) -> Iterator[None]:
    """A stage of one article, whose file or place messages name. Raises :class:`ArticleFault` for whatever the program does not expect."""
    try:
        yield
    except ArticleError as error:
        error.article = error.article or id
        raise
    except OnrecordError:
        raise
    except Exception as error:
        if is_no_room(error):
            raise
        raise article_fault(stage, place, id, error) from error


def article_fault(stage: Stage, place: str, id: str, error: Exception) -> ArticleFault:
    """What is told of an error that nobody expected."""
    fault = ArticleFault(f"{place}: {stage} failed ({described(error)}), which is a defect of onrecord; please report it")
    fault.article, fault.trace = id, "".join(traceback.format_exception(error))
    return fault


def defect(error: Exception) -> Defect:
    """The same of an error that is no article's."""
    found = Defect(f"the program itself failed ({described(error)}); please report it")
    found.trace = "".join(traceback.format_exception(error))
    return found


def described(error: Exception) -> str:
    """The kind of an error, and what it says, on one line.

    >>> described(KeyError("speaker")), described(MemoryError())
    ("KeyError: 'speaker'", 'MemoryError')
    """
    return ": ".join(filter(None, (type(error).__name__, " ".join(str(error).split()))))


def nothing_instead(report: Report) -> Report | None:
    """Nothing, in place of a report that is left out."""
    return None


def without_faulty(
    reports: Sequence[Report],
    make: Callable[[Sequence[Report]], T],
    try_alone: Callable[[Report], object],
    tell: Tell,
    instead: Callable[[Report], Report | None] = nothing_instead,
    *,
    passing: tuple[type[Exception], ...] = (),
) -> T:
    """What ``make`` gives of the reports; where it fails, of those with which ``try_alone`` does not, and of what there is ``instead``.

    ``try_alone`` does with one report all that ``make`` does with all of them, and raises :class:`ArticleFault`. Nothing is tried while
    nothing fails. Errors that are the input's fault, or a disk's, pass, and so do those of the kinds ``passing``, by which ``make`` ends on
    purpose. Raises :class:`Defect` where no article fails by itself, and :class:`ArticleError` where every one does.
    """
    try:
        return make(reports)
    except passing:
        raise
    except Exception as error:
        if is_no_room(error) or (isinstance(error, OnrecordError) and not isinstance(error, ArticleFault)):
            raise
        sound = tuple(_sound(reports, try_alone, tell, instead))
        if sound == tuple(reports):
            raise defect(error) from error
    if not sound:
        raise ArticleError("nothing is left that can be shown; mend one of the articles")
    return without_faulty(sound, make, try_alone, tell, passing=passing)


def _sound(
    reports: Sequence[Report], try_alone: Callable[[Report], object], tell: Tell, instead: Callable[[Report], Report | None]
) -> Iterator[Report]:
    for report in reports:
        try:
            try_alone(report)
        except ArticleError as problem:
            tell(problem)
            other = instead(report)
            if other is not None:
                yield other
        else:
            yield report
