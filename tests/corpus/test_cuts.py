"""An archive is cut so that every article is on one site, in a folder that is safe, and actors are one across the sites."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.corpus import build_corpus
from onrecord.corpus.cuts import Cut, cut_corpus, narrowed_locks
from onrecord.corpus.lock import Lock, LockedActor, LockedArticle
from onrecord.model import Copy, Corpus, CorpusActor, Member, Namesakes, Repeat, Report
from onrecord.options import CUTS
from onrecord.text.addresses import same_name
from tests.support.reports import dated, person, report


def article_of(id: str, date: str = "", outlet: str = "", name: str = "Ann Askov") -> Report:
    return dated(report(person(name)), id, date, outlet)


def corpus_of(*reports: Report) -> Corpus:
    return build_corpus(reports)


def homes(cuts: tuple[Cut, ...]) -> dict[str, list[str]]:
    return {cut.folder: [one.article.id for one in cut.corpus.reports] for cut in cuts}


def test_years_and_months_are_in_order_and_articles_without_any_come_last() -> None:
    corpus = corpus_of(article_of("a"), article_of("b", "2024-03-09"), article_of("c", "2023-12-31T23:00:00Z"), article_of("d", "2024"))
    assert homes(cut_corpus(corpus, "year")) == {"2023": ["c"], "2024": ["b", "d"], "undated": ["a"]}
    assert homes(cut_corpus(corpus, "month")) == {"2023-12": ["c"], "2024-03": ["b"], "undated": ["a", "d"]}


def test_an_outlet_in_two_cases_is_one_and_is_called_as_most_articles_do() -> None:
    corpus = corpus_of(article_of("a", outlet="the post"), article_of("b", outlet="The  Post"), article_of("c", outlet="The Post"))
    (cut,) = cut_corpus(corpus, "outlet")
    assert (cut.folder, cut.name, len(cut.corpus.reports)) == ("the-post", "The Post", 3)


@pytest.mark.parametrize(
    "outlet", ["../x", "..", "CON", "con.x", "actors", "assets", "index", "a/b\\c", "\u202eevil", "é" * 300, "<b>x</b>", "…", "Undated"]
)
def test_no_outlet_leads_out_or_takes_a_name_of_ours(outlet: str) -> None:
    folders = [cut.folder for cut in cut_corpus(corpus_of(article_of("a", outlet=outlet), article_of("b", outlet="Other")), "outlet")]
    for folder in folders:
        assert not set(folder) & set("/\\<>\u202e.") and same_name(folder) not in ("con", "actors", "assets", "index")
        assert len(folder.encode()) < 100
        assert Path("root", folder).parent == Path("root")


def test_an_outlet_called_like_a_device_or_a_folder_of_ours_keeps_its_name_as_far_as_it_can() -> None:
    corpus = corpus_of(article_of("a", outlet="CON"), article_of("b", outlet="con."), article_of("c", outlet="Articles"))
    assert [cut.folder for cut in cut_corpus(corpus, "outlet")] == ["articles-2", "con_", "con_-2"]


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_every_article_is_on_one_site_whatever_outlets_are_called(outlets: list[str]) -> None:
    corpus = corpus_of(*(article_of(f"a{n}", outlet=outlet.encode(errors="ignore").decode()) for n, outlet in enumerate(outlets)))
    cuts = cut_corpus(corpus, "outlet")
    assert sorted(one.article.id for cut in cuts for one in cut.corpus.reports) == sorted(one.article.id for one in corpus.reports)
    assert len({same_name(cut.folder) for cut in cuts}) == len(cuts)


@pytest.mark.parametrize("by", CUTS)
def test_whoever_is_one_has_one_id_on_every_site(by: str) -> None:
    reports = [article_of("a", "2023-01-01", "X"), article_of("b", "2024-01-01", "Y"), article_of("c", "2024-01-01", "Y", "Bo Lind")]
    askov = CorpusActor("ann-askov", "Ann Askov", "person", (Member("a", "p"), Member("b", "p", "the same name", "a")))
    lind = CorpusActor("bo-lind", "Bo Lind", "person", (Member("c", "p"),))
    corpus = Corpus(tuple(reports), (askov, lind), (Namesakes(("ann-askov", "bo-lind"), "why"),))
    first, second = cut_corpus(corpus, by)  # type: ignore[arg-type]
    assert [actor.id for actor in first.corpus.actors] == ["ann-askov"]
    assert first.corpus.namesakes == ()
    assert [actor.members for actor in second.corpus.actors] == [(Member("b", "p", "the same name"),), (Member("c", "p"),)]
    assert second.corpus.namesakes == corpus.namesakes


def test_what_a_copy_repeats_counts_once_on_a_site_without_the_first() -> None:
    reports = tuple(article_of(id, year) for id, year in (("a", "2023"), ("b", "2024"), ("c", "2024"), ("d", "2024")))
    repeats = (Repeat("b", "q1", "a", "q1"), Repeat("c", "q1", "a", "q1"), Repeat("d", "q2", "b", "q2"))
    copies = (Copy("b", "a", 100, True), Copy("b", "c", 100, True))
    old, new = cut_corpus(Corpus(reports, (), copies=copies, repeats=repeats), "year")
    assert (old.corpus.repeats, old.corpus.copies) == ((), ())
    assert new.corpus.repeats == (Repeat("c", "q1", "b", "q1"), Repeat("d", "q2", "b", "q2"))
    assert new.corpus.copies == (Copy("b", "c", 100, True),)


def test_a_lock_keeps_what_is_here_and_what_is_nowhere() -> None:
    corpus = Corpus(
        (article_of("a", "2023"), article_of("b", "2024")),
        (CorpusActor("ann", "Ann", "person", (Member("a", "p"),)), CorpusActor("bo", "Bo", "person", (Member("b", "p"),))),
    )
    lock = Lock(
        {id: LockedArticle(id) for id in ("a", "b", "gone")},
        {id: {} for id in ("a", "b", "gone")},
        {id: LockedActor(id, id) for id in ("ann", "bo", "cy")},
    )
    kept, _ = narrowed_locks(lock, cut_corpus(corpus, "year"))
    assert (set(kept.articles), set(kept.links), set(kept.actors)) == ({"a", "gone"}, {"a", "gone"}, {"ann", "cy"})
