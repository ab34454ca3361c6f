"""``site/``: the project of the example, the first article and two invented ones, and the site that it builds."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from onrecord import __version__
from onrecord.assembly.project import project_files
from tests.conftest import ROOT
from tests.support.crawl import broken, third_parties

ARTICLES = "docs/articles/"
FROM_A_WHEEL = f"./wheels/onrecord-{__version__}-py3-none-any.whl"
"""What its requirements name: `make site` builds it from this checkout."""
FIRST_ARTICLE = "docs/articles/first-article.txt"
INVENTED = ("docs/articles/pier-costs.md", "docs/articles/pier-fine.md")
FIRST_ARTICLE_SHA256 = "b27f2af5ff9d3a34a175ae3560ebca8bd69314add210998d2b8a80c205acd9ff"


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_it_is_laid_out_as_a_new_project() -> None:
    ours = {name: content for name, content in files(ROOT / "site").items() if not name.startswith("public/")}
    assert all(ours.pop(name) for name in (FIRST_ARTICLE, *INVENTED))
    # The documentation stands beside the example: for users, and for those who change the program. So do the reports of its gallery.
    guides = [name for name in ours if name.endswith(".md") and name.startswith("docs/") and not name.startswith(ARTICLES)]
    assert all(ours.pop(name) for name in (*guides, *(name for name in ours if name.startswith("gallery/"))))
    assert ours.pop("onrecord.lock")
    laid_out = {name: content for name, content in project_files(FROM_A_WHEEL).items() if not name.startswith(ARTICLES)}
    settings, beyond = ours["mkdocs.yml"], b"\n# Beyond a new project: "
    assert beyond in settings
    assert {**ours, "mkdocs.yml": settings.partition(beyond)[0]} == laid_out


def test_its_published_addresses_are_all_locked(tmp_path: Path) -> None:
    """Whoever changes what is found in the first article sees which addresses that costs, and locks the new ones."""
    site = shutil.copytree(ROOT / "site", tmp_path / "site", ignore=shutil.ignore_patterns("public"))
    command = [sys.executable, "-m", "onrecord", "lock", "docs/articles", "--check"]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_article_is_as_it_was_given() -> None:
    assert hashlib.sha256((ROOT / "site" / FIRST_ARTICLE).read_bytes()).hexdigest() == FIRST_ARTICLE_SHA256


def test_the_other_articles_are_marked_as_invented_and_show_what_several_articles_can(built_site: Path) -> None:
    for name in INVENTED:
        page = (built_site / name.removeprefix("docs/").replace(".md", ".html")).read_text()
        assert "people, places and events in this example are invented" in page and "(an invented" in page
    corpus = json.loads((built_site / "downloads/corpus.json").read_text())
    shared = [actor["name"] for actor in corpus["actors"] if {one["article"] for one in actor["members"]} == {"pier-costs", "pier-fine"}]
    assert {"Ragna Holm", "Tomas Lindqvist"} <= set(shared)
    report = json.loads((built_site / "downloads/pier-costs/report.json").read_text())
    assert [one["kind"] for one in report["comparisons"]] == ["conflicts"]
    assert "Tuesday, 12 March 2024" in (built_site / "timeline/index.html").read_text()
    assert 'id="dates"' in (built_site / "actors/tomas-lindqvist.html").read_text()


def test_the_report_counts_in_the_file(built_site: Path) -> None:
    report = json.loads((built_site / "downloads/first-article/report.json").read_text())
    assert report["article"]["text"] == (ROOT / "site" / FIRST_ARTICLE).read_bytes().decode()
    assert report["quotes"] and report["actors"] and report["claims"] and report["relations"]


def test_no_link_and_no_anchor_is_broken_even_from_disk(built_site: Path) -> None:
    assert broken(built_site, base="/repo/", index=False, skip=("404.html",)) == []


def test_no_page_asks_a_third_party(built_site: Path) -> None:
    assert third_parties(built_site) == set()


def test_what_is_not_known_is_not_given(built_site: Path) -> None:
    assert "not given" in (built_site / "articles/first-article.html").read_text()


def test_another_process_builds_the_same_bytes(built_site: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-f", str(ROOT / "site/mkdocs.yml"), "-d", str(tmp_path)]
    subprocess.run(command, check=True, cwd=tmp_path, env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"})
    again, first = files(tmp_path), files(built_site)
    assert again.keys() == first.keys()
    assert [name for name in first if first[name] != again[name]] == []
