"""Findings: what speaks for them, and which are of the same words."""

from __future__ import annotations

import pytest

from onrecord.extract.accurate.finding import Finding, without_doubles
from onrecord.model import Span


def finding(cue: int, *content: tuple[int, int], chance: float = 0.9, content_chance: float = 0.8) -> Finding:
    return Finding(Span(cue, cue + 4), tuple(Span(*pair) for pair in content), None, chance, 0.9, content_chance, 0.0)


def test_the_score_asks_for_the_cue_and_for_its_content() -> None:
    assert finding(0, (10, 20)).score == pytest.approx((0.9 * 0.9 * 0.8) ** (1 / 3))
    assert finding(0, content_chance=0.0).score == 0


def test_of_two_cues_with_one_content_the_likelier_is_kept() -> None:
    some = [finding(0, (10, 20), (30, 40)), finding(22, (10, 20), (32, 40), chance=0.95), finding(50, (60, 80)), finding(90, (60, 70))]
    assert without_doubles(some) == (some[1], some[2], some[3])


def test_a_finding_without_content_doubles_none() -> None:
    some = (finding(0), finding(5), finding(9, (1, 2)))
    assert without_doubles(some) == some
