"""Several speakers of one quote, and quotes outside the running text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.article.read import RawArticle, parse_article
from onrecord.labels.quote_words import find_parts
from onrecord.model import Corpus, Meta, Quote, Span, Speaker
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls
from onrecord.render.site import Page, render_pages
from tests.render.pagecheck import by_class, by_id, read_page, words
from tests.support.fictional import fictional_corpus, fictional_figures, fictional_report


@pytest.fixture(scope="module")
def together() -> dict[str, Page]:
    """The pages of the fictional report, its third quote spoken by the union's leader and the council together."""
    report = fictional_report()
    quotes = tuple(
        replace(quote, negated=False, speaker=replace(quote.speaker, others=("council",))) if quote.id == "q3" else quote
        for quote in report.quotes
    )
    corpus = Corpus((replace(report, quotes=quotes),), fictional_corpus().actors)
    pages = render_pages(corpus, env=make_environment(()), urls=Urls("directory"), figures=fictional_figures())
    return {page.path: page for page in pages}


def test_a_note_names_all_who_speak(together: dict[str, Page]) -> None:
    note = words(by_id(read_page(together["articles/quay"]), "note-q3"))
    assert "Per Askov with the council" in note


def test_a_quote_stands_on_the_page_of_each_who_speaks(together: dict[str, Page]) -> None:
    for actor in ("askov", "council"):
        items = [words(one) for one in by_class(read_page(together[f"actors/{actor}"]), "orx-item")]
        assert any("crews had been warned" in one and "denied" in one and "Per Askov with the council" in one for one in items)


def test_who_asserts_is_named_on_their_own_page_only_beside_others() -> None:
    report = fictional_report()
    c2 = next(claim for claim in report.claims if claim.id == "c2")
    for others, named in (((), False), (("council",), True)):
        claims = (replace(c2, others=others),)
        corpus = Corpus((replace(report, claims=claims, relations=(), comparisons=(), moments=()),), fictional_corpus().actors)
        site = render_pages(corpus, env=make_environment(()), urls=Urls("directory"), figures=fictional_figures())
        pages = {page.path: page for page in site}
        for actor in ("brandt", *others):
            (table,) = by_class(read_page(pages[f"actors/{actor}"]), "orx-own-claim-table")
            _, row = map(words, table.iter("tr"))
            assert row.startswith("The piles are rotten") and ("Ilse Brandt with the council" in row) == named


def test_words_spoken_together_count_for_each(together: dict[str, Page]) -> None:
    rows = [words(row) for row in read_page(together["index"]).iter("tr")]
    council = next(row for row in rows if row.startswith("the council"))
    assert council.removeprefix("the council").startswith("104")  # one quote, no quoted words, four reported ones: crews had been warned


def test_a_quote_knows_the_part_of_the_article_that_it_stands_in() -> None:
    blocks = (
        "# Headline",
        "In the text.",
        "![A bridge](b.jpg)",
        "*In a caption.*",
        "*In italics.*",
        "![A bridge](b.jpg) Beside it.",
        "> Set off.",
    )
    text = "\n\n".join(blocks)
    article = parse_article(RawArticle("case", "case.md", "md", text, Meta()))
    wanted = {
        "Headline": "headline",
        "In the text.": "",
        "In a caption.": "caption",
        "In italics.": "",
        "Beside it.": "caption",
        "Set off.": "block quote",
    }
    quotes = tuple(
        Quote(words, "indirect", (Span(article.text.index(words), article.text.index(words) + len(words)),), Speaker(), "rule", "high")
        for words in wanted
    )
    assert find_parts(article, quotes) == wanted
