"""How much of an article may be shown, as the article itself says it: read with goodwill, and never to show more than was meant.

A word that looks like another on the screen (in another case, in letters of another script, with a character that cannot be seen) was meant
to be that. Where what was meant is not sure, the article is refused.
"""

from __future__ import annotations

import re
import unicodedata

from onrecord.errors import ArticleError
from onrecord.options import TEXT_MODES, TextMode

MODE_KEYS = ("text", "text_mode")
"""The keys that say it; in a record, where ``text`` is the article, the latter."""

# Letters of other scripts that look like those of the keys and of the modes (Unicode's confusables, as far as these go).
_ALIKE = str.maketrans(
    "тτţеεєҽ℮хχ×ҳмμоοσօԁɗпոռɴсϲрρѕłӏιіıυսƒ",
    "ttteeeeexxxxmmooooddnnnnccppslliiiuuf",
)
_LONGEST = 40
"""Characters that a message repeats of a key or a value."""
_SHORT = 4
"""Letters of a key that becomes another word ("next", "test") with another letter in it."""
_LESS: dict[str, TextMode] = {
    **dict.fromkeys(("none", "no", "not", "never", "nothing", "hide", "hidden", "withheld", "false", "off", "null", "nil", "~"), "none"),
    **dict.fromkeys(("excerpts", "excerpt"), "excerpts"),
}
"""What people write where they want less to be shown."""
_AROUND = re.compile(r"^(?:[!&]\S*\s+)*|\s#.*$")
"""What stands around a value in YAML: tags, anchors and comments."""
_WORD = re.compile(r"\w+|~")
_LOOKED_AT = 200
"""Characters of a key or a value that are looked at: aliases may give one without end to a thousand others."""


def plain(word: str) -> str:
    """A key or a value, or the beginning of one without end, without case, marks that cannot be seen, and differences between kinds of
    letters.

    >>> plain(" Ｔext-Mode​ ")
    'text_mode'
    """
    seen = "".join(one for one in unicodedata.normalize("NFKC", word[:_LOOKED_AT]) if unicodedata.category(one) != "Cf")
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
    return plain(value) in TEXT_MODES[1:] and _is_nearly(key)


def slip(key: str) -> str:
    """What is noted of keys that are nearly the mode key ``key``, before they are named."""
    return f"taken for {key}, which it nearly is, so that less is shown; write {key}, or give it another name"


def may_be_mode_key(key: str) -> bool:
    """Whether it is such a key, looks like one, or is one but for a letter, and so may say how much may be shown."""
    return looks(key).replace("_", "") in _KEYS or _is_nearly(key)


def _is_nearly(key: str) -> bool:
    return any(_is_slip(looks(key).replace("_", ""), known) for known in _KEYS)


def _is_slip(word: str, known: str) -> bool:
    """Whether one letter is missing, too many, or in the place of the next; in a key that is not short, also another."""
    short, long = sorted((word, known), key=len)
    if len(long) - len(short) > 1:
        return False
    first = next((at for at, (one, two) in enumerate(zip(short, long, strict=False)) if one != two), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    swapped = word[:first] + word[first : first + 2][::-1] + word[first + 2 :]
    return known in (word, swapped) or (len(known) > _SHORT and word[first + 1 :] == known[first + 1 :])


def mode_of(written: str, place: str, key: str) -> TextMode:
    """The mode that a value means. Raises :class:`ArticleError` for any other."""
    for mode in TEXT_MODES:
        if plain(written) == mode:
            return mode
    said = f"{written[:_LONGEST]!r} is no way to show a text" if written else "does not say how much of the text may be shown"
    raise ArticleError(f"{place}: {key} {said}; write {', '.join(TEXT_MODES[:-1])} or none")


def asked_by(key: str, value: str, *, empty: TextMode = "full") -> TextMode:
    """How much may be shown by a key and its value that stand where nobody reads them; ``full`` where they do not ask for less.

    The whole value has to say so, but for marks around it: ``Text: None of them came`` is the beginning of an article. ``empty`` is what a
    key without a value asks for.
    """
    if not (is_mode_key(key) or looks_like_mode_key(key)):
        return "full"
    said = _AROUND.sub("", value.strip()[:_LOOKED_AT])
    words = [word for one in _WORD.findall(looks(said)) if (word := one.strip("_"))]
    return _LESS.get(words[0], "full") if len(words) == 1 else "full" if words else empty


def shows_less(one: TextMode, other: TextMode) -> bool:
    """Whether the first mode shows less than the second."""
    return TEXT_MODES.index(one) > TEXT_MODES.index(other)
