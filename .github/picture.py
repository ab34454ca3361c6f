"""Takes the README's picture: the annotated first article, from the built site. ``make picture`` runs it."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PAGE = HERE.parent / "site/public/articles/first-article.html"
FIRST_LINE = "According to CNN"


def main() -> None:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
        page.goto(PAGE.as_uri())
        page.locator("p", has_text=FIRST_LINE).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top + scrollY - 16)")
        page.screenshot(path=HERE / "annotated-article.png")
        browser.close()


if __name__ == "__main__":
    main()
