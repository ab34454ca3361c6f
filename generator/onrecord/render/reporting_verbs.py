"""How reporting verbs colour what they report."""

from __future__ import annotations

from typing import Literal

Tone = Literal["neutral", "distancing", "endorsing", "other"]

TONE_MEANINGS: dict[Tone, str] = {
    "neutral": "they say that somebody said it, and no more",
    "distancing": "they leave the truth of it to the speaker, or cast doubt on it",
    "endorsing": "they take for granted that it is true",
    "other": "neither, or they tell how it was said: asked, promised, praised",
}

_NEUTRAL = frozenset(["say", "tell", "state", "write", "add", "report", "according to", "reply", "answer", "announce", "speak", "describe"])
"""Verbs that news agencies ask for, and say nothing of truth: the Reuters Handbook of Journalism and the Associated Press Stylebook, both
under "said"; Chen (2005), neutral verbal processes."""
_DISTANCING = frozenset(
    ["allege", "assert", "boast", "claim", "contend", "imply", "insinuate", "insist", "maintain", "profess", "purport", "suggest"]
)
"""Verbs by which a writer leaves the truth of a report to its source: Thompson and Ye (1991), non-factive and counter-factive; Chen
(2005), negative verbal processes."""
_ENDORSING = frozenset(
    [
        "acknowledge",
        "admit",
        "concede",
        "confess",
        "confirm",
        "demonstrate",
        "disclose",
        "discover",
        "find",
        "know",
        "learn",
        "note",
        "observe",
        "point",
        "prove",
        "realise",
        "realize",
        "recall",
        "recognise",
        "recognize",
        "remember",
        "reveal",
        "show",
    ]
)
"""Factive and semi-factive verbs, whose complement is presupposed: Kiparsky and Kiparsky (1970), Hooper (1975), as collected by Recasens
et al. (2013); "point" is "point out"."""


def tone_of(lemma: str) -> Tone:
    """The tone of a reporting verb.

    >>> tone_of("say"), tone_of("claim"), tone_of("reveal"), tone_of("promise")
    ('neutral', 'distancing', 'endorsing', 'other')
    """
    if lemma in _NEUTRAL:
        return "neutral"
    return "distancing" if lemma in _DISTANCING else "endorsing" if lemma in _ENDORSING else "other"
