"""From the lines of printed pages to paragraphs: without running heads and page numbers, and with divided words made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

_EDGE = 2
"""How many lines at the top and at the bottom of a page may be running heads."""
_OFTEN = 2
"""A line that stands at the edge of every second page, numbers aside, is a running head; and on no fewer than two pages."""
_NUMBER = re.compile(r"(?:page |p\. ?|[-–—] ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4}| ?[-–—])?", re.IGNORECASE)
_HYPHENS = "-\u00ad\u2010"
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_EARLY = 0.8
"""A line that ends a sentence ends a paragraph, too, if it is shorter than this part of a usual line."""
_WORD = re.compile(r"[^\W\d_]+-[^\W\d_]+")


def joined_lines(pages: Sequence[str]) -> tuple[str, list[str]]:
    """The text of pages, one paragraph a line with a blank line between two, and the running heads that were left out.

    >>> joined_lines(["The Gazette 1\\nThe bridge is un-\\nsafe.", "The Gazette 2\\nIt will close."])
    ('The bridge is unsafe.\\n\\nIt will close.\\n', ['The Gazette 1'])
    """
    split = [[" ".join(line.split()) for line in page.splitlines() if line.strip()] for page in pages]
    heads = _running_heads(split)
    kept = [_without(lines, heads) for lines in split]
    first = {_bare(line): line for lines in reversed(split) for line in (*lines[:_EDGE], *lines[-_EDGE:]) if _bare(line) in heads}
    text = "\n\n".join(_paragraphs(list(chain.from_iterable(kept))))
    return f"{text}\n", sorted(first.values())


def _bare(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """The lines, without their numbers, that stand at the edges of many pages."""
    edges = Counter(one for lines in pages for one in {_bare(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    return {line for line, count in edges.items() if count > 1 and count * _OFTEN >= len(pages)}


def _without(lines: Sequence[str], heads: set[str]) -> list[str]:
    last = len(lines) - _EDGE

    def is_furniture(at: int, line: str) -> bool:
        return (at < _EDGE or at >= last) and (_bare(line) in heads or _NUMBER.fullmatch(line) is not None)

    return [line for at, line in enumerate(lines) if not is_furniture(at, line)]


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    usual = sorted(map(len, lines))[len(lines) * 3 // 4] if lines else 0
    whole = set(_WORD.findall("\n".join(lines)))
    paragraph = list(lines[:1])
    for before, line in pairwise(lines):
        if _ends(before, line, usual):
            yield "".join(paragraph)
            paragraph = [line]
        elif divided := _divided(before, line, whole):
            paragraph[-1] = paragraph[-1][:-1] if divided == "joined" else paragraph[-1]
            paragraph.append(line)
        else:
            paragraph.append(f" {line}")
    if paragraph:
        yield "".join(paragraph)


def _ends(line: str, following: str, usual: int) -> bool:
    """Whether a paragraph ends with a line: it is short, and ends a sentence, or is a heading between two of them."""
    if len(line) >= usual * _EARLY:
        return False
    return _ENDS.search(line) is not None or (following[0].isupper() and line[0].isupper() and line[-1] not in f",;{_HYPHENS}")


def _divided(line: str, following: str, whole: set[str]) -> str:
    """How a word goes on that a line ends in the middle of: ``joined`` without its hyphen, or ``kept`` with it where the same word stands
    elsewhere with one; empty where none does."""
    if line[-1] not in _HYPHENS or len(line) < 2 or not line[-2].isalpha() or not following[0].islower():
        return ""
    word = re.search(r"[^\W\d_]+$", line[:-1])
    rest = re.match(r"[^\W\d_]+", following)
    return "kept" if word and rest and f"{word[0]}-{rest[0]}" in whole else "joined"
