"""What pages say to machines: direct speech alone is a quotation, and claims are somebody's."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from pyld import jsonld

from onrecord.model import Corpus, Quote, Report, Source, Verdict
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls
from onrecord.render.head import linked_data
from onrecord.render.site import Page, render_pages
from onrecord.render.views.linked_data import TYPES, Node
from tests.support.fictional import fictional_corpus, fictional_figures, fictional_report

# schema.org's own context maps every term of its vocabulary so, but for some whose values are addresses.
VOCABULARY = {"@context": {"@vocab": "http://schema.org/", "url": {"@type": "@id"}, "sameAs": {"@type": "@id"}}}
BASE = "https://site.example/articles/quay/"


def load(url: str, options: Any) -> dict[str, Any]:
    assert url.rstrip("/") == "https://schema.org", f"a test fetches nothing, and so not {url}"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": VOCABULARY}


def pages(corpus: Corpus) -> dict[str, Page]:
    return {page.path: page for page in render_pages(corpus, env=make_environment(), urls=Urls(), figures=fictional_figures())}


def parts(report: Report, type: str) -> dict[str, Node]:
    corpus = replace(fictional_corpus(), reports=(report,))
    return {part["@id"]: part for part in pages(corpus)["articles/quay"].parts if part["@type"] == type}


def test_only_direct_speech_is_a_quotation() -> None:
    report = fictional_report()
    quotations = parts(report, "Quotation")
    assert set(quotations) == {f"#{quote.id}" for quote in report.quotes if quote.kind == "direct"} == {"#q2"}
    assert quotations["#q2"] == {
        "@type": "Quotation",
        "@id": "#q2",
        "text": "The piles are rotten, … We have no choice.",
        "spokenByCharacter": {"@type": "Person", "name": "Ilse Brandt"},
    }


def test_reported_and_partly_quoted_speech_stands_in_no_quotation() -> None:
    report = fictional_report()

    def as_direct(quote: Quote) -> Quote:
        return replace(quote, kind="direct", quoted_parts=())

    # The same quotes would be quotations if they were direct, so that it is their kind that keeps them out.
    assert set(parts(replace(report, quotes=tuple(map(as_direct, report.quotes))), "Quotation")) == {"#q1", "#q2", "#q4", "#q5"}


def test_an_unknown_speaker_is_nobody() -> None:
    report = fictional_report()
    unknown = replace(report.quotes[1], speaker=report.quotes[4].speaker)
    assert "spokenByCharacter" not in parts(replace(report, quotes=(unknown,)), "Quotation")["#q2"]


def test_claims_are_somebodys_and_presented_as_so() -> None:
    claims = parts(fictional_report(), "Claim")
    assert claims["#c1"]["author"] == {"@type": "Person", "name": "Ilse Brandt"}
    assert "author" not in claims["#c6"]  # the article's own voice
    # c3 is denied, c4 is a demand, c5 has an unknown speaker.
    assert not {"#c3", "#c4", "#c5"} & set(claims)


def test_no_claim_is_reviewed() -> None:
    assert "ClaimReview" not in json.dumps([page.parts for page in pages(fictional_corpus()).values()])


def test_a_verdict_of_a_person_is_a_review() -> None:
    report = fictional_report()
    verdict = Verdict("half true", "B. Checker", "2024-03-06", (Source("https://b.example/log", "Log"), Source("https://b.example/2")))
    claims = tuple(replace(claim, verdict=verdict) if claim.id == "c1" else claim for claim in report.claims)
    (review,) = parts(replace(report, claims=claims), "ClaimReview").values()
    assert review["claimReviewed"] == "The old quay at Varnhaven will close in November"
    assert (review["reviewRating"]["alternateName"], review["author"]["name"]) == ("half true", "B. Checker")
    assert [one["url"] for one in review["citation"]] == ["https://b.example/log", "https://b.example/2"]
    assert "reviewBody" not in review


def test_an_actor_page_is_about_its_actor() -> None:
    data = linked_data(pages(fictional_corpus())["actors/brandt"], site_name="S", url="")
    assert data["about"] == {"@type": "Person", "name": "Ilse Brandt"}
    linked = replace(fictional_corpus().actors[0], links=("https://www.wikidata.org/wiki/Q42",))
    data = linked_data(pages(replace(fictional_corpus(), actors=(linked,)))["actors/brandt"], site_name="S", url="")
    assert data["about"]["sameAs"] == ["https://www.wikidata.org/wiki/Q42"]


def test_a_processor_reads_every_page() -> None:
    for page in pages(fictional_corpus()).values():
        data = linked_data(page, site_name="S", url=BASE)
        (expanded,) = jsonld.expand(data, {"base": BASE, "documentLoader": load})
        assert expanded["@type"] == ["http://schema.org/WebPage"]
        found = [part["@id"] for part in expanded.get("http://schema.org/hasPart", [])]
        assert found == [f"{BASE}{part['@id']}" for part in page.parts]
    assert set(TYPES.values()) <= {"Person", "Organization", "Country", "NewsMediaOrganization"}
