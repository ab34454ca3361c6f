"""Whether what a cue governs are words that somebody said or thought, or a thing that somebody did.

A clause or an infinitive after a cue tells what was said. A bare noun phrase or gerund tells it only where the cue itself is a word of
saying or of judging: "confirmed the plan" reports words, "unveiled the plan" and "focused on the plan" report deeds. Annotators of
PolNeAR 1.0 mark both, so that a reader that learnt from them proposes both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from onrecord.extract.attributions.arguments import subject_of
from onrecord.extract.attributions.constructions import is_told
from onrecord.extract.attributions.cues import american
from onrecord.extract.attributions.paragraph import Draft, Scene
from onrecord.extract.tokens import FINITE, Token, lemma_of, reporting_verbs, roots, speech_words
from onrecord.model import Span

_SPOKEN_IN = ("in", "with", "by", "through", "via", "on", "to", "into")
"""Prepositions before a noun of saying with which the subject says it: "replied with a claim". "Amid claims" are others'."""
_DECLINING = frozenset({"decline", "refuse"})
_NOTHING = ("nothing", "none", "nobody")
_PARTIES = ("PERSON", "NORP", "ORG", "GPE")


def is_reported(scene: Scene, draft: Draft) -> bool:
    """Whether a draft without quotation marks reports words or thoughts.

    It does not where somebody only declined to speak, where the content is nothing but a party ("supported the mayor"), and where a content
    without a verb of its own stands after a cue that is neither a word of saying nor of judging ("focused on boosting demand").
    """
    if not draft.cue or not draft.learnt:
        return True
    if draft.quotations:
        return not _is_beside_a_deed(scene, draft)
    content = list(_content(scene, draft))
    cue = scene.words[draft.cue[0]]
    if _is_declined(cue, content):
        return False
    if any(_is_predicate(token) and not _in_relative(token, content) for token in content):
        return draft.source is not None or lemma_of(cue) not in speech_words("raising")
    is_nothing = bool(content) and content[0].lower_ in _NOTHING
    return not is_nothing and _takes_a_stand(cue, draft) and not _is_party(content) and not _is_made(cue, content)


def corrected(scene: Scene, draft: Draft) -> Draft:
    """The draft with what the syntax says of its source and of the edges of its content, whichever reader it is from."""
    for mend in (without_false_source, without_source, without_particle, without_other_conjunct):
        draft = mend(scene, draft)
    return draft


def without_false_source(scene: Scene, draft: Draft) -> Draft:
    """The draft without a source that the syntax rules out, however near it stands: who is told, and the subject of a verb that only comes
    with a noun of saying, "**Lee** faced claims that ...", "**Lee** spoke amid claims that ..."."""
    if draft.source is None or not draft.cue or draft.named is not None:
        return draft
    cue, source = scene.words[draft.cue[0]], scene.words[draft.source]
    is_false = _is_bystander(cue, source) if cue.pos_ == "NOUN" else is_told(cue, source)
    return replace(draft, source=None, certainty=1.0, runner_up=None) if is_false else draft


def without_source(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that ends before its source, where a reader took both for one: "a wrecking ball" **by union leaders**."""
    if draft.source is None:
        return draft
    source = scene.words[draft.source]
    last = draft.content[-1]
    if not last.start < source.idx < last.end or scene.quotation_at(source.idx) is not None:
        return draft
    by = source.left_edge.nbor(-1) if source.left_edge.i > 0 else source
    start = by.idx if by.lower_ == "by" else source.left_edge.idx
    kept = scene.text[last.start : start].rstrip(" ,")
    shorter = (*draft.content[:-1], *((Span(last.start, last.start + len(kept)),) if kept else ()))
    return replace(draft, content=shorter) if shorter else draft


def without_particle(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that begins after the cue's particle: "pointed **out** that it was shut"."""
    first = draft.content[0]
    words = scene.tokens_in(first.start, first.end)
    if not words or not draft.cue or words[0].dep_ != "prt" or words[0].head.i != draft.cue[0] or len(words) == 1:
        return draft
    return replace(draft, content=(Span(words[1].idx, first.end), *draft.content[1:]))


def without_other_conjunct(scene: Scene, draft: Draft) -> Draft:
    """The draft without the clause before a conjunction that "according to" follows: of "He had promised it **and, according to the Post**,
    broke his word" the Post says the second half."""
    if draft.lemma != "according to" or not draft.cue:
        return draft
    before = [token for token in scene.words[max(0, draft.cue[0] - 2) : draft.cue[0]] if not token.is_punct]
    if not before or before[-1].dep_ != "cc" or before[-1].lower_ not in ("and", "but"):
        return draft
    start = before[-1].idx
    content = tuple(Span(max(span.start, start), span.end) for span in draft.content if span.end > scene.words[draft.cue[0]].idx)
    content = tuple(_without_edge(scene.text, span) for span in content if any(map(str.isalnum, span.of(scene.text))))
    kept = tuple(one for one in draft.quotations if one.span.start >= start)
    return replace(draft, content=content, quotations=kept) if content else draft


def _without_edge(text: str, span: Span) -> Span:
    """The span without the comma and the blanks that it begins with."""
    return Span(span.end - len(span.of(text).lstrip(" ,")), span.end)


def _is_bystander(noun: Token, source: Token) -> bool:
    """Whether the source of a noun of saying is the subject of a verb that does not say it."""
    if noun.dep_ == "dobj":
        verb, says = noun.head, lemma_of(noun.head) in speech_words("support")
    elif noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX"):
        verb, says = noun.head.head, noun.head.lower_ in _SPOKEN_IN
    else:
        return False
    subject = None if says else subject_of(verb)
    return subject is not None and subject == source


def _is_beside_a_deed(scene: Scene, draft: Draft) -> bool:
    """Whether what is taken for a cue only tells what somebody did next: "'The roof is gone.' Lee **nodded**." It may be either's words."""
    cue, last = scene.words[draft.cue[0]], draft.content[-1].end
    apart = cue.idx >= last and scene.text[draft.content[-1].start : last].rstrip("\"'”’ ").endswith((".", "!", "?"))
    return apart and lemma_of(cue) not in reporting_verbs()


def _content(scene: Scene, draft: Draft) -> Iterator[Token]:
    spans = (scene.doc.char_span(span.start, span.end, alignment_mode="expand") for span in draft.content)
    return (token for token in chain.from_iterable(span or () for span in spans) if not token.is_punct)


def _is_declined(cue: Token, content: Sequence[Token]) -> bool:
    """Whether somebody says nothing: "declined to comment", "refused to say when"."""
    first = next((token for token in content if token.tag_ != "TO"), None)
    return first is not None and lemma_of(cue) in _DECLINING and lemma_of(first) in speech_words("answer")


def _is_predicate(token: Token) -> bool:
    """Whether a word is the verb of a clause: finite, or an infinitive, "to go"."""
    return token.tag_ in FINITE or token.tag_ == "TO"


def _takes_a_stand(cue: Token, draft: Draft) -> bool:
    """Whether a cue that governs no clause is a word of saying or judging; for a noun, somebody's: "criticism" may be anybody's."""
    lemma = lemma_of(cue)
    if cue.pos_ in ("NOUN", "PROPN"):
        return lemma in speech_words("noun") and draft.source is not None
    if cue.pos_ == "ADJ":
        return True
    return any(one in speech_words("stand") or one in reporting_verbs() for one in (lemma, american(lemma)))


def _in_relative(verb: Token, content: Sequence[Token]) -> bool:
    """Whether a verb only describes a noun of the content: "the plan that she signed"."""
    inside = {token.i for token in content}
    at = verb
    while at.i in inside and at.dep_ != "relcl" and at.head.i != at.i:
        at = at.head
    return at.i in inside and at.dep_ == "relcl" and at.head.i in inside


def _is_made(cue: Token, content: Sequence[Token]) -> bool:
    """Whether a verb tells what somebody did with its object: "concluded the hearing", "read the book". "Called for a hearing" and "thought
    it useless" say something."""
    return lemma_of(cue) in speech_words("deed") and [(head.dep_, head.head.i) for head in roots(content)] == [("dobj", cue.i)]


def _is_party(content: Sequence[Token]) -> bool:
    """Whether a content does no more than name a person or a body: "her husband Martin Vane"."""
    inside, heads = {token.i for token in content}, roots(content)
    if len(heads) != 1 or any(token.dep_ in ("prep", "acl", "oprd", "xcomp") for token in heads[0].children if token.i in inside):
        return False
    return any(token.ent_type_ in _PARTIES for token in (heads[0], *(child for child in heads[0].children if child.dep_ == "appos")))
