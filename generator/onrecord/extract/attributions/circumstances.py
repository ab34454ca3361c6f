"""What stands around a cue: to whom, through which outlet, when and where it was said."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.attributions.arguments import agent_of, patient_of
from onrecord.extract.attributions.constructions import quoting_verb, retold_verb
from onrecord.extract.tokens import Token
from onrecord.text.names import DOCUMENTS

_TELLING_VERBS = frozenset({"tell", "inform", "assure", "remind", "warn", "ask", "urge", "advise", "notify", "brief", "promise", "show"})
"""Verbs whose first object is the addressee: Levin (1993), classes 37.1, 37.2 and 37.9 (transfer of a message, tell, advise)."""
_ASKING_VERBS = frozenset({"ask", "press", "question", "quiz", "challenge"})
"""Verbs of asking whose agent is then answered: Levin (1993), class 37.1, and "press"."""
_CONVERSATIONS = frozenset({"interview", "conversation", "chat", "call", "meeting", "discussion", "talk", "exchange", "briefing"})
"""Nouns whose "with" names the other side."""
_OCCASIONS = frozenset({"appear", "speak", "talk", "write"})
"""Verbs whose participle tells on what occasion its subject says something: Levin (1993), classes 37.5 and 48.1.1, and "write"."""
_NOMINAL = ("NOUN", "PROPN", "PRON")

_SETTING_PREPOSITIONS = frozenset({"during", "in", "on", "at", "after", "before", "over", "via", "outside", "inside", "aboard", "from"})
_BY_CHANNELS = frozenset({"phone", "telephone", "email", "e-mail", "letter", "text", "radio", "fax", "video"})
"""What "by" names a channel with, and not an agent."""
_ON_MEDIA = frozenset(
    [
        "account",
        "air",
        "broadcast",
        "camera",
        "channel",
        "facebook",
        "instagram",
        "network",
        "page",
        "phone",
        "podcast",
        "program",
        "programme",
        "radio",
        "record",
        "show",
        "site",
        "stage",
        "telephone",
        "television",
        "tour",
        "trail",
        "tv",
        "twitter",
        "website",
    ]
)
"""What "on" names a place with, apart from days, names and documents: hyponyms of "medium" and "broadcast" in WordNet 3.1."""
_LINKING_NOUNS = frozenset(
    [
        "accordance",
        "addition",
        "agreement",
        "all",
        "basis",
        "behalf",
        "best",
        "case",
        "comparison",
        "condition",
        "conclusion",
        "contrast",
        "course",
        "defence",
        "defense",
        "detail",
        "effect",
        "event",
        "exchange",
        "fact",
        "favor",
        "favour",
        "first",
        "full",
        "general",
        "grounds",
        "hand",
        "hindsight",
        "honor",
        "honour",
        "hope",
        "last",
        "least",
        "light",
        "line",
        "manner",
        "most",
        "name",
        "once",
        "opinion",
        "opposition",
        "order",
        "part",
        "particular",
        "place",
        "praise",
        "question",
        "recognition",
        "reference",
        "regard",
        "reply",
        "respect",
        "response",
        "return",
        "search",
        "sense",
        "short",
        "spite",
        "sum",
        "support",
        "term",
        "truth",
        "turn",
        "view",
        "way",
        "word",
    ]
)
"""Nouns of complex prepositions and linking adverbials ("in spite of", "in fact", "at least"), which say neither when nor where:
Quirk et al., A Comprehensive Grammar of the English Language (1985), 9.10-9.13 and 8.134-8.137."""


def addressee_of(verb: Token) -> Token | None:
    """The head word of whoever is told: "told Lee", "said to Lee", "in a letter to Lee", "asked by Lee", "in an interview with Lee"; and of
    whom the speaker is said to speak to: "**speaking to Lee**, she said"."""
    return _object_told(verb) or _asker(verb) or _other_side(verb) or next(filter(None, map(_object_told, _occasions(verb))), None)


def _object_told(verb: Token) -> Token | None:
    """Whom a verb of telling has for its object, or any verb of saying after "to"."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if lemma in _TELLING_VERBS and child.dep_ in ("dobj", "dative") and child.pos_ in _NOMINAL:
            return child
        # Any verb: "said to Lee", "confirmed to the paper". Before the verb it is something else: "To Lee, he said".
        if child.dep_ in ("prep", "dative") and child.lower_ == "to" and child.i > verb.i:
            return _object_of(child)
    if lemma in _TELLING_VERBS:
        return patient_of(verb)  # "Reed was told that ..."
    return None


def _asker(verb: Token) -> Token | None:
    """ "Asked by reporters whether she would go, Lee said ...": she said it to them."""
    for clause in verb.children:
        if clause.dep_ == "advcl" and clause.tag_ == "VBN" and clause.lemma_.lower() in _ASKING_VERBS:
            return next((_object_of(child) for child in clause.children if child.dep_ == "agent"), None)
    return None


def _occasions(verb: Token) -> Iterator[Token]:
    """The participles that tell on what occasion something is said: "**speaking** on CNN"; some parses have them as subject."""
    for clause in verb.children:
        if clause.dep_ in ("advcl", "csubj", "nsubj") and clause.tag_ == "VBG" and clause.lemma_.lower() in _OCCASIONS:
            yield clause


def _other_side(verb: Token) -> Token | None:
    """Whom a letter went to, or an interview was with."""
    for phrase in settings_of(verb):
        for noun in (token for token in phrase.children if token.dep_ == "pobj"):
            lemma = noun.lemma_.lower()
            for link in noun.children:
                if (link.lower_ == "with" and lemma in _CONVERSATIONS) or (link.lower_ == "to" and lemma in DOCUMENTS):
                    return _object_of(link)
    return None


def _object_of(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.dep_ == "pobj" and child.pos_ in _NOMINAL), None)


def outlets_of(verb: Token) -> Iterator[Token]:
    """The head words of names in the phrases that say when and where: an outlet, if one of them is an outlet's.

    "On CNN", "in the Gazette", also of "quoted in the Gazette as saying", "on the Gazette's podcast", "in an article for the Gazette",
    "speaking on CNN".
    """
    quoting = quoting_verb(verb)
    agent = None if quoting is None else agent_of(quoting)
    if agent is not None:
        yield from _names_in(agent)
    saying = (verb, *(() if quoting is None else (quoting,)), *_occasions(verb))
    for phrase in (*(phrase for one in saying for phrase in settings_of(one)), *_places_of(verb)):
        for noun in (token for token in phrase.children if token.dep_ == "pobj"):
            yield from _names_in(noun)


def _places_of(verb: Token) -> Iterator[Token]:
    """The prepositions of "said, according **to** the Gazette"."""
    yield from (to for child in verb.rights if retold_verb(child) == verb for to in child.children if to.dep_ == "prep")


def _names_in(noun: Token) -> Iterator[Token]:
    """The names in a noun phrase, and in the prepositional phrases that hang on it: "in an interview **with** the Gazette"."""
    if noun.pos_ == "PROPN" and noun.ent_type_ not in ("DATE", "TIME"):
        yield noun
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod") and child.pos_ == "PROPN":
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("with", "for", "in", "on", "by", "to", "of"):
            for grand in child.children:
                if grand.dep_ == "pobj":
                    yield from _names_in(grand)


def settings_of(verb: Token) -> Iterator[Token]:
    """The head words of phrases that say when and where it was said, in text order; also those before the subject."""
    for child in verb.children:
        if (child.dep_ in ("npadvmod", "advmod") and child.ent_type_ in ("DATE", "TIME")) or (
            child.dep_ == "prep" and _opens_setting(child)
        ):
            yield child


def _opens_setting(preposition: Token) -> bool:
    """Whether a preposition begins a phrase that says when, where or through what something was said: "on Monday", "by phone"."""
    noun = _object_of(preposition)
    if noun is None:
        return False
    lemma, word = noun.lemma_.lower(), preposition.lower_
    if word == "by":
        return lemma in _BY_CHANNELS and not any(child.dep_ == "det" for child in noun.children)  # "by phone"; "by the phone" is a place
    if word == "on":
        # "On Monday", "on CNN", "on the radio"; but "commented on the plan" tells what was talked about.
        return noun.ent_type_ in ("DATE", "TIME", "ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "FAC") or lemma in (_ON_MEDIA | DOCUMENTS)
    if word == "from":
        # "Wrote from Rome"; but "quoted from the report".
        return noun.ent_type_ in ("GPE", "LOC", "FAC")
    return word in _SETTING_PREPOSITIONS and noun.pos_ != "PRON" and not (lemma in _LINKING_NOUNS or _is_same_time(noun))


def _is_same_time(noun: Token) -> bool:
    """ "At the same time" links two statements."""
    return noun.lemma_.lower() == "time" and any(child.lower_ == "same" for child in noun.children)
