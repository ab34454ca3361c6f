"""What annotators marked, held against what the rules propose: the labels of training."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.extract.attributions.scene import Draft, Scene
from onrecord.extract.attributions.sources import source_span
from onrecord.extract.attributions.speakers import Option
from onrecord.extract.tokens import Doc
from onrecord.model import Span
from onrecord.train.polnear import GoldAttribution

_ALIKE = 0.5
"""Two spans are the same from this overlap on, common letters divided by all: the measure of the field (PARC 3.0, PolNeAR)."""
_WITHIN = 0.8
_PHRASE_ENDS = re.compile(r"[,;:(\u2014\u2013]|\b(?:who|which|that|of|in|at|for|from|with|on|to|by|near)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w.\u2019'-]*")


@dataclass(frozen=True, slots=True)
class Letters:
    """A gold attribution as sets of the positions of its letters and digits."""

    content: frozenset[int]
    source: frozenset[int]
    source_head: frozenset[int]
    cue: frozenset[int]


class GoldText:
    """The attributions of one article, for lookup."""

    def __init__(self, text: str, gold: Iterable[GoldAttribution]) -> None:
        self._text = text
        self._gold = [
            Letters(self._letters(one.content), self._letters(one.source), self._letters(_head(text, one.source)), self._letters(one.cue))
            for one in gold
        ]

    def is_right(self, scene: Scene, draft: Draft) -> bool:
        """Whether an annotator marked a draft: this content by this cue; for one that goes on, as words of the same source.

        An annotated content may hold other quotations of the same speaker, which are other drafts, and are left out of account.
        """
        mine = self._letters(draft.content)
        if draft.continues is not None:
            return self._goes_on(mine, self._letters(draft.continues.content))
        cue = self._letters(_token_spans(scene.doc, draft.cue))
        block = scene.paragraph.block
        others = [quotation.span for quotation in scene.quotations if quotation not in draft.quotations] if draft.quotations else []
        for one in self._gold:
            if mine.isdisjoint(one.content):
                continue
            if cue and one.cue and cue.isdisjoint(one.cue) and not (draft.quotations and self._shares_source(scene.doc, draft, one)):
                continue
            here = {i for i in one.content if block.start <= i < block.end and not any(span.start <= i < span.end for span in others)}
            if _overlap(mine, one.content) >= _ALIKE or (draft.quotations and _overlap(mine, here) >= _ALIKE):
                return True
        return False

    def _shares_source(self, doc: Doc, draft: Draft, gold: Letters) -> bool:
        """The same words by the same source are right whichever of two cues the annotator marked."""
        return draft.source is not None and bool(gold.source) and self._is_source(doc, draft, Option(draft.source), gold)

    def _goes_on(self, mine: frozenset[int], before: frozenset[int]) -> bool:
        first = [one for one in self._gold if len(before & one.content) >= _ALIKE * len(before)]
        second = [one for one in self._gold if mine and len(mine & one.content) >= _ALIKE * len(mine)]
        return any(a.source == b.source for a in first for b in second)

    def source_labels(self, scene: Scene, draft: Draft, options: Sequence[Option]) -> list[bool] | None:
        """For each option, whether it is the annotated source of the draft's content; None where nobody marked that content."""
        mine = self._letters(draft.content)
        best = max(self._gold, key=lambda one: _overlap(mine, one.content), default=None)
        if best is None or (_overlap(mine, best.content) < _ALIKE and len(mine & best.content) < _WITHIN * len(mine)):
            return None
        return [self._is_source(scene.doc, draft, option, best) for option in options]

    def _is_source(self, doc: Doc, draft: Draft, option: Option, gold: Letters) -> bool:
        if option.source is None or not gold.source:
            return option.source is None and not gold.source
        span = source_span(doc, doc[option.source], draft.cue)
        mine, head = self._letters((span,)), self._letters(_head(self._text, (span,)))
        if not head:
            return False
        return _overlap(mine, gold.source) >= _ALIKE or gold.source_head <= mine or head <= gold.source

    def _letters(self, spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(i for span in spans for i in range(span.start, span.end) if self._text[i].isalnum())


def _overlap(one: frozenset[int], other: frozenset[int] | set[int]) -> float:
    return len(one & other) / len(one | other) if one else 0.0


def _token_spans(doc: Doc, tokens: Iterable[int]) -> Iterable[Span]:
    return (Span(doc[i].idx, doc[i].idx + len(doc[i])) for i in tokens)


def _head(text: str, source: Sequence[Span]) -> tuple[Span, ...]:
    """The head word of a source, guessed: the last word before the first comma, preposition or relative pronoun.

    The measure has a guess of its own, which is the shared scorer's and stays what it is; the labels of training may get better.
    """
    if not source:
        return ()
    start = source[0].start
    words = source[0].of(text)
    cut = _PHRASE_ENDS.search(words, 1)
    found = list(_WORD.finditer(words[: cut.start()] if cut else words))
    return (Span(start + found[-1].start(), start + found[-1].end()),) if found else ()
