"""How much of an article may be shown, as the article itself says it: read with goodwill, and never to show more than was meant.

A word that looks like another on the screen (in another case, in letters of another script, with a character that cannot be seen) was meant
to be that. Where what was meant is not sure, the article is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from onrecord.errors import ArticleError
from onrecord.options import TEXT_MODES, TextMode

MODE_KEYS = ("text", "text_mode")
"""The keys that say it; in a record, where ``text`` is the article, the latter."""

# Letters of other scripts that look like those of the keys and of the modes (Unicode's confusables, as far as these go).
_ALIKE = str.maketrans(
    "тτţеεєҽ℮хχ×ҳмμоοσօԁɗпոռɴсϲрρѕłӏιіıυսƒ",
    "ttteeeeexxxxmmooooddnnnnccppslliiiuuf",
)
_HEAD = 60
"""Lines at the top of a file in which front matter that nobody reads is looked for."""
_LONGEST = 40
"""Characters that a message repeats of a key or a value."""
_FENCE = re.compile(r"[-−+;=~_*‐-―⸺⸻﹘﹣－]{2}")
"""What begins a line of dashes with something behind them."""
_MARKS = re.compile(r"[\"'“”‘’]")
_PAIR = re.compile(r"([^:=：]{1,60})[:=：](.{0,60})")


def plain(word: str) -> str:
    """A key or a value without case, marks that cannot be seen, and differences between kinds of letters.

    >>> plain(" Ｔext-Mode​ ")
    'text_mode'
    """
    seen = "".join(one for one in unicodedata.normalize("NFKC", word) if unicodedata.category(one) != "Cf")
    return re.sub(r"[\s_-]+", "_", seen.casefold().strip()).strip("_")


def looks(word: str) -> str:
    """What a word looks like on a screen, in plain letters.

    >>> looks("tехt"), looks("téxt")
    ('text', 'text')
    """
    letters = (one for one in unicodedata.normalize("NFKD", plain(word)) if unicodedata.category(one) != "Mn")
    return "".join(letters).translate(_ALIKE)


def is_mode_key(key: str) -> bool:
    """Whether a key is one that says how much may be shown, in whatever case."""
    return plain(key).replace("_", "") in _KEYS


def looks_like_mode_key(key: str) -> bool:
    """Whether a reader would take it for one, and it is none."""
    return looks(key).replace("_", "") in _KEYS and not is_mode_key(key)


_KEYS = frozenset(key.replace("_", "") for key in MODE_KEYS)


def is_nearly_mode_key(key: str, value: str) -> bool:
    """Whether it is such a key but for one letter, and what it says is how such a key shows less."""
    return plain(value) in TEXT_MODES[1:] and any(_is_slip(looks(key).replace("_", ""), known) for known in _KEYS)


def _is_slip(word: str, other: str) -> bool:
    """Whether one letter is missing, too many, another, or in the place of the next."""
    if len(word) > len(other):
        word, other = other, word
    if len(other) - len(word) > 1:
        return False
    first = next((at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), len(word))
    swapped = word[:first] + word[first : first + 2][::-1] + word[first + 2 :]
    return other in (word, swapped) or word[first + (len(word) == len(other)) :] == other[first + 1 :]


def mode_of(written: str, place: str, key: str) -> TextMode:
    """The mode that a value means. Raises :class:`ArticleError` for any other."""
    for mode in TEXT_MODES:
        if plain(written) == mode:
            return mode
    said = f"{written[:_LONGEST]!r} is no way to show a text" if written else "does not say how much of the text may be shown"
    raise ArticleError(f"{place}: {key} {said}; write {', '.join(TEXT_MODES[:-1])} or none")


def refuse_unread(text: str, place: str, first_line: int = 1) -> None:
    """Raises :class:`ArticleError` where a text that has no front matter begins as if it had, and said that it should not be shown.

    Lines of other dashes, of TOML, or of an old Macintosh; a line at the very top without any; front matter in a file that can have none.
    """
    for number, line in enumerate(islice(_head(text), _HEAD), first_line):
        pair = _PAIR.match(line)
        if pair and (is_mode_key(pair[1]) or looks_like_mode_key(pair[1])) and not _LESS.isdisjoint(looks(pair[2]).split("_")):
            raise ArticleError(
                f"{place}:{number}: {pair[1].strip()!r} stands where it is not read; put it between two lines of three hyphens "
                "at the top of a .md or .html file, or take it out"
            )


_LESS = frozenset([*TEXT_MODES[1:], "", "no", "false", "off", "null", "~"])


def _head(text: str) -> Iterator[str]:
    """The lines at the top that may be front matter: those after one of dashes and the like, without letters, or the first alone that has
    anything in it."""
    begun = False
    for line in map(_visible, text[: _HEAD * 200].splitlines()):
        yield line
        if line and not begun:
            begun = True
            if any(map(str.isalnum, line)) and not _FENCE.match(line):
                return


def _visible(line: str) -> str:
    """A line without what cannot be seen, and without quotation marks."""
    return _MARKS.sub("", "".join(one for one in line if unicodedata.category(one) != "Cf")).strip()
