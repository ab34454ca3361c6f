"""Which actors of different articles are one: a case for each sign that joins, and for each thing that keeps apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.corpus import build_corpus
from onrecord.gazetteer import Gazetteer, KnownActor
from onrecord.model import AUTHOR, Corpus, Report
from tests.corpus.written import Who, joined, report_of, whys

ANN, BO = "Ann Arlen", "Bo Borg"


def pair(one: Who | str, other: Who | str, *, beside: tuple[Who | str, ...] = (), apart: tuple[Who | str, ...] = ()) -> Corpus:
    """Two articles with one actor each, in a paragraph with those ``beside``, and in an article with those ``apart``."""
    return build_corpus([report_of("a", (one, *beside), apart), report_of("b", (other, *beside), apart)])


def are_one(corpus: Corpus) -> bool:
    """Whether the first actors of the two articles are one."""
    first = [(report.article.id, report.actors[0].id) for report in corpus.reports]
    return any(set(first) <= group for group in joined(corpus))


def mayor(of: str = "", name: str = "Jo Smith") -> Who:
    return Who(name, roles=(f"mayor of {of}" if of else "mayor",))


JOINED = {
    "a body's own name": (pair(Who("Harbour Watch", "organization"), Who("Harbour Watch", "organization")), "the same name"),
    "without the article and the legal form": (
        pair(Who("the Vexel Company", "organization"), Who("Vexel Co.", "organization")),
        "the same name",
    ),
    "a state": (pair(Who("Freedonia", "state"), Who("Freedonia", "state")), "the same name"),
    "a body whose type one text does not show": (
        pair(Who("Quay Herald", "media"), Who("Quay Herald", "organization")),
        "the same name",
    ),
    "a role": (pair(mayor(), mayor()), "the same full name, and the role “mayor”"),
    "a role then and now": (
        pair(Who("Jo Smith", roles=("former mayor",)), mayor()),
        "the same full name, and the role “former mayor”",
    ),
    "a role before the name and after": (
        pair(Who("Jo Smith", roles=("Sen.",)), Who("Jo Smith", roles=("senator from Ohio",))),
        "the same full name, and the role “Sen.”",
    ),
    "a role and whose it is": (
        pair(
            Who("Jo Smith", roles=("spokesman",), of="Harbour Watch"),
            Who("Jo Smith", roles=("spokesman",), of="Harbour Watch"),
            apart=(Who("Harbour Watch", "organization"),),
        ),
        "the same full name, and the role “spokesman”",
    ),
    "two roles of one body": (
        pair(
            Who("Jo Smith", roles=("deputy",), of="Harbour Watch"),
            Who("Jo Smith", roles=("lawyer",), of="Harbour Watch"),
            apart=(Who("Harbour Watch", "organization"),),
        ),
        "the same full name, and whose the role “deputy” is",
    ),
    "a middle name": (pair("Jo Ray Smith", "Jo Ray Smith"), "the same full name, middle name included"),
    "somebody in the same paragraph": (pair("Jo Smith", "Jo Smith", beside=(ANN,)), f"the same full name, and a paragraph with {ANN}"),
    "a common role and somebody in the same paragraph": (
        pair(Who("Jo Smith", roles=("lawyer",)), Who("Jo Smith", roles=("a lawyer",)), beside=(ANN,)),
        f"the same full name, the role “lawyer”, and a paragraph with {ANN}",
    ),
    "two in the same article": (pair("Jo Smith", "Jo Smith", apart=(ANN, BO)), f"the same full name, and an article with {ANN} and {BO}"),
    "a body of a common name, by company": (
        pair(Who("Supreme Court", "organization"), Who("Supreme Court", "organization"), apart=(ANN, BO)),
        f"the same name, and an article with {ANN} and {BO}",
    ),
    "spelling": (pair("JO  SMITH", "Mr. Jo Smith", beside=(ANN,)), f"the same full name, and a paragraph with {ANN}"),
}


@pytest.mark.parametrize("case", JOINED)
def test_what_joins(case: str) -> None:
    corpus, why = JOINED[case]
    assert are_one(corpus)
    first = corpus.actors[0]
    assert (first.members[0].why, first.members[0].like) == (why, "b")
    assert first.members[1].like == "a"


APART = {
    "a full name and nothing else": pair("Jo Smith", "Jo Smith"),
    "one other in the article": pair("Jo Smith", "Jo Smith", apart=(ANN,)),
    "a role that many have": pair(Who("Jo Smith", roles=("lawyer",)), Who("Jo Smith", roles=("lawyer",))),
    "different roles in one company": pair(Who("Jo Smith", roles=("teacher",)), Who("Jo Smith", roles=("driver",)), beside=(ANN, BO)),
    "offices of two places": pair(mayor("Riverton"), mayor("Lakeside"), beside=(ANN, BO)),
    "two walks of life": pair(mayor("Riverton"), Who("Jo Smith", roles=("goalkeeper",)), beside=(ANN, BO)),
    "different middle names": pair("Jo Ray Smith", "Jo Lee Smith", beside=(ANN, BO)),
    "a middle name and none": pair("Jo R. Smith", "Jo Smith", beside=(ANN, BO)),
    "generations": pair("Jo Smith Jr.", "Jo Smith", beside=(ANN, BO)),
    "an initial for a given name": pair("Jo Smith", "J. Smith"),
    "a person and a body": pair("Jo Smith", Who("Jo Smith", "organization"), beside=(ANN, BO)),
    "two types": pair(Who("Red Shield", "armed_group"), Who("Red Shield", "media")),
    "a surname alone": pair("Smith", "Smith", beside=(ANN, BO)),
    "an acronym of two letters": pair(Who("U.N.", "organization"), Who("UN", "organization")),
    "a body of a common name": pair(Who("City Council", "organization"), Who("City Council", "organization"), apart=(ANN, BO)),
    "a word that names no body": pair(Who("Council", "organization"), Who("Council", "organization"), beside=(ANN, BO)),
    "a state and a part of another of its name": pair(Who("Georgia", "state"), Who("Georgia", "state"), beside=(ANN, BO)),
    "courts of appeal of two districts": pair(
        Who("U.S. Court of Appeals", "organization"), Who("U.S. Court of Appeals", "organization"), apart=(ANN, BO)
    ),
    "a body without a capital": pair(Who("agency", "organization"), Who("agency", "organization"), beside=(ANN, BO)),
    "a body that may be a person of its article": pair(
        Who("Smith", "organization"), Who("Smith", "organization"), beside=("Jo Smith", ANN)
    ),
    "a described group": pair(Who("the protesters", "described_group"), Who("the protesters", "described_group"), beside=(ANN, BO)),
}


@pytest.mark.parametrize("case", APART)
def test_what_keeps_apart(case: str) -> None:
    assert not are_one(APART[case])


def namesakes(corpus: Corpus) -> list[str]:
    return [one.why for one in corpus.namesakes]


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ("a full name and nothing else", "The same full name, and nothing else in the articles says that they are one."),
        ("offices of two places", "The same full name, but “mayor of Riverton” in one article and “mayor of Lakeside” in another."),
        ("two walks of life", "The same full name, but “mayor of Riverton” in one article and “goalkeeper” in another."),
        ("different middle names", "The same full name, but different middle names."),
        ("a person and a body", "The same name, but a person in one article and something else in another."),
        ("two types", "The same name, but not the same type."),
        ("a body of a common name", "The same name, which many bodies may have, and nothing else in the articles says that they are one."),
    ],
)
def test_what_is_kept_apart_is_said_to_be_perhaps_the_same(case: str, why: str) -> None:
    corpus = APART[case]
    (one,) = corpus.namesakes
    assert one.why == why
    assert len(one.actors) == 2 and set(one.actors) <= {actor.id for actor in corpus.actors}


@pytest.mark.parametrize("case", ["a surname alone", "generations", "a described group", "a word that names no body"])
def test_of_others_nothing_is_said(case: str) -> None:
    assert namesakes(APART[case]) == []


def test_a_chain_of_signs_joins() -> None:
    reports = [report_of("a", ("Jo Smith", ANN)), report_of("b", ("Jo Smith", ANN, BO)), report_of("c", ("Jo Smith", BO))]
    assert frozenset({("a", "jo-smith"), ("b", "jo-smith"), ("c", "jo-smith")}) in joined(build_corpus(reports))


def test_one_who_has_both_roles_in_one_article_is_one() -> None:
    both = Who("Jo Smith", roles=("mayor of Riverton", "goalkeeper"))
    reports = [report_of("a", (mayor("Riverton"),)), report_of("b", (both,)), report_of("c", (Who("Jo Smith", roles=("goalkeeper",)),))]
    assert len(build_corpus(reports).actors) == 1


def test_where_roles_contradict_each_role_keeps_its_own_and_who_has_none_is_apart() -> None:
    keeper = Who("Jo Smith", roles=("goalkeeper",))
    people: dict[str, Who | str] = {"a": mayor("Riverton"), "b": mayor("Riverton"), "c": keeper, "d": keeper, "e": "Jo Smith"}
    corpus = build_corpus(report_of(id, (who, ANN)) for id, who in people.items())
    smiths = [{one.article for one in actor.members} for actor in corpus.actors if actor.name == "Jo Smith"]
    assert smiths == [{"a", "b"}, {"c", "d"}, {"e"}]


def test_one_odd_role_does_not_cost_a_name_that_many_articles_have() -> None:
    people: dict[str, Who | str] = {f"a{n}": mayor() for n in range(9)}
    people |= {"odd": Who("Jo Smith", roles=("dancer",)), "bare": "Jo Smith"}
    corpus = build_corpus(report_of(id, (who, ANN)) for id, who in people.items())
    assert sorted(len(actor.members) for actor in corpus.actors if actor.name == "Jo Smith") == [1, 10]


def test_two_of_a_name_in_one_article_stay_apart_but_for_the_one_who_is_known() -> None:
    two = report_of("a", (mayor("Riverton"), Who("Jo Smith", id="other")))
    corpus = build_corpus([two, report_of("b", (mayor("Riverton"),)), report_of("c", (mayor("Riverton"),))])
    assert joined(corpus) == {frozenset({("a", "jo-smith"), ("b", "jo-smith"), ("c", "jo-smith")})}
    assert namesakes(corpus) == ["The same full name, but an article has two of that name."]
    unknown = report_of("a", (Who("Jo Smith", id="one"), Who("Jo Smith", id="other"), ANN))
    assert joined(build_corpus([unknown, report_of("b", ("Jo Smith", ANN))])) == {frozenset({("a", "ann-arlen"), ("b", "ann-arlen")})}


def test_bodies_of_a_common_name_in_articles_about_different_countries_stay_apart() -> None:
    def court(id: str, state: str) -> Report:
        return report_of(id, (Who("Supreme Court", "organization"), Who(state, "state")), (ANN, BO))

    assert not are_one(build_corpus([court("a", "Freedonia"), court("b", "Sylvania")]))
    assert are_one(build_corpus([court("a", "Freedonia"), court("b", "Freedonia")]))


def test_a_name_that_many_articles_have_takes_in_those_that_say_little() -> None:
    many = [report_of(f"a{n}", ("Jo R. Smith", ANN)) for n in range(10)]
    little = report_of("little", ("Jo Smith",), (ANN,))
    (most,) = (actor for actor in build_corpus([*many, little]).actors if actor.name == "Jo R. Smith")
    assert most.members[-1].why == f"the same full name, which many of the articles have, and an article with {ANN}"
    alone = report_of("little", ("Jo Smith",), (BO,))
    assert {len(actor.members) for actor in build_corpus([*many, alone]).actors if "Smith" in actor.name} == {1, 10}


# --- short names ------------------------------------------------------------------------------------------------------


def test_a_surname_joins_by_a_role_or_by_company() -> None:
    corpus = build_corpus([report_of("a", (mayor("Riverton"), ANN)), report_of("b", (Who("Smith", roles=("mayor",)), ANN))])
    assert are_one(corpus)
    assert whys(corpus, "Jo Smith") == ["named in full here", "“Smith” is the surname of Jo Smith, and the role “mayor”"]
    assert are_one(build_corpus([report_of("a", ("Jo Smith", ANN, BO)), report_of("b", ("Smith", ANN, BO))]))


@pytest.mark.parametrize(
    ("short", "beside", "why"),
    [
        ("Smith", (), "A surname alone; nothing else in the articles says that they are one."),
        (Who("Smith", roles=("goalkeeper",)), (ANN, BO), None),
        ("B. Smith", (ANN, BO), None),
    ],
)
def test_a_surname_without_a_sign_or_against_one_stays_apart(short: Who | str, beside: tuple[str, ...], why: str | None) -> None:
    corpus = build_corpus([report_of("a", (mayor("Riverton"), *beside)), report_of("b", (short, *beside))])
    assert not are_one(corpus)
    assert namesakes(corpus) == ([why] if why else [])


def test_a_surname_that_two_may_have_is_neither_s() -> None:
    full = [report_of("a", ("Jo Smith", ANN, BO)), report_of("b", ("Kim Smith", ANN, BO))]
    corpus = build_corpus([*full, report_of("c", ("Smith", ANN, BO))])
    assert all("c" not in {article for article, actor in group if "smith" in actor} for group in joined(corpus))
    assert namesakes(corpus) == ["A surname that more than one of these may go by; nothing else in the articles says which."]
    president = Who("Smith", roles=("president",))
    known = [report_of("a", (Who("Jo Smith", roles=("president",)), ANN, BO)), full[1]]
    corpus = build_corpus([*known, report_of("c", (president, ANN, BO))])
    assert frozenset({("a", "jo-smith"), ("c", "smith")}) in joined(corpus)


def test_a_surname_of_an_article_that_has_the_full_name_too_is_somebody_else_s() -> None:
    corpus = build_corpus([report_of("a", ("Jo Smith", "Smith", ANN, BO)), report_of("b", ("Jo Smith", ANN, BO))])
    assert ("a", "smith") not in {one for group in joined(corpus) for one in group}


def test_people_without_a_name_are_never_one() -> None:
    def described(report: Report) -> Report:
        actors = (
            replace(actor, mentions=tuple(replace(mention, kind="nominal") for mention in actor.mentions))
            if actor.id == "port-manager"
            else actor
            for actor in report.actors
        )
        return replace(report, actors=tuple(actors))

    reports = [report_of(id, ("Port Manager", ANN, BO)) for id in ("a", "b")]
    assert any(("a", "port-manager") in group for group in joined(build_corpus(reports)))
    corpus = build_corpus([described(report) for report in reports])
    assert not any(("a", "port-manager") in group for group in joined(corpus)) and namesakes(corpus) == []


def test_an_acronym_joins_by_company_to_the_one_body_whose_it_is() -> None:
    full, short = Who("Harbour Authority", "organization"), Who("H.A.", "organization")
    assert not are_one(build_corpus([report_of("a", (full,), (ANN, BO)), report_of("b", (short,), (ANN, BO))]))  # every port has one
    full = Who("Quayside Harbour League", "organization")
    short = Who("QHL", "organization")
    corpus = build_corpus([report_of("a", (full,), (ANN, BO)), report_of("b", (short,), (ANN, BO)), report_of("c", (short,))])
    assert frozenset({("a", "quayside-harbour-league"), ("b", "qhl"), ("c", "qhl")}) in joined(corpus)
    assert whys(corpus, full.name)[1].startswith("“QHL” is the acronym of Quayside Harbour League, and an article with")
    corpus = build_corpus([report_of("a", (full,)), report_of("b", (short,))])
    assert not are_one(corpus) and namesakes(corpus) == ["An acronym alone; nothing else in the articles says that they are one."]


def test_an_acronym_of_two_bodies_joins_nothing_by_itself() -> None:
    one = Who("Quayside Harbour League", "organization", aliases=("QHL",))
    other = Who("Queens Hockey Lions", "organization", aliases=("QHL",))
    short = Who("QHL", "organization")
    corpus = build_corpus([report_of("a", (one,)), report_of("b", (other,)), report_of("c", (short,)), report_of("d", (short,))])
    assert joined(corpus) == set()


# --- what the user gives ----------------------------------------------------------------------------------------------


def test_what_the_user_gives_is_one_without_any_sign() -> None:
    gazetteer = Gazetteer((KnownActor("Jo Smith", "person", ("Smith",), ("https://jo.example",)),))
    given = Who("Jo Smith", given="Jo Smith")
    corpus = build_corpus([report_of("a", (given,)), report_of("b", (given,))], gazetteer)
    (actor,) = corpus.actors
    assert (actor.id, actor.given, actor.links) == ("jo-smith", True, ("https://jo.example",))
    assert whys(corpus, "Jo Smith") == ["given in actors.yml"] * 2
    single = build_corpus([report_of("a", (Who("Madonna", given="Madonna"),)), report_of("b", (Who("Madonna", given="Madonna"),))])
    assert len(single.actors) == 1


def test_what_the_user_excludes_is_not_joined() -> None:
    gazetteer = Gazetteer((KnownActor("Jo Smith", excluded=("Jo R. Smith",)),))
    reports = [report_of(f"a{n}", (Who("Jo Smith", given="Jo Smith"), ANN)) for n in range(10)]
    other = report_of("b", ("Jo R. Smith", ANN))
    smiths = [actor for actor in build_corpus([*reports, other], gazetteer).actors if "Smith" in actor.name]
    assert sorted(len(actor.members) for actor in smiths) == [1, 10]


def test_a_name_that_two_entries_have_is_said_to_be_either_s() -> None:
    gazetteer = Gazetteer((KnownActor("Jo Smith", aliases=("Smithy",)), KnownActor("Kim Smith", aliases=("Smithy",))))
    given = [report_of("a", (Who("Jo Smith", given="Jo Smith"),)), report_of("b", (Who("Kim Smith", given="Kim Smith"),))]
    corpus = build_corpus([*given, report_of("c", ("Smithy",))], gazetteer)
    assert namesakes(corpus) == ["A name that more than one entry of actors.yml has, and nothing in the article says which."]
    assert len(corpus.namesakes[0].actors) == 3


def test_the_narrator_and_places_have_no_page() -> None:
    voice = Who("The article", "narrator", id=AUTHOR)
    assert [actor.name for actor in pair(voice, voice, apart=(Who("Harbour City", "place"),)).actors] == []
