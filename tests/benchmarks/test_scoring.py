"""The measures of attribution, on spans set by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scoring import Comparison, Ruler, ShownQuote, compare, merge, same_source, tally

from onrecord.model import Span
from onrecord.reports.figures import CLASSES, GROUPS, Score, Tally, total
from onrecord.train.gold import GoldAttribution
from tests.benchmarks.spans import ALL, QUAY, SAME, SOLD, TEXT, at, gold, shown


def compared(shown: tuple[ShownQuote, ...], gold: tuple[GoldAttribution, ...] = ALL, discards: tuple[Span, ...] = ()) -> Comparison:
    return compare(Ruler(TEXT), gold, shown, discards)


def counts(*comparisons: Comparison, group: str = "all") -> Tally:
    return total(tally(comparisons), GROUPS[group])


@pytest.mark.parametrize("group", ["direct", "quoted", "indirect", "core", "all"])
def test_what_people_marked_is_all_right(group: str) -> None:
    found = counts(compared(SAME), group=group)
    assert found.letters == found.contents == found.contents_and_sources == Score(1, 1)
    assert found.sources == 1.0


def test_nothing_shown_is_nothing_found() -> None:
    found = counts(compared(()))
    assert found.letters == found.contents == found.contents_and_sources == Score(0, 0)
    assert (found.gold, found.shown, found.contents.f, found.sources) == (3, 0, 0.0, 0.0)


def test_a_wrong_source_and_a_missing_one_are_both_wrong() -> None:
    wrong = (replace(SAME[0], source=at("Rolf")), replace(SAME[1], source=None))
    found = counts(compared(wrong))
    assert (found.content, found.both, found.sourced, found.source) == (2, 0, 2, 0)


def test_where_people_marked_no_source_none_may_be_shown() -> None:
    found = counts(compared((replace(SAME[2], source=at("Nils")),)))
    assert (found.content, found.both, found.sourced) == (1, 0, 0)


def test_a_small_part_of_a_content_is_no_match_but_its_letters_count() -> None:
    found = counts(compared((shown("we k", "Voss"),), (QUAY,)))
    assert (found.content, found.letters.precision) == (0, 1.0)
    assert 0 < found.letters.recall < 0.5


def test_of_two_that_overlap_the_better_one_is_matched() -> None:
    worse, better = shown("keep the quay", "Rolf", "said"), shown("we keep the quay", "Ida Voss")
    one = compared((worse, better), (QUAY,))
    assert one.match == {0: 1}
    assert [item.origin for item in one.spurious()] == [worse]


def test_what_lies_mostly_in_a_discard_is_not_counted() -> None:
    assert counts(compared((SAME[2],), discards=(at("Nils sang"),))).shown == 0
    assert counts(compared((SAME[2],), discards=(at("Nils s"),))).shown == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("we keep the quay.", "direct"),
        ("said “we keep", "mixed"),
        ("they call it ''a gift'' now", "mixed"),
        ("that he had ever sold it", "claim"),
        ("he had ever sold it", "brief"),
    ],
)
def test_classes(content: str, kind: str) -> None:
    text = TEXT.replace("They", "they")
    assert Ruler(text).gold(gold(content, text=text)).kind == kind


def test_a_mark_that_is_not_closed_holds_to_the_end_of_its_line_only() -> None:
    text = "He said “one two.\nThree four."
    assert [Ruler(text).gold(gold(words, text=text)).kind for words in ("one two.", "Three four")] == ["direct", "brief"]


@pytest.mark.parametrize(
    ("annotated", "found", "same"),
    [
        ("Ida Voss, the harbour chief", "Voss", True),  # the head word
        ("Ida Voss, the harbour chief", "Ida", True),  # a head word within the annotated source
        ("Voss", "Ida Voss, the harbour chief", True),
        ("Ida Voss", "the harbour chief", False),
        ("the harbour chief", "harbour chief", True),
    ],
)
def test_a_source_is_known_by_its_head_word(annotated: str, found: str, same: bool) -> None:
    ruler = Ruler(TEXT)
    assert same_source(ruler.gold(gold("sang", annotated)), ruler.shown(shown("sang", found))) == same


def test_a_shown_quote_that_matches_has_the_class_of_the_annotated_one() -> None:
    tallies = tally([compared((shown("said “we keep the quay.”", "Ida Voss"), shown("Nils sang")))])
    assert {name: tallies[name].shown for name in CLASSES} == {"direct": 1, "mixed": 0, "claim": 0, "brief": 1}


def test_quotes_of_one_cue_and_source_are_one_and_one_without_a_cue_joins_its_source() -> None:
    first, second = shown("we keep", "Ida Voss", "said", score=0.9), shown("the quay", "Ida Voss", "said", score=0.6, confidence="low")
    third, other = shown("sang", "Ida Voss", kind="indirect"), shown("sold it", "Rolf")
    one, rest = merge([first, second, third, other])
    assert one.content == (at("we keep"), at("the quay"), at("sang"))
    assert (one.kind, one.confidence, one.score) == ("mixed", "low", 0.6)
    assert rest == other
    nobody = [shown("sang"), shown("sold")]
    assert merge(nobody) == nobody


def test_letters_that_two_quotes_show_count_once() -> None:
    found = counts(compared((SAME[1], replace(SAME[1], content=(at("he had ever sold it"),), source=at("Nils"))), (SOLD,)))
    assert found.letters == Score(1, 1)
    assert (found.shown, found.content) == (2, 1)
