"""Finds the turns of an interview or debate that is printed as one: "Q:", "A:", "BROOK:" before what each of them says.

There are no quotation marks and no cues, so nothing of it becomes a quote; but it is not the author who speaks either.
"""

from __future__ import annotations

import re
from collections import Counter

from onrecord.extract.language import Analysis

_LABEL = re.compile(r"\s*((?:[A-Z][\w.'\u2019-]*)(?: [A-Z][\w.'\u2019-]*){0,4}):\s")
"""One to five words with capitals and a colon at the start of a paragraph."""


def find_turns(analysis: Analysis) -> frozenset[int]:
    """The tokens of every turn, and of paragraphs without a label between two turns.

    A label counts if it comes back; so "Venue:" and "Date:" in a notice are none, and one speaker alone makes no transcript.
    """
    labels = [match[1].casefold() if (match := _LABEL.match(paragraph.tokens.text)) else "" for paragraph in analysis.paragraphs]
    recurring = {label for label, count in Counter(labels).items() if label and count > 1}
    turns = [n for n, label in enumerate(labels) if label in recurring]
    if len(recurring) < 2:
        return frozenset()
    first, last = turns[0], max(n for n, label in enumerate(labels) if label)
    return frozenset(token.i for paragraph in analysis.paragraphs[first : last + 1] for token in paragraph.tokens)
