"""The documentation for users: what it shows is run, and what it lists is compared with what there is."""

from __future__ import annotations

import dataclasses
import doctest
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.config.defaults import MkDocsConfig

from onrecord import cli
from onrecord.article.front_matter import KEYS
from onrecord.article.read import FORMATS
from onrecord.cli import main
from onrecord.cli.group import ReadingOptions
from onrecord.corpus.differences import SAID_KINDS, find_differences
from onrecord.corpus.sourcing import find_sources, quoted_words, reported_words
from onrecord.corrections.reading import corrections_schema
from onrecord.export.files import TABLES, article_files, corpus_files
from onrecord.export.table import scopes
from onrecord.gazetteer import gazetteer_schema
from onrecord.mkdocs.plugin import OnrecordConfig
from onrecord.model import Corpus
from onrecord.reports.figures import ACCURATE, PUBLISHED, load_figures
from onrecord.reports.json import decode_report
from onrecord.resources import templates_dir
from tests.conftest import ROOT
from tests.support.reports import report

DOCS = ROOT / "site/docs"
GUIDES = sorted(page for page in DOCS.rglob("*.md") if "articles" not in page.relative_to(DOCS).parts[:-1])
PAGES = [*GUIDES, *(ROOT / name for name in ("README.md", "CONTRIBUTING.md") if (ROOT / name).is_file())]
GUIDE = DOCS / "guide"


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def rows(page: Path, heading: str) -> Iterator[list[str]]:
    """The cells of the table whose head begins with these words."""
    table = page.read_text(encoding="utf-8").partition(f"\n| {heading} |")[2].split("\n\n")[0]
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its words after ``onrecord``."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands())
SETTINGS = dict(MkDocsConfig()._schema).keys()
"""What ``mkdocs.yml`` may say."""


# --- commands ------------------------------------------------------------------------------------------------------


def shown_commands() -> list[tuple[str, str]]:
    lines = ((named(page), line) for page in PAGES for block in blocks(page, "(?:sh|yaml)") for line in block.splitlines())
    return [(page, found[1]) for page, line in lines if (found := re.match(r"(?:\s*(?:- )?run: )?(onrecord .*)", line))]


@pytest.mark.parametrize(("page", "line"), shown_commands())
def test_a_command_that_is_shown_is_there(page: str, line: str) -> None:
    words = shlex.split(re.sub(r"\s[>|].*", "", line), comments=True)[1:]
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group):
        if words[0].startswith("-"):  # --version and the like, of the group itself
            break
        command = command.commands[words.pop(0)]
        context = click.Context(command, parent=context)
    command.make_parser(context).parse_args(words)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_target_of_make_that_is_shown_is_there(page: Path) -> None:
    shown = {target for block in blocks(page, "sh") for target in re.findall(r"^make (\w+)", block, re.MULTILINE)}
    there = set(re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert shown <= there


# --- files ---------------------------------------------------------------------------------------------------------


def yaml_blocks() -> list[tuple[str, Any]]:
    return [(named(page), yaml.safe_load(block.strip().strip("-"))) for page in PAGES for block in blocks(page, "yaml")]


@pytest.mark.parametrize(("page", "content"), yaml_blocks())
def test_a_file_that_is_shown_is_valid(page: str, content: dict[str, Any], tmp_path: Path) -> None:
    content = json.loads(json.dumps(content, default=str))  # YAML's days, as text
    if content.keys() <= SETTINGS:
        options = [plugin["onrecord"] for plugin in content.get("plugins", ()) if isinstance(plugin, dict) and "onrecord" in plugin]
        assert all(set(one) <= dict(OnrecordConfig()._schema).keys() for one in options)
    elif "corrections" in content:
        jsonschema.validate(content, corrections_schema())
    elif "actors" in content:
        jsonschema.validate(content, gazetteer_schema())
    elif "title" in content:
        assert set(content) <= {key for keys in KEYS.values() for key in keys}
    else:
        file = tmp_path / "workflow.yml"
        file.write_text(yaml.safe_dump({"on" if key == "true" else key: value for key, value in content.items()}))
        check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(file)]
        done = subprocess.run(check, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article of the first page, in a file."""
    file = tmp_path_factory.mktemp("guide") / "bridge.txt"
    file.write_text(blocks(GUIDE / "index.md", "text")[0], encoding="utf-8")
    return file


def run(*command: str, folder: Path) -> Result:
    with chdir(folder):
        return CliRunner().invoke(main, command)


def test_what_the_first_build_prints_is_what_is_shown(bridge: Path) -> None:
    done = run("build", "bridge.txt", folder=bridge.parent)
    assert done.stdout == blocks(GUIDE / "index.md", "text")[1].replace("bridge-site/", f"bridge-site{os.sep}")


def test_the_record_that_is_shown_is_read(tmp_path: Path) -> None:
    (tmp_path / "archive.jsonl").write_text(blocks(GUIDE / "articles.md", "json")[0], encoding="utf-8")
    done = run("extract", "archive.jsonl", "-o", "-", folder=tmp_path)
    report = decode_report(done.stdout)
    assert (report.article.id, report.article.meta.outlet) == ("bridge", "The Northfield Gazette")
    assert report.quotes


def test_the_override_that_is_shown_is_rendered(bridge: Path) -> None:
    (template,) = blocks(GUIDE / "templates.md", "jinja")
    override = bridge.parent / "overrides/pages/actor.html"
    override.parent.mkdir(parents=True)
    override.write_text(template, encoding="utf-8")
    done = run("build", "bridge.txt", "--out", "report", "--templates", "overrides", folder=bridge.parent)
    assert done.exit_code == 0, done.stderr
    page = (bridge.parent / "report/actors/cora-moss.html").read_text(encoding="utf-8")
    assert 'Something wrong about Cora Moss? Write to <a href="mailto:desk@example.org">the desk</a>.' in page
    assert page.index("Cora Moss</h1>") < page.index("Something wrong") < page.index("orx-infobox")


def test_the_list_of_templates_is_whole() -> None:
    (cell,) = [row[1] for row in rows(GUIDE / "templates.md", "folder | holds") if row[0] == "`pages/`"]
    there = {file.stem for file in (templates_dir() / "pages").iterdir()}
    shown = set(re.findall(r"`(\w+)`", cell))
    assert shown == there, missed(GUIDE / "templates.md", "files, row pages/", shown, there)


def test_the_page_that_is_hidden_is_gone(bridge: Path) -> None:
    (entry,) = [block for block in blocks(GUIDE / "limits.md", "yaml") if "visibility" in block]
    (bridge.parent / "corrections.yml").write_text(entry, encoding="utf-8")
    done = run("build", "bridge.txt", "--out", "hidden", "--corrections", "corrections.yml", folder=bridge.parent)
    assert done.exit_code == 0, done.stderr
    assert (bridge.parent / "hidden/actors").is_dir() and not (bridge.parent / "hidden/actors/cora-moss.html").exists()


# --- code ----------------------------------------------------------------------------------------------------------


def test_the_examples_of_the_library_run(bridge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bridge.parent)
    # An environment that was set up before the entry point was there does not have it: tests/library/test_component.py looks for that.
    import_module("onrecord.library.component")
    code = "\n".join(blocks(GUIDE / "library.md", "pycon"))
    example = doctest.DocTestParser().get_doctest(code, {}, "library.md", "library.md", 0)
    told: list[str] = []
    results = doctest.DocTestRunner().run(example, out=told.append)
    assert results.attempted and not results.failed, "".join(told)


# --- lists that could go stale -------------------------------------------------------------------------------------


def missed(page: Path, table: str, shown: set[str], there: set[str]) -> str:
    """What a table of the guide lacks or has too many of, for whoever added something and forgot its row."""
    return f"{named(page)}, the table of {table}: lacks {sorted(there - shown)}, has too many {sorted(shown - there)}"


def code_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_options_of_the_plugin_are_all_there() -> None:
    schema = dict(OnrecordConfig()._schema)
    shown = {code_in(row[0])[0]: row[1] for row in rows(GUIDE / "options.md", "option | default")}
    assert shown.keys() == schema.keys(), missed(GUIDE / "options.md", "options of mkdocs.yml", set(shown), set(schema))
    plain = {name: str(option.default) for name, option in schema.items() if isinstance(option.default, str | int)}
    assert {name: shown[name].strip("`").lower() for name in plain} == {name: value.lower() for name, value in plain.items()}


def test_the_options_of_the_command_line_are_all_there() -> None:
    readers = {name for name, command in COMMANDS.items() if any(param.name == "paths" for param in command.params)}
    shown = {}
    for names, default, of, *_ in rows(GUIDE / "options.md", "option | default | of"):
        which = set(code_in(of)) | (readers if "readers" in of else set())
        shown.update(dict.fromkeys(code_in(names), (which, default)))
    there: dict[str, set[str]] = {}
    for command_name, command in COMMANDS.items():
        for param in command.params:
            for name in (*param.opts, *param.secondary_opts) if isinstance(param, click.Option) else ():
                there.setdefault(name, set()).add(command_name)
    listed = {f"{name} of {command}" for name, (which, _) in shown.items() for command in which}
    found = {f"{name} of {command}" for name, which in there.items() for command in which}
    assert listed == found, missed(GUIDE / "options.md", "options of the command line", listed, found)
    for command in COMMANDS.values():
        for param in command.params:
            if isinstance(param, click.Option) and isinstance(param.default, str | int) and not param.is_flag:
                assert shown[param.opts[-1]][1] == f"`{param.default}`", f"site/docs/guide/options.md: the default of {param.opts}"


def test_what_every_reading_command_takes_is_a_field_of_its_options() -> None:
    """An option without a field reaches commands that know nothing of it."""
    given = [{one.name for one in command.params if one.expose_value} for command in COMMANDS.values()]
    shared = {name or "" for name in set.intersection(*(names for names in given if "paths" in names))}
    known = {field.name for field in dataclasses.fields(ReadingOptions)} - {"out", "templates"}
    assert shared == known, f"cli/group.py, ReadingOptions: lacks {sorted(shared - known)}, has too many {sorted(known - shared)}"


def test_the_files_of_an_export_are_all_there() -> None:
    shown = {name.removeprefix("tables/") for row in rows(GUIDE / "data.md", "file | holds") for name in code_in(row[0])}
    tables = {table.name for table in TABLES}
    of_corpus = {file.name for file in corpus_files(Corpus((), ())) if file.name.rpartition(".")[0] not in tables}
    (scope,) = scopes(Corpus((report(),), ()))
    of_article = {f"ARTICLE/{file.name}" for file in article_files(scope, with_tei=True)}
    there = tables | of_corpus | of_article
    assert there <= shown, missed(GUIDE / "data.md", "files", shown & there, there)


def test_the_types_of_articles_are_all_there() -> None:
    shown = {code_in(row[0])[0] for row in rows(GUIDE / "articles.md", "file")}
    assert shown == set(FORMATS), missed(GUIDE / "articles.md", "files", shown, set(FORMATS))


def test_the_commands_are_all_there() -> None:
    shown = {name for row in rows(GUIDE / "options.md", "command | what it makes") for name in code_in(row[0])}
    listed = {re.sub(r" ?[A-Z\[].*", "", name.removeprefix("onrecord ")) for name in shown}
    assert listed == set(COMMANDS), missed(GUIDE / "options.md", "commands", listed, set(COMMANDS))


def test_every_command_that_is_written_can_be_run() -> None:
    reachable = {id(command) for command in COMMANDS.values()}
    for file in sorted(Path(cli.__file__).parent.glob("*.py")):
        module = import_module(f"onrecord.cli.{file.stem}")
        found = [one for one in vars(module).values() if isinstance(one, click.Command) and not isinstance(one, click.Group)]
        lost = [one.name for one in found if id(one) not in reachable]
        assert not lost, f"cli/{file.name}: no user can run {lost}; name it in the list of cli/__init__.py, or add it to a group"


def test_the_fields_of_front_matter_are_all_there() -> None:
    shown = {
        code_in(name)[0]: tuple(code_in(name) + code_in(others)) for name, others, *_ in rows(GUIDE / "articles.md", "field | also as")
    }
    assert shown == KEYS, missed(GUIDE / "articles.md", "fields of front matter", set(shown), set(KEYS))


def test_the_actions_of_corrections_are_all_there() -> None:
    shown = {name for row in rows(GUIDE / "correct.md", "action | besides `words` and `sentence`") for name in code_in(row[0])}
    there = {
        name for entry in corrections_schema()["$defs"].values() for name in entry.get("properties", {}).get("action", {}).get("enum", ())
    }
    assert shown == there, missed(GUIDE / "correct.md", "actions", shown, there)


# --- the picture of the house --------------------------------------------------------------------------------------


def test_the_picture_shows_what_is_there() -> None:
    picture = blocks(ROOT / "CONTRIBUTING.md", "text")[0]
    package = ROOT / "generator/onrecord"
    shown = set(re.findall(r"[\w]+(?:\.py\b|/)", picture)) - {"templates/"}
    places = {
        file.relative_to(folder).as_posix() + "/" * file.is_dir()
        for folder in (package, package / "extract", package / "render")
        for file in folder.iterdir()
    }
    assert shown <= places
    rooms = {f"{room.name}/" for room in package.iterdir() if (room / "__init__.py").is_file()}
    assert rooms <= shown


def test_the_places_where_a_change_goes_are_there() -> None:
    table = "\n".join(" ".join(row[1:]) for row in rows(ROOT / "CONTRIBUTING.md", "you want to"))
    named_there = {name for name in code_in(table) if "/" in name or name.endswith((".py", ".md"))}
    assert len(named_there) > 8
    for name in named_there:
        assert (ROOT / name).exists() or (ROOT / "generator/onrecord" / name).exists() or (ROOT / "site" / name).exists(), name


@pytest.mark.parametrize("page", [ROOT / "CONTRIBUTING.md", ROOT / "README.md", ROOT / "CHANGELOG.md"], ids=named)
def test_files_that_are_linked_or_run_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [link.partition("#")[0] for link in re.findall(r"\]\(([^):]+)\)", text)]
    run_there = re.findall(r"python (benchmarks/\w+\.py)", text)
    assert [name for name in (*linked, *run_there) if name and not (ROOT / name).exists()] == []


# --- the gallery ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "heading"), [("news", "who, in the news"), ("court", "who, in court"), ("interview", "who, in the interview")]
)
def test_the_gallery_shows_what_its_reports_have(name: str, heading: str, built_site: Path) -> None:
    report = decode_report((built_site / f"gallery/{name}/downloads/{name}/report.json").read_bytes())
    heard = [one for article in find_differences([], [report]).articles for one in article.gained]
    found = [[one.speaker, one.words, ", ".join((SAID_KINDS[one.kind], *{one.standing} - {"said"}))] for one in heard]
    shown = list(rows(GUIDE / "gallery.md", heading))
    assert shown and [row for row in shown if row not in found] == []
    quoted = re.findall(r"^> (\S.*)$", (GUIDE / "gallery.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sum(line in report.article.text for line in quoted) == 2, "the lines that stand above the table are those of the text"
    assert f'href="../gallery/{name}/index.html"' in (built_site / "guide/gallery.html").read_text(encoding="utf-8")


def test_the_navigation_has_every_page_of_the_documentation() -> None:
    nav = yaml.safe_load((ROOT / "site/mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    listed = {page for section in nav if isinstance(section, dict) for pages in section.values() for page in pages}
    there = {page.relative_to(DOCS).as_posix() for page in GUIDES}
    assert listed == there, missed(ROOT / "site/mkdocs.yml", "nav", listed, there)


# --- figures -------------------------------------------------------------------------------------------------------


def test_the_figures_of_the_limits_are_those_that_were_measured() -> None:
    figures = load_figures()[PUBLISHED + ACCURATE]
    groups = {"direct": "direct", "mixed": "mixed", "reported": "claim", "all of these": "core"}
    tallies = {label: figures.group(name) for label, name in groups.items()} | {"all, high confidence alone": figures.sure_group("core")}
    expected = [
        [label, f"{tally.gold:,}", f"{tally.shown:,}"]
        + [
            f"{100 * share:.0f}"
            for share in (tally.contents.precision, tally.contents_and_sources.precision, tally.contents_and_sources.recall)
        ]
        for label, tally in tallies.items()
    ]
    assert list(rows(GUIDE / "limits.md", "kind | marked by people")) == expected


def test_the_audit_that_a_class_reads_is_that_of_the_first_article(built_site: Path) -> None:
    report = decode_report((built_site / "downloads/first-article/report.json").read_bytes())
    sources, text = find_sources(report), (GUIDE / "teaching.md").read_text(encoding="utf-8")
    names = {actor.id: actor.name for actor in report.actors}
    heard = [source for source in sources if source.quotes]
    expected = []
    for source in heard:
        words = quoted_words(report.article, source.quotes) + reported_words(report.article, source.quotes)
        counts = [str(source.count(kind)) for kind in ("direct", "mixed", "indirect")]
        expected.append([names[source.actor or ""], source.identified, *counts, str(words)])
    expected.sort(key=lambda row: (-int(row[-1]), row[0]))
    assert list(rows(GUIDE / "teaching.md", "source | identified")) == expected
    once = {quote.id: quote for source in heard for quote in source.quotes}.values()
    all_words, sure_words = (
        quoted_words(report.article, quotes) + reported_words(report.article, quotes)
        for quotes in (tuple(once), tuple(quote for quote in once if quote.confidence == "high"))
    )
    assert f"The shares are of {all_words} words that the text ascribes to a source, {sure_words} of them" in text
    assert f"{sum(not source.quotes for source in sources)} parties are mentioned and never heard" in text
