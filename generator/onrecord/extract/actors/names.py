"""Finds the mentions of names and their types.

Recognisers label each use of a name by itself and are often wrong. So all uses of a name in the article vote on its type: their labels,
their generic words ("Ministry"), titles before them, and what stands around them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile

from onrecord.extract.actors.given import given_types
from onrecord.extract.actors.mention import FoundMention, name_key, words_span
from onrecord.extract.actors.name_bounds import find_chunks
from onrecord.extract.actors.name_parts import HONOURS, Chunk, has_given_name, is_inhabitant, is_rank, rank_start
from onrecord.extract.actors.word_lists import capitals, demonyms, known_parties, shape, states, words
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Doc, Token
from onrecord.model import ActorType, MentionKind, Span

_TYPE_OF_LABEL: Mapping[str, ActorType] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "described_group",
}
_LISTED_VOTES = 100
"""What a list of the program says of a name outvotes everything in the text."""
_STRONG_VOTES = 3
"""A generic word, a title or an apposition counts as much as three labels of the recogniser."""


def vote_types(doc: Doc, chunks: Sequence[Chunk]) -> Mapping[str, ActorType | None]:
    """The type of each name, by its key: a vote of the labels, shapes and titles of all its uses."""
    votes: dict[str, Counter[ActorType]] = {}
    for chunk in chunks:
        _vote(doc, chunk, votes.setdefault(name_key(chunk.text(doc)), Counter()))
    speaking = {chunk.text(doc).split()[-1] for chunk in chunks if _speaks(doc, chunk)}
    for chunk in chunks:
        text = chunk.text(doc)
        # "Ada Moss" without a label, where "Moss said that ..." stands elsewhere: a full name of somebody who speaks.
        if not chunk.label and " " in text and text.split()[-1] in speaking and shape(text) is None:
            votes[name_key(text)]["person"] += _STRONG_VOTES
    return {key: vote.most_common(1)[0][0] if vote else None for key, vote in votes.items()}


def _vote(doc: Doc, chunk: Chunk, vote: Counter[ActorType]) -> None:
    """Adds what one use of a name says of its type to the votes of the name."""
    text = chunk.text(doc)
    if _speaks(doc, chunk):
        vote["person"] += 1
    if chunk.end - chunk.start == 1 and doc[chunk.start].tag_ == "NNPS":
        # "Democrats", a plural name: more than the label of the same use says.
        vote["described_group"] += _STRONG_VOTES - 1
    if chunk.label:
        vote[_TYPE_OF_LABEL[chunk.label]] += 1
    if kind := shape(text):
        # "Church" ends the names of churches, and of people.
        vote[kind] += 1 if chunk.label == "PERSON" else _STRONG_VOTES
    place = _TYPE_OF_LABEL.get(chunk.label) == "place"
    if chunk.label != "PERSON" and not (place and vote["person"]) and shape(text) is None and has_given_name(doc, chunk):
        vote["person"] += _STRONG_VOTES - 1  # for what recognisers call a place only once
    if _in_dateline(doc, chunk) or name_key(text) in capitals():
        vote["place"] += _STRONG_VOTES
    if _is_before_fighters(doc, chunk):
        vote["armed_group"] += _STRONG_VOTES
    if _titled(doc, chunk):
        vote["person"] += _STRONG_VOTES
    if _has_kin(doc, chunk):
        vote["person"] += 2 * _STRONG_VOTES
    if told := _type_by_apposition(doc, chunk):
        vote[told] += _STRONG_VOTES
    if name_key(text) in states():
        vote["state"] += _LISTED_VOTES
    if text in known_parties():
        vote[known_parties()[text].type] += _LISTED_VOTES


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


def _is_before_fighters(doc: Doc, chunk: Chunk) -> bool:
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


def _type_by_apposition(doc: Doc, chunk: Chunk) -> ActorType | None:
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


_MODIFIER_ARCS = frozenset({"compound", "amod", "nmod", "npadvmod"})
_PARTY_AND_STATE = re.compile(r"^[RDI]-[A-Z]")
"""The label that American papers put after a legislator's name."""
_BODIES: tuple[ActorType, ...] = ("organization", "armed_group", "media", "armed_force", "coalition", "state")


def find_names(analysis: Analysis) -> tuple[FoundMention, ...]:
    """Every mention of a name in the article, in text order; none overlaps another's name."""
    doc = analysis.doc
    chunks = find_chunks(analysis)
    types = {**vote_types(doc, chunks), **given_types(analysis.gazetteer, (chunk.text(doc) for chunk in chunks))}
    # What the user lists is a party, whatever it looks like.
    chunks = tuple(chunk for chunk in chunks if analysis.gazetteer.find(chunk.text(doc)) or not _no_party(analysis, chunk))
    found = [mention for chunk in chunks if (mention := _mention(doc, chunk, types)) is not None]
    found += _inside_compounds(analysis, chunks, types)
    labels = tuple(_on_labels(analysis))
    heads = {label.head for label in labels}
    return tuple(sorted([*(mention for mention in found if mention.head not in heads), *labels], key=lambda mention: mention.core))


def _on_labels(analysis: Analysis) -> Iterator[FoundMention]:
    """The speakers on the labels of a transcript's turns, whose capitals hide them from recognisers: "BROOK:", "MS. LEE:"."""
    for turn in analysis.turns:
        name = list(dropwhile(is_rank, (token for token in analysis.tokens(turn.label) if token.text[0].isalpha())))
        if turn.by_name and name:
            core = words_span(analysis.doc, name[0].i, name[-1].i + 1)
            yield FoundMention(core, core, name[-1].i, "named", core.of(analysis.article.text).title(), "person")


def _no_party(analysis: Analysis, chunk: Chunk) -> bool:
    """Whether a name is no party's: a law's, a day's, an event's by its last word; "R-Ohio"; a platform's in a share prompt."""
    text = chunk.text(analysis.doc)
    if _PARTY_AND_STATE.match(text):
        return True
    if " " in text and text.split()[-1].lower() in words("shapes.txt", "no_party"):
        return True
    return text.lower() in words("shapes.txt", "platform") and analysis.paragraph_of(analysis.doc[chunk.start]).block.boilerplate == "soft"


def _mention(doc: Doc, chunk: Chunk, types: Mapping[str, ActorType | None]) -> FoundMention | None:
    """The mention that a chunk makes: with rank or article before it, and the word "group" after it; none for a mere adjective."""
    text = chunk.text(doc)
    head = doc[chunk.start : chunk.end].root
    # Words of nationality, creed and party follow rules of their own: they are adjectives first.
    if chunk.label == "NORP" or (chunk.end - chunk.start == 1 and text.lower() in demonyms()):
        return _of_people(doc, chunk, head, types.get(name_key(text)))
    kind = types.get(name_key(text))
    core = words_span(doc, chunk.start, chunk.end)
    use = _use(doc, chunk, head)
    span = Span(_left_edge(doc, chunk, kind, use), _right_edge(doc, chunk, kind))
    gender = _addressed_as(doc, chunk) if kind in ("person", None) else ""
    return FoundMention(span, core, _without_honours(chunk, head).i, use, " ".join(text.split()), kind, gender=gender)


def _without_honours(chunk: Chunk, head: Token) -> Token:
    """The head of a name in its clause: in "Ada Brook QC said" parsers take "QC" for it, on which everything else then hangs."""
    after = head.head
    return after if after.i == chunk.end and head.dep_ == "compound" and after.lower_ in HONOURS else head


def _addressed_as(doc: Doc, chunk: Chunk) -> str:
    """``m`` or ``f`` where a form of address before a name says so, else empty."""
    for token in doc[rank_start(doc, chunk.start) : chunk.start]:
        for gender in ("m", "f"):
            if token.lower_.rstrip(".") in words("titles.txt", gender):
                return gender
    return ""


def _of_people(doc: Doc, chunk: Chunk, head: Token, kind: ActorType | None) -> FoundMention | None:
    """A mention by nationality, creed or party: the state in "Lebanese soldiers"; a described group in "Muslims"; else none."""
    text, core = chunk.text(doc), words_span(doc, chunk.start, chunk.end)
    state = demonyms().get(text.lower())
    plural = head.tag_ in ("NNS", "NNPS") or (text.endswith("s") and text.lower()[:-1] in demonyms())
    if plural and head.dep_ not in _MODIFIER_ARCS:
        return FoundMention(core, core, head.i, "named", text, "described_group")
    # "The Swede" is somebody, but not Sweden.
    if state and is_inhabitant(head):
        return None
    if state:
        return FoundMention(core, core, head.i, "modifier", state, "state")
    if text in known_parties() or kind not in ("described_group", None):
        use = _use(doc, chunk, head)
        return FoundMention(Span(_left_edge(doc, chunk, kind, use), core.end), core, head.i, use, text, kind)
    return None


def _use(doc: Doc, chunk: Chunk, head: Token) -> MentionKind:
    """``modifier`` for a name before a common noun or inside a hyphenated word, else ``named``."""
    after = doc[chunk.end] if chunk.end < len(doc) else None
    if after is not None and after.text == "-" and not after.whitespace_:
        return "modifier"
    outside = head.head.i not in range(chunk.start, chunk.end)
    if after is not None and head.head == after and after.lower_ in words("groups.txt", "apposed"):
        head = after
    return "modifier" if outside and head.dep_ in _MODIFIER_ARCS and head.head.pos_ in ("NOUN", "ADJ", "VERB") else "named"


def _left_edge(doc: Doc, chunk: Chunk, kind: ActorType | None, use: MentionKind) -> int:
    """Where the mention begins: at the rank of a person, at the article of anything else, unless that belongs to a noun after it."""
    i = rank_start(doc, chunk.start) if kind in ("person", None) else chunk.start
    if i > 0 and kind != "person" and use == "named" and doc[i - 1].lower_ == "the":
        i -= 1
    return int(doc[i].idx)


def _right_edge(doc: Doc, chunk: Chunk, kind: ActorType | None) -> int:
    """Where the mention ends: after a word that only says what the name is ("group"), else with the name."""
    last = doc[chunk.end - 1]
    after = doc[chunk.end] if chunk.end < len(doc) else last
    joins = kind in _BODIES and kind != "state" and last.whitespace_ and after.lower_ in words("groups.txt", "apposed")
    end = after if joins and after.text.islower() else last
    return int(end.idx) + len(end)


_COMPOUND = re.compile(r"^(?P<name>[\w.]+)-(?P<rest>[a-z]+)$")


def _inside_compounds(analysis: Analysis, chunks: Iterable[Chunk], types: Mapping[str, ActorType | None]) -> Iterator[FoundMention]:
    """Names inside a word that the tokeniser does not cut: "U.S." in "U.S.-led"."""
    doc = analysis.doc
    taken = {i for chunk in chunks for i in range(chunk.start, chunk.end)}
    for token in doc:
        if token.i in taken or "-" not in token.text or not (match := _COMPOUND.match(token.text)):
            continue
        name = match["name"]
        state = demonyms().get(name.lower()) or states().get(name_key(name) if name[0].isupper() else "")
        if state or types.get(name_key(name)):
            core = Span(token.idx, token.idx + len(name))
            yield FoundMention(core, core, token.i, "modifier", state or name, "state" if state else types[name_key(name)])
