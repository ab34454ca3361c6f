"""Where a name begins and ends among words with capitals: what belongs to it, what only stands beside it, and where a stretch that a
recogniser took for one name is really two."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from onrecord.extract.actors.mention import GENERATIONS, HONOURS, SUFFIXES, Chunk, calls_body, has_given_name, is_rank, is_title
from onrecord.extract.actors.name_evidence import is_told_paper
from onrecord.extract.actors.names_of_bodies import AGAINST, DIGITS_OF_GOALS
from onrecord.extract.actors.word_lists import demonyms, federated_states, is_given_name, name_key, shape, states, words
from onrecord.extract.tokens import Doc, Token, reporting_verbs

_FUNCTION_TAGS = frozenset({"ADP", "SCONJ", "CCONJ", "PRON", "ADV"})


_BEFORE_I = frozenset({"am", "as", "can", "could", "did", "do", "had", "have", "may", "might", "must", "should", "than", "was", "will"}) | {
    "would"
}
"""Operators and conjunctions that end a sentence with "I": "so do **I**", "older than **I**" (Quirk et al. 1985, 6.4, 12.29)."""


def closes_sentence(token: Token) -> bool:
    """Whether "I." is the pronoun at the end of a sentence, which tokenizers take for an initial of the next: "So do **I.** Lee says"."""
    return token.text == "I." and token.i > 0 and token.nbor(-1).lower_ in _BEFORE_I


def stripped(doc: Doc, chunk: Chunk) -> Iterator[Chunk]:
    """The chunk without outer words that are no part of a name; nothing where none is left."""
    start, end = chunk.start, chunk.end
    start += end - start > 1 and closes_sentence(doc[start])
    # "Harbor Bridge Image: Ann Lee" credits a picture, and the name is the bridge's.
    if end < len(doc) and doc[end].text == ":" and doc[end - 1].lower_ in words("shapes.txt", "credit"):
        end -= 1
    while start < end and not _opens_name(doc, start, end, chunk.label):
        start += 1
    while start < end and not _closes_name(doc, start, end, chunk.label):
        end -= 1
    end = _before_score(doc, start, end)
    # "Ada Brook QC": letters after a full name.
    while end - start > 2 and doc[end - 1].lower_ in HONOURS and doc[end - 1].text.isupper() and shape(doc[start:end].text) is None:
        end -= 1
    if start < end and not (end - start == 1 and _is_no_name(doc[start], chunk.label)):
        yield Chunk(start, end, chunk.label)


def _closes_name(doc: Doc, start: int, end: int, label: str) -> bool:
    """Whether a name may end with the last token of a chunk: a word with a capital, no modal of a headline ("Brook May" before "be"), and,
    but for people, no title: "Harbor Secretary"; "The Harbor Reporter" is a paper."""
    last, after = doc[end - 1], doc[end : end + 1]
    if not _may_be_name(last) or (last.lower_ in _MODALS and len(after) and after[0].is_lower and after[0].tag_ == "VB"):
        return False
    if end - start > 1 and last.lower_ in _ADVERBS:
        return False  # "Brook Out", "Marsh In" of a headline
    club = end - start > 1 and last.lower_ in words("games.txt", "club")  # Rangers are no title there
    paper = start > 0 and doc[start - 1].lower_ == "the" and not after.text[:1].isupper() and shape(doc[start:end].text) == "media"
    return label == "PERSON" or not is_title(last) or paper or club or is_told_paper(doc, start, end) or _is_body_of(doc, start, end)


def _is_body_of(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch is a body's noun with those in the plural whom it is of or for, or with its portfolio: "Association of Harbour
    Pilots", "National Union of Teachers", "Ministry of Justice"."""
    generic = words("groups.txt", "organization") | words("shapes.txt", "organization") | {"house"}  # "House of Lords"
    joined = next((i for i in range(start + 1, end - 1) if doc[i].lower_ in ("of", "for")), None)
    if joined is None or doc[joined - 1].lower_ not in generic:
        return False
    named = all(token.text[:1].isupper() or token.lower_ == "the" for token in doc[start:joined])
    last = doc[end - 1].lower_
    return named and (last.endswith("s") or last in words("shapes.txt", "portfolio"))  # taggers give those in names no plural


_ADVERBS = frozenset(
    {"about", "against", "at", "away", "back", "by", "down", "for", "from", "in", "of", "off", "on", "out", "over", "to", "up", "with"}
)
"""Prepositions and the adverbs of phrasal verbs (Quirk et al. 1985, 16.2), with which no name ends, whatever a headline's capitals."""
_MODALS = frozenset({"can", "could", "may", "might", "must", "should", "will", "would"})
"""Modal verbs that headlines write with a capital."""
_SCORE = re.compile(r"\d{1,3}(?:[-–]\d{1,3})?")


def _before_score(doc: Doc, start: int, end: int) -> int:
    """Where a name ends after which a score stands: "Arden 3-0"."""
    at = end
    while at > start + 1 and (_SCORE.fullmatch(doc[at - 1].text) or doc[at - 1].text in ("-", "–")):
        at -= 1
    scored = doc[at:end].text
    return at if re.fullmatch(r"\d{1,3}[-–]\d{1,3}", scored) else end


def _is_no_name(token: Token, label: str) -> bool:
    """Whether a word alone is no name in spite of its capital: a day, a faith, a degree after a name, a minister's portfolio."""
    lower = token.lower_
    if any(lower in words("shapes.txt", section) for section in ("calendar", "no_actor")) or lower.endswith(("ism", "phobia", "fest")):
        return True
    if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i and only_describes(token.doc, token.i, token.head.i + 1):
        return True
    if label != "PERSON" and token.is_sent_start and token.tag_ == "NN" and token.dep_ == "compound" and token.head.text.islower():
        return True  # "Defense attorney": the capital is that of the sentence
    if not label and token.is_sent_start and token.dep_ == "amod" and token.head.text.islower():
        return True  # "Disconsolate voters"
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
    called = i > 0 and calls_body(doc[i - 1]) and doc[i - 1].text.islower()  # "rock band Queen"
    if not called and not is_told_paper(doc, i, end) and (all(is_title(doc[j]) for j in range(i, end)) or _is_of_office(doc, i, end)):
        return False
    if i + 1 < end and token.lower_ in words("shapes.txt", "calendar") and i and doc[i - 1].lower_ == "in":
        return False  # "in April Harbor Bank said"
    # "In Riverton", "When Brook": a function word with the capital of its sentence.
    if i + 1 < end and token.pos_ in _FUNCTION_TAGS and token.is_stop:
        return False
    if not _may_be_name(token) or token.pos_ == "DET" or token.lower_ in ("the", "a", "an"):
        return False
    # "Follow Ada Brook": an imperative has its capital from the sentence.
    verb = token.tag_ in ("VBG", "VB") and i + 1 < end and not is_given_name(token.text)
    if token.is_sent_start and (may_report(token) or verb):
        return False
    if only_describes(doc, i, end) or (i + 2 < end and doc[i + 1].lower_ == "of" and token.lower_ in _OFFICES_OF_PLACES):
        return False
    if label != "PERSON":
        if i + 2 == end and token.lower_ in words("groups.txt", "side") and doc[i + 1].lower_ in _CHAMBERS:
            return False  # "the Republican Senate"
        return not (_is_ranked(doc, i, end) or _is_prime(doc, i)) and not (
            label == "" and (_is_label_of_person(doc, i, end) or is_trade(doc, i, end))
        )
    if _follows_trade(token) and end - i == 2:
        return True  # "singer Ally Brooke": one trade stands before the name already
    # Of a person: "President Ada Brook" and "Leading Ada Brook" begin at "Ada"; "Iraqi Ada Brook" too.
    titled = (
        is_title(token) or _is_prime(doc, i) or is_trade(doc, i, end) or (token.lower_.endswith("ing") and not is_given_name(token.text))
    )
    return not ((titled and (end - i > 1 or is_title(token))) or (token.lower_ in demonyms() and end - i > 2))


_CHAMBERS = frozenset({"congress", "house", "senate"})
_OFFICES_OF_PLACES = frozenset({"archbishop", "bishop", "dean", "governor", "mayor", "rector", "sheriff"})
"""Offices that are held over a place, whose name alone is one: "the Bishop of Riverton" (CAMEO codebook, Schrodt 2012, chapter 3)."""


def only_describes(doc: Doc, i: int, end: int) -> bool:
    """Whether a word that opens a sentence has its capital from there and only says what somebody is who is named behind it: "Resident
    Aisha Karim", "Drugmaker Velosan", "Rival Austechna". What may be the name of a body keeps it: "Worker Voice", "Club Brugge".
    """
    word, name = doc[i], doc[i + 1 : end]
    if not word.is_sent_start or not len(name) or not name[0].text[:1].isupper() or shape(doc[i:end].text) is not None:
        return False
    if word.lower_ in words("groups.txt", "beside") or word.lower_ in words("groups.txt", "maker"):
        return True
    kin = words("people.txt", "kin")
    if (len(name) > 1 or is_given_name(name[0].text)) and word.lower_.removesuffix("s") in kin and word.lower_ not in kin:
        return True  # "Brothers Saul Marsh and Abel Marsh", "Sisters Ann and Ruth Marsh"
    nouns = words("people.txt", "role") | words("people.txt", "people") | words("titles.txt", "constable")
    return len(name) > 1 and word.lower_ in nouns and is_given_name(name[0].text) and not is_given_name(word.text)


def is_trade(doc: Doc, i: int, end: int) -> bool:
    """Whether a word that opens a sentence and ends as nouns for those who do something is a trade before a full name: "Boxer Carl Marsh"
    (Quirk et al. 1985, appendix I.31-45)."""
    word = doc[i]
    agentive = word.lower_.endswith(("er", "or", "ist", "ian", "man", "woman")) and word.lower_ not in words("surnames.txt", "surname")
    full = end - i > 2 and is_given_name(doc[i + 1].text) and not is_given_name(word.text)
    return agentive and full and word.is_sent_start


def _is_ranked(doc: Doc, i: int, end: int) -> bool:
    """Whether a rank or form of address opens what the recogniser took for a body: "Cllr Jean Abbot", "Det Insp Ada Marsh", but not "Major
    League"."""
    if end - i < 3 or not is_rank(doc[i]):
        return False
    return doc[i].lower_.rstrip(".") in words("titles.txt", "personal") or is_rank(doc[i + 1]) or is_given_name(doc[i + 1].text)


def _is_label_of_person(doc: Doc, i: int, end: int) -> bool:
    """Whether a word before a full name only says what somebody is: a trade, a party, a nationality ("Conservative Ada Brook")."""
    if end - i < 3 or is_given_name(doc[i].text):
        return False
    label = is_title(doc[i]) or doc[i].lower_ in words("groups.txt", "side") or doc[i].lower_ in demonyms()
    return label and shape(doc[i:end].text) is None and doc[i].dep_ in ("compound", "amod", "nmod")


def _follows_trade(token: Token) -> bool:
    """Whether a trade, an office or a relative in small letters stands before a word and describes the same name: "singer Ally Brooke",
    "his brother Dean Marsh"."""
    before = token.nbor(-1) if token.i else token
    kin = before.lower_ in words("people.txt", "kin")
    tied = before.head.i == token.head.i or (kin and token.head.head.i == before.i)
    return before.i < token.i and before.text.islower() and (kin or is_title(before)) and tied and not is_rank(token)


def may_report(token: Token) -> bool:
    """Whether a capital at the start of a sentence may be a verb's: "Stated Brook:"."""
    lower = token.lower_
    stems = (lower.removesuffix("d"), lower.removesuffix("ed")) if lower.endswith("ed") else ()
    return lower == "said" or any(stem in reporting_verbs() for stem in stems)


def _is_of_office(doc: Doc, i: int, end: int) -> bool:
    """Whether words before an office belong to it and name nobody: "New Home" in "New Home Secretary"; "Shadow" alone does."""
    office = words("shapes.txt", "portfolio") | words("titles.txt", "holder")
    if doc[i].lower_ in words("titles.txt", "holder"):
        if name_key(doc[i : i + 2].text) in federated_states() | states().keys():
            return False  # "New York Gov. Ada Brook"
        after = next((doc[j] for j in range(i + 1, min(i + 4, len(doc))) if is_title(doc[j])), None)
        return after is not None and all(doc[j].head.i >= i for j in range(i, after.i))
    whole = all(doc[j].lower_ in office for j in range(i, end))
    return whole and end < len(doc) and is_title(doc[end]) and doc[end - 1].head.i >= end


def _is_prime(doc: Doc, i: int) -> bool:
    """Whether a word is the first of a title of two: "Prime Minister", "First Lady", "Most Rev"."""
    if i + 1 >= len(doc):
        return False
    if doc[i].lower_ in ("prime", "vice", "first", "former"):
        return doc[i + 1].lower_ in ("minister", "president", "lady")
    return doc[i].lower_ in ("most", "right", "very") and doc[i + 1].lower_.rstrip(".") in ("hon", "rev", "revd", "reverend")


def _may_be_name(token: Token) -> bool:
    """Whether a name may begin or end with this token: it has a capital or a digit, and is no mark or function word."""
    number = token.text[:1].isdigit() and "." not in token.text
    return (token.text[:1].isupper() and token.pos_ not in ("PUNCT", "PART")) or number


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


def owns_person(doc: Doc, chunk: Chunk, i: int) -> bool:
    """Whether a possessive mark inside a stretch stands before somebody's full name: "the Gazette's Ada Brook" are two."""
    rest = Chunk(i + 1, chunk.end)
    return doc[i].tag_ == "POS" and rest.end - rest.start > 1 and has_given_name(doc, rest) and shape(rest.text(doc)) is None


def is_possessor(doc: Doc, chunk: Chunk, i: int, people: Collection[str]) -> bool:
    """Whether a mark inside a stretch is that of whoever has what follows: a state, a person ("Brook's Office of Management", "Marsh's
    Jewish in-laws"), or anybody before a number. Firms have marks of their own inside: "Brook's Bakery". The ``people`` are all
    whom the recogniser calls so, by full name and surname."""
    if doc[i].tag_ != "POS" and doc[i].text != "’s":
        return False
    named, after = doc[chunk.start : i].text, doc[i + 1 : i + 2]
    if name_key(named) in states() or after.text[:1].isdigit():
        return True
    several = (
        chunk.end - i > 3
        or (len(after) and after[0].tag_ == "JJ")
        or after.text.lower() in demonyms()
        or after.text.lower() in words("groups.txt", "side")
    )
    return several and named in people


def says_what_happens(token: Token) -> bool:
    """Whether a word inside a stretch is a verb in small letters, which no name has: "Brook May be Leaving Harbor"."""
    return token.is_lower and token.pos_ in ("VERB", "AUX") and token.tag_ in ("VB", "VBD", "VBZ", "VBP")


def parts_names(doc: Doc, chunk: Chunk, i: int, *, recurs: bool) -> bool:
    """Whether a word inside a stretch joins two names instead of standing in one: "Arsenal **to** Real Madrid", "Arden **v** Marlow".

    ``recurs`` says whether the article has the whole stretch more than once, as it has the names of firms.
    """
    lower = doc[i].lower_
    if lower in AGAINST or _is_goals(doc, chunk, i):
        return True
    if lower == "to":
        given = doc[chunk.start : i].root
        transferred = given.dep_ == "dobj" and given.head.lemma_ in _TRANSFERRING
        return transferred or (doc[i].head.i not in range(chunk.start, chunk.end) and doc[i].dep_ == "prep")
    return lower == "and" and not recurs and _joins_two(doc, chunk, i)


_TRANSFERRING = frozenset({"give", "hand", "lease", "lend", "lose", "return", "sell", "send", "transfer"})
"""Verbs of a change of possession (Levin 1993, 13.1 and 11.1), after whose object "to" names another party."""
_LONGEST_SIDE = 4
"""Words of a side's name that a recogniser may have left out."""


def _is_goals(doc: Doc, chunk: Chunk, i: int) -> bool:
    """Whether a number inside a stretch is what the first side scored, the other's standing behind the stretch: "Arden Town 2 Marlow 0"."""
    if not doc[i].text.isdigit() or len(doc[i]) > DIGITS_OF_GOALS:
        return False
    after = next((token for token in doc[chunk.end : chunk.end + _LONGEST_SIDE] if not token.text.istitle()), None)
    return after is not None and after.text.isdigit() and len(after) <= DIGITS_OF_GOALS


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
