"""Finds definite descriptions of one person or one body that may point back to somebody named: "the striker", "the 24-year-old", "the
Russian", "the company"; and says which entities none of them can mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from onrecord.extract.actors.anaphors import Anaphor, AnaphorKind
from onrecord.extract.actors.antecedents import Discourse, Entity
from onrecord.extract.actors.described_parties import type_of_noun
from onrecord.extract.actors.name_parts import is_inhabitant
from onrecord.extract.actors.party import Party, gender_of_noun
from onrecord.extract.actors.places import clauses_above
from onrecord.extract.actors.roles import is_role
from onrecord.extract.actors.word_lists import demonyms, shape, words
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token

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
_BODY_WORDS = (
    frozenset(["company", "firm", "corporation", "business", "group", "manufacturer", "maker", "retailer", "operator", "bank"]),
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


_NEWSPAPERS = frozenset(["newspaper", "paper", "magazine", "broadcaster", "network", "station"])
"""Of these, the nouns for outlets."""


def find_definite_descriptions(analysis: Analysis, discourse: Discourse, settled: Collection[int]) -> Iterator[Anaphor]:
    """The descriptions of one person or body, in text order, that no rule has joined to anybody named.

    ``settled`` are the heads of those that are known to fit several.
    """
    for paragraph in analysis.paragraphs:
        for token in paragraph.tokens:
            kind = _kind(token)
            owner = discourse.owners.get(token.i)
            if kind is None or token.i in settled or (owner is not None and owner.party is not None and owner.party.named):
                continue
            if _is_complete(token) and _determiner(token) is not None:
                yield Anaphor(token.i, kind, possessive=token.dep_ == "poss", reflexive=False, subject=token.dep_ in _SUBJECTS)


def _kind(token: Token) -> AnaphorKind | None:
    """Whether a token is the head of a description of a person or of a body."""
    if _is_age(token) or is_inhabitant(token):
        return "person"
    if token.dep_ not in _ARCS or token.tag_ != "NN":
        return None
    kind = type_of_noun(token)
    if kind == "person" and token.lemma_.lower() not in words("people.txt", "kin"):
        return "person"
    return "body" if kind == "organization" and not any(child.dep_ in _TELLING for child in token.lefts) else None


def _is_age(token: Token) -> bool:
    """Whether a token ends an age that stands for whoever has it: "the 24-year-old said"."""
    if token.lower_ != "old" or token.i < 4 or token.head.pos_ == "NOUN" or token.dep_ in ("compound", "nmod"):
        return False
    before = token.doc[token.i - 4 : token.i]
    return [one.lower_ for one in before][1:] == ["-", "year", "-"] and before[0].like_num and token.doc[token.i - 5].lower_ == "the"


def description_start(token: Token) -> int:
    """Where the words of a description begin."""
    start = _determiner(token)
    return token.i if start is None else start


def _determiner(token: Token) -> int | None:
    """The token that makes a phrase point back: "the" at its beginning."""
    if _is_age(token):
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
    return _may_be_person(party, token) if anaphor.kind == "person" else _may_be_body(party, token.lemma_.lower())


def _is_bound(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> bool:
    """Whether an entity is mentioned in the same clause, or is the subject of one above: a noun is free there (binding principle C)."""
    place = discourse.place(anaphor.token)
    above = {place.clause, *clauses_above(discourse.doc, place.clause)}
    here = discourse.sentence[anaphor.token]
    mentions = (i for i, owner in discourse.mentions_in.get(here, ()) if owner is entity)
    return any(discourse.place(i).clause == place.clause or (discourse.place(i).clause in above) for i in mentions)


def _may_be_person(party: Party, token: Token) -> bool:
    """Whether a person may be the one described: by gender, and by the roles that the text states."""
    if party.type != "person":
        return False
    lemma = token.lemma_.lower()
    gender, theirs = gender_of_noun(lemma), party.gender or party.name_gender
    if gender and theirs and gender != theirs:
        return False
    # "The manager" is not the captain; but a captain may be "the striker" where no trade of anybody's is that.
    stated = {role.lemma for role in party.roles}
    return not is_role(token) or not stated or lemma in stated


def _may_be_body(party: Party, noun: str) -> bool:
    """Whether a body may be the one described: its name or the text calls it by this noun or by one of the kind, or by none."""
    if party.type != "organization" and not (party.type == "media" and noun in _NEWSPAPERS):
        return False
    last = party.name.split()[-1].lower().strip(".") if " " in party.name else ""
    called = party.nouns | ({last} if last and shape(party.name) else frozenset())
    # "Ltd" and the like say that it is a company.
    called = frozenset("company" if word in words("shapes.txt", "dropped") else word for word in called)
    kinds = [kind for kind in _BODY_WORDS if kind & called]
    known = [kind for kind in _BODY_WORDS if noun in kind]
    return not called or noun in called or (not kinds and not known) or any(noun in kind for kind in kinds)


def nationality(token: Token) -> str:
    """The state by which a description tells who is meant: of "the Russian", "the young Russian striker"; empty without one."""
    named = (demonyms().get(one.lower_, "") for one in (token, *token.lefts) if one.text[:1].isupper())
    return next((state for state in named if state), "")
