"""Where a noun phrase says whose somebody is: "**Acme chairman** Jane Doe", "Jane Doe **of Acme**", "Jane Doe, a **lawyer at** Acme"."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.extract.actor_lookup import BODIES, ActorLookup, agents
from onrecord.extract.actors.party import is_role
from onrecord.extract.tokens import SUBJECTS, Token, lemma_of

FORMERLY = frozenset({"currently", "earlier", "formerly", "late", "later", "now", "originally", "previously", "then"})
"""Adverbs of time that say when somebody belonged (Quirk et al. 1985, 8.51-55)."""
STACKED = ("CC", "HYPH", "JJ", "JJR", "NN", "NNP", "NNPS", "POS", "VB", ":")
"""Tags of the words in a stack of titles before a name, with those that taggers give to its nouns by mistake."""
BELONGING = ("of", "at", "from")
"""Prepositions between a name and what its bearer belongs to; "with" and "for" stand after a name for much else."""
SERVING = ("of", "at", "for", "in", "with", "to")
"""Prepositions between what somebody is and where: "director **at** Acme", "adviser **to** the mayor"."""
MODIFYING = ("compound", "amod", "nmod", "poss", "npadvmod")
NAMING = frozenset({"appoint", "choose", "elect", "hire", "install", "name", "reappoint", "reelect"})
"""Verbs of appointment (Levin 1993, 29.1)."""
EMPLOYED = frozenset({"be", "intern", "serve", "sit", "train", "volunteer", "work"})
"""Verbs that say where somebody is employed or a member: "**was in** the band", "**worked at** Acme" (Levin 1993, 29.6, 47.1)."""
PLACED = frozenset({"base", "educate", "employ"})
"""Verbs that say it in the passive: "**is based at** Port College"."""
FARTHER = ("at", "for", "to", "with")
"""Prepositions that lead to an employer also behind another phrase: "professor of law **at** Acme"."""
SEEMING = frozenset({"campaign", "masquerade", "pose"})
"""Verbs without object whose "as" does not say what somebody is (Levin 1993, 29.6)."""
JOINING = frozenset({"follow", "join", "replace", "succeed"})
"""Verbs with an object whose "as" says what their subject becomes."""
CABINET = frozenset({"ambassador", "chancellor", "minister", "premier", "president", "secretary"})
"""Offices that are a state's also where the name of a body of it stands before them: "US Treasury Secretary" (WordNet 3.0, hyponyms of
"cabinet minister", "diplomat", "head of state")."""
RULE = frozenset({"administration", "cabinet", "government", "presidency", "regime"})
"""Nouns for a state as those who rule it, whose owner leads it: "Doe's government"."""
NEAR = 3
"""Words from the name of a team's place to what somebody is there: "Riverton right **back**"."""
COPULAS = frozenset({"be", "become", "remain"})


@dataclass(frozen=True, slots=True)
class KinWords:
    """Nouns by what they say of the one whom they are about; ``data/affiliations.toml`` states their sources."""

    of_persons: frozenset[str]
    """What somebody can be of a person: kin and staff."""
    of_bodies: frozenset[str]
    """What an organisation can be of another: its parts and its owners."""
    of_teams: frozenset[str]
    """What a player is of a team, which goes by the name of its place."""
    of_owners: frozenset[str]
    """What an organisation can be of a person: what they own, run or play in."""
    parts: frozenset[str]
    """Parts of a body that stand for it: who is on its board is of the body."""
    hostile: frozenset[str]
    """What makes nobody belong: rivals, victims."""


@cache
def kin_words() -> KinWords:
    """The lists, read once per process."""
    table = tomllib.loads(files("onrecord.extract").joinpath("data/affiliations.toml").read_text(encoding="utf-8"))
    return KinWords(**{name: frozenset(words) for name, words in table.items()})


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Somebody, and the party to whom a noun phrase says that they belong."""

    member: Token
    """The head word of the member's mention."""
    owner: str
    """The id of the party."""
    first: Token
    last: Token
    """The first and last word of the phrase that says it, both names included."""
    word: Token
    """The noun that says as what, or the preposition or owner's name where none does."""
    verb: Token | None = None
    """The copula that says it; None where the noun phrase alone does."""

    @property
    def predicate(self) -> str:
        """Words for the edge: "chairman of", "of", "works at"."""
        if self.word.pos_ == "ADP":
            return self.word.lower_ if self.verb is None else f"{self.verb.text} {self.word.lower_}"
        if self.word.text.partition("-")[0] in PARTIES:
            return "member of"
        if self.word.lower_ in RULE:
            return "leads"
        return f"{self.word.text} of" if self.word.dep_ != "poss" else "of"


def affiliations_of(token: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """The affiliations that the phrase around a mention's head word states of its actor."""
    actor = lookup.heads.get(token.i)
    if actor is None or actor not in lookup.actors:
        return
    if token.dep_ == "compound" and lookup.heads.get(token.head.i) == actor:
        return  # A first name: its surname says all that it would.
    if lookup.is_person(actor):
        for find in (_before, _instance, _behind, _party_letter, _apposed, _predicated, _described, _ruled):
            yield from (found for found in find(token, lookup) if found.owner != actor)
    elif lookup.actors[actor].type == "organization":
        yield from (found for found in _parts(token, lookup) if found.owner != actor)


def _may_own(actor: str | None, lookup: ActorLookup) -> bool:
    return actor is not None and actor in lookup.actors and lookup.actors[actor].type in BODIES


def _name_start(token: Token, actor: str, lookup: ActorLookup) -> int:
    """The character where the mention around a head word begins; the mentions stand in text order."""
    mentions = lookup.actors[actor].mentions
    place = bisect_right(mentions, token.idx, key=lambda mention: mention.start) - 1
    return mentions[place].start if place >= 0 else token.idx


def _before(name: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "Acme chairman Jane Doe", "Acme and Bolt chairman Jane Doe"; "Acme's Jane Doe"; "Republican Jane Doe"."""
    start = _name_start(name, lookup.heads[name.i], lookup)
    noun: Token | None = None
    for token in _stacked(name, start):
        owner = lookup.named_by(token) or _inside(token, noun, start, lookup)
        if owner is None:
            # The noun next to the name says as what; what stands before it names a part.
            noun = token if noun is None and token.pos_ in ("NOUN", "PROPN") and _modifies(token, name) else noun
        elif _is_owner(token, owner, noun, name, lookup) and (token.i >= name.left_edge.i or (noun is not None and is_role(noun))):
            yield Affiliation(name, owner, token.left_edge if token.left_edge.i > name.left_edge.i else token, name, noun or token)
            noun = noun or (token if token.dep_ != "poss" else None)  # "House **Republican** Jane Doe"
        if owner is not None and (state := _state_inside(token, owner, noun, lookup)) is not None:
            yield Affiliation(name, state, token, name, noun or token)


def _stacked(name: Token, start: int) -> Iterator[Token]:
    """The words before a name that may say what its bearer is, from the last on: those of its phrase; and, where the parser broke that
    up, those of a stack of titles (Quirk et al. 1985, 17.108): "Acme **co-founder and chairman** Jane Doe"."""
    doc = name.doc
    # Twelve words are more than stand before a name, but for hostile texts.
    for i in range(name.i - 1, max(-1, name.i - 13), -1):
        token = doc[i]
        if token.idx >= start:
            continue
        if token.is_punct and token.text not in ("-", "’", "'"):
            return
        # What is joined to the title by "and" is no owner of it: "Acme and chairman Jane Doe", but "Acme and Bolt chairman Jane Doe".
        outside = i < name.left_edge.i
        joined = doc[i + 1].lower_ == "and" and token.text[:1].isupper() and (outside or doc[i + 2].pos_ == "NOUN")
        if joined or (outside and token.tag_ not in STACKED):
            return
        yield token


def _instance(name: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "A string of Liberals, **including leader Jane Doe**": whose leader is named as an instance is theirs."""
    noun, preposition = name.doc[max(0, name.left_edge.i)], name.head
    if name.dep_ != "pobj" or preposition.lower_ != "including" or noun.dep_ not in MODIFYING or not is_role(noun):
        return
    group = preposition.head
    for token in (group, *(child for of in group.rights if of.lower_ == "of" for child in of.children if child.dep_ == "pobj")):
        owner = lookup.actor(token)
        if owner is not None and _may_own(owner, lookup):
            yield Affiliation(name, owner, token, name, noun)


def _modifies(token: Token, name: Token) -> bool:
    """Whether a word stands in the phrase before a name, or is a title before it that the parser hung elsewhere."""
    return token.dep_ in MODIFYING if token.i >= name.left_edge.i else token.i + 1 == name.left_edge.i


def _state_inside(token: Token, owner: str, noun: Token | None, lookup: ActorLookup) -> str | None:
    """The state whose name begins that of its office, where the noun is one of a cabinet: "**US** Treasury Secretary"."""
    state = lookup.state_called(token.text)
    known = state is not None and state != owner
    return state if known and noun is not None and lemma_of(noun) in CABINET else None


def _inside(token: Token, noun: Token | None, start: int, lookup: ActorLookup) -> str | None:
    """Whose name a word before a name is, where it is no mention by itself: the state of "**US** Treasury Secretary Doe", the party of
    "**Republican** Doe"."""
    owner = lookup.inside_name(token)
    if owner is None:
        return None
    if lookup.is_state(owner):
        return owner if noun is not None and lemma_of(noun) in CABINET else None
    return owner if noun is not None or token.idx + len(token) + 1 == start else None


def _is_owner(token: Token, owner: str, noun: Token | None, name: Token, lookup: ActorLookup) -> bool:
    """Whether a mention before a name says whose its bearer is; "its **rival** Doe" is none of its own."""
    if any(lemma_of(word) in kin_words().hostile for word in token.doc[token.i + 1 : min(token.i + NEAR + 1, name.i)]):
        return False
    start = _name_start(name, lookup.heads[name.i], lookup)
    if noun is None and token.idx + len(token) + 1 == start and token.dep_ != "poss":
        return _is_members(token, owner, lookup)
    if noun is not None and lookup.is_place(owner):
        return 0 < noun.i - token.i <= NEAR and lemma_of(noun) in kin_words().of_teams
    if noun is not None and lookup.is_person(owner):  # "Doe spokeswoman Ann Poe"
        return token.i >= name.left_edge.i and lemma_of(noun) in kin_words().of_persons
    return _may_own(owner, lookup) and (token.dep_ == "poss" or (noun is not None and _fits(noun, token, owner, lookup)))


def _is_members(token: Token, owner: str, lookup: ActorLookup) -> bool:
    """Whether a word is a party's name for one of its members, by itself before a name: "**Republican** Jane Doe" of the Republicans."""
    return lookup.bodies.get(f"{token.lower_}s") == owner


PARTY_LETTER = re.compile(r"(?: \(|, )([DR])-[A-Z]")
"""A member of the United States Congress, with party and state (Associated Press Stylebook, "party affiliation")."""
PARTIES = {"D": ("democrats", "democratic"), "R": ("republicans", "gop", "republican")}
"""By its letter the words that a party goes by."""


def _party_letter(name: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "Jane Doe (D-Ohio)", where the text names the party."""
    found = PARTY_LETTER.match(name.doc.text, name.idx + len(name))
    if found is None:
        return
    actor = next((actor for word in PARTIES[found[1]] if (actor := lookup.bodies.get(word))), None)
    if actor is not None:
        word = next(token for token in name.doc[name.i + 1 :] if token.idx + len(token) > found.start(1))
        yield Affiliation(name, actor, name, word, word)


def _fits(noun: Token, owner: Token, actor: str, lookup: ActorLookup) -> bool:
    """Whether a noun says what somebody is of a party: of a state only an office, since "the Ruritanian singer" merely lives there."""
    if lemma_of(noun) in kin_words().hostile:
        return False
    return lookup.actors[actor].type != "state" or is_role(noun) or owner.tag_ in ("NNP", "NNPS")


def _described(noun: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "A **spokesman** for Acme", "the Ruritanian **ambassador**", of somebody whom the text does not name. Of a named person these
    words may be said by mistake: who a description means is guessed."""
    if noun.pos_ == "NOUN" and is_role(noun) and not lookup.is_named(lookup.heads[noun.i]):
        yield from _said_of(noun, noun, None, lookup)


def _ruled(name: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "**Jane Doe's** government", where that is a party."""
    noun = name.head
    owner = lookup.heads.get(noun.i)
    if name.dep_ == "poss" and noun.lower_ in RULE and _may_own(owner, lookup) and owner is not None:
        yield Affiliation(name, owner, name, noun, noun)


def _behind(name: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "Jane Doe of Acme", "Jane Doe, from Acme,"."""
    for preposition in name.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in BELONGING and _is_near(name, preposition):
            for noun in _governed(preposition, lookup):
                owner = lookup.actor(noun)
                if owner is not None and _may_own(owner, lookup):
                    yield Affiliation(name, owner, name, noun, preposition)


def _is_near(name: Token, preposition: Token) -> bool:
    """Whether nothing but a comma and an adverb of time stands between: "Jane Doe, **now** at Acme"."""
    between = name.doc[name.i + 1 : min(preposition.i, name.i + 4)]
    return preposition.i <= name.i + 3 and all(token.text == "," or token.lower_ in FORMERLY for token in between)


def _governed(preposition: Token, lookup: ActorLookup) -> Iterator[Token]:
    return (noun for child in preposition.children if child.dep_ == "pobj" for noun in lookup.conjuncts(child))


def _apposed(name: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "Jane Doe, a lawyer at Acme," and "Acme's chairman, Jane Doe"."""
    for noun in name.rights:
        if noun.dep_ == "appos" and noun.pos_ == "NOUN":
            yield from (found for one in _posts(noun, lookup) for found in _said_of(name, one, None, lookup))
    if name.dep_ == "appos" and name.head.pos_ == "NOUN" and name.head.i < name.i:
        yield from _said_of(name, name.head, None, lookup)


def _posts(noun: Token, lookup: ActorLookup) -> Iterator[Token]:
    """A noun for what somebody is, and those coordinated with it; behind a comma another person may follow: "chairman **and founder**"."""
    for one in lookup.conjuncts(noun):
        if one == noun or (one.pos_ == "NOUN" and not any(token.text == "," for token in one.doc[one.left_edge.i - 2 : one.left_edge.i])):
            yield one


def _predicated(name: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "Jane Doe became chairman of Acme", "Jane Doe was named chairman of Acme", "Jane Doe served as chairman of Acme"."""
    verb = name.head
    if name.dep_ in ("nmod", "compound") and verb.dep_ == "oprd" and name.i < verb.i and lemma_of(verb.head) in NAMING:
        yield from _appointed(name, verb, verb.head, lookup)  # "Named Jane Doe chairman", as parsers have it.
    if name.dep_ == "dobj":
        yield from _said_by(name, verb, "dobj", lookup)
    elif name.dep_ in SUBJECTS:
        for one in (verb, *_shared(verb)):
            yield from _said_by(name, one, "nsubjpass" if any(child.dep_ == "auxpass" for child in one.lefts) else "nsubj", lookup)


def _shared(verb: Token) -> Iterator[Token]:
    """The verbs coordinated with one that have its subject: "Jane Doe left and **was named** chairman"."""
    for child in verb.rights:
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and not any(own.dep_ in SUBJECTS for own in child.lefts):
            yield child
            yield from _shared(child)


def _said_by(name: Token, verb: Token, place: str, lookup: ActorLookup) -> Iterator[Affiliation]:
    """What a verb says that a name belongs to, which is its subject, the subject of its passive, or its object."""
    yield from _employed(name, verb, place, lookup)
    lemma = lemma_of(verb)
    copular = place == "nsubj" and lemma in COPULAS
    named = place != "nsubj" and lemma in NAMING
    nouns = [noun for noun in verb.rights if noun.dep_ == ("attr" if copular else "oprd") and noun.i > name.i] if copular or named else []
    if named or (place == "nsubj" and _tells_post(verb)):
        nouns += [noun for child in verb.rights if child.lower_ == "as" for noun in child.children if noun.dep_ == "pobj"]
    for noun in (post for one in nouns if one.pos_ == "NOUN" for post in _posts(one, lookup)):
        yield from _appointed(name, noun, verb, lookup) if named else _said_of(name, noun, verb, lookup)


def _employed(name: Token, verb: Token, place: str, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "Jane Doe worked **at Acme**", "Jane Doe was **in the Gravel Pits**", "Jane Doe sits **on the board of Acme**", "Jane Doe was named
    **to the council**"; who is in a state may only stay there."""
    prepositions = _employing(verb, place)
    for preposition in verb.rights if prepositions else ():
        if preposition.dep_ != "prep" or preposition.lower_ not in prepositions:
            continue
        for noun in _governed(preposition, lookup):
            for token in _bodies_of(noun, lookup):
                owner = lookup.actor(token)
                on_part = preposition.lower_ != "on" or token != noun or lemma_of(noun) in kin_words().parts
                if owner is not None and on_part and _may_own(owner, lookup) and not lookup.is_state(owner):
                    yield Affiliation(name, owner, name, max(noun, token, key=lambda one: one.i), preposition, verb)


def _employing(verb: Token, place: str) -> tuple[str, ...]:
    """The prepositions behind a verb that lead to whom its subject belongs to, if any do."""
    lemma = lemma_of(verb)
    if place == "nsubjpass":
        return ("to",) if lemma in NAMING else ("at", "by", "with") if lemma in PLACED else ()
    if place != "nsubj" or lemma not in EMPLOYED:
        return ()
    if lemma == "sit":
        return ("on",)
    # "Is at Acme on Monday" tells a place.
    if lemma == "be":
        return ("in", "with", "on")
    # Who works with a body need not be of it.
    return ("in", "on", "at") if lemma == "work" else ("in", "with", "on", "at")


def _bodies_of(noun: Token, lookup: ActorLookup) -> Iterator[Token]:
    """The noun of a body; for a part of one that is no party itself, whose part it is: "the board of **Acme**", "**Acme's** shoe
    division"."""
    if lookup.actor(noun) is not None or lemma_of(noun) not in kin_words().parts:
        yield noun
        return
    yield from (child for child in noun.lefts if child.dep_ in MODIFYING)
    for preposition in noun.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in ("of", "at"):
            yield from _governed(preposition, lookup)


def _tells_post(verb: Token) -> bool:
    """Whether the "as" of a verb says what its subject is or was: "resigned **as** chairman", "replaced Doe **as** chairman"."""
    lemma = lemma_of(verb)
    return lemma in JOINING or (lemma not in SEEMING and not any(child.dep_ in ("dobj", "ccomp") for child in verb.rights))


def _appointed(name: Token, noun: Token, verb: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """To whom somebody belongs who is appointed: by the post, else the body that appoints them: "**Acme** named Jane Doe chairman"."""
    found = list(_said_of(name, noun, verb, lookup))
    yield from found
    for token in () if found else (*(child for child in verb.lefts if child.dep_ == "nsubj"), *agents(verb)):
        owner = lookup.actor(token)
        if owner is not None and _may_own(owner, lookup) and is_role(noun):
            first, last = sorted((name, noun, token), key=lambda one: one.i)[::2]
            yield Affiliation(name, owner, first, last, noun, verb)


def _said_of(name: Token, noun: Token, verb: Token | None, lookup: ActorLookup) -> Iterator[Affiliation]:
    """To whom somebody belongs by a noun that says what they are: its owner, or what its preposition names."""
    words = kin_words()
    lemma = lemma_of(noun)
    if lemma in words.hostile:
        return
    for token in _owners(noun, lookup):
        owner = lookup.actor(token) or (lookup.inside_name(token) if token.i < noun.i else None)
        if owner is None:
            continue
        known = lemma in words.of_persons if lookup.is_person(owner) else _may_own(owner, lookup) and _fits(noun, token, owner, lookup)
        if known:
            ends = sorted((name, noun, token), key=lambda one: one.i)
            yield Affiliation(name, owner, ends[0], ends[-1], noun, verb)


def _owners(noun: Token, lookup: ActorLookup) -> Iterator[Token]:
    for child in noun.lefts:
        if child.dep_ in MODIFYING:
            # "Acme and its chairman": the possessive that nothing else resolves.
            joined = noun.dep_ == "conj" and child.lower_ in ("its", "their") and lookup.actor(child) is None
            yield from lookup.conjuncts(child) if not joined else (noun.head,)
    yield from _served(noun, lookup)


def _served(noun: Token, lookup: ActorLookup) -> Iterator[Token]:
    """Whom the first preposition behind a noun names that names any party: "a lawyer **at Acme**", "professor of law **at Acme**", not "a
    lawyer who was seen at Acme"."""
    inner = [word for of in noun.rights if of.lower_ == "of" for child in of.children if child.dep_ == "pobj" for word in child.rights]
    for preposition in sorted((*noun.rights, *inner), key=lambda word: word.i):
        is_next = preposition.i == noun.i + 1
        if preposition.dep_ != "prep" or preposition.lower_ not in (SERVING if is_next else FARTHER):
            continue
        if any(token.pos_ in ("VERB", "AUX") or token.is_punct for token in noun.doc[noun.i + 1 : min(preposition.i, noun.i + 10)]):
            return
        found = [token for one in _governed(preposition, lookup) for token in _bodies_of(one, lookup) if lookup.actor(token)]
        yield from found
        if found or preposition.i > noun.i + 10:
            return


def _parts(name: Token, lookup: ActorLookup) -> Iterator[Affiliation]:
    """ "Bolt, a subsidiary of Acme", "Bolt is a subsidiary of Acme", "Acme's subsidiary Bolt"; "Doe's company, Bolt", "Doe's Bolt"."""
    nouns = [noun for noun in name.rights if noun.dep_ == "appos"]
    copula = name.head if name.dep_ == "nsubj" and lemma_of(name.head) in COPULAS else None
    nouns += [noun for noun in copula.rights if noun.dep_ == "attr"] if copula is not None else []
    nouns += [name.head] if name.dep_ == "appos" else []
    nouns += [noun for noun in name.lefts if noun.dep_ == "compound" and noun.pos_ == "NOUN"]
    words = kin_words()
    for noun in nouns:
        lemma = lemma_of(noun)
        for token in (*_owners(noun, lookup), *(name.lefts if noun.dep_ == "compound" else ())):
            owner = lookup.actor(token)
            if owner is None or (token.head is name and token.dep_ != "poss"):
                continue
            if lemma in words.of_owners if lookup.is_person(owner) else lemma in words.of_bodies and _may_own(owner, lookup):
                ends = sorted((name, noun, token), key=lambda one: one.i)
                yield Affiliation(name, owner, ends[0], ends[-1], noun, copula if noun.dep_ == "attr" else None)
    for token in name.lefts if name.pos_ == "PROPN" else ():
        owner = lookup.actor(token)
        if token.dep_ == "poss" and token.pos_ == "PROPN" and owner is not None and (lookup.is_person(owner) or _may_own(owner, lookup)):
            yield Affiliation(name, owner, token, name, token)
