"""``onrecord diff``: what two readings of the same articles differ in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.group import debug_option, example, say, say_json
from onrecord.errors import ReportsError

if TYPE_CHECKING:
    from onrecord.corpus.differences import Differences
    from onrecord.model import Report


@click.command(
    epilog=example("onrecord diff before.jsonl after.jsonl --html changes.html", "onrecord diff old-site new-site --json --exit-code")
)
@click.argument("old", metavar="OLD", type=click.Path())
@click.argument("new", metavar="NEW", type=click.Path())
@click.option("--html", "page", metavar="FILE", type=click.Path(path_type=Path), help="Also write them as a page that stands alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the differences as one line of JSON.")
@click.option("--exit-code", "fails", is_flag=True, help="End with exit code 1 where they differ.")
@debug_option
def diff(old: str, new: str, page: Path | None, as_json: bool, fails: bool) -> None:
    """Compare two sets of reports.

    Prints which quotes and speakers NEW gains (+), loses (-) and changes (~). OLD and NEW are files of reports that onrecord extract wrote,
    or folders with such files, or folders that build or export wrote. Of an article that asks not to be shown, numbers stand for words.
    """
    import msgspec

    from onrecord.corpus.differences import find_differences, told_differences

    found = find_differences(reports_at(old), reports_at(new))
    if page is not None:
        _write_page(page, found, old, new)
    if as_json:
        say_json(msgspec.to_builtins(found))
    else:
        for line in told_differences(found):
            say(line)
    if fails and not found.is_empty():
        raise click.exceptions.Exit(1)


def _write_page(page: Path, found: Differences, old: str, new: str) -> None:
    from onrecord.assembly.write import replaced_file
    from onrecord.render.differences import differences_html

    with replaced_file(page, tuple(Path(place) for place in (old, new) if "://" not in place)) as file:
        file.write_text(differences_html(found, old=_called(old), new=_called(new)), encoding="utf-8", newline="")


def _called(place: str) -> str:
    """What a place is called on the page: the last part of its path, since the page may go to others."""
    return place.rstrip("/").rpartition("/")[2] or place


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
