"""Cues: how often a lemma, in a given frame, really attributes; and the arguments of a cue.

The lexicon is ``data/cues.json``. It holds two whole numbers for each frame and lemma: in how many places of the training articles of
PolNeAR 1.0 (Newell et al. 2018) the lemma stood in that frame, and in how many of them annotators had marked it as an attribution with that
content. Only lemmas that at least three articles share are in it, and nothing but these counts. ``onrecord train`` makes it. The others are
pooled: a lemma that is not in the table has the rate of its frame's rare verbs of communication (Levin 1993), or of its other rare lemmas,
which few frames make high enough to be believed.

The arguments are whose words they are (a stated or implicit subject), and how much of the text the content takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from itertools import pairwise, takewhile
from pathlib import Path

import msgspec

from onrecord.extract.attributions.attribution import Draft, Scene
from onrecord.extract.tokens import Doc, Token, judging_verbs, lemma_of, reporting_verbs, speech_words
from onrecord.model import Span
from onrecord.text.names import DOCUMENTS

Counts = Mapping[str, Mapping[str, tuple[int, int]]]
"""By frame, then by lemma: in how many places it was marked as an attribution, and in how many it stood."""

_DATA = Path(__file__).parents[1] / "data"
MODEL_ALONE = "model"
"""The frame of a draft that only the accurate reader found."""
ANSWER = "answer"
"""The frame of an answer without a label."""
SENDER = "sender"
"""The frame of a message below a line that says whose it is: "From the desk of Ann Lee"."""
TALK = "talk before"
"""The frame of a quotation right after a sentence that says that somebody speaks."""
SECOND_VERB = "second verb"
"""The frame of what the next verb of a report governs: "said it was old and told drivers to stop"."""
RUN_ON = "run on"
"""The frame of a paragraph that goes on with a speech whose mark was left open."""
UNATTRIBUTED = "unattributed"
"""The frame of words of which the text does not say whose they are."""
VERDICT = "verdict"
"""The frame of a quotation of which the next paragraph says whose it is: "That was the verdict of Ann Lee"."""
UNCLOSED = "before cue"
"""The frame of a quotation whose closing mark was forgotten before its cue."""
IN_WORDS = "in words of"
"""The frame of a quotation beside a phrase that says whose words it is in: "it is, in the words of Lee, 'a gift'"."""
BEAT = "beat before"
"""The frame of a quotation right after a sentence in which somebody nods, shrugs or the like."""
OTHERS_WORDS = "nominal quoted"
"""The frame of quoted words in the clause of a noun of saying."""
IMPERSONAL = "impersonal"
"""The frame of a report that names no source."""
QUOTED_AS = "quoted as"
"""The frame of a report at second hand."""
UNNAMED = (ANSWER, IMPERSONAL, f"{IMPERSONAL} quoted")
"""Frames that say that something was said, and do not name by whom."""
CONSTRUCTED = frozenset(
    {
        *UNNAMED,
        "after report",
        SENDER,
        TALK,
        BEAT,
        IN_WORDS,
        UNCLOSED,
        SECOND_VERB,
        f"{SECOND_VERB} quoted",
        QUOTED_AS,
        f"{QUOTED_AS} quoted",
    }
)
"""Frames that decide by themselves who speaks, so that no likelihood has to."""
CONVENTIONS: Mapping[str, float] = {
    "dash": 0.7,
    "turn": 0.8,
    "post": 0.9,
    "label": 0.6,
    "next paragraph": 0.75,
    "at once after": 0.9,
    "after apposition": 0.9,
    "at once before": 0.85,
    "at once paragraph before": 0.85,
    "after report": 0.7,
    ANSWER: 0.75,
    SENDER: 0.7,
    TALK: 0.6,
    BEAT: 0.6,
    IN_WORDS: 0.9,
    VERDICT: 0.75,
    SECOND_VERB: 0.75,
    f"{SECOND_VERB} quoted": 0.75,
    UNCLOSED: 0.6,
    IMPERSONAL: 0.8,
    f"{IMPERSONAL} quoted": 0.8,
    QUOTED_AS: 0.9,
    f"{QUOTED_AS} quoted": 0.9,
}
"""The rates of layouts and constructions that hold whatever the cue's lemma is: so often is the source right in the training articles,
less a little where they have few. They hardly have a name on a dash, which closes a quotation set apart (The Chicago Manual of Style, 17th
edition, 13.36): likely, never sure."""
_SMOOTHING = 2.0
"""How many imagined places of its frame's rate each lemma starts with: two, so that three real ones outweigh them."""


POOLED = ""
"""The entry of a frame for all lemmas that have none of their own, and for rules that need no cue."""
COMMUNICATION = "@communication"
"""The entry of a frame for verbs of communication that have none of their own."""


class Cues:
    """The rates of a table of counts."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._frame_rates = {
            frame: sum(hits for hits, _ in lemmas.values()) / max(1, sum(places for _, places in lemmas.values()))
            for frame, lemmas in counts.items()
        }

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas that may be cues: those of the table, and the verbs of communication."""
        return reporting_verbs().union(*self._counts.values())

    @property
    def frames(self) -> frozenset[str]:
        """The rules that have a rate."""
        return frozenset(self._counts) | frozenset(CONVENTIONS)

    def rate(self, frame: str, lemma: str) -> float:
        """Between 0 and 1: how likely it is that this lemma in this frame attributes.

        For a frame that is not in the table it is that of the convention, or 0.
        """
        if frame not in self._counts:
            return CONVENTIONS.get(frame, 0.0)
        lemmas = self._counts[frame]
        # From the lemma's own counts to those of its kind, to those of all rare lemmas of the frame.
        hits, places = lemmas.get(lemma) or lemmas.get(pool_of(lemma)) or lemmas.get(POOLED, (0, 0))
        return (hits + _SMOOTHING * self._frame_rates.get(frame, 0.0)) / (places + _SMOOTHING)


_SPELLINGS = (("ise", "ize"), ("yse", "yze"), ("our", "or"))


def american(lemma: str) -> str:
    """A lemma in American spelling, which the training articles have: "criticise" as "criticize", "honour" as "honor". Ask it only of a
    lemma that is unknown as it stands, for it makes "promize" of "promise".

    >>> american("criticise"), american("honour"), american("say")
    ('criticize', 'honor', 'say')
    """
    return next((lemma.removesuffix(british) + ours for british, ours in _SPELLINGS if lemma.endswith(british)), lemma)


def pool_of(lemma: str) -> str:
    """The entry that a rare lemma's places are counted in, and that it has its rate from."""
    return COMMUNICATION if lemma in reporting_verbs() else POOLED


@cache
def load_cues() -> Cues:
    """The rates that ship with the program, read once in a process."""
    return Cues(msgspec.json.decode((_DATA / "cues.json").read_bytes(), type=dict[str, dict[str, tuple[int, int]]]))


SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_ISSUED = DOCUMENTS | {"banner", "poster", "sign"}
_MOST_ARCS = 8
"""How many arcs a search for the reporting verb goes up; sentences hardly ever need more."""
_MOST_STEPS = 12
"""The same of the search for a subject. Both are bounds for parses that go round and round, not rules."""


def reporting_verb(verb: Token) -> Token | None:
    """The verb that reports the clause to which the parser ties a cue, if the cue goes with the report: "said" for "adding" and "warned".

    "Lee said the bridge was old, adding that ..."; "Lee said she was sorry and warned that ...". Of "Lee said the board met and agreed that
    ..." it is the board that agreed.
    """
    speaks = _is_reporting(verb) or lemma_of(verb) in speech_words("stand")
    coordinated = verb.dep_ == "conj" and speaks and not _is_reporting(verb.head) and not _may_go_on(verb.head, verb)
    if not coordinated and not (verb.dep_ in ("advcl", "xcomp") and _is_after_comma(verb)):
        return None
    outer = _outermost(verb.head)
    fits = not coordinated or (_is_reporting(outer) and outer.tag_ == verb.tag_)
    # "Lee said she was sorry and warned that ...": the tags agree, so "warned" goes with "said". "Lee said he tries to warn ..." does
    # not.
    return outer if outer != verb.head and fits else None


def reported_clause(complement: Token, verb: Token) -> tuple[int, ...]:
    """The tokens of a complement, less what the parser coordinates with it though it goes with the report: of "Lee said the bridge was old
    **and warned drivers**" the second half tells what Lee did next."""
    second = next((child for child in complement.rights if is_second_verb(child, verb)), None)
    return subtree(complement) if second is None else tokens_before(subtree(complement), second)


def is_second_verb(second: Token, verb: Token) -> bool:
    """Whether a verb inside a report is the next verb of whoever reports: "said it was old **and warned** drivers"."""
    if second.dep_ != "conj" or any(one.dep_ in SUBJECTS for one in second.children):
        return False
    return second.head.i == verb.i or reporting_verb(second) == verb


def _may_go_on(verb: Token, second: Token) -> bool:
    """Whether the subject of a clause may do what the next verb says: a party or a body, where the two verbs have one form."""
    if verb.tag_ != second.tag_:
        return False
    subject = stated_subject(verb)
    return subject is not None and (subject.ent_type_ in ("PERSON", "NORP", "ORG", "GPE") or lemma_of(subject) in speech_words("tribunal"))


def issuing_verb(verb: Token) -> Token | None:
    """The verb whose subject says what the participle after a noun says: "issued" in "Lee issued a statement saying that ...".

    After a comma the participle goes with the whole clause, whatever noun stands before it: "Lee rejected the plan, saying that ...".
    """
    if verb.dep_ != "acl" or verb.tag_ != "VBG":
        return None
    noun = verb.head
    # A participle after a subject, "Lee, saying ...", is the subject's own all the same.
    if _is_after_comma(verb) and noun.dep_ not in SUBJECTS:
        clause = _clause_of(noun)
        return None if clause is None else _outermost(clause)
    # From the noun up to the verb that it is an object of.
    at = noun.head.head if noun.dep_ == "pobj" else noun.head  # "sent a message to supporters saying"
    sender = at.head if at.dep_ == "dobj" else at
    things = (child for child in sender.children if child.dep_ == "dobj" and child.lemma_.lower() in _ISSUED)
    return sender if sender.pos_ == "VERB" and any(thing.i < verb.i for thing in things) else None


def _is_after_comma(verb: Token) -> bool:
    """A present participle after a comma."""
    first = verb.left_edge
    return verb.tag_ == "VBG" and verb.i > verb.head.i and first.i > 0 and first.nbor(-1).text == ","


def _clause_of(noun: Token) -> Token | None:
    """The verb of the clause that a noun stands in."""
    return next((above for above in noun.ancestors if above.pos_ in ("VERB", "AUX")), None)


def _outermost(verb: Token) -> Token:
    """The verb that reports the clause of a verb, or the one that reports that one."""
    found = at = verb
    for _ in range(_MOST_ARCS):
        if at.dep_ == "ccomp" and at.head.pos_ == "VERB" and at.head.i < at.i:
            found = at = at.head
        elif at.dep_ == "conj":
            at = at.head
        else:
            break
    return found


def _is_reporting(verb: Token) -> bool:
    return verb.lemma_.lower() in reporting_verbs()


def subject_of(verb: Token) -> Token | None:
    """The head word of a verb's subject, stated or implicit; none where the parse shows none.

    An implicit subject is that of the verb above ("Lee rose and **said**"), the object of a verb that controls this one ("urged Reed to
    **say**"), or the noun that a participle modifies ("a man **saying**").
    """
    at: Token = verb.head if _is_adjunct_of_subject(verb) else verb
    for _ in range(_MOST_STEPS):
        stated = next((child for child in at.children if _states_subject(child, at)), None)
        if stated is not None:
            return stated if stated.dep_ in SUBJECTS else next((grand for grand in stated.children if grand.dep_ == "pobj"), None)
        if at.dep_ in ("conj", "xcomp", "advcl", "parataxis", "dep", "aux") and at.head.pos_ in ("VERB", "AUX"):
            # "The mayor left; said one aide: ...": the aide's clause does not share the mayor.
            if at.dep_ in ("conj", "parataxis", "dep") and colon_between(at.head, at):
                return None
            if (outer := reporting_verb(at)) is not None:
                at = outer
                continue
            if (controller := _controller(at)) is not None:
                return controller
            at = at.head
        elif at.dep_ in ("acl", "relcl"):
            if (issuing := issuing_verb(at)) is not None:
                at = issuing
                continue
            # In a full relative clause the pronoun is the subject, and was found above as a child.
            return at.head if _is_participle(at) or at.dep_ == "acl" else None
        elif at.dep_ == "pcomp" and at.head.head.pos_ in ("VERB", "AUX"):
            # "Praised Reed for saying": Reed said it. "Left without saying": whoever left did.
            judged = object_of(at.head.head) if at.head.lower_ in ("for", "of") and lemma_of(at.head.head) in judging_verbs() else None
            if judged is not None:
                return judged
            at = at.head.head
        # "By praising Reed and saying ...": on to the first of the coordinated gerunds.
        elif at.dep_ == "conj" and at.head.dep_ == "pcomp":
            at = at.head
        else:
            return None
    return None


def _controller(verb: Token) -> Token | None:
    """The object of the verb above that does what a verb without a subject says: "asked **Reed** to say"; but "left Reed saying" is about
    whoever left."""
    return object_of(verb.head) if (verb.dep_ == "xcomp" and not _is_participle(verb)) or is_heard(verb) else None


def _is_adjunct_of_subject(verb: Token) -> bool:
    """Whether a participle that the parser takes for the clause of an object tells what the subject said: "sued them **alleging** that".
    Who is heard, seen or left saying something says it himself (Huddleston & Pullum 2002, 14.5.3)."""
    own = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    is_clause = verb.tag_ == "VBG" and verb.dep_ == "ccomp" and own is not None and own.head.head.i < own.i < verb.i
    return is_clause and _is_reporting(verb) and lemma_of(verb.head) not in speech_words("perceiving") | reporting_verbs()


_HEARING = frozenset({"hear", "overhear", "overheard"})
"""The last is what "overheard" is where the tagger takes it for the present tense."""


def is_heard(verb: Token) -> bool:
    """Whether a participle tells what is heard of an object, "overheard the pilot, Reed, **telling** her": hearing is of what somebody says
    (Huddleston & Pullum 2002, 14.5.3), while "left the pilot, Reed, saying" is about who leaves."""
    heard = object_of(verb.head) if verb.dep_ == "advcl" and verb.tag_ == "VBG" and lemma_of(verb.head) in _HEARING else None
    return heard is not None and verb.head.i < heard.i < verb.i


def _states_subject(child: Token, verb: Token) -> bool:
    """Whether a dependent is a verb's own subject, no expletive "there", or the agent of a passive: "warned **by Lee**"."""
    return (child.dep_ in SUBJECTS and child.tag_ != "EX") or (child.dep_ == "agent" and verb.tag_ == "VBN")


def colon_between(first: Token, second: Token) -> bool:
    """A colon or semicolon between two clauses: the subject of the first is not that of the second."""
    return any(token.text in (":", ";") for token in first.doc[first.i : second.i])


def _is_participle(verb: Token) -> bool:
    return verb.tag_ in ("VBG", "VBN")


def object_of(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("dobj", "dative")), None)


def is_passive_participle(verb: Token) -> bool:
    """ "Asked about it, ...", "a report called ...": what is said is said to or of the noun, not by it."""
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not any(child.dep_ in (*SUBJECTS, "aux") for child in verb.children)


def stated_subject(verb: Token) -> Token | None:
    """The head word of the subject that stands at a verb itself; none where it is implicit, which :func:`subject_of` looks for."""
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def patient_of(verb: Token) -> Token | None:
    """The head word of a passive verb's subject, who is talked to or about: "**Reed** was told"."""
    return next((child for child in verb.children if child.dep_ == "nsubjpass"), None)


def agent_of(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


_DETACHABLE_ARCS = ("relcl", "acl", "appos", "conj", "prep", "ccomp", "parataxis", "npadvmod", "cc")
"""Arcs of phrases that a comma or a dash may set off at the end of a clause: "he would go, **a promise that he broke**"."""
_DASHES = ("-", "--", "\u2013", "\u2014")
_SEPARATORS = (",", ";", *_DASHES)
_MOST_CUTS = 2
"""Each cut is one more candidate to be scored: more places than these to end a content are not offered."""
_NOT_GOVERNED = ("conj", "cc", "punct", "parataxis")
"""Arcs of a cue's children that are not governed by it."""


def subtree(head: Token, *, without: Token | None = None) -> tuple[int, ...]:
    """The indices of a token's subtree, less that of another, without punctuation at its edges."""
    dropped = frozenset() if without is None else frozenset(token.i for token in without.subtree)
    return trim(head.doc, [token.i for token in head.subtree if token.i not in dropped])


def trim(doc: Doc, tokens: Sequence[int]) -> tuple[int, ...]:
    """Tokens in text order, less the punctuation and conjunctions at the edges."""
    first, last, words = 0, len(tokens), doc.words
    while first < last and _is_edge(words[tokens[first]]):
        first += 1
    while first < last and _is_edge(words[tokens[last - 1]]):
        last -= 1
    return tuple(tokens[first:last])


def _is_edge(token: Token) -> bool:
    return token.is_space or token.is_punct or token.dep_ == "cc"


def detachable_phrases(root: Token) -> Iterator[Token]:
    """Phrases at the end of a clause that may be the narrator's rather than the source's, outermost first: adverbial clauses, and what a
    comma sets off. "Lee said the bridge was old, **dismissing the report**": the content may end before the comma.
    """
    at, found = root, 0
    while found < _MOST_CUTS:
        # The last dependent of the last dependent, and so on: only what ends the clause can be cut off it.
        last = next((child for child in reversed(list(at.rights)) if not child.is_punct), None)
        if last is None:
            return
        first = last.left_edge
        apart = first.i > 0 and first.nbor(-1).text in _SEPARATORS
        if last.dep_ == "advcl" or (last.dep_ in _DETACHABLE_ARCS and apart):
            found += 1
            yield last
        at = last


def tokens_before(tokens: Iterable[int], cut: Token) -> tuple[int, ...]:
    """Those tokens that stand before a phrase, less punctuation at their edges."""
    end = cut.left_edge.i
    return trim(cut.doc, [i for i in tokens if i < end])


def tokens_from(first: Token, cue: Token) -> tuple[int, ...]:
    """From the beginning of one argument to the end of all that the cue governs; nothing for an argument before the cue."""
    # "What he said was true": an argument before the cue has no "all that follows".
    if first.i < cue.i:
        return ()
    end = max((child.right_edge.i for child in cue.children if child.dep_ not in _NOT_GOVERNED), default=cue.i)
    return trim(cue.doc, [i for i in range(first.left_edge.i, end + 1) if i != cue.i])


def sentence_before(cue: Token, source: Token) -> tuple[int, ...]:
    """The sentence up to the clause of the cue: "The plan, she wrote" without the clause."""
    start = min(cue.i, source.left_edge.i if source.i < cue.i else cue.i)
    return trim(cue.doc, range(cue.sent.start, start))


def sentence_after(cue: Token, source: Token) -> tuple[int, ...]:
    """The sentence after the cue, and after a source that follows it."""
    end = max(cue.i, source.right_edge.i if source.head.i == cue.i and source.i > cue.i else cue.i)
    return trim(cue.doc, range(end + 1, cue.sent.end))


_MOST_WORDS_BEFORE_THAT = 10
"""Words that may stand between a cue and its "that"."""
_NOMINAL_TAGS = ("NOUN", "PROPN", "PRON", "DET", "ADJ", "ADP", "NUM", "PART", "PUNCT")
_DOCUMENTS_AND_TALKS = DOCUMENTS | {"call", "chat", "hearing", "meeting", "conference", "briefing", "conversation", "phone"}
"""What something is said in or on: documents, and FrameNet's frames Discussion and Contacting."""


TELLING = ("tell", "inform", "assure", "remind", "notify")
"""Verbs that hardly ever stand without a listener: Levin (1993), classes 37.2 and 37.9."""


def content_from_that(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that begins at "that", where what stands before it belongs to the narrator: "was told **by Lee that** ...",
    "said **in a letter that** ...". Any other draft is returned as it is."""
    first = draft.content[0]
    # Nothing to take off where the content stands before its cue: "That the bridge was old, Lee denied".
    if draft.head is None or first.start < draft.head:
        return draft
    window = scene.tokens_in(first.start, first.end)
    if (inserted := _after_insertion(scene, draft, window)) is not None:
        return inserted
    window = window[:_MOST_WORDS_BEFORE_THAT]
    before = list(takewhile(lambda token: token.lower_ != "that", window))
    if not before or len(before) == len(window) or any(token.pos_ not in _NOMINAL_TAGS for token in before):
        return draft
    that = window[len(before)]
    # "Said in a letter that was read aloud": a relative pronoun opens no content.
    if that.dep_ in SUBJECTS or scene.quotation_at(that.idx) is not None or not _is_narrated(scene, draft, before, that):
        return draft
    return replace(draft, content=(Span(that.idx, first.end), *draft.content[1:]))


def _after_insertion(scene: Scene, draft: Draft, window: list[Token]) -> Draft | None:
    """The draft with a content that begins at the "that" behind an insertion between dashes, which is the narrator's: "complained - as a
    letter shows - **that** it was shut"."""
    first = draft.content[0]
    if scene.text[(draft.head or 0) : first.start].rstrip()[-1:] not in _DASHES:
        return None
    for dash, that in pairwise(window):
        if dash.text in _DASHES:
            is_that = that.lower_ == "that" and that.dep_ not in SUBJECTS
            return replace(draft, content=(Span(that.idx, first.end), *draft.content[1:])) if is_that else None
    return None


def _is_narrated(scene: Scene, draft: Draft, before: list[Token], that: Token) -> bool:
    """Whether the words before "that" end in a document, or are the agent of a passive cue."""
    by = before[0].lower_ == "by" and before[0].dep_ == "agent" and before[0].head.idx == draft.head
    between = scene.tokens_in(draft.head or 0, that.idx)
    told_in = before[-1].lemma_.lower() in _DOCUMENTS_AND_TALKS and any(
        token.lower_ in ("in", "on", "during", "at", "via") for token in between
    )
    # "Told the French press in Lyon that ...": a verb of telling takes a listener before its clause.
    return by or told_in or (draft.lemma in TELLING and before[0].idx > (draft.head or 0))
