from __future__ import annotations

import pytest

from onrecord.article.text_files import parse_markdown
from onrecord.errors import ArticleError
from onrecord.model import Block


def outline(text: str, block: Block) -> str:
    """A block as one line: its kind, level, and its words or what is in it."""
    level = f"{block.level}" if block.level else ""
    inner = ", ".join(outline(text, child) for child in block.children) if block.children else repr(block.span.of(text))
    return f"{block.kind}{level}({inner})"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# One #\n\nTwo\n===", ["heading1('One')", "heading1('Two')"]),
        ("One\ntwo  \nthree\\\nfour", ["paragraph('One two\\nthree\\nfour')"]),
        ("- a\n- b\n\n  c", ["list(item(paragraph('a')), item(paragraph('b'), paragraph('c')))"]),
        ("3. a\n4. b", ["ordered_list3(item(paragraph('a')), item(paragraph('b')))"]),
        ("0. a", ["ordered_list(item(paragraph('a')))"]),
        ("> a\n> > b", ["block_quote(paragraph('a'), block_quote(paragraph('b')))"]),
        ("a\n\n---\n\nb", ["paragraph('a')", "rule('')", "paragraph('b')"]),
        ("```py\nx = 1\n\ny\n```", ["code('x = 1\\n\\ny')"]),
        ("    x\n     y", ["code('x\\n y')"]),
        (
            "| a | b |\n|---|---|\n| c\\|d | |",
            ["table(row(cell1('a'), cell1('b')), row(cell('c|d'), cell('')))"],
        ),
        ("-\n- b", ["list(item(paragraph('')), item(paragraph('b')))"]),
        (">", ["block_quote(paragraph(''))"]),
        ("<script>alert(1)</script>", ["paragraph('<script>alert(1)</script>')"]),
        ("a <b>b</b> &lt;i&gt; &amp; \\*c\\*", ["paragraph('a <b>b</b> <i> & *c*')"]),
        ("\"Straight\" -- (c) ... 'marks'", ["paragraph('\"Straight\" -- (c) ... \\'marks\\'')"]),
        ("http://a.example and a@b.example", ["paragraph('http://a.example and a@b.example')"]),
    ],
)
def test_blocks(source: str, expected: list[str]) -> None:
    text, blocks = parse_markdown(source)
    assert [outline(text, block) for block in blocks] == expected


@pytest.mark.parametrize(
    ("source", "words", "marks"),
    [
        ("a *b **c*** d", "a b c d", [("emphasis", "b c", "", ""), ("strong", "c", "", "")]),
        ("~~a~~ `b  c`", "a b  c", [("strike", "a", "", ""), ("code", "b  c", "", "")]),
        ('[a *b*](../c.md "T")', "a b", [("link", "a b", "../c.md", "T"), ("emphasis", "b", "", "")]),
        ("<https://a.example/b>", "https://a.example/b", [("link", "https://a.example/b", "https://a.example/b", "")]),
        ("<a@b.example>", "a@b.example", [("link", "a@b.example", "mailto:a@b.example", "")]),
        ("[a][r]\n\n[r]: HTTPS://a.example", "a", [("link", "a", "HTTPS://a.example", "")]),
        ("a ![b *c*](d.png) e", "a  e", [("image", "", "d.png", "b c")]),
        ("a  \nb", "a\nb", [("break", "", "", "")]),
        # A link that leads nowhere, or to a scheme that can run code or read files, is only its words.
        ("[](http://a.example)b", "b", []),
        ("[a](javascript:alert(1))", "a", []),
        ("[a](&#x6A;avascript:alert(1))", "a", []),
        ("[a](<java&#10;script:alert(1)>)", "a", []),
        ("[a](<\x01javascript:alert(1)>)", "a", []),
        ("[a](data:text/html,x) [b](vbscript:x) [c](file:///etc/passwd)", "a b c", []),
        ("<javascript:alert(1)>", "javascript:alert(1)", []),
        ("a![b](data:image/svg+xml,x) ![c](mailto:a@b.example)", "a", []),
    ],
)
def test_marks(source: str, words: str, marks: list[tuple[str, str, str, str]]) -> None:
    text, (block, *_) = parse_markdown(source)
    assert text == words
    assert [(mark.kind, mark.of(text), mark.href, mark.label) for mark in block.marks] == marks


def test_blocks_know_their_lines() -> None:
    _, blocks = parse_markdown("# A\n\nb\nc\n\n- d\n\n  e\n\n| f |\n|---|\n| g |", first_line=5)
    assert [(leaf.line, leaf.kind) for block in blocks for leaf in block.leaves()] == [
        (5, "heading"),
        (7, "paragraph"),
        (10, "paragraph"),
        (12, "paragraph"),
        (14, "cell"),
        (16, "cell"),
    ]


def test_between_blocks_stand_only_tabs_newlines_and_empty_lines() -> None:
    text, _ = parse_markdown("# A\n\n---\n\n- b\n- c\n\n| d | |f|\n|---|---|---|\n| | g | |\n\n![i](j.png)\n\nk")
    assert text == "A\n\nb\n\nc\n\nd\tf\ng\n\nk"


@pytest.mark.parametrize("source", ["> " * 100 + "a", "".join(" " * 2 * n + "- a\n" for n in range(100))])
def test_absurd_nesting_is_refused_instead_of_losing_words(source: str) -> None:
    with pytest.raises(ArticleError) as raised:
        parse_markdown(source, file="a.md", first_line=3)
    place, _, wording = str(raised.value).partition(": ")
    assert place.startswith("a.md:")
    assert wording == "lists and block quotes stand more than 38 deep; take some levels away"


def test_nesting_that_an_article_may_have_is_kept() -> None:
    text, blocks = parse_markdown("> " * 30 + "a")
    assert text == "a"
    assert sum(1 for _ in blocks[0].leaves()) == 1
