"""Whether a cue happened at all (FactBank: Saurí & Pustejovsky 2009), and whether a reader learns by it what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.extract.attributions.paragraph import Draft, Scene
from onrecord.extract.tokens import Token
from onrecord.model import Span

_DENIALS = frozenset({"deny", "refute", "disavow"})
_REFUSALS = frozenset({"avoid", "decline", "deny", "fail", "forget", "hesitate", "neglect", "refuse"})
"""Verbs that say of their infinitive or gerund that it did not happen: negative implicatives (Karttunen, Language 47, 1971), refusals."""
_NEGATORS = frozenset({"never", "neither", "nor", "hardly", "scarcely", "barely", "rarely", "seldom"})
"""Absolute and approximate negators: Huddleston & Pullum, The Cambridge Grammar of the English Language (2002), 9.3."""
_NEGATING = ("advmod", "neg", "preconj", "cc")
_NOBODY = frozenset({"nobody", "none", "neither", "few", "nothing"})
_NO = frozenset({"no", "neither", "few"})
"""Determiners that make a subject nobody: "no minister said", "few believe"; not "a few"."""
_MERELY = frozenset({"only", "just", "merely", "simply"})
"""After "not" they leave the cue standing: "not only said"."""
_UNREALISED = frozenset(
    [
        "allow",
        "ask",
        "authorise",
        "authorize",
        "enable",
        "encourage",
        "expect",
        "hope",
        "intend",
        "invite",
        "let",
        "like",
        "need",
        "order",
        "permit",
        "plan",
        "prefer",
        "require",
        "urge",
        "want",
        "wish",
    ]
)
"""Verbs that leave open whether their infinitive happens."""
_OPEN = frozenset({"able", "free", "likely", "prepared", "ready", "reluctant", "unable", "unlikely", "unwilling", "willing"})
"""Adjectives that leave open whether their infinitive happens; "quick to say" does not."""
_SUPPOSING = frozenset({"if", "unless", "whether", "lest"})
_POSSIBLE = frozenset({"could", "might", "may", "should", "would"})
_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_IMAGINING = frozenset({"suppose", "imagine", "pretend"})
"""Imperatives that make what follows a supposition: FactBank's source-introducing predicates of imagination."""
_AFTERWARDS = frozenset({"later", "eventually", "subsequently", "soon", "often"})
"""With these, "would" tells of the past: "she would later say"."""


def is_negated(verb: Token, *, said: Sequence[Span] = ()) -> bool:
    """The cue is denied: "did not say", "no one said", "denied that", "declined to say", "without saying".

    "Not only said" and "did not fail to say" are not, nor what is ``said``: "“No damage,” she wrote", where parsers make it the subject.
    """
    if verb.lemma_.lower() in _DENIALS or _is_denied(verb) or _is_nobody(verb, said):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    governor = _governor(verb)
    if governor is None:
        return False
    return (governor.lemma_.lower() in _REFUSALS) != (_is_denied(governor) or _is_nobody(governor))


def _is_denied(verb: Token) -> bool:
    helpers = (child for child in verb.children if child.dep_ == "aux")  # "did not, at the time, say"
    hung = (grand for helper in helpers for grand in helper.children)
    negations = (child for child in (*verb.children, *hung) if child.dep_ == "neg" and not _is_mere(child))
    adverbs = (child for child in verb.children if child.lower_ in _NEGATORS and child.dep_ in _NEGATING and child.i < verb.i)
    return any(negations) or any(adverbs)


def _is_mere(negation: Token) -> bool:
    """The "not" of "not only"."""
    doc, after = negation.doc, negation.i + 1
    return after < len(doc) and doc[after].lower_ in _MERELY


def _is_nobody(verb: Token, said: Sequence[Span] = ()) -> bool:
    """The subject is nobody, or hardly anybody."""
    subjects = (child for child in verb.children if child.dep_ == "nsubj")
    for subject in (child for child in subjects if not _is_in(child, said)):
        determiners = [child for child in subject.children if child.dep_ in ("det", "amod", "preconj", "cc") and child.lower_ in _NO]
        nobody = [subject] if subject.lower_ in _NOBODY else determiners
        if any(token.i == 0 or token.nbor(-1).lower_ != "a" for token in nobody):
            return True
    return False


def _governor(verb: Token) -> Token | None:
    """What says of the cue whether it happened: the verb of which it is the infinitive or gerund."""
    if verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX") and verb.tag_ in ("VB", "VBG"):
        return verb.head
    if verb.dep_ == "pcomp" and verb.head.lower_ == "from" and verb.head.head.lemma_.lower() in ("refrain", "abstain"):
        return verb.head.head
    return None


def is_conditional(verb: Token) -> bool:
    """The text only supposes that it is said: under "if", after a modal of possibility, under "want to" and the like, or in a question.

    "If voters think ...", "critics might say ...", "it lets users tell others ...", "did she say ...?", "should she say ...".
    """
    return _is_left_open(verb) or any(_is_supposed(clause) for clause in _clauses(verb)) or _is_possible(verb) or _asks(verb)


def _is_in(token: Token, spans: Sequence[Span]) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)


def is_unsaid(verb: Token, *, said: Sequence[Span] = ()) -> bool:
    """It is only supposed, or yet to be said: "critics will say". "I will say" says it, and "would not say" refuses to; what is ``said``
    tells nothing, where parsers hang a part of it on the cue."""
    refuses = any(child.lower_ == "would" for child in verb.children) and _is_denied(verb)
    subject = _subject(verb)
    own = subject is not None and subject.lower_ in ("i", "we")
    future = not own and any(child.dep_ == "aux" and child.lower_ in _FUTURE and not _is_in(child, said) for child in verb.children)
    supposed = any(_is_supposed(clause) for clause in _clauses(verb))
    return future or supposed or (is_conditional(verb) and not refuses)


def _is_left_open(verb: Token) -> bool:
    if verb.dep_ not in ("xcomp", "ccomp") or verb.tag_ != "VB" or verb.i < verb.head.i:
        return False
    return verb.head.lemma_.lower() in _UNREALISED or (verb.head.pos_ == "ADJ" and verb.head.lower_ in _OPEN)


def _clauses(verb: Token) -> Iterator[Token]:
    """The verb, and those that it is coordinated with, depends on, or is reported by."""
    at = verb
    for _ in range(8):
        yield at
        if at.dep_ not in ("conj", "xcomp", "ccomp") or at.head.i > at.i:
            return
        at = at.head


def _is_supposed(verb: Token) -> bool:
    if any(child.dep_ == "mark" and child.lower_ in _SUPPOSING for child in verb.children):
        return True
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and verb.lemma_.lower() in _IMAGINING and _subject(verb) is None:
        return True
    subject = _subject(verb)
    first = next((child for child in verb.children if child.dep_ in ("aux", "auxpass")), None)
    if subject is None or first is None or first.lower_ not in ("should", "had", "were"):
        return False
    return first.i == verb.left_edge.i < subject.i  # "should she say"


def _is_possible(verb: Token) -> bool:
    modal = next((child.lower_ for child in verb.children if child.dep_ == "aux" and child.lower_ in _POSSIBLE), None)
    return modal is not None and not (modal == "would" and any(child.lower_ in _AFTERWARDS for child in verb.children))


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)


def _asks(verb: Token) -> bool:
    """The cue's own clause is a question: "who" or an auxiliary before its subject, and a question mark at the end of the sentence."""
    subject = _subject(verb)
    if subject is None or not verb.sent.text.rstrip(" \u201d\"'").endswith("?"):
        return False
    inverted = any(child.dep_ in ("aux", "auxpass") and child.i < subject.i for child in verb.children)
    return inverted or (subject.tag_ == "WP" and verb.dep_ == "ROOT")


_CLAUSAL = ("complement", "parataxis", "according to", "as", "nominal")
"""Frames whose content is a statement."""
_POINTING = ("PRP", "PRP$", "DT", "WP", "WDT")
_FEW = 2


def tells(scene: Scene, draft: Draft) -> bool:
    """Whether a draft is worth showing. Words in quotation marks always are, but for a term of a word or two that nobody says: "it was
    painted 'blue'". Without marks it is not where

    - the content only points to words elsewhere (an anaphor): "His words were echoed by Lee";
    - the source is the reader, who is addressed in general: "what do you think of it";
    - the text only supposes that somebody wants or does something, and reports no statement: "if they want to leave".
    """
    if draft.quotations:
        quoted = sum(len(quotation.inner.of(scene.text).split()) for quotation in draft.quotations)
        return quoted > _FEW or draft.source is not None
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if draft.source is not None and scene.words[draft.source].lower_ in ("you", "your"):
        return False
    if cue is not None and draft.frame not in _CLAUSAL and is_conditional(cue):
        return False
    return not _only_points(scene, draft)


def _only_points(scene: Scene, draft: Draft) -> bool:
    span = scene.doc.char_span(draft.content[0].start, draft.content[-1].end, alignment_mode="expand")
    words = [token for token in span or () if not token.is_punct]
    return 0 < len(words) <= _FEW and words[0].tag_ in _POINTING and words[0].lower_ not in ("the", "a", "an", "no", "any", "all")
