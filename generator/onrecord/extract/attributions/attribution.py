"""What the rules of attribution read and make: a paragraph with its tokens, its quotations and the drafts made so far; and attributions.

An attribution is what the syntax says of who speaks, before anyone knows who that is, with the words that name the source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from onrecord.extract.language import Paragraph
from onrecord.extract.tokens import Doc, Token, TokenSpan, lemma_of
from onrecord.model import Confidence, Cue, QuoteKind, Span
from onrecord.model.grouping import join_neighbours
from onrecord.text.names import DOCUMENTS
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


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as it stands in the text."""

    span: Span
    head: Span
    """Its head word, by which actors are found."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quote or reported speech as the syntax shows it, before anyone knows who the source is."""

    kind: QuoteKind
    content: tuple[Span, ...]
    rule: str
    """The frame of the draft that it was made of, for readers of the report: "complement", "at once after"."""
    confidence: Confidence
    source: Span | None = None
    """The source as it stands beside the cue, titles and apposition included."""
    source_head: Span | None = None
    """The source's head word: "Pahon" in "Pentagon spokesman Eric Pahon"."""
    cue: Cue | None = None
    quoted_parts: tuple[Span, ...] = ()
    """What of the content stands inside quotation marks, the marks left out."""
    addressee: Phrase | None = None
    outlets: tuple[Phrase, ...] = ()
    """Names in the setting; the first that is an outlet's is the outlet."""
    setting: tuple[Span, ...] = ()
    """When and where it was said: "on Monday", "at a meeting"."""
    negated: bool = False
    """Whether the cue is denied: "did not say"."""
    conditional: bool = False
    """Whether the text only supposes that it is said, or expects it: "if Lee says", "Lee will say"."""
    continues: int | None = None
    """The index of the attribution whose source goes on speaking here, for one that has no source of its own."""
    score: float | None = None
    """How likely it is, by the trained model, to be marked with this source; None where the model had no say."""
    runner_up: Phrase | None = None
    """The next best source, where two were close."""
    others: tuple[Phrase, ...] = ()
    """Those who speak with the source: "Reed" in "Lee and Reed said"."""
    alternatives: tuple[Phrase, ...] = ()
    """Those of whom one spoke, or the source did: "Reed" in "Lee or Reed said"."""
    issuer: Phrase | None = None
    """Who issued the document that is the source: "Lee" in "Lee's letter said"."""
    stance: bool = False
    """Whether the source is only for or against the content, and no words are told: "welcomed the plan"."""


_OUTSIDE_SOURCE = ("relcl", "advcl", "ccomp", "parataxis", "cc", "punct")
"""Arcs that lead out of a source's name, title and apposition."""
_NOUNS = ("NOUN", "PROPN")
_OCCASION_PREPOSITIONS = ("in", "on", "during", "after", "before", "amid")
_BRACKETS = {"(": ")", "[": "]"}


def source_span(doc: Doc, head: Token, cue: Collection[int] = ()) -> Span:
    """The source as it stands: its noun phrase with titles, conjuncts and apposition, without clauses about it and without its cue."""
    if head.dep_ == "case" and head.head.i < head.i:
        head = head.head  # the "'s" of a possessor
    if head.pos_ == "PRON" and not any(child.dep_ in ("prep", "conj", "relcl", "acl") for child in head.children):
        return token_span(head)
    kept = {token.i for token in _phrase(head, frozenset(cue))}
    # Grown word by word from the head, so that a word that the parser hung far away leaves no gap in the span.
    first = last = head.i
    while (before := _next_kept(doc, first, -1, kept)) is not None:
        first = before
    while (after := _next_kept(doc, last, 1, kept)) is not None:
        last = after
    # "Ann" and "Lee" may be two nouns to the parser.
    while head.pos_ == "PROPN" and first > head.sent.start and _is_name_word(doc[first - 1]):
        first -= 1  # a name that the parser left in pieces
    while head.pos_ == "PROPN" and last + 1 < head.sent.end and _is_name_word(doc[last + 1]):
        last += 1
    return Span(doc[first].idx, _end_with_bracket(doc, first, last))


def _next_kept(doc: Doc, at: int, step: int, kept: Collection[int]) -> int | None:
    """The next token of a phrase, at most a bracket and a comma away."""
    for other in (at + step, at + 2 * step, at + 3 * step):  # "Lee (D., Northfield)": a bracket and a comma
        if other in kept:
            return other
        if not (0 <= other < len(doc)) or not doc[other].is_punct or doc[other].is_quote:
            return None
    return None


def _phrase(head: Token, cue: Collection[int]) -> Iterator[Token]:
    yield head
    for child in head.children:
        # "Dismissed by Lee as weak": the parser hangs what it is dismissed as on whoever dismissed it.
        if child.lower_ == "as" and child.dep_ == "prep" and head.dep_ == "pobj" and head.head.dep_ == "agent":
            continue
        # The conjunction itself, so that "Lee and Reed" is one span.
        if child.dep_ == "cc":
            yield child
        if child.dep_ not in _OUTSIDE_SOURCE and not _is_circumstance(child) and not any(token.i in cue for token in child.subtree):
            yield from _phrase(child, cue)
        elif child.dep_ in ("relcl", "acl") and head.lower_ == "those" and child.left_edge.i == head.i + 1:
            yield from (token for token in child.subtree if token.i not in cue)  # "those who oppose it" says nothing without the clause


def _is_circumstance(child: Token) -> bool:
    """Whether a phrase says when, where or how a source spoke, and not who it is: ", speaking on Monday", ", in Northfield", "the auditor
    **on Monday**". Unlike ", of Northfield" and ", including the mayor", which belong to the source's name."""
    # A prepositional phrase with a date in it.
    if child.dep_ == "prep" and child.i > child.head.i and any(grand.ent_type_ in ("DATE", "TIME") for grand in child.children):
        # "Voters in 2016" and "a man in his 30s" are who they are; "during a meeting on Monday" is a setting, which has its day.
        in_setting = child.head.dep_ == "pobj" and child.head.head.lower_ not in ("to", "by")
        # In "a study being released on Tuesday by researchers" the day is the participle's, and who it is goes on after it.
        return child.head.pos_ == "PROPN" or (child.lower_ == "on" and child.head.pos_ == "NOUN" and not in_setting)
    participle = child.dep_ == "acl" and child.tag_ == "VBG"
    if child.i < child.head.i or not (participle or (child.dep_ == "prep" and child.lower_ in _OCCASION_PREPOSITIONS)):
        return False
    first = child.left_edge
    return first.i > 0 and first.nbor(-1).text in (",", "\u2014", "\u2013", "--")


def _end_with_bracket(doc: Doc, first: int, last: int) -> int:
    """Where a phrase ends, with the bracket that it opens: "Lee (Ind., Northfield)"."""
    text = doc[first : last + 1].text
    for opening, closing in _BRACKETS.items():
        if text.count(opening) > text.count(closing):
            # At most five tokens on: a bracket that the writer forgot to close must not swallow the sentence.
            token = next((token for token in doc[last + 1 : last + 6] if token.text == closing), None)
            if token is not None:
                return token.idx + len(token)
    return doc[last].idx + len(doc[last])


def _is_name_word(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "TIME") and not token.is_quote


def co_speakers(head: Token) -> Iterator[Token]:
    """The head words of those who speak together with a source: "Reed" in "Lee and Reed said". "Lee or Reed said" gives none."""
    for child in head.children:
        joined = [token.lower_ for token in head.children if token.dep_ == "cc"]
        # Parsers take the second of three listed sources for an apposition to the first.
        listed = child.dep_ == "appos" and any(grand.dep_ == "conj" for grand in child.children)  # "the mayor, the governor and Lee"
        if (child.dep_ == "conj" or listed) and child.pos_ in _NOUNS and "or" not in joined and not _within_name(head, child):
            yield child
            yield from co_speakers(child)


def alternative_speakers(head: Token) -> Iterator[Token]:
    """The head words of those one of whom spoke, if not the source: "Reed" in "Lee or Reed said"."""
    if any(token.dep_ == "cc" and token.lower_ == "or" for token in head.children):
        yield from (child for child in head.conjuncts if child.pos_ in _NOUNS and not _within_name(head, child))


def _within_name(one: Token, other: Token) -> bool:
    """One name holds both: the "Ministry of Trade and Industry"."""
    return one.ent_type_ != "" and all(token.ent_iob_ == "I" for token in one.doc[one.i + 1 : other.i + 1])


def issuer_of(head: Token) -> Token | None:
    """Who issued the document that is the source: "Lee" in "Lee's letter", in "a letter from Lee" and in "a letter by Lee"."""
    if head.lemma_.lower() not in DOCUMENTS:
        return None
    owner = next((child for child in head.children if child.dep_ == "poss" and child.tag_ != "WP$"), None)
    by = (
        grand for child in head.children if child.dep_ in ("prep", "agent") and child.lower_ in ("from", "by") for grand in child.children
    )
    return owner or next((grand for grand in by if grand.dep_ == "pobj" and grand.pos_ in (*_NOUNS, "PRON")), None)


def token_span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))


def phrase_of(doc: Doc, head: Token) -> Phrase:
    """A noun phrase with its head word."""
    return Phrase(source_span(doc, head), token_span(head))


def cue_of(doc: Doc, indices: tuple[int, ...], lemma: str) -> Cue:
    """The cue from its first to its last word if they are neighbours, otherwise its head word."""
    head, first, last = doc[indices[0]], doc[min(indices)], doc[max(indices)]
    # "Pointed it out": words stand between the verb and its particle, and are no part of the cue.
    if last.i - first.i >= len(indices):
        first = last = head
    return Cue(first.idx, last.idx + len(last), lemma_of(head) if lemma == head.lemma_.lower() else lemma)
