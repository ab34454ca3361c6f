"""Correcting a served site where one reads it: a click writes the entry, the page comes back with it, and undo takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cli.test_build_serve import served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ARTICLE = """\
# The wall

Treasurer Bo Lind opened the meeting on Monday.

Carla Mensah, who leads the Harbour Union, spoke next. “The wall will not hold another winter,” Mensah said.

Lind told the council that the fund was empty. The clerk, Ane Holt, wrote it down.
"""
KEPT = """\
# ours: written by hand, and staying as it is

corrections:
    - action:  confirm-actor   # two blanks
      id: by-hand
      article: wall
      words: 'Bo Lind'
      sentence: Treasurer Bo Lind opened the meeting on Monday.
      was: Bo Lind (person)
# a last word
"""

SELECT = """words => {
  const walk = document.createTreeWalker(document.querySelector('.orx-text'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, at = node.data.indexOf(words);
    if (at >= 0) { getSelection().setBaseAndExtent(node, at, node, at + words.length); return; }
  }
}"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/wall.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def note(page: Page, words: str) -> None:
    """Opens the note on the quote with these words."""
    found = page.locator(".orx-text [data-ann]", has_text=words).first.get_attribute("data-ann") or ""
    (id,) = (one for one in found.split() if page.locator(f"#note-{one}").count())
    page.locator(f"#note-{id} > summary").click()


def summary(page: Page, speaker: str) -> None:
    expect(page.locator(".orx-note > summary", has_text=speaker).filter(has_text="corrected")).to_be_visible(timeout=60_000)


def test_a_wrong_speaker_is_corrected_on_the_page_and_undone(folder: Path, page: Page) -> None:
    file = folder / "corrections.yml"
    file.write_text(KEPT, encoding="utf-8")
    before = file.read_bytes()
    with served("in") as address:
        page.goto(f"{address}articles/wall/")
        note(page, "The wall will not hold")
        page.locator(".orx-note[open]").get_by_role("button", name="Wrong speaker").click()
        page.locator("dialog select").first.select_option(label="Bo Lind (person)")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("button", name="Undo")).to_be_visible(timeout=60_000)
        summary(page, "Bo Lind")
        text = file.read_text(encoding="utf-8")
        assert text.startswith(KEPT) and "\n    - action: speaker\n" in text, text
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".orx-note > summary", has_text="Carla Mensah").first).to_be_visible(timeout=60_000)
        expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    assert file.read_bytes() == before


def test_a_name_that_the_program_missed_other_words_and_a_file_that_is_not_there(folder: Path, page: Page) -> None:
    file = folder / "corrections.yml"
    with served("in") as address:
        page.goto(f"{address}articles/wall/")
        note(page, "The wall will not hold")
        page.locator(".orx-note[open]").get_by_role("button", name="Wrong words").click()
        page.evaluate(SELECT, "The wall will not hold")
        page.get_by_role("button", name="These are the words").click()
        expect(page.get_by_role("button", name="Undo")).to_be_visible(timeout=60_000)
        text = file.read_text(encoding="utf-8")
        assert 'words: "The wall will not hold"\n' in text and 'kind: "direct"' in text, text
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("button", name="Undo")).to_have_count(0, timeout=60_000)
        assert not file.exists()


ANSWERED = """offers => offers.map(offer => {
  const entries = [];
  for (let row = offer.previousElementSibling; row && row.matches('.orx-desk'); row = row.previousElementSibling) {
    entries.unshift(row.dataset.entry);
  }
  return [entries.join('\\n'), offer.querySelector('pre code').textContent];
})"""


def test_nobody_is_chosen_who_is_not_named(folder: Path, page: Page) -> None:
    with served("in") as address:
        page.goto(f"{address}articles/wall/")
        answered = page.locator(".orx-offer").evaluate_all(ANSWERED)
        assert answered and all(rows == entries for rows, entries in answered), "each entry has its answers, in the order of the entries"
        note(page, "The wall will not hold")
        page.locator(".orx-note[open]").get_by_role("button", name="Wrong speaker").click()
        page.get_by_label("or a name, as it stands in the article").fill("Somebody Else")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".orx-desk-bar")).to_contain_text("A speaker is named by words of the article")
    assert not (folder / "corrections.yml").exists()
