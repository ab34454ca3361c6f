"""Whose words each token is: the innermost quote that asserts something there, or the author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extract.claim_words import claim_words
from onrecord.extract.language import Analysis
from onrecord.extract.quotation_marks import find_quotations
from onrecord.model import Quote

PREDICATES = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Voices:
    """The voice of every token, and the words that merely introduce a quote."""

    of: tuple[int, ...]
    """For each token the index of its quote, or -1 for the author."""
    cues: frozenset[int]
    """Tokens of cues, and of the verbs that govern them ("went on to say"), by their index."""
    unattributed: frozenset[int]
    """Tokens inside quotation marks but in no quote, by their index: nobody knows who stands behind a clause there."""


def find_voices(analysis: Analysis, quotes: tuple[Quote, ...]) -> Voices:
    """The voice of each token. A quote within a quote wins, since it is the shorter one.

    A quote is heard only if :func:`is_heard` says so; the words of any other stay part of the sentence around it.
    """
    heard = [(index, quote) for index, quote in enumerate(quotes) if is_heard(analysis, quote)]
    of = [-1] * len(analysis.doc)
    for index, quote in sorted(heard, key=lambda item: (-sum(map(len, item[1].content)), item[0])):
        for token in content_tokens(analysis, quote):
            of[token.i] = index
    cues = {token.i for _, quote in heard for token in introducing(analysis, quote)}
    return Voices(tuple(of), frozenset(cues), unattributed(analysis, of))


def unattributed(analysis: Analysis, of: list[int]) -> frozenset[int]:
    quotations = find_quotations(analysis.doc.text, (paragraph.block.span for paragraph in analysis.paragraphs))
    return frozenset(token.i for quotation in quotations for token in analysis.tokens(quotation.span) if of[token.i] < 0)


def is_heard(analysis: Analysis, quote: Quote) -> bool:
    """Whether its source stands behind the quote's words, so that they are not the surrounding voice's.

    Not when the text only supposes it ("if she thinks it is over"): that is a condition in the surrounding claim. Not when the
    cue is negated ("he did not say it was over"): the surrounding voice asserts that he did not. A denial ("he denied it was over")
    is heard: he asserts the contrary. Not when it holds no predicate ("she decried the deal", "called it “a farce”"): that
    reports an act, and is the surrounding voice's claim; words quoted directly are their speaker's all the same.
    """
    if quote.conditional:
        return False
    if quote.negated and not is_denial(analysis, quote):
        return False
    return quote.kind == "direct" or any(token.pos_ in PREDICATES for token in roots(list(content_tokens(analysis, quote))))


def is_denial(analysis: Analysis, quote: Quote) -> bool:
    """Whether the source asserts the contrary of the quote: its cue is a verb of denial that is not itself negated."""
    if quote.cue is None or quote.cue.lemma not in claim_words().polarity["denials"]:
        return False
    negators = claim_words().polarity["negators"]
    return not any(child.lower_ in negators for token in analysis.tokens(quote.cue) for child in token.lefts)


def content_tokens(analysis: Analysis, quote: Quote) -> Iterator[Token]:
    """The analysed tokens of a quote's content, in text order."""
    for part in quote.content:
        for token in analysis.tokens(part):
            if token.dep_ and not token.is_space:
                yield token


def roots(tokens: list[Token]) -> list[Token]:
    """The tokens whose head is not among these, in text order; punctuation left out."""
    inside = {token.i for token in tokens}
    return [token for token in tokens if not token.is_punct and (token.head.i == token.i or token.head.i not in inside)]


def introducing(analysis: Analysis, quote: Quote) -> Iterator[Token]:
    """The tokens of the cue and the verbs that only carry it: "went on to **say**", "made the **claim**"."""
    if quote.cue is None:
        return
    for token in analysis.tokens(quote.cue):
        yield token
        while token.dep_ in ("xcomp", "pcomp", "dobj", "prep") and token.head.pos_ in ("VERB", "AUX", "ADP") and token.head.i != token.i:
            if token.dep_ == "prep" and token.pos_ != "ADP":
                break
            token = token.head
            yield token
