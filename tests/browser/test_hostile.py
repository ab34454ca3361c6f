"""An attacker's project in a real browser: nothing of it runs, nothing is fetched, and no page goes against its own policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hostile import ACTORS, MARKDOWN, TITLE, WORDS, front_matter, quoted
from playwright.sync_api import Browser, expect

from onrecord.cli import main

pytestmark = pytest.mark.browser

PLACES = (
    "index",
    "articles/markup",
    "articles/front",
    "actors/index",
    "quotes/index",
    "claims/index",
    "sourcing/index",
    "method",
    "review/index",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in/markup.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "in/front.md").write_text(front_matter(title=quoted(TITLE), byline=quoted(TITLE), outlet=quoted(TITLE)), encoding="utf-8")
    (folder / "in/plain.txt").write_text(WORDS)
    (folder / "actors.yml").write_text(ACTORS, encoding="utf-8")
    how = ["--out", str(folder / "site"), "--review", "--jobs", "1", "--actors", str(folder / "actors.yml")]
    done = CliRunner().invoke(main, ["build", str(folder / "in"), *how])
    assert done.exit_code == 0, done.output
    return folder / "site"


def test_nothing_runs_and_nothing_is_fetched(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"error: {error.stack}"))
    page.on("dialog", lambda dialog: trouble.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: trouble.append(f"request: {request.url}") if not request.url.startswith("file:") else None)
    for place in PLACES:
        page.goto(f"{(site / place).as_uri()}.html")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        hrefs = page.evaluate("[...document.links].map(one => one.protocol)")
        assert set(hrefs) <= {"file:", "http:", "https:"}, place
        assert page.evaluate("[...document.scripts].filter(one => one.type !== 'application/ld+json').every(one => one.src)"), place
        assert page.url.endswith(f"/{place}.html")  # and it is still there
    assert not trouble
    context.close()


def test_names_that_are_markup_are_found_as_text(browser: Browser, site: Path) -> None:
    """The search writes names into the page by script."""
    context = browser.new_context()
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.goto((site / "index.html").as_uri())
    page.get_by_label("Search").fill("onerror")
    expect(page.locator("#site-found a").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#site-found img, #site-found svg, #site-found script").count() == 0
    assert not trouble
    context.close()
