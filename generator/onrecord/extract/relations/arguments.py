"""What states a relation, and who takes part in it: what frames of verbs and of nouns have in common.

Here are the frames themselves, the table of events (which PLOVER class a verb states with its object; ``data/events.txt``, made from
PETRARCH's dictionary), the triggers found in a text, and who stands where around a verb or an event noun.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from onrecord.extract.actor_lookup import BODIES, ActorLookup, agents
from onrecord.extract.actors.party import is_role
from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.affiliations import kin_words
from onrecord.extract.tokens import SUBJECTS, Token, compound_lemma, lemma_of, reporting_verbs
from onrecord.model import RelationClass, Span


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to state a relation: words of one class, and where the second actor stands beside them."""

    class_: RelationClass
    """What kind of relation it is: "ASSAULT", "CONSULT", "COOPERATE"."""
    target: tuple[str, ...]
    """``object``; ``infinitive``, the object of what one threatens to do; or prepositions."""
    symmetric: bool
    """Whether it holds both ways: "met"."""
    armed: bool
    """Whether it takes a party that may bear arms."""
    bodies: bool
    """Whether the second actor may be no person."""
    trade: bool = False
    """Whether arms must be the trade of whoever acts: police beat a man, a team beats another."""
    intransitive: bool = False
    """Whether an object makes another sense of the verb: "called on X", but "called X's plan ..."."""
    reciprocal: bool = False
    """Whether several subjects do it to one another: "X and Y met"."""
    persons: bool = False
    """Whether the second actor must be a person: one receives a guest, and a letter."""
    topical: bool = False
    """Whether it must be said over or for what: "attacked X **over** the tax", which is done in words."""
    told: bool = False
    """Whether an infinitive must say what the object is to do: "pushed X **to resign**"."""
    employed: bool = False
    """Whether a person must do it: a person who joins a body belongs to it, a state that joins another acts with it."""
    bare: bool = False
    """Whether a clause makes another sense of the verb: "warned X", but "warned X that ..." tells it something."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames by the lemma of their verb, noun or adjective, in the file's order, and the nouns that stand in for an actor."""

    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str, tuple[Frame, ...]]
    adjectives: dict[str, tuple[Frame, ...]]
    member: frozenset[str]
    """Nouns for people who stand for the party that they belong to."""
    possession: frozenset[str]
    """Nouns for what may be struck or watched in its owner's stead."""
    quantity: frozenset[str]
    """Words that only count what stands behind their "of": "a **string** of ministers", "**one** of the ministers"."""
    undergone: frozenset[str]
    """Nouns for what befalls their owner, so that nobody is blamed by blaming it: "condemned **Doe's arrest**"."""
    official: frozenset[str]
    """Nouns for people who act for the country that they are in."""
    agentive: frozenset[str]
    """Nouns for whoever does it, whose owner it befalls: "a Doe **supporter**"."""
    ambiguous: frozenset[str]
    """Verbs that state nothing by themselves, whatever the table of events says of them."""
    breaking_verbs: frozenset[str]
    """Verbs that end or refuse what binds two parties: "**reneged** on his promise to X"."""
    refusing_verbs: frozenset[str]
    """Verbs that refuse it before it came to that: "**ruled out** talks with X"."""
    suffering_verbs: frozenset[str]
    """Verbs that lend an event noun its second actor: "**drew** criticism from X"."""
    support_verbs: frozenset[str]
    support_nouns: frozenset[str]
    naming_verbs: frozenset[str]
    """Verbs that say what somebody takes another for: "**called** the mayor a liar"."""
    namings: Mapping[str, RelationClass]
    """What the words state by which they name another: "liar" accuses."""
    joining_words: frozenset[str]
    """Words before "with" that join others to a subject: "**together** with X"."""


FLAGS = ("symmetric", "armed", "bodies", "trade", "intransitive", "reciprocal", "persons", "topical", "told", "employed", "bare")
"""The fields of a frame that its row may set."""


@cache
def relation_frames() -> Frames:
    """The frames, read once per process."""
    table = tomllib.loads(files("onrecord.extract").joinpath("data/relations.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, tuple[Frame, ...]]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for row in table["frame"]:
        flags = {name: row.get(name, False) for name in FLAGS}
        frame = Frame(row["class"], tuple(row["target"]), **flags)
        for kind, by_lemma in found.items():
            by_lemma.update((lemma, (*by_lemma.get(lemma, ()), frame)) for lemma in row.get(kind, ()))
    return Frames(
        verbs=found["verbs"],
        nouns=found["nouns"],
        adjectives=found["adjectives"],
        member=frozenset(table["member"]["nouns"]),
        possession=frozenset(table["possession"]["nouns"]),
        quantity=frozenset(table["quantity"]["words"]),
        undergone=frozenset(table["undergone"]["nouns"]),
        official=frozenset(table["official"]["nouns"]),
        agentive=frozenset(table["agentive"]["nouns"]),
        ambiguous=frozenset(table["ambiguous"]["verbs"]),
        breaking_verbs=frozenset(table["support"]["breaking"]),
        refusing_verbs=frozenset(table["support"]["refusing"]),
        suffering_verbs=frozenset(table["support"]["suffering"]),
        support_verbs=frozenset(table["support"]["verbs"]),
        support_nouns=frozenset(table["support"]["nouns"]),
        naming_verbs=frozenset(table["naming"]["verbs"]),
        namings={word: CLASSES[class_] for class_, words in table["naming"]["words"].items() for word in words},
        joining_words=frozenset(table["joining"]["words"]),
    )


MODIFIERS = ("poss", "compound", "amod", "nmod", "npadvmod")

CLASSES: dict[str, RelationClass] = {name: name for name in get_args(RelationClass)}


@dataclass(frozen=True, slots=True)
class Events:
    """The classes that verbs state."""

    bare: dict[str, RelationClass]
    """By the verb alone, whatever actor is its object; verbs whose class depends on the block that they are read in are left out."""
    objects: dict[str, dict[str, RelationClass]]
    """By the verb and the lemmas of its object, joined by "_"."""


@cache
def known_events() -> Events:
    """The table, read once per process."""
    bare: dict[str, set[RelationClass]] = {}
    objects: dict[str, dict[str, set[RelationClass]]] = {}
    text = files("onrecord.extract").joinpath("data/events.txt").read_text(encoding="utf-8")
    for verbs, class_, words in _rows(text):
        for verb in verbs:
            if not words:
                bare.setdefault(verb, set()).add(class_)
            for word in words:
                objects.setdefault(verb, {}).setdefault(word, set()).add(class_)
    return Events(
        {verb: next(iter(classes)) for verb, classes in bare.items() if len(classes) == 1},
        {verb: {word: next(iter(classes)) for word, classes in row.items() if len(classes) == 1} for verb, row in objects.items()},
    )


def _rows(text: str) -> Iterator[tuple[list[str], RelationClass, list[str]]]:
    """Verbs, a class, and the objects with which they state it, none where they state it alone."""
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        verbs, *classes = line.split(" | ")
        for part in classes:
            name, _, words = part.partition(": ")
            yield verbs.split(", "), CLASSES[name], words.split()


def event_class(known: Mapping[str, RelationClass], noun: Token) -> RelationClass | None:
    """What a verb states with a noun as its object, by the verb's row of the table, the longest known phrase first; None where the table
    does not say."""
    return next((known[phrase] for phrase in _phrases(noun) if phrase in known), None)


def _phrases(noun: Token) -> Iterator[str]:
    """The noun with each word before it, then alone, then those words: "humanitarian_aid", "aid", "food" of "food program"."""
    lemma = compound_lemma(noun)
    yield from (f"{lemma_of(child)}_{lemma}" for child in noun.lefts if child.dep_ in MODIFIERS)
    yield lemma
    yield from (lemma_of(child) for child in noun.lefts if child.dep_ == "compound" and child.pos_ == "NOUN")


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor at its place beside a trigger."""

    actor: str
    noun: Token
    """The noun phrase's head at that place: the actor's own head word, or the word that stands in for it ("positions")."""
    is_standin: bool = False


def participants(noun: Token, lookup: ActorLookup, frames: Frames, *, standins: frozenset[str]) -> Iterator[Participant]:
    """The actors that a noun phrase stands for, each conjunct by itself.

    A phrase that is no actor is followed one hop to the actor in it, if its noun is among the stand-ins: "**Ruritania's** troops",
    "allies in **Ruritania**", "the routes taken by **the rebels**". What it only counts, and what it names as an instance, is meant too:
    "a string of **ministers**", "critics including **the mayor**" (Quirk et al. 1985, 5.6, 17.73).
    """
    counted = of_quantity(noun, frames)
    for conjunct in (one for word in (noun, *counted, *instances((noun, *counted))) for one in lookup.conjuncts(word)):
        actor = lookup.actor(conjunct) or reporting_body(conjunct, lookup)
        if actor is not None:
            yield Participant(actor, conjunct)
        elif named := [(actor, child) for child in conjunct.rights if child.dep_ == "appos" and (actor := lookup.actor(child))]:
            yield from (Participant(actor, conjunct) for actor, _ in named)  # "blamed a supplier, **Acme**"
        # One step only: "the son of a member of the board" is not the board.
        elif lemma_of(conjunct) in standins:
            inside = actors_inside(conjunct, lookup, frames)
            # A state is what its ministers are; what is done to Doe's lawyer is not done to Doe.
            yield from (Participant(one, conjunct, True) for one in inside if not (is_role(conjunct) and lookup.is_person(one)))


def reporting_body(pronoun: Token, lookup: ActorLookup) -> str | None:
    """The body that says of itself what it does, where nothing else resolves the pronoun: "Acme said **it** would buy Bolt".

    The subject of a report is who reports it (logophoric reference: Sells 1987), if only one body or state does.
    """
    clause = pronoun.head
    if pronoun.lower_ not in ("it", "they") or pronoun.dep_ != "nsubj" or clause.dep_ != "ccomp" or clause.i < clause.head.i:
        return None
    found = [lookup.actor(noun) for noun in clause.head.lefts if noun.dep_ == "nsubj"] if lemma_of(clause.head) in reporting_verbs() else []
    actor = found[0] if len(found) == 1 else None
    return actor if actor is not None and actor in lookup.actors and lookup.actors[actor].type in BODIES else None


def of_quantity(noun: Token, frames: Frames) -> tuple[Token, ...]:
    """What a noun or number only counts: "a string of **ministers**"."""
    if lemma_of(noun) not in frames.quantity:
        return ()
    return tuple(child for of in noun.rights if of.lower_ == "of" for child in of.children if child.dep_ == "pobj")


def instances(nouns: Iterable[Token]) -> Iterator[Token]:
    """Those whom noun phrases name as instances: "critics **including the mayor**", "critics **such as the mayor**"."""
    for noun in nouns:
        for preposition in noun.rights:
            such = preposition.lower_ == "as" and any(child.lower_ == "such" for child in preposition.children)
            if preposition.lower_ == "including" or such:
                yield from (child for child in preposition.children if child.dep_ == "pobj")


def actors_inside(noun: Token, lookup: ActorLookup, frames: Frames) -> Iterator[str]:
    """The actors one step inside a noun phrase: its owner or modifier, its "of" or "in" phrase, the agent of its participle.

    A place that it lies in is none of them, unless officials act for it: "gunmen **in Ruritania**"; nor is whoever does something to
    people: "a minister wanted **by Ruritania**"; nor whom they are for: "**Doe's** supporters" are not Doe.
    """
    others = lemma_of(noun) in frames.agentive
    for child in noun.children:
        if child.dep_ in MODIFIERS and not (others and child.dep_ == "poss"):
            found = (actor for conjunct in lookup.conjuncts(child) if (actor := lookup.actor(conjunct)))
            yield from (actor for actor in found if not (others and lookup.is_person(actor)))  # "A Doe supporter" is not Doe.
        elif child.dep_ == "prep" and child.lower_ in (("in", "from") if others else ("of", "in", "from")):
            official = lemma_of(noun) in frames.official
            yield from (
                actor
                for actor in actors_under(child, lookup)
                if child.lower_ == "of" or not lookup.is_place(actor) or (official and lookup.is_country(actor))
            )
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBD") and lemma_of(noun) not in frames.member:
            yield from (actor for by in child.children if by.dep_ == "agent" for actor in actors_under(by, lookup))


def actors_under(preposition: Token, lookup: ActorLookup) -> Iterator[str]:
    """The actors that a preposition governs."""
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield from (actor for noun in lookup.conjuncts(child) if (actor := lookup.actor(noun)))


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject, or the noun that it modifies, undergoes what it says."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.lefts) or any(child.dep_ == "agent" for child in verb.rights):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def subjects(verb: Token) -> list[Token]:
    """The heads of the verb's subject; one that it shares with the verb above it counts: "X **came** and saw", "X tried to **leave**"."""
    # Six arcs up are more than a shared subject ever needs.
    for _ in range(6):
        own = [child for child in verb.lefts if child.dep_ in SUBJECTS] or [child for child in verb.rights if child.dep_ in SUBJECTS]
        if own:
            return own
        if (noun := planning_noun(verb)) is not None:
            return owners_of_plan(noun)
        if verb.dep_ == "acl":
            return [antecedent(verb)]
        if controllers := object_controllers(verb):
            return controllers
        # "Was found guilty of killing": whom the adjective is said of.
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep", "acomp", "oprd") or verb.head.i == verb.i:
            return []
        verb = verb.head
    return []


def planning_noun(verb: Token) -> Token | None:
    """The noun above an infinitive, which parsers also take for a relative clause, or above a gerund behind "of": "the **decision** to fire
    Doe", "no **intention** of firing Doe"."""
    above = verb.head
    if verb.tag_ == "VB" and above.pos_ == "NOUN":
        planned = verb.dep_ == "acl" or (verb.dep_ == "relcl" and any(child.tag_ == "TO" for child in verb.lefts))
        return above if planned else None
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and above.lower_ == "of" and above.head.pos_ == "NOUN":
        return above.head if noun_stance(above.head) is not None else None
    return None


def owners_of_plan(noun: Token) -> list[Token]:
    """Whose plan, promise or refusal what a noun plans is, where the noun says that it is one: "**the mayor's** decision to fire Doe",
    "**the mayor** made a promise to meet Doe"."""
    if noun_stance(noun) is None:
        return []
    owners = [child for child in noun.lefts if child.dep_ == "poss"] or list(nouns_after([noun], ("by",)))
    return owners or (subjects(noun.head) if noun.dep_ == "dobj" else [])


def noun_stance(noun: Token) -> str | None:
    """What a noun makes of the infinitive after it: the name of its list in ``data/claims.toml``."""
    return next((name for name, words in claim_words().infinitives.lists.items() if lemma_of(noun) in words), None)


CALLING = frozenset(
    {"appeal", "bark", "call", "gesture", "motion", "plead", "pray", "scream", "shout", "signal", "wave", "whistle", "yell"}
)
"""Verbs of manner of speaking and of gesture (Levin 1993, 37.3, 40.3.1), behind whose preposition stands who is to do it."""


BY_SUBJECT = frozenset({"exploit", "promise", "spend", "use", "waste"})
"""Verbs with an object whose subject does what their infinitive says: "**X** used a speech to ask", "**X** promised Y to leave" (subject
control: Huddleston and Pullum 2002, 14.2.1; Levin 1993, 105)."""


def object_controllers(verb: Token) -> list[Token]:
    """The object above a verb that is its subject: "urged **X** to leave", "called on **X** to leave", "accused **X** of leaving"."""
    head = verb.head
    if lemma_of(head) in BY_SUBJECT:
        return []
    if verb.dep_ == "pcomp" and head.lower_ in ("for", "of", "from"):
        head = head.head
    elif verb.dep_ not in ("xcomp", "advcl") or verb.tag_ != "VB":
        return []
    # The controller stands between the two verbs: "urged **them** to leave".
    between = [child for child in head.rights if child.i < verb.i]
    found = [child for child in between if child.dep_ == "dobj"] if verb.dep_ != "advcl" else []
    prepositions = ("on", "upon", "at", "to", "with") if lemma_of(head) in CALLING else ("on", "upon")
    behind = (noun for child in between if child.lower_ in prepositions for noun in child.children if noun.dep_ == "pobj")
    # "Flew on Friday to meet X": a day meets nobody.
    return found or [noun for noun in behind if noun.ent_type_ not in ("DATE", "TIME")]


def antecedent(participle: Token) -> Token:
    """The noun that a participle modifies: the one right before it, which the parser often passes over for an earlier one."""
    before = participle.doc[participle.left_edge.i - 1] if participle.left_edge.i else participle.head
    return before if before.pos_ in ("NOUN", "PROPN") else participle.head


def objects(verb: Token) -> list[Token]:
    """The heads of the verb's object, recipient, or the subject of the clause it governs ("let **the rebels** pass")."""
    found = plain_objects(verb)
    found += [
        noun
        for child in verb.rights
        if child.dep_ in ("ccomp", "xcomp") and child.tag_ in ("VB", "VBG") and not is_full_clause(child)
        for noun in child.lefts
        if noun.dep_ == "nsubj"
    ]
    first = first_noun(verb)
    if first is not None and first not in found and any(first.i < noun.i and noun.is_ancestor(first) for noun in found):
        found.insert(0, first)  # A recipient that the parser hung on the object: "allowed **the rebels** safe passage".
    return found


def is_full_clause(verb: Token) -> bool:
    """Whether a clause is opened by a conjunction or a question word, so that its subject is no object of the verb above: "dislikes **what
    Doe is doing**"."""
    return any(word.dep_ == "mark" or word.tag_ in ("WDT", "WP", "WRB") for word in verb.lefts)


def plain_objects(verb: Token) -> list[Token]:
    """The heads of the verb's object and recipient, also where a relative clause has them before it: "the man **whom** she blamed", "the
    **man** she blamed" (Quirk et al. 1985, 17.13-15)."""
    found = [child for child in verb.children if child.dep_ in ("dobj", "dative") and child.pos_ != "ADP"]
    if not found and (joined := shared_conjunct(verb)) is not None:
        found = [child for child in joined.rights if child.dep_ == "dobj"]
    if found or verb.dep_ != "relcl" or is_passive(verb):
        return found
    opening = verb.doc[verb.left_edge.i]
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    # Without a pronoun the clause begins with its subject; a preposition left at its end has the antecedent.
    bare = subject is not None and opening.i == subject.left_edge.i and opening.tag_ not in ("WDT", "WP", "WP$", "WRB")
    return [verb.head] if bare and not any(child.dep_ in ("prep", "ccomp", "xcomp") for child in verb.rights) else []


def shared_conjunct(verb: Token) -> Token | None:
    """The verb right behind one and its "and", with which it shares an object: "**met and thanked** Doe" (right node raising)."""
    return next((child for child in verb.rights if child.dep_ == "conj" and child.i == verb.i + 2 and child.pos_ == "VERB"), None)


def first_noun(verb: Token) -> Token | None:
    """The head of the noun phrase that begins right after a verb."""
    # Seven words are enough for an article and its adjectives.
    for token in verb.doc[verb.i + 1 : verb.i + 8]:
        if token.dep_ in ("det", "amod", "compound", "nummod", "poss", "case"):
            continue
        return token if token.pos_ in ("NOUN", "PROPN", "PRON") else None
    return None


COMPLEX = frozenset({"according", "ahead", "because", "close", "due", "next", "owing", "prior", "regardless", "relating", "thanks"})
"""First words of complex prepositions, in which "to" or "with" governs nobody's receiver (Quirk et al. 1985, 9.10)."""


def nouns_after(words: Iterable[Token], prepositions: tuple[str, ...]) -> Iterator[Token]:
    """The nouns governed by one of the prepositions, as children of these words or of a particle among them ("out **of**")."""
    for word in words:
        for child in word.rights:
            # A receiver behind "to" is a dative to the parser: "sold jets **to X**".
            if child.dep_ in ("prep", "agent", "dative") and child.lower_ in prepositions:
                yield from (noun for noun in child.children if noun.dep_ == "pobj")
            elif child.dep_ in ("prep", "prt", "advmod") and child.lower_ not in prepositions and child.lower_ not in COMPLEX:
                yield from (
                    noun for inner in child.rights if inner.lower_ in prepositions for noun in inner.children if noun.dep_ == "pobj"
                )


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that state a relation."""

    word: Token
    """The verb or noun of the frame."""
    first: Token
    """Where the words begin: the support verb of a noun, else the word itself."""
    last: Token
    """Where they end: the word, or the particle of a verb."""
    predicate: Token
    """The verb whose polarity and modality are the relation's; for a noun without one, the noun."""

    @property
    def span(self) -> Span:
        return Span(self.first.idx, self.last.idx + len(self.last))


@dataclass(frozen=True, slots=True)
class ReadTrigger:
    """A trigger read in one frame, with the actors on its two sides."""

    trigger: Trigger
    frame: Frame
    sources: tuple[Participant, ...]
    targets: tuple[Participant, ...]
    rule: str
    is_between: bool = False
    """The two sides are those of "between A and B", which hold whatever is said of the noun."""
    is_beside: bool = False
    """What it says goes along with what its verb says, whether that is negated or not: "did not speak **after talks with** X"."""
    is_without: bool = False
    """It is said to be lacking: "**without** the help of X"."""


def has_partner(noun: Token, verb: Token) -> bool:
    """Whether words beside an event noun say with whom it is, so that those who share in it are on one side."""
    return any(word.lower_ in ("with", "between", "against", "alongside") for word in (*noun.subtree, *verb.rights))


def mutual_readings(trigger: Trigger, frame: Frame, nouns: Iterable[Token], lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of an act that several subjects do to one another, for each two of them."""
    for noun in nouns:
        sides = tuple(participants(noun, lookup, frames, standins=frames.member))
        sides = sides if len(sides) > 1 else tuple(coordinated_owners(noun, lookup)) or sides
        yield from (ReadTrigger(trigger, frame, (side,), sides[place:], "reciprocal") for place, side in enumerate(sides, 1))


def coordinated_owners(noun: Token, lookup: ActorLookup) -> list[Participant]:
    """Those to whom the two parts of one group belong: "**Ruritanian and Bordurian** officials", "leaders of **Ruritania and
    Borduria**"."""
    owners = [*(child for child in noun.lefts if child.dep_ in MODIFIERS), *nouns_after([noun], ("of",))]
    joined = [list(lookup.conjuncts(child)) for child in owners]
    words = next((words for words in joined if len(words) > 1), [])
    return [Participant(actor, noun, True) for word in words if (actor := lookup.actor(word))]


def standing_for(noun: Token, lookup: ActorLookup) -> tuple[Participant, ...]:
    """The actor that a single word is."""
    actor = lookup.actor(noun)
    return () if actor is None else (Participant(actor, noun),)


DEMANDING = frozenset({"demand", "order", "require"})
"""Words whose clause is demanded, whatever its verb looks like."""


def clause_subjects(word: Token) -> Iterator[Token]:
    """Those whom a demand is for: "demanded that **the mayor** resign", "a call for **the mayor** to resign"."""
    for clause in word.rights:
        marked = any(child.lower_ in ("that", "for") and child.dep_ == "mark" for child in clause.lefts)
        told = clause.tag_ != "VB" and not any(child.lower_ == "should" for child in clause.lefts)
        if clause.dep_ in ("ccomp", "xcomp") and told and lemma_of(word) not in DEMANDING:
            continue  # "Insisted that the mayor knew": tells, and asks for nothing.
        if clause.dep_ in ("ccomp", "xcomp") or (marked and clause.dep_ in ("advcl", "acl", "relcl")):
            yield from (noun for noun in clause.lefts if noun.dep_ in SUBJECTS)
        elif clause.lower_ == "for" and any(child.tag_ == "VB" and child.dep_ in ("acl", "advcl", "xcomp") for child in word.rights):
            yield from (noun for noun in clause.children if noun.dep_ == "pobj")  # as parsers often have it


FRIENDLY = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD")
HOSTILE = ("PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT")
"""Classes of acts for and against somebody: who announces the one agrees to it, who announces the other threatens."""
VERBAL = ("ACCUSE", "REJECT", "SUPPORT", "PROTEST")
"""Classes of acts in words, which befall whoever did what they are about: "condemned **X's tactics**"."""


DEVERBAL = ("tion", "sion", "ment", "ing", "ance", "ence", "al", "ure")
"""Endings of nouns of action, whose "of" names whom it befalls as often as who does it (Quirk et al. 1985, 17.41-43)."""


def words_of(noun: Token, verbs: Frame, lookup: ActorLookup, frames: Frames) -> Iterator[Participant]:
    """The actors whose doing or property a noun phrase is: its owner or modifier, who stands behind its "by" or "of"; behind its "with"
    where it is ended or refused."""
    for conjunct in lookup.conjuncts(noun):
        lemma = lemma_of(conjunct)
        # "Favoured Doe's opponents" is no favour to Doe, nor is what was done to Doe's captain done to Doe.
        kin = kin_words()
        others = lemma in kin.of_persons | kin.hostile | kin.of_teams or is_role(conjunct)
        if conjunct.pos_ != "NOUN" or lemma in frames.undergone or others:
            continue
        owners = [actor for child in conjunct.lefts if child.dep_ in MODIFIERS and (actor := lookup.actor(child))]
        prepositions = ["by", "from"]
        prepositions += ["of"] if not lemma.endswith(DEVERBAL) and lemma not in frames.nouns else []
        prepositions += ["with"] if verbs.class_ in ("REJECT", "SANCTION") else []
        owners += [actor for child in conjunct.rights if child.lower_ in prepositions for actor in actors_under(child, lookup)]
        done = [child for child in conjunct.rights if child.dep_ == "acl" and lemma not in frames.member]
        owners += [actor for child in done for by in agents(child) if (actor := lookup.actor(by))]
        yield from (Participant(actor, conjunct, True) for actor in owners)


DIRECT = Frame("COOPERATE", ("object",), symmetric=False, armed=False, bodies=False)
"""The frame of an event, but for its class."""
