from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.corpus import build_corpus
from onrecord.model import SCHEMA_VERSION, Report
from onrecord.reports.json import corpus_schema, decode_report, encode_corpus, encode_report, report_schema
from tests.corpus.written import Who, report_of
from tests.support.reports import article, full_report, report


def validate(line: bytes) -> None:
    jsonschema.Draft202012Validator(report_schema()).validate(json.loads(line))


def empty_fields(value: object) -> set[str]:
    """Fields that hold nothing in every value of their class: a round trip of those would prove nothing."""
    filled: set[str] = set()
    seen: set[str] = set()

    def visit(value: object) -> None:
        if is_dataclass(value) and not isinstance(value, type):
            for field in fields(value):
                name = f"{type(value).__name__}.{field.name}"
                seen.add(name)
                part = getattr(value, field.name)
                if part or part == 0:
                    filled.add(name)
                visit(part)
        elif isinstance(value, tuple):
            for part in value:
                visit(part)

    visit(value)
    return seen - filled


def test_the_full_report_is_full() -> None:
    # A block with neither an advertisement nor a heading in it has no such mark, and is no furniture.
    # Nor is anything of its text withheld: what is, empties other fields.
    assert empty_fields(full_report()) == {"Block.boilerplate", "Block.furniture", "Article.withheld"}


@pytest.mark.parametrize("value", [full_report(), report()])
def test_a_report_comes_back_and_keeps_to_its_schema(value: Report) -> None:
    line = encode_report(value)
    assert b"\n" not in line
    assert decode_report(line) == value
    assert encode_report(decode_report(line)) == line
    validate(line)


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    value = replace(report(), article=article(text=text))
    assert decode_report(encode_report(value)) == value


def test_json_has_the_names_that_scorers_read() -> None:
    record: dict[str, Any] = json.loads(encode_report(full_report()))
    assert record["schema_version"] == SCHEMA_VERSION
    assert record["article"]["id"] == "quay"
    assert record["actors"][0]["mentions"][0] == {"start": 0, "end": 17, "kind": "named", "why": "full name"}
    assert record["quotes"][0]["content"] == [{"start": 41, "end": 62}]
    assert record["quotes"][0]["speaker"] == {"actor": "brandt", "mention": {"start": 0, "end": 17}, "candidates": [], "others": ["ledger"]}
    assert record["relations"][0]["class"] == "CONSULT"
    assert "class_" not in record["relations"][0]


def test_the_schema_is_one_and_refuses_what_is_no_report() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())
    record: dict[str, Any] = json.loads(encode_report(full_report()))
    record["relations"][0]["class"] = "LOVE"
    with pytest.raises(jsonschema.ValidationError):
        validate(json.dumps(record).encode())


@pytest.mark.parametrize(
    "line", ["{}", "[]", '"a"', '{"article": 3}', '{"relations": [{}]}', '{"relations": 3}', '{"relations": [3]}', "{"]
)
def test_other_json_is_refused(line: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_report(line)


def test_the_actors_across_articles_keep_to_their_schema() -> None:
    smith = Who("Jo Smith", roles=("mayor",))
    corpus = build_corpus([report_of("a", (smith,)), report_of("b", (smith,)), report_of("c", ("Jo Smith",))])
    record: dict[str, Any] = json.loads(encode_corpus(corpus))
    jsonschema.Draft202012Validator(corpus_schema()).validate(record)
    why = "the same full name, and the role “mayor”"
    assert record["articles"] == ["a", "b", "c"]
    assert record["actors"][0]["members"][0] == {"article": "a", "actor": "jo-smith", "why": why, "like": "b"}
    assert record["namesakes"][0]["actors"] == [actor["id"] for actor in record["actors"]]
