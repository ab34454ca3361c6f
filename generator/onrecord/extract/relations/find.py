"""Relations: one actor does something to, with or about another because a sentence says so, and whether it is said to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from onrecord.extract.actor_lookup import BODIES, ActorLookup, agents, is_armed
from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.affiliations import affiliations_of, kin_words
from onrecord.extract.attributions.circumstances import is_approximated
from onrecord.extract.claims.clauses import Clause
from onrecord.extract.claims.modality import find_modality, find_polarity, is_negative_verb, modals
from onrecord.extract.language import Analysis
from onrecord.extract.relations.arguments import (
    FRIENDLY,
    HOSTILE,
    Frame,
    Frames,
    Participant,
    ReadTrigger,
    is_passive,
    known_events,
    noun_stance,
    nouns_after,
    of_quantity,
    plain_objects,
    planning_noun,
    relation_frames,
    subjects,
)
from onrecord.extract.relations.noun_frames import adjective_readings, noun_readings, noun_targets, support_verb
from onrecord.extract.relations.verb_frames import WILLING, act_readings, intent_readings, joint_readings, verb_lemma
from onrecord.extract.tokens import SUBJECTS, Token, compound_lemma, is_to_infinitive, lemma_of, reporting_verbs
from onrecord.model import Claim, Modality, Polarity, Quote, Relation, RelationClass, Span

PRECEDENCE: tuple[Modality, ...] = ("conditional", "hoped", "deontic", "probable", "future", "presupposed")
"""A relation has the weakest modality of the verbs in its chain, the first in this order: "**if** they **want** to leave" is a
condition."""

OF_NOUNS: dict[str, Modality] = {
    "intentions": "future",
    "refusals": "asserted",
    "possibilities": "probable",
    "attempts": "probable",
    "duties": "deontic",
    "wishes": "hoped",
}
"""The modality of an infinitive after a noun, by the noun's list in ``data/claims.toml``."""

_PROPOSING = frozenset({"advise", "advocate", "propose", "recommend", "suggest"})
"""Verbs whose gerund is what ought to be done: "proposed **closing** it"."""

_PREFERRING = frozenset({"desire", "prefer"})
"""Verbs whose clause is what somebody would like, whatever its verb looks like: "prefer that they **face** Doe" (Levin 1993, 32.1)."""


def find_stance(predicate: Token, claim: Claim) -> tuple[Polarity, Modality]:
    """The polarity and modality of a relation: those of its verb and of each verb that this one hangs on, up to the claim's own.

    A cue stands outside the claim that its relation rests on, and is judged by itself.
    """
    if not contains(claim, predicate):
        return find_polarity(predicate), verb_modality(predicate)
    negative, found, here = False, set(), predicate
    while True:
        is_top = here.head.i == here.i or not contains(claim, here.head)
        if here.pos_ in ("VERB", "AUX"):
            # Negations up the chain cancel each other out: "did not refuse to meet".
            negative ^= (claim.polarity if is_top else find_polarity(here)) == "-"
            found.add(claim.modality if is_top else verb_modality(here))
            if charge_of(here) == "charged" or is_unproven(here):
                found.add("probable")
            if is_imagined(here):
                found.add("hoped")
            negative ^= is_approximated(here)
            if is_inverted(here):
                found.add("conditional")
            negative ^= is_untrue(here)
        # A denial outside the claim is in the claim's own polarity already.
        negative ^= is_avoided(here) or is_unplanned(here) or (charge_of(here) == "cleared" and not is_denied(here, claim))
        if is_top or not is_carried(here):
            break
        here = here.head
    return ("-" if negative else "+"), next((modality for modality in PRECEDENCE if modality in found), "asserted")


def is_inverted(verb: Token) -> bool:
    """Whether the place of "had" before its subject makes a condition (Quirk et al. 1985, 15.36): "**Had** Doe met Roe, he would ..."."""
    had = next((child for child in verb.lefts if child.lower_ == "had" and child.dep_ == "aux"), None)
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    asked = verb.sent[-1].text == "?" or any(child.tag_ in ("WDT", "WP", "WRB") for child in verb.lefts)
    return had is not None and subject is not None and had.i < subject.left_edge.i and not asked


def is_untrue(verb: Token) -> bool:
    """Whether a clause is said not to be true: "it is **not true** that Doe lied", "it is **false** that Doe lied"."""
    above = verb.head
    copula = above.head if above.pos_ == "ADJ" else above
    if verb.dep_ not in ("ccomp", "csubj") or copula.lemma_ != "be":
        return False
    denied = any(child.dep_ == "neg" for child in copula.children)
    said = {child.lower_ for child in copula.rights if child.dep_ == "acomp"}
    return denied if said & {"true", "correct", "right"} else bool(said & {"false", "untrue", "wrong"}) and not denied


_PROOFS = frozenset({"evidence", "indication", "proof", "sign"})
"""Nouns for what shows that something is so (WordNet 3.0: "evidence" and its hyponyms)."""


def is_unproven(verb: Token) -> bool:
    """Whether a clause is what nothing shows to be so: "there is **no proof** that Doe met Roe"."""
    noun = verb.head
    beneath = verb.dep_ in ("acl", "ccomp", "relcl") and noun.pos_ == "NOUN" and lemma_of(noun) in _PROOFS
    lacking = any(child.lower_ in ("no", "little", "scant") for child in noun.lefts)
    return beneath and (lacking or any(child.dep_ == "neg" for child in noun.head.lefts))


_IMAGINING = frozenset({"dream", "fantasise", "fantasize", "daydream"})
"""Verbs of imagining with "of" or "about" and a gerund (WordNet 3.0, under "imagine")."""


def is_imagined(verb: Token) -> bool:
    """Whether an act is only dreamt of: "dreamed of **beating** Doe"."""
    return verb.dep_ == "pcomp" and verb.tag_ == "VBG" and lemma_of(verb.head.head) in _IMAGINING


_DESISTING = frozenset({"back", "recoil", "shrink", "stop"})
"""Verbs that with "from" tell of an act that is given up or kept from happening: "**backed** down from", "**stopped** them from" (WordNet
3.0, under "retreat", "flinch" and "prevent")."""


def is_denied(verb: Token, claim: Claim) -> bool:
    """Whether a denial introduces the claim of which the verb is the predicate: "denied **closing** it"."""
    return verb.dep_ in ("xcomp", "ccomp") and not contains(claim, verb.head)


def is_carried(verb: Token) -> bool:
    """Whether what is said of the verb above holds of this one: "did not **want to leave**", "should not **stay or return**"."""
    if verb.dep_ == "conj":
        own = any(child.dep_ in ("aux", "auxpass", *SUBJECTS) for child in verb.lefts) or has_own_tense(verb)
        return verb.head.pos_ in ("VERB", "AUX") and not own
    return verb.dep_ == "xcomp" or is_bare(verb) or is_opined(verb)


def has_own_tense(verb: Token) -> bool:
    """Whether a coordinated verb is finite and the first is not, so that the auxiliary and "not" of that are not its own: "did not sign it
    and **works** at Acme"; "or" may join it to them, whatever it looks like, and after "had" a past tense may be a participle."""
    joined = any(child.lower_ in ("or", "nor") for child in verb.head.rights if child.dep_ == "cc")
    finite = verb.tag_ in ("VBP", "VBZ") or (verb.tag_ == "VBD" and verb.head.tag_ != "VBN")
    return finite and verb.head.tag_ in ("VB", "VBG", "VBN") and not joined


def is_bare(verb: Token) -> bool:
    """Whether a clause is a bare infinitive or a subjunctive, which has no truth of its own: "demanded that they **leave**"; what one is
    let do is possible."""
    if verb.dep_ != "ccomp" or verb.tag_ != "VB" or any(child.dep_ == "aux" for child in verb.lefts):
        return False
    return lemma_of(verb.head) not in claim_words().modality["permitting_verbs"]


def is_opined(verb: Token) -> bool:
    """Whether a clause is what somebody thinks or feels, so that a negation above is about it: "don't **think** she met him", "don't **feel
    like** I want to"."""
    if verb.dep_ not in ("ccomp", "advcl") or lemma_of(verb.head) not in claim_words().modality["neg_raising"]:
        return False
    return verb.dep_ == "ccomp" or any(child.lower_ in ("like", "as") and child.dep_ == "mark" for child in verb.lefts)


def is_avoided(verb: Token) -> bool:
    """Whether the words above keep it from happening: "**without** harming", "**avoided** naming", "**kept from** leaving"."""
    if verb.dep_ not in ("pcomp", "xcomp") or verb.tag_ != "VBG":
        return False
    above = verb.head
    if above.lower_ == "without":
        return True
    while verb.dep_ == "pcomp" and above.dep_ in ("prep", "acomp", "advmod") and above.pos_ not in ("VERB", "AUX"):
        above = above.head
    given_up = verb.head.lower_ == "from" and lemma_of(above) in _DESISTING
    return given_up or lemma_of(above) in claim_words().polarity["avoiding"]


def infinitive_stance(verb: Token) -> str | None:
    """What the noun above an infinitive makes of it: "the **decision** to leave", "his **refusal** to leave"."""
    noun = planning_noun(verb)
    return noun_stance(noun) if noun is not None else None


DECLINING = frozenset(
    {
        *("abandon", "block", "call off", "cancel", "decline", "deny", "drop", "postpone", "refuse"),
        *("reject", "rule out", "scrap", "shelve", "spurn", "turn down", "veto"),
    }
)
"""Verbs whose object, a plan or an offer, comes to nothing (CAMEO 12; WordNet 3.0: hyponyms of "refuse, reject" and of "abandon")."""


def is_unplanned(verb: Token) -> bool:
    """Whether the noun above an infinitive or gerund keeps it from happening, by itself or by what is said of it: "his **refusal** to
    leave", "**no** intention of leaving", "**did not make** an attempt to leave", "**rejected** an offer to leave"."""
    noun = planning_noun(verb)
    if noun is None:
        return False
    refused = infinitive_stance(verb) == "refusals"
    refused ^= any(child.lower_ in ("no", "little") and child.dep_ in ("det", "amod") for child in noun.lefts)
    above = noun.head
    if noun.dep_ != "dobj" or above.pos_ != "VERB":
        return refused
    return refused ^ is_declined(above, passive=False) ^ any(child.dep_ == "neg" for child in above.lefts)


def contains(claim: Claim, token: Token) -> bool:
    """Whether a token stands in a claim."""
    return any(span.start <= token.idx < span.end for span in claim.spans)


def verb_modality(verb: Token) -> Modality:
    """The modality of one verb in a chain: its own, or what the verb above it makes of it ("**want** to leave",
    "**asked** them to leave", "**if** they leave")."""
    words = claim_words()
    own = find_modality(Clause(verb, (verb,), -1, "verb"))
    if own != "asserted":
        return own
    if verb.dep_ == "advcl" and any(child.lower_ in words.modality["conditional_marks"] for child in verb.lefts):
        return "conditional"
    if (stance := infinitive_stance(verb)) is not None:
        return OF_NOUNS[stance]
    if verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and lemma_of(verb.head) in words.modality["permitting_verbs"]:
        return "probable"
    if verb.dep_ == "xcomp" and verb.tag_ == "VBG" and lemma_of(verb.head) in _PROPOSING:
        return "deontic"
    if charge_of(verb) == "charged" or is_unsaid(verb):
        return "probable"
    if verb.dep_ == "ccomp" and verb.i > verb.head.i and lemma_of(verb.head) in _PREFERRING:
        return "hoped"
    if is_to_infinitive(verb):
        return infinitive_modality(verb)
    if verb.dep_ in ("xcomp", "ccomp") and verb.tag_ == "VB" and verb.i > verb.head.i:
        return governed_modality(lemma_of(verb.head)) or "asserted"
    return "asserted"


def is_unsaid(verb: Token) -> bool:
    """Whether a clause is what somebody does not say, which leaves it open: "can't say that I **like** him"."""
    above = verb.head
    told = verb.dep_ == "ccomp" and lemma_of(above) in reporting_verbs() and not is_opined(verb)
    return told and any(child.dep_ == "neg" for child in above.lefts)


def governed_modality(governor: str) -> Modality | None:
    """What a verb makes of the infinitive that it governs; None where its list does not say."""
    stance = claim_words().stance
    if governor in stance["wishes"]:
        return "hoped"
    if governor in stance["directives"]:
        return "deontic"
    return "future" if governor in stance["commitments"] else None


def infinitive_modality(verb: Token) -> Modality:
    """The modality of a "to" infinitive: nobody says that it came to that, but for verbs that imply it ("**managed** to leave", "**began**
    to leave") or deny it ("**failed** to leave")."""
    governor = lemma_of(verb.head)
    if governed := governed_modality(governor):
        return governed
    words = claim_words().polarity
    implied = governor in words["realising"] or governor in words["implicatives"] or governor in words["avoiding"]
    return "asserted" if (verb.dep_ in ("xcomp", "ccomp") and implied) or verb.dep_ in ("ROOT", "conj") else "probable"


def charge_of(verb: Token) -> str | None:
    """What became of an act of which somebody is charged: "accused of **killing**": charged; "cleared of **killing**": cleared."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("pcomp", "xcomp", "ccomp"):
        return None
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    words = claim_words().polarity
    if lemma_of(above) == "guilty" and verb.dep_ == "pcomp":
        return "cleared" if any(word.lower_ in words["negators"] for word in (*above.lefts, *above.head.lefts)) else "charged"
    if lemma_of(above) in words["clearing"] or (lemma_of(above) in words["denials"] and verb.dep_ != "pcomp"):
        return "cleared"
    return "charged" if verb.dep_ == "pcomp" and lemma_of(above) in words["charging"] else None


_PAST = frozenset({"been", "had", "has", "have", "was", "were", "'d", "'ve"})
"""Helping verbs of what has been done."""


def find_ends(analysis: Analysis) -> frozenset[int]:
    """The tokens of common nouns at either end of an act that is told as done: those to whom somebody does it, those who do it to somebody,
    and those between whom it lies: "police arrested **protesters**", "was hurt by **robbers**", "clashes between **farmers** and police".

    A group that no name tells is a party where it acts or is acted upon.
    """
    frames = relation_frames()
    found = (end for token in analysis.doc for end in _ends_of(token, frames))
    each = (conjunct for noun in found for conjunct in (noun, *noun.conjuncts))
    meant = (one for noun in each for one in of_quantity(noun, frames) or (noun,))
    return frozenset(noun.i for noun in meant if noun.pos_ == "NOUN" and not _means_another(noun, frames))


def _means_another(noun: Token, frames: Frames) -> bool:
    """Whether a noun takes up a single party that the text has told of: "sued **the company**", where an army and the police are known
    without that; or stands for whom it belongs to: "talks with **leaders** of Ruritania"."""
    told = noun.tag_ == "NNS" or is_armed(noun.lower_) or any(child.lower_ in ("a", "an") for child in noun.lefts)
    within = (*noun.lefts, *nouns_after([noun], ("of", "in", "from")))
    return not told or (lemma_of(noun) in frames.member and any(word.text[:1].isupper() and word.pos_ != "DET" for word in within))


def _ends_of(token: Token, frames: Frames) -> Iterator[Token]:
    """The nouns at both ends of the act that a word states, where it is done by one to another."""
    if token.pos_ == "VERB" and acts_on_object(token, frames) and is_done(token):
        acting, undergoing = (agents(token), subjects(token)) if is_passive(token) else (subjects(token), plain_objects(token))
        yield from (*acting, *undergoing) if acting else ()
    elif token.pos_ == "NOUN" and (lemma := compound_lemma(token)) in frames.nouns:
        yield from nouns_after([token], ("between",))
        verb, _ = support_verb(token, lemma, frames)
        authors = list(nouns_after([token], ("by",)))
        owned = any(child.dep_ in ("poss", "compound", "amod") and child.text[:1].isupper() for child in token.lefts)
        if authors or owned or (verb is not None and is_done(verb)):
            yield from (*authors, *(noun for frame in frames.nouns[lemma] for noun in noun_targets(token, verb, frame)))


def acts_on_object(verb: Token, frames: Frames) -> bool:
    """Whether a verb does something to whatever party is its object."""
    lemma = verb_lemma(verb)
    if lemma in frames.verbs:
        return any("object" in frame.target for frame in frames.verbs[lemma])
    return lemma in known_events().bare and lemma not in frames.ambiguous


def is_done(verb: Token) -> bool:
    """Whether a verb tells what has been done: in a past tense, or beside one ("opened fire, **killing** six"); not "would kill", "did not
    kill", "if they killed"."""
    helpers = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass", "neg", "mark")]
    if any(child.dep_ == "neg" or child.tag_ in ("MD", "TO") or child.lower_ in ("if", "unless", "whether") for child in helpers):
        return False
    if verb.tag_ == "VBG" and not helpers:
        return verb.dep_ == "advcl" and verb.head.tag_ in ("VBD", "VBN") and is_done(verb.head)
    past = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and any(child.lower_ in _PAST for child in helpers))
    # "Met and **thanked**", "the protest **staged** by farmers"
    return past or (verb.tag_ == "VBN" and (verb.dep_ == "acl" or (verb.dep_ == "conj" and is_done(verb.head))))


def find_relations(analysis: Analysis, claims: tuple[Claim, ...], quotes: tuple[Quote, ...], lookup: ActorLookup) -> tuple[Relation, ...]:
    """The relations of an article in the order of their triggers, each with every claim that it rests on.

    What introduces a quote is no claim; a relation that it states ("told the paper", "accused the minister of ...") rests on the
    claims in the quote.
    """
    frames = relation_frames()
    index = ClaimIndex(analysis, claims, quotes)
    found = [
        *(relation for token in analysis.doc for relation in token_relations(token, index, lookup, frames)),
        *addressee_relations(index),
        *role_relations(claims, lookup),
        *(relation for i in sorted(lookup.heads) for relation in affiliation_relations(analysis.doc[i], index, lookup)),
    ]
    return merge_relations(relation for relation in found if relation.source != relation.target and are_parties(relation, lookup))


def are_parties(relation: Relation, lookup: ActorLookup) -> bool:
    """Whether both ends may stand in a relation. A place may where it acts ("Riverton sued the state"), where a team goes by its name, and
    a country's name where a state, a force or a body does something to it."""
    source, target = (lookup.actors.get(end) for end in (relation.source, relation.target))
    if source is None or target is None or "narrator" in (source.type, target.type):
        return False
    acts = relation.rule in ("verb", "event") or (relation.rule in ANNOUNCING and lookup.is_country(source.id))
    # Tourists visit a country; rebels who shell it and exiles who ask it for refuge have to do with its government.
    political = source.type in BODIES or (source.type == "described_group" and relation.class_ in (*HOSTILE, "REQUEST", "THREATEN"))
    meant = relation.rule in ANNOUNCING and political and lookup.is_country(target.id)
    return (source.type != "place" or acts) and (target.type != "place" or relation.rule == "affiliation" or meant)


class ClaimIndex:
    """The claims that a relation can rest on, by the tokens in them."""

    def __init__(self, analysis: Analysis, claims: tuple[Claim, ...], quotes: tuple[Quote, ...]) -> None:
        self.analysis = analysis
        self.quotes = quotes
        self.of_quote: dict[str, list[Claim]] = {}
        for claim in claims:
            if claim.quote:
                self.of_quote.setdefault(claim.quote, []).append(claim)
        self.by_token: dict[int, Claim] = {}
        # The longest first, so that the innermost claim has the token in the end.
        for claim in sorted(claims, key=lambda claim: -sum(map(len, claim.spans))):
            for span in claim.spans:
                self.by_token.update((token.i, claim) for token in analysis.tokens(span))
        self.by_cue = {
            token.i: quote
            for quote in quotes
            if quote.cue and not quote.conditional
            for token in analysis.tokens(Span(quote.cue.start, quote.cue.end))
        }

    def claims(self, token: Token) -> list[Claim]:
        """The innermost claim that holds a token; for a cue outside any claim the first claim of its quote."""
        if token.i in self.by_token:
            return [self.by_token[token.i]]
        quote = self.by_cue.get(token.i)
        return self.of_quote.get(quote.id, [])[:1] if quote else []


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


def token_relations(token: Token, index: ClaimIndex, lookup: ActorLookup, frames: Frames) -> Iterator[Relation]:
    """The relations that a word states: for each of its readings one between each two actors."""
    claims = index.claims(token)
    if not claims:
        return
    resting = tuple(claim.id for claim in claims)
    for reading in find_readings(token, lookup, frames):
        frame, span = reading.frame, reading.trigger.span
        polarity, modality = find_stance(reading.trigger.predicate, claims[0])
        if reading.rule == "intent" and is_negative_verb(reading.trigger.predicate):
            polarity = "-" if polarity == "+" else "+"  # The refusal is the act: "refused to meet X" is no negated refusal.
        if reading.is_beside:
            polarity = "-" if reading.is_without else "+"
        if reading.is_between:
            polarity, modality = existence(reading.trigger.word, claims[0], frames)
        elif reading.trigger.predicate == reading.trigger.word and reading.trigger.word.pos_ == "NOUN":
            polarity, found = existence(reading.trigger.word, claims[0], frames)
            modality = modality if found == "presupposed" else found
        for source, target in product(reading.sources, reading.targets):
            if not fits(frame, source, target, lookup):
                continue
            text = predicate_text(reading, target)
            yield Relation(
                id="",
                source=source.actor,
                target=target.actor,
                predicate=text,
                class_=announced(reading) if is_to_come(reading, modality) else frame.class_,
                trigger=span,
                polarity=polarity,
                modality=modality,
                claims=resting,
                rule=reading.rule,
                symmetric=frame.symmetric,
            )


OCCURRING = frozenset(
    {"be", "begin", "exist", "happen", "hold", "materialise", "materialize", "occur", "open", "plan", "resume", "schedule", "start", "take"}
)
"""Verbs that say of their subject that it happens (Levin 1993, 47.1, 48.3, 55.1)."""


def existence(noun: Token, claim: Claim, frames: Frames) -> tuple[Polarity, Modality]:
    """Whether what lies between two parties is said to be: it is taken for granted ("is not a party to the agreement between A and B"),
    but where the verb or "no" is about that ("no talks were held between A and B", "called for talks between A and B")."""
    wanted = noun.dep_ == "pobj" and noun.head.lower_ in ("for", "on")
    verb = noun.head.head if wanted else noun.head
    subject, object_ = noun.dep_ in (*SUBJECTS, "attr"), noun.dep_ == "dobj"
    absent = any(child.lower_ == "no" for child in noun.lefts) or ((object_ or subject) and is_declined(verb, passive=subject))
    wished = governed_modality(lemma_of(verb)) if verb.pos_ == "VERB" and (wanted or object_) else None
    if not (subject and lemma_of(verb) in OCCURRING) and not (object_ and lemma_of(verb) in frames.support_verbs):
        return ("-" if absent else "+"), wished or "presupposed"
    polarity, modality = find_stance(verb, claim)
    polarity = "-" if absent else polarity  # "There were no talks" is negative by its verb already.
    return polarity, wished or ("presupposed" if (polarity, modality) == ("+", "asserted") else modality)


def is_declined(verb: Token, *, passive: bool) -> bool:
    """Whether a verb says that its object, or the subject of its passive, comes to nothing: "**cancelled** talks", "talks were **called
    off**"."""
    particle = next((f" {child.lower_}" for child in verb.rights if child.dep_ == "prt"), "")
    return lemma_of(verb) + particle in DECLINING and passive == any(child.dep_ == "auxpass" for child in verb.lefts)


def fits(frame: Frame, source: Participant, target: Participant, lookup: ActorLookup) -> bool:
    """Whether two parties are of the kinds that a frame takes."""
    # "Hit" and "strike" are about weapons only where whoever does it has any: "critics struck at the mayor" is no assault.
    if frame.armed and not is_armed_act(source, target, lookup):
        return False
    if (frame.trade and not lookup.is_armed_body(source.actor)) or (frame.employed and not lookup.is_person(source.actor)):
        return False
    return not (frame.bodies and lookup.is_person(target.actor)) and (
        not frame.persons or (lookup.is_person(target.actor) and not target.is_standin)
    )


def is_armed_act(source: Participant, target: Participant, lookup: ActorLookup) -> bool:
    """Whether arms are near: whoever acts may bear them, or the act befalls those whose trade they are. Of the two places the stand-in
    counts: "the union's **fighters**" bear arms, the union does not. A firm that battles a state does so in court."""
    if lookup.may_bear_arms(source.actor) or lookup.is_armed_body(target.actor):
        return True
    return any(one.is_standin and is_armed(one.noun.lower_) for one in (source, target))


SHUNNING = frozenset({"boycott", "obstruct", "veto"})
"""Verbs of refusal that are a threat as long as they are announced (CAMEO 13)."""
BINDING = frozenset({"commitment", "offer", "pledge", "promise", "readiness", "threat", "vow", "willingness"})
"""Nouns that announce the act after them: "its **willingness** to resume talks" (CAMEO 03, 13)."""
ANNOUNCING = ("verb", "event", "passive", "event noun")
"""Rules whose act, said of the future, is no more than an intent."""


def is_to_come(reading: ReadTrigger, modality: Modality) -> bool:
    """Whether an act is announced, though it may be under a condition: "**will** attack unless ..."."""
    predicate = reading.trigger.predicate
    if (noun := planning_noun(predicate)) is not None and lemma_of(noun) in BINDING:
        return True
    if predicate.dep_ == "xcomp" and lemma_of(predicate.head) in WILLING:
        return True  # "Ready to hold talks"
    return modality == "future" or (modality == "conditional" and "will" in modals(reading.trigger.predicate))


def announced(reading: ReadTrigger) -> RelationClass:
    """The class of an act that is still to come: PLOVER reads "will help" as agreeing to help, and "will attack" as a threat. A mere plan
    ("the decision to attack") is neither."""
    class_ = reading.frame.class_
    noun = planning_noun(reading.trigger.predicate)
    if reading.is_beside or reading.rule not in ANNOUNCING or (noun is not None and lemma_of(noun) not in BINDING):
        return class_
    shuns = class_ == "REJECT" and lemma_of(reading.trigger.predicate) in SHUNNING
    return "AGREE" if class_ in FRIENDLY else "THREATEN" if class_ in HOSTILE or shuns else class_


def predicate_text(reading: ReadTrigger, target: Participant) -> str:
    """Readable words for the edge, without articles and adjectives: from the trigger to the second actor if that follows soon, else the
    trigger with the preposition of the second actor; and the noun that stands in for it."""
    trigger, first = reading.trigger, reading.targets[0].noun
    if reading.rule == "reciprocal":  # Its parties stand before it.
        return trigger.word.text
    governor = governing_preposition(first)
    is_near = trigger.last.i < first.left_edge.i <= trigger.last.i + 6 and (trigger.word.pos_ != "NOUN" or governor is None)
    words = trigger.word.doc[trigger.first.i : first.left_edge.i if is_near else trigger.last.i + 1]
    text = "".join(token.text_with_ws for token in words if token is trigger.word or not is_left_out(token)).strip(" ,;:“”\"'")
    if not is_near and governor is not None and governor.i > trigger.last.i:
        text = f"{text} {governor.lower_}"
    if not target.is_standin:
        return text
    return f"{text} of" if target.noun in (trigger.first, trigger.last) else f"{text} {target.noun.text} of"


def governing_preposition(noun: Token) -> Token | None:
    """The preposition of a noun, or of the one that it is coordinated with."""
    while noun.dep_ == "conj":
        noun = noun.head
    return noun.head if noun.dep_ == "pobj" else None


def is_left_out(token: Token) -> bool:
    """Whether a word is left out of the label of a relation: articles, adjectives and negations, which the relation tells otherwise."""
    if token.lower_ in claim_words().polarity["negators"] or token.dep_ in ("det", "amod"):
        return True
    # With an adjective goes what is coordinated with it or joined to it: "scorched-earth".
    return token.dep_ in ("cc", "conj", "punct", "advmod", "npadvmod", "compound") and token.head.dep_ == "amod"


# --- other sources of relations ------------------------------------------------------------------------------------


def addressee_relations(index: ClaimIndex) -> Iterator[Relation]:
    """A source tells an addressee something: it rests on what was told."""
    for quote in index.quotes:
        claims = index.of_quote.get(quote.id, [])
        told = quote.addressee.actor if quote.addressee else None
        if quote.cue and claims and told and quote.speaker.actor and not quote.conditional:
            span = Span(quote.cue.start, quote.cue.end)
            polarity: Polarity = "-" if quote.negated else "+"
            yield Relation(
                id="",
                source=quote.speaker.actor,
                target=told,
                predicate=span.of(index.analysis.article.text),
                class_="CONSULT",
                trigger=span,
                polarity=polarity,
                modality="asserted",
                claims=(claims[0].id,),
                rule="addressee",
            )


def role_relations(claims: tuple[Claim, ...], lookup: ActorLookup) -> Iterator[Relation]:
    """A stated role that belongs to another actor, where a claim holds the words that state it."""
    for actor in lookup.actors.values():
        for role in actor.roles:
            if role.affiliation is None or not kin_words().hostile.isdisjoint(role.text.lower().split()):
                continue  # "A critic of Acme" is not of Acme.
            # Nested claims hold the words too; the last in the list is the innermost.
            holding = [claim for claim in claims if any(span.contains(role.evidence) for span in claim.spans)]
            if holding:
                yield Relation(
                    id="",
                    source=actor.id,
                    target=role.affiliation,
                    predicate=role.text,
                    class_="affiliated",
                    trigger=role.evidence,
                    polarity="+",
                    modality="asserted",
                    claims=(holding[-1].id,),
                    rule="role",
                )


def affiliation_relations(name: Token, index: ClaimIndex, lookup: ActorLookup) -> Iterator[Relation]:
    """The parties to which the noun phrase around a name says that its bearer belongs, where a claim holds the words."""
    for found in affiliations_of(name, lookup):
        claims = index.claims(found.word)
        if claims:
            polarity, modality = find_stance(found.verb, claims[0]) if found.verb is not None else ("+", "asserted")
            yield Relation(
                id="",
                source=lookup.heads[name.i],
                target=found.owner,
                predicate=found.predicate,
                class_="affiliated",
                trigger=Span(found.word.idx, found.word.idx + len(found.word)),
                polarity=polarity,
                modality=modality,
                claims=tuple(claim.id for claim in claims),
                rule="affiliation",
            )


def merge_relations(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """One relation for each pair, class, polarity and modality, in text order, with the claims of all.

    A trigger makes one relation between two actors: the first of its readings that fits.
    """
    merged: dict[tuple[object, ...], Relation] = {}
    stated: set[tuple[object, ...]] = set()
    for relation in sorted(relations, key=lambda relation: relation.trigger.start):
        pair = tuple(sorted((relation.source, relation.target))) if relation.symmetric else (relation.source, relation.target)
        key = (pair, relation.class_, relation.polarity, relation.modality)
        place = (frozenset(pair), relation.trigger.end)
        if key in merged:
            merged[key] = replace(merged[key], claims=tuple(dict.fromkeys((*merged[key].claims, *relation.claims))))
        # "Attack" may be read in two frames, but one trigger makes one relation between two actors.
        elif place not in stated:
            merged[key] = relation
        stated.add(place)
    return tuple(replace(relation, id=f"r{number}") for number, relation in enumerate(merged.values(), 1))
