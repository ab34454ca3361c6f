"""Resolves pronouns (coreference): which actor each stands for, or none.

Grammar and the structure of the text decide first: relative pronouns, reflexives, who was asked, who spoke last. For the rest the trained
ranker weighs the candidates that fit in number, animacy and gender and that syntax does not rule out. Nouns that are no actors compete too,
so that "it" may be a thing. Where no candidate is likely enough a pronoun or a description stays unresolved: a gap is better than a guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from onrecord.extract.actors.agreement import SUBJECTS, agrees, excluded_entities, name_disagrees, subject_of
from onrecord.extract.actors.anaphors import Anaphor, find_pronouns
from onrecord.extract.actors.antecedent_features import antecedent_features, nobody_features, reporting_subject
from onrecord.extract.actors.antecedents import Discourse, Entity, build_discourse, resolve_speakers
from onrecord.extract.actors.candidates import WINDOW, Candidate, find_candidates
from onrecord.extract.actors.definite_descriptions import description_start, find_definite_descriptions
from onrecord.extract.actors.mention import FoundMention, words_span
from onrecord.extract.actors.party import Party, gender_of_noun
from onrecord.extract.actors.ranking import Judge, Question, load_ranker
from onrecord.extract.actors.sources import spoken_for
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
    descriptions = find_definite_descriptions(analysis, discourse, undecided)
    # In text order, since each may be what the next one goes back to.
    for anaphor in sorted((*found, *descriptions), key=lambda one: one.token):
        if anaphor.kind in ("person", "body"):
            _resolve_description(discourse, anaphor, judge, parties)
        elif anaphor.kind not in ("I", "we"):
            entity, why = _third_person(discourse, anaphor, judge)
            if entity is not None:
                _add_to_discourse(discourse, anaphor, entity)
                _add_mention(discourse, anaphor, entity.party, why, resolved)
    parties[:] = [party for party in parties if party.mentions]
    # Who "I" is follows from who speaks, and who speaks may be a "he" that is resolved only now.
    discourse.speakers = resolve_speakers(discourse, resolved)
    narrator = Party("The article’s author", "narrator", True)
    for anaphor in found:
        if anaphor.kind in ("I", "we"):
            _add_mention(discourse, anaphor, *_first_person(discourse, anaphor, narrator), resolved)
    if narrator.mentions:
        parties.append(narrator)
    return resolved


def _add_to_discourse(discourse: Discourse, anaphor: Anaphor, entity: Entity) -> None:
    """Makes a resolved pronoun a mention of its entity for the pronouns after it, and evidence of the entity's gender."""
    discourse.add(entity, anaphor.token)
    if anaphor.kind in ("he", "she"):
        entity.spoken_of = (entity.spoken_of + ("m" if anaphor.kind == "he" else "f"))[-_REMEMBERED:]
    if anaphor.kind in ("he", "she") and entity.party is not None and entity.perhaps_person:
        # What nothing but a guess took for a body or a place is a person: the pronoun says so.
        entity.person = entity.human = True
        entity.perhaps_person = False
        entity.party.type = "person"


def _add_mention(discourse: Discourse, anaphor: Anaphor, party: Party | None, why: str, resolved: dict[int, Party]) -> None:
    if party is None:
        return
    resolved[anaphor.token] = party
    token = discourse.doc[anaphor.token]
    span = words_span(discourse.doc, token.i, token.i + 1)
    # "The board, which ...": resolved for other rules, but no mention that a reader would point at.
    if token.lower_ not in ("which", "that"):
        party.add(FoundMention(span, span, token.i, "pronoun", token.lower_), why)


# --- third person ---------------------------------------------------------------------------------------------------


def _third_person(discourse: Discourse, anaphor: Anaphor, judge: Judge) -> Choice:
    """The antecedent of a pronoun of the third person: what the first of :data:`GRAMMAR` says that says anything, else the likeliest."""
    if (named := _intensified(discourse.doc[anaphor.token], anaphor)) is not None:
        entity = discourse.owners.get(named.i)
        return (entity, f"“{discourse.doc[anaphor.token].text}” after “{named.text}”") if entity is not None else (None, "")
    for _, step in GRAMMAR:
        entity, why = step(discourse, anaphor)
        if entity is not None:
            return entity, why
    return _likeliest(discourse, anaphor, judge)


def _relative(discourse: Discourse, anaphor: Anaphor) -> Choice:
    if anaphor.antecedent is None or anaphor.antecedent not in discourse.owners:
        return None, ""
    return discourse.owners[anaphor.antecedent], f"relative pronoun of “{discourse.doc[anaphor.antecedent].text}”"


def _intensified(token: Token, anaphor: Anaphor) -> Token | None:
    """The word that a reflexive right after it only stresses: "Lee" in "Lee himself said". It means that one, or nobody."""
    before = token.nbor(-1) if token.i > 0 else None
    stressed = anaphor.reflexive and before is not None and before.pos_ in ("NOUN", "PROPN") and before.dep_ in SUBJECTS
    return before if stressed else None


def _reflexive(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """A reflexive is the subject of its clause."""
    subject = subject_of(discourse.doc[anaphor.token]) if anaphor.reflexive else None
    entity = discourse.owners.get(subject.i) if subject is not None else None
    return (entity, "reflexive of the subject of its clause") if entity is not None and agrees(discourse, entity, anaphor) else (None, "")


def _last_speaker(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """The source of "he said" is the last source before it, if nobody else who fits came in between.

    Whom that source speaks of does not come in between: "Brook said that Dunn had left. He added ...". In the paragraph of the
    last source only subjects do, in a later one anybody.
    """
    # Only for pronouns that are themselves a source, and that the narrator says.
    if anaphor.kind not in ("he", "she", "they") or anaphor.token not in discourse.sources or anaphor.token in discourse.said:
        return None, ""
    place = bisect_left(discourse.narrated_sources, anaphor.token)
    last = discourse.narrated_sources[place - 1] if place else None
    # After so many sentences the last speaker is no longer in mind.
    if last is None or discourse.sentence[anaphor.token] - discourse.sentence[last] > WINDOW:
        return None, ""
    excluded = excluded_entities(discourse, anaphor)
    found = discourse.owners.get(last)
    if found is None or found.order in excluded or not agrees(discourse, found, anaphor) or name_disagrees(found, anaphor):
        return None, ""
    told = discourse.content_of.get(last, frozenset())
    between = [
        i
        for sentence in range(discourse.sentence[last], discourse.sentence[anaphor.token] + 1)
        for i, entity in discourse.mentions_in.get(sentence, ())
        if last < i < anaphor.token and entity is not found and i not in told and i not in discourse.quoted
        if entity.order not in excluded and not name_disagrees(entity, anaphor) and agrees(discourse, entity, anaphor)
    ]
    if any(discourse.doc[i].dep_ in SUBJECTS or discourse.paragraph[i] != discourse.paragraph[last] for i in between):
        return None, ""
    return found, f"“{discourse.doc[anaphor.token].text}” who speaks: the last one before who was said to speak"


def _same_as_reporter(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """In what a pronoun is said to have said, the same pronoun as subject: "He said that **he** was cold"."""
    reporter = reporting_subject(discourse, anaphor)
    if reporter is None or anaphor.kind not in ("he", "she") or anaphor.token in discourse.quoted:
        return None, ""
    entity = discourse.owners.get(reporter)
    same = discourse.doc[reporter].lower_ == discourse.doc[anaphor.token].lower_
    return (entity, f"“{discourse.doc[anaphor.token].text}” in what the same pronoun says") if same and entity is not None else (None, "")


def _addressee_of_question(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """The source of "he said" after a question is who was asked: "Lee asked Reed whether he had keys. He said that he had"."""
    if anaphor.kind not in ("he", "she") or anaphor.token not in discourse.sources or anaphor.token in discourse.said:
        return None, ""
    place = bisect_left(discourse.narrated_sources, anaphor.token)
    question = discourse.attribution_of.get(discourse.narrated_sources[place - 1]) if place else None
    answer = discourse.attribution_of[anaphor.token]
    if question is None or question.addressee is None or not _is_question(discourse, question) or _cue(answer) in _FOLLOW_UP_VERBS:
        return None, ""
    asked = discourse.doc.char_span(question.addressee.head.start, question.addressee.head.end, alignment_mode="expand")
    entity = next((discourse.owners[token.i] for token in asked or () if token.i in discourse.owners), None)
    if entity is None or discourse.sentence[anaphor.token] - discourse.sentence[discourse.narrated_sources[place - 1]] > 1:
        return None, ""
    if entity.party is None or not agrees(discourse, entity, anaphor) or name_disagrees(entity, anaphor):
        return None, ""
    return entity, f"“{discourse.doc[anaphor.token].text}” who speaks after a question: who was asked"


def _is_question(discourse: Discourse, attribution: Attribution) -> bool:
    """Whether somebody asked to be told something, not to have it done: "asked whether", "“Is it?” asked"."""
    first = discourse.doc.char_span(attribution.content[0].start, attribution.content[0].end, alignment_mode="expand")
    wondered = first is not None and first[0].lower_ in _QUESTION_WORDS
    asked = attribution.content[-1].of(discourse.doc.text).rstrip("\"'”’ ,").endswith("?")
    return _cue(attribution) in _QUESTION_VERBS and (wondered or asked)


def _cue(attribution: Attribution) -> str:
    return attribution.cue.lemma if attribution.cue is not None else ""


def _likeliest(discourse: Discourse, anaphor: Anaphor, judge: Judge) -> Choice:
    """The candidate that the judge believes in."""
    candidates = find_candidates(discourse, anaphor) if anaphor.kind != "relative" else ()
    if not candidates:
        return None, ""
    fronted = _subject_that_follows(discourse, anaphor)
    rows = [*antecedent_features(discourse, anaphor, candidates, fronted), nobody_features(discourse, anaphor, candidates)]
    decision = judge.decide(Question(discourse, anaphor, candidates, rows))
    if decision.entity is None or _is_unnamed_from_before(discourse, decision.entity, anaphor):
        return None, ""
    if _is_within_others_words(discourse, decision.entity, anaphor, candidates):
        return None, ""
    if anaphor.kind == "they" and _nearer_people(discourse, decision.entity, anaphor, candidates):
        return None, ""
    # "The Swede who runs the port said he was ill": whoever reports, and is nobody's actor, is more likely "he" than an actor from before.
    reporting = discourse.owners.get(reporting_subject(discourse, anaphor) or -1)
    if reporting is not None and reporting.party is None and any(one.entity is reporting for one in candidates):
        return None, ""
    where = _where_last_named(discourse, decision.entity, anaphor)
    return decision.entity, f"“{discourse.doc[anaphor.token].text}”: the likeliest that fits ({decision.chance:.0%}), {where}"


def _is_within_others_words(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Sequence[Candidate]) -> bool:
    """Whether the narrator's pronoun would go to somebody last mentioned in a quotation, though whoever spoke there fits as well."""
    at = bisect_left(chosen.mentions, anaphor.token)
    last = chosen.mentions[at - 1] if at else -1
    speaker = discourse.speaker_at(last)
    if anaphor.token in discourse.quoted or speaker is None:
        return False
    return any(one.entity is not chosen and one.entity.party is speaker for one in candidates)


def _family(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """People named together whom the text calls by their surname elsewhere: "Ada and Ben Lee left. They ... The Lees"."""
    candidates = find_candidates(discourse, anaphor) if anaphor.kind == "they" else ()
    nearest = candidates[0] if candidates else None
    if nearest is None or nearest.entity.party is None or not nearest.entity.party.family or nearest.follows(anaphor):
        return None, ""
    return nearest.entity, f"“{discourse.doc[anaphor.token].text}”: the family named just before"


def _nearer_people(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Sequence[Candidate]) -> bool:
    """Whether several people who are no actor were a subject after the chosen one was mentioned: "Ada Lee and Tom Reed left. They"."""
    at = bisect_left(chosen.mentions, anaphor.token)
    last = chosen.mentions[at - 1] if at else -1
    others = (one for one in candidates if one.entity.party is None and one.entity.plural and one.entity.human)
    return any(last < one.nearest < anaphor.token and discourse.place(one.nearest).role == "subject" for one in others)


def _is_unnamed_from_before(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> bool:
    """Whether an entity is a person without a name who is not mentioned in the pronoun's own paragraph. "A passer-by" is seldom spoken of
    again."""
    unnamed = entity.party is not None and entity.person and not entity.party.named
    here = discourse.paragraph.get(anaphor.token)
    at = bisect_left(entity.mentions, anaphor.token)
    return unnamed and (not at or discourse.paragraph.get(entity.mentions[at - 1]) != here)


def _where_last_named(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> str:
    at = bisect_left(entity.mentions, anaphor.token)
    if not at:
        return "named next in the same sentence"
    back = discourse.sentence[anaphor.token] - discourse.sentence[entity.mentions[at - 1]]
    return "last named " + (("in the same sentence", "one sentence before")[back] if back < 2 else f"{back} sentences before")


def _subject_after_fronted(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """In a phrase that opens a sentence, the subject that follows: "Speaking in his office, Lee said", "In its report, the board said"."""
    subject = _subject_that_follows(discourse, anaphor)
    entity = discourse.owners.get(subject) if subject is not None else None
    # Looking ahead is riskier than looking back: a given name of the other gender is enough to refuse.
    if entity is None or entity.party is None or name_disagrees(entity, anaphor) or not agrees(discourse, entity, anaphor):
        return None, ""
    return entity, f"“{discourse.doc[anaphor.token].text}”: the subject that follows in the same sentence"


def _subject_that_follows(discourse: Discourse, anaphor: Anaphor) -> int | None:
    verb = _verb_after_fronted(discourse.doc[anaphor.token], anaphor)
    return next((child.i for child in verb.lefts if child.dep_ in SUBJECTS and child.i > anaphor.token), None) if verb else None


def _verb_after_fronted(token: Token, anaphor: Anaphor) -> Token | None:
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
        return top.head if anaphor.possessive else None
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


Grammar = Callable[[Discourse, Anaphor], Choice]
GRAMMAR: tuple[tuple[str, Grammar], ...] = (
    ("relative pronouns", _relative),
    ("reflexives", _reflexive),
    ("the subject after an opening phrase", _subject_after_fronted),
    ("who reports", _same_as_reporter),
    ("who was asked", _addressee_of_question),
    ("the last who spoke", _last_speaker),
    ("a family named together", _family),
)


# --- descriptions ---------------------------------------------------------------------------------------------------


def _resolve_description(discourse: Discourse, anaphor: Anaphor, judge: Judge, parties: list[Party]) -> None:
    """Joins a description to whom it means; one who speaks and is nobody named becomes a party of its own."""
    candidates = find_candidates(discourse, anaphor)
    anew = discourse.introduced.get(discourse.doc[anaphor.token].lemma_.lower(), anaphor.token) < anaphor.token
    if len(candidates) == 1 and not anew and _is_near(discourse, anaphor, candidates[0]):
        _join_description(discourse, anaphor, candidates[0].entity, "the only one spoken of just now that fits")
        return
    if candidates and not anew:
        rows = [*antecedent_features(discourse, anaphor, candidates, None), nobody_features(discourse, anaphor, candidates)]
        decision = judge.decide(Question(discourse, anaphor, candidates, rows))
        if decision.entity is not None:
            _join_description(discourse, anaphor, decision.entity, f"the likeliest that fits ({decision.chance:.0%})")
    elif anaphor.kind == "person" and anaphor.token in discourse.sources and not anew and not candidates:
        _add_described_speaker(discourse, anaphor, parties)


def _is_near(discourse: Discourse, anaphor: Anaphor, candidate: Candidate) -> bool:
    """Whether a candidate was the subject or a possessor in one of the last two sentences, in this paragraph or the one before."""
    here, paragraph = discourse.sentence[anaphor.token], discourse.paragraph[anaphor.token]
    near = [i for i in candidate.near if here - discourse.sentence[i] <= 2 and paragraph - discourse.paragraph[i] <= 1]
    return any(discourse.place(i).role in ("subject", "possessor") for i in near)


def _join_description(discourse: Discourse, anaphor: Anaphor, entity: Entity, why: str) -> None:
    before = discourse.owners.get(anaphor.token)
    mention = _described(discourse, anaphor)
    if entity.party is None:
        return
    if before is not None and before.party is not None:
        before.party.drop(mention)
    discourse.reassign(anaphor.token, entity)
    entity.called.add(discourse.doc[anaphor.token].lemma_.lower())
    entity.party.add(mention, f"“{mention.name}”: {why}")


def _add_described_speaker(discourse: Discourse, anaphor: Anaphor, parties: list[Party]) -> None:
    """Makes a party of whoever speaks and is only described; whoever was described so before is the same."""
    mention, owner = _described(discourse, anaphor), discourse.owners.get(anaphor.token)
    if owner is None:
        return
    if owner.party is None:
        noun = discourse.doc[anaphor.token].lemma_.lower()
        owner.party = Party(mention.name, "person", False, gender=gender_of_noun(noun), lemma=noun)
        parties.append(owner.party)
    owner.party.add(mention, "as described")


def _described(discourse: Discourse, anaphor: Anaphor) -> FoundMention:
    start = description_start(discourse.doc[anaphor.token])
    span = words_span(discourse.doc, start, anaphor.token + 1)
    name = " ".join(discourse.doc[start + 1 : anaphor.token + 1].text.split())
    return FoundMention(span, span, anaphor.token, "nominal", name, "person" if anaphor.kind == "person" else None)


# --- first person ---------------------------------------------------------------------------------------------------


def _first_person(discourse: Discourse, anaphor: Anaphor, narrator: Party) -> tuple[Party | None, str]:
    """ "I" in a quote is its speaker; "we" the body that the speaker speaks for; outside quotes both are the author."""
    word = discourse.doc[anaphor.token].text
    if anaphor.token not in discourse.quoted:
        # In marks that no quote has, "I" is somebody, but nobody knows who; certainly not the author.
        return (None, "") if discourse.in_unattributed_marks(anaphor.token) else (narrator, f"“{word}” outside quotes: the author")
    speaker = discourse.speaker_at(anaphor.token)
    if speaker is None:
        return None, ""
    if anaphor.kind == "I":
        return (speaker, f"“I” in the words of {speaker.name}") if speaker.type == "person" else (None, "")
    if speaker.type != "person":
        return speaker, f"“we” in the words of {speaker.name}"
    group = spoken_for(discourse, speaker)
    return (group, f"“we” in the words of {speaker.name}, who speaks for {group.name}") if group else (None, "")
