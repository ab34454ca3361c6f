"""Characters that are not what they seem: halves of one, as YAML and JSON escape them, and those that a terminal obeys."""

from __future__ import annotations

import re

# Control characters, ends of lines and paragraphs, and format characters that turn or hide what stands beside them (Unicode: Cc, Zl, Zp,
# and of Cf what sets directions, what is invisible, annotations and tags). Joiners stay: several scripts and emoji are written with them.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def whole(text: str) -> str:
    r"""The text with such halves joined. Raises :class:`ValueError` for half a character, which no file in UTF-8 can hold.

    >>> whole("\ud83d\ude00") == "\U0001f600"
    True
    """
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def visible(text: str) -> str:
    r"""The text as every message and page can print it: on one line, with escapes for characters that a terminal, a log or a browser would
    obey rather than show.

    >>> visible("vote.md"), visible("a\nb\udcff.md"), visible("\x1b[2K\u202egpj.md")
    ('vote.md', 'a\\x0ab\\xed\\xb3\\xbf.md', '\\x1b[2K\\u202egpj.md')
    """
    # Names of files need not be in UTF-8; Python keeps such bytes as halves of characters.
    plain = text.encode(errors="surrogatepass").decode(errors="backslashreplace")
    return _UNSEEN.sub(lambda found: _escape(ord(found[0])), plain)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
