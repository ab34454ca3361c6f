"""The list of reporting verbs, and lemmas as the word lists have them, where spaCy's own go astray."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from onrecord.extract.tokens import Token

REPORTING_VERBS = Path(__file__).parent / "data" / "reporting_verbs.txt"

SHORT_STEM = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
"""A one-syllable stem that doubles its last letter before "-ed" and "-ing": "wag", "wagged"."""


@cache
def reporting_verbs() -> frozenset[str]:
    """The lemmas of the verbs with which somebody says or judges something, as ``data/reporting_verbs.txt`` lists them.

    Whatever asks whether a verb reports asks this list: the judges of attributions, the names (no "Stated Brook:" is one) and the pronouns
    (whoever says something is no thing). So a verb is added there and nowhere else.
    """
    lines = REPORTING_VERBS.read_text(encoding="utf-8").splitlines()
    return frozenset(lemma for line in lines if not line.startswith("#") for lemma in line.partition(": ")[2].split())


def lemma_of(token: Token) -> str:
    """A word's lemma in lower case.

    The models' rules take "waged" to "wag" and "hoped" to "hop", whose pasts would be "wagged" and "hopped": they get their "e" back.
    """
    lemma = token.lemma_.lower()
    if token.lower_ in (f"{lemma}ed", f"{lemma}ing") and SHORT_STEM.fullmatch(lemma):
        return f"{lemma}e"
    return lemma


def compound_lemma(token: Token) -> str:
    """The lemma with what a hyphen joins to its left: "cease-fire"."""
    doc, before = token.doc, token.i - 1
    if before >= 1 and doc[before].text == "-" and not doc[before].whitespace_ and not doc[before - 1].whitespace_:
        return f"{doc[before - 1].lower_}-{lemma_of(token)}"
    return lemma_of(token)
