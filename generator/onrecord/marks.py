"""The mark of a page that this program made, by which it is known again wherever it was copied to: it is no article."""

from __future__ import annotations

import re
from pathlib import Path

FRONT_MATTER = "generator: onrecord"
"""The first line of the front matter of a page in Markdown."""
_META = '<meta name="generator" content="onrecord">'
_HEAD = re.compile(r"<head(?:\s[^<>]*)?>", re.IGNORECASE)
# Others may take the quotes away, to save room.
_MARKED = re.compile(rb"""\A---\r?\ngenerator: onrecord\r?\n|<meta\s+name=["']?generator["']?\s+content=["']?onrecord["'\s/>]""")
_LOOKED_AT = 4096
"""Bytes at the beginning of a file: the mark stands first in a page's head."""


def marked(page: str) -> str:
    """An HTML page with the mark at the beginning of its head; without a head it is as it was."""
    return _HEAD.sub(lambda head: f"{head[0]}\n{_META}", page, count=1)


def is_marked(file: Path) -> bool:
    """Whether a file begins like a page that this program made. One that cannot be read, or is no regular file, does not."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as content:
            return _MARKED.search(content.read(_LOOKED_AT)) is not None
    except (OSError, RuntimeError):  # the latter is what older Pythons say of a link to itself
        return False
