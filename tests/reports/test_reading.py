from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.errors import ReportsError
from onrecord.model import Report
from onrecord.reports.json import encode_report
from onrecord.reports.reading import find_reports
from onrecord.reports.storage import Parts, row_of
from tests.assembly.test_write import tree
from tests.support.fictional import fictional_report

REPORTS = (fictional_report(), fictional_report("second"))


def as_lines(folder: Path, reports: Sequence[Report] = REPORTS) -> str:
    (folder / "r.jsonl").write_bytes(b"".join(encode_report(report) + b"\n" for report in reports))
    return str(folder / "r.jsonl")


def as_packed_lines(folder: Path, reports: Sequence[Report] = REPORTS) -> str:
    (folder / "r.jsonl.gz").write_bytes(gzip.compress(Path(as_lines(folder, reports)).read_bytes()))
    return str(folder / "r.jsonl.gz")


def as_parts(folder: Path, reports: Sequence[Report] = REPORTS) -> str:
    pytest.importorskip("pyarrow")
    for number, report in enumerate(reports):
        Parts.at(str(folder / "out")).write(number, "d", [row_of(report)], [])
    return str(folder / "out")


def found(*paths: str) -> list[Report] | None:
    reports = find_reports(paths)
    return None if reports is None else list(reports)


@pytest.mark.parametrize("written", [as_lines, as_packed_lines, as_parts])
def test_reports_are_read_as_they_were_written(tmp_path: Path, written: Callable[[Path], str]) -> None:
    assert found(written(tmp_path)) == list(REPORTS)


def test_articles_are_no_reports(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "Words."}\n')
    (tmp_path / "empty.jsonl").write_text("")
    assert [found(str(tmp_path / name)) for name in ("a.txt", "a.jsonl", "empty.jsonl", "", "none")] == [None] * 5
    with pytest.raises(ReportsError, match="give either reports or articles"):
        found(str(tmp_path / "a.txt"), as_lines(tmp_path))


@pytest.mark.parametrize("written", [as_lines, as_parts])
def test_a_report_of_another_version_is_refused(tmp_path: Path, written: Callable[[Path, Sequence[Report]], str]) -> None:
    with pytest.raises(ReportsError, match=r":1: a report of version 0\.9, and this onrecord reads"):
        found(written(tmp_path, [replace(REPORTS[0], schema_version="0.9")]))


def test_two_reports_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportsError, match=r"r\.jsonl:2: its article has the id of that at .*r\.jsonl:1, quay"):
        found(as_lines(tmp_path, [REPORTS[0], REPORTS[0]]))


@pytest.mark.parametrize("line", [b'{"id": "a"}', b'{"schema_version": "1.0", "provenance": 7}', b"{", b""])
def test_a_line_that_is_no_report_is_refused(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "r.jsonl").write_bytes(encode_report(REPORTS[0]) + b"\n" + line + b"\n")
    with pytest.raises(ReportsError, match=r"r\.jsonl:2: "):
        found(str(tmp_path / "r.jsonl"))


# --- commands ------------------------------------------------------------------------------------------------------


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def test_a_site_of_reports_is_that_of_their_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/ferry.txt").write_text('"Nobody asked us," union leader Carla Mensah told the Courier.')
    Path("in/vote.md").write_text("---\ntitle: The vote\n---\n\nTreasurer Bo Lind said the fund was empty.\n")
    assert run("extract", "in", "-o", "r.jsonl").exit_code == 0
    for command in ("build", "pages", "export"):
        assert run(command, "in", "--out", f"{command}-a").exit_code == 0
        done = run(command, "r.jsonl", "--out", f"{command}-r")
        assert done.exit_code == 0, done.output
        assert tree(Path(f"{command}-r")) == tree(Path(f"{command}-a"))


def test_bad_reports_are_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("build", as_lines(tmp_path, [replace(REPORTS[0], schema_version="2.0")]), "--out", "site")
    assert (done.exit_code, len(done.stderr.splitlines()), Path("site").exists()) == (2, 1, False)
