"""Clocks that are wrong, here or on the machine that wrote a file: nothing that the program decides depends on them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.article.publication import VARIABLE, set_time
from onrecord.assembly.folders import workshop
from onrecord.cli import main
from onrecord.errors import OptionsError
from onrecord.reports.cache import ReportCache
from onrecord.reports.json import encode_report
from tests.assembly.test_interrupted import PREFIX, content, killed
from tests.support.fictional import fictional_report

__all__ = ["killed"]  # a fixture

REPORT = fictional_report()
ODD = (0, -(10**9), 2**33, 253_370_764_800)
"""1970, 1938, 2242, and the year 9999."""


def put_back(folder: Path, seconds: int) -> None:
    """Gives everything in a folder this time."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (seconds, seconds))


@pytest.mark.parametrize("seconds", ODD)
def test_reports_in_the_cache_have_no_age(tmp_path: Path, seconds: int) -> None:
    cache = ReportCache(tmp_path)
    cache.put(REPORT, "reader")
    put_back(tmp_path, seconds)
    assert cache.get(REPORT.article, "reader") == REPORT
    assert cache.clear().reports == 1


@pytest.mark.parametrize("seconds", ODD)
def test_workshops_have_no_age(tmp_path: Path, killed: Path, seconds: int) -> None:
    """One that is left behind is swept, however new it looks, and one that is in use is not, however old."""
    with workshop(tmp_path, PREFIX) as used:
        put_back(tmp_path, seconds)
        with workshop(tmp_path, PREFIX):
            assert used.is_dir()
            assert not killed.exists()


@pytest.mark.parametrize("seconds", ODD)
def test_a_site_is_current_by_what_is_in_it(tmp_path: Path, seconds: int) -> None:
    (tmp_path / "r.jsonl").write_bytes(encode_report(REPORT) + b"\n")
    build = ["build", str(tmp_path / "r.jsonl"), "--out", str(tmp_path / "site")]
    assert CliRunner().invoke(main, build).exit_code == 0
    put_back(tmp_path, seconds)
    before, age = content(tmp_path / "site"), (tmp_path / "site/index.html").stat().st_mtime
    assert CliRunner().invoke(main, build).exit_code == 0
    assert content(tmp_path / "site") == before
    assert (tmp_path / "site/index.html").stat().st_mtime == age, "it was left as it is"


@pytest.mark.parametrize("given", ["abc", "", "1e9", "99999999999999999999", "-99999999999999999999", "9" * 5_000, "0x10", "1.5"])
def test_a_time_that_is_none_is_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    (tmp_path / "r.jsonl").write_bytes(encode_report(REPORT) + b"\n")
    monkeypatch.setenv(VARIABLE, given)
    with pytest.raises(OptionsError, match="is no time"):
        set_time()
    done = CliRunner().invoke(main, ["build", str(tmp_path / "r.jsonl"), "--out", str(tmp_path / "site")])
    assert (done.exit_code, len(done.stderr.splitlines()), (tmp_path / "site").exists()) == (2, 1, False), done.output
    assert done.stderr.startswith(f"onrecord: {VARIABLE}: ")


@pytest.mark.parametrize("given", [*ODD, 4_294_967_296])
def test_a_time_of_another_age_builds_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: int) -> None:
    (tmp_path / "r.jsonl").write_bytes(encode_report(REPORT) + b"\n")
    monkeypatch.setenv(VARIABLE, str(given))
    assert set_time() == datetime.fromtimestamp(given, UTC)
    assert CliRunner().invoke(main, ["build", str(tmp_path / "r.jsonl"), "--out", str(tmp_path / "site")]).exit_code == 0
