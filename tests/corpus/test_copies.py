"""Copies of an article are told, and only copies."""

from __future__ import annotations

from onrecord.article import parse_article
from onrecord.article.read import Source
from onrecord.corpus import build_corpus
from onrecord.corpus.copies import find_copies
from onrecord.model import SCHEMA_VERSION, Article, Copy, Meta, Provenance, Report
from onrecord.render.environment import make_environment
from onrecord.render.links import Urls, article_page, broken_links
from onrecord.render.pages import render_pages

WIRE = [
    "The council voted on Tuesday to close the old bridge.",
    "“We have no choice but to close it,” the mayor said.",
    "Residents protested in front of the town hall all day.",
    "The engineers had found cracks in two of the piers.",
    "A new bridge would cost the town nine million pounds.",
]


def article_of(id: str, *sentences: str) -> Article:
    return parse_article(Source(id, f"{id}.txt", "txt", "\n\n".join(sentences), Meta()))


def test_one_text_in_two_files_is_the_same_however_it_is_set() -> None:
    again = parse_article(Source("b", "b.txt", "txt", " ".join(WIRE).upper().replace("“", '"'), Meta()))
    assert find_copies([article_of("a", *WIRE), again]) == (Copy("a", "b", 100, True), Copy("b", "a", 100, True))


def test_wire_copy_with_a_paragraph_more_shares_its_sentences() -> None:
    longer = article_of("b", *WIRE, "Our reporter was told that no date has been set yet.")
    assert find_copies([article_of("a", *WIRE), longer]) == (Copy("a", "b", 100, False), Copy("b", "a", 83, False))


def test_a_quotation_that_two_writers_have_makes_no_copy() -> None:
    other = article_of("b", "It was a long day in the harbour town.", WIRE[1], "Nobody knows what is to come after the bridge.")
    assert not find_copies([article_of("a", *WIRE), other])


def test_what_every_article_of_an_outlet_has_says_nothing() -> None:
    furniture = [f"{line} Support our work and become a member today please." for line in WIRE[:1]] * 1
    articles = [article_of(f"a{n}", *furniture, *WIRE) for n in range(30)]
    assert not find_copies(articles)


def test_the_pages_link_to_each_other() -> None:
    reports = [Report(SCHEMA_VERSION, Provenance("0", "3", "m", "1"), article_of(id, *WIRE)) for id in ("a", "b")]
    pages = {page.path: page for page in render_pages(build_corpus(reports), env=make_environment(), urls=Urls("file"))}
    assert "The same text as" in pages[article_page("a")].html and 'href="b.html"' in pages[article_page("a")].html
    assert "articles much of whose text stands in another" in pages["index"].html
    assert not list(broken_links(list(pages.values())))
