"""Days of publication that are none: said, and left out, behind every door; and the clock that tells them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from spacy.language import Language

from onrecord.article import parse_article
from onrecord.article.publication import first_date, is_placeholder, today
from onrecord.article.read import decode_raw, parse_record
from onrecord.errors import OptionsError
from onrecord.model import Article, Meta
from onrecord.reports.pipeline import build_report

NOW = date(2026, 5, 2)
WORDS = "Ada Brook said that the ferry would stop next Tuesday."
PLACEHOLDERS = ["0001-01-01", "0001-01-01T00:00:00Z", "0000-00-00", "0017-08-31", "9999-12-31", "9999-12-31T23:59:59-12:00", "2027-05-04"]
PAGE = f"<!doctype html><html><head>%s</head><body><article><h1>Ferry</h1><p>{WORDS}</p><p>{WORDS * 4}</p></article></body></html>"


def front_matter(written: str) -> Article:
    return parse_article(decode_raw("a.md", f"---\ndate: {written}\n---\n{WORDS}".encode()), now=NOW)


def record(written: str) -> Article:
    return parse_article(parse_record({"id": "a", "text": WORDS, "date": written}, "a.jsonl:1"), now=NOW)


def page(head: str) -> Article:
    return parse_article(decode_raw("a.html", (PAGE % head).encode()), now=NOW)


def linked(written: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "datePublished": written})}</script>'


DOORS: dict[str, Callable[[str], Article]] = {
    "front matter": front_matter,
    "record": record,
    "JSON-LD": lambda written: page(linked(written)),
    "meta element": lambda written: page(f'<meta property="article:published_time" content="{written}">'),
}


@pytest.mark.parametrize("written", PLACEHOLDERS)
@pytest.mark.parametrize("door", DOORS)
def test_a_placeholder_counts_as_not_given_and_is_said(door: str, written: str) -> None:
    article = DOORS[door](written)
    assert article.meta.date == ""
    (notice,) = article.notices
    assert (notice.code, written[:10] in notice.message, "\n" in notice.message) == ("no-date", True, False)


@pytest.mark.parametrize("written", ["1400-01-01", "1999-12-31T23:00:00+14:00", "2026-05-02", "2027-05-03"])
@pytest.mark.parametrize("door", DOORS)
def test_a_date_that_can_be_one_is_taken(door: str, written: str) -> None:
    article = DOORS[door](written)
    assert (article.meta.date, article.notices) == (written, ())


def test_a_page_that_also_states_a_date_has_that() -> None:
    article = page(linked("0001-01-01T00:00:00Z") + '<meta property="article:published_time" content="2024-03-05">')
    assert (article.meta.date, article.notices) == ("2024-03-05", ())


def test_a_page_with_a_placeholder_in_its_front_matter_keeps_its_own_date() -> None:
    text = f"---\ndate: 0001-01-01\n---\n{PAGE % linked('2024-03-05')}"
    article = parse_article(decode_raw("a.html", text.encode()), now=NOW)
    assert (article.meta.date, [one.code for one in article.notices]) == ("2024-03-05", ["no-date"])


def test_the_report_says_it(nlp: Language) -> None:
    report = build_report(front_matter("0001-01-01"), nlp)
    assert [one.message for one in report.notices if "0001-01-01" in one.message]
    assert report.moments == ()


def test_a_report_in_another_language_says_it(nlp: Language) -> None:
    text = "---\ndate: 0001-01-01\n---\n" + "Die Fähre wird bis zum Frühjahr nicht mehr fahren, sagte der Bürgermeister am Dienstag. " * 4
    report = build_report(parse_article(decode_raw("a.md", text.encode()), now=NOW), nlp)
    assert report.language == "de" and [one for one in report.notices if "0001-01-01" in one.message]


@pytest.mark.parametrize("written", ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
@pytest.mark.parametrize("when", ["tomorrow", "yesterday", "next Tuesday", "last Tuesday", "20 years ago", "next month", "last week"])
def test_a_report_on_an_article_of_such_a_day_is_made_all_the_same(nlp: Language, written: str, when: str) -> None:
    article = parse_article(decode_raw("a.txt", f"Ada Brook said that the ferry stopped {when}.".encode()))
    assert build_report(Article(article.id, article.text, article.blocks, Meta(date=written)), nlp).quotes


def test_the_clock_is_the_one_that_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    assert today() == date(2030, 3, 17)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs(today() - datetime.now(UTC).date()) <= timedelta(days=1)


def test_the_same_file_is_read_the_same_under_one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    source = decode_raw("a.md", f"---\ndate: 2030-06-01\n---\n{WORDS}".encode())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    assert parse_article(source) == parse_article(source) and parse_article(source).meta.date == "2030-06-01"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert parse_article(source).meta.date == ""


@pytest.mark.parametrize("epoch", ["0", "315532800"])
def test_a_clock_that_stands_at_the_beginning_costs_no_date(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert not is_placeholder("2025-12-31", today())


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 30, "1.5"])
def test_a_clock_that_is_none_is_refused_in_a_line(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(OptionsError, match="set it to whole seconds since 1970"):
        today()


def test_the_first_date_that_is_one() -> None:
    assert first_date(["", "0001-01-01", "2024-03-05", "2025-01-01"], NOW) == "2024-03-05"
    assert first_date(["", "0001-01-01"], NOW) == "0001-01-01"
    assert first_date([], NOW) == ""
