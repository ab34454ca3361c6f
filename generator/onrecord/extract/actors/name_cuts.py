"""Where a stretch of capitals that a recogniser took for one name is really two, or a fixture; and nicknames, which do not cut a name."""

from __future__ import annotations

from onrecord.extract.actors.name_parts import Chunk
from onrecord.extract.actors.word_lists import shape, words
from onrecord.extract.tokens import Doc, Token

AGAINST = frozenset({"v", "v.", "vs", "vs."})
"""What stands between the sides of a game, or of a case in court."""
_SINGULAR_FORMS = frozenset({"is", "was", "has"})
_LONGEST_NICKNAME = 3
"""Words between the marks of a nickname."""


def is_nickname_mark(doc: Doc, i: int) -> bool:
    """Whether a mark is one of the pair around a nickname, which stands inside a name: ``Carl "Duke" Marsh``."""
    if not doc[i].is_quote:
        return False
    closing = next((j for j in range(i + 2, min(i + 2 + _LONGEST_NICKNAME, len(doc))) if doc[j].is_quote), None)
    opening = next((j for j in range(i - 2, max(i - 2 - _LONGEST_NICKNAME, -1), -1) if doc[j].is_quote), None)
    return (closing is not None and _is_nickname(doc, i, closing)) or (opening is not None and _is_nickname(doc, opening, i))


def _is_nickname(doc: Doc, start: int, end: int) -> bool:
    """Whether marks stand around capitals alone, and between two parts of a name that the parser ties together: not in ``Ada Brook said
    "No" Marsh recalled``."""
    if not start or end + 1 >= len(doc) or not all(token.text[:1].isupper() for token in doc[start + 1 : end]):
        return False
    before, after = doc[start - 1], doc[end + 1]
    named = all(token.pos_ == "PROPN" and token.text[:1].isupper() for token in (before, after))
    return named and (before.head.i == after.i or after.head.i == before.i or before.head.i == after.head.i)


def parts_names(doc: Doc, chunk: Chunk, i: int, *, recurs: bool) -> bool:
    """Whether a word inside a stretch joins two names instead of standing in one: "Arsenal **to** Real Madrid", "Arden **v** Marlow".

    ``recurs`` says whether the article has the whole stretch more than once, as it has the names of firms.
    """
    lower = doc[i].lower_
    if lower in AGAINST:
        return True
    if lower == "to":
        return doc[i].head.i not in range(chunk.start, chunk.end) and doc[i].dep_ == "prep"
    return lower == "and" and not recurs and _joins_two(doc, chunk, i)


def is_fixture(doc: Doc, chunk: Chunk) -> bool:
    """Whether a stretch sets two sides against one another: "Arden v Marlow"."""
    return any(token.lower_ in AGAINST for token in doc[chunk.start + 1 : chunk.end - 1])


def _joins_two(doc: Doc, chunk: Chunk, i: int) -> bool:
    """Whether "and" between two words joins two names.

    Coordinated names differ from a name with "and" in it by agreement (Quirk et al., A Comprehensive Grammar of the English Language, 1985,
    10.34-39): what "is" something, calls itself "it" or is "the firm" is one. A generic word ("Food and Fuel Ltd") shows one name too;
    names that are listed as partnerships are one.
    """
    left, right = doc[chunk.start : i], doc[i + 1 : chunk.end]
    if len(left) != 1 or len(right) != 1 or chunk.label not in ("ORG", "PERSON") or shape(chunk.text(doc)) is not None:
        return False
    tied = right[0].head.i == left[0].i and right[0].dep_ == "conj"
    listed = f"{left.text.lower()}-{right.text.lower()}" in words("shapes.txt", "partnership")
    return tied and not listed and not _is_singular(left[0])


def _is_singular(head: Token) -> bool:
    """Whether a coordination is treated as one thing: as :func:`is_one`, or it is "it" to itself."""
    verb = head.head
    if head.dep_ in ("nsubj", "nsubjpass"):
        clauses = [verb, *(child for child in verb.children if child.dep_ == "ccomp")]
        if any(child.lower_ in ("it", "its") for clause in clauses for child in clause.lefts):
            return True
    return is_one(head)


def is_one(head: Token) -> bool:
    """Whether a coordination is the subject of a verb in the singular ("Harker and Wells has grown"), or said to be a firm or the like."""
    verb = head.head
    if head.dep_ in ("nsubj", "nsubjpass") and (verb.tag_ == "VBZ" or any(child.lower_ in _SINGULAR_FORMS for child in verb.lefts)):
        return True
    described = [child for child in head.children if child.dep_ == "appos"] + ([verb] if head.dep_ in ("appos", "compound") else [])
    return any(noun.tag_ == "NN" and noun.lower_ in words("groups.txt", "organization") for noun in described)
