"""Which stretches of capitals are names: those that recur, that act, or that nothing shows to be something else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from itertools import takewhile

from onrecord.extract.actors.mention import DATELINE, Chunk, has_family_first, has_given_name, is_rank, is_title
from onrecord.extract.actors.names_of_bodies import find_fixtures, find_opponents, is_club
from onrecord.extract.actors.word_lists import gender_of_name, is_given_name, known_parties, name_key, shape, states, titles, words
from onrecord.extract.language import Analysis, Paragraph
from onrecord.extract.tokens import Doc, Name, Token, reporting_verbs
from onrecord.extract.transcript import dateline_end

_ACTING_ARCS = frozenset({"nsubj", "nsubjpass", "agent", "dobj", "dative", "poss", "appos"})


def plainly_speaks(doc: Doc, entity: Name) -> bool:
    """Whether what the recogniser takes for a work stands outside marks as the subject of a verb of saying, or as who is told something:
    "Ilse Brandt said", "told the Evening Star that"."""
    first = entity.start + (doc[entity.start].lower_ == "the")
    words_ = doc[first : entity.end]
    capitals = len(words_) > 0 and all(word.pos_ == "PROPN" and word.text[:1].isupper() for word in words_)
    marked = entity.start > 0 and doc[entity.start - 1].is_quote and entity.end < len(doc) and doc[entity.end].is_quote
    return capitals and not marked and (_says(words_.root) or is_told(words_.root))


def _says(noun: Token) -> bool:
    return noun.dep_ == "nsubj" and noun.head.pos_ == "VERB" and noun.head.lemma_ in reporting_verbs()


def is_agent(noun: Token) -> bool:
    """Whether a word is the subject of a verb that only somebody can be the subject of: "Brandt hired", "Marsh resigned"."""
    verb = noun.head
    return noun.dep_ == "nsubj" and verb.tag_ in ("VBD", "VBZ", "VBP", "VBN") and verb.lemma_ in words("people.txt", "agent")


_TELLING = frozenset({"tell", "inform"})
"""Verbs whose object is told what their clause says (Levin 1993, 37.2)."""


def is_told(noun: Token) -> bool:
    """Whether a word is whom somebody tells something: "told **the Gazette**"."""
    near = noun.i - noun.head.i <= 4  # farther is another clause's
    return noun.dep_ in ("dobj", "dative") and noun.head.lemma_ in _TELLING and near


def is_told_paper(doc: Doc, start: int, end: int) -> bool:
    """Whether a name with "the" before it ends as outlets' do among others, and is told something: "told the **Evening Star**"."""
    last = doc[end - 1]
    return start > 0 and doc[start - 1].lower_ == "the" and last.lower_ in words("shapes.txt", "told_media") and is_told(last)


def is_full_name(doc: Doc, entity: Name) -> bool:
    """Whether what the recogniser takes for a work or a product is a given name and a surname, outside quotation marks."""
    words_ = doc[entity.start : entity.end]
    marked = entity.start > 0 and doc[entity.start - 1].is_quote
    return (
        not marked and len(words_) == 2 and all(w.pos_ == "PROPN" for w in words_) and has_given_name(doc, Chunk(entity.start, entity.end))
    )


def with_recurring(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks and every other place where a labelled name stands, word by word, though tagged otherwise or found in part;
    likewise for known names of several words, and for the surnames of people named in full ("Mr. King" after "Ada King")."""
    doc = analysis.doc
    people = [chunk for chunk in chunks if _is_person(doc, chunk) and chunk.end - chunk.start > 1]
    surnames = {doc[chunk.end - 1].text for chunk in people} | {doc[i].text for i in _addressed(doc, chunks)}
    # "Waters" after "Kathryn Waters": the plural ending of a surname is none, where the recogniser sees a person.
    usual_surnames = {
        doc[chunk.end - 1].text
        for chunk in people
        if shape(chunk.text(doc)) is None
        and (has_given_name(doc, chunk) or (chunk.label == "PERSON" and is_given_name(doc[chunk.start].text)))
    } - {token.text.title() for token in doc if token.is_lower}
    chunks = tuple(_without_rank(doc, chunk, surnames) for chunk in chunks)
    forms = {tuple(name.split()) for name in known_parties() if " " in name and name.replace(" ", "").isalpha()}
    # Only names that a recogniser saw somewhere are sought elsewhere: a run of capitals may be a mistake each time.
    labelled = (chunk for chunk in chunks if chunk.label and chunk.label != "NORP" and doc[chunk.end - 1].pos_ == "PROPN")
    forms |= {tuple(token.text for token in doc[chunk.start : chunk.end]) for chunk in labelled}
    forms |= {(word,) for word in _sides(doc, chunks)} | {(doc[i].text,) for i in _given_before(doc, people)}
    forms |= {
        (*doc[chunk.start + 1 : chunk.end].text.replace("-", " - ").split(),) for chunk in people if has_family_first(chunk.text(doc))
    }
    lengths = _lengths(forms)
    at = {i: chunk for chunk in chunks for i in range(chunk.start, chunk.end)}
    found: dict[int, Chunk] = {chunk.start: chunk for chunk in chunks}
    for i, token in enumerate(doc):
        if i not in at and token.text in surnames and _stands_alone(token, token.text in usual_surnames) and not _is_month(token):
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


_TOWNS = frozenset({"city", "county", "town"})
"""Last words of clubs' names that by themselves are those of places."""


def _sides(doc: Doc, chunks: tuple[Chunk, ...]) -> frozenset[str]:
    """The words that name sides of games by themselves: the last words of the names of clubs and of those whom they
    play, and what stands in a fixture."""
    clubs = {doc[chunk.end - 1] for chunk in chunks if is_club(name_key(chunk.text(doc)))}
    opponents = find_opponents(doc, ((name_key(chunk.text(doc)), doc[chunk.start : chunk.end].root.i) for chunk in chunks))
    playing = {key.rpartition(" ")[2] for key in opponents if " " in key} - {token.text for token in doc if token.is_lower}
    return (
        find_fixtures(doc)
        | {doc[chunk.end - 1].text for chunk in chunks if doc[chunk.end - 1].lower_ in playing}
        | {last.text for last in clubs if last.lower_ not in _TOWNS and last.lower_ not in words("surnames.txt", "surname")}
    )


def _given_before(doc: Doc, people: Sequence[Chunk]) -> Iterator[int]:
    """The usual given names that "and" ties to somebody's full name: "Ann and Peter Marsh", after which "Ann" alone is a name too."""
    for chunk in people:
        i = chunk.start - 2
        if i >= 0 and doc[i + 1].lower_ == "and" and doc[i].pos_ == "PROPN" and gender_of_name(doc[i].text):
            yield i


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


_OF_MONTHS = frozenset(
    {"by", "during", "early", "every", "following", "from", "in", "last", "late", "mid", "next", "of", "on", "since", "this", "until"}
)
"""Words that stand before months."""


def _is_month(token: Token) -> bool:
    """Whether a word that may be a month or somebody's surname is the month: "in May", "May 3", not "May said"."""
    doc, i = token.doc, token.i
    if token.lower_ not in words("shapes.txt", "calendar"):
        return False
    before, after = doc[i - 1 : i].text.lower(), doc[i + 1 : i + 2].text
    return before in _OF_MONTHS or before[:1].isdigit() or after[:1].isdigit() or (token.ent_type_ == "DATE" and token.dep_ != "nsubj")


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


def with_evidence(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Those that other evidence than capitals makes a name, and words that may be one, as doubtful; in a headline in capitals, only names
    of the text below."""
    doc = analysis.doc
    # A sentence that is all there is heads nothing, however many names it has.
    headlines = [one for one in analysis.paragraphs if _capitalised(one)] if not _is_one_sentence(analysis) else []
    in_headline_case = {i for paragraph in headlines for i in range(paragraph.tokens.start, paragraph.tokens.end)}
    known = Counter(name_key(chunk.text(doc)) for chunk in chunks if chunk.label and chunk.start not in in_headline_case)
    in_prose = [chunk for chunk in chunks if chunk.start not in in_headline_case]
    parts = {part.strip("\"“”'‘’") for chunk in in_prose if _is_person(doc, chunk) for part in chunk.text(doc).split()}
    parts |= {doc[chunk.end - 1].text for chunk in in_prose if chunk.label == "ORG" and chunk.end - chunk.start > 1} | _sides(doc, chunks)

    lower = {token.text for token in doc if token.is_lower}

    def recurs(text: str) -> bool:
        return name_key(text) in known or text in parts or name_key(text) in states() or text in known_parties()

    def kept(chunk: Chunk) -> tuple[Chunk, ...]:
        text = chunk.text(doc)
        # In ordinary prose a label or a party's place in the clause is evidence enough.
        if recurs(text) or (chunk.start not in in_headline_case and (chunk.label or _acts(doc, chunk) or _is_called(doc, chunk, lower))):
            return (chunk,)
        if chunk.start not in in_headline_case:
            return (replace(chunk, doubtful=True),) if text.lower() not in lower and _may_stand_alone(doc, chunk) else ()
        # Of a headline's run only the words that the text below uses as names: "Brook Slams Harbor Plan" has "Brook" and "Harbor".
        known_words = tuple(replace(chunk, start=i, end=i + 1) for i in range(chunk.start, chunk.end) if recurs(doc[i].text))
        named = _without_headline_verb(doc, chunk)
        return known_words or ((named,) if _is_unknown_person(doc, named, lower) else ())

    return tuple(found for chunk in chunks for found in kept(chunk))


def _without_headline_verb(doc: Doc, chunk: Chunk) -> Chunk:
    """The chunk of a headline without the verb in -s after a person's full name: "Joan Petty Quits"."""
    if chunk.label != "PERSON" or chunk.end - chunk.start < 3:
        return chunk
    surnames = words("surnames.txt", "surname")
    named = range(chunk.start + 2, chunk.end)
    verb = next((i for i in named if doc[i - 1].lower_ in surnames and doc[i].lower_.endswith("s") and doc[i].lower_ not in surnames), None)
    return replace(chunk, end=verb) if verb is not None else chunk


def _is_unknown_person(doc: Doc, chunk: Chunk, lower: Set[str]) -> bool:
    """Whether a headline names a person whom the text below does not: no word of the name is a common noun ("Man Shot")."""
    text = chunk.text(doc)
    several = chunk.end - chunk.start > 1 and not text.isupper() and not any(letter.isdigit() for letter in text)
    named = doc[chunk.start : chunk.end]
    lists = (lower, words("people.txt", "people"), words("people.txt", "generic"), titles())
    return chunk.label == "PERSON" and several and not any(token.lower_ in common for token in named for common in lists)


_SURNAME_SHAPE = re.compile(r"(?:[OD]['’]|Ma?c)?[A-Z][^\W\d_A-Z]+")
"""A word with one capital, or with the second of "O'Hara" and "McLean"."""


def _may_stand_alone(doc: Doc, chunk: Chunk) -> bool:
    """Whether an unlabelled capital is a word that may be somebody's name: no acronym, and no part of a noun beside it."""
    head = doc[chunk.start]
    alone = chunk.end - chunk.start == 1 and len(head) > 2 and _SURNAME_SHAPE.fullmatch(head.text) is not None
    return alone and head.pos_ == "PROPN" and head.dep_ not in ("compound", "amod", "nmod")


def _is_one_sentence(analysis: Analysis) -> bool:
    """Whether an article is one paragraph that ends with a full stop."""
    return len(analysis.paragraphs) == 1 and analysis.doc.text.rstrip().endswith((".", ".”", '."', "!", "?"))


def _capitalised(paragraph: Paragraph) -> bool:
    """Whether nearly all words begin with a capital, and all verbs, as in a headline: capitals then say nothing about names."""
    long = [token for token in paragraph.tokens if token.is_alpha and len(token) > 3]
    if any(token.is_lower and token.pos_ in ("VERB", "AUX") for token in paragraph.tokens):
        return False  # "Ada Brook met Tom Lake in Paris."
    shouted = len(long) > 1 and all(token.text.isupper() for token in long)  # "FULL TEXT"
    return shouted or (len(long) > 2 and sum(token.text[0].isupper() for token in long) > 0.8 * len(long))


def _acts(doc: Doc, chunk: Chunk) -> bool:
    """Whether an unlabelled run of proper nouns is used as a party's name: several words long, or at a party's place in its clause."""
    head = doc[chunk.start : chunk.end].root
    if head.dep_ == "compound" and head.head.i not in range(chunk.start, chunk.end):
        return chunk.end - chunk.start > 1 and head.head.lower_ in words("groups.txt", "apposed")  # "the Save Harbor Library group"
    if chunk.text(doc).isupper() and head.dep_ == "pobj":
        return True
    return chunk.end - chunk.start > 1 or (
        head.dep_ in _ACTING_ARCS and head.head.pos_ in ("VERB", "NOUN", "PROPN") and not _is_first_word(head)
    )


def _is_called(doc: Doc, chunk: Chunk, lower: Set[str]) -> bool:
    """Whether a word that opens a sentence is a usual name of people, and does something there: "Robinson lectures on"."""
    head = doc[chunk.start : chunk.end].root
    usual = is_given_name(head.text) or head.lower_ in words("surnames.txt", "surname")
    acts = head.dep_ in ("nsubj", "nsubjpass") and head.head.pos_ == "VERB" and head.head.i > head.i
    return usual and acts and head.pos_ == "PROPN" and head.lower_ not in lower


def _is_first_word(token: Token) -> bool:
    """Whether a word has its capital from its place: at the start of a sentence, or after the
    dash of a dateline that opens it."""
    before = token.doc[token.sent.start : token.i]
    return token.is_sent_start or (before.text.isupper() and before[-1].text in ("—", "–", "-", "--"))


_COMPARING = frozenset({"than", "of", "as", "like", "unlike", "be", "is", "was", "were", "are"})
"""After these a possessor may stand without what is possessed: "was Harbor's", "bigger than Harbor's"."""


def with_own_mark(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks with the "'s" that belongs to a firm's name: "McDonald's has" shows that it is none of a possessor."""
    doc = analysis.doc
    marked = [
        chunk for chunk in chunks if (chunk.label == "ORG" or _is_saint(doc, chunk)) and doc[chunk.end : chunk.end + 1].text in ("'s", "’s")
    ]
    marks = {id(chunk) for chunk in marked}
    own = {chunk.text(doc) for chunk in marked if _possesses_nothing(doc, chunk) and not has_given_name(doc, chunk)}
    return tuple(replace(chunk, end=chunk.end + 1) if id(chunk) in marks and chunk.text(doc) in own else chunk for chunk in chunks)


def _is_saint(doc: Doc, chunk: Chunk) -> bool:
    """Whether a name is a saint's, after whom churches, schools and hospitals are called: "sued St Luke's"."""
    return chunk.end - chunk.start > 1 and doc[chunk.start].lower_.strip(".") in ("st", "saint")


def _possesses_nothing(doc: Doc, chunk: Chunk) -> bool:
    """Whether nothing possessed follows the mark after a name, where it would have to."""
    after = doc[chunk.end + 1 : chunk.end + 2]
    ends = not len(after) or after[0].pos_ in ("VERB", "AUX", "ADP") or after[0].is_space or after[0].text in (".", ",", ";", ":")
    before = doc[chunk.start - 1].lower_ if chunk.start else ""
    # In "Harbor's new board" the tagger sees an adjective; a participle may be one.
    return ends and before not in _COMPARING and not (len(after) and after[0].tag_ in ("VBN", "VBG"))


_JOINING_TITLES = frozenset({",", "and", "or", "now", "then", "later", "also", "&", "the"})


def without_titles(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Those that do not go on with a list of titles of works ("roles in I Love Hats, Finding Nowhere and Meet the Bakers"): what is
    coordinated with a title is one. A person's name is none."""
    doc = analysis.doc
    titles = [
        title for title in doc.ents if title.label_ == "WORK_OF_ART" and not plainly_speaks(doc, title) and not is_full_name(doc, title)
    ]
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


def with_datelines(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks with the towns of datelines as such, whatever their capitals look like, and without the agency that stands behind them:
    "SIOUX FALLS, S.D. (AP) -"."""
    doc = analysis.doc
    lines = [_dateline(doc, paragraph) for paragraph in analysis.paragraphs if doc[paragraph.tokens.start].text.isupper()]
    towns = {i for line in lines for i in takewhile(lambda i: doc[i].text != "(", line)}
    agencies = {i for line in lines for i in line} - towns
    left = (chunk for chunk in chunks if chunk.start not in agencies)
    return tuple(replace(chunk, label=DATELINE) if chunk.start in towns else chunk for chunk in left)


def _dateline(doc: Doc, paragraph: Paragraph) -> tuple[int, ...]:
    """The tokens of the dateline that a paragraph opens with; none where it has none."""
    end = dateline_end(doc.text, paragraph.block.span)
    return tuple(token.i for token in takewhile(lambda token: token.idx < end, paragraph.tokens))


_PARTY_IN_BRACKETS = frozenset({"con", "lab", "ld", "lib", "dem", "dup", "snp", "sdlp", "ind", "green", "plaid", "ukip", "uup"})
"""How councillors' and legislators' parties are shortened in brackets (Hansard)."""


def with_constituencies(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
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
