"""A disk that is full or may only be read: one line, nothing half-written, and the work goes on without what it can do without."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.assembly.folders import room_for, temporary_workshop
from onrecord.assembly.write import replaced_file, replaced_folder
from onrecord.errors import OutputError
from tests.assembly.test_folders import OLD, files_in, put, write
from tests.assembly.test_interrupted import content
from tests.cli.test_commands import articles, run

pytestmark = pytest.mark.slow

__all__ = ["articles"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts a disk of so many kB; skipped where that may not be done."""
    made: list[Path] = []

    def mount(size: int, *options: str) -> Path:
        place = tmp_path / f"disk{len(made)}"
        place.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)], capture_output=True).returncode:
            pytest.skip("may not mount a disk")
        made.append(place)
        return place

    yield mount
    for place in made:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


COMMANDS = {
    "build": ["build", "in", "--out"],
    "pages": ["pages", "in", "--out"],
    "export": ["export", "in", "--out"],
    "extract": ["extract", "in", "-o"],
    "new": ["new"],
    "init": ["corrections", "init"],
    "lock": ["lock", "in", "--lock"],
}


def process(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a process, which says how it ends itself."""
    command = [sys.executable, "-m", "onrecord", *args]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True)


def fill(disk: Path, leave: int) -> None:
    """Fills a disk, but for so many bytes."""
    with (disk / "filler").open("wb", buffering=0) as file:
        while room := os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - leave:
            if room < 0 or not file.write(b"x" * room):
                break


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("room", [0, 12_000])
def test_a_full_disk_is_one_line_and_nothing_is_half_written(
    articles: Path, small_disk: Callable[[int], Path], command: list[str], room: int
) -> None:
    disk = small_disk(256)
    fill(disk, room)
    done = run(*command, str(disk / "out"))
    if done.exit_code == 0:  # a file with little in it
        assert room and (disk / "out").stat().st_size < room
        return
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("onrecord: ") and "No space left on device" in line and "; " in line
    assert [path.name for path in disk.iterdir()] == ["filler"]


def test_a_full_disk_leaves_the_old_site(articles: Path, small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(6_000)
    assert run("build", "in/vote.md", "--out", str(disk / "out")).exit_code == 0
    before = content(disk / "out")
    fill(disk, 40_000)
    done = process("build", "in", "--out", str(disk / "out"))
    assert done.returncode == 2 and "No space left on device" in done.stderr and len(done.stderr.splitlines()) == 1
    assert content(disk / "out") == before
    assert sorted(path.name for path in disk.iterdir()) == ["filler", "out"]


def test_a_full_cache_is_done_without(articles: Path, small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(64)
    fill(disk, 0)
    done = process("extract", "in", "-o", "out.jsonl", ONRECORD_CACHE=str(disk / "cache"))
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"onrecord: {disk / 'cache'}: the cache cannot be written to (No space left on device), and is done without; ")
    assert len(Path("out.jsonl").read_text().splitlines()) == 2
    put(Path(), {"mkdocs.yml": "site_name: x\ntheme: mkdocs\nplugins: [{onrecord: {articles: in}}]\n", "docs/about.md": "# About\n"})
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    told = subprocess.run(command, env=os.environ | {"ONRECORD_CACHE": str(disk / "cache")}, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("the cache cannot be written to") == 1


def test_no_room_for_temporary_files_is_one_line(articles: Path, small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(64)
    fill(disk, 4_100)
    done = process("build", "in", "--out", "out", TMPDIR=str(disk))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "No space left on device" in line and "TMPDIR" in line
    assert not Path("out").exists()


# --- without a disk of one's own ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_no_room_while_writing_is_one_line_and_changes_nothing(tmp_path: Path, code: int) -> None:
    write(tmp_path / "site", OLD)
    with pytest.raises(OutputError, match=r"site: cannot be written \(.*\); free some room"), replaced_folder(tmp_path / "site", "build"):
        raise OSError(code, os.strerror(code))
    with pytest.raises(OutputError, match=r"page\.html: cannot be written"), replaced_folder(tmp_path / "site", "build"):
        raise OSError(code, os.strerror(code), "page.html")
    (tmp_path / "file").write_text("old")
    with pytest.raises(OutputError, match="cannot be written"), replaced_file(tmp_path / "file"):
        raise OSError(code, os.strerror(code))
    assert files_in(tmp_path) == {**{f"site/{name}": said for name, said in OLD.items()}, "file": "old"}


STEPS = ("link", "mkdir", "rename", "replace")


@pytest.mark.parametrize("step", STEPS)
def test_no_room_at_a_step_of_the_swap_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    write(tmp_path / "site", OLD)
    put(tmp_path / "site", {"CNAME": "example.org", "mine/a.txt": "a"})

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copy2", full)
        patch.setattr("onrecord.assembly.folders._exchange", full)
        with pytest.raises(OutputError), replaced_folder(tmp_path / "site", "build") as fresh:
            put(fresh, {"index.html": "new"})
            if step != "rename":
                patch.setattr(os, step, full)
    assert files_in(tmp_path / "site") == OLD | {"CNAME": "example.org", "mine/a.txt": "a"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_other_errors_are_not_taken_for_it(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), room_for(tmp_path):
        raise PermissionError(errno.EACCES, "no")


def test_no_folder_for_temporary_files_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    with (
        pytest.raises(OutputError, match=r"temporary files: no folder can be written to \(No usable.*\); free some room"),
        temporary_workshop(),
    ):
        pass
