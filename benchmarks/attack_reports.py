"""Attack: reports from elsewhere with something amiss. Each is refused in a line, or ``pages``, ``export`` and ``build`` make of it what
is of a size with it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from attempts import Broken, Limit, Tally, command
from broken_reports import mutant

from onrecord.errors import ReportsError
from onrecord.reports.reading import find_reports
from onrecord.text.addresses import same_name

BATCH = 25
"""Reports that go through the commands together: most are harmless, and one that is not is then sought alone."""
WHOLE = 8
"""Of so many batches one is built with MkDocs, too, which takes most of the time."""
FIXED, TIMES = 3_000_000, 60
"""What each command may write: so many bytes, and so many times as many as the reports have."""
SLOW = 60
"""CPU seconds that a command may take for a batch."""
COMMANDS = (
    (("pages",), ("export", "--tei")),
    (("pages", "--text", "excerpts"), ("export", "--text", "none")),
)
BUILDS = (("build", "--review"), ("build", "--by", "year", "--text", "excerpts"))
"""What is run with one batch and with the next, in turn."""


Commands = tuple[tuple[str, ...], ...]


Line = tuple[str, str, bytes]
"""The kind of an attempt, what makes it again, and the line of JSON with its report."""


def attack_reports(reports: Sequence[bytes], folder: Path, seed: int, limit: Limit, only: int | None = None) -> Tally:
    """What became of so many mutants of these reports, which are lines of JSON. Works in ``folder``, and leaves nothing there."""
    tally, taken, batches = Tally("bytes written for one byte"), dict[str, Line](), 0
    for number in limit.numbers() if only is None else [only]:
        mutation, line = mutant(reports, seed, number)
        name = f"--seed {seed} --only {number}"
        with tally.attempt(mutation.name, name) as outcomes:
            id = _accepted(folder, line)
            outcomes.refused += id is None
            if id is not None:
                taken[same_name(id)] = mutation.name, name, line
        if len(taken) >= BATCH:
            run_together(folder, list(taken.values()), tally, commands_for(batches))
            taken.clear()
            batches += 1
    run_together(folder, list(taken.values()), tally, commands_for(0))
    return tally


def commands_for(batch: int) -> Commands:
    """What a batch of this number goes through."""
    return (*COMMANDS[batch % len(COMMANDS)], *([BUILDS[batch // WHOLE % len(BUILDS)]] if batch % WHOLE == 0 else []))


def _accepted(folder: Path, line: bytes) -> str | None:
    """The id of the article of a report that is read; none where it is refused. Raises :class:`Broken` where it is in no such line."""
    file = folder / "r.jsonl"
    file.write_bytes(line.replace(b"\n", b" ") + b"\n")
    try:
        found = find_reports([str(file)])
        if found is not None:
            return next(found).article.id
    except ReportsError as error:
        if not str(error).startswith(f"{file}:1: ") or "\n" in str(error):
            raise Broken(f"a refusal that is no line with its place: {error!r}") from error
        return None
    code, _ = command("export", str(file), "--out", str(folder / "out"))  # it does not look like a report: an article it is not either
    if code != 2:
        raise Broken(f"what is no report was taken for an article, with exit code {code}")
    return None


def run_together(folder: Path, lines: Sequence[Line], tally: Tally, commands: Commands) -> None:
    """All reports through these commands at once, and where that fails each by itself."""
    if not lines:
        return
    try:
        most = _run(folder, [line for _, _, line in lines], commands)
    except Exception:
        _one_by_one(folder, lines, tally, commands)
    else:
        for kind, _, _ in lines:
            tally.of(kind).most = max(tally.of(kind).most, most)


def _one_by_one(folder: Path, lines: Sequence[Line], tally: Tally, commands: Commands) -> None:
    found = tally.failed
    for kind, name, line in lines:
        with tally.attempt(kind, name) as outcomes:
            outcomes.tried -= 1  # it was counted when it was read
            outcomes.most = max(outcomes.most, _run(folder, [line], commands))
    if tally.failed == found:
        with tally.attempt("several together", " ".join(name for _, name, _ in lines)):
            _run(folder, [line for _, _, line in lines], commands)


def _run(folder: Path, lines: Sequence[bytes], commands: Commands) -> float:
    """The most that a command wrote for each byte of the reports. Raises what goes wrong."""
    file, out = folder / "r.jsonl", folder / "out"
    file.write_bytes(b"".join(line.replace(b"\n", b" ") + b"\n" for line in lines))
    return max(_written(one, file, out) for one in commands)


def _written(args: Sequence[str], file: Path, out: Path) -> float:
    shown, began = " ".join(args), time.process_time()
    try:
        code, told = command(args[0], str(file), "--out", str(out), *args[1:])
        if code != 0:
            raise Broken(f"{shown}: a report that was read came to nothing: {told}")
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    finally:
        shutil.rmtree(out, ignore_errors=True)
    given, took = file.stat().st_size, time.process_time() - began
    if size > FIXED + TIMES * given:
        raise Broken(f"{shown}: wrote {size:,} bytes for {given:,}")
    if took > SLOW:
        raise Broken(f"{shown}: took {took:.0f} CPU seconds for {given:,} bytes")
    return size / given
