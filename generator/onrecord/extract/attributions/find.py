"""Quotes and reported speech, as the syntax and the quotation marks of each paragraph show them.

Drafts of attributions come from two sides. From the parse: a cue and what it governs, with the whole of each quotation that it touches,
however the parser cut its sentences. From the layout: a quotation, and a cue found after it, before it, on a dash or on a colon. A judge
scores all of them; of drafts that exclude one another the likelier holds. A quotation that none of them has either goes on with the one
before it, or nobody is said to have said it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.extract.attributions.attribution import (
    Attribution,
    Draft,
    Phrase,
    Scene,
    alternative_speakers,
    co_speakers,
    covers,
    cue_of,
    issuer_of,
    join_spans,
    phrase_of,
    source_span,
    token_span,
)
from onrecord.extract.attributions.candidates import Candidate, find_candidates
from onrecord.extract.attributions.circumstances import addressee_of, is_informative, is_negated, is_unsaid, outlets_of, settings_of
from onrecord.extract.attributions.continuing import CONTINUING, is_term, told_afterwards
from onrecord.extract.attributions.correcting import corrected, others_words
from onrecord.extract.attributions.cues import IN_WORDS, MODEL_ALONE, RUN_ON, UNNAMED
from onrecord.extract.attributions.judges import Judge, Merge, resolve_conflicts
from onrecord.extract.attributions.layout import layouts_of
from onrecord.extract.attributions.reported import manner_of
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Doc, Token
from onrecord.model import AGREED, Confidence, Notice, QuoteKind, Span
from onrecord.text.quotation_marks import Quotation

_HIGH, _MEDIUM = 0.68, 0.55
"""From these scores on confidence is high and medium. High ones were right nine times in ten on the quarter of the training articles
that they were chosen on."""
_HIGH_OF_TWO: Mapping[QuoteKind, float] = {"direct": 0.68, "mixed": 0.85, "indirect": 0.85}
"""The same where two readers were heard, whose scores mean less for words outside of marks. Chosen on the half of PolNeAR's development
articles that was looked at: 97, 96 and 94 of 100 are right; on the other half 97, 98 and 92."""
_LEAST_WITHOUT_MARKS = 0.3
"""Below this score nothing without quotation marks is shown, however likely its content is by itself: nobody knows who said it."""
_ONE_QUOTE = ("same sentence", RUN_ON)
"""Frames whose drafts are one more part of the quote that they go on with."""


def find_attributions(analysis: Analysis, judge: Judge) -> tuple[tuple[Attribution, ...], tuple[Notice, ...]]:
    """The attributions of an article in text order, and a notice for each quotation mark that is never closed."""
    drafts: list[Draft] = []
    told: dict[int, Draft] = {}
    merge = judge.reading(analysis)
    for scene in scenes(analysis):
        draft_scene(scene, judge, merge)
        drafts.extend(scene.drafts)
        if (pair := told_afterwards(scene)) is not None:
            told[id(pair[0])] = pair[1]
    return _attributions(analysis, drafts, told), tuple(_unclosed_marks(analysis.quotations))


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


def draft_scene(scene: Scene, judge: Judge, merge: Merge) -> None:
    """Fills a scene with the drafts that are believed: first those with a cue, which compete, then what goes on with them."""
    believed, settled = settled_drafts(scene, judge)
    for draft in _voices(scene, [corrected(scene, one) for one in merge(scene, settled)]):
        if draft.cue and any(draft.cue == other.cue for other in scene.drafts):
            continue  # one of two readings of one report
        manner = manner_of(scene, draft)
        if manner != "deed" and is_informative(scene, draft) and (draft.quotations or _score(draft) >= _LEAST_WITHOUT_MARKS):
            scene.drafts.append(replace(draft, stance=manner == "stance"))
    # Also of believed drafts that lost: the cue of a lost one may join its quotation to the draft that won.
    cues: dict[tuple[Quotation, ...], set[tuple[int, ...]]] = defaultdict(set)
    for draft in believed:
        cues[draft.quotations].add(draft.cue)
    for quotation in scene.quotations:
        if scene.draft_of(quotation) is None:
            chosen = _interrupted_part(scene, quotation, cues[quotation,] - {()}) or _continuation(scene, quotation, judge)
            if chosen is not None:
                scene.drafts.append(chosen)


def _voices(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts, each without the words in marks that it only holds as another's; those are a draft of their own."""
    adjoined = dict.fromkeys(quotation for draft in drafts if draft.frame == IN_WORDS for quotation in draft.quotations)
    for draft in drafts:
        other = others_words(scene, draft)
        if other is not None:
            yield replace(draft, quotations=())
            yield other
        elif draft.frame != IN_WORDS and any(one in adjoined for one in draft.quotations):
            apart = tuple(span for span in draft.content if not any(span.contains(one.span) for one in adjoined))
            if not covers((one.span for one in adjoined), draft.content):
                own = tuple(one for one in draft.quotations if one not in adjoined)
                yield replace(draft, quotations=own, content=apart or draft.content)
        else:
            yield draft


def settled_drafts(scene: Scene, judge: Judge) -> tuple[list[Draft], list[Draft]]:
    """The drafts with a cue that a judge believes; and those of them that won over their rivals, with their sources."""
    believed = [draft for draft in judge.score(scene, propose(scene, judge.lemmas)) if judge.believes(draft)]
    # From the cheapest to the dearest: the search for a source runs only for drafts that are left.
    apart = resolve_conflicts(_without_introductions(scene, _without_one_sided(scene, believed)))
    return believed, [judge.settle(scene, draft) for draft in apart]


def _without_one_sided(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts less those that take one side of the sentence, where the parse has a content around their cue: "It, Lee said, is old"."""
    around = {draft.cue for draft in drafts if draft.extent == "own" and _surrounds_cue(scene, draft)}
    return [draft for draft in drafts if draft.extent not in ("before", "after") or draft.cue not in around]


def _without_introductions(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts less those that take the words before a colon for a part of the quotation after it, where that is a quote by itself: "The
    ministry said in a statement: '...'"."""
    quoted_alone = {draft.quotations[0] for draft in drafts if len(draft.quotations) == 1 and draft.content == (draft.quotations[0].span,)}
    for draft in drafts:
        first = next((quotation for quotation in draft.quotations if quotation in quoted_alone), None)
        # "She said the plan: 'a gift'" stays one mixed quote where no draft has the quotation for itself.
        if first is None or draft.content[0].start >= first.span.start or not _after_colon(scene.text, first):
            yield draft


def _after_colon(text: str, quotation: Quotation) -> bool:
    return text[max(0, quotation.span.start - 3) : quotation.span.start].rstrip().endswith(":")


def _surrounds_cue(scene: Scene, draft: Draft) -> bool:
    """Whether a content stands on both sides of its cue: "It, Lee said, is old"."""
    cue = scene.words[draft.cue[0]].idx if draft.cue else -1
    return any(span.end <= cue for span in draft.content) and any(span.start > cue for span in draft.content)


def _interrupted_part(scene: Scene, quotation: Quotation, cues: Collection[tuple[int, ...]]) -> Draft | None:
    """One more part of a quote whose cue would do for this quotation too: "'The bridge,' Lee said, 'is old'"."""
    first = next((draft for draft in scene.drafts if draft.quotations and draft.cue in cues), None)
    return (
        None
        if first is None or is_term(scene, quotation)
        else Draft("same sentence", "", (quotation.span,), continues=first, quotations=(quotation,), score=first.score)
    )


def _continuation(scene: Scene, quotation: Quotation, judge: Judge) -> Draft | None:
    """A draft by which a quotation without a cue goes on with what is before it, or has no known source: the first that is believed."""
    continuations = (draft for find in CONTINUING for draft in judge.score(scene, list(find(scene, quotation))))
    return next((draft for draft in continuations if judge.believes(draft)), None)


def propose(scene: Scene, lemmas: frozenset[str]) -> list[Draft]:
    """The drafts of a paragraph that have a cue of their own, not yet scored: from the parse, and from the layout of its quotations."""
    from_syntax = (
        draft for candidate in find_candidates(scene.doc, scene.paragraph, lemmas=lemmas) for draft in _draft_candidate(scene, candidate)
    )
    return [*from_syntax, *(draft for quotation in scene.quotations for find in layouts_of(quotation) for draft in find(scene, quotation))]


def _draft_candidate(scene: Scene, candidate: Candidate) -> Iterator[Draft]:
    """A candidate with the whole of each quotation that it touches. What is said inside a quotation, its speaker says."""
    head = scene.words[candidate.cue[0]]
    # "'He says it is old,' Lee said": what "he says" is Lee's words, not the article's report.
    if scene.quotation_at(head.idx) is not None:
        return
    touched = _touched_quotations(scene, candidate)
    source = None if candidate.source is None else scene.words[candidate.source]
    # "'The board' said it was closed": a source in the marks that it would be quoted with is a mistake of the parser.
    if source is not None and any(quotation.span.start <= source.idx < quotation.span.end for quotation in touched):
        return
    spans = _without_cue(scene.spans(candidate.content if not scene.quotations else _without_marks(scene, candidate), touched), head)
    # Nothing but marks may be left once the cue is taken out.
    if any(character.isalnum() for span in spans for character in span.of(scene.text)):
        yield Draft(
            f"{candidate.frame} quoted" if touched else candidate.frame,
            candidate.lemma,
            spans,
            candidate.cue,
            candidate.source,
            quotations=touched,
            root=candidate.root,
            extent=candidate.extent,
            cut=candidate.cut,
            head=head.idx,
        )


def _touched_quotations(scene: Scene, candidate: Candidate) -> tuple[Quotation, ...]:
    """The quotations that hold words of the content, not merely one of its quotation marks."""
    if not scene.quotations:
        return ()
    starts = (scene.words[i].idx for i in candidate.content)
    words = ((start, scene.quotation_at(start)) for start in starts)
    return tuple(dict.fromkeys(q for start, q in words if q is not None and q.inner.start <= start < q.inner.end))


def _without_marks(scene: Scene, candidate: Candidate) -> list[int]:
    """The content without quotation marks: those of a quotation that it does not touch are no part of it."""
    return [i for i in candidate.content if not scene.words[i].is_quote]


def _without_cue(spans: tuple[Span, ...], cue: Token) -> tuple[Span, ...]:
    """Spans without the cue, where the parser drew it in."""
    cut = token_span(cue)
    pieces = [
        piece for span in spans for piece in ((Span(span.start, cut.start), Span(cut.end, span.end)) if span.contains(cut) else (span,))
    ]
    return tuple(piece for piece in pieces if len(piece) > 0)


def _attributions(analysis: Analysis, drafts: Sequence[Draft], told: Mapping[int, Draft]) -> tuple[Attribution, ...]:
    """Drafts as attributions in text order. One that goes on in the same sentence becomes a part of the draft that it continues, so that
    "'It is,' Lee said, 'old'" is one quote with two pieces. ``told`` has what a later paragraph makes of a draft, by the id of that draft,
    by which others go on with it."""
    whole: dict[int, Draft] = {}
    joined: dict[int, int] = {}
    parts: dict[int, list[Draft]] = {}
    for draft in drafts:
        now = told.get(id(draft), draft)
        root = now.continues
        if root is not None and now.frame in _ONE_QUOTE:
            # A third piece continues the second, which is part of the first by now.
            target = joined.get(id(root), id(root))
            joined[id(draft)] = target
            parts.setdefault(target, []).append(now)
        else:
            whole[id(draft)] = now
    for target, others in parts.items():
        every = (whole[target], *others)
        content = tuple(join_spans(analysis.article.text, (span for draft in every for span in draft.content)))
        whole[target] = replace(whole[target], content=content, quotations=tuple(one for draft in every for one in draft.quotations))
    order = sorted(whole, key=lambda key: whole[key].content)
    index = {key: n for n, key in enumerate(order)}
    result: list[Attribution] = []
    for key in order:
        draft = whole[key]
        origin = None if draft.continues is None else index[joined.get(id(draft.continues), id(draft.continues))]
        result.append(_attribution(analysis, draft, origin))
    return tuple(result)


def _score(draft: Draft) -> float:
    """How likely the content and the source are both right; for a draft that goes on with another, no better than that one's."""
    least = draft.score * draft.certainty
    while draft.continues is not None:
        draft = draft.continues
        # A chain is as good as its weakest link.
        least = min(least, draft.score * draft.certainty)
    return least


def _attribution(analysis: Analysis, draft: Draft, continues: int | None) -> Attribution:
    doc = analysis.doc
    verb = doc[draft.cue[0]] if draft.cue else None
    source = None if draft.source is None else doc[draft.source]
    addressee = None if verb is None else addressee_of(verb)
    issuer = None if source is None else issuer_of(source)
    score = _score(draft)
    kind, parts = _kind(analysis.article.text, draft)
    named = draft.named or (None if source is None else source_span(doc, source, draft.cue))
    return Attribution(
        kind=kind,
        content=_content(analysis.article.text, draft, kind),
        rule=draft.frame + (AGREED if draft.agreed else ""),
        confidence=_confidence(draft, kind, score, known=source is not None or continues is not None or draft.frame in UNNAMED),
        source=named,
        source_head=None if source is None else token_span(source),
        cue=None if verb is None else cue_of(doc, draft.cue, draft.lemma),
        quoted_parts=parts,
        addressee=None if addressee is None or _names(named, addressee) else _circumstance(doc, addressee, named, draft.content),
        outlets=() if verb is None else tuple(_circumstance(doc, name, named, draft.content) for name in outlets_of(verb)),
        setting=tuple(_circumstance(doc, token, named, draft.content).span for token in settings_of(verb)) if verb is not None else (),
        negated=verb is not None and is_negated(verb, content=draft.content),
        conditional=verb is not None and is_unsaid(verb, content=draft.content),
        continues=continues,
        score=score if draft.learnt else None,
        runner_up=None if draft.runner_up is None else _source_phrase(doc, draft.runner_up, draft.cue),
        others=() if source is None else tuple(phrase_of(doc, other) for other in co_speakers(source)),
        alternatives=() if source is None else tuple(phrase_of(doc, other) for other in alternative_speakers(source)),
        issuer=None if issuer is None else phrase_of(doc, issuer),
        stance=draft.stance,
    )


def _names(source: Span | None, word: Token) -> bool:
    return source is not None and source.contains(token_span(word))


def _circumstance(doc: Doc, head: Token, source: Span | None, content: Sequence[Span]) -> Phrase:
    """The phrase of an addressee, an outlet or a setting, without what the parser ties to it though it is the content, or though it is the
    source: "in an interview with **the Gazette**, the coach, Ann Lee, said"."""
    phrase = phrase_of(doc, head)
    start, end, last = phrase.span.start, phrase.span.end, head.idx + len(head)
    comma = doc.text.find(",", last, end)
    cuts = [span.start for span in content if last < span.start < end]
    if source is not None and comma >= 0 and start <= source.start < end:
        cuts.append(comma)
    kept = doc.text[start : min(cuts, default=end)].rstrip(" ,")
    return replace(phrase, span=Span(start, start + len(kept))) if cuts else phrase


def _source_phrase(doc: Doc, source: int, cue: Collection[int]) -> Phrase:
    return Phrase(source_span(doc, doc[source], cue), token_span(doc[source]))


def _kind(text: str, draft: Draft) -> tuple[QuoteKind, tuple[Span, ...]]:
    """The kind of a quote, and what stands inside its marks: direct when nothing but "that" stands outside them, mixed when something does,
    indirect when there are none."""
    if not draft.quotations:
        return "indirect", ()
    parts = tuple(sorted(quotation.inner for quotation in draft.quotations))
    words = re.findall(r"\w+", " ".join(_outside_marks(text, draft)))
    return ("direct" if not words or words == ["that"] else "mixed"), parts


def _outside_marks(text: str, draft: Draft) -> Iterator[str]:
    """The pieces of a content that stand outside its quotation marks."""
    marked = sorted(quotation.span for quotation in draft.quotations)
    first = 0
    for span in draft.content:
        at = span.start
        while first < len(marked) and marked[first].end <= span.start:
            first += 1
        place = first
        while place < len(marked) and marked[place].start < span.end:
            if marked[place].overlaps(span):
                yield text[at : marked[place].start]
                at = max(at, marked[place].end)
            place += 1
        yield text[at : span.end]


def _content(text: str, draft: Draft, kind: QuoteKind) -> tuple[Span, ...]:
    """The content; of a direct quote only what stands inside the marks, so that a "that" before them is not shown as quoted."""
    return tuple(join_spans(text, (quotation.span for quotation in draft.quotations))) if kind == "direct" else draft.content


def _confidence(draft: Draft, kind: QuoteKind, score: float, *, known: bool) -> Confidence:
    """High where the score is, the source is known and no other is near; lower otherwise."""
    # A quotation whose closing mark is missing may have ended anywhere.
    if not known or any(not q.closed and not q.runs_on for q in draft.quotations):
        return "low"
    if draft.runner_up is not None:
        return "medium" if score >= _MEDIUM else "low"
    high = _HIGH_OF_TWO[kind] if draft.agreed or draft.frame == MODEL_ALONE else _HIGH
    if score >= high and draft.frame in UNNAMED:
        return "medium"  # nobody can be asked
    return "high" if score >= high else "medium" if score >= _MEDIUM else "low"


def _unclosed_marks(quotations: Sequence[Quotation]) -> Iterator[Notice]:
    for quotation in quotations:
        if not quotation.closed and not quotation.runs_on:
            message = (
                "This quotation mark is never closed; the quotation was taken to end with its paragraph, or before the next opening mark."
            )
            yield Notice("unclosed-quote", message, quotation.span)
