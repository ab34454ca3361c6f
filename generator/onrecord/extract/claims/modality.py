"""How a clause is meant: its polarity, modality and kind; its hedges and evaluative words, and why it may be check-worthy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.claims.asserters import SUBJECTS, is_command, is_infinitive, is_inverted, name_like_modal
from onrecord.extract.claims.clauses import Clause, finite_tag, follows_comma
from onrecord.extract.tokens import Token, lemma_of
from onrecord.model import ClaimKind, Modality, Polarity, QuoteKind, Reason, ReasonKind, Span

FIRST_PERSON = ("i", "we")


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """What the quote around a clause says of how it is meant; all empty for the author's own voice."""

    kind: QuoteKind | None = None
    cue: str = ""
    """The lemma of the cue."""
    past: bool = False
    """The cue is in the past tense, so that "would" in reported speech is a future."""
    denied: bool = False
    """The source asserts the contrary: "denied that ..."."""
    refuter: str | None = None
    """The actor who rejects the report that the quote is: "**she** dismissed claims that ..."."""
    own: bool = False
    """The clause's subject is the speaker or the group for which the speaker speaks."""


def find_polarity(head: Token, context: QuoteContext = QuoteContext()) -> Polarity:
    """Negative when an odd number of negations bears on the predicate: syntax, implicative verbs, a denial as cue."""
    negations = sum(1 for _ in negators(head)) + is_negative_verb(head) + context.denied
    return "-" if negations % 2 else "+"


def negators(head: Token) -> Iterator[Token]:
    """The words that negate a predicate: "not", "never", "no longer", "no" with its subject or object, "nobody"."""
    words = claim_words().polarity
    for child in head.children:
        if child.lower_ in words["negators"] and not is_not_only(child) and not (child.lower_ == "nor" and child.i > head.i):
            yield child  # "Nor" after the predicate goes on with the negation before it.
        elif child.dep_ in (*SUBJECTS, "dobj", "attr", "agent", "dative") or child.lower_ == "longer" or child.dep_ == "acomp":
            first = next((grand for grand in child.lefts if grand.lower_ in (*words["negative_determiners"], "not")), None)
            # "Is not guilty" is negated, "pleaded not guilty" is not: she did plead.
            stays = first is not None and first.lower_ == "not" and child.dep_ == "acomp" and not is_linking(head)
            if first is not None and not is_not_only(first) and not stays:
                yield first
            elif child.lower_ in words["negative_pronouns"]:
                yield child


def is_linking(head: Token) -> bool:
    """Whether a predicate says what its subject is, so that "not" before the complement negates it: not "pleaded **not** guilty"."""
    return lemma_of(head) in claim_words().evaluative["linking"]


def is_not_only(token: Token) -> bool:
    """Whether a "not" denies nothing: "not only"."""
    after = token.i + 1
    return after < len(token.doc) and token.doc[after].lower_ in claim_words().polarity["not_negating_before"]


def is_negative_verb(head: Token) -> bool:
    """Whether the predicate says by its meaning that something is not so: "failed to sign", "lacks", "was left out of"."""
    words = claim_words().polarity
    if lemma_of(head) in words["implicatives"]:
        # "Failed to sign", but "the bridge failed".
        return any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in head.rights)
    if lemma_of(head) in words["inherent"]:
        return True
    particle = next((child.lower_ for child in head.rights if child.dep_ in ("prt", "prep", "advmod")), "")
    if f"{lemma_of(head)} {particle}" in words["inherent_with_particle"]:
        return True
    if has_yet_to(head) or (lemma_of(head) == "be" and any(is_denying(child) for child in head.rights)):
        return True
    return lemma_of(head) == "be" and any(child.dep_ == "csubj" and is_negative_verb(child) for child in head.lefts)


def is_denying(adjective: Token) -> bool:
    """Whether an adjective says of what follows that it cannot be: "was **unable** to swim", "is **impossible** to save"."""
    goes_on = any(child.dep_ in ("xcomp", "ccomp", "prep") for child in (*adjective.rights, *adjective.head.rights))
    return adjective.dep_ == "acomp" and goes_on and adjective.lower_ in claim_words().polarity["inherent_adjectives"]


def has_yet_to(head: Token) -> bool:
    """Whether something has not come to be so far: "**has yet to** decide" (Quirk et al. 1985, 8.117)."""
    return lemma_of(head) in ("have", "be") and to_infinitive(head) and any(child.lower_ == "yet" for child in head.children)


def find_modality(clause: Clause, context: QuoteContext = QuoteContext()) -> Modality:
    """The first that holds, in the order of :data:`MODALITIES`."""
    return next((name for name, test in MODALITIES if test(clause, context)), "asserted")


def is_presupposed(clause: Clause, context: QuoteContext) -> bool:
    return clause.rule in ("temporal", "factive", "opinion-gerund", "affiliation")


def is_hoped(clause: Clause, context: QuoteContext) -> bool:
    words = claim_words()
    if context.cue in words.stance["wishes"] or any(child.lower_ in words.modality["hope_adverbs"] for child in clause.head.lefts):
        return True
    # "The club hopes to sell the ground": the wish is all that is told.
    wishes = any(child.lower_ in FIRST_PERSON for child in clause.head.lefts) or to_infinitive(clause.head)
    return lemma_of(clause.head) in words.modality["hope_verbs"] and wishes


def is_conditional(clause: Clause, context: QuoteContext) -> bool:
    if any(is_condition(child) for head in said_verbs(clause.head) for child in head.children):
        return True
    # "She said it would close" is a future told in the past; "she would close it" is a condition.
    return "would" in modals(clause.head) and (not is_future_in_past(context) or has_perfect(clause.head))


DEEPEST = 6
"""How many verbs below one another carry a predicate's meaning, at most: no sentence needs more, and a hostile one may have thousands."""


def said_verbs(head: Token) -> list[Token]:
    """The predicate, and below it what carries its meaning: the infinitive of "is **going to close**", the clause of "I think **it will**".

    A parser may hang a condition on any of them.
    """
    found, level = [head], [head]
    for _ in range(DEEPEST):
        level = [below for verb in level for below in (*infinitives(verb), *opined(verb))]
        found += level
    return found


def infinitives(verb: Token) -> Iterator[Token]:
    return (child for child in verb.rights if child.dep_ == "xcomp" and child.tag_ in ("VB", "VBN"))


def held(head: Token) -> list[Token]:
    """The predicate, and the clauses below it that opinions hold: "I think **it will** close"."""
    found, level = [head], [head]
    for _ in range(DEEPEST):
        level = [below for verb in level for below in opined(verb)]
        found += level
    return found


def is_opinion(head: Token) -> bool:
    """Whether a predicate only marks its clause as the speaker's opinion: "I think", "we believe"."""
    first = any(child.dep_ == "nsubj" and is_first_person(child) for child in head.lefts)
    return first and (lemma_of(head) in claim_words().stance["opinions"] or certainty(head) is not None)


def is_first_person(subject: Token) -> bool:
    """Whether a subject is the speaker, or some of those for whom the speaker speaks: "we", "many of **us**"."""
    partitive = (word for of in subject.rights if of.lower_ == "of" for word in of.children)
    return subject.lower_ in FIRST_PERSON or any(word.lower_ == "us" for word in partitive)


def certainty(head: Token) -> Token | None:
    """The adjective of "I am **sure** he will come"."""
    sure = claim_words().stance["certain"]
    return next((child for child in head.rights if child.dep_ == "acomp" and lemma_of(child) in sure), None)


def opined(head: Token) -> Iterator[Token]:
    """The clauses that an opinion holds; none where the predicate is no opinion."""
    if is_opinion(head):
        sure = certainty(head)
        above = [head] if sure is None else [head, sure]
        yield from (child for word in above for child in word.children if child.dep_ == "ccomp")


def is_condition(clause: Token) -> bool:
    """Whether a clause below a predicate is its condition: "**if** it rains", "**as long as** it rains", "**should** it rain"."""
    if clause.lower_ == "long" and clause.dep_ == "advmod":
        # "As long as it rains"; "stayed as long as it rained" measures a time.
        return clause.head.tag_ != "VBD" and any(child.dep_ == "advcl" for child in clause.rights)
    if is_inverted(clause):
        return True
    # "The question is if it will": what it is, and no condition.
    above = clause.head
    if clause.dep_ != "advcl" or (lemma_of(above) == "be" and clause.i > above.i and is_sole_complement(clause, above)):
        return False
    marks = claim_words().modality["conditional_marks"]
    asked = (
        clause.left_edge.i > 0 and lemma_of(clause.left_edge.nbor(-1)) in claim_words().stance["questions"]
    )  # "asked if it was true, ..."
    return not asked and any(word.lower_ in marks and word.dep_ in ("mark", "advmod") and not is_even(word) for word in clause.lefts)


def is_sole_complement(clause: Token, copula: Token) -> bool:
    """Whether a clause is all that a copula says of its subject (Quirk et al. 1985, 15.5): "the question is **if it will**"."""
    if clause.left_edge.i != copula.i + 1:
        return False
    return not any(child.dep_ in ("attr", "acomp", "prep", "expl", "oprd") for child in copula.children)


def has_perfect(head: Token) -> bool:
    """Whether a predicate is a perfect: "would **have** covered it" is a condition that did not hold, in reported speech too."""
    return any(lemma_of(child) == "have" and child.dep_ == "aux" for child in head.lefts)


def is_even(mark: Token) -> bool:
    """Whether "if" only concedes: "even if", "as if"."""
    return mark.i > 0 and mark.doc[mark.i - 1].lower_ in ("even", "as")


def is_future_in_past(context: QuoteContext) -> bool:
    """Whether "would" may be the "will" of reported speech: "said that it **would** close"."""
    return context.past and context.kind in ("indirect", "mixed")


def is_deontic(clause: Clause, context: QuoteContext) -> bool:
    words = claim_words()
    if is_infinitive(clause.head) and context.cue in words.stance["directives"]:
        return True
    if is_performative(clause.head) or is_subjunctive(clause.head, context):
        return True
    if clause.rule == "clause" and is_command(clause.head):
        return True
    if is_necessity(clause.head):
        return True
    found = modals(clause.head) & words.modality["deontic_modals"]
    if found:
        return not is_conclusion(clause.head)
    # "Has to close", "needs to close"; but "has a key", and "feared it would have to close" tells what may be.
    if lemma_of(clause.head) not in words.modality["deontic_verbs"] or not to_infinitive(clause.head):
        return False
    if context.cue in words.modality["probable_cues"]:
        return False
    if (
        is_going_on(clause.head)
        or has_yet_to(clause.head)
        or is_accomplished(clause.head, context)
        or modals(clause.head) & words.modality["probable_modals"]
    ):
        return False
    return find_polarity(clause.head) == "+"  # "does not have to" asserts that there is no duty.


def is_necessity(head: Token) -> bool:
    """Whether a copula says of its subject that it ought to be: "action **is necessary**" (Quirk et al. 1985, 16.72)."""
    needed = claim_words().modality["deontic_adjectives"]
    affirmed = lemma_of(head) == "be" and find_polarity(head) == "+"
    return affirmed and any(child.dep_ == "acomp" and lemma_of(child) in needed for child in head.rights)


def is_performative(head: Token) -> bool:
    """Whether saying it is asking for it (Austin 1962): "I **ask** you to leave", "has got to leave"."""
    if lemma_of(head) == "get" and head.lower_ in ("got", "gotta") and to_infinitive(head):
        return any(lemma_of(child) == "have" for child in head.lefts)
    first = any(child.lower_ in FIRST_PERSON and child.dep_ == "nsubj" for child in head.lefts)
    return first and head.tag_ == "VBP" and lemma_of(head) in claim_words().stance["directives"] and to_infinitive(head)


def is_subjunctive(head: Token, context: QuoteContext) -> bool:
    """Whether a clause is what a demand is for, by the mandative subjunctive (Quirk et al. 1985, 16.32): "demanded that **he resign**"."""
    if context.cue not in claim_words().stance["directives"] or head.tag_ not in ("VB", "VBP"):
        return False
    # With a plural it looks like a plain present: "he warns that they **leave**".
    plural = any(child.tag_ in ("NNS", "NNPS", "PRP") and child.dep_ in SUBJECTS for child in head.lefts)
    if head.tag_ == "VBP" and plural:
        return False
    return any(child.dep_ in SUBJECTS for child in head.lefts) and not any(child.dep_ == "aux" for child in head.lefts)


def is_conclusion(head: Token) -> bool:
    """Whether "must" concludes: "must have known"."""
    return "must" in modals(head) and has_perfect(head)


def is_accomplished(head: Token, context: QuoteContext) -> bool:
    """Whether "had to" tells what was done, as in a narrative: "doctors **had to** evacuate the patients", "has **had to** sell it". In
    reported speech the past may be that of "have to"."""
    perfect = head.tag_ == "VBN" and has_perfect(head)
    return lemma_of(head) == "have" and (perfect or (head.tag_ == "VBD" and not is_future_in_past(context)))


def is_going_on(head: Token) -> bool:
    """Whether a duty is being done: "is **having to** look abroad"."""
    return lemma_of(head) == "have" and head.tag_ == "VBG" and any(lemma_of(child) == "be" for child in head.lefts if child.dep_ == "aux")


def is_inability(head: Token) -> bool:
    """Whether "could not" says what was not possible rather than what may be so: "could not be reached", not "could not have known"."""
    return "could" in modals(head) and any(child.dep_ == "neg" for child in head.lefts) and not has_perfect(head)


def is_probable(clause: Clause, context: QuoteContext) -> bool:
    return any(leaves_open(replace(clause, head=verb), context) for verb in held(clause.head))


def leaves_open(clause: Clause, context: QuoteContext) -> bool:
    """Whether a single predicate is told as no more than likely or possible."""
    words = claim_words().modality
    head = clause.head
    if clause.rule == "hedged-modifier" or context.cue in words["probable_cues"] or is_conclusion(head):
        return True
    if modals(head) & words["probable_modals"]:
        return not is_inability(head)
    # Whoever believes that somebody can win says no more than that they may.
    if "can" in modals(head) and context.cue in claim_words().stance["opinions"] and find_polarity(head) == "+":
        return True
    if is_expectation(head):
        return True
    if lemma_of(head) in words["probable_passives"] and head.tag_ == "VBN" and to_infinitive(head):
        return True
    complements = [child for child in head.rights if child.dep_ in ("xcomp", "acomp", "oprd", "ccomp")]
    if lemma_of(head) in words["probable_verbs"] and complements:
        # "Appears to know", not "appears in court"; "seems clear" leaves nothing open.
        return not any(lemma_of(child) in words["certain_adjectives"] for child in complements)
    if is_parenthesised(head):
        return True
    return any(
        (child.lower_ in words["probable_adverbs"] and child.dep_ == "advmod")
        or (child.lower_ in words["probable_adjectives"] and child.dep_ == "acomp" and not is_impossible(head, child))
        for child in head.children
    )


def is_expectation(head: Token) -> bool:
    """Whether speakers expect something of another: "we **expect** the price to rise"; what they expect to do themselves is a plan, and
    "we did not expect it" tells how it was."""
    if lemma_of(head) != "expect" or not is_opinion(head) or finite_tag(head) == "VBD":
        return False
    return any(child.dep_ == "ccomp" and any(word.dep_ in SUBJECTS for word in child.lefts) for child in head.rights)


def is_impossible(head: Token, adjective: Token) -> bool:
    """Whether "possible" is denied, so that nothing is left open: "was **not possible**"."""
    return lemma_of(adjective) == "possible" and any(True for _ in negators(head))


def is_parenthesised(head: Token) -> bool:
    """Whether an opinion or hearsay stands beside the predicate as a comment clause (Quirk et al. 1985, 15.53): "can, **we think**, sink",
    "have, **it is understood**, left"."""
    return any(
        child.dep_ in ("parataxis", "ccomp", "advcl") and (is_opinion(child) or is_hearsay(child)) and follows_comma(child)
        for child in head.children
    )


def is_hearsay(head: Token) -> bool:
    """Whether a clause says that something is thought or understood, and by nobody: "**it is understood**"."""
    subject = next((child for child in head.lefts if child.dep_ == "nsubjpass"), None)
    return subject is not None and subject.lower_ == "it" and lemma_of(head) in claim_words().modality["probable_passives"]


def is_future(clause: Clause, context: QuoteContext) -> bool:
    return any(looks_ahead(replace(clause, head=verb), context) for verb in held(clause.head))


def looks_ahead(clause: Clause, context: QuoteContext) -> bool:
    """Whether a single predicate tells of what is still to come."""
    words = claim_words()
    head = clause.head
    if modals(head) & words.modality["future_modals"] or ("would" in modals(head) and is_future_in_past(context)):
        return True
    if (is_infinitive(head) and context.kind and context.cue in words.stance["commitments"]) or context.cue in words.modality[
        "future_cues"
    ]:
        return True
    if (lemma_of(head) == "go" and head.tag_ == "VBG" and to_infinitive(head)) or is_arranged(head):
        return True
    # "Are to tour", "is to be sold" (Quirk et al. 1985, 4.48); not "is a plan to tour".
    bare = not any(child.dep_ in ("attr", "acomp") for child in head.rights) and not has_yet_to(head) and not identifies(head)
    if lemma_of(head) == "be" and head.tag_ in ("VBP", "VBZ") and to_infinitive(head) and bare:
        return True
    # The parser hangs "to begin" on "due" in "is due to begin", and "is" is the head.
    planned = (head, *(child for child in head.rights if child.dep_ == "acomp"))
    return any(
        lemma_of(word) in words.modality["future_verbs"]
        and word.tag_ in ("VBN", "JJ", "VBP", "VBZ")
        and (to_infinitive(word) or (finite_tag(head) in ("VBP", "VBZ") and is_dated(word)))
        for word in planned
    )


def identifies(copula: Token) -> bool:
    """Whether an infinitive is what an aim or a task is, and not what is to come: "our **mission** is to help" (Schmid 2000)."""
    return any(child.dep_ == "nsubj" and lemma_of(child) in claim_words().modality["aims"] for child in copula.lefts)


def is_arranged(head: Token) -> bool:
    """Whether a present progressive tells what is arranged for a time to come: "**is opening** two shops next year", "**is playing** on
    Tuesday" (Quirk et al. 1985, 4.44)."""
    if head.tag_ != "VBG" or finite_tag(head) not in ("VBP", "VBZ"):
        return False
    ahead = claim_words().modality["coming"]
    return any(
        word.head.lower_ == "on" or word.lower_ in ahead or any(child.lower_ in ahead for child in word.lefts) for word in times_of(head)
    )


def is_dated(planned: Token) -> bool:
    """Whether a participle or adjective of planning has a time instead of an infinitive: "is **expected** on 3 March"."""
    return planned.tag_ in ("VBN", "JJ") and any(True for word in (planned, planned.head) for _ in times_of(word))


def times_of(head: Token) -> Iterator[Token]:
    """The nouns and adverbs that say when, right of a predicate."""
    for child in head.rights:
        yield from (word for word in (child, *(child.children if child.dep_ == "prep" else ())) if word.ent_type_ in ("DATE", "TIME"))


def modals(head: Token) -> frozenset[str]:
    """The modal verbs of a predicate, in lower case, contracted forms written out."""
    full = {"'ll": "will", "’ll": "will", "wo": "will", "'d": "would", "’d": "would", "sha": "shall", "ca": "can"}
    own = (head,) if head.tag_ == "MD" else ()  # "It might not."
    return frozenset(
        full.get(word.lower_, word.lower_) for word in (*own, *head.lefts) if word.tag_ == "MD" and word is not name_like_modal(head)
    )


def to_infinitive(head: Token) -> bool:
    """Whether a "to" infinitive completes the predicate, passive and perfect ones included: "is due **to be sold**"."""
    return any(
        child.dep_ == "xcomp" and child.tag_ in ("VB", "VBN", "VBG") and any(word.tag_ == "TO" for word in child.lefts)
        for child in head.rights
    )


# The first that holds is the clause's: what is hoped or conditional is not also future, and a duty is not a mere probability.
MODALITIES: tuple[tuple[Modality, Callable[[Clause, QuoteContext], bool]], ...] = (
    ("presupposed", is_presupposed),
    ("hoped", is_hoped),
    ("conditional", is_conditional),
    ("deontic", is_deontic),
    ("probable", is_probable),
    ("future", is_future),
)


def find_kind(clause: Clause, modality: Modality, context: QuoteContext = QuoteContext()) -> ClaimKind:
    """What kind of claim a clause of this modality is."""
    if modality == "hoped":
        return "wish"
    if modality == "deontic":
        return "directive"
    if modality == "future" and is_committed(clause.head, context):
        return "commitment"
    return "evaluation" if is_evaluation(clause) else "event"


def is_committed(head: Token, context: QuoteContext) -> bool:
    """Whether speakers commit themselves: "we will leave", "promised to leave"."""
    if context.cue in claim_words().stance["commitments"]:
        return True
    return context.kind is not None and (
        context.own or any(child.lower_ in FIRST_PERSON and child.dep_ in SUBJECTS for child in head.lefts)
    )


def is_evaluation(clause: Clause) -> bool:
    """Whether the predicate judges: an evaluative complement after a linking verb, or an evaluative verb."""
    words = claim_words().evaluative
    head = clause.head
    if lemma_of(head) in words["judging_with_complement"]:
        return has_judgement(head)
    if lemma_of(head) in words["verbs"]:
        return True
    if lemma_of(head) not in words["linking"]:
        return False
    complements = [child for child in head.rights if child.dep_ in ("attr", "acomp", "oprd", "dobj")]
    return any(word.lower_ in words["words"] for child in complements for word in (child, *child.lefts))


ENTITY_REASONS: dict[str, ReasonKind] = {
    "CARDINAL": "number",
    "MONEY": "number",
    "PERCENT": "number",
    "QUANTITY": "number",
    "DATE": "date",
    "TIME": "date",
    "EVENT": "named event",
}
"""spaCy's entity labels that make a claim worth checking."""


def span_of(token: Token) -> Span:
    """The characters of a token."""
    return Span(token.idx, token.idx + len(token))


def find_hedges(clause: Clause) -> tuple[Span, ...]:
    """The words that weaken the claim, in text order."""
    words = claim_words().hedges
    found = []
    for token in clause.tokens:
        hedging = (
            token.lower_ in words["words"]
            or (token.pos_ == "VERB" and lemma_of(token) in words["verbs"] and is_completed(token))
            or (token.lower_ in words["modals"] and token.tag_ == "MD" and not is_inability(token.head))
            or (token.lower_ in words["conditional"] and token.dep_ == "mark" and not is_even(token))
            or (token.lower_ in words["before_number"] and token.dep_ == "advmod" and token.head.pos_ == "NUM")
        )
        if hedging:
            found.append(span_of(token))
    return tuple(found)


def is_completed(verb: Token) -> bool:
    """Whether a clause or complement follows that the verb weakens: "seems to know", not "cracks appeared"."""
    return any(child.dep_ in ("xcomp", "ccomp", "acomp", "oprd", "dobj") for child in verb.children)


def find_evaluative(clause: Clause) -> tuple[Span, ...]:
    """The words that judge or keep a distance ("so-called"), in text order."""
    words = claim_words().evaluative
    found = []
    for token in clause.tokens:
        if hyphenated(token).lower() in words["distancing"]:
            found.append(Span(token.idx, token.idx + len(hyphenated(token))))
        elif judges(token):
            found.append(span_of(token))
    return tuple(dict.fromkeys(found))


def judges(token: Token) -> bool:
    """Whether a word judges where it stands; not in a name, nor as what it names in law, in awards and in other set phrases."""
    words = claim_words().evaluative
    if token.lower_ in words["adverbs"]:
        return True
    if token.pos_ == "VERB" and lemma_of(token) in words["verbs"]:
        return lemma_of(token) not in words["judging_with_complement"] or has_judgement(token)
    if token.lower_ not in words["words"] or token.ent_type_ or token.pos_ not in ("ADJ", "NOUN"):
        return False
    if token.pos_ == "NOUN":
        return token.lower_ not in words["adjectives_only"]
    return not is_label(token)


def has_judgement(verb: Token) -> bool:
    """Whether a verb has what it judges its object to be: "considers it **a farce**", but "will consider the ruling"."""
    return any(child.dep_ in ("oprd", "ccomp", "acomp") and child.tag_ != "VBG" for child in verb.rights)


def is_label(adjective: Token) -> bool:
    """Whether an adjective before a noun sorts and does not judge (Quirk et al. 1985, 7.43): "a **fair** trial"."""
    noun = adjective.head
    if adjective.dep_ not in ("amod", "compound"):
        return False
    if f"{adjective.lower_} {lemma_of(noun)}" in claim_words().evaluative["labels"]:
        return True
    superlative = adjective.tag_ == "JJS"
    return superlative and (
        noun.dep_ == "compound" or any(lemma_of(word) in claim_words().evaluative["prizes"] for word in (noun, noun.head))
    )


def hyphenated(token: Token) -> str:
    """A word with what a hyphen joins to its right: "so-called" at "so"."""
    if token.whitespace_:
        return token.text
    doc, last = token.doc, token.i
    while last + 2 < len(doc) and doc[last + 1].text == "-" and not doc[last].whitespace_ and not doc[last + 1].whitespace_:
        last += 2
    return token.text if last == token.i else doc[token.i : last + 1].text


def find_check_worthiness(clause: Clause) -> tuple[Reason, ...]:
    """What makes a claim check-worthy, in text order: numbers, dates, events, comparisons. A hint for ranking, never a verdict."""
    return tuple(sorted([*entity_reasons(clause), *comparative_reasons(clause)]))


def entity_reasons(clause: Clause) -> Iterator[Reason]:
    """Numbers, dates and named events. Of bare numbers only those in figures or words of number: not "one of them"."""
    for label, group in groupby(clause.tokens, key=lambda token: token.ent_type_):
        tokens = list(group)
        if label in ENTITY_REASONS and (label not in ("CARDINAL",) or any(token.like_num and token.lower_ != "one" for token in tokens)):
            yield Reason(tokens[0].idx, tokens[-1].idx + len(tokens[-1]), ENTITY_REASONS[label])


def comparative_reasons(clause: Clause) -> Iterator[Reason]:
    """ "more than", "higher than", "the largest"."""
    for token in clause.tokens:
        if token.tag_ not in ("JJR", "RBR", "JJS", "RBS"):
            continue
        than = any(child.lower_ == "than" for ancestor in (token, token.head) for child in ancestor.rights)
        degree = (token.tag_ in ("JJR", "RBR") and than) or token.tag_ == "JJS" or (token.tag_ == "RBS" and token.head.tag_ == "JJ")
        if degree and not token.ent_type_:
            yield Reason(token.idx, token.idx + len(token), "comparison")
