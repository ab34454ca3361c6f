"""Posts of social networks in an article are told from its own words, with who wrote them."""

from __future__ import annotations

import pytest

from onrecord.article import parse_article
from onrecord.article.read import decode_raw
from onrecord.model import Article, Span
from onrecord.text.quotation_marks import find_posts, find_signature
from tests.article.test_web_furniture import FIRST, LAST, SECOND, page

SAID = "The bridge was never safe, and the “mayor” lied to us."
STATUS = "https://twitter.com/danawhit/status/11"
TWEET = (
    f'<blockquote class="twitter-tweet"><p lang="en">{SAID} <a href="https://t.co/4p7">pic.twitter.com/4p7</a></p>'
    f'&mdash; Dana Whit (@danawhit) <a href="{STATUS}">November 18, 2019</a></blockquote>'
)


def read(name: str, text: str) -> Article:
    return parse_article(decode_raw(name, text.encode()))


def posts(article: Article) -> list[tuple[str, str]]:
    """The words of each leaf that is a post, with its furniture."""
    leaves = [leaf for leaf in article.leaves() if leaf.furniture.endswith("post")]
    return [(leaf.span.of(article.text), f"{leaf.furniture} {leaf.boilerplate or ''}".strip()) for leaf in leaves]


@pytest.mark.parametrize(
    ("markup", "words", "signature"),
    [
        (TWEET, f"{SAID} pic.twitter.com/4p7", "— Dana Whit (@danawhit) November 18, 2019"),
        (f'<figure class="wp-block-embed"><div class="embed-wrapper">{TWEET}</div></figure>', f"{SAID} pic.twitter.com/4p7", ""),
        (TWEET.replace("twitter-tweet", "x"), f"{SAID} pic.twitter.com/4p7", ""),
        (
            f'<div class="fb-post"><blockquote class="fb-xfbml-parse-ignore"><p>{SAID}</p>Posted by <a href="https://f.example/x">Harbour'
            ' Crews</a> on&nbsp;<a href="https://f.example/1">Thursday, July 9, 2015</a></blockquote></div>',
            SAID,
            "Posted by Harbour Crews on Thursday, July 9, 2015",
        ),
        (
            f'<blockquote class="bluesky-embed"><p lang="en">{SAID}</p>&mdash; tall glass 🎄 (<a href="https://b.example/p">'
            '@tall.bsky.social</a>) <a href="https://b.example/3">November 3, 2024 at 4:12 PM</a></blockquote>',
            SAID,
            "— tall glass 🎄 (@tall.bsky.social) November 3, 2024 at 4:12 PM",
        ),
        (
            f'<blockquote class="instagram-media"><div><a href="https://i.example/p/1"><div>View this post on Instagram</div></a><p>{SAID}'
            "</p><p>A post shared by Ann Lee (@ann.lee) on <time>Nov 18, 2019 at 1:00pm PST</time></p></div></blockquote>",
            SAID,
            "A post shared by Ann Lee (@ann.lee) on Nov 18, 2019 at 1:00pm PST",
        ),
    ],
)
def test_an_embedded_post_is_set_apart_with_its_signature(markup: str, words: str, signature: str) -> None:
    article = read("a.html", page(markup))
    assert posts(article) == [(words, "embedded post"), (signature or "— Dana Whit (@danawhit) November 18, 2019", "embedded post")]
    assert [one.span.of(article.text) for one in find_posts(article)] == [words]
    prose = [leaf.span.of(article.text) for leaf in article.leaves() if not leaf.furniture]
    assert prose == [FIRST, SECOND, LAST]


def test_the_signature_leads_to_the_post() -> None:
    article = read("a.html", page(TWEET))
    links = [(mark.of(article.text), mark.href) for leaf in article.leaves() for mark in leaf.marks if mark.kind == "link"]
    assert links == [("— Dana Whit (@danawhit) November 18, 2019", STATUS)]


def test_a_post_of_nobody_is_left_out_of_the_analysis() -> None:
    markup = f'<blockquote class="tiktok-embed"><section><a title="@x">@x</a><p>{SAID}</p></section></blockquote>'
    assert (SAID, "unsigned post strict") in posts(read("a.html", page(markup)))


def test_a_block_quote_of_the_article_is_no_post() -> None:
    article = read("a.html", page(f"<p>Dana Whit wrote:</p><blockquote><p>{SAID}</p><p>— Dana Whit, harbour master</p></blockquote>"))
    assert posts(article) == []


def test_posts_in_a_text_are_known_by_handle_and_date() -> None:
    text = (
        f"{FIRST}\n\n{SAID} — Dana Whit (@danawhit) November 18, 2019\n\n{SECOND}\n\n"
        f"We will close the harbour.\n\n— Mayor Kern (@kern) 19 November 2019\n\n{LAST}\n"
    )
    article = read("a.txt", text)
    assert [words for words, kind in posts(article) if kind == "embedded post"] == [
        f"{SAID} — Dana Whit (@danawhit) November 18, 2019",
        "We will close the harbour.",
        "— Mayor Kern (@kern) 19 November 2019",
    ]
    assert [one.span.of(text) for one in find_posts(article)] == [SAID, "We will close the harbour."]


@pytest.mark.parametrize(
    "line",
    [
        "By Dana Whit (@danawhit) November 18, 2019",
        "— Dana Whit (@danawhit) reported from Northfield on November 18, 2019",
        "— Dana Whit, Northfield, November 18, 2019",
        "It costs 30 - write to harbour@gazette.example by 3 May 2026",
    ],
)
def test_other_lines_with_a_name_and_a_date_sign_no_post(line: str) -> None:
    assert posts(read("a.txt", f"{FIRST}\n\n{line}\n\n{LAST}\n")) == []


def test_what_the_author_of_the_article_signs_is_the_article() -> None:
    text = f"---\nbyline: Dana Whit\n---\n{FIRST}\n\n{LAST}\n\n— Dana Whit (@danawhit) November 18, 2019\n"
    assert posts(read("a.md", text)) == []


def test_a_post_in_lines_of_their_own_is_left_out_of_the_analysis() -> None:
    lines = ("Dana Whit", "@danawhit", "·", "Follow", SAID, "3:45 PM · Nov 18, 2019", "1.2K", "Reply", "Copy link")
    article = read("a.txt", "\n\n".join((FIRST, *lines, LAST)))
    assert posts(article) == [(line, "unsigned post strict") for line in lines]


def test_a_handle_alone_on_a_line_makes_no_post() -> None:
    assert posts(read("a.txt", f"{FIRST}\n\n@danawhit\n\n{SECOND}\n\n{LAST}\n")) == []


@pytest.mark.parametrize("text", ["", "—", "— (@)", "@", "x" * 5000 + "— @a", "— " * 3000, "posted by " * 800, "A post shared by"])
def test_hostile_lines_are_read_in_no_time(text: str) -> None:
    found = find_signature(text, Span(0, len(text)))
    assert found is None or found.name.end <= len(text)
