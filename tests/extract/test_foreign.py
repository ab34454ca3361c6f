"""Text that is not English is told apart, and nothing is made up about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from onrecord.article import load_article, parse_article
from onrecord.article.read import RawArticle
from onrecord.corpus import build_corpus
from onrecord.errors import ArticleError
from onrecord.extract.language import is_english, language_of
from onrecord.model import Article, Meta
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls, article_page
from onrecord.render.site import render_pages
from onrecord.reports.pipeline import build_report

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/languages.yaml").read_text(encoding="utf-8"))


def article_of(text: str) -> Article:
    return parse_article(RawArticle("a", "a.txt", "txt", text, Meta()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']} {case['text'][:20]}")
def test_the_language_of_short_news(case: dict[str, str]) -> None:
    assert (language_of(article_of(case["text"])) == "en") == (case["lang"] == "en")


def test_what_the_front_matter_says_decides() -> None:
    german = article_of(CASES[0]["text"])
    assert language_of(replace(german, meta=Meta(lang="en-GB"))) == "en-GB" and is_english("en-GB")
    assert language_of(replace(article_of("It is over, she said."), meta=Meta(lang="pt-BR"))) == "pt-BR"


def test_a_language_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\nlang: the Queen's\n---\nWords.", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"a\.md:2: lang \"the Queen's\" is no code of a language; write it as en or pt-BR"):
        load_article(file)


def test_nothing_is_extracted_and_the_page_shows_the_text_and_says_why(nlp: Language) -> None:
    report = build_report(article_of(CASES[0]["text"]), nlp)
    assert (report.language, report.actors, report.quotes, report.claims) == ("de", (), (), ())
    assert [notice.code for notice in report.notices] == ["not-english"]
    pages = list(render_pages(build_corpus([report]), env=make_environment(), urls=Urls("file")))
    page = next(page for page in pages if page.path == article_page("a"))
    assert "This text is in German, it seems. Only English is analysed, so nothing was extracted." in page.html
    assert 'id="text" lang="de"' in page.html and "found no actors" not in page.html and "orx-legend" not in page.html
