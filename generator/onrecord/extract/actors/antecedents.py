"""The discourse that pronouns and descriptions are resolved in: the entities, where each is mentioned, and who says what.

And where a mention stands in its sentence: its grammatical role, its clause, and how two clauses are nested.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from onrecord.extract.actors.forms import BODIES
from onrecord.extract.actors.mention import given_name, is_inhabitant, plural_of_surname, surname
from onrecord.extract.actors.merging import LOCATIVE
from onrecord.extract.actors.party import Party, gender_of_noun, is_role, nouns_of_what_happened
from onrecord.extract.actors.word_lists import capitals, gender_of_name, known_parties, name_key, shape, states, words
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Doc, Token, is_age
from onrecord.model import Span

_MODIFIERS = frozenset({"compound", "nmod", "npadvmod", "amod"})
_MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "CARDINAL"})
_INTRODUCING = frozenset({"a", "an", "another"})
_HUMAN = ("role", "people", "kin", "m", "f")
"""The sections of ``people.txt`` whose nouns are people."""


@dataclass(slots=True, eq=False)
class Entity:
    """Who or what a pronoun may stand for: a party, or a noun that is none, such as "the bridge". Entities are compared by identity."""

    party: Party | None
    person: bool
    plural: bool
    human: bool
    """People, or a body of people: what can speak, think and own a home."""
    gender: str
    """``m`` or ``f`` where a title, a noun or an earlier pronoun says so."""
    spoken_of: str = ""
    """``m`` or ``f`` for each of the last pronouns that were resolved to it: evidence as good as these resolutions."""
    name_gender: str = ""
    """``m`` or ``f`` where nothing but a given name hints at it: evidence, never proof."""
    perhaps_person: bool = False
    """Whether nothing but a guess makes a body or a place of it: a bare name that "he" or "she" may show to be a person's."""
    perhaps_thing: bool = False
    """Whether nothing but a guess makes a person of it. It competes for "it", and wins it for nobody."""
    number: str | None = None
    """In what number the article speaks of it, once somebody has asked."""
    called: set[str] = field(default_factory=set)
    """The nouns of the descriptions that were resolved to it."""
    said_to_be: frozenset[str] = frozenset()
    """The nouns with which the text says what it is."""
    mentions: list[int] = field(default_factory=list)
    """The head tokens of its mentions, in text order."""
    among: tuple[Party, ...] = ()
    """For a name that fits several: whom it may mean."""
    order: int = 0
    """Its place among the entities: of two that are as salient, the first is taken."""


class Context(Protocol):
    """What a reader that has seen many texts makes of the words of an article in their places."""

    def likeness(self, word: Span, others: Sequence[Span]) -> float | None:
        """How alike a word and others are to it, -1 to 1; none where it has not read one of them."""


@dataclass(slots=True)
class Discourse:
    """What resolution needs to know of an article: its entities by place, and its attributions. Tokens are counted in the article's Doc."""

    doc: Doc
    sentence: Mapping[int, int]
    """The number of the sentence that a token is in."""
    paragraph: Mapping[int, int]
    """The same of its paragraph."""
    entities: list[Entity]
    quoted: Mapping[int, int]
    """For each token inside quotation marks of an attribution: the attribution's index."""
    attributions: tuple[Attribution, ...]
    quotations: tuple[Span, ...]
    """Everything between quotation marks, whether an attribution owns it or not."""
    content_of: Mapping[int, frozenset[int]]
    """The tokens of what each source says, by the source's head word."""
    turns: frozenset[int]
    """The tokens of a transcript, from its first turn to its last."""
    introduced: Mapping[str, int] = field(default_factory=dict)
    """Where each noun first introduces somebody or something new: "a striker"."""
    attribution_of: Mapping[int, Attribution] = field(default_factory=dict)
    """The last attribution of each source, by the source's head word."""
    sources: frozenset[int] = frozenset()
    """The head words of the sources of attributions."""
    narrated_sources: Sequence[int] = ()
    """Those of them that stand in the narrator's words, not inside what somebody says, in text order."""
    narrated_subjects: list[int] = field(default_factory=list)
    """The mentions that are the subject of the main clause of a sentence of the narrator's, in text order, those in reports apart."""
    said: frozenset[int] = frozenset()
    """The tokens of everything that is said, quoted or not."""
    owners: dict[int, Entity] = field(default_factory=dict)
    """The entity that each token is a mention of."""
    mentions_in: dict[int, list[tuple[int, Entity]]] = field(default_factory=dict)
    """The mentions in each sentence, with their entities."""
    speakers: list[Party | None] = field(default_factory=list)
    """Who speaks in each attribution, as far as it is known."""
    attributions_from: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """The attributions of each source by their numbers, those that continue them included; by the source's head word."""

    places: dict[int, Place] = field(default_factory=dict)
    """The places of the mentions that were asked for: each is worked out once."""
    bodies: Mapping[str, Sequence[Party]] = field(default_factory=dict)
    """The bodies that go by each name."""
    holders: Mapping[str, Sequence[Entity]] = field(default_factory=dict)
    """The people of whom the text states a role, by the words that state it in lower case."""
    outlets: Sequence[Entity] = ()
    """The outlets that the article names."""
    described: dict[str, list[Entity]] = field(default_factory=dict)
    """Those to whom descriptions were resolved, by the noun of these."""
    new_trades: frozenset[str] = frozenset()
    """The trades that descriptions name, and the text states of nobody: "the keeper", "the pianist"."""
    newcomers: set[str] = field(default_factory=set)
    """The nouns of descriptions that were somebody new where they came first: "the guard waved at her", then "the guard"."""
    context: Context | None = None
    """The article as an encoder has read it, where one has."""
    continuations: frozenset[int] = frozenset()
    """The first token of each quote that goes on without a source: it counts as a place where its speaker is in mind, though nobody is
    named."""

    def __post_init__(self) -> None:
        self.sources = frozenset(self.content_of)
        self.said = frozenset[int]().union(*self.content_of.values(), self.quoted)
        self.narrated_sources = sorted(self.sources - self.said)
        for order, entity in enumerate(self.entities):
            entity.order = order
            for i in entity.mentions:
                self._index_mention(entity, i)
        self.narrated_subjects = sorted(i for i in self.owners if i not in self.said and _is_main_subject(self.doc[i]))

    def add(self, entity: Entity, i: int) -> None:
        """Adds a token to the mentions of an entity."""
        insort(entity.mentions, i)
        self._index_mention(entity, i)
        if i not in self.said and _is_main_subject(self.doc[i]):
            insort(self.narrated_subjects, i)

    def reassign(self, i: int, entity: Entity) -> None:
        """Makes a token a mention of another entity than before."""
        before = self.owners.pop(i, None)
        there = self.mentions_in.get(self.sentence.get(i, -1), [])
        if before is not None:
            before.mentions.remove(i)
            there[:] = [one for one in there if one != (i, before)]
        self.add(entity, i)

    def _index_mention(self, entity: Entity, i: int) -> None:
        self.owners.setdefault(i, entity)
        insort(self.mentions_in.setdefault(self.sentence.get(i, -1), []), (i, entity), key=lambda one: one[0])

    def place(self, i: int) -> Place:
        """Where a mention stands in its sentence."""
        if i not in self.places:
            self.places[i] = place_of(self.doc, i)
        return self.places[i]

    def is_first_in_sentence(self, i: int, start: int | None = None) -> bool:
        """Whether a mention is the first of its sentence, apart from those in its own words from ``start`` on: "The **German** firm"."""
        return self.mentions_in[self.sentence.get(i, -1)][0][0] in range(i if start is None else start, i + 1)

    def add_continuing_speakers(self, analysis: Analysis) -> None:
        """Adds each quote that goes on without a source to the places where its speaker is in mind."""
        continuations: set[int] = set()
        entities = {id(entity.party): entity for entity in self.entities if entity.party is not None and entity.person}
        for attribution, speaker in zip(self.attributions, self.speakers, strict=True):
            entity = entities.get(id(speaker)) if attribution.continues is not None else None
            if entity is not None and (tokens := analysis.tokens(attribution.content[0])):
                there = self.mentions_in.setdefault(self.sentence.get(tokens[0].i, -1), [])
                insort(there, (tokens[0].i, entity), key=lambda one: one[0])
                continuations.add(tokens[0].i)
        self.continuations = frozenset(continuations)

    def note_speaker(self, i: int, party: Party) -> None:
        """Keeps who speaks where the source is a pronoun, for the pronouns in the same words."""
        for number in self.attributions_from.get(i, ()):
            self.speakers[number] = party

    def quoted_from(self, i: int) -> int:
        """Where the quoted words begin that a source stands behind: in "“He told her,” **she** said" at "He". Else the source itself."""
        return min((token for token in self.content_of.get(i, ()) if token in self.quoted), default=i)

    def owners_of(self, tokens: Collection[int]) -> set[int]:
        """The entities, by their order, that any of the tokens is a mention of."""
        return {self.owners[i].order for i in tokens if i in self.owners}

    def speaker_at(self, i: int) -> Party | None:
        """Who says the quoted words that a token stands in."""
        return self.speakers[self.quoted[i]] if i in self.quoted and self.speakers else None

    def voice_at(self, i: int) -> Entity | None:
        """Whom the source of the quoted words means that a token stands in, with a name or without."""
        head = self.attributions[self.quoted[i]].source_head if i in self.quoted else None
        tokens = self.doc.char_span(head.start, head.end, alignment_mode="expand") if head is not None else None
        return next((self.owners[token.i] for token in tokens or () if token.i in self.owners), None)

    def talking_at(self, i: int) -> list[Party]:
        """Who says the quoted words that a token stands in, and in a transcript who spoke just before: they are "I" and "you" there."""
        number = self.quoted.get(i)
        if number is None or not self.speakers:
            return []
        before = self.speakers[number - 1 : number] if i in self.turns and number else []
        return [party for party in (self.speakers[number], *before) if party is not None]

    def in_unattributed_marks(self, i: int) -> bool:
        """Whether a token stands in marks that no attribution owns, or in a turn of a transcript: nobody knows whose words they are."""
        at = self.doc[i].idx
        return i in self.turns or any(quotation.start <= at < quotation.end for quotation in self.quotations)


def build_discourse(
    analysis: Analysis, parties: Sequence[Party], undecided: Mapping[int, tuple[Party, ...]], attributions: tuple[Attribution, ...]
) -> Discourse:
    """The discourse of an article.

    ``undecided`` are the heads of names that fit several people, with whom they may mean. They compete for "he" and "she" like any name;
    where one wins, the pronoun is the only one of them whom it fits, or nobody.
    """
    sentences = (sent for paragraph in analysis.paragraphs for sent in paragraph.sents)
    entities = list(_entities(analysis, parties, undecided))
    discourse = Discourse(
        doc=analysis.doc,
        sentence={token.i: number for number, sent in enumerate(sentences) for token in sent},
        paragraph={token.i: number for number, paragraph in enumerate(analysis.paragraphs) for token in paragraph.tokens},
        entities=entities,
        quoted={
            token.i: number
            for number, attribution in enumerate(attributions)
            for part in attribution.quoted_parts
            for token in analysis.tokens(part)
        },
        attributions=attributions,
        quotations=tuple(quotation.span for quotation in analysis.quotations),
        content_of=_content_of_sources(analysis, attributions),
        turns=analysis.transcript(),
        introduced=_introduced(analysis.doc),
        holders=_holders(entities),
        bodies=_bodies(parties),
        outlets=[one for one in entities if one.party is not None and one.party.named and one.party.type == "media"],
        attributions_from=_attributions_from(analysis, attributions),
        attribution_of={token.i: one for one in attributions if one.source_head is not None for token in analysis.tokens(one.source_head)},
    )
    # Once without pronouns, since resolving these asks who speaks; the caller does it again with them.
    discourse.speakers = resolve_speakers(discourse, {})
    discourse.add_continuing_speakers(analysis)
    return discourse


def _is_main_subject(token: Token) -> bool:
    """Whether a token is the subject of the main clause of its sentence."""
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT"


def _bodies(parties: Sequence[Party]) -> dict[str, list[Party]]:
    found: dict[str, list[Party]] = {}
    for party in parties:
        for name in party.names if party.named and party.type in BODIES else ():
            found.setdefault(name, []).append(party)
    return found


def _holders(entities: Sequence[Entity]) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        for role in entity.party.roles if entity.party is not None and entity.party.named else ():
            found.setdefault(role.text.casefold(), []).append(entity)
    return found


def _introduced(doc: Doc) -> dict[str, int]:
    found: dict[str, int] = {}
    for token in doc:
        # "Lee, a striker": in apposition, or after "is", the noun says what somebody named already is.
        said_of = token.dep_ == "appos" or (token.dep_ == "attr" and not _is_of_a_tie(token))
        if token.tag_ == "NN" and not said_of and any(child.lower_ in _INTRODUCING for child in token.lefts):
            found.setdefault(token.lemma_.lower(), token.i)
    return found


def _is_of_a_tie(noun: Token) -> bool:
    """Whether a noun says what somebody is whom only a possessor tells: "her husband is **a surgeon**" introduces a surgeon."""
    subjects = (child for child in noun.head.lefts if child.dep_ == "nsubj" and child.pos_ == "NOUN")
    return any(child.dep_ == "poss" for subject in subjects for child in subject.lefts)


def _content_of_sources(analysis: Analysis, attributions: tuple[Attribution, ...]) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for one in attributions:
        if one.source_head is not None:
            content = frozenset(token.i for part in one.content for token in analysis.tokens(part))
            for token in analysis.tokens(one.source_head):
                # One source may have several attributions: "Lee said ... and added ...".
                found[token.i] = found.get(token.i, frozenset()) | content
    return found


def _entities(analysis: Analysis, parties: Sequence[Party], undecided: Mapping[int, tuple[Party, ...]]) -> Iterator[Entity]:
    taken = {i for party in parties for i in party.heads}
    for party in parties:
        person = party.type == "person"
        hint = party.name_gender or gender_of_name(given_name(party.name) or party.name) if party.named else ""
        mentions = sorted({*party.heads, *(_apposed_nouns(analysis.doc, party) if person else ())} - (taken - party.heads.keys()))
        yield Entity(
            party=party,
            person=person,
            plural=party.plural,
            human=party.type != "place",
            gender=party.gender,
            name_gender=hint,
            perhaps_person=may_be_person(analysis.doc, party),
            perhaps_thing=person and not (hint or party.gender or party.roles or given_name(party.name)),
            mentions=mentions,
            said_to_be=frozenset(_said_to_be(analysis.doc, party)),
        )
    yield from _unowned_nouns(analysis, taken)
    yield from _pairs(analysis.doc, parties)
    heads: dict[tuple[int, ...], list[int]] = {}
    for i, among in sorted(undecided.items()):
        heads.setdefault(tuple(id(one) for one in among), []).append(i)
    for mentions in heads.values():
        among = undecided[mentions[0]]
        hint = _shared_gender(among)
        yield Entity(None, person=True, plural=False, human=True, gender="", name_gender=hint, mentions=mentions, among=among)


def _shared_gender(people: Iterable[Party]) -> str:
    """The gender that all people seem to have; empty where they differ or nothing tells."""
    genders = {party.gender or party.name_gender for party in people}
    return genders.pop() if len(genders) == 1 else ""


_GUESSED = ("organization", "place")
"""The types that a recogniser, or nothing at all, gives to names that it does not know."""
_LONGEST_NAME = 3
"""Words of a person's name, at most, that nothing shows to be one."""


def may_be_person(doc: Doc, party: Party) -> bool:
    """Whether a name may be a person's: one of no known party, without a word for a kind of body or place, never after "the" or "in"."""
    if not party.named or party.plural or party.type not in _GUESSED or party.given is not None:
        return False
    parts = party.name.split()
    key = name_key(party.name)
    known = party.name in known_parties() or key in states() or key in capitals() or any(one.isupper() and len(one) > 1 for one in parts)
    shaped = shape(party.name) is not None
    if known or shaped or len(parts) > _LONGEST_NAME:
        return False
    return not any(_is_of_thing(doc[i]) for i in sorted(party.heads))


def _is_of_thing(name: Token) -> bool:
    """Whether a name stands where hardly a person's does: with "the", before a noun, or after "in"."""
    before = name.left_edge
    return before.lower_ == "the" or name.dep_ in _MODIFIERS or (name.dep_ == "pobj" and name.head.lower_ in LOCATIVE - {"to", "from"})


_LOOKED_AT = 30
"""So many mentions of a party are looked at for what the text says that it is: that is told when it is first named."""

_BESIDE = 3
"""So many words after a name may what stands in apposition begin: "Lee, a sailor", "Lee (a sailor"."""


def _said_to_be(doc: Doc, party: Party) -> Iterator[str]:
    """The nouns with which the text says what a named party is: in apposition ("Ada Brook, a suspect", "the charity, Bright Steps"), with
    "is", or before the name ("rock band Arden")."""
    for name in (doc[i] for i in sorted(party.heads)[:_LOOKED_AT] if party.named):
        # What stands in apposition stands right beside the name; farther off the parser has lost its way.
        beside = (child for child in name.children if child.dep_ in ("appos", "compound") and child.left_edge.i - name.i <= _BESIDE)
        nouns = [*beside, *([name.head] if name.dep_ == "appos" else [])]
        if name.dep_ == "nsubj" and name.head.lemma_ in ("be", "become", "remain"):
            said = list(name.head.children)
            nouns += () if any(one.dep_ == "neg" or one.tag_ == "MD" for one in said) else (one for one in said if one.dep_ == "attr")
        yield from (noun.lemma_.lower() for noun in nouns if noun.tag_ == "NN")
        yield from nouns_of_what_happened(name) if party.type == "person" else ()


def _apposed_nouns(doc: Doc, party: Party) -> Iterator[int]:
    """The nouns that a person's names stand in apposition to: "his father, Tom Lee" has the father's place in the clause."""
    nouns = (_apposed_to(doc[i]) for i in party.heads if doc[i].dep_ == "appos")
    return (noun.i for noun in nouns if noun.pos_ in ("NOUN", "PROPN"))


def _apposed_to(name: Token) -> Token:
    """The noun that a person's name stands in apposition to. Parsers tie it to the nearest, which may be several or a thing: in "the owner
    of the dogs, Tom Lee," it is the owner."""
    noun = name.head
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and not (noun.tag_ in ("NN", "NNP") and _is_person(noun)):
        noun = noun.head.head
    return noun if noun.tag_ == "NN" and _is_person(noun) else name.head


def _is_person(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return is_inhabitant(noun) or is_role(noun) or any(lemma in words("people.txt", section) for section in _HUMAN)


def _unowned_nouns(analysis: Analysis, taken: Collection[int]) -> Iterator[Entity]:
    """Nouns that are no party's mention, one entity for each word: where one of them is chosen, the pronoun means no actor. Without them
    "it" after "the bridge" would go to the last council."""
    same: dict[tuple[str, str], Entity] = {}
    for paragraph in analysis.paragraphs:
        for token in paragraph.tokens:
            # Modifiers, dates and sums are no antecedents: "the bridge plan" is one thing, the plan.
            aged = is_age(token)
            noun = token.pos_ in ("NOUN", "PROPN") and token.dep_ not in _MODIFIERS and token.ent_type_ not in _MEASURES
            if token.i in taken or not (noun or aged):
                continue
            if _is_description_of_name(token, taken):
                continue
            lemma = token.lemma_.lower()
            # Each age is somebody's own: "the 24-year-old", "the 31-year-old".
            key = (token.doc[token.i - 4].text + lemma if aged else lemma), token.tag_
            if key not in same:
                person = aged or _is_person(token)
                same[key] = Entity(None, person, token.tag_ in ("NNS", "NNPS"), person, gender_of_noun(lemma))
                yield same[key]
            same[key].mentions.append(token.i)


def _is_description_of_name(noun: Token, taken: Collection[int]) -> bool:
    """Whether a noun only says what a named party is: in apposition to its name, or said of it with "is"."""
    if noun.dep_ == "appos":
        return noun.head.i in taken
    if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "become", "remain"):
        return any(child.i in taken for child in noun.head.lefts if child.dep_ == "nsubj")
    inner = (word for child in noun.rights if child.dep_ == "prep" for word in child.rights if word.dep_ == "pobj")
    names = [child for one in (noun, *inner) for child in one.rights if child.dep_ == "appos" and child.i in taken]
    return any(_apposed_to(name).i == noun.i or name.head.i == noun.i for name in names)


def _pairs(doc: Doc, parties: Sequence[Party]) -> Iterator[Entity]:
    """People named together ("Ada Lee and Tom Reed"), who may be "they": the pair is no party, and wins it for nobody, unless they
    are a family that the article names: "the Lees"."""
    people = {i: party for party in parties if party.type == "person" for i in (*party.heads, *_apposed_nouns(doc, party))}
    families = {name_key(party.name): party for party in parties if party.family}
    for i, party in sorted(people.items()):
        others = [people[child.i] for child in doc[i].rights if child.dep_ == "conj" and child.i in people]
        if others and doc[i].dep_ != "conj":
            shared = {surname(other.name) for other in (party, *others)}
            family = families.get(plural_of_surname(shared.pop())) if len(shared) == 1 else None
            # "Ada and Ben Lee ... they": one pronoun, two people. Only a family has a party of its own to give.
            yield Entity(party=family, person=True, plural=True, human=True, gender="", name_gender="", mentions=[i])


def _attributions_from(analysis: Analysis, attributions: tuple[Attribution, ...]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    heads: list[list[int]] = []
    for number, one in enumerate(attributions):
        if one.source_head is not None:
            heads.append([token.i for token in analysis.tokens(one.source_head)])
        else:
            # An attribution continues one before it.
            heads.append(heads[one.continues] if one.continues is not None and one.continues < number else [])
        for i in heads[-1]:
            found.setdefault(i, []).append(number)
    return found


def resolve_speakers(discourse: Discourse, pronouns: Mapping[int, Party]) -> list[Party | None]:
    """The party that speaks in each attribution, as far as it is known. ``pronouns`` are those that are resolved by now."""
    found: list[Party | None] = []
    for attribution in discourse.attributions:
        speaker = None
        if attribution.source_head is not None:
            head = attribution.source_head
            tokens = discourse.doc.char_span(head.start, head.end, alignment_mode="expand")
            named = (_named(discourse, token.i) or pronouns.get(token.i) for token in tokens or ())
            speaker = next((party for party in named if party is not None), None)
        # An attribution continues one before it, whose speaker is known by now.
        elif attribution.continues is not None and attribution.continues < len(found):
            speaker = found[attribution.continues]
        found.append(speaker)
    return found


def _named(discourse: Discourse, i: int) -> Party | None:
    return discourse.owners[i].party if i in discourse.owners else None


GrammaticalRole = Literal["subject", "object", "oblique", "agent", "possessor", "predicate", "modifier", "top", "other"]
_ROLES: dict[str, GrammaticalRole] = {
    "nsubj": "subject",
    "nsubjpass": "subject",
    "csubj": "subject",
    "dobj": "object",
    "dative": "object",
    "pobj": "oblique",
    "poss": "possessor",
    "attr": "predicate",
    "oprd": "predicate",
    "compound": "modifier",
    "nmod": "modifier",
    "amod": "modifier",
    "npadvmod": "modifier",
    "ROOT": "top",
}
_PREPOSITIONS = frozenset(
    {"about", "against", "as", "at", "between", "by", "for", "from", "in", "into"}
    | {"like", "of", "on", "over", "than", "to", "under", "with", "without"}
)
"""The simple prepositions (Quirk et al. 1985, 9.7) that are frequent before people and bodies."""
_MOST_STEPS = 40
"""Arcs up a parse that are followed: no clause of a written sentence lies deeper."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands. Tokens are counted in the article's Doc."""

    role: GrammaticalRole
    """That of the first conjunct, and of the noun that it stands in apposition to."""
    clause: int
    """The verb of its clause, or the top of a sentence without a verb."""
    main: bool
    """Whether that is the main clause of the sentence."""
    preposition: str
    """The frequent preposition right above it; empty without one."""
    conjunct: bool
    """Whether it is one of several that are joined: "Dunn and **Hale**", "**Dunn** and Hale"."""


def place_of(doc: Doc, i: int) -> Place:
    """The place of a token."""
    token = doc[i]
    at = _carrier(token)
    role = _ROLES.get(at.dep_, "other")
    above = at.head if role == "oblique" else None
    if above is not None and above.dep_ == "agent":
        role = "agent"
    verb = _clause(at)
    word = above.lower_ if above is not None else ""
    joined = token.dep_ == "conj" or any(child.dep_ == "conj" for child in token.rights)
    return Place(role, verb.i, verb.head.i == verb.i, word if word in _PREPOSITIONS else "", joined)


def _carrier(token: Token) -> Token:
    """The token that has the role of a mention: the first of conjuncts, and what a name stands in apposition to."""
    for _ in range(_MOST_STEPS):
        if token.dep_ not in ("conj", "appos") or token.head.i == token.i:
            break
        token = token.head
    return token


def _clause(token: Token) -> Token:
    for _ in range(_MOST_STEPS):
        if token.head.i == token.i:
            break
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            break
    return token


def clauses_above(doc: Doc, clause: int) -> dict[int, str]:
    """The verbs above the one of a clause, each with the arc by which the clause next below it hangs on it or on a noun of it."""
    found: dict[int, str] = {}
    verb = doc[clause]
    for _ in range(_MOST_STEPS):
        above = _clause(verb)
        if above.i == verb.i or above.i in found:
            break
        found[above.i] = verb.dep_
        verb = above
    return found
