"""Feeds that were saved as files: an article for each entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.article import RawArticle
from onrecord.errors import ArticleError
from onrecord.reports.entries import find_entries

pytest.importorskip("feedparser")

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Gazette</title>
<item><title>Bridge &amp;amp; ferries</title><link>https://gazette.example/bridge</link><dc:creator>Ann Ample</dc:creator>
<pubDate>Thu, 12 Mar 2026 16:07:38 -0600</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Tomas Reed said &lt;b&gt;.</p><script>alert(1)</script><div>More <i>words</i>.</div>
]]></content:encoded></item>
<item><title>Bridge &amp;amp; ferries</title><link>javascript:alert(1)</link><description>Other words.</description></item>
<item><title>Nothing</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title><entry><title>Vote</title><author><name>Bo Berg</name></author>
<updated>2026-03-12T10:00:00Z</updated><link href="https://post.example/vote"/><summary>The council voted.</summary></entry></feed>"""


def raw_articles(path: Path) -> list[RawArticle | str]:
    found: list[RawArticle | str] = []
    for entry in find_entries([path]):
        try:
            found.append(entry.raw())
        except ArticleError as error:
            found.append(str(error))
    return found


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["feed.rss", "feed.xml"])
def test_each_entry_is_an_article(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, RSS)
    first, second, third = raw_articles(path)
    assert isinstance(first, RawArticle) and isinstance(second, RawArticle)
    assert (first.text, first.format) == ("Tomas Reed said <b>.\n\nMore words.\n", "txt")
    meta = first.meta
    assert (meta.title, meta.byline, meta.outlet) == ("Bridge & ferries", "Ann Ample", "The Gazette")
    assert (meta.date, meta.url) == ("2026-03-12T22:07:38+00:00", "https://gazette.example/bridge")
    assert (second.id, second.text, second.meta.url) == ("bridge-ferries-entry-2", "Other words.\n", "")
    assert third == f"{path}:3: the entry has no words; fetch its page, and read that"


def test_atom_is_read_too(tmp_path: Path) -> None:
    (found,) = raw_articles(write(tmp_path / "a.atom", ATOM))
    assert isinstance(found, RawArticle)
    assert (found.text, found.meta.byline, found.meta.date) == ("The council voted.\n", "Bo Berg", "2026-03-12T10:00:00+00:00")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<a/>", "is no feed (RSS, Atom); name a file of articles"),
        ("words", "is no feed (RSS, Atom); name a file of articles"),
        ("<rss version='2.0'><channel/></rss>", "the feed has no entries; save it anew when it has some, or name its pages"),
    ],
)
def test_what_is_no_feed_is_told_in_a_line(tmp_path: Path, text: str, why: str) -> None:
    path = write(tmp_path / "a.xml", text)
    assert raw_articles(path) == [f"{path}: {why}"]


def test_a_wish_to_withhold_within_an_entry_refuses_it(tmp_path: Path) -> None:
    (found,) = raw_articles(
        write(tmp_path / "a.atom", ATOM.replace("The council voted.", "&lt;p&gt;text: none&lt;/p&gt;&lt;p&gt;Words.&lt;/p&gt;"))
    )
    assert isinstance(found, str) and "stands where it is not read" in found
