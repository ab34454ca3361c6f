"""Finds definite descriptions of one person or one body that may point back to somebody named: "the striker", "the 24-year-old", "the
Russian", "the company"; and says which entities none of them can mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from onrecord.extract.actors.anaphors import Anaphor, AnaphorKind
from onrecord.extract.actors.antecedents import Discourse, Entity
from onrecord.extract.actors.described_parties import type_of_noun
from onrecord.extract.actors.mention import name_key
from onrecord.extract.actors.name_parts import is_inhabitant
from onrecord.extract.actors.party import Party, gender_of_noun
from onrecord.extract.actors.places import clauses_above
from onrecord.extract.actors.roles import is_role
from onrecord.extract.actors.sides import is_club
from onrecord.extract.actors.word_lists import demonyms, shape, words
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token, is_age

_POINTING = frozenset({"the", "this", "that"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ARCS = _SUBJECTS | {"dobj", "dative", "pobj", "poss", "agent"}
"""The places of who takes part in something; after "is", or in apposition, a description says what somebody is."""
_TELLING = frozenset({"amod", "compound", "nmod", "nummod", "npadvmod"})
"""What tells one body from others of its kind: "the broadcasting company" need not be the one just spoken of."""
_ANOTHER = frozenset(
    {"other", "same", "next", "first", "second", "third", "last", "latter", "only", "new", "rival"}
    | {"future", "former", "late", "early", "previous", "incoming", "outgoing", "would-be"}
)
"""Words that make a description somebody else's than the one just spoken of, or pick one out of several (Quirk et al. 1985, 5.22, 7.35)."""
DISTRIBUTIVE = frozenset({"each", "every", "either", "neither", "any", "no"})
"""Determiners that mean each of several, or nobody in particular (Quirk et al. 1985, 5.14, 5.16)."""
_BODY_WORDS = (
    frozenset(["company", "firm", "corporation", "business", "group", "manufacturer", "maker", "retailer", "operator", "bank", "airline"])
    | frozenset(["brewery", "carmaker", "chipmaker", "conglomerate", "consultancy", "drugmaker", "insurer", "startup", "supermarket"]),
    frozenset(["club", "team", "side", "squad"]),
    frozenset(["party"]),
    frozenset(["agency", "department", "ministry", "bureau", "office"]),
    frozenset(["council", "authority"]),
    frozenset(["university", "college", "school", "institute", "institution"]),
    frozenset(["charity", "foundation", "organisation", "organization", "association", "union", "federation", "society"]),
    frozenset(["newspaper", "paper", "magazine", "broadcaster", "network", "station"]),
    frozenset(["government", "administration"]),
    frozenset(["court", "tribunal"]),
)
"""Nouns for bodies that may mean the same one, by near-synonymy in WordNet 3.0 (Fellbaum 1998); others mean bodies of another kind."""


_TOLD_BY_NAME = frozenset(["administration", "authority", "college", "council", "court", "department"]) | frozenset(
    ["government", "ministry", "school", "tribunal", "university"]
)
"""Of these, what a body is not unless its name, or the text, says so: "the authority" is no firm whose name tells nothing."""
_BODY_NOUNS = frozenset().union(*_BODY_WORDS)
_AGENTIVE = ("er", "or", "ist", "ian", "eer", "man", "woman", "person")
"""Endings of nouns for people who do something (Quirk et al. 1985, appendix I.31-45)."""
_DESCRIBED_BODIES = ("organization", "media")
_NEWSPAPERS = frozenset(["newspaper", "paper", "magazine", "broadcaster", "network", "station"])
"""Of these, the nouns for outlets."""


def find_definite_descriptions(analysis: Analysis, discourse: Discourse, settled: Collection[int]) -> Iterator[Anaphor]:
    """The descriptions of one person or body, in text order, that no rule has joined to anybody named.

    ``settled`` are the heads of those that are known to fit several.
    """
    called = _called(discourse)
    for paragraph in analysis.paragraphs:
        for token in paragraph.tokens:
            kind = _kind(token) or _kind_of_called(token, called)
            owner = discourse.owners.get(token.i)
            if kind is None or token.i in settled or (owner is not None and owner.party is not None and owner.party.named):
                continue
            if _is_complete(token) and _determiner(token) is not None:
                yield Anaphor(token.i, kind, possessive=token.dep_ == "poss", reflexive=False, subject=token.dep_ in _SUBJECTS)


def _called(discourse: Discourse) -> dict[str, AnaphorKind]:
    """What each noun describes with which the text has said what somebody named is: "keeper", "band"."""
    named = [entity for entity in discourse.entities if entity.party is not None and entity.party.named]
    bodies: dict[str, AnaphorKind] = {
        noun: "body" for entity in named if entity.party and entity.party.type in _DESCRIBED_BODIES for noun in entity.said_to_be
    }
    people: dict[str, AnaphorKind] = {noun: "person" for entity in named if entity.person for noun in entity.said_to_be}
    return bodies | people


def _kind_of_called(token: Token, called: Mapping[str, AnaphorKind]) -> AnaphorKind | None:
    """The same for a noun that no list knows, but with which the text has said what somebody is."""
    if token.dep_ not in _ARCS or token.tag_ != "NN" or token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return None
    kind = called.get(token.lemma_.lower())
    return None if kind == "person" and not token.lemma_.lower().endswith(_AGENTIVE) else kind


def _kind(token: Token) -> AnaphorKind | None:
    """Whether a token is the head of a description of a person or of a body."""
    if is_age(token) or is_inhabitant(token):
        return "person"
    if token.dep_ not in _ARCS or token.tag_ != "NN":
        return None
    kind, lemma = type_of_noun(token), token.lemma_.lower()
    if kind == "person" and lemma not in words("people.txt", "kin"):
        return "person"
    return "body" if kind == "organization" else None


def description_start(token: Token) -> int:
    """Where the words of a description begin."""
    start = _determiner(token)
    return token.i if start is None else start


def _determiner(token: Token) -> int | None:
    """The token that makes a phrase point back: "the" at its beginning."""
    if is_age(token):
        return token.i - 5
    return next((child.i for child in token.lefts if child.lower_ in _POINTING), None)


def _is_complete(token: Token) -> bool:
    """Whether a description leaves it to the text before who is meant: no clause, possessor or name in it says so."""
    if any(child.dep_ in ("poss", "appos", "relcl", "acl", "conj") or child.lower_ in _ANOTHER for child in token.children):
        return False
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    if after.pos_ == "PROPN" and after.i != token.i:
        return False
    return not any(child.dep_ == "prep" and child.lower_ in ("of", "for", "at", "in", "from", "with", "on") for child in token.rights)


def may_be_described(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> bool:
    """Whether nothing that the text says of a named party speaks against its being the one described."""
    party = entity.party
    if party is None or not party.named or party.plural:
        return False
    token = discourse.doc[anaphor.token]
    if _is_bound(discourse, entity, anaphor):
        return False
    noun = token.lemma_.lower()
    if anaphor.kind == "person":
        return _may_be_person(entity, party, token) and (_kind(token) is not None or is_called(entity, noun))
    # "The London-based band" tells more than "the band", and "the band" is no word for any body: only of what the text calls
    # one. That a name ends so is not enough: "the US space agency" is not the European Space Agency.
    told_apart = any(child.dep_ in _TELLING for child in token.lefts) or type_of_noun(token) != "organization"
    return _may_be_body(entity, party, noun) and (not told_apart or noun in entity.said_to_be | party.nouns)


def is_called(entity: Entity, noun: str) -> bool:
    """Whether the text has said of an entity that it is what a noun means, or its name does: "union" of the "Harbour Workers' Union"."""
    party = entity.party
    if party is None:
        return False
    last = party.name.split()[-1].lower().strip(".") if party.type != "person" and " " in party.name else ""
    return noun in entity.said_to_be or noun in party.nouns or noun == last or any(role.lemma == noun for role in party.roles)


def _is_bound(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> bool:
    """Whether an entity is mentioned in the same clause, or is the subject of one above: a noun is free there (binding principle C)."""
    place = discourse.place(anaphor.token)
    above = {place.clause, *clauses_above(discourse.doc, place.clause)}
    here = discourse.sentence[anaphor.token]
    mentions = (i for i, owner in discourse.mentions_in.get(here, ()) if owner is entity)
    return any(discourse.place(i).clause == place.clause or (discourse.place(i).clause in above) for i in mentions)


def is_one_person(nouns: Sequence[Token]) -> bool:
    """Whether all nouns with one word may mean one and the same person of whom something is told: after "a girl" only "the girl"; never
    "her sister", "another girl", "a good judge"."""
    if nouns[0].pos_ != "NOUN" or nouns[0].lemma_.lower() in words("people.txt", "kin"):
        return False
    if any(child.dep_ == "poss" or child.lower_ in _ANOTHER | DISTRIBUTIVE | {"another", "some"} for noun in nouns for child in noun.lefts):
        return False
    # A caption and the text under it introduce somebody twice, in the same words.
    first = _phrase(nouns[0])
    again = all(_determiner(noun) is not None or _phrase(noun) == first for noun in nouns[1:])
    return again and any(_is_told_as_past(noun) for noun in nouns)


def _phrase(noun: Token) -> str:
    """The words of a noun's phrase up to the noun."""
    return noun.doc[noun.left_edge.i : noun.i + 1].text.casefold()


def _is_told_as_past(noun: Token) -> bool:
    """Whether a noun stands right under a verb in the past: what happened has a certain somebody in it."""
    verb = noun.head if noun.head.pos_ != "ADP" else noun.head.head
    helpers = (child for child in verb.lefts if child.dep_ in ("aux", "auxpass"))
    return verb.tag_ == "VBD" or any(child.lower_ in ("had", "was", "were", "did") for child in helpers)


def _may_be_person(entity: Entity, party: Party, token: Token) -> bool:
    """Whether a person may be the one described: by gender, and by the roles that the text states."""
    if party.type != "person":
        return False
    if is_age(token) and _has_other_age(party, token):
        return False
    lemma = token.lemma_.lower()
    gender, theirs = gender_of_noun(lemma), party.gender or party.name_gender
    if gender and theirs and gender != theirs:
        return False
    # "The manager" is not the captain; but a captain may be "the striker" where no trade of anybody's is that.
    stated = {role.lemma for role in party.roles}
    return not is_role(token) or not stated or lemma in stated or lemma in entity.said_to_be


def _has_other_age(party: Party, age: Token) -> bool:
    """Whether the text states another age of a person than the one that a description tells: "Tom Lee, 44, ... The 11-year-old"."""
    behind = (age.doc[i + 1 : i + 3] for i in party.heads)
    stated = {words[1].text for words in behind if len(words) > 1 and words[0].text == "," and words[1].text.isdigit()}
    return bool(stated) and age.doc[age.i - 4].text not in stated


def _may_be_body(entity: Entity, party: Party, noun: str) -> bool:
    """Whether a body may be the one described: its name or the text calls it by this noun or by one of the kind, or by none."""
    if party.type != "organization" and not (party.type == "media" and noun in _NEWSPAPERS):
        return False
    last = party.name.split()[-1].lower().strip(".") if " " in party.name else ""
    called = party.nouns | entity.said_to_be & _BODY_NOUNS | ({last} if last and shape(party.name) else frozenset())
    # "Ltd" and the like say that it is a company, "Rovers" that it is a club.
    club = frozenset(["club"]) if is_club(name_key(party.name)) else frozenset()
    called = club or frozenset("company" if word in words("shapes.txt", "dropped") else word for word in called)
    kinds = [kind for kind in _BODY_WORDS if kind & called]
    known = [kind for kind in _BODY_WORDS if noun in kind]
    if not called:
        return noun not in _TOLD_BY_NAME
    return noun in called or (not kinds and not known) or any(noun in kind for kind in kinds)


def nationality(token: Token) -> str:
    """The state by which a description tells who is meant: of "the Russian", "the young Russian striker"; empty without one."""
    named = (demonyms().get(one.lower_, "") for one in (token, *token.lefts) if one.text[:1].isupper())
    return next((state for state in named if state), "")
