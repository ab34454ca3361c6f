"""What ``mkdocs serve`` makes when a browser asks for it is what a build makes of the same files, whatever was there before."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import click
import pytest
import yaml
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from spacy.language import Language

from onrecord.cli import main as cli
from onrecord.errors import OptionsError
from onrecord.memory import NO_MEMORY, Memory
from onrecord.mkdocs.preview import SEARCH_INDEX, OnDemand
from onrecord.reports.extraction import Reporter

TEXTS = {
    "vote": "# Vote\n\n“We keep the ferry,” Mayor Ana Petrov said on Tuesday. Petrov accused the Harbour Union of delay.\n",
    "strike": "Dock workers will strike, union leader Carla Mensah said.\n\n“Nobody asked us,” she added. Petrov did not reply.\n",
    "budget": "Treasurer Bo Lind told reporters that the fund was empty. “We have nothing left to spend,” Lind said.\n",
    "copy": "Treasurer Bo Lind told reporters that the fund was empty. “We have nothing left to spend,” Lind said.\n\nMore follows.\n",
    "storm": "The Harbour Union criticised Ana Petrov. According to Bo Lind, the storm broke the wall. Lind may go.\n",
}
MORE = (
    "“It was a mistake,” Carla Mensah, leader of the Harbour Union, said.",
    "Mayor Ana Petrov said that the ferry would stay until 2031.",
    "Deputy Mayor Ana Petrov denied it. “That is not so,” she said.",
    "The H.U. supports Bo Lind, the treasurer.",
)


class Served:
    """A project, as ``mkdocs serve`` has it: one plugin through all builds."""

    def __init__(self, root: Path, reporter: Reporter, **settings: Any) -> None:
        self.root, self.reporter = root, reporter
        self.settings = {"site_name": "Report", "theme": {"name": "mkdocs"}, "plugins": ["search", "onrecord"]} | settings
        self.site = root / "served"
        self._config: Any = None

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    @property
    def plugin(self) -> Any:
        return self._config.plugins["onrecord"]

    def build(self, *, dirty: bool = False) -> None:
        """What happens after an edit."""
        config = self._load(self.site)
        if self._config is None:
            with a_server():
                config.plugins.on_startup(command="serve", dirty=dirty)
            config.plugins["onrecord"].reporter = self.reporter
        self._config = config
        build(config, serve_url="http://127.0.0.1:8000/", dirty=dirty)

    def whole(self) -> dict[str, bytes]:
        """Every file of the same site, made at once by a plugin that knows of nothing before."""
        with fresh_plugins():
            config = self._load(self.root / "whole")
            plugin: Any = config.plugins["onrecord"]
            plugin.reporter = self.reporter
            config.plugins.on_startup(command="serve", dirty=False)
            try:
                build(config, serve_url="http://127.0.0.1:8000/")
            finally:
                config.plugins.on_shutdown()
        return files(self.root / "whole")

    def _load(self, site: Path) -> Any:
        self.write("mkdocs.yml", yaml.safe_dump(self.settings))
        return load_config(str(self.root / "mkdocs.yml"), site_dir=str(site))

    def close(self) -> None:
        self.plugin.on_shutdown()


@contextmanager
def fresh_plugins() -> Iterator[None]:
    """MkDocs keeps plugins from one build of a process to the next."""
    kept = dict(MkDocsConfig._schema)["plugins"].plugin_cache  # type: ignore[attr-defined]
    before = dict(kept)
    kept.clear()
    try:
        yield
    finally:
        kept.clear()
        kept.update(before)


@contextmanager
def a_server() -> Iterator[None]:
    """As if ``mkdocs serve`` had been called from a shell."""
    context = click.Context(click.Command("serve"))
    context.params["livereload"] = True
    with context:
        yield


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


OTHERS = (SEARCH_INDEX, "sitemap.xml", "sitemap.xml.gz")
"""Files about all pages, which MkDocs makes at once."""


def assert_the_same(served: Served) -> None:
    """Asked for in any order, every file is as it is in a whole build."""
    whole = served.whole()
    wanted = sorted(whole.keys() - OTHERS)
    random.Random(1).shuffle(wanted)
    for path in wanted:
        served.plugin._make(path)
    made = files(served.site)
    assert made.keys() - OTHERS == whole.keys() - OTHERS
    assert [path for path in wanted if made[path] != whole[path]] == []


@pytest.fixture
def project(tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Served]]:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "kept"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.chdir(tmp_path)
    made: list[Served] = []

    def make(**settings: Any) -> Served:
        made.append(Served(tmp_path, Reporter(load=lambda model: nlp, remember=True), **settings))
        for name, text in TEXTS.items():
            made[0].write(f"docs/articles/{name}.md", text)
        return made[0]

    with fresh_plugins():
        yield make
    for one in made:
        one.close()


# --- the same site ---------------------------------------------------------------------------------------------------


def test_nothing_is_made_before_it_is_asked_for(project: Callable[..., Served]) -> None:
    served = project()
    served.write("docs/about.md", "# About us\n")
    served.build()
    pages = {path for path in files(served.site) if path.endswith(".html")}
    assert pages == {"404.html", "about/index.html"}
    assert served.plugin._make("articles/vote/index.html") and not served.plugin._make("articles/vote/index.html")
    assert not served.plugin._make("articles/nothing/index.html") and not served.plugin._make("about/index.html")
    assert not served.plugin._make("../vote.md") and not served.plugin._make("articles/vote.md")
    assert {path for path in files(served.site) if path.endswith(".html")} == pages | {"articles/vote/index.html"}


@pytest.mark.slow
@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("theme", ["mkdocs", "material", "onrecord"])
def test_every_page_is_that_of_a_whole_build(project: Callable[..., Served], theme: str, directory_urls: bool) -> None:
    served = project(theme={"name": theme}, use_directory_urls=directory_urls)
    served.build()
    assert_the_same(served)


@pytest.mark.slow
def test_after_any_edits_every_page_is_that_of_a_whole_build(project: Callable[..., Served]) -> None:
    """With an article changed, made, taken away; with corrections in an article and across two; with less of a text to be shown; with a
    file that says who exists, and one of the addresses that were published."""
    served = project(plugins=["search", {"onrecord": {"actors": "actors.yml"}}])
    served.write("actors.yml", "actors: []\n")
    chance = random.Random(7)
    corrections: list[dict[str, Any]] = []

    def change() -> None:
        name = chance.choice(list(TEXTS))
        text = "\n\n".join([TEXTS[name], *chance.sample(MORE, chance.randrange(len(MORE)))])
        head = chance.choice(["", "---\ndate: 2024-03-02\noutlet: The Courier\n---\n", "---\ntext: excerpts\n---\n"])
        served.write(f"docs/articles/{name}.md", head + text)

    def take_away() -> None:
        (served.root / f"docs/articles/{chance.choice(list(TEXTS))}.md").unlink(missing_ok=True)

    def correct() -> None:
        left = {"words": "Lind", "sentence": "Lind may go."}
        first = {"words": "Ana Petrov", "sentence": "“We keep the ferry,” Mayor Ana Petrov said on Tuesday."}
        second = {"article": "storm", "words": "Ana Petrov", "sentence": "The Harbour Union criticised Ana Petrov."}
        entry: dict[str, Any] = chance.choice([
            {"article": "vote", "action": "rename", "name": f"Ana Petrov {chance.randrange(9)}", **first},
            {"article": "vote", "action": "apart", "with": second, **first},
            {"article": "storm", "action": "visibility", "page": "hidden", **left},
        ])  # fmt: skip
        corrections.append({"id": f"c{len(corrections)}"} | entry)
        served.write("corrections.yml", yaml.safe_dump({"corrections": corrections}, allow_unicode=True))

    def know() -> None:
        aliases = chance.sample(["Petrov", "the ferry’s mayor", "A. Petrov"], 2)
        entries = [{"name": "Ana Petrov", "type": "person", "aliases": aliases}, {"name": "Harbour Union", "aliases": ["H.U."]}]
        served.write("actors.yml", yaml.safe_dump({"actors": entries[: chance.randrange(1, 3)]}, allow_unicode=True))

    def lock() -> None:
        done = CliRunner().invoke(cli, ["lock", "docs/articles", "--actors", "actors.yml"])
        assert done.exit_code == 0, done.output

    steps = [change, lock, take_away, change, correct, know, change, correct, lock, take_away, change, know, correct, change]
    served.build()
    for step in steps:
        if step is take_away and len(list((served.root / "docs/articles").iterdir())) < 3:
            continue
        step()
        served.build(dirty=chance.random() < 0.3)
        assert_the_same(served)


def test_links_of_the_user_lead_to_pages_that_are_not_made_yet(project: Callable[..., Served], caplog: pytest.LogCaptureFixture) -> None:
    nav = ["index.md", {"Who": "actors/index.md"}, {"The vote": "articles/vote.md"}, "mine.md"]
    served = project(nav=nav, validation={"links": {"anchors": "warn"}})
    links = "[vote](articles/vote.md#text) [actors](actors/index.md) [data](downloads/corpus.json) [gone](articles/vote.md#nowhere)"
    served.write("docs/mine.md", f"# Mine\n\n{links}\n")
    served.write("docs/method.md", "# My own method\n")
    served.build()
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert len(warnings) == 1 and "does not contain an anchor '#nowhere'" in warnings[0]
    assert 'href="../articles/vote/"' in (served.site / "mine/index.html").read_text(encoding="utf-8")
    assert "My own method" in (served.site / "method/index.html").read_text(encoding="utf-8")
    assert_the_same(served)
    assert "The vote" in (served.site / "actors/index.html").read_text(encoding="utf-8")


def test_a_server_that_does_not_reload_gets_all_pages(project: Callable[..., Served]) -> None:
    served = project()
    assert {"index.html", "articles/vote/index.html", "actors/ana-petrov/index.html"} <= served.whole().keys()
    served.build()


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_the_search_finds_every_page_by_its_title_and_every_article_by_its_words(project: Callable[..., Served], theme: str) -> None:
    served = project(theme={"name": theme})
    served.build()
    assert not (served.site / SEARCH_INDEX).exists()
    assert served.plugin._make("articles/vote/index.html")
    assert served.plugin._make(SEARCH_INDEX) and not served.plugin._make(SEARCH_INDEX)
    found = json.loads((served.site / SEARCH_INDEX).read_text(encoding="utf-8"))["docs"]
    by_place = {entry["location"]: entry for entry in found}
    assert len(by_place) == len(found)
    assert "Ana Petrov" in by_place["actors/ana-petrov/"]["title"]
    assert "nothing left to spend" in by_place["articles/budget/"]["text"]
    assert {"articles/vote/", "quotes/", "articles/copy/"} <= by_place.keys()


# --- the server ------------------------------------------------------------------------------------------------------


def asked(app: OnDemand, path: str) -> tuple[str, bytes]:
    told: list[str] = []
    body = app({"PATH_INFO": path}, lambda status, headers, _=None: told.append(status))  # type: ignore[arg-type]
    return told[-1], b"".join(body)


def server(there: set[str], makes: Callable[[str], bool]) -> OnDemand:
    """In front of a server that has some files, below /repo/."""

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        path = environ["PATH_INFO"].removeprefix("/repo/")
        file = f"{path}index.html" if path.endswith("/") or not path else path
        status = "200 OK" if file in there else "302 Found" if f"{file}/index.html" in there else "404 Not Found"
        start_response(status, [])
        return [file.encode()]

    return OnDemand(app, makes, root="/repo/")


def test_what_is_not_there_is_made_and_asked_for_again() -> None:
    there = {"a/index.html"}
    wanted: list[str] = []

    def make(path: str) -> bool:
        wanted.append(path)
        if path not in ("b/index.html", "index.html", "data.json") or path in there:
            return False
        there.add(path)
        return True

    app = server(there, make)
    assert asked(app, "/repo/a/")[0] == "200 OK" and wanted == []
    assert asked(app, "/repo/b/") == ("200 OK", b"b/index.html")
    assert asked(app, "/repo/data.json")[0] == asked(app, "/repo/")[0] == "200 OK"
    there.remove("b/index.html")
    assert asked(app, "/repo/b")[0] == "302 Found"
    assert asked(app, "/repo/c/")[0] == asked(app, "/elsewhere/b/")[0] == "404 Not Found"
    wanted.clear()
    asked(app, "/repo/../../etc/passwd")
    assert wanted == ["etc/passwd", "etc/passwd/index.html"]


ODD = {
    "/%00": "400",
    "/articles/%00.html": "400",
    "/..%2f..%2fetc/passwd": "404",
    "/../../etc/passwd": "404",
    f"/{'a' * 5_000}": "404",
    f"/{'a/' * 3_000}": "404",
    f"/articles/{'a' * 300}.html": "404",
    "/%ff%fe": "200",
    "/articles/%ed%b3%bf.html": "404",
    "//articles//": "404",
    "/%0a%0d%1b": "404",
    "/articles/vote.html/../../x": "404",
    "/articles/vote.html%20": "404",
}
"""Odd paths, and how they are answered; MkDocs leaves out bytes that are not UTF-8."""


def test_an_odd_path_is_answered(project: Callable[..., Served]) -> None:
    served = project(use_directory_urls=False)
    served.build()
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(served.site))
    app = OnDemand(server.serve_request, served.plugin._make, root="/")
    try:
        answers = {path: asked(app, unquote_to_bytes(path).decode("latin-1"))[0][:3] for path in ODD}
    finally:
        server.server_close()
    assert answers == ODD


def test_a_page_that_is_gone_before_it_is_sent_is_made_again() -> None:
    """A build that begins just then cleans the site; MkDocs's server waits for its end."""
    there: set[str] = set()
    times = iter([False, True])

    def make(path: str) -> bool:
        if next(times):
            there.add(path)
        return True

    assert asked(server(there, make), "/repo/b/")[0] == "200 OK"


def test_a_page_that_cannot_be_made_says_why() -> None:
    def make(path: str) -> bool:
        raise OptionsError("mine/pages/article.html:2: no such thing; mend this template")

    status, body = asked(server(set(), make), "/repo/b/")
    assert status.startswith("500") and body == b"mine/pages/article.html:2: no such thing; mend this template"


# --- what is broken, and was not ---------------------------------------------------------------------------------------


def shown(served: Served, path: str) -> tuple[str, str]:
    """A page, and what the banner above it says."""
    served.plugin._make(path)
    page = (served.site / path).read_text(encoding="utf-8")
    return page, page.partition('class="orx-trouble" role="alert">')[2].partition("</p>")[0]


def take_all(served: Served) -> None:
    for name in TEXTS:
        (served.root / f"docs/articles/{name}.md").unlink()


def spoil_all(served: Served) -> None:
    for name in TEXTS:
        served.write(f"docs/articles/{name}.md", "")


def put_another(served: Served) -> None:
    take_all(served)
    served.write("docs/articles/new.md", "---\ntitle: [\n")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (take_all, "docs/articles: no article in this folder"),
        (spoil_all, "vote.md: the article is empty"),
        (put_another, "docs/articles/new.md:"),
        (lambda served: (served.root / "docs/articles").rename(served.root / "away"), "docs/articles: no such folder"),
    ],
)
def test_when_no_article_is_left_the_last_good_site_is_shown(
    project: Callable[..., Served], spoil: Callable[[Served], object], said: str
) -> None:
    served = project()
    served.build()
    assert shown(served, "articles/vote/index.html")[1] == ""
    spoil(served)
    for _ in range(2):
        served.build()
        page, banner = shown(served, "articles/vote/index.html")
        assert "We keep the ferry" in page and said in banner and ("as it was before" in banner or "as they were before" in banner)
    served.write("docs/articles/vote.md", TEXTS["vote"])
    for path in (served.root / "docs/articles").iterdir():
        if path.stem != "vote":
            path.unlink()
    served.build()
    page, banner = shown(served, "articles/vote/index.html")
    assert "We keep the ferry" in page and banner == ""


def test_without_an_article_the_first_build_is_an_error(project: Callable[..., Served]) -> None:
    served = project()
    take_all(served)
    with pytest.raises(Abort):
        served.build()


RENAMED = """corrections:
- {id: a, article: vote, action: rename, name: Mayor Petrova, words: Ana Petrov,
   sentence: "“We keep the ferry,” Mayor Ana Petrov said on Tuesday."}
"""
KNOWN = "actors:\n- {name: Ana Petrov, type: person, links: [Q42]}\n"


@pytest.mark.parametrize(
    ("file", "good", "bad", "page", "has"),
    [
        ("corrections.yml", RENAMED, "corrections: [", "actors/mayor-petrova/index.html", "Mayor Petrova"),
        ("actors.yml", KNOWN, "actors: [{nme: x}]", "actors/ana-petrov/index.html", "wikidata.org/wiki/Q42"),
        ("onrecord.lock", "", "{", "articles/vote/index.html", "We keep the ferry"),
    ],
)
def test_a_file_that_is_broken_is_taken_as_it_was(
    project: Callable[..., Served], file: str, good: str, bad: str, page: str, has: str
) -> None:
    served = project(plugins=["search", {"onrecord": {"actors": "actors.yml"}}])
    served.write("actors.yml", "actors: []\n")
    if good:
        served.write(file, good)
    else:
        done = CliRunner().invoke(cli, ["lock", "docs/articles", "--actors", "actors.yml"])
        assert done.exit_code == 0, done.output
    served.build()
    served.write(file, bad)
    served.write("docs/articles/strike.md", TEXTS["strike"] + "\nIt rained.\n")
    served.build()
    html, banner = shown(served, page)
    assert has in html and file in banner and "as they were before" in banner
    assert "It rained." in shown(served, "articles/strike/index.html")[0]


# --- memory ----------------------------------------------------------------------------------------------------------


def test_what_was_made_of_the_same_things_is_not_made_again() -> None:
    memory, made = Memory(), list[object]()

    def of(thing: object, rest: str = "") -> object:
        def make() -> object:
            made.append(thing)
            return object()

        return memory.recall("copy", thing, rest, make)

    one, like_one = [1], [1]
    first = of(one)
    assert of(one) is first and of(like_one) is not first and of(one, "more") is not first and len(made) == 3
    memory.turn()
    assert of(one) is first
    memory.turn()
    assert of(one) is first and of(like_one) is not None and len(made) == 4
    memory.turn()
    memory.turn()
    assert of(one) is not first


def test_who_has_no_memory_makes_things_anew() -> None:
    assert NO_MEMORY.recall("copy", None, "", object) is not NO_MEMORY.recall("copy", None, "", object)
