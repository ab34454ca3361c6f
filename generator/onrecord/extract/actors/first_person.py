"""Who "I" and "we" are: in a quote its speaker and the body for which the speaker speaks; elsewhere the author."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.actors.anaphors import Anaphor
from onrecord.extract.actors.antecedents import Discourse
from onrecord.extract.actors.merging import BODIES
from onrecord.extract.actors.party import Party
from onrecord.extract.actors.word_lists import words
from onrecord.extract.tokens import Token

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
