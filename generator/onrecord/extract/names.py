"""Finds names: where each begins and ends, and what the document as a whole says its type is.

The entity recogniser looks at one sentence at a time, labels a surname now as a person and now as a place, and misses some. So its
spans are only a first guess: they are trimmed and stretched by tags and arcs, names that it saw once are found wherever they
recur, and the labels of all uses of a name vote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from onrecord.extract.gazetteer import demonyms, gender_of_name, known_parties, shape, states, titles, words
from onrecord.extract.language import Analysis, Paragraph
from onrecord.extract.mention import FoundMention, name_key, words_span
from onrecord.extract.person_names import SUFFIXES
from onrecord.model import ActorType, MentionKind, Span

_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_TITLES_OF_WORKS = frozenset({"WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "LANGUAGE", "MONEY", "PERCENT", "QUANTITY"})
_OF_WORDS = frozenset({"of", "for", "on", "and", "&"})
_MODIFIER_ARCS = frozenset({"compound", "amod", "nmod", "npadvmod"})
_ACTING_ARCS = frozenset({"nsubj", "nsubjpass", "agent", "dobj", "dative", "poss", "appos"})
_PARTY_AND_STATE = re.compile(r"^[RDI]-[A-Z]")
"""The label that American papers put after a legislator's name."""
_FUNCTION_TAGS = frozenset({"ADP", "SCONJ", "CCONJ", "PRON", "ADV"})
_BODIES: tuple[ActorType, ...] = ("organization", "armed_group", "media", "armed_force", "coalition", "state")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens that may be a name, and the label that a recogniser gave them (none for a run of proper nouns)."""

    start: int
    end: int
    label: str = ""

    def text(self, doc: Doc) -> str:
        return doc[self.start : self.end].text


def find_names(analysis: Analysis) -> tuple[FoundMention, ...]:
    """Every mention of a name in the article, in text order; none overlaps another's name."""
    doc = analysis.doc
    chunks: tuple[Chunk, ...] = ()
    for _, step in STEPS:
        chunks = step(analysis, chunks)
    types = _vote(doc, chunks)
    chunks = tuple(chunk for chunk in chunks if not _no_party(analysis, chunk))
    found = [mention for chunk in chunks if (mention := _mention(doc, chunk, types)) is not None]
    return tuple(sorted([*found, *_inside_compounds(analysis, chunks, types)], key=lambda mention: mention.core))


# --- where a name begins and ends -----------------------------------------------------------------------------------


def _entities(analysis: Analysis, _: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """What the entity recogniser found, trimmed to the names in it."""
    return tuple(
        piece
        for entity in analysis.doc.ents
        if (label := _label(entity)) in _LABELS
        for piece in _trimmed(analysis.doc, Chunk(entity.start, entity.end, label))
    )


def _label(entity: TokenSpan) -> str:
    """The recogniser's label; but what it takes for a work or an event is an outlet if it ends as outlets' names do."""
    return "ORG" if entity.label_ in ("WORK_OF_ART", "EVENT") and shape(entity.text) == "media" else str(entity.label_)


def _trimmed(doc: Doc, chunk: Chunk) -> Iterator[Chunk]:
    """The names in an entity: cut at an inner article or a state's possessive mark, without outer words that are no name."""
    cut = chunk.start
    for i in range(chunk.start + 1, chunk.end):
        starts_anew = doc[i].lower_ in ("the", "a") and doc[i - 1].pos_ not in ("ADP", "CCONJ")
        possessive = doc[i].tag_ == "POS" and name_key(doc[cut:i].text) in states()
        listed = doc[i].text == "," and chunk.label in ("GPE", "LOC")
        if starts_anew or possessive or listed or doc[i].text in ('"', "“", "”", "(", ")", ";", ":") or doc[i].is_space:
            yield from _stripped(doc, Chunk(cut, i, chunk.label))
            cut = i
    yield from _stripped(doc, Chunk(cut, chunk.end, chunk.label))


def _stripped(doc: Doc, chunk: Chunk) -> Iterator[Chunk]:
    start, end = chunk.start, chunk.end
    while start < end and not _opens_name(doc, start, end, chunk.label):
        start += 1
    while start < end and (not _may_be_name(doc[end - 1]) or (chunk.label != "PERSON" and _is_title(doc[end - 1]))):
        end -= 1
    if start < end and not (end - start == 1 and doc[start].lower_ in words("shapes.txt", "calendar")):
        yield Chunk(start, end, chunk.label)


def _opens_name(doc: Doc, i: int, end: int, label: str) -> bool:
    token = doc[i]
    if token.lower_ in words("titles.txt", "particle") and i + 1 < end and token.pos_ != "DET":
        return True
    if all(_is_title(doc[j]) for j in range(i, end)):
        return False
    if i + 1 < end and token.pos_ in _FUNCTION_TAGS and token.is_stop:
        return False
    if not _may_be_name(token) or token.pos_ == "DET" or token.lower_ in ("the", "a", "an"):
        return False
    if label != "PERSON":
        return True
    titled = _is_title(token) or _is_prime(doc, i) or (token.lower_.endswith("ing") and not gender_of_name(token.text))
    return not ((titled and (end - i > 1 or _is_title(token))) or (token.lower_ in demonyms() and end - i > 2))


def _is_prime(doc: Doc, i: int) -> bool:
    return (
        doc[i].lower_ in ("prime", "vice", "first", "former")
        and i + 1 < len(doc)
        and doc[i + 1].lower_ in ("minister", "president", "lady")
    )


def _may_be_name(token: Token) -> bool:
    """Whether a name may begin or end with this token: it has a capital or a digit, and is no mark or function word."""
    return (token.text[:1].isupper() and token.pos_ not in ("PUNCT", "PART")) or token.text[:1].isdigit()


def _stretched(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks with the proper nouns joined that belong to the same name: "Grand" of "Grand Mosque"."""
    doc = analysis.doc
    taken = {i for chunk in chunks for i in range(chunk.start, chunk.end)}
    grown = []
    for chunk in chunks:
        start, end = chunk.start, chunk.end
        while end < len(doc) and end not in taken and _joins(doc, end, start, end) and chunk.label != "NORP":
            taken.add(end)
            end += 1
        end = _past_hyphen(doc, start, end) if chunk.label == "PERSON" else end
        while start > 0 and start - 1 not in taken and _joins(doc, start - 1, start, end) and not _is_title(doc[start - 1]):
            start -= 1
            taken.add(start)
        grown.append(replace(chunk, start=start, end=end, label=_label_of_grown(doc, chunk, start, end)))
    return tuple(grown)


def _joins(doc: Doc, i: int, start: int, end: int) -> bool:
    """Whether token ``i``, which borders on the chunk, is a proper noun of the same name."""
    token = doc[i]
    if (
        token.pos_ != "PROPN"
        or not token.text[:1].isupper()
        or token.lower_ in words("shapes.txt", "calendar")
        or token.lower_.strip(".") in SUFFIXES
        or token.ent_type_ in _TITLES_OF_WORKS
    ):
        return False
    if (i >= end and (token.is_sent_start or _is_title(token))) or (i + 1 < len(doc) and doc[i + 1].text == ":"):
        return False
    inside = range(start, end)
    return token.head.i in inside or any(doc[j].head.i == i and doc[j].dep_ in ("compound", "nmod", "amod", "poss") for j in inside)


def _past_hyphen(doc: Doc, start: int, end: int) -> int:
    """Where a person's name ends whose last part is hyphenated ("Kwame-ji"), which the tokeniser cuts up."""
    hyphen = end - start > 1 and end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_
    return end + 2 if hyphen and doc[end + 1].is_alpha and doc[end + 1].tag_ not in ("VBN", "VBG", "VBD") else end


def _is_rank(token: Token) -> bool:
    """Whether a word is a rank or a form of address: part of a person's mention, but not of the name."""
    word = token.lower_.rstrip(".")
    return word in words("titles.txt", "rank") or word in words("titles.txt", "courtesy")


def _is_title(token: Token) -> bool:
    return token.lower_.rstrip(".") in titles()


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
    doc = paragraph.tokens.doc
    start = None
    for i in range(paragraph.tokens.start, paragraph.tokens.end + 1):
        inside = i < paragraph.tokens.end and i not in taken and _in_run(doc[i], start is not None)
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield from _stripped(doc, Chunk(start, i))
            start = None


def _in_run(token: Token, going: bool) -> bool:
    if token.ent_type_ in _TITLES_OF_WORKS or token.lower_ in words("shapes.txt", "calendar"):
        return False
    if token.text == "-" and going:
        return not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN"
    if token.lower_.strip(".") in SUFFIXES or (token.i + 1 < len(token.doc) and token.nbor().text == ":"):
        return False
    return token.pos_ == "PROPN" and token.text[:1].isupper() and not (_is_title(token) and not going)


def _recurring(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks and every other place where a labelled name stands, word by word, though tagged otherwise or found in part;
    likewise for known names of several words."""
    doc = analysis.doc
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for name in known_parties():
        if " " in name and name.replace(" ", "").isalpha():
            by_first.setdefault(name.split()[0], []).append(tuple(name.split()))
    for chunk in chunks:
        if chunk.label and chunk.label != "NORP" and doc[chunk.end - 1].pos_ == "PROPN":
            form = tuple(token.text for token in doc[chunk.start : chunk.end])
            if form not in by_first.setdefault(form[0], []):
                by_first[form[0]].append(form)
    at = {i: chunk for chunk in chunks for i in range(chunk.start, chunk.end)}
    found: dict[int, Chunk] = {chunk.start: chunk for chunk in chunks}
    for i, token in enumerate(doc):
        for form in sorted(by_first.get(token.text, ()), key=len, reverse=True):
            end = i + len(form)
            inside = [at[j] for j in range(i, min(end, len(doc))) if j in at]
            fits = all(i <= part.start and part.end <= end and part.end - part.start < len(form) for part in inside)
            if fits and tuple(doc[j].text for j in range(i, min(end, len(doc)))) == form:
                for part in inside:
                    found.pop(part.start, None)
                found[i] = Chunk(i, end)
                at.update(dict.fromkeys(range(i, end), found[i]))
    return tuple(sorted(found.values(), key=lambda chunk: chunk.start))


def _trusted(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Only those that other evidence than capitals makes a name; in a headline in capitals, only names of the text below."""
    doc = analysis.doc
    loud = {i for paragraph in analysis.paragraphs if _capitalised(paragraph) for i in range(paragraph.tokens.start, paragraph.tokens.end)}
    known = Counter(name_key(chunk.text(doc)) for chunk in chunks if chunk.label and chunk.start not in loud)
    quiet = [chunk for chunk in chunks if chunk.start not in loud]
    parts = {part for chunk in quiet if chunk.label == "PERSON" for part in chunk.text(doc).split()}
    parts |= {doc[chunk.end - 1].text for chunk in quiet if chunk.label == "ORG" and chunk.end - chunk.start > 1}

    def recurs(text: str) -> bool:
        return name_key(text) in known or text in parts or name_key(text) in states() or text in known_parties()

    def kept(chunk: Chunk) -> tuple[Chunk, ...]:
        text = chunk.text(doc)
        if recurs(text) or (chunk.start not in loud and (chunk.label or _acts(doc, chunk))):
            return (chunk,)
        if chunk.start not in loud:
            return ()
        known_words = tuple(replace(chunk, start=i, end=i + 1) for i in range(chunk.start, chunk.end) if recurs(doc[i].text))
        unknown_person = chunk.label == "PERSON" and " " in text and not text.isupper()
        return known_words or ((chunk,) if unknown_person else ())

    return tuple(found for chunk in chunks for found in kept(chunk))


def _capitalised(paragraph: Paragraph) -> bool:
    """Whether nearly all words begin with a capital, as in a headline: capitals then say nothing about names."""
    long = [token for token in paragraph.tokens if token.is_alpha and len(token) > 3]
    return len(long) > 2 and sum(token.text[0].isupper() for token in long) > 0.8 * len(long)


def _acts(doc: Doc, chunk: Chunk) -> bool:
    """Whether an unlabelled run of proper nouns is used as a party's name: several words long, or at a party's place in its clause."""
    head = doc[chunk.start : chunk.end].root
    if head.dep_ == "compound" and head.head.i not in range(chunk.start, chunk.end):
        return False
    if chunk.text(doc).isupper() and head.dep_ == "pobj":
        return True
    return chunk.end - chunk.start > 1 or (
        head.dep_ in _ACTING_ARCS and head.head.pos_ in ("VERB", "NOUN", "PROPN") and not head.is_sent_start
    )


def _grouped(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Two chunks that the parser makes one name, joined: "University of Texas" and "Arlington" stay apart, "Church of" X does not."""
    doc = analysis.doc
    joined: list[Chunk] = []
    for chunk in chunks:
        last = joined[-1] if joined else None
        if last is not None and _one_name(doc, last, chunk):
            joined[-1] = Chunk(last.start, chunk.end, _label_of_joined(doc, last, chunk))
        else:
            joined.append(chunk)
    return tuple(joined)


def _one_name(doc: Doc, left: Chunk, right: Chunk) -> bool:
    between = doc[left.end : right.start]
    if len(between) == 1 and between[0].lower_ == "of" and left.end - left.start == 1:
        head = doc[left.start]
        return head.lower_ in words("shapes.txt", "organization") and between[0].head == head and right.label != "PERSON"
    if len(between) or "NORP" in (left.label, right.label) or doc[left.end - 1].head.i not in range(right.start, right.end):
        return False
    if left.end - left.start == right.end - right.start == 1 and not _is_title(doc[right.start]):
        return name_key(left.text(doc)) not in states()
    return "PERSON" not in (left.label, right.label) and shape(doc[left.start : right.end].text) is not None


def _label_of_joined(doc: Doc, left: Chunk, right: Chunk) -> str:
    """The label of two chunks that are one name: by its generic word; else a person's, if one of them is; else left open."""
    kind = shape(doc[left.start : right.end].text)
    if kind is not None or doc[left.end].lower_ == "of":
        return "FAC" if kind == "place" else "ORG"
    return "PERSON" if "PERSON" in (left.label, right.label) else ""


Step = Callable[[Analysis, tuple[Chunk, ...]], tuple[Chunk, ...]]
STEPS: tuple[tuple[str, Step], ...] = (
    ("entities of the recogniser, trimmed", _entities),
    ("stretched over the rest of the name", _stretched),
    ("runs of proper nouns", _proper_nouns),
    ("pieces of one name joined", _grouped),
    ("names that recur", _recurring),
    ("names with evidence", _trusted),
)


def _no_party(analysis: Analysis, chunk: Chunk) -> bool:
    """Whether a name is no party's: a law's, a day's, an event's by its last word; "R-Ohio"; a platform's in a share prompt."""
    text = chunk.text(analysis.doc)
    if _PARTY_AND_STATE.match(text):
        return True
    if " " in text and text.split()[-1].lower() in words("shapes.txt", "no_party"):
        return True
    return text.lower() in words("shapes.txt", "platform") and analysis.paragraph_of(analysis.doc[chunk.start]).block.boilerplate == "soft"


# --- what type a name has -------------------------------------------------------------------------------------------

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


def _vote(doc: Doc, chunks: Iterable[Chunk]) -> Mapping[str, ActorType | None]:
    """The type of each name, by its key: a vote of the labels, shapes and titles of all its uses."""
    votes: dict[str, Counter[ActorType]] = {}
    speaking: set[str] = set()
    for chunk in chunks:
        text = chunk.text(doc)
        vote = votes.setdefault(name_key(text), Counter())
        if _speaks(doc, chunk):
            vote["person"] += 1
            speaking.add(text.split()[-1])
        if chunk.label:
            vote[_TYPE_OF_LABEL[chunk.label]] += 1
        if kind := shape(text):
            vote[kind] += 1 if chunk.label == "PERSON" else _STRONG
        if chunk.label in ("", "ORG") and " " in text and shape(text) is None and _has_given_name(doc, chunk):
            vote["person"] += _STRONG - 1
        if _armed(doc, chunk):
            vote["armed_group"] += _STRONG
        if _titled(doc, chunk):
            vote["person"] += _STRONG
        if name_key(text) in states():
            vote["state"] += _SURE
        if text in known_parties():
            vote[known_parties()[text].type] += _SURE
    for chunk in chunks:
        text = chunk.text(doc)
        if not chunk.label and " " in text and text.split()[-1] in speaking and shape(text) is None:
            votes[name_key(text)]["person"] += _STRONG
    return {key: vote.most_common(1)[0][0] if vote else None for key, vote in votes.items()}


def _has_given_name(doc: Doc, chunk: Chunk) -> bool:
    """Whether the first word is a usual given name and the last no plural: "Olive Marsh", not "Charlotte Panthers"."""
    return doc[chunk.end - 1].tag_ not in ("NNS", "NNPS") and gender_of_name(doc[chunk.start].text) != ""


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
    if _rank_start(doc, chunk.start) < chunk.start:
        return True
    word = before.lower_.rstrip(".")
    office = word in words("titles.txt", "office") or word in words("people.txt", "role")
    return office and before.head.i in range(chunk.start, chunk.end) and before.dep_ in ("compound", "amod", "nmod")


# --- mentions -------------------------------------------------------------------------------------------------------


def _mention(doc: Doc, chunk: Chunk, types: Mapping[str, ActorType | None]) -> FoundMention | None:
    text = chunk.text(doc)
    head = doc[chunk.start : chunk.end].root
    if chunk.label == "NORP" or (chunk.end - chunk.start == 1 and text.lower() in demonyms()):
        return _of_people(doc, chunk, head, types.get(name_key(text)))
    kind = types.get(name_key(text))
    core = words_span(doc, chunk.start, chunk.end)
    use = _use(doc, chunk, head)
    span = Span(_left_edge(doc, chunk, kind, use), _right_edge(doc, chunk, kind))
    gender = _addressed_as(doc, chunk) if kind in ("person", None) else ""
    return FoundMention(span, core, head.i, use, " ".join(text.split()), kind, gender=gender)


def _addressed_as(doc: Doc, chunk: Chunk) -> str:
    """``m`` or ``f`` where a form of address before a name says so, else empty."""
    for token in doc[_rank_start(doc, chunk.start) : chunk.start]:
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
    i = _rank_start(doc, chunk.start) if kind in ("person", None) else chunk.start
    if i > 0 and kind != "person" and use == "named" and doc[i - 1].lower_ == "the":
        i -= 1
    return int(doc[i].idx)


def _rank_start(doc: Doc, i: int) -> int:
    """Where the ranks and forms of address begin that stand before token ``i``; ``i`` itself where there are none."""
    while i > 0:
        # The tokeniser cuts the full stop from some abbreviations ("Col.") and not from others ("Gen.").
        at = i - 2 if doc[i - 1].text == "." and i > 1 and not doc[i - 2].whitespace_ else i - 1
        if not (doc[at].text[:1].isupper() and _is_rank(doc[at])):
            return i
        i = at
    return i


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
