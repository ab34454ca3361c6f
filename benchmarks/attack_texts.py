"""Attack: damaged texts and web pages. Each is refused in a line, or ``extract`` makes a sound report of it, of which ``pages``, ``export``
and ``build`` make what is of a size with it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from attack_reports import BATCH, commands_for, run_together
from attempts import Broken, Limit, Tally, command
from mutations import Mutation

from onrecord.reports.reading import find_reports

DIRECT = 10
"""Of so many articles one is also built without being extracted first."""


def attack_texts(
    texts: Sequence[str], mutations: Sequence[Mutation], folder: Path, seed: int, limit: Limit, only: int | None = None
) -> Tally:
    """What became of so many mutants of these texts. Works in ``folder``, and leaves nothing there."""
    tally, lines, batches = Tally("bytes written for one byte"), list[tuple[str, str, bytes]](), 0
    for number in limit.numbers() if only is None else [only]:
        rng, mutation = random.Random(f"{seed} {number}"), mutations[number % len(mutations)]
        file, name = folder / f"m{number}{mutation.suffix}", f"--seed {seed} --only {number}"
        file.write_bytes(mutation.make(rng, rng.choice(texts)))
        with tally.attempt(mutation.name, name) as outcomes:
            line = _extracted(file, folder / "out.jsonl")
            outcomes.refused += line is None
            if line is not None:
                lines.append((mutation.name, name, line))
            if number % DIRECT == 0:
                _built(file, folder / "out", extracted=line is not None)
        file.unlink()
        if len(lines) >= BATCH:
            run_together(folder, lines, tally, commands_for(batches))
            batches, lines = batches + 1, []
    run_together(folder, lines, tally, commands_for(0))
    return tally


def _extracted(file: Path, out: Path) -> bytes | None:
    """The report on an article, as a line; none where the article is refused. Raises :class:`Broken` where that is not said in a line with
    its name, and where our own report is not what we take from others."""
    try:
        code, told = command("extract", str(file), "-o", str(out), "--jobs", "1", "--no-cache")
        if code == 2:
            if file.name not in told:
                raise Broken(f"a refusal that does not name the file: {told}")
            return None
        if not list(find_reports([str(out)]) or ()):
            raise Broken("no report was made of it, and nothing said")
        return out.read_bytes().rstrip(b"\n")
    finally:
        out.unlink(missing_ok=True)


def _built(file: Path, out: Path, *, extracted: bool) -> None:
    try:
        code, told = command("build", str(file), "--out", str(out), "--jobs", "1", "--no-cache")
        if (code == 2) == extracted:
            raise Broken(f"build ended with {code}, and extract made {'a report' if extracted else 'none'}: {told}")
    finally:
        shutil.rmtree(out, ignore_errors=True)
