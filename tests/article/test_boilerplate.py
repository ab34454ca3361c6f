from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.article.boilerplate import LONGEST, PATTERNS, find_boilerplate, mark_boilerplate
from onrecord.article.text_files import parse_plain_text
from onrecord.model import Block

Case = tuple[str, str, str]


def cases() -> list[Case]:
    lines = (Path(__file__).parents[1] / "cases" / "boilerplate.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if not line.startswith("#"):
            expected, name, words = line.split(" | ")
            found.append((expected, name, words))
    return found


@pytest.mark.parametrize(("expected", "name", "words"), cases())
def test_a_block_is_boilerplate_by_its_form_as_a_whole(expected: str, name: str, words: str) -> None:
    found = find_boilerplate(words)
    assert (found.kind if found else "prose") == expected
    if found:
        assert found.name == name


def test_every_phenomenon_has_a_case_for_and_one_against_it() -> None:
    names = {pattern.name for pattern in PATTERNS}
    assert {name for expected, name, _ in cases() if expected != "prose"} == names
    assert {name for expected, name, _ in cases() if expected == "prose"} == names


def test_a_long_block_is_prose_however_it_begins() -> None:
    assert find_boilerplate("Watch: the bridge") is not None
    assert find_boilerplate("Watch: " + "the bridge " * (LONGEST["strict"] // 10)) is None


def test_blocks_are_marked_at_any_depth_and_code_is_not() -> None:
    text = "Advertisement"
    leaf = Block("paragraph", 0, len(text), 1)
    code = Block("code", 0, len(text), 1)
    quote = Block("block_quote", 0, len(text), 1, children=(leaf,))
    (marked, left) = mark_boilerplate(text, (quote, code))
    assert [block.boilerplate for block in marked.leaves()] == ["strict"]
    assert left.boilerplate is None


POLL = ("VOTE", "Should the bridge have closed sooner?", "Yes", "No", "Nobody can say", "View results")


def marked(*lines: str) -> list[str]:
    """The lines of a text that are left out."""
    text = "\n\n".join(lines)
    blocks = mark_boilerplate(text, parse_plain_text(text))
    return [leaf.span.of(text) for block in blocks for leaf in block.leaves() if leaf.boilerplate]


def test_a_poll_in_lines_of_their_own_is_left_out_with_its_question() -> None:
    assert marked("The bridge is shut.", *POLL[1:], "Nobody was hurt.") == [*POLL[1:]]


@pytest.mark.parametrize(
    "lines", [POLL[1:-1], (POLL[1], "It should have been, most said.", "View results"), (POLL[1], "Yes.", "No."), POLL[2:4]]
)
def test_a_question_that_no_poll_asks_stays(lines: tuple[str, ...]) -> None:
    assert [line for line in marked("The bridge is shut.", *lines, "Nobody was hurt.") if line != "View results"] == []
