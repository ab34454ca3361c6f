"""The body for which a person speaks, and which "we" in that person's words most often is."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.actors.antecedents import Discourse
from onrecord.extract.actors.merging import BODIES
from onrecord.extract.actors.party import Party
from onrecord.extract.tokens import Token

_BEFORE = frozenset({"compound", "nmod", "poss", "npadvmod"})
_MEMBERSHIP = frozenset({"of", "for", "at", "from", "with"})
_MOST_NAMES = 20
"""So many mentions of a person are looked at: whom somebody is with, a text says when it first names them."""


def spoken_for(discourse: Discourse, speaker: Party) -> Party | None:
    """The body that a person's stated role names ("coalition spokesman"); else the only one that the phrases with the person's name do
    ("Riverton captain Ada Lee", "Ada Lee of the Harbor Board"); none if there is none, or several."""
    for role in speaker.roles:
        owners = (discourse.owners[i].party for i in role.tokens if i in discourse.owners)
        if (body := next((party for party in owners if party is not None and party.type != "person"), None)) is not None:
            return body
    heads = sorted(speaker.heads)[:_MOST_NAMES]
    found = {id(party): party for i in heads for party in _named_with(discourse, discourse.doc[i]) if party is not speaker}
    return next(iter(found.values())) if len(found) == 1 else None


def _named_with(discourse: Discourse, name: Token) -> Iterator[Party]:
    """The bodies in the noun phrases of a name and of what stands in apposition to it."""
    nouns = [name, *(child for child in name.rights if child.dep_ == "appos"), *([name.head] if name.dep_ == "appos" else [])]
    for noun in nouns:
        for token in (*_before(noun), *_after(noun)):
            owner = discourse.owners.get(token.i)
            if owner is not None and owner.party is not None and _may_speak(discourse, owner.party, token):
                yield owner.party


def _may_speak(discourse: Discourse, party: Party, token: Token) -> bool:
    """Whether "we" may be a party: a body, or a country or town right before a noun, of which the text says that it does something, which
    is then a team of that name ("England captain Ada Lee")."""
    if party.type in BODIES:
        return True
    if party.type not in ("state", "place") or token.dep_ != "compound":
        return False
    heads = (discourse.doc[i] for i in sorted(party.heads)[:_MOST_NAMES])
    return any(one.dep_ == "nsubj" and one.head.pos_ == "VERB" for one in heads)


def _before(noun: Token) -> Iterator[Token]:
    for child in noun.lefts:
        if child.dep_ in _BEFORE:
            yield child
            yield from (inner for inner in child.lefts if inner.dep_ in _BEFORE)


def _after(noun: Token) -> Iterator[Token]:
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in _MEMBERSHIP and child.i == noun.i + 1:
            yield from (inner for inner in child.rights if inner.dep_ == "pobj")
