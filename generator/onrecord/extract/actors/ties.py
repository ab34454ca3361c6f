"""Those whom a text knows by what they are to somebody: "his mother", "Tom Lee's lawyers", "her campaign"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.extract.actors.anaphors import Anaphor
from onrecord.extract.actors.antecedents import Discourse
from onrecord.extract.actors.definite_descriptions import BASIC, STATES, may_be_described
from onrecord.extract.actors.described_parties import does_something, mention_of_person, party_of_person, type_of_noun
from onrecord.extract.actors.first_person import body_spoken_for
from onrecord.extract.actors.mention import FoundMention, words_span
from onrecord.extract.actors.party import Party
from onrecord.extract.actors.word_lists import words
from onrecord.extract.tokens import Token

_ONES_OWN = (BASIC - STATES) | {"party", "squad"}
"""Nouns for the one body that somebody belongs to or heads: "his club"."""
_BESIDE_NAME = frozenset({"compound", "nmod", "appos"})
_POSSESSIVES = frozenset({"his", "her", "its", "their"})
_BODIES = frozenset({"organization", "armed_force"})


@dataclass(slots=True)
class _Tie:
    """What somebody has by one noun: "his mother", each time that it is said."""

    owner: Party
    nouns: list[Token] = field(default_factory=list)
    known: dict[int, Party] = field(default_factory=dict)
    """The parties that these are, as far as others know them: whose name stands beside the noun, or who was found before."""


def add_tied(discourse: Discourse, parties: list[Party], resolved: dict[int, Party]) -> None:
    """Makes a party of whoever speaks or acts and is known by a tie alone; what is known otherwise gets the mentions by a tie too.

    ``resolved`` are the parties of pronouns; those for the new parties are added to it.
    """
    for tie in _find_ties(discourse, resolved):
        known = list({id(party): party for party in tie.known.values()}.values()) or _own_bodies(discourse, tie, parties)
        if len(known) == 1:
            _name_by_owner(tie, known[0])
            for noun in tie.nouns:
                if noun.i not in tie.known:
                    known[0].add(mention_of_person(noun), f"the {noun.lower_} of {tie.owner.name}")
        elif not known and not _is_office(tie) and _is_somebody(discourse, tie.nouns):
            parties.append(_party_by_owner(discourse, tie, resolved))


def _find_ties(discourse: Discourse, resolved: Mapping[int, Party]) -> Iterator[_Tie]:
    """The ties of an article by owner, noun and number, in text order."""
    found: dict[tuple[int, str, bool], _Tie] = {}
    for possessor, owner in _possessors(discourse, resolved):
        noun = possessor.head
        if possessor.dep_ != "poss" or not _is_tie(noun) or owner.type in ("place", "narrator"):
            continue
        # "Lee said Reed had insulted his wife": in what somebody says, "his" may too easily be the other's.
        if possessor.pos_ == "PRON" and possessor.i in discourse.said:
            continue
        tie = found.setdefault((id(owner), noun.lemma_.lower(), noun.tag_ == "NNS"), _Tie(owner))
        tie.nouns.append(noun)
        if (party := _known_as(discourse, noun)) is not None:
            tie.known[noun.i] = party
    yield from found.values()


def _possessors(discourse: Discourse, resolved: Mapping[int, Party]) -> Iterator[tuple[Token, Party]]:
    """Every mention of somebody, with its party, in text order."""
    named = {i: entity.party for i, entity in discourse.owners.items() if entity.party is not None}
    owners = named | dict(resolved)
    return ((discourse.doc[i], owners[i]) for i in sorted(owners))


def _is_tie(noun: Token) -> bool:
    """Whether a noun may be somebody's relative, colleague or body, each time the same: not "his people", "his other brother"."""
    lemma = noun.lemma_.lower()
    if noun.tag_ not in ("NN", "NNS") or lemma in words("people.txt", "generic") - {"parent"}:
        return False
    if any(
        child.dep_ in ("nummod", "relcl", "acl") or child.lower_ in ("other", "former", "first", "late", "ex") for child in noun.children
    ):
        return False
    return lemma in words("people.txt", "kin") or type_of_noun(noun) in ("person", "described_group", *_BODIES)


def _known_as(discourse: Discourse, noun: Token) -> Party | None:
    """The party that a noun with its possessor is already: the one named beside it ("his mother, Ann Lee"), or one found before."""
    beside = [child for child in noun.rights if child.dep_ == "appos"] + ([noun.head] if noun.dep_ in _BESIDE_NAME else [])
    owners = (discourse.owners.get(token.i) for token in (*beside, noun))
    return next((one.party for one in owners if one is not None and one.party is not None), None)


def _own_bodies(discourse: Discourse, tie: _Tie, parties: Sequence[Party]) -> list[Party]:
    """The body that is somebody's own: one described with the owner's name ("the Lee campaign", "her campaign"), or the one to which a
    stated role ties a person ("her club")."""
    first, owner = tie.nouns[0], frozenset({tie.owner.name.lower()})
    lemma = first.lemma_.lower()
    alike = [
        one for one in parties if not one.named and one.lemma == lemma and one.modifiers == owner and one.plural == (first.tag_ == "NNS")
    ]
    if alike or tie.owner.type != "person" or lemma not in _ONES_OWN or first.tag_ == "NNS":
        return alike
    # "The founder of a Facebook group": that group is hers, and not Facebook.
    if any(lemma in role.text.lower().split() for role in tie.owner.roles):
        return []
    body = body_spoken_for(discourse, tie.owner)
    entity = next((one for one in discourse.entities if one.party is body), None) if body is not None else None
    anaphor = Anaphor(first.i, "body", possessive=False, reflexive=False, subject=False)
    return [body] if body is not None and entity is not None and may_be_described(discourse, entity, anaphor) else []


def _is_office(tie: _Tie) -> bool:
    """Whether a noun is for the one holder of an office of a body, who is named elsewhere as often as not: "the club's owner"."""
    return tie.nouns[0].tag_ == "NN" and tie.owner.type not in ("person", "described_group")


def _is_somebody(discourse: Discourse, nouns: Sequence[Token]) -> bool:
    """Whether people who are known by a tie are an actor: they speak, or come back and do something."""
    if type_of_noun(nouns[0]) in _BODIES:
        return False
    speaks = any(noun.i in discourse.sources and noun.i not in discourse.said for noun in nouns)
    return speaks or any(does_something(noun) for noun in nouns)


def _party_by_owner(discourse: Discourse, tie: _Tie, resolved: dict[int, Party]) -> Party:
    """A party for people who are known by a tie, called after whose they are: "Ada Brook's mother"."""
    first = tie.nouns[0]
    party = party_of_person(first)
    party.roles = []
    party.mentions, party.heads, party.called = [], {}, {}
    party.type, party.plural = ("described_group", True) if first.tag_ == "NNS" else ("person", False)
    party.name = _name(tie.owner, first)
    for noun in tie.nouns:
        party.add(mention_of_person(noun), f"the {noun.lower_} of {tie.owner.name}")
    _take_pronouns(discourse, tie, party, resolved)
    return party


def _take_pronouns(discourse: Discourse, tie: _Tie, party: Party, resolved: dict[int, Party]) -> None:
    """Gives a new party the pronouns that were resolved to its noun, where that noun is nobody else's: "his mother said she"."""
    entity = discourse.owners.get(tie.nouns[0].i)
    if entity is None or entity.party is not None:
        return
    pronouns = [i for i in entity.mentions if discourse.doc[i].pos_ == "PRON"]
    if {*entity.mentions} - {*pronouns} == {noun.i for noun in tie.nouns}:
        entity.party = party
        for i in pronouns:
            span = words_span(discourse.doc, i, i + 1)
            party.add(
                FoundMention(span, span, i, "pronoun", discourse.doc[i].lower_), f"“{discourse.doc[i].text}”: the likeliest that fits"
            )
            resolved[i] = party


def _name_by_owner(tie: _Tie, party: Party) -> None:
    """Calls a party that was found as "his mother" after whose mother she is."""
    if not party.named and any(noun.i in party.heads for noun in tie.nouns) and party.name.split()[0].lower() in _POSSESSIVES:
        party.name = _name(tie.owner, tie.nouns[0])


def _name(owner: Party, noun: Token) -> str:
    """What somebody is called who is known by a tie: the owner's name, and the words from behind the possessor to the noun."""
    possessor = next(child for child in noun.lefts if child.dep_ == "poss")
    mark = "’" if owner.plural and owner.name.endswith("s") else "’s"
    return f"{owner.name}{mark} {noun.doc[possessor.right_edge.i + 1 : noun.i + 1].text}"
