"""From an article to its report: what holds for every report, hostile articles among them, and what the first article must give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.article import RawArticle, load_article, parse_article
from onrecord.corpus import build_corpus
from onrecord.model import AUTHOR, Meta, Report, Span
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls, article_page, broken_links
from onrecord.render.site import render_pages
from onrecord.reports.json import decode_report, encode_report
from onrecord.reports.pipeline import build_report
from tests.render.pagecheck import assert_well_made, by_id, read_page

FIRST = Path(__file__).parents[2] / "site/docs/articles/first-article.txt"

HOSTILE = {
    "script.md": (
        "# <script>alert(1)</script>\n\n“<img src=x onerror=alert(1)>,” said [Ann](javascript:alert(1)) </div> Lee.\n\n"
        "{{ 7*7 }} {% raw %}\n"
    ),
    "injection.txt": ("“I did it,” said Mayor [x](javascript:alert(1)) Lee.\n`Ann` *Lee* _told_ <b>Reed</b> that &amp; &lt; it was over."),
    "marks.txt": '“A “b ‘c "d \'\'e ``f «g said Lee.\n” ’ " Lee said “\n""""\n‘‘’’ said “” Lee',
    "rtl.txt": "\u202e“This is over,” said Ann\u202c Lee. \u05d0\u05d1\u05d2 told \u0627\u0644 that it was over.",
    "emoji.txt": "\U0001f600 “We won \U0001f1eb\U0001f1f7,” said Ann\U0001f468\u200d\U0001f469 Lee. A\u0301nn Le\u0301e said e\u0301.",
    "crlf.txt": "Lee said that it was over.\r\n\r\n“It is over,” Reed said.\r\n",
    "long.txt": "The mayor said that the bridge of the town was old, and Lee told the Gazette: “It is old.” " * 260,
    "capitals.txt": "LEE: WE WILL WIN\nREED SAID LEE TOLD HIM “WE WILL WIN” AND LEFT",
    "nothing.txt": ".",
    "control.txt": "Lee said\u0007 that\u200b it\u00ad was\ufeff over.\u2028“Yes,”\u2029 Reed\u0085 said.",
}


@pytest.fixture(params=[*HOSTILE, "first"], scope="module")
def report(request: pytest.FixtureRequest, nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Report:
    if request.param == "first":
        return build_report(load_article(FIRST), nlp)
    file = tmp_path_factory.mktemp("articles") / str(request.param)
    file.write_text(HOSTILE[request.param], encoding="utf-8", newline="")
    return build_report(load_article(file), nlp)


def spans(report: Report) -> Iterator[Span]:
    for actor in report.actors:
        yield from (Span(mention.start, mention.end) for mention in actor.mentions)
        yield from (role.evidence for role in actor.roles)
    for quote in report.quotes:
        yield from (*quote.content, *quote.quoted_parts, *quote.setting, *filter(None, (quote.cue, quote.speaker.mention)))
    for claim in report.claims:
        yield from (*claim.spans, *claim.hedges, *claim.evaluative, *claim.check_worthy)
    yield from (relation.trigger for relation in report.relations)
    yield from (notice.span for notice in report.notices if notice.span)


def test_every_span_lies_in_the_text(report: Report) -> None:
    assert all(0 <= span.start < span.end <= len(report.article.text) for span in spans(report))


def test_nothing_stands_in_an_advertisement(report: Report) -> None:
    masked = [leaf.span for leaf in report.article.leaves() if leaf.boilerplate == "strict"]
    assert not any(span.overlaps(block) for span in spans(report) for block in masked)


def test_every_id_is_one_of_its_kind_and_every_reference_has_its_target(report: Report) -> None:
    actors, quotes, claims, relations = (
        [item.id for item in items] for items in (report.actors, report.quotes, report.claims, report.relations)
    )
    assert all(len(ids) == len(set(ids)) for ids in (actors, quotes, claims, relations))
    known = {*actors, AUTHOR, None}
    for quote in report.quotes:
        assert {quote.speaker.actor, *quote.speaker.candidates} <= known
        assert not (quote.speaker.actor and quote.speaker.candidates)
        assert {reference.actor for reference in (quote.addressee, quote.outlet) if reference} <= known
    for claim in report.claims:
        assert {claim.asserter, claim.via, *claim.about} <= known
        assert claim.quote in {*quotes, None} and claim.parent in {*claims, None}
    for relation in report.relations:
        assert {relation.source, relation.target} <= known
        assert relation.claims and set(relation.claims) <= set(claims)


def test_kinds_are_what_the_marks_say(report: Report) -> None:
    """A paraphrase is never shown as a quotation: what is quoted stands between marks in the article."""
    for quote in report.quotes:
        assert bool(quote.quoted_parts) == (quote.kind != "indirect")
        assert (
            all(report.article.text[part.start - 1] in "“”\"'‘’„«`" or part.start == 0 for part in quote.quoted_parts)
            or "\u00ab" in report.article.text
        )


def test_a_report_comes_back_from_json(report: Report) -> None:
    assert decode_report(encode_report(report)) == report


def test_the_pages_are_whole_and_the_copy_without_its_tags_is_the_article(report: Report) -> None:
    pages = list(render_pages(build_corpus([report]), env=make_environment(), urls=Urls("file")))
    assert not list(broken_links(pages))
    page = next(page for page in pages if page.path == article_page(report.article.id))
    assert "".join(by_id(read_page(page), "text").itertext()) == report.article.text
    for one in pages:
        assert_well_made(one)


OPTIONAL = [("indirect", "Kurdish leaders", "decry")]
"""What the first article ascribes to somebody without a word of theirs: right to show, and no fault to leave out."""


def test_the_first_article(nlp: Language) -> None:
    report = build_report(load_article(FIRST), nlp)
    names = {actor.id: actor.name for actor in report.actors}
    said = [(quote.kind, names[quote.speaker.actor or ""], quote.cue.lemma if quote.cue else "") for quote in report.quotes]
    said = [quote for quote in said if quote not in OPTIONAL]
    assert said == [
        ("indirect", "New York Times", "report"),
        ("indirect", "American Thinker", "according to"),
        ("indirect", "CNN", "according to"),
        ("mixed", "Ryan Dillon", "inform"),
        ("direct", "Ryan Dillon", "add"),
        ("direct", "Eric Pahon", "tell"),
        ("direct", "Eric Pahon", "state"),
        ("direct", "Eric Pahon", "add"),
        ("direct", "Haider al-Abadi", "state"),
        ("direct", "Haider al-Abadi", ""),
    ]
    denied = next(claim for claim in report.claims if claim.spans[0].of(report.article.text).startswith("the coalition has not struck"))
    assert (denied.polarity, names[denied.asserter or ""], names[denied.via or ""]) == ("-", "Ryan Dillon", "CNN")
    assert [leaf.boilerplate for leaf in report.article.leaves() if leaf.boilerplate] == ["strict"] * 3 + ["soft"] * 2
    assert report.article.meta.title == report.article.meta.date == ""


@pytest.mark.parametrize(("clauses", "notices"), [(20, []), (200, ["long-sentence"])])
def test_words_of_a_speaker_are_not_the_articles_own_where_a_sentence_is_too_long_to_be_read_whole(
    nlp: Language, clauses: int, notices: list[str]
) -> None:
    said = ", that ".join(f"the company had closed pier number {number}" for number in range(clauses))
    article = parse_article(RawArticle("a", "a.txt", "txt", f"Ann Lee said on Monday that {said}. It rained in May.", Meta()))
    report = build_report(article, nlp)
    own = [claim.spans[0].of(article.text) for claim in report.claims if claim.asserter == AUTHOR]
    assert [words for words in own if "closed" in words and not words.startswith("Ann Lee")] == []
    assert [notice.code for notice in report.notices] == notices
