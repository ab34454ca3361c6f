"""Finds where each name begins and ends.

The entity recogniser looks at one sentence at a time and misses some names. So its spans are only a first guess: they are trimmed
and stretched by tags and arcs, and names that it saw once are found wherever they recur.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from onrecord.extract.actors.forms import given_chunks
from onrecord.extract.actors.mention import GENERATIONS, SMALL_WORDS, SUFFIXES, Chunk, has_given_name, is_title
from onrecord.extract.actors.name_edges import (
    closes_sentence,
    is_nickname_mark,
    is_one,
    is_possessor,
    is_trade,
    may_report,
    only_describes,
    owns_person,
    parts_names,
    says_what_happens,
    stripped,
)
from onrecord.extract.actors.name_evidence import (
    is_full_name,
    is_told_paper,
    plainly_speaks,
    with_constituencies,
    with_datelines,
    with_evidence,
    with_own_mark,
    with_recurring,
    without_titles,
)
from onrecord.extract.actors.names_of_bodies import is_fixture
from onrecord.extract.actors.word_lists import demonyms, is_given_name, known_parties, name_key, shape, states, words
from onrecord.extract.language import Analysis, Paragraph
from onrecord.extract.tokens import Doc, Name, Token

_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
# Labels of what is no party, whatever its capitals.
_TITLES_OF_WORKS = frozenset({"WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "LANGUAGE", "MONEY", "PERCENT", "QUANTITY"})
_PREFIXES = frozenset({"anti", "ex", "mid", "non", "post", "pre", "pro"})
_LONGEST = 200
"""Characters of a name. The longest that bodies go by have half as many; a longer stretch of capitals is none."""


_MOST_PARTICLES = 3
"""Small words in a row inside a surname: "van de" has two, and no usual one more than three."""


def find_chunks(analysis: Analysis) -> tuple[Chunk, ...]:
    """Every stretch of tokens that is a name, in text order; none overlaps another."""
    chunks: tuple[Chunk, ...] = ()
    for _, step in STEPS:
        chunks = tuple(chunk for chunk in step(analysis, chunks) if _is_short(analysis.doc, chunk))
    return chunks


def _is_short(doc: Doc, chunk: Chunk) -> bool:
    last = doc.words[chunk.end - 1]
    return last.idx + len(last.text) - doc.words[chunk.start].idx <= _LONGEST


def _entities(analysis: Analysis, _: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """What the entity recogniser found, trimmed to the names in it."""
    doc = analysis.doc
    often = Counter(entity.text for entity in doc.ents if entity.end - entity.start == 3)
    people = {part for one in doc.ents if one.label_ == "PERSON" for part in (one.text, doc[one.end - 1].text)}
    return tuple(
        piece
        for entity in doc.ents
        if (label := _label(doc, entity)) in _LABELS
        for piece in _trimmed(doc, Chunk(entity.start, entity.end, label), people, recurs=often[entity.text] > 1)
    )


def _label(doc: Doc, entity: Name) -> str:
    """The recogniser's label; but what it takes for a work or an event is an outlet if it ends as outlets' names do, or a person."""
    if entity.label_ in ("WORK_OF_ART", "EVENT") and shape(entity.text) == "media":
        return "ORG"
    if entity.label_ == "WORK_OF_ART" and entity.start and doc[entity.start - 1].lower_ in words("groups.txt", "outlet"):
        return "ORG"
    if entity.label_ in _TITLES_OF_WORKS and _is_called_body(entity):
        return "ORG"
    if entity.label_ == "NORP" and len(entity) > 1 and entity[-1].tag_ == "NNP" and demonyms().keys().isdisjoint(_lower(entity)):
        return "ORG"  # "Harbor Marine": no people has two words without an adjective of nationality
    if entity.label_ in _TITLES_OF_WORKS and plainly_speaks(doc, entity):
        body = shape(entity.text) is not None or doc[entity.start].lower_ == "the"
        return "ORG" if body else "PERSON"
    return "PERSON" if entity.label_ in _TITLES_OF_WORKS and is_full_name(doc, entity) else entity.label_


def _lower(entity: Name) -> Iterator[str]:
    return (token.lower_ for token in entity)


def _is_called_body(entity: Name) -> bool:
    """Whether a noun for a body stands in apposition behind a name: "the Northern Pact, an alliance of four states"."""
    nouns = words("groups.txt", "coalition") | words("groups.txt", "organization")
    return any(child.dep_ == "appos" and child.tag_ == "NN" and child.lower_ in nouns for child in entity.root.rights)


def _trimmed(doc: Doc, chunk: Chunk, people: Collection[str], *, recurs: bool = False) -> Iterator[Chunk]:
    """The names in an entity: cut where two names meet, without outer words that are no name.

    ``people`` are the names of all whom the recogniser takes for people; ``recurs`` says whether the article has the same stretch
    elsewhere.
    """
    chunk = _without_prefixed(doc, chunk)
    # In a fixture ("Arden v Marlow") the names have no place in a clause: they are names only if the text uses them elsewhere.
    label = "" if is_fixture(doc, chunk) else chunk.label
    cut = chunk.start
    verb = next((i for i in range(chunk.start + 1, chunk.end) if says_what_happens(doc[i])), chunk.end)
    chunk = replace(chunk, end=verb)  # of a headline the rest says what happens
    for i in range(chunk.start + 1, chunk.end):
        # Recognisers run names together: "Brook the Harbor Board", "Iraq's Sinjar", "Riverton, Ohio", "Shiite in Iraq".
        starts_anew = doc[i].lower_ in ("the", "a") and doc[i - 1].pos_ not in ("ADP", "CCONJ")
        possessive = is_possessor(doc, replace(chunk, start=cut), i, people)
        listed = doc[i].text == "," and chunk.label in ("GPE", "LOC")
        outside = doc[i].lower_ in ("on", "in") and all(doc[j].lower_ in demonyms() for j in range(i + 1, chunk.end))
        marked = doc[i].text in ('"', "“", "”", "(", ")", ";", ":") and not is_nickname_mark(doc, i)
        two = parts_names(doc, chunk, i, recurs=recurs) or owns_person(doc, chunk, i)
        if starts_anew or possessive or listed or outside or marked or two or doc[i].is_space:
            yield from stripped(doc, Chunk(cut, i, label))
            cut = i + (two or possessive)
    yield from stripped(doc, Chunk(cut, chunk.end, label))


def _without_prefixed(doc: Doc, chunk: Chunk) -> Chunk:
    """The chunk without a first word that hangs on a prefix: in "pro-Harbor Civic Party" the name is "Civic Party", unless the whole is
    known."""
    first = chunk.start
    before = first
    if first > 1 and doc[first - 1].text == "-" and not doc[first - 1].whitespace_:
        before = first - 2
    elif chunk.end - first > 3 and doc[first + 1].text == "-":
        before, first = first, first + 2
    known = doc[first : chunk.end].text in known_parties() or doc[first : first + 2].text in known_parties()
    if before == chunk.start == first or doc[before].lower_ not in _PREFIXES or first + 1 >= chunk.end or known:
        return chunk
    return replace(chunk, start=first + 1)


def _stretched(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks with the proper nouns joined that belong to the same name: "Grand" of "Grand Mosque"."""
    doc = analysis.doc
    taken = {i for chunk in chunks for i in range(chunk.start, chunk.end)}
    grown = []
    for chunk in chunks:
        start, end = chunk.start, chunk.end
        # To the right first: there a name ends with its head, and what comes before it hangs on that.
        while end < len(doc) and end not in taken and _is_same_name(doc, end, start, end) and chunk.label != "NORP":
            taken.add(end)
            end += 1
        end = _past_generation(doc, _past_hyphen(doc, start, end)) if chunk.label == "PERSON" else end
        while start > 0 and start - 1 not in taken and _is_same_name(doc, start - 1, start, end) and not _is_no_part(doc[start - 1], chunk):
            start -= 1
            taken.add(start)
        label = _label_of_grown(doc, chunk, start, end)
        if _is_rest_of_body(doc, start, end, label) and not taken & {start - 1, start - 2}:
            start, label = start - 2, "ORG"
        grown.append(replace(chunk, start=start, end=end, label=label))
    return tuple(grown)


def _is_rest_of_body(doc: Doc, start: int, end: int, label: str) -> bool:
    """Whether a noun for a body with a capital of its own stands before "of" or "for" and a name that is no party by itself, and begins the
    name with them: "The **Campaign for** Safer Harbours"."""
    if start < 3 or doc[start - 1].lower_ not in ("of", "for") or doc[start - 3].lower_ != "the" or not doc[start - 2].text.istitle():
        return False
    generic = words("groups.txt", "organization") | words("shapes.txt", "organization")
    alone = label in ("GPE", "LOC", "NORP", "PERSON") or shape(doc[start:end].text) is not None
    return doc[start - 2].lower_ in generic and not alone


def _is_no_part(token: Token, chunk: Chunk) -> bool:
    """Whether a word before a name is none of it: a title, a verb, or before a person a trade ("Goalkeeper Pedro Lins")."""
    return (
        is_title(token)
        or only_describes(token.doc, token.i, chunk.end)
        or (chunk.label == "PERSON" and is_trade(token.doc, token.i, chunk.end))
        or (token.is_sent_start and (may_report(token) or (chunk.label == "PERSON" and token.lower_.endswith("ing"))))
        or (chunk.label == "PERSON" and token.lower_ in words("people.txt", "role") and not is_given_name(token.text))
        or token.lower_ in words("titles.txt", "holder")
        or (chunk.label == "PERSON" and chunk.end - chunk.start > 1 and token.lower_ in demonyms())  # "the Dutchman Koen Marsh"
        or (chunk.end - chunk.start > 1 and chunk.label == "PERSON" and token.lower_ in words("titles.txt", "constable"))
        or (chunk.label == "PERSON" and token.lower_ in words("groups.txt", "side"))
    )


def _is_same_name(doc: Doc, i: int, start: int, end: int) -> bool:
    """Whether token ``i``, which borders on the chunk, is a proper noun of the same name."""
    token = doc[i]
    if (
        closes_sentence(token)
        or not (token.pos_ == "PROPN" or (token.i < start and token.text.istitle() and is_given_name(token.text)))
        or not token.text[:1].isupper()
        or (token.lower_ in words("shapes.txt", "calendar") and not _is_no_month(token))
        or token.lower_.strip(".") in SUFFIXES
        or token.ent_type_ in _TITLES_OF_WORKS
    ):
        return False
    if (i >= end and (token.is_sent_start or is_title(token))) or (i + 1 < len(doc) and doc[i + 1].text == ":"):
        return False
    inside = range(start, end)
    return token.head.i in inside or any(doc[j].head.i == i and doc[j].dep_ in ("compound", "nmod", "amod", "poss") for j in inside)


def _past_hyphen(doc: Doc, start: int, end: int) -> int:
    """Where a person's name ends whose last part is hyphenated ("Kwame-ji"), which the tokeniser cuts up."""
    hyphen = end - start > 1 and end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_
    return end + 2 if hyphen and doc[end + 1].is_alpha and doc[end + 1].tag_ not in ("VBN", "VBG", "VBD") else end


def _past_generation(doc: Doc, end: int) -> int:
    """Where a person's name ends that goes on in "Jr." or ", Jr."."""
    at = end + 1 if end < len(doc) and doc[end].text == "," else end
    return at + 1 if at < len(doc) and doc[at].lower_.strip(".") in GENERATIONS and doc[at].text[0].isupper() else end


def _label_of_grown(doc: Doc, chunk: Chunk, start: int, end: int) -> str:
    if chunk.label in ("GPE", "LOC") and end > chunk.end and (kind := shape(doc[start:end].text)):
        return "FAC" if kind == "place" else "ORG"
    return chunk.label


def _proper_nouns(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks and every run of proper nouns outside them."""
    taken = {i for chunk in chunks for i in range(chunk.start, chunk.end)}
    runs = [run for paragraph in analysis.paragraphs for run in _runs(paragraph, taken)]
    return tuple(sorted([*chunks, *runs], key=lambda chunk: chunk.start))


def _runs(paragraph: Paragraph, taken: set[int]) -> Iterator[Chunk]:
    """The unbroken runs of proper nouns of a paragraph that no chunk has."""
    doc = paragraph.tokens.doc
    start = None
    for i in range(paragraph.tokens.start, paragraph.tokens.end + 1):
        inside = i < paragraph.tokens.end and i not in taken and _in_run(doc.words[i], start is not None)
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield from stripped(doc, Chunk(start, i))
            start = None


def _in_run(token: Token, going: bool) -> bool:
    """Whether a token goes on with a run of proper nouns (``going``), or may begin one."""
    if token.pos_ != "PROPN" and not going:
        return False
    if token.ent_type_ in _TITLES_OF_WORKS or (token.lower_ in words("shapes.txt", "calendar") and not _is_no_month(token)):
        return False
    if token.text == "-" and going:
        return not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN"
    if token.lower_.strip(".") in SUFFIXES or (token.i + 1 < len(token.doc) and token.nbor().text == ":"):
        return False
    opens = going or not is_title(token) or is_told_paper(token.doc, token.i, token.i + 1)
    return token.pos_ == "PROPN" and token.text[:1].isupper() and opens


def _is_no_month(token: Token) -> bool:
    """Whether a word that may be a month is a part of a full name: after a given name, or as one: "Theresa May met", "April Dunn met"."""
    if token.pos_ != "PROPN" or token.ent_type_ == "DATE":
        return False
    before, after = token.doc[max(0, token.i - 1)], token.doc[min(token.i + 1, len(token.doc) - 1)]
    called = is_given_name(before.text) and before.head.i == token.i
    return called or (is_given_name(token.text) and token.head.i == after.i and after.lower_ in words("surnames.txt", "surname"))


def _grouped(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Two chunks that the parser makes one name, joined: "University of Texas" and "Arlington" stay apart, "Church of" X does not."""
    doc = analysis.doc
    alone = {chunk.text(doc) for before, chunk, after in _in_threes(chunks) if not (_borders(before, chunk) or _borders(chunk, after))}
    joined: list[Chunk] = []
    for chunk in chunks:
        last = joined[-1] if joined else None
        if last is not None and _one_name(doc, last, chunk) and not _are_two(doc, last, chunk, alone):
            whole = Chunk(last.start, chunk.end, _label_of_joined(doc, last, chunk))
            # Only now "Boxer Carl" is seen to be a trade and a name: "Boxer Carl dos Santos".
            joined[-1] = next(stripped(doc, whole), whole) if whole.label == "PERSON" else whole
        else:
            joined.append(chunk)
    return tuple(joined)


def _in_threes(chunks: tuple[Chunk, ...]) -> Iterator[tuple[Chunk | None, Chunk, Chunk | None]]:
    """Each chunk between the one before and the one after it."""
    return zip((None, *chunks[:-1]), chunks, (*chunks[1:], None), strict=True) if chunks else iter(())


def _borders(left: Chunk | None, right: Chunk | None) -> bool:
    return left is not None and right is not None and left.end == right.start


def _are_two(doc: Doc, left: Chunk, right: Chunk, alone: Collection[str]) -> bool:
    """Whether two words that stand side by side are names of their own, as the text shows elsewhere: a firm and its product. A given name
    before a surname is none such."""
    return left.end == right.start and left.text(doc) in alone and right.text(doc) in alone and not is_given_name(doc[left.start].text)


def _one_name(doc: Doc, left: Chunk, right: Chunk) -> bool:
    between = doc[left.end : right.start]
    if _is_purpose(doc, left, right) or _is_with_particle(doc, left, right) or _is_of_members(doc, left, right):
        return True
    if len(between) == 1 and between[0].lower_ == "and" and _is_second_task(doc, left, right):
        return True
    if len(between) == 1 and between[0].lower_ == "of" and left.end - left.start == 1:
        head = doc[left.start]
        body = head.lower_ in words("shapes.txt", "organization") or head.lower_ in words("shapes.txt", "armed_group")
        return body and between[0].head == head and right.label != "PERSON"
    if len(between) == 1 and between[0].lower_ == "and" and left.end - left.start == right.end - right.start == 1:
        # "The law firm Harker and Wells": what agrees with the singular is one.
        tied = doc[right.start].dep_ == "conj" and doc[right.start].head.i == left.start
        return tied and is_one(doc[left.start]) and not {left.label, right.label} & {"GPE", "LOC", "NORP"}
    if len(between) or "NORP" in (left.label, right.label) or doc[left.end - 1].head.i not in range(right.start, right.end):
        return False
    if left.end - left.start == right.end - right.start == 1 and not is_title(doc[right.start]):
        return name_key(left.text(doc)) not in states()
    return "PERSON" not in (left.label, right.label) and shape(doc[left.start : right.end].text) is not None


def _is_of_members(doc: Doc, left: Chunk, right: Chunk) -> bool:
    """Whether a mark after a plural stands inside the name of a body of theirs: "the Workers' Party"."""
    mark, plural = doc[left.end : right.start].text, doc[left.end - 1].lower_
    marked = (mark in ("'", "’") and plural.endswith("s")) or (mark in ("'s", "’s") and plural in _IRREGULAR_PLURALS)
    generic = words("shapes.txt", "organization") | {"army", "front"}
    return marked and left.end - left.start == 1 and left.label != "PERSON" and doc[right.end - 1].lower_ in generic


_IRREGULAR_PLURALS = frozenset({"children", "men", "people", "women"})
"""Plurals for people that do not end in "s" (Quirk et al. 1985, 5.81-83)."""


def _is_second_task(doc: Doc, left: Chunk, right: Chunk) -> bool:
    """Whether what stands behind "and" is the second task of a body and the noun of both, and no name by itself: "Harbor Fire and Rescue
    Service"."""
    several = left.end - left.start > 1 and right.end - right.start == 2 and right.label == ""
    generic = shape(doc[right.start : right.end].text) == "organization" and shape(left.text(doc)) is None
    return several and generic and not has_given_name(doc, left)


def _is_with_particle(doc: Doc, left: Chunk, right: Chunk) -> bool:
    """Whether a person's name goes on over particles in small letters: "Fatima bint Saleh", "Koen van der Berg". Behind a usual given name
    it does so whatever a recogniser took that for."""
    between = doc[left.end : right.start]
    called = is_given_name(doc[left.end - 1].text) and left.label not in ("GPE", "LOC")
    people = called or {left.label, right.label} <= {"PERSON", ""}
    particles = words("titles.txt", "particle")
    return people and 0 < len(between) <= _MOST_PARTICLES and all(token.is_lower and token.lower_ in particles for token in between)


def _is_purpose(doc: Doc, left: Chunk, right: Chunk) -> bool:
    """Whether a body's name goes on with whom it is of or for, who is no party by that name alone: "Coalition for the Homeless", "American
    Federation of Teachers", "Court of Appeals for the Sixth Circuit"."""
    between, head = doc[left.end : right.start], doc[left.end - 1]
    if not 1 <= len(between) <= 2 or between[0].lower_ not in ("for", "of") or (len(between) == 2 and between[1].lower_ != "the"):
        return False
    body = shape(left.text(doc)) == "organization" or head.lower_ in words("groups.txt", "coalition") | words("groups.txt", "organization")
    # The rest alone is a known party's, a state's or a person's: "a council for Iran".
    alone = right.label in ("GPE", "LOC", "NORP", "PERSON") or shape(right.text(doc)) is not None
    return body and not alone and between[0].head.i in range(left.start, left.end)


def _label_of_joined(doc: Doc, left: Chunk, right: Chunk) -> str:
    """The label of two chunks that are one name: by its generic word; else a person's, if one of them is; else left open."""
    kind = shape(doc[left.start : right.end].text)
    if kind is not None or doc[left.end].lower_ in ("of", "for", "and"):
        return "FAC" if kind == "place" else "ORG"
    if doc[left.end].tag_ == "POS":
        return "ORG"
    return "PERSON" if "PERSON" in (left.label, right.label) else ""


def _with_capital_words(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks with small words that have a capital and what stands behind them, as prose writes them in one name only: "the group Hands
    Off Our Harbor", "Arden Against The Road"."""
    doc = analysis.doc
    grown: list[Chunk] = []
    for chunk in chunks:
        if grown and chunk.start < grown[-1].end:
            continue
        end = _end_of_capitals(doc, chunk)
        prose = end > chunk.end and any(token.is_lower and token.pos_ in ("VERB", "AUX") for token in doc[chunk.start].sent)
        grown.append(replace(chunk, end=end, label="ORG") if prose else chunk)
    return tuple(grown)


_MOST_CAPITALS = 8
"""Words that a name has behind its first small one; a longer run of capitals is a heading."""


def _end_of_capitals(doc: Doc, chunk: Chunk) -> int:
    """Where the run of capitals ends that goes on behind a chunk with a small word; the chunk's own end where none does."""
    at, quoted = chunk.end, doc[max(0, chunk.start - 1)].is_quote
    if at + 1 >= len(doc) or doc[at].lower_ not in SMALL_WORDS or not doc[at].text.istitle() or quoted:
        return chunk.end
    last = min(len(doc), at + _MOST_CAPITALS)
    while at < last and doc[at].text.istitle() and doc[at].is_alpha and not doc[at].is_sent_start:
        at += 1
    return at if doc[at - 1].lower_ not in SMALL_WORDS else chunk.end


Step = Callable[[Analysis, tuple[Chunk, ...]], tuple[Chunk, ...]]
# Each sees the chunks of those before it. The user's names come last, so that no rule takes them apart again.
STEPS: tuple[tuple[str, Step], ...] = (
    ("entities of the recogniser, trimmed", _entities),
    ("stretched over the rest of the name", _stretched),
    ("runs of proper nouns", _proper_nouns),
    ("pieces of one name joined", _grouped),
    ("small words with a capital", _with_capital_words),
    ("names that recur", with_recurring),
    ("firms with a mark of their own", with_own_mark),
    ("names with evidence", with_evidence),
    ("no titles in a list of works", without_titles),
    ("constituencies in brackets", with_constituencies),
    ("towns of datelines", with_datelines),
    ("names that the user gives", given_chunks),
)
