"""Attack: files of records with something amiss. ``extract`` and ``export`` read what can be read, or say in a line what cannot."""

from __future__ import annotations

import shutil
from pathlib import Path

from attempts import Broken, Limit, Tally, command
from broken_tables import mutant

from onrecord.reports.reading import find_reports


def attack_tables(folder: Path, seed: int, limit: Limit, only: int | None = None) -> Tally:
    """What became of so many mutants. Works in ``folder``, and leaves nothing there."""
    tally = Tally()
    for number in limit.numbers() if only is None else [only]:
        mutation, content = mutant(seed, number)
        file = folder / f"r{mutation.suffix}"
        file.write_bytes(content)
        with tally.attempt(mutation.name, f"--seed {seed} --only {number}") as outcomes:
            extracted = _extracted(file, folder / "out.jsonl")
            outcomes.refused += not extracted
            _exported(file, folder / "out", extracted=extracted)
        file.unlink()
    return tally


def _extracted(file: Path, out: Path) -> bool:
    """Whether there is a report. Raises :class:`Broken` where there is none and nothing was said, and for a report that is then refused."""
    try:
        code, told = command("extract", str(file), "-o", str(out), "--jobs", "1")
        if out.exists() != (code != 2):
            raise Broken(f"extract ended with {code}, and its file is{'' if out.exists() else ' not'} there: {told}")
        if code != 2 and not list(find_reports([str(out)]) or ()):
            raise Broken(f"extract ended with {code} and made nothing: {told}")
        return code != 2
    finally:
        out.unlink(missing_ok=True)


def _exported(file: Path, out: Path, *, extracted: bool) -> None:
    """Raises :class:`Broken` where ``export`` does not do as ``extract`` does, unless the file is of reports."""
    try:
        code, told = command("export", str(file), "--out", str(out), "--jobs", "1")
        if (code == 2) == extracted:
            raise Broken(f"export ended with {code}, and extract made {'reports' if extracted else 'none'}: {told}")
    finally:
        shutil.rmtree(out, ignore_errors=True)
