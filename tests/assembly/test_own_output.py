"""The commands and their output: nothing of the user's is lost by it, and none of it is read as articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from onrecord.article.folder import BESIDE_MKDOCS
from onrecord.assembly.project import project_files
from onrecord.errors import OutputError
from onrecord.manifest import DASK, MARKER, Manifest, has_marker, is_marked
from onrecord.reports.json import encode_report
from onrecord.reports.storage import Parts, row_of
from tests.assembly.test_folders import files_in, put
from tests.cli.test_commands import articles, reports, run
from tests.support.fictional import fictional_report

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
            assert (done.exit_code, done.stderr) == (0, ""), "it is not named as a file that is not read, either"
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
        assert (done.exit_code, done.stderr) == (0, "")
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


# --- the user's in a folder of ours ----------------------------------------------------------------------------------


def told(done: Result) -> list[str]:
    return [line.removeprefix("onrecord: ") for line in done.stderr.splitlines()]


def articles_of(site: str) -> list[str]:
    return sorted(path.stem for path in Path(site, "articles").glob("*.html") if path.stem != "index")


@pytest.mark.parametrize("command", COMMANDS)
def test_articles_in_a_folder_that_we_wrote_are_read(articles: Path, command: str) -> None:
    assert run(command, "in", "--out", "docs").exit_code == 0
    put(Path("docs"), {"mine/carr.md": "Bo Carr said it was late.\n", "worse.txt": "Bo Carr said it was worse.\n", "mine/a.odt": "x"})
    done = run("build", ".", "--out", "report")
    assert (done.exit_code, [line.split(":")[0] for line in told(done)]) == (0, ["docs/mine/a.odt"])
    assert articles_of("report") == ["carr", "ferry", "vote", "worse"]


def test_articles_in_the_folder_that_is_written_are_read_and_stay(articles: Path) -> None:
    for _ in range(2):
        assert run("build", ".", "--out", "report", "--no-cache").exit_code == 0
        put(Path("report"), {"mine/carr.md": "Bo Carr said it was late.\n"})
    assert run("build", ".", "--out", "report").exit_code == 0
    assert articles_of("report") == ["carr", "ferry", "vote"]
    assert Path("report/mine/carr.md").read_text() == "Bo Carr said it was late.\n"


def test_records_in_a_folder_that_we_wrote_are_read(articles: Path) -> None:
    assert run("export", "in", "--out", "data/out").exit_code == 0
    put(Path("data"), {"out/mine/more.jsonl": '{"id": "more", "text": "Ann Lee said no."}\n'})
    assert reports(run("extract", "data", "-o", "-").stdout) == ["more"]


def test_of_an_old_version_and_of_dask_nothing_is_read(articles: Path) -> None:
    for name, marker in (("old", "onrecord 0.1.0\n"), ("parts", Manifest(DASK, {}).encode().decode())):
        put(Path("in", name), {".onrecord": marker, "sub/a.txt": "Ann Lee said no.\n"})
    assert reports(run("extract", "in", "-o", "-").stdout) == ["ferry", "vote"]


# --- our pages without a manifest ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_pages_that_mkdocs_wrote_are_no_articles(articles: Path) -> None:
    put(Path("docs"), {"articles/a.txt": "Ann Lee said no.\n", "about.md": "Bo Carr said yes.\n"})
    put(Path(), {"mkdocs.yml": "site_name: A\nsite_dir: public\nplugins: [onrecord]\n", "lock.txt": "a==1\n", "requirements.txt": "b\n"})
    done = subprocess.run([sys.executable, "-m", "mkdocs", "-q", "build", "--strict"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    pages = [path for path in Path("public").rglob("*.html") if "generator" in path.read_text() and is_marked(path)]
    assert len(pages) == len([*Path("public").rglob("*.html")]) > 5 and Path("public/about/index.html") in pages
    built = run("build", ".", "--out", "report", "--strict")
    assert built.exit_code == 0, built.output
    assert articles_of("report") == ["a", "about", "ferry", "vote"]
    site, project = told(built)
    assert site.startswith("public/404.html, and ") and site.endswith(": of a report that onrecord made, and no article; left out")
    assert project == "lock.txt, mkdocs.yml, requirements.txt: of a project, and no article; left out"


@pytest.mark.parametrize("command", ["build", "pages"])
def test_a_copy_of_a_site_is_left_out_and_counted(articles: Path, command: str) -> None:
    assert run(command, "in", "--out", "site").exit_code == 0
    Path("in/public").mkdir()
    for path in Path("site").iterdir():
        if not path.name.startswith("."):
            path.rename(Path("in/public", path.name))
    number = len([path for path in Path("in/public").rglob("*") if path.is_file()])
    done = run("build", "in", "--out", "report", "--strict")
    assert done.exit_code == 0 and articles_of("report") == ["ferry", "vote"]
    (line,) = told(done)
    assert f", and {number - 1} more files: of a report that onrecord made" in line
    one_line(run("build", "in/public", "--out", "again"), "in/public: holds only what onrecord wrote, and no article; ")
    put(Path("in/public"), {"mine.txt": "Ann Lee said no.\n"})
    assert run("build", "in", "--out", "report").exit_code == 0
    assert articles_of("report") == ["ferry", "mine", "vote"], "what has no mark is the user's, wherever it lies"
    named = run("extract", f"in/public/{COMMANDS[command]}", "-o", "-")
    assert named.exit_code == 0 and "left out" not in named.stderr


def test_extracted_reports_among_records_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(Path("ar"), {"a.jsonl": '{"id": "a", "text": "Ann Lee said no."}\n'})
    assert run("extract", "ar", "-o", "ar/reports.jsonl").exit_code == 0
    for _ in range(2):
        done = run("build", "ar", "--out", "x", "--strict", "--no-cache")
        assert done.exit_code == 0 and articles_of("x") == ["a"]
        assert told(done) == [
            "ar/reports.jsonl: holds reports, not articles, and is left out; give reports to onrecord build, pages or export"
        ]
    Path("ar/a.jsonl").unlink()
    one_line(run("build", "ar", "--out", "x"), "ar/reports.jsonl: holds reports, and there is no article in ar; ")
    assert run("build", "ar/reports.jsonl", "--out", "y").exit_code == 0
    put(Path("ar"), {"b.txt": "Ann Lee said no.\n"})
    assert run("build", "ar", "--out", "x", "--strict").exit_code == 0, "it is not called unread, either"


# --- what is read for something else ---------------------------------------------------------------------------------


def test_what_options_name_is_neither_an_article_nor_unread(articles: Path) -> None:
    put(articles, {"corrections.yml": "corrections: []\n", "names.yml": "actors: []\n", "over/pages/x.html": "{{ x }}", "over/a.css": ""})
    assert run("lock", "in/vote.md", "--lock", "in/onrecord.lock").exit_code == 0
    options = ["--actors", "in/names.yml", "--templates", "in/over"]
    done = run("build", "in", "--out", "report", "--strict", *options)
    assert (done.exit_code, done.stderr) == (0, "")
    assert articles_of("report") == ["ferry", "vote"]
    again = run("build", "in", "--out", "report", "--strict", *options, "--corrections", "in/corrections.yml", "--lock", "in/onrecord.lock")
    assert (again.exit_code, again.stderr) == (0, "")
    assert run("build", "in", "--out", "report", "--strict").exit_code == 2, "files that nothing names are told of as before"


def test_the_files_that_a_project_installs_from_are_those_of_new_projects() -> None:
    laid_out = {name for name in project_files("onrecord==1") if "/" not in name and not name.startswith(".")}
    assert laid_out == {"README.md", "mkdocs.yml", *BESIDE_MKDOCS}


# --- folders that nobody may enter -----------------------------------------------------------------------------------


@pytest.fixture
def forbidden(articles: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder among the articles that behaves as if nobody might enter it; permissions do not bind the root user."""
    folder = articles / "sub"
    put(folder, {"hidden.txt": "Ann Lee said no.\n"})

    def guarded(name: str) -> None:
        real = getattr(Path, name)

        def method(self: Path, *given: object, **options: object) -> object:
            place = Path(os.path.abspath(self))  # noqa: PTH100
            if (place == folder and name == "iterdir") or folder in place.parents:
                raise PermissionError(13, "Permission denied", str(self))
            return real(self, *given, **options)

        monkeypatch.setattr(Path, name, method)

    for name in ("iterdir", "exists", "is_file", "is_dir", "is_symlink", "open", "read_bytes", "stat"):
        guarded(name)
    return folder


def test_a_folder_that_cannot_be_entered_costs_itself_alone(forbidden: Path) -> None:
    done = run("build", "in", "--out", "report", "--no-cache")
    assert (done.exit_code, told(done)) == (1, ["in/sub: cannot be read (Permission denied); check its permissions"])
    assert articles_of("report") == ["ferry", "vote"]
    strict = run("build", "in", "--out", "strict", "--strict")
    assert strict.exit_code == 2 and not Path("strict").exists()
    assert not has_marker(forbidden)


def test_what_lies_where_nobody_may_look_is_told_in_one_line(forbidden: Path) -> None:
    for command in (["build", "in/ferry.txt", "--out"], ["extract", "in/ferry.txt", "-o"]):
        one_line(run(*command, "in/sub/x"), "in/sub/x: cannot be written (Permission denied); ")
    for name in ("in/sub", "in/sub/hidden.txt", "in/sub/a.jsonl"):
        one_line(run("build", name, "--out", "x"), f"{name}: cannot be read (Permission denied); check its permissions")


def test_a_marker_that_cannot_be_read_is_named(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("build", "in", "--out", "in/o").exit_code == 0
    real = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == MARKER:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    one_line(run("build", "in", "--out", "in/o", "--no-cache"), "in/o/.onrecord: cannot be read (Permission denied); check its permi")
    done = run("build", "in", "--out", "report")
    assert (done.exit_code, told(done)) == (1, ["in/o/.onrecord: cannot be read (Permission denied); check its permissions"])
    assert articles_of("report") == ["ferry", "vote"]


# --- links and names -------------------------------------------------------------------------------------------------


def test_a_link_to_itself_is_told_in_one_line(articles: Path) -> None:
    Path("loop").symlink_to("loop")
    for command in (["build", "in", "--out"], ["pages", "in", "--out"], ["extract", "in", "-o"], ["build", "in", "--out", "x", "--actors"]):
        one_line(run(*command, "loop"), "loop: ")
    one_line(run("build", "loop", "--out", "x"), "loop: a link that leads nowhere; check the path")


def test_a_lock_is_made_where_a_link_leads(articles: Path) -> None:
    Path("my.lock").symlink_to("real.lock")
    assert run("lock", "in", "--lock", "my.lock").exit_code == 0
    assert Path("my.lock").is_symlink() and Path("real.lock").is_file()


def test_what_windows_leaves_in_folders_is_not_named(articles: Path) -> None:
    put(articles, {"Thumbs.db": "x", "more/desktop.ini": "x"})
    done = run("build", "in", "--out", "report", "--strict")
    assert (done.exit_code, done.stderr) == (0, "")
