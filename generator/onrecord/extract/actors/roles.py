"""Finds the roles, titles and affiliations that the text states of a person, each with the words that state it."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.actors.mention import words_span
from onrecord.extract.actors.party import Party, StatedRole, gender_of_noun
from onrecord.extract.actors.word_lists import words
from onrecord.extract.tokens import Doc, Token

# Words that no stated role begins with.
_OUTSIDE = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})
_SPELT_OUT = {
    "asst": "assistant",
    "cllr": "councillor",
    "det": "detective",
    "gov": "governor",
    "pres": "president",
    "prof": "professor",
    "rep": "representative",
    "sec": "secretary",
    "sen": "senator",
}
"""Offices as papers shorten them before a name (The Associated Press Stylebook, "legislative titles"), and the words that point back to
their holders: "Sen. Ada Brook", "the senator"."""
_ACCUSING = frozenset({"accuse", "arrest", "charge", "convict", "indict", "jail", "prosecute", "sentence"})
_ACCUSED = frozenset({"accused", "defendant", "suspect"})
_HARMING = frozenset({"abduct", "assault", "attack", "injure", "kidnap", "kill", "murder", "rape", "rob", "shoot", "stab"})
"""Verbs of accusing and of harming, and the nouns for whom (frames "Arrest", "Notification_of_charges", "Verdict"; "Killing", "Cause_harm",
"Kidnapping", "Robbery" of FrameNet 1.7)."""
_ADDRESSED = frozenset({"cllr", "councillor", "det", "detective", "prof", "professor"})
"""Of those that stand in a name as forms of address, the ones that tell what their bearers do (Debrett's, "forms of address")."""
_TITLE_WORDS = 4
"""So many words before the last of a name may its form of address stand."""
_COPULAS = frozenset({"be", "become", "remain"})


def find_roles(doc: Doc, party: Party) -> Iterator[StatedRole]:
    """The roles of a person, in text order: before the name, in apposition to it, or said of it with "is"."""
    seen = set()
    for i in sorted(party.heads):
        for role in (*_titled(doc, doc[i]), *_before(doc, doc[i]), *_apposed(doc, doc[i]), *_predicated(doc, doc[i])):
            # A role is stated once, where the text first has it.
            if role.text.casefold() not in seen:
                seen.add(role.text.casefold())
                yield role


def gender_of_titles(doc: Doc, party: Party) -> str:
    """``m`` or ``f`` where a title before one of the names or a stated role says so ("Mrs.", "spokesman")."""
    for i in sorted(party.heads):
        for before in doc[max(0, i - 4) : i]:
            if before.head.i == i and (gender := gender_of_noun(before.text)):
                return gender
    return next((gender for role in party.roles if (gender := gender_of_noun(role.lemma))), "")


def nouns_of_what_happened(name: Token) -> frozenset[str]:
    """The nouns for whom the verb above a name says was accused, or was harmed: "the suspect", "the victim"."""
    verb = name.head
    undergoes = name.dep_ in ("nsubjpass", "dobj")
    denied = any(child.dep_ == "neg" for child in verb.children)
    if denied or verb.pos_ != "VERB":
        return frozenset()
    if (undergoes and verb.lemma_ in _ACCUSING) or (name.dep_ == "nsubj" and verb.lemma_ == "plead"):
        return _ACCUSED
    return frozenset({"victim"}) if undergoes and verb.lemma_ in _HARMING else frozenset()


def find_ages(doc: Doc, party: Party) -> frozenset[str]:
    """The ages that the text states of a person beside the name, as written there: "Tom Lee, 34,", "Tom Lee (34)", "Tom Lee, aged 34"."""
    behind = ([token for token in doc[i + 1 : i + 4] if token.lower_ != "aged"] for i in party.heads)
    stated = {after[1].text for after in behind if len(after) > 1 and after[0].text in (",", "(") and after[1].text.isdigit()}
    before = (token for i in party.heads for token in doc[i].lefts if is_years_old(token))
    return frozenset(stated | {doc[token.i - 4].text for token in before})


def is_years_old(token: Token) -> bool:
    """Whether a token ends an age before a noun or for one: "a 34-year-**old** man"."""
    return token.lower_ == "old" and token.i >= 4 and token.doc[token.i - 2].lower_ == "year" and token.doc[token.i - 4].like_num


def is_role(token: Token) -> bool:
    """Whether a word names an office, trade or post."""
    lower = token.lower_.rstrip(".")
    return (
        lower in words("people.txt", "role")
        or token.lemma_.lower() in words("people.txt", "role")
        or lower in words("titles.txt", "office")
    )


def role_start(noun: Token) -> int:
    """Where the words begin that stand before a noun and say with it what somebody is: "Pentagon" in "a Pentagon spokesman"."""
    start = noun.i
    for child in sorted(noun.lefts, key=lambda token: -token.i):
        if child.dep_ not in ("amod", "compound", "nmod", "npadvmod", "advmod") or child.right_edge.i + 1 != start:
            break
        start = child.left_edge.i
    return start


def role_from(doc: Doc, start: int, noun: Token) -> StatedRole:
    """The role that the words from ``start`` on state, with the short phrase after the noun that belongs to it."""
    return _role(doc, start, _end(noun), noun)


def _titled(doc: Doc, name: Token) -> Iterator[StatedRole]:
    """The office or trade that a form of address before the name tells: "Cllr Joan Fisk"."""
    for token in doc[max(0, name.i - _TITLE_WORDS) : name.i]:
        if token.head.i == name.i and token.lower_.rstrip(".") in _ADDRESSED:
            yield _role(doc, token.i, token.i + 1, token)


def _before(doc: Doc, name: Token) -> Iterator[StatedRole]:
    """What stands before the name in its own noun phrase: "Pentagon spokesman", "Iraqi Prime Minister"."""
    first = name.i
    while (
        first > 0 and doc[first - 1].head.i in range(first, name.i + 1) and doc[first - 1].pos_ == "PROPN" and not is_role(doc[first - 1])
    ):
        first -= 1
    last = first - 1
    if (
        last < 0
        or not is_role(doc[last])
        or (doc[last].is_sent_start and doc[last].pos_ == "VERB")
        or doc[last].dep_ not in ("compound", "nmod", "amod", "appos")
    ):
        return
    start = last
    while (
        start > 0
        and doc[start - 1].head.i in range(start, name.i + 1)
        and doc[start - 1].dep_ in ("compound", "nmod", "amod", "poss", "case", "punct")
    ):
        if doc[start - 1].text in (",", '"', "“", "”", "(", "—"):
            break
        start -= 1
    yield _role(doc, start, last + 1, doc[last])


def _apposed(doc: Doc, name: Token) -> Iterator[StatedRole]:
    """ "Ryan Dillon, coalition spokesman," and "the coalition's spokesman, Ryan Dillon"."""
    for child in name.children:
        if child.dep_ == "appos" and child.i > name.i and is_role(child) and child.tag_ == "NN":
            yield _role(doc, child.left_edge.i, _end(child), child)
    noun = name.head
    if name.dep_ == "appos" and is_role(noun) and noun.i < name.i and noun.tag_ == "NN":
        yield _role(doc, noun.left_edge.i, noun.i + 1, noun)


def _predicated(doc: Doc, name: Token) -> Iterator[StatedRole]:
    """ "Ada Brook is a lawyer", "became mayor of Riverton"; not "is not", "may be", nor a bare noun, which may be anything."""
    verb = name.head
    if name.dep_ != "nsubj" or verb.lemma_ not in _COPULAS or any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.children):
        return
    for child in verb.children:
        indefinite = any(word.lower_ in ("a", "an") for word in child.lefts)
        if (
            child.dep_ == "attr"
            and child.i > verb.i
            and is_role(child)
            and child.tag_ == "NN"
            and (indefinite or _end(child) > child.i + 1)
        ):
            yield _role(doc, child.left_edge.i, _end(child), child)


def _end(noun: Token) -> int:
    """The end of the role: with a short "of" or "for" phrase after it ("mayor of Riverton"), without clauses."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "at", "to", "in", "with") and child.i == noun.i + 1:
            objects = [grand for grand in child.children if grand.dep_ == "pobj"]
            # Longer phrases are no part of an office: "head of what he called ...".
            if objects and objects[0].i - child.i <= 6:
                return _past_name(objects[0])
    return int(noun.i) + 1


def _past_name(noun: Token) -> int:
    """The end of a name that goes on after its head: "Institutes of Health"."""
    for child in noun.rights:
        parts = [grand for grand in child.children if grand.dep_ == "pobj" and grand.text[0].isupper()]
        if noun.pos_ == "PROPN" and child.lower_ in ("of", "for") and child.i == noun.i + 1 and parts and parts[0].i - child.i <= 6:
            return int(parts[0].i) + 1
    return int(noun.i) + 1


def _role(doc: Doc, start: int, end: int, head: Token) -> StatedRole:
    """The role that the tokens from ``start`` to before ``end`` state, without articles, marks and adverbs at its beginning."""
    while start < head.i and (doc[start].lower_ in _OUTSIDE or doc[start].is_punct or doc[start].pos_ == "ADV"):
        start += 1
    if start > 1 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_ and not doc[start - 2].whitespace_:
        start -= 2  # "co-author", which the tokeniser cuts up
    span = words_span(doc, start, end)
    lemma = head.lower_.rstrip(".")
    return StatedRole(" ".join(doc[start:end].text.split()), span, _SPELT_OUT.get(lemma, lemma), range(start, end))
