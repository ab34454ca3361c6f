"""What happens when one article among many fails: it is left out and named in one line, and the others go on.

There are three cases. An error that is the input's fault (an :class:`OnrecordError`) already says what is wrong. Anything else that is
raised while one article is worked on is a defect of this program; :func:`at_article` turns it into an error that names the article and the
stage. What is made of all articles together (tables, pages that list them) cannot name an article when it fails; :func:`without_faulty`
then tries each article alone and leaves out those that fail. Where all pass alone, it searches by halves for the one article without which
the others can be made.
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
"""How many articles that fail only beside others are searched for. If there are more, the cause is not in the articles; and finding one
costs as much as making all of them twice."""

Guard = Callable[[Stage], AbstractContextManager[None]]
"""What a stage is done in, where its failure is to name the stage."""


def no_guard(stage: Stage) -> AbstractContextManager[None]:
    """The guard of what is made of all articles together: whose fault a failure is, nobody can tell."""
    return nullcontext()


Tell = Callable[[ArticleError], None]
"""A function that is told of each article that is left out, and why: it may print, collect or raise."""


def refuse(problem: ArticleError) -> None:
    """A :data:`Tell` that raises the problem: for a program that wants all articles or none."""
    raise problem


@contextmanager
def at_article(stage: Stage, place: str, id: str) -> Iterator[None]:
    """Runs a block as a stage of work on one article. ``place`` is its file, or where it comes from, for messages.

    Errors of the program's own kinds pass, with the article's id added. Raises :class:`ArticleFault` for any other error.
    """
    try:
        yield
    except ArticleError as error:
        error.article = error.article or id
        raise
    except OnrecordError:
        raise
    except (Exception, SystemExit) as error:  # a component of somebody's pipeline may end the process
        if is_no_room(error):  # a full disk or memory is no article's fault, and the next article would fail, too
            raise
        raise article_fault(stage, place, id, error) from error


def named(article: Article) -> str:
    """An article's file for a message, with its id where that is not the file's name: two folders may have files of one name.

    >>> named(Article("vote", "", (), file="vote.md")), named(Article("vote-2", "", (), file="vote.md"))
    ('vote.md', 'vote.md (vote-2)')
    """
    return article.file if safe_id(Path(article.file).stem) == article.id else f"{article.file} ({article.id})"


def article_fault(stage: Stage, place: str, id: str, error: BaseException) -> ArticleFault:
    """An unexpected error as one that names the article and the stage, with the traceback in ``trace``."""
    fault = ArticleFault(f"{place}: {stage} failed ({described(error)}), which is a defect of onrecord; please report it")
    fault.article, fault.trace = id, _trace(error)
    return fault


def defect(error: BaseException) -> Defect:
    """An unexpected error that is not the fault of any one article, with the traceback in ``trace``."""
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
    """None: a report that is left out is not replaced by another."""
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
    """What ``make`` returns for the reports, without those that make it fail.

    Where ``make`` fails, ``try_alone`` is called with each report: it does with one all that ``make`` does with many, and raises
    :class:`ArticleFault` for one that cannot be handled. ``tell`` hears of each such report, what ``instead`` returns takes its place (a
    report, or None to leave it out), and ``make`` is called again. As long as nothing fails, nothing is tried alone.

    Errors that are the input's fault, or that a full disk causes, are raised as they are, and so are those of the kinds ``passing``, with
    which ``make`` ends on purpose. Raises :class:`Defect` where ``make`` fails though each report passes alone and no few of them are to
    blame, and :class:`ArticleError` where every report fails.
    """
    try:
        return make(reports)
    except passing:
        raise
    except Exception as error:
        if is_no_room(error) or (isinstance(error, OnrecordError) and not isinstance(error, ArticleFault)):
            raise
        sound = tuple(_sound(reports, try_alone, tell, instead))
        if sound == tuple(reports):  # each passes alone, so that it takes several together to fail
            return _without_misfits(sound, make, tell, error)
    if not sound:
        raise ArticleError("nothing is left that can be shown; mend one of the articles")
    # Called again and not only made again: what was put in place of a faulty report may fail, too, and is then left out for good.
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
    """The index of a report with which ``make`` fails, found by halving."""
    first, end = 0, len(reports)  # the misfit is one of reports[first:end]
    while end - first > 1:
        middle = (first + end) // 2
        # It fails only beside others, so that one report from outside of the range stands beside each half.
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
    """The reports that pass alone, and what stands in for the others."""
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
