"""Built sites in a real browser: the fictional article under each theme, and the site of this repository."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Error, sync_playwright

from onrecord.assembly.write import write_pages
from onrecord.cli import main
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls
from onrecord.render.site import render_pages
from onrecord.render.views.assets import render_assets
from onrecord.reports.json import encode_report
from tests.conftest import MadeOnce, build_with_mkdocs
from tests.support.fictional import fictional_pair
from tests.support.reports import dated, full_report, mayor, report

PREFIX = "/repo/"
THEMES = {
    "onrecord": "theme: onrecord",
    "mkdocs": "theme: {name: mkdocs, highlightjs: false, color_mode: auto}",
    "readthedocs": "theme: {name: readthedocs, highlightjs: false}",
    "material": "theme: {name: material, font: false}",
    "material in slate": "theme: {name: material, font: false, palette: {scheme: slate}}",
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the test is skipped, or fails where ``ONRECORD_REQUIRE_BROWSER=1`` requires it."""
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        try:
            found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error as error:
            reason = f"no Chromium to test in ({error.message.splitlines()[0]}); install it, for example with: apt-get install chromium"
            if os.environ.get("ONRECORD_REQUIRE_BROWSER") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        yield found
        found.close()


class _Under(SimpleHTTPRequestHandler):
    """Serves a folder under a path of its own, as GitHub Pages serves a project's site."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(PREFIX.rstrip("/")) if path.startswith(PREFIX) else "/nowhere")

    def log_message(self, format: str, *args: object) -> None:
        """Keeps quiet."""


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[[Path], str]]:
    """Puts a folder on the web of this machine, and says at what address."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Under, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}{PREFIX}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def archive_site(made_once: MadeOnce) -> Path:
    """An archive of two years and one article without a date, cut by year."""
    return made_once("archive-site", _build_archive) / "site"


def _build_archive(root: Path) -> None:
    reports = [
        dated(full_report(), "quay", "2023-03-05"),
        *(dated(report(mayor()), f"vote-{year}", f"{year}-07-01" if year else "") for year in ("2023", "2024", "")),
    ]
    (root / "reports.jsonl").write_bytes(b"".join(encode_report(one) + b"\n" for one in reports))
    how = ["--out", str(root / "site"), "--by", "year", "--title", "Harbour files"]
    done = CliRunner().invoke(main, ["build", str(root / "reports.jsonl"), *how])
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="session")
def themed_site(made_once: MadeOnce) -> Callable[[str], Path]:
    """The pages of two fictional articles, built by MkDocs without the plugin under a theme."""
    return lambda theme: made_once(f"site-{theme.replace(' ', '-')}", partial(_build, theme)) / "site"


def _build(theme: str, folder: Path) -> None:
    corpus, environment, urls = fictional_pair(), make_environment(), Urls("directory")
    pages = render_pages(corpus, env=environment, urls=urls, for_review=True)
    write_pages(folder / "docs", pages, render_assets(corpus, env=environment), urls=urls)
    (folder / "mkdocs.yml").write_text(
        f"site_name: Fictional\n{THEMES[theme]}\nplugins: []\nvalidation: {{nav: {{omitted_files: ignore}}}}\n"
    )
    build_with_mkdocs(folder / "mkdocs.yml", folder / "site")
