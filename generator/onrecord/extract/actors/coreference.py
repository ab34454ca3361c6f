"""Resolves pronouns (coreference): which actor each stands for, or none.

Grammar and the structure of the text decide first: relative pronouns, reflexives, who was asked, who spoke last. For the rest the trained
ranker weighs the candidates that fit in number, animacy and gender and that syntax does not rule out. Nouns that are no actors compete too,
so that "it" may be a thing. Where no candidate is likely enough a pronoun or a description stays unresolved: a gap is better than a guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import islice

from onrecord.extract.actors.anaphors import (
    BASIC,
    COMPANIES,
    STATES,
    Anaphor,
    bodies_of_kind,
    description_start,
    find_definite_descriptions,
    find_new_trades,
    find_pronouns,
    is_called,
    is_of_another_trade,
    is_of_kind,
    is_one_person,
    is_parent,
    is_rather_new,
    is_told_of,
    may_tell_anew,
    outlet_told,
    told_apart,
)
from onrecord.extract.actors.antecedent_features import antecedent_features, nobody_features
from onrecord.extract.actors.antecedents import Context, Discourse, Entity, build_discourse, resolve_speakers
from onrecord.extract.actors.candidates import Candidate, find_candidates, gender_evidence
from onrecord.extract.actors.described_parties import mention_of_person, party_of_person, type_of_noun
from onrecord.extract.actors.grammar import GRAMMAR, Choice, body_led_by, first_person, subject_that_follows
from onrecord.extract.actors.mention import FoundMention, mention_of_pronoun, words_span
from onrecord.extract.actors.party import Party, gender_of_noun, is_role
from onrecord.extract.actors.ranking import DOUBTS, PLACING, Judge, Question, last_mention, load_ranker
from onrecord.extract.actors.sources import add_tied
from onrecord.extract.actors.word_lists import words
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import SUBJECTS, Token, is_age

_REMEMBERED = 6
"""So many of the last pronouns for somebody are evidence of whether "he" or "she" is right."""
_WORDS_OF_CUES = 5
"""So many words at most stand outside of two quotations between their sources: "Brook said. ... said the former"."""
_LATELY = 4
"""So many sentences back a state was spoken of that "the country" goes on about."""
_WHERE = PLACING | {"from"}
"""Prepositions before what is more likely a place than somebody: a recogniser takes towns for people."""
_CLAUSES_UP = 12
"""So many words above one it is looked for who says it."""
_OFTEN = 3
"""Whoever is mentioned so often, by a pronoun among them, is somebody that the article is about, with a name or without."""


def resolve_pronouns(
    analysis: Analysis,
    parties: list[Party],
    undecided: Mapping[int, tuple[Party, ...]],
    attributions: tuple[Attribution, ...],
    judge: Judge | None = None,
    context: Context | None = None,
) -> dict[int, Party]:
    """The party of each pronoun that is resolved, by token; the mentions are added to the parties.

    ``undecided`` are the heads of names that fit several people, with whom they may mean. ``judge`` weighs the candidates;
    without one the trained ranker does. ``context`` is the article as an encoder has read it, if one has.
    """
    discourse = build_discourse(analysis, parties, undecided, attributions)
    discourse.context = context
    found = find_pronouns(analysis)
    resolved: dict[int, Party] = {}
    judge = judge or load_ranker()
    _add_apposed_descriptions(discourse)
    descriptions = tuple(find_definite_descriptions(analysis, discourse, undecided))
    discourse.new_trades = find_new_trades(discourse, descriptions)
    for anaphor in sorted((*found, *descriptions), key=lambda one: _turn(discourse, one)):
        if anaphor.kind in ("person", "body"):
            _resolve_description(discourse, anaphor, judge, parties)
        elif anaphor.kind not in ("I", "we"):
            entity, why = _third_person(discourse, anaphor, judge)
            if entity is not None:
                _add_to_discourse(discourse, anaphor, entity)
                _add_mention(discourse, anaphor, entity.party, why, resolved)
    _add_people_spoken_of(discourse, parties, resolved)
    add_tied(discourse, parties, resolved)
    parties[:] = [party for party in parties if party.mentions]
    _resolve_first_person(discourse, found, parties, resolved)
    return resolved


def _resolve_first_person(discourse: Discourse, found: Sequence[Anaphor], parties: list[Party], resolved: dict[int, Party]) -> None:
    """Makes "I" and "we" mentions of whom they stand for; the article's author joins the parties if the author is one of these."""
    # Who "I" is follows from who speaks, and who speaks may be a "he" that is resolved only now.
    discourse.speakers = resolve_speakers(discourse, resolved)
    narrator = Party("The article’s author", "narrator", True)
    for anaphor in found:
        if anaphor.kind in ("I", "we"):
            _add_mention(discourse, anaphor, *first_person(discourse, anaphor, narrator), resolved)
    if narrator.mentions:
        parties.append(narrator)


def _turn(discourse: Discourse, anaphor: Anaphor) -> tuple[int, bool, int]:
    """When an anaphor is resolved: in text order, since each may be what the next one goes back to; but "she" of "“I told her,” **she**
    said" before the words, where "her" is somebody else."""
    first = discourse.quoted_from(anaphor.token) if anaphor.kind in ("he", "she") else anaphor.token
    return min(first, anaphor.token), first >= anaphor.token, anaphor.token


def _add_to_discourse(discourse: Discourse, anaphor: Anaphor, entity: Entity) -> None:
    """Makes a resolved pronoun a mention of its entity for the pronouns after it, and evidence of the entity's gender."""
    discourse.add(entity, anaphor.token)
    if entity.party is not None:
        discourse.note_speaker(anaphor.token, entity.party)
    if anaphor.kind in ("he", "she"):
        entity.spoken_of = (entity.spoken_of + ("m" if anaphor.kind == "he" else "f"))[-_REMEMBERED:]
    if anaphor.kind == "it":
        entity.perhaps_person = False
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
    # "The board, which ...": resolved for other rules, but no mention that a reader would point at.
    if token.lower_ not in ("which", "that"):
        party.add(mention_of_pronoun(token), why)


# --- third person ---------------------------------------------------------------------------------------------------


def _third_person(discourse: Discourse, anaphor: Anaphor, judge: Judge) -> Choice:
    """The antecedent of a pronoun of the third person: what the first of :data:`GRAMMAR` says that says anything, else the likeliest."""
    if (named := _intensified(discourse.doc[anaphor.token], anaphor)) is not None:
        entity = discourse.owners.get(named.i)
        return (entity, f"“{discourse.doc[anaphor.token].text}” after “{named.text}”") if entity is not None else (None, "")
    for _, step in GRAMMAR:
        entity, why = step(discourse, anaphor)
        if entity is not None or why:
            return entity, why
    return _likeliest(discourse, anaphor, judge)


def _intensified(token: Token, anaphor: Anaphor) -> Token | None:
    """The word that a reflexive right after it only stresses: "Lee" in "Lee himself said". It means that one, or nobody."""
    before = token.nbor(-1) if token.i > 0 else None
    subject = before is not None and before.pos_ in ("NOUN", "PROPN") and before.dep_ in SUBJECTS
    return before if anaphor.reflexive and subject else None


def _likeliest(discourse: Discourse, anaphor: Anaphor, judge: Judge) -> Choice:
    """The candidate that the judge believes in."""
    candidates = find_candidates(discourse, anaphor) if anaphor.kind != "relative" else ()
    fronted = subject_that_follows(discourse, anaphor)
    if fronted is not None:
        # A pronoun in a phrase that opens a sentence goes ahead of the sentence's subject, and of nobody else (Carden 1982).
        candidates = tuple(one for one in candidates if not one.follows(anaphor) or one.nearest == fronted)
    if not candidates:
        return None, ""
    rows = [*antecedent_features(discourse, anaphor, candidates, fronted), nobody_features(discourse, anaphor, candidates)]
    decision = judge.decide(Question(discourse, anaphor, candidates, rows))
    entity = decision.entity
    if entity is not None and entity.among:
        entity = _only_one_among(discourse, entity, anaphor) or entity
    if entity is None or any(doubt(discourse, entity, anaphor, candidates) for _, doubt in DOUBTS):
        return None, ""
    where = _where_last_named(discourse, entity, anaphor)
    return entity, f"“{discourse.doc[anaphor.token].text}”: the likeliest that fits ({decision.chance:.0%}), {where}"


def _only_one_among(discourse: Discourse, undecided: Entity, anaphor: Anaphor) -> Entity | None:
    """The one of those whom a name may mean that a pronoun for it fits, if it fits none of the others and the article speaks of nobody
    among them more: "Dunn ... **her**", where the text has a John and a Mary Dunn. Before a noun the name is in the background."""
    last = last_mention(undecided, anaphor)
    if last < 0 or discourse.place(last).role == "modifier":
        return None
    among = [discourse.owners[min(one.heads)] for one in undecided.among if one.heads and min(one.heads) in discourse.owners]
    fitting = [one for one in among if gender_evidence(one, anaphor) > 0]
    alone = len(fitting) == 1 and all(gender_evidence(one, anaphor) < 0 for one in among if one is not fitting[0])
    return fitting[0] if alone and all(len(one.mentions) <= len(fitting[0].mentions) for one in among) else None


def _where_last_named(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> str:
    last = last_mention(entity, anaphor)
    if last < 0:
        return "named next in the same sentence"
    back = discourse.sentence[anaphor.token] - discourse.sentence[last]
    return "last named " + (("in the same sentence", "one sentence before")[back] if back < 2 else f"{back} sentences before")


# --- descriptions ---------------------------------------------------------------------------------------------------


def _resolve_description(discourse: Discourse, anaphor: Anaphor, judge: Judge, parties: list[Party]) -> None:
    """Joins a description to whom it means; one who speaks and is nobody named becomes a party of its own."""
    fitting = find_candidates(discourse, anaphor)
    entity, why = _whom_described(discourse, anaphor, fitting, judge)
    if entity is not None:
        _join_description(discourse, anaphor, entity, why)
    elif not _is_introduced_anew(discourse, anaphor):
        speaks = anaphor.kind == "person" and anaphor.token in discourse.sources and anaphor.token not in discourse.quoted
        if speaks and (not fitting or _has_another_office(discourse, anaphor, fitting)):
            _add_described_speaker(discourse, anaphor, parties)
        if len(fitting) > 1:
            _leave_open(discourse, anaphor)


def _has_another_office(discourse: Discourse, anaphor: Anaphor, fitting: Sequence[Candidate]) -> bool:
    """Whether a description names an office that nobody of the article is said to hold, and whoever might be meant is said to hold
    another: after "Justice Ada Park" the governor is somebody else."""
    noun = discourse.doc[anaphor.token]
    held = {
        office for entity in discourse.entities if entity.party is not None and entity.party.named for office in entity.party.role_nouns
    }
    office = noun.lemma_.lower() in words("titles.txt", "office") and noun.lemma_.lower() not in held
    return office and not any(is_told_of(one.entity, noun) or not (one.entity.party and one.entity.party.roles) for one in fitting)


def _is_introduced_anew(discourse: Discourse, anaphor: Anaphor) -> bool:
    """Whether the text introduced somebody new with the noun of a description before it: "a striker"."""
    return discourse.introduced.get(discourse.doc[anaphor.token].lemma_.lower(), anaphor.token) < anaphor.token


def _whom_described(discourse: Discourse, anaphor: Anaphor, fitting: Sequence[Candidate], judge: Judge) -> Choice:
    """Whom a description means, and why, from the most certain to the least; nobody where somebody new was introduced with its noun."""
    token = discourse.doc[anaphor.token]
    if (holder := _named_later(discourse, anaphor)) is not None:
        return holder, "the only one of whom the text states these words"
    if _is_introduced_anew(discourse, anaphor):
        return None, ""
    if (outlet := outlet_told(discourse, token)) is not None:
        return outlet, "the one outlet of the article, which is told something"
    called = [one.entity for one in fitting if is_called(one.entity, token)] or _described_before(discourse, anaphor)
    if len(called) == 1:
        return called[0], "the only one spoken of lately that the text calls so"
    if token.lemma_.lower() in STATES:
        return (None if called else _state_spoken_of(discourse, anaphor, fitting)), "the state spoken of there"
    if anaphor.kind == "body" and not called and (known := _body_of_kind(discourse, anaphor, fitting)) is not None:
        return known
    fitting = _without_newcomers(discourse, token, fitting)
    candidates = [one for one in fitting if is_told_of(one.entity, token)]
    if _is_somebody_unnamed(discourse, anaphor):
        candidates = [one for one in candidates if is_called(one.entity, token)]
    if len(candidates) == 1 and _is_near(discourse, anaphor, candidates[0]) and not _nearer(candidates[0], fitting, token):
        return candidates[0].entity, "the only one spoken of just now that fits"
    if not called and (topic := _topic(discourse, anaphor, fitting)) is not None:
        return topic, "the one whom the sentence before is about"
    if anaphor.kind == "body" and (outer := _around_the_others(discourse, anaphor, candidates)) is not None:
        return outer.entity, "the others that fit stand inside its phrase"
    return _likeliest_described(discourse, anaphor, tuple(candidates), judge)


def _without_newcomers(discourse: Discourse, token: Token, fitting: Sequence[Candidate]) -> list[Candidate]:
    """The candidates for a description, without those than whom it is rather somebody new; which it then is whenever it comes again."""
    new = {one.nearest for one in fitting if is_rather_new(discourse, token, one.entity)}
    if new:
        discourse.newcomers.add(token.lemma_.lower())
    return [one for one in fitting if one.nearest not in new]


def _is_somebody_unnamed(discourse: Discourse, anaphor: Anaphor) -> bool:
    """Whether "the woman" may be somebody without a name of whom the sentence before tells: after "her grandmother" it is hardly she."""
    noun, here = discourse.doc[anaphor.token], discourse.sentence[anaphor.token]
    gender = gender_of_noun(noun.lemma_)
    if not gender or is_role(noun):
        return False
    there = (
        entity for _, entity in discourse.mentions_in.get(here - 1, ()) if entity.person and entity.party is None and not entity.plural
    )
    return any(entity.gender in ("", gender) for entity in there)


def _body_of_kind(discourse: Discourse, anaphor: Anaphor, fitting: Sequence[Candidate]) -> Choice | None:
    """Of the bodies spoken of lately the one that a noun without more words must mean: the one whose head or speaker uses it; the one that
    is known to be of its kind; the one that there is, if the text goes on about it. None where a body of the kind was introduced anew."""
    token = discourse.doc[anaphor.token]
    noun = token.lemma_.lower()
    if told_apart(token) or any(discourse.introduced.get(one, anaphor.token) < anaphor.token for one in bodies_of_kind(noun)):
        return None
    body = _speakers_body(discourse, anaphor) if noun in BASIC else None
    if body is not None and [one for one in fitting if _is_here(discourse, anaphor, one) or one.entity.party is body][1:] == []:
        led = next((one.entity for one in fitting if one.entity.party is body), None)
        if led is not None:
            return led, f"the body of which {discourse.doc[anaphor.token].text} is said by its head or speaker"
    of_kind = [one for one in fitting if is_of_kind(one.entity, token)]
    if len(of_kind) == 1 and (noun not in BASIC or not _nearer(of_kind[0], fitting, token)):
        return of_kind[0].entity, "the only one spoken of lately that is known to be of this kind"
    if len(fitting) == 1 and noun in COMPANIES and _goes_on_about(discourse, anaphor, fitting[0]):
        return fitting[0].entity, "the only body spoken of lately"
    return None


def _is_here(discourse: Discourse, anaphor: Anaphor, candidate: Candidate) -> bool:
    """Whether a candidate is mentioned in the sentence of a description, or the one before."""
    return discourse.sentence[anaphor.token] - discourse.sentence[candidate.nearest] <= 1


def _goes_on_about(discourse: Discourse, anaphor: Anaphor, candidate: Candidate) -> bool:
    """Whether the text keeps a body in mind: it takes part in one of the last sentences, not only as where something is, or is mentioned
    again and again."""
    here = discourse.sentence[anaphor.token]
    lately = (discourse.place(i) for i in candidate.near if here - discourse.sentence[i] <= _LATELY)
    return len(candidate.near) >= _OFTEN or any(place.role != "oblique" or place.preposition not in _WHERE for place in lately)


def _speakers_body(discourse: Discourse, anaphor: Anaphor) -> Party | None:
    """The body at whose head is, or for which speaks, whoever says the words that a description stands in."""
    speaker = discourse.speaker_at(anaphor.token) or _reported_speaker(discourse, anaphor.token)
    return body_led_by(discourse, speaker) if speaker is not None and speaker.type == "person" else None


def _reported_speaker(discourse: Discourse, i: int) -> Party | None:
    """Who says the words without marks that a token stands in."""
    for verb in islice(discourse.doc[i].ancestors, _CLAUSES_UP):
        for child in verb.children:
            if i in discourse.content_of.get(child.i, ()) and child.i in discourse.owners:
                return discourse.owners[child.i].party
    return None


def _likeliest_described(discourse: Discourse, anaphor: Anaphor, candidates: tuple[Candidate, ...], judge: Judge) -> Choice:
    """The candidate for a description that the judge believes in."""
    # "Furious with the referee": a new role where the sentence is about somebody else is hardly that of whoever was spoken of.
    if not candidates or (is_role(discourse.doc[anaphor.token]) and not anaphor.subject):
        return None, ""
    rows = [*antecedent_features(discourse, anaphor, candidates, None), nobody_features(discourse, anaphor, candidates)]
    decision = judge.decide(Question(discourse, anaphor, candidates, rows))
    return decision.entity, f"the likeliest that fits ({decision.chance:.0%})"


def _nearer(chosen: Candidate, fitting: Sequence[Candidate], token: Token) -> bool:
    """Whether somebody else whom nothing rules out was spoken of later: "Ada Brook left. Professor Lee stayed. The expert"."""
    return any(one.nearest > chosen.nearest and not is_of_another_trade(one.entity, token) for one in fitting if one is not chosen)


def _described_before(discourse: Discourse, anaphor: Anaphor) -> list[Entity]:
    """Those who were described with the same noun, and nothing else, before, however far back: "the airline", after many others."""
    token = discourse.doc[anaphor.token]
    told = is_age(token) or any(child.dep_ in ("amod", "compound", "nmod", "nummod") for child in token.lefts)
    noun = token.lemma_.lower()
    return [] if told or noun in BASIC else discourse.described.get(noun, [])


def _leave_open(discourse: Discourse, anaphor: Anaphor) -> None:
    """Makes "the club" a mention of nobody where it may be one of several that are named: it is no body of its own, which nobody named."""
    owner, noun = discourse.owners.get(anaphor.token), discourse.doc[anaphor.token].lemma_.lower()
    if owner is None or owner.party is None or owner.party.named or owner.party.modifiers or noun not in BASIC:
        return
    owner.party.drop(_described(discourse, anaphor))
    discourse.reassign(anaphor.token, Entity(None, person=False, plural=False, human=True, gender=""))


def _state_spoken_of(discourse: Discourse, anaphor: Anaphor, candidates: Sequence[Candidate]) -> Entity | None:
    """The state that "the country" means: the only one lately spoken of, or the one of which the article speaks most by far."""
    token, here = discourse.doc[anaphor.token], discourse.sentence[anaphor.token]
    if any(child.dep_ in ("amod", "compound", "nmod", "nummod") for child in token.lefts) or token.nbor(-1).text == "-":
        return None
    near = [one.entity for one in candidates if here - discourse.sentence[one.nearest] <= _LATELY]
    counts = sorted((bisect_left(entity.mentions, anaphor.token), -entity.order) for entity in near)
    if len(counts) > 1 and counts[-1][0] < 2 * counts[-2][0]:
        return None
    return next((entity for entity in near if -entity.order == counts[-1][1]), None)


def _topic(discourse: Discourse, anaphor: Anaphor, candidates: Sequence[Candidate]) -> Entity | None:
    """The one whom the sentence before is about, its subject or who speaks there, where a subject goes on about it with a new word: "Ada
    Brook wrote it. The novelist" (the centre of attention goes on: Grosz, Joshi & Weinstein, Computational Linguistics 21, 1995)."""
    token = discourse.doc[anaphor.token]
    owner = discourse.owners.get(anaphor.token)
    repeats = owner is not None and owner.mentions[0] < anaphor.token
    goes_on = anaphor.token in discourse.narrated_sources or (
        _is_main_subject(discourse, anaphor.token) and discourse.is_first_in_sentence(anaphor.token, token.left_edge.i)
    )
    if not goes_on or repeats or not may_tell_anew(token):
        return None
    before = discourse.mentions_in.get(_sentence_gone_on_from(discourse, anaphor), ())
    about = {id(entity): entity for i, entity in before if i in discourse.narrated_sources or _is_main_subject(discourse, i)}
    fits = [one for one in candidates if id(one.entity) in about and not is_of_another_trade(one.entity, token)]
    near = fits and discourse.paragraph[anaphor.token] - discourse.paragraph[fits[0].nearest] <= 1
    return fits[0].entity if near and len(fits) == 1 and not any(_competes(discourse, one, fits[0]) for one in before) else None


def _sentence_gone_on_from(discourse: Discourse, anaphor: Anaphor) -> int:
    """The sentence before; behind a quotation of several sentences the one that says who spoke before it."""
    here = discourse.sentence[anaphor.token]
    at = bisect_left(discourse.narrated_sources, anaphor.token)
    last = discourse.narrated_sources[at - 1] if at else -1
    between = sum(1 for i in range(last + 1, anaphor.token) if i not in discourse.said and discourse.doc[i].is_alpha)
    quoted = anaphor.token in discourse.sources and between <= _WORDS_OF_CUES
    return discourse.sentence.get(last, here - 1) if quoted else here - 1


def _competes(discourse: Discourse, mention: tuple[int, Entity], topic: Candidate) -> bool:
    """Whether a mention is of another named party of the kind of the topic, where it takes part in what is told: not "from Hale"."""
    i, entity = mention
    place = discourse.place(i)
    if entity is topic.entity or entity.person != topic.entity.person or entity.party is None or not entity.party.named:
        return False
    return place.role in ("subject", "object", "agent", "top") or (place.role == "oblique" and place.preposition not in _WHERE)


def _is_main_subject(discourse: Discourse, i: int) -> bool:
    """Whether a mention is the subject of the main clause of its sentence, and not in somebody's words."""
    place = discourse.place(i)
    return place.role == "subject" and place.main and i not in discourse.quoted


def _named_later(discourse: Discourse, anaphor: Anaphor) -> Entity | None:
    """The only person of whom the article states as a role, word for word, what a description with more than a noun says, and who is named
    only after it: "The Belgian sports minister said ... Belgian sports minister Karel Dvorin" (an office before its holder's name)."""
    token = discourse.doc[anaphor.token]
    start = description_start(token) + 1
    if anaphor.kind != "person" or start >= token.i:
        return None
    holders = discourse.holders.get(discourse.doc[start : token.i + 1].text.casefold(), ())
    return holders[0] if len(holders) == 1 and holders[0].mentions[0] > anaphor.token else None


def _add_apposed_descriptions(discourse: Discourse) -> None:
    """Makes "the suspect" of "the suspect, Tom Lee," a mention of the person named there."""
    for entity in discourse.entities:
        if not entity.person or entity.party is None or not entity.party.named:
            continue
        for i in entity.mentions:
            noun = discourse.doc[i]
            the = noun.tag_ == "NN" and any(child.lower_ == "the" for child in noun.lefts)
            if the and i not in entity.party.heads and type_of_noun(noun) == "person":
                span = words_span(discourse.doc, noun.left_edge.i, i + 1)
                name = discourse.doc[noun.left_edge.i + 1 : i + 1].text
                entity.party.add(FoundMention(span, span, i, "nominal", name, "person"), f"in apposition to {entity.party.name}")


def _is_near(discourse: Discourse, anaphor: Anaphor, candidate: Candidate) -> bool:
    """Whether a candidate was the subject or a possessor in one of the last two sentences, in this paragraph or the one before."""
    here, paragraph = discourse.sentence[anaphor.token], discourse.paragraph[anaphor.token]
    near = [i for i in candidate.near if here - discourse.sentence[i] <= 2 and paragraph - discourse.paragraph[i] <= 1]
    return any(discourse.place(i).role in ("subject", "possessor") for i in near)


def _around_the_others(discourse: Discourse, anaphor: Anaphor, candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate in whose noun phrase all others stand: "Granite, a subsidiary of **Thornton**, said". A name inside another's phrase is
    less in mind (Gordon, Hendrick, Ledoux & Yang, Language and Cognitive Processes 14, 1999)."""
    outer = [one for one in candidates if _is_near(discourse, anaphor, one)]
    if len(outer) != 1 or len(candidates) < 2:
        return None
    heads = [discourse.doc[i] for i in outer[0].near]
    inner = (discourse.doc[i] for one in candidates if one is not outer[0] for i in one.near)
    return outer[0] if all(any(head.is_ancestor(token) for head in heads) for token in inner) else None


def _join_description(discourse: Discourse, anaphor: Anaphor, entity: Entity, why: str) -> None:
    before = discourse.owners.get(anaphor.token)
    mention = _described(discourse, anaphor)
    if entity.party is None:
        return
    if before is not None and before.party is not None:
        before.party.drop(mention)
    discourse.reassign(anaphor.token, entity)
    noun = discourse.doc[anaphor.token].lemma_.lower()
    entity.called.add(noun)
    entity.gender = entity.gender or gender_of_noun(noun)
    if entity not in discourse.described.setdefault(noun, []):
        discourse.described[noun].append(entity)
    # "The company ... its": a body for good, whatever its name may look like.
    entity.perhaps_person = entity.perhaps_person and anaphor.kind != "body"
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


def _add_people_spoken_of(discourse: Discourse, parties: list[Party], resolved: dict[int, Party]) -> None:
    """Makes a party of each person without a name whom the text goes on about: "a girl was hurt. She ... The girl"."""
    for entity in discourse.entities:
        if entity.party is not None or not entity.person or entity.plural or len(entity.mentions) < _OFTEN:
            continue
        # "Girl" with a capital stands in a headline, which leaves articles out.
        nouns = [discourse.doc[i] for i in entity.mentions if discourse.doc[i].pos_ != "PRON" and not discourse.doc[i].text[:1].isupper()]
        pronouns = [i for i in entity.mentions if discourse.doc[i].pos_ == "PRON"]
        if not pronouns or not nouns or not is_one_person(nouns):
            continue
        entity.party = party_of_person(nouns[0])
        for noun in nouns[1:]:
            entity.party.add(mention_of_person(noun), f"the {entity.party.lemma} spoken of before")
        for i in pronouns:
            resolved[i] = entity.party
            entity.party.add(mention_of_pronoun(discourse.doc[i]), f"“{discourse.doc[i].text}”: the likeliest that fits")
        parties.append(entity.party)


def _described(discourse: Discourse, anaphor: Anaphor) -> FoundMention:
    token = discourse.doc[anaphor.token]
    start, end = description_start(token), token.right_edge.i + 1 if is_parent(token) else token.i + 1
    span = words_span(discourse.doc, start, end)
    name = " ".join(discourse.doc[start + 1 : end].text.split())
    return FoundMention(span, span, anaphor.token, "nominal", name, "person" if anaphor.kind == "person" else None)
