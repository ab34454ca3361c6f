"""Article text for places where others print it without escaping it."""

from __future__ import annotations

import html

# Braces, too: a plugin for macros expands them in titles.
_MARKUP = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’", "{": "(", "}": ")"})


def inert(text: str) -> str:
    """The text in one line, with characters in it that no HTML context can take for markup.

    MkDocs themes print a page's title and description as they stand, in elements and in attributes, and some undo
    escapes first (Jinja's ``striptags``); so escaping is never right for all of them, and look-alikes stand in.

    >>> inert('</title><script>"x"')
    '‹/title›‹script›”x”'
    >>> inert("AT&T"), inert("&lt;b>")
    ('AT&T', '&amp;lt;b›')
    """
    plain = " ".join(text.split()).translate(_MARKUP)
    return plain if html.unescape(plain) == plain else plain.replace("&", "&amp;")
