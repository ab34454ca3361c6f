"""Somebody with a list of likely words, the rest of an article and all that was written about it, cannot tell which it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.assembly.fingerprint import FINGERPRINT
from onrecord.cli import main
from onrecord.manifest import MARKER, sha256_of

ARTICLE = """---
title: The quay
date: 2024-05-06
outlet: The Riverton Post
url: https://post.example/quay
{mode}---

# The quay

“{quote},” Mayor Ann Lee told the Riverton Post on Monday.

{alone} Paul Reed, the {role} of the Harbour Board, denied it.

{year}. The ferry was old.
{year}. Rain fell on the quay.
"""
"""An article that is told the same way whichever of the words stand in it: what the program finds in it, it finds in each."""
GUESSES = (
    {"quote": "The old bridge is unsafe", "alone": "Gulls circled over the market.", "role": "chairman", "year": "1947"},
    {"quote": "The new harbour is expensive", "alone": "Rain fell on the pavement.", "role": "treasurer", "year": "3"},
    {"quote": "The red ferry is slow", "alone": "Children played in the street.", "role": "secretary", "year": "1812"},
)
DOORS = {
    "build": [["build", "in", "--out", "out", "--text", "none"]],
    "build of its own": [["build", "own", "--out", "out"]],
    "build of an archive": [["build", "in", "--out", "out", "--text", "none", "--by", "year"]],
    "build for review": [["build", "in", "--out", "out", "--text", "none", "--review"]],
    "pages": [["pages", "in", "--out", "out", "--text", "none"]],
    "export": [["export", "in", "--out", "out", "--text", "none", "--tei"]],
    "reports": [["extract", "in", "-o", "r.jsonl"], ["build", "r.jsonl", "--out", "out", "--text", "none"]],
    "reports, exported": [["extract", "own", "-o", "r.jsonl"], ["export", "r.jsonl", "--out", "out", "--tei"]],
}


def written(folder: Path, guess: dict[str, str], commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """All files that the commands write about an article with these words."""
    for name, mode in (("in", ""), ("own", "text: none\n")):
        (folder / name).mkdir(parents=True)
        (folder / name / "quay.md").write_text(ARTICLE.format(mode=mode, **guess), encoding="utf-8")
    monkeypatch.chdir(folder)
    for command in commands:
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
    out = folder / "out"
    files = {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}
    if FINGERPRINT in files:  # it has a secret of this machine in it, and the list of files has its hash
        files[MARKER] = files[MARKER].replace(sha256_of(out / FINGERPRINT).encode(), b"")
        del files[FINGERPRINT]
    return files


@pytest.mark.parametrize("door", DOORS)
def test_no_file_tells_one_guess_from_another(door: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = (written(tmp_path / str(number), guess, DOORS[door], monkeypatch) for number, guess in enumerate(GUESSES))
    assert len(first) > 5
    for other in others:
        assert other.keys() == first.keys()
        assert [name for name, content in other.items() if content != first[name]] == []


@pytest.mark.parametrize("door", ["build", "pages", "export", "reports"])
def test_excerpts_tell_nothing_of_the_sentences_beside_them(door: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guesses = [{**GUESSES[0], "alone": guess["alone"], "year": guess["year"]} for guess in GUESSES]
    commands = [["excerpts" if word == "none" else word for word in command] for command in DOORS[door]]
    first, *others = (written(tmp_path / str(number), guess, commands, monkeypatch) for number, guess in enumerate(guesses))
    assert any(b"bridge is unsafe" in content for content in first.values())
    for other in others:
        assert other.keys() == first.keys()
        assert [name for name, content in other.items() if content != first[name]] == []


def test_with_a_lock_only_ids_tell_them_apart_and_only_to_who_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same guess has other ids under another lock: nothing can be looked up."""
    commands = [["lock", "in"], *DOORS["export"]]
    one, other = (written(tmp_path / str(number), GUESSES[0], commands, monkeypatch) for number in range(2))
    ids = [set(re.findall(rb'"quote":"quay/(q\w+)"', files["tables/quotes.jsonl"])) for files in (one, other)]
    assert len(ids[0]) == len(ids[1]) == 1 and ids[0].isdisjoint(ids[1])
