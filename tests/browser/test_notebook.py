"""The annotated article of a notebook in a real browser: all of it is seen, nothing runs, and nothing is fetched."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hostile import TITLE, WORDS
from playwright.sync_api import Browser, Dialog

from onrecord.article import parse_article
from onrecord.article.read import RawArticle
from onrecord.model import Meta, Quote, Span, Speaker
from onrecord.render.notebook import notebook_html
from tests.support.reports import person, report

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_seen_and_does_nothing(browser: Browser, dark: bool) -> None:
    article = parse_article(RawArticle("hostile", "hostile.txt", "txt", WORDS, Meta(title=TITLE, byline=TITLE)))
    said = Quote("q1", "direct", (Span(0, 40),), Speaker("p"), "made", "high", quoted_parts=(Span(1, 39),))
    html = notebook_html(replace(report(person(TITLE)), article=article, quotes=(said,)))
    page = browser.new_page(color_scheme="dark" if dark else "light")
    asked: list[str] = []
    told: list[str] = []

    def tell(dialog: Dialog) -> None:
        told.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", tell)
    page.set_content(f"<body>{html}</body>")
    page.wait_for_timeout(300)
    assert (asked, told) == ([], [])
    assert page.evaluate("document.querySelectorAll('script, iframe, img, link, style, form, a').length") == 0
    page.evaluate("document.querySelectorAll('sup').forEach(number => number.remove())")
    assert " ".join(WORDS.split()) in " ".join(page.inner_text("body").split())
    quoted = page.evaluate("getComputedStyle(document.querySelector('[style*=background]')).backgroundColor")
    assert quoted == "rgb(255, 243, 191)"
    page.close()
