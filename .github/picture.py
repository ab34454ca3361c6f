"""Takes the README's picture, the annotated first article, from the built site, and the picture that stands for a page where it is shared.
``make picture`` runs it."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PAGE = HERE.parent / "site/public/articles/first-article.html"
FIRST_LINE = "According to CNN"
THEME = HERE.parent / "templates/theme"
SHARED = f"""<!doctype html><style>
@font-face {{ font-family: Record; font-weight: 400 700; src: url({(THEME / "fonts/record-serif.woff2").as_uri()}) }}
body {{ margin: 0; height: 630px; box-sizing: border-box; padding: 0 100px; display: grid; align-content: center; font-family: Record;
  background: #fdfcf9; color: #1f1c18; border-left: 28px solid #8c2a1c }}
p {{ margin: 0; height: 110px; font-size: 190px; line-height: .6; color: #8c2a1c }}
h1 {{ margin: 0 0 22px; font-size: 86px; font-weight: 600 }}
h2 {{ margin: 0; font-size: 40px; font-weight: 400; color: #5c554b }}
</style><p>“</p><h1>On the record</h1><h2>Who said what, and where the text says so</h2>"""


def main() -> None:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
        page.goto(PAGE.as_uri())
        page.locator("p", has_text=FIRST_LINE).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top + scrollY - 16)")
        page.screenshot(path=HERE / "annotated-article.png")
        page.set_viewport_size({"width": 1200, "height": 630})
        page.goto(PAGE.as_uri())  # a page from disk, which may load the face
        page.set_content(SHARED)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=THEME / "img/share.png")
        browser.close()


if __name__ == "__main__":
    main()
