"""``onrecord show``: the annotated article in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from onrecord.cli.extract import annotated
from tests.cli.test_commands import articles, run
from tests.support.reports import full_report

__all__ = ["articles"]

TEXT = (
    'Council leader Cora Moss said that the bridge is unsafe. "We will close it," she told the Gazette.\n\n'
    "The Harbour Authority denied that it had known.\n"
)


@pytest.fixture
def bridge(articles: Path) -> Path:
    Path("bridge.txt").write_text(TEXT)
    return Path("bridge.txt")


def test_it_shows_the_text_and_who_is_heard(bridge: Path) -> None:
    done = run("show", "bridge.txt")
    assert (done.exit_code, done.stderr) == (0, "")
    shown = " ".join(done.stdout.split())
    assert 'said that the bridge is unsafe[1]. "We will close it,"[2] she told the Gazette.' in shown
    assert "[1] Cora Moss · Reported speech" in shown and "[2] Cora Moss · Direct quote" in shown
    assert "[3] Harbour Authority · Reported speech · denied or negated" in shown
    assert "3 quotes (1 direct, 2 reported), 1 speaker, " in shown


def test_every_word_of_the_article_is_there(bridge: Path) -> None:
    shown = run("show", "bridge.txt").stdout
    for number in (1, 2, 3):
        shown = shown.replace(f"[{number}]", "")
    assert " ".join(TEXT.split()) in " ".join(shown.split())


def test_only_very_words_are_bold_in_the_text(bridge: Path) -> None:
    console = Console(force_terminal=True, color_system="standard", width=200, record=True)
    report = full_report()
    with console.capture() as caught:
        console.print(*annotated(report), sep="\n")
    (line,) = [line for line in caught.get().splitlines() if "Nine ships" in line]
    assert "\x1b[1munsafe\x1b[0m" in line
    assert line.count("\x1b[1m") == 1, "the rest of a partly quoted statement is underlined"
    assert "\x1b[4mthe quay is “\x1b[0m" in line


def test_nothing_in_an_article_is_obeyed(articles: Path) -> None:
    Path("x.txt").write_text("Cora Moss said that [red]it[/red] is :bomb: \x1b[31m unsafe \u202e.\n")
    done = run("show", "x.txt")
    assert "[red]it[/red] is :bomb: \\x1b[31m unsafe \\u202e" in done.stdout
    assert "\x1b" not in done.stdout


def test_one_bad_article_does_not_cost_the_rest(bridge: Path) -> None:
    Path("empty.txt").touch()
    done = run("show", "empty.txt", "bridge.txt")
    assert done.exit_code == 1 and "Cora Moss" in done.stdout
    assert done.stderr.startswith("onrecord: empty.txt: the article is empty")
