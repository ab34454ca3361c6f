"""The commands and their output: nothing of the user's is lost by it, and none of it is read as articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from onrecord.archive.parts import Parts, row_of
from onrecord.errors import OutputError
from onrecord.report_json import encode_report
from tests.fictional import fictional_report
from tests.test_cli import articles, reports, run
from tests.test_contents import files_in, put

__all__ = ["articles"]

COMMANDS = {"build": "index.html", "pages": "index.md", "export": "corpus.json"}
"""Each command that writes a folder, and a file that it writes."""


def one_line(done: Result, said: str) -> None:
    assert done.exit_code == 2, done.output
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"onrecord: {said}") and "; " in line


def test_a_folder_with_its_own_output_gives_the_same_site_twice(articles: Path) -> None:
    put(articles, {"notes/wire.txt": "Mayor Ana Petrov said nothing.\n"})
    for command in COMMANDS:
        for _ in range(2):
            done = run(command, ".", "--out", "in/report", "--no-cache", "--strict")
            assert (done.exit_code, done.output) == (0, ""), "it is not named as a file that is not read, either"
        made = files_in(articles / "report")
        assert run(command, "in/ferry.txt", "in/notes/wire.txt", "in/vote.md", "--out", "clean").exit_code == 0
        assert files_in(Path("clean")) == made
        for folder in ("in/report", "clean"):
            Path(folder).rename(f"{command}-{folder.replace('/', '-')}")


def test_extracted_reports_may_lie_among_what_is_read(articles: Path) -> None:
    for name in ("in/out.jsonl", "in/out.jsonl", "in/out.txt", "in/out.txt"):
        assert run("extract", "in", "-o", name).exit_code == 0
        assert reports(Path(name).read_text()) == ["ferry", "vote"]
    put(Path("records"), {"in.jsonl": '{"id": "a", "text": "Ann Lee said no."}\n'})
    for _ in range(2):
        done = run("extract", "records", "-o", "records/out.jsonl")
        assert (done.exit_code, done.output) == (0, "")
        assert reports(Path("records/out.jsonl").read_text()) == ["a"]
    one_line(run("extract", "records/in.jsonl", "-o", "records/in.jsonl"), "records/in.jsonl: is read, and is what is to be written")


@pytest.mark.parametrize("command", COMMANDS)
def test_articles_and_what_lies_beside_a_site_stay(articles: Path, command: str) -> None:
    assert run(command, "in", "--out", "report").exit_code == 0
    foreign = {"in/a.txt": "Ann Lee said no.\n", "CNAME": "example.org", ".git/HEAD": "ref: refs/heads/main\n", "docs/about.md": "mine"}
    put(Path("report"), foreign)
    one_line(run(command, "report/in", "--out", "report"), "report/in: is read, and is in what is to be written, report; ")
    assert run(command, "in", "--out", "report", "--no-cache").exit_code == 0
    assert foreign.items() <= files_in(Path("report")).items()
    Path("report", COMMANDS[command]).write_text("mine")
    one_line(run(command, "in", "--out", "report"), f"report/{COMMANDS[command]}: was changed since onrecord wrote it; ")
    assert Path("report", COMMANDS[command]).read_text() == "mine"


def test_a_page_of_the_users_in_the_way_is_refused(articles: Path) -> None:
    put(Path("docs"), {"about.md": "mine"})
    one_line(run("pages", "in", "--out", "docs"), "docs: holds files that onrecord did not write; ")
    assert run("pages", "in/vote.md", "--out", "pages").exit_code == 0
    put(Path("pages"), {"articles/ferry.md": "mine"})
    one_line(run("pages", "in", "--out", "pages"), "pages/articles/ferry.md: is not onrecord's, and what is to be written has ")
    assert Path("pages/articles/ferry.md").read_text() == "mine"


def test_files_that_options_name_may_not_be_in_the_folder(articles: Path) -> None:
    assert run("build", "in", "--out", "report").exit_code == 0
    put(Path("report"), {"actors.yml": "actors: []\n", "corrections.yml": "corrections: []\n", "pages/x.html": "x"})
    assert run("lock", "in", "--lock", "onrecord.lock").exit_code == 0
    Path("report/my.lock").write_bytes(Path("onrecord.lock").read_bytes())
    for option, name in (("actors", "actors.yml"), ("corrections", "corrections.yml"), ("lock", "my.lock"), ("templates", "pages")):
        done = run("build", "in", "--out", "report", f"--{option}", f"report/{name}")
        one_line(done, f"report/{name}: is read, and is in what is to be written, report; ")


def test_a_site_is_no_article(articles: Path) -> None:
    assert run("build", "in", "--out", "report").exit_code == 0
    one_line(run("build", "report", "--out", "again"), "report: holds only what onrecord wrote, and no article; ")
    one_line(run("build", "report/articles", "--out", "again"), "report/articles: holds only what onrecord wrote, and no article; ")
    one_line(run("build", "report/index.html", "--out", "again"), "report/index.html: is what onrecord wrote, not an article; ")
    put(Path("report"), {"mine/a.txt": "Ann Lee said no.\n"})
    assert run("build", "report", "--out", "again").exit_code == 0
    Path("report/.onrecord").write_text("onrecord 0.1.0\n")
    one_line(run("build", "report", "--out", "again"), "report: holds only what onrecord wrote, and no article; ")


def test_what_dask_wrote_and_what_build_wrote_is_the_others_to_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    parts = Parts.at("reports")
    parts.begin()
    parts.write(0, "d", [row_of(fictional_report())], [])
    before = {path: path.read_bytes() for path in Path("reports").rglob("*") if path.is_file()}
    one_line(run("build", "reports", "--out", "reports"), "reports: is read, and is what is to be written, reports; ")
    Path("reports.jsonl").write_bytes(encode_report(fictional_report()) + b"\n")
    one_line(run("build", "reports.jsonl", "--out", "reports"), "reports: was written by onrecord extract --engine dask; ")
    assert before == {path: path.read_bytes() for path in Path("reports").rglob("*") if path.is_file()}
    assert json.loads(Path("reports/.onrecord").read_text())["files"] == {}
    one_line(run("extract", ".", "-o", "out.jsonl"), "reports.jsonl: holds reports, and there is no article in .; ")
    assert run("build", "reports", "--out", "site").exit_code == 0
    with pytest.raises(OutputError, match="site: was written by onrecord build"):
        Parts.at("site").begin()


def test_a_site_with_a_file_of_the_users_is_still_known_as_unchanged(articles: Path) -> None:
    assert run("build", "in", "--out", "report").exit_code == 0
    put(Path("report"), {"CNAME": "example.org"})
    number = Path("report").stat().st_ino
    assert run("build", "in", "--out", "report").exit_code == 0
    assert Path("report").stat().st_ino == number
