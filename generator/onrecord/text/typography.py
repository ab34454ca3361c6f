"""Texts without their typography: white space, quotation marks and dashes of one kind. These are the only differences between two versions
of a text at which a correction still applies."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Span

# The characters of Unicode with the property Quotation_Mark, less those for CJK and the ornaments, with the prime signs that stand for
# them; and those with the property Dash.
_DOUBLE = '"“”„‟«»″'
_SINGLE = "'‘’‚‛‹›ʼ′`´"
_DASHES = "-‐‑‒–—―−⸺⸻﹘﹣－"
_PLAIN = {
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DASHES, "-"),
    "…": "...",
    "\N{SOFT HYPHEN}": "",
    "\N{ZERO WIDTH SPACE}": "",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "",
}
_TABLE = str.maketrans(_PLAIN)
_HYPHENS = re.compile("--+")
_SPACE = re.compile(r"\s")
_FIRST_JOINING = "\u0300"
"""The first character that may combine with the one before it. A text without any from here on, as most are, is in NFC already."""


# Where one character of the plain text may stand for several of the original, or the reverse: runs of blanks or dashes, an ellipsis,
# invisible characters. Everywhere else the two go side by side, which is much faster.
_VANISHING = "".join(c for c, plain in _PLAIN.items() if not plain)
_UNEVEN = re.compile(rf"\A\s+|[\s{_VANISHING}]{{2,}}|[{re.escape(_DASHES)}{_VANISHING}]{{2,}}|[…{_VANISHING}]")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without its typography, with a map from its characters to those of the original."""

    text: str
    starts: Sequence[int]
    """For each character of ``text`` the offset in the original where that begins for which it stands."""
    ends: Sequence[int]
    """For each character of ``text`` the offset in the original where that ends."""

    def original(self, start: int, end: int) -> Span:
        """The span in the original for a range of ``text``, which must not be empty."""
        return Span(self.starts[start], self.ends[end - 1])


def letters_of(text: str) -> str:
    """The letters and digits of a text, in small letters: what stays the same however it is set.

    >>> letters_of("“Bridge” to close!")
    'bridgetoclose'
    """
    return "".join(filter(str.isalnum, text)).casefold()


def normalise(text: str) -> str:
    """The text with every white space as one space, plain quotation marks, dashes and full stops for an ellipsis, in NFC; nothing else
    is changed.

    >>> normalise("“Shut  it” —  she\\n said…") == normalise('"Shut it" - she said...')
    True
    >>> normalise("will") == normalise("will not"), normalise("40") == normalise("400")
    (False, False)
    """
    plain = " ".join(text.translate(_TABLE).split())
    if max(plain, default="") < _FIRST_JOINING:
        return _HYPHENS.sub("-", plain)
    return normalise_in_place(text).text


def normalise_in_place(text: str) -> Plain:
    """As :func:`normalise`, with a map to the offsets in ``text``."""
    found = _Kept()
    if max(text.translate(_TABLE), default="") < _FIRST_JOINING:
        done = 0
        for uneven in _UNEVEN.finditer(text):
            found.add_even(text, done, uneven.start())
            for at in range(*uneven.span()):
                found.add(text[at], at, at + 1)
            done = uneven.end()
        found.add_even(text, done, len(text))
    else:
        for start, end in _clusters(text):
            found.add(unicodedata.normalize("NFC", text[start:end]), start, end)
    return found.plain()


class _Kept:
    """Collects the characters of a plain text with their offsets. These are kept in arrays, which take less memory than lists of
    numbers."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._starts = array("I")
        self._ends = array("I")

    def add_even(self, text: str, start: int, end: int) -> None:
        """Adds a range in which every character stands for itself or for one other."""
        if start < end:
            self._text.append(_SPACE.sub(" ", text[start:end].translate(_TABLE)))
            self._starts.extend(range(start, end))
            self._ends.extend(range(start + 1, end + 1))

    def add(self, composed: str, start: int, end: int) -> None:
        """Adds what one cluster of the original becomes in NFC."""
        plain = " " if composed.isspace() else "".join(_PLAIN.get(c, c) for c in composed)
        last = self._text[-1][-1] if self._text else " "
        if (plain == " " and last == " ") or (plain == last == "-"):
            # A run of white space is one space, and a dash typed as two or three hyphens is one dash.
            if plain == "-":
                self._ends[-1] = end
        elif plain:
            self._text.append(plain)
            self._starts.extend([start] * len(plain))
            self._ends.extend([end] * len(plain))

    def plain(self) -> Plain:
        """The collected text, without a space at the end."""
        text = "".join(self._text)
        end = len(text) - text.endswith(" ")
        return Plain(text[:end], self._starts[:end], self._ends[:end])


def _clusters(text: str) -> list[tuple[int, int]]:
    """The ranges of a text that can be brought into NFC one by one: a character and all that may combine with it."""
    starts = [at for at, c in enumerate(text) if at == 0 or not _joins(c)]
    return list(pairwise([*starts, len(text)]))


def _joins(character: str) -> bool:
    """Whether a character may combine with the one before it: only marks do, and vowels and finals of Hangul."""
    return not character.isascii() and (unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff")
