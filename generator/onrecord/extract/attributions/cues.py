"""How often a lemma, in a given frame, really attributes: the lexicon of cues.

``data/cues.json`` holds two whole numbers for each frame and lemma: in how many places of the training articles of PolNeAR 1.0 (Newell et
al. 2018) the lemma stood in that frame, and in how many of them annotators had marked it as an attribution with that content. Only
lemmas that at least three articles share are in it, and nothing but these counts. ``onrecord train`` makes it. The others are
pooled: a lemma that is not in the table has the rate of its frame's rare verbs of communication (Levin 1993), or of its other rare lemmas,
which few frames make high enough to be believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

import msgspec

from onrecord.extract.tokens import reporting_verbs

Counts = Mapping[str, Mapping[str, tuple[int, int]]]
"""By frame, then by lemma: in how many places it was marked as an attribution, and in how many it stood."""

_DATA = Path(__file__).parents[1] / "data"
MODEL_ALONE = "model"
"""The frame of a draft that only the accurate reader found."""
ANSWER = "answer"
"""The frame of an answer without a label."""
SENDER = "sender"
"""The frame of a message below a line that says whose it is: "From the desk of Ann Lee"."""
TALK = "talk before"
"""The frame of a quotation right after a sentence that says that somebody speaks."""
SECOND_VERB = "second verb"
"""The frame of what the next verb of a report governs: "said it was old and told drivers to stop"."""
RUN_ON = "run on"
"""The frame of a paragraph that goes on with a speech whose mark was left open."""
UNATTRIBUTED = "unattributed"
"""The frame of words of which the text does not say whose they are."""
VERDICT = "verdict"
"""The frame of a quotation of which the next paragraph says whose it is: "That was the verdict of Ann Lee"."""
UNCLOSED = "before cue"
"""The frame of a quotation whose closing mark was forgotten before its cue."""
IMPERSONAL = "impersonal"
"""The frame of a report that names no source."""
QUOTED_AS = "quoted as"
"""The frame of a report at second hand."""
UNNAMED = (ANSWER, IMPERSONAL, f"{IMPERSONAL} quoted")
"""Frames that say that something was said, and do not name by whom."""
CONSTRUCTED = frozenset(
    {*UNNAMED, "after report", SENDER, TALK, UNCLOSED, SECOND_VERB, f"{SECOND_VERB} quoted", QUOTED_AS, f"{QUOTED_AS} quoted"}
)
"""Frames that decide by themselves who speaks, so that no likelihood has to."""
CONVENTIONS: Mapping[str, float] = {
    "dash": 0.7,
    "turn": 0.8,
    "post": 0.9,
    "label": 0.6,
    "next paragraph": 0.75,
    "at once after": 0.9,
    "after apposition": 0.9,
    "at once before": 0.85,
    "at once paragraph before": 0.85,
    "after report": 0.7,
    ANSWER: 0.75,
    SENDER: 0.7,
    TALK: 0.6,
    VERDICT: 0.75,
    SECOND_VERB: 0.75,
    f"{SECOND_VERB} quoted": 0.75,
    UNCLOSED: 0.6,
    IMPERSONAL: 0.8,
    f"{IMPERSONAL} quoted": 0.8,
    QUOTED_AS: 0.9,
    f"{QUOTED_AS} quoted": 0.9,
}
"""The rates of layouts and constructions that hold whatever the cue's lemma is: so often is the source right in the training articles,
less a little where they have few. They hardly have a name on a dash, which closes a quotation set apart (The Chicago Manual of Style, 17th
edition, 13.36): likely, never sure."""
_SMOOTHING = 2.0
"""How many imagined places of its frame's rate each lemma starts with: two, so that three real ones outweigh them."""


POOLED = ""
"""The entry of a frame for all lemmas that have none of their own, and for rules that need no cue."""
COMMUNICATION = "@communication"
"""The entry of a frame for verbs of communication that have none of their own."""


class Cues:
    """The rates of a table of counts."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._frame_rates = {
            frame: sum(hits for hits, _ in lemmas.values()) / max(1, sum(places for _, places in lemmas.values()))
            for frame, lemmas in counts.items()
        }

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas that may be cues: those of the table, and the verbs of communication."""
        return reporting_verbs().union(*self._counts.values())

    @property
    def frames(self) -> frozenset[str]:
        """The rules that have a rate."""
        return frozenset(self._counts) | frozenset(CONVENTIONS)

    def rate(self, frame: str, lemma: str) -> float:
        """Between 0 and 1: how likely it is that this lemma in this frame attributes.

        For a frame that is not in the table it is that of the convention, or 0.
        """
        if frame not in self._counts:
            return CONVENTIONS.get(frame, 0.0)
        lemmas = self._counts[frame]
        # From the lemma's own counts to those of its kind, to those of all rare lemmas of the frame.
        hits, places = lemmas.get(lemma) or lemmas.get(pool_of(lemma)) or lemmas.get(POOLED, (0, 0))
        return (hits + _SMOOTHING * self._frame_rates.get(frame, 0.0)) / (places + _SMOOTHING)


_SPELLINGS = (("ise", "ize"), ("yse", "yze"), ("our", "or"))


def american(lemma: str) -> str:
    """A lemma in American spelling, which the training articles have: "criticise" as "criticize", "honour" as "honor". Ask it only of a
    lemma that is unknown as it stands, for it makes "promize" of "promise".

    >>> american("criticise"), american("honour"), american("say")
    ('criticize', 'honor', 'say')
    """
    return next((lemma.removesuffix(british) + ours for british, ours in _SPELLINGS if lemma.endswith(british)), lemma)


def pool_of(lemma: str) -> str:
    """The entry that a rare lemma's places are counted in, and that it has its rate from."""
    return COMMUNICATION if lemma in reporting_verbs() else POOLED


@cache
def load_cues() -> Cues:
    """The rates that ship with the program, read once in a process."""
    return Cues(msgspec.json.decode((_DATA / "cues.json").read_bytes(), type=dict[str, dict[str, tuple[int, int]]]))
