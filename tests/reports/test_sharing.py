"""Two runs of the command with one cache at the same time, and one that is killed: what comes out is what one run alone gives."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.reports.cache import ReportCache

pytestmark = pytest.mark.slow

COUNT = 8


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "in").mkdir()
    for number in range(COUNT):
        said = f"Bridge {number} is old, Mayor Ann Lee said. “Nobody asked us,” said Paul Reed, who wants {number} boats."
        (folder / f"in/{number}.txt").write_text("\n\n".join([said] * 12), encoding="utf-8")
    assert extraction(folder, "clean", cache=None).wait() == 0
    return folder


def extraction(folder: Path, output: str, *, cache: Path | None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "onrecord", "extract", "in", "-o", output, "--jobs", "1", *([] if cache else ["--no-cache"])]
    return subprocess.Popen(command, cwd=folder, env={**os.environ, "ONRECORD_CACHE": str(cache), "OMP_NUM_THREADS": "1"})


def kept(cache: Path) -> list[Path]:
    return [file for file in cache.rglob("*") if file.is_file()]


def test_two_runs_at_once_both_end_well(archive: Path, tmp_path: Path) -> None:
    runs = [extraction(archive, output, cache=tmp_path) for output in ("first", "second")]
    assert [run.wait() for run in runs] == [0, 0]
    clean = (archive / "clean").read_bytes()
    assert len(clean.splitlines()) == COUNT
    assert (archive / "first").read_bytes() == (archive / "second").read_bytes() == clean
    assert (ReportCache(tmp_path).usage().reports, len(kept(tmp_path))) == (COUNT, COUNT)
    before = {file: file.stat().st_mtime_ns for file in kept(tmp_path)}
    assert extraction(archive, "warm", cache=tmp_path).wait() == 0
    assert (archive / "warm").read_bytes() == clean
    assert {file: file.stat().st_mtime_ns for file in kept(tmp_path)} == before  # nothing was read again


def test_a_run_that_is_killed_is_gone_on_with(archive: Path, tmp_path: Path) -> None:
    run = extraction(archive, "killed", cache=tmp_path)
    while ReportCache(tmp_path).usage().reports < 2 and run.poll() is None:
        time.sleep(0.005)
    run.kill()
    assert run.wait() != 0
    assert not (archive / "killed").exists()
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.report")}
    assert 2 <= len(before) < COUNT
    assert extraction(archive, "killed", cache=tmp_path).wait() == 0
    assert (archive / "killed").read_bytes() == (archive / "clean").read_bytes()
    assert ReportCache(tmp_path).usage().reports == COUNT
    assert {file: file.stat().st_mtime_ns for file in before} == before  # what was there was not read again
