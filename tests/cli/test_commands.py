"""The command line: what it writes, and that bad input costs one line and nothing else."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import click
import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result
from frictionless import Package
from markdown_it import MarkdownIt
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from onrecord import __version__
from onrecord.article import load_article
from onrecord.cli import main
from onrecord.cli.group import ReadingOptions
from onrecord.manifest import MARKER
from onrecord.reports.json import decode_report
from tests.assembly.test_write import tree
from tests.support.crawl import broken, third_parties

TEXT = 'Mayor Ana Petrov said the ferry will stay.\n\n"Nobody asked us," union leader Carla Mensah told the Courier.\n'


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "ferry.txt").write_text(TEXT)
    (folder / "vote.md").write_text("---\ntitle: The vote\n---\n\n# The vote\n\nTreasurer Bo Lind said the fund was empty.\n")
    return folder


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def reports(output: str) -> list[str]:
    return [decode_report(line).article.id for line in output.splitlines()]


# --- what it keeps -------------------------------------------------------------------------------------------------


def test_what_was_read_before_is_not_read_again(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", "kept")
    clean = run("extract", "in", "-o", "-", "--no-cache").stdout
    assert not Path("kept").exists()
    assert run("extract", "in", "-o", "-").stdout == clean
    assert run("cache", "info").stdout.startswith("kept: 2 reports, ")
    monkeypatch.setattr("onrecord.extract.language.load_pipeline", None)
    assert run("extract", "in", "-o", "-").stdout == clean
    assert run("cache", "clear").stdout.startswith("kept: removed 2 reports, ")
    assert run("cache", "info").stdout == "kept: 0 reports, 0.0 MB\n"


# --- what it writes ------------------------------------------------------------------------------------------------


def test_build_writes_a_site_that_opens_from_disk(articles: Path) -> None:
    done = run("build", "in", "--out", "new/site", "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    site = Path("new/site")
    assert broken(site, base="/repo/", index=False) == []
    assert third_parties(site) == set()
    assert (site / "articles/ferry.html").is_file() and (site / "articles/vote.html").is_file()
    assert tree(articles.parent / "new") == [path for path in tree(articles.parent / "new") if path.startswith("site")]
    first = {name: (site / name).read_bytes() for name in tree(site) if (site / name).is_file()}
    assert run("build", "in", "--out", "new/site").exit_code == 0
    assert {name: (site / name).read_bytes() for name in tree(site) if (site / name).is_file()} == first


def test_build_tells_what_was_found_what_wants_a_look_and_what_to_open(articles: Path) -> None:
    (articles / "ferry.txt").write_text(f'{TEXT}\n"I never closed this, said nobody.\n')
    done = run("build", "in/ferry.txt")
    found, look, opened = done.stdout.splitlines()
    assert found.startswith("Found: 3 quotes (2 direct, 1 reported), 2 speakers, ") and found.endswith(" in 1 article")
    assert look == "Look at: 1 quote without a known speaker, 1 notice"
    assert opened == f"Open: {Path('in/ferry-site/index.html')}"
    assert Path("in/ferry-site/index.html").is_file()
    assert run("build", "in/ferry.txt").stdout == done.stdout, "also where nothing had to be written"
    assert run("build", "in/ferry.txt", "--quiet").output == ""
    record = json.loads(run("build", "in/ferry.txt", "--json").stdout)
    assert (record["found"]["quotes"], record["found"]["direct"], record["found"]["speakers"]) == (3, 2, 2)
    assert (record["look"]["notices"], record["left_out"], record["open"]) == (1, 0, str(Path("in/ferry-site/index.html")))


def test_an_article_that_is_left_out_is_counted(articles: Path) -> None:
    (articles / "empty.txt").touch()
    done = run("build", "in", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["left_out"] == 1


@pytest.mark.parametrize(
    ("paths", "folder"),
    [
        (["in/ferry.txt"], "in/ferry-site"),
        (["in"], "in-site"),
        (["in/"], "in-site"),
        (["in/ferry.txt", "in/vote.md"], "onrecord-site"),
        (["."], "onrecord-site"),
    ],
)
def test_a_site_has_a_place_of_its_own(articles: Path, paths: list[str], folder: str) -> None:
    for _ in range(2):  # what the first time wrote is no article the second time
        done = run("build", *paths)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.splitlines()[-1] == f"Open: {Path(folder) / 'index.html'}"
        assert f"in {len(paths) if len(paths) == 2 or paths[0].endswith('txt') else 2} article" in done.stdout


def test_a_site_is_opened_where_that_is_asked_for(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    run("build", "in/ferry.txt", "--out", "site")
    assert opened == []
    run("build", "in/ferry.txt", "--out", "site", "--open")
    assert opened == [(articles.parent / "site/index.html").resolve().as_uri()]


def test_a_new_project_ends_with_what_to_do_next(articles: Path) -> None:
    *_, next, cd, serve, build = run("new", "my report").stdout.splitlines()
    assert (next, cd, serve, build) == ("Next:", "  cd 'my report'", "  mkdocs serve --open", "  mkdocs build --strict")


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_commands(shell: str) -> None:
    """As site/docs/guide/options.md says how; the shell sends what was typed so far in variables."""
    asked = {"_ONRECORD_COMPLETE": f"{shell}_complete", "COMP_WORDS": "onrecord s", "COMP_CWORD": "1" if shell != "fish" else "s"}
    code = "from onrecord.cli import main; main(prog_name='onrecord')"
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | asked, capture_output=True, text=True, check=False)
    assert {"serve", "show", "schema"} <= set(re.findall(r"[a-z]+", done.stdout)), done.stderr


@pytest.mark.parametrize(
    ("args", "title"),
    [(["in/vote.md"], "The vote"), (["in/ferry.txt"], "On the record"), (["in/ferry.txt", "--title", "A & <b>"], "A &amp; ‹b›")],
)
def test_the_title_of_a_site(articles: Path, args: list[str], title: str) -> None:
    assert run("build", *args, "--out", "site").exit_code == 0
    assert f"<title>{title}</title>" in Path("site/index.html").read_text()
    (page,) = Path("site/articles").glob("*.html")
    assert page.read_text().count(f"{title} · {title}") == 0


def test_an_article_in_which_nobody_speaks_is_a_site_too(articles: Path) -> None:
    (articles / "ferry.txt").write_text("Rain.\n")
    done = run("build", "in/ferry.txt", "--out", "site")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Found: 0 quotes, 0 speakers, ")
    assert "Rain." in Path("site/articles/ferry.html").read_text()


def test_extract_writes_a_report_a_line(articles: Path) -> None:
    assert run("extract", "in", "-o", "reports.jsonl").output == ""
    text = Path("reports.jsonl").read_text()
    assert reports(text) == ["ferry", "vote"]
    assert json.loads(text.splitlines()[0])["article"]["text"] == TEXT
    assert run("extract", "in/vote.md", "in/ferry.txt", "-o", "-").stdout == "".join(f"{line}\n" for line in reversed(text.splitlines()))


def test_the_schema_describes_what_extract_writes(articles: Path) -> None:
    schema = json.loads(run("schema").output)
    jsonschema.Draft202012Validator.check_schema(schema)
    report = json.loads(run("extract", "in/ferry.txt", "-o", "-").stdout)
    jsonschema.validate(report, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report | {"quotes": [{}]}, schema)


@pytest.mark.parametrize("style", ["directory", "file"])
@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_pages_build_under_plain_mkdocs(articles: Path, theme: str, style: str) -> None:
    assert run("pages", "in", "--out", "docs", "--urls", style).output == ""
    settings = {"site_name": "Plain", "theme": {"name": theme, "highlightjs": False}, "use_directory_urls": style == "directory"}
    Path("mkdocs.yml").write_text(yaml.safe_dump(settings | {"plugins": [], "site_url": "https://example.org/repo/"}))
    mkdocs_build(load_config("mkdocs.yml", strict=True))
    assert broken(Path("site"), base="/repo/", index=style == "directory") == []
    assert third_parties(Path("site")) == set()
    page = Path("site/articles/vote/index.html" if style == "directory" else "site/articles/vote.html").read_text()
    assert "<title>The vote" in page
    for file in Path("docs").rglob("*.md"):
        block = file.read_text().split("---\n\n", 1)[1].strip()
        assert MarkdownIt("commonmark").render(block).strip() == block
        name = file.relative_to("docs").with_suffix("")
        folder = style == "directory" and name.name != "index"
        assert block in (Path("site") / name / "index.html" if folder else Path("site") / f"{name}.html").read_text()


def test_export_writes_a_data_package_that_others_read(articles: Path) -> None:
    assert run("export", "in", "--out", "data", "--tei").exit_code == 0
    package = Package("data/tables/datapackage.json")
    checked = package.validate()
    assert checked.valid, checked.flatten(["title", "message"])
    with package.get_table_resource("quotes") as quotes:
        rows = [row.to_dict() for row in quotes.row_stream]
    said = [(row["article"], row["kind"], row["speaker_name"], row["quoted"]) for row in rows]
    assert ("ferry", "direct", "Carla Mensah", ["Nobody asked us,"]) in said
    for article in ("ferry", "vote"):
        folder = Path("data") / article
        assert sorted(path.name for path in folder.iterdir()) == ["annotations.jsonld", "article.tei.xml", "report.json"]


def test_a_site_has_the_files_that_export_writes(articles: Path) -> None:
    assert run("export", "in", "--out", "data").exit_code == 0
    assert run("build", "in", "--out", "site").exit_code == 0
    exported = {path.relative_to("data"): path.read_bytes() for path in Path("data").rglob("*") if path.is_file() and path.name != MARKER}
    assert exported
    assert {path: (Path("site/downloads") / path).read_bytes() for path in exported} == exported
    assert {path.name for path in Path("site/downloads").iterdir()} - {"index.html"} == {path.parts[0] for path in exported}


def test_templates_of_the_user_win(articles: Path) -> None:
    Path("mine/pages").mkdir(parents=True)
    Path("mine/pages/method.html").write_text('<div class="onrecord"><p>Our own method</p></div>')
    for command, file in (("build", "a/method.html"), ("pages", "b/method.md")):
        assert run(command, "in", "--out", file[0], "--templates", "mine").exit_code == 0
        assert "Our own method" in Path(file).read_text()


# --- bad input -----------------------------------------------------------------------------------------------------


def make_full(path: Path) -> None:
    path.mkdir()
    (path / "thesis.doc").write_text("years of work")


BAD: list[tuple[str, Callable[[], object], list[str], str]] = [
    ("missing", lambda: None, ["in/nowhere.txt"], "in/nowhere.txt: no such file or folder"),
    ("empty", lambda: Path("x.txt").write_text(" \n"), ["x.txt"], "x.txt: the article is empty"),
    ("binary", lambda: Path("x.txt").write_bytes(bytes(range(9)) * 99), ["x.txt"], "x.txt: binary data"),
    ("not utf-8", lambda: Path("x.txt").write_bytes("naïve".encode("latin-1") * 9), ["x.txt"], "x.txt:1: byte 2 is not UTF-8"),
    (
        "encoding",
        lambda: Path("x.html").write_bytes(b"<meta charset=klingon><p>\xff"),
        ["x.html"],
        "x.html: the page declares the unknown encoding",
    ),
    ("front matter", lambda: Path("x.md").write_text("---\ntitle: [a\n---\ntext\n"), ["x.md"], "x.md:"),
    ("kind", lambda: Path("x.odt").write_text("text"), ["x.odt"], "x.odt: not an article"),
    ("no article", lambda: Path("none").mkdir(), ["none"], "none: no article in this folder"),
    ("model", lambda: None, ["in", "--model", "en_none"], "model en_none: no such pipeline"),
]
COMMANDS = {"build": ["--out", "out"], "pages": ["--out", "out"], "extract": ["-o", "out"], "export": ["--out", "out"]}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("make", "args", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_input_is_one_line_and_leaves_nothing(
    articles: Path, command: str, make: Callable[[], object], args: list[str], said: str
) -> None:
    make()
    before = tree(articles.parent)
    done = run(command, *args, *COMMANDS[command])
    assert done.exit_code == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"onrecord: {said}")
    assert "; " in line, "a message says what to do"
    assert tree(articles.parent) == before


@pytest.mark.parametrize(
    ("make", "args", "said"),
    [
        (lambda: make_full(Path("out")), ["build", "in", "--out", "out"], "out: holds files that onrecord did not write"),
        (lambda: make_full(Path("out")), ["pages", "in", "--out", "out"], "out: holds files that onrecord did not write"),
        (lambda: make_full(Path("out")), ["extract", "in", "-o", "out"], "out: is not a regular file"),
        (lambda: make_full(Path("out")), ["new", "out"], "out: is not empty"),
        (lambda: Path("out").touch(), ["build", "in", "--out", "out"], "out: is a file, not a folder"),
        (lambda: Path("out").touch(), ["extract", "in", "-o", "out/deeper"], "out/deeper: cannot be written"),
        (lambda: None, ["build", "in", "--out", "out", "--templates", "none"], "none: no such folder"),
        (lambda: None, ["pages", "in", "--out", "out", "--templates", "none"], "none: no such folder"),
        (lambda: None, ["build", "in", "--out", "out", "--actors", "none"], "none: cannot be read"),
        (lambda: None, ["extract", "in", "-o", "out", "--actors", "none"], "none: cannot be read"),
        (lambda: None, ["pages", "in", "--out", "out", "--actors", "none"], "none: cannot be read"),
        (lambda: None, ["pages", "in"], "Missing option '--out'; see onrecord pages --help"),
        (lambda: make_full(Path("in-site")), ["build", "in"], "in-site: holds files that onrecord did not write"),
        (lambda: None, ["extract", "-o", "out"], "Missing argument 'ARTICLE...'; see onrecord extract --help"),
        (lambda: None, ["pages", "in", "--out", "out", "--urls", "flat"], "Invalid value for '--urls'"),
        (lambda: None, ["bild"], "No such command 'bild'"),
    ],
)
def test_bad_places_and_options_are_one_line(articles: Path, make: Callable[[], object], args: list[str], said: str) -> None:
    make()
    before = tree(articles.parent)
    done = run(*args)
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"onrecord: {said}")
    assert tree(articles.parent) == before


def test_a_broken_template_is_one_line(articles: Path) -> None:
    Path("mine/pages").mkdir(parents=True)
    Path("mine/pages/article.html").write_text("<p>\n{{ nothing.here }}")
    for command in ("build", "pages"):
        done = run(command, "in", "--out", "out", "--templates", "mine")
        assert done.exit_code == 2
        (line,) = done.stderr.splitlines()
        assert "mine/pages/article.html:2: 'nothing' is undefined; mend this template" in line
    assert not Path("out").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_one_bad_article_does_not_cost_the_rest(articles: Path, command: str) -> None:
    (articles / "empty.txt").touch()
    done = run(command, "in", *COMMANDS[command])
    assert done.exit_code == 1, "the rest is written, and the exit code says that it is not all"
    (line,) = done.stderr.splitlines()
    assert line.startswith("onrecord: in/empty.txt: the article is empty")
    assert Path("out").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_strict_makes_it_fail(articles: Path, command: str) -> None:
    (articles / "empty.txt").touch()
    done = run(command, "in", "--strict", *COMMANDS[command])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert not Path("out").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_strict_tells_of_every_bad_article(articles: Path, command: str) -> None:
    for name in ("a.txt", "guide.txt", "z.txt"):  # before, between and after the good ones
        (articles / name).touch()
    done = run(command, "in", "--strict", *COMMANDS[command])
    assert done.exit_code == 2
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["in/a.txt", "in/guide.txt", "in/z.txt"]
    assert not Path("out").exists()


def test_extraction_for_which_strict_fails_has_kept_what_it_made(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "kept"))
    Path("out").write_text("of before")
    (articles / "a.txt").touch()
    assert run("extract", "in", "-o", "out", "--strict").exit_code == 2
    assert Path("out").read_text() == "of before"
    assert run("cache", "info").stdout.startswith(f"{tmp_path / 'kept'}: 2 reports")


def test_when_all_are_bad_each_has_its_line(articles: Path) -> None:
    for file in articles.iterdir():
        file.write_text("")
    done = run("build", "in", "--out", "out")
    assert done.exit_code == 2
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["in/ferry.txt", "in/vote.md"]


# Stops where the first page of the new site is written, until the signal comes; what is tidied up afterwards is written as ever.
STOPPED = """
import sys, time
from onrecord.cli import main
told = []
def stop(event, args):
    if event == "open" and not told and ".out-" in str(args[0]) and str(args[0]).endswith(".html"):
        told.append(print("writing", flush=True))
        time.sleep(60)
sys.addaudithook(stop)
main(sys.argv[1:])
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.slow
def test_an_interrupt_leaves_the_old_site_and_nothing_else(articles: Path, sent: signal.Signals) -> None:
    assert run("build", "in", "--out", "out").exit_code == 0
    # An unchanged folder would not be written again.
    (articles / "more.txt").write_text("Ada Brook said that the pier was closed.\n")
    before = tree(articles.parent)
    command = [sys.executable, "-c", STOPPED, "build", "in", "--out", "out"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    with process, process.stdout as told:
        assert told.readline() == b"writing\n"
        process.send_signal(sent)
    assert process.returncode != 0
    assert tree(articles.parent) == before


# --- the command itself --------------------------------------------------------------------------------------------


def test_every_command_that_reads_articles_has_what_it_asks_for() -> None:
    asked = {field.name for field in fields(ReadingOptions)} - {"out", "templates"}
    for name, command in main.commands.items():
        has = {param.name for param in command.params}
        missed = asked - has if "paths" in has else set()
        assert not missed, f"onrecord {name}: ReadingOptions has {sorted(missed)}, reads_articles in cli/group.py gives no such option"


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)], ids=" ".join)
def test_help_has_an_example(command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.exit_code == 0
    assert "Example:\n  " in "\n".join(line[2:] for line in done.output.splitlines())
    assert f"onrecord {' '.join(command)}".strip() in done.output.partition("Example:")[2]


def test_the_version() -> None:
    assert __version__ in run("--version").output


@pytest.mark.slow
def test_a_pipe_gets_reports_and_nothing_else(articles: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "extract", "in", "-o", "-"]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"TERM": "xterm"})
    assert (done.returncode, done.stderr) == (0, "")
    assert reports(done.stdout) == ["ferry", "vote"]


def test_articles_of_one_name_keep_apart(articles: Path) -> None:
    (articles / "more").mkdir()
    (articles / "more/ferry.md").write_text("Another ferry sank, a witness said.\n")
    assert reports(run("extract", "in", "-o", "-").stdout) == ["ferry", "ferry-2", "vote"]
    assert load_article(articles / "more/ferry.md").id == "ferry"


def test_records_are_read_as_files_are(articles: Path) -> None:
    records = [{"id": "ferry", "text": TEXT}, {"id": "ferry", "text": TEXT}, {"id": "bad"}]
    Path("archive.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    done = run("extract", "archive.jsonl", "in/vote.md", "-o", "-")
    assert reports(done.stdout) == ["ferry", "vote"]
    assert "archive.jsonl:2: its id 'ferry' is that of archive.jsonl:1" in done.stderr
    assert "archive.jsonl:3: one of the columns text" in done.stderr
    of_file, of_record = (
        decode_report(run("extract", name, "-o", "-").stdout.splitlines()[0]) for name in ("in/ferry.txt", "archive.jsonl")
    )
    assert of_record.quotes == of_file.quotes
    assert run("build", "archive.jsonl", "--out", "site").exit_code == 1
    assert Path("site/articles/ferry.html").is_file()


def test_every_command_is_covered_here() -> None:
    assert isinstance(main, click.Group)
    elsewhere = {"check", "corrections", "lock"}  # tests/corrections/test_commands.py, tests/corpus/test_lock.py
    beside = {"diff", "doctor", "fetch", "serve", "show"}  # a file of tests for each, beside this one
    assert set(main.commands) == {*COMMANDS, *elsewhere, *beside, "cache", "new", "schema", "train"}


def test_actors_of_the_user_reach_reports_and_pages(articles: Path) -> None:
    Path("actors.yml").write_text("actors:\n- name: Carla M. Mensah\n  type: person\n  aliases: [Carla Mensah]\n")
    done = run("extract", "in/ferry.txt", "-o", "-", "--actors", "actors.yml")
    assert "Carla M. Mensah" in {actor.given for actor in decode_report(done.stdout).actors}
    assert run("build", "in", "--out", "site", "--actors", "actors.yml").exit_code == 0
    assert "given in actors.yml" in Path("site/actors/carla-m-mensah.html").read_text()
    assert run("pages", "in", "--out", "docs", "--actors", "actors.yml").exit_code == 0
    assert "given in actors.yml" in Path("docs/actors/carla-m-mensah.md").read_text()


@pytest.mark.parametrize("what", ["report", "corpus", "actors"])
def test_schemas_are_schemas(what: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", what).output))


@pytest.mark.parametrize("command", COMMANDS)
def test_files_that_are_no_articles_are_named(articles: Path, command: str) -> None:
    (articles / "notes.odt").write_text("Nobody reads this.")
    (articles / "more").mkdir()
    (articles / "more/old.jsonl").write_text("{}\n")
    (articles / ".hidden").touch()
    done = run(command, "in", *COMMANDS[command])
    assert done.exit_code == 0 and Path("out").exists()
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["in/more/old.jsonl", "in/notes.odt"]
    strict = run(command, "in", "--strict", *("strict" if part == "out" else part for part in COMMANDS[command]))
    assert strict.exit_code == 2 and not Path("strict").exists()
    assert len(strict.stderr.splitlines()) == 2


def test_what_is_written_into_the_folder_of_articles_is_not_named(articles: Path) -> None:
    for _ in range(2):
        done = run("extract", "in", "-o", "in/reports.jsonl", "--strict")
        assert (done.exit_code, done.output) == (0, "")


def test_of_many_files_that_are_no_articles_the_rest_is_counted(articles: Path) -> None:
    for number in range(30):
        (articles / f"photo{number:02}.jpg").touch()
    done = run("extract", "in", "-o", "-")
    assert len(done.stderr.splitlines()) == 21 and "10 more files" in done.stderr


@pytest.mark.parametrize("command", ["build", "extract"])
def test_keys_of_many_articles_that_are_not_read_are_told_once(articles: Path, command: str) -> None:
    for number in range(1, 4):
        (articles / f"tagged{number}.md").write_text("---\ntags: [a]\nsource: Wire\n---\n\nTreasurer Bo Lind said the fund was empty.\n")
    for _ in range(2):
        done = run(command, "in", *COMMANDS[command])
        assert (done.exit_code, done.stderr.splitlines()) == (
            0,
            [
                "onrecord: no web address, and counts as not given: 'source: Wire' (3 articles, the first in/tagged1.md:3)",
                "onrecord: keys of the front matter that are not read: 'tags' (3 articles, the first in/tagged1.md)",
            ],
        )


def test_front_matter_that_is_not_read_is_told_and_costs_nothing(articles: Path) -> None:
    (articles / "vote.md").write_text("---\ntitle: A\ntitle: B\nlayout: x\n---\n\nTreasurer Bo Lind said the fund was empty.\n")
    done = run("pages", "in", "--out", "docs", "--strict")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "onrecord: in/vote.md:3: title stands in the front matter 2 times; the last holds",
        "onrecord: in/vote.md: keys of the front matter that are not read: 'layout'",
    ]
