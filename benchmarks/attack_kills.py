"""Attack: commands that are killed at any moment, by a signal that no program can catch. What stands is the old result or the new one, what
is not the program's is there, and the next run cleans up."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from attempts import Broken, Limit, Tally, check_told

COMMANDS = (("build", "--by", "month"), ("build",), ("pages",), ("export", "--tei"))
NOT_OURS = {"CNAME": b"example.org\n", ".git/config": b"[core]\n", "notes/about.md": b"By hand.\n"}
"""Files of the user's, in the folder that is written and beside it."""

Content = dict[str, str]
"""Digests of files, by their names."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder with two archives and what a command makes of them."""

    folder: Path
    command: Sequence[str]

    def start(self, reports: str) -> subprocess.Popen[bytes]:
        """The command, in a process of its own."""
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        environment = {**os.environ, "TMPDIR": str(temporary), "ONRECORD_CACHE": str(self.folder / "cache")}
        args = [sys.executable, "-m", "onrecord", self.command[0], reports, "--out", "out", *self.command[1:]]
        return subprocess.Popen(args, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finished(self, reports: str) -> Content:
        """What is there when it has run to its end. Raises :class:`Broken` where it fails."""
        with self.start(reports) as process:
            _, told = process.communicate()
        check_told(process.returncode, told.decode(), self.command)
        if process.returncode != 0:
            raise Broken(f"ended with {process.returncode}: {told.decode()}")
        return self.content()

    def content(self) -> Content:
        """Every file of the result."""
        out = self.folder / "out"
        return {
            path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in out.rglob("*") if path.is_file()
        }

    def put(self, below: str) -> None:
        """Puts the user's files into a folder."""
        for name, content in NOT_OURS.items():
            (self.folder / below / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / below / name).write_bytes(content)

    def check_kept(self, below: str) -> None:
        """Raises :class:`Broken` where one of them is gone."""
        for name, content in NOT_OURS.items():
            file = self.folder / below / name
            if not file.is_file() or file.read_bytes() != content:
                raise Broken(f"{below}/{name}, which is the user's, is gone")

    def left_over(self) -> set[str]:
        """What is here that nobody asked for and holds anything: a run that is killed between making its folder and marking it as its own
        leaves that, empty, and nobody may take away a folder that is not marked."""
        known = {"old.jsonl", "new.jsonl", "out", "tmp", "cache", *(name.partition("/")[0] for name in NOT_OURS)}
        here = [path for path in (*self.folder.iterdir(), *(self.folder / "tmp").iterdir()) if path.name not in known]
        return {path.name for path in here if any(file.stat().st_size for file in (path, *path.rglob("*")) if file.is_file())}


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A place where the old archive stands, and what is known of it."""

    place: _Place
    old: Content
    new: Content
    lasts: float
    """Seconds that a run takes."""
    shared: bool
    """Whether files of the user stand in the folder that is written."""


def attack_kills(
    reports: Sequence[bytes],
    folder: Path,
    seed: int,
    limit: Limit,
    only: int | None = None,
    *,
    commands: Sequence[Sequence[str]] = COMMANDS,
    with_users_files: bool = True,
) -> Tally:
    """What became of so many runs that were killed, of each command in turn, and how often the old result still stood.

    Works in ``folder``, and leaves what it made there.
    """
    tally = Tally(refusal="the old result stood")
    places = [_prepared(folder / str(number), reports, command, tally, with_users_files) for number, command in enumerate(commands)]
    for number in limit.numbers() if only is None else [only]:
        there = places[number % len(places)]
        moment = random.Random(f"{seed} {number}").random() * there.lasts
        with tally.attempt(" ".join(there.place.command), f"--seed {seed} --only {number} (after {moment:.2f} s)") as outcomes:
            outcomes.refused += _killed(there, moment)
    return tally


def _prepared(folder: Path, reports: Sequence[bytes], command: Sequence[str], tally: Tally, with_users_files: bool) -> _Prepared:
    folder.mkdir()
    place, shared = _Place(folder, command), False
    (folder / "old.jsonl").write_bytes(b"".join(line + b"\n" for line in reports[:-1]))
    (folder / "new.jsonl").write_bytes(b"".join(line + b"\n" for line in reports))
    place.put(".")
    place.finished("old.jsonl")
    if with_users_files:
        with tally.attempt("files of the user in the folder that is written", " ".join(command)):
            shared = _is_shared(place)
    began = time.monotonic()
    new = place.finished("new.jsonl")
    lasts = time.monotonic() - began
    return _Prepared(place, place.finished("old.jsonl"), new, lasts, shared)


def _is_shared(place: _Place) -> bool:
    """Whether the command keeps the user's files in its folder; otherwise it refuses a folder that has any, and none stay there."""
    before = place.content()
    place.put("out")
    with place.start("new.jsonl") as process:
        process.communicate()
    place.check_kept("out")
    if process.returncode != 2:
        return True
    for name in NOT_OURS:
        (place.folder / "out" / name).unlink()
    for name in (".git", "notes"):
        (place.folder / "out" / name).rmdir()
    if place.content() != before:
        raise Broken("was refused, and changed the folder")
    return False


def _killed(there: _Prepared, moment: float) -> bool:
    """Whether the run had not put its result in place when it was killed. Raises what goes wrong."""
    place, old, new = there.place, there.old, there.new
    with place.start("new.jsonl") as process:
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
    found = place.content()
    if found not in (old, new):
        different = sorted(name for name in old.keys() | new.keys() | found.keys() if found.get(name) not in (old.get(name), new.get(name)))
        raise Broken(f"what stands is neither the old result nor the new one: {different[:5] or 'some of each'}")
    for below in (".", "out") if there.shared else (".",):
        place.check_kept(below)
    # Two, of which one has something to make: a run that finds all as it should be makes no folder to work in, and sweeps none.
    if place.finished("new.jsonl") != new or place.finished("old.jsonl") != old:
        raise Broken("the run after the kill made something else")
    if left := place.left_over():
        raise Broken(f"the run after the kill left {sorted(left)}")
    return found == old
