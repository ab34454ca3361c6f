"""What each name of an article names: a person, a body of some kind, a place, or no party.

What lists, titles, kin and nouns beside a name say, and what only a body has, comes first; the rest is weighed
(:mod:`onrecord.extract.actors.name_types`), over all uses of the name together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, cast

from onrecord.extract.actors.mention import (
    DATELINE,
    SMALL_WORDS,
    Chunk,
    calls_body,
    has_given_name,
    is_title,
    rank_start,
)
from onrecord.extract.actors.name_evidence import is_agent, is_told_paper
from onrecord.extract.actors.name_types import MOST_USES, Names, NameType, type_weights
from onrecord.extract.actors.names_of_bodies import find_fixtures, find_grounds, find_opponents, find_sides, is_club, is_in_fixture
from onrecord.extract.actors.word_lists import (
    capitals,
    demonyms,
    federated_states,
    is_given_name,
    is_inert,
    known_parties,
    name_key,
    provinces,
    shape,
    states,
    words,
)
from onrecord.extract.tokens import Doc, Token
from onrecord.model import ActorType

_PARTIES: tuple[NameType, ...] = ("person", "organization", "place")
_NO_PARTY = 0.75
"""From so likely on a name is no party's, whatever else it may be: of names of parties one in fifty is judged so."""
_NO_NAME = 0.3
"""The same for a word that nothing but its capital makes a name."""


def judge_types(doc: Doc, chunks: Sequence[Chunk]) -> Mapping[str, ActorType | None]:
    """The type of each name, by its key; None for one that is no party's.

    What the program's lists say of a name comes first, then what only a body has (fighters of its own, a plural); the rest is weighed.
    """
    names = Names(doc, chunks)
    judged = {
        key: _listed_type(key, uses[0].text(doc)) or _type_of_uses(doc, names, key, uses[:MOST_USES]) for key, uses in names.uses.items()
    }
    fixtures = {name_key(word) for word in find_fixtures(doc)}
    sides = find_sides(doc, names.uses, fixtures)
    # A person plays too, and is nobody's side, unless named as only clubs are.
    judged |= {
        key: "organization"
        for key, kind in judged.items()
        if key in sides and (kind in ("place", "state", None) or is_club(key) or (key in fixtures and not names.is_surname(key)))
    }
    opponents = find_opponents(doc, ((key, doc[use.start : use.end].root.i) for key, uses in names.uses.items() for use in uses))
    judged |= {key: "person" for key, kind in judged.items() if kind == "organization" and _is_bearer(key, judged)}
    judged |= dict.fromkeys(opponents, "organization")
    judged |= dict.fromkeys(find_grounds(doc, names.uses), "place")
    judged |= {key: None for key, uses in names.uses.items() if fixtures and all(is_in_fixture(doc, use) for use in uses)}
    ended = _types_of_endings(judged, opponents)
    return judged | {key: ended[key] for key, kind in judged.items() if key in ended and (kind is None or ended[key] == "organization")}


def _types_of_endings(judged: Mapping[str, ActorType | None], opponents: Collection[str]) -> Mapping[str, ActorType]:
    """The type of a word by the longer name that it ends, where nothing else says whose it is: "Havel" after "Marek Havel" is somebody,
    "Palace" after "Crystal Palace" a club, and the last word of one of the ``opponents`` of a club too."""
    found: dict[str, set[ActorType]] = {}
    for key, kind in judged.items():
        longer, _, last = key.rpartition(" ")
        if longer and kind is not None and (kind == "person" or is_club(key) or key in opponents):
            found.setdefault(last, set()).add(kind)
    return {last: next(iter(kinds)) for last, kinds in found.items() if len(kinds) == 1}


def _is_bearer(key: str, judged: Mapping[str, ActorType | None]) -> bool:
    """Whether the last word of a name stands alone elsewhere as a person's: "Gisela Dulko" where "Dulko, who had lost" is somebody."""
    _, _, last = key.rpartition(" ")
    if last == key or is_club(key):
        return False  # "United" by itself is the club
    _, _, rest = key.partition(" ")
    if rest.partition(" ")[0] in words("titles.txt", "particle") and rest != last:
        last = rest  # "Ines del Valle" where "Del Valle" is somebody
    return judged.get(last) == "person" and shape(key) is None and _listed_type(key, key) is None


def _listed_type(key: str, text: str) -> ActorType | None:
    """The type of a state or continent, and of a party whose names the program knows."""
    if is_inert(key) or key in provinces() or key.rstrip(".") in words("shapes.txt", "province"):
        return "place"
    if key in states():
        return "state"
    if text in known_parties():
        return known_parties()[text].type
    if key in words("groups.txt", "side") and f"{text}s" in known_parties():
        return known_parties()[f"{text}s"].type  # "Conservative voters"
    # "Afghan Taliban": a word of nationality before a name that the program knows.
    first, _, rest = text.partition(" ")
    return known_parties()[rest].type if first.lower() in demonyms() and rest in known_parties() else None


def _type_of_uses(doc: Doc, names: Names, key: str, uses: Sequence[Chunk]) -> ActorType | None:
    """The type that all uses of a name together show."""
    if any(use.label == DATELINE for use in uses):
        return "place"
    if names.is_event(key):
        return None
    if any(_is_settlement(doc, use) or (_is_home(doc, use) and shape(key) in (None, "place") and not is_club(key)) for use in uses):
        return "place"
    if any(_is_before_fighters(doc, use) for use in uses):
        return "armed_group"
    if 2 * sum(_is_people(doc, use, family=names.is_family(key)) for use in uses) > len(uses) and not names.is_surname(key):
        return "described_group"
    if any(_is_paper(doc, use) for use in uses):
        return "media"
    last = doc[uses[0].end - 1]
    # "McDonald's", whose mark is its own, and "Harbor Ltd".
    if uses[0].end - uses[0].start > 1 and (last.tag_ == "POS" or last.lower_.strip(".,") in words("shapes.txt", "legal_form")):
        return "organization"
    if not names.is_surname(key) and any(_is_work(doc, use) for use in uses):
        return None
    if not names.is_surname(key) and (called := _type_by_noun_beside(doc, uses)) is not None:
        return called
    if (called := next((kind for use in uses if (kind := _type_by_noun_after(doc, use))), None)) is not None:
        return called
    if any(_has_kin(doc, use) or _titled(doc, use) or (shape(key) is None and _is_human(doc, use)) for use in uses):
        return "person"
    return _weighed_type(doc, names, key, uses)


def _weighed_type(doc: Doc, names: Names, key: str, uses: Sequence[Chunk]) -> ActorType | None:
    """The type that the learned weights find likeliest, unless a sign that is too rare to be learned says otherwise."""
    seen = names.features(key)
    odds = type_weights().judge(seen)
    told = next((kind for use in uses if (kind := _type_by_apposition(doc, use))), None) or _surely_body(names, uses, seen, odds)
    # A common noun at the start of a sentence has no more than its capital, whatever the recogniser sees in it: "Glamour was brought".
    doubtful = all(use.doubtful or _is_noun_in_front(doc, use) for use in uses) or _is_perhaps_thing(doc, uses, seen)
    unlikely = odds["other"] > (_NO_NAME if doubtful else _NO_PARTY) and shape(uses[0].text(doc)) is None
    if unlikely and told is None and not any(_speaks(doc, use) or is_agent(doc[use.start : use.end].root) for use in uses):
        return None
    likeliest: NameType = max(_PARTIES, key=lambda kind: odds[kind])
    shaped = shape(uses[0].text(doc))
    best = told or cast("ActorType", likeliest)
    if told is None and best == "organization" and "plain and says" in seen and "begins with a place" not in seen:
        best = "person"  # of those who say something and look like this, forty-nine of fifty in annotated texts are people
    if best == "place" and all(_is_recipient(doc, use) for use in uses):
        best = "organization"
    if key in capitals() and not _OF_PEOPLE & seen.keys():
        best = "place"  # or its state, which the use of the name says
    if told == "organization" and shaped == "place":
        return told  # "his publisher, Harbor House"
    return shaped if shaped is not None and (best != "person" or _may_be_no_person(doc, uses)) else best


def _may_be_no_person(doc: Doc, uses: Sequence[Chunk]) -> bool:
    """Whether a name that ends with the generic word of bodies is none of a person: "Church" ends the names of churches, and of people; but
    "the" stands before the former only, people have given names, and recognisers see a body at least somewhere."""
    if doc[uses[0].end - 1].lower_ in words("surnames.txt", "surname"):
        return False
    article = any(use.start and doc[use.start - 1].lower_ == "the" for use in uses)
    return article or not has_given_name(doc, uses[0]) or any(use.label == "ORG" for use in uses)


def _is_perhaps_thing(doc: Doc, uses: Sequence[Chunk], seen: Mapping[str, float]) -> bool:
    """Whether a name may well be a thing's: an acronym that is never used as a body's, or what stands before a noun for a product."""
    if "capitals" in seen and "words 1" in seen:
        return not any(_is_bodily(doc, use) for use in uses)
    heads = [doc[use.start : use.end].root for use in uses]
    made = any(head.dep_ in ("compound", "nmod") and head.head.lemma_.lower() in words("shapes.txt", "product") for head in heads)
    return made and not any(_acts(doc, use) for use in uses)


_TOWARDS_BODIES = frozenset({"against", "at", "by", "for", "to", "with"})
"""Prepositions after which capitals are those of a body rather than of an illness, a standard or a test: "works for the NBA"."""


def _is_bodily(doc: Doc, use: Chunk) -> bool:
    """Whether an acronym is used as only those of bodies are: it does something, owns something, or has "the" or people of its own."""
    head = doc[use.start : use.end].root
    above = head.head
    if use.end < len(doc) and doc[use.end].text == "-" and not doc[use.end].whitespace_:
        return True  # "NBF-backed"
    if head.dep_ in ("nsubj", "nsubjpass", "agent", "poss", "appos", "conj") or any(child.lower_ == "the" for child in head.lefts):
        return True
    if head.dep_ in ("compound", "nmod"):
        return is_title(above) or above.pos_ == "PROPN" or above.lemma_.lower() in words("groups.txt", "organization")
    of_somebody = above.lower_ in ("of", "from") and (is_title(above.head) or above.head.pos_ == "PROPN")  # "Ada Brook of NWSC"
    return head.dep_ == "pobj" and (above.lower_ in _TOWARDS_BODIES or of_somebody)


def _is_noun_in_front(doc: Doc, use: Chunk) -> bool:
    """Whether a use is one word that opens a sentence and looks like a common noun."""
    first = doc[use.start]
    return use.end - use.start == 1 and first.is_sent_start and first.tag_ == "NN" and first.text.istitle()


_OF_PEOPLE = frozenset({"given name of a person", "ranked", "says he or she", "surname of a person", "then he or she", "titled"})
"""Features of which one must be there for a capital's name to be somebody's."""
_ADJECTIVES = ("ive", "ical", "ional", "ental", "ous", "ful", "less", "able", "ible", "ary")
"""Endings of adjectives (Quirk et al. 1985, appendix I.48-56), with which no given name ends."""
_SURE = 0.4
"""How likely it must be a person whom the recogniser takes for a body each time."""


def _surely_body(
    names: Names, uses: Sequence[Chunk], seen: Mapping[str, float], odds: Mapping[NameType, float]
) -> Literal["organization"] | None:
    """The type of what must be a body for a reason too rare in annotated texts to be weighed: it says "it" of itself, is in the plural or
    named like a club and acts, named after its trade or its partners, begins with an adjective, or has an acronym's letters."""
    doc = names.doc
    last = doc[uses[0].end - 1]
    # The sign stands in names of firms, and between two given names (Chicago Manual of Style 10.24).
    if "has &" in seen and not is_given_name(last.text):
        return "organization"
    if any(token.text.istitle() and token.lower_ in SMALL_WORDS for token in doc[uses[0].start + 1 : uses[0].end]):
        return "organization"  # "Hands Off Our Harbor"
    if "given name first" in seen or "says he or she" in seen or "then he or she" in seen or "aged" in seen:
        return None
    first, several = doc[uses[0].start].lower_, "words 1" not in seen
    acts = any(_speaks(doc, use) or _acts(doc, use) for use in uses)
    if several and _ends_in_country(doc, uses[0]):
        return "organization"
    named = several and (
        "ends in a trade" in seen or first.endswith(_ADJECTIVES) or (acts and ("ends as clubs do" in seen or "ends in a plural" in seen))
    )
    kept = not several and any(_is_founded(doc, use) or (not names.is_of_game and _is_traded(doc, use)) for use in uses)
    acronym = "capitals" in seen and seen.get("label PERSON", 0.0) < 1.0 and len(first) > 2 and any(_is_bodily(doc, use) for use in uses)
    doubted = (
        "plain" not in seen
        and seen.get("label ORG", 0.0) == 1.0
        and odds["person"] < _SURE
        and odds["person"] > max(odds["organization"], odds["place"])
    )
    collective = "plural to its verb" in seen and not ("usual surname last" in seen and "given name first" in seen)
    return "organization" if "says it" in seen or named or kept or collective or (acronym and not several) or doubted else None


_COMPASS = frozenset({"central", "east", "eastern", "new", "north", "northern", "south", "southern", "west", "western"})


def _ends_in_country(doc: Doc, use: Chunk) -> bool:
    """Whether a name ends with the country or the state that a body of two or three words serves: "Agritech Wales", "Sport England"."""
    last = doc[use.end - 1].text
    country = name_key(last) in states() or name_key(last) in federated_states()
    joined = any(token.lower_ in ("and", "of", "-", ",") for token in doc[use.start : use.end])
    first = doc[use.start]
    nation = last in ("Scotland", "Wales")  # surnames too, and of bodies far more often the last word
    plain = nation or use.label in ("ORG", "") or last.lower() not in words("surnames.txt", "surname")
    described = first.lower_ in _COMPASS or first.lower_ in demonyms() or first.text.endswith("ern")
    return country and plain and not joined and not described and use.label not in ("GPE", "LOC")


def _acts(doc: Doc, use: Chunk) -> bool:
    """Whether a name is the subject or the object of a verb."""
    head = doc[use.start : use.end].root
    return head.dep_ in ("nsubj", "nsubjpass", "dobj", "agent") and head.head.pos_ == "VERB"


_FOUNDING = frozenset({"acquire", "co-found", "found", "nationalise", "nationalize", "privatise", "privatize"})
"""Verbs whose object is a body (WordNet 3.0, "establish, found", "acquire, get", "nationalize"): towns are founded too."""
_MANNING = frozenset({"employ", "manufacture"})
"""Verbs whose subject is a body far more often than a person (WordNet 3.0, "hire, engage", "fabricate")."""


def _is_founded(doc: Doc, use: Chunk) -> bool:
    """Whether a name is that of what somebody founds or buys whole, of what employs people, or has
    shares: "founded Harlo in 2014", "shares in Harlo"."""
    head = doc[use.start : use.end].root
    verb = head.head.lemma_
    shares = head.dep_ == "pobj" and head.head.lower_ == "in" and head.head.head.lower_ in ("share", "shares", "stake")
    return shares or (head.dep_ in ("dobj", "nsubjpass") and verb in _FOUNDING) or (head.dep_ == "nsubj" and verb in _MANNING)


_GIVING = frozenset({"donate", "lease", "lend", "owe", "pay", "sell"})
"""Verbs of a change of possession, after which "to" names who has it then (Levin 1993, 13.1)."""


def _is_recipient(doc: Doc, use: Chunk) -> bool:
    """Whether somebody sells, lends or pays something to a name of one word: "sold its arm to Kittan"."""
    head = doc[use.start : use.end].root
    return use.end - use.start == 1 and head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lemma_ in _GIVING


_TAKING_OVER = frozenset({"acquire", "buy", "purchase"})
"""Verbs of which a body may be subject and object: who is bought is a player (Levin 1993, 13.5)."""


def _is_traded(doc: Doc, use: Chunk) -> bool:
    """Whether a name of one word is bought, or buys what has a name: "Velosan bought Koldby", "agreed to buy it". Who buys something else
    may be anybody; people are named in full when they are named first."""
    token = doc[use.start]
    if token.lower_ in words("surnames.txt", "surname") or is_given_name(token.text) or use.label in ("GPE", "LOC"):
        return False
    if token.dep_ in ("dobj", "nsubjpass"):
        return _is_taking_over(token.head)
    verbs = [token.head, *(child for child in token.head.rights if child.dep_ == "xcomp")] if token.dep_ == "nsubj" else []
    return any(_is_taking_over(verb) and any(one.dep_ == "dobj" and one.pos_ == "PROPN" for one in verb.rights) for verb in verbs)


def _is_taking_over(verb: Token) -> bool:
    """Whether a verb says that something is bought, and from nobody who is named beside it."""
    return verb.lemma_ in _TAKING_OVER and not any(child.lower_ == "from" for child in verb.rights)


def _is_paper(doc: Doc, use: Chunk) -> bool:
    """Whether a use is the one word that outlets' names end with, after "the" and with a capital of its own: "told The Herald". Some of
    these words end others' names too, and an outlet's only where it is told something: "told the **Star**", "told the **Evening Star**"."""
    one = use.end - use.start == 1 and doc[use.start].text.istitle() and doc[use.start].lower_ in words("shapes.txt", "media")
    plain = use.start > 0 and doc[use.start - 1].lower_ == "the" and not doc[use.start].is_sent_start and doc[use.start].pos_ == "PROPN"
    return (one and plain) or is_told_paper(doc, use.start, use.end)


def _is_people(doc: Doc, use: Chunk, *, family: bool) -> bool:
    """Whether a use is a plural name ("Democrats", "the Dunns"), or one of nationality or creed; "in Leeds" nobody is."""
    one = doc[use.start]
    located = one.dep_ == "pobj" and one.head.lower_ in ("in", "at", "near")
    plural = use.end - use.start == 1 and one.tag_ == "NNPS" and not located
    return use.label == "NORP" or (plural and (family or use.label not in ("PERSON", "ORG")))


def _speaks(doc: Doc, chunk: Chunk) -> bool:
    """Whether the name is the subject of a verb with a "that" clause, or "who" refers to it: places seldom are."""
    head = doc[chunk.start : chunk.end].root
    if any(child.dep_ == "relcl" and any(word.lower_ == "who" for word in child.children) for child in head.children):
        return True
    return head.dep_ == "nsubj" and any(child.dep_ == "ccomp" for child in head.head.children)


def _is_before_fighters(doc: Doc, chunk: Chunk) -> bool:
    """Whether a word for fighters follows a name of one word, "Hezbollah militias", or the fighters are those of a name: "fighters of the
    Hill Brigade", "rebels of the Hill Army". A party or a club may have them too, but a noun of its name says what it is."""
    of = doc[chunk.start : chunk.end].root.head
    if of.lower_ == "of" and chunk.label in ("ORG", "PERSON", "") and shape(chunk.text(doc)) in (None, "armed_group", "armed_force"):
        bearing = words("groups.txt", "fighters") | {"rebel"} if shape(chunk.text(doc)) else words("groups.txt", "fighters")
        fighters = of.head.lower_.endswith("s") and of.head.lower_.removesuffix("s") in bearing  # tagged by its capital at the start
        return fighters and any(child.lower_ == "the" for child in doc[chunk.start : chunk.end].root.lefts)
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
    # "Crude producer Yunos" is as likely a firm; "producer Ada Moss" has a given name.
    firm = word in words("groups.txt", "maker") and not has_given_name(doc, chunk)
    office = not firm and (word in words("titles.txt", "office") or word in words("people.txt", "role"))
    return office and before.head.i in range(chunk.start, chunk.end) and before.dep_ in ("compound", "amod", "nmod")


def _has_kin(doc: Doc, chunk: Chunk) -> bool:
    """Whether the name is the possessor of a relative: "Jonty's sister", "Jonty's sister Ada"; places and bodies have none."""
    if chunk.end + 1 >= len(doc) or doc[chunk.end].tag_ != "POS":
        return False
    kin = doc[chunk.end + 1]
    alone = kin.pos_ == "NOUN" and (kin.head.pos_ != "NOUN" or kin.dep_ not in ("compound", "amod", "nmod"))
    return alone and kin.lower_ in words("people.txt", "kin")


_AGED = re.compile(r", ?\d\d ?,")
"""What stands behind a name and is an age: "Abidemi, 27, was"."""
_CHILDREN = frozenset({"brother", "daughter", "granddaughter", "grandson", "husband", "nephew", "niece", "sister", "son", "widow", "wife"})
"""Nouns for kin that are hardly said of bodies and places, as "father" and "mother" are."""


def _is_human(doc: Doc, chunk: Chunk) -> bool:
    """Whether a name stands where only people's do: for who was jailed or married, whose camp or family it is, whose daughter somebody
    is."""
    head = doc[chunk.start : chunk.end].root
    above = head.head
    if chunk.label in ("GPE", "LOC", "NORP") or doc[chunk.end - 1].tag_ == "NNPS" or name_key(chunk.text(doc)) in capitals():
        return False
    if head.dep_ in ("dobj", "nsubjpass") and above.lemma_ in words("people.txt", "patient"):
        return True
    if head.dep_ in ("nsubj", "nsubjpass") and _AGED.match(doc[chunk.end : chunk.end + 3].text):
        return True
    if head.dep_ == "pobj" and above.lower_ == "of" and head.left_edge.lower_ != "the":
        return above.head.lower_ in _CHILDREN
    usual = doc[chunk.end - 1].lower_ in words("surnames.txt", "surname") and shape(chunk.text(doc)) is None
    return usual and head.dep_ == "compound" and above.i == chunk.end and above.lemma_ in words("people.txt", "followers")


def _is_work(doc: Doc, chunk: Chunk) -> bool:
    """Whether a name stands beside a noun for a work or a product and is its name: "the film, The Long Walk", "his novel Harbor",
    "its drug, Velosan"."""
    before = _noun_before(doc, chunk)
    titled = doc[chunk.start - 1].text in ("The", "A") or doc[chunk.start - 1].is_quote if chunk.start else False
    if (
        before is None
        or (has_given_name(doc, chunk) and not titled)
        or before.lower_ not in (words("shapes.txt", "work") | words("shapes.txt", "product"))
    ):
        return False
    return _is_tied(doc, before, chunk)


def _type_by_noun_beside(doc: Doc, uses: Sequence[Chunk]) -> ActorType | None:
    """The type of a body that a noun right before one of the uses says, or else what it has: members, and people of its own."""
    called = next((kind for use in uses if (kind := _type_by_noun_before(doc, use))), None)
    owns = any(_has_members(doc, use) or _has_namebearer(doc, use) for use in uses)
    return called or ("organization" if owns else None)


def _type_by_noun_before(doc: Doc, chunk: Chunk) -> ActorType | None:
    """The type that the noun for a body says which stands right before a name: "rock band The Verdant", "think tank Demos", "the journal
    Nature Notes"."""
    before = _noun_before(doc, chunk)
    if before is None or doc[chunk.start - 1].text == "," or not _is_tied(doc, before, chunk):
        return None
    article = any(child.dep_ in ("det", "poss") for noun in (before, doc[chunk.start : chunk.end].root) for child in noun.lefts)
    if article and has_given_name(doc, chunk):
        return None  # "the band Tom Lake joined" is somebody's, "rock band Jethro Holler" is one
    lemma = before.lemma_.lower()
    if lemma in words("groups.txt", "outlet"):
        return "media"
    if lemma == "group" and before.i and before.nbor(-1).lemma_.lower() in words("groups.txt", "arms"):
        return "armed_group"
    firm = lemma in words("groups.txt", "maker") and chunk.label == "ORG" and not has_given_name(doc, chunk)
    return "organization" if firm or calls_body(before) else None


def _noun_before(doc: Doc, chunk: Chunk) -> Token | None:
    """The noun before a name, over an article with a capital and a comma: "film" in "the film, The Long Walk"."""
    i = chunk.start - 1
    while i > 0 and (doc[i].text in (",", "The", "A") or doc[i].is_quote):
        i -= 1
    return doc[i] if i >= 0 and (doc[i].pos_ in ("NOUN", "PROPN") or calls_body(doc[i])) else None


def _is_tied(doc: Doc, noun: Token, chunk: Chunk) -> bool:
    """Whether a noun before a name is of one phrase with it: it hangs on the name, or the name on it."""
    head = doc[chunk.start : chunk.end].root
    return noun.head.i in range(chunk.start, chunk.end) or (head.head.i == noun.i and head.dep_ in ("appos", "compound", "nmod"))


_ONLY_BODIES = frozenset(
    {"airline", "band", "charity", "choir", "company", "consortium", "firm", "orchestra", "quango", "retailer", "startup"}
)
"""Nouns for bodies that are said of no person and of no place (hyponyms of "organization" and "musical organization" in WordNet 3.0)."""


def _type_by_noun_after(doc: Doc, chunk: Chunk) -> ActorType | None:
    """The type that a noun in apposition behind a name says, where few nouns say it: "Open Seas, an alliance of eleven states", "the
    Lorn Star, a weekly newspaper", "Dawn, an armed group". A person may be called a rebel, so that says nothing of a name."""
    # Parsers tie the noun to the name's head or to its last word.
    for noun in (noun for i in range(chunk.start, chunk.end) for noun in doc[i].rights if noun.i >= chunk.end):
        if noun.dep_ != "appos" or noun.tag_ != "NN" or noun.left_edge.lower_ not in ("a", "an", "the"):
            continue
        lemma = noun.lemma_.lower()
        if lemma in words("groups.txt", "coalition") and any(child.lower_ == "of" for child in noun.rights):
            return "coalition"
        if lemma in words("groups.txt", "outlet") or lemma in ("broadcaster", "daily"):
            return "media"
        if lemma in _ONLY_BODIES and not has_given_name(doc, chunk):
            return "organization"
        described = {child.lemma_.lower() for child in noun.lefts}
        if lemma in words("groups.txt", "armed_group") or (lemma == "group" and described & (words("groups.txt", "arms") | {"armed"})):
            return "armed_group"
    return None


_LONGEST_AGE = 3
"""Digits of an age."""


def _is_home(doc: Doc, use: Chunk) -> bool:
    """Whether a name says where somebody lives, as reports of courts and of accidents do: "Ada Brook, 33, of **Harbor Drive**,
    **Northfield**"."""
    before = doc[max(0, use.start - 4) : use.start]
    if len(before) > 1 and before[-1].text == "," and before[-2].lower_ in words("shapes.txt", "street") and before[-2].text.istitle():
        return True
    if len(before) < 4 or before[-1].lower_ != "of" or before[-2].text != ",":
        return False
    return before[-3].text.isdigit() and len(before[-3]) <= _LONGEST_AGE and before[-4].text == ","


_GOVERNING = frozenset({"archbishop", "bishop", "emir", "governor", "mayor", "sultan"})
"""Offices that are held over a place (CAMEO codebook, Schrodt 2012, chapter 3)."""


def _is_settlement(doc: Doc, use: Chunk) -> bool:
    """Whether a name is that of the town, the district or the like which a noun in small letters before "of" says: "the town of Besho"; or
    what a mayor is mayor of."""
    head = doc[use.start : use.end].root
    noun = head.head.head
    of = head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.i == use.start - 1
    governed = noun.lower_ in _GOVERNING and shape(use.text(doc)) is None
    called = noun.is_lower and noun.i == use.start - 2 and noun.lemma_.lower() in words("shapes.txt", "settlement")
    return of and (governed or called)


def _has_members(doc: Doc, chunk: Chunk) -> bool:
    """Whether a name has members, which people and places have not: "members of King Holler"."""
    head = doc[chunk.start : chunk.end].root
    of = head.head
    return (
        head.dep_ == "pobj" and of.lower_ == "of" and of.head.lower_ in ("member", "members") and chunk.label not in ("GPE", "LOC", "NORP")
    )


def _has_namebearer(doc: Doc, chunk: Chunk) -> bool:
    """Whether the name is the possessor of somebody's full name, as bodies are and people are not: "Led Anvil's Jimmy Page"."""
    i = chunk.end + 1
    if i + 1 >= len(doc) or doc[chunk.end].tag_ != "POS" or chunk.label in ("GPE", "LOC", "NORP") or not is_given_name(doc[i].text):
        return False
    if is_given_name(doc[chunk.end - 1].text):
        return False
    return all(token.pos_ == "PROPN" and token.text.istitle() for token in doc[i : i + 2]) and doc[i].head.i == i + 1


def _type_by_apposition(doc: Doc, chunk: Chunk) -> ActorType | None:
    """The type that a noun says which the name stands in apposition to: "her father, Eino", "the charity, Bright Steps", "two clubs, Arden
    and Marlow"."""
    head = doc[chunk.start : chunk.end].root
    while head.dep_ == "conj" and head.head.pos_ == "PROPN":
        head = head.head
    noun = head.head
    if head.dep_ != "appos" or noun.tag_ not in ("NN", "NNS") or noun.i > head.i:
        return None
    if noun.tag_ == "NN" and head.i < chunk.start:
        return None  # "the charity, Bright Steps, and Ada Brook"
    lemma = noun.lemma_.lower()
    nearest = doc[chunk.start - 2] if chunk.start > 1 and doc[chunk.start - 1].text == "," else noun
    if chunk.label == "ORG" and nearest.lower_ in words("groups.txt", "organization") and not has_given_name(doc, chunk):
        return "organization"  # "a lawyer for the company, Harbor Lines": parsers tie the name to the lawyer
    if lemma in words("groups.txt", "maker") and shape(chunk.text(doc)) is not None and not has_given_name(doc, chunk):
        return "organization"  # "his publisher, Harbor House"
    if any(lemma in words("people.txt", section) for section in ("role", "people", "kin", "m", "f")):
        return "person"
    if lemma in words("groups.txt", "organization") and not has_given_name(doc, chunk):
        return "organization"
    return None
