from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import pytest
from spacy.language import Language

from onrecord.extract.claims.claim_words import claim_words
from onrecord.extract.claims.find import find_claims
from onrecord.extract.relations.arguments import relation_frames
from onrecord.extract.relations.find import OF_NOUNS, find_relations
from onrecord.model import Relation, RelationClass
from tests.extract.staging import Stage, case_id, read_cases


def show(relation: Relation) -> str:
    edge = f"{relation.source} | {relation.predicate} | {relation.target}"
    return f"{edge}: {relation.class_} {relation.polarity} {relation.modality}" + " (symmetric)" * relation.symmetric


def relations_in(nlp: Language, **case: Any) -> tuple[Stage, tuple[Relation, ...]]:
    stage = Stage(nlp, case)
    claims = find_claims(stage.analysis, stage.quotes, stage.lookup)
    return stage, find_relations(stage.analysis, claims, stage.quotes, stage.lookup)


@pytest.mark.parametrize("case", read_cases("relations.yaml"), ids=case_id)
def test_case(case: Mapping[str, Any], nlp: Language) -> None:
    _, relations = relations_in(nlp, **case)
    assert sorted(map(show, relations)) == sorted(case["relations"])


def test_the_same_relation_stated_twice_rests_on_both_claims(nlp: Language) -> None:
    text = "The union sued Acme. In May the union sued Acme again."
    _, relations = relations_in(nlp, text=text, actors={"The union = the union": "organization", "Acme": "organization"})
    assert [(relation.id, relation.claims) for relation in relations] == [("r1", ("c1", "c2"))]


def test_the_trigger_is_the_words_that_state_it(nlp: Language) -> None:
    stage, relations = relations_in(
        nlp, text="Ruritania imposed sanctions on Borduria.", actors={"Ruritania": "state", "Borduria": "state"}
    )
    assert [relation.trigger.of(stage.text) for relation in relations] == ["imposed sanctions"]


def test_no_claims_no_relations(nlp: Language) -> None:
    stage = Stage(nlp, {"text": "The union sued Acme.", "actors": {"The union": "organization", "Acme": "organization"}})
    assert find_relations(stage.analysis, (), (), stage.lookup) == ()


def test_frames_name_classes_of_the_model() -> None:
    frames = relation_frames()
    listed = {frame.class_ for table in (frames.verbs, frames.nouns, frames.adjectives) for row in table.values() for frame in row}
    assert listed == set(get_args(RelationClass))


def test_frames_have_a_place_for_the_target() -> None:
    frames = relation_frames()
    assert all(frame.target for row in frames.verbs.values() for frame in row)
    assert all("object" not in frame.target for row in frames.nouns.values() for frame in row)


def test_every_list_of_nouns_before_an_infinitive_has_a_modality() -> None:
    assert OF_NOUNS.keys() == claim_words().infinitives.lists.keys()
