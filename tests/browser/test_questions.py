"""Ten questions of readers, each answered on the front page or in two clicks from it, as the guide says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page, expect

from onrecord.cli import main
from tests.browser.test_site import reading
from tests.conftest import MadeOnce

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ARTICLES = {
    "wall": (
        "The wall is said to be leaking",
        "The Varnhaven Ledger",
        "2026-03-02",
        """Mayor Ana Petrov said that the harbour wall would hold. “The wall is safe,” Petrov told the council.

Engineer Bo Lind denied it. “The wall is not safe,” Lind said. Lind claimed that Petrov had hidden the report.

Carla Mensah, a spokeswoman for the Harbour Union, said that Petrov should resign.""",
    ),
    "vote": (
        "Council votes on the wall",
        "The Varnhaven Ledger",
        "2026-03-03",
        """The council voted on Tuesday. “Bo Lind is wrong about the wall,” Mayor Ana Petrov said. The Harbour Union criticised Petrov.

Dan Olsen did not vote. Treasurer Ida Falk alleged that the union had paid for the report.""",
    ),
    "strike": (
        "Union calls for a strike",
        "The Coast Herald",
        "2026-03-03",
        """Carla Mensah, the leader of the Harbour Union, called a strike. “Nobody asked us,” she said.""",
    ),
}
CORRECTIONS = """\
corrections:
  - action: confirm-quote
    id: asked
    article: strike
    words: "“Nobody asked us,”"
    sentence: "“Nobody asked us,” she said."
    was: "direct, Carla Mensah"
"""


def _build(root: Path) -> None:
    (root / "in").mkdir()
    for name, (title, outlet, date, text) in ARTICLES.items():
        (root / f"in/{name}.md").write_text(f"---\ntitle: {title}\noutlet: {outlet}\ndate: {date}\n---\n{text}\n", encoding="utf-8")
    (root / "corrections.yml").write_text(CORRECTIONS, encoding="utf-8")
    _run("extract", str(root / "in"), "-o", str(root / "reports.jsonl"), "--attribution", "rules")
    reports = [json.loads(line) for line in (root / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    # As if a reader that judges had been unsure of what the treasurer is said to have alleged.
    for quote in (quote for report in reports for quote in report["quotes"] if report["article"]["id"] == "vote"):
        quote["confidence"] = "low" if (quote.get("cue") or {}).get("lemma") == "allege" else quote["confidence"]
    (root / "reports.jsonl").write_text("".join(f"{json.dumps(report)}\n" for report in reports), encoding="utf-8")
    _run("build", str(root / "reports.jsonl"), "--out", str(root / "site"), "--corrections", str(root / "corrections.yml"))


def _run(*args: str) -> None:
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def front(made_once: MadeOnce, served: Callable[[Path], str]) -> str:
    return served(made_once("questions", _build) / "site") + "index.html"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(browser: Browser, front: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with reading(browser, script=request.param) as page:
        page.goto(front)
        yield page


def content(page: Page) -> Locator:
    return page.locator("main")


def click(page: Page, name: str | re.Pattern[str], *, nav: bool = False) -> None:
    (page.locator(".site-nav") if nav else content(page)).get_by_role("link", name=name).first.click()


def test_who_speaks_most(page: Page) -> None:
    expect(page.locator(".orx-voices li").first).to_contain_text("Ana Petrov")


def test_what_did_somebody_say_about_somebody(page: Page) -> None:
    click(page, "Ana Petrov")
    about = content(page).locator("#says-about + ul > li", has_text="Bo Lind")
    expect(about).to_contain_text("“Bo Lind is wrong about the wall,”")
    about.get_by_role("link", name=re.compile("is wrong")).click()
    expect(page.locator("h1")).to_contain_text("Council votes on the wall")
    assert "#" in page.url


def test_who_contradicts_whom(page: Page) -> None:
    click(page, "Claims", nav=True)
    table = content(page).locator("table", has_text="How they compare")
    if not table.count():
        click(page, "Pairs side by side")
    expect(content(page).locator("tr", has_text="The wall is not safe").first).to_contain_text("Bo Lind")


def test_where_does_it_say_that(page: Page) -> None:
    quote = content(page).locator(".orx-pulled li").first
    words = (quote.locator(".orx-said").text_content() or "").strip().strip("“”")
    quote.get_by_role("link").last.click()
    expect(page.locator(":target").first).to_contain_text(words)


def test_who_is_named_and_never_heard(page: Page) -> None:
    click(page, re.compile("mentioned and never heard"))
    expect(content(page)).to_contain_text("Dan Olsen")


def test_what_did_the_articles_of_an_outlet_say_on_a_day(page: Page) -> None:
    row = content(page).locator("tr", has_text="The Coast Herald").filter(has_text="2026")
    expect(row).to_have_count(1)
    row.get_by_role("link").first.click()
    expect(page.locator(".orx-text")).to_contain_text("Nobody asked us")


def test_which_quotes_are_uncertain(page: Page) -> None:
    click(page, re.compile("low confidence"))
    expect(content(page).locator(".orx-item")).to_have_count(1)
    expect(content(page).locator(".orx-item")).to_contain_text("Ida Falk")


def test_what_is_only_alleged(page: Page) -> None:
    click(page, "Sourcing", nav=True)
    doubted = content(page).locator("section[aria-labelledby='verbs'] details", has=page.locator("summary", has_text="claim"))
    doubted.locator("summary").click()
    doubted.get_by_role("link").first.click()
    expect(page.locator(".orx-text")).to_contain_text("Lind claimed that Petrov had hidden the report")


def test_who_belongs_to_whom(page: Page) -> None:
    click(page, "Relations", nav=True)
    click(page, re.compile("^Affiliated"))
    expect(content(page).locator("tbody tr").first).to_contain_text("Carla Mensah")
    expect(content(page).locator("tbody tr").first).to_contain_text("Harbour Union")


def test_what_was_corrected(page: Page) -> None:
    click(page, "What editors corrected")
    expect(content(page).locator("tr", has_text="confirm-quote")).to_contain_text("asked")
