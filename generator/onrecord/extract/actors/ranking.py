"""The trained ranker of antecedents: how likely each candidate for a pronoun is, and whether that is enough to say so.

It may be likely enough and doubtful all the same, since the text may mean somebody else as well. Each doubt is a phenomenon, and one is
enough: a gap is better than a guess, most of all for who speaks.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Protocol

import msgspec

from onrecord.errors import ModelError
from onrecord.extract.actors.anaphors import DISTRIBUTIVE, FORMS, Anaphor, is_tradesman
from onrecord.extract.actors.antecedent_features import group_of, reporting_subject
from onrecord.extract.actors.antecedents import Discourse, Entity
from onrecord.extract.actors.candidates import Candidate, gender_evidence, subject_of
from onrecord.extract.actors.grammar import body_led
from onrecord.extract.tokens import SUBJECTS

ANTECEDENTS = Path(__file__).parents[1] / "data" / "antecedents.json"


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun with its candidates, and what speaks for each of them."""

    discourse: Discourse
    anaphor: Anaphor
    candidates: tuple[Candidate, ...]
    rows: Sequence[Sequence[str]]
    """The features of each candidate, and at the end those of nobody."""

    @property
    def speaks(self) -> bool:
        """Whether the pronoun is the source of what somebody says, outside of other people's words."""
        return self.anaphor.token in self.discourse.sources and self.anaphor.token not in self.discourse.said


@dataclass(frozen=True, slots=True)
class Decision:
    """Whom a pronoun stands for; nobody where the candidates are too close, or none of them is likely."""

    entity: Entity | None
    chance: float = 0.0


NOBODY = Decision(None)
_LEAD = 1.5
"""So many times as likely as the next candidate the likeliest must be: of two that are close nobody is taken."""


class Judge(Protocol):
    """Decides whom pronouns stand for."""

    def decide(self, question: Question) -> Decision:
        """The decision on one pronoun; they are asked in text order."""


class Ranker(msgspec.Struct, frozen=True):
    """A conditional logistic regression: the chances of all candidates of a pronoun, and of nobody, add up to one."""

    weights: Mapping[str, Mapping[str, float]]
    """By group of pronouns, then by feature."""
    least: Mapping[str, float]
    """By group: the chance from which a candidate is believed; "GROUP source" for a pronoun that is said to speak."""

    def decide(self, question: Question) -> Decision:
        """The likeliest candidate, if it is likely enough."""
        group = group_of(question.anaphor)
        chances = self.chances(group, question.rows)
        best = max(range(len(chances)), key=chances.__getitem__)
        least = self.least[f"{group} source" if question.speaks else group]
        if best == len(question.candidates) or chances[best] < max(least, _LEAD * _second(chances, best)):
            return NOBODY
        return Decision(question.candidates[best].entity, chances[best])

    def scores(self, group: str, rows: Sequence[Sequence[str]]) -> list[float]:
        """The sum of the weights of each row."""
        weight = self.weights[group].get
        return [math.fsum(map(weight, row, repeat(0.0))) for row in rows]

    def chances(self, group: str, rows: Sequence[Sequence[str]]) -> list[float]:
        """How likely each of several rows of features is the right one (softmax); features without a weight count nothing."""
        scores = self.scores(group, rows)
        top = max(scores)
        odds = [math.exp(score - top) for score in scores]
        whole = math.fsum(odds)
        return [one / whole for one in odds]


@cache
def load_ranker(path: Path = ANTECEDENTS) -> Ranker:
    """A ranker from its file, read once in a process. Raises :class:`ModelError` when the file is missing or is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Ranker)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); train one with onrecord train --actors") from error
    except msgspec.MsgspecError as error:
        raise ModelError(f"{path}: no ranker of antecedents ({error}); train one with onrecord train --actors") from error


def _second(chances: Sequence[float], best: int) -> float:
    """The chance of the next candidate after the best; nobody, who stands last, is none."""
    return max((chance for n, chance in enumerate(chances[:-1]) if n != best), default=0.0)


# --- what speaks against the likeliest ----------------------------------------------------------------------------------

_NEAR_WORDS = 40
"""So many words before a pronoun somebody else may be looked for: few clauses are longer."""
_ANYBODY = frozenset({f"{some}{body}" for some in ("every", "any", "some", "no") for body in ("body", "one")} | {"whoever", "anybody"})
"""Who takes up "they" in the singular: Quirk et al. 1985, 6.48-50 and 10.50."""
PLACING = frozenset({"in", "at", "inside", "outside", "near", "around"})
"""Prepositions of position (Quirk et al. 1985, 9.15)."""
_REPRESENTATIVES = frozenset({"agent", "attorney", "barrister", "lawyer", "manager", "publicist", "representative", "solicitor"}) | {
    "spokesman",
    "spokesperson",
    "spokeswoman",
}
"""Those who speak for somebody (ISCO-08, unit groups 2432, 2611 and 3339)."""

_LATELY = 3
"""So many sentences back a subject is still what the text is about."""

Candidates = Sequence[Candidate]


def last_mention(entity: Entity, anaphor: Anaphor) -> int:
    """The last mention of an entity before a pronoun, as a token; -1 without one."""
    at = bisect_left(entity.mentions, anaphor.token)
    return entity.mentions[at - 1] if at else -1


def _person_as_it(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether "it" would go to a person, who only perhaps is one."""
    return anaphor.kind == "it" and chosen.person


def _unnamed_from_before(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether the chosen one is a person without a name who is not mentioned in the pronoun's own paragraph. "A passer-by" is seldom
    spoken of again."""
    unnamed = chosen.party is not None and chosen.person and not chosen.party.named
    here = discourse.paragraph.get(anaphor.token)
    last = last_mention(chosen, anaphor)
    return unnamed and (last < 0 or discourse.paragraph.get(last) != here)


def _within_others_words(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether the narrator's pronoun would go to somebody last mentioned in a quotation, though whoever spoke there fits as well."""
    speaker = discourse.speaker_at(last_mention(chosen, anaphor))
    if anaphor.token in discourse.quoted or speaker is None:
        return False
    return any(one.entity is not chosen and one.entity.party is speaker for one in candidates)


def _unnamed_reporter(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether somebody reports it who is nobody's actor, and more likely meant than an actor from before: "The Swede who runs the port said
    **he** was ill"; "Three guests told me **they** left", whatever kind of people the text calls them."""
    subject = reporting_subject(discourse, anaphor)
    reporting = discourse.owners.get(subject if subject is not None else -1)
    if reporting is None or reporting.party is not None:
        return False
    return anaphor.kind == "they" or any(one.entity is reporting for one in candidates)


def _represented(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether in the report of somebody's lawyer "she" may be either of the two: "Her lawyer, Ada Reed, said **she** was sorry"."""
    subject = reporting_subject(discourse, anaphor) if anaphor.kind in ("he", "she") else None
    if subject is None or discourse.owners.get(subject) is not chosen:
        return False
    nouns = [discourse.doc[subject], *(one for one in discourse.doc[subject].children if one.dep_ in ("appos", "compound"))]
    owners = [child for noun in nouns if noun.lower_ in _REPRESENTATIVES for child in noun.lefts if child.dep_ == "poss"]
    others = [discourse.owners.get(one.i) for one in owners]
    named = any(one is not None and one is not chosen and one.person and gender_evidence(one, anaphor) >= 0 for one in others)
    return named or any(FORMS.get(one.lower_) == anaphor.kind and other is None for one, other in zip(owners, others, strict=True))


def _bound_by_another(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether a possessive stands in the clause of somebody else whom it fits, who is its subject, stated or understood: "The 25-year-old
    beat Lee to win **his** title", "Reed told the man to lock **his** door" (local binding and control: Chomsky 1981; Quirk et al. 1985,
    15.58)."""
    if anaphor.kind not in ("he", "she") or not anaphor.possessive:
        return False
    subject = subject_of(discourse.doc[anaphor.token])
    binder = discourse.owners.get(subject.i) if subject is not None and subject.i < anaphor.token else None
    if binder is None or binder is chosen or not any(one.entity is binder for one in candidates):
        return False
    return binder.person and gender_evidence(binder, anaphor) >= 0


def _other_subject(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether somebody else who fits as well was what the sentence before is about, where it matters who it is, since the pronoun speaks:
    "Reed, who backs Lee if she runs, declined. “Thank you,” **she** said" (centering: Grosz, Joshi & Weinstein, Computational Linguistics
    21, 1995)."""
    if anaphor.kind not in ("he", "she") or anaphor.token not in discourse.sources or anaphor.token in discourse.said:
        return False
    at = bisect_left(discourse.narrated_subjects, anaphor.token)
    about = discourse.owners.get(discourse.narrated_subjects[at - 1]) if at else None
    if about is None or about is chosen or _sentences_back(discourse, at, anaphor) > _LATELY:
        return False
    if about.party is None:
        return is_tradesman(discourse.doc[discourse.narrated_subjects[at - 1]])
    return any(one.entity is about for one in candidates) and gender_evidence(about, anaphor) >= 0


def _sentences_back(discourse: Discourse, at: int, anaphor: Anaphor) -> int:
    return discourse.sentence[anaphor.token] - discourse.sentence[discourse.narrated_subjects[at - 1]]


def _unknown_speaker_before(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether the same pronoun spoke just before, and it is not known who that was."""
    if anaphor.token not in discourse.sources or anaphor.token in discourse.said:
        return False
    at = bisect_left(discourse.narrated_sources, anaphor.token)
    last = discourse.narrated_sources[at - 1] if at else None
    if last is None or FORMS.get(discourse.doc[last].lower_) != anaphor.kind:
        return False
    return last not in discourse.owners and last_mention(chosen, anaphor) < last


def _nearer_people(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether several people who are no actor were a subject after the chosen one was mentioned ("Ada Lee and Tom Reed left. They"), or are
    the subject of the pronoun's own sentence."""
    last, here = last_mention(chosen, anaphor), discourse.sentence[anaphor.token]
    others = (one for one in candidates if one.entity.party is None and one.entity.plural and one.entity.human)
    subjects = (one.nearest for one in others if discourse.place(one.nearest).role == "subject" and one.nearest < anaphor.token)
    return any(last < i or (discourse.sentence[i] == here and discourse.place(last).role != "subject") for i in subjects)


def _each(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether "they" more likely means each of several, who were the subject after the chosen one was mentioned: "Every town has a hall,
    and **they**"."""
    last = last_mention(chosen, anaphor)
    for token in discourse.doc[max(0, last + 1, anaphor.token - _NEAR_WORDS) : anaphor.token]:
        if token.lower_ in _ANYBODY or (token.dep_ in SUBJECTS and any(child.lower_ in DISTRIBUTIVE for child in token.lefts)):
            return True
    return False


def _where(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether the text last spoke of a body as of where something is: "two years in **the White House**" is about the house, and no "they"
    (Pustejovsky, The Generative Lexicon, 1995, on names of institutions that are also places)."""
    last = last_mention(chosen, anaphor)
    head = discourse.doc[last] if last >= 0 else None
    return head is not None and head.dep_ == "pobj" and head.head.lower_ in PLACING


def _one_of_several(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether the chosen one was last named together with others, who are "they" with it: "Acme and the council met. **They**"."""
    last = last_mention(chosen, anaphor)
    if last < 0 or discourse.doc[last].pos_ == "PRON":
        return False
    # "The leaders and their group": the pronoun stands in what is joined.
    return any(one.i < anaphor.token for one in discourse.doc[last].conjuncts)


def _own_body(discourse: Discourse, chosen: Entity, anaphor: Anaphor, candidates: Candidates) -> bool:
    """Whether "they" would be the body at whose head the speaker is, who calls it "we"."""
    speaker = discourse.speaker_at(anaphor.token)
    return speaker is not None and chosen.party is not None and body_led(discourse, speaker) is chosen.party


Doubt = Callable[[Discourse, Entity, Anaphor, Candidates], bool]


def _of_they(doubt: Doubt) -> Doubt:
    """A doubt that only "they" meets."""
    return lambda discourse, chosen, anaphor, candidates: anaphor.kind == "they" and doubt(discourse, chosen, anaphor, candidates)


DOUBTS: tuple[tuple[str, Doubt], ...] = (
    ("a person as it", _person_as_it),
    ("somebody without a name, from before", _unnamed_from_before),
    ("within others' words", _within_others_words),
    ("who reports is nobody's actor", _unnamed_reporter),
    ("whom a lawyer speaks for", _represented),
    ("the subject of its clause", _bound_by_another),
    ("another was the subject before", _other_subject),
    ("who spoke before is unknown", _unknown_speaker_before),
    ("people who are nearer", _of_they(_nearer_people)),
    ("each of several", _of_they(_each)),
    ("where something is", _of_they(_where)),
    ("one of several", _of_they(_one_of_several)),
    ("the speaker's own body", _of_they(_own_body)),
)
"""Every doubt by its name."""
