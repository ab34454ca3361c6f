"""What the user's file of actors settles within an article."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.language import Language

from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.actors.find import find_actors
from onrecord.extract.language import analyse
from onrecord.gazetteer import Gazetteer, KnownActor
from onrecord.model import Actor, Article, Block


def resolved_actors(nlp: Language, text: str, *entries: KnownActor) -> ResolvedActors:
    analysis = analyse(nlp, Article("case", text, (Block("paragraph", 0, len(text), 1),)))
    return find_actors(replace(analysis, gazetteer=Gazetteer(entries)), ())


def mentions(text: str, actor: Actor) -> list[str]:
    return [mention.of(text) for mention in actor.mentions]


def named(resolved: ResolvedActors, name: str) -> Actor:
    (actor,) = (actor for actor in resolved.actors if actor.name == name)
    return actor


def test_an_alias_is_its_actor_with_the_name_and_type_as_given(nlp: Language) -> None:
    text = "Ada Brook opened the harbour bridge on Monday. The Iron Lady thanked the crew. The Quay Lions cheered."
    entries = KnownActor("Ada Mary Brook", "person", ("Ada Brook", "Iron Lady")), KnownActor("Quay Lions", "armed_group")
    resolved = resolved_actors(nlp, text, *entries)
    brook = named(resolved, "Ada Mary Brook")
    assert (brook.type, brook.given) == ("person", "Ada Mary Brook")
    assert [words.removeprefix("The ") for words in mentions(text, brook)] == ["Ada Brook", "Iron Lady"]
    assert {mention.why for mention in brook.mentions} == {"name of Ada Mary Brook, given in actors.yml"}
    assert named(resolved, "Quay Lions").type == "armed_group"
    assert {actor.given for actor in resolved_actors(nlp, text).actors} == {""}


def test_a_name_that_no_recogniser_finds_is_found_as_written(nlp: Language) -> None:
    text = "Nobody at ferry4all wanted to talk, and ferry4all closed its office."
    ferry = named(resolved_actors(nlp, text, KnownActor("ferry4all", "organization")), "ferry4all")
    assert mentions(text, ferry)[:2] == ["ferry4all", "ferry4all"]


def test_an_alias_is_not_cut_out_of_a_longer_name(nlp: Language) -> None:
    text = "Ada Brook gave the money. The Brook Foundation thanked Brook."
    brook = named(resolved_actors(nlp, text, KnownActor("Ada Brook", "person", ("Brook",))), "Ada Brook")
    assert mentions(text, brook) == ["Ada Brook", "Brook"]


def test_a_name_that_is_excluded_stays_apart(nlp: Language) -> None:
    text = "Ada Brook opened the bridge. Brook thanked the crew."
    assert mentions(text, named(resolved_actors(nlp, text, KnownActor("Ada Brook")), "Ada Brook")) == ["Ada Brook", "Brook"]
    assert mentions(text, named(resolved_actors(nlp, text, KnownActor("Ada Brook", excluded=("Brook",))), "Ada Brook")) == ["Ada Brook"]


def test_two_entries_are_never_one(nlp: Language) -> None:
    text = "Robert J. Berg opened the bridge. Later Robert Berg met reporters."
    resolved = resolved_actors(nlp, text, KnownActor("Robert J. Berg"), KnownActor("Robert Berg"))
    assert {actor.name for actor in resolved.actors} >= {"Robert J. Berg", "Robert Berg"}


JO, KIM = KnownActor("Jo Marsh", "person", ("Marsh",)), KnownActor("Kim Marsh", "person", ("Marsh",))


def test_an_alias_of_two_entries_is_the_one_whom_the_article_names_in_full(nlp: Language) -> None:
    text = "Kim Marsh opened the bridge. Marsh thanked the crew."
    assert mentions(text, named(resolved_actors(nlp, text, JO, KIM), "Kim Marsh")) == ["Kim Marsh", "Marsh"]


def test_an_alias_of_two_entries_is_undecided_where_both_are_named(nlp: Language) -> None:
    text = "The bridge was opened by Kim Marsh and Jo Marsh. Marsh thanked the crew."
    resolved = resolved_actors(nlp, text, JO, KIM)
    (undecided,) = (one for one in resolved.undecided if one.of(text) == "Marsh")
    assert set(undecided.candidates) == {named(resolved, "Jo Marsh").id, named(resolved, "Kim Marsh").id}


def test_an_alias_of_two_entries_alone_is_nobody_s(nlp: Language) -> None:
    assert {actor.given for actor in resolved_actors(nlp, "Marsh thanked the crew.", JO, KIM).actors} <= {""}


@pytest.mark.parametrize("name", ["[x](javascript:alert(1))", "<script>", "a\u202eb", "((((", "Brook\\E"])
def test_hostile_names_are_but_names(nlp: Language, name: str) -> None:
    text = f"Ada Brook said {name} was closed."
    for actor in resolved_actors(nlp, text, KnownActor(name, "organization")).actors:
        assert actor.given in ("", name)
