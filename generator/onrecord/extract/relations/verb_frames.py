"""Relations that verbs state: "A sued B", "A agreed to help B", "A launched an attack on B", "A and B met"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from onrecord.extract.actor_lookup import ActorLookup, agents
from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.relations.arguments import (
    DIRECT,
    FRIENDLY,
    HOSTILE,
    MODIFIERS,
    VERBAL,
    Frame,
    Frames,
    Participant,
    ReadTrigger,
    Trigger,
    antecedent,
    clause_subjects,
    event_class,
    has_partner,
    is_passive,
    known_events,
    mutual_readings,
    nouns_after,
    objects,
    participants,
    plain_objects,
    standing_for,
    subjects,
    words_of,
)
from onrecord.extract.relations.noun_frames import noun_readings
from onrecord.extract.tokens import SUBJECTS, Token, compound_lemma, is_to_infinitive, lemma_of
from onrecord.model import RelationClass


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


def compound_agent(verb: Token) -> Token | None:
    """Who does what a participle says that a hyphen joins to them: "the **Acme-owned** Bolt"."""
    doc, before = verb.doc, verb.i - 2
    joined = verb.tag_ == "VBN" and verb.dep_ == "amod" and before >= 0 and doc[verb.i - 1].text == "-"
    return doc[before] if joined and not doc[before].whitespace_ and not doc[verb.i - 1].whitespace_ else None


def acting_participants(verb: Token, passive: bool, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """Who does what the verb says."""
    acting = agents(verb) if passive else subjects(verb)
    return tuple(one for noun in acting for one in participants(noun, lookup, frames, standins=frames.member))


_LOOKING = frozenset({"assess", "check", "examine", "inspect", "observe", "study", "test"})
"""Verbs of close inspection (Levin 1993, 35.4)."""
_HEALING = frozenset({"dentist", "doctor", "medic", "midwife", "nurse", "optician", "paramedic", "pathologist", "physician"}) | {
    "psychiatrist",
    "psychologist",
    "surgeon",
    "therapist",
    "vet",
}
"""Those who look after health (ISCO-08, groups 22, 32 and 2634)."""


def _is_treatment(verb: Token) -> bool:
    """Whether a verb tells of what a doctor does to a patient, which charges nobody: "the doctor **examined** her"."""
    doing = (*subjects(verb), *(one for child in verb.rights if child.dep_ == "agent" for one in child.rights))
    return lemma_of(verb) in _LOOKING and any(lemma_of(one) in _HEALING for one in doing)


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


OWNED = (*VERBAL, "REQUEST", "AID", "COOPERATE", "COERCE", "SANCTION")
"""Classes of acts that befall whoever owns what they are done to: "seized **X's accounts**". Not to hurt: whose dog dies is not hurt."""


REACHING = ("at", "to", "with", "against", "on", "upon", "for", "from", "toward", "towards", "between", "into", "of", "by")
"""Prepositions behind an event's object that lead to whom it befalls: "lifted a ban **on** X", "sent aid **to** X"."""


AVOIDING: dict[RelationClass, tuple[str, ...]] = {"ACCUSE": ("at", "with"), "ASSAULT": ()}
"""By the class of an event those of the prepositions that lead to nobody whom it befalls: whoever leads a study **with** X does not accuse
X; "at" is a place, but for "threw stones **at** X"."""


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
                reached(verb, found[0], lookup, frames, avoiding=AVOIDING.get(found[1], ("at",)))
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
    if class_ is None or lemma in frames.ambiguous or lemma in frames.verbs or _is_treatment(verb):
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


def intended(verb: str, class_: RelationClass, act: RelationClass) -> RelationClass | None:
    """The class of an intent with a known act: who promises an attack threatens, and who vows help agrees to it; who refuses to attack or
    to condemn rejects nobody."""
    if act in HOSTILE or (class_ == "REJECT" and act in ("ACCUSE", "REJECT")):
        return None if class_ == "REJECT" else "THREATEN"
    # "Threatened to pull out" threatens, whatever the act; "vowed to help" agrees to it.
    return "AGREE" if class_ == "THREATEN" and act in FRIENDLY and verb != "threaten" else class_


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
        found = intended(lemma_of(verb), class_, reading.frame.class_)
        if found is not None:
            frame = replace(reading.frame, class_=found, symmetric=False)
            trigger = Trigger(verb, verb, reading.trigger.last, verb)
            yield replace(reading, trigger=trigger, frame=frame, sources=sources, rule="intent")


def verb_lemma(verb: Token) -> str:
    """The lemma of a verb, with its particle."""
    particle = next((child for child in verb.rights if child.dep_ == "prt"), None)
    return lemma_of(verb) if particle is None else f"{lemma_of(verb)} {particle.lower_}"


def ends(verb: Token, noun: Token) -> tuple[Token, Token]:
    """The first and the last of two words."""
    return (verb, noun) if verb.i < noun.i else (noun, verb)


def reached(verb: Token, noun: Token, lookup: ActorLookup, frames: Frames, *, avoiding: tuple[str, ...] = ("at",)) -> list[Participant]:
    """Whom an event befalls: its receiver, else the owner of its object, else the first actor behind a preposition after it, but for
    those to avoid."""
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
