"""Lists: facets that combine over all pages of a list, the choice in the address, and the view as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from onrecord.corpus import build_corpus
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import PAGE_SIZE, Urls
from onrecord.render.site import render_pages
from onrecord.resources import templates_dir
from tests.browser.test_site import reading
from tests.render.test_listing import many
from tests.support.fictional import fictional_figures, fictional_report

pytestmark = [pytest.mark.slow, pytest.mark.browser]

COUNT = PAGE_SIZE + 40
HOST = "http://127.0.0.1:1/"
LISTED = (
    "quotes/",
    "index",
    "articles/page",
    "claims/index",
    "claims/page",
    "relations/index",
    "relations/page",
    "timeline/",
    "actors/index",
    "actors/page",
)


@pytest.fixture(scope="module")
def rendered() -> dict[str, str]:
    pages = render_pages(many(COUNT), env=make_environment(), urls=Urls("file"))
    return {f"{page.path}.html": page.html for page in pages if page.path.startswith(LISTED)}


@pytest.fixture
def archive(browser: Browser, rendered: dict[str, str]) -> Iterator[Page]:
    """Pages of an archive whose list of quotes has two of them, answered from memory."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST).partition("#")[0]
        if path.startswith("assets/"):
            route.fulfill(path=templates_dir() / path)
        elif path in rendered:
            route.fulfill(content_type="text/html; charset=utf-8", body=PAGE.format(rendered[path]))
        else:
            route.fulfill(status=204)

    with reading(browser) as page:
        page.route("**/*", answer)
        yield page


PAGE = (
    '<!doctype html><title>x</title><link rel="stylesheet" href="/assets/onrecord.css"><body>{}<script src="/assets/onrecord.js"></script>'
)


def found(page: Page) -> str:
    return page.locator(".orx-found").text_content() or ""


def test_a_filter_looks_through_the_whole_list_and_says_how_many_it_found(archive: Page) -> None:
    archive.goto(f"{HOST}quotes/page/2.html")
    assert archive.locator(".orx-item").count() == COUNT - PAGE_SIZE and found(archive) == ""
    archive.get_by_label("Filter").fill("Story 7")
    expect(archive.locator(".orx-found")).to_contain_text(f"of {COUNT}. ")
    shown = archive.locator(".orx-item:visible")
    titles = shown.evaluate_all("some => some.map(one => one.textContent)")
    assert titles and all("Story 7" in one for one in titles)
    assert found(archive).startswith(f"{len(titles)} of {COUNT}. ")
    assert not archive.locator(".orx-pager").first.is_visible()
    # What came from another page leads where it led there.
    assert shown.first.locator("a[href*='#']").last.evaluate("one => one.href").startswith(f"{HOST}articles/a7")


def test_facets_combine_and_the_choice_stands_in_the_address(archive: Page) -> None:
    archive.goto(f"{HOST}quotes/index.html")
    archive.get_by_label("Speaker").select_option(index=1)
    expect(archive.locator(".orx-found")).to_contain_text(f"of {COUNT}. ")
    archive.get_by_label("Filter").fill("Story 1")
    both, address = found(archive), archive.url
    assert "Speaker=" in address and "Filter=Story+1" in address
    archive.goto("about:blank")
    archive.goto(address)
    expect(archive.locator(".orx-found")).to_contain_text(f"of {COUNT}. ")
    assert found(archive) == both and archive.get_by_label("Filter").input_value() == "Story 1"
    archive.get_by_label("Filter").fill("no such story")
    assert found(archive) == f"None of {COUNT}. "
    archive.get_by_label("Filter").fill("")
    archive.get_by_label("Speaker").select_option("")
    assert found(archive) == "" and "#" not in archive.url and archive.locator(".orx-item").count() == COUNT


def test_the_view_as_a_file_is_exactly_what_is_shown(archive: Page, tmp_path: Path) -> None:
    archive.goto(f"{HOST}quotes/index.html#Filter=Story+3")
    expect(archive.locator(".orx-found")).to_contain_text(f"of {COUNT}. ")
    words = archive.locator(".orx-item:visible :is(.orx-said, .orx-told)").all_text_contents()
    for kind in ("CSV", "JSON"):
        with archive.expect_download() as download:
            archive.get_by_role("button", name=f"This view as {kind}").click()
        download.value.save_as(tmp_path / kind)
    rows = json.loads((tmp_path / "JSON").read_text(encoding="utf-8"))
    assert [row["Words"] for row in rows] == words and set(rows[0]) == {"Words", "Kind", "Speaker", "Reporting verb", "Article", "Place"}
    table = list(csv.DictReader(io.StringIO((tmp_path / "CSV").read_bytes().decode("utf-8-sig"), newline="")))
    assert table == rows


@pytest.mark.parametrize(
    ("place", "menus"),
    [("claims", ("Where", "How presented")), ("relations", ("Where",)), ("timeline", ("Where",)), ("actors", ("Role as stated", "Type"))],
)
def test_claims_relations_and_actors_are_sieved_and_given_out_alike(
    archive: Page, tmp_path: Path, place: str, menus: tuple[str, ...]
) -> None:
    archive.goto(f"{HOST}{place}/index.html")
    offered = [name for name in menus if archive.locator(".orx-sieve").get_by_label(name).count()]
    archive.get_by_label("Filter").fill("1")
    expect(archive.locator(".orx-found")).to_contain_text(" of ")
    for name in offered:
        archive.locator(".orx-sieve").get_by_label(name).select_option(index=1)
    rows = archive.locator("table.orx-sortable tbody tr:visible")
    number = rows.count()
    assert found(archive).startswith(f"{number or 'None'} of ") and "Filter=1" in archive.url
    assert all(f"{name.split()[0]}" in archive.url for name in offered)
    if number:
        with archive.expect_download() as download:
            archive.get_by_role("button", name="This view as JSON").click()
        download.value.save_as(tmp_path / "view.json")
        given = json.loads((tmp_path / "view.json").read_text(encoding="utf-8"))
        assert len(given) == number and all(row["Place"].startswith(HOST) for row in given)


def test_a_long_list_of_an_actor_has_the_menus_of_its_kind(browser: Browser) -> None:
    articles = map(fictional_report, "abcdefghijkl")
    reports = [replace(one, article=replace(one.article, meta=replace(one.article.meta, title=one.article.id))) for one in articles]
    pages = render_pages(build_corpus(reports), env=make_environment(), urls=Urls("file"), figures=fictional_figures())
    lists = [pages.make(draft) for draft in pages.drafts() if draft.template == "pages/actor_list.html"]
    assert {one.path.rpartition("/")[2] for one in lists} >= {"claims", "direct", "relations"}
    with reading(browser) as page:
        for one in lists:
            page.set_content(PAGE.format(one.html))
            page.add_script_tag(path=templates_dir() / "assets/onrecord.js")
            assert page.locator(".orx-sieve select").count() and page.locator(".orx-sieve").get_by_label("Filter").count(), one.path


def test_the_mentions_of_an_actor_have_menus_which_leave_articles_without_any_out(browser: Browser) -> None:
    articles = map(fictional_report, "abcdefghijkl")
    reports = [replace(one, article=replace(one.article, meta=replace(one.article.meta, title=one.article.id))) for one in articles]
    pages = render_pages(build_corpus(reports), env=make_environment(), urls=Urls("file"), figures=fictional_figures())
    found = next(pages.make(draft) for draft in pages.drafts() if draft.template == "pages/actor_mentions.html")
    with reading(browser) as page:
        page.set_content(PAGE.format(found.html))
        page.add_script_tag(path=templates_dir() / "assets/onrecord.js")
        total = page.locator(".orx-mentions li").count()
        page.locator(".orx-sieve").get_by_label("Article").select_option("=c")
        assert page.locator(".orx-in:visible h3").all_text_contents() == ["c"]
        shown = page.locator(".orx-mentions li:visible").count()
        assert 0 < shown < total and page.locator(".orx-found").inner_text().startswith(f"{shown} of {total}. ")
        page.locator(".orx-sieve").get_by_label("Filter").fill("no such words")
        assert not page.locator(".orx-in:visible").count() and page.locator(".orx-found").inner_text().startswith("None of ")


def test_no_cell_is_one_that_a_spreadsheet_runs(archive: Page, tmp_path: Path) -> None:
    archive.goto(f"{HOST}quotes/index.html")
    archive.get_by_label("Filter").fill("Story")
    expect(archive.locator(".orx-found")).to_contain_text(f"of {COUNT}. ")
    archive.evaluate(
        "document.querySelector('.orx-item:not([hidden], .orx-unsure) :is(.orx-told, .orx-said)').textContent = '=HYPERLINK(1)'"
    )
    archive.get_by_label("Filter").fill("HYPERLINK")
    with archive.expect_download() as download:
        archive.get_by_role("button", name="This view as CSV").click()
    download.value.save_as(tmp_path / "view.csv")
    assert b"'=HYPERLINK" in (tmp_path / "view.csv").read_bytes()


def test_articles_are_sieved_over_all_pages_too(archive: Page) -> None:
    archive.goto(f"{HOST}index.html")
    archive.get_by_label("Outlet").select_option("The Herald")
    expect(archive.locator(".orx-found")).to_contain_text(f"of {COUNT}. ")
    assert archive.locator("table.orx-sortable tbody tr:visible").count() == COUNT // 3


def test_numbers_are_sorted_downward_first_and_words_upward(archive: Page) -> None:
    archive.goto(f"{HOST}index.html")
    archive.get_by_role("button", name="Claims").click()
    assert archive.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    archive.get_by_role("button", name="Article").click()
    assert archive.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"


def test_what_is_uncertain_is_counted_only_when_it_is_shown(browser: Browser, rendered: dict[str, str], tmp_path: Path) -> None:
    one = '<li class="orx-item{}"><p class="orx-told">Words {}</p></li>'
    items = "".join(one.format(" orx-unsure" if n % 2 else "", n) for n in range(20))
    switch = '<p class="orx-unsure-switch"><label><input type="checkbox" class="orx-show-unsure">uncertain ones</label></p>'
    with reading(browser) as page:
        page.set_content(f'<div class="onrecord orx-page-quotes">{switch}<ol class="orx-items">{items}</ol></div>')
        page.add_style_tag(path=templates_dir() / "assets/onrecord.css")
        page.add_script_tag(path=templates_dir() / "assets/onrecord.js")
        page.get_by_label("Filter").fill("Words")
        assert found(page).startswith("10 of 20. ")
        page.get_by_label("uncertain ones").check()
        assert found(page).startswith("20 of 20. ") and page.locator(".orx-item:visible").count() == 20
