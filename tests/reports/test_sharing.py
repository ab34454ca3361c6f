"""Two runs of the command with one cache at the same time, and one that is killed: what comes out is what one run alone gives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.reports.cache import ReportCache

pytestmark = pytest.mark.slow

COUNT = 8
# Ends as by a signal that no program can catch, right after its second report has been kept.
KILLED = """
import os, signal, sys
from onrecord.cli import main
from onrecord.reports.cache import ReportCache
put = ReportCache.put
def stop(self, report, reader):
    put(self, report, reader)
    if self.usage().reports == 2:
        os.kill(os.getpid(), signal.SIGKILL)
ReportCache.put = stop
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "in").mkdir()
    for number in range(COUNT):
        said = f"Bridge {number} is old, Mayor Ann Lee said. “Nobody asked us,” said Paul Reed, who wants {number} boats."
        (folder / f"in/{number}.txt").write_text("\n\n".join([said] * 12), encoding="utf-8")
    extract(folder, "clean", cache=None)
    return folder


def command(folder: Path, output: str, *, cache: Path | None) -> list[str]:
    how = ["--jobs", "1", "--attribution", "rules", *([] if cache else ["--no-cache"])]
    return ["extract", str(folder / "in"), "-o", str(folder / output), *how]


def extract(folder: Path, output: str, *, cache: Path | None) -> None:
    """A run in this process, which has a pipeline already."""
    done = CliRunner(env={"ONRECORD_CACHE": str(cache)}).invoke(main, command(folder, output, cache=cache))
    assert done.exit_code == 0, done.output


def extraction(folder: Path, output: str, *start: str, cache: Path) -> subprocess.Popen[bytes]:
    """A run in another process."""
    environment = {**os.environ, "ONRECORD_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen([sys.executable, *(start or ("-m", "onrecord")), *command(folder, output, cache=cache)], env=environment)


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
    extract(archive, "warm", cache=tmp_path)
    assert (archive / "warm").read_bytes() == clean
    assert {file: file.stat().st_mtime_ns for file in kept(tmp_path)} == before  # nothing was read again


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_a_run_that_is_killed_is_gone_on_with(archive: Path, tmp_path: Path) -> None:
    assert extraction(archive, "killed", "-c", KILLED, cache=tmp_path).wait() == -signal.SIGKILL
    assert not (archive / "killed").exists()
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.report")}
    assert len(before) == 2
    extract(archive, "killed", cache=tmp_path)
    assert (archive / "killed").read_bytes() == (archive / "clean").read_bytes()
    assert ReportCache(tmp_path).usage().reports == COUNT
    assert {file: file.stat().st_mtime_ns for file in before} == before  # what was there was not read again
