"""From chances to cues, contents and sources."""

from __future__ import annotations

import numpy as np

from onrecord.extract.accurate.finding import Chances, find_cues, find_parts


def chances(*pieces: str) -> Chances:
    """Of pieces that are nothing (-), surely or perhaps begin a cue (B, b) or go on with one (G)."""
    of = {"-": (0.98, 0.01, 0.01), "B": (0.05, 0.9, 0.05), "b": (0.7, 0.2, 0.1), "G": (0.1, 0.1, 0.8)}
    return np.array([of[piece] for piece in pieces], dtype=np.float32)


def row(numbers: str) -> Chances:
    """A chance for each digit, in tenths."""
    return np.array([int(number) / 10 for number in numbers], dtype=np.float32)


def test_a_cue_goes_on_until_something_else_is_likelier() -> None:
    found = find_cues(chances("-", "B", "G", "G", "-", "G", "B", "B"), 0.15)
    assert [one.pieces for one in found] == [range(1, 4), range(6, 7), range(7, 8)]
    assert round(found[0].chance, 3) == 0.9


def test_likelier_cues_come_first_and_share_no_piece() -> None:
    found = find_cues(chances("b", "G", "B", "G", "b"), 0.15)
    assert [one.pieces for one in found] == [range(2, 4), range(2), range(4, 5)]
    assert find_cues(chances("b", "-", "B"), 0.5)[0].pieces == range(2, 3)
    assert find_cues(chances("-", "-"), 0.15) == []


def test_content_and_source_stand_around_the_cue() -> None:
    found = find_parts(row("000099999"), row("990000000"), range(2, 3))
    assert (found.content, found.source) == ((range(4, 9),), range(2))
    assert round(found.content_chance, 3) == 0.8 and round(found.source_chance, 3) == 0.9


def test_nothing_of_the_cue_is_content_or_source() -> None:
    found = find_parts(row("9999"), row("0990"), range(1, 3))
    assert (found.content, found.source) == ((range(1), range(3, 4)), None)


def test_a_piece_is_of_the_source_or_of_the_content() -> None:
    found = find_parts(row("6609999"), row("9900000"), range(2, 3))
    assert (found.content, found.source) == ((range(3, 7),), range(2))


def test_a_short_gap_is_closed_unless_the_cue_or_the_source_is_in_it() -> None:
    assert find_parts(row("099990009999"), row("0" * 12), range(1)).content == (range(1, 12),)
    assert find_parts(row("9999009999"), row("0" * 10), range(4, 5)).content == (range(4), range(6, 10))
    assert find_parts(row("99990999900"), row("00009000000"), range(10, 11)).content == (range(4), range(5, 9))
    assert find_parts(row("09999000099990"), row("0" * 14), range(13, 14)).content == (range(1, 5), range(9, 13))


def test_a_doubtful_piece_far_from_the_content_is_left_out() -> None:
    assert find_parts(row("600009999999"), row("0" * 12), range(11, 12)).content == (range(5, 11),)
    assert find_parts(row("900009999999"), row("0" * 12), range(11, 12)).content == (range(1), range(5, 11))
    assert find_parts(row("060"), row("000"), range(1)).content == (range(1, 2),)


def test_of_two_sources_the_likelier_is_taken() -> None:
    assert find_parts(row("0000000"), row("6000090"), range(2, 3)).source == range(5, 6)
    assert find_parts(row("0000000"), row("7700007"), range(3, 4)).source == range(2)


def test_without_content_or_source_there_is_none() -> None:
    found = find_parts(row("0000"), row("0000"), range(1))
    assert (found.content, found.source, found.content_chance, found.source_chance) == ((), None, 0.0, 0.0)
