"""Finds where each name begins and ends.

The entity recogniser looks at one sentence at a time and misses some names. So its spans are only a first guess: they are trimmed
and stretched by tags and arcs, and names that it saw once are found wherever they recur.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from onrecord.extract.actors.given import given_chunks
from onrecord.extract.actors.mention import name_key
from onrecord.extract.actors.name_cuts import is_fixture, is_nickname_mark, parts_names
from onrecord.extract.actors.name_parts import GENERATIONS, HONOURS, SUFFIXES, Chunk, has_given_name, is_rank, is_title
from onrecord.extract.actors.word_lists import demonyms, is_given_name, known_parties, shape, states, words
from onrecord.extract.language import Analysis, Paragraph
from onrecord.extract.tokens import Doc, Name, Token, reporting_verbs

_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
# Labels of what is no party, whatever its capitals.
_TITLES_OF_WORKS = frozenset({"WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "LANGUAGE", "MONEY", "PERCENT", "QUANTITY"})
_ACTING_ARCS = frozenset({"nsubj", "nsubjpass", "agent", "dobj", "dative", "poss", "appos"})
_PREFIXES = frozenset({"anti", "ex", "mid", "non", "post", "pre", "pro"})
_FUNCTION_TAGS = frozenset({"ADP", "SCONJ", "CCONJ", "PRON", "ADV"})
_LONGEST = 200
"""Characters of a name. The longest that bodies go by have half as many; a longer stretch of capitals is none."""


def find_chunks(analysis: Analysis) -> tuple[Chunk, ...]:
    """Every stretch of tokens that is a name, in text order; none overlaps another."""
    chunks: tuple[Chunk, ...] = ()
    for _, step in STEPS:
        chunks = tuple(chunk for chunk in step(analysis, chunks) if _is_short(analysis.doc, chunk))
    return chunks


def _is_short(doc: Doc, chunk: Chunk) -> bool:
    last = doc[chunk.end - 1]
    return last.idx + len(last) - doc[chunk.start].idx <= _LONGEST


def _entities(analysis: Analysis, _: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """What the entity recogniser found, trimmed to the names in it."""
    doc = analysis.doc
    often = Counter(entity.text for entity in doc.ents)
    return tuple(
        piece
        for entity in doc.ents
        if (label := _label(doc, entity)) in _LABELS
        for piece in _trimmed(doc, Chunk(entity.start, entity.end, label), recurs=often[entity.text] > 1)
    )


def _label(doc: Doc, entity: Name) -> str:
    """The recogniser's label; but what it takes for a work or an event is an outlet if it ends as outlets' names do, or a person."""
    if entity.label_ in ("WORK_OF_ART", "EVENT") and shape(entity.text) == "media":
        return "ORG"
    if entity.label_ in _TITLES_OF_WORKS and _plainly_speaks(doc, entity):
        return "PERSON" if shape(entity.text) is None else "ORG"
    return "PERSON" if entity.label_ in _TITLES_OF_WORKS and _is_full_name(doc, entity) else entity.label_


def _plainly_speaks(doc: Doc, entity: Name) -> bool:
    """Whether what the recogniser takes for a work stands outside quotation marks as the subject of a verb of saying: "Ilse Brandt said"."""
    words_ = doc[entity.start : entity.end]
    capitals = all(word.pos_ == "PROPN" and word.text[:1].isupper() for word in words_)
    marked = entity.start > 0 and doc[entity.start - 1].is_quote and entity.end < len(doc) and doc[entity.end].is_quote
    head = words_.root
    return capitals and not marked and head.dep_ == "nsubj" and head.head.pos_ == "VERB" and head.head.lemma_ in reporting_verbs()


def _is_full_name(doc: Doc, entity: Name) -> bool:
    """Whether what the recogniser takes for a work or a product is a given name and a surname, outside quotation marks."""
    words_ = doc[entity.start : entity.end]
    marked = entity.start > 0 and doc[entity.start - 1].is_quote
    return (
        not marked and len(words_) == 2 and all(w.pos_ == "PROPN" for w in words_) and has_given_name(doc, Chunk(entity.start, entity.end))
    )


def _trimmed(doc: Doc, chunk: Chunk, *, recurs: bool = False) -> Iterator[Chunk]:
    """The names in an entity: cut where two names meet, without outer words that are no name.

    ``recurs`` says whether the article has the same stretch elsewhere.
    """
    chunk = _without_prefixed(doc, chunk)
    # In a fixture ("Arden v Marlow") the names have no place in a clause: they are names only if the text uses them elsewhere.
    label = "" if is_fixture(doc, chunk) else chunk.label
    cut = chunk.start
    for i in range(chunk.start + 1, chunk.end):
        # Recognisers run names together: "Brook the Harbor Board", "Iraq's Sinjar", "Riverton, Ohio", "Shiite in Iraq".
        starts_anew = doc[i].lower_ in ("the", "a") and doc[i - 1].pos_ not in ("ADP", "CCONJ")
        possessive = doc[i].tag_ == "POS" and (name_key(doc[cut:i].text) in states() or doc[i + 1 : i + 2].text[:1].isdigit())
        listed = doc[i].text == "," and chunk.label in ("GPE", "LOC")
        outside = doc[i].lower_ in ("on", "in") and all(doc[j].lower_ in demonyms() for j in range(i + 1, chunk.end))
        marked = doc[i].text in ('"', "“", "”", "(", ")", ";", ":") and not is_nickname_mark(doc, i)
        two = parts_names(doc, chunk, i, recurs=recurs)
        if starts_anew or possessive or listed or outside or marked or two or doc[i].is_space:
            yield from _stripped(doc, Chunk(cut, i, label))
            cut = i + two
    yield from _stripped(doc, Chunk(cut, chunk.end, label))


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


def _stripped(doc: Doc, chunk: Chunk) -> Iterator[Chunk]:
    """The chunk without outer words that are no part of a name; nothing where none is left."""
    start, end = chunk.start, chunk.end
    # "Harbor Bridge Image: Ann Lee" credits a picture, and the name is the bridge's.
    if end < len(doc) and doc[end].text == ":" and doc[end - 1].lower_ in words("shapes.txt", "credit"):
        end -= 1
    while start < end and not _opens_name(doc, start, end, chunk.label):
        start += 1
    while start < end and (not _may_be_name(doc[end - 1]) or (chunk.label != "PERSON" and is_title(doc[end - 1]))):
        end -= 1
    # "Ada Brook QC": letters after a full name.
    while end - start > 2 and doc[end - 1].lower_ in HONOURS and doc[end - 1].text.isupper() and shape(doc[start:end].text) is None:
        end -= 1
    if start < end and not (end - start == 1 and _is_no_name(doc[start], chunk.label)):
        yield Chunk(start, end, chunk.label)


def _is_no_name(token: Token, label: str) -> bool:
    """Whether a word alone is no name in spite of its capital: a day, a faith, a degree after a name, a minister's portfolio."""
    lower = token.lower_
    if any(lower in words("shapes.txt", section) for section in ("calendar", "no_actor")) or lower.endswith(("ism", "phobia")):
        return True
    if label != "PERSON" and token.is_sent_start and token.tag_ == "NN" and token.dep_ == "compound" and token.head.text.islower():
        return True  # "Defense attorney": the capital is that of the sentence
    before = token.nbor(-1) if token.i else token
    if before.pos_ == "PROPN" and token.text.isupper() and lower in HONOURS:
        return True
    if lower.strip(".") in GENERATIONS or (before.text == "," and lower.strip(".") in SUFFIXES):
        return True
    office = token.nbor(-2) if token.i > 1 and before.lower_ in ("of", "for") else token
    return label != "PERSON" and lower in words("shapes.txt", "portfolio") and is_title(office)


def _opens_name(doc: Doc, i: int, end: int, label: str) -> bool:
    """Whether a name may begin with this token of a chunk that ends before ``end``."""
    token = doc[i]
    if token.lower_ in words("titles.txt", "particle") and i + 1 < end and token.pos_ != "DET":
        return True
    # Nothing but titles is no name ("Prime Minister"), nor what belongs to an office ("New Home" before "Secretary Ada Brook").
    if all(is_title(doc[j]) for j in range(i, end)) or _is_of_office(doc, i, end):
        return False
    # "In Riverton", "When Brook": a function word with the capital of its sentence.
    if i + 1 < end and token.pos_ in _FUNCTION_TAGS and token.is_stop:
        return False
    if not _may_be_name(token) or token.pos_ == "DET" or token.lower_ in ("the", "a", "an"):
        return False
    if token.is_sent_start and (_reports(token) or (token.tag_ == "VBG" and i + 1 < end)):
        return False
    if label != "PERSON":
        return not _is_ranked(doc, i, end) and not (label == "" and _is_label_of_person(doc, i, end))
    if _follows_trade(token) and end - i == 2:
        return True  # "singer Ally Brooke": one trade stands before the name already
    # Of a person: "President Ada Brook" and "Leading Ada Brook" begin at "Ada"; "Iraqi Ada Brook" too.
    titled = is_title(token) or _is_prime(doc, i) or (token.lower_.endswith("ing") and not is_given_name(token.text))
    return not ((titled and (end - i > 1 or is_title(token))) or (token.lower_ in demonyms() and end - i > 2))


def _is_ranked(doc: Doc, i: int, end: int) -> bool:
    """Whether a rank or form of address opens what the recogniser took for a body: "Cllr Jean Abbot", but not "Major League"."""
    personal = doc[i].lower_.rstrip(".") in words("titles.txt", "personal")
    return end - i > 2 and is_rank(doc[i]) and (personal or is_given_name(doc[i + 1].text))


def _is_label_of_person(doc: Doc, i: int, end: int) -> bool:
    """Whether a word before a full name only says what somebody is: a trade, a side, a party or a nationality ("Conservative Ada Brook")."""
    if end - i < 3 or is_given_name(doc[i].text):
        return False
    label = is_title(doc[i]) or doc[i].lower_ in words("groups.txt", "side") or doc[i].lower_ in demonyms()
    return label and shape(doc[i:end].text) is None and doc[i].dep_ in ("compound", "amod", "nmod")


def _follows_trade(token: Token) -> bool:
    """Whether a trade or office in small letters stands before a word and describes the same name: "singer Ally Brooke"."""
    before = token.nbor(-1) if token.i else token
    return before.i < token.i and before.text.islower() and is_title(before) and before.head.i == token.head.i and not is_rank(token)


def _reports(token: Token) -> bool:
    """Whether a capital at the start of a sentence may be a verb's: "Stated Brook:"."""
    lower = token.lower_
    stems = (lower.removesuffix("d"), lower.removesuffix("ed")) if lower.endswith("ed") else ()
    return lower == "said" or any(stem in reporting_verbs() for stem in stems)


def _is_of_office(doc: Doc, i: int, end: int) -> bool:
    """Whether words before an office belong to it and name nobody: "New Home" in "New Home Secretary", "Shadow" in "Shadow Europe minister"."""
    office = words("shapes.txt", "portfolio") | words("titles.txt", "holder")
    if doc[i].lower_ in words("titles.txt", "holder"):
        after = next((doc[j] for j in range(i + 1, min(i + 4, len(doc))) if is_title(doc[j])), None)
        return after is not None and all(doc[j].head.i >= i for j in range(i, after.i))
    whole = all(doc[j].lower_ in office for j in range(i, end))
    return whole and end < len(doc) and is_title(doc[end]) and doc[end - 1].head.i >= end


def _is_prime(doc: Doc, i: int) -> bool:
    """Whether a word is the first of a title of two: "Prime Minister", "First Lady"."""
    return (
        doc[i].lower_ in ("prime", "vice", "first", "former")
        and i + 1 < len(doc)
        and doc[i + 1].lower_ in ("minister", "president", "lady")
    )


def _may_be_name(token: Token) -> bool:
    """Whether a name may begin or end with this token: it has a capital or a digit, and is no mark or function word."""
    number = token.text[:1].isdigit() and "." not in token.text
    return (token.text[:1].isupper() and token.pos_ not in ("PUNCT", "PART")) or number


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
        grown.append(replace(chunk, start=start, end=end, label=_label_of_grown(doc, chunk, start, end)))
    return tuple(grown)


def _is_no_part(token: Token, chunk: Chunk) -> bool:
    """Whether a word before a name is none of it: a title, a verb, or before a person a trade ("Goalkeeper Pedro Lins")."""
    return (
        is_title(token)
        or (token.is_sent_start and (_reports(token) or (chunk.label == "PERSON" and token.lower_.endswith("ing"))))
        or (chunk.label == "PERSON" and token.lower_ in words("people.txt", "role") and not is_given_name(token.text))
        or token.lower_ in words("titles.txt", "holder")
        or (chunk.label == "PERSON" and token.lower_ in words("groups.txt", "side"))
    )


def _is_same_name(doc: Doc, i: int, start: int, end: int) -> bool:
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
        inside = i < paragraph.tokens.end and i not in taken and _in_run(doc[i], start is not None)
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield from _stripped(doc, Chunk(start, i))
            start = None


def _in_run(token: Token, going: bool) -> bool:
    """Whether a token goes on with a run of proper nouns (``going``), or may begin one."""
    if token.ent_type_ in _TITLES_OF_WORKS or token.lower_ in words("shapes.txt", "calendar"):
        return False
    if token.text == "-" and going:
        return not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN"
    if token.lower_.strip(".") in SUFFIXES or (token.i + 1 < len(token.doc) and token.nbor().text == ":"):
        return False
    return token.pos_ == "PROPN" and token.text[:1].isupper() and not (is_title(token) and not going)


def _recurring(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks and every other place where a labelled name stands, word by word, though tagged otherwise or found in part;
    likewise for known names of several words, and for the surnames of people named in full ("Mr. King" after "Ada King")."""
    doc = analysis.doc
    people = [chunk for chunk in chunks if _is_person(doc, chunk) and chunk.end - chunk.start > 1]
    surnames = {doc[chunk.end - 1].text for chunk in people} | {doc[i].text for i in _addressed(doc, chunks)}
    # "Waters" after "Kathryn Waters": the plural ending of a surname is none, where the recogniser sees a person.
    usual_surnames = {
        doc[chunk.end - 1].text
        for chunk in people
        if shape(chunk.text(doc)) is None and (has_given_name(doc, chunk) or (chunk.label == "PERSON" and is_given_name(doc[chunk.start].text)))
    } - {
        token.text.title() for token in doc if token.is_lower
    }
    chunks = tuple(_without_rank(doc, chunk, surnames) for chunk in chunks)
    forms = {tuple(name.split()) for name in known_parties() if " " in name and name.replace(" ", "").isalpha()}
    # Only names that a recogniser saw somewhere are sought elsewhere: a run of capitals may be a mistake each time.
    labelled = (chunk for chunk in chunks if chunk.label and chunk.label != "NORP" and doc[chunk.end - 1].pos_ == "PROPN")
    forms |= {tuple(token.text for token in doc[chunk.start : chunk.end]) for chunk in labelled}
    lengths = _lengths(forms)
    at = {i: chunk for chunk in chunks for i in range(chunk.start, chunk.end)}
    found: dict[int, Chunk] = {chunk.start: chunk for chunk in chunks}
    for i, token in enumerate(doc):
        if i not in at and token.text in surnames and _stands_alone(token, token.text in usual_surnames):
            found[i] = Chunk(i, i + 1)
        for length in lengths.get(token.text, ()):
            end = i + length
            if end > len(doc) or tuple(word.text for word in doc[i:end]) not in forms:
                continue
            inside = [at[j] for j in range(i, end) if j in at]
            # Shorter chunks inside give way to the whole name; one that reaches beyond keeps its words.
            if all(i <= part.start and part.end <= end and part.end - part.start < length for part in inside):
                for part in inside:
                    found.pop(part.start, None)
                found[i] = Chunk(i, end)
                at.update(dict.fromkeys(range(i, end), found[i]))
    return tuple(sorted(found.values(), key=lambda chunk: chunk.start))


def _addressed(doc: Doc, chunks: tuple[Chunk, ...]) -> Iterator[int]:
    """The surnames that stand by themselves after a form of address: "Mr Ito", so that "Ito" alone is one too."""
    for chunk in chunks:
        before = doc[chunk.start - 1] if chunk.start else None
        if chunk.end - chunk.start == 1 and before is not None and before.lower_.rstrip(".") in words("titles.txt", "courtesy"):
            yield chunk.start


def _lengths(forms: Collection[tuple[str, ...]]) -> dict[str, list[int]]:
    """How many words names have that begin with a word, the longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for form in forms:
        found[form[0]].add(len(form))
    return {first: sorted(several, reverse=True) for first, several in found.items()}


def _is_person(doc: Doc, chunk: Chunk) -> bool:
    """Whether a chunk is a person's name by its label, or for want of one by its given name."""
    return chunk.label == "PERSON" or (not chunk.label and has_given_name(doc, chunk) and shape(chunk.text(doc)) is None)


def _without_rank(doc: Doc, chunk: Chunk, surnames: Collection[str]) -> Chunk:
    """The chunk without a rank that the recogniser took for a part of it: "Dr Berg", where Ada Berg is named in full."""
    ranked = chunk.end - chunk.start == 2 and is_rank(doc[chunk.start]) and doc[chunk.start + 1].text in surnames
    return Chunk(chunk.start + 1, chunk.end) if ranked else chunk


def _stands_alone(token: Token, is_usual: bool) -> bool:
    """Whether a word may be a surname by itself: it has no proper noun beside it, and no article of a noun that it is a part of. What the
    tagger takes for a common noun ("Stokes said") is a name only if ``is_usual``: after a usual given name elsewhere, and never without its
    capital."""
    doc, i = token.doc, token.i
    before, after = doc[i - 1 : i], doc[i + 1 : i + 2]
    noun = is_usual and token.pos_ == "NOUN" and token.left_edge.i == i
    if (
        not (token.pos_ == "PROPN" or noun)
        or before.text == "-"
        or after.text == "-"
        or (after.text[:1].isupper() and after[0].pos_ == "PROPN")
    ):
        return False
    return before.text.lower() != "the" and (not before.text[:1].isupper() or before[0].pos_ != "PROPN" or is_title(before[0]))


def _trusted(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Those that other evidence than capitals makes a name, and words that may be one, as doubtful; in a headline in capitals, only names of
    the text below."""
    doc = analysis.doc
    in_headline_case = {
        i for paragraph in analysis.paragraphs if _capitalised(paragraph) for i in range(paragraph.tokens.start, paragraph.tokens.end)
    }
    known = Counter(name_key(chunk.text(doc)) for chunk in chunks if chunk.label and chunk.start not in in_headline_case)
    in_prose = [chunk for chunk in chunks if chunk.start not in in_headline_case]
    parts = {part for chunk in in_prose if _is_person(doc, chunk) for part in chunk.text(doc).split()}
    parts |= {doc[chunk.end - 1].text for chunk in in_prose if chunk.label == "ORG" and chunk.end - chunk.start > 1}

    lower = {token.text.title() for token in doc if token.text.islower()}

    def recurs(text: str) -> bool:
        return name_key(text) in known or text in parts or name_key(text) in states() or text in known_parties()

    def kept(chunk: Chunk) -> tuple[Chunk, ...]:
        text = chunk.text(doc)
        # In ordinary prose a label or a party's place in the clause is evidence enough.
        if recurs(text) or (chunk.start not in in_headline_case and (chunk.label or _acts(doc, chunk))):
            return (chunk,)
        if chunk.start not in in_headline_case:
            return (replace(chunk, doubtful=True),) if text not in lower and _may_stand_alone(doc, chunk) else ()
        # Of a headline's run only the words that the text below uses as names: "Brook Slams Harbor Plan" has "Brook" and "Harbor".
        known_words = tuple(replace(chunk, start=i, end=i + 1) for i in range(chunk.start, chunk.end) if recurs(doc[i].text))
        unknown_person = chunk.label == "PERSON" and " " in text and not text.isupper()
        return known_words or ((chunk,) if unknown_person else ())

    return tuple(found for chunk in chunks for found in kept(chunk))


def _may_stand_alone(doc: Doc, chunk: Chunk) -> bool:
    """Whether an unlabelled capital is a word that may be somebody's name: no acronym, and no part of a noun beside it."""
    head = doc[chunk.start]
    alone = chunk.end - chunk.start == 1 and head.is_alpha and len(head) > 2 and head.text[1:].islower()
    return alone and head.pos_ == "PROPN" and head.dep_ not in ("compound", "amod", "nmod")


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
        head.dep_ in _ACTING_ARCS and head.head.pos_ in ("VERB", "NOUN", "PROPN") and not _is_first_word(head)
    )


def _is_first_word(token: Token) -> bool:
    """Whether a word has its capital from its place: at the start of a sentence, or after the
    dash of a dateline that opens it."""
    before = token.doc[token.sent.start : token.i]
    return token.is_sent_start or (before.text.isupper() and before[-1].text in ("—", "–", "-", "--"))


def _grouped(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Two chunks that the parser makes one name, joined: "University of Texas" and "Arlington" stay apart, "Church of" X does not."""
    doc = analysis.doc
    alone = {chunk.text(doc) for before, chunk, after in _in_threes(chunks) if not (_borders(before, chunk) or _borders(chunk, after))}
    joined: list[Chunk] = []
    for chunk in chunks:
        last = joined[-1] if joined else None
        if last is not None and _one_name(doc, last, chunk) and not _are_two(doc, last, chunk, alone):
            joined[-1] = Chunk(last.start, chunk.end, _label_of_joined(doc, last, chunk))
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
    return {left.text(doc), right.text(doc)} <= alone and not is_given_name(doc[left.start].text)


def _one_name(doc: Doc, left: Chunk, right: Chunk) -> bool:
    between = doc[left.end : right.start]
    if len(between) == 1 and between[0].lower_ == "of" and left.end - left.start == 1:
        head = doc[left.start]
        return head.lower_ in words("shapes.txt", "organization") and between[0].head == head and right.label != "PERSON"
    if len(between) or "NORP" in (left.label, right.label) or doc[left.end - 1].head.i not in range(right.start, right.end):
        return False
    if left.end - left.start == right.end - right.start == 1 and not is_title(doc[right.start]):
        return name_key(left.text(doc)) not in states()
    return "PERSON" not in (left.label, right.label) and shape(doc[left.start : right.end].text) is not None


def _label_of_joined(doc: Doc, left: Chunk, right: Chunk) -> str:
    """The label of two chunks that are one name: by its generic word; else a person's, if one of them is; else left open."""
    kind = shape(doc[left.start : right.end].text)
    if kind is not None or doc[left.end].lower_ == "of":
        return "FAC" if kind == "place" else "ORG"
    return "PERSON" if "PERSON" in (left.label, right.label) else ""


_COMPARING = frozenset({"than", "of", "as", "like", "unlike", "be", "is", "was", "were", "are"})
"""After these a possessor may stand without what is possessed: "was Harbor's", "bigger than Harbor's"."""


def _with_own_mark(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks with the "'s" that belongs to a firm's name: "McDonald's has" shows that it is none of a possessor."""
    doc = analysis.doc
    marked = [chunk for chunk in chunks if chunk.label == "ORG" and doc[chunk.end : chunk.end + 1].text in ("'s", "’s")]
    marks = {id(chunk) for chunk in marked}
    own = {chunk.text(doc) for chunk in marked if _possesses_nothing(doc, chunk) and not has_given_name(doc, chunk)}
    return tuple(replace(chunk, end=chunk.end + 1) if id(chunk) in marks and chunk.text(doc) in own else chunk for chunk in chunks)


def _possesses_nothing(doc: Doc, chunk: Chunk) -> bool:
    """Whether nothing possessed follows the mark after a name, where it would have to."""
    after = doc[chunk.end + 1 : chunk.end + 2]
    ends = not len(after) or after[0].pos_ in ("VERB", "AUX", "PUNCT", "ADP", "SPACE") or after[0].is_space
    before = doc[chunk.start - 1].lower_ if chunk.start else ""
    # In "Harbor's new board" the tagger sees an adjective; a participle may be one.
    return ends and before not in _COMPARING and not (len(after) and after[0].tag_ in ("VBN", "VBG"))


_JOINING_TITLES = frozenset({",", "and", "or", "now", "then", "later", "also", "&", "the"})


def _beside_titles(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Those that do not go on with a list of titles of works ("roles in I Love Hats, Finding Nowhere and Meet the Bakers"): what is
    coordinated with a title is one. A person's name is none."""
    doc = analysis.doc
    titles = [title for title in doc.ents if title.label_ == "WORK_OF_ART" and not _plainly_speaks(doc, title) and not _is_full_name(doc, title)]
    listed = {i for title in titles for i in _listed_after(doc, title.end)}
    return tuple(chunk for chunk in chunks if chunk.start not in listed or chunk.label == "PERSON" or has_given_name(doc, chunk))


def _listed_after(doc: Doc, i: int) -> Iterator[int]:
    """The words with capitals that go on after a title of a work, over commas and "and", up to the first other word."""
    # What follows the title at once is no next title: "Hamlet Ada Brook directed".
    while i < len(doc) and doc[i].lower_ in _JOINING_TITLES:
        i += 1
        while i < len(doc) and (doc[i].text[:1].isupper() or doc[i].lower_ in _JOINING_TITLES or doc[i].lower_ in ("of", "in", "a")):
            if doc[i].text[:1].isupper():
                yield i
            i += 1


_PARTY_IN_BRACKETS = frozenset({"con", "lab", "ld", "lib", "dem", "dup", "snp", "sdlp", "ind", "green", "plaid", "ukip", "uup"})
"""How councillors' and legislators' parties are shortened in brackets (Hansard)."""


def _constituencies(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks with wards and constituencies as places, where brackets after a name give them with a party: "(Con, Stoke Abbot)"."""
    doc = analysis.doc
    found = []
    for chunk in chunks:
        opening = _bracket_of_party(doc, chunk.start)
        if opening is None:
            found.append(chunk)
        elif chunk.start > opening + 1:
            found.append(replace(chunk, label="GPE"))
    return tuple(found)


def _bracket_of_party(doc: Doc, i: int) -> int | None:
    """The opening bracket with a party after it that a word stands in; none for other words."""
    for j in range(i - 1, max(i - 5, -1), -1):
        if doc[j].text == "(":
            return j if j + 1 < len(doc) and doc[j + 1].lower_.rstrip(".") in _PARTY_IN_BRACKETS else None
    return None


Step = Callable[[Analysis, tuple[Chunk, ...]], tuple[Chunk, ...]]
# Each sees the chunks of those before it. The user's names come last, so that no rule takes them apart again.
STEPS: tuple[tuple[str, Step], ...] = (
    ("entities of the recogniser, trimmed", _entities),
    ("stretched over the rest of the name", _stretched),
    ("runs of proper nouns", _proper_nouns),
    ("pieces of one name joined", _grouped),
    ("names that recur", _recurring),
    ("firms with a mark of their own", _with_own_mark),
    ("names with evidence", _trusted),
    ("no titles in a list of works", _beside_titles),
    ("constituencies in brackets", _constituencies),
    ("names that the user gives", given_chunks),
)
