"""Pages that do not hold the article that they are about: navigation alone, a question for consent, the first lines before a paywall.

A report on such a page would look like one on an article in which nobody says anything. So the page is refused where it has no text, and
where it may have only a part of the text, the article says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.article.boilerplate import mark_boilerplate
from onrecord.model import Block, Notice

_SCRAP = 100
"""What was found is no article if it has fewer letters than this, and the page has more than so many times as many."""
_SENTENCE = re.compile(r"\w.{15,}?[.!?…。！？؟।]|\w{3}.{100,}", re.DOTALL)
"""Matches in what may be a sentence: a text with an end, or a long one, as some scripts have no such marks."""
_SHORT = 160
"""Fewer words than these may be a teaser. Short notices have so many, too: so there must be another sign."""
_PART = 2
"""A page that states this many times as many words as were found holds a part of its article."""
# Words that questions for consent must use by the General Data Protection Regulation and the TCF of the IAB.
_CONSENT = re.compile(
    r"\b(?:cookies?|consent|personal data|privacy (?:policy|settings|choices|preferences|notice)|our partners|store and/or access"
    r"|legitimate interest|before you continue|accept all|reject all|manage (?:options|settings|preferences))\b",
    re.IGNORECASE,
)
_OWN_VOICE = re.compile(r"\b(?:we|our|us|you|your)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extent:
    """What a page states of the length of its article."""

    words: int = 0
    """How many words it has; 0 where that is not stated."""
    paid: bool = False
    """Whether the page says that it is not free to read."""


def why_no_article(text: str, blocks: Iterable[Block], letters: int) -> str:
    """Why what was found in a page is no article, and what to do; empty where it may be one. The page has so many ``letters``."""
    mend = "save its text as .md or .txt"
    if not text.strip():
        return f"no article found in the page; {mend}"
    found = sum(map(str.isalnum, text))
    if found < _SCRAP and found * _SCRAP < letters:
        return f"next to nothing of the page was found as an article ({text[:40]!r}); {mend}"
    prose = _prose(text, blocks)
    if not any(map(_SENTENCE.search, prose)):
        begin = " ".join(text[:60].split())
        return f"no sentence was found in the page, only headings, links or prompts ({begin!r}); open the article, and {mend}"
    if all(_CONSENT.search(one) and _OWN_VOICE.search(one) for one in prose if _SENTENCE.search(one)):
        return f"the page asks for consent and holds no article; answer it in the browser, and save the page again, or {mend}"
    return ""


def told_teaser(text: str, blocks: Iterable[Block], stated: Extent) -> tuple[Notice, ...]:
    """A notice where the page may hold only the beginning of its article."""
    marked = mark_boilerplate(text, blocks)
    words = sum(len(one.split()) for one in _prose(text, marked))
    asks = any(leaf.furniture == "paywall prompt" for block in marked for leaf in block.leaves())
    if words < _SHORT and (asks or stated.paid):
        return (Notice("teaser", f"The page asks for a subscription, and holds {words} words: perhaps only the beginning of the article."),)
    if stated.words >= _PART * words + _SHORT:
        why = f"The page states that its article has {stated.words:,} words, and {words:,} were found"
        return (Notice("part", f"{why}: some of it is missing here."),)
    return ()


def _prose(text: str, blocks: Iterable[Block]) -> list[str]:
    leaves = (leaf for block in mark_boilerplate(text, blocks) for leaf in block.leaves())
    return [leaf.span.of(text) for leaf in leaves if leaf.kind in ("paragraph", "cell", "code") and leaf.boilerplate is None]
