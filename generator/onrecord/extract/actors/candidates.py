"""Who a pronoun or a description may stand for: the entities near it that nothing rules out, with where each was last mentioned.

What rules out are the constraints of number, animacy, gender and binding, which no likelihood outweighs. Binding is that of Chomsky,
Lectures on Government and Binding (1981), as Lappin & Leass, "An Algorithm for Pronominal Anaphora Resolution" (Computational Linguistics
20, 1994) apply it to a parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.actors.anaphors import Anaphor, may_be_described
from onrecord.extract.actors.antecedents import Discourse, Entity
from onrecord.extract.tokens import SUBJECTS, Token, reporting_verbs

_BODIES = frozenset({"organization", "media", "armed_group", "armed_force", "coalition"})
_SIDES = _BODIES | {"described_group"}
"""What "they" may be beside several people (Quirk et al. 1985, 5.108, 10.36). A state is "it"; "they" are its people or its leaders, whom
no name stands for."""
_THINGS = _BODIES | {"state", "place"}
_MENTAL = frozenset(
    {"believe", "think", "hope", "fear", "want", "feel", "know", "expect", "worry", "agree", "decide", "try", "refuse", "plan"}
    | {"aim", "choose", "consider", "intend", "seek", "wish"}
)
"""Verbs of thought and will (Levin 1993, 29.5, 31.2, 32; FrameNet's frames Purpose and Desiring)."""
WINDOW = 5
"""How many sentences back an antecedent may stand."""
_FAR = 12
"""The same for a description, which reaches farther than a pronoun (Ariel, Accessing Noun-Phrase Antecedents, 1990)."""
_MOST = 24
"""So many candidates are weighed, those mentioned last: more stand only in lists."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a pronoun may stand for. Tokens are counted in the article's Doc."""

    entity: Entity
    nearest: int
    """Its mention that stands nearest before the pronoun; for one that is named only after it, the first there."""
    near: tuple[int, ...]
    """Its mentions within the window, the nearest first."""

    def follows(self, anaphor: Anaphor) -> bool:
        """Whether it is named only after the pronoun (cataphora)."""
        return self.nearest > anaphor.token


def find_candidates(discourse: Discourse, anaphor: Anaphor) -> tuple[Candidate, ...]:
    """The candidates of a pronoun of the third person, those mentioned last first, those that follow it at the end."""
    talking, voice = discourse.talking_at(anaphor.token), discourse.voice_at(anaphor.token)
    described = anaphor.kind in ("person", "body")
    excluded = set() if described else excluded_entities(discourse, anaphor)
    may_be = may_be_described if described else agrees
    mentions: dict[int, list[int]] = {}
    entities: dict[int, Entity] = {}
    for i, entity in (*_before(discourse, anaphor), *(() if described else _after(discourse, anaphor))):
        order = entity.order
        if order not in mentions:
            # Whoever speaks is "I" there, and whoever is spoken to "you": nobody's "he".
            talks = entity is voice or any(entity.party is one for one in talking)
            fits = order not in excluded and not talks and may_be(discourse, entity, anaphor)
            mentions[order] = []
            if fits:
                entities[order] = entity
        mentions[order].append(i)
    found = tuple(Candidate(entity, mentions[order][0], tuple(mentions[order])) for order, entity in entities.items())
    return _without_names_of_the_other_gender(found, anaphor)[:_MOST]


def _without_names_of_the_other_gender(found: tuple[Candidate, ...], anaphor: Anaphor) -> tuple[Candidate, ...]:
    """The candidates without those whose full name is one of the other gender, if somebody else is of the right one by a title, a name or
    the pronouns before.

    Names cross genders and languages: with nobody else in sight "Kim Lee" may be "he".
    """
    if anaphor.kind not in ("he", "she") or not any(gender_evidence(one.entity, anaphor) > 0 for one in found):
        return found
    return tuple(one for one in found if not (name_disagrees(one.entity, anaphor) and one.entity.party and " " in one.entity.party.name))


def _before(discourse: Discourse, anaphor: Anaphor) -> Iterator[tuple[int, Entity]]:
    here = discourse.sentence[anaphor.token]
    described = anaphor.kind in ("person", "body")
    for back in range((_FAR if described else WINDOW) + 1):
        for i, entity in reversed(discourse.mentions_in.get(here - back, ())):
            if i < anaphor.token and (described or not _is_in_compound(discourse.doc[i])):
                yield i, entity


def _is_in_compound(name: Token) -> bool:
    """Whether a name is part of a hyphenated word, which no pronoun looks into: "the **Chicago**-based group" (Postal, Anaphoric Islands,
    Chicago Linguistic Society 5, 1969)."""
    hyphen, *last = name.doc[name.i + 1 : name.i + 3] or [name]
    joined = hyphen.text == "-" and not name.whitespace_ and not hyphen.whitespace_
    return joined and any(word.tag_ in _PARTICIPLES for word in last)


def _after(discourse: Discourse, anaphor: Anaphor) -> Iterator[tuple[int, Entity]]:
    """The subjects that follow a pronoun in its sentence: "In **her** speech Brook said"."""
    for i, entity in discourse.mentions_in.get(discourse.sentence[anaphor.token], ()):
        if i > anaphor.token and entity.party is not None and discourse.doc[i].dep_ in SUBJECTS:
            yield i, entity


# --- what rules out ---------------------------------------------------------------------------------------------------


def agrees(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> bool:
    """Whether an entity may be meant at all, by number, animacy and what the text says of gender."""
    if anaphor.kind in ("he", "she"):
        return (entity.person or entity.perhaps_person) and not entity.plural and entity.gender != opposite_gender(anaphor)
    kind = entity.party.type if entity.party is not None else ""
    if anaphor.kind == "they":
        # A country is "it", but for its team, or where the text has its people in mind throughout: "England were beaten".
        plural = entity.plural or kind in _SIDES or (kind == "state" and number_of(discourse, entity) == "p")
        return plural and (entity.human or not is_thinker(discourse, anaphor))
    return (
        anaphor.kind == "it"
        and (not entity.person or entity.perhaps_thing)
        and not entity.plural
        and (
            entity.party is None
            or entity.perhaps_thing
            or kind in _THINGS
            or (kind == "described_group" and "p" not in number_of(discourse, entity))
        )
    )


_PARTICIPLES = frozenset({"VBN", "VBD", "VBG"})
SINGULAR = frozenset({"is", "was", "has", "does"})
PLURAL = frozenset({"are", "were", "have", "do"})
_LOOKED_AT = 12
"""So many mentions of a body are looked at: a text keeps to one number, or mixes both soon."""


def number_of(discourse: Discourse, entity: Entity) -> str:
    """In what number the article speaks of a body: ``s``, ``p``, ``sp`` for both, or empty where no form tells.

    Names are plural in form ("the Liberal Democrats"); with a singular form, verbs agree with the body as a whole or as its members
    ("England were beaten": Quirk et al. 1985, 10.36).
    """
    if entity.number is None:
        heads = (discourse.doc[i] for i in entity.mentions[:_LOOKED_AT])
        entity.number = "".join(sorted({number for head in heads for number in _numbers(head)}))
    return entity.number


def _numbers(noun: Token) -> Iterator[str]:
    if noun.tag_ == "NNPS":
        yield "p"
    if noun.dep_ in SUBJECTS:
        for word in (noun.head, *noun.head.lefts):
            if word.lower_ in SINGULAR or word.tag_ == "VBZ":
                yield "s"
            elif word.lower_ in PLURAL or word.tag_ == "VBP":
                yield "p"


def name_disagrees(entity: Entity, anaphor: Anaphor) -> bool:
    """Whether nothing but a given name speaks against it that somebody is "he" or "she"."""
    return not entity.gender and entity.name_gender == opposite_gender(anaphor)


def gender_evidence(entity: Entity, anaphor: Anaphor) -> int:
    """Whether a title, a name or the pronouns before speak for it that somebody is "he" or "she" (above 0) or against it (below 0)."""
    stated = entity.gender or entity.name_gender
    if stated:
        return -1 if stated == opposite_gender(anaphor) else 1
    return lead_of_pronouns(entity, anaphor)


def lead_of_pronouns(entity: Entity, anaphor: Anaphor) -> int:
    """By how many of the pronouns resolved before those that agree lead."""
    return len(entity.spoken_of) - 2 * entity.spoken_of.count(opposite_gender(anaphor))


def opposite_gender(anaphor: Anaphor) -> str:
    """The gender that a pronoun does not have; one that nobody has where it says nothing of gender."""
    return {"he": "f", "she": "m"}.get(anaphor.kind, "-")


def is_thinker(discourse: Discourse, anaphor: Anaphor) -> bool:
    """Whether a pronoun speaks, thinks or wants something, which only people and bodies do."""
    token = discourse.doc[anaphor.token]
    # "It was never mentioned": who is spoken of does not speak.
    return anaphor.token in discourse.sources or (token.dep_ == "nsubj" and is_mental(token.head))


def is_mental(verb: Token) -> bool:
    """Whether a verb is of speech, thought or will."""
    return verb.lemma_ in _MENTAL or verb.lemma_ in reporting_verbs()


def excluded_entities(discourse: Discourse, anaphor: Anaphor) -> set[int]:
    """The entities, by their order, that syntax rules out, or that the pronoun is said to have spoken of."""
    return discourse.owners_of(_excluded_by_binding(discourse.doc[anaphor.token], anaphor) | _nouns_in_content(discourse, anaphor))


def _excluded_by_binding(token: Token, anaphor: Anaphor) -> set[int]:
    """Tokens that the pronoun cannot mean: the other arguments of its own verb (binding principle B).

    "Him" is not the one who saw him, and "besides Ada Brook, she" is not Ada Brook.
    """
    # "Lee saw his car", "Lee saw himself": these may mean the subject.
    if anaphor.possessive:
        return _said_of(token.head)
    if anaphor.reflexive:
        return set()
    verb = token.head if token.dep_ != "pobj" else token.head.head
    excluded = {child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative") and child.i != token.i}
    subject = subject_of(token)
    if subject is not None and subject.i != token.i and not anaphor.subject:
        # "Rival Ted Lee" may be two subjects to the parser.
        excluded |= {subject.i} | {child.i for child in subject.head.lefts if child.dep_ in SUBJECTS and subject.dep_ in SUBJECTS}
    if anaphor.subject:
        excluded |= _named_in_question(verb)
        excluded.update(noun.i for prep in verb.children if prep.dep_ == "prep" for noun in prep.children if noun.dep_ == "pobj")
    infinitive = verb.tag_ == "VB" and verb.dep_ in ("ccomp", "xcomp")
    if anaphor.subject and infinitive and token.lower_ in _OBJECTIVE and (above := subject_of(verb)) is not None:
        # "Lee let him go": a subject in the case of objects is an argument of the verb above.
        excluded.add(above.i)
    return excluded | {conjunct.i for conjunct in token.conjuncts}


_QUESTIONING = frozenset({"ask", "grill", "interrogate", "press", "query", "question", "quiz"})
"""FrameNet's frame Questioning, and "press"."""


def _named_in_question(verb: Token) -> set[int]:
    """Whoever is named in the question that opens a sentence: in "Asked whether Lee would go, she said" she is not Lee."""
    asked = (child for child in verb.lefts if child.dep_ == "advcl" and child.tag_ == "VBN" and child.lemma_ in _QUESTIONING)
    return {token.i for one in asked for token in one.subtree if token.pos_ == "PROPN"}


def _said_of(noun: Token) -> set[int]:
    """Of whom a noun says what they are: "Lee" for "lawyer" in "Lee is his lawyer", "Lee, his lawyer" and "his lawyer, Lee".

    A possessor inside what is said of somebody is somebody else (the i-within-i filter of Chomsky 1981), but in "is his own lawyer".
    """
    if any(child.lower_ == "own" for child in noun.lefts):
        return set()
    if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "become", "remain"):
        return {child.i for child in noun.head.lefts if child.dep_ in SUBJECTS}
    named = {noun.head.i} if noun.dep_ == "appos" else set()
    return named | {child.i for child in noun.rights if child.dep_ == "appos"}


def _nouns_in_content(discourse: Discourse, anaphor: Anaphor) -> set[int]:
    """The nouns in what a pronoun is said to have said: in "“Thank Dunn,” she added" she is not Dunn."""
    return {i for i in discourse.content_of.get(anaphor.token, ()) if discourse.doc[i].pos_ in ("NOUN", "PROPN")}


_OBJECTIVE = frozenset({"him", "her", "them"})
_OBJECT_CONTROL = frozenset(
    {"advise", "allow", "appoint", "ask", "authorise", "authorize", "beg", "bring", "cause", "challenge", "choose", "command", "compel"}
    | {"convince", "direct", "elect", "enable", "encourage", "expect", "forbid", "force", "get", "have", "hear", "help", "hire", "implore"}
    | {"induce", "instruct", "invite", "lead", "let", "make", "nominate", "oblige", "order", "permit", "persuade", "pick", "press"}
    | {"prompt", "put", "remind", "request", "require", "see", "send", "summon", "teach", "tell", "tempt", "train", "trust", "urge", "want"}
    | {"warn", "watch"}
)
"""Verbs whose object does what the infinitive behind it says (Quirk et al. 1985, 16.42-43, 16.50-52, 16.63). After others an infinitive
tells a purpose of their subject: "Lee beat Reed to win"."""
_CLAUSES_UP = 6


def subject_of(token: Token) -> Token | None:
    """The subject of the clause that a token stands in, stated or understood."""
    verb = token.head
    for _ in range(_CLAUSES_UP):
        if verb.pos_ in ("VERB", "AUX"):
            subject = _stated_subject(verb) or _controller(verb)
            if subject is not None:
                return subject
            if not _shares_subject(verb):
                return None
        verb = verb.head
    return None


def _stated_subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def _controller(verb: Token) -> Token | None:
    """The noun that is the understood subject of an infinitive or a participle beside it: the object in "Lee asked **Reed** to go", the
    noun in "**Reed**, praising her" (control: Chomsky 1981; Quirk et al. 1985, 15.58, 16.36)."""
    above = verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and above.pos_ in ("NOUN", "PROPN"):
        return above
    if verb.dep_ != "xcomp" or above.lemma_ not in _OBJECT_CONTROL:
        return None
    return next((child for child in above.rights if child.dep_ in ("dobj", "dative") and child.i < verb.i), None)


def _shares_subject(verb: Token) -> bool:
    """Whether a verb without a subject has that of the verb above: "Lee came and saw", "seeing her, Lee", "Lee came to see", "by seeing".

    A participle behind a comma may go with all that was said before: "Lee left early, making him wait".
    """
    if verb.dep_ in ("xcomp", "conj", "aux"):
        return True
    if any(child.dep_ == "mark" for child in verb.lefts):
        return False
    if verb.dep_ == "pcomp":
        return verb.tag_ == "VBG" and verb.head.head.pos_ in ("VERB", "AUX")
    return verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VBN", "VB") and not _is_behind_comma(verb)


def _is_behind_comma(verb: Token) -> bool:
    before = verb.left_edge.i - 1
    return verb.i > verb.head.i and before >= 0 and verb.doc[before].is_punct
