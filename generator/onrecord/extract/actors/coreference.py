"""Resolves pronouns: which actor each stands for, or none.

Third-person pronouns go to the most salient candidate that fits in number, animacy and gender and that syntax does not rule out;
salience is summed over mentions and halved with each sentence, after Lappin & Leass, "An Algorithm for Pronominal Anaphora
Resolution" (Computational Linguistics 20, 1994). Nouns that are no actors compete too, so that "it" may be a thing. A pronoun
without a candidate stays unresolved: a gap is better than a guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping

from onrecord.extract.actors.antecedents import Discourse, Entity, Pronoun, find_pronouns, set_scene, speakers
from onrecord.extract.actors.mention import FoundMention, words_span
from onrecord.extract.actors.party import Party
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token, reporting_verbs

_WINDOW = 4
"""How many sentences back a candidate may stand."""
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
_OTHER_SALIENCE = 50.0
_RECENCY = 100.0
_MODIFIERS = frozenset({"compound", "amod", "nmod", "npadvmod"})
_MODIFIER_SALIENCE = 40.0
"""A name before a noun ("ISIS convoy") is in the background: the noun is what is spoken of."""
_IN_QUOTE = 0.6
_UNKNOWN_GENDER = 0.7
_AGAINST_NAME = 0.2
"""For someone whose given name more often is of the other sex, if nobody else fits: names are borne across sexes and languages."""
_SPEAKER = 2.5
"""For who is said to say that "he ...": the subject of a reported clause is most often its speaker."""
_BODY = 0.7
""" "They" are a body less often than people."""
_SUBJECTS = ("nsubj", "nsubjpass")
_RIVAL = 0.8
"""Whose rival scores more than this part of the score is not chosen to have said something: words in the wrong mouth do most harm."""
_BODIES = frozenset({"organization", "media", "armed_group", "armed_force", "coalition"})
"""What "they" may be beside people. A state is "it"; "they" are its people or its leaders, whom no name stands for."""
_THINGS = _BODIES | {"state", "place"}
_MENTAL = frozenset(
    {"believe", "think", "hope", "fear", "want", "feel", "know", "expect", "worry", "agree", "decide", "try", "refuse", "plan"}
)
_ASKING = frozenset({"ask", "inquire", "enquire"})
_ASKING_ON = _ASKING | {"add", "continue", "demand", "insist", "persist", "press", "repeat", "wonder"}
"""With these who asked goes on: Levin (1993), classes 37.1 and 37.7, those that answer nothing."""
_QUESTION_WORDS = frozenset({"whether", "if", "who", "whom", "whose", "what", "which", "when", "where", "why", "how"})

Choice = tuple[Entity | None, str]


def resolve_pronouns(
    analysis: Analysis, parties: list[Party], undecided: Mapping[int, str], attributions: tuple[Attribution, ...]
) -> dict[int, Party]:
    """The party of each pronoun that is resolved, by token; the mentions are added to the parties.

    ``undecided`` are the heads of names that fit two people, with the gender that their candidates share.
    """
    scene = set_scene(analysis, parties, undecided, attributions)
    found = find_pronouns(analysis)
    resolved: dict[int, Party] = {}
    for pronoun in found:
        if pronoun.kind not in ("I", "we"):
            entity, why = _third(scene, pronoun)
            if entity is not None:
                _remember(scene, pronoun, entity)
                _take(scene, pronoun, entity.party, why, resolved)
    scene.speakers = speakers(scene, resolved)
    narrator = Party("The article’s author", "narrator", True)
    for pronoun in found:
        if pronoun.kind in ("I", "we"):
            _take(scene, pronoun, *_first(scene, pronoun, narrator, parties), resolved)
    if narrator.mentions:
        parties.append(narrator)
    return resolved


def _remember(scene: Discourse, pronoun: Pronoun, entity: Entity) -> None:
    scene.add(entity, pronoun.token)
    if pronoun.kind in ("he", "she") and not entity.gender:
        entity.gender = "m" if pronoun.kind == "he" else "f"


def _take(scene: Discourse, pronoun: Pronoun, party: Party | None, why: str, resolved: dict[int, Party]) -> None:
    if party is None:
        return
    resolved[pronoun.token] = party
    token = scene.doc[pronoun.token]
    span = words_span(scene.doc, token.i, token.i + 1)
    if token.lower_ not in ("which", "that"):
        party.add(FoundMention(span, span, token.i, "pronoun", token.lower_), why)


# --- third person ---------------------------------------------------------------------------------------------------


def _third(scene: Discourse, pronoun: Pronoun) -> Choice:
    if (named := _intensified(scene.doc[pronoun.token], pronoun)) is not None:
        entity = scene.owners.get(named.i)
        return (entity, f"“{scene.doc[pronoun.token].text}” after “{named.text}”") if entity is not None else (None, "")
    for _, step in THIRD_PERSON:
        entity, why = step(scene, pronoun)
        if entity is not None:
            return entity, why
    return None, ""


def _relative(scene: Discourse, pronoun: Pronoun) -> Choice:
    if pronoun.antecedent is None or pronoun.antecedent not in scene.owners:
        return None, ""
    return scene.owners[pronoun.antecedent], f"relative pronoun of “{scene.doc[pronoun.antecedent].text}”"


def _intensified(token: Token, pronoun: Pronoun) -> Token | None:
    """The word that a reflexive right after it only stresses: "Lee" in "Lee himself said". It means that one, or nobody."""
    before = token.nbor(-1) if token.i > 0 else None
    stressed = pronoun.reflexive and before is not None and before.pos_ in ("NOUN", "PROPN") and before.dep_ in _SUBJECTS
    return before if stressed else None


def _reflexive(scene: Discourse, pronoun: Pronoun) -> Choice:
    """A reflexive is the subject of its clause."""
    subject = _subject(scene.doc[pronoun.token]) if pronoun.reflexive else None
    entity = scene.owners.get(subject.i) if subject is not None else None
    return (entity, "reflexive of the subject of its clause") if entity is not None and _fit(scene, entity, pronoun) else (None, "")


def _fronted(scene: Discourse, pronoun: Pronoun) -> Choice:
    """In a phrase that opens a sentence, the subject that follows: "Speaking in his office, Lee said", "In its report, the board said"."""
    verb = _fronted_to(scene.doc[pronoun.token], pronoun)
    subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS and child.i > pronoun.token), None) if verb else None
    entity = scene.owners.get(subject.i) if subject is not None else None
    if entity is None or entity.party is None or _against_name(entity, pronoun) or not _agrees(scene, entity, pronoun):
        return None, ""
    return entity, f"“{scene.doc[pronoun.token].text}”: the subject that follows in the same sentence"


def _fronted_to(token: Token, pronoun: Pronoun) -> Token | None:
    """The verb to which a phrase with a pronoun in it is fronted: a participle clause, or a prepositional phrase with a possessive."""
    top = token
    while top.head.i != top.i and top.dep_ not in ("prep", "advcl", "ccomp", "relcl", "pcomp", "acl"):
        top = top.head
    if top.dep_ in ("advcl", "ccomp") and top.head.tag_ == "VBN" and top.head.dep_ == "advcl" and _names_nobody(token):
        top = top.head  # "Asked whether she would go, Lee said"
    while top.dep_ == "prep" and top.head.dep_ in ("pobj", "prep", "advcl"):
        top = top.head if top.head.dep_ != "pobj" else top.head.head
    if top.head.pos_ not in ("VERB", "AUX") or top.i > top.head.i or top.left_edge.i != _opening(top):
        return None
    if top.dep_ == "prep":
        return top.head if pronoun.possessive else None
    bare = top.dep_ == "advcl" and not any(child.dep_ in (*_SUBJECTS, "mark", "aux", "auxpass") for child in top.children)
    return top.head if bare and top.tag_ in ("VBG", "VBN") else None


def _names_nobody(token: Token) -> bool:
    """Whether no name stands before a token in its sentence, but for who asks: "Asked by Reed whether she"."""
    before = token.doc[token.sent.start : token.i]
    return all(one.pos_ != "PROPN" or any(above.dep_ == "agent" for above in (one.head, one.head.head)) for one in before)


def _opening(token: Token) -> int:
    """The first word of a token's sentence, after marks and a linking adverb ("However,")."""
    i = token.sent.start
    while i < token.i and (
        token.doc[i].is_punct or token.doc[i].is_space or (token.doc[i].pos_ in ("ADV", "CCONJ") and i < token.left_edge.i)
    ):
        i += 1
    return int(i)


def _speaking_on(scene: Discourse, pronoun: Pronoun) -> Choice:
    """The source of "he said" is the last source before it, if nobody else who fits came in between.

    Whom that source speaks of does not come in between: "Brook said that Dunn had left. He added ...". In the paragraph of the
    last source only subjects do, in a later one anybody.
    """
    if pronoun.kind not in ("he", "she", "they") or pronoun.token not in scene.sources or pronoun.token in scene.said:
        return None, ""
    place = bisect_left(scene.unsaid_sources, pronoun.token)
    last = scene.unsaid_sources[place - 1] if place else None
    if last is None or scene.sentence[pronoun.token] - scene.sentence[last] > _WINDOW:
        return None, ""
    barred = scene.owners_of(_barred(scene.doc[pronoun.token], pronoun) | _spoken_of(scene, pronoun))
    found = scene.owners.get(last)
    if found is None or found.order in barred or not _fit(scene, found, pronoun) or _against_name(found, pronoun):
        return None, ""
    told = scene.said_by.get(last, frozenset())
    between = [
        i
        for sentence in range(scene.sentence[last], scene.sentence[pronoun.token] + 1)
        for i, entity in scene.places.get(sentence, ())
        if last < i < pronoun.token and entity is not found and i not in told and i not in scene.quoted
        if entity.order not in barred and not _against_name(entity, pronoun) and _fit(scene, entity, pronoun)
    ]
    if any(scene.doc[i].dep_ in _SUBJECTS or scene.paragraph[i] != scene.paragraph[last] for i in between):
        return None, ""
    return found, f"“{scene.doc[pronoun.token].text}” who speaks: the last one before who was said to speak"


def _answering(scene: Discourse, pronoun: Pronoun) -> Choice:
    """The source of "he said" after a question is who was asked: "Lee asked Reed whether he had keys. He said that he had"."""
    if pronoun.kind not in ("he", "she") or pronoun.token not in scene.sources or pronoun.token in scene.said:
        return None, ""
    place = bisect_left(scene.unsaid_sources, pronoun.token)
    question = scene.spoken.get(scene.unsaid_sources[place - 1]) if place else None
    answer = scene.spoken[pronoun.token]
    if question is None or question.addressee is None or not _is_question(scene, question) or _cue(answer) in _ASKING_ON:
        return None, ""
    asked = scene.doc.char_span(question.addressee.head.start, question.addressee.head.end, alignment_mode="expand")
    entity = next((scene.owners[token.i] for token in asked or () if token.i in scene.owners), None)
    if entity is None or scene.sentence[pronoun.token] - scene.sentence[scene.unsaid_sources[place - 1]] > 1:
        return None, ""
    if entity.party is None or not _fit(scene, entity, pronoun) or _against_name(entity, pronoun):
        return None, ""
    return entity, f"“{scene.doc[pronoun.token].text}” who speaks after a question: who was asked"


def _is_question(scene: Discourse, attribution: Attribution) -> bool:
    """Whether somebody asked to be told something, not to have it done: "asked whether", "“Is it?” asked"."""
    first = scene.doc.char_span(attribution.content[0].start, attribution.content[0].end, alignment_mode="expand")
    wondered = first is not None and first[0].lower_ in _QUESTION_WORDS
    asked = attribution.content[-1].of(scene.doc.text).rstrip("\"'”’ ,").endswith("?")
    return _cue(attribution) in _ASKING and (wondered or asked)


def _cue(attribution: Attribution) -> str:
    return attribution.cue.lemma if attribution.cue is not None else ""


def _salient(scene: Discourse, pronoun: Pronoun) -> Choice:
    if pronoun.kind == "relative":
        return None, ""
    speaker = scene.quoting(pronoun.token)
    barred = scene.owners_of(_barred(scene.doc[pronoun.token], pronoun) | _spoken_of(scene, pronoun))
    scored = [
        (score, entity)
        for entity, prominence in _prominent(scene, pronoun)
        if entity.order not in barred and (speaker is None or entity.party is not speaker)
        if (score := prominence * _fit(scene, entity, pronoun))
    ]
    scored.sort(key=lambda item: (-item[0], item[1].order))
    if not scored:
        return None, ""
    best = scored[0][1]
    if pronoun.token in scene.sources and len(scored) > 1 and scored[1][0] > _RIVAL * scored[0][0]:
        return None, ""
    if _against_name(best, pronoun) and (len(scored) > 1 or not _recent_subject(scene, best, pronoun)):
        return None, ""
    if _unnamed_before(scene, best, pronoun):
        return None, ""
    return best, f"“{scene.doc[pronoun.token].text}”: the most prominent that fits, last named {_last(scene, best, pronoun)}"


def _unnamed_before(scene: Discourse, entity: Entity, pronoun: Pronoun) -> bool:
    """Whether an entity is a person without a name of an earlier paragraph: those leave the text as soon as they have spoken."""
    unnamed = entity.party is not None and entity.person and not entity.party.named
    here = scene.paragraph.get(pronoun.token)
    return unnamed and all(scene.paragraph.get(i) != here for i in entity.mentions if i < pronoun.token)


def _prominent(scene: Discourse, pronoun: Pronoun) -> list[tuple[Entity, float]]:
    """How prominent each entity is that was mentioned in the last sentences before a pronoun."""
    here = scene.sentence[pronoun.token]
    source, quoted = pronoun.token in scene.sources, pronoun.token in scene.quoted
    reporting = _reporting_subject(scene.doc[pronoun.token]) if pronoun.subject and pronoun.kind in ("he", "she") else None
    best: dict[int, list[float]] = {}
    entities: dict[int, Entity] = {}
    for back in range(_WINDOW + 1):
        for i, entity in scene.places.get(here - back, ()):
            if i >= pronoun.token:
                continue
            arc = "nsubj" if i in scene.going_on else _arc(scene.doc[i]) if source else scene.doc[i].dep_
            weight = _MODIFIER_SALIENCE if arc in _MODIFIERS else _SALIENCE.get(arc, _OTHER_SALIENCE) + _RECENCY
            weight *= (_IN_QUOTE if (i in scene.quoted and i not in scene.going_on) != quoted else 1) * (_SPEAKER if reporting == i else 1)
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


def _recent_subject(scene: Discourse, entity: Entity, pronoun: Pronoun) -> bool:
    """Whether an entity was a subject shortly before: only then is "it" safely not some other thing.

    For a subject or possessive the sentence before counts too; an object that is a party in another sentence is too rare.
    """
    here, back = scene.sentence[pronoun.token], 1 if pronoun.subject or pronoun.possessive else 0
    near = (one for sentence in range(max(0, here - back), here + 1) for one in scene.places.get(sentence, ()))
    return any(owner is entity and i < pronoun.token and scene.doc[i].dep_ in _SUBJECTS for i, owner in near)


def _last(scene: Discourse, entity: Entity, pronoun: Pronoun) -> str:
    last = max(i for i in entity.mentions if i < pronoun.token)
    back = scene.sentence[pronoun.token] - scene.sentence[last]
    return ("in the same sentence", "one sentence before")[back] if back < 2 else f"{back} sentences before"


def _arc(token: Token) -> str:
    """The arc of a token; of a conjunct that of the first one: both of "Dunn and Hale" may be who spoke."""
    while token.dep_ == "conj" and token.pos_ == "PROPN" and token.head.pos_ == "PROPN":
        token = token.head
    return str(token.dep_)


def _fit(scene: Discourse, entity: Entity, pronoun: Pronoun) -> float:
    """How well an entity agrees with a pronoun, from 0 for not at all to 1; "it" is a party only if that was a subject just before."""
    if not _agrees(scene, entity, pronoun):
        return 0.0
    if pronoun.kind in ("he", "she"):
        return _AGAINST_NAME if _against_name(entity, pronoun) else 1.0 if entity.gender or entity.name_gender else _UNKNOWN_GENDER
    if pronoun.kind == "they":
        return 1.0 if entity.plural or entity.party is None or entity.party.type not in _BODIES else _BODY
    return float(entity.party is None or _recent_subject(scene, entity, pronoun))


def _agrees(scene: Discourse, entity: Entity, pronoun: Pronoun) -> bool:
    """Whether an entity may be meant at all, by number, animacy and what the text says of gender."""
    kind = entity.party.type if entity.party is not None else ""
    if pronoun.kind in ("he", "she"):
        return entity.person and not entity.plural and entity.gender != _other(pronoun)
    if pronoun.kind == "they":
        return (entity.plural or kind in _BODIES or kind == "described_group") and (entity.human or not _mental(scene, pronoun))
    return pronoun.kind == "it" and not entity.person and not entity.plural and (entity.party is None or kind in _THINGS)


def _mental(scene: Discourse, pronoun: Pronoun) -> bool:
    """Whether a pronoun is who speaks or thinks, as no thing does."""
    verb = scene.doc[pronoun.token].head
    return pronoun.token in scene.sources or (pronoun.subject and _is_mental(verb))


def _is_mental(verb: Token) -> bool:
    """Whether a verb is of speech, thought or will."""
    return verb.lemma_ in _MENTAL or verb.lemma_ in reporting_verbs()


def _against_name(entity: Entity, pronoun: Pronoun) -> bool:
    """Whether nothing but a given name speaks against it that somebody is "he" or "she"."""
    return not entity.gender and entity.name_gender == _other(pronoun)


def _other(pronoun: Pronoun) -> str:
    """The gender that a pronoun does not have; one that nobody has where it says nothing of gender."""
    return {"he": "f", "she": "m"}.get(pronoun.kind, "-")


def _barred(token: Token, pronoun: Pronoun) -> set[int]:
    """Tokens that the pronoun cannot mean: the other arguments of its own verb.

    "Him" is not the one who saw him, and "besides Ada Brook, she" is not Ada Brook.
    """
    if pronoun.possessive or pronoun.reflexive:
        return set()
    verb = token.head if token.dep_ != "pobj" else token.head.head
    barred = {child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative") and child.i != token.i}
    subject = _subject(token)
    if subject is not None and subject.i != token.i and not pronoun.subject:
        barred.add(subject.i)
    if pronoun.subject:
        barred.update(noun.i for prep in verb.children if prep.dep_ == "prep" for noun in prep.children if noun.dep_ == "pobj")
    return barred | {conjunct.i for conjunct in token.conjuncts}


def _spoken_of(scene: Discourse, pronoun: Pronoun) -> set[int]:
    """The nouns in what a pronoun is said to have said: in "“Thank Dunn,” she added" she is not Dunn."""
    return {i for i in scene.said_by.get(pronoun.token, ()) if scene.doc[i].pos_ in ("NOUN", "PROPN")}


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
THIRD_PERSON: tuple[tuple[str, ThirdPerson], ...] = (
    ("relative pronouns", _relative),
    ("reflexives", _reflexive),
    ("the subject after an opening phrase", _fronted),
    ("who was asked", _answering),
    ("the last who spoke", _speaking_on),
    ("the most salient that fits", _salient),
)


# --- first person ---------------------------------------------------------------------------------------------------


def _first(scene: Discourse, pronoun: Pronoun, narrator: Party, parties: list[Party]) -> tuple[Party | None, str]:
    """ "I" in a quote is its speaker; "we" the body that the speaker speaks for; outside quotes both are the author."""
    word = scene.doc[pronoun.token].text
    if pronoun.token not in scene.quoted:
        return (None, "") if scene.in_unowned_marks(pronoun.token) else (narrator, f"“{word}” outside quotes: the author")
    speaker = scene.quoting(pronoun.token)
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
