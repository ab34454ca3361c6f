"""What states a relation, and whom it joins: verbs and event nouns read in the frames of ``data/relations.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.extract.actor_lookup import SUBJECTS, ActorLookup, agents
from onrecord.extract.affiliations import kin_words
from onrecord.extract.claims.claim_words import claim_words
from onrecord.extract.relations.arguments import (
    MODIFIERS,
    Frame,
    Frames,
    Participant,
    actors_under,
    antecedent,
    event_class,
    is_passive,
    known_events,
    nouns_after,
    objects,
    participants,
    plain_objects,
    subjects,
)
from onrecord.extract.tokens import Token, compound_lemma, lemma_of
from onrecord.model import RelationClass, Span


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


def find_readings(token: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of a verb, an event noun or an adjective, one for each of its frames; of a verb whose frames do not fit what the table
    of events says of it."""
    if token.pos_ == "NOUN":
        yield from noun_readings(token, lookup, frames)
    elif token.pos_ in ("VERB", "AUX"):
        yield from act_readings(token, lookup, frames)
        yield from intent_readings(token, lookup, frames)
    elif token.pos_ == "ADJ":
        yield from adjective_readings(token, lookup, frames)
    elif token.lower_ in frames.joining_words:
        yield from joint_readings(token, lookup, frames)


def act_readings(verb: Token, lookup: ActorLookup, frames: Frames, *, by: tuple[Participant, ...] = ()) -> list[ReadTrigger]:
    """The readings of a verb as an act: those by its object, else by its frames, else by the table of events; ``by`` acts where the verb
    has no subject."""
    if is_anothers_purpose(verb):
        return []
    for kind in (naming_readings, object_readings, verb_readings, bare_readings):
        found = [reading for reading in kind(verb, lookup, frames) if (reading.sources or by) and reading.targets]
        if found:
            return found
    return []


# --- verbs ---------------------------------------------------------------------------------------------------------


def naming_readings(verb: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of a verb that says what somebody takes another for, by the word for it (Levin 1993, 29.1-3): "called X **a liar**",
    "described X **as a hero**"."""
    if lemma_of(verb) not in frames.naming_verbs:
        return
    passive = is_passive(verb)
    for word in complements(verb):
        own = [child for child in word.lefts if child.dep_ == "amod"]
        class_ = next(
            (class_ for one in (word, *own) if (class_ := frames.namings.get(lemma_of(one)) or frames.namings.get(one.lower_))), None
        )
        if class_ is None or any(child.dep_ == "neg" for child in word.lefts):
            continue
        nouns = subjects(verb) if passive else [*plain_objects(verb), *(child for child in word.lefts if child.dep_ == "nsubj")]
        targets = tuple(one for noun in nouns for one in participants(noun, lookup, frames, standins=frozenset()))
        trigger = Trigger(verb, verb, verb, verb)
        yield ReadTrigger(trigger, replace(DIRECT, class_=class_), acting_participants(verb, passive, lookup, frames), targets, "naming")


def complements(verb: Token) -> Iterator[Token]:
    """The words that a verb says of its object: "called X **a liar**", "called X **unhinged**", "described X as **a liar**"."""
    for child in verb.rights:
        if child.dep_ in ("oprd", "acomp", "attr") or (child.dep_ in ("ccomp", "xcomp") and child.pos_ in ("ADJ", "NOUN")):
            yield child
        elif child.lower_ == "as" and child.dep_ == "prep":
            yield from (word for word in child.children if word.dep_ in ("pobj", "amod", "acomp"))


def joint_readings(word: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The reading of a word that joins somebody to those who act: "Acme, **together with Bolt**, built a bridge" (comitative: Quirk et
    al. 1985, 9.52)."""
    preposition = word.head if word.head.lower_ == "with" else next((child for child in word.rights if child.lower_ == "with"), None)
    if preposition is None or preposition.i != word.i + 1:
        return
    above = preposition.head if preposition.head.i != word.i else word.head
    sides = subjects(above) if above.pos_ in ("VERB", "AUX") else [above]
    verb = above if above.pos_ in ("VERB", "AUX") else above.head
    if verb.pos_ not in ("VERB", "AUX") or above.dep_ not in (*SUBJECTS, "ROOT", "conj", "ccomp", "relcl", "advcl", "xcomp"):
        return
    sources = tuple(one for noun in sides for one in participants(noun, lookup, frames, standins=frames.member))
    nouns = [child for child in preposition.children if child.dep_ == "pobj"]
    targets = tuple(one for noun in nouns for one in participants(noun, lookup, frames, standins=frames.member))
    trigger = Trigger(word, word, preposition, verb)
    yield ReadTrigger(trigger, replace(DIRECT, class_="COOPERATE", symmetric=True), sources, targets, "joint")


def verb_readings(verb: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of a verb, active or passive; the frames of a verb with its particle win over those of the bare verb."""
    # "Turn on" is not "turn", and "drop off" is not "drop".
    particle = next((child for child in verb.rights if f"{lemma_of(verb)} {child.lower_}" in frames.verbs), None)
    if particle is None and any(child.dep_ == "prt" for child in verb.rights):
        return
    lemma = f"{lemma_of(verb)} {particle.lower_}" if particle is not None else lemma_of(verb)
    if lemma not in frames.verbs:
        return
    trigger = Trigger(verb, verb, particle if particle is not None else verb, verb)
    passive = is_passive(verb)
    compound = compound_agent(verb)
    acting = acting_participants(verb, passive, lookup, frames) if compound is None else standing_for(compound, lookup)
    for frame in frames.verbs[lemma]:
        # "Is married to", "is allied with": whom it is said of is on the first side (statal passive: Quirk et al. 1985, 3.77).
        statal = passive and not acting and frame.symmetric and "object" not in frame.target
        sources = acting_participants(verb, False, lookup, frames) if statal else acting
        if is_other_sense(verb, frame):
            continue
        nouns = undergoing(verb, passive, frame) if compound is None else [verb.head] if "object" in frame.target else []
        found = (second_participants(noun, frame, lookup, frames) if compound is None else standing_for(noun, lookup) for noun in nouns)
        targets = tuple(one for ones in found for one in ones)
        # Who meets somebody "to discuss the tax" discusses it with them, and not among themselves.
        if not targets and frame.reciprocal and not passive and verb.dep_ != "advcl":
            yield from reciprocal_readings(verb, trigger, frame, lookup, frames)
        yield ReadTrigger(trigger, frame, sources, targets, "passive" if passive else "verb")


def reciprocal_readings(verb: Token, trigger: Trigger, frame: Frame, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of a verb whose subjects do it to one another: "**X and Y** met", "**Ruritanian and Bordurian** officials agreed"."""
    # "Signed a deal", but not "signed copies of their books"; what is talked about may be anything.
    things = [child for child in verb.rights if child.dep_ == "dobj"]
    if frame.class_ == "CONSULT" or not things or any(compound_lemma(noun) in frames.nouns for noun in things):
        yield from mutual_readings(trigger, frame, subjects(verb), lookup, frames)


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


def compound_agent(verb: Token) -> Token | None:
    """Who does what a participle says that a hyphen joins to them: "the **Acme-owned** Bolt"."""
    doc, before = verb.doc, verb.i - 2
    joined = verb.tag_ == "VBN" and verb.dep_ == "amod" and before >= 0 and doc[verb.i - 1].text == "-"
    return doc[before] if joined and not doc[before].whitespace_ and not doc[verb.i - 1].whitespace_ else None


def standing_for(noun: Token, lookup: ActorLookup) -> tuple[Participant, ...]:
    """The actor that a single word is."""
    actor = lookup.actor(noun)
    return () if actor is None else (Participant(actor, noun),)


def acting_participants(verb: Token, passive: bool, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """Who does what the verb says."""
    acting = agents(verb) if passive else subjects(verb)
    return tuple(one for noun in acting for one in participants(noun, lookup, frames, standins=frames.member))


def is_other_sense(verb: Token, frame: Frame) -> bool:
    """Whether what stands beside the verb shows that the frame is not meant."""
    if frame.armed and any(child.lower_ == "back" for child in verb.rights):
        return True  # "fired back at": with words
    if frame.intransitive and any(child.dep_ in ("dobj", "oprd", "ccomp") for child in verb.rights):
        return True
    if frame.class_ == "YIELD" and any(child.dep_ == "ccomp" and is_change(child) for child in verb.rights):
        return True  # "Let the firm get lazy" allows it nothing.
    if frame.topical and not any(child.lower_ in ("over", "for") and child.dep_ == "prep" for child in verb.rights):
        return True
    told = [child for child in verb.rights if child.dep_ in ("xcomp", "ccomp") and is_to_infinitive(child)] if frame.told else []
    if frame.told and (not told or (lemma_of(verb) in WISHING and all(is_change(child) for child in told))):
        return True  # "Wants the town to become rich" asks nothing of it.
    return frame.bare and any(child.dep_ in ("ccomp", "xcomp") for child in verb.rights)


def is_anothers_purpose(verb: Token) -> bool:
    """Whether a verb only says to what end something was done to its subject: "was dropped **to face** X"; the purpose of what somebody
    does is their own."""
    return verb.dep_ == "advcl" and is_to_infinitive(verb) and is_passive(verb.head)


WISHING = frozenset({"get", "want"})
"""Verbs that ask somebody for an act, but for no state (Levin 1993, 32.1)."""


def is_change(verb: Token) -> bool:
    """Whether a verb says what somebody is or becomes, and no act (Quirk et al. 1985, 16.21-23): "**get** lazy"."""
    return lemma_of(verb) in claim_words().evaluative["linking"] and any(child.dep_ in ("acomp", "attr", "oprd") for child in verb.rights)


def undergoing(verb: Token, passive: bool, frame: Frame) -> list[Token]:
    """The nouns that a verb's act falls on, where its frame has them."""
    if "infinitive" in frame.target:
        return [noun for child in verb.rights if child.dep_ == "xcomp" and child.tag_ == "VB" for noun in objects(child)]
    if "clause" in frame.target:
        return list(clause_subjects(verb))
    if "border" in frame.target:
        return border_states([verb, *objects(verb)])
    if "object" not in frame.target:
        words = [verb, *objects(verb)]
        if "alongside" in frame.target:  # "Played in the band **with X**"
            words += nouns_after([verb], ("in", "at", "on"))
        return list(nouns_after(words, frame.target))
    if not passive:
        return objects(verb)
    return [antecedent(verb)] if verb.dep_ == "acl" else subjects(verb)


def second_participants(noun: Token, verbs: Frame, lookup: ActorLookup, frames: Frames) -> Iterator[Participant]:
    """The actors that a noun on the second side stands for; an event noun leads to its own: "bowed out of the fight against **X**".

    Those who "join the war on **X**" do not cooperate with it.
    """
    standins = frames.member | frames.possession
    found = list(participants(noun, lookup, frames, standins=standins))
    suffers = noun.dep_ == "dobj" and lemma_of(noun.head) in frames.suffering_verbs
    yield from found or (words_of(noun, verbs, lookup, frames) if verbs.class_ in OWNED and not suffers else ())
    # Nor does whoever condemns the killing of X condemn X.
    if verbs.class_ == "COOPERATE" or verbs.class_ in VERBAL:
        return
    for frame in frames.nouns.get(compound_lemma(noun), ()):
        if frame.class_ == "ASSAULT":
            for inner in nouns_after([noun], frame.target):
                yield from participants(inner, lookup, frames, standins=frames.member)


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


VERBAL = ("ACCUSE", "REJECT", "SUPPORT", "PROTEST")
"""Classes of acts in words, which befall whoever did what they are about: "condemned **X's tactics**"."""
OWNED = (*VERBAL, "REQUEST", "AID", "COOPERATE", "COERCE", "SANCTION")
"""Classes of acts that befall whoever owns what they are done to: "seized **X's accounts**". Not to hurt: whose dog dies is not hurt."""


DEVERBAL = ("tion", "sion", "ment", "ing", "ance", "ence", "al", "ure")
"""Endings of nouns of action, whose "of" names whom it befalls as often as who does it (Quirk et al. 1985, 17.41-43)."""


def words_of(noun: Token, verbs: Frame, lookup: ActorLookup, frames: Frames) -> Iterator[Participant]:
    """The actors whose doing or property a noun phrase is: its owner or modifier, who stands behind its "by" or "of"; behind its "with"
    where it is ended or refused."""
    for conjunct in lookup.conjuncts(noun):
        lemma = lemma_of(conjunct)
        if conjunct.pos_ != "NOUN" or lemma in frames.undergone or lemma in kin_words().of_persons:
            continue
        owners = [actor for child in conjunct.lefts if child.dep_ in MODIFIERS and (actor := lookup.actor(child))]
        prepositions = ["by", "from"]
        prepositions += ["of"] if not lemma.endswith(DEVERBAL) and lemma not in frames.nouns else []
        prepositions += ["with"] if verbs.class_ in ("REJECT", "SANCTION") else []
        owners += [actor for child in conjunct.rights if child.lower_ in prepositions for actor in actors_under(child, lookup)]
        done = [child for child in conjunct.rights if child.dep_ == "acl" and lemma not in frames.member]
        owners += [actor for child in done for by in agents(child) if (actor := lookup.actor(by))]
        yield from (Participant(actor, conjunct, True) for actor in owners)


def is_to_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.lefts)


# --- the table of events -------------------------------------------------------------------------------------------

REACHING = ("to", "with", "against", "on", "upon", "for", "from", "toward", "towards", "between", "into", "of", "by")
"""Prepositions behind an event's object that lead to whom it befalls: "lifted a ban **on** X", "sent aid **to** X"."""


MUTUAL = frozenset({"contact", "link", "relation", "tie"})
"""Nouns for what lies between several (Levin 1993, 22.1-2, nominals), which all of them restore or cut."""
GIVING = frozenset({"give", "grant", "hand", "lend", "pay", "provide", "send"})
"""Verbs of giving (Levin 1993, 13.1, 13.4.1)."""


def gift_class(noun: Token) -> RelationClass | None:
    """What giving something states: money helps, a prize honours."""
    if noun.ent_type_ == "MONEY":
        return "AID"
    return "SUPPORT" if lemma_of(noun) in claim_words().evaluative["prizes"] else None


def object_readings(verb: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of a verb with an object that says what is done: "imposed a **curfew** on". Event nouns that have a frame of their own
    are read by that."""
    # "Off" only completes it: "broke off relations" (Quirk et al. 1985, 16.4).
    rows, lemma = known_events().objects, verb_lemma(verb)
    known = rows.get(lemma) or rows.get(lemma.removesuffix(" off"), {})
    if not known and lemma_of(verb) not in GIVING:
        return
    passive = is_passive(verb)
    sources = acting_participants(verb, passive, lookup, frames)
    for noun in direct_objects(verb, passive) if sources else ():
        found = next(((word, class_) for word in measured(noun) if (class_ := object_class(verb, word, known, frames))), None)
        found = found or ((noun, given) if lemma_of(verb) in GIVING and (given := gift_class(noun)) else None)
        if found is not None and lookup.actor(noun) is None and not is_read(found[0], lookup, frames):
            frame = replace(DIRECT, class_=found[1])
            targets = tuple(
                reached(verb, found[0], lookup, frames, avoiding=("with",) if found[1] == "ACCUSE" else ())
                or (where(verb, found[0], lookup, frames) if found[1] in (*HOSTILE, "REQUEST") else ())
            )
            trigger = Trigger(noun, *ends(verb, noun), verb)
            yield ReadTrigger(trigger, frame, sources, targets, "event")
            if lemma_of(found[0]) in MUTUAL and not has_partner(noun, verb):
                yield from mutual_readings(trigger, frame, subjects(verb), lookup, frames)


def object_class(verb: Token, noun: Token, known: Mapping[str, RelationClass], frames: Frames) -> RelationClass | None:
    """What a verb states with an object; an event noun with a frame of its own says that itself where the verb only lends it a subject."""
    own = frames.nouns.get(compound_lemma(noun))
    if own is not None and lemma_of(verb) in frames.support_verbs:
        # "An offensive **against**" is none "with" somebody.
        behind = {child.lower_ for child in (*noun.rights, *verb.rights) if child.dep_ == "prep"}
        return next((frame.class_ for frame in own if behind & {*frame.target}), own[0].class_)
    class_ = event_class(known, noun)
    return None if class_ in VERBAL and lemma_of(noun) in frames.undergone else class_


def is_read(noun: Token, lookup: ActorLookup, frames: Frames) -> bool:
    """Whether an event noun has both its parties by a frame of its own."""
    return any(reading.sources and reading.targets for reading in noun_readings(noun, lookup, frames))


def bare_readings(verb: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of a verb that has no frame but a class in the table of events, with an actor as its object."""
    lemma = verb_lemma(verb)
    class_ = known_events().bare.get(lemma)
    if class_ is None or lemma in frames.ambiguous or lemma in frames.verbs:
        return
    passive = is_passive(verb)
    frame = replace(DIRECT, class_=class_, armed=class_ == "ASSAULT")
    sources = acting_participants(verb, passive, lookup, frames)
    nouns = direct_objects(verb, passive) if sources else []
    targets = tuple(one for noun in nouns for one in second_participants(noun, frame, lookup, frames))
    yield ReadTrigger(Trigger(verb, verb, verb, verb), frame, sources, targets, "passive" if passive else "verb")


def direct_objects(verb: Token, passive: bool) -> list[Token]:
    """The nouns that a verb's act falls on, without the subjects of clauses that it governs: nobody is thought who "is thought to ..."."""
    if passive:
        return undergoing(verb, passive, DIRECT)
    return plain_objects(verb)


def measured(noun: Token) -> Iterator[Token]:
    """A noun, and what it only measures or is a part of: "25,000 **tons** of food **aid**", "**part** of a **program**"."""
    yield noun
    yield from (child for of in noun.rights if of.lower_ == "of" for child in of.children if child.dep_ == "pobj")


INTENTS: dict[str, RelationClass] = {
    **dict.fromkeys(("agree", "offer", "pledge", "promise", "consent", "undertake", "volunteer"), "AGREE"),
    **dict.fromkeys(("refuse", "decline"), "REJECT"),
    **dict.fromkeys(("threaten", "vow", "swear"), "THREATEN"),
}
"""What somebody does to another by saying what they would do: CAMEO's codes 03, 12 and 13, express intent, reject, threaten."""
WILLING = frozenset({"prepared", "ready", "willing"})
"""Adjectives that state an intent (CAMEO 03): "is **ready** to help"."""
FRIENDLY = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD")
HOSTILE = ("PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT")


def intended(class_: RelationClass, act: RelationClass) -> RelationClass | None:
    """The class of an intent with a known act: who promises an attack threatens, and who vows help agrees to it; who refuses to attack
    rejects nobody."""
    if act in HOSTILE:
        return None if class_ == "REJECT" else "THREATEN"
    return "AGREE" if class_ == "THREATEN" and act in FRIENDLY else class_


def intent_readings(verb: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of a verb of intent with the infinitive that says what is intended: "**agreed to lift** the ban on X"."""
    willing = next((child for child in verb.rights if child.dep_ == "acomp" and lemma_of(child) in WILLING), None)
    class_ = INTENTS.get(lemma_of(verb)) if willing is None else "AGREE"
    act = next((child for word in (verb, willing) if word for child in word.rights if child.dep_ == "xcomp" and child.tag_ == "VB"), None)
    if class_ is None or act is None or is_passive(verb) or any(child.dep_ == "neg" for child in act.lefts):
        return
    sources = acting_participants(verb, False, lookup, frames)
    if not sources:
        return
    known = act_readings(act, lookup, frames, by=sources)
    if not known:
        if class_ == "AGREE":  # Of an act that nobody knows only a receiver: "offered to hand them over **to X**".
            nouns = nouns_after([act, *objects(act)], ("to", "with"))
            targets = [one for noun in nouns for one in participants(noun, lookup, frames, standins=frames.member)]
        else:
            targets = reached(act, act, lookup, frames) or where(act, act, lookup, frames)
        yield ReadTrigger(Trigger(verb, verb, act, verb), replace(DIRECT, class_=class_), sources, tuple(targets), "intent")
    for reading in known:
        found = intended(class_, reading.frame.class_)
        if found is not None:
            frame = replace(reading.frame, class_=found, symmetric=False)
            trigger = Trigger(verb, verb, reading.trigger.last, verb)
            yield replace(reading, trigger=trigger, frame=frame, sources=sources, rule="intent")


DIRECT = Frame("COOPERATE", ("object",), symmetric=False, armed=False, bodies=False)
"""The frame of an event, but for its class."""


def verb_lemma(verb: Token) -> str:
    """The lemma of a verb, with its particle."""
    particle = next((child for child in verb.rights if child.dep_ == "prt"), None)
    return lemma_of(verb) if particle is None else f"{lemma_of(verb)} {particle.lower_}"


def ends(verb: Token, noun: Token) -> tuple[Token, Token]:
    """The first and the last of two words."""
    return (verb, noun) if verb.i < noun.i else (noun, verb)


def reached(verb: Token, noun: Token, lookup: ActorLookup, frames: Frames, *, avoiding: tuple[str, ...] = ()) -> list[Participant]:
    """Whom an event befalls: its receiver, else the owner of its object, else the first actor behind a preposition after it, but for
    those to avoid: whoever led a study **with** X does not accuse X."""
    standins = frames.member | frames.possession
    receivers = [child for child in verb.rights if child.dep_ in ("dative", "dobj") and child != noun and child.pos_ != "ADP"]
    found = [one for child in receivers for one in participants(child, lookup, frames, standins=frames.member)]
    owners = [child for child in noun.lefts if child.dep_ in ("poss", "amod") and child.pos_ != "PRON"]
    found = found or [Participant(actor, noun, True) for child in owners if (actor := lookup.actor(child))]
    after = [child for head in (noun, verb) for child in head.rights if child.dep_ in ("prep", "dative") and child.lower_ in REACHING]
    for preposition in sorted((child for child in after if child.lower_ not in avoiding), key=lambda child: child.i):
        nouns = [child for child in preposition.children if child.dep_ == "pobj"]
        found = found or [one for child in nouns for one in participants(child, lookup, frames, standins=standins)]
        found = found or [one for child in nouns for one in products(child, lookup)]
    return found


def products(noun: Token, lookup: ActorLookup) -> Iterator[Participant]:
    """The state whose goods or people something is done to: "lifted its ban on **Ruritanian** beef", "on beef **from Ruritania**"."""
    own = [child for child in noun.lefts if child.dep_ == "amod"]
    for word in (*own, *nouns_after([noun], ("from",))):
        actor = lookup.actor(word)
        if actor is not None and lookup.is_country(actor):
            yield Participant(actor, noun, True)


def where(verb: Token, noun: Token, lookup: ActorLookup, frames: Frames) -> list[Participant]:
    """The state in which something is done, for acts that are done to a state there: "deployed troops **in** Ruritania"."""
    words = [*nouns_after([noun, verb], ("in",)), *border_states([noun, verb])]
    found = [one for word in words for one in participants(word, lookup, frames, standins=frozenset())]
    return [one for one in found if lookup.is_country(one.actor)]


def border_states(words: Iterable[Token]) -> list[Token]:
    """Whose border words lie at: "along **the Ruritanian** border", "on its border with **Ruritania**"."""
    borders = [word for word in nouns_after(words, ("along", "at", "near", "on", "to")) if lemma_of(word) in ("border", "frontier")]
    return [*nouns_after(borders, ("with",)), *(child for word in borders for child in word.lefts if child.dep_ in MODIFIERS)]


# --- adjectives ----------------------------------------------------------------------------------------------------


def adjective_readings(adjective: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of an adjective that a linking verb says of its subject: "has been **critical** of the mayor"."""
    verb = adjective.head
    if lemma_of(adjective) not in frames.adjectives or adjective.dep_ not in ("acomp", "oprd") or verb.pos_ not in ("VERB", "AUX"):
        return
    sources = tuple(one for noun in subjects(verb) for one in participants(noun, lookup, frames, standins=frames.member))
    for frame in frames.adjectives[lemma_of(adjective)]:
        named = nouns_after([adjective], frame.target)
        targets = tuple(one for noun in named for one in participants(noun, lookup, frames, standins=frames.member | frames.possession))
        yield ReadTrigger(Trigger(adjective, adjective, adjective, verb), frame, sources, targets, "adjective")


# --- event nouns ---------------------------------------------------------------------------------------------------


def noun_readings(noun: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of an event noun. On its first side stand its owner, modifier, author ("by") or the subject of its support verb, or of
    the verb that it goes along with; on the second what its prepositions name."""
    lemma = compound_lemma(noun)
    if lemma not in frames.nouns:
        return
    verb, first = support_verb(noun, lemma, frames)
    trigger = Trigger(noun, first, noun, verb if verb is not None else noun)
    sources = noun_sources(noun, verb, lookup, frames)
    standins = frames.member | frames.possession
    yield from suffered_readings(noun, lemma, lookup, frames)
    yield from backed_readings(noun, lemma, lookup, frames)
    yield from deadly_readings(noun, lemma, lookup, frames)
    if lemma in frames.agentive:
        yield from agentive_readings(noun, frames.nouns[lemma][0], trigger, lookup, frames)
        if not frames.nouns[lemma][0].symmetric:  # "Doe's critic": it is Doe who is criticised.
            sources = tuple(one for one in sources if one.noun not in noun.lefts)
    beside = None if verb is not None or sources else adjunct_verb(noun)
    for frame in frames.nouns[lemma]:
        targets = tuple(one for word in noun_targets(noun, verb, frame) for one in participants(word, lookup, frames, standins=standins))
        if not targets and frame.class_ in VERBAL:
            targets = tuple(one for word in noun_targets(noun, verb, frame) for one in words_of(word, frame, lookup, frames))
        both = actors_between(noun, lookup, frames) if "between" in frame.target else ()
        if both:
            yield ReadTrigger(Trigger(noun, noun, noun, noun), frame, both[:1], both[1:], "between", is_between=True)
        partners = allies(noun, lookup, frames) if frame.class_ == "ASSAULT" and "against" in frame.target else ()
        own = broken(noun, frame, frames)
        acting, said = sources, trigger
        if own is not frame:
            said = replace(trigger, predicate=verb_above(noun))  # Whether it was broken is said by the verb.
            acting = sources or ending_subjects(noun, lookup, frames)
            behind = nouns_after([verb_above(noun)], frame.target)
            targets = targets or tuple(one for word in behind for one in participants(word, lookup, frames, standins=standins))
        if beside is not None and targets and own is frame and goes_along(noun, frame):
            going = tuple(one for word in subjects(beside) for one in participants(word, lookup, frames, standins=frames.member))
            yield ReadTrigger(Trigger(noun, noun, noun, beside), frame, going, targets, "event noun", is_beside=True)
        yield ReadTrigger(said, own, (*acting, *partners), (*targets, *both), "event noun")
        if frame.symmetric and verb is not None and not has_partner(noun, verb):
            yield from mutual_readings(trigger, frame, subjects(verb), lookup, frames)


def agentive_readings(noun: Token, frame: Frame, trigger: Trigger, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The reading of a noun for whoever does it, whose owner or modifier it befalls (Quirk et al. 1985, 17.51): "Ann Poe, a **Doe
    supporter**", "**Doe's critic** Ann Poe"."""
    owners = [child for child in noun.lefts if child.dep_ in MODIFIERS]
    targets = tuple(one for word in owners for one in standing_for(word, lookup))
    # "Doe supporter Ann Poe", "Doe's critic, Ann Poe,": the name hangs below it, or it below the name.
    named = [noun.head] if noun.dep_ in ("compound", "appos", "nmod") and noun.head.pos_ == "PROPN" else []
    named += [child for child in noun.rights if child.dep_ == "appos"]
    named += subjects(noun.head) if noun.dep_ == "attr" else []
    sources = tuple(one for word in named for one in standing_for(word, lookup))
    if sources and not targets:  # "Longtime Doe critic Ann Poe", where all hangs on the name.
        before = noun.doc[noun.i - 1] if noun.i and noun.dep_ == "compound" else noun
        targets = standing_for(before, lookup) if before.head == noun.head and before != noun else ()
    yield ReadTrigger(trigger, frame, sources, targets, "event noun")


BESIDE = frozenset({"after", "amid", "at", "before", "during", "following", "in", "over"})
"""Prepositions that set one event beside another that the same people take part in: "left **after** a row with X"."""


def adjunct_verb(noun: Token) -> Token | None:
    """The verb that an event noun goes along with, so that its subject takes part: "left **after talks** with X", "wrote **in a letter** to
    X"."""
    above = noun.head
    known = noun.dep_ == "pobj" and above.lower_ in BESIDE and above.head.pos_ == "VERB" and not is_passive(above.head)
    # "In the talks with X that Y led", "its talks": they are somebody's.
    owned = any(child.dep_ == "poss" for child in noun.lefts) or any(child.dep_ in ("acl", "relcl") for child in noun.rights)
    return above.head if known and not owned else None


def goes_along(noun: Token, frame: Frame) -> bool:
    """Whether those who act take part in what stands beside it: talks, rows; "**in protest** at X", but not "after an attack on X"."""
    return frame.class_ in ("AGREE", "CONSULT", "COOPERATE", "REJECT") or (
        frame.class_ in ("ACCUSE", "PROTEST") and noun.head.lower_ == "in"
    )


BACKING = ("AID", "REQUEST", "SUPPORT")
"""Classes of nouns behind "with", "without" and "at" that name whose backing somebody acts with; with them goes what is done mutually."""


def backed_readings(noun: Token, lemma: str, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of an event noun whose owner does it to those who act: "won **with the backing of X**", "closed it **at X's request**"
    (complex prepositions: Quirk et al. 1985, 9.11)."""
    preposition, verb = noun.head, noun.head.head
    if lemma in frames.agentive:
        return  # "Drove with a friend of X": a person, and no backing.
    mutual = (frame.class_ for frame in frames.nouns[lemma] if frame.class_ == "COOPERATE" and "between" in frame.target)
    class_ = next((frame.class_ for frame in frames.nouns[lemma] if frame.class_ in BACKING), next(mutual, None))
    governs = noun.dep_ == "pobj" and preposition.lower_ in ("with", "without", "at") and preposition.dep_ == "prep"
    if class_ is None or not governs or (preposition.lower_ == "at") != (class_ == "REQUEST"):
        return
    if verb.pos_ not in ("VERB", "AUX"):
        return
    words = [*(child for child in noun.lefts if child.dep_ == "poss"), *nouns_after([noun], ("of", "from"))]
    owners = tuple(one for word in words for one in participants(word, lookup, frames, standins=frames.member))
    acting = agents(verb) if is_passive(verb) and agents(verb) else subjects(verb)
    targets = tuple(one for word in acting for one in participants(word, lookup, frames, standins=frames.member))
    without = preposition.lower_ == "without"
    trigger = Trigger(noun, preposition, noun, verb)
    yield ReadTrigger(trigger, replace(DIRECT, class_=class_), owners, targets, "event noun", is_beside=True, is_without=without)


DYING = frozenset({"die", "perish", "fall"})
"""Verbs of dying (Levin 1993, 48.2)."""
WOUNDING = frozenset({"hurt", "injure", "kill", "slay", "wound"})
"""Verbs of killing and hurting (Levin 1993, 42.1, 40.8.3)."""


def deadly_readings(noun: Token, lemma: str, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The reading of an attack in which somebody dies or is hurt: "**X died in an attack** by Y"."""
    frame = next((frame for frame in frames.nouns[lemma] if frame.class_ == "ASSAULT"), None)
    verb = noun.head.head
    if frame is None or noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "during") or verb.pos_ != "VERB":
        return
    if lemma_of(verb) not in (WOUNDING if is_passive(verb) else DYING):
        return
    authors = [*nouns_after([noun], ("by",)), *(child for child in noun.lefts if child.dep_ in MODIFIERS)]
    sources = tuple(one for word in authors for one in participants(word, lookup, frames, standins=frames.member))
    targets = tuple(one for word in subjects(verb) for one in participants(word, lookup, frames, standins=frames.member))
    yield ReadTrigger(Trigger(noun, verb, noun, verb), frame, sources, targets, "event noun")


def suffered_readings(noun: Token, lemma: str, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of an event noun whose verb's subject undergoes it: "X **drew criticism** from Y", "X **faces a lawsuit** by Y", "X
    **came under attack** from Y"."""
    verb = suffered_verb(noun, frames)
    if verb is None:
        return
    owners = [child for child in noun.lefts if child.dep_ in MODIFIERS]
    authors = [*nouns_after([noun, verb, noun.head], ("from", "by")), *owners]
    sources = tuple(one for word in authors for one in participants(word, lookup, frames, standins=frames.member))
    targets = tuple(one for word in subjects(verb) for one in participants(word, lookup, frames, standins=frames.member))
    trigger = Trigger(noun, verb, noun, verb)
    yield from (ReadTrigger(trigger, frame, sources, targets, "event noun") for frame in frames.nouns[lemma] if frame.class_ != "COOPERATE")


HAVING = frozenset({"enjoy", "have", "lose", "want"})
"""Verbs of having and losing, whose subject has what another does for them (NomBank: Meyers et al. 2004)."""


def suffered_verb(noun: Token, frames: Frames) -> Token | None:
    """The verb whose subject undergoes what an event noun says."""
    under = noun.dep_ == "pobj" and noun.head.lower_ == "under" and noun.head.dep_ == "prep"
    verb = noun.head.head if under else noun.head
    lends = lemma_of(verb) in (("be", "come", "face", "fall", "remain") if under else frames.suffering_verbs)
    # "Has Doe's support", but "has support in the town".
    lends = lends or (lemma_of(verb) in HAVING and any(child.dep_ == "poss" for child in noun.lefts))
    return verb if (under or noun.dep_ == "dobj") and lends and not is_passive(verb) else None


def broken(noun: Token, frame: Frame, frames: Frames) -> Frame:
    """The frame of an event noun, as a refusal where the verb above ends or refuses what it says: "**broke** its promise to X"."""
    above = verb_lemmas(verb_above(noun)) if frame.class_ in ("AGREE", "CONSULT") else frozenset()
    if not above & (frames.breaking_verbs | frames.refusing_verbs):
        return frame
    refused = frame.class_ == "AGREE" or above & frames.refusing_verbs
    return replace(frame, class_="REJECT" if refused else "SANCTION", symmetric=False)


def verb_above(noun: Token) -> Token:
    """What a noun is the object of, also behind its prepositions: "**walked** out of the talks"."""
    above = noun.head
    for _ in range(2):
        above = above.head if above.pos_ == "ADP" else above
    return above


def verb_lemmas(verb: Token) -> frozenset[str]:
    """The lemma of a verb, alone and with each particle or preposition behind it: "walk", "walk out"."""
    own = lemma_of(verb)
    return frozenset({own, *(f"{own} {child.lower_}" for child in verb.rights if child.dep_ in ("prt", "prep", "advmod"))})


def ending_subjects(noun: Token, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """Who ends what binds two parties."""
    verb = verb_above(noun)
    acting = agents(verb) if is_passive(verb) else subjects(verb)
    return tuple(one for word in acting for one in participants(word, lookup, frames, standins=frames.member))


def support_verb(noun: Token, lemma: str, frames: Frames) -> tuple[Token | None, Token]:
    """The verb that lends an event noun its subject, if any does, and the first word of the trigger.

    Climbs through support nouns and nouns of the same class: "is a **party to** the agreement", "an **agreement for** a cease-fire".
    """
    classes = {frame.class_ for frame in frames.nouns[lemma]}
    here = noun
    for _ in range(6):
        head = here.head
        if here.dep_ == "conj" or (here.dep_ == "pobj" and head.dep_ == "prep"):
            here = head if here.dep_ == "conj" or head.head.pos_ in ("VERB", "AUX") else head.head
            if here.pos_ == "NOUN":
                known = {frame.class_ for frame in frames.nouns.get(compound_lemma(here), ())}
                # "Fled the fight" and "wrote of the fight" lend no subject: the way up ends at a noun of another kind.
                if lemma_of(here) not in frames.support_nouns and not known & classes:
                    return None, noun
            continue
        if here.dep_ in ("dobj", "attr", "nsubjpass", "prep", "dative") and lemma_of(head) in frames.support_verbs:
            start = head if head.i < noun.i else noun
            return head, start
        return None, noun
    return None, noun


def noun_sources(noun: Token, verb: Token | None, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """The first actors of an event noun."""
    if noun.dep_ == "appos":  # "Doe, a longtime **critic** of the mayor"
        return tuple(participants(noun.head, lookup, frames, standins=frames.member))
    modifiers = [child for child in noun.lefts if child.dep_ in MODIFIERS]
    own = [Participant(actor, child) for child in modifiers if (actor := lookup.actor(child))]
    own += [one for word in nouns_after([noun], ("by",)) for one in participants(word, lookup, frames, standins=frames.member)]
    if not own and any(child.lower_ in ("its", "their") and child.dep_ == "poss" for child in noun.lefts):
        if noun.dep_ == "conj":  # "The army and **their** allies"
            return standing_for(noun.head, lookup)
        if verb is None:
            return tuple(owning_subjects(noun, lookup, frames))
    if own or verb is None:
        return tuple(own)
    acting = agents(verb) if is_passive(verb) and noun_is_subject(noun, verb) else subjects(verb)
    return tuple(one for word in acting for one in participants(word, lookup, frames, standins=frames.member))


def owning_subjects(noun: Token, lookup: ActorLookup, frames: Frames) -> Iterator[Participant]:
    """The body whose act an event noun is by a possessive that nothing else resolves: its clause's subject, unless the verb is about what
    another did: "**Acme** insisted on **its** demand", not "Acme criticised its demand"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    judged = any("clause" not in frame.target for frame in frames.verbs.get(lemma_of(verb), ()))
    if noun.dep_ not in ("dobj", "pobj") or verb.pos_ != "VERB" or judged or is_passive(verb):
        return
    for word in verb.lefts:
        actor = lookup.actor(word) if word.dep_ == "nsubj" else None
        if actor is not None and not lookup.is_person(actor):
            yield Participant(actor, word)


def noun_is_subject(noun: Token, verb: Token) -> bool:
    return any(child == noun or child.is_ancestor(noun) for child in verb.lefts)


ARRIVING = frozenset({"arrive", "come", "fly", "travel"})
"""Verbs of directed motion (Levin 1993, 51.1)."""


def noun_targets(noun: Token, verb: Token | None, frame: Frame) -> Iterator[Token]:
    """The nouns behind an event noun's prepositions, wherever the parser hung them: on the noun, its support verb, or (for "against",
    which no name takes) a noun in between."""
    prepositions = tuple(word for word in frame.target if word != "between")
    yield from nouns_after([noun], prepositions)
    if verb is not None and lemma_of(verb) in ARRIVING and frame.class_ == "CONSULT":
        yield from nouns_after([verb], ("to", "in"))  # "Travelled **to X** for talks"
    if "clause" in frame.target:
        yield from clause_subjects(noun)
    if verb is not None and noun.dep_ == "nsubjpass" and noun.head == verb:
        yield from nouns_after([verb], prepositions)  # "Marines were sent **to X**"
    if verb is not None and verb.i < noun.i:
        first = verb.i if lemma_of(verb) in ARRIVING else noun.i  # "Arrived in X for a visit"
        near = [child for child in verb.rights if child.dep_ == "prep" and child.i > first and child.lower_ in prepositions]
        yield from (word for child in near for word in child.children if word.dep_ == "pobj")
    if "against" in prepositions:
        for word in noun.subtree:
            if word.lower_ == "against" and word.head != noun and is_nominal_path(word.head, noun):
                yield from (child for child in word.children if child.dep_ == "pobj")


def is_nominal_path(word: Token, noun: Token) -> bool:
    """Whether only prepositions and coordinated nouns lie between a word and a noun above it."""
    while word != noun:
        if word.dep_ not in ("pobj", "conj", "prep"):
            return False
        word = word.head
    return True


def actors_between(noun: Token, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """The actors of "between A and B", behind the noun or behind the verb of which it is the subject: "fighting broke out **between** ...
    "."""
    words = [noun, noun.head] if noun.dep_ in ("nsubj", "nsubjpass") else [noun]
    sides = list(nouns_after(words, ("between",)))
    found = [one for word in sides for one in participants(word, lookup, frames, standins=frames.member)]
    # "Between **Ruritanian and Bordurian** troops"
    return tuple(found if len(found) > 1 else [one for word in sides for one in coordinated_owners(word, lookup)] or found)


def allies(noun: Token, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """Those with whom a campaign is waged: "an offensive **with the militia** against ...". With "war" they are the enemy."""
    if not any(frame.class_ == "COOPERATE" for frame in frames.nouns[compound_lemma(noun)]):
        return ()
    return tuple(
        one for word in nouns_after([noun], ("with", "alongside")) for one in participants(word, lookup, frames, standins=frames.member)
    )
