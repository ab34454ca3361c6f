"""Leaves out of a content what parsers put at its beginning and the narrator says: to whom, in what, or by whom it was said.

"Lee told staff in an email that the port was closed": the content begins with "that".
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from onrecord.documents import DOCUMENTS
from onrecord.extract.attributions.scene import Draft, Scene
from onrecord.extract.attributions.understood import SUBJECTS
from onrecord.extract.tokens import Token
from onrecord.model import Span

_LONGEST = 10
"""Words that may stand between a cue and its "that"."""
_PLAIN = ("NOUN", "PROPN", "PRON", "DET", "ADJ", "ADP", "NUM", "PART", "PUNCT")
_MEDIA = DOCUMENTS | {"call", "chat", "hearing", "meeting", "conference", "briefing", "conversation", "phone"}
"""What something is said in or on: documents, and FrameNet's frames Discussion and Contacting."""


def less_opening(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that begins with "that", where only an addressee, a document or the one who says it stands before that."""
    first = draft.content[0]
    if draft.head is None or first.start < draft.head:
        return draft
    window = scene.tokens_in(first.start, first.end)[:_LONGEST]
    before = list(takewhile(lambda token: token.lower_ != "that", window))
    if not before or len(before) == len(window) or any(token.pos_ not in _PLAIN for token in before):
        return draft
    that = window[len(before)]
    if that.dep_ in SUBJECTS or scene.quotation_at(that.idx) is not None or not _is_narrated(scene, draft, before, that):
        return draft
    return replace(draft, content=(Span(that.idx, first.end), *draft.content[1:]))


def _is_narrated(scene: Scene, draft: Draft, before: list[Token], that: Token) -> bool:
    """Whether the words before "that" end in a document, or are the agent of a passive cue."""
    by = before[0].lower_ == "by" and before[0].dep_ == "agent" and before[0].head.idx == draft.head
    between = scene.tokens_in(draft.head or 0, that.idx)
    told_in = before[-1].lemma_.lower() in _MEDIA and any(token.lower_ in ("in", "on", "during", "at", "via") for token in between)
    return by or told_in
