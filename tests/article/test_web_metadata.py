"""What a page states about its article, wherever it states it; and what it states in two ways."""

from __future__ import annotations

import json
from datetime import date

import pytest
from lxml.html import document_fromstring

from onrecord.article.markup import articles_of, parse_things
from onrecord.article.publication import parse_written_date
from onrecord.article.web_metadata import WebPage
from onrecord.model import Meta

NOW = date(2026, 5, 2)
WORDS = "<p>The harbour bridge will close next spring, the council decided, after a survey found cracks in two of its piers.</p>"


def page(head: str = "", top: str = "<h1>Bridge to close</h1>", bottom: str = "") -> WebPage:
    return WebPage(document_fromstring(f"<html><head>{head}</head><body><article>{top}{WORDS}{bottom}</article></body></html>"))


def meta(head: str = "", top: str = "<h1>Bridge to close</h1>", bottom: str = "") -> Meta:
    return page(head, top, bottom).meta(NOW)


def linked(**data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **data})}</script>'


# --- when ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "parsed"),
    [
        ("2026-03-12", "2026-03-12"),
        ("2026-03-12T16:07:38.000Z", "2026-03-12T16:07:38+00:00"),
        ("2026-03-12 5:19:00 -0600", "2026-03-12T05:19:00-06:00"),
        ("Thu, 12 Mar 2026 16:07:38 GMT", "2026-03-12T16:07:38+00:00"),
        ("Thu Mar 12 2026 08:00:58 GMT+0200 (CEST)", "2026-03-12T08:00:58+02:00"),
        ("March 12, 2026", "2026-03-12"),
        ("Published: 12th March 2026 at 4:07 pm EST", "2026-03-12T16:07:00-05:00"),
        ("01:38:07 PM IST Mar 12, 2026", "2026-03-12T13:38:07"),
        ("2026/03/05", "2026-03-05"),
        ("25/03/2026", "2026-03-25"),
        ("05/03/2026", ""),
        ("March 2026", ""),
        ("12 March", ""),
        ("2026", ""),
        ("tomorrow", ""),
        ("1773331200", ""),
        ("12 March 2026, and a great deal more that is no date at all, of which nobody knows", ""),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00"),
    ],
)
def test_dates_as_pages_write_them(written: str, parsed: str) -> None:
    assert parse_written_date(written) == parsed


@pytest.mark.parametrize(
    "head",
    [
        linked(datePublished="Thu, 12 Mar 2026 16:07:38 -0600"),
        '<meta property="article:published_time" content="March 12, 2026">',
        '<meta name="parsely-pub-date" content="2026-03-12">',
        '<meta name="sailthru.date" content="2026-03-12 10:00:00">',
        '<meta name="DC.date.issued" content="2026-03-12">',
        '<meta itemprop="datePublished" content="2026-03-12">',
        '<meta name="pubdate" content="20260312">',
        '<meta name="parsely-page" content="{&quot;@type&quot;: &quot;Article&quot;, &quot;pub_date&quot;: &quot;2026-03-12&quot;}">',
    ],
)
def test_a_date_under_any_of_its_names(head: str) -> None:
    assert meta(head).date[:10] == "2026-03-12"


@pytest.mark.parametrize(
    "top",
    [
        "<time datetime=2026-03-12 pubdate>12 March</time>",
        "<span itemprop=datePublished content=2026-03-12>last Thursday</span>",
        "<p><time class='entry-date published' datetime=2026-03-12T10:00>Thursday</time></p>",
        "<div class=publish-date>March 12, 2026</div>",
        "<time>12 March 2026</time>",
    ],
)
def test_a_date_in_the_page_alone(top: str) -> None:
    assert meta(top=f"<h1>Bridge to close</h1>{top}").date[:10] == "2026-03-12"


@pytest.mark.parametrize(
    "bottom",
    [
        "<p>The bridge was opened on 2 May 1911.</p>",
        "<aside><time datetime=2026-01-01>New year</time></aside>",
        "<div class=related-stories><time datetime=2026-01-01>New year</time></div>",
        "<time datetime=2026-01-01>1</time><time datetime=2026-01-02>2</time>",
        "<time class=updated datetime=2026-01-01>Updated</time>",
    ],
)
def test_no_date_is_guessed(bottom: str) -> None:
    assert meta(bottom=bottom).date == ""


def test_a_time_is_more_specific_than_its_day() -> None:
    head = linked(datePublished="March 12, 2026") + '<meta property="article:published_time" content="2026-03-12T16:07:38+00:00">'
    assert meta(head).date == "2026-03-12T16:07:38+00:00"
    assert page(head).notices(NOW) == ()


def test_two_days_of_publication_are_said() -> None:
    head = linked(datePublished="2026-03-12") + '<meta property="article:published_time" content="2026-01-02">'
    (notice,) = page(head).notices(NOW)
    assert (meta(head).date, notice.code) == ("2026-03-12", "two-dates")
    assert "2026-03-12" in notice.message and "2026-01-02" in notice.message


def test_one_moment_in_two_time_zones_is_one() -> None:
    head = linked(datePublished="2026-03-12T02:00:00Z") + '<meta property="article:published_time" content="2026-03-11T20:00:00-06:00">'
    assert page(head).notices(NOW) == ()


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        linked(author={"@type": "Person", "name": "Ann Ample"}),
        linked(author=["By Ann Ample"]),
        linked(creator="Ann Ample"),
        linked(author={"name": "Ann Ample | The Gazette"}),
        linked(author={"name": "https://e.example/ann"}) + '<meta name=author content="Ann Ample">',
        linked(author={"name": "The Gazette"}, publisher={"name": "The Gazette"}) + '<meta name=author content="Ann Ample">',
        linked(author={"name": "ann-a"}) + '<meta name=author content="Ann Ample">',
        '<meta name="author" content="By Ann Ample">',
        '<meta name="byl" content="By Ann Ample">',
        '<meta name="sailthru.author" content="Ann Ample">',
        '<meta name="author" content="admin"><meta name="parsely-author" content="Ann Ample">',
        '<meta property="article:author" content="https://e.example/ann"><meta name="dc.creator" content="Ann Ample">',
    ],
)
def test_a_byline_under_any_of_its_names(head: str) -> None:
    assert meta(head).byline == "Ann Ample"


def test_authors_by_their_ids() -> None:
    graph = [
        {"@type": "WebPage", "@id": "#page", "author": [{"@id": "#1"}, {"@id": "#2"}]},
        {"@type": "Person", "@id": "#1", "name": "Ann Ample"},
        {"@type": "Person", "@id": "#2", "name": "Bo Berg"},
    ]
    assert meta(f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>').byline == "Ann Ample, Bo Berg"


@pytest.mark.parametrize(
    "top",
    [
        "<p class=byline>By <a rel=author href=/ann>Ann Ample</a></p>",
        "<div class=byline>By Ann Ample</div>",
        "<div class=meta><span itemprop=author>Ann Ample</span></div>",
        "<div class='post-byline'><em>By</em> <span class=author-name>Ann Ample</span> on <time>12 March 2026</time></div>",
        "<span class='author vcard'>Ann Ample</span>",
    ],
)
def test_a_byline_in_the_page_alone(top: str) -> None:
    assert meta(top=f"<h1>Bridge to close</h1>{top}").byline == "Ann Ample"


@pytest.mark.parametrize(
    "bottom",
    [
        "<div class=comments><span class='comment-author author'>Cy Cole</span></div>",
        "<aside><p class=byline>By Cy Cole</p></aside>",
        "<div class=related><span class=author>Cy Cole</span></div>",
        "<p class=author>View author archive</p>",
        "<p>By Cy Cole</p>",
    ],
)
def test_no_byline_is_guessed(bottom: str) -> None:
    assert meta(bottom=bottom).byline == ""


def test_two_authors_that_share_no_name_are_said() -> None:
    head = linked(author={"name": "Ann Ample"}) + '<meta name=author content="Bo Berg">'
    (notice,) = page(head).notices(NOW)
    assert (meta(head).byline, notice.code) == ("Ann Ample", "two-bylines")


def test_one_author_in_two_forms_is_one() -> None:
    assert page(linked(author={"name": "Ann Ample"}) + '<meta name=author content="A. Ample, The Gazette">').notices(NOW) == ()


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (linked(publisher={"name": "The Gazette"}), "The Gazette"),
        (linked(publisher={"name": "Hosted"}) + '<meta property="og:site_name" content="The Gazette">', "The Gazette"),
        ('<meta property="og:site_name" content="@gazette">', ""),
        (linked(publisher={"name": "Blogger"}), ""),
    ],
)
def test_outlets(head: str, outlet: str) -> None:
    assert meta(head).outlet == outlet


# --- title ---------------------------------------------------------------------------------------------------------

SITE = '<meta property="og:site_name" content="The Gazette">'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (linked(headline="Mayor: &#8216;Nobody&nbsp;wanted this&#8217;"), "Mayor: ‘Nobody wanted this’"),
        (f"{SITE}<title>Ferries stop | The Gazette</title>", "Bridge to close"),
        (f'{SITE}<meta property="og:title" content="Ferries stop | The Gazette">', "Ferries stop"),
        (f'{SITE}<meta property="og:title" content="Ferries stop - News - The Gazette">', "Ferries stop - News"),
        ('<meta property="og:title" content="Bridge to close – Latest news">', "Bridge to close"),
        (
            '<link rel=canonical href="https://www.gazette.example/b"><meta property="og:title" content="Ferries stop - Gazette">',
            "Ferries stop",
        ),
        ('<meta property="og:title" content="Ferries stop – and start again">', "Ferries stop – and start again"),
        (f'{SITE}<meta property="og:title" content="The Gazette">', "The Gazette"),
        (
            f'{SITE}<meta property="og:title" content="Ferries stop: The Gazette was right all along">',
            "Ferries stop: The Gazette was right all along",
        ),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert meta(head).title == title


# --- JSON-LD -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "description": "Two\nlines", "headline": "Vote"}',
        '{"@type": "NewsArticle", "headline": "Vote",}',
        '/* ours */ {"@type": "NewsArticle", // a comment\n "headline": "Vote"}',
        '<!-- {"@type": "NewsArticle", "headline": "Vote"} -->',
        '[{"@type": "WebSite"}, {"@graph": [{"@type": ["Thing", "NewsArticle"], "headline": "Vote"}]}]',
        '{"@type": "WebPage", "mainEntity": {"@type": "https://schema.org/NewsArticle", "headline": "Vote"}}',
    ],
)
def test_linked_data_with_common_faults_is_read(script: str) -> None:
    assert next(thing["headline"] for thing in articles_of(parse_things([script])) if "headline" in thing) == "Vote"


def test_a_slash_in_a_text_is_no_comment() -> None:
    (thing,) = parse_things(['{"@type": "Article", "url": "https://e.example/a,]", "headline": "V",}'])
    assert thing["url"] == "https://e.example/a,]"


def test_the_article_of_the_page_comes_before_others() -> None:
    other = {"@type": "NewsArticle", "headline": "Other", "url": "https://e.example/other"}
    own = {"@type": "NewsArticle", "headline": "Own", "mainEntityOfPage": {"@id": "https://e.example/own"}}
    script = f'<script type="application/ld+json">{json.dumps([other, own])}</script>'
    assert meta(f'{script}<link rel=canonical href="https://e.example/own">').title == "Own"


def test_articles_within_a_list_are_others() -> None:
    data = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Other"}]}
    assert articles_of(parse_things([json.dumps(data)])) == ()
