"""The page of what two readings differ in: every quote in its words, and nothing that a browser would run or fetch."""

from __future__ import annotations

import re
from dataclasses import replace

import html5lib
import pytest

from onrecord.corpus.differences import find_differences
from onrecord.model import Actor, Mention, Meta, Quote, Report, Span, Speaker
from onrecord.render.differences import differences_html
from tests.support.growth import grows_in_proportion
from tests.support.reports import article, report

TEXT = "Ann Lee said the quay is “unsafe” now. “Close it,” she said, “today.”"
ANN, BO = Actor("ann", "Ann Lee", "person", (Mention(0, 7, "named"),)), Actor("bo", "Bo <b>Lind</b>", "person", (Mention(0, 7, "named"),))
MIXED = Quote("q1", "mixed", (Span(13, 37),), Speaker("ann", Span(0, 7)), "made", "high", quoted_parts=(Span(26, 32),))
SPLIT = Quote("q2", "direct", (Span(39, 50), Span(61, 69)), Speaker("bo"), "made", "high", quoted_parts=(Span(40, 49), Span(62, 68)))


def reading(*quotes: Quote, text: str = TEXT, id: str = "quay", title: str = "The quay", mode: str = "full") -> Report:
    meta = Meta(title=title, text=mode)  # type: ignore[arg-type]
    return replace(report(ANN, BO), article=replace(article(id, text), meta=meta), quotes=quotes)


def page(old: Report, new: Report) -> str:
    return differences_html(find_differences([old], [new]), old="before", new="after")


def words(html: str) -> str:
    body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


def marked(html: str) -> list[str]:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return ["".join(one.itertext()).strip() for one in tree.iter("mark")]


def test_what_is_gained_stands_in_its_words() -> None:
    html = page(reading(), reading(MIXED, SPLIT))
    assert "Gained the quay is “unsafe” now Ann Lee · partly quoted “Close it,” … “today.” Bo <b>Lind</b> · direct" in words(html)
    assert "Speakers gained: Ann Lee; Bo <b>Lind</b>" in words(html) and "Lost" not in words(html)
    assert re.findall(r'class="quoted">([^<]*)<', html) == ["“unsafe”", "“Close it,”", "“today.”"]


def test_what_is_changed_is_marked_in_both_readings() -> None:
    other = replace(MIXED, kind="indirect", quoted_parts=(), speaker=Speaker("bo"), negated=True)
    html = page(reading(MIXED), reading(other))
    before, after = words(html).partition("Before")[2].split("After")
    assert "the quay is “unsafe” now Ann Lee · partly quoted" in before
    assert "the quay is “unsafe” now Bo <b>Lind</b> · reported · denied" in after
    assert marked(html)[:3] == ["“unsafe”", "Ann Lee", "partly quoted"] and marked(html)[-3:] == ["Bo <b>Lind</b>", "reported", "denied"]


def test_words_that_are_the_same_are_not_marked() -> None:
    text = TEXT.replace("unsafe", "quite unsafe")
    longer = replace(MIXED, content=(Span(13, 43),), quoted_parts=(Span(26, 38),))
    assert marked(page(reading(MIXED), reading(longer, text=text))) == ["“quite"]


def test_an_article_that_comes_or_goes_has_its_quotes_told() -> None:
    found = find_differences([reading(MIXED, id="old", title="Old"), reading(id="still")], [reading(SPLIT, id="new", title="New")])
    told = words(differences_html(found, old="a", new="b"))
    assert re.search("New A new article. ?Gained “Close it,” … “today.”", told)
    assert re.search("Old This article is gone. ?Lost the quay is “unsafe” now", told)
    assert "Articles that are gone, in which nobody was heard: still" in told


def test_of_a_text_that_may_not_be_shown_there_are_no_words() -> None:
    html = page(reading(mode="none"), reading(MIXED, mode="none"))
    assert "Ann Lee" in html and "unsafe" not in words(html) and "quay is" not in html


@pytest.mark.parametrize(
    "payload", ["</span><script>alert(1)</script>", '" onload="alert(1)', "{{ 7 * 7 }}{% raw %}", "</style><img src=x>"]
)
def test_words_of_articles_are_never_markup(payload: str) -> None:
    text = f"Ann Lee said {payload} now."
    quote = Quote("q1", "indirect", (Span(13, 13 + len(payload)),), Speaker("ann"), "made", "high")
    html = differences_html(find_differences([reading(id="a")], [reading(quote, text=text, title=payload)]), old=payload, new=payload)
    names = {one.tag for one in html5lib.parse(html, namespaceHTMLElements=False).iter() if isinstance(one.tag, str)}
    assert " ".join(payload.split()) in words(html) and not names & {"script", "img", "iframe", "a"}
    plain = page(reading(), reading(MIXED))
    assert not re.search(r"<script|https?:|@import|url\(| on\w+=", plain)


@pytest.mark.slow
def test_its_cost_grows_in_proportion() -> None:
    def build(times: int) -> None:
        text = "Ann Lee said " + "the quay is open " * times
        long = [reading(Quote("q1", "indirect", (Span(13, len(text) - cut),), Speaker("ann"), "made", "high"), text=text) for cut in (1, 6)]
        page(*long)

    assert grows_in_proportion(build, 3_000)
