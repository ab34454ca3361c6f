"""Joins a block quote to the sentence before it, where no colon does: "Lee responded in a statement." and then her words, set off."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.attributions.candidates import cue_words
from onrecord.extract.attributions.scene import Draft, Scene
from onrecord.extract.attributions.subjects import subject_of
from onrecord.extract.lemmas import reporting_verbs
from onrecord.extract.quotation_marks import Quotation

_CONTENT = ("ccomp", "xcomp", "parataxis", "dobj")


def sentence_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """A block quote after a sentence that ends in a verb of communication without content: what was said is still to come."""
    if quotation.style != "block" or quotation.continues or scene.before is None:
        return
    *_, sentence = scene.before.paragraph.sents
    verb = sentence.root
    source = subject_of(verb)
    complete = any(child.dep_ in _CONTENT or scene.before.quotation_at(child.idx) is not None for child in verb.children)
    if source is not None and not complete and verb.lemma_.lower() in reporting_verbs():
        lemma = verb.lemma_.lower()
        yield Draft("paragraph before", lemma, (quotation.span,), cue_words(verb), source.i, quotations=(quotation,))
