"""``onrecord diff``: what two readings of the same articles differ in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.group import debug_option, example, say, say_json
from onrecord.errors import ReportsError

if TYPE_CHECKING:
    from onrecord.model import Report


@click.command(epilog=example("onrecord diff before.jsonl after.jsonl", "onrecord diff old-site new-site --json --exit-code"))
@click.argument("old", metavar="OLD", type=click.Path())
@click.argument("new", metavar="NEW", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the differences as one line of JSON.")
@click.option("--exit-code", "fails", is_flag=True, help="End with exit code 1 where they differ.")
@debug_option
def diff(old: str, new: str, as_json: bool, fails: bool) -> None:
    """Compare two sets of reports.

    Prints which quotes and speakers NEW gains (+), loses (-) and changes (~). OLD and NEW are files of reports that onrecord extract wrote,
    or folders with such files, or folders that build or export wrote.
    """
    import msgspec

    from onrecord.corpus.differences import find_differences, told_differences

    found = find_differences(reports_at(old), reports_at(new))
    if as_json:
        say_json(msgspec.to_builtins(found))
    else:
        for line in told_differences(found):
            say(line)
    if fails and not found.is_empty():
        raise click.exceptions.Exit(1)


def reports_at(place: str) -> Iterator[Report]:
    """The reports at a place. Raises :class:`ReportsError` where there are none."""
    from onrecord.archive.reports import find_reports, saved_reports

    if "://" not in place and not Path(place).exists():
        raise ReportsError(f"{place}: no such file or folder; check the path")
    files = sorted(map(str, Path(place).glob("*.jsonl"))) if Path(place).is_dir() else []
    found = find_reports(files or [place]) or saved_reports(Path(place))
    if found is None:
        raise ReportsError(f"{place}: no reports there; make some with onrecord extract")
    return found
