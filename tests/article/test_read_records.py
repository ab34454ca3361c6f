from __future__ import annotations

from datetime import date, datetime

import pytest

from onrecord.article.read import parse_record
from onrecord.errors import ArticleError
from onrecord.model import Meta

PLACE = "in/archive.jsonl:17"


def test_a_record_is_read_as_a_file_with_this_front_matter_is() -> None:
    record = {
        "id": "2017/ferry",
        "markdown": "# Ferry\n",
        "title": "T",
        "authors": ["A", "B"],
        "outlet": "Ledger",
        "source_url": "https://a.example",
    }
    found = parse_record(record | {"date": "2017-08-31", "section": "news", "url": None}, PLACE)
    assert (found.id, found.file, found.format, found.text) == ("2017-ferry", "archive.jsonl:17", "md", "# Ferry\n")
    assert found.meta == Meta("T", "A, B", "Ledger", "2017-08-31", "https://a.example")


@pytest.mark.parametrize(("column", "format"), [("text", "txt"), ("markdown", "md"), ("html", "html")])
def test_the_column_says_the_format(column: str, format: str) -> None:
    assert parse_record({"id": 7, column: "Words.\r\n", "text" if column != "text" else "html": ""}, PLACE).format == format


def test_how_much_may_be_shown_has_a_column_of_its_own() -> None:
    assert parse_record({"id": "a", "text": "none", "text_mode": "excerpts"}, "a.jsonl:1").meta == Meta(text="excerpts")


@pytest.mark.parametrize(("given", "read"), [(date(2017, 8, 31), "2017-08-31"), (datetime(2017, 8, 31, 7, 5), "2017-08-31T07:05:00")])
def test_dates_of_parquet_are_read(given: date, read: str) -> None:
    assert parse_record({"id": "a", "text": "W", "date": given}, PLACE).meta.date == read


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"text": "W"}, "no id"),
        ({"id": " ", "text": "W"}, "no id"),
        ({"id": "a"}, "filled here: none"),
        ({"id": "a", "text": "W", "html": "<p>W"}, "filled here: text and html"),
        ({"id": "a", "text": 7}, "holds no text"),
        ({"id": "a", "text": " \n"}, "is empty"),
        ({"id": "a", "text": "\0PK"}, "binary data"),
        ({"id": "a", "text": "W", "date": "31 August"}, "is no ISO 8601 date"),
        ({"id": "a", "text": "W", "title": 7}, "title must be a line of text"),
        ({"id": "a", "text": "W", "url": "javascript:alert(1)"}, "is no web address"),
    ],
)
def test_a_bad_record_is_one_line_that_names_its_place(record: dict[str, object], problem: str) -> None:
    with pytest.raises(ArticleError) as told:
        parse_record(record, PLACE)
    assert str(told.value).startswith(f"{PLACE}: ")
    assert problem in str(told.value)
    assert "\n" not in str(told.value)


def test_columns_that_are_not_read_are_told(caplog: pytest.LogCaptureFixture) -> None:
    parse_record({"id": "a", "text": "W", "mode": "none", "Title": "T", "url": None, "section": None}, PLACE)
    assert [record.getMessage() for record in caplog.records] == ["in/archive.jsonl: columns that are not read: 'mode', 'Title'"]


def test_a_slip_in_a_column_is_told(caplog: pytest.LogCaptureFixture) -> None:
    parse_record({"id": "a", "text": "W", "txt_mode": "none"}, PLACE)
    assert [record.getMessage() for record in caplog.records] == [
        f"{PLACE}: taken for text_mode, which it nearly is, so that less is shown; write text_mode, or give it another name: 'txt_mode'"
    ]


def test_a_source_that_is_named_is_no_address_and_told(caplog: pytest.LogCaptureFixture) -> None:
    assert parse_record({"id": "a", "text": "W", "source": "Reuters"}, PLACE).meta == Meta()
    assert [record.getMessage() for record in caplog.records] == [f"{PLACE}: no web address, and counts as not given: 'source: Reuters'"]
