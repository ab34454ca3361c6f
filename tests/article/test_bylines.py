"""Who wrote an article, in the many ways in which pages print it."""

from __future__ import annotations

import pytest

from onrecord.article.bylines import credited, is_agency
from tests.article.test_web_metadata import linked, meta, page

TITLE = "<h1>Bridge to close</h1>"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("by ANN LEE and TOM LAKE", "ANN LEE and TOM LAKE"),
        ("By Ann Lee in Paris", "Ann Lee"),
        ("Ann Lee in Paris and Tom Lake in New York", "Ann Lee and Tom Lake"),
        ("Ann Lee in Washington, D.C.", "Ann Lee"),
        ("Ann Lee, Harbour correspondent", "Ann Lee"),
        ("Ann Lee, Tom Lake, Senior Reporters", "Ann Lee, Tom Lake"),
        ("Ann Lee, Chief Political Correspondent, and Tom Lake", "Ann Lee, Tom Lake"),
        ("Ann Lee Senior Staff Writer", "Ann Lee"),
        ("Ann Lee for The Gazette", "Ann Lee"),
        ("Ann Lee, Special to The Gazette", "Ann Lee"),
        ("Ann Lee; Tom Lake", "Ann Lee, Tom Lake"),
        ("Ann Lee, Ann Lee", "Ann Lee"),
        ("Ann Lee, Associated Press", "Ann Lee, Associated Press"),
        ("Staff Reporter", "Staff Reporter"),
        ("Gazette staff", "Gazette staff"),
        ("Associated Press", "Associated Press"),
        ("Submitted by Ann Lee", "Ann Lee"),
        ("Will Writer", "Will Writer"),
        ("Ann van der Lee", "Ann van der Lee"),
        ("admin", ""),
        ("@annlee", ""),
        ("https://gazette.example/ann", ""),
    ],
)
def test_names_are_read_without_what_goes_with_them(written: str, names: str) -> None:
    assert credited(written) == names


@pytest.mark.parametrize(
    ("top", "byline"),
    [
        ('<address>By <a href="/author/ann-lee">Ann Lee</a></address>', "Ann Lee"),
        ("<address>Quay House, Northfield</address>", ""),
        ('<p>By <a href="/staff/ann-lee/">Ann Lee</a>, <a href="/staff/tom-lake/">Tom Lake</a> on Monday</p>', "Ann Lee, Tom Lake"),
        ('<p>Researched by: <a href="/staff/ann-lee/">Ann Lee</a></p>', ""),
        ('<p>By <a href="/staff/ann/">Ann Lee</a></p><p>By <a href="/staff/tom/">Tom Lake</a></p>', ""),
        ('<p><a href="/authors/">Authors</a></p>', ""),
        (
            '<div itemprop="author" itemscope><span itemprop="name">Ann Lee</span><span itemprop="jobTitle">at sea since 2001</span></div>',
            "Ann Lee",
        ),
        ('<div class="author"><div class="vcard"><span class="fn">Ann Lee</span> writes of bridges, boats and fish</div></div>', "Ann Lee"),
        (
            '<div><span class="author">Ann Lee</span><span class="author">Tom Lake</span><span class="author">Ann Lee</span></div>',
            "Ann Lee, Tom Lake",
        ),
        ('<div><span class="author">Ann Lee</span><span class="author">About Ann Lee</span></div>', "Ann Lee"),
    ],
)
def test_bylines_in_the_page_itself(top: str, byline: str) -> None:
    assert meta("", TITLE + top).byline == byline


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Ann Lee, Tom Lake", "Ann Lee, Tom Lake"),
        ([{"name": "Ann Lee"}, {"name": "Tom Lake"}, {"name": "Ann Lee"}], "Ann Lee, Tom Lake"),
        ({"name": ["Ann Lee", "Tom Lake"]}, "Ann Lee, Tom Lake"),
        ([{"name": "Ann Lee, Staff Writer"}], "Ann Lee"),
    ],
)
def test_authors_in_linked_data(author: object, byline: str) -> None:
    assert meta(linked(author=author)).byline == byline


def test_an_author_is_found_by_its_id_wherever_it_stands() -> None:
    elsewhere = '<script type="application/ld+json">{"@type":"BreadcrumbList","about":[{"x":{"@id":"#ann","name":"Ann Lee"}}]}</script>'
    assert meta(linked(author={"@id": "#ann"}) + elsewhere).byline == "Ann Lee"


def test_what_is_printed_counts_before_what_the_system_states() -> None:
    """Who put a page into the system need not be who wrote it."""
    found = page('<meta name="author" content="Kim Deskman">', f'{TITLE}<span class="byline">By Ann Lee</span>')
    assert found._byline == ("Ann Lee", "Kim Deskman")
    assert page('<meta name="author" content="Kim Deskman">', f'{TITLE}<span class="author">Ann Lee</span>')._byline[0] == "Kim Deskman"


GAZETTE = '<link rel="canonical" href="https://gazette.example/x"><meta property="og:site_name" content="The Gazette">'


@pytest.mark.parametrize(
    ("head", "outlet", "byline"),
    [
        (GAZETTE + linked(publisher={"name": "Associated Press"}, author={"name": "ANN LEE, AP Auto Writer"}), "The Gazette", "ANN LEE"),
        (GAZETTE + linked(publisher={"name": "Reuters"}), "The Gazette", "Reuters"),
        (GAZETTE + linked(publisher={"name": "The Gazette"}, provider={"name": "PA Media"}), "The Gazette", "PA Media"),
        (
            GAZETTE + linked(publisher={"name": "The Gazette"}, author={"name": "The Associated Press"}),
            "The Gazette",
            "The Associated Press",
        ),
        ('<link rel="canonical" href="https://gazette.example/x">' + linked(publisher={"name": "Reuters"}), "", "Reuters"),
        (
            '<link rel="canonical" href="https://www.reuters.com/x">' + linked(publisher={"name": "Reuters"}, author={"name": "Ann Lee"}),
            "Reuters",
            "Ann Lee",
        ),
        ('<link rel="canonical" href="https://apnews.com/x">' + linked(publisher={"name": "Associated Press"}), "Associated Press", ""),
        (linked(publisher={"name": "Reuters"}), "Reuters", ""),
        (GAZETTE + linked(publisher={"name": "Northfield Press"}), "Northfield Press", ""),
    ],
)
def test_an_agency_writes_what_another_publishes(head: str, outlet: str, byline: str) -> None:
    found = meta(head)
    assert (found.outlet, found.byline) == (outlet, byline)


def test_agencies_are_known_with_their_article_and_no_paper_is_one() -> None:
    assert is_agency("The Canadian Press") and is_agency("afp")
    assert not is_agency("The Free Press") and not is_agency("Northfield Press Association Weekly")
