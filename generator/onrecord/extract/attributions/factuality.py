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
_NEGATING_ARCS = ("advmod", "neg", "preconj", "cc")
_NEGATIVE_PRONOUNS = frozenset({"nobody", "none", "neither", "few", "nothing"})
_NEGATIVE_DETERMINERS = frozenset({"no", "neither", "few"})
"""Determiners that make a subject nobody: "no minister said", "few believe"; not "a few"."""
_FOCUS_ADVERBS = frozenset({"only", "just", "merely", "simply"})
"""After "not" they leave the cue standing: "not only said"."""
_NON_IMPLICATIVE = frozenset(
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
"""Verbs that leave open whether their infinitive happens: "wants to say" does not tell that it was said, "managed to say" does."""
_NON_IMPLICATIVE_ADJECTIVES = frozenset(
    {"able", "free", "likely", "prepared", "ready", "reluctant", "unable", "unlikely", "unwilling", "willing"}
)
"""Adjectives that do the same: "ready to say"; "quick to say" tells that it was said."""
_CONDITIONAL_MARKERS = frozenset({"if", "unless", "whether", "lest"})
_POSSIBILITY_MODALS = frozenset({"could", "might", "may", "should", "would"})
_FUTURE_MODALS = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_IMAGINATION_VERBS = frozenset({"suppose", "imagine", "pretend"})
"""Imperatives that make what follows a supposition: FactBank's source-introducing predicates of imagination."""
_NARRATIVE_ADVERBS = frozenset({"later", "eventually", "subsequently", "soon", "often"})
"""With these, "would" tells of the past: "she would later say"."""


def is_negated(verb: Token, *, content: Sequence[Span] = ()) -> bool:
    """The cue is denied: "did not say", "no one said", "denied that", "declined to say", "without saying".

    "Not only said" and "did not fail to say" are not, nor does a word of the ``content`` negate its cue: parsers may make
    "No damage" the subject of "“No damage,” she wrote".
    """
    if verb.lemma_.lower() in _DENIALS or _has_negation(verb, content) or _has_negative_subject(verb, content):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    governor = _implicative_above(verb)
    if governor is None:
        return False
    # Two negations cancel out: "did not refuse to say" says it.
    return (governor.lemma_.lower() in _REFUSALS) != (_has_negation(governor) or _has_negative_subject(governor))


def _has_negation(verb: Token, content: Sequence[Span] = ()) -> bool:
    """Whether "not", "never" or the like stands with a verb, or with an auxiliary of it, outside the ``content``."""
    own = [child for child in verb.children if not _is_in(child, content)]
    helpers = (child for child in own if child.dep_ == "aux")  # "did not, at the time, say"
    helper_children = (grand for helper in helpers for grand in helper.children)
    negations = (child for child in (*own, *helper_children) if child.dep_ == "neg" and not _is_focus_negation(child))
    adverbs = (child for child in own if child.lower_ in _NEGATORS and child.dep_ in _NEGATING_ARCS and child.i < verb.i)
    return any(negations) or any(adverbs)


def _is_focus_negation(negation: Token) -> bool:
    """The "not" of "not only"."""
    doc, after = negation.doc, negation.i + 1
    return after < len(doc) and doc[after].lower_ in _FOCUS_ADVERBS


def _has_negative_subject(verb: Token, content: Sequence[Span] = ()) -> bool:
    """The subject is nobody, or hardly anybody."""
    subjects = (child for child in verb.children if child.dep_ == "nsubj")
    for subject in (child for child in subjects if not _is_in(child, content)):
        determiners = [
            child for child in subject.children if child.dep_ in ("det", "amod", "preconj", "cc") and child.lower_ in _NEGATIVE_DETERMINERS
        ]
        nobody = [subject] if subject.lower_ in _NEGATIVE_PRONOUNS else determiners
        if any(token.i == 0 or token.nbor(-1).lower_ != "a" for token in nobody):  # "few said", not "a few said"
            return True
    return False


def _implicative_above(verb: Token) -> Token | None:
    """The verb above that may tell whether the cue happened, where the cue is its infinitive or gerund: "refused to **say**", "refrained
    from **saying**"."""
    if verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX") and verb.tag_ in ("VB", "VBG"):
        return verb.head
    if verb.dep_ == "pcomp" and verb.head.lower_ == "from" and verb.head.head.lemma_.lower() in ("refrain", "abstain"):
        return verb.head.head
    return None


def is_conditional(verb: Token, *, content: Sequence[Span] = ()) -> bool:
    """The text only supposes that it is said: under "if", after a modal of possibility, under "want to" and the like, or in a question.

    "If voters think ...", "critics might say ...", "it lets users tell others ...", "did she say ...?", "should she say ...".
    """
    return (
        _is_unrealised(verb)
        or any(_is_supposed(clause) for clause in _verbs_above(verb))
        or _has_possibility_modal(verb, content)
        or _is_question(verb)
    )


def _is_in(token: Token, spans: Sequence[Span]) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)


def is_unsaid(verb: Token, *, content: Sequence[Span] = ()) -> bool:
    """Whether it is only supposed that something is said, or expected: "critics will say". "I will say" says it, and "would not say" is a
    refusal, which is :func:`is_negated`. Words of the ``content`` count for nothing, where parsers hang them on the cue."""
    # "Would not say" is conditional in form, but tells of a refusal.
    refuses = any(child.lower_ == "would" for child in verb.children) and _has_negation(verb, content)
    subject = _subject(verb)
    # "I will say this: ..." says it there and then.
    own = subject is not None and subject.lower_ in ("i", "we")
    future = not own and any(
        child.dep_ == "aux" and child.lower_ in _FUTURE_MODALS and not _is_in(child, content) for child in verb.children
    )
    supposed = any(_is_supposed(clause) for clause in _verbs_above(verb))
    return future or supposed or (is_conditional(verb, content=content) and not refuses)


def _is_unrealised(verb: Token) -> bool:
    """Whether a verb is an infinitive under a word that leaves open whether it happens: "plans to say", "ready to say"."""
    if verb.dep_ not in ("xcomp", "ccomp") or verb.tag_ != "VB" or verb.i < verb.head.i:
        return False
    return verb.head.lemma_.lower() in _NON_IMPLICATIVE or (verb.head.pos_ == "ADJ" and verb.head.lower_ in _NON_IMPLICATIVE_ADJECTIVES)


def _verbs_above(verb: Token) -> Iterator[Token]:
    """The verb, and those above it whose condition holds for it too: "if she **comes and says**", "if they **want to say**"."""
    at = verb
    for _ in range(8):
        yield at
        if at.dep_ not in ("conj", "xcomp", "ccomp") or at.head.i > at.i:
            return
        at = at.head


def _is_supposed(verb: Token) -> bool:
    """Whether a clause is a condition: under "if", after "suppose", or with an inverted auxiliary, "should she say"."""
    if any(child.dep_ == "mark" and child.lower_ in _CONDITIONAL_MARKERS for child in verb.children):
        return True
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and verb.lemma_.lower() in _IMAGINATION_VERBS and _subject(verb) is None:
        return True
    subject = _subject(verb)
    first = next((child for child in verb.children if child.dep_ in ("aux", "auxpass")), None)
    if subject is None or first is None or first.lower_ not in ("should", "had", "were"):
        return False
    return first.i == verb.left_edge.i < subject.i  # "should she say"


def _has_possibility_modal(verb: Token, content: Sequence[Span] = ()) -> bool:
    helpers = (child.lower_ for child in verb.children if child.dep_ == "aux" and not _is_in(child, content))
    modal = next((helper for helper in helpers if helper in _POSSIBILITY_MODALS), None)
    # "Lee would later say": the past seen from further back, which did happen.
    return modal is not None and not (modal == "would" and any(child.lower_ in _NARRATIVE_ADVERBS for child in verb.children))


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)


def _is_question(verb: Token) -> bool:
    """The cue's own clause is a question: "who" or an auxiliary before its subject, and a question mark at the end of the sentence."""
    subject = _subject(verb)
    # A question mark may be followed by a closing mark.
    if subject is None or not verb.sent.text.rstrip(" \u201d\"'").endswith("?"):
        return False
    inverted = any(child.dep_ in ("aux", "auxpass") and child.i < subject.i for child in verb.children)
    return inverted or (subject.tag_ == "WP" and verb.dep_ == "ROOT")


_CLAUSAL = ("complement", "parataxis", "according to", "as", "nominal")
"""Frames whose content is a statement."""
_POINTING_TAGS = ("PRP", "PRP$", "DT", "WP", "WDT")
_TERM_WORDS = 2


def is_informative(scene: Scene, draft: Draft) -> bool:
    """Whether a reader learns from a draft what somebody said. Words in quotation marks always tell, but for a term of a word or two that
    nobody says: "it was painted 'blue'". Without marks a draft tells nothing where

    - the content only points to words elsewhere (an anaphor): "His words were echoed by Lee";
    - the source is the reader, who is addressed in general: "what do you think of it";
    - the text only supposes that somebody wants or does something, and reports no statement: "if they want to leave".
    """
    if draft.quotations:
        quoted = sum(len(quotation.inner.of(scene.text).split()) for quotation in draft.quotations)
        beside = sum(len(span.of(scene.text).split()) for span in draft.content) - quoted
        return quoted > _TERM_WORDS or beside > _TERM_WORDS or draft.source is not None
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if draft.source is not None and scene.words[draft.source].lower_ in ("you", "your"):
        return False
    if cue is not None and draft.frame not in _CLAUSAL and is_conditional(cue):
        return False
    return not _is_anaphor(scene, draft)


def _is_anaphor(scene: Scene, draft: Draft) -> bool:
    """Whether a content of one or two words only points to words elsewhere: "said so", "his words". "The plan" does not point."""
    span = scene.doc.char_span(draft.content[0].start, draft.content[-1].end, alignment_mode="expand")
    words = [token for token in span or () if not token.is_punct and token.pos_ != "ADP"]  # "about it"
    return (
        0 < len(words) <= _TERM_WORDS and words[0].tag_ in _POINTING_TAGS and words[0].lower_ not in ("the", "a", "an", "no", "any", "all")
    )
