"""Claims: clauses that are presented as true, evaluated or committed to, each with who stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from onrecord.extract.actor_lookup import ActorLookup
from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.claims.asserters import (
    SUBJECTS,
    cue_lemma,
    denier,
    find_voices,
    has_subject,
    is_command,
    is_denial,
    is_finite,
    is_infinitive,
    refuted_by,
)
from onrecord.extract.claims.clauses import (
    INTRODUCTION,
    NOBODY,
    RELATIVE,
    Clause,
    main_clauses,
    says_something,
    sub_clauses,
    subject_elsewhere,
    with_subject,
)
from onrecord.extract.claims.modality import (
    QuoteContext,
    find_check_worthiness,
    find_evaluative,
    find_hedges,
    find_kind,
    find_modality,
    find_polarity,
    is_subjunctive,
)
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token, lemma_of, speech_words
from onrecord.model import AUTHOR, Claim, Quote, Span


def find_claims(analysis: Analysis, quotes: tuple[Quote, ...], lookup: ActorLookup) -> tuple[Claim, ...]:
    """The claims of an article in text order, each main clause followed by the claims within it.

    The asserter is the speaker of the innermost quote that holds the clause, else the author. Questions, commands of the page and
    fragments are no claims, but what they take for granted is. Which quotes nobody asserts,
    :func:`onrecord.extract.claims.asserters.is_asserted_by_source` says.
    """
    voices = find_voices(analysis, quotes)
    torn = frozenset(token.i for span in analysis.torn for token in analysis.tokens(span))
    soft = tuple(paragraph.block.span for paragraph in analysis.paragraphs if paragraph.block.boilerplate == "soft")
    found: list[Claim] = []
    for clause in main_clauses(analysis, voices):
        # Words in marks that no quote has, and the rest of a sentence that was parsed in pieces: nobody knows who asserts them.
        if all(token.i in voices.unattributed for token in clause.tokens) or (clause.voice < 0 and clause.tokens[0].i in torn):
            clause = replace(clause, voice=NOBODY)
        quote = quotes[clause.voice] if clause.voice >= 0 else None
        context = find_quote_context(analysis, quote, clause, lookup)
        if is_command(clause.head) and quote is None and clause.rule != INTRODUCTION:
            clause = replace(clause, rule="command")
        parent = None
        if is_asserted(clause, quote, context):
            parent = f"c{len(found) + 1}"
            found.append(claim_of(parent, clause, quote, context, lookup))
        for sub in sub_clauses(clause, voices, lookup):
            # The cue is about the main clause: "denied that the bridge, which is old, ..." does not deny that it is old.
            own = QuoteContext(context.kind, "", context.past, denied=sub.rule == "refuted")
            claim = replace(claim_of(f"c{len(found) + 1}", sub, quote, own, lookup), parent=parent)
            if sub.rule == "refuted" and (subject := denier(sub.head)) is not None:
                claim = replace(claim, asserter=lookup.actor(subject), via=None, others=())
            found.append(claim)
    return tuple(replace(claim, boilerplate=any(block.contains(claim.spans[0]) for block in soft)) for claim in found)


def is_asserted(clause: Clause, quote: Quote | None, context: QuoteContext) -> bool:
    """Whether a main clause is a claim: no question, no command of the page, no fragment."""
    if clause.is_question or clause.rule in ("command", INTRODUCTION):
        return False
    if lacks_complement(clause) or is_subordinate_fragment(clause) or is_filler(clause) or (quote is None and is_bare_cue(clause)):
        return False
    if is_bare_auxiliary(clause) or (quote is not None and quote.kind == "indirect" and begins_with_preposition(clause)):
        return False
    if quote is None or quote.kind == "direct":
        # "'Close it,' she said" is a directive of hers; "Sign up now" on the page is nobody's.
        is_order = quote is not None and is_command(clause.head) and not is_work_title(clause)
        return (is_finite(clause.head) and (has_subject(clause.head) or shares_subject(clause.head))) or is_order
    if is_indirect_question(clause, context.cue):
        return False
    # "She was upset and did not think it fair" makes two claims.
    if (has_subject(clause.head) and is_subjunctive(clause.head, context)) or (
        is_finite(clause.head) and (has_subject(clause.head) or shares_subject(clause.head))
    ):
        return True
    return is_infinitive(clause.head)


def shares_subject(head: Token) -> bool:
    """Whether a coordinated verb has the subject of the one before it: "he said so and **left**"."""
    return head.dep_ == "conj" and with_subject(head) is not None


def is_subordinate_fragment(clause: Clause) -> bool:
    """Whether the clause depends, in another voice's sentence, on a subordinator under which nothing is asserted: "until", "unless"."""
    words = claim_words().presupposed
    marks = [child.lower_ for child in clause.head.lefts if child.dep_ == "mark"]
    # "When it rains" without a main clause of its own voice says nothing.
    if clause.head.dep_ != "advcl":
        return clause.tokens[0].tag_ == "WRB" and clause.tokens[0].head == clause.head
    return any(mark not in words["temporal"] | words["asserting"] | {"that"} for mark in marks)


def lacks_complement(clause: Clause) -> bool:
    """Whether a verb is left without what it needs, which introduces a quote: "she is **worried** that ...", "he heard **her say** ..."."""
    lemma = lemma_of(clause.head)
    if lemma in claim_words().evaluative["linking"]:
        needed = [child for child in clause.head.rights if child.dep_ in ("acomp", "attr", "oprd")]
    elif lemma in speech_words("perceiving"):
        needed = [child for child in clause.head.rights if child.dep_ in ("ccomp", "dobj")]
    else:
        return False
    inside = {token.i for token in clause.tokens}
    return bool(needed) and not any(child.i in inside for child in needed)


def is_filler(clause: Clause) -> bool:
    """Whether the clause only keeps the talk going: "you know"."""
    return " ".join(token.lower_ for token in clause.tokens) in claim_words().stance["fillers"]


def is_bare_auxiliary(clause: Clause) -> bool:
    """Whether nothing but a copula is left of a clause, whose subject and predicate are of another voice: "the promise **is** that ..."."""
    return all(token.pos_ == "AUX" for token in clause.tokens)


def begins_with_preposition(clause: Clause) -> bool:
    """Whether reported speech begins with a phrase of the cue and not of its own clause: "warned **against feeding it** after it died"."""
    first = clause.tokens[0]
    # "During the year, they said, they have heard it": the parser may hang a phrase of the clause on the cue.
    depends = is_infinitive(clause.head) or clause.head.dep_ == "advcl"
    return depends and first.dep_ == "prep" and first.head not in clause.tokens


def is_bare_cue(clause: Clause) -> bool:
    """Whether a verb of saying stands without what was said: it introduces words of another sentence."""
    inside = {token.i for token in clause.tokens}
    lemma, words = lemma_of(clause.head), claim_words().stance
    said = [child for child in clause.head.children if child.dep_ in ("ccomp", "dobj", "xcomp", "oprd") and child.i in inside]
    # "Wrote to the mayor about it" tells an act.
    told = lemma in words["addressing"] and any(child.lower_ in ("to", "for", "about") for child in clause.head.rights)
    return lemma in words["bare"] and not said and not told


def is_work_title(clause: Clause) -> bool:
    """Whether words that look like a command are the name of a work: all of the longer ones are capitalised."""
    longer = [token.text for token in clause.tokens if len(token) > 3]
    return len(longer) > 1 and all(word[0].isupper() for word in longer)


def is_indirect_question(clause: Clause, cue: str) -> bool:
    """Whether reported speech asks or leaves open: "asked **whether** it closed", "explained **how** it works"."""
    if cue in claim_words().stance["questions"] and not is_infinitive(clause.head):
        return True
    # "The man who left" asserts that he left; "asked who left" does not.
    if clause.head.dep_ == "relcl":
        return False
    first = clause.tokens[0]
    # "What it was like": the parser may hang the word on a preposition at the end. "What he wants is peace" asks nothing.
    if first.lower_ == "what" and all(word.dep_ != "csubj" for word in clause.tokens):
        return True
    opening = [word for word in clause.head.lefts if word.i <= first.i + 1]
    return any(
        (word.lower_ in ("whether", "if") and word.dep_ == "mark") or (word.tag_ in RELATIVE and word.lower_ != "that") for word in opening
    )


def find_quote_context(analysis: Analysis, quote: Quote | None, clause: Clause, lookup: ActorLookup) -> QuoteContext:
    """What the quote around a clause says of how it is meant."""
    if quote is None:
        return QuoteContext()
    cue = cue_lemma(analysis, quote)
    past = quote.cue is not None and any(is_told_in_past(token) for token in analysis.tokens(quote.cue))
    subject = refuted_by(analysis, quote)
    return QuoteContext(
        quote.kind,
        cue,
        past,
        is_denial(analysis, quote),
        refuter=lookup.actor(subject) if subject is not None else None,
        own=is_about_speaker(clause.head, quote.speaker.actor, lookup),
    )


def is_told_in_past(cue: Token) -> bool:
    """Whether a cue is in the past tense, of a noun the verb above it: "**voiced** their worry that"."""
    if cue.pos_ == "NOUN":
        return any(verb.tag_ == "VBD" for verb in islice((word for word in cue.ancestors if word.pos_ in ("VERB", "AUX")), 1))
    return cue.tag_ in ("VBD", "VBN")


def is_about_speaker(head: Token, speaker: str | None, lookup: ActorLookup) -> bool:
    """Whether the clause's subject is the speaker, or an actor whom the speaker speaks for by a stated role."""
    if speaker is None:
        return False
    own = {speaker, *lookup.affiliations(speaker)}
    return any(lookup.actor(child) in own for child in head.lefts if child.dep_ in SUBJECTS)


def claim_of(id: str, clause: Clause, quote: Quote | None, context: QuoteContext, lookup: ActorLookup) -> Claim:
    """The claim that a clause makes."""
    spans = tuple(sorted(balanced(span, clause.head.doc.text) for span in runs(clause.tokens)))
    modality = find_modality(clause, context)
    kind = find_kind(clause, modality, context)
    speaker = context.refuter or quote.speaker.actor if quote else None if clause.voice == NOBODY else AUTHOR
    outlet = quote.outlet.actor if quote and quote.outlet else None
    return Claim(
        id=id,
        spans=spans,
        asserter=speaker,
        kind=kind,
        polarity=find_polarity(clause.head, context),
        modality=modality,
        rule=clause.rule,
        quote=quote.id if quote else None,
        via=outlet if outlet != speaker else None,
        about=lookup.about((*subject_elsewhere(clause.head), *clause.tokens)),
        hedges=find_hedges(clause),
        evaluative=find_evaluative(clause),
        check_worthy=find_check_worthiness(clause) if kind in ("event", "evaluation") else (),
        others=quote.speaker.others if quote else (),
    )


def runs(tokens: tuple[Token, ...]) -> Iterator[Span]:
    """The characters of the tokens: one span for each unbroken run of them that holds a letter or digit."""
    start = 0
    for here in range(1, len(tokens) + 1):
        if here == len(tokens) or tokens[here].i != tokens[here - 1].i + 1:
            run = list(tokens[start:here])
            start = here
            while run and run[0].is_punct:
                run = run[1:]
            # "Up 5%" keeps its sign, and "called it “a farce”" its closing mark.
            while run and run[-1].is_punct and run[-1].text != "%" and not closes_quotation(run):
                run = run[:-1]
            if says_something(run):
                yield Span(run[0].idx, run[-1].idx + len(run[-1]))


PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ('"', '"'), ("''", "''"), ("‘", "’"))
STOPS = (",", ".", "!", "?")
"""What may stand before a closing mark (The Chicago Manual of Style, 6.9)."""


def balanced(span: Span, text: str) -> Span:
    """The span with the other half of a pair of quotation marks or brackets, if that stands right beside it; else without a half at its
    edge."""
    start, end = span.start, span.end
    for opening, closing in PAIRS:
        words = text[start:end]
        # Of equal marks an odd number is half a pair, and either half may be missing.
        opened = words.count(opening) - words.count(closing) if opening != closing else words.count(opening) % 2
        closed = -opened if opening != closing else opened
        after = end + (text[end : end + 1] in STOPS)
        if opened > 0 and text[after : after + len(closing)] == closing:
            end = after + len(closing)
        elif closed > 0 and start and text[start - 1] == opening:
            start -= 1
        elif opened > 0 and words.startswith(opening):
            start += len(opening)
        elif closed > 0 and words.endswith(closing):
            end -= len(closing)
    return Span(start, end)


def closes_quotation(run: list[Token]) -> bool:
    """Whether the last token is a curly quotation mark whose opening one is among these."""
    return run[-1].text == "”" and any(token.text == "“" for token in run)
