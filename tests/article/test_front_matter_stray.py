"""Front matter where nobody reads it: what asks for less to be shown is refused in a line, and what only begins alike is an article."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from onrecord.article import load_article
from onrecord.article.front_matter import LONGEST, split_front_matter
from onrecord.errors import ArticleError
from tests.support.growth import grows_in_proportion

FILE = "a.md"


def refused(text: str) -> str:
    with pytest.raises(ArticleError) as raised:
        split_front_matter(FILE, text)
    said = str(raised.value)
    assert len(said.splitlines()) == 1 and said.startswith(f"{FILE}:")
    return said


def is_read_in_plain_text(folder: Path, text: str) -> bool:
    file = folder / "a.txt"
    file.write_text(text, encoding="utf-8")
    try:
        return load_article(file).text == text
    except ArticleError:
        return False


@pytest.mark.parametrize(
    "text",
    [
        "Title: Bridge closes\nAuthor: Ann Example\nDate: 2026-03-14\nText: none\n\nWords.",
        "Title: Bridge closes\nAuthor: Ann Example,\n    Bo Berg\nText: none\n\nWords.",
        "title: X\ntext: none\n---\nWords.",
        "# X\n\n---\ntext: none\n---\nWords.",
        "# X\n\nText: none\n\nWords.",
        "X\n---\n\n---\ntitle: X\n\ntext: none\n---\nWords.",
        "A line of words.\n\n———\ntitle: X\ntext:\n———\nWords.",
        "<!-- c -->\n---\ntext: none\n---\nWords.",
        "<!-- c\nd -->\n---\ntext: none\n---\nWords.",
        "<!-- c -->\ntext: none\n\nWords.",
        "<!--\ntitle: X\ntext: none\n-->\nWords.",
        "<!DOCTYPE html>\n---\ntext: none\n---\n<p>Words.</p>",
        "<html><body>\ntext: none\n",
        "<script>\n---\ntext: none\n---\nWords.",
        '{"title": "X", "text": "none"}\nWords.',
        '{"title": "X",\n"text": "none"}\nWords.',
        '{\n  "title": "X",\n  "text": "none",\n  "tags": []\n}\nWords.',
        '{"title": "X", "onrecord": {"text": "excerpts"}}\nWords.',
        '+++\ntitle = "X"\nonrecord = {text = "none"}\n+++\nWords.',
        "``` yaml\ntext: none\n```\nWords.",
        "**Text:** none\n\nWords.",
        "Text: “None.”\n\nWords.",
        "———\ntxt: none\n———\nWords.",
        "———\ntext: |\n  none\n———\nWords.",
        "———\ntext: hidden # for now\n———\nWords.",
    ],
)
def test_what_asks_for_less_where_it_is_not_read_is_refused(tmp_path: Path, text: str) -> None:
    refused(text)
    assert not is_read_in_plain_text(tmp_path, text)


@pytest.mark.parametrize(
    "second",
    ["---\ntext: none\n---\nWords.", "\ntext: none\n\nWords.", "---\ntext: none\n\nWords.", "\n<!-- c -->\n———\ntext: no\n———\nWords."],
)
def test_a_second_block_is_read_by_nobody_and_refused(second: str) -> None:
    line = 3 + second[: second.index("text")].count("\n") + 1
    assert refused(f"---\ntitle: X\n---\n{second}").startswith(f"a.md:{line}: 'text' stands where it is not read")


def test_a_second_block_that_shows_no_less_than_the_first_is_no_matter() -> None:
    assert split_front_matter(FILE, "---\ntext: none\n---\n---\ntext: excerpts\n---\nWords.")[0].text == "none"
    refused("---\ntext: excerpts\n---\n---\ntext: none\n---\nWords.")


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: X\nonrecord:\n  text: none", 4),
        ("title: X\nonrecord: {output: [{text: none}]}", 3),
        ("onrecord:\n- Text-Mode: off", 3),
        ("onrecord: {text: [none]}", 2),
        ("title: >\n  X\n  text: none", 4),
        ("title: |\n  X\n  Text: excerpts", 4),
        ("? [text]\n: none", 2),
        ("? [a, {text: none}]\n: b", 2),
        ("base: &b\n  text: none\nother: *b", 3),
        ("text: excerpts\nonrecord:\n  text: none", 4),
    ],
)
def test_what_asks_for_less_within_another_key_is_refused(front: str, line: int) -> None:
    said = refused(f"---\n{front}\n---\nWords.")
    assert said.startswith(f"a.md:{line}: ") and "within another key" in said


@pytest.mark.parametrize(
    "front",
    [
        "links:\n- text:\n  to: /x\n- text: Home",
        "x: {text: full}",
        "# text: none\ntitle: X",
        "summary: |\n  The text: none of it was read.",
        "a: &a [*a, b]",
        "buttons: {text: ''}",
    ],
)
def test_other_systems_keys_within_keys_are_left_alone(front: str) -> None:
    assert split_front_matter(FILE, f"---\n{front}\n---\nWords.")[0].text == "full"


@pytest.mark.parametrize(
    "text",
    [
        "Text: No comment from the mayor\n\nThe mayor was away.",
        "Text: None of the councillors voted\n\nThey were away.",
        "Text: False alarm closes the bridge\n\nIt opened again.",
        "Text: off the record talks begin\n\nThey end on Monday.",
        "Text: Excerpts of the speech\n\nFriends, it is late.",
        "Text: Ann Lee. Photos: none\n\nThe bridge is closed.",
        "Text: Ann Lee\nPhotos: none\n\nThe bridge is closed.",
        "TEXT:\n\nFriends, it is late.",
        "TEXT:",
        "***\nTEXT:\n\nFriends, it is late.\n\n***\n\nHe left.",
        '"Text: No more," says Moss\n\nThe bridge is closed.',
        "***\nText: None of the following may be changed, said Moss.\n***\nMore.",
        "***\nText: None, of course, was ready.\n***\nMore.",
        "Moss: Is there a text?\nLee: No.\nMoss: None.\n\nThey left.",
        "# The text: none of it true\n\nMoss said so.",
        "# text: none\n\nMoss said so.",
        "The bridge is closed.\nText: none\n",
        "Next: none\n\nThe bridge is closed.",
        "{Photo: none, by Ann Lee}\n\nThe bridge is closed.",
        "<html><head>\n<script>\nlook = {text: 'none'}\n</script><style>\n.x\n{\n  text: none\n}\n</style>\n<body>Words.",
        "<p>In the text: none of it was true.</p>",
        "Moss said a lot.\n\n---\n\nText:\nFriends, it is late.\n\n---\n\nHe left.",
    ],
)
def test_articles_that_begin_alike_are_articles(tmp_path: Path, text: str) -> None:
    assert split_front_matter(FILE, text)[1:] == (text, 1)
    assert split_front_matter(FILE, f"---\ntitle: X\n---\n{text}")[1].strip() == text.strip()
    assert is_read_in_plain_text(tmp_path, text)


HEADS: dict[str, Callable[[int], str]] = {
    "lines": lambda size: "---\n" + "k: [text, none]\n" * size + "---\n",
    "lists in place of a key and a value": lambda size: f"---\nv: &v [{'none, ' * size}x]\n? [{'text, ' * size}x]\n: *v\n---\n",
    "one list for many keys": lambda size: f"---\nl: &l {{x: [{'[none], ' * size}x]}}\n" + "k: *l\n" * size + "---\n",
    "one key without end for many": lambda size: f"---\n? &k '{'é' * size}'\n: x\n" + "*k : x\n" * size + "---\n",
    "one value without end for many": lambda size: f"---\nv: &v '{'-' * size}x'\nw:\n" + "- {text: *v}\n" * size + "---\n",
    "comments": lambda size: "<!--" * size,
    "tags": lambda size: "<a " * size,
    "scripts": lambda size: "<script " * size,
    "empty scripts": lambda size: "<script></style>" * size,
    "braces": lambda size: "{" * size,
    "rules": lambda size: "---\n\n" * size,
}


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.slow
def test_looking_for_it_takes_time_in_proportion(name: str) -> None:
    def work(size: int) -> None:
        with suppress(ArticleError):
            split_front_matter(FILE, f"{HEADS[name](size)}\nWords.")

    assert len(HEADS[name](8_000)) < LONGEST
    assert grows_in_proportion(work, 1_000)
