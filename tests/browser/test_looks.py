"""How pages look: small grey pictures of the first screen of each kind, compared with those that were looked at.

They tell a page that lost its layout from one that did not, and do not mind another face or a few pixels. ``UPDATE_LOOKS=1`` writes them
anew: look at the pages before you commit.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]

KNOWN = Path(__file__).parent / "looks"
KINDS = ("", "articles/quay/", "actors/brandt/", "quotes/", "claims/", "relations/", "sourcing/", "downloads/")
WIDTHS = (1280, 390)
COARSE = 12
"""How many pixels of a page are one of its picture."""
TOLERANCE = 0.2
"""How much of the ink other widths of letters may move."""


def seen(page: Page) -> Image.Image:
    """The first screen of a page, coarse and grey, so that a line of text is a bar."""
    picture = Image.open(BytesIO(page.screenshot())).convert("L")
    small = picture.resize((picture.width // COARSE, picture.height // COARSE), Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(1.5))


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much of the ink of two pictures is in one of them alone, from 0 to 1; 1 for pictures of two sizes."""
    if one.size != other.size:
        return 1.0
    apart, ink = (
        ImageStat.Stat(picture).sum[0] for picture in (ImageChops.difference(one, other), ImageChops.add(_ink(one), _ink(other), 2))
    )
    return float(apart / (2 * ink or 1))


def _ink(picture: Image.Image) -> Image.Image:
    """The picture without its paper, which is its lightest grey."""
    lightest = int(ImageStat.Stat(picture).extrema[0][1])
    return ImageChops.subtract(Image.new("L", picture.size, lightest), picture)


@pytest.fixture(scope="module")
def address(served: Callable[[Path], str], themed_site: Callable[[str], Path]) -> str:
    return served(themed_site("onrecord"))


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_look_as_they_did(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 1200})
    differences: dict[str, float] = {}
    for kind in KINDS:
        page.goto(address + kind)
        page.evaluate("document.fonts.ready")
        known = KNOWN / f"{kind.strip('/').replace('/', '-') or 'home'}-{width}.png"
        if os.environ.get("UPDATE_LOOKS"):
            KNOWN.mkdir(exist_ok=True)
            seen(page).save(known, optimize=True)
        differences[kind] = difference(seen(page), Image.open(known))
    page.close()
    changed = {kind: round(much, 2) for kind, much in differences.items() if much > TOLERANCE}
    assert not changed, f"{changed} look otherwise at {width} pixels: if that is meant, UPDATE_LOOKS=1 pytest tests/browser/test_looks.py"


@pytest.mark.parametrize(
    ("part", "style"), [(".orx-infobox", "display: none"), (".site-main", "padding-top: 140px"), (".onrecord", "columns: 2")]
)
def test_a_broken_layout_is_seen(browser: Browser, address: str, part: str, style: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1200})
    page.goto(address + "actors/brandt/")
    whole = seen(page)
    page.locator(part).first.evaluate("(one, style) => { one.style.cssText = style }", style)
    assert difference(whole, seen(page)) > TOLERANCE
    page.close()


def test_another_face_is_no_other_layout(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1200})
    page.goto(address + "actors/brandt/")
    whole = seen(page)
    page.evaluate("document.querySelector('.onrecord').style.setProperty('--orx-sans', 'serif')")
    assert difference(whole, seen(page)) < TOLERANCE
    page.close()
