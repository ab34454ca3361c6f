from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from onrecord.article import load_article
from onrecord.article.markup import flat
from onrecord.article.web_metadata import WebPage
from onrecord.article.web_page import parse_web_page
from onrecord.errors import ArticleError
from onrecord.model import Meta
from tests.article.test_text_files_markdown import outline

NOW = date(2026, 5, 2)
PAGE = """<!doctype html>
<html><head><title>Harbour vote | The Ledger</title>
<meta property="og:site_name" content="The Ledger"><meta name="author" content="Ann Arbor">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"><link rel="canonical" href="https://ledger.example/vote">
<script>alert("head")</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article>
<h1>Harbour vote passes</h1>
<p>The council voted on Tuesday to <em>close</em> the <strong>old harbour</strong>,
<a href="https://a.example/m">Mayor Ilse Brandt</a> said. “We had no choice,” she told reporters.</p>
<h2>What happens next</h2>
<blockquote><p>We will be watching what the council does with the money, the union said.</p></blockquote>
<ul><li>First, the cranes are sold to the highest bidder.</li><li>Then the sheds &amp; tracks are pulled down.</li></ul>
<p>Opponents *vowed* to go to court &lt;b&gt;now&lt;/b&gt;, and <a href="javascript:alert(1)">bad words</a> were heard.<br
>Then came <code>x=1</code>.</p>
<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2020</td><td>12</td></tr></table>
</article>
<footer><p>Copyright 2024 The Ledger</p></footer><script>alert("foot")</script></body></html>"""


def stated(head: str) -> Meta:
    """What a page with this head states."""
    return WebPage(document_fromstring(f"<html><head>{head}</head><body></body></html>")).meta(NOW)


def test_the_article_of_a_page_has_its_structure_and_nothing_around_it() -> None:
    page = parse_web_page(PAGE)
    text, blocks = page.text, page.blocks
    assert [outline(text, block) for block in blocks] == [
        "heading1('Harbour vote passes')",
        "paragraph('The council voted on Tuesday to close the old harbour,"
        " Mayor Ilse Brandt said. “We had no choice,” she told reporters.')",
        "heading2('What happens next')",
        "block_quote(paragraph('We will be watching what the council does with the money, the union said.'))",
        "list(item(paragraph('First, the cranes are sold to the highest bidder.')),"
        " item(paragraph('Then the sheds & tracks are pulled down.')))",
        "paragraph('Opponents *vowed* to go to court <b>now</b>, and bad words were heard.\\nThen came x=1.')",
        "table(row(cell1('Year'), cell1('Ships')), row(cell('2020'), cell('12')))",
    ]
    assert [(mark.kind, mark.of(text), mark.href) for block in blocks for mark in block.marks] == [
        ("emphasis", "close", ""),
        ("strong", "old harbour", ""),
        ("link", "Mayor Ilse Brandt", "https://a.example/m"),
        ("break", "", ""),
        ("code", "x=1", ""),
    ]


def test_blocks_know_their_lines() -> None:
    blocks = parse_web_page(PAGE).blocks
    assert [block.line for block in blocks] == [8, 9, 11, 12, 13, 14, 16]


def test_what_the_page_states_about_its_article() -> None:
    stated = Meta("Harbour vote passes", "Ann Arbor", "The Ledger", "2024-03-05T10:00:00+00:00", "https://ledger.example/vote")
    assert parse_web_page(PAGE).meta == stated


def test_json_ld_comes_before_meta_elements() -> None:
    data = (
        '{"@graph": [{"@type": "WebSite", "name": "W"}, {"@type": ["NewsArticle"], "headline": " The  vote ", "datePublished":'
        ' "2024-03-04", "author": [{"name": "Bo Berg"}, "Cy Cole"], "publisher": {"name": "The Post"}, "url": "https://post.example/v"}]}'
    )
    page = f'<script type="application/ld+json">{data}</script><meta property="og:title" content="Other">'
    assert stated(page) == Meta("The vote", "Bo Berg, Cy Cole", "The Post", "2024-03-04", "https://post.example/v")


@pytest.mark.parametrize(
    "data", ["{", '"a"', "[" * 100_000, '{"@type": "NewsArticle", "headline": {"a": 1}, "author": 3, "datePublished": "today"}', "[null]"]
)
def test_a_page_that_misstates_itself_states_nothing(data: str) -> None:
    assert stated(f'<script type="application/ld+json">{data}</script>') == Meta()


def test_addresses_that_are_none_are_not_taken() -> None:
    head = '<link rel=canonical href="javascript:alert(1)"><meta property="og:url" content="/a">'
    head += '<meta property="article:author" content="https://a.example/ann">'
    assert stated(head) == Meta()


def test_front_matter_overrules_the_page(tmp_path: Path) -> None:
    path = tmp_path / "vote.html"
    path.write_text(f"---\ntitle: Mine\n---\n{PAGE}", encoding="utf-8")
    meta = load_article(path).meta
    assert (meta.title, meta.outlet) == ("Mine", "The Ledger")


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<p> </p>", "<script>alert(1)</script>", "<!--"])
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(ArticleError) as raised:
        parse_web_page(page, file="a.html")
    assert str(raised.value) == "a.html: no article found in the page; save its text as .md or .txt"


def test_the_mend_is_named_when_trafilatura_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ArticleError) as raised:
        parse_web_page(PAGE, file="a.html")
    assert str(raised.value) == "a.html: HTML needs trafilatura; run: pip install 'onrecord[html]'"


def test_deep_nesting_loses_no_words() -> None:
    words = "Words that stand very deep. " * 20
    page = f"<html><body><article>{'<ul><li>' * 60}<p>{words}</p>{'</li></ul>' * 60}</article></body></html>"
    parsed = parse_web_page(page)
    text, blocks = parsed.text, parsed.blocks
    assert text.count("Words that stand very deep.") == 20
    assert [leaf.kind for block in blocks for leaf in block.leaves()] == ["paragraph"]


SAID = "Ada Brook said that the ferry would stop on Monday after the council had met in the harbour hall."


@pytest.mark.parametrize(
    "tags",
    ["<div>", "<b>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<font>", "<div><p><b>", "<section><span>", "<p><em>", "<a href=x>"],
)
def test_words_in_thousands_of_unclosed_tags_are_found(tags: str) -> None:
    text = parse_web_page(f"<html><body><article>{tags * 5000}<p>{SAID}</p><p>{SAID} It did.</p></article></body></html>").text
    assert f"{SAID} It did." in text
    assert "hall.Ada" not in text


def test_blocks_below_the_deepest_stay_apart() -> None:
    page = f"<html><body><article>{'<div>' * 500}{SAID}<div>{SAID} It did.</div><div>No.</div></article></body></html>"
    text = parse_web_page(page).text
    assert text.split() == f"{SAID} {SAID} It did. No.".split()


def test_a_page_that_is_not_too_deep_is_read_as_it_is() -> None:
    assert flat(PAGE) is PAGE
    paragraphs = "<p>a</p>" * 500 + "<p>b" * 500 + "<li>c" * 500 + "<br>" * 500 + "<img src=x>" * 500
    assert flat(paragraphs) is paragraphs


def test_characters_of_a_page_that_is_made_flat_stay_as_they_are() -> None:
    deep = f"{'<div>' * 500}a &amp; b &#x41; &lt;i&gt; <!-- c --><script>if (a < b) alert('<p>')</script></i>{'</div>' * 500}"
    assert flat(deep).replace("<div>", "").replace("<br>", "").replace("</div>", "") == (
        "a &amp; b &#x41; &lt;i&gt; <script>if (a < b) alert('<p>')</script>"
    )


def test_a_scrap_of_a_page_is_no_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.extract", lambda *_, **__: "<doc><main><p>a</p></main></doc>")
    with pytest.raises(ArticleError, match="next to nothing of the page"):
        parse_web_page(PAGE, file="a.html")


def test_names_that_xml_cannot_have_do_not_cost_the_page() -> None:
    """trafilatura takes "<" for a part of the name of an element, and cannot read again what it wrote."""
    words = "The harbour bridge will close next spring, the council decided, after a survey found cracks in two of its piers."
    parsed = parse_web_page(f"<article><p>{words}</p><p>{words[::-1]}</p><a html><p<>></article>")
    text, blocks = parsed.text, parsed.blocks
    assert words in text and {block.kind for block in blocks} == {"paragraph"}


def test_a_page_that_trafilatura_cannot_read_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no\nway")

    monkeypatch.setattr("trafilatura.extract", fail)
    with pytest.raises(ArticleError, match=r"a.html: trafilatura cannot read the page \(RuntimeError: no way\); save its text as"):
        parse_web_page(PAGE, file="a.html")


@pytest.mark.parametrize("begins", ["<p><a name=p{0}>", "<P><A NAME={0}><FONT SIZE=2>", "<div class=x><p><a href=/x{0}>", "<p><b><i>"])
@pytest.mark.parametrize("paragraphs", [61, 300])
def test_paragraphs_with_elements_that_nobody_ends_are_all_read(begins: str, paragraphs: int) -> None:
    said = "Council member number {0} said on Monday that bridge number {0} is unsafe and has to be closed for {0} days."
    html = "".join(begins.format(number) + said.format(number) for number in range(paragraphs))
    text = parse_web_page(f"<article><h1>Head</h1>{html}</article>").text
    assert [number for number in range(paragraphs) if said.format(number) not in text] == []


@pytest.mark.parametrize(
    "odd", ["<![The odd thing]>", "<![", "<![if !x]>", "<![CDATA[ words ]]>", "<!x [", "<!DOCTYPE [<!y>]>", "<?php [", "<!-"]
)
def test_declarations_that_are_none_do_not_cost_the_page(odd: str) -> None:
    words = "The harbour bridge will close next spring, the council decided, after a survey found cracks in two of its piers."
    page = f"<html><body><article><p>{words}</p>{odd}<p>Ann Lee said that {words.lower()}</p></article></body></html>"
    assert words in parse_web_page(page).text
    assert words in parse_web_page(page + odd).text
