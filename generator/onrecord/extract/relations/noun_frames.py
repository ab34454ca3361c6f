"""Relations that nouns and adjectives state: "an attack by A on B", "talks between A and B", "A, critical of B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.actor_lookup import ActorLookup, agents
from onrecord.extract.relations.arguments import (
    DIRECT,
    HOSTILE,
    MODIFIERS,
    VERBAL,
    Frame,
    Frames,
    Participant,
    ReadTrigger,
    Trigger,
    clause_subjects,
    coordinated_owners,
    has_partner,
    is_passive,
    mutual_readings,
    nouns_after,
    participants,
    standing_for,
    subjects,
    words_of,
)
from onrecord.extract.tokens import Token, compound_lemma, lemma_of
from onrecord.model import RelationClass


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


def noun_readings(noun: Token, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The readings of an event noun. On its first side stand its owner, modifier, author ("by") or the subject of its support verb, or of
    the verb that it goes along with; on the second what its prepositions name."""
    lemma = event_lemma(noun, frames)
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
        partners = allies(noun, lemma, lookup, frames) if frame.class_ == "ASSAULT" and "against" in frame.target else ()
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


EFFORTS = frozenset({"attempt", "bid", "drive", "effort", "initiative", "mission", "process", "push"})
"""Nouns for what is undertaken (WordNet 3.0: "attempt, effort", "undertaking"), which say of what by a noun before them."""


def event_lemma(noun: Token, frames: Frames) -> str:
    """The lemma of an event noun; of an effort that of what it is made for: "a **mediation** effort"."""
    lemma = compound_lemma(noun)
    if lemma not in EFFORTS or lemma in frames.nouns:
        return lemma
    return next((own for child in noun.lefts if child.dep_ == "compound" and (own := lemma_of(child)) in frames.nouns), lemma)


def agentive_readings(noun: Token, frame: Frame, trigger: Trigger, lookup: ActorLookup, frames: Frames) -> Iterator[ReadTrigger]:
    """The reading of a noun for whoever does it, whose owner or modifier it befalls (Quirk et al. 1985, 17.51): "Ann Poe, a **Doe
    supporter**", "**Doe's critic** Ann Poe"."""
    owners = [child for child in noun.lefts if child.dep_ in MODIFIERS]
    targets = tuple(one for word in owners for one in standing_for(word, lookup) if not _may_employ(noun, word, one, lookup))
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


def _may_employ(noun: Token, word: Token, owner: Participant, lookup: ActorLookup) -> bool:
    """Whether a body that has a critic may be a paper, for which the critic writes: "the Herald's critic", but not "Acme critic"."""
    if lemma_of(noun) != "critic" or word.dep_ != "poss" or owner.actor not in lookup.actors:
        return False
    return lookup.actors[owner.actor].type in ("media", "organization")


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


ANNOUNCED: dict[str, RelationClass] = {"pledge": "AGREE", "promise": "AGREE", "threaten": "THREATEN"}
"""Verbs whose object is still to come, and what they state of it (CAMEO 03, 13; Levin 1993, 37.13)."""


def broken(noun: Token, frame: Frame, frames: Frames) -> Frame:
    """The frame of an event noun, as a refusal where the verb above ends or refuses what it says: "**broke** its promise to X"; as an
    intent where it announces that: "**threatened** sanctions against X"."""
    announced = ANNOUNCED.get(lemma_of(noun.head)) if noun.dep_ == "dobj" else None
    if announced is not None and (announced == "THREATEN") == (frame.class_ in HOSTILE):
        return replace(frame, class_=announced, symmetric=False)
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
        near = [child for child in verb.rights if child.dep_ in ("prep", "dative") and child.i > first and child.lower_ in prepositions]
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


def allies(noun: Token, lemma: str, lookup: ActorLookup, frames: Frames) -> tuple[Participant, ...]:
    """Those with whom a campaign is waged: "an offensive **with the militia** against ...". With "war" they are the enemy. ``lemma`` is
    that of the noun which names the event: in "a war effort" of another than ``noun``."""
    if not any(frame.class_ == "COOPERATE" for frame in frames.nouns[lemma]):
        return ()
    return tuple(
        one for word in nouns_after([noun], ("with", "alongside")) for one in participants(word, lookup, frames, standins=frames.member)
    )
