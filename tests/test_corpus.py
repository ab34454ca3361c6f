from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.corpus import build_corpus, slugify
from onrecord.model import AUTHOR, Actor, Corpus
from tests.reports import person, report


def actors_of(corpus: Corpus) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(actor.id, [(member.article, member.actor) for member in actor.members]) for actor in corpus.actors]


def two(one: Actor, other: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """The actors of a corpus of two articles, each with one actor."""
    return actors_of(build_corpus([report(one, id="a"), report(other, id="b")]))


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        (person("Ilse Brandt"), person("Ilse Brandt", "q"), True),
        (person("Ilse Brandt"), person("ILSE  BRANDT"), True),
        (person("Mr. Bo Berg"), person("Bo Berg"), True),
        (person("Brandt"), person("Brandt"), False),
        (person("Mayor"), person("Mayor"), False),
        (person("Mr. Brandt"), person("Mr. Brandt"), False),
        (person("Ilse Brandt"), person("I. Brandt"), False),
        (person("Ilse Brandt"), person("Ilse Brandt", type="organization"), False),
        (person("the Ledger", type="media"), person("Ledger", type="media"), True),
        (person("U.N.", type="organization"), person("UN", type="organization"), False),
        (person("the protesters", type="described_group"), person("the protesters", type="described_group"), False),
    ],
)
def test_actors_of_two_articles_are_one_by_type_and_full_name(one: Actor, other: Actor, merged: bool) -> None:
    found = two(one, other)
    assert len(found) == (1 if merged else 2)
    if not merged:
        assert len({slug for slug, _ in found}) == 2


def test_a_name_that_two_actors_of_one_article_have_joins_nothing() -> None:
    reports = [report(person("Bo Berg", "p1"), person("Bo Berg", "p2"), id="a"), report(person("Bo Berg", "p"), id="b")]
    assert actors_of(build_corpus(reports)) == [("bo-berg", [("a", "p1")]), ("bo-berg-2", [("a", "p2")]), ("bo-berg-3", [("b", "p")])]


def test_the_narrator_and_places_have_no_page() -> None:
    narrator = person("The article", AUTHOR, "narrator")
    assert two(narrator, narrator) == []
    assert two(person("Harbour City", type="place"), person("Bo Berg")) == [("bo-berg", [("b", "p")])]


def test_ids_are_unique_and_none_is_taken_by_something_else() -> None:
    names = ["Index", "Author", "Bo-Berg 2", "Bo Berg", "bo berg", "…", "??"]
    corpus = build_corpus([report(*(person(name, f"p{n}", "organization") for n, name in enumerate(names)))])
    ids = [actor.id for actor in corpus.actors]
    assert ids == ["index-2", "author-2", "bo-berg-2", "bo-berg", "bo-berg-3", "actor", "actor-2"]


def test_reports_and_actors_keep_their_order() -> None:
    reports = [report(person("Zoe Zorn"), id="z"), report(person("Ann Arbor"), id="a")]
    corpus = build_corpus(reports)
    assert corpus.reports == tuple(reports)
    assert [actor.name for actor in corpus.actors] == ["Zoe Zorn", "Ann Arbor"]
    assert build_corpus(reports) == corpus


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_names_make_distinct_slugs_fit_for_an_address(names: list[str]) -> None:
    corpus = build_corpus([report(*(person(name, f"p{n}") for n, name in enumerate(names)))])
    ids = [actor.id for actor in corpus.actors]
    assert len(set(ids)) == len(names)
    assert all(re.fullmatch(r"[\w-]+", id) and not id.startswith("-") for id in ids)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("../../etc/passwd", "etc-passwd"),
        ("한국 정부", "한국-정부"),
        ("Straße & Söhne", "strasse-sohne"),
        ("\u202eevil\u202c", "evil"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugify(name) == slug
