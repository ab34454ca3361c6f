"""The table of what was tried, in the docs."""

from __future__ import annotations

import re
from pathlib import Path

from attempts import Tally

PAGE = Path(__file__).parents[1] / "site" / "docs" / "inside" / "tried.md"


def with_row(page: str, name: str, tally: Tally) -> str:
    """The page with what became of an attack in its row. Raises :class:`ValueError` where it has none."""
    tried, refused, failed = (sum(getattr(one, field) for one in tally.kinds.values()) for field in ("tried", "refused", "failed"))
    command = f"`python benchmarks/attack.py {name}`"
    row = f"| {command} | {tried:,} | {refused:,} {tally.refusal} | {failed:,} |"
    changed, count = re.subn(rf"^\| {re.escape(command)} \|.*$", row, page, flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"no row for {command}")
    return changed
