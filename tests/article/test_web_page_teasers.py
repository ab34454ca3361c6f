"""Pages that do not hold the article that they are about: refused where they have no text, and told where they may have a part of it."""

from __future__ import annotations

import json

import pytest

from onrecord.article.web_page import parse_web_page
from onrecord.errors import ArticleError

BEGINNING = "The harbour bridge will close next spring, the council decided, after a survey found cracks in two of its piers."
REST = "Tomas Reed said on Tuesday that the ferries would run until midnight, and that the fares would stay as they are for a year."


def page(inside: str, **stated: object) -> str:
    data = json.dumps({"@type": "NewsArticle", "headline": "Bridge to close", **stated})
    head = f'<script type="application/ld+json">{data}</script>'
    return f"<!doctype html><html><head>{head}</head><body><article>{inside}</article></body></html>"


def codes(html: str) -> list[str]:
    return [notice.code for notice in parse_web_page(html).notices]


@pytest.mark.parametrize(
    "html",
    [
        page(f"<p>{BEGINNING}</p><p>To continue reading this article, please sign in or register.</p>"),
        page(f"<p>{BEGINNING}</p>", isAccessibleForFree=False),
        page(f"<p>{BEGINNING}</p>", isAccessibleForFree="http://schema.org/False"),
    ],
)
def test_a_paywall_is_told(html: str) -> None:
    assert codes(html) == ["teaser"]


def test_a_page_that_states_a_longer_text_is_told() -> None:
    assert codes(page(f"<p>{BEGINNING}</p><p>{REST}</p>", wordCount=900)) == ["part"]
    assert codes(page(f"<p>{BEGINNING}</p><p>{REST}</p>", articleBody=f"{REST} " * 40)) == ["part"]


@pytest.mark.parametrize(
    "html",
    [
        page(f"<p>{BEGINNING}</p><p>{REST}</p>"),
        page(f"<p>{BEGINNING}</p><p>{REST}</p>", isAccessibleForFree=True, wordCount=44),
        page(f"<p>{BEGINNING}</p>" + "".join(f"<p>{n}. {REST}</p>" for n in range(9)), isAccessibleForFree=False),
        page(f"<p>{BEGINNING}</p><p>The minister said that nobody may sign in to continue the strike, or register for one.</p>"),
    ],
)
def test_a_whole_article_is_not_told(html: str) -> None:
    assert codes(html) == []


CONSENT = (
    "<h2>We value your privacy</h2><p>We and our partners store and/or access information on a device, such as cookies, and process"
    " personal data.</p><p>You may accept all, or manage options: your choices apply to this site, as our privacy policy says.</p>"
)


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (CONSENT, "asks for consent"),
        ("<ul>" + "<li>World news</li><li>Local news</li><li>Weather and tides</li>" * 9 + "</ul>", "no (sentence|article)"),
        ("<h1>Bridge to close</h1><p>Read more</p><p>Advertisement</p><p>Sign up for our newsletter</p>", "no (sentence|article)"),
    ],
)
def test_a_page_without_its_article_is_refused(inside: str, why: str) -> None:
    with pytest.raises(ArticleError, match=why) as raised:
        parse_web_page(page(inside), file="a.html")
    assert str(raised.value).startswith("a.html: ") and "\n" not in str(raised.value)


def test_an_article_about_cookies_is_one() -> None:
    said = "Regulators fined the firm for its cookies, which took personal data without consent, a spokesman said on Monday."
    assert said in parse_web_page(page(f"<p>{said}</p><p>{BEGINNING}</p><p>We shall see, he wrote.</p>")).text
