"""The front page: the finding in a sentence, pull quotes by rule, and who leads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.errors import OptionsError
from onrecord.labels.quote_words import Segment
from onrecord.labels.terms import headline
from onrecord.model import Article, Block, Withheld
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls
from onrecord.render.pages.home import MOST_HEARD, finding, leading, named, pull_quotes
from onrecord.render.site import render_pages
from onrecord.render.views.facts import QuoteFact
from onrecord.render.views.parties import PartyView
from onrecord.render.views.site import Site, checked_suggest, suggestion
from onrecord.render.views.speaking_time import find_shares
from tests.render.pagecheck import by_class, by_id, read_page, words
from tests.render.test_listing import many
from tests.support.fictional import fictional_corpus, fictional_figures


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(fictional_corpus(), fictional_figures())


def test_the_finding_says_who_has_most_words_and_how_many_are_never_heard(site: Site) -> None:
    shares = tuple(named(find_shares(site.quotes)))
    assert finding(shares, 15).startswith("Ilse Brandt has ") and finding(shares, 15).endswith(
        "; fifteen parties are mentioned and never heard."
    )
    assert "party is mentioned and never heard" in finding(shares, 1)
    assert finding((), 0) == "" and finding((), 2) == "Two parties are mentioned and never heard."


def test_nobody_without_a_name_leads_the_finding(site: Site) -> None:
    unknown = [replace(quote, speaker=PartyView("Unknown speaker", "unknown")) for quote in site.quotes]
    assert finding(tuple(named(find_shares(unknown))), 0) == ""


def test_pull_quotes_are_direct_sure_and_of_different_speakers(site: Site) -> None:
    facts, shares = site.facts[0], tuple(named(find_shares(site.quotes)))
    (direct,) = (quote for quote in facts.quotes if quote.kind == "direct" and quote.speaker.state == "actor" and quote.counted)
    sure = replace(direct, quote=replace(direct.quote, confidence="high"), runner_up=None, others=(), part="", words=8)

    def pulled(*quotes: QuoteFact) -> list[str]:
        return [quote.id for quote in pull_quotes([replace(facts, quotes=quotes)], shares)]

    assert pulled(sure) == [direct.id]
    assert pulled(sure, replace(sure, id="longer", words=9)) == ["longer"]
    less = replace(sure, quote=replace(sure.quote, confidence="medium"))
    doubted = (
        less,
        replace(sure, kind="mixed"),
        replace(sure, quote=replace(sure.quote, negated=True)),
        replace(sure, repeated=True),
        replace(sure, part="headline"),
    )
    assert pulled(*doubted, replace(sure, runner_up=sure.speaker), replace(sure, words=3), replace(sure, words=90)) == []


def test_a_pull_quote_that_ends_a_sentence_goes_first_and_else_loses_its_comma(site: Site) -> None:
    facts, shares = site.facts[0], tuple(named(find_shares(site.quotes)))
    sure = next(quote for quote in facts.quotes if quote.kind == "direct" and quote.speaker.state == "actor" and quote.counted)
    plain = replace(sure, quote=replace(sure.quote, confidence="high"), runner_up=None, others=(), part="")
    comma = replace(plain, id="comma", words=9, segments=(Segment("We looked at it,", True), Segment("and then we left,", True)))
    whole = replace(plain, id="whole", words=8, segments=(Segment("We left. He said ‘go!’", True),))
    (pulled,) = pull_quotes([replace(facts, quotes=(comma, whole))], shares)
    assert pulled == whole
    (alone,) = pull_quotes([replace(facts, quotes=(comma,))], shares)
    assert [segment.text for segment in alone.segments] == ["We looked at it,", "and then we left"]
    assert replace(alone, segments=comma.segments) == comma


def test_no_pull_quote_has_withheld_words(site: Site) -> None:
    facts, shares = site.facts[0], tuple(named(find_shares(site.quotes)))
    article = facts.report.article
    masked = replace(article, text="▒" * len(article.text), withheld=Withheld("none", (), 1, 0))
    sure = [replace(quote, quote=replace(quote.quote, confidence="high"), words=8, runner_up=None) for quote in facts.quotes]
    assert pull_quotes([replace(facts, quotes=tuple(sure))], shares)
    assert pull_quotes([replace(facts, quotes=tuple(sure), report=replace(facts.report, article=masked))], shares) == ()


def test_parties_that_may_be_none_do_not_lead(site: Site) -> None:
    first = next(one for one in site.profiles if one.mention_count > 1)
    once = next(one for one in site.profiles if one.mention_count == 1)
    clause = replace(first, actor=replace(first.actor, name="Harbour council was late"))
    (report, actor), *_ = first.members
    mixed = replace(first, members=((report, actor), (report, replace(actor, type="state"))))
    told = replace(first, actor=replace(first.actor, name="Officials told reporters"))
    assert first in leading(site.profiles, site.quotes)
    assert leading([once, clause, mixed, told], [replace(site.quotes[0], cue="told")]) == ()
    # "Will Young" and "May" begin with a word that elsewhere is an auxiliary.
    person = replace(first, actor=replace(first.actor, name="Will Young"))
    assert leading([person], ()) == (person,)


def test_the_front_page_begins_with_the_title_the_finding_and_the_chart() -> None:
    home = next(iter(render_pages(many(60), env=make_environment(), urls=Urls("file"), title="Harbour <files>")))
    root = read_page(home)
    assert words(by_id(root, "top")) == "Harbour <files>"
    assert next(words(one) for one in root.iter("h2")) == "Who gets to speak"
    assert len(by_class(by_class(root, "orx-voices")[0], "orx-bar")) <= MOST_HEARD
    assert len([one for one in root.iter("th") if one.get("data-label") == "Article"]) == 20


def test_an_article_without_a_headline_is_called_by_its_first_words() -> None:
    text = "The ferry quay at Varnhaven will close for winter, the council said."
    article = Article("ferry-quay-4", text, (Block("paragraph", 0, len(text), 1),), file="ferry-quay-4.txt")
    assert headline(article) == "The ferry quay at Varnhaven will close for winter …"
    assert headline(replace(article, text="Short.", blocks=(Block("paragraph", 0, 6, 1),))) == "Short."
    assert headline(replace(article, text="▒▒▒ ▒▒▒▒▒", blocks=(Block("paragraph", 0, 9, 1),))) == "Without a headline (ferry-quay-4)"
    advertised = (Block("paragraph", 0, 14, 1, boilerplate="strict"), Block("paragraph", 15, len(text), 1))
    assert headline(replace(article, blocks=advertised)).startswith("at Varnhaven")


def test_a_suggestion_fills_its_places_and_nothing_else_is_taken_for_an_address() -> None:
    assert checked_suggest("") == ""
    assert suggestion("https://example.org/new?t={title}", "A & B", "entry") == "https://example.org/new?t=A%20%26%20B"
    assert len(suggestion("mailto:a@example.org?body={entry}", "", "x" * 9_000)) < 100
    for wrong in ("javascript:alert(1)", "example.org", "https://example.org/ x", "https://example.org/?{name}"):
        with pytest.raises(OptionsError):
            checked_suggest(wrong)
