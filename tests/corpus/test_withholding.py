"""How much of a text is shown: what is withheld stands nowhere, and what is counted stays the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import get_args

import pytest

from onrecord.corpus.sourcing import find_sources
from onrecord.corpus.withholding import stricter, withhold
from onrecord.labels.terms import count_words, how_much_is_shown, how_much_of_all_is_shown, open_at_source
from onrecord.model import WITHHELD, CorrectionStatus, Notice, Outcome, Report, Role, Span
from onrecord.options import TextMode
from onrecord.reports.json import decode_report, encode_report
from onrecord.reports.soundness import unsound
from onrecord.text.ids import items_of, name_items, seal
from tests.support.fictional import fictional_report
from tests.support.reports import full_report

LESS: tuple[TextMode, ...] = ("excerpts", "none")


def at(report: Report, words: str) -> Span:
    start = report.article.text.index(words)
    return Span(start, start + len(words))


# --- which mode holds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "holds"), [("full", "none", "none"), ("excerpts", "full", "excerpts"), ("none", "excerpts", "none")]
)
def test_the_stricter_of_two_modes_holds(one: TextMode, other: TextMode, holds: TextMode) -> None:
    assert stricter(one, other) == holds


def test_in_full_a_report_is_itself() -> None:
    report = fictional_report()
    assert withhold(report) is report


@pytest.mark.parametrize("site", get_args(TextMode))
def test_an_article_may_ask_for_less_than_its_site(site: TextMode) -> None:
    report = fictional_report()
    asked = replace(report, article=replace(report.article, meta=replace(report.article.meta, text="none")))
    hidden = withhold(asked, site).article.withheld
    assert hidden is not None and hidden.mode == "none"


def test_what_is_withheld_stays_so() -> None:
    hidden = withhold(fictional_report(), "none")
    assert withhold(hidden, "full") is hidden
    assert withhold(hidden, "excerpts") is hidden


def test_excerpts_can_become_nothing() -> None:
    report = fictional_report()
    assert withhold(withhold(report, "excerpts"), "none").article.text == withhold(report, "none").article.text
    assert withhold(withhold(report, "excerpts"), "none").article.withheld == withhold(report, "none").article.withheld


# --- what is shown -------------------------------------------------------------------------------------------------


def test_excerpts_are_the_sentences_in_which_somebody_is_heard_or_related() -> None:
    report = fictional_report()
    text = withhold(report, "excerpts").article.text
    assert "“The piles are rotten,” she said." in text
    assert "Repairs will cost 4.2 million crowns, a source said." in text
    assert "timetable" not in text and "Advertisement" not in text


def test_nothing_is_nothing() -> None:
    assert not any(one.isalnum() for one in withhold(full_report(), "none").article.text)


@pytest.mark.parametrize("mode", LESS)
def test_excerpts_are_cut_where_sentences_end(mode: TextMode) -> None:
    article = withhold(fictional_report(), mode).article
    assert article.withheld is not None
    assert article.withheld.shown_sentences < article.withheld.sentences
    parts = [span.of(article.text) for span in article.withheld.shown]
    whole = fictional_report().article.text
    assert all(part in whole for part in parts)
    assert sorted(parts, key=whole.index) == parts


@pytest.mark.parametrize("mode", LESS)
@pytest.mark.parametrize("whole", [fictional_report(), full_report()], ids=["fictional", "full"])
def test_counts_and_sources_hold(mode: TextMode, whole: Report) -> None:
    less = withhold(whole, mode)
    assert less.article.sha256 == "" and count_words(less.article.text) == count_words(whole.article.text)
    for then, now in zip(find_sources(whole), find_sources(less), strict=True):
        assert replace(now, id="", stated="", quotes=(), not_said=()) == replace(then, id="", stated="", quotes=(), not_said=())
        assert (now.id, now.id[:1] == "~") in [(then.id, False), (now.id, True)]
        assert list(map(len, (now.quotes, now.not_said))) == list(map(len, (then.quotes, then.not_said)))
    for before, after in zip(whole.quotes, less.quotes, strict=True):
        for one, other in zip(before.content, after.content, strict=True):
            assert count_words(other.of(less.article.text)) == count_words(one.of(whole.article.text))


@pytest.mark.parametrize("mode", LESS)
def test_what_is_shown_keeps_its_words_and_its_id(mode: TextMode) -> None:
    whole = name_items(fictional_report())
    less = withhold(whole, mode)
    assert less.article.withheld is not None
    for before, after in zip(whole.quotes, less.quotes, strict=True):
        shown = [span.of(less.article.text) for span in after.content]
        assert (before.id == after.id) == (shown == [span.of(whole.article.text) for span in before.content]) == (mode == "excerpts")
        assert after.score is None  # readers look at the sentences around a quote, so its score would tell of those


def test_ids_of_what_is_withheld_count_without_a_salt_and_are_digests_with_one() -> None:
    whole = name_items(fictional_report())
    count, one, other = withhold(whole, "none"), withhold(whole, "none", "01" * 16), withhold(whole, "none", "02" * 16)
    assert [quote.id for quote in count.quotes] == [f"q{number}" for number in range(1, 8)]
    assert [quote.id for quote in one.quotes] == [seal("01" * 16, "quay", quote.id) for quote in whole.quotes]
    ids = [{item.id for item in items_of(report)} for report in (whole, count, one, other)]
    assert all(a.isdisjoint(b) for a, b in combinations(ids, 2)) and len(set(map(len, ids))) == 1
    for less in (count, one):
        assert [quote.id for quote in less.quotes] == [less.quotes[whole.quotes.index(quote)].id for quote in whole.quotes]
        assert {claim.quote for claim in less.claims} <= {None, *(quote.id for quote in less.quotes)}
        assert unsound(less) == ""


@pytest.mark.parametrize("mode", LESS)
def test_it_is_written_to_json_and_read_back(mode: TextMode) -> None:
    less = withhold(full_report(), mode)
    assert decode_report(encode_report(less)) == less


# --- strings beside the text ---------------------------------------------------------------------------------------


def test_a_role_says_no_more_than_the_text() -> None:
    report = full_report()
    assert withhold(report, "none").actors[0].roles[0] == Role(WITHHELD, Span(0, 1), "ledger")
    assert withhold(report, "excerpts").actors[0].roles == report.actors[0].roles
    long = replace(report.actors[0], roles=(Role("Mayor of the “old” town", Span(0, 5)),))
    assert withhold(replace(report, actors=(long, *report.actors[1:])), "none").actors[0].roles[0].text == "▒ ▒ ▒ ▒ ▒"


def test_names_stay_and_descriptions_go() -> None:
    report = fictional_report()
    names = [actor.name for actor in report.actors]
    hidden = withhold(report, "none")
    assert [actor.name for actor in hidden.actors] == names
    assert not any(mention.why for actor in hidden.actors for mention in actor.mentions)


def test_a_relation_keeps_its_class() -> None:
    assert [one.predicate for one in withhold(full_report(), "none").relations] == ["consult"]
    assert [one.predicate for one in withhold(full_report(), "excerpts").relations] == ["meet"]


@pytest.mark.parametrize("status", get_args(CorrectionStatus))
def test_what_became_of_a_correction_is_told_without_its_words(status: CorrectionStatus) -> None:
    outcome = Outcome(
        "a", "kind", status, True, "Held: its words are gone: “gloxinia weather”.", was="direct, Ilse Brandt", machine="rotten"
    )
    report = replace(fictional_report(), corrections=(outcome,))
    told = withhold(report, "none").corrections[0]
    assert "gloxinia" not in told.message and told.message
    assert (told.was, told.machine) == ("direct, Ilse Brandt", "")


def test_links_and_pictures_name_nothing() -> None:
    marks = [mark for leaf in withhold(full_report(), "none").article.leaves() for mark in leaf.marks]
    assert marks and not any(mark.href or mark.label for mark in marks)


def test_open_at_source_tells_no_word_that_is_withheld() -> None:
    report = fictional_report()
    notice = Notice("here", "", at(report, "see the timetable"))
    assert ":~:text=see%20the%20timetable" in open_at_source(report.article, notice.span or Span(0, 0))
    less = withhold(replace(report, notices=(notice,)), "excerpts")
    assert open_at_source(less.article, less.notices[0].span or Span(0, 0)) == report.article.meta.url


# --- how much is shown ---------------------------------------------------------------------------------------------


def test_a_reader_is_told_how_much_is_shown() -> None:
    whole, some, nothing = (withhold(fictional_report(), mode).article for mode in get_args(TextMode))
    assert how_much_is_shown(whole) == how_much_of_all_is_shown([whole, whole]) == ""
    assert "9 of 19 sentences" in how_much_is_shown(some) and "The rest is withheld" in how_much_is_shown(some)
    assert how_much_is_shown(nothing).startswith("The text is not shown: 19 sentences")
    assert ": 2 in full, 1 in excerpts and 1 not at all." in how_much_of_all_is_shown([whole, some, nothing, whole])
