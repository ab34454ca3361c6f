"""Joins a quotation to its cue by where they stand: the road for quotations that the parse joins to nothing.

The layouts are those of the newspaper: cue after, cue before, a name on a colon or a dash, and a quotation that goes on in the
next sentence (Pareti et al. 2013; O'Keefe et al. 2012).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from onrecord.extract.attributions.candidates import cue_words, subject_of
from onrecord.extract.attributions.scene import Draft, Scene
from onrecord.extract.quotation_marks import Quotation
from onrecord.model import Span

_STOPS = (".", "!", "?", ";")
_WINDOW = 40
"""Words of a window in which a cue is sought; longer sentences hardly ever hold it further from its quotation."""


def cue_after(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``"...," the mayor said`` and ``"...," said the mayor``."""
    text = scene.text
    window = _until_stop(scene.tokens_in(quotation.span.end, scene.next_start(quotation.span.end)))
    ending = text[quotation.inner.end - 1]
    frame = "after stop" if ending == "." or text[quotation.span.end : quotation.span.end + 1] == "." else "after"
    for verb in _verbs(window):
        source = _subject_in(verb, window) or _inverted_subject(verb, window)
        if source is not None:
            yield _draft(scene, frame, verb, source, quotation)


def cue_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``The mayor said: "..."``, ``told reporters, "..."``, ``he added that "..."``."""
    window = _since_stop(scene.tokens_in(scene.last_end(quotation.span.start), quotation.span.start))
    if not window:
        return
    last = window[-1]
    frame = {",": "before comma", ":": "before colon"}.get(last.text, "before")
    for verb in reversed(list(_verbs(window))):
        source = _subject_in(verb, window)
        if source is not None and (frame != "before" or last.i - verb.i <= 2):
            yield _draft(scene, frame, verb, source, quotation)


def paragraph_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """A paragraph that ends with a colon introduces the quotation that opens the next."""
    earlier = scene.before
    if earlier is None or scene.text[scene.paragraph.block.start : quotation.span.start].strip():
        return
    window = _since_stop(earlier.tokens_in(earlier.paragraph.block.start, earlier.paragraph.block.end))
    if window and window[-1].text == ":":
        for verb in reversed(list(_verbs(window))):
            source = _subject_in(verb, window)
            if source is not None:
                yield _draft(scene, "paragraph before", verb, source, quotation)


def label_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``Mayor Ann Lee: "..."``: a name, a colon and no verb."""
    window = _since_stop(scene.tokens_in(scene.last_end(quotation.span.start), quotation.span.start))
    if 2 <= len(window) <= 9 and window[-1].text == ":" and not any(_verbs(window)):
        heads = [token for token in window[:-1] if token.pos_ in ("PROPN", "NOUN", "PRON")]
        if heads:
            yield Draft("label", ":", (quotation.span,), (window[-1].i,), heads[-1].i, quotations=(quotation,))


def name_after(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``"..." — Ann Reed``: a dash, a name, and the end of the paragraph."""
    window = [t for t in scene.tokens_in(quotation.span.end, scene.paragraph.block.end) if not t.is_space]
    if 2 <= len(window) <= 12 and window[0].text in ("-", "--", "\u2013", "\u2014", "\u2015") and not any(_verbs(window)):
        name = list(takewhile(lambda token: token.pos_ == "PROPN", window[1:]))
        if name:
            yield Draft("dash", "\u2014", (quotation.span,), (), name[-1].i, quotations=(quotation,))


def same_speaker(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """A quotation without a cue goes on with the speaker of the quotation before it.

    In the same sentence it is one more part of the same quote; in the next it continues it; a new paragraph goes on only where
    the mark of the one before was left open. Elsewhere a new paragraph often has a new speaker, and nobody is named. Marks that
    open right after a word around less than a sentence are the narrator's: a term or a title, as in ``she told the "Harbour Hour"``.
    """
    text = scene.text
    earlier = [draft for draft in scene.drafts if draft.quotations and draft.content[0].start < quotation.span.start]
    if earlier:
        draft = max(earlier, key=lambda d: d.content[-1].end)
        between = text[max(draft.content[-1].end, _cue_end(scene, draft)) : quotation.span.start]
        if between.rstrip()[-1:].isalnum() and not _is_sentence(scene, quotation):
            return
        frame = "same sentence" if between.rstrip()[-1:] in (",", "\u2014", "-", ":", "") else "next sentence"
        yield Draft(frame, "", (quotation.span,), continues=draft, quotations=(quotation,))
    elif scene.before is not None and quotation.continues:
        held = scene.before.holder(scene.before.quotations[-1])
        if held is not None:
            yield Draft("run on", "", (quotation.span,), continues=held, quotations=(quotation,))


def nobody(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """Somebody's words, but the text does not say whose."""
    if _is_sentence(scene, quotation):
        yield Draft("unattributed", "", (quotation.span,), quotations=(quotation,))


def _is_sentence(scene: Scene, quotation: Quotation) -> bool:
    """Whether a quotation is more than a term or a title: five words or more, a finite verb among them."""
    finite = any(token.tag_ in ("VBD", "VBP", "VBZ", "MD") for token in _inside(scene, quotation))
    return finite and len(quotation.inner.of(scene.text).split()) >= 5


LAYOUTS = (cue_after, cue_before, label_before, name_after, paragraph_before, same_speaker, nobody)
"""In the order in which they are tried; the first draft that is believed holds."""


def _draft(scene: Scene, frame: str, verb: Token, source: Token, quotation: Quotation) -> Draft:
    return Draft(frame, verb.lemma_.lower(), (quotation.span,), cue_words(verb), source.i, quotations=(quotation,))


def _verbs(window: list[Token]) -> Iterator[Token]:
    """The verbs among tokens; dashes are left out, which the tagger sometimes takes for verbs."""
    return (t for t in window if t.text[0].isalpha() and (t.pos_ == "VERB" or (t.pos_ == "AUX" and t.dep_ == "ROOT")))


def _until_stop(tokens: list[Token]) -> list[Token]:
    for n, token in enumerate(tokens[:_WINDOW]):
        if token.text in _STOPS and n > 0:
            return tokens[:n]
    return tokens[:_WINDOW]


def _since_stop(tokens: list[Token]) -> list[Token]:
    tokens = [token for token in tokens if not token.is_space]
    for n in range(len(tokens) - 1, max(-1, len(tokens) - _WINDOW), -1):
        if tokens[n].text in _STOPS:
            return tokens[n + 1 :]
    return tokens[-_WINDOW:]


def _subject_in(verb: Token, window: list[Token]) -> Token | None:
    source = subject_of(verb)
    return source if source is not None and window[0].i <= source.i <= window[-1].i else None


def _inverted_subject(verb: Token, window: list[Token]) -> Token | None:
    """ "said Ann Lee": the parser sometimes takes the subject after the verb for its object."""
    if verb.i - window[0].i > 2:
        return None
    return next(
        (
            child
            for child in verb.children
            if child.i > verb.i
            and child.dep_ in ("dobj", "attr", "oprd", "dep", "npadvmod")
            and child.pos_ in ("PROPN", "NOUN", "PRON")
            and child.ent_type_ not in ("DATE", "TIME")
        ),
        None,
    )


def _cue_end(scene: Scene, draft: Draft) -> int:
    return max((scene.doc[i].idx + len(scene.doc[i]) for i in draft.cue), default=0)


def _inside(scene: Scene, quotation: Quotation) -> Iterator[Token]:
    span: Span = quotation.inner
    return (token for token in scene.paragraph.tokens if span.start <= token.idx < span.end)
