"""One article's trouble stays its own: whatever goes wrong while one is worked on is told of in a line, and the others go on.

An error that is the input's fault says itself what is wrong. Anything else that is raised is a defect of this program; it is turned into
an error that names the article and the stage, wherever an article is worked on by itself. What is made of all articles together (pages
that list them, tables) names none when it fails: then each article is tried alone, and those that fail alone are left out. Where all
pass alone, the one is sought by halves without which the others can be made.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Literal, TypeVar

from onrecord.errors import ArticleError, ArticleFault, Defect, OnrecordError, is_no_room
from onrecord.model import Article, Report
from onrecord.text.addresses import safe_id

T = TypeVar("T")

Stage = Literal[
    "reading",
    "parsing",
    "extracting",
    "correcting",
    "joining its actors",
    "withholding",
    "exporting",
    "rendering",
    "listing it with others",
]
"""What can be done to one article, in this order."""
_MOST_SOUGHT = 3
"""Articles that fail only beside others: more of them are a defect of something else. Each costs as much as making all of them twice."""

Guard = Callable[[Stage], AbstractContextManager[None]]
"""What a stage is done in, where its failure is to name the stage."""


def unguarded(stage: Stage) -> AbstractContextManager[None]:
    """The guard of what is made of all articles together: whose fault a failure is, nobody can tell."""
    return nullcontext()


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
    except (Exception, SystemExit) as error:  # a component of somebody's pipeline may end the process
        if is_no_room(error):
            raise
        raise article_fault(stage, place, id, error) from error


def named(article: Article) -> str:
    """An article's file for a message, with its id where that is not the file's name: two folders may have files of one name.

    >>> named(Article("vote", "", (), file="vote.md")), named(Article("vote-2", "", (), file="vote.md"))
    ('vote.md', 'vote.md (vote-2)')
    """
    return article.file if safe_id(Path(article.file).stem) == article.id else f"{article.file} ({article.id})"


def article_fault(stage: Stage, place: str, id: str, error: BaseException) -> ArticleFault:
    """What is told of an error that nobody expected."""
    fault = ArticleFault(f"{place}: {stage} failed ({described(error)}), which is a defect of onrecord; please report it")
    fault.article, fault.trace = id, _trace(error)
    return fault


def defect(error: BaseException) -> Defect:
    """The same of an error that is no article's."""
    found = Defect(f"the program itself failed ({described(error)}); please report it")
    found.trace = _trace(error)
    return found


def _trace(error: BaseException) -> str:
    try:
        return "".join(traceback.format_exception(error))
    except Exception:  # of an error that cannot say itself what it is
        return ""


def described(error: BaseException) -> str:
    """The kind of an error, and what it says, on one line.

    >>> described(KeyError("speaker")), described(MemoryError())
    ("KeyError: 'speaker'", 'MemoryError')
    """
    try:
        said = " ".join(str(error).split())
    except Exception:  # an error may fail to say what it is
        said = ""
    return ": ".join(filter(None, (type(error).__name__, said)))


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
            return _without_misfits(sound, make, tell, error)
    if not sound:
        raise ArticleError("nothing is left that can be shown; mend one of the articles")
    return without_faulty(sound, make, try_alone, tell, passing=passing)


def _without_misfits(reports: Sequence[Report], make: Callable[[Sequence[Report]], T], tell: Tell, error: Exception) -> T:
    """What ``make`` gives without the few reports with which it fails, though each passes alone."""
    rest, misfits = list(reports), list[Report]()
    while len(rest) > 1 and len(misfits) < _MOST_SOUGHT:
        misfits.append(rest.pop(_misfit(rest, make)))
        try:
            made = make(rest)
        except Exception:
            continue
        for report in misfits:
            tell(article_fault("listing it with others", named(report.article), report.article.id, error))
        return made
    raise defect(error) from error


def _misfit(reports: Sequence[Report], make: Callable[[Sequence[Report]], object]) -> int:
    """The place of a report with which ``make`` fails: sought by halves, each with one that is known to be sound."""
    first, end = 0, len(reports)
    while end - first > 1:
        middle = (first + end) // 2
        beside = [reports[0 if first else -1]] if first or end < len(reports) else []
        try:
            make([*reports[first:middle], *beside])
        except Exception:
            end = middle
        else:
            first = middle
    return first


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
