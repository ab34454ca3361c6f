"""What ``mkdocs serve`` shows while something is in trouble: the last good of it, under a banner that says what is wrong.

An editor who saves half a sentence of front matter goes on reading the other pages, and this article as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any, TypeVar

from onrecord.errors import ArticleError, OnrecordError
from onrecord.model import Report

T = TypeVar("T")

ARTICLES = "articles"
"""What the reports are on, among all that a site is made of."""

_ROOT = re.compile(r'<div class="onrecord[^"]*">')
_BANNER = re.compile(r'<p class="orx-trouble" role="alert">[^<]*</p>')


class LastGood:
    """The last good report on each article, and what else the last good site was made of, from one build to the next."""

    def __init__(self) -> None:
        self._reports: dict[str, Report] = {}
        self._problems: dict[str, str] = {}
        self._read: dict[str, Any] = {}
        """What the build that is on was given, by what it is."""
        self._good: dict[str, Any] = {}
        """The same of the last good one."""
        self._broken: dict[str, str] = {}

    def begin(self) -> None:
        """Forgets what was wrong at the build before."""
        self._problems.clear()
        self._broken.clear()
        self._read.clear()

    def read(self, what: str, read: Callable[[], T]) -> T:
        """What is read, which is kept as good when a site was made of it."""
        self._read[what] = found = read()
        return found

    def kept(self, what: str, problem: OnrecordError) -> Any:
        """What the last good site was made of, where there was one; takes what is wrong, which is raised otherwise."""
        if what not in self._good:
            raise problem
        self._broken[what] = str(problem)
        self._read[what] = self._good[what]
        return self._good[what]

    def note(self, problem: ArticleError) -> None:
        """Takes what is wrong with an article."""
        self._problems[problem.article] = str(problem)

    def has(self, ids: Iterable[str]) -> bool:
        """Whether there is one on any of these articles."""
        return any(id in self._reports for id in ids)

    def instead(self, report: Report) -> Report | None:
        """The last good report on the same article, where it is another."""
        last = self._reports.get(report.article.id)
        return None if last is report else last

    def completed(self, reports: Sequence[Report], ids: Iterable[str]) -> tuple[Report, ...]:
        """The reports, and the last good ones on articles in trouble, in the order of the articles' ``ids``."""
        made = {report.article.id: report for report in reports}
        kept = {id: report for id, report in self._reports.items() if id in self._problems}
        return tuple(report for id in ids if (report := made.get(id) or kept.get(id)))

    def keep(self, reports: Sequence[Report]) -> None:
        """Takes the reports that a site was made of, and all else that was read for it."""
        self._reports = {report.article.id: report for report in reports}
        self._good = self._read | {ARTICLES: tuple(reports)}

    def banner(self) -> str:
        """What is wrong, for readers of the pages; empty where nothing is."""
        return " ".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for what, problem in self._broken.items():
            yield f"{problem}. The pages show the {what} as they were before."
        for id, problem in self._problems.items():
            yield f"{problem}. {'The pages show this article as it was before.' if id in self._reports else 'It is left out.'}"


def with_banner(page: str, said: str) -> str:
    """A page of ours that says what is wrong, and nothing of what was wrong before."""
    banner = f'<p class="orx-trouble" role="alert">{escape(said, quote=False)}</p>' if said else ""
    return _ROOT.sub(lambda root: root[0] + banner, _BANNER.sub("", page), count=1)
