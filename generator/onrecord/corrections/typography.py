"""The one difference between two texts that a correction forgives: white space and typography."""

from __future__ import annotations

import re
import unicodedata
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
_FIRST_JOINING = "\u0300"
"""All characters before it are in NFC and join none: a text of these alone, as most are, needs no look at each."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without its typography, and where each of its characters comes from."""

    text: str
    origins: tuple[Span, ...]
    """For each character of ``text`` the characters of the original that it stands for."""

    def original(self, start: int, end: int) -> Span:
        """The place in the original of a range of ``text`` that is not empty."""
        return Span(self.origins[start].start, self.origins[end - 1].end)


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
    """The same, with the place in ``text`` of every character."""
    characters: list[str] = []
    origins: list[Span] = []
    for start, end in _clusters(text):
        composed = unicodedata.normalize("NFC", text[start:end])
        plain = " " if composed.isspace() else "".join(_PLAIN.get(c, c) for c in composed)
        last = characters[-1] if characters else " "
        if (plain == " " and last == " ") or (plain == last == "-"):
            # A run of white space is one space, and a dash typed as two or three hyphens is one dash.
            if origins:
                origins[-1] = Span(origins[-1].start, end if plain == "-" else origins[-1].end)
            continue
        characters.extend(plain)
        origins.extend(Span(start, end) for _ in plain)
    if characters and characters[-1] == " ":
        characters.pop()
        origins.pop()
    return Plain("".join(characters), tuple(origins))


def _clusters(text: str) -> list[tuple[int, int]]:
    """The ranges that NFC can be made of one by one: a character and the marks and vowels that may join it."""
    starts = [at for at, c in enumerate(text) if at == 0 or not _joins(c)]
    return list(pairwise([*starts, len(text)]))


def _joins(character: str) -> bool:
    """Whether a character may become one with the character before it: only marks do, and the vowels and finals of Hangul."""
    return not character.isascii() and (unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff")
