"""The annotated copy is the article, character for character, whatever lies over it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.model import Article, Block, Mark, MarkKind, Span
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Link
from onrecord.render.views.annotated_text import LEAVES, Annotation, annotate
from tests.support.fictional import fictional_report

TEMPLATE = '{% from "partials/copy.html" import copy with context %}<div id="the-copy">{{ copy(one) }}</div>'
ENVIRONMENT = make_environment()


@dataclass(frozen=True)
class Layered:
    """An article with annotations over it."""

    article: Article
    annotations: tuple[Annotation, ...]

    def html(self) -> str:
        rendered = ENVIRONMENT.from_string(TEMPLATE).render(
            one=annotate(self.article, self.annotations), href=lambda link: f"{link.page}.html"
        )
        return str(rendered)


def read_back(html: str) -> Element:
    """The copy's element as a browser's parser builds it."""
    tree = html5lib.parse(f"<!doctype html><title>t</title>{html}", namespaceHTMLElements=False)
    return next(element for element in tree.iter() if element.get("id") == "the-copy")


def words_of(element: Element, annotation: str) -> str:
    """The pieces of an annotation, joined."""
    pieces = (one for one in element.iter() if annotation in (one.get("data-ann") or "").split())
    return "".join("".join(one.itertext()) for one in pieces)


# Everything that a parser or a template engine might act on, and characters that it might not give back.
HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "</p></div>",
        "&amp;",
        "&#10;",
        "{{ 7*7 }}",
        "{% raw %}",
        "[x](javascript:alert(1))",
        '" onload="x',
        "'",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\n\n",
        "    ",
        "<!--",
        "]]>",
        "`",
        "\x0b",
        "\x0c",
        "\x02",
        "\x7f",
        "\x85",
        "\u2028",
        "é",
        "👩‍👧",
        "שלום",
        "\u202e",
        "\ufdd0",
        "\u200b",
        "“",
        "”",
    ]
)
TEXTS = st.lists(
    st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)), max_size=12
).map("".join)
MARK_KINDS: st.SearchStrategy[MarkKind] = st.sampled_from(["emphasis", "strong", "strike", "code", "link", "image", "break"])
HREFS = st.sampled_from(['https://a.example/?a=1&b="2"', "http://a.example", "mailto:a@b.example", "../c.html", "javascript:alert(1)", ""])


@st.composite
def spans(draw: st.DrawFn, start: int, end: int) -> Span:
    edges = sorted((draw(st.integers(start, end)), draw(st.integers(start, end))))
    return Span(*edges)


@st.composite
def leaves(draw: st.DrawFn, kind: str, start: int, end: int) -> Block:
    marks = []
    for _ in range(draw(st.integers(0, 3))):
        span, mark = draw(spans(start, end)), draw(MARK_KINDS)
        stop = span.start if mark in ("image", "break") else span.end
        if mark in ("image", "break") or stop > span.start:
            marks.append(Mark(span.start, stop, mark, draw(HREFS) if mark in ("link", "image") else "", draw(TEXTS)))
    boilerplate = draw(st.sampled_from([None, None, "strict", "soft"]))
    return Block(kind, start, end, 1, draw(st.integers(0, 1)) if kind != "heading" else draw(st.integers(1, 6)), boilerplate, tuple(marks))  # type: ignore[arg-type]


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """A text cut into blocks and gaps anywhere, nested as an article's parser nests them."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    blocks: list[Block] = []
    while ranges:
        start, end = ranges.pop(0)
        kind = draw(st.sampled_from(["paragraph", "heading", "code", "rule", "list", "ordered_list", "block_quote", "table"]))
        if kind == "rule":
            blocks.append(Block("rule", start, start, 1))
        elif kind in ("paragraph", "heading", "code"):
            blocks.append(draw(leaves(kind, start, end)))
        else:
            inner = [(start, end), *(ranges.pop(0) for _ in range(min(len(ranges), draw(st.integers(0, 2)))))]
            blocks.append(draw(holders(kind, inner)))
    return Article("a", text, tuple(blocks))


@st.composite
def holders(draw: st.DrawFn, kind: str, ranges: list[tuple[int, int]]) -> Block:
    def wrap(kind: str, *children: Block) -> Block:
        return Block(kind, children[0].start, children[-1].end, 1, 1, children=children)  # type: ignore[arg-type]

    if kind == "table":
        return wrap("table", *(wrap("row", draw(leaves("cell", *one))) for one in ranges))
    paragraphs = [draw(leaves(draw(st.sampled_from(["paragraph", "code", "heading"])), *one)) for one in ranges]
    return wrap(kind, *paragraphs) if kind == "block_quote" else wrap(kind, *(wrap("item", one) for one in paragraphs))


@st.composite
def layered(draw: st.DrawFn) -> Layered:
    article = draw(articles())
    annotations = []
    for number in range(draw(st.integers(0, 7))):
        covered = tuple(draw(st.lists(spans(0, len(article.text)), max_size=3)))
        around = draw(st.booleans())
        link = Link("actors/x") if not around and draw(st.booleans()) else None
        annotations.append(Annotation(f"a{number}", covered, "orx-a", around=around, link=link, note=draw(st.sampled_from(["", "3"]))))
    return Layered(article, tuple(annotations))


def covered(text: str, annotation: Annotation) -> str:
    """The characters under an annotation, each once."""
    inside = {at for span in annotation.spans for at in range(span.start, span.end)}
    return "".join(text[at] for at in sorted(inside))


@settings(max_examples=300, deadline=None)
@given(layered())
@example(Layered(Article("empty", "", ()), (Annotation("a0", (Span(0, 0),), "orx-a"),)))
@example(Layered(Article("no-blocks", "\n text", ()), (Annotation("a0", (Span(0, 3),), "orx-a"),)))
@example(Layered(Article("pre", "\n\nx", (Block("code", 0, 3, 1),)), ()))
def test_the_copy_gives_back_the_text_and_every_annotation(case: Layered) -> None:
    html = case.html()
    assert "\n" not in html
    assert "{" not in html
    element = read_back(html)
    assert "".join(element.itertext()) == case.article.text
    for annotation in case.annotations:
        assert words_of(element, annotation.id) == covered(case.article.text, annotation)


@settings(max_examples=150, deadline=None)
@given(layered())
def test_every_annotation_with_words_has_one_address_and_no_link_stands_in_a_link(case: Layered) -> None:
    element = read_back(case.html())
    ids = [one.get("id") for one in element.iter() if one.get("id")]
    wanted = [one.id for one in case.annotations if any(len(span) for span in one.spans)]
    assert sorted(one for one in ids if one and one.startswith("a")) == sorted(wanted)
    assert len(ids) == len(set(ids))
    assert not [inner for link in element.iter("a") for inner in link.iter("a") if inner is not link]
    assert all(not (one.get("href") or "").startswith("javascript") for one in element.iter())
    assert not list(element.iter("script")) and not list(element.iter("img"))


def test_a_fictional_article_keeps_its_structure_around_the_pieces() -> None:
    article = fictional_report().article
    element = read_back(Layered(article, ()).html())
    assert "".join(element.itertext()) == article.text
    tags = {one.tag for one in element.iter()}
    assert {"h2", "p", "blockquote", "ol", "li", "table", "tr", "th", "td", "pre", "hr", "em", "strong", "br", "a"} <= tags
    assert [one.get("start") for one in element.iter("ol")] == ["3"]
    hrefs = [one.get("href") for one in element.iter("a")]
    assert hrefs == ["https://union.example/?a=1&b=2", "https://pictures.example/quay.jpg"]


def test_the_shortest_of_nested_mentions_leads_and_the_articles_own_link_goes_before_both() -> None:
    text = "the Pentagon spokesman said"
    leaf = Block("paragraph", 0, len(text), 1, marks=(Mark(23, 27, "link", "https://a.example"),))
    long, short = (
        Annotation("long", (Span(0, 27),), "", link=Link("actors/long")),
        Annotation("short", (Span(4, 12),), "", link=Link("actors/short")),
    )
    element = read_back(Layered(Article("a", text, (leaf,)), (long, short)).html())
    led = [("".join(one.itertext()), one.get("href")) for one in element.iter("a")]
    assert led == [
        ("the ", "actors/long.html"),
        ("Pentagon", "actors/short.html"),
        (" spokesman ", "actors/long.html"),
        ("said", "https://a.example"),
    ]


def test_headings_never_skip_a_level() -> None:
    levels = (2, 4, 4, 1, 6)
    blocks = tuple(Block("heading", at, at + 1, 1, level) for at, level in enumerate(levels))
    shown = annotate(Article("a", "abcde", blocks), ()).blocks
    assert [one.level for one in shown] == [2, 3, 3, 2, 3]
    assert all(one.block.kind in LEAVES for one in shown)


def test_a_note_on_a_word_stands_right_behind_it_and_that_of_a_quote_behind_the_quote() -> None:
    text = "He said it was over."
    quote = Annotation("q1", (Span(8, 19),), "orx-quote", around=True, note="1")
    word = Annotation("u0", (Span(0, 2),), "orx-undecided", note="2")
    html = Layered(Article("a", text, (Block("paragraph", 0, len(text), 1),)), (quote, word)).html()
    assert [one.get("data-n") for one in read_back(html).iter("a")] == ["2", "1"]
    assert html.index('data-n="2"') < html.index(" said ") < html.index("over") < html.index('data-n="1"')
