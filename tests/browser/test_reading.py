"""Reading an annotated article: words and notes that light up together, keys, copies, the sheet on a phone, and what needs no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_site import reading

pytestmark = [pytest.mark.slow, pytest.mark.browser]


CLIPBOARD = """
Object.defineProperty(navigator, 'clipboard', {value: {writeText: text => { window.copied = text; return Promise.resolve(); }}});
"""


@pytest.fixture(scope="module")
def quay(served: Callable[[Path], str], themed_site: Callable[[str], Path]) -> str:
    return served(themed_site("onrecord")) + "articles/quay/"


def lit(page: Page) -> set[str]:
    """What is lit: the quotes of the text, and notes."""
    found = page.evaluate("[...document.querySelectorAll('.orx-lit')].map(one => one.id.startsWith('note-') ? one.id : one.dataset.ann)")
    return {name for one in found for name in one.split() if name.startswith(("q", "note-"))}


def test_words_light_their_note_and_a_note_its_words(browser: Browser, quay: str) -> None:
    with reading(browser) as page:
        page.goto(quay)
        page.locator("[data-ann~='q2']").first.hover()
        assert {"q2", "note-q2"} <= lit(page)
        page.locator("#note-q1 > summary").hover()
        assert "note-q1" in lit(page) and "q1" in lit(page) and "note-q2" not in lit(page)
        page.locator(".orx-kicker").hover()
        assert lit(page) == set()
        page.locator("a.orx-ref[href='#note-q2']").focus()
        assert {"q2", "note-q2"} <= lit(page)


def test_a_click_pins_and_gives_the_address_without_a_jump(browser: Browser, quay: str) -> None:
    with reading(browser) as page:
        page.goto(quay)
        words = page.locator("[data-ann~='q2']").first
        page.evaluate("scrollTo(0, 120)")
        before = page.evaluate("scrollY")
        words.click()
        page.wait_for_url("**#q2")
        assert page.evaluate("scrollY") == before
        assert page.locator("#note-q2").get_attribute("open") is not None
        page.locator(".orx-kicker").hover()
        assert {"q2", "note-q2"} <= lit(page)
        page.keyboard.press("Escape")
        assert page.locator("#note-q2").get_attribute("open") is None


def test_an_opened_note_moves_no_word(browser: Browser, quay: str) -> None:
    with reading(browser) as page:
        page.goto(quay)
        places = "[...document.querySelectorAll('.orx-block')].map(one => one.getBoundingClientRect().top + scrollY)"
        before = page.evaluate(places)
        page.evaluate("document.querySelectorAll('.orx-note').forEach(one => { one.open = true })")
        assert page.evaluate(places) == before


def test_a_copied_quote_has_its_words_speaker_article_and_address(browser: Browser, quay: str) -> None:
    with reading(browser) as page:
        page.add_init_script(CLIPBOARD)
        page.goto(quay)
        page.locator("[data-ann~='q2']").first.click()
        page.locator("#note-q2").get_by_role("button", name="Copy quote").click()
        assert page.locator("#note-q2").get_by_role("button", name="Copied").count() == 1
        words, speaker, article, address = page.evaluate("copied").split("\n")
        assert words == "“The piles are rotten,” … “We have no choice.”"
        assert speaker.startswith("— Ilse Brandt") and article.startswith("Ferry quay to close for winter") and address == f"{quay}#q2"
        page.locator(".orx-note-indirect > summary").first.click()
        page.locator(".orx-note-indirect[open]").get_by_role("button", name="Copy quote").click()
        assert page.evaluate("copied").startswith("Reported, not quoted: ")


def test_keys_step_through_quotes_and_can_be_switched_off(browser: Browser, quay: str) -> None:
    with reading(browser) as page:
        page.goto(quay)
        page.keyboard.press("j")
        page.wait_for_url("**#q1")
        page.keyboard.press("j")
        page.wait_for_url("**#q2")
        page.keyboard.press("k")
        page.wait_for_url("**#q1")
        page.keyboard.press("?")
        keys = page.get_by_role("dialog")
        assert "next quote" in (keys.text_content() or "")
        keys.get_by_label("use these keys").uncheck()
        keys.get_by_role("button", name="Close").click()
        page.keyboard.press("j")
        assert page.url.endswith("#q1")


def test_the_slash_goes_to_search_and_letters_in_it_are_letters(browser: Browser, quay: str) -> None:
    with reading(browser) as page:
        page.goto(quay)
        page.keyboard.press("/")
        page.keyboard.type("jk?")
        assert page.get_by_label("Search").input_value() == "jk?" and "#" not in page.url


def test_a_tap_on_a_phone_opens_the_note_as_a_sheet_at_the_bottom(browser: Browser, quay: str) -> None:
    with reading(browser, width=390) as page:
        page.goto(quay)
        page.locator("[data-ann~='q2']").first.click()
        sheet = page.locator(".orx-up")
        box = sheet.bounding_box()
        assert box and box["x"] == 0 and box["width"] == 390 and abs(box["y"] + box["height"] - 900) < 1
        assert "Ilse Brandt" in (sheet.text_content() or "")
        size = page.locator("a.orx-ref").first.evaluate("one => { const s = getComputedStyle(one, '::after'); return [s.width, s.height] }")
        assert all(float(side.removesuffix("px")) >= 24 for side in size)
        sheet.get_by_role("button", name="Close").click()
        assert sheet.count() == 0


def test_one_speaker_can_be_lit_without_script(browser: Browser, quay: str) -> None:
    with reading(browser, script=False) as page:
        page.goto(quay)
        line = "one => getComputedStyle(one).textDecorationLine"
        hers, other = page.locator("#q2"), page.locator(".orx-text .orx-quote.orx-indirect:not(.orx-s1)").first
        assert hers.evaluate(line) == other.evaluate(line) == "underline"
        page.get_by_label("Ilse Brandt").check(force=True)
        assert hers.evaluate(line) == "underline" and other.evaluate(line) == "none"
        assert page.locator("#note-q2").is_visible() and page.locator(".orx-note.orx-s2:not(.orx-s1)").first.is_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_what_is_uncertain_is_off_until_it_is_asked_for(browser: Browser, quay: str, script: bool) -> None:
    with reading(browser, script=script) as page:
        page.goto(quay)
        note, ref = page.locator(".orx-note.orx-unsure").first, page.locator("a.orx-ref.orx-unsure").first
        assert note.is_hidden() and ref.is_hidden()
        page.get_by_label("uncertain ones").check()
        assert note.is_visible() and ref.is_visible()


def test_who_follows_a_link_to_something_uncertain_sees_it(browser: Browser, quay: str) -> None:
    with reading(browser) as page:
        page.goto(quay)
        name = page.locator(".orx-note.orx-unsure").first.get_attribute("id")
        page.goto(f"{quay}#{name}")
        assert page.locator(f"#{name}").is_visible()


def test_the_choice_of_layers_stays_from_page_to_page(browser: Browser, quay: str) -> None:
    with reading(browser) as page:
        page.goto(quay)
        page.get_by_label("Claims", exact=True).check()
        page.get_by_label("Actors", exact=True).uncheck()
        page.goto(quay.replace("quay", "second"))
        assert page.get_by_label("Claims", exact=True).is_checked() and not page.get_by_label("Actors", exact=True).is_checked()
