"""Resolves pronouns: which actor each stands for, or none.

Third-person pronouns go to the most salient candidate that fits in number, animacy and gender and that syntax does not rule out;
salience is summed over mentions and halved with each sentence, after Lappin & Leass, "An Algorithm for Pronominal Anaphora
Resolution" (Computational Linguistics 20, 1994). Nouns that are no actors compete too, so that "it" may be a thing. A pronoun
without a candidate stays unresolved: a gap is better than a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.extract.actors.gazetteer import words
from onrecord.extract.actors.mention import FoundMention, words_span
from onrecord.extract.actors.party import Party, gender_of_noun
from onrecord.extract.actors.pronouns import Pronoun, PronounKind, find_pronouns
from onrecord.extract.attribution import Attribution
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Doc, Token
from onrecord.model import Span

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
_SUBJECTS = ("nsubj", "nsubjpass")
_RIVAL = 0.8
"""Whose rival scores more than this part of the score is not chosen to have said something: words in the wrong mouth do most harm."""
_PLURAL_TYPES = frozenset({"described_group", "organization", "media", "armed_group", "armed_force", "coalition"})
"""What "they" may be. A state is "it", or "she" in old books; "they" are its people or its leaders, whom no name stands for."""
_THING_TYPES = frozenset({"organization", "media", "armed_group", "armed_force", "coalition", "state", "place"})


@dataclass(slots=True)
class _Entity:
    """Who or what a pronoun may stand for: a party, or a noun that is none."""

    party: Party | None
    person: bool
    plural: bool
    group: bool
    gender: str
    mentions: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Scene:
    """What resolution needs at hand."""

    doc: Doc
    sentence: Mapping[int, int]
    entities: list[_Entity]
    quoted: Mapping[int, int]
    """For each token inside quotation marks of an attribution: the attribution's index."""
    speakers: Sequence[Party | None]
    attributions: tuple[Attribution, ...]
    quotations: tuple[Span, ...]
    """Everything between quotation marks, whether an attribution owns it or not."""
    sources: frozenset[int]
    """The head words of the sources of attributions."""
    said: frozenset[int]
    """The tokens of all content, quoted or not."""
    said_by: Mapping[int, frozenset[int]]
    """The tokens of what each source says, by the source's head word."""
    paragraph: Mapping[int, int]
    turns: frozenset[int]
    """The tokens of a transcript, from its first turn to its last."""


def resolve_pronouns(
    analysis: Analysis, parties: list[Party], undecided: Collection[int], attributions: tuple[Attribution, ...]
) -> dict[int, Party]:
    """The party of each pronoun that is resolved, by token; the mentions are added to the parties.

    ``undecided`` are the heads of names that fit two people: they compete for "he" and "she", and win it for nobody.
    """
    scene = _scene(analysis, parties, attributions)
    if undecided:
        scene.entities.append(_Entity(None, True, False, False, "", sorted(undecided)))
    found = find_pronouns(analysis)
    resolved: dict[int, Party] = {}
    for pronoun in found:
        if pronoun.kind not in ("I", "we"):
            _take(scene, pronoun, _third(scene, pronoun), resolved)
    scene.speakers = _speakers(scene, resolved)
    narrator = Party("The article’s author", "narrator", True)
    for pronoun in found:
        if pronoun.kind in ("I", "we"):
            _take(scene, pronoun, _first(scene, pronoun, narrator, parties), resolved)
    if narrator.mentions:
        parties.append(narrator)
    return resolved


def _take(scene: _Scene, pronoun: Pronoun, choice: tuple[_Entity | Party | None, str], resolved: dict[int, Party]) -> None:
    entity, why = choice
    if isinstance(entity, _Entity):
        entity.mentions.append(pronoun.token)
        if pronoun.kind in ("he", "she") and not entity.gender:
            entity.gender = "m" if pronoun.kind == "he" else "f"
    party = entity.party if isinstance(entity, _Entity) else entity
    if party is None:
        return
    resolved[pronoun.token] = party
    token = scene.doc[pronoun.token]
    span = words_span(scene.doc, token.i, token.i + 1)
    if token.lower_ not in ("which", "that"):
        party.add(FoundMention(span, span, token.i, "pronoun", token.lower_), why)


# --- the scene ------------------------------------------------------------------------------------------------------


def _scene(analysis: Analysis, parties: list[Party], attributions: tuple[Attribution, ...]) -> _Scene:
    doc = analysis.doc
    sentence: dict[int, int] = {}
    for number, sent in enumerate(sent for paragraph in analysis.paragraphs for sent in paragraph.sents):
        sentence.update((token.i, number) for token in sent)
    entities = [
        _Entity(party, party.type == "person", party.plural, party.type != "person", party.gender, sorted(party.heads)) for party in parties
    ]
    taken = {i for party in parties for i in party.heads}
    entities.extend(_things(analysis, taken))
    quoted = {
        token.i: number
        for number, attribution in enumerate(attributions)
        for part in attribution.quoted_parts
        for token in analysis.tokens(part)
    }
    quotations = tuple(quotation.span for quotation in analysis.quotations)
    said = [frozenset(token.i for part in one.content for token in analysis.tokens(part)) for one in attributions]
    said_by: dict[int, frozenset[int]] = {}
    for one, content in zip(attributions, said, strict=True):
        for token in analysis.tokens(one.source_head) if one.source_head is not None else ():
            said_by[token.i] = said_by.get(token.i, frozenset()) | content
    places = {token.i: n for n, paragraph in enumerate(analysis.paragraphs) for token in paragraph.tokens}
    scene = _Scene(
        doc,
        sentence,
        entities,
        quoted,
        (),
        attributions,
        quotations,
        frozenset(said_by),
        frozenset[int]().union(*said),
        said_by,
        places,
        analysis.transcript(),
    )
    scene.speakers = _speakers(scene, {i: party for party in parties for i in party.heads})
    return scene


def _things(analysis: Analysis, taken: set[int]) -> Iterator[_Entity]:
    """Nouns that no party owns: they compete for a pronoun, and win it for nobody."""
    same: dict[str, _Entity] = {}
    for paragraph in analysis.paragraphs:
        for token in paragraph.tokens:
            if token.pos_ not in ("NOUN", "PROPN") or token.i in taken or token.dep_ in ("compound", "nmod", "npadvmod", "amod"):
                continue
            if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "CARDINAL"):
                continue
            lemma = token.lemma_.lower()
            person = any(lemma in words("people.txt", section) for section in ("role", "people", "kin", "m", "f"))
            key = f"{lemma} {token.tag_}"
            if key not in same:
                same[key] = _Entity(None, person, token.tag_ in ("NNS", "NNPS"), person, gender_of_noun(lemma))
                yield same[key]
            same[key].mentions.append(token.i)


def _speakers(scene: _Scene, heads: Mapping[int, Party]) -> list[Party | None]:
    """The party that speaks in each attribution, as far as it is known."""
    owners = {party_head: entity.party for entity in scene.entities if entity.party for party_head in entity.mentions}
    speakers: list[Party | None] = []
    for attribution in scene.attributions:
        speaker = None
        if attribution.source_head is not None:
            token = scene.doc.char_span(attribution.source_head.start, attribution.source_head.end, alignment_mode="expand")
            indices = [t.i for t in token] if token is not None else []
            speaker = next((owners.get(i) or heads.get(i) for i in indices if i in owners or i in heads), None)
        elif attribution.continues is not None and attribution.continues < len(speakers):
            speaker = speakers[attribution.continues]
        speakers.append(speaker)
    return speakers


# --- third person ---------------------------------------------------------------------------------------------------


def _third(scene: _Scene, pronoun: Pronoun) -> tuple[_Entity | None, str]:
    for _, step in THIRD_PERSON:
        entity, why = step(scene, pronoun)
        if entity is not None:
            return entity, why
    return None, ""


def _relative(scene: _Scene, pronoun: Pronoun) -> tuple[_Entity | None, str]:
    if pronoun.antecedent is None:
        return None, ""
    for entity in scene.entities:
        if pronoun.antecedent in entity.mentions:
            return entity, f"relative pronoun of “{scene.doc[pronoun.antecedent].text}”"
    return None, ""


def _reflexive(scene: _Scene, pronoun: Pronoun) -> tuple[_Entity | None, str]:
    """A reflexive is the subject of its clause."""
    if not pronoun.reflexive:
        return None, ""
    subject = _subject(scene.doc[pronoun.token])
    fitting = [
        entity for entity in scene.entities if subject is not None and subject.i in entity.mentions and _agrees(entity, pronoun.kind)
    ]
    return (fitting[0], "reflexive of the subject of its clause") if fitting else (None, "")


def _speaking_on(scene: _Scene, pronoun: Pronoun) -> tuple[_Entity | None, str]:
    """The source of "he said" is the last source before it, if nobody else who fits came in between.

    Whom that source speaks of does not come in between: "Brook said that Dunn had left. He added ...". In the paragraph of the
    last source only subjects do, in a later one anybody.
    """
    if pronoun.kind not in ("he", "she") or pronoun.token not in scene.sources or pronoun.token in scene.said:
        return None, ""
    last = max((i for i in scene.sources if i < pronoun.token and i not in scene.said), default=None)
    if last is None or scene.sentence[pronoun.token] - scene.sentence[last] > _WINDOW:
        return None, ""
    barred = _barred(scene.doc[pronoun.token], pronoun) | _spoken_of(scene, pronoun)
    fitting = [entity for entity in scene.entities if _agrees(entity, pronoun.kind) and not barred & set(entity.mentions)]
    found = next((entity for entity in fitting if last in entity.mentions), None)
    others = {i for entity in fitting if entity is not found for i in entity.mentions if last < i < pronoun.token}
    others -= scene.said_by.get(last, frozenset()) | scene.quoted.keys()
    if found is None or any(scene.doc[i].dep_ in _SUBJECTS or scene.paragraph[i] != scene.paragraph[last] for i in others):
        return None, ""
    return found, f"“{scene.doc[pronoun.token].text}” who speaks: the last one before who was said to speak"


def _salient(scene: _Scene, pronoun: Pronoun) -> tuple[_Entity | None, str]:
    if pronoun.kind == "relative":
        return None, ""
    speaker = _quoting(scene, pronoun.token)
    barred = _barred(scene.doc[pronoun.token], pronoun) | _spoken_of(scene, pronoun)
    scored: list[tuple[float, _Entity]] = []
    for entity in scene.entities:
        if not _agrees(entity, pronoun.kind) or (speaker is not None and entity.party is speaker):
            continue
        if barred & set(entity.mentions):
            continue
        if pronoun.kind == "it" and entity.party is not None and not _recent_subject(scene, entity, pronoun):
            continue
        if score := _salience(scene, entity, pronoun):
            scored.append((score, entity))
    if not scored:
        return None, ""
    scored.sort(key=lambda item: -item[0])
    best = scored[0][1]
    if pronoun.token in scene.sources and len(scored) > 1 and scored[1][0] > _RIVAL * scored[0][0]:
        return None, ""
    return best, f"“{scene.doc[pronoun.token].text}”: the most prominent that fits, last named {_last(scene, best, pronoun)}"


def _recent_subject(scene: _Scene, entity: _Entity, pronoun: Pronoun) -> bool:
    """Whether an entity was a subject shortly before: only then is "it" safely not some other thing.

    For a subject or possessive the sentence before counts too; an object that is a party in another sentence is too rare.
    """
    here, back = scene.sentence[pronoun.token], 1 if pronoun.subject or pronoun.possessive else 0
    subjects = (i for i in entity.mentions if i < pronoun.token and scene.doc[i].dep_ in ("nsubj", "nsubjpass"))
    return any(here - scene.sentence.get(i, -9) <= back for i in subjects)


def _last(scene: _Scene, entity: _Entity, pronoun: Pronoun) -> str:
    last = max(i for i in entity.mentions if i < pronoun.token)
    back = scene.sentence[pronoun.token] - scene.sentence[last]
    return ("in the same sentence", "one sentence before")[back] if back < 2 else f"{back} sentences before"


def _salience(scene: _Scene, entity: _Entity, pronoun: Pronoun) -> float:
    here = scene.sentence[pronoun.token]
    best: dict[int, float] = {}
    for i in entity.mentions:
        back = here - scene.sentence.get(i, here - _WINDOW - 1)
        if i >= pronoun.token or not 0 <= back <= _WINDOW:
            continue
        arc = _arc(scene.doc[i]) if pronoun.token in scene.sources else scene.doc[i].dep_
        weight = _MODIFIER_SALIENCE if arc in _MODIFIERS else _SALIENCE.get(arc, _OTHER_SALIENCE) + _RECENCY
        if (i in scene.quoted) != (pronoun.token in scene.quoted):
            weight *= _IN_QUOTE
        best[back] = max(best.get(back, 0.0), weight)
    total = sum(weight * 0.5**back for back, weight in best.items())
    if pronoun.kind in ("he", "she") and not entity.gender:
        total *= _UNKNOWN_GENDER
    return total


def _arc(token: Token) -> str:
    """The arc of a token; of a conjunct that of the first one: both of "Dunn and Hale" may be who spoke."""
    while token.dep_ == "conj" and token.pos_ == "PROPN" and token.head.pos_ == "PROPN":
        token = token.head
    return str(token.dep_)


def _agrees(entity: _Entity, kind: PronounKind) -> bool:
    if kind in ("he", "she"):
        return entity.person and not entity.plural and entity.gender in ("", "m" if kind == "he" else "f")
    if kind == "they":
        return entity.plural or (entity.party is not None and entity.party.type in _PLURAL_TYPES)
    if kind == "it":
        return not entity.person and not entity.plural and (entity.party is None or entity.party.type in _THING_TYPES)
    return False


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


def _spoken_of(scene: _Scene, pronoun: Pronoun) -> set[int]:
    """The nouns in what a pronoun is said to have said: in "“Thank Dunn,” she added" she is not Dunn."""
    return {i for i in scene.said_by.get(pronoun.token, ()) if scene.doc[i].pos_ in ("NOUN", "PROPN")}


def _subject(token: Token) -> Token | None:
    """The subject of the clause that a token stands in."""
    verb = token.head
    for _ in range(6):
        if verb.pos_ in ("VERB", "AUX"):
            subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is not None:
                return subject
            if verb.dep_ not in ("xcomp", "conj", "aux"):
                return None
        verb = verb.head
    return None


def _quoting(scene: _Scene, i: int) -> Party | None:
    return scene.speakers[scene.quoted[i]] if i in scene.quoted and scene.speakers else None


ThirdPerson = Callable[[_Scene, Pronoun], tuple[_Entity | None, str]]
THIRD_PERSON: tuple[tuple[str, ThirdPerson], ...] = (
    ("relative pronouns", _relative),
    ("reflexives", _reflexive),
    ("the last who spoke", _speaking_on),
    ("the most salient that fits", _salient),
)


# --- first person ---------------------------------------------------------------------------------------------------


def _first(scene: _Scene, pronoun: Pronoun, narrator: Party, parties: list[Party]) -> tuple[Party | None, str]:
    """ "I" in a quote is its speaker; "we" the body that the speaker speaks for; outside quotes both are the author."""
    if pronoun.token not in scene.quoted:
        return (
            (None, "") if _in_marks(scene, pronoun.token) else (narrator, f"“{scene.doc[pronoun.token].text}” outside quotes: the author")
        )
    speaker = _quoting(scene, pronoun.token)
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


def _in_marks(scene: _Scene, i: int) -> bool:
    """Whether a token stands in marks that no attribution owns, or in a turn of a transcript: nobody knows whose words they are."""
    if i in scene.turns:
        return True
    at = scene.doc[i].idx
    return any(quotation.start <= at < quotation.end for quotation in scene.quotations)
