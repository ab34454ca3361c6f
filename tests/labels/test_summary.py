"""What is told of a build in two lines: how much was found, and what is in doubt."""

from __future__ import annotations

from dataclasses import replace

from onrecord.labels.summary import Doubts, Found, heard_in, summarise
from onrecord.model import Corpus, CorpusActor, Member, Quote, Report, Span, Speaker
from tests.support.reports import dated, full_report, person, report

SAID = Quote("q1", "direct", (Span(0, 4),), Speaker("p"), "made", "high")


def of(*quotes: Quote, id: str = "quay") -> Report:
    return replace(dated(report(person("Ann Lee"), person("Bo Lind", "o")), id), quotes=quotes)


def test_each_quote_is_in_doubt_for_one_reason() -> None:
    unknown, undecided = replace(SAID, speaker=Speaker(), confidence="low"), replace(SAID, speaker=Speaker(candidates=("p", "o")))
    unsure, confirmed = replace(SAID, confidence="low"), replace(SAID, confidence="low", status="confirmed")
    doubts = summarise(Corpus((of(SAID, unknown, undecided, unsure, confirmed),), ())).doubts
    assert (doubts.unknown, doubts.undecided, doubts.unsure) == (1, 1, 1)
    assert doubts.line() == "1 quote without a known speaker, 1 undecided speaker, 1 quote of low confidence"


def test_what_stands_in_a_share_prompt_is_not_counted() -> None:
    summary = summarise(Corpus((of(replace(SAID, boilerplate=True, speaker=Speaker())),), ()))
    assert summary.found.quotes == summary.found.speakers == summary.doubts.unknown == 0


def test_nobody_is_heard_in_what_is_denied_supposed_or_undecided() -> None:
    quotes = (replace(SAID, negated=True), replace(SAID, conditional=True), replace(SAID, speaker=Speaker(candidates=("p", "o"))))
    assert heard_in(of(*quotes)) == frozenset()
    assert heard_in(of(replace(SAID, speaker=Speaker("p", others=("o",))))) == {"p", "o"}


def test_a_speaker_in_two_articles_is_one() -> None:
    both = CorpusActor("ann-lee", "Ann Lee", "person", (Member("a", "p"), Member("b", "p")))
    reports = of(SAID, id="a"), of(SAID, id="b")
    assert summarise(Corpus(reports, (both,))).found.speakers == 1
    assert summarise(Corpus(reports, ())).found.speakers == 2, "nothing says that they are one"


def test_corrections_that_wait_are_told() -> None:
    assert summarise(Corpus((full_report(),), ())).doubts.held == 1


def test_the_lines() -> None:
    assert Found(2, 1, 0, 2, 1, 1, 0).line() == "3 quotes (1 direct, 2 reported), 1 speaker, 1 claim, 0 relations in 2 articles"
    assert Found(1, indirect=1, stances=2).line() == "1 quote (1 reported), 2 stances, 0 speakers, 0 claims, 0 relations in 1 article"
    assert Found(1).line() == "0 quotes, 0 speakers, 0 claims, 0 relations in 1 article"
    assert Doubts(held=1, mentions=2).line() == "1 held correction, 2 undecided mentions"
    assert Doubts().line() == "nothing that the program doubts; what you use, check against the article"
