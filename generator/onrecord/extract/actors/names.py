"""Finds the mentions of names and their types.

Recognisers label each use of a name by itself and are often wrong: what a name is, all its uses in the article say together
(:mod:`onrecord.extract.actors.type_rules`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile

from onrecord.extract.actors.forms import given_types
from onrecord.extract.actors.mention import (
    HONOURS,
    Chunk,
    FoundMention,
    is_inhabitant,
    is_rank,
    is_title,
    rank_start,
    surname,
    words_span,
)
from onrecord.extract.actors.name_bounds import find_chunks
from onrecord.extract.actors.type_rules import judge_types
from onrecord.extract.actors.word_lists import capitals, demonyms, gender_of_name, is_given_name, known_parties, name_key, states, words
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Doc, Token
from onrecord.model import ActorType, MentionKind, Span

_MODIFIER_ARCS = frozenset({"compound", "amod", "nmod", "npadvmod"})
_PARTY_AND_STATE = re.compile(r"^[RDI]-[A-Z]")
"""The label that American papers put after a legislator's name."""
_BODIES: tuple[ActorType, ...] = ("organization", "armed_group", "media", "armed_force", "coalition", "state")


def find_names(analysis: Analysis) -> tuple[FoundMention, ...]:
    """Every mention of a name in the article, in text order; none overlaps another's name."""
    doc = analysis.doc
    chunks = find_chunks(analysis)
    types = {**judge_types(doc, chunks), **given_types(analysis.gazetteer, (chunk.text(doc) for chunk in chunks))}
    # What the user lists is a party, whatever it looks like.
    chunks = tuple(chunk for chunk in chunks if analysis.gazetteer.find(chunk.text(doc)) or not _no_party(analysis, chunk, types))
    found = [mention for chunk in chunks if (mention := _mention(doc, chunk, types)) is not None]
    found += _inside_compounds(analysis, chunks, types)
    labels = tuple(_on_labels(analysis))
    heads = {label.head for label in labels}
    found = list(_with_shared_surnames(analysis, found))
    return tuple(sorted([*(mention for mention in found if mention.head not in heads), *labels], key=lambda mention: mention.core))


def _with_shared_surnames(analysis: Analysis, mentions: Sequence[FoundMention]) -> Iterator[FoundMention]:
    """The mentions, with a given name that shares the surname of the next one called by both: "Ann and Peter Marsh" are Ann Marsh and Peter
    Marsh (conjunction reduction; Quirk et al. 1985, 13.67). Whom the article names in full otherwise, or named alone before, keeps that."""
    doc, headline = analysis.doc, _headline_end(analysis)
    parts = {part for one in mentions if one.type == "person" and " " in one.name for part in one.key.split()}
    keys = {one.key for one in mentions}
    seen: set[str] = set()
    others = {one.key for one in mentions if _is_titled_or_place(doc[one.head])}
    for mention, after in zip(mentions, [*mentions[1:], None], strict=False):
        known = mention.key in seen or mention.key in parts or mention.key in others
        if mention.head >= headline:
            seen.add(mention.key)  # a headline may call somebody by one name before the text does by two
        if after is not None and not known and _shares_surname(doc, mention, after, keys):
            yield replace(mention, name=f"{mention.name} {after.name.partition(' ')[2]}", type="person")
        else:
            yield mention


def _is_titled_or_place(head: Token) -> bool:
    """Whether a name stands where places do, or behind a title with which one name is enough: "Prince Edwin", "Pope Paul"."""
    located = head.dep_ == "pobj" and head.head.lower_ in ("at", "from", "in", "near")
    return located or (head.i > 0 and is_title(head.nbor(-1)) and head.nbor(-1).tag_ not in ("NNS", "NNPS"))


def _headline_end(analysis: Analysis) -> int:
    """The token behind the headline, a first paragraph that no mark ends; 0 where there is none."""
    first = next(iter(analysis.paragraphs), None)
    return first.tokens.end if first is not None and len(first.tokens) and first.tokens[-1].text[-1:].isalnum() else 0


def _shares_surname(doc: Doc, one: FoundMention, other: FoundMention, keys: Collection[str]) -> bool:
    """Whether "and" alone stands between a usual given name and a full name, and no list of people before them. What may be the name of a
    firm or a town too needs the other's given name alone among the ``keys`` of the names, or a noun for kin beside it."""
    # Recognisers take a given name beside "and" for a body's as often as not.
    if one.type not in ("person", "organization", None) or other.type != "person" or one.span != one.core or other.span != other.core:
        return False
    between = doc.text[one.core.end : other.core.start].strip()
    listed = doc[max(0, one.head - 1)].text in (",", "and", "&") or " " in one.name
    full = is_given_name(other.name.partition(" ")[0]) and surname(other.name) != ""
    if between not in ("and", "&") or listed or not full or not gender_of_name(one.name):
        return False
    doubtful = one.type != "person" or one.key in words("surnames.txt", "surname") or one.key in capitals()
    return (
        not doubtful or other.key.partition(" ")[0] in keys or any(_is_kin(token) for token in doc[max(0, one.head - _BESIDE) : one.head])
    )


_BESIDE = 5
"""Words before a given name among which a noun for kin is taken for its bearer's: "sisters Ann and Ruth Marsh"."""


def _is_kin(token: Token) -> bool:
    return token.lower_.removesuffix("s") in words("people.txt", "kin") | {"couple"}


def _on_labels(analysis: Analysis) -> Iterator[FoundMention]:
    """The speakers on the labels of a transcript's turns, whose capitals hide them from recognisers: "BROOK:", "MS. LEE:"."""
    for turn in analysis.turns:
        name = list(dropwhile(is_rank, (token for token in analysis.tokens(turn.label) if token.text[0].isalpha())))
        if turn.by_name and name:
            core = words_span(analysis.doc, name[0].i, name[-1].i + 1)
            yield FoundMention(core, core, name[-1].i, "named", core.of(analysis.article.text).title(), "person")


def _no_party(analysis: Analysis, chunk: Chunk, types: Mapping[str, ActorType | None]) -> bool:
    """Whether a name is no party's: by all that stands around it, or a law's, a day's, an event's by its last word; "R-Ohio"; a platform's
    in a share prompt."""
    text = chunk.text(analysis.doc)
    if types.get(name_key(text)) is None:
        return True
    if _PARTY_AND_STATE.match(text):
        return True
    if _names_law_or_event(analysis.doc, chunk) or _names_prize(analysis.doc, chunk) or _is_sign_or_credit(analysis.doc, chunk):
        return True
    return text.lower() in words("shapes.txt", "platform") and analysis.paragraph_of(analysis.doc[chunk.start]).block.boilerplate == "soft"


def _names_law_or_event(doc: Doc, chunk: Chunk) -> bool:
    """Whether a name is a law's, a day's or an event's: by its last word, by the word before "of" ("the Battle of Riverton"), or because it
    is such a word alone after "the" ("the Act")."""
    first, last = doc[chunk.start].lower_, doc[chunk.end - 1].lower_
    if chunk.end - chunk.start == 1:
        article = chunk.start > 0 and doc[chunk.start - 1].lower_ == "the"
        return article and last in words("shapes.txt", "no_party")
    of = doc[chunk.start + 1].lower_ == "of" and first in words("shapes.txt", "no_party_of")
    return of or last in words("shapes.txt", "no_party")


def _is_sign_or_credit(doc: Doc, chunk: Chunk) -> bool:
    """Whether a name is the sign of a share in brackets, the exchange before it, or behind the word that credits a picture: "(NYSE: HBR)",
    "Photo: Ada Brook"."""
    before, after = doc[max(0, chunk.start - 3) : chunk.start].text, doc[chunk.end : chunk.end + 2].text
    word = doc[max(0, chunk.start - 2)]
    if word.text.istitle() and word.lower_ in words("shapes.txt", "credit") and before.rstrip().endswith(":"):
        return True
    return _BEFORE_SIGN.search(before) is not None or (before.endswith("(") and _SIGN_AFTER.match(after) is not None)


_BEFORE_SIGN = re.compile(r"\([A-Z]+ ?:$")
_SIGN_AFTER = re.compile(r": ?[A-Z]{1,5}$")


def _names_prize(doc: Doc, chunk: Chunk) -> bool:
    """Whether a name is that of a prize: "an Oscar nomination"; "Ada Moss's award" is a person's."""
    head = doc[chunk.start : chunk.end].root
    return head.dep_ in ("compound", "nmod") and head.head.i >= chunk.end and head.head.lemma_.lower() in words("shapes.txt", "prize")


def _mention(doc: Doc, chunk: Chunk, types: Mapping[str, ActorType | None]) -> FoundMention | None:
    """The mention that a chunk makes: with rank or article before it, and the word "group" after it; none for a mere adjective."""
    text = chunk.text(doc)
    head = doc[chunk.start : chunk.end].root
    # Words of nationality, creed and party follow rules of their own: they are adjectives first.
    if chunk.label == "NORP" or (chunk.end - chunk.start == 1 and text.lower() in demonyms()):
        return _of_people(doc, chunk, head, types)
    kind = types.get(name_key(text))
    core = words_span(doc, chunk.start, chunk.end)
    use = _use(doc, chunk, head, kind)
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


def _of_people(doc: Doc, chunk: Chunk, head: Token, types: Mapping[str, ActorType | None]) -> FoundMention | None:
    """A mention by nationality, creed or party: the state in "Lebanese soldiers"; a described group in "Muslims"; else none."""
    text, core = chunk.text(doc), words_span(doc, chunk.start, chunk.end)
    kind = types.get(name_key(text))
    state = demonyms().get(text.lower())
    listed = known_parties().get(text)
    plural = head.tag_ in ("NNS", "NNPS") or (text.endswith("s") and text.lower()[:-1] in demonyms())
    if plural and listed is None and head.dep_ not in _MODIFIER_ARCS:
        return FoundMention(core, core, head.i, "named", text, "described_group")
    # "The Swede" is somebody, but not Sweden.
    if state and is_inhabitant(head):
        return None
    if state:
        # "The French striker" plays for France, where the article is about a game.
        return FoundMention(core, core, head.i, "modifier", state, types.get(name_key(state)) or "state")
    if listed is not None or kind not in ("described_group", None):
        use = _use(doc, chunk, head, kind)
        span = Span(_left_edge(doc, chunk, kind, use), _right_edge(doc, chunk, kind))
        return FoundMention(span, core, head.i, use, text, kind)
    return None


def _use(doc: Doc, chunk: Chunk, head: Token, kind: ActorType | None) -> MentionKind:
    """``modifier`` for a name before a common noun or inside a hyphenated word, else ``named``."""
    after = doc[chunk.end] if chunk.end < len(doc) else None
    if after is not None and after.text == "-" and not after.whitespace_:
        return "modifier"
    outside = head.head.i not in range(chunk.start, chunk.end)
    if after is not None and head.head == after and _is_apposed_after(doc, chunk, kind):
        head = after
    return "modifier" if outside and head.dep_ in _MODIFIER_ARCS and head.head.pos_ in ("NOUN", "ADJ", "VERB") else "named"


def _left_edge(doc: Doc, chunk: Chunk, kind: ActorType | None, use: MentionKind) -> int:
    """Where the mention begins: at the rank of a person, at the article of anything else, unless that belongs to a noun after it."""
    i = rank_start(doc, chunk.start) if kind in ("person", None) else chunk.start
    if i > 0 and kind != "person" and use == "named" and doc[i - 1].lower_ == "the":
        i -= 1
    return int(doc[i].idx)


def _right_edge(doc: Doc, chunk: Chunk, kind: ActorType | None) -> int:
    """Where the mention ends: after a word that only says what the name is ("group"), after a peer's place ("Lord Marsh of Brook"), else
    with the name."""
    last = doc[_seat_end(doc, chunk) - 1 if kind == "person" else chunk.end - 1]
    end = doc[chunk.end] if _is_apposed_after(doc, chunk, kind) else last
    return int(end.idx) + len(end)


def _seat_end(doc: Doc, chunk: Chunk) -> int:
    """Where the name of a peer ends, with the place that is part of it; for others where the chunk does."""
    ranked = chunk.start > 0 and doc[chunk.start - 1].lower_ in words("titles.txt", "peer")
    end = chunk.end + 1
    if not ranked or end >= len(doc) or doc[chunk.end].lower_ != "of":
        return chunk.end
    while end < len(doc) and doc[end].text.istitle() and doc[end].pos_ == "PROPN":
        end += 1
    return end if end > chunk.end + 1 else chunk.end


def _is_apposed_after(doc: Doc, chunk: Chunk, kind: ActorType | None) -> bool:
    """Whether the word after a body's name only says what it is: "the Islamic State group", "Harbor Trust bank"; "the Harbor board" is a
    part of it, and "Harbor voters" are others."""
    if chunk.end >= len(doc) or kind not in _BODIES or kind == "state" or not doc[chunk.end - 1].whitespace_:
        return False
    after = doc[chunk.end]
    tied = doc[chunk.end - 1].head.i == after.i or after.head.i in range(chunk.start, chunk.end)
    whole = after.lower_ in words("groups.txt", "whole") and tied and after.tag_ == "NN" and after.dep_ not in ("compound", "nmod")
    return after.text.islower() and (whole or after.lower_ in words("groups.txt", "apposed"))


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
