"""Pages as content systems, browsers and archives save them. Each of the files in ``pages`` holds the same story of ours, in markup such as
these systems give out; what an editor would read is the story, and nothing that stands around it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from onrecord.article import load_article, parse_article
from onrecord.article.read import decode_raw
from onrecord.errors import ArticleError
from onrecord.model import Article, Meta

PAGES = sorted((Path(__file__).parent / "pages").iterdir())
STORY = [
    "The harbour bridge will close next spring, the council decided on Tuesday, after a survey found cracks in two of its piers.",
    "“We cannot wait for another winter,” said Tomas Reed, who leads the works committee. “The ferries will run until midnight.”",
    "Harbour staff said that they had expected the decision, and that they would meet the council again in the summer.",
    "The bridge was opened in 1911 and carries some nine thousand cars a day, more than any other road into the town.",
    "Nadia Brook, whose bakery stands on the quay, said that she feared for her trade. “People will simply drive elsewhere.”",
]
TITLE = "Harbour bridge to close for a year, council decides"
STATED = Meta(TITLE, "Ann Ample", "The Northfield Gazette", "2026-03-12", "https://gazette.example/2026/03/12/harbour-bridge-to-close")
SILENT = {"tables": Meta(TITLE)}
"""Pages that state less."""


def prose(article: Article) -> list[str]:
    return [leaf.span.of(article.text) for leaf in article.leaves() if not leaf.boilerplate]


def stated(meta: Meta) -> Meta:
    """What is known of an article, of its date the day."""
    return Meta(meta.title, meta.byline, meta.outlet, meta.date[:10], meta.url)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_saved_page_holds_its_story_and_says_where_it_is_from(path: Path) -> None:
    article = load_article(path)
    assert prose(article) == STORY
    assert stated(article.meta) == SILENT.get(path.stem, STATED)
    assert article.notices == ()


def page(*, encoding: str = "utf-8", declared: str = "utf-8") -> bytes:
    text = next(path for path in PAGES if path.stem == "firefox").read_text(encoding="utf-8")
    return text.replace('<meta charset="utf-8">', f'<meta charset="{declared}">' if declared else "").encode(encoding)


@pytest.mark.parametrize(("encoding", "declared"), [("utf-16", "utf-16"), ("utf-16", ""), ("cp1252", "iso-8859-1"), ("cp1252", "")])
def test_a_page_in_another_encoding_is_read_as_browsers_do(encoding: str, declared: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert prose(parse_article(decode_raw("a.html", page(encoding=encoding, declared=declared)))) == STORY
    assert ("declares no encoding" in caplog.text) == (encoding == "cp1252" and not declared)


def test_a_frame_in_an_archive_is_not_its_page() -> None:
    archive = next(path for path in PAGES if path.suffix == ".mhtml").read_text(encoding="utf-8")
    assert "Buy a boat" in archive and "Buy a boat" not in parse_article(decode_raw("a.mht", archive.encode())).text


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.mhtml", b"", "is no archive of a web page"),
        ("a.mhtml", b"Hello", "is no archive of a web page"),
        (
            "a.mhtml",
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\n1\r\n--x--',
            "MHTML",
        ),
    ],
)
def test_what_is_no_page_is_told_in_a_line(name: str, data: bytes, why: str) -> None:
    with pytest.raises(ArticleError, match=why) as raised:
        parse_article(decode_raw(name, data))
    assert "\n" not in str(raised.value) and str(raised.value).startswith(f"{name}: ")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_source_of_a_page_with_the_name_of_a_text_is_told(name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert "<article>" in parse_article(decode_raw(name, page())).text
    assert f"{name}: holds the source of a web page, and is read as text; name it .html" in caplog.text


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0017)javascript:alert -->",
        "<!-- url: ftp://gazette.example/ -->",
        "<!-- the editor's url -->",
        "<p>saved from url=(0028)https://other.example/x</p>",
    ],
)
def test_what_is_no_address_in_a_comment_is_none(comment: str) -> None:
    text = page().decode().replace('<link rel="canonical"', '<link rel="other"').replace("<body>", f"<body>{comment}")
    assert parse_article(decode_raw("a.html", text.encode())).meta.url == ""


def test_a_line_break_alone_parts_no_paragraphs_and_two_do() -> None:
    one, two = STORY[0], STORY[1]
    body = f"<div>{one}<br><br>\n{two}<br>{STORY[2]}<br> <br><br>{STORY[3]}<ul><li>{STORY[4]}</li></ul></div>"
    article = parse_article(decode_raw("a.html", f"<html><body><article><h1>{TITLE}</h1>{body}</article></body></html>".encode()))
    assert [words for words in prose(article) if words != TITLE] == [one, f"{two}\n{STORY[2]}", STORY[3], STORY[4]]


def test_a_linked_sentence_in_a_box_of_its_own_stays() -> None:
    """trafilatura takes short boxes with links for navigation."""
    boxes = "".join(
        f"<div class=box><div><p>{one}</p></div></div>" for one in (*STORY[:2], 'She <a href="/x">said</a> it was old.', *STORY[2:])
    )
    article = parse_article(decode_raw("a.html", f"<html><body><article><h1>{TITLE}</h1>{boxes}</article></body></html>".encode()))
    assert "She said it was old." in prose(article)


def test_a_dateline_alone_before_the_first_sentence_is_no_label() -> None:
    body = "".join(f"<p>{one}</p>" for one in STORY)
    for labels, left in ((("NORTHFIELD",), ["NORTHFIELD", *STORY]), (("Listen", "3", "Share"), STORY)):
        shown = "".join(f"<p>{label}</p>" for label in labels)
        text = f"<html><body><article><h1>{TITLE}</h1>{shown}{body}</article></body></html>"
        assert [words for words in prose(parse_article(decode_raw("a.html", text.encode()))) if words != TITLE] == left


@pytest.mark.parametrize(
    "markup",
    [
        "the <em>New</em> <strong>Yorker</strong> story",
        "the New<em> </em>Yorker story",
        "the <strong><em>New</em> </strong>Yorker story",
        "the New<strong> <em>Yorker</em></strong> story",
        "the <a href='/x'>New </a>Yorker story",
        "the New\n<b>Yorker</b>\nstory",
        "the New<span>\u00a0</span>Yorker story",
    ],
)
def test_blanks_at_the_edges_of_inline_elements_are_kept(markup: str) -> None:
    body = f"<p>He told {markup} of his to the council, and nobody laughed.</p>" + "".join(f"<p>{one}</p>" for one in STORY)
    found = prose(parse_article(decode_raw("a.html", f"<html><body><article><h1>{TITLE}</h1>{body}</article></body></html>".encode())))
    assert any("He told the New Yorker story of his" in words.replace("\u00a0", " ") for words in found)
