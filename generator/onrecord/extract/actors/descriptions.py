"""Joins described parties: to one another, and to the named actor whose stated role they repeat."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.actors.gazetteer import words
from onrecord.extract.actors.mention import FoundMention
from onrecord.extract.actors.merging import BODIES
from onrecord.extract.actors.party import Party, StatedRole
from onrecord.extract.tokens import Doc, Token

_ACTING = frozenset({"nsubj", "agent", "poss"})
_COUNTING = frozenset({"det", "predet", "nummod", "quantmod", "advmod"})
_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj"})
"""The places of who takes part in an event; what follows "is", or stands in apposition, says what somebody already named is."""
_LED = "-led"


_SHIFTING = frozenset(
    {"next", "new", "future", "first", "last", "former", "late", "old", "early", "previous", "incoming", "outgoing", "would-be"}
)
"""Words before a role that make it somebody else's than the one who holds it now."""
_FAMILY = frozenset({"couple", "family", "parent", "pair", "spouse"})
_MOST_HOLDERS = 3
"""With more candidates than that, "the senator" tells nothing."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A description that fits several people."""

    mention: FoundMention
    candidates: tuple[Party, ...]


def add_descriptions(
    doc: Doc, found: tuple[FoundMention, ...], parties: list[Party], sources: Collection[int]
) -> tuple[list[Party], tuple[Doubt, ...]]:
    """The parties that only descriptions make, and what nobody can tell; mentions of parties that exist are added to them.

    ``sources`` are the heads of sources.
    """
    described: list[Party] = []
    doubts: list[Doubt] = []
    for mention in found:
        if doc[mention.head].dep_ == "appos" and any(doc[mention.head].head.i in party.heads for party in parties):
            continue
        if mention.type == "person":
            holders = _role_holders(doc[mention.head], mention, parties)
            if len(holders) == 1:
                holders[0].add(mention, f"repeats the role of {holders[0].name}")
            elif holders:
                doubts.append(Doubt(mention, tuple(holders)))
            continue
        if (apposed := _apposed_body(doc[mention.head], parties)) is not None:
            apposed.nouns |= {doc[mention.head].lemma_.lower()}
            apposed.add(mention, f"in apposition to {apposed.name}")
            continue
        told = _telling(doc[mention.head], mention, parties)
        owners, why = _owner(doc[mention.head], mention, told, parties, described)
        if len(owners) > 1:
            doubts.append(Doubt(mention, owners))
            continue
        owner = owners[0] if owners else _new(doc, mention, told)
        if not owners:
            described.append(owner)
        owner.add(mention, why or "as described")
        if not owner.named and told >= owner.modifiers and len(label := _label(doc, mention)) > len(owner.name):
            owner.name = label
    kept = [party for party in described if _is_party(doc, party, parties, sources)]
    return kept, tuple(_among(doubts, [*parties, *kept]))


def _apposed_body(noun: Token, parties: list[Party]) -> Party | None:
    """The one body whose name stands in apposition to a noun for one: "the charity, Bright Steps,"."""
    names = [child.i for child in noun.rights if child.dep_ == "appos"]
    found = [party for party in parties if party.named and party.type in BODIES and any(i in party.heads for i in names)]
    return found[0] if len(found) == 1 and noun.tag_ == "NN" else None


def _among(doubts: Sequence[Doubt], parties: Sequence[Party]) -> Iterator[Doubt]:
    """The doubts between parties that are kept; with one candidate left or with many there is nothing to show."""
    known = {id(party) for party in parties}
    for doubt in doubts:
        candidates = tuple(party for party in doubt.candidates if id(party) in known)
        if 1 < len(candidates) <= _MOST_HOLDERS:
            yield Doubt(doubt.mention, candidates)


def _new(doc: Doc, mention: FoundMention, told: frozenset[str]) -> Party:
    assert mention.type is not None
    head = doc[mention.head]
    party = Party(_label(doc, mention), mention.type, False, plural=head.tag_ == "NNS", lemma=head.lemma_.lower())
    party.modifiers = told
    return party


def _label(doc: Doc, mention: FoundMention) -> str:
    """The description as a name: without article, number and the adverbs before it."""
    phrase = doc.char_span(mention.core.start, mention.core.end, alignment_mode="expand")
    start = phrase.start if phrase is not None else mention.head
    while start < mention.head and (doc[start].dep_ in _COUNTING or doc[start].pos_ in ("DET", "ADV", "NUM")):
        start += 1
    return " ".join(doc[start : mention.head + 1].text.split())


def _role_holders(head: Token, mention: FoundMention, parties: list[Party]) -> list[Party]:
    """The people named before who have the role that a definite description names: "the spokesman".

    Nobody for "the mayor who waits", which says of any mayor what it says.
    """
    restricted = any(child.dep_ == "relcl" and head.nbor().text != "," for child in head.rights)
    if not mention.definite or restricted or any(child.dep_ == "poss" for child in head.children):
        return []
    lemma = head.lemma_.lower()
    shifted = frozenset(child.lower_ for child in head.lefts) & _SHIFTING
    holders = [party for party in parties if party.type == "person" and any(_holds(role, lemma, shifted) for role in party.roles)]
    before = [party for party in holders if min(party.heads) < head.i and not _another(head, lemma, party)]
    told = mention.modifiers | _complement(head)
    return [party for party in before if _fits(told, party, lemma)]


def _another(head: Token, lemma: str, party: Party) -> bool:
    """Whether "a" or "another" introduced somebody else in that role since the text last named a party: "a spokesman for the army"."""
    last = max(i for i in party.heads if i < head.i)
    since = (token for token in head.doc[last + 1 : head.i] if token.lemma_.lower() == lemma and token.tag_ == "NN")
    return any(child.lower_ in ("a", "an", "another") for token in since if token.dep_ in _PLACES for child in token.lefts)


def _holds(role: StatedRole, lemma: str, shifted: frozenset[str]) -> bool:
    """Whether a stated role is the one meant: "the president" is none who is called a former one, and the reverse."""
    return role.lemma == lemma and shifted == frozenset(role.text.lower().split()) & _SHIFTING


def _complement(head: Token) -> frozenset[str]:
    """The content words of an "of" or "for" phrase after a role: it repeats a stated role only if that has them too."""
    phrases = (child for child in head.rights if child.dep_ == "prep" and child.lower_ in ("of", "for") and child.i == head.i + 1)
    return frozenset(token.lower_ for phrase in phrases for token in phrase.subtree if token.pos_ in ("NOUN", "PROPN", "ADJ"))


def _fits(told: frozenset[str], party: Party, lemma: str) -> bool:
    """Whether the stated role has every word that the description adds to it."""
    stated = " ".join(role.text.lower() for role in party.roles if role.lemma == lemma)
    return all(word in stated for word in told)


def _telling(head: Token, mention: FoundMention, parties: list[Party]) -> frozenset[str]:
    """What tells a description from others of its noun: its modifiers, of which names stand for their actor ("Trump's campaign" and
    "the Donald Trump campaign" are one), and the words of an "of" phrase."""
    if mention.type == "coalition":
        return mention.modifiers
    told = mention.modifiers | _complement(head)
    for child in head.lefts:
        owner = next((party for party in parties if child.i in party.heads), None)
        if owner is not None and child.dep_ in ("poss", "compound", "nmod"):
            told = told - {token.lower_ for token in child.subtree} | {owner.name.lower()}
    return told


def _owner(
    head: Token, mention: FoundMention, told: frozenset[str], parties: list[Party], described: list[Party]
) -> tuple[tuple[Party, ...], str]:
    """The party that a description means, and why; several where it might be any of them; none if it is a new one."""
    lemma = head.lemma_.lower()
    if lemma in _FAMILY and mention.definite and not told:
        families = [party for party in parties if party.family]
        if len(families) == 1:
            return (families[0],), f"the one family of the article: {families[0].name}"
    alike = [party for party in described if (party.lemma, party.plural) == (lemma, head.tag_ == "NNS")]
    bare = mention.definite and not told
    if mention.type == "coalition":
        fitting = [party for party in described if party.type == "coalition" and party.lemma == lemma and not _conflict(party, mention)]
        if len(fitting) == 1 and not any(party.modifiers == told for party in alike):
            return (fitting[0],), f"the one {lemma} of the article"
    elif bare and (meant := _meant(alike, parties, lemma)):
        if len(meant) == 1:
            return (meant[0],), f"the one {lemma} of the article"
        near = [party for party in meant if _just_named(head, party)]
        return (tuple(near), f"the {lemma} named last: {near[0].name}") if len(near) == 1 else (tuple(meant), "")
    same = [party for party in alike if party.modifiers == told]
    return ((same[0],), f"the same description as {same[0].name}") if len(same) == 1 else ((), "")


def _meant(alike: Sequence[Party], parties: Sequence[Party], lemma: str) -> list[Party]:
    """Whom a noun with nothing but "the" may mean: those described with it and more, else those named with it."""
    more = [party for party in alike if party.modifiers]
    return more or [party for party in parties if party.type != "person" and _headed(party, lemma)]


def _just_named(head: Token, party: Party) -> bool:
    """Whether a party was mentioned in the same sentence before a token, or in the sentence before, of the same paragraph."""
    start = head.sent.start
    if start and not head.doc[start - 1].is_space:
        start = head.doc[start - 1].sent.start
    return any(start <= i < head.i for i in party.heads)


def _headed(party: Party, lemma: str) -> bool:
    """Whether the name's generic head is this noun: "the church" for a "Church of ...", or the text has said that it is one."""
    if lemma in party.nouns:
        return True
    parts = party.name.lower().split()
    return (
        len(parts) > 1
        and party.named
        and (parts[-1] == lemma or (lemma in parts[:-1] and parts[parts.index(lemma) + 1] in ("of", "for", "on")))
    )


def _conflict(party: Party, mention: FoundMention) -> bool:
    """Whether two descriptions of a coalition cannot be the same: led or opposed by different parties, or of another kind."""
    for mark in (_LED, "anti"):
        one = {word for word in party.modifiers if mark in word}
        other = {word for word in mention.modifiers if mark in word}
        if one and other and one != other:
            return True
    return bool(_kinds(party.modifiers) ^ _kinds(mention.modifiers)) and bool(_kinds(mention.modifiers))


def _kinds(modifiers: frozenset[str]) -> frozenset[str]:
    if any(_LED in word or "anti" in word for word in modifiers):
        return frozenset()
    return modifiers


def _is_party(doc: Doc, party: Party, parties: list[Party], sources: Collection[int]) -> bool:
    """Whether a description is worth an actor: it speaks, or it is tied to a name, or it acts more than once."""
    heads = sorted(party.heads)
    if party.lemma in words("people.txt", "generic"):
        return any(_tied(doc[i], parties) for i in heads)
    if any(i in sources for i in heads):
        return True
    if any(_tied(doc[i], parties) for i in heads):
        return True
    return len(heads) > 1 and any(doc[i].dep_ in _ACTING and doc[i].head.pos_ in ("VERB", "NOUN", "ADP") for i in heads)


def _tied(head: Token, parties: list[Party]) -> bool:
    """Whether a name or a word of nationality, creed or people stands before the noun: "Kurdish leaders"."""
    return any(
        token.ent_type_ in ("NORP", "GPE", "ORG", "PERSON") or any(token.i in party.heads for party in parties)
        for child in head.lefts
        if child.dep_ in ("amod", "compound", "nmod", "poss", "npadvmod")
        for token in child.subtree
        if token.pos_ in ("PROPN", "ADJ", "NOUN") and token.text[0].isupper()
    )
