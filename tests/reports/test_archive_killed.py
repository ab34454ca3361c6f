"""An archive's build that is killed at any moment leaves the sites from before whole, or the new ones, and the next run cleans up."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.reports.json import encode_report
from tests.assembly.test_interrupted import content
from tests.support.reports import dated, mayor, person, report

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="has no such signal, nor such locks")]

KILLS = 6
KEPT = {"CNAME": b"example.org", ".git/objects/ab/cd": b"a commit", "2024-01/notes.txt": b"mine", "in/a.txt": b"an article"}
"""Files of the user's in the folder of the sites."""
# Where a system cannot exchange two folders in one step, the old one is away for a moment: here a long one.
SLOWLY = """
import sys, time
from pathlib import Path
from onrecord.assembly import folders
from onrecord.cli import main
rename = Path.rename
def slow(self, target):
    moved = rename(self, target)
    if self.name == "site":
        print("away", flush=True)
        time.sleep(60)
    return moved
Path.rename = slow
folders._exchange = lambda one, other: False
main(sys.argv[1:])
"""


def write(folder: Path, name: str, months: int) -> None:
    """An archive of so many months; whoever is in it is called ``name``."""
    reports = [dated(report(mayor(), person(name, "b")), f"a{month}", f"2024-{month:02}-01") for month in range(1, months + 1)]
    (folder / "reports.jsonl").write_bytes(b"".join(encode_report(one) + b"\n" for one in reports))


def build(folder: Path, *start: str) -> subprocess.Popen[bytes]:
    (folder / "tmp").mkdir(exist_ok=True)
    environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "ONRECORD_CACHE": str(folder / "cache")}
    command = [sys.executable, *(start or ("-m", "onrecord")), "build", "reports.jsonl", "--out", "site", "--by", "month"]
    return subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE)


def keep(site: Path) -> None:
    """Puts files of the user's into a site."""
    for name, said in KEPT.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(said)


def finished(folder: Path) -> dict[str, bytes]:
    with build(folder) as process:
        process.communicate()
    assert process.returncode == 0
    return content(folder / "site")


def left_over(folder: Path) -> set[str]:
    """What is in the folder besides an archive, its site and the cache, and in the folder for temporary ones."""
    return {path.name for path in (*folder.iterdir(), *(folder / "tmp").iterdir())} - {"reports.jsonl", "site", "cache", "tmp"}


def test_whenever_a_build_is_killed_the_sites_are_the_old_or_the_new(tmp_path: Path) -> None:
    write(tmp_path, "Bo Lind", 3)
    finished(tmp_path)
    keep(tmp_path / "site")
    old = content(tmp_path / "site")
    (tmp_path / "new").mkdir()
    write(tmp_path, "Cy Holm", 4)
    write(tmp_path / "new", "Cy Holm", 4)
    began = time.monotonic()
    new = finished(tmp_path / "new")
    lasted = time.monotonic() - began
    assert {file.split("/")[0] for file in new.keys() - old.keys()} >= {"2024-04"}

    moments = random.Random(6)
    for kill in range(KILLS):
        # One in each part of the time that a build takes: reading, the front page, the sites, the swap.
        with build(tmp_path) as process:
            time.sleep(lasted * (kill + moments.random()) / KILLS)
            process.send_signal(signal.SIGKILL)
        shown = content(tmp_path / "site")
        assert KEPT.items() <= shown.items()
        assert shown in (old, new | KEPT)
    assert finished(tmp_path) == new | KEPT
    assert left_over(tmp_path) == {"new"}


def test_sites_that_were_away_when_a_build_was_killed_come_back(tmp_path: Path) -> None:
    write(tmp_path, "Bo Lind", 2)
    finished(tmp_path)
    keep(tmp_path / "site")
    old = content(tmp_path / "site")
    write(tmp_path, "Cy Holm", 2)
    with build(tmp_path, "-c", SLOWLY) as process:
        assert process.stdout is not None and process.stdout.readline() == b"away\n"
        assert not (tmp_path / "site").exists()
        process.send_signal(signal.SIGKILL)

    (tmp_path / "reports.jsonl").write_text("no report\n")
    with build(tmp_path) as process:
        process.communicate()
    assert process.returncode == 2
    assert content(tmp_path / "site") == old, "even a run that comes to nothing puts them back"
    write(tmp_path, "Cy Holm", 2)
    assert finished(tmp_path) != old
    assert left_over(tmp_path) == set()
