"""Lines about the author that an article states; words that merely begin like them are prose."""

from __future__ import annotations

import pytest

from onrecord.article import parse_article
from onrecord.article.read import decode_raw

BODY = "The harbour bridge will close next spring, the council decided.\n\nTomas Reed said that the ferries would run until midnight."


def marked(text: str, byline: str = "Ann Ample") -> dict[str, str]:
    """The words that are left out, with what they are."""
    article = parse_article(decode_raw("a.md", f"---\nbyline: {byline}\n---\n{text}".encode()))
    return {leaf.span.of(article.text): leaf.furniture for leaf in article.leaves() if leaf.boilerplate}


@pytest.mark.parametrize(
    "line",
    ["By Ann Ample", "ANN AMPLE", "Written by Ann Ample", "5:45 AM PST 11/19/2026 by Ann Ample", "By Ann Ample on Thursday, March 12"],
)
def test_a_byline_alone_on_its_line(line: str) -> None:
    assert marked(f"{line}\n\n{BODY}") == {line: "byline"}


@pytest.mark.parametrize("line", ["Ann Ample resigned", "By Ann Ample’s bridge", "Seen by Ann Ample in May", "By Bo Berg"])
def test_what_is_more_than_a_byline(line: str) -> None:
    assert marked(f"{line}\n\n{BODY}") == {}


@pytest.mark.parametrize(
    "note",
    [
        "Ann Ample is the Gazette's deal curator and spends 25% of her pay on boats.",
        "Ann Ample, who lives in Northfield, writes about bridges.",
        "Ann Ample’s latest book is about ferries.",
        "Have a tip? Ann Ample can be reached at ann@gazette.example.",
        "Contact Ann Ample at ann@gazette.example",
    ],
)
def test_a_note_on_the_author_at_the_end(note: str) -> None:
    assert marked(f"{BODY}\n\n{note}") == {note: "biography"}


def test_a_note_on_each_of_two_authors() -> None:
    notes = ["Ann Ample is a reporter.", "Bo Berg covers the harbour."]
    assert list(marked("\n\n".join([BODY, *notes]), "Ann Ample and Bo Berg")) == notes


@pytest.mark.parametrize(
    "text",
    [
        f"Ann Ample is a reporter.\n\n{BODY}",  # a note, if it is one, is not at the end
        f"{BODY}\n\nAnn Ample said that she was glad.",
        f"{BODY}\n\nAnn Amplet is the mayor's deputy.",
        f"{BODY}\n\nTomas Reed is the Gazette's deal curator.",
        f"{BODY}\n\nAnn told him that Ann Ample is a reporter.",
        "Ann Ample is a reporter.",
    ],
)
def test_what_is_no_note_on_the_author(text: str) -> None:
    assert marked(text) == {}
