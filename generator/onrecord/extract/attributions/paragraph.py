"""A paragraph as the rules of attribution see it: its tokens, its quotations, and the drafts made so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from onrecord.extract.language import Paragraph
from onrecord.extract.tokens import Doc, Token, TokenSpan
from onrecord.model import Span
from onrecord.model.grouping import join_neighbours
from onrecord.text.quotation_marks import Quotation


@dataclass(frozen=True, slots=True)
class Draft:
    """A possible attribution: a content, perhaps with a cue and a source. Token indices count in the article's Doc, spans in characters."""

    frame: str
    """The rule that made it and the circumstances that change its rate: a key of the table of cues."""
    lemma: str
    """The cue's; ":" or a dash where a mark does the work of a verb; empty without a cue."""
    content: tuple[Span, ...]
    cue: tuple[int, ...] = ()
    """The words of the cue; its verb, noun or adjective comes first."""
    source: int | None = None
    """The head word of the source."""
    continues: Draft | None = None
    """The draft whose speaker goes on here."""
    quotations: tuple[Quotation, ...] = ()
    """The quotations that are part of the content, whole."""
    root: int | None = None
    """The head of the content, where the parse gives it."""
    extent: str = "own"
    """How much of the text is taken for content: see :data:`~onrecord.extract.attributions.candidates.Extent`."""
    cut: int | None = None
    """The head of the phrase at the end that a narrow extent leaves out."""
    score: float = 0.0
    """How likely it is that this is an attribution with this content, between 0 and 1."""
    learnt: bool = False
    """Whether the score is the trained classifier's; otherwise it is a rate of its rule."""
    certainty: float = 1.0
    """How likely it is, if it is an attribution, that this is its source."""
    runner_up: int | None = None
    """The head word of the next likely source, if it is near."""
    named: Span | None = None
    """The words that name the source, where the layout shows them: on a label or after a dash parsers misjudge where a name ends."""
    agreed: bool = False
    """Whether the accurate reader found it, too."""
    stance: bool = False
    """Whether its source is only for or against the content, and no words are told."""
    head: int | None = None
    """Where its cue begins, in characters, for a cue that the parse gives."""

    @property
    def opening(self) -> Draft:
        """The first draft of a chain in which each continues the one before: the one with the cue. A draft that continues none is its
        own."""
        at = self
        while at.continues is not None:
            at = at.continues
        return at


@dataclass(frozen=True, slots=True)
class Scene:
    """One paragraph while its attributions are sought, and the paragraph before it."""

    text: str
    """The article's."""
    doc: Doc
    paragraph: Paragraph
    quotations: tuple[Quotation, ...]
    before: Scene | None = None
    """The paragraph before it."""
    drafts: list[Draft] = field(default_factory=list)
    """What the rules have accepted, in the order in which they did."""
    _held: dict[int, Draft] = field(default_factory=dict)
    """The first accepted draft with each quotation, by the quotation's place in ``quotations``; filled as :meth:`draft_of` is asked."""
    _looked: list[Draft] = field(default_factory=list)
    """The drafts that are in ``_held`` by now."""

    @property
    def words(self) -> Sequence[Token]:
        """The tokens of the whole article."""
        return self.doc.words

    def quotation_at(self, position: int) -> Quotation | None:
        """The quotation that holds a character."""
        at = bisect_right(self.quotations, position, key=_start) - 1
        return self.quotations[at] if at >= 0 and position < self.quotations[at].span.end else None

    def next_start(self, position: int) -> int:
        """Where the next quotation from a character on begins, or else the paragraph ends."""
        at = bisect_left(self.quotations, position, key=_start)
        return self.quotations[at].span.start if at < len(self.quotations) else self.paragraph.block.end

    def last_end(self, position: int) -> int:
        """Where the last quotation before a character ends, or else the paragraph begins."""
        at = bisect_left(self.quotations, position, key=_start) - 1
        return self.quotations[at].span.end if at >= 0 else self.paragraph.block.start

    def draft_of(self, quotation: Quotation) -> Draft | None:
        """The first accepted draft whose content has a quotation of the paragraph in it; none for a quotation that nobody is said to have
        said."""
        for draft in self.drafts[len(self._looked) :]:
            self._looked.append(draft)
            for place in self.overlapped(draft.content) if not draft.frame.endswith(" inside") else ():
                self._held.setdefault(place, draft)
        return self._held.get(bisect_left(self.quotations, quotation.span.start, key=_start))

    def overlapped(self, spans: Iterable[Span]) -> Iterator[int]:
        """The places in ``quotations`` of those that some spans overlap."""
        for span in spans:
            place = bisect_left(self.quotations, span.end, key=_start) - 1
            # Backwards from the last that begins before the span ends: quotations stand in order and do not overlap.
            while place >= 0 and self.quotations[place].span.end > span.start:
                yield place
                place -= 1

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens of the paragraph that lie between two characters, outside quotations."""
        inside = self.doc.char_span(start, end, alignment_mode="contract") if start < end else None
        return [token for token in inside or () if self.quotation_at(token.idx) is None]

    def tokens_around(self, token: int) -> TokenSpan:
        """The paragraph that holds a token: this one, or the one before it, where a cue may stand."""
        mine = self.paragraph.tokens
        return self.before.paragraph.tokens if self.before is not None and token < mine.start else mine

    def spans(self, tokens: Iterable[int], quotations: Iterable[Quotation] = ()) -> tuple[Span, ...]:
        """Tokens and quotations as spans; neighbours with no letter or digit between them are joined."""
        return tuple(join_spans(self.text, [*self._token_runs(tokens), *(q.span for q in quotations)]))

    def _token_runs(self, tokens: Iterable[int]) -> Iterator[Span]:
        """Tokens that follow one another, as one span."""
        for _, run in groupby(enumerate(tokens), key=lambda pair: pair[1] - pair[0]):
            indices = [i for _, i in run]
            last = self.words[indices[-1]]
            yield Span(self.words[indices[0]].idx, last.idx + len(last))


def _start(quotation: Quotation) -> int:
    return quotation.span.start


def join_spans(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in text order, those joined that overlap or have only white space and punctuation between them."""

    def meet(one: Span, other: Span) -> bool:
        between = text[one.end : other.start]
        # Never across lines: two paragraphs of one speech stay two pieces.
        return (other.start <= one.end or not any(c.isalnum() for c in between)) and "\n" not in between

    return join_neighbours(sorted(spans), meet)


def covers(outer: Iterable[Span], inner: Iterable[Span]) -> bool:
    """Whether each inner span stands in one of the outer."""
    outer = tuple(outer)
    return all(any(one.contains(span) for one in outer) for span in inner)
