"""What a reader meets: in a real browser, on sites as they are built."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Link, Urls
from onrecord.render.site import render_pages
from onrecord.resources import templates_dir
from tests.browser.conftest import THEMES
from tests.render.test_listing import many
from tests.support.fictional import OPENING, fictional_pair, fictional_report

pytestmark = pytest.mark.browser

KINDS = (
    "",
    "articles/quay/",
    "actors/",
    "actors/brandt/",
    "quotes/",
    "claims/",
    "relations/",
    "timeline/",
    "sourcing/",
    "method/",
    "downloads/",
)
LISTS = ("quotes/speaker/unknown/", "claims/side-by-side/", "actors/by/type/person/", "articles/by/doubt/any/", "review/")
"""Pages of facets, and the review queue; the fictional articles have none with many values or pages."""
WIDTH = "document.documentElement.scrollWidth"
OUR_WIDTH = "(one => one.getBoundingClientRect().left + one.scrollWidth * one.currentCSSZoom)(document.querySelector('.onrecord'))"
SCROLLS_OUT_OF_REACH = """
[...document.querySelectorAll('.onrecord *')].filter(one => {
  const style = getComputedStyle(one);
  return one.scrollWidth > one.clientWidth + 1 && style.overflowX !== 'visible' && style.position !== 'absolute' && one.tabIndex < 0;
}).map(one => one.outerHTML.slice(0, 120))
"""
TOO_SMALL = """
['summary', '.orx-sort', '.orx-toggle', '.orx-note > summary', '.orx-arc', '.site-nav a'].flatMap(kind => [
  ...document.querySelectorAll(kind)]).filter(one => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility() && (box.height < 23.5 || box.width < 23.5);
}).map(one => one.outerHTML.slice(0, 120))
"""
Served = Callable[[Path], str]
Themed = Callable[[str], Path]


@contextmanager
def reading(
    browser: Browser,
    *,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
    script: bool = True,
    forced: Literal["active", "none"] = "none",
    theme: str = "onrecord",
) -> Iterator[Page]:
    """A page that fails the test if it asks another machine for anything, or if it writes to the console or raises.

    Scripts of other themes may do the last two, as MkDocs's own does without the search plugin; ours may not, under any.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script, forced_colors=forced
    )
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"error: {error.stack}"))
    page.on("request", lambda request: trouble.append(f"request: {request.url}") if not _is_near(request.url) else None)
    yield page
    context.close()
    assert [one for one in trouble if theme == "onrecord" or one.startswith("request") or "onrecord" in one] == []


def _is_near(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "file://", "data:", "blob:"))


@pytest.fixture(scope="module")
def ours(served: Served, themed_site: Themed) -> str:
    return served(themed_site("onrecord"))


def violations(page: Page, context: str | None = None) -> list[str]:
    """What axe finds, with the element at fault."""
    found = Axe().run(page, context=context).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}: {node['failureSummary'][:300]}" for one in found for node in one["nodes"]]


def test_every_page_of_the_nav_is_looked_at() -> None:
    pages = render_pages(fictional_pair(), env=make_environment(), urls=Urls("directory"), for_review=True)
    missed = {Urls().to(Link(section.index), start="index").removeprefix("./") for section in pages.sections if section.index}
    missed -= {*KINDS, *LISTS}
    assert not missed, f"name {', '.join(sorted(missed))} in KINDS of tests/browser/test_site.py"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", (*KINDS, *LISTS))
def test_axe_finds_nothing_under_our_theme(browser: Browser, ours: str, kind: str, scheme: Literal["light", "dark"]) -> None:
    with reading(browser, scheme=scheme) as page:
        page.goto(ours + kind)
        _open_everything(page)
        assert violations(page) == []


@pytest.mark.parametrize(
    ("theme", "scheme"),
    [("mkdocs", "light"), ("mkdocs", "dark"), ("readthedocs", "light"), ("material", "light"), ("material in slate", "light")],
)
def test_axe_finds_nothing_in_our_pages_under_other_themes(
    browser: Browser, served: Served, themed_site: Themed, theme: str, scheme: Literal["light", "dark"]
) -> None:
    address = served(themed_site(theme))
    with reading(browser, scheme=scheme, theme=theme) as page:
        for kind in KINDS:
            page.goto(address + kind)
            _open_everything(page)
            assert violations(page, ".onrecord") == [], kind


@pytest.mark.parametrize("theme", THEMES)
def test_at_320_pixels_nothing_goes_sideways(browser: Browser, served: Served, themed_site: Themed, theme: str) -> None:
    address = served(themed_site(theme))
    with reading(browser, width=320, theme=theme) as page:
        for kind in (*KINDS, *LISTS):
            page.goto(address + kind)
            _open_everything(page)
            # Other themes' own heads may be wider than that; what is ours may not.
            assert page.evaluate(WIDTH if theme == "onrecord" else OUR_WIDTH) <= 320, kind
            # A region of its own may scroll, if the keyboard can reach it.
            assert page.evaluate(SCROLLS_OUT_OF_REACH) == [], kind


def test_switches_work_without_script(browser: Browser, ours: str) -> None:
    with reading(browser, script=False) as page:
        page.goto(ours + "articles/quay/")
        direct, claims = page.locator(".orx-text .orx-direct").first, page.locator(".orx-note-claims").first
        assert _line(direct) == "underline solid" and not claims.is_visible()
        page.get_by_label("Direct quotes").uncheck()
        page.get_by_label("Claims", exact=True).check()
        assert _line(direct).startswith("none") and page.locator(".orx-note-claims").first.is_visible()
        block = page.locator(".orx-block", has=page.locator(".orx-claim")).first
        assert block.evaluate("one => getComputedStyle(one, '::before').borderInlineStartStyle") == "double"
        assert page.locator("#text").evaluate("one => one.textContent") == fictional_report().article.text


def test_kinds_differ_without_colour(browser: Browser, ours: str) -> None:
    with reading(browser, forced="active") as page:
        page.goto(ours + "articles/quay/")
        page.get_by_label("uncertain ones").check()
        lines = {kind: _line(page.locator(f".orx-text .orx-{kind}").first) for kind in ("direct", "mixed", "indirect")}
        assert lines == {"direct": "underline solid", "mixed": "underline dashed", "indirect": "underline dotted"}


def _line(locator: object) -> str:
    style = locator.evaluate("one => { const s = getComputedStyle(one); return s.textDecorationLine + ' ' + s.textDecorationStyle }")  # type: ignore[attr-defined]
    return str(style)


@pytest.mark.parametrize("script", [True, False])
def test_a_permalink_lands_on_its_words(browser: Browser, ours: str, script: bool) -> None:
    report = fictional_report()
    second = next(quote for quote in report.quotes if quote.id == "q5")
    with reading(browser, width=390, script=script) as page:
        page.goto(ours + "quotes/")
        page.locator(".orx-item").filter(has_text="4.2 million").get_by_role("link", name="Ferry quay").first.click()
        assert re.search(r"/articles/(quay|second)/#q5$", page.url)
        target = page.locator(":target")
        assert target.text_content() == second.content[0].of(report.article.text)
        box = target.bounding_box()
        assert box is not None and 0 <= box["y"] < 900
        assert target.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_with_script_all_parts_of_a_split_quote_light_up(browser: Browser, ours: str) -> None:
    with reading(browser) as page:
        page.goto(ours + "articles/quay/#q2")
        lit = "".join(page.locator(".orx-text .orx-lit").all_text_contents())
        assert lit == "“The piles are rotten,”“We have no choice.”"
        assert lit.split("”")[0] in OPENING


def test_a_table_can_be_sorted_and_filtered_with_script(browser: Browser, ours: str) -> None:
    with reading(browser) as page:
        page.goto(ours + "relations/")
        rows = page.locator("table.orx-sortable tbody tr")
        page.get_by_role("button", name="Source").click()
        names = [text or "" for text in rows.locator("td:nth-child(2)").all_text_contents()]
        assert names == sorted(names, key=str.casefold)
        count = rows.count()
        page.goto(ours + "quotes/")
        page.goto(ours + "claims/")
        assert count == 8
        page.get_by_label("Filter").fill("4.2 million")
        assert page.locator(".orx-claim-table tbody tr:visible").count() == 2
        assert re.match(r"2 of \d+\. ", page.get_by_role("status").last.text_content() or "")
        page.get_by_label("Filter").fill("no such words")
        assert (page.get_by_role("status").last.text_content() or "").startswith("None of ")


def test_articles_can_be_picked_by_outlet_and_month_with_script(browser: Browser) -> None:
    home = next(iter(render_pages(many(20), env=make_environment(), urls=Urls("directory"))))
    with reading(browser) as page:
        page.set_content(home.html)
        page.add_script_tag(path=templates_dir() / "assets" / "onrecord.js")
        rows = page.locator("table.orx-sortable tbody tr:visible")
        page.get_by_label("Outlet").select_option("The Herald")
        assert rows.count() == 7
        page.get_by_label("Date").select_option("2021-07")
        assert rows.locator("th").all_text_contents() == ["Story 6"]
        page.get_by_label("Outlet").select_option("not given")
        page.get_by_label("Date").select_option("not given")
        page.get_by_label("Filter").fill("Story 11")
        assert rows.locator("th").all_text_contents() == ["Story 11"]


def test_numbers_of_relations_lead_to_their_rows(browser: Browser, ours: str) -> None:
    with reading(browser) as page:
        page.goto(ours + "relations/")
        arc = page.locator(".orx-arc").first
        assert not arc.locator(".orx-arc-told").is_visible()
        arc.focus()
        assert arc.locator(".orx-arc-told").is_visible()
        page.keyboard.press("Enter")
        assert re.search(r"#relation-\d+$", page.url)
        assert page.locator("tr:target").count() == 1


def test_notes_stand_beside_the_words_on_wide_screens_and_after_them_on_narrow_ones(browser: Browser, ours: str) -> None:
    for width, beside in ((1280, True), (390, False)):
        with reading(browser, width=width) as page:
            page.goto(ours + "articles/quay/")
            words, note = page.locator("#q2").bounding_box(), page.locator("#note-q2").bounding_box()
            text = page.locator("#text").bounding_box()
            assert words and note and text
            if beside:
                assert note["x"] > text["x"] + text["width"] and abs(note["y"] - words["y"]) < 250
            else:
                assert note["y"] > text["y"] + text["height"] - 1


@pytest.mark.parametrize("theme", THEMES)
def test_notes_stand_beside_the_text_under_every_theme(browser: Browser, served: Served, themed_site: Themed, theme: str) -> None:
    with reading(browser, theme=theme) as page:
        page.goto(served(themed_site(theme)) + "articles/quay/")
        note, text = page.locator("#note-q2").bounding_box(), page.locator("#text").bounding_box()
        assert note and text and note["x"] > text["x"] + text["width"] and text["width"] > 400
        # What opens is no admonition, whatever the theme makes of other people's.
        assert page.locator("#note-q2").evaluate("one => getComputedStyle(one).borderTopStyle") == "none"


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_a_button_opens_the_menu(browser: Browser, ours: str, script: bool) -> None:
    with reading(browser, width=390, script=script) as page:
        page.goto(ours)
        masthead, nav = page.locator(".site-masthead").bounding_box(), page.locator(".site-nav")
        assert masthead and masthead["height"] < 120 and not nav.is_visible()
        page.get_by_role("button", name="Menu").press("Enter")
        expect(nav).to_be_visible()
        page.keyboard.press("Escape")
        expect(nav).to_be_hidden()
    with reading(browser) as page:  # on a wide screen all stands in one row
        page.goto(ours + "method/")
        boxes = [page.locator(name).bounding_box() for name in (".site-name", ".site-search", ".site-scheme")]
        assert all(box and box["y"] < 40 for box in boxes) and not page.locator(".site-menu").is_visible()


def test_the_choice_of_light_or_dark_stays_and_without_script_the_system_decides(browser: Browser, ours: str) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    with reading(browser, scheme="light") as page:
        page.goto(ours)
        light, switch = page.evaluate(paper), page.get_by_role("button", name="Dark")
        expect(switch).to_have_attribute("aria-pressed", "false")
        switch.click()
        dark = page.evaluate(paper)
        assert dark != light
        page.goto(ours + "actors/")
        assert page.evaluate(paper) == dark and violations(page) == []
        expect(switch).to_have_attribute("aria-pressed", "true")
        switch.click()
        assert page.evaluate(paper) == light
    for scheme, expected in (("light", light), ("dark", dark)):
        with reading(browser, scheme="dark" if scheme == "dark" else "light", script=False) as page:
            page.goto(ours)
            assert page.evaluate(paper) == expected and not page.locator(".site-scheme").is_visible()


def test_a_page_has_our_face_from_a_server_and_from_disk(browser: Browser, ours: str, themed_site: Themed) -> None:
    for address in (ours, f"{(themed_site('onrecord') / 'index.html').as_uri()}"):
        with reading(browser) as page:
            page.goto(address)
            page.evaluate("document.fonts.ready")
            assert "loaded" in page.evaluate("[...document.fonts].map(one => one.status)")


def test_on_paper_each_page_has_its_head(browser: Browser, ours: str) -> None:
    with reading(browser) as page:
        page.goto(ours + "claims/")
        title = page.title()
        pages = [one.extract_text() for one in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
        assert len(pages) > 1
        for number, text in enumerate(pages, 1):
            assert title in text and f"{number} / {len(pages)}" in text


def test_print_has_the_notes_and_no_switches(browser: Browser, ours: str) -> None:
    with reading(browser) as page:
        page.goto(ours + "articles/quay/")
        page.emulate_media(media="print")
        assert not page.locator(".orx-legend").is_visible()
        text, notes = page.locator("#text").bounding_box(), page.locator(".orx-notes").bounding_box()
        assert text and notes and notes["y"] >= text["y"] + text["height"] - 1
        assert page.locator("#note-q1 dl").is_visible() and not page.locator(".orx-heard-here").is_visible()
        assert page.locator(".orx-offer").count() and not any(offer.is_visible() for offer in page.locator(".orx-offer").all())
        for address_of_words in page.locator('a[href*=":~:text="]').all():
            assert not address_of_words.is_visible()


def test_our_targets_are_large_enough(browser: Browser, ours: str) -> None:
    """WCAG 2.2, 2.5.8: controls of ours are 24 by 24, or are links in a sentence."""
    with reading(browser, width=390) as page:
        for kind in (*KINDS, *LISTS):
            page.goto(ours + kind)
            assert page.evaluate(TOO_SMALL) == [], kind


def test_the_site_of_this_repository(browser: Browser, served: Served, built_site: Path) -> None:
    address = served(built_site)
    pages = sorted(built_site.rglob("*.html"))
    assert len(pages) > 8
    kinds: dict[str, str] = {}
    for file in pages:
        name = re.search(r"orx-page-\w+", file.read_text(encoding="utf-8"))
        if name:
            kinds.setdefault(name[0], file.relative_to(built_site).as_posix())
    assert len(kinds) >= len(KINDS)
    looks: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1280, "light"), (1280, "dark"), (320, "light"))
    for width, scheme in looks:
        with reading(browser, width=width, scheme=scheme) as page:
            for kind in kinds.values():
                page.goto(address + kind)
                assert page.evaluate(WIDTH) <= width, kind
                assert width == 320 or violations(page) == [], kind


def test_the_site_opens_from_a_file(browser: Browser, themed_site: Themed) -> None:
    with reading(browser) as page:
        page.goto((themed_site("onrecord") / "articles" / "quay" / "index.html").as_uri())
        assert _line(page.locator(".orx-text .orx-direct").first) == "underline solid"


def _open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.onrecord details').forEach(one => { one.open = true })")
    page.evaluate("document.querySelectorAll('.orx-toggle input').forEach(one => { one.checked = true })")


@pytest.mark.parametrize("served_from", ["server", "disk"])
def test_the_policy_lets_our_pages_work_and_nothing_inline_run(
    browser: Browser, ours: str, themed_site: Themed, served_from: Literal["server", "disk"]
) -> None:
    """``reading`` fails on what a page does against its own policy: Chromium reports each violation to the console."""
    address, end = (ours, "") if served_from == "server" else (f"{themed_site('onrecord').as_uri()}/", "index.html")
    with reading(browser) as page:
        for kind in (*KINDS, *LISTS):
            page.goto(address + kind + end)
            policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") or ""
            assert "default-src 'none'" in policy and "script-src 'self';" in policy
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + "actors/" + end)
    assert page.locator(".orx-sort").count() > 0  # our own script did run
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))")
    assert page.evaluate("window.ran") is None
    context.close()


# --- search --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["disk", "a path of a server"])
def test_a_name_that_is_typed_leads_to_its_page(browser: Browser, served: Served, themed_site: Themed, place: str) -> None:
    folder = themed_site("onrecord")
    start = (folder / "articles/quay/index.html").as_uri() if place == "disk" else f"{served(folder)}articles/quay/"
    with reading(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(start)
        assert not any("names.js" in url for url in asked)
        page.get_by_label("Search").focus()
        page.keyboard.type("askov p")
        first = page.locator("#site-found a").first
        expect(first).to_contain_text("Per AskovActor · ")
        expect(first).to_contain_text("2 articles")
        expect(page.get_by_role("search").get_by_role("status")).to_have_text("1 found")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent").startswith("Per AskovActor")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Per Askov")


@pytest.mark.parametrize("place", ["disk", "a path of a server"])
def test_words_that_somebody_said_are_found_with_the_speaker(browser: Browser, served: Served, themed_site: Themed, place: str) -> None:
    folder = themed_site("onrecord")
    start = (folder / "index.html").as_uri() if place == "disk" else served(folder)
    with reading(browser) as page:
        page.goto(start)
        page.get_by_label("Search").fill("rotten pil")
        first = page.locator("#site-found a").first
        expect(first).to_contain_text("piles")
        expect(first).to_contain_text("Ilse Brandt")
        first.click()
        expect(page.locator(":target").first).to_contain_text("piles")
        assert "/articles/" in page.url


def test_search_finds_headlines_and_pages_and_says_when_nothing_is_found(browser: Browser, ours: str) -> None:
    with reading(browser) as page:
        page.goto(ours)
        page.get_by_label("Search").focus()
        page.keyboard.type("winter")
        expect(page.locator("#site-found a").first).to_contain_text("Ferry quay to close for winterArticle")
        page.get_by_label("Search").fill("sourc")
        expect(page.locator("#site-found a").first).to_have_text("SourcingPage")
        page.get_by_label("Search").fill("zzz")
        expect(page.get_by_role("search").get_by_role("status")).to_have_text("Nothing found")
        page.keyboard.press("Escape")
        expect(page.get_by_role("search").get_by_role("status")).to_have_text("")


def test_pages_that_pagefind_finds_come_after_names(browser: Browser, ours: str) -> None:
    """With a stand-in for Pagefind's module, which is the user's to make."""
    found = "{ url: '/repo/articles/quay/', meta: { title: 'Ferry quay' } }, { url: '/repo/method/', meta: { title: 'Method' } }"
    results = f"[{found}].map(one => ({{ data: async () => one }}))"
    module = f"export const debouncedSearch = async query => ({{ results: query === 'ferry' ? {results} : [] }});"
    with reading(browser) as page:
        page.route("**/pagefind/pagefind.js", lambda route: route.fulfill(body=module, content_type="text/javascript"))
        page.goto(ours)
        page.evaluate("document.querySelector('.site-search').dataset.pagefind = 'pagefind/pagefind.js'")
        page.get_by_label("Search").focus()
        page.keyboard.type("ferry")
        expect(page.locator("#site-found a").last).to_have_text("MethodIn the text")
        assert page.locator("#site-found a", has_text="In the text").count() == 1  # the article is there by its headline


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_results_are_accessible_and_fit_a_phone(browser: Browser, ours: str, scheme: Literal["light", "dark"]) -> None:
    with reading(browser, width=320, scheme=scheme) as page:
        page.goto(ours)
        page.get_by_label("Search").focus()
        page.keyboard.type("a")
        expect(page.locator("#site-found a").first).to_be_visible()
        assert violations(page) == []
        assert page.evaluate(WIDTH) <= 320


def test_without_script_there_is_no_search_but_the_way_to_the_indexes(browser: Browser, ours: str) -> None:
    with reading(browser, script=False) as page:
        page.goto(ours)
        expect(page.get_by_role("search")).to_be_hidden()
        page.locator(".site-nav summary", has_text="Actors").click()
        page.locator(".site-nav").get_by_role("link", name="Actors").click()
        expect(page.locator("h1")).to_have_text("Actors")


REACHABLE = """
[...document.querySelectorAll('a[href], button, select, input:not([type="radio"]:not(:checked)), summary, [tabindex="0"]')].filter(
  one => one.checkVisibility({ visibilityProperty: true })).length
"""
FOCUSED = """
(() => {
  const one = document.activeElement;
  window.met = window.met || new Set();
  if (!one || one === document.body) { return 'end'; }
  if (window.met.has(one)) { return 'again: ' + one.outerHTML.slice(0, 120); }
  window.met.add(one);
  return getComputedStyle(one).outlineStyle === 'none' ? 'unseen: ' + one.outerHTML.slice(0, 120) : 'seen';
})()
"""


@pytest.mark.parametrize("kind", ["", "articles/quay/", "quotes/", "relations/", "sourcing/"])
def test_the_keyboard_reaches_everything_and_is_always_seen(browser: Browser, ours: str, kind: str) -> None:
    with reading(browser) as page:
        page.goto(ours + kind)
        count = page.evaluate(REACHABLE)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "site-skip"
        steps = [page.evaluate(FOCUSED)]
        while steps[-1] == "seen" and len(steps) <= count:
            page.keyboard.press("Tab")
            steps.append(page.evaluate(FOCUSED))
        assert steps == ["seen"] * count + ["end"], (len(steps), count, steps[-1])


GAPS = """() => {
  document.querySelectorAll(".orx-note").forEach(one => { one.open = true; });
  const value = (one, name) => Number(one.style.getPropertyValue(name));
  const blocks = new Map(Array.from(document.querySelectorAll(".orx-text > .orx-block"), one => [value(one, "--orx-row"), one]));
  const words = one => { const range = document.createRange(); range.selectNodeContents(one); return range.getBoundingClientRect(); };
  return Array.from(document.querySelectorAll(".orx-notes-group")).flatMap(group => {
    const first = value(group, "--orx-row");
    return Array.from({length: value(group, "--orx-quiet-rows") - 1}, (_, i) => [blocks.get(first + i), blocks.get(first + i + 1)])
      .filter(([one, next]) => one && next)
      .map(([one, next]) => words(next).top - words(one).bottom);
  });
}"""
"""How far words are from those of the paragraph before, where the notes of that have room beside both, and are as high as they can be."""


def test_high_notes_part_paragraphs_only_where_other_notes_begin(browser: Browser, served: Served, built_site: Path) -> None:
    with reading(browser, width=1360) as page:
        page.goto(f"{served(built_site)}articles/first-article.html")
        gaps = page.evaluate(GAPS)
        assert gaps and max(gaps) < 60, gaps


def test_an_archive_that_is_cut_into_sites(browser: Browser, served: Served, archive_site: Path) -> None:
    address = served(archive_site)
    pages = ("index.html", "actors/index.html", "actors/by/sites/one.html", "2024/index.html", "2023/actors/index.html")
    looks: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1280, "light"), (1280, "dark"), (320, "light"))
    for width, scheme in looks:
        with reading(browser, width=width, scheme=scheme) as page:
            for path in pages:
                page.goto(address + path)
                assert page.evaluate(WIDTH) <= width, path
                assert width == 320 or violations(page) == [], path
    with reading(browser, width=1280) as page:  # from the front page to a site and back, by its links
        page.goto(f"{address}index.html")
        page.get_by_role("link", name="2024", exact=True).click()
        page.get_by_role("link", name="Harbour files", exact=True).click()
        assert page.url == f"{address}index.html"
        page.get_by_role("link", name="Actors across the archive").click()
        page.get_by_role("link", name=re.compile(r"^2024\s*: ")).first.click()
        assert "/2024/actors/" in page.url
