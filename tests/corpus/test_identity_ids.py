"""Ids: what they are made of, and that nothing but an article about the same changes them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.corpus import build_corpus
from onrecord.corpus.identity import Appearance, Sign, signs_of
from onrecord.model import Corpus, Report
from tests.corpus.written import Who, joined, report_of


def ids(corpus: Corpus) -> dict[tuple[str, str], str]:
    """The id of the actor that each actor of an article is."""
    return {(one.article, one.actor): actor.id for actor in corpus.actors for one in actor.members}


def test_the_first_in_print_has_the_bare_slug_and_others_a_mark_of_their_article() -> None:
    mayor, keeper = (Who("Bo Berg", roles=(role,)) for role in ("mayor", "goalkeeper"))
    later, earlier = report_of("a", (mayor,), date="2020-02-01"), report_of("b", (keeper,), date="2020-01-01")
    found = ids(build_corpus([later, earlier]))
    assert found["b", "bo-berg"] == "bo-berg"
    assert re.fullmatch(r"bo-berg-[0-9a-f]{6}", found["a", "bo-berg"])


def test_what_is_only_described_has_the_mark_of_its_article_always() -> None:
    report = report_of("a", (Who("the protesters", "described_group"), "Brandt"))
    assert all(re.fullmatch(r"(the-protesters|brandt)-[0-9a-f]{6}", actor.id) for actor in build_corpus([report]).actors)


def test_no_id_is_taken_by_something_else() -> None:
    names = ["Index", "Author", "Bo-Berg 2", "Bo Berg", "bo berg", "…", "??"]
    corpus = build_corpus([report_of("a", tuple(Who(name, "organization", id=f"p{n}") for n, name in enumerate(names)))])
    found = [actor.id for actor in corpus.actors]
    assert len(set(found)) == len(names)
    assert not {"index", "author"}.intersection(found)


@given(st.lists(st.text(max_size=120), max_size=6), st.sampled_from(["person", "organization", "described_group"]))
def test_any_names_make_distinct_ids_fit_for_an_address(names: list[str], kind: str) -> None:
    corpus = build_corpus([report_of("a", tuple(Who(name, kind, id=f"p{n}") for n, name in enumerate(names)))])  # type: ignore[arg-type]
    found = [actor.id for actor in corpus.actors]
    assert len(set(found)) == len(names)
    assert all(re.fullmatch(r"[\w-]+", id) and not id.startswith("-") and len(id.encode()) < 250 for id in found)


# --- properties -------------------------------------------------------------------------------------------------------

NAMES = ("Jo Smith", "Jo R. Smith", "Smith", "Kim Smith", "Ann Arlen", "Bo Borg", "J. Smith")
ROLES = ("mayor of Riverton", "mayor", "goalkeeper", "lawyer", "senator")
BODIES = ("Supreme Court", "Harbour Watch", "HW", "QHL", "Quayside Harbour League", "Freedonia")
people = st.builds(Who, st.sampled_from(NAMES), st.just("person"), st.lists(st.sampled_from(ROLES), max_size=2).map(tuple))
bodies = st.builds(Who, st.sampled_from(BODIES), st.sampled_from(["organization", "media", "state"]))
paragraphs = st.lists(st.one_of(people, bodies), min_size=1, max_size=4, unique_by=lambda who: who.name).map(tuple)
articles = st.lists(st.lists(paragraphs, min_size=1, max_size=3), min_size=1, max_size=8).map(
    lambda contents: [report_of(f"article-{n}", *content) for n, content in enumerate(contents)]
)


@given(articles, st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(reports: list[Report], chance: random.Random) -> None:
    shuffled = list(reports)
    chance.shuffle(shuffled)
    one, other = build_corpus(reports), build_corpus(shuffled)
    assert {(actor.id, actor.name, actor.type, frozenset(actor.members)) for actor in one.actors} == {
        (actor.id, actor.name, actor.type, frozenset(actor.members)) for actor in other.actors
    }
    assert one.namesakes == other.namesakes


@given(articles, st.integers(0, 8), st.sampled_from(["", "1999-01-01"]))
def test_an_article_about_others_changes_no_id_and_no_join(reports: list[Report], place: int, date: str) -> None:
    others = (Who("Zoe Zorn", roles=("mayor of Riverton",)), Who("Zeal", "organization"), Who("the protesters", "described_group"))
    new = report_of("a-first", others, date=date)
    before, after = build_corpus(reports), build_corpus([*reports[:place], new, *reports[place:]])
    assert ids(before).items() <= ids(after).items()
    assert joined(before) == joined(after)
    assert before.namesakes == after.namesakes


@given(articles)
def test_every_actor_is_in_one_place_and_every_join_has_a_reason(reports: list[Report]) -> None:
    corpus = build_corpus(reports)
    members = [(one.article, one.actor) for actor in corpus.actors for one in actor.members]
    assert sorted(members) == sorted((report.article.id, actor.id) for report in reports for actor in report.actors)
    for actor in corpus.actors:
        assert len({one.article for one in actor.members}) == len(actor.members)
        assert all(one.why for one in actor.members) if len(actor.members) > 1 else not actor.members[0].why


def test_the_work_grows_with_the_number_of_actors_and_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counting(appearance: Appearance) -> Iterator[Sign]:
        asked.append(1)
        return signs_of(appearance)

    monkeypatch.setattr("onrecord.corpus.joining.signs_of", counting)

    def work(articles: int) -> int:
        asked.clear()
        build_corpus(report_of(f"a{n}", ("Jo Smith", "Ann Arlen", "Bo Borg")) for n in range(articles))
        return len(asked)

    assert work(400) <= 4.5 * work(100)
