"""Whose words each token is (the innermost quote that asserts something there, or the author), and what its predicate is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import FINITE, Token, is_to_infinitive, lemma_of, roots
from onrecord.model import Quote, Span

PREDICATES = ("VERB", "AUX")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")


def has_subject(token: Token) -> bool:
    """Whether a predicate has a subject; the parser sometimes hangs it on the auxiliary."""
    nodes = (token, *(child for child in token.lefts if child.dep_ in ("aux", "auxpass")))
    return any(child.dep_ in SUBJECTS for node in nodes for child in node.children) or name_like_modal(token) is not None


def name_like_modal(token: Token) -> Token | None:
    """The name before a past tense that the tagger took for a modal, which no past tense follows: "**May** resigned"."""
    if token.tag_ != "VBD":
        return None
    return next((child for child in token.lefts if child.tag_ == "MD" and child.text.istitle()), None)


def is_finite(token: Token) -> bool:
    """Whether a predicate has a tense. A participle with an active subject and no auxiliary is a past tense that the tagger mistook."""
    auxiliaries = [child for child in token.lefts if child.dep_ in ("aux", "auxpass")]
    if token.tag_ in FINITE or any(child.tag_ in FINITE for child in auxiliaries):
        return True
    return token.tag_ == "VBN" and not auxiliaries and any(child.dep_ == "nsubj" for child in token.lefts)


def is_command(token: Token) -> bool:
    """Whether a predicate is an imperative: a bare verb without subject, modal or "to"."""
    if token.tag_ not in ("VB", "VBP") or has_subject(token):
        return False
    return not any(child.dep_ in ("aux", "auxpass") and child.lower_ not in ("do", "let") for child in token.children)


def is_infinitive(token: Token) -> bool:
    """Whether a predicate is a "to" infinitive or a gerund, as in "promised **to cut** taxes", "denied **taking** money"."""
    if is_finite(token):
        return False
    return token.tag_ == "VBG" or is_to_infinitive(token)


def is_inverted(clause: Token) -> bool:
    """Whether a clause is a condition by the place of its auxiliary (Quirk et al. 1985, 15.36): "**should** that happen"."""
    if clause.dep_ not in ("advcl", "ccomp"):
        return False
    subject = next((child for child in clause.lefts if child.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    auxiliary = clause if clause.lower_ == "were" else next((child for child in clause.lefts if child.dep_ in ("aux", "auxpass")), None)
    if subject is None or auxiliary is None or auxiliary.lower_ not in ("should", "were", "had"):
        return False
    return auxiliary.i < subject.left_edge.i and auxiliary.i == clause.left_edge.i


@dataclass(frozen=True, slots=True)
class Voices:
    """Who asserts each token of an article (its voice), and which words merely introduce a quote."""

    of: tuple[int, ...]
    """For each token the index of its quote, or -1 for the author."""
    cues: frozenset[int]
    """Tokens of cues, and of the verbs that govern them ("went on to say"), by their index."""
    sources: Mapping[int, int]
    """For a cue whose source "and" or "but" joins to what stands before, the index of that word: "Acme owns it **and** Lee said"."""
    unattributed: frozenset[int]
    """Tokens inside quotation marks or the turns of a transcript but in no quote, by their index: nobody knows who stands behind a clause
    there."""


def find_voices(analysis: Analysis, quotes: tuple[Quote, ...]) -> Voices:
    """The voice of each token. A quote within a quote wins, since it is the shorter one.

    A quote is a voice only if :func:`is_asserted_by_source` says so; the words of any other stay part of the sentence around it.
    """
    of = [-1] * len(analysis.doc)
    cues: set[int] = set()
    sources: dict[int, int] = {}
    # The longest first, so that a quote within a quote overwrites the one around it.
    for index, quote in sorted(enumerate(quotes), key=lambda item: (-sum(map(len, item[1].content)), item[0])):
        tokens = list(content_tokens(analysis, quote))
        if tokens and is_asserted_by_source(analysis, quote, tokens, is_nested=of[tokens[0].i] >= 0):
            carriers = [token.i for token in cue_and_carriers(analysis, quote)]
            cues.update(carriers)
            if (joint := conjunction_before(analysis, quote)) is not None:
                sources.update(dict.fromkeys(carriers, joint))
            for token in tokens:
                of[token.i] = index
    return Voices(tuple(of), frozenset(cues), sources, unattributed_tokens(analysis, of))


def conjunction_before(analysis: Analysis, quote: Quote) -> int | None:
    """The index of the conjunction right before the words that name a speaker."""
    mention = quote.speaker.mention
    first = next(iter(analysis.tokens(mention)), None) if mention is not None else None
    before = None if first is None or first.i == 0 else first.doc[first.i - 1]
    return before.i if before is not None and before.dep_ == "cc" and before.lower_ in ("and", "but") else None


def unattributed_tokens(analysis: Analysis, of: list[int]) -> frozenset[int]:
    """The tokens in quotation marks, or in a transcript, that no quote has. ``of`` has each token's voice so far."""
    quotations = analysis.quotations
    marked = {token.i for quotation in quotations for token in analysis.tokens(quotation.span)}
    return frozenset(i for i in marked | analysis.transcript() if of[i] < 0)


def is_asserted_by_source(analysis: Analysis, quote: Quote, content: list[Token], *, is_nested: bool) -> bool:
    """Whether the source asserts the words of a quote, so that they are not the surrounding voice's.

    Not when the text only supposes it ("if she thinks it is over"): that is a condition in the surrounding claim. Not when it is a mere
    stance ("backed the plan"). Not when the cue is negated ("he did not say it was over"): the surrounding voice asserts that he did
    not. A denial ("he denied it was over") counts: he asserts the contrary. Not when it holds no predicate ("she decried the deal",
    "called it “a farce”"): that reports an act, and is the surrounding voice's claim; so does an infinitive ("he refused to pay"), unless
    the cue says what it amounts to ("he promised to pay") and the author is the one who reports it.
    """
    if is_appearance(analysis, quote) or quote.stance or quote.conditional or (quote.negated and not is_denial(analysis, quote)):
        return False
    predicates = [token for token in roots(content) if token.pos_ in PREDICATES]
    if not predicates:
        return quote.kind == "direct" and cue_lemma(analysis, quote) not in claim_words().stance["namings"]
    if quote.kind != "direct" and all(is_infinitive(token) for token in predicates):
        # "She said he promised to pay" is her claim that he promised: nothing of his is asserted by itself.
        return takes_infinitive(cue_lemma(analysis, quote)) and not is_nested
    return True


def is_appearance(analysis: Analysis, quote: Quote) -> bool:
    """Whether the cue says how things look to whoever writes, and reports nobody: "**it seems** unlikely that ..."."""
    if quote.speaker.actor is not None or cue_lemma(analysis, quote) not in claim_words().modality["probable_verbs"]:
        return False
    return quote.cue is not None and any(child.lower_ == "it" for token in analysis.tokens(quote.cue) for child in token.lefts)


def takes_infinitive(cue: str) -> bool:
    """Whether a cue says what an infinitive or gerund after it amounts to: "promised to cut", "denied taking"."""
    words = claim_words()
    kinds = ("commitments", "directives", "wishes", "admissions")
    return cue in words.polarity["denials"] or any(cue in words.stance[kind] for kind in kinds)


def cue_lemma(analysis: Analysis, quote: Quote) -> str:
    """The lemma of a quote's cue, of a single word as the word lists have it; empty without a cue."""
    if quote.cue is None:
        return ""
    tokens = analysis.tokens(Span(quote.cue.start, quote.cue.end))
    return lemma_of(tokens[0]) if len(tokens) == 1 else quote.cue.lemma


def is_denial(analysis: Analysis, quote: Quote) -> bool:
    """Whether the source asserts the contrary of the quote: its cue is a verb of denial that is not itself negated."""
    if refuted_by(analysis, quote) is not None:
        return True
    if quote.cue is None or cue_lemma(analysis, quote) not in claim_words().polarity["denials"]:
        return False
    # "Did not deny" is no denial: two negations.
    negators = claim_words().polarity["negators"]
    return not any(child.lower_ in negators for token in analysis.tokens(quote.cue) for child in token.lefts)


def refuted_by(analysis: Analysis, quote: Quote) -> Token | None:
    """The subject of a verb that rejects the report which is the cue of a quote without a speaker: "**she** dismissed claims that ..."."""
    if quote.cue is None or quote.speaker.actor is not None:
        return None
    return next((subject for token in analysis.tokens(quote.cue) if (subject := refuter(token)) is not None), None)


def denier(clause: Token) -> Token | None:
    """The subject of the verb that denies a clause, itself or as a report: "**she** denied it was so", "**she** dismissed claims that it
    was so"."""
    above = clause.head
    if clause.dep_ != "ccomp" or clause.i < above.i or lemma_of(above) not in claim_words().polarity["denials"]:
        return refuter(above)
    negated = any(child.lower_ in claim_words().polarity["negators"] for child in above.lefts)
    return None if negated else next((child for child in above.lefts if child.dep_ == "nsubj"), None)


def refuter(noun: Token) -> Token | None:
    """The subject of the verb that rejects a report, where a noun is one: "**she** dismissed suggestions that ..."."""
    words, verb = claim_words().polarity, noun.head
    if noun.dep_ != "dobj" or lemma_of(noun) not in words["reports"] or lemma_of(verb) not in words["refuting"]:
        return None
    if any(child.lower_ in words["negators"] for child in verb.lefts):
        return None
    # The verb of "and rejected claims" has its subject at the first one.
    while verb.dep_ == "conj" and not any(child.dep_ == "nsubj" for child in verb.lefts):
        verb = verb.head
    return next((child for child in verb.lefts if child.dep_ == "nsubj"), None)


def content_tokens(analysis: Analysis, quote: Quote) -> Iterator[Token]:
    """The analysed tokens of a quote's content, in text order."""
    for part in quote.content:
        for token in analysis.tokens(part):
            if token.dep_ and not token.is_space:
                yield token


def cue_and_carriers(analysis: Analysis, quote: Quote) -> Iterator[Token]:
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
