"""How names are compared, wherever they come from; and nouns for documents in which somebody may say something ("a statement")."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = str.maketrans("’‘ʼ‐‑", "'''--")


@lru_cache(maxsize=1 << 15)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: without case, full stops, commas and a leading "the".

    >>> name_words("The  U.N. Council on Foreign - Trade")
    ('un', 'council', 'on', 'foreign-trade')
    """
    plain = unicodedata.normalize("NFKC", name).translate(_MARKS).casefold()
    words = re.sub(r"\s*-\s*", "-", re.sub(r"[.,]", lambda mark: "" if mark[0] == "." else " ", plain)).split()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


DOCUMENTS = frozenset(
    [
        "ad",
        "address",
        "advertisement",
        "announcement",
        "article",
        "blog",
        "book",
        "brief",
        "column",
        "comment",
        "communiqué",
        "declaration",
        "editorial",
        "email",
        "e-mail",
        "essay",
        "filing",
        "interview",
        "lawsuit",
        "letter",
        "memo",
        "memoir",
        "memorandum",
        "message",
        "note",
        "op-ed",
        "petition",
        "post",
        "release",
        "remark",
        "report",
        "speech",
        "statement",
        "testimony",
        "text",
        "tweet",
        "video",
    ]
)
"""Nouns for documents, in the singular and without capitals: hyponyms of "message", "document" and "address" in WordNet 3.1."""
