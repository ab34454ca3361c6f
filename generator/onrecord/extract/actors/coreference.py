"""Resolves pronouns (coreference): which actor each stands for, or none.

Grammar decides first: relative pronouns, reflexives, and who was asked. For the rest the trained ranker weighs the candidates that fit in
number, animacy and gender and that syntax does not rule out. Nouns that are no actors compete too, so that "it" may be a thing. Where no
candidate is likely enough a pronoun stays unresolved: a gap is better than a guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping

from onrecord.extract.actors.agreement import SUBJECTS, agrees, name_disagrees, subject_of
from onrecord.extract.actors.antecedent_features import antecedent_features, nobody_features
from onrecord.extract.actors.antecedents import Discourse, Entity, build_discourse, resolve_speakers
from onrecord.extract.actors.candidates import find_candidates
from onrecord.extract.actors.mention import FoundMention, words_span
from onrecord.extract.actors.party import Party
from onrecord.extract.actors.pronouns import Pronoun, find_pronouns
from onrecord.extract.actors.ranking import Judge, Question, load_ranker
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token

_REMEMBERED = 6
"""So many of the last pronouns for somebody are evidence of whether "he" or "she" is right."""
_QUESTION_VERBS = frozenset({"ask", "inquire", "enquire"})
_FOLLOW_UP_VERBS = _QUESTION_VERBS | {"add", "continue", "demand", "insist", "persist", "press", "repeat", "wonder"}
"""Verbs with which whoever asked goes on ("Lee asked ... He added ..."), and nobody answers: Levin (1993), classes 37.1 and 37.7."""
_QUESTION_WORDS = frozenset({"whether", "if", "who", "whom", "whose", "what", "which", "when", "where", "why", "how"})

Choice = tuple[Entity | None, str]
"""The antecedent that a rule chooses, if any, and why, in words for readers."""


def resolve_pronouns(
    analysis: Analysis,
    parties: list[Party],
    undecided: Mapping[int, str],
    attributions: tuple[Attribution, ...],
    judge: Judge | None = None,
) -> dict[int, Party]:
    """The party of each pronoun that is resolved, by token; the mentions are added to the parties.

    ``undecided`` are the heads of names that fit two people, with the gender that their candidates share. ``judge`` weighs the candidates;
    without one the trained ranker does.
    """
    discourse = build_discourse(analysis, parties, undecided, attributions)
    found = find_pronouns(analysis)
    resolved: dict[int, Party] = {}
    judge = judge or load_ranker()
    for pronoun in found:
        if pronoun.kind not in ("I", "we"):
            entity, why = _third_person(discourse, pronoun, judge)
            if entity is not None:
                _add_to_discourse(discourse, pronoun, entity)
                _add_mention(discourse, pronoun, entity.party, why, resolved)
    # Who "I" is follows from who speaks, and who speaks may be a "he" that is resolved only now.
    discourse.speakers = resolve_speakers(discourse, resolved)
    narrator = Party("The article’s author", "narrator", True)
    for pronoun in found:
        if pronoun.kind in ("I", "we"):
            _add_mention(discourse, pronoun, *_first_person(discourse, pronoun, narrator, parties), resolved)
    if narrator.mentions:
        parties.append(narrator)
    return resolved


def _add_to_discourse(discourse: Discourse, pronoun: Pronoun, entity: Entity) -> None:
    """Makes a resolved pronoun a mention of its entity for the pronouns after it, and evidence of the entity's gender."""
    discourse.add(entity, pronoun.token)
    if pronoun.kind in ("he", "she"):
        entity.spoken_of = (entity.spoken_of + ("m" if pronoun.kind == "he" else "f"))[-_REMEMBERED:]
    if pronoun.kind in ("he", "she") and entity.party is not None and entity.perhaps_person:
        # What nothing but a guess took for a body or a place is a person: the pronoun says so.
        entity.person = entity.human = True
        entity.perhaps_person = False
        entity.party.type = "person"


def _add_mention(discourse: Discourse, pronoun: Pronoun, party: Party | None, why: str, resolved: dict[int, Party]) -> None:
    if party is None:
        return
    resolved[pronoun.token] = party
    token = discourse.doc[pronoun.token]
    span = words_span(discourse.doc, token.i, token.i + 1)
    # "The board, which ...": resolved for other rules, but no mention that a reader would point at.
    if token.lower_ not in ("which", "that"):
        party.add(FoundMention(span, span, token.i, "pronoun", token.lower_), why)


# --- third person ---------------------------------------------------------------------------------------------------


def _third_person(discourse: Discourse, pronoun: Pronoun, judge: Judge) -> Choice:
    """The antecedent of a pronoun of the third person: what the first of :data:`GRAMMAR` says that says anything, else the likeliest."""
    if (named := _intensified(discourse.doc[pronoun.token], pronoun)) is not None:
        entity = discourse.owners.get(named.i)
        return (entity, f"“{discourse.doc[pronoun.token].text}” after “{named.text}”") if entity is not None else (None, "")
    for _, step in GRAMMAR:
        entity, why = step(discourse, pronoun)
        if entity is not None:
            return entity, why
    return _likeliest(discourse, pronoun, judge)


def _relative(discourse: Discourse, pronoun: Pronoun) -> Choice:
    if pronoun.antecedent is None or pronoun.antecedent not in discourse.owners:
        return None, ""
    return discourse.owners[pronoun.antecedent], f"relative pronoun of “{discourse.doc[pronoun.antecedent].text}”"


def _intensified(token: Token, pronoun: Pronoun) -> Token | None:
    """The word that a reflexive right after it only stresses: "Lee" in "Lee himself said". It means that one, or nobody."""
    before = token.nbor(-1) if token.i > 0 else None
    stressed = pronoun.reflexive and before is not None and before.pos_ in ("NOUN", "PROPN") and before.dep_ in SUBJECTS
    return before if stressed else None


def _reflexive(discourse: Discourse, pronoun: Pronoun) -> Choice:
    """A reflexive is the subject of its clause."""
    subject = subject_of(discourse.doc[pronoun.token]) if pronoun.reflexive else None
    entity = discourse.owners.get(subject.i) if subject is not None else None
    return (
        (entity, "reflexive of the subject of its clause") if entity is not None and agrees(discourse, entity, pronoun) else (None, "")
    )


def _addressee_of_question(discourse: Discourse, pronoun: Pronoun) -> Choice:
    """The source of "he said" after a question is who was asked: "Lee asked Reed whether he had keys. He said that he had"."""
    if pronoun.kind not in ("he", "she") or pronoun.token not in discourse.sources or pronoun.token in discourse.said:
        return None, ""
    place = bisect_left(discourse.narrated_sources, pronoun.token)
    question = discourse.attribution_of.get(discourse.narrated_sources[place - 1]) if place else None
    answer = discourse.attribution_of[pronoun.token]
    if question is None or question.addressee is None or not _is_question(discourse, question) or _cue(answer) in _FOLLOW_UP_VERBS:
        return None, ""
    asked = discourse.doc.char_span(question.addressee.head.start, question.addressee.head.end, alignment_mode="expand")
    entity = next((discourse.owners[token.i] for token in asked or () if token.i in discourse.owners), None)
    if entity is None or discourse.sentence[pronoun.token] - discourse.sentence[discourse.narrated_sources[place - 1]] > 1:
        return None, ""
    if entity.party is None or not agrees(discourse, entity, pronoun) or name_disagrees(entity, pronoun):
        return None, ""
    return entity, f"“{discourse.doc[pronoun.token].text}” who speaks after a question: who was asked"


def _is_question(discourse: Discourse, attribution: Attribution) -> bool:
    """Whether somebody asked to be told something, not to have it done: "asked whether", "“Is it?” asked"."""
    first = discourse.doc.char_span(attribution.content[0].start, attribution.content[0].end, alignment_mode="expand")
    wondered = first is not None and first[0].lower_ in _QUESTION_WORDS
    asked = attribution.content[-1].of(discourse.doc.text).rstrip("\"'”’ ,").endswith("?")
    return _cue(attribution) in _QUESTION_VERBS and (wondered or asked)


def _cue(attribution: Attribution) -> str:
    return attribution.cue.lemma if attribution.cue is not None else ""


def _likeliest(discourse: Discourse, pronoun: Pronoun, judge: Judge) -> Choice:
    """The candidate that the judge believes in."""
    candidates = find_candidates(discourse, pronoun) if pronoun.kind != "relative" else ()
    if not candidates:
        return None, ""
    fronted = _subject_after_fronted(discourse, pronoun)
    rows = [*antecedent_features(discourse, pronoun, candidates, fronted), nobody_features(discourse, pronoun, candidates)]
    decision = judge.decide(Question(discourse, pronoun, candidates, rows))
    if decision.entity is None:
        return None, ""
    where = _where_last_named(discourse, decision.entity, pronoun)
    return decision.entity, f"“{discourse.doc[pronoun.token].text}”: the likeliest that fits ({decision.chance:.0%}), {where}"


def _where_last_named(discourse: Discourse, entity: Entity, pronoun: Pronoun) -> str:
    at = bisect_left(entity.mentions, pronoun.token)
    if not at:
        return "named next in the same sentence"
    back = discourse.sentence[pronoun.token] - discourse.sentence[entity.mentions[at - 1]]
    return "last named " + (("in the same sentence", "one sentence before")[back] if back < 2 else f"{back} sentences before")


def _subject_after_fronted(discourse: Discourse, pronoun: Pronoun) -> int | None:
    """In a phrase that opens a sentence, the subject that follows: "Speaking in his office, Lee said", "In its report, the board said"."""
    verb = _verb_after_fronted(discourse.doc[pronoun.token], pronoun)
    return next((child.i for child in verb.lefts if child.dep_ in SUBJECTS and child.i > pronoun.token), None) if verb else None


def _verb_after_fronted(token: Token, pronoun: Pronoun) -> Token | None:
    """The verb to which a phrase with a pronoun in it is fronted: a participle clause, or a prepositional phrase with a possessive."""
    top = token
    # Up to the phrase or clause that the pronoun is in.
    while top.head.i != top.i and top.dep_ not in ("prep", "advcl", "ccomp", "relcl", "pcomp", "acl"):
        top = top.head
    if top.dep_ in ("advcl", "ccomp") and top.head.tag_ == "VBN" and top.head.dep_ == "advcl" and _names_nobody(token):
        top = top.head  # "Asked whether she would go, Lee said"
    while top.dep_ == "prep" and top.head.dep_ in ("pobj", "prep", "advcl"):
        top = top.head if top.head.dep_ != "pobj" else top.head.head
    if top.head.pos_ not in ("VERB", "AUX") or top.i > top.head.i or top.left_edge.i != _first_word(top):
        return None
    if top.dep_ == "prep":
        return top.head if pronoun.possessive else None
    # "Speaking in his office" has no subject of its own; "when he spoke" has.
    bare = top.dep_ == "advcl" and not any(child.dep_ in (*SUBJECTS, "mark", "aux", "auxpass") for child in top.children)
    return top.head if bare and top.tag_ in ("VBG", "VBN") else None


def _names_nobody(token: Token) -> bool:
    """Whether no name stands before a token in its sentence, but for who asks: "Asked by Reed whether she"."""
    before = token.doc[token.sent.start : token.i]
    return all(one.pos_ != "PROPN" or any(above.dep_ == "agent" for above in (one.head, one.head.head)) for one in before)


def _first_word(token: Token) -> int:
    """The first word of a token's sentence, after marks and a linking adverb ("However,")."""
    i = token.sent.start
    while i < token.i and (
        token.doc[i].is_punct or token.doc[i].is_space or (token.doc[i].pos_ in ("ADV", "CCONJ") and i < token.left_edge.i)
    ):
        i += 1
    return int(i)


Grammar = Callable[[Discourse, Pronoun], Choice]
GRAMMAR: tuple[tuple[str, Grammar], ...] = (
    ("relative pronouns", _relative),
    ("reflexives", _reflexive),
    ("who was asked", _addressee_of_question),
)


# --- first person ---------------------------------------------------------------------------------------------------


def _first_person(discourse: Discourse, pronoun: Pronoun, narrator: Party, parties: list[Party]) -> tuple[Party | None, str]:
    """ "I" in a quote is its speaker; "we" the body that the speaker speaks for; outside quotes both are the author."""
    word = discourse.doc[pronoun.token].text
    if pronoun.token not in discourse.quoted:
        # In marks that no quote has, "I" is somebody, but nobody knows who; certainly not the author.
        return (None, "") if discourse.in_unattributed_marks(pronoun.token) else (narrator, f"“{word}” outside quotes: the author")
    speaker = discourse.speaker_at(pronoun.token)
    if speaker is None:
        return None, ""
    if pronoun.kind == "I":
        return (speaker, f"“I” in the words of {speaker.name}") if speaker.type == "person" else (None, "")
    if speaker.type != "person":
        return speaker, f"“we” in the words of {speaker.name}"
    group = spoken_for(speaker, parties)
    return (group, f"“we” in the words of {speaker.name}, who speaks for {group.name}") if group else (None, "")


def spoken_for(speaker: Party, parties: list[Party]) -> Party | None:
    """The body that a person's stated role belongs to: the coalition of "coalition spokesman"; none if no role names one."""
    for role in speaker.roles:
        for party in parties:
            if party is not speaker and party.type != "person" and any(i in role.tokens for i in party.heads):
                return party
    return None
