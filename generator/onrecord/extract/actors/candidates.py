"""Who a pronoun may stand for: the entities near it that nothing rules out, with where each was last mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.actors.agreement import SUBJECTS, agrees, excluded_entities
from onrecord.extract.actors.antecedents import Discourse, Entity
from onrecord.extract.actors.pronouns import Pronoun

WINDOW = 5
"""How many sentences back an antecedent may stand."""
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

    def follows(self, pronoun: Pronoun) -> bool:
        """Whether it is named only after the pronoun (cataphora)."""
        return self.nearest > pronoun.token


def find_candidates(discourse: Discourse, pronoun: Pronoun) -> tuple[Candidate, ...]:
    """The candidates of a pronoun of the third person, those mentioned last first, those that follow it at the end."""
    speaker = discourse.speaker_at(pronoun.token)
    excluded = excluded_entities(discourse, pronoun)
    mentions: dict[int, list[int]] = {}
    entities: dict[int, Entity] = {}
    for i, entity in (*_before(discourse, pronoun), *_after(discourse, pronoun)):
        order = entity.order
        if order not in mentions:
            # Whoever speaks is "I" there, and nobody else's "he".
            fits = order not in excluded and (speaker is None or entity.party is not speaker) and agrees(discourse, entity, pronoun)
            mentions[order] = []
            if fits:
                entities[order] = entity
        mentions[order].append(i)
    found = (Candidate(entity, mentions[order][0], tuple(mentions[order])) for order, entity in entities.items())
    return tuple(found)[:_MOST]


def _before(discourse: Discourse, pronoun: Pronoun) -> Iterator[tuple[int, Entity]]:
    here = discourse.sentence[pronoun.token]
    for back in range(WINDOW + 1):
        yield from (one for one in reversed(discourse.mentions_in.get(here - back, ())) if one[0] < pronoun.token)


def _after(discourse: Discourse, pronoun: Pronoun) -> Iterator[tuple[int, Entity]]:
    """The subjects that follow a pronoun in its sentence: "In **her** speech Brook said"."""
    for i, entity in discourse.mentions_in.get(discourse.sentence[pronoun.token], ()):
        if i > pronoun.token and entity.party is not None and discourse.doc[i].dep_ in SUBJECTS:
            yield i, entity
