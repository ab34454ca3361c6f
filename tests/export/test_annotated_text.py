"""Web Annotations: a JSON-LD processor understands all of them, and their selectors find the words again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from onrecord.export.annotated_text import CONTEXT, REPORT, web_annotations
from onrecord.export.table import scopes
from onrecord.model import Article, Corpus, Meta, Quote, Report, Span, Speaker
from tests.support.fictional import fictional_corpus, fictional_report
from tests.support.reports import full_report

# The terms that we use, each with the IRI that the Web Annotation Vocabulary (https://www.w3.org/TR/annotation-vocab/) gives it: a test may
# not fetch the standard's own context. A term that is not here is dropped by the processor, and a test below fails.
LOCAL = json.loads((Path(__file__).parent / "contexts" / "anno.json").read_text(encoding="utf-8"))
BASE = "https://site.example/downloads/quay/annotations.jsonld"
OA = "http://www.w3.org/ns/oa#"


def load(url: str, options: Any) -> dict[str, Any]:
    assert url == CONTEXT, f"a test fetches nothing, and so not {url}"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": LOCAL}


def collection(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(web_annotations(next(scopes(Corpus((report,), ())))))
    return found


def items(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = collection(report)["first"]["items"]
    return found


def selectors(report: Report, source: str) -> Iterator[dict[str, Any]]:
    for item in items(report):
        for target in item["target"]:
            if target["source"] == source:
                yield {selector["type"]: selector for selector in target["selector"]}


@pytest.mark.parametrize("report", [fictional_report(), full_report()], ids=["fictional", "full"])
def test_a_processor_understands_every_term(report: Report) -> None:
    document = collection(report)
    options = {"base": BASE, "documentLoader": load}
    expanded = jsonld.expand(document, options)
    back = jsonld.compact(expanded, LOCAL, {**options, "compactArrays": True})
    # Only lists of one are written otherwise than they were.
    assert _unlisted({**back, "@context": CONTEXT}) == _unlisted({**document, "id": "annotations.jsonld"})
    quads = jsonld.to_rdf(document, {**options, "format": "application/n-quads"})
    assert quads.count(f"<{OA}Annotation>") == document["total"] == len(document["first"]["items"])
    assert quads.count(f"<{OA}TextPositionSelector>") == quads.count(f"<{OA}start>") == quads.count(f"<{OA}end>") > 0


def _unlisted(value: Any) -> Any:
    """The value with each list of one as that one, and addresses as seen from the file."""
    if isinstance(value, list):
        return _unlisted(value[0]) if len(value) == 1 else [_unlisted(one) for one in value]
    if isinstance(value, dict):
        return {name: _unlisted(one) for name, one in value.items()}
    return value.removeprefix("annotations.jsonld") if isinstance(value, str) and value.startswith("annotations.jsonld#") else value


def test_positions_and_words_agree() -> None:
    report = fictional_report()
    text = report.article.text
    found = list(selectors(report, REPORT))
    assert found
    for both in found:
        words, position = both["TextQuoteSelector"], both["TextPositionSelector"]
        assert text[position["start"] : position["end"]] == words["exact"]
        assert text[: position["start"]].endswith(words["prefix"])
        assert text[position["end"] :].startswith(words["suffix"])


def test_positions_are_claimed_for_the_reports_text_alone() -> None:
    report = fictional_report()
    published = list(selectors(report, report.article.meta.url))
    assert published
    assert all(set(one) == {"TextQuoteSelector"} for one in published)


def test_without_an_address_only_the_reports_text_is_targeted() -> None:
    report = fictional_report()
    report = replace(report, article=replace(report.article, meta=Meta()))
    assert {target["source"] for item in items(report) for target in item["target"]} == {REPORT}


def test_positions_count_code_points() -> None:
    quote = Quote("q1", "direct", (Span(2, 8),), Speaker(), "r", "high")
    report = replace(full_report(), article=Article("e", "😀 “Yes,” she said.", ()), actors=(), undecided=(), claims=(), relations=())
    (both,) = selectors(replace(report, quotes=(quote,)), REPORT)
    assert (both["TextPositionSelector"]["start"], both["TextQuoteSelector"]["exact"]) == (2, "“Yes,”")


def test_only_direct_speech_is_classified_as_a_quote() -> None:
    report = fictional_report()
    kinds = {item["id"]: item["body"][0]["value"] for item in items(report) if item["id"].startswith("#q")}
    expected = {"direct": "direct quote", "mixed": "partly quoted", "indirect": "reported speech"}
    assert kinds == {f"#{quote.id}": expected[quote.kind] for quote in report.quotes}
    assert "Quotation" not in json.dumps(collection(report))


def test_who_is_undecided_or_unknown_is_said_so() -> None:
    bodies = {item["id"]: [body["value"] for body in item["body"]] for item in items(fictional_report())}
    assert "undecided between Per Askov and the council" in bodies["#q4"]
    assert "a source" in bodies["#q5"]
    assert bodies["#q6"][2].startswith("supposed, not said; ")


def test_ids_are_unique_addresses() -> None:
    for report in (fictional_report(), full_report()):
        ids = [item["id"] for item in items(report)]
        assert len(set(ids)) == len(ids)
        assert all(not set(id) & set(' "<>\\^`{|}') for id in ids)


def test_the_same_report_gives_the_same_bytes() -> None:
    (scope,) = scopes(fictional_corpus())
    assert web_annotations(scope) == web_annotations(scope)
    assert web_annotations(scope).decode("utf-8").count("\n") == 1
