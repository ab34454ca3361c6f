"""Quotes and reported speech, as the syntax and the quotation marks of each paragraph show them.

Two roads meet here. From the parse come candidates: a cue and the clause that it governs. From the marks come quotations. A
candidate whose content holds a quotation takes all of it, however the parser cut its sentences; a quotation that no
candidate holds looks for its cue by layout: after it, before it, on a dash or a colon, or in the quotation before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.extract.attribution import Attribution
from onrecord.extract.attributions.candidates import Candidate, find_candidates
from onrecord.extract.attributions.circumstances import addressee_of, outlets_of, settings_of
from onrecord.extract.attributions.cues import load_cues
from onrecord.extract.attributions.factuality import is_conditional, is_negated
from onrecord.extract.attributions.layout import LAYOUTS
from onrecord.extract.attributions.scene import Draft, Scene, join
from onrecord.extract.attributions.sources import cue_of, issuer_of, phrase_of, source_span, speakers_with, token_span
from onrecord.extract.language import Analysis
from onrecord.extract.quotation_marks import Quotation
from onrecord.model import Confidence, Notice, QuoteKind, Span

Judge = Callable[[Draft], float]
"""How likely a draft is to be a real attribution, between 0 and 1."""

_QUOTED, _UNQUOTED = 0.5, 0.6
"""From these rates on a draft is taken for an attribution. Quotation marks are evidence of their own; without them more
is asked, since what is shown and wrong costs more than what is missed."""
_STRETCH = 256
"""Characters of a stretch of text."""
_SURE, _LIKELY = 0.8, 0.65


def judge_by_rate(draft: Draft) -> float:
    """The rate of the draft's lemma in its frame, as annotators marked it."""
    return load_cues().rate(draft.frame, draft.lemma)


def is_believed(draft: Draft, rate: float) -> bool:
    return rate >= (_QUOTED if draft.quotations else _UNQUOTED)


def find_attributions(analysis: Analysis, *, judge: Judge = judge_by_rate) -> tuple[tuple[Attribution, ...], tuple[Notice, ...]]:
    """The attributions of an article in text order, and a notice for each quotation mark that is never closed."""
    drafts: list[Draft] = []
    for scene in scenes(analysis):
        draft_scene(scene, judge)
        drafts.extend(scene.drafts)
    return _attributions(analysis, drafts, judge), tuple(_unclosed(analysis.quotations))


def scenes(analysis: Analysis) -> Iterator[Scene]:
    """The paragraphs of an article with their quotations, each knowing the one before it."""
    before: Scene | None = None
    quotations = analysis.quotations
    at = 0
    for paragraph in analysis.paragraphs:
        mine: list[Quotation] = []
        while at < len(quotations) and quotations[at].span.start < paragraph.block.end:
            mine.append(quotations[at])
            at += 1
        before = Scene(analysis.article.text, analysis.doc, paragraph, tuple(mine), before)
        yield before


def draft_scene(scene: Scene, judge: Judge) -> None:
    """Fills a scene with the drafts that are believed: first what the parse governs, then what the layout joins."""
    scored = [(judge(draft), draft) for draft in find_governed(scene)]
    scene.drafts.extend(_without_rivals([(rate, draft) for rate, draft in scored if is_believed(draft, rate)]))
    for quotation in scene.quotations:
        if scene.holder(quotation) is None:
            layout = (draft for find in LAYOUTS for draft in find(scene, quotation))
            chosen = next((draft for draft in layout if is_believed(draft, judge(draft))), None)
            if chosen is not None:
                scene.drafts.append(chosen)


def find_governed(scene: Scene) -> Iterator[Draft]:
    """What the parse governs in a paragraph, believed or not."""
    for candidate in find_candidates(scene.doc, scene.paragraph):
        yield from _govern(scene, candidate)


def _govern(scene: Scene, candidate: Candidate) -> Iterator[Draft]:
    """A candidate with the whole of each quotation that it touches, or cut to the quotation that its cue stands in."""
    doc = scene.doc
    if not candidate.content:
        return
    around = scene.quotation_at(doc[candidate.head].idx)
    if around is not None:
        tokens = [i for i in candidate.content if around.span.start <= doc[i].idx < around.span.end]
        if tokens:
            yield Draft(f"{candidate.frame} inside", candidate.lemma, scene.spans(tokens), candidate.cue, candidate.source)
        return
    touched = _touched(scene, candidate)
    source = None if candidate.source is None else doc[candidate.source]
    if not touched and candidate.frame in ("object", "particle") and not any(doc[i].pos_ == "VERB" for i in candidate.content):
        return  # "criticised the plan": a thing is spoken of, but nothing is said
    if source is not None and any(q.span.start <= source.idx < q.span.end for q in touched):
        return
    spans = scene.spans(candidate.content, touched)
    frame = f"{candidate.frame} quoted" if touched else candidate.frame
    yield Draft(frame, candidate.lemma, _less(spans, doc[candidate.head]), candidate.cue, candidate.source, quotations=touched)


def _touched(scene: Scene, candidate: Candidate) -> tuple[Quotation, ...]:
    """The quotations that hold words of the content."""
    words = ((scene.doc[i].idx, scene.quotation_at(scene.doc[i].idx)) for i in candidate.content)
    return tuple(dict.fromkeys(q for start, q in words if q is not None and q.inner.start <= start < q.inner.end))


def _less(spans: tuple[Span, ...], cue: Token) -> tuple[Span, ...]:
    """Spans without the cue, where the parser drew it in."""
    cut = token_span(cue)
    pieces = [
        piece for span in spans for piece in ((Span(span.start, cut.start), Span(cut.end, span.end)) if span.contains(cut) else (span,))
    ]
    return tuple(piece for piece in pieces if len(piece) > 0)


def _without_rivals(scored: list[tuple[float, Draft]]) -> Iterator[Draft]:
    """Drafts whose contents either nest or keep apart: of two that share a quotation or cross, the likelier one."""
    taken: list[Draft] = []
    near: defaultdict[tuple[str, int], list[Draft]] = defaultdict(list)
    for _, draft in sorted(scored, key=lambda pair: (-pair[0], pair[1].content)):
        places = _places(draft)
        if not any(_rivals(draft, other) for place in places for other in near[place]):
            taken.append(draft)
            for place in places:
                near[place].append(draft)
    yield from sorted(taken, key=lambda draft: draft.content)


def _places(draft: Draft) -> set[tuple[str, int]]:
    """Where a draft's rivals must be: at its cue, or in the same stretch of text as some of its content.

    Only these are compared, or a paragraph of a thousand quotes would take a million comparisons.
    """
    stretches = {("text", place) for span in draft.content for place in range(span.start // _STRETCH, span.end // _STRETCH + 1)}
    return stretches | {("cue", token) for token in draft.cue}


def _rivals(one: Draft, other: Draft) -> bool:
    if set(one.cue) & set(other.cue):
        return True
    if any(q in other.quotations for q in one.quotations) and not _nested(one, other):
        return True
    crossing = any(a.overlaps(b) and not a.contains(b) and not b.contains(a) for a in one.content for b in other.content)
    return crossing or one.content == other.content


def _nested(one: Draft, other: Draft) -> bool:
    """One's cue stands in the other's content: "She said that he had called it 'a gift'"."""
    return one.content != other.content and (_covers(one, other) or _covers(other, one))


def _covers(outer: Draft, inner: Draft) -> bool:
    return all(any(a.contains(b) for a in outer.content) for b in inner.content)


def _attributions(analysis: Analysis, drafts: Sequence[Draft], judge: Judge) -> tuple[Attribution, ...]:
    """Drafts as attributions in text order; one that goes on in the same sentence joins the one that it continues."""
    whole: dict[int, Draft] = {}
    joined: dict[int, int] = {}
    for draft in drafts:
        root = draft.continues
        if root is not None and draft.frame in ("same sentence", "run on"):
            target = joined.get(id(root), id(root))
            joined[id(draft)] = target
            kept = whole[target]
            content = tuple(join(analysis.article.text, (*kept.content, *draft.content)))
            whole[target] = replace(kept, content=content, quotations=kept.quotations + draft.quotations)
        else:
            whole[id(draft)] = draft
    order = sorted(whole, key=lambda key: whole[key].content)
    index = {key: n for n, key in enumerate(order)}
    result: list[Attribution] = []
    for key in order:
        draft = whole[key]
        origin = None if draft.continues is None else index[joined.get(id(draft.continues), id(draft.continues))]
        result.append(_attribution(analysis, draft, _chain_rate(draft, judge), origin))
    return tuple(result)


def _chain_rate(draft: Draft, judge: Judge) -> float:
    """The rate of a draft; for one that goes on with another's speaker, no better than that one's."""
    own = judge(draft)
    return own if draft.continues is None else min(own, _chain_rate(draft.continues, judge))


def _attribution(analysis: Analysis, draft: Draft, rate: float, continues: int | None) -> Attribution:
    doc = analysis.doc
    verb = doc[draft.cue[0]] if draft.cue else None
    source = None if draft.source is None else doc[draft.source]
    addressee = None if verb is None else addressee_of(verb)
    issuer = None if source is None else issuer_of(source)
    kind, parts = _kind(analysis.article.text, draft)
    return Attribution(
        kind,
        _content(analysis.article.text, draft, kind),
        draft.frame,
        _confidence(draft, rate, known=source is not None or continues is not None),
        draft.named or (None if source is None else source_span(doc, source, draft.cue)),
        None if source is None else token_span(source),
        None if verb is None else cue_of(doc, draft.cue, draft.lemma),
        parts,
        None if addressee is None or addressee == source else phrase_of(doc, addressee),
        () if verb is None else tuple(phrase_of(doc, name) for name in outlets_of(verb)),
        setting=tuple(source_span(doc, token) for token in settings_of(verb)) if verb is not None else (),
        negated=verb is not None and is_negated(verb),
        conditional=verb is not None and is_conditional(verb),
        continues=continues,
        others=() if source is None else tuple(phrase_of(doc, other) for other in speakers_with(source)),
        issuer=None if issuer is None else phrase_of(doc, issuer),
    )


def _kind(text: str, draft: Draft) -> tuple[QuoteKind, tuple[Span, ...]]:
    """Direct when nothing but "that" stands outside the marks; mixed when something does; indirect when there are none."""
    if not draft.quotations:
        return "indirect", ()
    parts = tuple(sorted(quotation.inner for quotation in draft.quotations))
    marked = [quotation.span for quotation in draft.quotations]
    outside = "".join(
        text[i] if not any(span.start <= i < span.end for span in marked) else " "
        for span in draft.content
        for i in range(span.start, span.end)
    )
    words = "".join(c if c.isalnum() else " " for c in outside).split()
    return ("direct" if not words or words == ["that"] else "mixed"), parts


def _content(text: str, draft: Draft, kind: QuoteKind) -> tuple[Span, ...]:
    """The content; of a direct quote only what stands inside the marks, so that a "that" before them is not shown as quoted."""
    return tuple(join(text, (quotation.span for quotation in draft.quotations))) if kind == "direct" else draft.content


def _confidence(draft: Draft, rate: float, *, known: bool) -> Confidence:
    """High where annotators agreed with such a cue four times in five and the source is known; lower otherwise."""
    if not known or any(not q.closed and not q.runs_on for q in draft.quotations):
        return "low"
    return "high" if rate >= _SURE else "medium" if rate >= _LIKELY else "low"


def _unclosed(quotations: Sequence[Quotation]) -> Iterator[Notice]:
    for quotation in quotations:
        if not quotation.closed and not quotation.runs_on:
            message = (
                "This quotation mark is never closed; the quotation was taken to end with its paragraph, or before the next opening mark."
            )
            yield Notice("unclosed-quote", message, quotation.span)
