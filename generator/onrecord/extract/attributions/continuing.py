"""Quotations without a cue of their own: they go on with the speaker of a quotation before them, or are nobody's.

Where a speech runs over paragraphs, each opens with a mark and only the last closes (The Chicago Manual of Style, 13.32); but many
newsrooms close each, and then only the flow of the text tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.attributions.attribution import Draft, Scene, covers
from onrecord.extract.attributions.candidates import cue_words
from onrecord.extract.attributions.cues import ANSWER, BEAT, CONVENTIONS, RUN_ON, SUBJECTS, TALK, UNATTRIBUTED, VERDICT, subject_of
from onrecord.extract.attributions.layout import is_alone
from onrecord.extract.tokens import FINITE, lemma_of, speech_words
from onrecord.model import Span
from onrecord.text.quotation_marks import Quotation

GUESSED = ("new paragraph",)
"""Frames that are guesses: nothing in the layout shows that the same person goes on. The judge asks more of them."""
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_POINTING = ("that", "this", "those", "these", "such")
_WORDS = frozenset({"assessment", "conclusion", "message", "opinion", "reaction", "sentiment", "summary", "verdict", "view", "word"})
"""Nouns for what somebody thinks or says, beside those of the list: FrameNet's frames Opinion, Judgment_communication and Text."""
_SAME_SENTENCE = (",", "\u2014", "-", ":", "")
"""What stands before a quotation that goes on in its sentence."""
_AFTER_QUESTION = 0.6
"""How certain it is at most that who asked a question goes on after its cue: likely, never sure."""
_TERM = 3
"""Words of a name or term in marks at most."""


def same_paragraph(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """In the same sentence it is one more part of the same quote; in the next it continues it.

    Marks that open right after a word around less than a sentence are the narrator's: a term or a title, as in
    ``she told the "Harbour Hour"``; and so are those around the subject of the narrator's next sentence: ``"Harbour Hour" plays at nine``.
    """
    text = scene.text
    # Only drafts with quotation marks: "Lee said he was tired. 'Bridges' closed." is no quote that goes on.
    earlier = [draft for draft in scene.drafts if draft.quotations and draft.content[0].start < quotation.span.start]
    if earlier:
        draft = max(earlier, key=lambda d: d.content[-1].end)
        # The last mark between the two: "'It is,' Lee said, 'old'" has a comma, "'It is old,' Lee said. 'We know'" a full stop.
        between = text[max(draft.content[-1].end, _cue_end(scene, draft)) : quotation.span.start].rstrip()[-1:]
        if not between and _is_set_apart(scene, draft.quotations[-1]):
            between = "."  # "'It is old.' 'We know.'": two quotes, with nothing between them
        frame = "same sentence" if between in _SAME_SENTENCE else "next sentence"
        is_title = frame == "next sentence" and not _is_sentence(scene, quotation) and _is_subject_outside(scene, quotation)
        # A letter right before the mark ("the 'Harbour Hour'"): only a whole sentence in marks is then still speech.
        is_answer = frame == "next sentence" and _asks(scene, draft)
        if is_answer and not _is_sentence(scene, quotation):
            return  # "'Is it safe?' Lee asked. 'Hardly.'": half of a sentence answers it
        if (not between.isalnum() or _is_sentence(scene, quotation)) and not is_title:
            certainty = _AFTER_QUESTION if is_answer else 1.0
            yield Draft(frame, "", (quotation.span,), continues=draft, quotations=(quotation,), certainty=certainty)


def _asks(scene: Scene, draft: Draft) -> bool:
    """Whether a quote ends in a question and has its cue behind it: "'Is it safe?' **Lee asked**." Whoever was asked may be next, for an
    answer is the second half of a pair (Schegloff & Sacks, Opening Up Closings, 1973)."""
    asked = draft.quotations[-1].inner.of(scene.text).rstrip().endswith("?")
    return asked and draft.cue != () and scene.doc[draft.cue[0]].idx > draft.content[-1].end


def beat_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``Lee nodded. "I was told to."``: who is seen right before a whole utterance speaks, whoever spoke before that."""
    sentence = next((sent for sent in scene.paragraph.sents if _is_right_before(scene, sent.end_char, quotation)), None)
    verb = None if sentence is None else sentence.root
    if verb is None or lemma_of(verb) not in speech_words("gesture") or scene.quotation_at(verb.idx) is not None:
        return
    source = subject_of(verb)
    if source is not None and source.i >= verb.sent.start and _stands_for_itself(scene, quotation):
        yield Draft(BEAT, lemma_of(verb), (quotation.span,), cue_words(verb), source.i, quotations=(quotation,))


def half_quoted(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """A sentence that judges or foretells and ends in a quotation, right after a quote: "'We need oil,' Lee said. The town is a 'growing
    place that must have it'." Its first half is the speaker's thought as much as the second."""
    sentence = next((sent for sent in scene.paragraph.sents if sent.start_char < quotation.span.start < sent.end_char), None)
    earlier = [draft for draft in scene.drafts if sentence is not None and draft.content[-1].end <= sentence.start_char]
    draft = max(earlier, key=lambda one: max(one.content[-1].end, _cue_end(scene, one)), default=None)
    if sentence is None or draft is None or not _is_named(draft) or is_term(scene, quotation):
        return
    before = scene.text[max(draft.content[-1].end, _cue_end(scene, draft)) : sentence.start_char]
    at_end = not any(map(str.isalnum, scene.text[quotation.span.end : sentence.end_char]))
    # "She joined a 'coalition of the willing'" tells what happened, in words that may be anybody's.
    judges = sentence.root.lemma_ == "be" or any(child.tag_ == "MD" for child in sentence.root.children)
    if len(_SENTENCE_END.findall(before)) <= 1 and at_end and judges and sentence.root.idx < quotation.span.start:
        content = Span(sentence.start_char, quotation.span.end)
        yield Draft("next sentence", "", (content,), continues=draft, quotations=(quotation,))


def is_term(scene: Scene, quotation: Quotation) -> bool:
    """Whether a quotation right after a word is a name or a term: "the man whom they call 'Smiley'"."""
    before = scene.text[max(0, quotation.span.start - 2) : quotation.span.start].rstrip()[-1:]
    inside = scene.doc.char_span(quotation.inner.start, quotation.inner.end, alignment_mode="expand") or ()
    return before.isalnum() and len(quotation.inner.of(scene.text).split()) <= _TERM and not any(one.tag_ in FINITE for one in inside)


def after_another(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """The same, where the report is another's than the quote before it, or nobody is known to have said that: who was quoted before does
    not go on."""
    quoted = [draft for draft in scene.drafts if draft.quotations and draft.content[0].start < quotation.span.start]
    last = max(quoted, key=lambda draft: draft.content[-1].end, default=None)
    for draft in after_report(scene, quotation):
        report = draft.opening
        source = None if report.source is None else scene.words[report.source]
        if last is not None and (not _is_named(last) or (source is not None and source.pos_ != "PRON")):
            yield draft


def after_report(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """A whole sentence in marks right after a report without marks: "Lee said the port was shut. 'We had no choice.'" """
    if not _is_whole(scene, quotation):
        return
    before = [draft for draft in scene.drafts if draft.content[-1].end <= quotation.span.start]
    draft = max(before, key=lambda one: max(one.content[-1].end, _cue_end(scene, one)), default=None)
    if draft is not None and not draft.quotations and _is_named(draft) and _ends_report(scene, draft, quotation.span.start):
        yield Draft("next sentence", "", (quotation.span,), continues=draft, quotations=(quotation,))


def run_on(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """The quotation before left its mark open, and this one opens with another; or both are of a block quote, in which a heading may stand
    between them."""
    before = _quoted_before(scene)
    if before is not None and quotation.continues:
        continued = before.draft_of(before.quotations[-1])
        if continued is not None:
            yield Draft(RUN_ON, "", (quotation.span,), continues=continued, quotations=(quotation,))


def _quoted_before(scene: Scene) -> Scene | None:
    """The last paragraph before one that has marks; those without, such as a heading inside a block quote, are stepped over."""
    before = scene.before
    while before is not None and not before.quotations:
        before = before.before
    return before


def next_paragraph(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """A paragraph that is nothing but a quotation, after one with a quote.

    Where the cue ended the one before (``"...," Lee said.``), it goes on for sure; elsewhere a new paragraph may have a new speaker. It
    never goes on where one asks and the other may answer, nor after a sentence about somebody else.
    """
    if scene.before is None or quotation.continues or quotation.style == "post" or not is_alone(scene, quotation):
        return
    report = _last_report(scene.before)
    if report is not None and _is_whole(scene, quotation) and not quotation.inner.of(scene.text).rstrip().endswith("?"):
        yield Draft("after report", "", (quotation.span,), continues=report, quotations=(quotation,))
    earlier = [draft for draft in scene.before.drafts if draft.quotations and draft.frame != "post"]
    if not earlier:
        return
    draft = max(earlier, key=lambda d: d.content[-1].end)
    start, end = draft.content[-1].end, scene.before.paragraph.block.end
    # "'Is it safe?' Lee asked." - "'It is.'": a question mark at the end of either makes a dialogue likely.
    is_question = "?" in scene.text[max(0, start - 3) : start] or "?" in scene.text[quotation.inner.end - 2 : quotation.inner.end]
    # The cue stands after the last quotation, with at most its own full stop after it.
    cue_ends_paragraph = draft.cue and start <= scene.doc[draft.cue[0]].idx < end and len(_SENTENCE_END.findall(scene.text[start:end])) <= 1
    if is_question or _turns_to_another(scene.before, draft):
        return
    frame = "next paragraph" if cue_ends_paragraph else "new paragraph"
    yield Draft(frame, "", (quotation.span,), continues=draft, quotations=(quotation,))


def talk_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``Lee began talking to Reed. "The roof is gone."``: the sentence right before says that somebody speaks, and not of what."""
    sentence = next((sent for sent in scene.paragraph.sents if _is_right_before(scene, sent.end_char, quotation)), None)
    talking = (token for token in sentence or () if token.pos_ == "VERB" and token.lemma_ in ("speak", "talk"))
    verb = next((token for token in talking if scene.quotation_at(token.idx) is None), None)
    source = None if verb is None else subject_of(verb)
    is_told = verb is not None and any(child.dep_ in ("ccomp", "dobj") or child.lower_ in ("about", "of", "on") for child in verb.children)
    if verb is not None and source is not None and not is_told and _stands_for_itself(scene, quotation):
        yield Draft(TALK, verb.lemma_, (quotation.span,), cue_words(verb), source.i, quotations=(quotation,))


def unattributed(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """Somebody's words, but the text does not say whose; in an interview without labels, an answer."""
    if quotation.style == "turn":
        yield Draft(ANSWER, "", (quotation.span,), quotations=(quotation,))
    elif quotation.style == "post" or _is_sentence(scene, quotation):
        yield Draft(UNATTRIBUTED, "", (quotation.span,), quotations=(quotation,))


def told_afterwards(scene: Scene) -> tuple[Draft, Draft] | None:
    """A draft before a paragraph that had no source, and the same as the paragraph tells it: it ends a speech left open, ``"We have
    both," Lee said.``, or begins with a noun of saying for what was said, ``That was the verdict of Ann Lee.``"""
    own = _last_part(scene)
    before = scene.before if own is None else _quoted_before(scene)
    last = None if before is None or not before.quotations else before.draft_of(before.quotations[-1])
    if last is None or last.opening.frame != UNATTRIBUTED:
        return None
    told = _verdict(scene, last.opening) if own is None else replace(last.opening, frame=RUN_ON, continues=own)
    return None if told is None else (last.opening, told)


def _last_part(scene: Scene) -> Draft | None:
    """The draft of a quotation that goes on with a speech that was left open, if it has a cue of its own."""
    first = scene.quotations[0] if scene.quotations and scene.quotations[0].continues else None
    own = None if first is None else scene.draft_of(first)
    return own if first is not None and own is not None and own.cue and own.content[0].start == first.span.start else None


def _verdict(scene: Scene, opening: Draft) -> Draft | None:
    """The opening of a quote with whom the next paragraph says to have said it: "**That was the verdict of** Ann Lee"."""
    sentence = next(iter(scene.paragraph.sents), None)
    verb = None if sentence is None else sentence.root
    if verb is None or lemma_of(verb) != "be" or scene.quotation_at(verb.idx) is not None:
        return None
    points_back = any(child.lower_ in _POINTING and child.dep_ == "nsubj" for child in verb.lefts)
    noun = next((child for child in verb.rights if child.dep_ == "attr" and lemma_of(child) in speech_words("noun") | _WORDS), None)
    of = None if noun is None else next((child for child in noun.rights if child.lower_ in ("of", "from")), None)
    source = None if of is None else next((child for child in of.rights if child.dep_ == "pobj"), None)
    if noun is None or source is None or not points_back:
        return None
    return replace(opening, frame=VERDICT, lemma=lemma_of(noun), cue=(noun.i,), source=source.i, score=CONVENTIONS[VERDICT])


def _last_report(scene: Scene) -> Draft | None:
    """The report in which a paragraph ends, if what it reports is not wholly quoted: the paragraph after it often gives the words."""
    end = scene.paragraph.block.end
    ending = [draft for draft in scene.drafts if draft.cue and _is_named(draft) and _ends_report(scene, draft, end)]
    draft = max(ending, key=lambda one: one.content[-1].end, default=None)
    return None if draft is None or covers((one.span for one in draft.quotations), draft.content) else draft


def _is_named(draft: Draft) -> bool:
    return draft.opening.source is not None or draft.opening.named is not None


def _ends_report(scene: Scene, draft: Draft, end: int) -> bool:
    """Whether nothing but the end of its sentence stands between a report and a place."""
    start = max(draft.content[-1].end, _cue_end(scene, draft))
    rest = scene.text[start:end]
    if draft.content[-1].end < _cue_end(scene, draft):  # "It was shut, said Lee on Monday."
        return len(_SENTENCE_END.findall(rest)) == 1 and rest.rstrip()[-1:] in ".!?"
    return not any(character.isalnum() for character in rest)


def _is_set_apart(scene: Scene, quotation: Quotation) -> bool:
    """Whether a quotation ends with the end of a sentence inside its marks."""
    return quotation.closed and quotation.inner.of(scene.text).rstrip()[-1:] in (".", "!", "?", "…")


def _is_right_before(scene: Scene, end: int, quotation: Quotation) -> bool:
    return end <= quotation.span.start and not scene.text[end : quotation.span.start].strip()


def _is_whole(scene: Scene, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence or several of some length, with nothing of its own sentence outside the marks."""
    return _stands_for_itself(scene, quotation) and _is_sentence(scene, quotation)


def _stands_for_itself(scene: Scene, quotation: Quotation) -> bool:
    """Whether a quotation begins and ends as a sentence does, and nothing after its marks goes on with it."""
    if quotation.style in ("block", "turn", "post"):
        return False
    words = quotation.inner.of(scene.text).strip()
    rest = scene.text[quotation.span.end : scene.paragraph.block.end].lstrip()
    return _is_set_apart(scene, quotation) and words[:1].isupper() and not rest[:1].islower() and rest[:1] not in (",", ";")


CONTINUING = (half_quoted, beat_before, after_another, same_paragraph, after_report, run_on, next_paragraph, talk_before, unattributed)
"""In the order in which they are tried, the surest first; the first draft that is believed holds."""


def _is_sentence(scene: Scene, quotation: Quotation) -> bool:
    """Whether a quotation is more than a term or a title: a finite verb, and five words or, where they end as a sentence does, three."""
    inside = scene.doc.char_span(quotation.inner.start, quotation.inner.end, alignment_mode="expand")
    finite = any(token.tag_ in FINITE for token in inside or () if token.idx >= quotation.inner.start)
    # "What's next" is a title, and "it is an old bridge" is a sentence.
    least = 3 if _is_set_apart(scene, quotation) else 5
    return finite and len(quotation.inner.of(scene.text).split()) >= least


def _is_subject_outside(scene: Scene, quotation: Quotation) -> bool:
    """Whether a quotation is the subject of a verb that stands outside it."""
    inside = scene.doc.char_span(quotation.inner.start, quotation.inner.end, alignment_mode="expand")
    span = quotation.span
    return any(token.dep_ in SUBJECTS and not span.start <= token.head.idx < span.end for token in inside or ())


def _turns_to_another(scene: Scene, draft: Draft) -> bool:
    """Whether a sentence after a quote and its cue has a name for its subject that the words for the speaker do not hold."""
    source = draft.opening.source
    is_title = set() if source is None else {token.lower_ for token in scene.words[source].subtree}
    after = max(draft.content[-1].end, _cue_end(scene, draft))
    sentences = (sent for sent in scene.paragraph.sents if sent.start_char >= after)
    return any(
        token.dep_ in SUBJECTS and token.pos_ == "PROPN" and token.lower_ not in is_title and scene.quotation_at(token.idx) is None
        for sent in sentences
        for token in sent
    )


def _cue_end(scene: Scene, draft: Draft) -> int:
    return max((scene.doc[i].idx + len(scene.doc[i]) for i in draft.cue), default=0)
