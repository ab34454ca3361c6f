"""What speaks for and against each candidate for a pronoun: named facts of closed classes, for training and for judging alike.

The classes are those of Lappin & Leass (Computational Linguistics 20, 1994), of centering (Grosz, Joshi & Weinstein, Computational
Linguistics 21, 1995) and of the first learnt resolvers (Soon, Ng & Lim, Computational Linguistics 27, 2001): grammatical role and
parallelism, distance, prominence, who speaks to whom, and agreement. No feature holds a name or a word with content.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.extract.actors.anaphors import FORMS, Anaphor, nationality
from onrecord.extract.actors.antecedents import Context, Discourse, Entity, GrammaticalRole, Place, clauses_above, place_of
from onrecord.extract.actors.candidates import Candidate, is_mental, lead_of_pronouns, name_disagrees, number_of
from onrecord.extract.attributions.attribution import token_span
from onrecord.extract.tokens import Token

_WEIGHTS: dict[GrammaticalRole, float] = {
    "subject": 270,
    "agent": 240,
    "object": 210,
    "predicate": 190,
    "oblique": 175,
    "possessor": 170,
    "modifier": 40,
}
"""How salient a mention is by its role, with recency (100) in it: the weights of Lappin & Leass. "modifier" is a name before a noun, which
is in the background."""
_OTHER = 150.0

Group = Literal["he", "it", "they", "person", "body"]
_PRONOUNS_LOOKED_AT = 4
_MENTIONS_LOOKED_AT = 4
"""Of a candidate so many mentions before the pronoun count: with all of them, whoever an article is about would always have the likest
word and every pronoun, and neither would tell anything."""
ALIKE = "alike "
"""How the features begin that only an article has which an encoder has read."""
_LEADS = 9
"""Twentieths of a lead in likeness at most: what few examples have is one feature with its neighbours."""
_STEPS = (1, 2, 3, 5, 9)
"""Counts become features by these steps."""


def group_of(anaphor: Anaphor) -> Group:
    """The pronouns that share weights of their own: "he" and "she" differ only in whom they may mean."""
    if anaphor.kind in ("person", "body"):
        return "person" if anaphor.kind == "person" else "body"
    return "he" if anaphor.kind in ("he", "she") else "it" if anaphor.kind == "it" else "they"


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is the same for all candidates of a pronoun."""

    anaphor: Anaphor
    place: Place
    role: str
    sentence: int
    paragraph: int
    above: Mapping[int, str]
    reporting: int | None
    """The subject of the verb of speech or thought whose clause the pronoun is the subject of."""
    earliest: int
    """Where the candidate stands that the article named first."""
    salience: Sequence[float]
    """Of each candidate."""
    most: int
    """How often the candidate was mentioned that was mentioned most."""
    last_source: int | None
    does: str
    """What the clause says of the pronoun, if it is its subject: that it ``is``, ``does`` something to something, or ``acts``."""
    fronted: int | None
    """The subject after the phrase that opens the sentence and holds the pronoun."""


def antecedent_features(discourse: Discourse, anaphor: Anaphor, candidates: Sequence[Candidate], fronted: int | None) -> list[list[str]]:
    """For each candidate the names of what is true of it; ``fronted`` is the subject after an opening phrase, if the pronoun is in one."""
    setting = _setting(discourse, anaphor, candidates, fronted)
    rows = [list(_features(discourse, setting, candidate, rank, candidates)) for rank, candidate in enumerate(candidates)]
    if discourse.context is not None:
        for name, values in _likenesses(discourse, discourse.context, anaphor, candidates):
            for row, facts in zip(rows, _how_alike(values), strict=True):
                row += (f"{ALIKE}{name} {fact}" for fact in facts)
    return rows


def _likenesses(
    discourse: Discourse, context: Context, anaphor: Anaphor, candidates: Sequence[Candidate]
) -> Iterator[tuple[str, list[float | None]]]:
    """How alike an encoder finds the pronoun and each candidate's nearest mention, and the nouns among its last mentions."""
    doc = discourse.doc
    pronoun = token_span(doc[anaphor.token])
    yield "nearest", [context.likeness(pronoun, [token_span(doc[one.nearest])]) for one in candidates]
    nouns = ([i for i in one.near[:_MENTIONS_LOOKED_AT] if doc[i].pos_ != "PRON"] for one in candidates)
    yield "nouns", [context.likeness(pronoun, [token_span(doc[i]) for i in some]) for some in nouns]


def _how_alike(values: Sequence[float | None]) -> Iterator[tuple[str, ...]]:
    """Of each value its rank, and by how much it leads or lags."""
    order = sorted((value for value in values if value is not None), reverse=True)
    for value in values:
        if value is None:
            yield ()
            continue
        rank = order.index(value)
        lead = value - (order[0] if rank else order[1] if len(order) > 1 else 0.0)
        yield (
            f"rank={min(rank, 3)}",
            f"lead={max(-_LEADS, min(int(lead * 20), _LEADS))}{'-' if rank else '+'}",
            f"level={int((value + 1) * 8)}",
        )


def nobody_features(discourse: Discourse, anaphor: Anaphor, candidates: Sequence[Candidate]) -> list[str]:
    """What speaks for it that a pronoun means none of its candidates."""
    people = sum(1 for one in candidates if one.entity.party is not None)
    he = [one.entity for one in candidates] if group_of(anaphor) == "he" else []
    role = _role(place_of(discourse.doc, anaphor.token), anaphor)
    return [
        "nobody",
        f"nobody candidates={_step(people)}",
        f"nobody role={role}",
        f"nobody quoted={anaphor.token in discourse.quoted}",
        f"nobody source={anaphor.token in discourse.sources}",
        f"nobody kind={anaphor.kind}",
        *_new_description(discourse, anaphor),
        *_people_apart(discourse, anaphor),
        f"nobody nouns={_step(len(candidates) - people)}",
        f"nobody, one stated={any(one.gender for one in he)}",
        f"nobody, a given name agrees={any(one.name_gender and not name_disagrees(one, anaphor) for one in he)}",
        f"nobody, one spoken of so={any(lead_of_pronouns(one, anaphor) > 0 for one in he)}",
    ]


def _people_apart(discourse: Discourse, anaphor: Anaphor) -> Iterator[str]:
    """How many single people were just spoken of, whom "they" may mean together (summation: Kamp & Reyle, From Discourse to Logic, 1993):
    "She met Arthur Lee. **They** married"."""
    if anaphor.kind == "they":
        here = discourse.sentence[anaphor.token]
        lately = ((i, one) for number in (here - 1, here) for i, one in discourse.mentions_in.get(number, ()))
        people = {one.order for i, one in lately if i < anaphor.token and one.person and not one.plural}
        yield f"nobody people apart={min(len(people), 2)}"


def _new_description(discourse: Discourse, anaphor: Anaphor) -> Iterator[str]:
    """Whether a description goes on about a noun that stood before it, or has words that tell who is meant."""
    if anaphor.kind in ("person", "body"):
        token = discourse.doc[anaphor.token]
        owner = discourse.owners.get(anaphor.token)
        yield f"nobody repeats={owner is not None and owner.mentions[0] < anaphor.token}"
        yield f"nobody told={any(child.dep_ in ('amod', 'compound', 'nmod') for child in token.lefts)}"


def _setting(discourse: Discourse, anaphor: Anaphor, candidates: Sequence[Candidate], fronted: int | None) -> _Setting:
    place = place_of(discourse.doc, anaphor.token)
    at = bisect_left(discourse.narrated_sources, anaphor.token)
    return _Setting(
        anaphor=anaphor,
        place=place,
        role=_role(place, anaphor),
        sentence=discourse.sentence[anaphor.token],
        paragraph=discourse.paragraph[anaphor.token],
        above=clauses_above(discourse.doc, place.clause),
        reporting=reporting_subject(discourse, anaphor),
        earliest=min((one.entity.mentions[0] for one in candidates if one.entity.party is not None), default=-1),
        salience=[_salience(discourse, one.near, anaphor.token) for one in candidates],
        most=max((_count(one.entity, anaphor) for one in candidates), default=0),
        last_source=discourse.narrated_sources[at - 1] if at else None,
        does=_does(discourse.doc[anaphor.token].head),
        fronted=fronted,
    )


def _does(verb: Token) -> str:
    if verb.lemma_ == "be" or any(child.dep_ == "auxpass" for child in verb.lefts):
        return "is"
    return "does" if any(child.dep_ in ("dobj", "xcomp", "ccomp") for child in verb.rights) else "acts"


def _salience(discourse: Discourse, near: Sequence[int], token: int) -> float:
    """The salience at a token of what was mentioned at the tokens ``near`` it: its best mention in each sentence counts."""
    here, quoted = discourse.sentence[token], token in discourse.quoted
    best: dict[int, float] = {}
    for i in near:
        if i < token:
            going_on = i in discourse.continuations
            weight = 270.0 if going_on else _WEIGHTS.get(discourse.place(i).role, _OTHER)
            # The narrator and a speaker have different people in mind.
            weight *= 0.6 if (i in discourse.quoted and not going_on) != quoted else 1
            back = here - discourse.sentence[i]
            best[back] = max(best.get(back, 0.0), weight * 0.5**back)
    return sum(best.values())


def _role(place: Place, anaphor: Anaphor) -> str:
    return "possessor" if anaphor.possessive else place.role


def _count(entity: Entity, anaphor: Anaphor) -> int:
    """How often an entity was mentioned before a pronoun."""
    return bisect_left(entity.mentions, anaphor.token)


def _step(count: int) -> int:
    return next((step for step in reversed(_STEPS) if count >= step), 0)


def reporting_subject(discourse: Discourse, anaphor: Anaphor) -> int | None:
    """The subject of the verb of speech or thought whose clause a pronoun is the subject of: "Lee" in "Lee said he"."""
    verb = discourse.doc[anaphor.token].head
    if not anaphor.subject or verb.dep_ != "ccomp" or verb.head.i > anaphor.token or not is_mental(verb.head):
        return None
    return next((child.i for child in verb.head.lefts if child.dep_ == "nsubj"), None)


def _features(discourse: Discourse, setting: _Setting, candidate: Candidate, rank: int, candidates: Sequence[Candidate]) -> Iterator[str]:
    place = discourse.place(candidate.nearest)
    back = max(0, setting.sentence - discourse.sentence[candidate.nearest])
    yield from _where(discourse, setting, candidate, place, back)
    yield from _how_prominent(discourse, setting, candidate, rank, back)
    yield from _between(discourse, setting, candidate, candidates[:rank])
    yield from _who_speaks(discourse, setting, candidate, place)
    yield from _what_it_is(discourse, setting, candidate)
    yield from _company(discourse, setting, candidate, candidates)
    if setting.anaphor.kind in ("person", "body"):
        yield from _how_described(discourse, setting, candidate, candidates)


def _where(discourse: Discourse, setting: _Setting, candidate: Candidate, place: Place, back: int) -> Iterator[str]:
    """Roles, parallelism, distance, and how the two clauses are nested."""
    near = min(back, 3)
    role = "speaks on" if candidate.nearest in discourse.continuations else place.role
    if candidate.follows(setting.anaphor):
        yield "after"
        yield f"after role={setting.role}"
        yield "after fronted" if candidate.nearest == setting.fronted else "after other"
        yield f"after main={place.main}"
        return
    yield f"back={back}"
    yield f"paragraphs={min(setting.paragraph - discourse.paragraph[candidate.nearest], 2)}"
    yield f"{role} to {setting.role}"
    yield f"{role} back={near}"
    yield f"{role} to {setting.role} back={min(near, 1)}"
    if role == setting.role:
        yield f"parallel back={near}"
    if place.conjunct:
        yield f"conjunct back={min(near, 1)}"
    if place.preposition:
        yield f"after {place.preposition}"
    if back:
        if role == "subject":
            yield f"main={place.main} subject back={near}"
        return
    yield from _nesting(discourse, setting, place, role)


def _nesting(discourse: Discourse, setting: _Setting, place: Place, role: str) -> Iterator[str]:
    """How the clauses of two mentions of one sentence are nested."""
    if place.clause == setting.place.clause:
        yield f"same clause {role} to {setting.role}"
    elif place.clause in setting.above:
        yield f"clause above {role} by {setting.above[place.clause]}"
        yield f"clause above {role} to {setting.role}"
    elif setting.place.clause in clauses_above(discourse.doc, place.clause):
        yield f"clause below {role} to {setting.role}"
    else:
        yield f"clause apart {role}"


def _how_prominent(discourse: Discourse, setting: _Setting, candidate: Candidate, rank: int, back: int) -> Iterator[str]:
    """How often, how early and how lately it was mentioned, and as what."""
    entity = candidate.entity
    count = _count(entity, setting.anaphor)
    yield f"mentions={_step(count)}"
    if count and count == setting.most:
        yield "most mentioned"
        yield f"most mentioned to {setting.role}"
    elif 2 * count > setting.most:
        yield "mentioned half as often as any"
    yield f"recency={min(rank, 5)}"
    mine, best = setting.salience[rank], max(setting.salience)
    ahead = sum(1 for other in setting.salience if other > mine)
    yield f"salience rank={min(ahead, 3)}"
    yield f"salience share={int(5 * mine / best) if best else 0}"
    if not ahead and len(setting.salience) > 1:
        second = max(other for n, other in enumerate(setting.salience) if n != rank)
        yield f"salience lead={int(5 * (1 - second / mine)) if mine else 0}"
    if entity.party is not None and entity.mentions[0] == setting.earliest:
        yield "named first"
        yield f"named first to {setting.role}"
    yield from _how_last(discourse, setting, candidate, back)
    here = {setting.sentence - discourse.sentence[i] for i in candidate.near if discourse.place(i).role == "subject"}
    if 0 in here or 1 in here:
        yield f"subject lately to {setting.role}"
    if {1, 2} <= here or {0, 1} <= here:
        yield "subject again and again"
    yield f"near={min(len(candidate.near), 4)}"
    if discourse.is_first_in_sentence(candidate.nearest):
        yield f"first in sentence back={min(back, 2)}"


def _how_last(discourse: Discourse, setting: _Setting, candidate: Candidate, back: int) -> Iterator[str]:
    """Whether a pronoun or a noun mentioned it last, and whether pronouns for it stand in the same sentence (the centre goes on)."""
    by = "pronoun" if discourse.doc[candidate.nearest].pos_ == "PRON" else "noun"
    yield f"last by {by} back={min(back, 2)}"
    if by == "pronoun":
        yield f"pronoun {discourse.place(candidate.nearest).role} to {setting.role} back={min(back, 1)}"
    pronouns = [i for i in candidate.near if discourse.doc[i].pos_ == "PRON"]
    if any(discourse.sentence[i] == setting.sentence for i in pronouns):
        yield "pronoun in the same sentence"
    if any(discourse.doc[i].pos_ != "PRON" and discourse.sentence[i] == setting.sentence for i in candidate.near):
        yield f"named in the same sentence to {setting.role}"
    yield f"pronouns near={min(len(pronouns), 3)} names near={min(len(candidate.near) - len(pronouns), 3)}"


def _between(discourse: Discourse, setting: _Setting, candidate: Candidate, nearer: Sequence[Candidate]) -> Iterator[str]:
    """Who stands between."""
    if candidate.follows(setting.anaphor):
        return
    parties = sum(1 for one in nearer if one.entity.party is not None)
    yield f"parties between={min(parties, 4)}"
    yield f"nouns between={min(len(nearer) - parties, 3)}"
    if any(discourse.place(one.nearest).role == "subject" for one in nearer):
        yield "subject between"


def _who_speaks(discourse: Discourse, setting: _Setting, candidate: Candidate, place: Place) -> Iterator[str]:
    """Whether it reports, is quoted, spoke last, or stands in the same words as the pronoun."""
    token = setting.anaphor.token
    quoted, theirs = discourse.quoted.get(token), discourse.quoted.get(candidate.nearest)
    if candidate.nearest in discourse.continuations:
        theirs = None
    if quoted is not None or theirs is not None:
        yield f"quoted={quoted is not None} {'same' if quoted == theirs else 'other' if theirs is not None else 'none'}"
    if setting.reporting is not None:
        yield f"reports={setting.reporting in candidate.near}"
        if setting.anaphor.kind == "it":
            yield f"reports={setting.reporting in candidate.near} of what it {setting.does}"
    source = token in discourse.sources and token not in discourse.said
    if source:
        yield f"speaks {place.role}"
        if any(i in discourse.sources for i in candidate.near):
            yield "speaks, a source before"
    if setting.last_source is not None and setting.last_source in candidate.near:
        yield f"spoke last to source={source}"
    elif source:
        yield "did not speak last"
    if candidate.nearest in discourse.said and token not in discourse.said:
        yield f"within what is said to source={source}"


def _what_it_is(discourse: Discourse, setting: _Setting, candidate: Candidate) -> Iterator[str]:
    """Whether it is a party and of what type, and what tells whether it is "he" or "she"."""
    entity, anaphor = candidate.entity, setting.anaphor
    party = entity.party
    if party is None:
        yield f"noun to {setting.role}"
    else:
        yield "named" if party.named else "described"
        if not entity.person:
            yield f"type={party.type}"
            yield f"type={party.type} to {setting.role}"
            yield f"number={number_of(discourse, entity)}"
    if entity.plural:
        yield f"several party={party is not None}"
    if not entity.plural and group_of(anaphor) == "he":
        yield from _gender_features(entity, anaphor)


def _company(discourse: Discourse, setting: _Setting, candidate: Candidate, candidates: Sequence[Candidate]) -> Iterator[str]:
    """Whether it is the only one that fits of its sentence or paragraph, and whether the same pronoun stood for it before."""
    if candidate.follows(setting.anaphor) or candidate.entity.party is None:
        return
    others = [one for one in candidates if one is not candidate and one.entity.party is not None and not one.follows(setting.anaphor)]
    for name, of in (("sentence", discourse.sentence), ("paragraph", discourse.paragraph)):
        here = of[setting.anaphor.token]
        if here - of[candidate.nearest] <= 1 and not any(of[one.nearest] >= of[candidate.nearest] for one in others):
            yield f"alone in {name} back={here - of[candidate.nearest]}"
            yield f"alone in {name} to {setting.role}"
    if not others:
        yield "the only party"
    before = {FORMS.get(discourse.doc[i].lower_) for i in candidate.near[:_PRONOUNS_LOOKED_AT]}
    if setting.anaphor.kind in before:
        yield "the same pronoun before"
    if {"it": "they", "they": "it"}.get(setting.anaphor.kind) in before:
        yield "the pronoun of the other number before"


def _gender_features(entity: Entity, anaphor: Anaphor) -> Iterator[str]:
    """What tells whether somebody is "he" or "she": a title or noun for sure, a given name and the pronouns before as evidence."""
    if entity.gender:
        yield "gender stated"
        return
    name = "unknown" if not entity.name_gender else "disagrees" if name_disagrees(entity, anaphor) else "agrees"
    alone = entity.party is not None and " " not in entity.party.name
    lead = lead_of_pronouns(entity, anaphor)
    yield f"given name {name}"
    yield f"given name {name} alone={alone}"
    yield f"spoken of so={max(-2, min(lead, 2))}"
    yield f"given name {name} spoken of so={max(-1, min(lead, 1))}"


def _how_described(discourse: Discourse, setting: _Setting, candidate: Candidate, candidates: Sequence[Candidate]) -> Iterator[str]:
    """What the text has said of a candidate that a description repeats, and whether anybody else fits."""
    token = discourse.doc[setting.anaphor.token]
    party = candidate.entity.party
    noun = token.lemma_.lower()
    if party is None:
        return
    yield "the only one that fits" if len(candidates) == 1 else f"one that fits of {min(len(candidates), 4)}"
    if noun in candidate.entity.called or noun in candidate.entity.said_to_be:
        yield "called so before"
    if noun in party.nouns or noun in party.name.lower().split() or noun in party.role_nouns:
        yield "said to be one"
    if state := nationality(token):
        stated = " ".join(role.text.lower() for role in party.roles)
        yield f"nationality stated={state.lower() in stated or any(one in stated for one in (token.lower_,))}"
    if not party.roles and not party.nouns:
        yield "nothing said of it"
