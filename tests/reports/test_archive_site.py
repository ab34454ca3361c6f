"""An archive cut into sites: every link of every site leads somewhere, and the front page tells all actors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.corpus.cuts import RESERVED_FOLDERS
from onrecord.reports.json import encode_report
from tests.support.crawl import broken
from tests.support.reports import dated, full_report, mayor, person, report


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports of three years as JSON lines; the one without a date is by no outlet."""
    monkeypatch.chdir(tmp_path)
    quay = full_report()
    reports = [
        dated(quay, "quay", "2023-03-05", "The <b>Ledger</b>"),
        dated(report(mayor()), "vote", "2024-07-01", "../../Harbour Post"),
        dated(report(mayor(), person("Bo Lind", "b")), "vote-2", "2024-08-01", "Harbour Post"),
        dated(report(mayor()), "note", "", ""),
    ]
    file = tmp_path / "reports.jsonl"
    file.write_bytes(b"".join(encode_report(one) + b"\n" for one in reports))
    return file


def build(archive: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["build", archive.name, "--out", "site", *options], catch_exceptions=False)


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_an_archive_becomes_a_site_for_each_year_without_a_dead_link(archive: Path) -> None:
    result = build(archive, "--by", "year", "--title", "Harbour {{ files }}")
    assert result.exit_code == 0, result.output
    site = archive.parent / "site"
    assert {"2023", "2024", "undated", "actors", "index.html"} <= {path.name for path in site.iterdir()}
    assert broken(site, index=False) == []
    assert not [path for path in site.rglob("*") if path.name in ("sitemap.xml", "404.html")]  # nobody knows the addresses they would hold
    front = text_of(site / "index.html")
    assert "4 articles on 3 sites" in front
    assert re.findall(r'href="(\w+)/index\.html">(\w+)</a>', front.partition("<main")[2])[:3] == [
        ("2023", "2023"),
        ("2024", "2024"),
        ("undated", "Undated"),
    ]
    # Whoever is one in the whole archive is named on each site with the way to the others.
    askovs = sorted(site.glob("*/actors/ann-askov.html"))
    assert [path.parts[-3] for path in askovs] == ["2024", "undated"]
    assert all("On other sites of this archive" in text_of(path) for path in askovs)
    cast = text_of(site / "actors" / "index.html")
    assert "Ann Askov" in cast and "Bo Lind" in cast and "../2024/actors/" in cast
    assert all(f'href="../{path.relative_to(site).as_posix()}"' in cast for path in (*askovs, *site.glob("*/actors/bo-lind.html")))
    # From every page of a site one line leads up.
    assert 'href="../../index.html"' in text_of(site / "2023" / "articles" / "quay.html")


def test_outlets_lead_nowhere_but_to_their_sites(archive: Path) -> None:
    assert build(archive, "--by", "outlet").exit_code == 0
    site = archive.parent / "site"
    assert {path.name for path in archive.parent.iterdir()} == {"reports.jsonl", "site"}
    assert {"harbour-post", "harbour-post-2", "b-ledger-b", "outlet-not-given"} & {path.name for path in site.iterdir()}
    assert broken(site, index=False) == []
    assert "<b>Ledger" not in text_of(site / "index.html")


def test_no_more_text_is_shown_than_may_be(archive: Path) -> None:
    assert build(archive, "--by", "year", "--text", "none").exit_code == 0
    for page in (archive.parent / "site").rglob("*.html"):
        assert "Nine ships" not in text_of(page)
    assert "orx-shown" in text_of(archive.parent / "site" / "index.html")


def test_an_archive_is_left_as_it_is_until_it_is_cut_otherwise(archive: Path) -> None:
    build(archive, "--by", "year")
    front = archive.parent / "site" / "index.html"
    before = front.stat().st_mtime_ns, front.stat().st_ino
    build(archive, "--by", "year")
    assert (front.stat().st_mtime_ns, front.stat().st_ino) == before
    build(archive, "--by", "month")
    assert (archive.parent / "site" / "2024-07").is_dir() and not (archive.parent / "site" / "2024").exists()
    build(archive)
    assert not (archive.parent / "site" / "2024-07").exists() and (archive.parent / "site" / "articles").is_dir()


def test_no_site_can_lie_where_something_of_the_front_lies(archive: Path) -> None:
    build(archive, "--by", "year")
    beside = {path.name.partition(".")[0] for path in (archive.parent / "site").iterdir()} - {"2023", "2024", "undated"}
    assert {"actors", "index"} <= beside
    assert beside - {""} <= set(RESERVED_FOLDERS)  # "" are hidden files, and no site is hidden


def test_two_builds_of_an_archive_are_the_same(archive: Path) -> None:
    def files() -> dict[str, bytes]:
        site = archive.parent / "site"
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    build(archive, "--by", "year", "--no-cache")
    first = files()
    build(archive, "--by", "year", "--no-cache")
    assert files() == first


def test_a_build_that_fails_leaves_the_archive_from_before(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(archive, "--by", "year")
    front = text_of(archive.parent / "site" / "index.html")
    broken_look = archive.parent / "look"
    (broken_look / "pages").mkdir(parents=True)
    (broken_look / "pages" / "actor.html").write_text("{% nonsense %}")  # no page of the front has it: the front is made, a site is not
    result = build(archive, "--by", "year", "--templates", "look")
    assert result.exit_code == 2 and "actor.html" in result.output
    assert text_of(archive.parent / "site" / "index.html") == front
    assert (archive.parent / "site" / "2023" / "index.html").is_file()
