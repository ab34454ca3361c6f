"""Finds the type of each name: the labels, shapes and titles of all its uses in the document vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from onrecord.extract.actors.chunk import Chunk, has_given_name, rank_start
from onrecord.extract.actors.gazetteer import capitals, known_parties, shape, states, words
from onrecord.extract.actors.mention import name_key
from onrecord.extract.tokens import Doc
from onrecord.model import ActorType

_TYPE_OF_LABEL: Mapping[str, ActorType] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "described_group",
}
_SURE = 100
_STRONG = 3


def vote_types(doc: Doc, chunks: Iterable[Chunk]) -> Mapping[str, ActorType | None]:
    """The type of each name, by its key: a vote of the labels, shapes and titles of all its uses."""
    votes: dict[str, Counter[ActorType]] = {}
    speaking: set[str] = set()
    for chunk in chunks:
        text = chunk.text(doc)
        vote = votes.setdefault(name_key(text), Counter())
        if _speaks(doc, chunk):
            vote["person"] += 1
            speaking.add(text.split()[-1])
        if chunk.end - chunk.start == 1 and doc[chunk.start].tag_ == "NNPS":
            vote["described_group"] += _STRONG - 1
        if chunk.label:
            vote[_TYPE_OF_LABEL[chunk.label]] += 1
        if kind := shape(text):
            vote[kind] += 1 if chunk.label == "PERSON" else _STRONG
        place = _TYPE_OF_LABEL.get(chunk.label) == "place"
        if chunk.label != "PERSON" and not (place and vote["person"]) and shape(text) is None and has_given_name(doc, chunk):
            vote["person"] += _STRONG - 1  # for what recognisers call a place only once
        if _in_dateline(doc, chunk) or name_key(text) in capitals():
            vote["place"] += _STRONG
        if _armed(doc, chunk):
            vote["armed_group"] += _STRONG
        if _titled(doc, chunk):
            vote["person"] += _STRONG
        if _has_kin(doc, chunk):
            vote["person"] += 2 * _STRONG
        if told := _told_by_apposition(doc, chunk):
            vote[told] += _STRONG
        if name_key(text) in states():
            vote["state"] += _SURE
        if text in known_parties():
            vote[known_parties()[text].type] += _SURE
    for chunk in chunks:
        text = chunk.text(doc)
        if not chunk.label and " " in text and text.split()[-1] in speaking and shape(text) is None:
            votes[name_key(text)]["person"] += _STRONG
    return {key: vote.most_common(1)[0][0] if vote else None for key, vote in votes.items()}


def _in_dateline(doc: Doc, chunk: Chunk) -> bool:
    """Whether a name in capitals opens a paragraph before a dash, a bracket or a comma and another name: "NEWTON, Ohio (AP) —"."""
    if not chunk.text(doc).isupper() or not doc[chunk.start].is_sent_start or chunk.end >= len(doc):
        return False
    if chunk.start and not doc[chunk.start - 1].is_space:
        return False
    after = doc[chunk.end]
    dash = after.text in ("—", "–", "-", "--", "(")
    return dash or (after.text == "," and chunk.end + 1 < len(doc) and after.nbor().text[:1].isupper())


def _speaks(doc: Doc, chunk: Chunk) -> bool:
    """Whether the name is the subject of a verb with a "that" clause, or "who" refers to it: places seldom are."""
    head = doc[chunk.start : chunk.end].root
    if any(child.dep_ == "relcl" and any(word.lower_ == "who" for word in child.children) for child in head.children):
        return True
    return head.dep_ == "nsubj" and any(child.dep_ == "ccomp" for child in head.head.children)


def _armed(doc: Doc, chunk: Chunk) -> bool:
    """Whether a word for fighters follows a name of one word: "Hezbollah militias"."""
    if chunk.end - chunk.start > 1 or chunk.label == "NORP" or chunk.end >= len(doc):
        return False
    after = doc[chunk.end]
    return doc[chunk.start].head == after and after.tag_ == "NNS" and after.lemma_.lower() in words("groups.txt", "arms")


def _titled(doc: Doc, chunk: Chunk) -> bool:
    """Whether a title for a person stands before the name ("Mr.", "Sen.", "spokesman")."""
    if not chunk.start:
        return False
    before = doc[chunk.start - 1]
    if rank_start(doc, chunk.start) < chunk.start:
        return True
    word = before.lower_.rstrip(".")
    office = word in words("titles.txt", "office") or word in words("people.txt", "role")
    return office and before.head.i in range(chunk.start, chunk.end) and before.dep_ in ("compound", "amod", "nmod")


def _has_kin(doc: Doc, chunk: Chunk) -> bool:
    """Whether the name is the possessor of a relative: "Jonty's sister", "Jonty's sister Ada"; places and bodies have none."""
    if chunk.end + 1 >= len(doc) or doc[chunk.end].tag_ != "POS":
        return False
    kin = doc[chunk.end + 1]
    alone = kin.pos_ == "NOUN" and (kin.head.pos_ != "NOUN" or kin.dep_ not in ("compound", "amod", "nmod"))
    return alone and kin.lower_ in words("people.txt", "kin")


def _told_by_apposition(doc: Doc, chunk: Chunk) -> ActorType | None:
    """The type that a noun says which the name stands in apposition to: "her father, Eino", "the charity, Bright Steps"."""
    head = doc[chunk.start : chunk.end].root
    noun = head.head
    if head.dep_ != "appos" or noun.tag_ != "NN" or noun.i > head.i:
        return None
    lemma = noun.lemma_.lower()
    nearest = doc[chunk.start - 2] if chunk.start > 1 and doc[chunk.start - 1].text == "," else noun
    if chunk.label == "ORG" and nearest.lower_ in words("groups.txt", "organization") and not has_given_name(doc, chunk):
        return "organization"  # "a lawyer for the company, Harbor Lines": parsers tie the name to the lawyer
    if any(lemma in words("people.txt", section) for section in ("role", "people", "kin", "m", "f")):
        return "person"
    if lemma in words("groups.txt", "organization") and not has_given_name(doc, chunk):
        return "organization"
    return None
