"""Joins described parties: to one another, and to the named actor whose stated role they repeat."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeGuard

from onrecord.extract.actors.described_parties import does_something, is_of_verb, undergoes
from onrecord.extract.actors.forms import BODIES
from onrecord.extract.actors.mention import FoundMention
from onrecord.extract.actors.party import Party, PartyIndex, StatedRole
from onrecord.extract.actors.word_lists import words
from onrecord.extract.tokens import Doc, Token, is_listed

_ACTING = frozenset({"nsubj", "agent", "poss"})
"""The arcs of who does or owns something."""
_COUNTING = frozenset({"det", "predet", "nummod", "quantmod", "advmod"})
_LED = "-led"
"""What ends the word for who leads a coalition: "U.S.-led"."""


_OTHER_HOLDER = frozenset(
    {"next", "new", "future", "first", "last", "former", "late", "old", "early", "previous", "incoming", "outgoing", "would-be"}
)
"""Words before a role that make it somebody else's than the one who holds it now."""
_OFFICERS = frozenset({"officer", "detective"})
"""Members of the police, told of as it is: "Police searched it. Officers found" (metonymy of members for a body)."""
_FAMILY = frozenset({"couple", "family", "parent", "pair", "spouse"})
_MOST_HOLDERS = 3
"""With more candidates than that, "the senator" tells nothing."""
_MOST_ALIKE = 50
"""Of parties that are described with one noun so many are looked at, those described last: with more, the noun alone tells nothing."""


@dataclass(frozen=True, slots=True)
class AmbiguousDescription:
    """A description that fits several parties, so that it is a mention of none."""

    mention: FoundMention
    candidates: tuple[Party, ...]


def add_descriptions(
    doc: Doc, found: tuple[FoundMention, ...], parties: list[Party], sources: Collection[int]
) -> tuple[list[Party], tuple[AmbiguousDescription, ...]]:
    """The parties that only descriptions make, and what nobody can tell; mentions of parties that exist are added to them.

    ``sources`` are the heads of sources and of whoever else is known to take part in what is told.
    """
    index, described = PartyIndex(doc, parties), _DescribedParties()
    ambiguities: list[AmbiguousDescription] = []
    for mention in found:
        head = doc[mention.head]
        # "Lee, the mayor": in apposition it says what Lee is, and mentions nobody else.
        if head.dep_ == "appos" and index.at(head.head.i) is not None:
            continue
        if mention.type == "person":
            holders = _role_holders(head, mention, index)
            if len(holders) == 1:
                index.add(holders[0], mention, f"repeats the role of {holders[0].name}")
            elif holders:
                ambiguities.append(AmbiguousDescription(mention, tuple(holders)))
            continue
        if (apposed := _apposed_body(head, index)) is not None:
            index.note_noun(apposed, head.lemma_.lower())
            index.add(apposed, mention, f"in apposition to {apposed.name}")
            continue
        owners = _add_described(doc, mention, index, described)
        if len(owners) > 1:
            ambiguities.append(AmbiguousDescription(mention, owners))
    kept = [party for party in described if _is_party(doc, party, index, sources)]
    return kept, tuple(_between_kept(ambiguities, [*parties, *kept]))


def _add_described(doc: Doc, mention: FoundMention, index: PartyIndex, described: _DescribedParties) -> tuple[Party, ...]:
    """The parties that a description may mean. To the one that it does mean, which may be a new one, the mention is added."""
    head = doc[mention.head]
    distinguishing = _distinguishing_words(head, mention, index)
    owners, why = _owner(head, mention, distinguishing, index, described)
    if len(owners) > 1:
        return owners
    owner = owners[0] if owners else _new(doc, mention, distinguishing)
    if not owners:
        described.add(owner)
    index.add(owner, mention, why or "as described")
    if not owner.named:
        described.mention(owner, mention.head)
    # A later mention may describe the party more fully: "protesters", then "the student protesters".
    fuller = not owner.named and owner.lemma == head.lemma_.lower() and distinguishing >= owner.modifiers
    if fuller and len(label := _label(doc, mention)) > len(owner.name):
        owner.name = label
    return (owner,)


class _DescribedParties:
    """The parties of an article that are only described, in text order; found by their noun."""

    def __init__(self) -> None:
        self._parties: list[Party] = []
        self._at: dict[int, Party] = {}
        self._by_noun: dict[tuple[str, bool], list[Party]] = {}
        self._by_words: dict[tuple[str, bool, frozenset[str]], list[Party]] = {}

    def __iter__(self) -> Iterator[Party]:
        return iter(self._parties)

    def add(self, party: Party) -> None:
        noun = party.lemma, party.plural
        self._parties.append(party)
        self._by_words.setdefault((*noun, party.modifiers), []).append(party)
        if party.modifiers:
            self._by_noun.setdefault(noun, []).append(party)

    def mention(self, party: Party, i: int) -> None:
        """Notes that a token is a head of a party."""
        self._at.setdefault(i, party)

    def at(self, i: int) -> Party | None:
        """The described party of which a token is a head."""
        return self._at.get(i)

    def with_more(self, lemma: str, *, plural: bool) -> tuple[Party, ...]:
        """Those that are described with the noun and more; of many, the last."""
        return tuple(self._by_noun.get((lemma, plural), ())[-_MOST_ALIKE:])

    def alike(self, lemma: str, distinguishing: frozenset[str], *, plural: bool) -> Sequence[Party]:
        """Those that are described in these very words."""
        return self._by_words.get((lemma, plural, distinguishing), ())

    def coalitions(self, lemma: str) -> list[Party]:
        """The coalitions of this noun that were described last."""
        bare = (party for plural in (False, True) for party in self.alike(lemma, frozenset(), plural=plural))
        with_more = (party for plural in (False, True) for party in self.with_more(lemma, plural=plural))
        return [party for party in (*bare, *with_more) if party.type == "coalition"]


def _apposed_body(noun: Token, index: PartyIndex) -> Party | None:
    """The one body whose name stands in apposition to a noun for one: "the charity, Bright Steps,"."""
    apposed = (index.at(child.i) for child in noun.rights if child.dep_ == "appos" and not (noun.tag_ == "NN" and is_listed(child)))
    found = {id(party): party for party in apposed if party is not None and party.named}
    body = next(iter(found.values())) if len(found) == 1 and noun.tag_ == "NN" else None
    if body is not None and body.type == "person" and _may_be_body(body) and noun.lemma_.lower() in words("groups.txt", "organization"):
        # "The company, Clerk Productions": nothing but a recogniser's guess made a person of it, and the text says that it is a body.
        body.type = "organization"
    return body if body is not None and body.type in BODIES else None


def _may_be_body(party: Party) -> bool:
    """Whether nothing that the text says makes a person of a name: no title, no role, no short form."""
    return not party.gender and not party.roles and len(party.names) == 1 and " " in party.name


def _between_kept(ambiguities: Sequence[AmbiguousDescription], parties: Sequence[Party]) -> Iterator[AmbiguousDescription]:
    """The doubts between parties that are kept; with one candidate left or with many there is nothing to show."""
    known = {id(party) for party in parties}
    several = {id(ambiguous.candidates): ambiguous.candidates for ambiguous in ambiguities}
    left = {same: tuple(party for party in candidates if id(party) in known) for same, candidates in several.items()}
    for ambiguous in ambiguities:
        candidates = left[id(ambiguous.candidates)]
        # Parties that were not kept are nobody; with one left there is no choice to show, with many no help in it.
        if 1 < len(candidates) <= _MOST_HOLDERS:
            yield AmbiguousDescription(ambiguous.mention, candidates)


def _new(doc: Doc, mention: FoundMention, distinguishing: frozenset[str]) -> Party:
    assert mention.type is not None
    head = doc[mention.head]
    party = Party(_label(doc, mention), mention.type, False, plural=head.tag_ == "NNS", lemma=head.lemma_.lower())
    party.modifiers = distinguishing
    return party


def _label(doc: Doc, mention: FoundMention) -> str:
    """The description as a name: without article, number and the adverbs before it, "student protesters" for "about 20 student
    protesters"."""
    phrase = doc.char_span(mention.core.start, mention.core.end, alignment_mode="expand")
    start = phrase.start if phrase is not None else mention.head
    while start < mention.head and (doc[start].dep_ in _COUNTING or doc[start].pos_ in ("DET", "ADV", "NUM")):
        start += 1
    return " ".join(doc[start : mention.head + 1].text.split())


def _role_holders(head: Token, mention: FoundMention, index: PartyIndex) -> list[Party]:
    """The people named before who have the role that a definite description names: "the spokesman"; of many, some more than tell anything.

    Nobody for "the mayor who waits", which says of any mayor what it says.
    """
    # "The mayor, who waits" goes on about somebody known; "the mayor who waits" picks one out.
    restricted = any(child.dep_ == "relcl" and head.nbor().text != "," for child in head.rights)
    if not mention.definite or restricted or any(child.dep_ == "poss" for child in head.children):
        return []
    lemma = head.lemma_.lower()
    other_holder = frozenset(child.lower_ for child in head.lefts) & _OTHER_HOLDER
    distinguishing = mention.modifiers | _complement(head)
    before = (party for party in index.holders(lemma, head.i) if any(_holds(role, lemma, other_holder) for role in party.roles))
    return index.in_order(islice((party for party in before if _has_words(distinguishing, party, lemma)), _MOST_HOLDERS + 1))


def _holds(role: StatedRole, lemma: str, other_holder: frozenset[str]) -> bool:
    """Whether a stated role is the one meant: "the president" is none who is called a former one, and the reverse."""
    return role.lemma == lemma and other_holder == frozenset(role.text.lower().split()) & _OTHER_HOLDER


def _complement(head: Token) -> frozenset[str]:
    """The content words of an "of" or "for" phrase after a role: it repeats a stated role only if that has them too."""
    phrases = (child for child in head.rights if child.dep_ == "prep" and child.lower_ in ("of", "for") and child.i == head.i + 1)
    if is_of_verb(head):
        return frozenset()
    return frozenset(token.lower_ for phrase in phrases for token in phrase.subtree if token.pos_ in ("NOUN", "PROPN", "ADJ"))


def _has_words(distinguishing: frozenset[str], party: Party, lemma: str) -> bool:
    """Whether the stated role has every word that the description adds to it."""
    stated = " ".join(role.text.lower() for role in party.roles if role.lemma == lemma)
    return all(word in stated for word in distinguishing)


def _distinguishing_words(head: Token, mention: FoundMention, index: PartyIndex) -> frozenset[str]:
    """The words that tell a description from others of its noun: its modifiers, and the words of an "of" phrase. A name among them stands
    for its actor, so that "Trump's campaign" and "the Donald Trump campaign" are one."""
    if mention.type == "coalition":
        return mention.modifiers
    distinguishing = mention.modifiers | _complement(head)
    for child in head.lefts:
        owner = index.at(child.i)
        if owner is not None and child.dep_ in ("poss", "compound", "nmod"):
            distinguishing = distinguishing - {token.lower_ for token in child.subtree} | {owner.name.lower()}
    return distinguishing


def _owner(
    head: Token, mention: FoundMention, distinguishing: frozenset[str], index: PartyIndex, described: _DescribedParties
) -> tuple[tuple[Party, ...], str]:
    """The party that a description means, and why; several where it might be any of them; none if it is a new one."""
    lemma, plural = head.lemma_.lower(), head.tag_ == "NNS"
    # From the most certain to the least: the one family, the one coalition, a noun with nothing but "the", the same words.
    if lemma in _FAMILY and mention.definite and not distinguishing and len(index.families) == 1:
        return (index.families[0],), f"the one family of the article: {index.families[0].name}"
    if lemma in _OFFICERS and plural and not distinguishing and (police := _the_police(index, described)) is not None:
        return (police,), f"the officers of {police.name}"
    same = described.alike(lemma, distinguishing, plural=plural)
    if mention.type == "coalition":
        fitting = [party for party in described.coalitions(lemma) if not _cannot_be_one(party, mention)]
        if len(fitting) == 1 and not same:
            return (fitting[0],), f"the one {lemma} of the article"
    elif mention.definite and not distinguishing and (found := _meant_by_noun(head, lemma, index, described)):
        return found
    elif mention.definite and not same and len(fuller := _described_fully(distinguishing, described.with_more(lemma, plural=plural))) == 1:
        return fuller, f"the one {lemma} of the article with these words"
    return ((same[0],), f"the same description as {same[0].name}") if len(same) == 1 else ((), "")


def _described_fully(distinguishing: frozenset[str], alike: Sequence[Party]) -> tuple[Party, ...]:
    """Of parties with one noun those that were described with the same words and more: "the editorial board" after "the Journal editorial
    board"."""
    return tuple(party for party in alike if distinguishing < party.modifiers)


def _the_police(index: PartyIndex, described: _DescribedParties) -> Party | None:
    """The one police of the article, named or not, whom "officers" stands for: what its members do, the body does."""
    found = {id(party): party for party in (*index.called_by("police"), *described.alike("police", frozenset(), plural=True))}
    return next(iter(found.values())) if len(found) == 1 else None


def _meant_by_noun(head: Token, lemma: str, index: PartyIndex, described: _DescribedParties) -> tuple[tuple[Party, ...], str] | None:
    """Whom a noun with nothing but "the" may mean: those described with it and more, else those named with it; of several the one that
    the text has just spoken of."""
    plural = head.tag_ == "NNS"
    with_more = described.with_more(lemma, plural=plural)
    meant = with_more or index.called_by(lemma)
    if len(meant) < 2:
        return (meant, f"the one {lemma} of the article") if meant else None

    def is_meant(party: Party | None) -> TypeGuard[Party]:
        if party is None or not with_more:
            return party is not None and index.is_called(party, lemma)
        return bool(party.modifiers) and (party.lemma, party.plural) == (lemma, plural)

    there = (described.at(i) if with_more else index.at(i) for i in range(_two_sentences(head), head.i))
    near = {id(party): party for party in there if is_meant(party)}
    last = next(iter(near.values()), meant[0])
    return ((last,), f"the {lemma} named last: {last.name}") if len(near) == 1 else (meant, "")


def _two_sentences(head: Token) -> int:
    """Where the sentence before that of a token begins, or its own where that is the first of a paragraph."""
    start = head.sent.start
    # Between paragraphs stands a token of white space.
    if start and not head.doc[start - 1].is_space:
        start = head.doc[start - 1].sent.start
    return int(start)


def _cannot_be_one(party: Party, mention: FoundMention) -> bool:
    """Whether two descriptions of a coalition cannot be the same: "the U.S.-led coalition" and "the Saudi-led coalition", or of another
    kind."""
    for mark in (_LED, "anti"):
        one = {word for word in party.modifiers if mark in word}
        other = {word for word in mention.modifiers if mark in word}
        if one and other and one != other:
            return True
    return bool(_kinds(party.modifiers) ^ _kinds(mention.modifiers)) and bool(_kinds(mention.modifiers))


def _kinds(modifiers: frozenset[str]) -> frozenset[str]:
    """The words that say what kind of coalition it is; none where they say who leads it, which is another question."""
    if any(_LED in word or "anti" in word for word in modifiers):
        return frozenset()
    return modifiers


def _is_party(doc: Doc, party: Party, index: PartyIndex, sources: Collection[int]) -> bool:
    """Whether a described party becomes an actor: it speaks, a name stands before it, or it comes back and acts."""
    heads = sorted(party.heads)
    if party.lemma in words("people.txt", "generic"):
        # "People", "officials": only with a name ("Kurdish officials") do they mean the same ones each time.
        return any(_has_name_before(doc[i], index) for i in heads) or _are_counted(doc, heads)
    if any(i in sources for i in heads):
        return True
    if any(_has_name_before(doc[i], index) for i in heads):
        return True
    acts = any((doc[i].dep_ in _ACTING and doc[i].head.pos_ in ("VERB", "NOUN", "ADP")) or undergoes(doc[i]) for i in heads)
    if party.plural and any(_is_done_to(doc[i]) for i in heads):
        return True
    return (len(heads) > 1 and acts) or (party.lemma not in _FAMILY and any(does_something(doc[i]) for i in heads))


def _is_done_to(noun: Token) -> bool:
    """Whether something was done to people, as the object of a verb in the past: "evacuated residents", not "surveyed 1,051 voters"."""
    human = any(noun.lemma_.lower() in words("people.txt", section) for section in ("people", "role"))
    quantity = any(child.dep_ == "nummod" and not child.is_alpha for child in noun.lefts)
    return human and not quantity and noun.dep_ in ("dobj", "dative") and noun.head.tag_ == "VBD"


def _are_counted(doc: Doc, heads: Sequence[int]) -> bool:
    """Whether people of whom only a number was told come back and do or undergo something: "Two men were charged. The men"."""
    counted = any(child.dep_ == "nummod" for child in doc[heads[0]].lefts)
    # "367,000 people voted": a quantity, unless the text comes back to it.
    again = any(child.lower_ == "the" for i in heads[1:] for child in doc[i].lefts)
    return counted and again and any(does_something(doc[i]) or undergoes(doc[i]) for i in heads)


def _has_name_before(head: Token, index: PartyIndex) -> bool:
    """Whether a name or a word of nationality, creed or people stands before the noun: "Kurdish leaders"."""
    return any(
        token.ent_type_ in ("NORP", "GPE", "ORG", "PERSON") or index.at(token.i) is not None
        for child in head.lefts
        if child.dep_ in ("amod", "compound", "nmod", "poss", "npadvmod")
        for token in child.subtree
        if token.pos_ in ("PROPN", "ADJ", "NOUN") and token.text[0].isupper()
    )
