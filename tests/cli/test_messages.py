"""Each message is one line that shows its names as they are, whatever those are, behind each command and in MkDocs's log."""

from __future__ import annotations

import ast
import errno
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.cli
from onrecord.errors import ArticleError, OnrecordError, one_line, visible
from onrecord.mkdocs.inputs import mkdocs_log
from onrecord.mkdocs.plugin import log
from onrecord.reports.dask import _read
from onrecord.reports.entries import FileEntry
from onrecord.reports.storage import Failure
from tests.cli.test_commands import articles, run

__all__ = ["articles"]

NAME = "x\nonrecord: all is well\r\x1b[2K\x1b]0;t\x07\u2028\u202e\x85\u200f\udcff"
"""A line break, a return, escape sequences, a line separator, controls of direction, a byte that is not UTF-8."""


def shows_all(output: str) -> None:
    """Every line of an output is one that the program meant to print."""
    assert "all is well" in output, "it does name the file"
    assert not [line for line in output.split("\n") if line.startswith("onrecord: all is well")]
    assert all(character.isprintable() for character in output.replace("\n", "").replace(" ", ""))


def empty_article() -> str:
    Path(f"{NAME}.txt").touch()
    return f"{NAME}.txt"


BAD = {
    "build": ["build", "ARTICLE", "--out", "out"],
    "pages": ["pages", "ARTICLE", "--out", "out"],
    "export": ["export", "ARTICLE", "--out", "out"],
    "extract": ["extract", "ARTICLE", "-o", "out"],
    "lock": ["lock", "ARTICLE"],
    "check": ["check", "ARTICLE", "--corrections", "c.yml"],
    "explain": ["corrections", "explain", NAME, "in", "--corrections", "c.yml"],
    "rebase": ["corrections", "rebase", "ARTICLE", "--corrections", "c.yml"],
    "actors": ["build", "in", "--out", "out", "--actors", NAME],
    "corrections": ["build", "in", "--out", "out", "--corrections", NAME],
    "templates": ["build", "in", "--out", "out", "--templates", NAME],
    "model": ["build", "in", "--out", "out", "--model", NAME],
    "attribution": ["build", "in", "--out", "out", "--attribution", NAME],
    "out": ["build", "in", "--out", f"c.yml/{NAME}"],
    "option": ["build", "in", f"--{NAME}"],
    "command": [NAME],
    "train": ["train", NAME, "--out", "out"],
    "init": ["corrections", "init", "MADE"],
    "dask": ["extract", "in", "-o", f"c.yml/{NAME}", "--engine", "dask", "--scheduler", f"nowhere://{NAME}"],
}


@pytest.mark.parametrize("args", BAD.values(), ids=BAD)
def test_what_is_wrong_is_one_line(articles: Path, args: list[str]) -> None:
    Path("c.yml").write_text("corrections: []\n")
    Path(f"made-{NAME}").touch()
    names = {"ARTICLE": empty_article(), "MADE": f"made-{NAME}"}
    done = run(*(names.get(arg, arg) for arg in args))
    assert done.exit_code == 2 and done.exception.__class__ is SystemExit
    assert done.stdout.count("\n") == 0 and done.stderr.count("\n") == 1, done.output
    shows_all(done.output)


def test_what_was_done_is_told_in_lines(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", f"kept-{NAME}")
    for args in (
        ["lock", "in", "--lock", f"{NAME}.lock"],
        ["corrections", "init", f"{NAME}.yml"],
        ["check", "in", "--corrections", f"{NAME}.yml"],
        ["cache", "info"],
        ["cache", "clear"],
        ["new", f"new-{NAME}"],
    ):
        done = run(*args)
        assert done.exit_code == 0, done.output
        if args[0] != "check":
            shows_all(done.output)


@pytest.mark.slow
def test_mkdocs_tells_in_one_line(tmp_path: Path) -> None:
    for name in ("good", NAME):
        file = tmp_path / "docs/articles" / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Ann Lee said no.\n" if name == "good" else "")
    (tmp_path / "docs/articles" / f"link-{NAME}.txt").symlink_to("/etc/hostname")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: mkdocs\nplugins: [onrecord]\n")
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=tmp_path, capture_output=True, text=True)
    told = [line for line in done.stderr.split("\n") if "onrecord" in line or "all is well" in line]
    assert len([line for line in told if "the article is empty" in line]) == 1
    assert len([line for line in told if "leads out of its folder" in line]) == 1
    shows_all("\n".join(told))


@pytest.mark.slow
def test_what_mkdocs_itself_says_is_one_line_too(tmp_path: Path) -> None:
    forged = "ERROR   -  all is well"
    folder = tmp_path / f"docs/u\n{forged}\x1b[2K"
    folder.mkdir(parents=True)
    (tmp_path / "docs/articles").mkdir()
    (tmp_path / "docs/articles/a.txt").write_text("Ann Lee said no.\n")
    (folder / "page.md").write_text("[gone](nowhere.md)\n")
    (folder / "README.md").write_text("# one\n")
    (folder / "index.md").write_text("# two\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: mkdocs\nplugins: [onrecord]\n")
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=tmp_path, capture_output=True, text=True)
    told = [line for line in done.stderr.split("\n") if "all is well" in line]
    assert done.returncode == 0 and len(told) == 2, done.stderr
    assert "Excluding" in told[0] and "nowhere.md" in told[1]
    assert not [line for line in told if line.startswith(forged)] and "\x1b" not in done.stderr


def test_mkdocs_log_is_as_before_when_the_plugin_has_done() -> None:
    handler, places = logging.StreamHandler(), (logging.getLogger("mkdocs"), logging.getLogger("mkdocs.structure.files"))
    places[0].addHandler(handler)
    try:
        before = [list(place.filters) for place in (handler, *places)]
        with mkdocs_log(lambda _: True):
            assert handler.filters and len(places[1].filters) == len(before[2]) + 1
        assert [place.filters for place in (handler, *places)] == before
    finally:
        places[0].removeHandler(handler)


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyError("speaker")])
def test_a_page_that_mkdocs_cannot_write_is_one_line(articles: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*args: object) -> None:
        raise error

    monkeypatch.setattr("mkdocs.utils.write_file", fail)
    done = run("build", "in", "--out", "out")
    assert done.exit_code == 2 and done.stderr.count("\n") == 1, done.output
    assert "Error building page" not in done.stderr


def test_a_failure_in_a_table_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / f"{NAME}.txt"
    file.touch()
    failure = _read(FileEntry(str(file), "x"))
    assert isinstance(failure, Failure)
    shows_all(failure.place)
    shows_all(failure.error)


def test_an_error_shows_its_names_wherever_it_is_printed() -> None:
    kinds: list[type[OnrecordError]] = [OnrecordError, *OnrecordError.__subclasses__()]
    for kind in kinds:
        assert str(kind(f"{NAME}: no")) == visible(f"{NAME}: no")
    assert str(ArticleError("a.md: no")) == "a.md: no"


@given(st.text(st.characters()))
def test_a_message_has_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = one_line(text)
    assert not set(map(ord, shown)) & {*range(32), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)}
    assert one_line(shown) == shown
    shown.encode()


@pytest.mark.parametrize("text", ["naïve café.md", "फ़ाइल‍नाम.md", "می‌خواهم.txt", "👩‍🚀.html", "a\\b.md"])
def test_names_in_any_script_stand_as_they_are(text: str) -> None:
    assert visible(text) == text


def test_every_command_prints_through_the_one_place() -> None:
    folder = Path(onrecord.cli.__file__).parent
    for module in sorted(folder.glob("*.py")):
        calls = [node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        printing = [ast.unparse(call.func) for call in calls if ast.unparse(call.func) in ("print", "click.echo", "click.secho")]
        assert not printing or module.name == "group.py", f"{module.name}: use say or complain of cli/group.py"


def test_a_traceback_in_a_log_keeps_its_lines() -> None:
    record = log.logger.makeRecord("onrecord", logging.DEBUG, "", 0, "one\ntwo", (), None)
    assert log.logger.filter(record) and record.getMessage() == "one\ntwo"


def test_a_group_without_a_command_shows_its_help() -> None:
    for group in ("corrections", "cache"):
        done = run(group)
        assert done.exit_code == 2
        assert done.stderr.startswith(f"Usage: onrecord {group} ") and "\nCommands:\n" in done.stderr


def test_help_lists_commands_in_the_order_in_which_people_need_them() -> None:
    listed = re.findall(r"^  (\w+)  ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert listed[:3] == ["build", "serve", "show"] and listed[-1] == "doctor" and sorted(listed) == sorted(onrecord.cli.main.commands)
