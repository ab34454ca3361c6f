"""Copies of an article are told, and only copies."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from onrecord.article import parse_article
from onrecord.article.read import RawArticle
from onrecord.corpus import build_corpus
from onrecord.corpus.build import find_copies, find_repeats
from onrecord.corpus.cuts import cut_corpus
from onrecord.corpus.withholding import withhold_corpus
from onrecord.export.files import export_files
from onrecord.export.table import scopes
from onrecord.model import SCHEMA_VERSION, Actor, Article, Copy, Corpus, Mention, Meta, Provenance, Quote, Repeat, Report, Span, Speaker
from onrecord.options import TextMode
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import AUDIT, QUOTES, Urls, article_page, broken_links
from onrecord.render.site import Page, render_pages

WIRE = [
    "The council voted on Tuesday to close the old bridge.",
    "“We have no choice but to close it,” the mayor said.",
    "Residents protested in front of the town hall all day.",
    "The engineers had found cracks in two of the piers.",
    "A new bridge would cost the town nine million pounds.",
]


def article_of(id: str, *sentences: str) -> Article:
    return parse_article(RawArticle(id, f"{id}.txt", "txt", "\n\n".join(sentences), Meta()))


def test_one_text_in_two_files_is_the_same_however_it_is_set() -> None:
    again = parse_article(RawArticle("b", "b.txt", "txt", " ".join(WIRE).upper().replace("“", '"'), Meta()))
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


def quoting(article: Article, *quoted: str) -> Report:
    """A report with these words quoted, one after the other."""
    quotes: list[Quote] = []
    at = 0
    for number, words in enumerate(quoted, 1):
        at = article.text.index(words, at)
        span = Span(at, at + len(words))
        at = span.end
        quotes.append(Quote(f"q{number}", "direct", (span,), Speaker("mayor"), "marks", "high", quoted_parts=(span,)))
    mayor = Actor("mayor", "The Mayor", "person", (Mention(0, 3, "nominal", "r"),))
    return Report(SCHEMA_VERSION, Provenance("0", "3", "m", "1"), article, actors=(mayor,), quotes=tuple(quotes))


SAID, DENIED = "We have no choice but to close it,", "That is not so, and never was,"


def test_what_copies_quote_is_told_once_however_it_is_set() -> None:
    reports = [quoting(article_of(id, *WIRE), SAID) for id in ("a", "b")]
    reports.append(quoting(article_of("c", *(line.upper() for line in WIRE), f"“{DENIED}” she said."), SAID.upper(), DENIED))
    corpus = build_corpus(reports)
    assert corpus.repeats == (Repeat("b", "q1", "a", "q1"), Repeat("c", "q1", "a", "q1"))


def test_what_is_said_twice_in_one_is_repeated_as_often_as_the_other_has_it() -> None:
    twice = (*WIRE, f"“{SAID}” the mayor said again.")
    assert not find_repeats([quoting(article_of("a", *twice), SAID, SAID)], ())
    reports = [quoting(article_of("a", *WIRE), SAID), quoting(article_of("b", *twice), SAID, SAID)]
    assert build_corpus(reports).repeats == (Repeat("b", "q1", "a", "q1"),)


def test_the_same_words_in_an_article_that_is_no_copy_are_no_repeat() -> None:
    other = article_of("b", "It was a long day in the harbour town.", WIRE[1], "Nobody knows what is to come after the bridge.")
    assert not build_corpus([quoting(article_of("a", *WIRE), SAID), quoting(other, SAID)]).repeats


def test_totals_count_what_copies_repeat_once_and_lists_have_all_of_it() -> None:
    one, two = quoting(article_of("a", *WIRE), SAID), quoting(article_of("b", *WIRE), SAID)
    alone, both = ({page.path: page.html for page in _pages(*reports)} for reports in ([one], [one, two]))
    words = "Shares are of 8 words that the text ascribes"
    assert words in alone[AUDIT] and words in both[AUDIT]
    assert "1 that a copy of an article repeats counts once." in both[AUDIT] and "repeats" not in alone[AUDIT]
    assert "1 of them repeated in a copy" in both["index"] and "repeated" not in alone["index"]
    assert both[QUOTES].count(SAID) == 2


def test_copies_and_repeats_are_exported() -> None:
    corpus = build_corpus([quoting(article_of(id, *WIRE), SAID) for id in ("a", "b")])
    files = {file.path: b"".join(file.chunks()) for file in export_files(corpus)}
    across = json.loads(files["corpus.json"])
    assert across["copies"][0] == {"article": "a", "other": "b", "share": 100, "same": True}
    assert across["repeats"] == [{"article": "b", "quote": "q1", "other": "a", "other_quote": "q1"}]
    assert [json.loads(line)["copies"] for line in files["tables/articles.jsonl"].splitlines()] == [["b"], ["a"]]
    assert [json.loads(line)["repeats"] for line in files["tables/quotes.jsonl"].splitlines()] == [None, "a/q1"]


def test_of_a_site_that_has_not_the_first_nothing_is_left_out() -> None:
    corpus = build_corpus([quoting(article_of(id, *WIRE), SAID) for id in ("a", "b")])
    rest = replace(corpus, reports=corpus.reports[1:], actors=build_corpus(corpus.reports[1:]).actors)
    pages = {page.path: page.html for page in render_pages(rest, env=make_environment(), urls=Urls("file"))}
    assert "Shares are of 8 words" in pages[AUDIT] and "counts once" not in pages[AUDIT]
    (scope,) = scopes(rest)
    assert (scope.copies, scope.repeats) == ((), {})


def _pages(*reports: Report) -> Iterable[Page]:
    return render_pages(build_corpus(reports), env=make_environment(), urls=Urls("file"))


def test_the_pages_link_to_each_other() -> None:
    reports = [Report(SCHEMA_VERSION, Provenance("0", "3", "m", "1"), article_of(id, *WIRE)) for id in ("a", "b")]
    pages = {page.path: page for page in render_pages(build_corpus(reports), env=make_environment(), urls=Urls("file"))}
    assert "The same text as" in pages[article_page("a")].html and 'href="b.html"' in pages[article_page("a")].html
    assert "articles much of whose text stands in another" in pages["index"].html
    assert not list(broken_links(list(pages.values())))


# --- articles of which some is withheld ----------------------------------------------------------------------------


def beside(one: TextMode, other: TextMode) -> Corpus:
    """A corpus of an article and a copy of it, as their front matter lets a site show them."""
    reports = [quoting(article_of(id, *WIRE), SAID) for id in ("a", "b")]
    asked = [
        replace(report, article=replace(report.article, meta=Meta(text=mode))) for report, mode in zip(reports, (one, other), strict=True)
    ]
    return withhold_corpus(build_corpus(asked))


MIXED: list[tuple[TextMode, TextMode]] = [("full", "none"), ("none", "full"), ("full", "excerpts"), ("excerpts", "none")]


@pytest.mark.parametrize(("one", "other"), MIXED)
def test_no_file_says_that_words_that_are_withheld_stand_in_an_article_that_is_shown(one: TextMode, other: TextMode) -> None:
    corpus = beside(one, other)
    files = {file.path: b"".join(file.chunks()) for file in export_files(corpus)}
    across = json.loads(files["corpus.json"])
    assert (across["copies"], across["repeats"]) == ([], [])
    assert [json.loads(line)["copies"] for line in files["tables/articles.jsonl"].splitlines()] == [[], []]
    assert [json.loads(line)["repeats"] for line in files["tables/quotes.jsonl"].splitlines()] == [None, None]
    pages = {page.path: page.html for page in render_pages(corpus, env=make_environment(), urls=Urls("file"))}
    assert "The same text as" not in pages[article_page("a")] + pages[article_page("b")]
    assert "much of whose text stands in another" not in pages["index"]


@pytest.mark.parametrize(("one", "other"), MIXED)
def test_totals_go_by_all_that_copies_repeat_and_say_not_which(one: TextMode, other: TextMode) -> None:
    corpus = beside(one, other)
    for again in (corpus, withhold_corpus(corpus, "none")):
        pages = {page.path: page.html for page in render_pages(again, env=make_environment(), urls=Urls("file"))}
        assert "1 that a copy of an article repeats counts once." in pages[AUDIT]
        assert "1 of them repeated in a copy" in pages["index"]


@pytest.mark.parametrize("mode", ["excerpts", "none"])
def test_copies_that_are_withheld_alike_say_so(mode: TextMode) -> None:
    corpus = beside(mode, mode)
    assert {(copy.article, copy.other, copy.same) for copy in corpus.copies} == {("a", "b", True), ("b", "a", True)}
    (repeat,) = corpus.repeats
    assert (repeat.article, repeat.other) == ("b", "a") and corpus.untold_repeats == ()


def test_excerpts_that_show_other_sentences_do_not_say_what_they_share() -> None:
    """What one of them shows may be what the other withholds."""
    reports = [quoting(article_of("a", *WIRE), SAID), quoting(article_of("b", *WIRE))]
    whole = build_corpus(reports)
    corpus = withhold_corpus(whole, "excerpts")
    assert whole.copies and corpus.copies == ()


def test_a_cut_goes_by_repeats_that_are_not_told() -> None:
    (only,) = cut_corpus(beside("full", "none"), "year")
    assert len(only.corpus.untold_repeats) == 1 and only.corpus.repeats == ()
