"""What two readings differ in: which quote of the one is which of the other, and what is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.corpus.differences import ArticleDifference, find_differences, told_differences
from onrecord.model import Actor, Mention, Quote, QuoteKind, Report, Span, Speaker
from tests.support.growth import grows_in_proportion
from tests.support.reports import article, report

TEXT = "Ann Lee said the quay is safe. Bo Lind said the quay is not safe. “Yes,” he said. “Yes,” said Ann Lee."
ANN = Actor("ann", "Ann Lee", "person", (Mention(0, 7, "named"),))
BO = Actor("bo", "Bo Lind", "person", (Mention(31, 38, "named"),))


def quote(words: str, speaker: str | None, *, kind: QuoteKind = "indirect", nth: int = 0, text: str = TEXT, negated: bool = False) -> Quote:
    """A quote of these words where they stand for the nth time, from 0."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    span = Span(start, start + len(words))
    return Quote(
        f"q{start}-{len(words)}",
        kind,
        (span,),
        Speaker(speaker),
        "made",
        "high",
        quoted_parts=(span,) * (kind == "direct"),
        negated=negated,
    )


def reading(*quotes: Quote, text: str = TEXT, id: str = "quay") -> Report:
    return replace(report(ANN, BO), article=article(id, text), quotes=quotes)


def differences(old: Report, new: Report) -> ArticleDifference:
    (one,) = find_differences([old], [new]).articles
    return one


SAFE, NOT_SAFE = quote("the quay is safe", "ann"), quote("the quay is not safe", "bo")


def test_the_same_reading_differs_in_nothing() -> None:
    found = find_differences([reading(SAFE, NOT_SAFE)], [reading(SAFE, NOT_SAFE)])
    assert found.is_empty() and found.compared == 1
    assert list(told_differences(found)) == ["0 quotes gained, 0 lost, 0 changed, in 0 of 1 article"]


def test_a_quote_that_is_missed_is_lost_with_its_speaker() -> None:
    one = differences(reading(SAFE, NOT_SAFE), reading(SAFE))
    assert ([quote.words for quote in one.lost], one.gained, one.changed) == (["the quay is not safe"], (), ())
    assert (one.speakers_lost, one.speakers_gained, one.text_changed) == (("Bo Lind",), (), False)
    back = differences(reading(SAFE), reading(SAFE, NOT_SAFE))
    assert (back.gained, back.speakers_gained) == (one.lost, ("Bo Lind",))


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (replace(SAFE, speaker=Speaker("bo")), ("speaker",)),
        (replace(SAFE, speaker=Speaker()), ("speaker",)),
        (replace(SAFE, speaker=Speaker(candidates=("ann", "bo"))), ("speaker",)),
        (replace(SAFE, kind="mixed"), ("kind",)),
        (replace(SAFE, negated=True), ("standing",)),
        (replace(SAFE, conditional=True, kind="mixed"), ("kind", "standing")),
        (quote("said the quay is safe", "ann"), ("words",)),
    ],
)
def test_a_quote_that_is_read_otherwise_is_changed(now: Quote, what: tuple[str, ...]) -> None:
    one = differences(reading(SAFE), reading(now))
    (change,) = one.changed
    assert change.what == what and not one.gained and not one.lost


def test_what_stands_elsewhere_in_the_same_text_is_another_quote() -> None:
    """Of the same text places tell: the words of the two are nearly the same."""
    one = differences(reading(SAFE), reading(NOT_SAFE))
    assert len(one.lost) == len(one.gained) == 1 and not one.changed


def test_words_said_twice_keep_their_speakers() -> None:
    first, second = quote("Yes,", "bo", kind="direct"), quote("Yes,", "ann", kind="direct", nth=1)
    one = differences(reading(first, second), reading(second))
    assert [quote.speaker for quote in one.lost] == ["Bo Lind"] and not one.changed
    assert find_differences([reading(first, second)], [reading(second, first)]).is_empty()


def test_in_a_text_that_changed_words_tell() -> None:
    text = TEXT.replace("the quay is safe", "the old quay is safe")
    one = differences(reading(SAFE), reading(quote("the old quay is safe", "ann", text=text), text=text))
    (change,) = one.changed
    assert one.text_changed and change.what == ("words",)
    moved = f"Nobody came.\n{TEXT}"
    assert find_differences([reading(SAFE)], [reading(quote("the quay is safe", "ann", text=moved), text=moved)]).is_empty()


def test_who_is_denied_to_have_said_it_is_not_heard() -> None:
    one = differences(reading(SAFE), reading(replace(SAFE, negated=True)))
    assert one.speakers_lost == ("Ann Lee",)


def test_articles_come_and_go() -> None:
    found = find_differences([reading(SAFE), reading(id="gone")], [reading(id="new"), reading(SAFE)])
    assert (found.articles_gained, found.articles_lost, found.articles, found.compared) == (("new",), ("gone",), (), 1)


def test_it_is_told_with_quotation_marks_around_very_words_alone() -> None:
    said = quote("Yes,", "bo", kind="direct")
    denied = replace(SAFE, negated=True)
    assert list(told_differences(find_differences([reading(SAFE)], [reading(denied, said)]))) == [
        "quay",
        "  + Bo Lind (direct): “Yes,”",
        "  ~ standing",
        "    was Ann Lee (reported): the quay is safe",
        "    now Ann Lee (reported, denied): the quay is safe",
        "  + speaker Bo Lind",
        "  - speaker Ann Lee",
        "1 quote gained, 0 lost, 1 changed, in 1 of 1 article",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("word", ["same", "other"])
def test_its_cost_grows_in_proportion(word: str) -> None:
    def compare(times: int) -> None:
        sentence = "Ann Lee said the quay is safe and it stays that way. "
        texts = sentence * times, (sentence if word == "same" else sentence.replace("safe", "open")) * times
        at, length = len(sentence), len("the quay is safe and it stays that way")
        readings = [
            reading(
                *(
                    Quote(f"q{n}", "indirect", (Span(13 + at * n, 13 + at * n + length),), Speaker("ann"), "made", "high")
                    for n in range(times)
                ),
                text=text,
            )
            for text in texts
        ]
        find_differences(readings[:1], readings[1:])

    assert grows_in_proportion(compare, 300)
