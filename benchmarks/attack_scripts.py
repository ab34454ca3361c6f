"""Attack: markup and script in every place that an article or a report has for words, looked at in Chromium under four themes. Nothing of
it runs, nothing is fetched from elsewhere, and no page leads to a script."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
from attempts import Broken, Limit, Tally
from broken_pages import page as web_page
from broken_reports import places, value_at
from hostile import BREAKOUTS, HTML, MARKDOWN, SCRIPTS, WORDS, front_matter, quoted
from playwright.sync_api import Browser, Page, sync_playwright

THEMES = {
    "onrecord": "theme: onrecord",
    "mkdocs": "theme: {name: mkdocs, highlightjs: false}",
    "readthedocs": "theme: {name: readthedocs, highlightjs: false}",
    "material": "theme: {name: material, font: false}",
}
PAYLOADS = (
    *BREAKOUTS,
    *(f"{scheme}alert(1)" for scheme in SCRIPTS),
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<img src=`x`onerror=alert(1)//",
    "<details open ontoggle=alert(1)>",
    "\" autofocus onfocus=alert(1) x='",
    "<style>@import '//evil.example/x.css';</style>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    '[x](javascript:alert(1)) ![x](x" onerror="alert(1))',
    "{: onclick=alert(1) } !!! note ~~~html",
)
_NOT_WORDS = ("id", "href", "url", "date", "value", "schema_version", "sha256", "text", "lang", "language", "file", "model")
"""Fields of a report that are no words, or the text that everything counts in."""
_LOOK = """() => {
    document.querySelectorAll('details').forEach(one => { one.open = true })
    const found = []
    for (const one of document.querySelectorAll('*'))
        for (const attribute of one.attributes)
            if (attribute.name.startsWith('on') && attribute.value.includes('alert')) found.push(`${one.tagName} ${attribute.name}`)
    for (const one of document.links)
        if (!['http:', 'https:', 'mailto:'].includes(one.protocol)) found.push(`a link to ${one.protocol}`)
    for (const one of document.scripts)
        if (/^\\s*(parent\\.)?alert\\(1\\)/.test(one.textContent)) found.push('a script of the article')
    for (const one of document.querySelectorAll('iframe, object, embed, base, meta[http-equiv=refresh]')) found.push(one.tagName)
    return found
}"""


def attack_scripts(
    reports: Sequence[bytes],
    folder: Path,
    seed: int,
    limit: Limit,
    only: int | None = None,
    *,
    browser: Browser | None = None,
    each: int = 4,
) -> Tally:
    """What became of so many pages, in a browser. Each number is a project with articles and reports of its own under one of the themes;
    there are ``each`` of every kind of article."""
    tally = Tally(refusal="left out")
    with nullcontext(browser) if browser else _browser() as browser:
        for number in limit.numbers() if only is None else [only]:
            theme, rng = list(THEMES)[number % len(THEMES)], random.Random(f"{seed} {number}")
            for kind, build in (("articles", partial(_of_articles, each=each)), ("reports", partial(_of_reports, reports=reports))):
                work, name = folder / f"{number}-{kind}", f"--seed {seed} --only {number}"
                work.mkdir()
                with tally.attempt(f"{theme}, {kind}", name) as outcomes:
                    outcomes.tried -= 1
                    build(rng, work, THEMES[theme])
                    _look_at(browser, work / "site", f"{theme}, {kind}", name, tally)
                shutil.rmtree(work)
    return tally


# --- projects ------------------------------------------------------------------------------------------------------


def _of_articles(rng: random.Random, folder: Path, theme: str, *, each: int) -> None:
    """A project whose articles are an attacker's, read by the plugin."""
    articles = folder / "in"
    articles.mkdir()
    (folder / "docs").mkdir()
    (articles / "markdown.md").write_text(MARKDOWN, encoding="utf-8")
    (articles / "html.html").write_text(HTML, encoding="utf-8")
    for number in range(each):
        one, other = rng.sample(PAYLOADS, 2)
        front = front_matter(title=quoted(one), byline=quoted(other), outlet=quoted(one))
        (articles / f"front-{number}.md").write_text(front, encoding="utf-8")
        (articles / f"words-{number}.md").write_text("\n\n".join(_paragraphs(rng)), encoding="utf-8")
        (articles / f"words-{number}.txt").write_text("\n\n".join(_paragraphs(rng)), encoding="utf-8")
        (articles / f"page-{number}.html").write_text(web_page("\n".join(_paragraphs(rng))), encoding="utf-8")
    _run(folder, theme, "plugins:\n  - onrecord:\n      articles: in\n      review: true")


def _paragraphs(rng: random.Random) -> Iterator[str]:
    """Paragraphs in which payloads stand where names, titles, quotes and links do."""
    shapes = (
        "# {0}",
        "Mayor Ana {0} Petrov said on Monday that “{1}” was over.",
        "“{0},” said {1} Lind, leader of the {0} Party. He denied it.",
        "> “{0}” — Carla Mensah",
        "| {0} | {1} |\n| --- | --- |\n| a | {0} |",
        "- {0}\n- Bo Lind told the {1} Courier that the ferry stays.",
        "`{0}` [{1}](https://a.example/{0} '{1}') ![{0}](/x.png)",
        "Q: {0}\n\nA: {1}",
    )
    yield WORDS
    for shape in rng.sample(shapes, 6):
        yield shape.format(rng.choice(PAYLOADS), rng.choice(PAYLOADS))


def _of_reports(rng: random.Random, folder: Path, theme: str, *, reports: Sequence[bytes]) -> None:
    """A project of pages that ``onrecord pages`` wrote of an attacker's reports, built without the plugin."""
    (folder / "r.jsonl").write_bytes(b"".join(_stuffed(rng, line) + b"\n" for line in reports))
    command = [sys.executable, "-m", "onrecord", "pages", "r.jsonl", "--out", "docs"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise Broken(f"pages ended with {done.returncode}: {done.stderr}")
    _run(folder, theme, "plugins: []")


def _stuffed(rng: random.Random, line: bytes) -> bytes:
    """The report with payloads for most of the words that are not its text."""
    record: dict[str, Any] = msgspec.json.decode(line)
    for place in list(places(record)):
        holder, name = value_at(place[:-1], record), place[-1]
        if isinstance(holder[name], str) and name not in (*_NOT_WORDS, *_CHOICES) and isinstance(name, str) and rng.random() < 0.7:
            holder[name] = rng.choice(PAYLOADS)
    return msgspec.json.encode(record)


_CHOICES = (
    *("kind", "type", "status", "polarity", "modality", "class", "confidence", "format", "boilerplate", "part", "mode", "identified"),
    *("actor", "quote", "claim", "parent", "asserter", "via", "source", "target", "first", "second", "affiliation", "item"),
)
"""Fields that have one of a few values, or the id of something."""


def _run(folder: Path, theme: str, plugins: str) -> None:
    (folder / "mkdocs.yml").write_text(f"site_name: Hostile\n{theme}\n{plugins}\nvalidation: {{nav: {{omitted_files: ignore}}}}\n")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", "site"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    if done.returncode != 0 or "Traceback" in done.stderr or "please report it" in done.stderr:
        raise Broken(f"mkdocs build ended with {done.returncode}: {done.stderr}")


# --- the browser ---------------------------------------------------------------------------------------------------


@contextmanager
def _browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keeps quiet."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def _look_at(browser: Browser, site: Path, kind: str, name: str, tally: Tally) -> None:
    """Opens every page of a site."""
    with _served(site) as address:
        context = browser.new_context()
        page, trouble = context.new_page(), list[str]()
        _listen(page, address, trouble)
        for file in sorted(site.rglob("*.html")):
            place = file.relative_to(site).as_posix()
            with tally.attempt(kind, f"{name}: {place}"):
                _open(page, f"{address}{place}", trouble)
        context.close()


def _listen(page: Page, address: str, trouble: list[str]) -> None:
    def on_dialog(dialog: Any) -> None:
        trouble.append(f"a script ran: {dialog.message}")
        dialog.dismiss()

    def on_request(request: Any) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            trouble.append(f"fetched {request.url}")

    page.on("dialog", on_dialog)
    page.on("request", on_request)


def _open(page: Page, url: str, trouble: list[str]) -> None:
    trouble.clear()
    page.goto(url)
    trouble += page.evaluate(_LOOK)
    if page.url.partition("#")[0] != url:
        trouble.append(f"led away to {page.url}")
    if trouble:
        raise Broken("; ".join(trouble[:5]))
