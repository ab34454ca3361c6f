"""What may stand for an actor named elsewhere: pronouns, without those that only fill a place; and definite descriptions of one person or
one body ("the striker", "the 24-year-old", "the Russian", "the company"), with which entities none of them can mean.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from onrecord.extract.actors.antecedents import Discourse, Entity, clauses_above
from onrecord.extract.actors.described_parties import is_trade, type_of_noun
from onrecord.extract.actors.mention import is_inhabitant
from onrecord.extract.actors.names_of_bodies import is_club
from onrecord.extract.actors.party import Party, find_ages, gender_of_noun, is_role, nouns_of_name
from onrecord.extract.actors.word_lists import demonyms, federated_states, name_key, states, trades, words
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import SUBJECTS, Token, is_age

AnaphorKind = Literal["he", "she", "it", "they", "I", "we", "relative", "person", "body"]
"""A pronoun by its paradigm; or a description, of a person or of a body."""

_PARADIGMS: tuple[tuple[AnaphorKind, str], ...] = (
    ("he", "he him his himself"),
    ("she", "she her hers herself"),
    ("it", "it its itself"),
    ("they", "they them their theirs themselves"),
    ("I", "i me my mine myself"),
    ("we", "we us our ours ourselves"),
)
FORMS = {form: kind for kind, forms in _PARADIGMS for form in forms.split()}
"""The paradigm of each form of a pronoun."""
_OTHER_GENDER: dict[AnaphorKind, AnaphorKind] = {"he": "she", "she": "he"}
_EXPLETIVE_VERBS = frozenset({"rain", "snow", "happen", "seem", "appear", "turn", "take"})  # "it turned out", "it took an hour"
_EXTRAPOSED = frozenset({"ccomp", "xcomp", "advcl", "csubj", "acl", "relcl"})


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun, or a definite description, that may stand for an actor; ``token`` counts in the article's Doc."""

    token: int
    kind: AnaphorKind
    possessive: bool
    reflexive: bool
    subject: bool
    """Whether it is the subject of its clause."""
    antecedent: int | None = None
    """For a relative pronoun: the head word that its clause modifies."""


def find_pronouns(analysis: Analysis) -> tuple[Anaphor, ...]:
    """Every pronoun that may stand for an actor, in text order; an expletive "it" is none."""
    return tuple(found for paragraph in analysis.paragraphs for token in paragraph.tokens for found in _pronoun(token))


def _pronoun(token: Token) -> Iterator[Anaphor]:
    kind = FORMS.get(token.lower_)
    relative = token.lower_ in ("who", "whom", "whose", "which", "that")
    if not (kind or relative) or _is_in_title(token) or _is_either(token):
        return
    if relative and (antecedent := _antecedent(token)) is not None:
        yield Anaphor(token.i, "relative", token.lower_ == "whose", False, token.dep_ in ("nsubj", "nsubjpass"), antecedent.i)
    # "US" in capitals is the country.
    elif kind is None or token.pos_ not in ("PRON", "DET") or (token.text.isupper() and len(token) > 1 and token.lower_ == "us"):
        return
    elif kind != "it" or not _is_expletive(token):
        possessive = token.tag_ == "PRP$" or token.dep_ == "poss"
        yield Anaphor(token.i, kind, possessive, token.lower_.endswith(("self", "selves")), token.dep_ in ("nsubj", "nsubjpass"))


def _is_in_title(token: Token) -> bool:
    """A capital in the middle of a sentence: a word of a title or a name, as in "the Mother and Me class"."""
    return token.text.istitle() and len(token) > 1 and token.i > token.sent.start and not token.nbor(-1).is_punct


def _is_either(token: Token) -> bool:
    """Whether a pronoun is one of a pair that means anybody: "he or she", "his / her" (Quirk et al. 1985, 6.56)."""
    pair = _OTHER_GENDER.get(FORMS.get(token.lower_, "I"))
    words = token.doc
    return pair is not None and any(
        0 <= token.i + 2 * step < len(words)
        and words[token.i + step].lower_ in ("or", "/")
        and FORMS.get(words[token.i + 2 * step].lower_) == pair
        for step in (-1, 1)
    )


def _antecedent(token: Token) -> Token | None:
    """What a relative pronoun refers to: the noun that its clause modifies; none for a question or a conjunction "that"."""
    if token.tag_ not in ("WP", "WDT", "WP$") or token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative"):
        return None
    verb = token.head
    for _ in range(4):
        if verb.dep_ == "relcl":
            return verb.head if verb.head.i < token.i else None
        verb = verb.head
    return None


def _is_expletive(token: Token) -> bool:
    """Whether "it" stands for no thing: "it rained", "it is clear that", "it took an hour to"."""
    verb = token.head
    # As an object "it" always stands for something: "they closed it".
    if token.dep_ not in ("nsubj", "nsubjpass", "expl") or verb.pos_ not in ("VERB", "AUX"):
        return token.dep_ == "expl"
    after = [child for child in verb.children if child.i > verb.i]
    extraposed = any(child.dep_ in _EXTRAPOSED for child in after)
    predicate = next((child for child in after if child.dep_ in ("acomp", "attr")), None)
    if predicate is not None:
        inner = any(child.dep_ in _EXTRAPOSED for child in predicate.children)
        timed = predicate.ent_type_ in ("DATE", "TIME") or predicate.lower_ in (
            "time",
            "clear",
            "true",
            "possible",
            "likely",
            "unclear",
            "important",
        )
        return extraposed or inner or timed
    # "It turned out that ...", "it rained"; but "it took the money" has an object, and is somebody.
    return (verb.lemma_ in _EXPLETIVE_VERBS and (extraposed or len(after) < 2)) or (token.dep_ == "nsubjpass" and extraposed)


_POINTING = frozenset({"the", "this", "that"})
_ARCS = frozenset(SUBJECTS) | {"dobj", "dative", "pobj", "poss", "agent"}
"""The places of who takes part in something; after "is", or in apposition, a description says what somebody is."""
_TELLING = frozenset({"amod", "compound", "nmod", "nummod", "npadvmod"})
"""What tells one body from others of its kind: "the broadcasting company" need not be the one just spoken of."""
_ANOTHER = frozenset(
    {"other", "same", "next", "first", "second", "third", "last", "latter", "only", "new", "rival"}
    | {"future", "late", "early", "previous", "incoming", "outgoing", "would-be"}
    | {"parent", "sister"}
)
"""Words that make a description somebody else's than the one just spoken of, or pick one out of several (Quirk et al. 1985, 5.22, 7.35)."""
DISTRIBUTIVE = frozenset({"each", "every", "either", "neither", "any", "no"})
"""Determiners that mean each of several, or nobody in particular (Quirk et al. 1985, 5.14, 5.16)."""
_PARTS = frozenset({"state", "province"})
STATES = frozenset({"country", "nation", "kingdom", "republic"}) | _PARTS
"""Nouns for a state as a whole, and for the parts of a federation (WordNet 3.0, "state, nation, country" and "state, province")."""
BANDS = frozenset({"band", "duo", "trio", "quartet", "quintet", "ensemble", "orchestra", "choir"})
_BODY_WORDS = (
    frozenset(["company", "firm", "corporation", "business", "group", "manufacturer", "maker", "retailer", "operator", "bank", "airline"])
    | frozenset(
        ["automaker", "bookmaker", "brewer", "brokerage", "builder", "carrier", "chain", "dealership", "developer", "giant", "lender"]
    )
    | frozenset(["miner", "producer", "publisher", "supplier", "utility", "distributor", "broker", "trader"])
    | frozenset(["brewery", "carmaker", "chipmaker", "conglomerate", "consultancy", "drugmaker", "insurer", "startup", "supermarket"]),
    frozenset(["club", "team", "side", "squad"]),
    frozenset(["party"]),
    frozenset(["agency", "department", "bureau", "office"]),
    # A ministry is a department; an agency is another body, which answers to one (WordNet 3.0).
    frozenset(["department", "ministry"]),
    frozenset(["council", "authority"]),
    frozenset(["university", "college", "school", "institute", "institution"]),
    frozenset({"charity", "foundation", "organisation", "organization"}),
    frozenset({"association", "union", "federation", "society", "organisation", "organization"}),
    frozenset(["newspaper", "paper", "magazine", "broadcaster", "network", "station"]),
    frozenset(["government", "administration"]),
    frozenset(["court", "tribunal"]),
    STATES,
    BANDS,
)
"""Nouns for bodies that may mean the same one, by near-synonymy in WordNet 3.0 (Fellbaum 1998); others mean bodies of another kind."""


_SYNONYMS = (
    frozenset({"airline", "carrier"}),
    frozenset({"automaker", "carmaker"}),
    frozenset({"bank", "lender"}),
    frozenset({"brewer", "brewery"}),
    frozenset({"broker", "brokerage"}),
    frozenset({"builder", "developer"}),
    frozenset({"retailer", "supermarket"}),
)
"""Of nouns for companies, those that mean the same trade, by synsets and direct hyponymy in WordNet 3.0: a brewer is no airline."""
_ANY_COMPANY = frozenset({"company", "firm", "corporation", "business", "group", "giant", "conglomerate", "startup"})
"""Of nouns for companies, those that tell no trade."""
_NEWSPAPERS = frozenset(["newspaper", "paper", "magazine", "broadcaster", "network", "station"])
"""Of these, the nouns for outlets."""
_ANY_BODY = (_BODY_WORDS[0] | BANDS | _BODY_WORDS[1] | _NEWSPAPERS | {"organisation", "organization"}) - {"bank"}
"""Of these, what a body may be whose name tells nothing; "the charity", "the party" or "the bank" is one by name, or the text says so."""
_AGENCIES = frozenset({"agency", "bureau"})
"""What a body of the state may be whose name is an acronym, which tells nothing either: "the FBI", "the bureau"."""
_BODY_NOUNS = frozenset().union(*_BODY_WORDS)
_PARENTS = frozenset({"father", "mother", "dad", "mum", "mom", "grandfather", "grandmother"})
COMPANIES = frozenset({"company", "firm", "business", "corporation"})
"""Nouns of the basic level for any company; "the group" and "the team" may be no body at all."""
BASIC = COMPANIES | {"group", "organisation", "organization", "club", "team", "side"} | STATES
"""Nouns of the basic level (Rosch et al., Cognitive Psychology 8, 1976), each time for whoever is spoken of just then."""
_BROAD = frozenset(
    {"academic", "artist", "athlete", "author", "entertainer", "expert", "intellectual", "musician", "performer", "player", "professional"}
) | frozenset({"politician", "researcher", "scholar", "scientist", "specialist", "worker", "writer"})
"""Nouns above those for trades in WordNet 3.0: a professor may be the expert."""
_HONOURS = frozenset({"captain", "hero", "icon", "legend", "skipper", "star", "veteran"})
"""Nouns for a standing among those of one trade (WordNet 3.0, under "leader" and "important person"): the captain may be the striker."""
_TIES = frozenset(
    {"victim", "survivor", "rival", "opponent", "relative", "client", "customer", "colleague", "friend", "neighbor", "neighbour"}
)
"""Nouns for what somebody is to somebody else, or to a deed (relational nouns: Barker, The Linguistics of Possession, 1995): nobody is one
unless the text says so."""
_AGENTIVE = ("er", "or", "ist", "ian", "eer", "man", "woman", "person")
"""Endings of nouns for people who do something (Quirk et al. 1985, appendix I.31-45)."""
_DESCRIBED_BODIES = ("organization", "media")


def find_definite_descriptions(analysis: Analysis, discourse: Discourse, settled: Collection[int]) -> Iterator[Anaphor]:
    """The descriptions of one person or body, in text order, that no rule has joined to anybody named.

    ``settled`` are the heads of those that are known to fit several.
    """
    called = _called(discourse)
    for paragraph in analysis.paragraphs:
        for token in paragraph.tokens:
            kind = _kind(token) or _kind_of_called(token, called)
            owner = discourse.owners.get(token.i)
            if kind is None or token.i in settled or (owner is not None and owner.party is not None and owner.party.named):
                continue
            if _is_complete(token) and _determiner(token) is not None:
                yield Anaphor(token.i, kind, possessive=token.dep_ == "poss", reflexive=False, subject=token.dep_ in SUBJECTS)


def _called(discourse: Discourse) -> dict[str, AnaphorKind]:
    """What each noun describes with which the text has said what somebody named is: "band"; or that heads a body's name: "guild"."""
    named = [entity for entity in discourse.entities if entity.party is not None and entity.party.named]
    bodies = [entity for entity in named if entity.party is not None and entity.party.type in _DESCRIBED_BODIES]
    called: dict[str, AnaphorKind] = {noun: "body" for entity in bodies for noun in entity.said_to_be}
    heads = (noun for entity in bodies if entity.party is not None for noun in nouns_of_name(entity.party))
    called |= {noun: "body" for noun in heads if noun in words("nouns.txt", "body")}
    people: dict[str, AnaphorKind] = {noun: "person" for entity in named if entity.person for noun in entity.said_to_be}
    return called | people


def _kind_of_called(token: Token, called: Mapping[str, AnaphorKind]) -> AnaphorKind | None:
    """The same for a noun that no list knows, but with which the text has said what somebody is."""
    if token.dep_ not in _ARCS or token.tag_ != "NN" or token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return None
    kind = called.get(token.lemma_.lower())
    return None if kind == "person" and not token.lemma_.lower().endswith(_AGENTIVE) else kind


def _kind(token: Token) -> AnaphorKind | None:
    """Whether a token is the head of a description of a person or of a body."""
    if is_age(token) or is_inhabitant(token):
        return "person"
    if token.dep_ not in _ARCS or token.tag_ != "NN":
        return None
    return "person" if is_parent(token) else _kind_of_noun(token)


def _kind_of_noun(token: Token) -> AnaphorKind | None:
    """Whether a noun is one for a person or for a body."""
    kind, lemma = type_of_noun(token), token.lemma_.lower()
    if kind == "person":
        return None if lemma in words("people.txt", "kin") else "person"
    if kind == "organization" or lemma in _BODY_NOUNS:
        return "body"
    return "person" if is_trade(token) else None


def description_start(token: Token) -> int:
    """Where the words of a description begin."""
    start = _determiner(token)
    return token.i if start is None else start


def _determiner(token: Token) -> int | None:
    """The token that makes a phrase point back: "the" at its beginning."""
    if is_age(token):
        return token.i - 5
    return next((child.i for child in token.lefts if child.lower_ in _POINTING), None)


def _is_complete(token: Token) -> bool:
    """Whether a description leaves it to the text before who is meant: no clause, possessor or name in it says so."""
    if any(_tells_who(child, token) for child in token.children):
        return False
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    if after.pos_ == "PROPN" and after.i != token.i:
        return False
    return is_parent(token) or not any(
        child.dep_ == "prep" and child.lower_ in ("of", "for", "at", "in", "from", "with", "on") for child in token.rights
    )


_FEELINGS = frozenset(
    {"afraid", "amazed", "amused", "angry", "annoyed", "ashamed", "astonished", "bewildered", "delighted", "embarrassed", "enraged"}
    | {"furious", "glad", "horrified", "jealous", "livid", "puzzled", "relieved", "shocked", "stunned", "surprised", "terrified", "upset"}
)
"""Adjectives for what only somebody feels (participles of Levin 1993, 31.1; affect in Martin & White, The Language of Evaluation, 2005)."""


def is_tradesman(noun: Token) -> bool:
    """Whether a singular noun with "the" means somebody of whom no list of people knows: by a trade, or who feels something."""
    if noun.tag_ != "NN" or type_of_noun(noun) is not None or not any(child.lower_ == "the" for child in noun.lefts):
        return False
    feels = noun.dep_ == "nsubj" and any(child.dep_ == "acomp" and child.lower_ in _FEELINGS for child in noun.head.rights)
    return is_trade(noun) or feels


def _tells_who(child: Token, noun: Token) -> bool:
    """Whether a word under a noun picks somebody out, so that the text before need not: a possessor, a name, a clause without a comma."""
    if child.dep_ in ("relcl", "acl", "appos"):
        # "The airline, which flies to Corran, said": such a clause goes on about whoever is meant (Quirk et al. 1985, 17.22-25).
        set_off = child.i > noun.i and noun.doc[child.left_edge.i - 1].text in (",", "–", "—", "(")
        return not set_off or (child.dep_ == "appos" and child.pos_ == "PROPN")
    if child.dep_ == "conj":
        return not _is_second_trade(child, noun)
    return child.dep_ == "poss" or child.lower_ in _ANOTHER


def _is_second_trade(child: Token, noun: Token) -> bool:
    """Whether what is joined to a noun with "and" is one more trade of the same person: "the founder and chief executive"."""
    determined = any(one.dep_ in ("det", "poss") for one in child.lefts)
    return not determined and child.tag_ == "NN" and _kind_of_noun(child) == "person" == _kind_of_noun(noun)


def is_parent(token: Token) -> bool:
    """Whether a noun with its number of children stands for somebody: "the father of two", "the mother-of-three"."""
    of = next((child for child in token.rights if child.lower_ == "of" and child.i == token.i + 1), None)
    return token.lemma_.lower() in _PARENTS and of is not None and any(child.tag_ == "CD" for child in of.rights)


def may_be_described(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> bool:
    """Whether nothing that the text says of a named party speaks against its being the one described."""
    party = entity.party
    if party is None or not party.named or party.plural:
        return False
    token = discourse.doc[anaphor.token]
    if _is_bound(discourse, entity, anaphor):
        return False
    noun = token.lemma_.lower()
    if anaphor.kind == "person":
        return _may_be_person(party, token) and (_kind(token) is not None or is_called(entity, token))
    return _may_be_body(entity, party, noun) and not _is_told_apart(entity, party, token)


def _is_told_apart(entity: Entity, party: Party, token: Token) -> bool:
    """Whether a description has words that a body's name lacks, though its noun is that of the name, or one for any body spoken of:
    "the US space agency" is not the European Space Agency."""
    told = [child for child in token.lefts if child.dep_ in _TELLING and child.lower_ not in party.name.lower().split()]
    noun = token.lemma_.lower()
    if noun in BASIC | {"party"}:
        return bool(told) and is_called(entity, token)
    return bool(told) and noun in nouns_of_name(party) and noun not in entity.said_to_be | party.nouns


def told_apart(token: Token) -> bool:
    """Whether words before a noun tell the body from others of its kind: "the **Danish** bank"."""
    return any(child.dep_ in _TELLING for child in token.lefts)


def is_of_kind(entity: Entity, token: Token) -> bool:
    """Whether a body's name, or what the text says of it, shows it to be of the kind that a description's noun means: "the carrier" of what
    was called an airline, "the company" of a bank."""
    party, noun = entity.party, token.lemma_.lower()
    if party is None or party.type == "person":
        return False
    if party.type == "media" and noun in _NEWSPAPERS:
        return True
    called = _kinds_of_name(entity, party) | entity.called
    if noun in _BODY_WORDS[0] - _ANY_COMPANY:
        return noun in called or any(noun in alike and alike & called for alike in _SYNONYMS)
    return noun in called or any(noun in kind and kind & called for kind in _BODY_WORDS)


def bodies_of_kind(noun: str) -> frozenset[str]:
    """The nouns for bodies of the kind that one means, itself among them."""
    return frozenset({noun}).union(*(kind for kind in _BODY_WORDS if noun in kind))


def is_told_of(entity: Entity, token: Token) -> bool:
    """Whether what the text has said of an entity, or the bareness of a description, lets it be meant wherever it was spoken of lately.

    "The former nurse" and "the London-based band" tell something new: they mean whom the sentence before is about, or nobody.
    """
    noun, party = token.lemma_.lower(), entity.party
    if party is None:
        return False
    if party.type != "person":
        # "The band" is no word for any body: only of what the text calls one.
        told_apart = any(child.dep_ in _TELLING for child in token.lefts) or (type_of_noun(token) != "organization" and noun not in STATES)
        return not told_apart or noun in entity.said_to_be | party.nouns
    if any(child.lower_ == "former" for child in token.lefts) or is_parent(token):
        return False
    # "The judge" is nobody of whom the text does not say so: a scene has one of itself. "The striker" may be whoever has no role.
    stated = party.role_nouns
    if noun in _TIES and noun not in entity.said_to_be:
        return False
    known = type_of_noun(token) == "person" or is_age(token) or is_inhabitant(token) or noun in entity.said_to_be
    known_for = not stated and noun in words("nouns.txt", "pursuit")
    return known and (not is_role(token) or known_for or noun in stated or noun in entity.said_to_be)


def may_tell_anew(token: Token) -> bool:
    """Whether a description may say something new of whom the sentence before is about: what they are known for, an age, a nationality; not
    an office, of which there is one, nor what a scene has of itself ("the judge"), nor what somebody is to somebody else ("the victim")."""
    noun = token.lemma_.lower()
    if is_age(token) or is_inhabitant(token) or is_parent(token) or type_of_noun(token) == "organization" or noun in _BODY_NOUNS:
        return True
    former = any(child.lower_ == "former" for child in token.lefts)
    return former or noun in words("nouns.txt", "pursuit")


def find_new_trades(discourse: Discourse, descriptions: Iterable[Anaphor]) -> frozenset[str]:
    """The trades that descriptions of people name, without those that the text states of somebody."""
    named = {discourse.doc[one.token].lemma_.lower() for one in descriptions if one.kind == "person"} & (trades() - _BROAD)
    stated = {noun for entity in discourse.entities if entity.party is not None for noun in entity.party.role_nouns}
    return frozenset(named - stated - {noun for entity in discourse.entities for noun in entity.said_to_be})


def is_rather_new(discourse: Discourse, token: Token, entity: Entity) -> bool:
    """Whether a description of a person is rather of somebody new than of an entity of whom the text states no such thing: its clause
    speaks of that entity too ("the guard waved at **her**": binding principle B, Chomsky 1981), it was of somebody new before, or it
    names one of several trades that the text states of nobody ("The pianist left. The violinist laughed")."""
    noun, party = token.lemma_.lower(), entity.party
    if noun in entity.said_to_be or party is None or party.type != "person" or noun in party.role_nouns:
        return False
    if noun in discourse.newcomers or (noun in discourse.new_trades and len(discourse.new_trades) > 1):
        return True
    return token.dep_ in SUBJECTS and any(_may_be(entity, one) for one in _objects(token.head))


_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_HIM_AND_HER = {"him": "m", "her": "f"}


def _objects(verb: Token) -> Iterator[Token]:
    """The objects of a verb, those behind a preposition too."""
    for child in verb.rights:
        if child.dep_ in _OBJECTS:
            yield child
        elif child.dep_ == "prep":
            yield from (inner for inner in child.rights if inner.dep_ == "pobj")


def _may_be(entity: Entity, pronoun: Token) -> bool:
    """Whether "him" or "her" may be somebody, by their gender."""
    gender = _HIM_AND_HER.get(pronoun.lower_, "")
    return gender != "" and entity.gender in ("", gender)


def is_of_another_trade(entity: Entity, token: Token) -> bool:
    """Whether the text states a trade of somebody that is not the one of a description ("the novelist" is no goalkeeper), or that
    somebody still has the office that "the former president" had."""
    noun, stated = token.lemma_.lower(), frozenset() if entity.party is None else entity.party.role_nouns
    if any(child.lower_ == "former" for child in token.lefts):
        return noun in stated
    known = (trades() | words("people.txt", "role")) - _BROAD - _HONOURS
    return noun not in stated and noun in trades() - _BROAD and bool(stated & known)


def is_called(entity: Entity, token: Token) -> bool:
    """Whether the text has said of an entity that it is what a description means, or its name does: "union" of the "Harbour Union"."""
    party, noun = entity.party, token.lemma_.lower()
    if party is None:
        return False
    if any(child.lower_ == "former" for child in token.lefts):
        return any(role.lemma == noun and "former" in role.text.lower().split() for role in party.roles)
    if party.type == "person" and is_inhabitant(token) and _has_nationality(party, token):
        return True
    told = party.type != "person" and any(child.dep_ in _TELLING for child in token.lefts)
    if noun in entity.called - BASIC and not is_age(token) and not told:
        return True
    nouns = {noun, *(child.lemma_.lower() for child in token.rights if child.dep_ == "conj")}
    return bool(nouns & {*entity.said_to_be, *nouns_of_name(party), *party.role_nouns})


def _is_bound(discourse: Discourse, entity: Entity, anaphor: Anaphor) -> bool:
    """Whether an entity is mentioned in the same clause, or is the subject of one above: a noun is free there (binding principle C)."""
    place = discourse.place(anaphor.token)
    above = {place.clause, *clauses_above(discourse.doc, place.clause)}
    here = discourse.sentence[anaphor.token]
    mentions = (i for i, owner in discourse.mentions_in.get(here, ()) if owner is entity)
    return any(discourse.place(i).clause == place.clause or (discourse.place(i).clause in above) for i in mentions)


def is_one_person(nouns: Sequence[Token]) -> bool:
    """Whether all nouns with one word may mean one and the same person of whom something is told: after "a girl" only "the girl"; never
    "her sister", "another girl", "a good judge"."""
    if nouns[0].pos_ != "NOUN" or nouns[0].lemma_.lower() in words("people.txt", "kin"):
        return False
    if any(child.dep_ == "poss" or child.lower_ in _ANOTHER | DISTRIBUTIVE | {"another", "some"} for noun in nouns for child in noun.lefts):
        return False
    # A caption and the text under it introduce somebody twice, in the same words.
    first = _phrase(nouns[0])
    again = all(_determiner(noun) is not None or _phrase(noun) == first for noun in nouns[1:])
    return again and any(_is_told_as_past(noun) for noun in nouns)


def _phrase(noun: Token) -> str:
    """The words of a noun's phrase up to the noun."""
    return noun.doc[noun.left_edge.i : noun.i + 1].text.casefold()


def _is_told_as_past(noun: Token) -> bool:
    """Whether a noun stands right under a verb in the past: what happened has a certain somebody in it."""
    verb = noun.head if noun.head.pos_ != "ADP" else noun.head.head
    helpers = (child for child in verb.lefts if child.dep_ in ("aux", "auxpass"))
    return verb.tag_ == "VBD" or any(child.lower_ in ("had", "was", "were", "did") for child in helpers)


def outlet_told(discourse: Discourse, token: Token) -> Entity | None:
    """The one outlet that the article has named when somebody tells "the paper" or "the station" something; a radio is no paper."""
    told = token.dep_ in ("dobj", "dative") and token.head.lemma_ in ("tell", "inform")
    if not told or token.lemma_.lower() not in _NEWSPAPERS or any(child.dep_ in _TELLING for child in token.lefts):
        return None
    if any(discourse.introduced.get(noun, token.i) < token.i for noun in _NEWSPAPERS):
        return None  # "told a local newspaper", and then "told the paper"
    outlets = [outlet for outlet in islice(discourse.outlets, _MOST_OUTLETS) if any(i < token.i for i in outlet.mentions[:1])]
    return outlets[0] if len(outlets) == 1 and _may_be_outlet(outlets[0], token.lemma_.lower()) else None


_MOST_OUTLETS = 10
"""Of the outlets of an article so many are looked at: with two named, "the paper" is neither."""
_ON_AIR = frozenset({"broadcaster", "network", "station"})
_AIR_WORDS = frozenset({"broadcasting", "radio", "television", "tv"})
"""Words of names of outlets that are heard or seen."""


def _may_be_outlet(entity: Entity, noun: str) -> bool:
    """Whether an outlet's name lets it be a paper, or a station."""
    words_ = set(entity.party.name.lower().split()) if entity.party is not None else set()
    if words_ & _AIR_WORDS:
        return noun in _ON_AIR
    printed = words_ & words("shapes.txt", "media") - {"media", "news"}
    return not printed or noun not in _ON_AIR


def _may_be_person(party: Party, token: Token) -> bool:
    """Whether a person may be the one described: by age and by gender."""
    if party.type != "person" or (is_age(token) and _has_other_age(party, token)):
        return False
    gender, theirs = gender_of_noun(token.lemma_.lower()), party.gender or party.name_gender
    return not (gender and theirs and gender != theirs) and not _has_other_nationality(party, token)


_BRITISH = frozenset({"England", "Northern Ireland", "Scotland", "United Kingdom", "Wales"})
"""The United Kingdom and its countries, whose people are Britons too."""
_LOOKED_AT = 20
"""Mentions of somebody beside which a nationality is looked for: texts state it early."""


def _has_other_nationality(party: Party, token: Token) -> bool:
    """Whether the text states another nationality of somebody than the one by which a description calls whom it means."""
    return is_inhabitant(token) and bool(_stated_nationalities(party, token)) and not _has_nationality(party, token)


def _has_nationality(party: Party, token: Token) -> bool:
    """Whether the text states the nationality of somebody that a description tells: "the Dane" after "Holm, of Denmark"."""
    state, stated = nationality(token), _stated_nationalities(party, token)
    return state in stated or (state in _BRITISH and bool(stated & _BRITISH) and "United Kingdom" in stated | {state})


def _stated_nationalities(party: Party, token: Token) -> frozenset[str]:
    """The states of which the text says that somebody is; without the clause of a description itself."""
    roles = (demonyms().get(word, "") for role in party.roles for word in role.text.lower().split())
    beside = (one for i in islice(party.heads, _LOOKED_AT) if i != token.i for one in _nationalities_beside(token.doc[i]))
    return frozenset([*roles, *beside]) - {""}


def _nationalities_beside(name: Token) -> Iterator[str]:
    """The states that stand beside a name as its bearer's: "Dutch player Ann Marsh", "Spain's Ann Marsh", "Marsh, of Denmark", "Marsh, the
    Irish rower"."""
    for child in name.children:
        if child.dep_ in ("amod", "compound", "nmod"):
            yield demonyms().get(child.lower_, "")
        elif child.dep_ == "poss":
            yield states().get(name_key(child.text), "")
        elif child.dep_ == "prep" and child.lower_ in ("of", "from"):
            yield from (states().get(name_key(place.text), "") for place in child.rights)
        elif child.dep_ == "appos":
            yield from (demonyms().get(word.lower_, "") for word in child.lefts)


def _has_other_age(party: Party, age: Token) -> bool:
    """Whether the text states another age of a person than the one that a description tells: "Tom Lee, 44, ... The 11-year-old"."""
    stated = find_ages(age.doc, party)
    return bool(stated) and age.doc[age.i - 4].text not in stated


def _may_be_body(entity: Entity, party: Party, noun: str) -> bool:
    """Whether a body may be the one described: its name or the text calls it by this noun or by one of the kind, or by none."""
    if noun in STATES or party.type == "state":
        part = name_key(party.name) in federated_states()
        return part if noun in _PARTS else noun in STATES and party.type == "state" and not part
    if party.type == "media" and noun in _NEWSPAPERS and not _may_be_outlet(entity, noun):
        return False
    if party.type in _DESCRIBED_BODIES and noun in nouns_of_name(party):
        return True
    if party.type != "organization" and not (party.type == "media" and noun in _NEWSPAPERS):
        return False
    called = _kinds_of_name(entity, party)
    if not called:
        return noun in _ANY_BODY or (noun in _AGENCIES and party.name.isupper())
    return noun in called or any(noun in kind for kind in _BODY_WORDS if kind & called)


def _kinds_of_name(entity: Entity, party: Party) -> frozenset[str]:
    """The nouns for kinds of bodies that a body's name has, or with which the text says what it is."""
    said = {*entity.said_to_be, *nouns_of_name(party)} & (_BODY_NOUNS | words("nouns.txt", "body") | words("shapes.txt", "dropped"))
    # "Ltd" and the like say that it is a company, "Rovers" that it is a club.
    club = frozenset(["club"]) if is_club(name_key(party.name)) else frozenset()
    return club or frozenset("company" if word in words("shapes.txt", "dropped") else word for word in said)


def nationality(token: Token) -> str:
    """The state by which a description tells who is meant: of "the Russian", "the young Russian striker"; empty without one."""
    named = (demonyms().get(one.lower_, "") for one in (token, *token.lefts) if one.text[:1].isupper())
    return next((state for state in named if state), "")
