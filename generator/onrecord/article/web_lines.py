"""On which lines of a page the words of its article stand: the extraction of the article forgets it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.article.flat_page import PageReader
from onrecord.text.typography import letters_of

_FARTHEST = 200_000
"""How many letters after a block the next one is searched for. If some are not in the page, it is not searched to its end for each."""
_LONGEST = 60
"""How many letters of a text are compared."""
_UNSEEN = ("script", "style", "template", "noscript", "title")


class PageLines(PageReader):
    """The letters and digits of what a reader may see of a page, with the lines on which they stand."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._inside: str = ""
        self._parts: list[str] = []
        self._end = 0
        self._starts: list[int] = []
        self._lines: list[int] = []
        self.read(html)
        self._letters = "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._starts.append(self._end)
            self._lines.append(self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n"))
            self._parts.append(letters_of(data))
            self._end += len(self._parts[-1])

    def lines_of(self, texts: Sequence[str]) -> list[int]:
        """The line on which each text begins, from 1; the texts are in the order of the page. A text that is not found gets the line of the
        one before. Only letters and digits are compared, since blanks and marks differ between the page and the article."""
        lines, at, line = [], 0, 1
        for text in texts:
            found = self._letters.find(letters_of(text)[:_LONGEST], at, at + _FARTHEST) if letters_of(text) else -1
            if found >= 0:
                at, line = found, self._lines[bisect_right(self._starts, found) - 1]
            lines.append(line)
        return lines

    @property
    def letters(self) -> int:
        """How many letters and digits a reader may see on the page."""
        return self._end
