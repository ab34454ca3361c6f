"""Characters that YAML escapes in two halves, as JSON does."""

from __future__ import annotations


def whole(text: str) -> str:
    r"""The text with such halves joined. Raises :class:`ValueError` for half a character, which no file in UTF-8 can hold.

    >>> whole("\ud83d\ude00") == "\U0001f600"
    True
    """
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
