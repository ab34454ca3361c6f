"""What the parts of a person's name are, and whether two names may be one person's."""

from __future__ import annotations

from onrecord.extract.actors.gazetteer import words
from onrecord.extract.actors.mention import name_key

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "qc", "sc", "kc", "mp", "phd", "md", "esq"})
"""What stands after a surname and is none: generation, degree, honour."""


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name as keys, without "Jr." and the like; a surname's particles belong to its last part.

    >>> name_parts("Robert J. van der Berg Jr.")
    ('robert', 'j.', 'van der berg')
    """
    parts = [part for part in name_key(name).split() if part.strip(".,") not in SUFFIXES]
    if not parts:
        return ()
    start = len(parts) - 1
    while start > 1 and parts[start - 1].strip(".") in words("titles.txt", "particle"):
        start -= 1
    return (*parts[:start], " ".join(parts[start:]))


def surname(name: str) -> str:
    """The last part of a name, with its particles; empty for a name of one word."""
    parts = name_parts(name)
    return parts[-1] if len(parts) > 1 else ""


def given_name(name: str) -> str:
    """The first part of a name; empty for a name of one word."""
    parts = name_parts(name)
    return parts[0] if len(parts) > 1 else ""


def same_full_name(one: str, other: str) -> bool:
    """Whether two full names may be one person's: "Robert J. Berg" and "Robert Berg", but not "Robert K. Berg".

    >>> same_full_name("Robert J. Berg", "Robert Berg"), same_full_name("Robert J. Berg", "Robert K. Berg")
    (True, False)
    """
    a, b = name_parts(one), name_parts(other)
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1] or not _may_be(a[0], b[0]):
        return False
    return all(_may_be(x, y) for x, y in zip(a[1:-1], b[1:-1], strict=False))


def _may_be(one: str, other: str) -> bool:
    """Whether the two are the same part: equal, or one the initial of the other."""
    x, y = one.strip("."), other.strip(".")
    return x == y or (len(x) == 1 and y.startswith(x)) or (len(y) == 1 and x.startswith(y))
