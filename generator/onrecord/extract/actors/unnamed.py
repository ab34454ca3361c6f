"""Finds people who speak and whom the text introduces by a role or a description alone: "a former manager said ..."."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from onrecord.extract.actors.chunk import is_title
from onrecord.extract.actors.gazetteer import words
from onrecord.extract.actors.groups import type_of_noun
from onrecord.extract.actors.mention import FoundMention, words_span
from onrecord.extract.actors.party import Party, gender_of_noun
from onrecord.extract.actors.roles import role_from, role_start
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token

_ARTICLES = frozenset({"a", "an"})
_BEFORE = frozenset({"det", "amod", "compound", "nmod", "nummod", "npadvmod", "advmod", "poss", "case", "punct"})


def find_unnamed(analysis: Analysis, parties: list[Party], decided: Collection[int], sources: Collection[int]) -> list[Party]:
    """A party for each person whom "a" or "an" introduces and who is the source of something said, with each "the" that means them later.

    ``decided`` are the heads of descriptions that mean, or may mean, someone named. Each introduction is someone of their own: two
    unnamed officials may be one, but nothing says so.
    """
    taken = {i for party in parties for i in party.heads} | set(decided)
    named = {role.lemma for party in parties for role in party.roles}
    found: list[Party] = []
    by_lemma: dict[str, list[Party]] = {}
    for paragraph in analysis.paragraphs:
        for token in paragraph.tokens:
            if token.i in taken or token.tag_ != "NN" or type_of_noun(token) != "person" or _bears_a_name(token, taken):
                continue
            if _introduced(token, speaks=token.i in sources):
                found.append(_introduce(token))
                by_lemma.setdefault(found[-1].lemma, []).append(found[-1])
            elif token.lemma_.lower() not in named and (meant := _meant(token, by_lemma)) is not None:
                meant.add(_mention(token), f"the one {meant.lemma} of the article")
    return [party for party in found if any(i in sources for i in party.heads)]


def _bears_a_name(noun: Token, taken: Collection[int]) -> bool:
    """Whether a name stands beside the noun that is, or may be, the person's: in apposition, or as what the noun is a part of."""
    after = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    apposed = noun.dep_ in ("appos", "compound", "nmod") or any(child.dep_ == "appos" for child in noun.rights)
    return apposed or (after.i in taken and after.text[:1].isupper()) or after.pos_ == "PROPN" or is_title(after)


def _introduced(noun: Token, *, speaks: bool) -> bool:
    """Whether "a" or "an" introduces one person of whom something is told: not any of their kind ("a good judge says", "a judge would
    say"), nor what somebody else is ("she is a judge")."""
    if noun.lemma_.lower() in words("people.txt", "generic") or not any(child.lower_ in _ARTICLES for child in noun.lefts):
        return False
    if noun.dep_ in ("dobj", "dative", "agent"):
        return True
    if noun.dep_ == "pobj":
        return not speaks or (noun.head.lower_ == "to" and noun.head.head.lower_ == "according")
    verb = noun.head
    helpers = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
    past = verb.tag_ == "VBD" or any(child.lower_ in ("had", "has", "was", "did", "'d") for child in helpers)
    return noun.dep_ in ("nsubj", "nsubjpass") and past and not any(child.tag_ == "MD" for child in helpers)


def _introduce(noun: Token) -> Party:
    role = role_from(noun.doc, role_start(noun), noun)
    party = Party(role.text, "person", False, gender=gender_of_noun(noun.lemma_), lemma=noun.lemma_.lower())
    party.modifiers = frozenset(token.lower_ for token in noun.doc[role.tokens.start : role.tokens.stop] if token.i != noun.i)
    party.roles = [role]
    party.add(_mention(noun), "as described")
    return party


def _mention(noun: Token) -> FoundMention:
    start = next(_phrase(noun), noun.i)
    span = words_span(noun.doc, start, max(role_from(noun.doc, role_start(noun), noun).tokens.stop, noun.i + 1))
    return FoundMention(span, span, noun.i, "nominal", noun.doc[start : noun.i + 1].text.lower(), "person")


def _phrase(noun: Token) -> Iterator[int]:
    """Where the words before a noun begin that belong to its phrase."""
    for child in noun.lefts:
        if child.dep_ in _BEFORE and not child.is_punct:
            yield child.left_edge.i
            return


def _meant(noun: Token, found: Mapping[str, Sequence[Party]]) -> Party | None:
    """The one unnamed person whom "the manager" means: the only one introduced as such, where nobody named is a manager too."""
    alike = found.get(noun.lemma_.lower(), ())
    if len(alike) != 1 or not any(child.lower_ == "the" for child in noun.lefts):
        return None
    if any(child.dep_ in ("relcl", "prep", "poss") for child in noun.children):
        return None
    told = {child.lower_ for child in noun.lefts if child.dep_ != "det" and not child.is_punct}
    return alike[0] if told <= alike[0].modifiers else None
