from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from saved_pages import MEASURES, Page, blanks_of, title_of

from onrecord.article import load_article, parse_article
from onrecord.article.read import RawArticle
from onrecord.model import Article, Meta

STORY = Path(__file__).parents[1] / "article" / "pages" / "wordpress.html"


def page(text: str, markup: str, title: str = "Bridge to close", outlet: str = "The Gazette") -> Page:
    article: Article = parse_article(RawArticle("a", "a.txt", "txt", text, Meta(title=title, outlet=outlet)))
    return Page(article, markup.encode(), lxml.html.document_fromstring(markup))


def test_a_page_that_is_read_right_is_right_by_every_measure() -> None:
    markup = STORY.read_bytes()
    whole = Page(load_article(STORY), markup, lxml.html.document_fromstring(markup))
    assert {name: finding and finding.right for name, measure in MEASURES.items() for finding in [measure(whole)]} == dict.fromkeys(
        MEASURES, True
    )


@pytest.mark.parametrize(
    ("text", "right"),
    [("The Harbour Reporter said so.", True), ("TheHarbour Reporter said so.", False), ("The Harbourside said so.", True)],
)
def test_a_word_that_is_two_words_of_the_page_lost_a_blank(text: str, right: bool) -> None:
    found = blanks_of(page(text, "<p><em>The</em> <a>Harbour</a> Reporter said so.</p>"))
    assert found is not None and found.right == right


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("Bridge to close", True),
        ("Bridge &amp; road", False),
        ("Bridge to close | The Gazette", False),
        ("Nobody reads The Gazette", True),
    ],
)
def test_a_title_with_what_is_none_of_it_is_unclean(title: str, right: bool) -> None:
    found = title_of(page("Words.", "<p>Words.</p>", title))
    assert found is not None and found.right == right
