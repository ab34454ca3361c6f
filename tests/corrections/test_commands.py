"""The commands and the plugin, with a file of corrections."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.corrections.reading import parse_corrections

TEXT = "The quay is old. Mayor Ilse Brandt told reporters on Monday that the quay is unsafe.\n"
SENTENCE = "Mayor Ilse Brandt told reporters on Monday that the quay is unsafe."
ENTRY = f"""corrections:
  - action: rename
    id: brandt
    article: quay
    words: Ilse Brandt
    sentence: {SENTENCE}
    name: Ilse M. Brandt
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("quay.txt").write_text(TEXT, encoding="utf-8")
    Path("corrections.yml").write_text(ENTRY, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_init_begins_a_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("corrections", "init").exit_code == 0
    started = Path("corrections.yml").read_text(encoding="utf-8")
    assert parse_corrections(started).entries == ()
    # A ready entry, as notes have it, stands at its end.
    assert [one.id for one in parse_corrections(started + ENTRY.partition("\n")[2]).entries] == ["brandt"]
    again = run("corrections", "init")
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)


def test_check_tells_and_strict_fails_on_what_is_held(folder: Path) -> None:
    good = run("check", "quay.txt", "--strict")
    assert (good.exit_code, "corrections.yml:2: brandt (rename): applied." in good.output) == (0, True), good.output
    Path("quay.txt").write_text(TEXT.replace("unsafe", "not unsafe"), encoding="utf-8")
    held = run("corrections", "check", "quay.txt", "--strict")
    assert (held.exit_code, "context changed. Held:" in held.output) == (2, True)
    assert run("check", "quay.txt").exit_code == 0


def test_a_bad_file_is_one_line(folder: Path) -> None:
    Path("corrections.yml").write_text(ENTRY.replace("rename", "renam"), encoding="utf-8")
    for command in (["check", "quay.txt"], ["build", "quay.txt", "--out", "site", "--corrections", "corrections.yml"]):
        done = run(*command)
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert "corrections.yml:2: entry 'brandt': 'renam' cannot stand at action; write rename, if that is meant" in done.stderr
    assert not Path("site").exists()


def test_rebase_shows_first_and_writes_when_told_to(folder: Path) -> None:
    Path("quay.txt").write_text(TEXT.replace("unsafe", "not unsafe"), encoding="utf-8")
    shown = run("corrections", "rebase", "quay.txt")
    assert "+    sentence: " in shown.output and "1 to move" in shown.output
    assert Path("corrections.yml").read_text(encoding="utf-8") == ENTRY
    run("corrections", "rebase", "quay.txt", "--write")
    assert "not unsafe" in Path("corrections.yml").read_text(encoding="utf-8")
    assert run("check", "quay.txt", "--strict").exit_code == 0


def test_explain_tells_all_of_one_entry(folder: Path) -> None:
    told = run("corrections", "explain", "brandt", "quay.txt")
    assert "status: applied" in told.output and f"in: {SENTENCE}" in told.output
    unknown = run("corrections", "explain", "nobody", "quay.txt")
    assert (unknown.exit_code, "no entry has the id nobody" in unknown.stderr) == (2, True)


@pytest.mark.parametrize("command", ["build", "pages", "export", "extract"])
def test_every_command_takes_the_file_that_is_there(folder: Path, command: str) -> None:
    def written(out: str) -> str:
        done = run(command, "quay.txt", "--output" if command == "extract" else "--out", out)
        assert done.exit_code == 0, done.output
        files = [Path(out)] if command == "extract" else [file for file in Path(out).rglob("*") if file.is_file()]
        return "\n".join(file.read_text(encoding="utf-8") for file in files if file.suffix in (".html", ".md", ".json", ".jsonl"))

    assert "Ilse M. Brandt" in written("with.jsonl")
    Path("corrections.yml").rename("elsewhere.yml")
    assert "Ilse M. Brandt" not in written("without.jsonl")


def test_extract_has_both_values(folder: Path) -> None:
    done = run("extract", "quay.txt", "-o", "out.jsonl", "--corrections", "corrections.yml")
    assert done.exit_code == 0, done.output
    record = json.loads(Path("out.jsonl").read_bytes())
    assert [actor["name"] for actor in record["actors"] if actor["id"] == "ilse-brandt"] == ["Ilse M. Brandt"]
    assert [actor["name"] for actor in record["machine"]["actors"] if actor["id"] == "ilse-brandt"] == ["Ilse Brandt"]
    assert record["corrections"][0]["status"] == "applied"


def test_a_built_site_shows_what_was_corrected_and_held(folder: Path) -> None:
    hostile = ENTRY + "    note: <script>alert(1)</script>\n    by: '[x](javascript:alert(1))'\n"
    held = "  - {action: delete-quote, id: gone, article: quay, words: gone, sentence: It is gone.}\n"
    Path("corrections.yml").write_text(hostile + held, encoding="utf-8")
    done = run("build", "quay.txt", "--out", "site", "--corrections", "corrections.yml", "--review")
    assert done.exit_code == 0, done.output
    method = Path("site/method.html").read_text(encoding="utf-8")
    assert "Ilse M. Brandt" in method and "its words are gone" in method
    assert "<script>alert" not in method and "&lt;script&gt;alert(1)" in method
    assert "action: confirm-" in Path("site/articles/quay.html").read_text(encoding="utf-8")


def test_the_schema_is_printed() -> None:
    assert json.loads(run("schema", "corrections").output)["title"] == "onrecord corrections.yml"
