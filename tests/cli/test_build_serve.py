"""``onrecord serve``: a site on this machine alone, which follows its articles."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from mkdocs.config import load_config

from onrecord.cli import build
from onrecord.errors import OptionsError
from tests.cli.test_commands import articles, run

__all__ = ["articles"]

OPTIONS: dict[str, Any] = {
    "templates": None,
    "corrections": None,
    "lock": None,
    "actors": None,
    "text": "none",
    "cache": True,
    "longest": 9,
    "model": "m",
}


@contextmanager
def served(*args: str) -> Iterator[str]:
    """The address at which the command serves, while the block runs. It ends by an interrupt, as a user would end it."""
    command = [sys.executable, "-m", "onrecord", "serve", *args, "--no-open", "--attribution", "rules"]
    # Who runs tests in the background has their children ignore interrupts, and would wait for ever.
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    with process, process.stdout as told:
        try:
            line = told.readline()
            found = re.fullmatch(r"Open: (\S+) \(Ctrl-C ends it\)\n", line)
            assert found is not None, line
            yield found[1]
        finally:
            process.send_signal(signal.SIGINT)
    assert process.returncode == 0


def page(address: str, *, until: str, seconds: float = 60) -> str:
    """A page, once it has these words."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        with urlopen(address, timeout=30) as answer:
            text: str = answer.read().decode()
        if until in text:
            return text
        time.sleep(0.3)
    raise AssertionError(f"{address} never had {until!r}")


@pytest.mark.slow
def test_a_changed_article_is_shown_anew_and_nothing_is_left(articles: Path) -> None:
    before = sorted(path.name for path in articles.parent.rglob("*"))
    with served("in") as address:
        assert address.startswith("http://127.0.0.1:")
        shown = page(f"{address}articles/ferry/", until="Nobody asked us")
        assert "livereload" in shown, "the page asks for changes"
        (articles / "ferry.txt").write_text("Mayor Ana Petrov said the ferry will go in winter.\n")
        page(f"{address}articles/ferry/", until="will go in winter")
    assert sorted(path.name for path in articles.parent.rglob("*")) == before


@pytest.mark.slow
def test_corrections_that_begin_while_the_site_is_served_are_read(articles: Path) -> None:
    with served("in") as address:
        offered = unescape(page(f"{address}articles/ferry/", until="action: confirm-quote"))
        entry = re.search(r"  - action: confirm-quote\n(?:    .*\n)*?    was: .*\n", offered)
        assert entry is not None
        Path("corrections.yml").write_text(f"corrections:\n{entry[0]}", encoding="utf-8")
        page(f"{address}articles/ferry/", until="confirmed by an editor")
        # A second change of the same file: MkDocs itself does not know that it is there.
        Path("corrections.yml").write_text("corrections:\n", encoding="utf-8")
        page(f"{address}articles/ferry/", until="reviewed by nobody")


def test_the_options_reach_the_plugin(articles: Path) -> None:
    Path("corrections.yml").write_text("corrections: []\n")
    Path("mine").mkdir()
    given = build.plugin_options((Path("in"),), **(OPTIONS | {"templates": Path("mine")}))
    here = Path.cwd()
    assert given == {
        "articles": [str(here / "in")],
        "corrections": str(here / "corrections.yml"),
        "templates": str(here / "mine"),
        "text": "none",
        "cache": True,
        "longest": 9,
        "model": "m",
    }
    Path("mkdocs.yml").write_text(build._yaml({"site_name": "x", "theme": {"name": "onrecord"}, "plugins": [{"onrecord": given}]}))
    Path("docs").mkdir()
    load_config("mkdocs.yml")  # raises where the plugin has no such option


def test_reports_are_served_as_reports(articles: Path) -> None:
    assert run("extract", "in", "-o", "reports.jsonl").exit_code == 0
    assert build.plugin_options((Path("reports.jsonl"),), **OPTIONS)["reports"] == [str(Path.cwd() / "reports.jsonl")]


def test_a_port_that_is_taken_is_told_or_left() -> None:
    with socket.socket() as taken:
        taken.bind((build.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OptionsError, match=f"--port {port}: something else is served there; name another port, or none"):
            build.port_for(port)
    assert build.port_for(None) > 0


def test_a_port_that_is_taken_meanwhile_is_one_line(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def serve_too_late(**_: object) -> None:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr("mkdocs.commands.serve.serve", serve_too_late)
    monkeypatch.setattr(build, "port_for", lambda wanted: 8123)
    done = run("serve", "in", "--no-open")
    assert done.exit_code == 2
    assert done.stderr == "onrecord: --port 8123: something else is served there; name another port, or none\n"


@pytest.mark.parametrize("args", [["none.txt"], ["in", "--port", "0"], ["in", "--templates", "none"]])
def test_what_is_wrong_is_one_line(articles: Path, args: list[str]) -> None:
    done = run("serve", *args)
    assert done.exit_code == 2 and len(done.stderr.splitlines()) == 1 and done.stdout == ""


@pytest.mark.slow
def test_an_article_that_cannot_be_read_is_one_line(articles: Path) -> None:
    """In a process of its own: MkDocs would go on serving what an earlier test of this one has served."""
    Path("empty.txt").touch()
    command = [sys.executable, "-m", "onrecord", "serve", "empty.txt", "--no-open"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert done.stderr.startswith("onrecord: empty.txt: the article is empty"), done.stderr
