"""Lines about the author whom an article states: a byline alone on a line, and the biographical note at the end.

A reporter does not write of himself in the third person and the present tense: where the last paragraphs do, somebody else speaks of
him, and not for the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.article.layout import Marking, with_furniture
from onrecord.model import Block

_LONGEST_BYLINE = 160
_LONGEST_NOTE = 800
_FIRST = 8
"""How many leaves at the beginning are looked at for a byline."""
_LAST = 4
"""How many leaves at the end are looked at for a note: one for each author, hardly more."""
# What such notes say, in the present tense: what somebody is, does, and how to reach them.
_IS = (
    r"(?:(?:is|are|was|were) (?:a|an|the|our|[\w’']+['’]s|based|also|currently|chief|senior|co-)"
    r"|writes|covers|reports|edits|teaches|lives|works|hosts|leads|joined|can be|may be"
    r"|has (?:been|written|covered|reported|worked))"
)
_AFTER_NAME = re.compile(rf"(?:,[^.?!]{{2,80}},)?\s+{_IS}\b|['’]s (?:latest |new |first |most recent )?(?:book|novel|column|work)\b")
_CONTACT = re.compile(r"(?:have a (?:tip|story)[^.?!]*\?\s*)?(?:(?:you can )?(?:contact|e-?mail|reach|follow)\s+)?", re.IGNORECASE)
_ADDRESS = re.compile(r"@\w|\btwitter\b|\be-?mail\b", re.IGNORECASE)
# Words beside names in a byline: by whom, when.
_AROUND = re.compile(
    r"\b(?:by|written|posted|published|reported|updated|staff|and|on|at|[ap]\.?m|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
    r"|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|[a-z]{2,4}t|utc|gmt)\b|\d+",
    re.IGNORECASE,
)


def mark_author_lines(text: str, blocks: Iterable[Block], byline: str) -> tuple[Block, ...]:
    """The same blocks, with the lines marked that only name the authors of a ``byline``, or tell of them."""
    marked = tuple(blocks)
    names = [name for name in re.split(r",\s*|\s+(?:and|&)\s+|\s*;\s*", byline) if len(name.split()) > 1]
    if not byline or not marked:
        return marked
    leaves = [leaf for block in marked for leaf in block.leaves() if leaf.kind in ("paragraph", "heading") and not leaf.boilerplate]
    found: dict[int, Marking] = {leaf.start: ("strict", "byline") for leaf in leaves[:_FIRST] if _is_byline(leaf.span.of(text), byline)}
    return with_furniture(marked, found | {leaf.start: ("strict", "biography") for leaf in _notes(text, leaves, names)})


def _is_byline(words: str, byline: str) -> bool:
    """Whether a line has the names of the byline, and besides them nothing but the words that go with them."""
    if len(words) > _LONGEST_BYLINE or byline.casefold() not in words.casefold():
        return False
    at = words.casefold().find(byline.casefold())
    return not any(map(str.isalpha, _AROUND.sub("", f"{words[:at]} {words[at + len(byline) :]}")))


def _notes(text: str, leaves: Sequence[Block], names: Sequence[str]) -> list[Block]:
    """The notes at the end, which nothing but other notes follows."""
    found: list[Block] = []
    for leaf in reversed(leaves[-_LAST:] if len(leaves) > 1 else []):
        if not _is_note(leaf.span.of(text), names):
            break
        found.append(leaf)
    return found if len(found) < len(leaves) else []


def _is_note(words: str, names: Sequence[str]) -> bool:
    if len(words) > _LONGEST_NOTE:
        return False
    rest = words[len(begins[0]) :] if (begins := _CONTACT.match(words)) else words
    for name in names:
        if rest.startswith(name):
            after = rest[len(name) :]
            return bool(_AFTER_NAME.match(after)) or bool(begins and begins[0] and _ADDRESS.search(after))
    return False
