from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import pytest
from spacy.language import Language

from onrecord.extract.actors.find import find_actors
from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.claims.find import find_claims
from onrecord.extract.relations.arguments import relation_frames
from onrecord.extract.relations.find import OF_NOUNS, find_ends, find_relations
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


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Police detained dozens of refugees.", ["Police", "refugees"]),
        ("Doe was hurt by robbers.", ["robbers"]),
        ("Clashes between students and farmers spread.", ["students", "farmers"]),
        ("A sniper wounded the mayor of Dorva.", ["sniper"]),
        ("Police may detain refugees. Police did not detain farmers. The refugees arrived.", []),
        ("Doe sued the company.", []),
        ("Doe met leaders of Ruritania.", []),
    ],
)
def test_groups_at_the_ends_of_acts_that_are_told_as_done(nlp: Language, text: str, ends: list[str]) -> None:
    stage = Stage(nlp, {"text": text})
    assert [stage.analysis.doc[i].text for i in sorted(find_ends(stage.analysis))] == ends


def test_a_group_that_is_acted_upon_is_an_actor(nlp: Language) -> None:
    analysis = Stage(nlp, {"text": "The army said on Sunday that rebels had captured soldiers near Dorva."}).analysis
    assert "soldiers" not in {actor.name for actor in find_actors(analysis, ()).actors}
    assert "soldiers" in {actor.name for actor in find_actors(analysis, (), ends=find_ends(analysis)).actors}
