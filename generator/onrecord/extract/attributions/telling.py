"""Leaves out what is formally an attribution, and yet tells a reader nothing of what anybody said or thought."""

from __future__ import annotations

from onrecord.extract.attributions.factuality import is_conditional
from onrecord.extract.attributions.scene import Draft, Scene

_CLAUSAL = ("complement", "parataxis", "according to", "as", "nominal")
"""Frames whose content is a statement."""
_POINTING = ("PRP", "PRP$", "DT", "WP", "WDT")
_FEW = 2


def tells(scene: Scene, draft: Draft) -> bool:
    """Whether a draft is worth showing. Words in quotation marks always are, but for a term of a word or two that nobody says: "it was
    painted 'blue'". Without marks it is not where

    - the content only points to words elsewhere (an anaphor): "His words were echoed by Lee";
    - the source is the reader, who is addressed in general: "what do you think of it";
    - the text only supposes that somebody wants or does something, and reports no statement: "if they want to leave".
    """
    if draft.quotations:
        quoted = sum(len(quotation.inner.of(scene.text).split()) for quotation in draft.quotations)
        return quoted > _FEW or draft.source is not None
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if draft.source is not None and scene.words[draft.source].lower_ in ("you", "your"):
        return False
    if cue is not None and draft.frame not in _CLAUSAL and is_conditional(cue):
        return False
    return not _only_points(scene, draft)


def _only_points(scene: Scene, draft: Draft) -> bool:
    span = scene.doc.char_span(draft.content[0].start, draft.content[-1].end, alignment_mode="expand")
    words = [token for token in span or () if not token.is_punct]
    return 0 < len(words) <= _FEW and words[0].tag_ in _POINTING and words[0].lower_ not in ("the", "a", "an", "no", "any", "all")
