"""Whether what a cue governs are words that somebody said or thought, something that somebody is for or against, or a thing that somebody
did.

A clause or an infinitive after a cue tells what was said. A bare noun phrase or gerund tells it only where the cue itself is a word of
saying: "confirmed the plan" reports words. "Welcomed the plan" and "voted to keep the ferry" report a stance, of which no words are known;
"unveiled the plan" and "focused on the plan" report deeds. Annotators of PolNeAR 1.0 mark all three, so that a reader that learnt from
them proposes all three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Literal

from onrecord.extract.attributions.attribution import Draft, Scene
from onrecord.extract.attributions.circumstances import is_quoting
from onrecord.extract.attributions.cues import (
    CONVENTIONS,
    MODEL_ALONE,
    american,
    subject_of,
)
from onrecord.extract.tokens import FINITE, Token, judging_verbs, lemma_of, reporting_verbs, roots, speech_words

_DECLINING = frozenset({"decline", "refuse"})
_SHOWING = frozenset({"capture", "depict", "show"})
_NOTHING = ("nothing", "none", "nobody")
_DUBBING = frozenset({"call", "christen", "dub", "label", "name", "nickname", "style", "term"})
_WHAT = ("what", "whatever", "whichever", "that")
_WHATEVER = ("whatever", "whichever")
_REGARDLESS = frozenset({"contrary to", "no matter", "regardless of", "irrespective of", "spite of", "opposed to"})
"""Complex prepositions of concession and contrast, and what opens exhaustive conditionals: Quirk et al. 1985, 9.11, 9.57 and 15.41."""
_TELLING_POS = ("VERB", "AUX", "NOUN", "PROPN", "ADJ")
"""What one word at least of a cue is that only the second reader knows."""
_PARTIES = ("PERSON", "NORP", "ORG", "GPE")


Manner = Literal["words", "stance", "deed"]
"""What is told of a source: what it said or thought; what it is for or against; or what it did, which is no attribution."""


def manner_of(scene: Scene, draft: Draft) -> Manner:
    """What a draft tells of its source.

    Of one without quotation marks it is a deed where somebody only declined to speak, where a picture shows something, where the content is
    nothing but a party ("supported the mayor"), and where a content without a verb of its own stands after a cue that is neither a word of
    saying nor of judging ("focused on boosting demand").
    """
    if not draft.cue or draft.frame in CONVENTIONS:
        return "words"
    cue = _telling_word(scene, draft)
    content = list(content_tokens(scene, draft))
    if _is_conceded(cue) or (draft.frame == MODEL_ALONE and is_quoting(cue)):
        return "deed"  # "quoted Lee as saying" has its cue in "saying"
    if draft.frame == MODEL_ALONE and not any(scene.words[i].pos_ in _TELLING_POS for i in draft.cue):
        return "deed"  # "in" and "half" say nothing
    if draft.quotations:
        apart = _is_beside_a_deed(scene, draft) or _has_scare_quotes(draft, cue, content) or _names_works(scene, draft, cue)
        apart = apart or _names_itself(scene, draft, cue)
        return "deed" if apart else "words"
    if (
        cue.pos_ == "ADV"  # "Reed **allegedly** took it": whoever alleges it is not told, and it is not Reed
        or _is_plea(cue, content)
        or _is_declined(cue, content)
        or _finds_itself(cue, content)
        or _is_shown(scene, draft, content)
        or _is_attempt(cue, content)
        or _is_withheld(cue)
        or _calls_somebody(cue)
    ):
        return "deed"
    if any(_is_predicate(token) and not _in_modifier(token, content) for token in content):
        return _manner_of_clause(scene, draft, cue)
    if content and content[0].lower_ in _NOTHING:
        return "deed"
    return _manner_of_phrase(draft, cue, content)


def _is_conceded(cue: Token) -> bool:
    """Whether a clause sets aside what somebody says, whatever it is, so that what stands beside it is the writer's: "**whatever** Lee
    says, it is safe", "**contrary to what** Lee says". Exhaustive conditionals: Huddleston &
    Pullum 2002, 11.5.3."""
    thing = next((child for child in cue.lefts if child.lower_ in _WHAT and child.dep_ in ("dobj", "pobj", "nsubj", "mark", "attr")), None)
    if thing is None:
        return False
    before = [token.lower_ for token in thing.doc[max(thing.sent.start, thing.i - 3) : thing.i]]
    if thing.lower_ == "that":
        return before[-2:] == ["for", "all"]
    return (
        thing.lower_ in _WHATEVER or " ".join(before[-2:]) in _REGARDLESS or before[-1:] in (["unlike"], ["despite"], ["notwithstanding"])
    )


def _telling_word(scene: Scene, draft: Draft) -> Token:
    """The word of a cue that tells what it does with its content: of a phrase that only the second reader knows, the first of saying or
    judging, "came out in **opposition** to"; else the cue's first."""
    words = [scene.words[i] for i in draft.cue]
    if draft.frame != MODEL_ALONE:
        return words[0]
    content_words = (word for word in words if word.pos_ not in ("ADV", "ADP"))
    return next((word for word in content_words if _says_something(word, draft) or _is_for_or_against(draft, word)), words[0])


def _manner_of_clause(scene: Scene, draft: Draft, cue: Token) -> Manner:
    """Of a content with a verb of its own: "said **it was shut**", "voted **to shut it**", "seems **to be shut**"."""
    if _is_nobodys(scene, draft, cue):
        return "deed"
    return "stance" if _lemma(cue) == "vote" else "words"


def _is_nobodys(scene: Scene, draft: Draft, cue: Token) -> bool:
    """Whether a clause is nobody's thought: how things seem to whoever writes, "he **seems** to be ill"; what is known or not to nobody in
    particular, "it is not **known** whether"; and what a thing is for, "it is **meant** to help"."""
    lemma, unnamed = lemma_of(cue), draft.source is None
    if lemma in speech_words("raising"):
        return unnamed or subject_of(cue) == scene.words[draft.source or 0]
    return unnamed and cue.tag_ == "VBN" and (lemma in speech_words("factive") or lemma in speech_words("purpose"))


def _manner_of_phrase(draft: Draft, cue: Token, content: Sequence[Token]) -> Manner:
    """Of a content without a verb: "confirmed **the plan**", "welcomed **the plan**", "unveiled **the plan**"."""
    if draft.source is None and cue.tag_ == "VBN" and lemma_of(cue) in speech_words("foresight") | speech_words("purpose"):
        return "deed"
    if any(_ascribes(token, cue) for token in content) or _is_said_noun(cue, content):
        return "words"
    if _is_for_or_against(draft, cue):
        return "stance" if _is_fit_target(draft, cue, content) else "deed"
    return "words" if _says_something(cue, draft) and not _is_party(content) and not _is_made(cue, content) else "deed"


def _is_beside_a_deed(scene: Scene, draft: Draft) -> bool:
    """Whether what is taken for a cue only tells what somebody did next: "'The roof is gone.' Lee **nodded**." It may be either's words."""
    cue = scene.words[draft.cue[0]]
    before = [span for span in draft.content if span.end <= cue.idx]
    apart = bool(before) and before[-1].of(scene.text).rstrip("\"'”’ ").endswith((".", "!", "?"))
    return apart and not _says_something(cue, draft)


def _has_scare_quotes(draft: Draft, cue: Token, content: Sequence[Token]) -> bool:
    """Whether a verb that tells a deed governs no more than a phrase with marks in it: "joined a 'coalition of the willing'". What
    a second reader takes for a quote too is left as one."""
    governed = draft.frame.endswith(" quoted") and cue.pos_ == "VERB" and not draft.agreed
    says = _says_something(cue, draft) or _is_attitude(_lemma(cue))
    return governed and not says and not any(_is_predicate(token) for token in content)


def _names_works(scene: Scene, draft: Draft, cue: Token) -> bool:
    """Whether the marks hold no more than names, of works say, right after a verb of a deed or a liking: "she loves 'Harbour Hour'".
    Titles have capitals on all but their little words (The Chicago Manual of Style, 8.159), and no comma before them."""
    if cue.pos_ not in ("VERB", "AUX") or _says_something(cue, draft) or _is_attitude(_lemma(cue)):
        return False
    outside = "".join(_around_marks(scene, draft)).rstrip()
    if any(map(str.isalnum, outside)) and not outside.endswith(("'s", "\u2019s")):  # "loved Lee's 'Harbour Hour'"
        return False
    before = scene.text[max(0, draft.quotations[0].span.start - 2) : draft.quotations[0].span.start].rstrip()[-1:]
    return _is_title(scene, draft) and before.isalnum()


def _is_title(scene: Scene, draft: Draft) -> bool:
    """Whether all but the little words in marks begin with capitals, and the first does."""
    words = [word for one in draft.quotations for word in re.findall(r"[^\W\d_]+", one.inner.of(scene.text))]
    longer = [word for word in words if len(word) > len("with")] or words
    return bool(words) and words[0][0].isupper() and all(word[0].isupper() for word in longer)


def _names_itself(scene: Scene, draft: Draft, cue: Token) -> bool:
    """Whether somebody takes a name, which is no saying: "the gang **called itself 'the Quay Boys'**" (Levin 1993, 29.3, dub verbs). What
    has no capitals judges, "called himself 'a fool'"."""
    itself = any(child.lower_.endswith(("self", "selves")) for child in cue.rights if child.dep_ in ("dobj", "nsubj", "dative"))
    if lemma_of(cue) not in _DUBBING or not itself or len(draft.quotations) > 1:
        return False
    words = draft.quotations[0].inner.of(scene.text).split()
    name = words[1:] if words[0].lower() == "the" else words
    return bool(name) and all(word[:1].isupper() for word in name if len(word) > len("with")) and name[0][:1].isupper()


def _calls_somebody(cue: Token) -> bool:
    """Whether somebody is telephoned or sent for, and not called anything: "**called his father**, Tom Reed, from prison" (Levin 1993, 37.4
    against 29.3)."""
    things = [child for child in cue.rights if not child.is_punct]
    called = next((child for child in things if child.dep_ == "dobj"), None)
    arcs = {child.dep_ for child in things}
    if lemma_of(cue) != "call" or called is None or arcs & {"oprd", "xcomp", "ccomp", "prt", "attr", "acomp"}:
        return False
    is_somebody = called.pos_ in ("PROPN", "PRON") or any(child.dep_ == "poss" and child.lower_ != "its" for child in called.lefts)
    beside = any(child.dep_ == "appos" and child.left_edge.nbor(-1).text != "," for child in called.rights)
    return is_somebody and not beside and not any(child.lower_ == "for" for child in things)


def _around_marks(scene: Scene, draft: Draft) -> Iterator[str]:
    """What of a content stands outside its marks."""
    for span in draft.content:
        at = span.start
        for one in draft.quotations:
            if span.contains(one.span):
                yield scene.text[at : one.span.start]
                at = one.span.end
        yield scene.text[at : span.end]


def content_tokens(scene: Scene, draft: Draft) -> Iterator[Token]:
    spans = (scene.doc.char_span(span.start, span.end, alignment_mode="expand") for span in draft.content)
    return (token for token in chain.from_iterable(span or () for span in spans) if not token.is_punct)


def _is_plea(cue: Token, content: Sequence[Token]) -> bool:
    """Whether somebody answers a charge in court, which is a deed: "**pleaded guilty** to theft"."""
    said = (*cue.rights, *content[:2])
    return lemma_of(cue) == "plead" and any(token.lower_ in ("guilty", "innocent", "contest") for token in said)


def _is_withheld(cue: Token) -> bool:
    """Whether a verb of denial has two objects, and so says what somebody does not get: "**denied** him a second chance" (Levin 1993,
    13.3)."""
    objects = [child for child in cue.rights if child.dep_ in ("dobj", "dative")]
    return lemma_of(cue) == "deny" and len(objects) > 1


def _is_declined(cue: Token, content: Sequence[Token]) -> bool:
    """Whether somebody says nothing: "declined to comment", "refused to say when"."""
    first = next((token for token in content if token.tag_ != "TO"), None)
    return first is not None and lemma_of(cue) in _DECLINING and lemma_of(first) in speech_words("answer")


def _is_predicate(token: Token) -> bool:
    """Whether a word is the verb of a clause: finite, or an infinitive, "to go"."""
    return token.tag_ in FINITE or token.tag_ == "TO"


def _says_something(cue: Token, draft: Draft) -> bool:
    """Whether a cue that governs no clause is a word of saying or thinking; for a noun, somebody's: "claims" may be anybody's."""
    if cue.pos_ in ("NOUN", "PROPN"):
        return lemma_of(cue) in speech_words("noun") and draft.source is not None
    if cue.pos_ == "ADJ":
        is_attribute = cue.dep_ == "acomp" or lemma_of(cue) in speech_words("attitude adjective")
        return draft.frame != MODEL_ALONE or (is_attribute and lemma_of(cue) not in speech_words("raising"))
    return cue.lower_ == "according" or _lemma(cue) in speech_words("stand") or _lemma(cue) in reporting_verbs()


def _is_for_or_against(draft: Draft, cue: Token) -> bool:
    """Whether a cue takes a stand towards what it governs: "criticised the plan", "the mayor's support for it"."""
    if cue.pos_ in ("NOUN", "PROPN"):
        return lemma_of(cue) in speech_words("attitude noun") and draft.source is not None
    return _is_attitude(_lemma(cue))


def _is_attitude(lemma: str) -> bool:
    """Whether a verb tells that somebody is for or against something. "Convicted him" and "honoured him" tell of deeds."""
    return lemma in speech_words("attitude") or lemma in judging_verbs() - speech_words("ascribing") - speech_words("judging")


def _is_fit_target(draft: Draft, cue: Token, content: Sequence[Token]) -> bool:
    """Whether one can be for or against what a cue governs, and not do something to it: "praised Reed", but neither "supported Reed", who
    may have needed an arm, nor "welcomed Reed" at the door. What is attacked may be a town, unless a second reader says otherwise."""
    lemma = _lemma(cue)
    if lemma in speech_words("blow"):
        return draft.agreed
    judges = lemma == "endorse" or lemma in judging_verbs() - speech_words("ceremony")
    return judges or cue.pos_ in ("NOUN", "PROPN") or not _is_party(content)


def _ascribes(token: Token, cue: Token) -> bool:
    """Whether a word opens what a verb of judging says of its object: "praised it **as** a gift", "thanked him **for** going"; or one of
    taking something for another: "perceived it **as** a threat", "compared him **to** a king"."""
    if token.head != cue:
        return False
    if _is_attitude(_lemma(cue)):
        return (token.dep_ == "prep" and token.lower_ in ("as", "of", "for")) or token.dep_ in ("oprd", "xcomp")
    kinds = {"as": "taking", "to": "comparing"}
    return token.dep_ == "prep" and token.lower_ in kinds and _lemma(cue) in speech_words(kinds[token.lower_])


def _is_said_noun(cue: Token, content: Sequence[Token]) -> bool:
    """Whether a verb only comes with a noun of saying or judging, which tells more: "offered **a defence of the bill**"."""
    heads = roots(content)
    said = speech_words("noun") | speech_words("attitude noun")
    return len(heads) == 1 and heads[0].head == cue and lemma_of(cue) in speech_words("support") and lemma_of(heads[0]) in said


def _lemma(cue: Token) -> str:
    """A cue's lemma, in American spelling where the lists have it so."""
    lemma = lemma_of(cue)
    return lemma if lemma in reporting_verbs() or lemma in speech_words("attitude") else american(lemma)


def _is_attempt(cue: Token, content: Sequence[Token]) -> bool:
    """Whether a verb of trying governs an infinitive: "**seeks** to unseat them" tells of a deed, however far it got."""
    heads = roots(content)
    # Nor is "added to talk of a sale" what somebody added: the verb takes no infinitive, and the tagger took a noun for one.
    tries = lemma_of(cue) == "add" or lemma_of(cue) in speech_words("attempt")
    return tries and len(heads) == 1 and heads[0].dep_ in ("xcomp", "ccomp") and any(one.tag_ == "TO" for one in heads[0].children)


def _finds_itself(cue: Token, content: Sequence[Token]) -> bool:
    """Whether somebody is only in some state: "the team **found** itself striving to win"."""
    until = content[0].i + 1 if content else cue.i
    return lemma_of(cue) == "find" and any(token.lower_.endswith(("self", "selves")) for token in cue.doc[cue.i + 1 : until])


def _is_shown(scene: Scene, draft: Draft, content: Sequence[Token]) -> bool:
    """Whether a picture shows something, and no clause tells what follows from it: "the video **shows** officers running"."""
    cue = scene.words[draft.cue[0]]
    shower = subject_of(cue) if draft.source is None else scene.words[draft.source]
    if lemma_of(cue) not in _SHOWING or shower is None or lemma_of(shower) not in speech_words("picture"):
        return False
    return not any(one.tag_ in FINITE for head in roots(content) for one in (head, *head.children) if one.dep_ not in ("relcl", "acl"))


def _in_modifier(verb: Token, content: Sequence[Token]) -> bool:
    """Whether a verb only describes a noun of the content: "the plan **that she signed**", "a way **of making them sign**"; what a noun of
    saying governs is told, and so is what follows "that": "concern **that it may fail**"."""
    inside = {token.i for token in content}
    at = verb
    while at.i in inside and at.head.i != at.i:
        noun = at.head.head if at.dep_ == "pcomp" else at.head
        tells = lemma_of(noun) in speech_words("noun") or any(one.dep_ == "mark" and one.lower_ == "that" for one in at.children)
        if at.dep_ in ("relcl", "acl", "pcomp") and noun.i in inside and not tells:
            return True
        at = at.head
    return False


def _is_made(cue: Token, content: Sequence[Token]) -> bool:
    """Whether a verb tells what somebody did with its object: "concluded the hearing", "read the book". "Called for a hearing" and "thought
    it useless" say something."""
    return lemma_of(cue) in speech_words("deed") and [(head.dep_, head.head.i) for head in roots(content)] == [("dobj", cue.i)]


def _is_party(content: Sequence[Token]) -> bool:
    """Whether a content does no more than name a person or a body: "her husband Martin Vane"."""
    inside, heads = {token.i for token in content}, roots(content)
    if len(heads) != 1 or any(token.dep_ in ("prep", "acl", "oprd", "xcomp") for token in heads[0].children if token.i in inside):
        return False
    return any(token.ent_type_ in _PARTIES for token in (heads[0], *(child for child in heads[0].children if child.dep_ == "appos")))
