"""The budget of a page: a long article with many annotations stays small, needs no script and does not jump while it loads."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import MadeOnce, build_with_mkdocs

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WORDS, ANNOTATIONS, BYTES = 1_500, 200, 300_000
PEOPLE = ("Ilse Brandt", "Per Askov", "Nora Field", "Jonas Lund", "Marta Weil", "Tomas Reed")
PLACES = ("the ferry quay", "the old school", "the water works", "the night market", "the town library", "the bus depot", "the fish hall")
SENTENCES = (
    "{who}, who sits on the harbour council, said on Monday that {place} would close before winter because {count} piles are rotten.",
    "“We have {count} reports about {place} and not one of them is good,” {other} told the Varnhaven Ledger.",
    "The council has not voted on it, and {other} accused {who} of keeping residents in the dark for {count} weeks.",
    "According to {who}, repairs at {place} may cost {count} million crowns, which the region refused to pay.",
    "Along {place}, {count} lamps burned through the whole of that long, grey and windless afternoon in the last week of the year.",
    "For {count} years nothing much had changed on the narrow street behind {place}, with its low walls and its row of bare trees.",
    "It was raining when the meeting ended, and the crowd outside {place} went home along the dark canal without another word.",
)
SHIFTS = """
new Promise(done => {
  let sum = 0;
  const watch = new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value }));
  watch.observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 600);
})
"""


def long_article() -> str:
    """At least as many words as the budget is about, in sentences of our own, no two alike."""
    text: list[str] = []
    people = islice(zip(cycle(PEOPLE), cycle((*PEOPLE[1:], PEOPLE[0])), strict=False), 200)
    for count, ((who, other), place, sentence) in enumerate(zip(people, cycle(PLACES), cycle(SENTENCES), strict=False), 2):
        text.append(sentence.format(who=who, other=other, place=place, count=count))
        if sum(len(one.split()) for one in text) >= WORDS:
            break
    paragraphs = [" ".join(text[start : start + 2]) for start in range(0, len(text), 2)]
    return "# The long winter of Varnhaven\n\n" + "\n\n".join(paragraphs) + "\n"


@pytest.fixture(scope="session")
def long_site(made_once: MadeOnce) -> Path:
    return made_once("long", _build) / "site"


def _build(folder: Path) -> None:
    (folder / "docs/articles").mkdir(parents=True)
    (folder / "docs/articles/winter.md").write_text(long_article(), encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Budget\ntheme: onrecord\nplugins: [onrecord]\n")
    build_with_mkdocs(folder / "mkdocs.yml", folder / "site", "--strict")


def test_a_long_article_with_many_annotations_is_small(long_site: Path) -> None:
    report = json.loads((long_site / "downloads/winter/report.json").read_text(encoding="utf-8"))
    mentions = sum(len(actor["mentions"]) for actor in report["actors"])
    found = sum(len(report[kind]) for kind in ("quotes", "claims", "relations")) + mentions
    assert len(report["article"]["text"].split()) >= WORDS and found >= ANNOTATIONS
    assert (long_site / "articles/winter/index.html").stat().st_size < BYTES


@pytest.mark.parametrize("script", [True, False])
def test_nothing_moves_while_a_long_page_loads(browser: Browser, served: Callable[[Path], str], long_site: Path, script: bool) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.goto(served(long_site) + "articles/winter/")
    if script:
        assert page.evaluate(SHIFTS) == 0
    else:
        # Whole without script: every note is there, and opens.
        notes = page.locator(".orx-note")
        assert notes.count() > 40
        page.locator(".orx-note-direct > summary").first.click()
        assert page.locator(".orx-note-direct dl").first.is_visible()
    context.close()
