"""What holds for every article, however odd or hostile its text."""

from __future__ import annotations

import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.article import load_article, parse_article
from onrecord.article.read import RawArticle
from onrecord.article.text_files import _Markdown, parse_markdown
from onrecord.errors import ArticleError
from onrecord.model import Article, ArticleFormat, Block, Meta

HOSTILE = [
    "<script>alert(1)</script> said <img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) and `</code>` and ![x](data:text/html,x)",
    '“Unclosed, she said. ‘And "so is this," he «said»\n\n"Never closed',
    "שלום ‏אמר‎ ‮reversed‬ مرحبا",
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301\u0301\u0301 Z͑ͫ̓a̴l͎g̈o \u200b\u2028\u2029\x85\x1c",
    "*" * 300 + "a" + "_" * 300,
    "[" * 300 + "a" + "](b)" * 300,
    "| a |\n|---|\n" + "| b |\n" * 50,
    "&lt; &amp; &#0; &#xD800; &nbsp; &copy; &unknown;",
    "\\\n\\# \\* \\<\n***\n- - -\n1) 2) 3)",
]

# Pieces of Markdown, so that random text is often markup.
MARKUP = ["*", "**", "_", "~~", "`", "```", "[", "](", ")", "![", "<", ">", "|", "---", "===", "\\", "&amp;", "[a]:"]
BLANKS = ["# ", "> ", "- ", "1. ", "    ", "\t", "\n", "\n\n", "  \n", "\r\n", " ", "\u00a0"]
PIECES = st.sampled_from([*MARKUP, *BLANKS, "a", "Word", "é", "“", "”", "https://a.example"])
MARKDOWN = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


def raw(text: str, kind: ArticleFormat) -> RawArticle:
    return RawArticle("a", f"a.{kind}", kind, text, Meta())


def assert_sound(article: Article) -> None:
    """Leaves in order, apart, filled or empty; what is in none of them is blank; marks in their blocks, containers around theirs."""
    here, between = 0, ""
    for leaf in article.leaves():
        assert here <= leaf.start <= leaf.end <= len(article.text)
        assert leaf.kind in ("heading", "paragraph", "code", "cell", "rule")
        between += article.text[here : leaf.start]
        here = leaf.end
        words = leaf.span.of(article.text)
        assert leaf.kind == "code" or words == words.strip()
        assert all(leaf.start <= mark.start <= mark.end <= leaf.end for mark in leaf.marks)
        assert all((mark.start == mark.end) == (mark.kind in ("image", "break")) for mark in leaf.marks)
    assert not (between + article.text[here:]).replace("\ufeff", "").strip()
    for block in article.blocks:
        assert_nested(block)


def assert_nested(block: Block) -> None:
    assert block.line >= 1
    for child in block.children:
        assert child.start == child.end or (block.start <= child.start and child.end <= block.end)
        assert_nested(child)


def visible(text: str) -> str:
    return "".join(text.split())


class Text(HTMLParser):
    """The text of an HTML page, tags taken off."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
@example("\ufeff a\r\n\r\nb\r")
@example("one line of forty characters and more here\nthat goes on\nand on")
def test_plain_text_is_never_changed_and_its_blocks_are_sound(text: str) -> None:
    if not text.strip():
        return
    article = parse_article(raw(text, "txt"))
    assert article.text == text
    assert_sound(article)


@given(MARKDOWN)
def test_every_markdown_is_sound_and_keeps_every_visible_character_once(text: str) -> None:
    words, _ = parse_markdown(text)
    if words.strip():
        assert_sound(parse_article(raw(text, "md")))
    # Another way to the same text: what the library renders, its tags taken off.
    assert visible(words) == visible(Text(_Markdown().render(text)).text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["txt", "md"])
def test_hostile_text_is_only_text(text: str, kind: ArticleFormat) -> None:
    article = parse_article(raw(text, kind))
    assert_sound(article)
    hrefs = [mark.href for leaf in article.leaves() for mark in leaf.marks]
    assert all(":" not in href or href.startswith(("http:", "https:", "mailto:")) for href in hrefs)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_page_is_only_text(text: str) -> None:
    page = f"<article><h1>Title</h1><p>{text}</p><p>{'Enough words to be an article. ' * 20}</p></article>"
    article = parse_article(raw(page, "html"))
    assert_sound(article)
    assert "alert(1)</script>" not in article.text


@given(st.text())
def test_any_page_is_sound_or_refused(text: str) -> None:
    try:
        assert_sound(parse_article(raw(f"<p>{text}</p>", "html")))
    except ArticleError as error:
        assert "\n" not in str(error)


@given(st.binary())
def test_any_file_is_read_or_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_bytes(data)
    try:
        assert_sound(load_article(path))
    except ArticleError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("kind", ["txt", "md"])
@pytest.mark.slow
def test_a_very_long_paragraph_is_one_block_and_quickly_read(kind: ArticleFormat) -> None:
    text = " ".join(["“Well,” she *said*, [and](b) so on"] * 1000)
    began = time.process_time()
    article = parse_article(raw(text, kind))
    assert time.process_time() - began < 5
    assert len(article.blocks) == 1
    assert_sound(article)


def test_the_same_file_gives_the_same_article(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<article><h1>T</h1>" + "<p>Enough words to be an article, said she. </p>" * 9 + "</article>", encoding="utf-8")
    assert load_article(path) == load_article(path)
