"""The plugin in real MkDocs builds, on every theme that it promises to work with."""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError
from xml.etree import ElementTree

import mkdocs.utils
import pytest
import yaml
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.contrib.search.search_index import SearchIndex
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from spacy.language import Language

import onrecord.mkdocs.plugin
from onrecord.cli import main as cli
from onrecord.gazetteer import Gazetteer
from onrecord.mkdocs.inputs import InputPaths, article_files, take_inputs, told_left_out
from onrecord.model import Article, Notice, Report, Span
from onrecord.reports.extraction import Reporter
from onrecord.reports.pipeline import build_report
from tests.support.crawl import broken, third_parties

VOTE = """---
title: Council keeps the ferry
outlet: The Courier
---

# Vote

"We keep the ferry," Mayor Ana Petrov said on Tuesday. Petrov told reporters that the harbour fund would pay.

## Costs

Treasurer Bo Lind said the fund was empty.
"""
STRIKE = 'Dock workers will strike on Monday, union leader Carla Mensah said.\n\n"Nobody asked us," she added.\n'
THEMES = ("mkdocs", "readthedocs", "material", "onrecord")


class Project:
    """A user's project on disk, and MkDocs's build of it in this process."""

    def __init__(self, root: Path, reporter: Reporter) -> None:
        self.root, self.reporter, self.site = root, reporter, root / "public"
        self.write("docs/articles/vote.md", VOTE)

    def write(self, name: str, text: str | bytes) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def build(self, *, options: dict[str, Any] | None = None, strict: bool = True, dirty: bool = False, **settings: Any) -> MkDocsConfig:
        written = {"site_name": "Report", "site_dir": "public", "theme": {"name": "mkdocs"}, "plugins": [{"onrecord": options or {}}]}
        self.write("mkdocs.yml", yaml.safe_dump(written | settings))
        config = load_config(str(self.root / "mkdocs.yml"), strict=strict)
        plugin: Any = config.plugins["onrecord"]
        plugin.reporter = self.reporter
        config.plugins.on_startup(command="build", dirty=dirty)
        try:
            build(config, dirty=dirty)
        finally:
            config.plugins.on_shutdown()
        return config

    def page(self, name: str) -> str:
        return (self.site / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        return {file.relative_to(self.site).as_posix(): file.read_bytes() for file in self.site.rglob("*") if file.is_file()}


@pytest.fixture(autouse=True)
def own_cache_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test has kept is not there for the next, which may extract in a way of its own."""
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "kept"))


@pytest.fixture
def project(tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path, Reporter(load=lambda model: nlp))


def messages(caplog: pytest.LogCaptureFixture, level: int = logging.WARNING) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= level and record.name.startswith("mkdocs")]


# --- the site ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("directory_urls", [True, False])
def test_a_strict_build_has_no_broken_link_on_any_theme(project: Project, theme: str, directory_urls: bool) -> None:
    project.write("docs/articles/strike.txt", STRIKE)
    project.write("docs/about.md", "# About\n\nSee [the actors](actors/index.md) and [the vote](articles/vote.md).\n")
    project.build(theme={"name": theme}, use_directory_urls=directory_urls, site_url="https://example.org/repo/")
    assert broken(project.site, base="/repo/", index=directory_urls) == []
    assert third_parties(project.site) == set()
    vote = project.page("articles/vote/index.html" if directory_urls else "articles/vote.html")
    assert "We keep the ferry" in vote
    assert vote.count("assets/onrecord.css") == 1
    assert "Council keeps the ferry" in vote.partition("</title>")[0]


def test_article_files_become_pages_and_are_not_published_themselves(project: Project) -> None:
    project.write("docs/articles/strike.txt", STRIKE)
    project.build()
    published = project.files()
    assert {"articles/vote/index.html", "articles/strike/index.html"} <= set(published)
    assert not [name for name in published if name.endswith((".txt", ".md"))]


RAW = ("wire.markdown", "page.xhtml", "vote.md~", "vote.bak", "notes.odt", "old.jsonl", "deep/photo.png")
"""What lies in folders of articles and is none: with words that nobody may publish."""


def test_nothing_in_a_folder_of_articles_is_published_but_what_we_make_of_it(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    for name in (*RAW, "deep/README.md", "index.md"):
        project.write(f"docs/articles/{name}", "# Embargoed words\n\n<script>alert(1)</script> The embargoed words are here.\n")
    project.write("docs/articles/.DS_Store", "embargoed words")
    project.build(options={"text": "none"}, strict=False)
    assert not [name for name, content in project.files().items() if b"mbargoed words are" in content or b"alert(1)" in content]
    assert not [name for name in project.files() if name.startswith("articles/") and not name.endswith("index.html")]
    warnings = messages(caplog)
    assert len(warnings) == len(RAW)
    assert all(any(f"docs/articles/{name}: is not read, and not published" in line for line in warnings) for name in RAW)
    with pytest.raises(Abort, match=f"{len(RAW)} warnings"):
        project.build(options={"text": "none"})


def test_what_mkdocs_excludes_is_not_warned_of(project: Project) -> None:
    project.write("docs/articles/photo.png", b"\x89PNG")
    project.build(exclude_docs="*.png\n")
    assert "articles/photo.png" not in project.files()


def test_our_pages_and_files_of_an_editor_among_articles_are_no_warning(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    project.write("docs/articles/copy/index.md", "---\ngenerator: onrecord\ntitle: A\n---\n\n<div>A page.</div>\n")
    project.write("docs/articles/copy/a.css", "")
    project.write("docs/articles/onrecord.lock", '{"version": 1}')
    project.build()
    told = [line for line in messages(caplog, logging.INFO) if "left out" in line]
    assert len(told) == 1 and "docs/articles/copy/a.css, and 1 more files: of a report that onrecord made" in told[0]
    assert not [name for name in project.files() if name.startswith("articles/copy")]


def test_a_folder_that_cannot_be_read_is_a_warning(
    project: Project, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("docs/articles/sub/a.txt", STRIKE)
    listed = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder.name == "sub":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)  # permissions do not bind the root user
    project.build(strict=False)
    assert "onrecord: docs/articles/sub: cannot be read (Permission denied); check its permissions" in messages(caplog)
    assert not [name for name in project.files() if name.startswith("articles/sub")]


EMBARGOED = "# Wall\n\n<script>alert(1)</script> The embargoed words are here, Ann Lee said.\n"


def link(project: Project, name: str, target: str) -> Path:
    place = project.root / name
    place.symlink_to(target)
    return place


def reports_in(place: str) -> Callable[[Project], None]:
    """Reports on an article, which is there too."""

    def make(project: Project) -> None:
        project.build()
        project.write(place, (project.site / "downloads/vote/report.json").read_bytes())

    return make


LAYOUTS: dict[str, tuple[dict[str, Any], Callable[[Project], object], list[str]]] = {
    "an article that is named": ({"articles": "docs/articles/vote.md"}, lambda _: None, ["also.md", "data.json"]),
    "reports in docs": ({"reports": "docs/reports.jsonl"}, reports_in("docs/reports.jsonl"), ["also.md", "data.json", "vote.md"]),
    "reports elsewhere": ({"reports": "reports.jsonl"}, reports_in("reports.jsonl"), ["also.md", "data.json", "vote.md"]),
    "another folder": (
        {"articles": "other"},
        lambda p: p.write("other/vote.md", EMBARGOED),
        ["also.md", "data.json", "vote.md"],
    ),
    "a link to the folder": ({}, lambda p: link(p, "docs/also", "articles"), ["data.json"]),
    "a folder by a link": ({"articles": "arts"}, lambda p: link(p, "arts", "docs/articles"), ["data.json"]),
    "a link to a folder elsewhere": (
        {"articles": ["archive", "docs/articles"]},
        lambda p: (p.write("archive/deep/wall.md", EMBARGOED), p.write("archive/note.odt", EMBARGOED), link(p, "docs/raw", "../archive")),
        ["data.json", "note.odt"],
    ),
    "a link to an article": ({"articles": "docs/articles"}, lambda p: link(p, "docs/copy.md", "articles/also.md"), ["data.json"]),
    "a link beside a link": (
        {"articles": ["archive", "docs/articles"]},
        lambda p: (
            p.write("archive/wall.md", "Ann Lee said no.\n"),
            p.write("away/notes.md", EMBARGOED),
            link(p, "docs/raw", "../archive"),
            link(p, "archive/far", "../away"),
        ),
        ["data.json", "notes.md"],
    ),
}
"""Options, what is there besides, and the names of what lies among articles and is not read."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_that_the_options_name_is_published_as_it_is(project: Project, caplog: pytest.LogCaptureFixture, layout: str) -> None:
    options, make, unread = LAYOUTS[layout]
    make(project)
    caplog.clear()
    project.write("docs/articles/also.md", EMBARGOED)
    project.write("docs/articles/data.json", EMBARGOED)
    project.write("docs/page.md", "# Mine\n")
    project.build(options=options | {"text": "none"}, strict=False)
    published = project.files()
    withheld = (b"mbargoed words are", b"We keep the ferry", b"alert(1)")
    assert not [name for name, content in published.items() if any(words in content for words in withheld)]
    assert not [name for name in published if name.startswith(("also/", "raw/", "copy", "reports.", "articles/data"))]
    assert "page/index.html" in published and "index.html" in published
    told = [line.partition(": is not read, and not published")[0].rpartition("/")[2] for line in messages(caplog)]
    assert sorted(told) == unread
    with pytest.raises(Abort, match=f"{len(unread)} warning"):
        project.build(options=options | {"text": "none"})


@pytest.mark.parametrize("kind", ["actors", "corrections", "lock", "attribution"])
def test_a_file_that_an_option_names_is_not_published(project: Project, kind: str) -> None:
    text = {"actors": "actors: []\n", "corrections": "corrections: []\n"}.get(kind, "")
    if kind == "lock":
        project.write("docs/articles/strike.txt", STRIKE)
        lock = CliRunner().invoke(cli, ["lock", "docs/articles", "--lock", "new.lock"])
        assert lock.exit_code == 0, lock.output
        text = (project.root / "new.lock").read_text()
    if kind == "attribution":
        text = (Path(onrecord.__file__).parent / "extract/data/classifier.json").read_text()
    project.write("docs/named.txt", text)
    project.build(options={kind: "docs/named.txt"})
    assert "named.txt" not in project.files()


def test_tables_of_reports_are_not_published_and_what_lies_beside_them_is(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    names = ("out/about.md", "out/errors/part-00000000.parquet", "out/reports/notes.txt", "out/reports/part-00000000.parquet")
    for name in names:
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).touch()
    (docs / "again").symlink_to("out/reports")
    everything = [*names, "again/notes.txt", "again/part-00000000.parquet"]
    files = Files([File(name, str(docs), str(tmp_path / "site"), True) for name in everything])
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(docs)})
    inputs = InputPaths([docs / "articles"], docs / "articles", others=[docs / "out"])
    taken = take_inputs(files, inputs)
    assert list(files.src_uris) == ["out/about.md"]
    (told,) = told_left_out(inputs, taken, [], config, lambda path: path)
    assert told.startswith(f"{docs}/out/reports/notes.txt: is not read, and not published")


def test_an_article_that_is_named_costs_no_page_beside_it(project: Project) -> None:
    (project.root / "docs/articles/vote.md").rename(project.root / "docs/story.md")
    project.write("docs/about.md", "# About us\n")
    project.write("docs/picture.png", b"\x89PNG")
    project.build(options={"articles": "docs/story.md"})
    assert {"about/index.html", "picture.png", "articles/story/index.html"} <= set(project.files())
    assert not [name for name in project.files() if name.startswith("story")]


def test_what_the_site_looks_like_is_published_from_a_folder_of_articles(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("look/mine.css", "look/mine.js", "look/logo.png", "look/icon.png", "look/other.png"):
        project.write(f"docs/{name}", "/* mine */")
    theme = {"name": "material", "font": False, "logo": "look/logo.png", "favicon": "look/icon.png"}
    options = {"articles": "docs"}
    looks: dict[str, Any] = {"extra_css": ["look/mine.css"], "extra_javascript": ["look/mine.js"], "theme": theme}
    project.build(options=options, strict=False, **looks)
    assert {name for name in project.files() if name.startswith("look/")} == {
        f"look/{n}" for n in ("mine.css", "mine.js", "logo.png", "icon.png")
    }
    assert [line for line in messages(caplog) if "look/" in line] == messages(caplog)
    assert len(messages(caplog)) == 1 and "docs/look/other.png: is not read" in messages(caplog)[0]


def test_a_readme_beside_an_index_is_an_article_too_and_nothing_else_is_said(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    for folder in ("articles", "articles/deep"):
        project.write(f"docs/{folder}/README.md", f"Ada Brook said yes in {folder}.\n")
        project.write(f"docs/{folder}/index.md", f"Bo Lind said no in {folder}.\n")
    project.build()
    assert messages(caplog) == []
    pages = [name for name in project.files() if name.startswith("articles/") and name.endswith("index.html")]
    assert len(pages) == 6  # of five articles, and the list of them
    project.write("docs/guide/README.md", "# Mine\n")
    project.write("docs/guide/index.md", "# Mine too\n")
    with pytest.raises(Abort, match="1 warning"):
        project.build()
    assert "Excluding 'guide/README.md' from the site" in messages(caplog)[0]


def test_a_readme_that_is_excluded_is_no_article_beside_an_index_either(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.write("docs/articles/README.md", EMBARGOED)
    project.write("docs/articles/index.md", STRIKE)
    project.build(exclude_docs="README.md\n")
    assert not [name for name, content in project.files().items() if b"mbargoed words are" in content]


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs if name.startswith("on") and name.lower() in ("onerror", "onload", "onmouseover")]
        if names or tag in ("blink", "marquee"):
            self.found.append(f"{tag} {names}")


HOSTILE = ("</title><blink>x", '"><marquee>', '" onmouseover="x', "&lt;/title&gt;&lt;blink&gt;", "&lt/title&gt&ltblink&gt")


@pytest.mark.parametrize("theme", THEMES)
def test_a_title_never_becomes_markup(project: Project, theme: str) -> None:
    for number, title in enumerate(HOSTILE):
        front = yaml.safe_dump({"title": title, "byline": title, "outlet": title})
        text = f"# {title}\n\n{title} said <blink>that</blink> {{{{ 7 * 7 }}}}."
        project.write(f"docs/articles/hostile-{number}.md", f"---\n{front}---\n\n{text}\n")
    project.build(theme={"name": theme})
    assert len(list(project.site.glob("articles/hostile-*/index.html"))) == len(HOSTILE)
    for file in project.site.rglob("*.html"):
        markup = _Markup()
        markup.feed(file.read_text(encoding="utf-8"))
        assert markup.found == [], file


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_of_ours_says_what_it_is_in_its_head(project: Project, theme: str) -> None:
    title = 'Ferry </script><b> & "quay"'
    front = yaml.safe_dump({"title": title, "outlet": "The Courier", "date": "2026-03-14"})
    project.write("docs/articles/vote.md", f"---\n{front}---\n\nMayor Ana Petrov said the ferry stays.\n")
    project.write("docs/about.md", "# About")
    project.build(theme={"name": theme}, site_url="https://example.org/repo/")
    page = project.page("articles/vote/index.html")
    head = page.partition("</head>")[0]
    (raw,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head)
    assert "<" not in raw
    data = json.loads(raw)
    assert data["url"] == "https://example.org/repo/articles/vote/"
    assert data["isBasedOn"] == {
        "@type": "NewsArticle",
        "headline": title,
        "publisher": {"@type": "Organization", "name": "The Courier"},
        "datePublished": "2026-03-14",
    }
    assert '<meta property="og:title" content="Ferry &lt;/script&gt;&lt;b&gt; &amp; &#34;quay&#34;">' in head
    assert '<meta property="og:url" content="https://example.org/repo/articles/vote/">' in head
    assert "isBasedOn" not in project.page("actors/index.html")
    assert "ld+json" not in project.page("about/index.html")


def test_a_list_and_a_facet_go_on_on_pages_below_their_own(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.render.engine.links.PAGE_SIZE", 1)
    project.build()
    assert "application/ld+json" in project.page("quotes/kind/indirect/page/2/index.html")


def test_pages_have_a_table_of_contents(project: Project) -> None:
    project.build()
    toc = re.findall(r'<a href="#([\w-]+)" class="nav-link">', project.page("articles/vote/index.html"))
    ids = set(re.findall(r' id="([\w-]+)"', project.page("articles/vote/index.html")))
    assert toc and set(toc) <= ids


def test_templates_in_the_users_folder_win(project: Project) -> None:
    project.write("overrides/pages/article.html", '<div class="onrecord"><p>mine: {{ title }}</p></div>')
    project.write("overrides/assets/onrecord.css", "/* mine */")
    config = project.build(options={"templates": "overrides"}, strict=False)
    assert "mine: Council keeps the ferry" in project.page("articles/vote/index.html")
    assert project.page("assets/onrecord.css") == "/* mine */"
    assert str(project.root / "overrides") in config.watch


@pytest.mark.parametrize("source", ["{% if %}", "\n{{ missing.name }}", "{% include 'nowhere.html' %}"])
def test_a_broken_template_is_one_line(project: Project, caplog: pytest.LogCaptureFixture, source: str) -> None:
    project.write("overrides/pages/article.html", source)
    with pytest.raises(Abort):
        project.build(options={"templates": "overrides"})
    (message,) = messages(caplog, logging.ERROR)
    assert message.startswith(f"overrides/pages/article.html:{2 if source.startswith(chr(10)) else 1}: ")
    assert message.endswith("; mend this template")


# --- nav, and the user's own pages ---------------------------------------------------------------------------------


def nav_of(config: MkDocsConfig) -> list[str]:
    assert isinstance(config.nav, list)
    return [item if isinstance(item, str) else next(iter(item)) for item in config.nav]


def test_without_a_nav_home_and_the_indexes_come_first(project: Project) -> None:
    project.write("docs/about.md", "# About\n")
    project.write("docs/guide/reading.md", "# Reading\n")
    nav = nav_of(project.build())
    assert nav[0] == "index.md"
    assert {"actors/index.md", "quotes/index.md", "claims/index.md", "relations/index.md", "method.md"} <= set(nav)
    assert nav[-2:] == ["about.md", "Guide"]
    assert "articles/vote.md" not in nav


def test_what_only_sorts_again_is_left_out_of_materials_search(project: Project) -> None:
    project.build(theme={"name": "material", "font": False}, plugins=[{"onrecord": {}}, "material/search"])
    found = {entry["location"].partition("#")[0] for entry in json.loads(project.page("search/search_index.json"))["docs"]}
    assert {"quotes/", "articles/vote/"} <= found
    assert not [location for location in found if location.startswith("quotes/") and location != "quotes/"]


def test_the_review_queue_is_in_no_public_build(project: Project) -> None:
    project.build()
    traces = [name for name, content in project.files().items() if b"review/index" in content or b"orx-page-review" in content]
    assert [name for name in project.files() if "review" in name] == traces == []
    project.build(options={"review": True}, use_directory_urls=False)
    assert "orx-page-review" in project.page("review/index.html") and 'href="review/index.html"' in project.page("index.html")


def test_the_review_queue_is_there_while_editors_look(project: Project) -> None:
    project.write("mkdocs.yml", yaml.safe_dump({"site_name": "Report", "site_dir": "public", "plugins": ["onrecord"]}))
    config = load_config(str(project.root / "mkdocs.yml"))
    plugin: Any = config.plugins["onrecord"]
    plugin.reporter = project.reporter
    plugin.on_startup(command="serve", dirty=False)
    try:
        build(config)
    finally:
        plugin.on_shutdown()
    assert "orx-page-review" in project.page("review/index.html")


def test_a_nav_of_the_user_stands_and_its_titles_too(project: Project) -> None:
    nav = [{"Start": "index.md"}, {"More": [{"Who speaks": "actors/index.md"}, "quotes/index.md"]}]
    config = project.build(nav=nav)
    assert config.nav == nav
    home = project.page("index.html")
    assert "Who speaks" in home and "Start" in home


def test_a_page_of_the_user_wins(project: Project) -> None:
    project.write("docs/README.md", "# My own home\n\n[Actors](actors/index.md)\n")
    project.write("docs/method.md", "# My own method\n")
    config = project.build()
    assert "My own home" in project.page("index.html")
    assert "My own method" in project.page("method/index.html")
    assert nav_of(config)[0] == "README.md"
    assert "method.md" in nav_of(config)
    assert project.page("index.html").count("onrecord.css") == 1


def test_an_index_in_the_folder_of_articles_is_an_article(project: Project) -> None:
    """As it is for every command: nothing there is published in another way."""
    project.write("docs/articles/index.md", "# What we read\n\n{{ not }} <b>markup</b>, Ada Brook said.\n")
    project.build()
    assert "What we read" in project.page("articles/article-index/index.html")


def test_a_page_of_the_user_stands_for_the_list_of_articles(project: Project) -> None:
    project.write("docs/articles.md", "# What we read\n")
    project.build()
    assert "What we read" in project.page("articles/index.html")


def test_what_mkdocs_excludes_is_no_article(project: Project) -> None:
    project.write("docs/articles/embargo.md", STRIKE)
    project.build(exclude_docs="/articles/embargo.md\n")
    assert not (project.site / "articles/embargo").exists()
    assert "Mensah" not in project.page("index.html")


# --- options and bad input -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("places", ["archive", ["archive"], ["archive/strike.txt"]])
def test_articles_from_outside_are_read_and_watched(project: Project, places: str | list[str]) -> None:
    project.write("archive/strike.txt", STRIKE)
    (project.root / "docs/articles/vote.md").unlink()
    config = project.build(options={"articles": places})
    assert (project.site / "articles/strike/index.html").is_file()
    named = places if isinstance(places, str) else places[0]
    assert config.watch == [str(project.root / named)]


def test_a_bad_article_is_reported_and_the_rest_is_built(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.write("docs/articles/empty.txt", "")
    project.build(strict=False)
    (warning,) = messages(caplog)
    assert "docs/articles/empty.txt: the article is empty" in warning
    assert (project.site / "articles/vote/index.html").is_file()
    with pytest.raises(Abort, match="1 warning"):
        project.build(strict=True)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda p: p.write("docs/articles/vote.md", ""), "docs/articles/vote.md: the article is empty"),
        (lambda p: (p.root / "docs/articles/vote.md").unlink(), "docs/articles: no article in this folder"),
        (lambda p: (p.root / "docs/articles").rename(p.root / "docs/else"), "docs/articles: no such folder"),
        (lambda p: p.write("docs/articles/vote.md", b"\x00\x01\x02" * 50), "docs/articles/vote.md: binary data"),
    ],
)
def test_when_nothing_can_be_read_the_build_stops_with_one_line(
    project: Project, caplog: pytest.LogCaptureFixture, make: Callable[[Project], object], said: str
) -> None:
    make(project)
    with pytest.raises(Abort):
        project.build()
    (message,) = messages(caplog)
    assert said in message


def test_every_excluded_article_is_as_good_as_none(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        project.build(exclude_docs="/articles/\n")
    assert "every article is excluded" in messages(caplog)[0]


def test_several_bad_articles_are_each_named(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.write("docs/articles/vote.md", "")
    project.write("docs/articles/strike.txt", b"\xff\xfe\xff")
    with pytest.raises(Abort):
        project.build()
    strike, vote, last = messages(caplog)
    assert "strike.txt" in strike and "vote.md" in vote and "none of the articles" in last


@pytest.mark.parametrize(
    "options",
    [
        {"articles": "nowhere"},
        {"templates": "nowhere"},
        {"actors": "nowhere"},
        {"actors": "docs"},
        {"model": 3},
        {"articles": [1]},
        {"strict_notices": "often"},
        {"modle": "x"},
    ],
)
def test_a_wrong_option_is_refused(project: Project, caplog: pytest.LogCaptureFixture, options: dict[str, Any]) -> None:
    with pytest.raises(Abort):
        project.build(options=options)
    assert "onrecord" in messages(caplog)[0]


def test_actors_that_the_user_gives_are_settled_linked_and_watched(project: Project) -> None:
    project.write("docs/articles/strike.txt", STRIKE.replace("union leader Carla Mensah", "union leader Mensah"))
    project.write("docs/articles/third.txt", "Carla Mensah of the union met the mayor, Ana Petrov.\n")
    project.write(
        "actors.yml", "actors:\n- name: Carla Mensah\n  type: person\n  aliases: [Mensah]\n  links: [Q42, 'https://a.example/?q=1&r=2']\n"
    )
    config = project.build(options={"actors": "actors.yml"})
    assert str(project.root / "actors.yml") in config.watch
    page = project.page("actors/carla-mensah/index.html")
    assert '<a href="https://www.wikidata.org/wiki/Q42" rel="noopener noreferrer">Wikidata Q42</a>' in page
    assert "given in actors.yml" in page and "Why these are one" in page
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    about = json.loads(data)["about"]
    assert (about["@type"], about["name"], about["sameAs"][0]) == ("Person", "Carla Mensah", "https://www.wikidata.org/wiki/Q42")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', project.page("actors/ana-petrov/index.html"))
    assert json.loads(data)["about"] == {"@type": "Person", "name": "Ana Petrov"}


def test_a_file_of_actors_that_is_wrong_is_one_line(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.write("actors.yml", "actors:\n- nme: Ana Petrov\n")
    with pytest.raises(Abort):
        project.build(options={"actors": "actors.yml"})
    assert messages(caplog) == ["actors.yml:2: entry number 1: there is no key 'nme'; use name, type, aliases, links, not"]


def test_a_model_that_is_not_there_is_one_line(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.reporter = Reporter()
    with pytest.raises(Abort):
        project.build(options={"model": "en_no_such_model"})
    (message,) = messages(caplog)
    assert message.startswith("model en_no_such_model: ")


def test_a_model_beside_the_configuration_is_found(project: Project, nlp: Language) -> None:
    (project.root / "models/mine").mkdir(parents=True)
    asked: list[str] = []

    def load(model: str) -> Language:
        asked.append(model)
        return nlp

    project.reporter = Reporter(load=load)
    project.build(options={"model": "models/mine"})
    assert asked == [str(project.root / "models/mine")]


def test_notices_fail_a_strict_build_only_on_request(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    def noticing(article: Article, nlp: Language, *, attribution: str, gazetteer: Gazetteer) -> Report:
        return replace(
            build_report(article, nlp, attribution=attribution, gazetteer=gazetteer),
            notices=(Notice("unclosed-quote", "a quotation mark is never closed", Span(8, 9)),),
        )

    project.reporter = replace(project.reporter, build=noticing)
    with caplog.at_level(logging.INFO):
        project.build()
    assert "onrecord: vote.md: character 8: a quotation mark is never closed" in messages(caplog, logging.INFO)
    with pytest.raises(Abort, match="1 warning"):
        project.build(options={"strict_notices": True})


def test_keys_of_many_articles_that_are_not_read_are_told_once(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(3):
        project.write(f"docs/articles/tagged{number}.md", f"---\ntags: [a]\n---\n\n{STRIKE}")
    with caplog.at_level(logging.INFO):
        project.build()
    assert [line for line in messages(caplog, logging.INFO) if "tags" in line] == [
        "onrecord: keys of the front matter that are not read: 'tags' (3 articles, the first docs/articles/tagged0.md)"
    ]


def test_third_parties_are_asked_only_on_request(project: Project) -> None:
    project.build(options={"third_party": True})
    assert third_parties(project.site)


# --- building again ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_a_build_on_another_day_has_the_same_bytes(project: Project, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("docs/about.md", "# About\n")
    settings: dict[str, Any] = {"theme": {"name": theme}, "plugins": ["search", "onrecord"], "site_url": "https://example.org/"}
    builds = []
    for day in (1, 2):
        monkeypatch.setattr(mkdocs.utils, "get_build_datetime", lambda day=day: datetime(2031, 5, day, 3, 4, day, tzinfo=UTC))
        project.build(**settings)
        builds.append(project.files())
    assert builds[0] == builds[1]


def test_the_date_of_the_build_is_kept_where_somebody_gave_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    project.build(site_url="https://example.org/")
    assert "<lastmod>2030-03-17</lastmod>" in project.page("sitemap.xml")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    project.build(site_url="https://example.org/")
    assert "lastmod" not in project.page("sitemap.xml")


def test_only_what_changed_is_extracted_again(project: Project, nlp: Language) -> None:
    loaded: list[str] = []
    extracted: list[str] = []

    def load(model: str) -> Language:
        loaded.append(model)
        return nlp

    def extract(article: Article, nlp: Language, *, attribution: str, gazetteer: Gazetteer) -> Report:
        extracted.append(article.id)
        return build_report(article, nlp, attribution=attribution, gazetteer=gazetteer)

    project.reporter = Reporter(load=load, build=extract)
    strike = project.write("docs/articles/strike.txt", STRIKE)
    project.build()
    project.build()
    assert extracted == ["strike", "vote"]
    strike.write_text(STRIKE.replace("Monday", "Friday"))
    project.build()
    assert extracted == ["strike", "vote", "strike"]
    assert "Friday" in project.page("articles/strike/index.html")
    project.write("docs/articles/vote.md", VOTE.replace("outlet: The Courier", "outlet: The Herald"))
    project.build()
    assert extracted[3:] == ["vote"]
    assert len(loaded) == 1
    project.build(options={"model": "another"})
    assert len(loaded) == 2
    assert sorted(extracted[4:]) == ["strike", "vote"]
    project.write("actors.yml", "actors:\n- name: Ana Petrov\n")
    project.build(options={"actors": "actors.yml", "model": "another"})
    assert len(loaded) == 2
    assert sorted(extracted[6:]) == ["strike", "vote"]


def test_a_warm_build_equals_a_clean_one(project: Project) -> None:
    project.build()
    clean = project.files()
    project.write("docs/articles/vote.md", STRIKE)
    project.build()
    assert project.files() != clean
    project.write("docs/articles/vote.md", VOTE)
    project.build()
    assert project.files() == clean


def test_nothing_is_written_into_docs(project: Project) -> None:
    def state() -> dict[str, int]:
        return {str(file): file.stat().st_mtime_ns for file in (project.root / "docs").rglob("*")}

    before = state()
    project.build()
    assert state() == before


def test_every_file_of_ours_is_backed_by_a_real_one(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:

    seen: dict[str, bool] = {}
    copy = Files.copy_static_files

    def spy(files: Files, *args: Any, **options: Any) -> None:
        seen.update({file.src_uri: bool(file.abs_src_path and Path(file.abs_src_path).is_file()) for file in files})
        copy(files, *args, **options)

    monkeypatch.setattr(Files, "copy_static_files", spy)
    project.build()
    assert seen["articles/vote.md"] and seen["index.md"] and seen["assets/onrecord.css"]
    assert all(seen.values())


@pytest.mark.slow
def test_serve_rebuilds_once_for_an_edit(project: Project) -> None:
    project.write("mkdocs.yml", yaml.safe_dump({"site_name": "Report", "plugins": ["search", "onrecord"], "theme": "mkdocs"}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", host]
    # A temporary folder of its own, so that what the plugin keeps there can be looked for afterwards.
    scratch = project.root / "scratch"
    scratch.mkdir()
    log = (project.root / "serve.log").open("w+")
    server = subprocess.Popen(command, cwd=project.root, stdout=log, stderr=log, env=os.environ | {"TMPDIR": str(scratch)})

    def said(words: str) -> int:
        return (project.root / "serve.log").read_text().count(words)

    def wait(words: str, seconds: float = 300) -> None:
        end = time.monotonic() + seconds
        while not said(words):
            assert server.poll() is None and time.monotonic() < end, (project.root / "serve.log").read_text()
            time.sleep(0.1)

    try:
        wait("Serving on")

        def page(path: str) -> str:
            with urllib.request.urlopen(f"http://{host}/{path}", timeout=300) as answer:
                return str(answer.read().decode())

        assert "Petrov" in page("articles/vote/") and "livereload(" in page("")
        assert "Petrov" in page("search/search_index.json") and "orx" in page("assets/onrecord.css")
        with pytest.raises(HTTPError, match="404"):
            page("articles/nothing/")
        # In one step: the server may look while a file is written, and again when it is whole, and that is two edits.
        project.write("edited.md", VOTE.replace("Petrov", "Larsen")).replace(project.root / "docs/articles/vote.md")
        wait("Reloading browsers")
        assert "Larsen" in page("articles/vote") and "Petrov" not in page("search/search_index.json")
        time.sleep(2.5)  # a loop would show within a few polls of half a second; on a busy machine it may be missed, and nothing else
        assert said("Building documentation...") == 2
    finally:
        server.send_signal(2)
        server.wait(20)
        log.close()
    assert list(scratch.glob("onrecord-*")) == []


def test_what_a_link_in_a_folder_of_articles_leads_to_is_not_published(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "articles").mkdir(parents=True)
    (docs / "articles" / "ferry.txt").write_text("The ferry sank.", encoding="utf-8")
    for name in ("secret.md", "key.png"):
        (tmp_path / name).write_text("Nobody else may read this.", encoding="utf-8")
        (docs / "articles" / name).symlink_to(tmp_path / name)
    names = ("ferry.txt", "secret.md", "key.png")
    files = Files([File(f"articles/{name}", str(docs), str(tmp_path / "site"), True) for name in names])
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(docs)})
    inputs = InputPaths([docs / "articles"], docs / "articles")
    taken = take_inputs(files, inputs)
    assert not files.src_uris and len(taken) == 3
    read = article_files(inputs, taken, config)
    assert read == [docs / "articles" / "ferry.txt"]
    told = list(told_left_out(inputs, taken, read, config, lambda path: path))
    assert [line.partition(":")[0].rpartition("/")[2] for line in told] == ["key.png", "secret.md"]
    assert all("it leads out of its folder of articles" in line for line in told)


def test_reports_take_the_place_of_articles(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.build()
    clean = project.files()
    project.write("reports.jsonl", (project.site / "downloads/vote/report.json").read_bytes())
    (project.root / "docs/articles/vote.md").unlink()
    project.build(options={"reports": "reports.jsonl"})
    assert project.files() == clean
    project.write("articles.jsonl", b'{"id": "a", "text": "Words."}')
    with pytest.raises(Abort):
        project.build(options={"reports": ["articles.jsonl"]})
    assert "articles.jsonl: no reports there" in messages(caplog)[-1]


def test_titles_are_searched_as_without_us() -> None:
    config = {"indexing": "titles", "lang": ["en"], "separator": " ", "min_search_length": 3, "prebuild_index": False}
    page: Any = SimpleNamespace(title="Quay & co", url="a/", content="<h1 id='top'>Quay</h1><p>text</p>", toc=[])
    indexes = onrecord.mkdocs.plugin._TitlesIndex(**config), SearchIndex(**config)
    for index in indexes:
        index.add_entry_from_context(page)
    ours, theirs = (index.generate_search_index() for index in indexes)
    assert ours == theirs


# --- beside other plugins --------------------------------------------------------------------------------------------

DATED = f"---\ntitle: Council votes\ndate: 2024-03-05\n---\n{VOTE}"


def test_feeds_have_articles_with_their_own_dates(project: Project) -> None:
    project.write("docs/articles/vote.md", DATED)
    feed = {"match_path": "articles/.*", "use_git": False, "date_from_meta": {"as_creation": "date", "as_update": "date"}}
    project.build(plugins=[{"onrecord": {}}, {"rss": feed}], site_url="https://example.org/files/")
    entry = ElementTree.fromstring(project.page("feed_rss_created.xml")).find("channel/item")
    assert entry is not None
    assert entry.findtext("title") == "Council votes"
    assert entry.findtext("link") == "https://example.org/files/articles/vote/"
    assert str(entry.findtext("pubDate")).startswith("Tue, 05 Mar 2024")


def test_social_cards_are_drawn_and_stand_alone(project: Project) -> None:
    """Material fetches its font from another host, unless it is in its cache, where this test puts one."""
    try:
        import cairosvg  # noqa: F401
    except OSError as error:  # the library of the system that it stands on
        pytest.skip(str(error))
    regular = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not regular.is_file():
        pytest.skip("no font of the system is where it is looked for")
    for style in ("Regular", "Bold"):
        project.write(f".cache/plugin/social/fonts/Roboto/{style}.ttf", regular.read_bytes())
    project.write("docs/articles/vote.md", DATED)
    project.build(plugins=[{"onrecord": {}}, "social"], theme={"name": "material"}, site_url="https://example.org/files/")
    page = project.page("articles/vote/index.html")
    assert page.count('property="og:title"') == page.count('property="og:image"') == 1
    assert "https://example.org/files/assets/images/social/articles/vote.png" in page
    assert (project.site / "assets/images/social/articles/vote.png").read_bytes().startswith(b"\x89PNG")
    assert '"@type":"NewsArticle"' in page
