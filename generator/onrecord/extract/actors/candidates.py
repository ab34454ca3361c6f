"""Who a pronoun or a description may stand for: the entities near it that nothing rules out, with where each was last mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.actors.agreement import SUBJECTS, agrees, excluded_entities, name_disagrees
from onrecord.extract.actors.anaphors import Anaphor
from onrecord.extract.actors.antecedents import Discourse, Entity
from onrecord.extract.actors.definite_descriptions import may_be_described

WINDOW = 5
"""How many sentences back an antecedent may stand."""
_FAR = 12
"""The same for a description, which reaches farther than a pronoun (Ariel, Accessing Noun-Phrase Antecedents, 1990)."""
_MOST = 24
"""So many candidates are weighed, those mentioned last: more stand only in lists."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a pronoun may stand for. Tokens are counted in the article's Doc."""

    entity: Entity
    nearest: int
    """Its mention that stands nearest before the pronoun; for one that is named only after it, the first there."""
    near: tuple[int, ...]
    """Its mentions within the window, the nearest first."""

    def follows(self, anaphor: Anaphor) -> bool:
        """Whether it is named only after the pronoun (cataphora)."""
        return self.nearest > anaphor.token


def find_candidates(discourse: Discourse, anaphor: Anaphor) -> tuple[Candidate, ...]:
    """The candidates of a pronoun of the third person, those mentioned last first, those that follow it at the end."""
    speaker = discourse.speaker_at(anaphor.token)
    described = anaphor.kind in ("person", "body")
    excluded = set() if described else excluded_entities(discourse, anaphor)
    may_be = may_be_described if described else agrees
    mentions: dict[int, list[int]] = {}
    entities: dict[int, Entity] = {}
    for i, entity in (*_before(discourse, anaphor), *(() if described else _after(discourse, anaphor))):
        order = entity.order
        if order not in mentions:
            # Whoever speaks is "I" there, and nobody else's "he".
            fits = order not in excluded and (speaker is None or entity.party is not speaker) and may_be(discourse, entity, anaphor)
            mentions[order] = []
            if fits:
                entities[order] = entity
        mentions[order].append(i)
    found = tuple(Candidate(entity, mentions[order][0], tuple(mentions[order])) for order, entity in entities.items())
    return _without_names_of_the_other_gender(found, anaphor)[:_MOST]


def _without_names_of_the_other_gender(found: tuple[Candidate, ...], anaphor: Anaphor) -> tuple[Candidate, ...]:
    """The candidates without those whose full name is one of the other gender, if the name of somebody else is of the right one.

    Names cross genders and languages: with nobody else in sight "Kim Lee" may be "he".
    """
    agreeing = any(one.entity.gender or (one.entity.name_gender and not name_disagrees(one.entity, anaphor)) for one in found)
    if not agreeing or anaphor.kind not in ("he", "she"):
        return found
    return tuple(one for one in found if not (name_disagrees(one.entity, anaphor) and one.entity.party and " " in one.entity.party.name))


def _before(discourse: Discourse, anaphor: Anaphor) -> Iterator[tuple[int, Entity]]:
    here = discourse.sentence[anaphor.token]
    for back in range((_FAR if anaphor.kind in ("person", "body") else WINDOW) + 1):
        yield from (one for one in reversed(discourse.mentions_in.get(here - back, ())) if one[0] < anaphor.token)


def _after(discourse: Discourse, anaphor: Anaphor) -> Iterator[tuple[int, Entity]]:
    """The subjects that follow a pronoun in its sentence: "In **her** speech Brook said"."""
    for i, entity in discourse.mentions_in.get(discourse.sentence[anaphor.token], ()):
        if i > anaphor.token and entity.party is not None and discourse.doc[i].dep_ in SUBJECTS:
            yield i, entity
