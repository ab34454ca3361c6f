"""Resolves pronouns (coreference): which actor each stands for, or none.

Third-person pronouns go to the most salient candidate that fits in number, animacy and gender and that syntax does not rule out;
salience is summed over mentions and halved with each sentence, after Lappin & Leass, "An Algorithm for Pronominal Anaphora
Resolution" (Computational Linguistics 20, 1994). Nouns that are no actors compete too, so that "it" may be a thing. A pronoun
without a candidate stays unresolved: a gap is better than a guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping

from onrecord.extract.actors.antecedents import Discourse, Entity, Pronoun, build_discourse, find_pronouns, resolve_speakers
from onrecord.extract.actors.mention import FoundMention, words_span
from onrecord.extract.actors.party import Party
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token, reporting_verbs

_WINDOW = 4
"""How many sentences back an antecedent may stand."""
_SALIENCE = {
    "nsubj": 170,
    "nsubjpass": 160,
    "agent": 140,
    "dobj": 110,
    "dative": 100,
    "attr": 90,
    "poss": 70,
    "conj": 80,
    "appos": 80,
    "pobj": 75,
}
"""The weight of a mention by its arc, in the order of Lappin & Leass: subjects over objects over the rest."""
_OTHER_SALIENCE = 50.0
_RECENCY = 100.0
"""What every mention has besides, unless it only modifies a noun: their weight for the sentence that it stands in."""
_MODIFIERS = frozenset({"compound", "amod", "nmod", "npadvmod"})
_MODIFIER_SALIENCE = 40.0
"""A name before a noun ("ISIS convoy") is in the background: the noun is what is spoken of."""
_IN_QUOTE = 0.6
"""For a mention in a quotation and a pronoun outside it, or the reverse: the narrator and a speaker have different people in mind."""
_UNKNOWN_GENDER = 0.7
"""For somebody of whom nothing tells whether "he" or "she" is right."""
_NAME_DISAGREES = 0.2
"""For somebody whose given name is usually of the other gender: taken only if nobody else fits, since names cross genders and languages."""
_REPORTING_SUBJECT = 2.5
"""For "Lee" as the antecedent in "Lee said that **he** would go": the subject of a reported clause is most often who reports it."""
_BODY_AS_THEY = 0.7
"""For a body as the antecedent of "they", which is more often people."""
_SUBJECTS = ("nsubj", "nsubjpass")
_CLOSE_SECOND = 0.8
"""A pronoun that is a source stays unresolved if the second candidate scores more than this part of the first: a wrong speaker is the worst
mistake."""
_BODIES = frozenset({"organization", "media", "armed_group", "armed_force", "coalition"})
"""What "they" may be beside people. A state is "it"; "they" are its people or its leaders, whom no name stands for."""
_THINGS = _BODIES | {"state", "place"}
_MENTAL = frozenset(
    {"believe", "think", "hope", "fear", "want", "feel", "know", "expect", "worry", "agree", "decide", "try", "refuse", "plan"}
)
_QUESTION_VERBS = frozenset({"ask", "inquire", "enquire"})
_FOLLOW_UP_VERBS = _QUESTION_VERBS | {"add", "continue", "demand", "insist", "persist", "press", "repeat", "wonder"}
"""Verbs with which whoever asked goes on ("Lee asked ... He added ..."), and nobody answers: Levin (1993), classes 37.1 and 37.7."""
_QUESTION_WORDS = frozenset({"whether", "if", "who", "whom", "whose", "what", "which", "when", "where", "why", "how"})

Choice = tuple[Entity | None, str]
"""The antecedent that a rule chooses, if any, and why, in words for readers."""


def resolve_pronouns(
    analysis: Analysis, parties: list[Party], undecided: Mapping[int, str], attributions: tuple[Attribution, ...]
) -> dict[int, Party]:
    """The party of each pronoun that is resolved, by token; the mentions are added to the parties.

    ``undecided`` are the heads of names that fit two people, with the gender that their candidates share.
    """
    discourse = build_discourse(analysis, parties, undecided, attributions)
    found = find_pronouns(analysis)
    resolved: dict[int, Party] = {}
    for pronoun in found:
        if pronoun.kind not in ("I", "we"):
            entity, why = _third_person(discourse, pronoun)
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
    if pronoun.kind in ("he", "she") and not entity.gender:
        entity.gender = "m" if pronoun.kind == "he" else "f"


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


def _third_person(discourse: Discourse, pronoun: Pronoun) -> Choice:
    """The antecedent of a pronoun of the third person: what the first of the rules in :data:`THIRD_PERSON` chooses that chooses anybody."""
    if (named := _intensified(discourse.doc[pronoun.token], pronoun)) is not None:
        entity = discourse.owners.get(named.i)
        return (entity, f"“{discourse.doc[pronoun.token].text}” after “{named.text}”") if entity is not None else (None, "")
    for _, step in THIRD_PERSON:
        entity, why = step(discourse, pronoun)
        if entity is not None:
            return entity, why
    return None, ""


def _relative(discourse: Discourse, pronoun: Pronoun) -> Choice:
    if pronoun.antecedent is None or pronoun.antecedent not in discourse.owners:
        return None, ""
    return discourse.owners[pronoun.antecedent], f"relative pronoun of “{discourse.doc[pronoun.antecedent].text}”"


def _intensified(token: Token, pronoun: Pronoun) -> Token | None:
    """The word that a reflexive right after it only stresses: "Lee" in "Lee himself said". It means that one, or nobody."""
    before = token.nbor(-1) if token.i > 0 else None
    stressed = pronoun.reflexive and before is not None and before.pos_ in ("NOUN", "PROPN") and before.dep_ in _SUBJECTS
    return before if stressed else None


def _reflexive(discourse: Discourse, pronoun: Pronoun) -> Choice:
    """A reflexive is the subject of its clause."""
    subject = _subject(discourse.doc[pronoun.token]) if pronoun.reflexive else None
    entity = discourse.owners.get(subject.i) if subject is not None else None
    return (
        (entity, "reflexive of the subject of its clause") if entity is not None and _agreement(discourse, entity, pronoun) else (None, "")
    )


def _subject_after_fronted(discourse: Discourse, pronoun: Pronoun) -> Choice:
    """In a phrase that opens a sentence, the subject that follows: "Speaking in his office, Lee said", "In its report, the board said"."""
    verb = _verb_after_fronted(discourse.doc[pronoun.token], pronoun)
    subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS and child.i > pronoun.token), None) if verb else None
    entity = discourse.owners.get(subject.i) if subject is not None else None
    # Looking ahead is riskier than looking back: a given name of the other gender is enough to refuse.
    if entity is None or entity.party is None or _name_disagrees(entity, pronoun) or not _agrees(discourse, entity, pronoun):
        return None, ""
    return entity, f"“{discourse.doc[pronoun.token].text}”: the subject that follows in the same sentence"


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
    bare = top.dep_ == "advcl" and not any(child.dep_ in (*_SUBJECTS, "mark", "aux", "auxpass") for child in top.children)
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


def _last_speaker(discourse: Discourse, pronoun: Pronoun) -> Choice:
    """The source of "he said" is the last source before it, if nobody else who fits came in between.

    Whom that source speaks of does not come in between: "Brook said that Dunn had left. He added ...". In the paragraph of the
    last source only subjects do, in a later one anybody.
    """
    # Only for pronouns that are themselves a source, and that the narrator says.
    if pronoun.kind not in ("he", "she", "they") or pronoun.token not in discourse.sources or pronoun.token in discourse.said:
        return None, ""
    place = bisect_left(discourse.narrated_sources, pronoun.token)
    last = discourse.narrated_sources[place - 1] if place else None
    # After so many sentences the last speaker is no longer in mind.
    if last is None or discourse.sentence[pronoun.token] - discourse.sentence[last] > _WINDOW:
        return None, ""
    excluded = discourse.owners_of(_excluded_by_binding(discourse.doc[pronoun.token], pronoun) | _nouns_in_content(discourse, pronoun))
    found = discourse.owners.get(last)
    if found is None or found.order in excluded or not _agreement(discourse, found, pronoun) or _name_disagrees(found, pronoun):
        return None, ""
    told = discourse.content_of.get(last, frozenset())
    between = [
        i
        for sentence in range(discourse.sentence[last], discourse.sentence[pronoun.token] + 1)
        for i, entity in discourse.mentions_in.get(sentence, ())
        if last < i < pronoun.token and entity is not found and i not in told and i not in discourse.quoted
        if entity.order not in excluded and not _name_disagrees(entity, pronoun) and _agreement(discourse, entity, pronoun)
    ]
    if any(discourse.doc[i].dep_ in _SUBJECTS or discourse.paragraph[i] != discourse.paragraph[last] for i in between):
        return None, ""
    return found, f"“{discourse.doc[pronoun.token].text}” who speaks: the last one before who was said to speak"


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
    if entity.party is None or not _agreement(discourse, entity, pronoun) or _name_disagrees(entity, pronoun):
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


def _most_salient(discourse: Discourse, pronoun: Pronoun) -> Choice:
    if pronoun.kind == "relative":
        return None, ""
    speaker = discourse.speaker_at(pronoun.token)
    excluded = discourse.owners_of(_excluded_by_binding(discourse.doc[pronoun.token], pronoun) | _nouns_in_content(discourse, pronoun))
    scored = [
        (score, entity)
        for entity, salience in _salience(discourse, pronoun)
        if entity.order not in excluded and (speaker is None or entity.party is not speaker)
        if (score := salience * _agreement(discourse, entity, pronoun))
    ]
    # Of equal scores the entity that comes first, so that the result does not depend on the order of a set.
    scored.sort(key=lambda item: (-item[0], item[1].order))
    if not scored:
        return None, ""
    best = scored[0][1]
    if pronoun.token in discourse.sources and len(scored) > 1 and scored[1][0] > _CLOSE_SECOND * scored[0][0]:
        return None, ""
    # "Kim ... he": a name of the other gender may do, but only for the one candidate, and one that was a subject just now.
    if _name_disagrees(best, pronoun) and (len(scored) > 1 or not _recent_subject(discourse, best, pronoun)):
        return None, ""
    if _is_unnamed_from_before(discourse, best, pronoun):
        return None, ""
    return (
        best,
        f"“{discourse.doc[pronoun.token].text}”: the most prominent that fits, last named {_where_last_named(discourse, best, pronoun)}",
    )


def _is_unnamed_from_before(discourse: Discourse, entity: Entity, pronoun: Pronoun) -> bool:
    """Whether an entity is a person without a name who is not mentioned in the pronoun's own paragraph. "A passer-by" is seldom spoken of
    again."""
    unnamed = entity.party is not None and entity.person and not entity.party.named
    here = discourse.paragraph.get(pronoun.token)
    return unnamed and all(discourse.paragraph.get(i) != here for i in entity.mentions if i < pronoun.token)


def _salience(discourse: Discourse, pronoun: Pronoun) -> list[tuple[Entity, float]]:
    """How salient each entity is that was mentioned before a pronoun: its best mention in each sentence, halved with every sentence
    back."""
    here = discourse.sentence[pronoun.token]
    source, quoted = pronoun.token in discourse.sources, pronoun.token in discourse.quoted
    reporting = _reporting_subject(discourse.doc[pronoun.token]) if pronoun.subject and pronoun.kind in ("he", "she") else None
    best: dict[int, list[float]] = {}
    entities: dict[int, Entity] = {}
    for back in range(_WINDOW + 1):
        for i, entity in discourse.mentions_in.get(here - back, ()):
            if i >= pronoun.token:
                continue
            # Who speaks on is as present as a subject. For "he said", both of "Dunn and Hale" count as subjects.
            arc = "nsubj" if i in discourse.continuations else _arc(discourse.doc[i]) if source else discourse.doc[i].dep_
            weight = _MODIFIER_SALIENCE if arc in _MODIFIERS else _SALIENCE.get(arc, _OTHER_SALIENCE) + _RECENCY
            weight *= (_IN_QUOTE if (i in discourse.quoted and i not in discourse.continuations) != quoted else 1) * (
                _REPORTING_SUBJECT if reporting == i else 1
            )
            row = best.setdefault(entity.order, [0.0] * (_WINDOW + 1))
            entities[entity.order] = entity
            row[back] = max(row[back], weight * 0.5**back)
    return [(entities[order], sum(row)) for order, row in best.items()]


def _reporting_subject(token: Token) -> int | None:
    """The subject of the verb of speech or thought whose clause a token is the subject of: "Lee" in "Lee said he"."""
    verb = token.head
    if verb.dep_ != "ccomp" or verb.head.i > token.i or not _is_mental(verb.head):
        return None
    subject = next((child for child in verb.head.lefts if child.dep_ == "nsubj"), None)
    return None if subject is None else subject.i


def _recent_subject(discourse: Discourse, entity: Entity, pronoun: Pronoun) -> bool:
    """Whether an entity was a subject shortly before: only then is "it" safely not some other thing.

    For a subject or possessive the sentence before counts too; an object that is a party in another sentence is too rare.
    """
    here, back = discourse.sentence[pronoun.token], 1 if pronoun.subject or pronoun.possessive else 0
    near = (one for sentence in range(max(0, here - back), here + 1) for one in discourse.mentions_in.get(sentence, ()))
    return any(owner is entity and i < pronoun.token and discourse.doc[i].dep_ in _SUBJECTS for i, owner in near)


def _where_last_named(discourse: Discourse, entity: Entity, pronoun: Pronoun) -> str:
    last = max(i for i in entity.mentions if i < pronoun.token)
    back = discourse.sentence[pronoun.token] - discourse.sentence[last]
    return ("in the same sentence", "one sentence before")[back] if back < 2 else f"{back} sentences before"


def _arc(token: Token) -> str:
    """The arc of a token; of a conjunct that of the first one: both of "Dunn and Hale" may be who spoke."""
    while token.dep_ == "conj" and token.pos_ == "PROPN" and token.head.pos_ == "PROPN":
        token = token.head
    return str(token.dep_)


def _agreement(discourse: Discourse, entity: Entity, pronoun: Pronoun) -> float:
    """How well an entity agrees with a pronoun, from 0 for not at all to 1; "it" is a party only if that was a subject just before."""
    if not _agrees(discourse, entity, pronoun):
        return 0.0
    if pronoun.kind in ("he", "she"):
        return _NAME_DISAGREES if _name_disagrees(entity, pronoun) else 1.0 if entity.gender or entity.name_gender else _UNKNOWN_GENDER
    if pronoun.kind == "they":
        return 1.0 if entity.plural or entity.party is None or entity.party.type not in _BODIES else _BODY_AS_THEY
    # "It": things are always possible, so a body or state must have been a subject just now to win against them.
    return float(entity.party is None or _recent_subject(discourse, entity, pronoun))


def _agrees(discourse: Discourse, entity: Entity, pronoun: Pronoun) -> bool:
    """Whether an entity may be meant at all, by number, animacy and what the text says of gender."""
    kind = entity.party.type if entity.party is not None else ""
    if pronoun.kind in ("he", "she"):
        return entity.person and not entity.plural and entity.gender != _opposite_gender(pronoun)
    if pronoun.kind == "they":
        return (entity.plural or kind in _BODIES or kind == "described_group") and (entity.human or not _is_thinker(discourse, pronoun))
    return pronoun.kind == "it" and not entity.person and not entity.plural and (entity.party is None or kind in _THINGS)


def _is_thinker(discourse: Discourse, pronoun: Pronoun) -> bool:
    """Whether a pronoun speaks, thinks or wants something, which only people and bodies do."""
    verb = discourse.doc[pronoun.token].head
    return pronoun.token in discourse.sources or (pronoun.subject and _is_mental(verb))


def _is_mental(verb: Token) -> bool:
    """Whether a verb is of speech, thought or will."""
    return verb.lemma_ in _MENTAL or verb.lemma_ in reporting_verbs()


def _name_disagrees(entity: Entity, pronoun: Pronoun) -> bool:
    """Whether nothing but a given name speaks against it that somebody is "he" or "she"."""
    return not entity.gender and entity.name_gender == _opposite_gender(pronoun)


def _opposite_gender(pronoun: Pronoun) -> str:
    """The gender that a pronoun does not have; one that nobody has where it says nothing of gender."""
    return {"he": "f", "she": "m"}.get(pronoun.kind, "-")


def _excluded_by_binding(token: Token, pronoun: Pronoun) -> set[int]:
    """Tokens that the pronoun cannot mean: the other arguments of its own verb (binding principle B).

    "Him" is not the one who saw him, and "besides Ada Brook, she" is not Ada Brook.
    """
    # "Lee saw his car", "Lee saw himself": these may mean the subject.
    if pronoun.possessive or pronoun.reflexive:
        return set()
    verb = token.head if token.dep_ != "pobj" else token.head.head
    excluded = {child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative") and child.i != token.i}
    subject = _subject(token)
    if subject is not None and subject.i != token.i and not pronoun.subject:
        excluded.add(subject.i)
    if pronoun.subject:
        excluded.update(noun.i for prep in verb.children if prep.dep_ == "prep" for noun in prep.children if noun.dep_ == "pobj")
    return excluded | {conjunct.i for conjunct in token.conjuncts}


def _nouns_in_content(discourse: Discourse, pronoun: Pronoun) -> set[int]:
    """The nouns in what a pronoun is said to have said: in "“Thank Dunn,” she added" she is not Dunn."""
    return {i for i in discourse.content_of.get(pronoun.token, ()) if discourse.doc[i].pos_ in ("NOUN", "PROPN")}


def _subject(token: Token) -> Token | None:
    """The subject of the clause that a token stands in."""
    verb = token.head
    for _ in range(6):
        if verb.pos_ in ("VERB", "AUX"):
            subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
            if subject is not None:
                return subject
            if verb.dep_ not in ("xcomp", "conj", "aux"):
                return None
        verb = verb.head
    return None


ThirdPerson = Callable[[Discourse, Pronoun], Choice]
# The surest first: grammar (who, himself), then the structure of the text (who spoke last), then salience.
THIRD_PERSON: tuple[tuple[str, ThirdPerson], ...] = (
    ("relative pronouns", _relative),
    ("reflexives", _reflexive),
    ("the subject after an opening phrase", _subject_after_fronted),
    ("who was asked", _addressee_of_question),
    ("the last who spoke", _last_speaker),
    ("the most salient that fits", _most_salient),
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
