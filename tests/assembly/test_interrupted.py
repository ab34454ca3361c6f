"""Work that is killed, by a signal that no program can catch: the old result stands, and the next run sweeps up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.assembly.folders import rescue, swap, workshop
from onrecord.assembly.write import replaced_folder
from onrecord.cli import main
from onrecord.reports.cache import ReportCache
from tests.reports.test_sharing import KILLED

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="has no such signal, nor such locks")]

PREFIX = ".site-"
WORK = f"""
import sys, time
from pathlib import Path
from onrecord.assembly.folders import workshop
with workshop(Path(sys.argv[1]), "{PREFIX}") as folder:
    (folder / "half.html").write_text("half")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A workshop whose process was killed."""
    process = subprocess.Popen([sys.executable, "-c", WORK, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process, process.stdout as told:
        folder = Path(told.readline().strip())
        assert (folder / "half.html").exists()
        process.kill()
    return folder


def test_the_next_run_sweeps_what_a_killed_one_left(tmp_path: Path, killed: Path) -> None:
    assert killed.is_dir()
    with workshop(tmp_path, PREFIX) as folder:
        assert [one for one in tmp_path.iterdir() if one.is_dir()] == [folder]
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_use_or_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / ".site-notes").mkdir()
    with workshop(tmp_path, PREFIX) as one, workshop(tmp_path, PREFIX) as another:
        assert one.is_dir()
        assert another.is_dir()
    assert [folder.name for folder in tmp_path.iterdir()] == [".site-notes"]


def test_a_site_that_was_just_taken_away_is_put_back(tmp_path: Path, killed: Path) -> None:
    (killed / "old").mkdir()
    (killed / "old" / "index.html").write_text("the old site")
    rescue(tmp_path, PREFIX, tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "the old site"
    rescue(tmp_path, PREFIX, tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "the old site"


def test_what_was_taken_away_and_not_replaced_is_never_swept(tmp_path: Path, killed: Path) -> None:
    place = tmp_path / "site"
    for name in ("old", "new"):
        (killed / name).mkdir()
        (killed / name / "index.html").write_text(f"the {name} site")
    place.mkdir()
    rescue(tmp_path, PREFIX, place)
    with workshop(tmp_path, PREFIX):
        assert (killed / "old/index.html").read_text() == "the old site", "somebody made the place anew meanwhile"
    place.rmdir()
    rescue(tmp_path, PREFIX, place)
    assert (place / "index.html").read_text() == "the old site"
    with workshop(tmp_path, PREFIX):
        assert not killed.exists()


@pytest.mark.parametrize("prefix", [".site-b-", ".s-", ".[s]ite-", ".*-", ".site"])
def test_what_was_taken_from_another_place_is_left(tmp_path: Path, killed: Path, prefix: str) -> None:
    (killed / "old").mkdir()
    rescue(tmp_path, prefix, tmp_path / "other")
    with workshop(tmp_path, prefix):
        assert (killed / "old").is_dir() and not (tmp_path / "other").exists()
    longer = killed.rename(tmp_path / f".site-b-{killed.name[-8:]}")
    rescue(tmp_path, PREFIX, tmp_path / "site")
    with workshop(tmp_path, PREFIX):
        assert (longer / "old").is_dir() and not (tmp_path / "site").exists()


def test_two_folders_change_places(tmp_path: Path) -> None:
    with replaced_folder(tmp_path / "site", "build") as fresh:
        (fresh / "index.html").write_text("old")
    with workshop(tmp_path, PREFIX) as folder:
        (folder / "new").mkdir()
        swap(folder / "new", tmp_path / "site")
        assert list((tmp_path / "site").iterdir()) == []


def test_a_killed_build_leaves_the_old_site_and_the_next_goes_on_where_it_stopped(tmp_path: Path) -> None:
    articles, site, cache = tmp_path / "in", tmp_path / "site", ReportCache(tmp_path / "cache")
    articles.mkdir()
    write(articles, 0)
    assert run(tmp_path, site) == 0
    old = content(site)
    for number in range(1, 4):
        write(articles, number)

    killed = [sys.executable, "-c", KILLED, *command(tmp_path, site)]
    assert subprocess.run(killed, env={**os.environ, "ONRECORD_CACHE": str(tmp_path / "cache")}).returncode == -signal.SIGKILL
    assert content(site) == old
    assert cache.usage().reports == 2

    assert run(tmp_path, site) == 0
    assert cache.usage().reports == 4
    assert sorted(one.name for one in tmp_path.iterdir()) == ["cache", "in", "site"]
    assert run(tmp_path, tmp_path / "clean", "--no-cache") == 0
    assert content(site) == content(tmp_path / "clean")

    before = site.stat().st_ino
    assert run(tmp_path, site) == 0
    assert site.stat().st_ino == before, "nothing has changed"


def write(folder: Path, number: int) -> None:
    text = f"Bridge {number} is old, Ann Lee said. “Nobody asked us,” said Paul Reed, who wants {number} boats.\n\n"
    (folder / f"a{number}.txt").write_text(text * (1 + 20 * (number > 1)))


def command(tmp_path: Path, out: Path, *options: str) -> list[str]:
    return ["build", str(tmp_path / "in"), "--out", str(out), "--jobs", "1", *options]


def run(tmp_path: Path, out: Path, *options: str) -> int:
    """A run that nobody kills, in this process, which has a pipeline already."""
    return CliRunner(env={"ONRECORD_CACHE": str(tmp_path / "cache")}).invoke(main, command(tmp_path, out, *options)).exit_code


def content(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}
