"""The annotated article for a notebook: the article's words, each quote with its note, and nothing that a browser would run or fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.labels.passages import annotated_stretches, quote_notes
from onrecord.model import Actor, Block, Mention, Meta, Notice, Quote, Report, Span, Speaker
from onrecord.render.notebook import notebook_html
from tests.support.growth import grows_in_proportion
from tests.support.reports import article, full_report, report

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p></div><iframe src=https://a.example></iframe>",
    '" style="background: url(https://a.example)" onmouseover="alert(1)',
    "&lt;script&gt;{{ 7 * 7 }}{% raw %}",
    "<style>@import 'https://a.example';</style><a href=javascript:alert(1)>x</a>",
    "\x00\u202e<svg/onload=alert(1)>",
)
TEXT = "Ann Lee said the quay is “unsafe” now. “Close it,” she said, “today.”"


def elements(html: str) -> Iterator[Element]:
    """Every element of a piece of HTML, as a browser would read it."""
    yield from html5lib.parseFragment(html, namespaceHTMLElements=False).iter()


def words(html: str) -> str:
    """The text of a piece of HTML without the numbers and names behind quotes."""
    tree = html5lib.parseFragment(re.sub(r"<sup[^>]*>\d+ [^<]*</sup>", "", html), namespaceHTMLElements=False)
    return " ".join("".join(tree.itertext()).split())


def written(text: str = TEXT) -> Report:
    """Ann Lee with a partly quoted statement, and one that its cue splits."""
    block = Block("paragraph", 0, len(text), 1)
    mixed = Quote("q1", "mixed", (Span(13, 37),), Speaker("ann", Span(0, 7)), "made", "high", quoted_parts=(Span(26, 32),))
    split = Quote("q2", "direct", (Span(39, 50), Span(61, 69)), Speaker(), "made", "low", quoted_parts=(Span(40, 49), Span(62, 68)))
    ann = Actor("ann", "Ann Lee", "person", (Mention(0, 7, "named"),))
    return replace(report(ann), article=replace(article("quay", text), blocks=(block,), meta=Meta()), quotes=(mixed, split))


def test_it_has_every_word_and_a_note_for_each_quote() -> None:
    html = notebook_html(written())
    assert TEXT in words(html)
    assert "Ann Lee · Partly quoted · high confidence" in words(html)
    assert "unknown speaker · Direct quote · low confidence: needs a human eye" in words(html)
    assert re.findall(r"<sup[^>]*>([^<]*)</sup>", html) == ["1 Ann Lee", "2 unknown speaker"]
    assert "1 quote without a known speaker" in words(html)


def test_what_is_denied_or_supposed_says_so_behind_its_words() -> None:
    made = written()
    denied, supposed = replace(made.quotes[0], negated=True), replace(made.quotes[1], conditional=True)
    html = notebook_html(replace(made, quotes=(denied, supposed)))
    assert re.findall(r"<sup[^>]*>([^<]*)</sup>", html) == ["1 Ann Lee, denied", "2 unknown speaker, only supposed"]


def test_only_very_words_look_like_a_quotation() -> None:
    passages = [one for stretch in annotated_stretches(written()) for one in stretch.passages]
    assert [one.text for one in passages if one.quoted] == ["unsafe", "Close it,", "today."]
    marked = [one for one in elements(notebook_html(written())) if "background" in one.attrib.get("style", "")]
    assert [one.text for one in marked] == ["unsafe", "Close it,", "today."]


def test_a_note_stands_behind_the_last_word_of_its_quote() -> None:
    (stretch,) = annotated_stretches(written())
    assert [(one.text, [quote.id for quote in one.ending]) for one in stretch.passages if one.ending] == [("” now", ["q1"]), ("”", ["q2"])]
    assert "".join(one.text for one in stretch.passages) == TEXT


def test_quotes_may_lie_in_one_another() -> None:
    made = written()
    inner = replace(made.quotes[0], id="q3", content=(Span(17, 32),), quoted_parts=())
    (stretch,) = annotated_stretches(replace(made, quotes=(*made.quotes, inner)))
    over = {one.text: [quote.id for quote in one.quotes] for one in stretch.passages}
    assert over["the "] == ["q1"] and over["quay is “"] == ["q1", "q3"] and over["unsafe"] == ["q1", "q3"] and over["” now"] == ["q1"]
    assert [note.number for note in quote_notes(replace(made, quotes=(*made.quotes, inner)))] == [1, 2, 3]


SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(lambda pair: Span(pair[0], min(len(TEXT), sum(pair))))


@given(st.lists(st.tuples(st.lists(SPANS, min_size=1, max_size=3), st.lists(SPANS, max_size=2)), max_size=6))
def test_the_passages_are_the_text_however_quotes_overlap(found: list[tuple[list[Span], list[Span]]]) -> None:
    quotes = tuple(
        Quote(f"q{n}", "mixed", tuple(content), Speaker("ann"), "made", "high", quoted_parts=tuple(parts))
        for n, (content, parts) in enumerate(found)
    )
    (stretch,) = annotated_stretches(replace(written(), quotes=quotes))
    assert "".join(one.text for one in stretch.passages) == TEXT
    at = 0
    for one in stretch.passages:
        middle = Span(at, at + 1)
        assert {quote.id for quote in one.quotes} == {quote.id for quote in quotes if any(span.contains(middle) for span in quote.content)}
        assert one.quoted == any(span.contains(middle) for quote in quotes for span in quote.quoted_parts)
        at += len(one.text)
    assert sorted(quote.id for one in stretch.passages for quote in one.ending) == sorted(quote.id for quote in quotes)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_word_of_an_article_becomes_markup(payload: str) -> None:
    text = f"Ann Lee said that {payload} is here. More {payload}."
    said = Quote("q1", "indirect", (Span(13, 18 + len(payload)),), Speaker("ann"), "made", "high")
    ann = Actor("ann", payload, "person", (Mention(0, 7, "named"),))
    made = replace(report(ann), article=replace(article("quay", text), meta=Meta(payload, payload, payload)), quotes=(said,))
    made = replace(made, notices=(Notice("odd", payload),))
    html = notebook_html(made)
    assert {one.tag for one in elements(html)} <= {"DOCUMENT_FRAGMENT", "div", "p", "strong", "em", "span", "sup", "ol", "ul", "li"}
    assert {name for one in elements(html) for name in one.attrib} <= {"style", "class", "value"}
    assert not [one for one in elements(html) if "url" in one.attrib.get("style", "")]


def test_it_shows_no_more_than_the_article_allows() -> None:
    made = written()
    hidden = replace(made, article=replace(made.article, meta=Meta("The quay", text="none")))
    html = notebook_html(hidden)
    assert not {"unsafe", "Close", "today"} & set(re.findall(r"\w+", words(html)))
    assert "Ann Lee" in words(html), "who is heard stays, as on pages"


def test_a_report_with_everything_is_shown() -> None:
    assert "a mark never closes" in words(notebook_html(full_report()))


@pytest.mark.slow
def test_its_cost_grows_in_proportion() -> None:
    made = written()

    def show(times: int) -> None:
        long = TEXT * times
        at = len(TEXT)
        blocks = tuple(Block("paragraph", at * n, at * (n + 1), 1) for n in range(times))
        quotes = tuple(
            replace(
                one,
                id=f"{one.id}-{n}",
                content=tuple(span.shift(at * n) for span in one.content),
                quoted_parts=tuple(span.shift(at * n) for span in one.quoted_parts),
            )
            for n in range(times)
            for one in made.quotes
        )
        notebook_html(replace(made, article=replace(made.article, text=long, blocks=blocks), quotes=quotes))

    assert grows_in_proportion(show, 200)
