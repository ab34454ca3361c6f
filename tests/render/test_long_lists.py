"""What grows with an archive stands on pages of its own: the texts of the method page, the files of articles, the dates."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from onrecord.corpus import build_corpus
from onrecord.model import Moment, Report
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import PAGE_SIZE, Urls
from onrecord.render.site import Page, Pages, render_pages
from tests.support.fictional import fictional_figures, fictional_report

MANY = PAGE_SIZE + 2


@pytest.fixture(scope="module")
def site() -> Pages:
    """A site of one article more than two pages' worth of dates, and of more articles than a page lists."""
    reports = [numbered(number) for number in range(1, MANY + 1)]
    return render_pages(build_corpus(reports), env=make_environment(), urls=Urls("file"), figures=fictional_figures())


def numbered(number: int) -> Report:
    """A report without actors; its claim tells of a day."""
    report = replace(fictional_report(f"a{number}"), moments=(Moment(0, 3, "2020-01-01", inferred=False, claim="c1"),))
    dated = replace(report.article.meta, title=f"Ferry {number}", date="" if number > MANY - 20 else "2024-03-05")
    return replace(report, article=replace(report.article, meta=dated))


def page(site: Pages, path: str) -> Page:
    draft = site.find(path)
    assert draft is not None
    return site.make(draft)


@pytest.mark.parametrize(("first", "rest"), [("method", "method"), ("downloads/index", "downloads"), ("timeline/index", "timeline")])
def test_pages_of_a_list_lead_to_each_other(site: Pages, first: str, rest: str) -> None:
    start, second = page(site, first), page(site, f"{rest}/page/2")
    assert f"{rest}/page/2" in {link.page for link in start.links}
    assert first in {link.page for link in second.links}
    assert second.title != start.title and second.description != start.description
    assert (start.in_nav, second.in_nav) == (True, False)
    assert site.find(f"{rest}/page/4") is None


def test_every_text_is_on_one_page_of_the_method(site: Pages) -> None:
    start, second = page(site, "method"), page(site, "method/page/2")
    assert {"text-1", f"text-{PAGE_SIZE}"} <= start.anchors and f"text-{PAGE_SIZE + 1}" not in start.anchors
    assert {name for name in second.anchors if name.startswith("text-")} == {f"text-{PAGE_SIZE + 1}", f"text-{PAGE_SIZE + 2}"}
    assert 'id="how"' in start.html and 'id="how"' not in second.html


def test_files_of_all_articles_stand_first_and_those_of_each_once(site: Pages) -> None:
    start, second = page(site, "downloads/index"), page(site, "downloads/page/2")
    assert "corpus.json" in start.html and "corpus.json" not in second.html
    for number, there in ((1, start), (PAGE_SIZE, start), (PAGE_SIZE + 1, second), (MANY, second)):
        assert [f'colspan="2">Ferry {number}</th>' in one.html for one in (start, second)] == [one is there for one in (start, second)]


def test_the_picture_of_all_dates_and_the_first_of_the_undated_are_on_the_first_page(site: Pages) -> None:
    pages = [page(site, path) for path in ("timeline/index", "timeline/page/2")]
    assert ["<figure" in one.html for one in pages] == ["Without a date of publication" in one.html for one in pages] == [True, False]
    assert f"Ferry {MANY - 19}, " in pages[0].html and f"Ferry {MANY}," not in pages[0].html and " and 8 more." in pages[0].html


def test_an_actor_of_many_articles_has_its_mentions_on_pages_of_their_own(site: Pages) -> None:
    actor = next(draft.about for draft in site.drafts() if draft.about is not None and len(draft.about.members) == MANY)
    start = page(site, f"actors/{actor.id}")
    parts = [page(site, path) for path in (f"actors/{actor.id}/mentions", f"actors/{actor.id}/mentions/page/2")]
    assert parts[0].path in {link.page for link in start.links}
    assert f"in {MANY} articles" in start.html and start.html.count('class="orx-mentions"') == 0
    mentioned = [{int(name.removeprefix("in-")) for name in one.anchors if name.startswith("in-")} for one in (start, *parts)]
    assert mentioned == [set(), set(range(1, PAGE_SIZE + 1)), {PAGE_SIZE + 1, MANY}]
    # Why the two last are this actor too stands beside their mentions.
    assert ["articles/a202.html" in one.html.partition('id="across"')[2] for one in (start, *parts)] == [False, False, True]
    assert not any("corrections.yml" in one.html for one in (start, *parts))
    assert site.find(f"actors/{actor.id}/mentions/page/3") is None


def test_a_role_that_many_articles_state_is_named_once(site: Pages) -> None:
    actor = next(draft.about for draft in site.drafts() if draft.about is not None and len(draft.about.members) == MANY)
    roles = page(site, f"actors/{actor.id}").html.partition("Role as stated")[2].partition("</dd>")[0]
    assert re.findall(r"articles/(\w+)\.html", roles) == ["a1"]


def test_an_actor_of_few_articles_has_one_page() -> None:
    corpus = build_corpus([numbered(1), numbered(2)])
    few = render_pages(corpus, env=make_environment(), urls=Urls("file"), figures=fictional_figures())
    assert not [draft.path for draft in few.drafts() if draft.path.endswith("/mentions")]
