"""Paragraphs in windows, long ones in stretches: every piece is judged once, and the arrays hold what they should."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.extract.accurate.windows import END, NO_WORD, START, Asked, Pieces, Stretch, batch, by_length, mark, stretches, windows


def pieces(count: int, first: int = 1000) -> Pieces:
    """Pieces whose numbers and places count up."""
    ids = np.arange(first, first + count)
    return Pieces(ids, np.zeros(count, dtype=np.int64), ids * 10, ids * 10 + 9, np.zeros(count, dtype=np.bool_))


def paragraphs(*counts: int) -> list[Stretch]:
    return [one for number, count in enumerate(counts) for one in stretches(number, pieces(count, 1000 * (number + 1)))]


@pytest.mark.parametrize("count", [1, 10, 11, 13, 14, 20, 21, 99, 100])
def test_each_piece_of_a_long_paragraph_is_judged_once_and_away_from_edges(count: int) -> None:
    found = list(stretches(7, pieces(count), longest=10, shared=4))
    assert all(len(one.pieces) <= 10 and one.paragraph == 7 for one in found)
    assert [int(one.pieces.ids[at]) for one in found for at in one.own] == list(range(1000, 1000 + count))
    for one in found:
        first, last = one is found[0], one is found[-1]
        assert one.own.start == (0 if first else 2) and one.own.stop == len(one.pieces) - (0 if last else 2)


def test_a_paragraph_without_pieces_has_no_stretch() -> None:
    assert list(stretches(0, pieces(0))) == []


def test_paragraphs_share_windows() -> None:
    first, second = windows(paragraphs(3, 2, 4), size=8)
    assert first.ids.tolist() == [START, 1000, 1001, 1002, END, 2000, 2001, END]
    assert second.ids.tolist() == [START, 3000, 3001, 3002, 3003, END]
    assert [at for _, at in first.places] == [1, 5] and [at for _, at in second.places] == [1]
    for window in (first, second):
        assert all(window.ids[at : at + len(one.pieces)].tolist() == one.pieces.ids.tolist() for one, at in window.places)
        assert [feature == NO_WORD for feature in window.features] == [number in (START, END) for number in window.ids]


def test_the_first_window_can_have_another_size_and_a_long_paragraph_one_of_its_own() -> None:
    found = [[one.paragraph for one, _ in window.places] for window in windows(paragraphs(3, 30, 2, 2), size=8, first=2)]
    assert found == [[0], [1], [2, 3]]
    assert list(windows([], size=8)) == []


def test_a_batch_is_padded_and_says_where() -> None:
    found = batch(list(windows(paragraphs(5, 2), size=6)))
    assert found.ids.tolist() == [[START, 1000, 1001, 1002, 1003, 1004, END], [START, 2000, 2001, END, 0, 0, 0]]
    assert found.mask.tolist() == [[True] * 7, [True] * 4 + [False] * 3]
    assert found.features[1].tolist() == [NO_WORD, 0, 0, NO_WORD, NO_WORD, NO_WORD, NO_WORD]


def test_a_marked_cue_stands_in_its_paragraph_with_a_piece_on_either_side() -> None:
    (window,) = windows(paragraphs(3, 5), size=20)
    (small, first), (large, second) = window.places
    marked = mark([Asked(0, first, small, range(2, 3)), Asked(0, second, large, range(2))])
    states = window.ids[None, :]
    assert states[marked.rows, marked.places].tolist()[1] == [END, 2000, 2001, 2002, 2003, 2004, END]
    assert states[marked.rows, marked.places].tolist()[0][:5] == [START, 1000, 1001, 1002, END]
    assert marked.marks.tolist() == [[0, 0, 0, 1, 0, 0, 0], [0, 1, 1, 0, 0, 0, 0]]
    assert marked.mask.tolist() == [[True] * 5 + [False] * 2, [True] * 7]


def test_cues_are_asked_about_in_groups_of_like_length() -> None:
    some = [Asked(0, 1, one, range(1)) for one in paragraphs(50, 10, 11, 12, 52, 51, 200)]
    assert list(by_length(some, 4)) == [[1, 2, 3], [0, 5, 4], [6]]
    assert list(by_length(some, 2)) == [[1, 2], [3, 0], [5, 4], [6]]
    assert list(by_length([], 4)) == []
