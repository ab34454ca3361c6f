"""Finding the paragraphs of a plain text file, which is left as it is: offsets count in the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Block, Span

_LINE_END = re.compile(r"\r\n|[\r\n]")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")

# Editors and mailers wrap at 72 to 80 characters, some at 100; nobody wraps prose below 40.
NARROWEST_WRAP, WIDEST_WRAP = 40, 100


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    span: Span
    """Its words, without blanks at the edges."""
    text: str


def parse_plain_text(text: str) -> tuple[Block, ...]:
    """A paragraph for each run of lines between blank ones or, unless the text is hard-wrapped, for each line.

    Text is taken for hard-wrapped if its longest line has 40 to 100 characters and at least half of its line breaks (blank lines aside) are
    inside a sentence: no punctuation before, a small letter after. In such text a line that ends early still ends its paragraph: early
    means that with the next word it would have filled at most three quarters of the width.
    """
    runs = [list(run) for run in _runs(text)]
    width = _wrap_width(runs)
    return tuple(_paragraph(lines) for run in runs for lines in _paragraphs(run, width))


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for number, end in enumerate((*_LINE_END.finditer(text), None), 1):
        stop = end.start() if end else len(text)
        line = text[start:stop]
        # A byte order mark is part of the text, since offsets count in the file, but not of the first paragraph.
        left = len(line) - len(line.lstrip("\ufeff").lstrip() if start == 0 else line.lstrip())
        words = line[left:].rstrip()
        yield _Line(number, Span(start + left, start + left + len(words)), words)
        start = end.end() if end else stop


def _runs(text: str) -> Iterator[list[_Line]]:
    """Runs of lines without a blank line in between."""
    run: list[_Line] = []
    for line in _lines(text):
        if line.text:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _wrap_width(runs: list[list[_Line]]) -> int:
    """The width at which the text is wrapped, in characters; 0 if it is not wrapped."""
    breaks = [(one.text, two.text) for run in runs for one, two in pairwise(run)]
    longest = max((len(line.text) for run in runs for line in run), default=0)
    inside = sum(two[0].islower() and not _SENTENCE_END.search(one) for one, two in breaks)
    # At least half: dialogues and lists have short lines, too, but these end with their sentences.
    wrapped = bool(breaks) and inside * 2 >= len(breaks) and NARROWEST_WRAP <= longest <= WIDEST_WRAP
    return longest if wrapped else 0


def _paragraphs(run: list[_Line], width: int) -> Iterator[list[_Line]]:
    paragraph = run[:1]
    for line in run[1:]:
        would_have = len(paragraph[-1].text) + 1 + len(line.text.split()[0])
        if would_have <= width * 3 // 4 or not width:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _paragraph(lines: list[_Line]) -> Block:
    return Block("paragraph", lines[0].span.start, lines[-1].span.end, lines[0].number)
