"""Under what circumstances a cue says something: whether it happened, and what stands around it.

- Whether a cue happened at all (FactBank: Saurí & Pustejovsky 2009), and whether a reader learns by it what was said.
- To whom, through which outlet, when and where it was said.
- Constructions in which one of these looks like the speaker, and which decide by themselves who is, so that no likelihood has to.
  Impersonal ones name nobody: "It was reported that ...", "A jury was told that ...", "The court heard that ...". Courts hear: where
  something was said is not who said it. "Lee was quoted by the Post as saying that ..." is Lee's, and the Post is where it stood; so is
  "..., Lee said, according to the Post".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.extract.attributions.attribution import Draft, Scene
from onrecord.extract.attributions.cues import agent_of, object_of, patient_of, stated_subject, subject_of
from onrecord.extract.tokens import Token, lemma_of, reporting_verbs, speech_words
from onrecord.model import Span
from onrecord.text.names import DOCUMENTS

_DENIALS = frozenset({"deny", "refute", "disavow"})
_REFUSALS = frozenset({"avoid", "decline", "deny", "fail", "forget", "hesitate", "neglect", "refuse"})
"""Verbs that say of their infinitive or gerund that it did not happen: negative implicatives (Karttunen, Language 47, 1971), refusals."""
_PREVENTING = frozenset({"from", "against"})
"""Prepositions whose gerund did not happen: "refrained **from** saying", "warned **against** saying" (Quirk et al. 1985, 9.11)."""
_DESISTING = frozenset({"abstain", "desist", "hinder", "keep", "prevent", "prohibit", "refrain", "shrink", "stop", "withhold"})
"""Verbs of forbearing and preventing: VerbNet 3.4, classes 67, 69 and 78, as "refrain" and "forbid" are."""
_FALSELY = frozenset({"erroneously", "falsely", "inaccurately", "incorrectly", "mistakenly", "wrongly"})
"""Adverbs that say of a report of what somebody said that he did not say it: WordNet 3.1, "incorrectly" and "falsely"."""
_FALSEHOODS = frozenset({"fabrication", "falsehood", "fiction", "invention", "lie", "misconception", "myth", "untruth"})
"""Nouns whose clause is not so: WordNet 3.1, hyponyms of "falsehood" and "misconception"."""
_UNTRUE = frozenset({"false", "untrue", "wrong"})
_DOUBTING_ADVERBS = frozenset({"maybe", "perhaps", "possibly"})
"""Adverbs of weak modality: Huddleston & Pullum 2002, 9.11."""
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
    if _is_kept_from(verb) or _is_false_report(verb) or _is_unheard(verb) or _is_unreached(verb):
        return True
    governor = _implicative_above(verb)
    if governor is None:
        return False
    # Two negations cancel out: "did not refuse to say" says it.
    return (governor.lemma_.lower() in _REFUSALS) != (_has_negation(governor) or _has_negative_subject(governor))


def _is_kept_from(verb: Token) -> bool:
    """Whether a gerund is what somebody does not do: "left **without** saying", "stopped **short of** saying", "warned **against** saying".
    A verb that itself says or thinks on the grounds of what it heard, "learnt **from** saying", prevents nothing."""
    if verb.dep_ != "pcomp":
        return False
    before, above = verb.head, verb.head.head
    short = before.lower_ == "of" and before.i > 0 and before.nbor(-1).lower_ == "short"
    prevented = before.lower_ in _PREVENTING and (before.lower_ == "against" or lemma_of(above) in _DESISTING)
    if before.lower_ == "without":
        return True
    governor = above.head if above.lower_ == "short" else above
    return (short or prevented) and not _has_negation(governor) and not _has_negative_subject(governor)


def _is_false_report(verb: Token) -> bool:
    """Whether the text says that it is not so that somebody said it: "was **wrongly** quoted as saying", "it is **a myth** that she said",
    "it is **untrue** that she said". What somebody "wrongly said" was said."""
    above = verb.head.head if _says(verb) and verb.head.lower_ == "as" else verb.head
    if (_says(verb) or verb.dep_ == "xcomp") and _is_passive(above):
        return any(child.lower_ in _FALSELY for child in above.children)
    if not any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children):
        return False
    copula = above.head if above.dep_ == "attr" else above
    denied = _has_negation(copula) or any(child.lower_ == "no" for child in above.children)
    if verb.dep_ in ("relcl", "acl", "ccomp") and above.pos_ == "NOUN":
        return lemma_of(above) in _FALSEHOODS and not denied
    predicate = next((child for child in copula.children if child.dep_ == "acomp" and child.i < verb.i), None)
    if predicate is None or lemma_of(copula) != "be":
        return False
    return _has_negation(copula) if predicate.lower_ == "true" else predicate.lower_ in _UNTRUE and not _has_negation(copula)


def _is_unheard(verb: Token) -> bool:
    """Whether nobody perceived it: "**nobody heard** Lee say", "they **did not hear** Lee say"."""
    above = verb.head
    if verb.dep_ not in ("ccomp", "xcomp") or verb.tag_ not in ("VB", "VBG") or lemma_of(above) not in speech_words("perceiving"):
        return False
    return _has_negation(above) or _has_negative_subject(above)


_APPROXIMATORS = frozenset({"almost", "nearly"})
"""Adverbs with which an act falls short of happening (Sevi, Diagonal Interpretations of Almost, 2005; Quirk et al. 1985, 8.111)."""


def is_approximated(verb: Token) -> bool:
    """Whether a verb tells of an act that nearly came about, and so did not: "**nearly** said", "was **nearly** killed"."""
    return any(child.lower_ in _APPROXIMATORS and child.dep_ == "advmod" and child.i == verb.i - 1 for child in verb.lefts)


def _is_unreached(verb: Token) -> bool:
    """Whether it did not come to what a verb says, or no longer does: "**nearly** said", "**no longer** says", "has **yet** to say"."""
    before = (child for child in verb.lefts if child.dep_ == "advmod" and child.lower_ == "longer")
    if is_approximated(verb) or any(word.lower_ == "no" for child in before for word in child.lefts):
        return True
    return verb.dep_ == "xcomp" and lemma_of(verb.head) == "have" and any(child.lower_ == "yet" for child in verb.head.rights)


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
    """The verb above that may tell whether the cue happened, where the cue is its infinitive or gerund: "refused to **say**"."""
    if verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX") and verb.tag_ in ("VB", "VBG"):
        return verb.head
    return None


def is_conditional(verb: Token, *, content: Sequence[Span] = ()) -> bool:
    """The text only supposes that it is said: under "if", after a modal of possibility, under "want to" and the like, or in a question.

    "If voters think ...", "critics might say ...", "perhaps they think ...", "it lets users tell others ...",
    "did she say ...?", "should she say ...".
    """
    return (
        _is_unrealised(verb)
        or any(is_condition(clause) for clause in _verbs_above(verb))
        or _has_possibility_modal(verb, content)
        or any(child.lower_ in _DOUBTING_ADVERBS and child.i < verb.i and not _is_in(child, content) for child in verb.children)
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
    supposed = any(is_condition(clause) for clause in _verbs_above(verb))
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


def is_condition(verb: Token) -> bool:
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


_TELLING_VERBS = frozenset({"tell", "inform", "assure", "remind", "warn", "ask", "urge", "advise", "notify", "brief", "promise", "show"})
"""Verbs whose first object is the addressee: Levin (1993), classes 37.1, 37.2 and 37.9 (transfer of a message, tell, advise)."""
_ASKING_VERBS = frozenset({"ask", "press", "question", "quiz", "challenge"})
"""Verbs of asking whose agent is then answered: Levin (1993), class 37.1, and "press"."""
_CONVERSATIONS = frozenset({"interview", "conversation", "chat", "call", "meeting", "discussion", "talk", "exchange", "briefing"})
"""Nouns whose "with" names the other side."""
_OCCASIONS = frozenset({"appear", "speak", "talk", "write"})
"""Verbs whose participle tells on what occasion its subject says something: Levin (1993), classes 37.5 and 48.1.1, and "write"."""
_NOMINAL = ("NOUN", "PROPN", "PRON")

_SETTING_PREPOSITIONS = frozenset({"during", "in", "on", "at", "after", "before", "over", "via", "outside", "inside", "aboard", "from"})
_BY_CHANNELS = frozenset({"phone", "telephone", "email", "e-mail", "letter", "text", "radio", "fax", "video"})
"""What "by" names a channel with, and not an agent."""
_ON_MEDIA = frozenset(
    [
        "account",
        "air",
        "broadcast",
        "camera",
        "channel",
        "facebook",
        "instagram",
        "network",
        "page",
        "phone",
        "podcast",
        "program",
        "programme",
        "radio",
        "record",
        "show",
        "site",
        "stage",
        "telephone",
        "television",
        "tour",
        "trail",
        "tv",
        "twitter",
        "website",
    ]
)
"""What "on" names a place with, apart from days, names and documents: hyponyms of "medium" and "broadcast" in WordNet 3.1."""
_LINKING_NOUNS = frozenset(
    [
        "accordance",
        "addition",
        "agreement",
        "all",
        "basis",
        "behalf",
        "best",
        "case",
        "comparison",
        "condition",
        "conclusion",
        "contrast",
        "course",
        "defence",
        "defense",
        "detail",
        "effect",
        "event",
        "exchange",
        "fact",
        "favor",
        "favour",
        "first",
        "full",
        "general",
        "grounds",
        "hand",
        "hindsight",
        "honor",
        "honour",
        "hope",
        "last",
        "least",
        "light",
        "line",
        "manner",
        "most",
        "name",
        "once",
        "opinion",
        "opposition",
        "order",
        "part",
        "particular",
        "place",
        "praise",
        "question",
        "recognition",
        "reference",
        "regard",
        "reply",
        "respect",
        "response",
        "return",
        "search",
        "sense",
        "short",
        "spite",
        "sum",
        "support",
        "term",
        "truth",
        "turn",
        "view",
        "way",
        "word",
    ]
)
"""Nouns of complex prepositions and linking adverbials ("in spite of", "in fact", "at least"), which say neither when nor where:
Quirk et al., A Comprehensive Grammar of the English Language (1985), 9.10-9.13 and 8.134-8.137."""


def addressee_of(verb: Token) -> Token | None:
    """The head word of whoever is told: "told Lee", "said to Lee", "in a letter to Lee", "asked by Lee", "in an interview with Lee"; and of
    whom the speaker is said to speak to: "**speaking to Lee**, she said"."""
    return _object_told(verb) or _asker(verb) or _other_side(verb) or next(filter(None, map(_object_told, _occasions(verb))), None)


def _object_told(verb: Token) -> Token | None:
    """Whom a verb of telling has for its object, or any verb of saying after "to"."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if lemma in _TELLING_VERBS and child.dep_ in ("dobj", "dative") and child.pos_ in _NOMINAL:
            return child
        # Any verb: "said to Lee", "confirmed to the paper". Before the verb it is something else: "To Lee, he said".
        if child.dep_ in ("prep", "dative") and child.lower_ == "to" and child.i > verb.i:
            return _object_of(child)
    if lemma in _TELLING_VERBS:
        return patient_of(verb)  # "Reed was told that ..."
    return None


def _asker(verb: Token) -> Token | None:
    """ "Asked by reporters whether she would go, Lee said ...": she said it to them."""
    for clause in verb.children:
        if clause.dep_ == "advcl" and clause.tag_ == "VBN" and clause.lemma_.lower() in _ASKING_VERBS:
            return next((_object_of(child) for child in clause.children if child.dep_ == "agent"), None)
    return None


def _occasions(verb: Token) -> Iterator[Token]:
    """The participles that tell on what occasion something is said: "**speaking** on CNN"; some parses have them as subject."""
    for clause in verb.children:
        if clause.dep_ in ("advcl", "csubj", "nsubj") and clause.tag_ == "VBG" and clause.lemma_.lower() in _OCCASIONS:
            yield clause


def _other_side(verb: Token) -> Token | None:
    """Whom a letter went to, or an interview was with."""
    for phrase in settings_of(verb):
        for noun in (token for token in phrase.children if token.dep_ == "pobj"):
            lemma = noun.lemma_.lower()
            for link in noun.children:
                if (link.lower_ == "with" and lemma in _CONVERSATIONS) or (link.lower_ == "to" and lemma in DOCUMENTS):
                    return _object_of(link)
    return None


def _object_of(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.dep_ == "pobj" and child.pos_ in _NOMINAL), None)


def outlets_of(verb: Token) -> Iterator[Token]:
    """The head words of names in the phrases that say when and where: an outlet, if one of them is an outlet's.

    "On CNN", "in the Gazette", also of "quoted in the Gazette as saying", "on the Gazette's podcast", "in an article for the Gazette",
    "speaking on CNN".
    """
    quoting = quoting_verb(verb) or (verb if lemma_of(verb) in _REPEATING and object_of(verb) is not None else None)
    agent = None if quoting is None else agent_of(quoting) or (None if _is_passive(quoting) else subject_of(quoting))
    if agent is not None:
        yield from _names_in(agent)
    saying = (verb, *(() if quoting is None else (quoting,)), *_occasions(verb))
    for phrase in (*(phrase for one in saying for phrase in settings_of(one)), *_places_of(verb)):
        for noun in (token for token in phrase.children if token.dep_ == "pobj"):
            yield from _names_in(noun)


def _places_of(verb: Token) -> Iterator[Token]:
    """The prepositions of "said, according **to** the Gazette"."""
    yield from (to for child in verb.rights if retold_verb(child) == verb for to in child.children if to.dep_ == "prep")


def _names_in(noun: Token) -> Iterator[Token]:
    """The names in a noun phrase, and in the prepositional phrases that hang on it: "in an interview **with** the Gazette"."""
    if noun.pos_ == "PROPN" and noun.ent_type_ not in ("DATE", "TIME"):
        yield noun
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod") and child.pos_ == "PROPN":
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("with", "for", "in", "on", "by", "to", "of"):
            for grand in child.children:
                if grand.dep_ == "pobj":
                    yield from _names_in(grand)


def settings_of(verb: Token) -> Iterator[Token]:
    """The head words of phrases that say when and where it was said, in text order; also those before the subject."""
    for child in verb.children:
        if (child.dep_ in ("npadvmod", "advmod") and child.ent_type_ in ("DATE", "TIME")) or (
            child.dep_ == "prep" and _opens_setting(child)
        ):
            yield child


def _opens_setting(preposition: Token) -> bool:
    """Whether a preposition begins a phrase that says when, where or through what something was said: "on Monday", "by phone"."""
    noun = _object_of(preposition)
    if noun is None:
        return False
    lemma, word = noun.lemma_.lower(), preposition.lower_
    if word == "by":
        return lemma in _BY_CHANNELS and not any(child.dep_ == "det" for child in noun.children)  # "by phone"; "by the phone" is a place
    if word == "on":
        # "On Monday", "on CNN", "on the radio"; but "commented on the plan" tells what was talked about.
        return noun.ent_type_ in ("DATE", "TIME", "ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "FAC") or lemma in (_ON_MEDIA | DOCUMENTS)
    if word == "from":
        # "Wrote from Rome"; but "quoted from the report".
        return noun.ent_type_ in ("GPE", "LOC", "FAC")
    return word in _SETTING_PREPOSITIONS and noun.pos_ != "PRON" and not (lemma in _LINKING_NOUNS or _is_same_time(noun))


def _is_same_time(noun: Token) -> bool:
    """ "At the same time" links two statements."""
    return noun.lemma_.lower() == "time" and any(child.lower_ == "same" for child in noun.children)


_QUOTING = frozenset({"quote", "cite", "report"})
_REPEATING = frozenset({"quote", "cite"})
"""Verbs whose object says what the subject repeats: "he **quoted** Lee: '...'"."""


@dataclass(frozen=True, slots=True)
class Construction:
    """A cue that decides who speaks."""

    frame: Literal["impersonal", "quoted as"]
    source: Token | None
    """The head word of whoever said it; none where nobody is named."""


def construction_of(verb: Token) -> Construction | None:
    """The construction in which a verb with a clause for its content stands, if it is one of them."""
    if agent_of(verb) is None and (_has_empty_subject(verb) or _is_before_tribunal(verb)):
        return Construction("impersonal", None)
    source = _quoted_person(verb)
    return None if source is None else Construction("quoted as", source)


def is_quoting(verb: Token) -> bool:
    """Whether a verb only introduces "as saying", which is the cue: "was **quoted** by the Post as saying"."""
    return lemma_of(verb) in _QUOTING and any(
        child.dep_ == "prep" and child.lower_ == "as" and any(_says(grand) for grand in child.children) for child in verb.children
    )


def quoting_verb(verb: Token) -> Token | None:
    """The verb that says who quotes and where, of the cue "saying" in "was **quoted** by the Post as saying"."""
    return None if _quoted_person(verb) is None else verb.head.head


def repeated_source(verb: Token) -> Token | None:
    """Whose words a verb of quoting repeats before a quotation: "he quoted **Lee**: '...'". A price that is quoted says nothing."""
    whose = object_of(verb) if lemma_of(verb) in _REPEATING and not _is_passive(verb) else None
    return whose if whose is not None and (whose.pos_ in ("PROPN", "PRON") or lemma_of(whose) in DOCUMENTS) else None


def retold_verb(cue: Token) -> Token | None:
    """The verb of a report that "according to" only says the place of, since it has a speaker of its own: "it was safe, Lee **said**,
    according to the Post"."""
    # The parser may hang it on what was said.
    verb = cue.head.head if cue.head.dep_ == "ccomp" and lemma_of(cue.head) not in reporting_verbs() else cue.head
    subject = stated_subject(verb)
    # "According to a survey, most said they felt safe" is what the survey found.
    if cue.lower_ != "according" or lemma_of(verb) not in reporting_verbs() or subject is None or subject.pos_ not in ("PROPN", "PRON"):
        return None
    return verb if not _is_passive(verb) and any(child.dep_ == "ccomp" for child in verb.children) else None


def is_told(verb: Token, source: Token) -> bool:
    """Whether a word stands in the subject of a passive cue of telling, and so was spoken to: "**Reed** was told that ..."."""
    patient = patient_of(verb)
    return patient is not None and _is_passive(verb) and (patient == source or patient.is_ancestor(source))


def _says(verb: Token) -> bool:
    return verb.dep_ == "pcomp" and verb.tag_ == "VBG" and lemma_of(verb) in reporting_verbs()


def _quoted_person(verb: Token) -> Token | None:
    if not _says(verb) or verb.head.lower_ != "as" or lemma_of(verb.head.head) not in _QUOTING:
        return None
    return patient_of(verb.head.head) or object_of(verb.head.head)


def _is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children)


def _has_empty_subject(verb: Token) -> bool:
    """ "It was reported": the clause is the real subject (extraposition: Huddleston & Pullum 2002, 16.4)."""
    subject = stated_subject(verb)
    if subject is None or subject.lower_ != "it" or not _is_passive(verb):
        return False
    lemma = lemma_of(verb)
    return lemma not in speech_words("factive") and (lemma in reporting_verbs() or lemma in speech_words("impersonal"))


def _is_before_tribunal(verb: Token) -> bool:
    """ "A jury was told", "the inquest heard"."""
    subject = stated_subject(verb)
    if subject is None or lemma_of(subject) not in speech_words("tribunal"):
        return False
    return (lemma_of(verb) == "tell" and _is_passive(verb)) or (lemma_of(verb) == "hear" and subject.dep_ == "nsubj")
