"""Whether what a cue governs are words that somebody said or thought, or a thing that somebody did.

A clause after a reporting verb tells what was said. A bare noun phrase or infinitive tells it only where the cue itself is a word of
saying or of judging: "confirmed the plan" reports words, "unveiled the plan" and "focused on the plan" report deeds. Annotators of
PolNeAR 1.0 mark both, so that a reader that learnt from them proposes both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from onrecord.extract.actors.word_lists import words
from onrecord.extract.attributions.arguments import subject_of
from onrecord.extract.attributions.constructions import is_told
from onrecord.extract.attributions.paragraph import Draft, Scene
from onrecord.extract.tokens import Token, lemma_of, reporting_verbs

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_OF_ATTITUDE = frozenset(
    "approve endorse sanction "  # 77.1 approve
    "disapprove oppose rebuff refuse reject veto "  # 77.2 reject
    "beg beseech demand implore petition plead request urge "  # 58 beg
    "command direct order require "  # 60 order
    "guarantee pledge promise threaten vow warrant "  # 37.13 promise
    "bar ban forbid prohibit "  # 64 forbid
    "back favor favour support prefer value trust distrust doubt fear regret resent "  # 31.2 admire
    "brand call dub label name term "  # 29.3 dub
    "cast characterise characterize define depict describe paint picture portray present see view "  # 29.2 characterize
    "consider credit deem regard "  # 29.9 consider
    "contest challenge debate discuss dismiss dispute downplay question refute rule "  # 37.6 and 71, for "rule out"
    "agree concur disagree differ "  # 36.1 correspond
    "apologise apologize explain appeal lobby campaign push press "  # 32.2 long, for "appeal for"
    "blame defend justify excuse acknowledge advocate champion promote recommend".split()  # 33 judgement and 37.9 advise
)
"""Verbs that take a stand towards what they govern, by the classes of VerbNet 3.4 (Kipper Schuler 2005)."""
_OF_SPEECH = frozenset(
    "accusation admission advice affirmation allegation announcement apology appeal argument assertion assessment assurance belief blame "
    "call caution charge claim comment complaint concern conclusion confession confirmation contention conviction criticism declaration "
    "demand denial description endorsement estimate explanation fear forecast guarantee hint hope indication insistence invitation "
    "judgment judgement lament mention message notion objection observation opinion order pledge plea praise prediction promise proposal "
    "question reassurance recommendation remark reminder report request response statement suggestion support suspicion talk testimony "
    "threat view vow warning wish word".split()
)
"""Nouns of verbs of saying and thinking: NomBank (Meyers et al. 2004) relates them to the verbs of reporting_verbs.txt."""
_SUPPORT_VERBS = frozenset(
    "be bring deliver express file give have hold issue launch lodge make offer post present publish put raise release reiterate renew "
    "repeat send share state submit supply utter voice withdraw write".split()
)
"""Verbs with which a subject says what their object names: "made a claim", "voiced concern" (support verbs, NomBank). Of "attracted
criticism" or "faced claims" the subject is no source."""
_SPOKEN_IN = ("in", "with", "by", "through", "via", "on", "to", "into")
"""Prepositions before a noun of saying with which the subject says it: "replied with a claim". "Amid claims" are others'."""
_OF_ANSWERING = frozenset("answer comment discuss disclose divulge elaborate identify name provide release respond reply reveal say specify".split())
_DECLINING = frozenset({"decline", "refuse"})
_RAISING = frozenset({"seem", "appear", "tend", "happen"})
"""Verbs whose subject "it" is nobody: "it seems unlikely that ..." is the writer's judgement (Huddleston & Pullum 2002, 4.2)."""
_PARTIES = ("PERSON", "NORP", "ORG", "GPE")
_PARTY_NOUNS = (("people.txt", "role"), ("people.txt", "people"), ("people.txt", "kin"), ("groups.txt", "organization"))


def is_reported(scene: Scene, draft: Draft) -> bool:
    """Whether a draft without quotation marks reports words or thoughts.

    It does not where somebody only declined to speak, where the content is nothing but a party ("supported the mayor"), and where a content
    without a verb of its own stands after a cue that is neither a word of saying nor of judging ("focused on boosting demand").
    """
    if draft.quotations or not draft.cue or not draft.learnt:
        return True
    content = list(_content(scene, draft))
    cue = scene.words[draft.cue[0]]
    if _is_declined(cue, content):
        return False
    if any(_is_predicate(token) and not _in_relative(token, content) for token in content):
        return draft.source is not None or lemma_of(cue) not in _RAISING
    return _takes_a_stand(cue) and not _is_party(content)


def without_false_source(scene: Scene, draft: Draft) -> Draft:
    """The draft without a source that the syntax rules out, however near it stands: who is told, and the subject of a verb that only comes
    with a noun of saying, "**Lee** faced claims that ...", "**Lee** spoke amid claims that ..."."""
    if draft.source is None or not draft.cue or draft.named is not None:
        return draft
    cue, source = scene.words[draft.cue[0]], scene.words[draft.source]
    is_false = _is_bystander(cue, source) if cue.pos_ == "NOUN" else is_told(cue, source)
    return replace(draft, source=None, certainty=1.0, runner_up=None) if is_false else draft


def _is_bystander(noun: Token, source: Token) -> bool:
    """Whether the source of a noun of saying is the subject of a verb that does not say it."""
    if noun.dep_ == "dobj":
        verb, says = noun.head, lemma_of(noun.head) in _SUPPORT_VERBS
    elif noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX"):
        verb, says = noun.head.head, noun.head.lower_ in _SPOKEN_IN
    else:
        return False
    subject = None if says else subject_of(verb)
    return subject is not None and subject == source


def _content(scene: Scene, draft: Draft) -> Iterator[Token]:
    spans = (scene.doc.char_span(span.start, span.end, alignment_mode="expand") for span in draft.content)
    return (token for token in chain.from_iterable(span or () for span in spans) if not token.is_punct)


def _is_declined(cue: Token, content: Sequence[Token]) -> bool:
    """Whether somebody says nothing: "declined to comment", "refused to say when"."""
    first = next((token for token in content if token.tag_ != "TO"), None)
    return first is not None and lemma_of(cue) in _DECLINING and lemma_of(first) in _OF_ANSWERING


def _is_predicate(token: Token) -> bool:
    """Whether a word is the verb of a clause: finite, or an infinitive, "to go"."""
    return token.tag_ in _FINITE or (token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.children))


def _takes_a_stand(cue: Token) -> bool:
    lemma = lemma_of(cue)
    if cue.pos_ in ("NOUN", "PROPN"):
        return lemma in _OF_SPEECH
    if cue.pos_ == "ADJ":
        return True
    return lemma in _OF_ATTITUDE or lemma in reporting_verbs()


def _in_relative(verb: Token, content: Sequence[Token]) -> bool:
    """Whether a verb only describes a noun of the content: "the plan that she signed"."""
    inside = {token.i for token in content}
    at = verb
    while at.i in inside and at.dep_ != "relcl" and at.head.i != at.i:
        at = at.head
    return at.i in inside and at.dep_ == "relcl" and at.head.i in inside


def _is_party(content: Sequence[Token]) -> bool:
    """Whether a content does no more than name a person or a body: "her husband Martin Vane", "the government"."""
    inside = {token.i for token in content}
    heads = [token for token in content if token.head.i not in inside or token.head.i == token.i]
    nouns = (*heads, *(token for head in heads for token in head.conjuncts)) if len(heads) == 1 else ()
    if not nouns or any(token.dep_ in ("prep", "acl", "oprd", "xcomp") for token in heads[0].children if token.i in inside):
        return False
    return all(_names_party(noun) for noun in nouns)


def _names_party(noun: Token) -> bool:
    if noun.ent_type_ in _PARTIES:
        return True
    return noun.pos_ == "NOUN" and any(noun.lemma_.lower() in words(file, section) for file, section in _PARTY_NOUNS)


