"""What grammar and the structure of a text say of whom a pronoun stands for, before any likelihood is asked.

Each rule is a phenomenon; :data:`GRAMMAR` has them in the order in which they are asked, and the first that says anything decides.
"I" and "we" stand apart: in a quote they are its speaker and the body for which the speaker speaks, elsewhere the author.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from onrecord.extract.actors.anaphors import Anaphor, is_tradesman
from onrecord.extract.actors.antecedent_features import reporting_subject
from onrecord.extract.actors.antecedents import Discourse, Entity
from onrecord.extract.actors.candidates import (
    PLURAL,
    SINGULAR,
    WINDOW,
    agrees,
    excluded_entities,
    find_candidates,
    is_mental,
    is_thinker,
    name_disagrees,
    subject_of,
)
from onrecord.extract.actors.forms import BODIES
from onrecord.extract.actors.party import Party
from onrecord.extract.actors.word_lists import words
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.tokens import SUBJECTS, Token

_BEFORE = frozenset({"compound", "nmod", "poss", "npadvmod"})
_MEMBERSHIP = frozenset({"of", "for", "at", "from", "with"})
_HEADS = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "chief", "executive", "ceo", "chairman", "chairwoman", "chair", "chairperson", "boss"}
    | {"director", "manager", "founder", "co-founder", "owner"}
)
"""Roles of those who lead a body or speak for it (ISCO-08, sub-major groups 11 and 12)."""
_OBSERVERS = frozenset(
    {"academic", "biologist", "chemist", "climatologist", "columnist", "commentator", "correspondent", "critic", "epidemiologist"}
    | {"geologist", "historian", "journalist", "lecturer", "linguist", "meteorologist", "physicist", "professor", "psychologist"}
    | {"reporter", "scholar", "scientist", "sociologist", "statistician", "theologian", "virologist"}
)
"""Roles of scholars and journalists (ISCO-08, unit groups 2111-2120, 2131, 2310, 2631-2636, 2642): they speak of people at large, or
for those of their trade, more than for whoever employs them: "Twitter as we know it"."""
_OWN_BODY = frozenset({"agency", "association", "bank", "business", "charity", "club", "company", "firm", "group", "organisation"}) | {
    "organization",
    "union",
}
"""What a body is called by whoever speaks for it: "a **company** spokeswoman", "a spokesman for the **club**" (hyponyms of *organization*
in Princeton WordNet 3.0)."""
_OFTEN = 3
_SOME = frozenset({"all", "any", "both", "few", "half", "many", "more", "most", "none", "one", "several", "some"})
_MOST_NAMES = 20
"""So many mentions of a person are looked at: whom somebody is with, a text says when it first names them."""


def first_person(discourse: Discourse, anaphor: Anaphor, narrator: Party) -> tuple[Party | None, str]:
    """ "I" in a quote is its speaker; "we" the body that the speaker speaks for; outside quotes both are the author."""
    word = discourse.doc[anaphor.token].text
    if anaphor.token not in discourse.quoted:
        # In marks that no quote has, "I" is somebody, but nobody knows who; certainly not the author.
        return (None, "") if discourse.in_unattributed_marks(anaphor.token) else (narrator, f"“{word}” outside quotes: the author")
    speaker = discourse.speaker_at(anaphor.token)
    if speaker is None:
        return None, ""
    if anaphor.kind == "I":
        return (speaker, f"“I” in the words of {speaker.name}") if speaker.type == "person" else (None, "")
    if speaker.type != "person":
        return speaker, f"“we” in the words of {speaker.name}"
    group = _body_spoken_for(discourse, speaker, discourse.quoted[anaphor.token]) if not _is_some_of(discourse.doc[anaphor.token]) else None
    if group is not None and _may_be_nation(discourse, anaphor, group):
        return None, ""
    return (group, f"“we” in the words of {speaker.name}, who speaks for {group.name}") if group else (None, "")


def body_led(discourse: Discourse, speaker: Party) -> Party | None:
    """The body that the stated role of a person names whose office is to lead it or speak for it."""
    led = (role for role in speaker.roles if role.lemma in _HEADS or role.lemma == "leader")
    return next((body for role in led for i in role.tokens if (body := _body_at(discourse, i)) is not None), None)


def _is_some_of(pronoun: Token) -> bool:
    """Whether "us" is a circle of which some are counted out, seldom the body that the speaker speaks for: "many of us" (partitives:
    Quirk et al. 1985, 5.25)."""
    return pronoun.dep_ == "pobj" and pronoun.head.lower_ == "of" and pronoun.head.head.lower_ in _SOME


def _may_be_nation(discourse: Discourse, anaphor: Anaphor, group: Party) -> bool:
    """Whether "we" in the words of a politician may be the country rather than the party: one is named in the same words just there ("we
    lose our rebate; the British taxpayer will pay")."""
    parties = words("groups.txt", "side") | {"party"}
    if not any(word.lower() in parties or word.lower().removesuffix("s") in parties for word in group.name.split()):
        return False
    here, quote = discourse.sentence[anaphor.token], discourse.quoted[anaphor.token]
    there = (one for number in (here - 1, here, here + 1) for one in discourse.mentions_in.get(number, ()))
    return any(entity.party is not None and entity.party.type == "state" and discourse.quoted.get(i) == quote for i, entity in there)


def body_led_by(discourse: Discourse, person: Party) -> Party | None:
    """The body that a person heads or speaks for, as the text states it: of a chief executive, not of an analyst."""
    return stated_body(discourse, person) if any(role.lemma in _HEADS for role in person.roles) else None


def stated_body(discourse: Discourse, person: Party) -> Party | None:
    """The body that the text states a person to belong to; none if there is none, or several."""
    return _stated_body(discourse, person)[0]


def _body_spoken_for(discourse: Discourse, speaker: Party, quote: int) -> Party | None:
    """The body for which a person speaks in a quote: that which the text states, or at whose head they seem to be; none if there are
    several, nor for scholars and journalists."""
    if any(role.lemma in _OBSERVERS for role in speaker.roles):
        return None
    body, settled = _stated_body(discourse, speaker)
    return body if settled else _headed(discourse, speaker, quote)


def _stated_body(discourse: Discourse, speaker: Party) -> tuple[Party | None, bool]:
    """The body that a person's stated role names ("coalition spokesman"); else the only one that the phrases with the person's name do
    ("Riverton captain Ada Lee", "Ada Lee of the Harbor Board"). And whether that settles it: several bodies do, and are none."""
    for role in speaker.roles:
        owners = (_body_at(discourse, i) for i in role.tokens)
        if (body := next((party for party in owners if party is not None), None)) is not None:
            return body, True
    heads = sorted(speaker.heads)[:_MOST_NAMES]
    found = {id(party): party for i in heads for party in _named_with(discourse, discourse.doc[i]) if party is not speaker}
    return (next(iter(found.values())) if len(found) == 1 else None), bool(found)


def _head_role(discourse: Discourse, speaker: Party) -> Token | None:
    """The noun that says that somebody leads a body or speaks for one, where its phrase names none; "chief executive", "a company
    spokeswoman", but not "a spokesman for the miners"."""
    stated = [discourse.doc[i] for role in speaker.roles for i in role.tokens if discourse.doc[i].lower_ in _HEADS]
    nouns = stated or [discourse.doc[i] for i in sorted(speaker.heads)[:1] if discourse.doc[i].lower_ in _HEADS and not speaker.named]
    if not nouns:
        return None
    behind = [inner for child in nouns[-1].rights if child.lower_ in ("of", "for") for inner in child.rights if inner.dep_ == "pobj"]
    # A director of research leads no other body; a director of Acme or a spokesman for the miners speaks for these.
    others = (one for one in behind if one.pos_ == "PROPN" or (one.head.lower_ == "for" and one.lemma_.lower() not in _OWN_BODY))
    return nouns[-1] if next(others, None) is None else None


def _headed(discourse: Discourse, speaker: Party, quote: int) -> Party | None:
    """The body at whose head somebody is whose role names none: the only one spoken of in the sentence that states the role and the two
    before it, if it was the subject of one before ("Harbor Lines cut ten jobs. “We had no choice,” chief executive Ada Lee said"), or the
    article is about it. Whoever is spoken of in the words by name is not who speaks there."""
    role = _head_role(discourse, speaker)
    if role is None:
        return None
    here = discourse.sentence.get(role.i, -1)
    near = [one for number in range(here - 2, here + 1) for one in discourse.mentions_in.get(number, ())]
    told = {id(entity) for i, entity in near if discourse.quoted.get(i) == quote and discourse.doc[i].pos_ != "PRON"}
    near = [(i, entity) for i, entity in near if id(entity) not in told]
    bodies = [(i, entity.party) for i, entity in near if entity.party is not None and entity.party.type in BODIES]
    subject = any(discourse.place(i).role == "subject" and discourse.sentence[i] < here for i, _ in bodies)
    if not bodies or any(party is not bodies[0][1] for _, party in bodies):
        return None
    return bodies[0][1] if subject or _is_foremost(discourse, bodies[0][1]) else None


def _is_foremost(discourse: Discourse, body: Party) -> bool:
    """Whether an article is about a body: it is mentioned again and again, and more often than any other."""
    others = (one.party for one in discourse.entities if one.party is not None and one.party is not body and one.party.type in BODIES)
    return len(body.heads) > max((len(other.heads) for other in others), default=0) and len(body.heads) >= _OFTEN


def _body_at(discourse: Discourse, i: int) -> Party | None:
    """The body that a word of a role names; for "Conservative spokesman" the only one whose members' name it is, "the Conservatives"."""
    if i in discourse.owners:
        party = discourse.owners[i].party
        return party if party is not None and party.type != "person" else None
    word = discourse.doc[i].text
    if not word.istitle():
        return None
    bodies = discourse.bodies.get(f"{word}s", ())
    return bodies[0] if len(bodies) == 1 else None


def _named_with(discourse: Discourse, name: Token) -> Iterator[Party]:
    """The bodies in the noun phrases of a name and of what stands in apposition to it."""
    nouns = [name, *(child for child in name.rights if child.dep_ == "appos"), *([name.head] if name.dep_ == "appos" else [])]
    for noun in nouns:
        for token in (*_before(noun), *_after(noun)):
            owner = discourse.owners.get(token.i)
            if owner is not None and owner.party is not None and _may_speak(discourse, owner.party, token):
                yield owner.party


def _may_speak(discourse: Discourse, party: Party, token: Token) -> bool:
    """Whether "we" may be a party: a body, or a country or town right before a noun, of which the text says that it does something, which
    is then a team of that name ("England captain Ada Lee")."""
    if party.type in BODIES:
        return True
    if party.type not in ("state", "place") or token.dep_ != "compound":
        return False
    heads = (discourse.doc[i] for i in sorted(party.heads)[:_MOST_NAMES])
    return any(one.dep_ == "nsubj" and one.head.pos_ == "VERB" for one in heads)


def _before(noun: Token) -> Iterator[Token]:
    for child in noun.lefts:
        if child.dep_ in _BEFORE:
            yield child
            yield from (inner for inner in child.lefts if inner.dep_ in _BEFORE)


def _after(noun: Token) -> Iterator[Token]:
    for child in noun.rights:
        beside = child.i - 1 if child.i > 0 and child.nbor(-1).text == "," else child.i
        if child.dep_ == "prep" and child.lower_ in _MEMBERSHIP and beside == noun.i + 1:
            yield from (inner for inner in child.rights if inner.dep_ == "pobj")


_ARCS_UP = 6
"""So many arcs lead at most from a noun inside the phrase of a name to the name."""
_QUESTION_VERBS = frozenset({"ask", "inquire", "enquire"})
_FOLLOW_UP_VERBS = _QUESTION_VERBS | {"add", "continue", "demand", "insist", "persist", "press", "repeat", "wonder"}
"""Verbs with which whoever asked goes on ("Lee asked ... He added ..."), and nobody answers: Levin (1993), classes 37.1 and 37.7."""
_QUESTION_WORDS = frozenset({"whether", "if", "who", "whom", "whose", "what", "which", "when", "where", "why", "how"})

Choice = tuple[Entity | None, str]
"""The antecedent that a rule chooses, if any, and why, in words for readers. With a reason and without an antecedent it is nobody."""


def _relative(discourse: Discourse, anaphor: Anaphor) -> Choice:
    if anaphor.antecedent is None:
        return None, ""
    word = discourse.doc[anaphor.token]
    if (focus := _focus_of_cleft(discourse.doc[anaphor.antecedent])) is not None:
        return discourse.owners.get(focus.i), f"“{word.text}” after “it is”: “{focus.text}”"
    if (last := _last_of_joined(discourse, word, anaphor.antecedent)) is not None:
        owner = discourse.owners.get(last.i) if last.i != word.i else None
        return (owner, f"relative pronoun of “{last.text}”") if owner is not None else (None, "several who are joined")
    entity = _person_above(discourse, anaphor.antecedent) if word.lower_ in ("who", "whom") and not _is_set_off(word) else None
    entity = entity or discourse.owners.get(anaphor.antecedent)
    return (entity, f"relative pronoun of “{discourse.doc[anaphor.antecedent].text}”") if entity is not None else (None, "")


_EXCLUDING = frozenset({"than", "instead"})
"""What opens "rather than" and "instead of", quasi-coordinators that name who it was not (Quirk et al. 1985, 13.103)."""


def _focus_of_cleft(noun: Token) -> Token | None:
    """The focus of a cleft sentence, to which its clause belongs, where parsers tie that to a name beside the focus: "It was **Lee**, not
    Reed, who said" (Quirk et al. 1985, 18.26)."""
    above = noun.head
    if noun.dep_ == "pobj":
        above = above.head if above.lower_ == "of" and above.head.lower_ in _EXCLUDING else above
        beside = above.lower_ in _EXCLUDING
        verb = above.head if above.head.lemma_ == "be" else above.head.head
    else:
        beside = noun.dep_ == "appos" or (noun.dep_ == "conj" and _is_denied(noun))
        verb = above.head
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    focus = next((child for child in verb.rights if child.dep_ == "attr" and child.i < noun.i), None)
    return focus if beside and verb.lemma_ == "be" and subject is not None and subject.lower_ == "it" else None


def _is_denied(noun: Token) -> bool:
    """Whether "not" stands before a noun phrase."""
    first = noun.left_edge.i
    return noun.doc[first].lower_ == "not" or (first > 0 and noun.doc[first - 1].lower_ == "not")


def _last_of_joined(discourse: Discourse, word: Token, antecedent: int) -> Token | None:
    """Of several who are joined ("Lee and Reed, **who** ..."), which parsers give by the first: the last, if the verb is singular; the
    relative pronoun itself if it is plural and all are meant; none where nothing is joined or the verb does not tell (Quirk et al. 1985,
    10.34 and 17.9)."""
    noun = discourse.doc[antecedent]
    joined = [one for one in noun.conjuncts if one.i < word.i and one.pos_ == "PROPN"]
    if not joined or noun.pos_ != "PROPN" or word.dep_ not in SUBJECTS:
        return None
    last = max(noun, joined[-1], key=lambda one: one.i)
    verbs = [word.head, *word.head.lefts]
    if any(verb.lower_ in PLURAL or verb.tag_ == "VBP" for verb in verbs):
        return word
    return last if any(verb.lower_ in SINGULAR or verb.tag_ == "VBZ" for verb in verbs) else None


def _is_set_off(word: Token) -> bool:
    """Whether a comma stands before a word."""
    return word.i > 0 and word.nbor(-1).text == ","


def _person_above(discourse: Discourse, antecedent: int) -> Entity | None:
    """The person for whom "who" stands where the parser ties it to what the person is said to be, or to a body or a place in the same
    phrase: "Ada Brook, a scholar at the Harbor Institute who studies tides". "Who" is for people (Quirk et al. 1985, 17.11), and without a
    comma it singles one out."""
    noun = discourse.doc[antecedent]
    owner = discourse.owners.get(noun.i)
    singled_out = _singled_out(noun)
    if singled_out is not None and (person := discourse.owners.get(singled_out.i)) is not None and person.person:
        return person
    if owner is not None and (owner.party is None or owner.party.type not in ("organization", "state", "place")):
        return None
    for _ in range(_ARCS_UP):
        if noun.dep_ not in ("pobj", "prep", "appos"):
            return None
        noun = noun.head
        person = discourse.owners.get(noun.i)
        if person is not None and person.person and not person.plural:
            return person
    return None


def _singled_out(name: Token) -> Token | None:
    """The noun above a name to which a clause without a comma must belong: it singles one out of several, and a name is nobody else's
    already: "the **aide** of Ben Reed who left" (Quirk et al. 1985, 5.64 and 17.3)."""
    noun = name.head.head
    return noun if name.pos_ == "PROPN" and name.dep_ == "pobj" and name.head.lower_ == "of" and noun.tag_ == "NN" else None


def _reflexive(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """A reflexive is the subject of its clause."""
    subject = _binder(discourse.doc[anaphor.token]) if anaphor.reflexive else None
    entity = discourse.owners.get(subject.i) if subject is not None else None
    return (entity, "reflexive of the subject of its clause") if entity is not None and agrees(discourse, entity, anaphor) else (None, "")


def _binder(reflexive: Token) -> Token | None:
    """The subject that a reflexive goes back to: that of its clause; of the clause above where it is itself one of several subjects
    ("Lee says that Reed and **himself** won": Pollard & Sag, Linguistic Inquiry 23, 1992)."""
    first = reflexive
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    if first is reflexive or first.dep_ not in SUBJECTS:
        return subject_of(reflexive)
    verb = first.head
    return subject_of(verb) if verb.dep_ in ("ccomp", "advcl") else None


def _body_that_thinks(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """ "It" that says, wants or plans something is a body: the only one that was a subject in this sentence or the one before, unless a
    thing was one after it, since papers say things too ("Acme sold the mill. A letter came. **It** said")."""
    if anaphor.kind != "it" or not is_thinker(discourse, anaphor):
        return None, ""
    here = discourse.sentence[anaphor.token]
    lately = [i for number in (here - 1, here) for i, _ in discourse.mentions_in.get(number, ()) if i < anaphor.token]
    subjects = [i for i in lately if discourse.place(i).role == "subject"]
    bodies = {one.entity.order: one.entity for one in find_candidates(discourse, anaphor) if _is_body(one.entity)}
    spoken_of = {discourse.owners[i].order for i in subjects if i in discourse.owners} & bodies.keys()
    if len(spoken_of) != 1 or discourse.owners[subjects[-1]].order not in spoken_of:
        return None, ""
    return bodies[spoken_of.pop()], f"“{discourse.doc[anaphor.token].text}” that thinks or speaks: the only body that just acted"


_OFFICERS = frozenset(
    {
        "chair",
        "chairman",
        "chairperson",
        "chairwoman",
        "founder",
        "leader",
        "member",
        "president",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "treasurer",
    }
    | {"staff", "employee", "trustee", "delegate", "envoy", "representative", "governor", "minister", "workforce"}
)
"""Nouns of those who hold an office in a body or belong to one: the frames *Leadership* and *Membership* of FrameNet 1.7 (Ruppenhofer et
al. 2016)."""


def _body_of_officers(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """Whatever has a chairman or members is a body or a country: the only one of this sentence and the one before ("The Valley Party won.
    **Its** leader thanked them")."""
    token = discourse.doc[anaphor.token]
    if anaphor.kind != "it" or token.dep_ != "poss" or token.head.lemma_.lower() not in _OFFICERS:
        return None, ""
    near = _fitting_lately(discourse, anaphor)
    bodies = [one for one in near if _is_body(one) or (one.party is not None and _is_led(one.party))]
    if len(bodies) != 1 or any(one.perhaps_person for one in near if one not in bodies):
        return None, ""
    return bodies[0], f"“{token.text}” {token.head.text}: the only body just spoken of"


def _is_led(party: Party) -> bool:
    """Whether a party that is no body has officers: a state, a coalition, and whoever one collective noun means ("the opposition")."""
    return party.type in ("state", "coalition") or (party.type == "described_group" and not party.plural)


def _fitting_lately(discourse: Discourse, anaphor: Anaphor) -> list[Entity]:
    """Those whom a pronoun may mean that were spoken of in its sentence or the one before."""
    here = discourse.sentence[anaphor.token]
    return [one.entity for one in find_candidates(discourse, anaphor) if here - discourse.sentence[one.nearest] <= 1]


def _is_body(entity: Entity) -> bool:
    return entity.party is not None and entity.party.type in BODIES and not entity.perhaps_person


def _reporting_body(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """In what a body or a country reports, "it" as subject is the one that reports, if no thing was spoken of in its sentence or the one
    before, or if only somebody does what is told: "The union said **it** was not asked", "The pool is shut. The council said **it** would
    ask"; but "The pool is shut. The council said **it** will open"."""
    reporter = reporting_subject(discourse, anaphor) if anaphor.kind == "it" and anaphor.token not in discourse.quoted else None
    lately = _fitting_lately(discourse, anaphor) if reporter is not None else []
    entity = next((one for one in lately if one is discourse.owners.get(reporter or -1)), None)
    things = any(one.party is None for one in lately)
    if entity is None or entity.party is None or (things and not _is_deed(discourse.doc[anaphor.token])):
        return None, ""
    acts = _is_body(entity) or entity.party.type == "state"
    return (entity, f"“{discourse.doc[anaphor.token].text}” in what it reports") if acts else (None, "")


_DEEDS = frozenset(
    {"accept", "acquire", "appeal", "apologise", "apologize", "appoint", "borrow", "buy", "collect", "donate", "employ", "fire", "hire"}
    | {"invest", "lend", "negotiate", "obtain", "offer", "own", "pay", "purchase", "recruit", "sell", "spend", "submit", "sue"}
    | {"ask", "consult", "contact", "cooperate", "discuss", "examine", "hear", "inspect", "investigate", "meet", "monitor", "review"}
    | {"search", "see", "study", "watch", "condemn", "criticise", "criticize", "oppose", "support", "welcome"}
)
"""Verbs whose subject is somebody, not a plan or a building: of change of possession, employment, search, inspection, sight, social
interaction and judgment (Levin 1993, classes 13, 29.5, 30.2, 33, 35, 36)."""


def _is_deed(pronoun: Token) -> bool:
    """Whether a pronoun is the active subject of what only people and bodies do."""
    verb = pronoun.head
    return pronoun.dep_ == "nsubj" and verb.pos_ == "VERB" and (verb.lemma_ in _DEEDS or is_mental(verb))


def _bearer(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """Whose name is told: "**His** name is Ada Brook" (a specificational clause: Higgins, The Pseudo-Cleft Construction, 1979)."""
    noun = discourse.doc[anaphor.token].head
    if not anaphor.possessive or noun.lower_ != "name" or noun.dep_ not in SUBJECTS or noun.head.lemma_ != "be":
        return None, ""
    named = next((child.i for child in noun.head.rights if child.dep_ == "attr" and child.i in discourse.owners), None)
    entity = discourse.owners[named] if named is not None else None
    bearer = entity if entity is not None and entity.party is not None and (entity.person or entity.perhaps_person) else None
    return bearer, "whose name is told"


def _last_speaker(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """The source of "he said" is the last source before it, if nobody else who fits came in between.

    Whom that source speaks of does not come in between: "Brook said that Dunn had left. He added ...". In the paragraph of the
    last source only subjects do, in a later one anybody.
    """
    # Only for pronouns that are themselves a source, and that the narrator says.
    if anaphor.kind not in ("he", "she", "they") or anaphor.token not in discourse.sources or anaphor.token in discourse.said:
        return None, ""
    place = bisect_left(discourse.narrated_sources, anaphor.token)
    last = discourse.narrated_sources[place - 1] if place else None
    # After so many sentences the last speaker is no longer in mind.
    if last is None or discourse.sentence[anaphor.token] - discourse.sentence[last] > WINDOW:
        return None, ""
    excluded = excluded_entities(discourse, anaphor)
    found = discourse.owners.get(last)
    if found is None or found.order in excluded or not agrees(discourse, found, anaphor) or name_disagrees(found, anaphor):
        return None, ""
    told = discourse.content_of.get(last, frozenset())
    between = [
        i
        for sentence in range(discourse.sentence[last], discourse.sentence[anaphor.token] + 1)
        for i, entity in discourse.mentions_in.get(sentence, ())
        if last < i < anaphor.token and entity is not found and i not in told and i not in discourse.quoted
        if entity.order not in excluded and not name_disagrees(entity, anaphor)
        if agrees(discourse, entity, anaphor) or is_tradesman(discourse.doc[i])
    ]
    here, own = discourse.sentence[anaphor.token], discourse.content_of.get(anaphor.token, frozenset())
    if any(discourse.doc[i].dep_ in SUBJECTS or discourse.paragraph[i] != discourse.paragraph[last] for i in between):
        return None, ""
    # "While the plan did not appeal to Dunn, she said": a clause before the pronoun's own may name who speaks now.
    if any(discourse.sentence[i] == here and i not in own for i in between):
        return None, ""
    return found, f"“{discourse.doc[anaphor.token].text}” who speaks: the last one before who was said to speak"


def _named_in_opening_clause(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """The source of "she said" after a clause that opens its sentence is the only one named there who fits: "While the plan did not appeal
    to Brook, **she** said" (Carden, Backwards Anaphora in Discourse Context, Journal of Linguistics 18, 1982)."""
    verb = discourse.doc[anaphor.token].head
    if (
        anaphor.kind not in ("he", "she")
        or not anaphor.subject
        or anaphor.token not in discourse.sources
        or anaphor.token in discourse.said
    ):
        return None, ""
    opening = [child for child in verb.lefts if child.dep_ == "advcl" and any(one.dep_ in ("mark", "advmod") for one in child.lefts)]
    clause = opening[-1] if opening and opening[-1].i < anaphor.token else None
    if clause is None:
        return None, ""
    named = {
        entity.order: entity
        for i, entity in discourse.mentions_in.get(discourse.sentence[anaphor.token], ())
        if clause.left_edge.i <= i <= clause.right_edge.i and agrees(discourse, entity, anaphor) and not name_disagrees(entity, anaphor)
    }
    entity = next(iter(named.values())) if len(named) == 1 else None
    if entity is None or entity.party is None:
        return None, ""
    return entity, f"“{discourse.doc[anaphor.token].text}” who speaks: the only one named in the clause before"


def _same_as_reporter(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """In what a pronoun is said to have said, the same pronoun as subject: "He said that **he** was cold"."""
    reporter = reporting_subject(discourse, anaphor)
    if reporter is None or anaphor.kind not in ("he", "she") or anaphor.token in discourse.quoted:
        return None, ""
    entity = discourse.owners.get(reporter)
    same = discourse.doc[reporter].lower_ == discourse.doc[anaphor.token].lower_
    return (entity, f"“{discourse.doc[anaphor.token].text}” in what the same pronoun says") if same and entity is not None else (None, "")


def _subject_of_content(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """Who tells of own deeds without marks, where the text has nobody else: "Ada Brook has sold the boat, **she** said"; and the body whose
    deeds "it" tells: "Acme will buy Nord, **it** said"."""
    told = discourse.attribution_of.get(anaphor.token)
    if anaphor.kind not in ("he", "she", "it") or told is None or told.quoted_parts or anaphor.token in discourse.said:
        return None, ""
    content = discourse.content_of[anaphor.token]
    subject = next((i for i in sorted(content) if discourse.doc[i].dep_ in SUBJECTS and i in discourse.owners), None)
    entity = discourse.owners[subject] if subject is not None and subject < anaphor.token else None
    if entity is None or entity.party is None or not agrees(discourse, entity, anaphor) or name_disagrees(entity, anaphor):
        return None, ""
    others = [one.entity for one in find_candidates(discourse, anaphor)]
    if any(_is_body(one) if anaphor.kind == "it" else one.person for one in others) or (anaphor.kind == "it" and not _is_body(entity)):
        return None, ""
    return entity, f"“{discourse.doc[anaphor.token].text}” who tells of own deeds: nobody else was spoken of"


_TURNING_TO_OBJECT = (
    frozenset({"accuse", "berate", "blame", "censure", "chastise", "condemn", "congratulate", "criticise", "criticize", "denounce"})
    | {"fault", "fine", "honour", "honor", "mock", "penalise", "penalize", "praise", "punish", "rebuke", "reprimand", "reproach", "reward"}
    | {"ridicule", "scold", "sentence", "thank", "arrest", "imprison", "jail", "attack", "hit", "kill", "murder", "shoot", "stab", "strike"}
    | {"dismiss", "drop", "fire", "oust", "replace", "sack", "suspend"}
)
"""Verbs of judgment, penalty, hitting, killing and dismissal (Levin 1993, classes 10.10, 18, 33, 42; VerbNet 33.2): the causes and the
consequences of what they tell lie with their object (implicit causality: Garvey & Caramazza, Linguistic Inquiry 5, 1974; Ferstl, Garnham &
Manouilidou, Behavior Research Methods 43, 2011; Pickering & Majid, Language and Cognitive Processes 22, 2007)."""
_TWO = 2
"""Whoever does such a thing and whom it befalls."""
_SENTENCES_AFTER = 3
"""So many sentences after such a verb it stays open of whom they tell, if nobody is named again."""


def _either_of_deed(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """After "Lee accused Reed" the next "he" may be either: the subject, of whom the text told, or the object, on whom the verb turns. It
    is nobody's, until one of the two is named again."""
    if anaphor.kind not in ("he", "she") or anaphor.token in discourse.quoted or anaphor.reflexive:
        return None, ""
    here = discourse.sentence[anaphor.token]
    for number in range(here, here - _SENTENCES_AFTER - 1, -1):
        named = [
            (i, one) for i, one in discourse.mentions_in.get(number, ()) if i < anaphor.token and _is_told_of(discourse, i, one, anaphor)
        ]
        if named:
            deed = _deed_between(discourse, named) if number < here else None
            fitting = {one.entity.order for one in find_candidates(discourse, anaphor)} if deed is not None else set()
            both = deed is not None and deed <= fitting
            return None, "either of two, of whom one did it to the other" if both else ""
    return None, ""


def _is_told_of(discourse: Discourse, i: int, entity: Entity, anaphor: Anaphor) -> bool:
    """Whether a mention names, and not only takes up, somebody whom a pronoun would fit."""
    named = discourse.doc[i].pos_ != "PRON" and i not in discourse.quoted
    return named and entity.person and agrees(discourse, entity, anaphor) and not name_disagrees(entity, anaphor)


def _deed_between(discourse: Discourse, named: list[tuple[int, Entity]]) -> frozenset[int] | None:
    """The two, by their order, of whom a sentence tells that one accused, shot or dismissed the other; none where it names more."""
    orders = frozenset(entity.order for _, entity in named)
    # Parsers take the name of a person for a measure, as in "shot two rounds".
    undergoing = (i for i, _ in named if discourse.place(i).role == "object" or discourse.doc[i].dep_ == "npadvmod")
    objects = (discourse.doc[discourse.place(i).clause] for i in undergoing)
    verbs = {verb.i for verb in objects if verb.lemma_ in _TURNING_TO_OBJECT}
    acted = any(discourse.place(i).role == "subject" and discourse.place(i).clause in verbs for i, _ in named)
    return orders if acted and len(orders) == _TWO else None


def _addressee_of_question(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """The source of "he said" after a question is who was asked: "Lee asked Reed whether he had keys. He said that he had"."""
    if anaphor.kind not in ("he", "she") or anaphor.token not in discourse.sources or anaphor.token in discourse.said:
        return None, ""
    place = bisect_left(discourse.narrated_sources, anaphor.token)
    question = discourse.attribution_of.get(discourse.narrated_sources[place - 1]) if place else None
    answer = discourse.attribution_of[anaphor.token]
    if question is None or question.addressee is None or not _is_question(discourse, question) or _cue(answer) in _FOLLOW_UP_VERBS:
        return None, ""
    asked = discourse.doc.char_span(question.addressee.head.start, question.addressee.head.end, alignment_mode="expand")
    entity = next((discourse.owners[token.i] for token in asked or () if token.i in discourse.owners), None)
    if entity is None or discourse.sentence[anaphor.token] - discourse.sentence[discourse.narrated_sources[place - 1]] > 1:
        return None, ""
    if entity.party is None or not agrees(discourse, entity, anaphor) or name_disagrees(entity, anaphor):
        return None, ""
    return entity, f"“{discourse.doc[anaphor.token].text}” who speaks after a question: who was asked"


def _is_question(discourse: Discourse, attribution: Attribution) -> bool:
    """Whether somebody asked to be told something, not to have it done: "asked whether", "“Is it?” asked"."""
    first = discourse.doc.char_span(attribution.content[0].start, attribution.content[0].end, alignment_mode="expand")
    wondered = first is not None and first[0].lower_ in _QUESTION_WORDS
    asked = attribution.content[-1].of(discourse.doc.text).rstrip("\"'”’ ,").endswith("?")
    return _cue(attribution) in _QUESTION_VERBS and (wondered or asked)


def _cue(attribution: Attribution) -> str:
    return attribution.cue.lemma if attribution.cue is not None else ""


def _family(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """People named together whom the text calls by their surname elsewhere: "Ada and Ben Lee left. They ... The Lees"."""
    candidates = find_candidates(discourse, anaphor) if anaphor.kind == "they" else ()
    nearest = candidates[0] if candidates else None
    if nearest is None or nearest.entity.party is None or not nearest.entity.party.family or nearest.follows(anaphor):
        return None, ""
    return nearest.entity, f"“{discourse.doc[anaphor.token].text}”: the family named just before"


def _subject_after_fronted(discourse: Discourse, anaphor: Anaphor) -> Choice:
    """In a phrase that opens a sentence, the subject that follows: "Speaking in his office, Lee said", "In its report, the board said"."""
    subject = subject_that_follows(discourse, anaphor)
    entity = discourse.owners.get(subject) if subject is not None else None
    # Looking ahead is riskier than looking back: a given name of the other gender is enough to refuse.
    if entity is None or entity.party is None or name_disagrees(entity, anaphor) or not agrees(discourse, entity, anaphor):
        return None, ""
    # "Sentencing her, Judge Lee said": whoever follows is the one who sentences.
    if entity.order in excluded_entities(discourse, anaphor):
        return None, ""
    return entity, f"“{discourse.doc[anaphor.token].text}”: the subject that follows in the same sentence"


def subject_that_follows(discourse: Discourse, anaphor: Anaphor) -> int | None:
    """The subject after the phrase that opens a sentence and holds the pronoun, as a token; none where it stands in no such phrase."""
    verb = _verb_after_fronted(discourse.doc[anaphor.token], anaphor)
    return next((child.i for child in verb.lefts if child.dep_ in SUBJECTS and child.i > anaphor.token), None) if verb else None


def _verb_after_fronted(token: Token, anaphor: Anaphor) -> Token | None:
    """The verb to which a phrase with a pronoun in it is fronted: a participle clause, or a prepositional phrase with a possessive."""
    top = token
    # Up to the phrase or clause that the pronoun is in.
    while top.head.i != top.i and top.dep_ not in ("prep", "advcl", "ccomp", "relcl", "pcomp", "acl"):
        top = top.head
    if top.dep_ in ("advcl", "ccomp") and top.head.tag_ == "VBN" and top.head.dep_ == "advcl" and _names_nobody(token):
        top = top.head  # "Asked whether she would go, Lee said"
    while top.dep_ == "prep" and top.head.dep_ in ("pobj", "prep", "advcl"):
        top = top.head if top.head.dep_ != "pobj" else top.head.head
    if top.head.pos_ not in ("VERB", "AUX") or top.i > top.head.i or top.left_edge.i != _first_word(top):
        return None
    if top.dep_ == "prep":
        return top.head if anaphor.possessive else None
    # "Speaking in his office" has no subject of its own; "when he spoke" has.
    bare = top.dep_ == "advcl" and not any(child.dep_ in (*SUBJECTS, "mark", "aux", "auxpass") for child in top.children)
    return top.head if bare and top.tag_ in ("VBG", "VBN") else None


def _names_nobody(token: Token) -> bool:
    """Whether no name stands before a token in its sentence, but for who asks: "Asked by Reed whether she"."""
    before = token.doc[token.sent.start : token.i]
    return all(one.pos_ != "PROPN" or any(above.dep_ == "agent" for above in (one.head, one.head.head)) for one in before)


def _first_word(token: Token) -> int:
    """The first word of a token's sentence, after marks and a linking adverb ("However,")."""
    i = token.sent.start
    while i < token.i and (
        token.doc[i].is_punct or token.doc[i].is_space or (token.doc[i].pos_ in ("ADV", "CCONJ") and i < token.left_edge.i)
    ):
        i += 1
    return int(i)


Grammar = Callable[[Discourse, Anaphor], Choice]
GRAMMAR: tuple[tuple[str, Grammar], ...] = (
    ("relative pronouns", _relative),
    ("reflexives", _reflexive),
    ("whose name is told", _bearer),
    ("the subject after an opening phrase", _subject_after_fronted),
    ("either of two", _either_of_deed),
    ("who reports", _same_as_reporter),
    ("who was asked", _addressee_of_question),
    ("who is named in the clause before", _named_in_opening_clause),
    ("the last who spoke", _last_speaker),
    ("a family named together", _family),
    ("a body that thinks", _body_that_thinks),
    ("a body that reports", _reporting_body),
    ("a body with officers", _body_of_officers),
    ("who tells of own deeds", _subject_of_content),
)
