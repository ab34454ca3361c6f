"""Finds described parties: groups, bodies and people that a noun phrase describes and no recogniser of names can know.

"Kurdish leaders", "the U.S.-led coalition", "the spokesman", "police". Left out, because they are no parties: quantified and
generic phrases ("all other parties", "any soldier"). A single person whom the text introduces without a name is the business of
:mod:`unnamed`.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.actors.gazetteer import demonyms, words
from onrecord.extract.actors.mention import FoundMention, words_span
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token
from onrecord.model import ActorType

_POINTING = frozenset({"the", "this", "that", "these", "those"})
_QUANTIFIERS = frozenset(
    [
        "all",
        "any",
        "each",
        "every",
        "either",
        "neither",
        "no",
        "some",
        "many",
        "most",
        "few",
        "several",
        "much",
        "more",
        "less",
        "fewer",
        "enough",
        "both",
        "half",
        "other",
        "another",
        "such",
        "various",
        "certain",
        "numerous",
        "countless",
        "what",
        "which",
        "whatever",
        "whichever",
    ]
)
_BEFORE_HEAD = frozenset({"amod", "compound", "nmod", "nummod", "npadvmod", "advmod", "det", "poss", "case", "punct", "quantmod", "predet"})
_IDLE = frozenset(
    [
        "so-called",
        "own",
        "same",
        "former",
        "late",
        "new",
        "old",
        "first",
        "last",
        "next",
        "early",
        "recent",
        "current",
        "then",
        "more",
        "most",
        "-",
        "'",
        "``",
        "''",
    ]
)
_LONGEST_TAIL = 12
"""Tokens of an "of" phrase or a participle clause that still count as part of the phrase before them."""
_TYPES: tuple[ActorType, ...] = ("coalition", "armed_force", "armed_group", "organization", "described_group")


def find_groups(analysis: Analysis, names: tuple[FoundMention, ...]) -> tuple[FoundMention, ...]:
    """Every description of a party or a role holder, in text order."""
    taken = {token.i for mention in names for token in analysis.tokens(mention.span)}
    return tuple(
        found
        for paragraph in analysis.paragraphs
        for token in paragraph.tokens
        if token.i not in taken and (found := _description(token)) is not None
    )


def _description(head: Token) -> FoundMention | None:
    kind = type_of_noun(head)
    if kind is None:
        return None
    before = list(_before(head))
    if _bare_modifier(head):
        return _modifier(head, kind) if kind == "coalition" else None
    plural = head.tag_ in ("NNS", "NNPS") or head.lemma_.lower() in ("police", "staff")
    definite = any(token.lower_ in _POINTING or token.dep_ == "poss" for token in before)
    if any(token.lower_ in _QUANTIFIERS and token.dep_ != "advmod" for token in before) or _partitive(head):
        return None
    if any(token.tag_ == "PRP$" or token.lower_ == "of" for token in before):
        return None  # "of": a part of a group ("two of the mayor's aides"), read as one phrase
    if not plural and any(token.lower_ in ("a", "an", "one") for token in before):
        return None
    if not plural and not definite and kind in ("person", "described_group"):
        return None
    start = before[0].i if before else head.i
    core = words_span(head.doc, start, head.i + 1)
    name = " ".join(head.doc[start : head.i + 1].text.split())
    return FoundMention(
        span=words_span(head.doc, start, _end(head)),
        core=core,
        head=head.i,
        kind="nominal",
        name=name,
        type=kind,
        modifiers=frozenset(_distinguishing(before)),
        definite=definite,
    )


def type_of_noun(token: Token) -> ActorType | None:
    """The type of actor that a common noun makes; ``person`` for one human being; none for other nouns."""
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and _is_office(token):
        return "person"
    if token.pos_ != "NOUN" or token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return None
    plural = token.tag_ == "NNS"
    for kind in _TYPES:
        if plural and kind == "organization" and token.lower_ not in words("groups.txt", kind) and lemma in words("groups.txt", kind):
            return "described_group"
        if lemma in words("groups.txt", kind) or token.lower_ in words("groups.txt", kind):
            return kind
    if any(lemma in words("people.txt", section) for section in ("role", "people")):
        return "described_group" if token.tag_ == "NNS" else "person"
    return None


def _is_office(token: Token) -> bool:
    """Whether a capital is that of an office with "the", and no part of a name: "the Prime Minister", not "the President Hotel"."""
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    named = after.i > token.i and after.pos_ == "PROPN" and after.text[0].isupper()
    lemma = token.lower_
    office = lemma in words("titles.txt", "office") or lemma in words("people.txt", "role")
    return office and token.dep_ not in ("compound", "nmod") and not named and any(child.lower_ == "the" for child in token.lefts)


def _before(head: Token) -> Iterator[Token]:
    """The tokens of the noun phrase that stand before its head, in text order."""
    start = head.i
    for child in sorted(head.lefts, key=lambda token: -token.i):
        if child.dep_ not in _BEFORE_HEAD or child.text in ('"', "“", "”", ",", "(", ")", "—", "–", ":", ";"):
            break
        start = child.left_edge.i
    while start < head.i and head.doc[start].text in ('"', "“", "”", ",", "-", "—"):
        start += 1
    return iter(head.doc[start : head.i])


def _end(head: Token) -> int:
    """Where the phrase ends: after an "of" phrase or a participle clause that belongs to the head, not after a relative clause."""
    end = head.i + 1
    for child in head.rights:
        if child.left_edge.i != end or not (child.dep_ == "prep" and child.lower_ == "of") or child.right_edge.i - end > _LONGEST_TAIL:
            break
        end = child.right_edge.i + 1
    after = head.doc[end] if end < len(head.doc) else head
    # The parser often hangs a participle on a noun further up; it belongs to the one that it follows.
    if after.dep_ == "acl" and after.tag_ in ("VBN", "VBD", "VBG") and (after.head == head or after.head.is_ancestor(head)):
        end = after.right_edge.i + 1 if after.right_edge.i - end <= _LONGEST_TAIL else end
    return int(end)


def _bare_modifier(head: Token) -> bool:
    return head.dep_ in ("compound", "nmod", "npadvmod") or (
        head.i + 1 < len(head.doc) and head.nbor().text == "-" and not head.whitespace_
    )


def _modifier(head: Token, kind: ActorType) -> FoundMention:
    span = words_span(head.doc, head.i, head.i + 1)
    return FoundMention(
        span=span, core=span, head=head.i, kind="modifier", name=head.lower_, type=kind, modifiers=frozenset(), definite=True
    )


def _partitive(head: Token) -> bool:
    """Whether the phrase is the whole of a quantity ("one of the soldiers"), or only what a group is made of ("a coalition of leaders")."""
    if head.dep_ != "pobj" or head.head.lower_ != "of":
        return False
    whole = head.head.head
    made = not any(head.lefts) and any(whole.lemma_ in words("groups.txt", kind) for kind in _TYPES)
    return made or whole.lower_ in (_QUANTIFIERS | {"one", "two", "three", "none"})


def _distinguishing(before: list[Token]) -> Iterator[str]:
    for token in before:
        lower = token.lower_
        if (
            token.is_punct
            or token.dep_ == "det"
            or token.tag_ in ("POS", "CD")
            or lower in _POINTING
            or lower in _IDLE
            or token.dep_ == "advmod"
        ):
            continue
        yield demonyms().get(lower, lower).lower() if token.text[0].isupper() else lower
