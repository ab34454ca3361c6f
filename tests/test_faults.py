"""Fault injection: each stage fails for the second of three articles, behind each door, and costs that article alone."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from spacy.language import Language

import onrecord.reports.extraction
from onrecord.article.read import RawArticle
from onrecord.assembly.site import read_articles
from onrecord.cli import main
from onrecord.errors import ArticleError, ArticleFault, Defect
from onrecord.extract.language import language_of
from onrecord.faults import Stage, at_article, without_faulty
from onrecord.model import Article, Report
from onrecord.reports.extraction import Reader, Reporter
from onrecord.reports.json import decode_report
from tests.mkdocs.test_preview import Served, fresh_plugins
from tests.support.failing import OddError, dying, no_pipeline, raising
from tests.support.fictional import fictional_report

TEXTS = {
    "a.txt": "“We keep the ferry,” Mayor Ana Petrov said on Tuesday.\n",
    "b.txt": "Union leader Carla Mensah said that the dock was unsafe. “Nobody asked us,” she said.\n",
    "c.txt": "Treasurer Bo Lind told reporters that the fund was empty.\n",
}


def fails_for(made: Callable[..., Any], second: Callable[..., bool]) -> Callable[..., Any]:
    def stand_in(*args: Any, **kwargs: Any) -> Any:
        if second(*args, **kwargs):
            raise OddError("odd", "thing")
        return made(*args, **kwargs)

    return stand_in


FAULTS: dict[str, tuple[str, Callable[..., bool]]] = {
    "reading": ("onrecord.article.read.decode", lambda place, *_: "b.txt" in place),
    "parsing": ("onrecord.assembly.site.parse_article", lambda source, **_: source.id == "b"),
    "extracting": ("onrecord.reports.pipeline.language_of", lambda article: article.id == "b"),
    "correcting": ("onrecord.assembly.site.apply_corrections", lambda report, _: report.article.id == "b"),
    "joining its actors": ("onrecord.corpus.build.appearances", lambda report: report.article.id == "b"),
    "withholding": ("onrecord.corpus.withholding.withhold", lambda report, *_: report.article.id == "b"),
    "rendering": ("onrecord.render.pages.article.article_view", lambda facts, *_: facts.report.article.id == "b"),
    "exporting": ("onrecord.export.files.encode_report", lambda report: report.article.id == "b"),
}
"""A function of each stage, and what tells that it works on the second article."""
LISTED = ("onrecord.render.views.facts.quote_segments", lambda *args: any("Nobody" in str(arg) for arg in args))
"""What pages that list all articles are made of: who fails names no article."""


BESIDE_OTHERS: dict[str, tuple[str, Callable[..., bool]]] = {
    "the list of articles": ("onrecord.render.lists.articles._row", lambda facts, *_: facts.report.article.id == "b"),
    "the head of a page": ("onrecord.mkdocs.pages.head_tags", lambda page, **_: page.path == "articles/b"),
    "headings for MkDocs": ("onrecord.mkdocs.plugin.ready", lambda page, *_: page.path == "articles/b"),
    "Markdown": ("onrecord.assembly.write.markdown_page", lambda page, **_: page.path == "articles/b"),
    "the cache": ("onrecord.reports.cache.encode_report", lambda report: report.article.id == "b"),
    "the stamp": ("onrecord.assembly.fingerprint.encode_report", lambda report: report.article.id == "b"),
}
"""What is done with an article only beside others, or by one command alone."""


@pytest.fixture(params=[*FAULTS, "listing"])
def stage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A stage that fails for the second article."""
    name = str(request.param)
    inject(monkeypatch, name)
    return name


def inject(monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    place, second = {**FAULTS, **BESIDE_OTHERS}.get(stage, LISTED)
    module, _, name = place.rpartition(".")
    made = getattr(__import__(module, fromlist=[name]), name)
    monkeypatch.setattr(place, fails_for(made, second))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    (tmp_path / "in").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "in" / name).write_text(text)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def told(stage: str, line: str) -> bool:
    """Whether a line says all: the file, the stage, what happened, and what to do."""
    known = "rendering" if stage == "listing" else stage
    return re.search(rf"\bb\.txt: {known} failed \(OddError: odd thing\).*please report it", line) is not None


# --- the command line ------------------------------------------------------------------------------------------------

WITHOUT_PAGES = ("rendering", "listing")
"""What export does not do, and so does not suffer from."""
PAGES = {"build": "articles/{}.html", "pages": "articles/{}.md", "export": "{}/report.json"}


@pytest.mark.slow
@pytest.mark.parametrize("command", PAGES)
def test_an_article_that_fails_is_left_out_of_what_is_written(command: str, stage: str) -> None:
    done = run(command, "in", "--out", "out")
    if command == "export" and stage in WITHOUT_PAGES:
        assert (done.exit_code, done.output) == (0, "")
        return
    (line,) = done.stderr.splitlines()
    assert told(stage, line) and done.exit_code == 1
    assert [name for name in "abc" if Path("out", PAGES[command].format(name)).exists()] == ["a", "c"]
    assert not [file for file in Path("out").rglob("*") if file.is_file() and b"Mensah" in file.read_bytes()]
    assert run(command, "in", "--out", "out").exit_code == 1, "an unchanged folder is no reason to keep silent"


@pytest.mark.parametrize(("command", "stage"), [*(("build", stage) for stage in FAULTS), ("pages", "rendering"), ("export", "exporting")])
def test_when_strict_nothing_is_written(command: str, stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inject(monkeypatch, stage)
    done = run(command, "in", "--out", "out", "--strict")
    (line,) = done.stderr.splitlines()
    assert told(stage, line) and done.exit_code == 2
    assert sorted(path.name for path in Path().iterdir() if path.name != "kept") == ["in"]


@pytest.mark.parametrize("stage", ["reading", "parsing", "extracting", "correcting", "exporting"])
@pytest.mark.parametrize("strict", [False, True])
def test_extraction_leaves_out_an_article_that_fails(monkeypatch: pytest.MonkeyPatch, stage: str, strict: bool) -> None:
    inject(monkeypatch, stage)
    monkeypatch.setattr("onrecord.assembly.site.encode_report", onrecord.export.files.encode_report)  # type: ignore[attr-defined]
    done = run("extract", "in", "-o", "out.jsonl", *(["--strict"] if strict else []))
    (line,) = done.stderr.splitlines()
    assert told(stage, line) and done.exit_code == (2 if strict else 1)
    assert Path("out.jsonl").exists() is not strict
    if not strict:
        assert [decode_report(line).article.id for line in Path("out.jsonl").read_bytes().splitlines()] == ["a", "c"]


@pytest.mark.parametrize("stage", ["reading", "parsing", "extracting", "correcting", "joining its actors"])
def test_locks_and_corrections_go_on_without_it(monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    inject(monkeypatch, stage)
    Path("corrections.yml").write_text("corrections: []\n")
    for command in (["lock", "in"], ["check", "in"]):
        done = run(*command)
        (line,) = done.stderr.splitlines()
        assert told(stage, line) and done.exit_code == 1, command
    assert '"id":"a"' in Path("onrecord.lock").read_text() and '"id":"b"' not in Path("onrecord.lock").read_text()
    before = Path("onrecord.lock").read_bytes()
    assert run("lock", "in", "--prune").exit_code == 2 and Path("onrecord.lock").read_bytes() == before


@pytest.mark.slow
def test_an_archive_in_cuts_goes_on_without_it(stage: str) -> None:
    done = run("build", "in", "--out", "out", "--by", "year")
    (line,) = done.stderr.splitlines()
    assert told(stage, line) and done.exit_code == 1
    assert (Path("out") / "undated/articles/a.html").is_file() and not list(Path("out").rglob("b.html"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "command", "code"),
    [
        ("the list of articles", "build", 1),
        ("the list of articles", "pages", 1),
        ("the head of a page", "build", 1),
        ("headings for MkDocs", "build", 1),
        ("Markdown", "pages", 1),
        ("the cache", "build", 0),
        ("the stamp", "build", 0),
    ],
)
def test_what_fails_only_beside_others_costs_one_article_too(where: str, command: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("d", "e", "f", "g"):
        Path(f"in/{name}.txt").write_text(f"Deputy {name.upper()} Moss said that the pier was closed.\n")
    inject(monkeypatch, where)
    done = run(command, "in", "--out", "out")
    assert done.exit_code == code, done.output
    said = ["onrecord: b.txt: listing it with others failed"] if code else []
    assert [line.split(" (")[0] for line in done.stderr.splitlines()] == said
    articles = {path.stem for path in Path("out/articles").iterdir()} - {"index", "by"}
    assert articles >= set("acdefg") and ("b" in articles) is (code == 0)


def test_what_fails_whoever_is_there_is_nobodys() -> None:
    def never(reports: Sequence[Report]) -> None:
        raise OddError("no", "article's")

    problems: list[ArticleError] = []
    with pytest.raises(Defect, match="the program itself failed"):
        without_faulty([fictional_report(id) for id in "abcdefgh"], never, lambda _: None, problems.append)
    assert problems == []


class MuteError(Exception):
    """What cannot say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("mute")


RAISED = (MuteError(), SystemExit(0), MemoryError(), RecursionError("deep"), ExceptionGroup("two", [ValueError("v")]))


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_whatever_is_raised_costs_one_article(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(article: Article) -> str:
        if article.id == "b":
            raise error
        return language_of(article)

    monkeypatch.setattr("onrecord.reports.pipeline.language_of", fail)
    done = run("build", "in", "--out", "out", "--debug")
    assert done.exit_code == 1 and f"onrecord: b.txt: extracting failed ({type(error).__name__}" in done.stderr
    assert Path("out/articles/c.html").is_file() and not Path("out/articles/b.html").exists()


def test_two_files_of_one_name_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in/more").mkdir()
    Path("in/more/b.txt").write_text("Deputy Ada Moss said that the pier was closed.\n")
    monkeypatch.setattr("onrecord.reports.pipeline.language_of", fails_for(len, lambda article: article.id == "b-2"))
    assert "onrecord: b.txt (b-2): extracting failed" in run("extract", "in", "-o", "-").stderr


def test_a_lock_is_not_checked_without_a_word_on_what_is_left_out() -> None:
    assert run("lock", "in").exit_code == 0
    Path("in/d.txt").write_text("")
    assert run("lock", "in", "--check").exit_code == 1


def test_a_traceback_is_shown_to_those_who_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    inject(monkeypatch, "extracting")
    for args in (["build", "in", "--out", "out", "--debug"], ["--debug", "build", "in", "--out", "out"]):
        assert "Traceback (most recent call last)" in run(*args).stderr, args
    assert "Traceback" not in run("build", "in", "--out", "out").stderr


def test_what_fails_whatever_the_article_is_one_line_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OddError("no", "article's")

    monkeypatch.setattr("onrecord.assembly.site.build_corpus", lambda reports, *args: fail() if len(list(reports)) > 1 else None)
    monkeypatch.setattr("onrecord.assembly.site.try_alone", lambda report, **_: None)
    done = run("build", "in", "--out", "out")
    assert done.exit_code == 2 and not Path("out").exists()
    assert done.stderr == "onrecord: the program itself failed (OddError: no article's); please report it\n"


def test_when_every_article_fails_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.corpus.withholding.withhold", fails_for(len, lambda *_: True))
    done = run("build", "in", "--out", "out")
    assert done.exit_code == 2 and not Path("out").exists()
    assert [line.split(":")[1].strip() for line in done.stderr.splitlines()] == [
        "a.txt",
        "b.txt",
        "c.txt",
        "nothing is left that can be shown; mend one of the articles",
    ]


# --- several processes -----------------------------------------------------------------------------------------------


def article(number: int) -> Article:
    with at_article("parsing", "", ""):
        from onrecord.article.read import parse_article
        from onrecord.model import Meta

        return parse_article(RawArticle(f"a{number}", f"a{number}.txt", "txt", f"Bridge {number} is old, Ann Lee said.", Meta()))


@pytest.mark.parametrize(
    ("build", "lost", "why"), [(raising, ["a1"], "OddError: odd thing"), (dying, ["a1", "a4"], "the process that did it ended")]
)
@pytest.mark.slow
def test_a_process_that_fails_or_dies_costs_its_article(
    monkeypatch: pytest.MonkeyPatch, build: Callable[..., Report], lost: list[str], why: str
) -> None:
    monkeypatch.setattr(onrecord.reports.extraction, "_WORTH_A_PROCESS", 10)
    monkeypatch.setattr(onrecord.reports.extraction, "_AHEAD", 1)
    problems: list[ArticleError] = []
    reporter = Reporter(load=no_pipeline, build=build, jobs=2)
    made = [report.article.id for report in reporter.reports([article(number) for number in range(7)], Reader(), problems.append)]
    assert made == [f"a{number}" for number in range(7) if f"a{number}" not in lost]
    assert [problem.article for problem in problems] == lost
    assert all(f"{problem.article}.txt: extracting failed ({why}" in str(problem) for problem in problems)


# --- MkDocs ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def serve(tmp_path: Path, nlp: Language) -> Iterator[Served]:
    with fresh_plugins():
        served = Served(tmp_path, Reporter(load=lambda _: nlp, remember=True), plugins=[{"onrecord": {"articles": "in"}}])
        served.write("docs/about.md", "# About\n")
        yield served
        served.close()


@pytest.mark.slow
def test_mkdocs_builds_the_rest_with_a_warning(tmp_path: Path, nlp: Language, stage: str, caplog: pytest.LogCaptureFixture) -> None:
    Path("docs").mkdir()
    Path("mkdocs.yml").write_text(yaml.safe_dump({"site_name": "R", "plugins": [{"onrecord": {"articles": "in"}}]}))
    with fresh_plugins():
        for strict in (False, True):
            config = load_config("mkdocs.yml", strict=strict)
            caplog.clear()
            config.plugins.on_startup(command="build", dirty=False)
            if strict:
                with pytest.raises(Abort, match="1 warning"):
                    mkdocs_build(config)
            else:
                mkdocs_build(config)
                assert [name for name in "abc" if (tmp_path / f"site/articles/{name}/index.html").exists()] == ["a", "c"]
            config.plugins.on_shutdown()
            warnings = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
            assert len(warnings) == 1 and told(stage, warnings[0])


def page_of(served: Served, path: str) -> str:
    served.plugin._make(path)
    return (served.site / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("stage", [*FAULTS, "listing"])
def test_under_serve_the_last_good_page_stays_with_a_banner(serve: Served, stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    serve.build()
    before = page_of(serve, "articles/b/index.html")
    assert "Nobody asked us" in before and "orx-trouble" not in before
    assert "Mensah" in page_of(serve, "actors/index.html")
    with monkeypatch.context() as patch:
        inject(patch, stage)
        serve.write("in/b.txt", TEXTS["b.txt"] + "\nMore follows <soon>.\n")
        serve.build()
        if stage != "exporting":
            broken = page_of(serve, "articles/b/index.html")
            assert "Nobody asked us" in broken and "OddError: odd thing" in broken.partition('class="orx-trouble"')[2].partition("</p>")[0]
            assert "OddError" in page_of(serve, "actors/index.html") or stage == "rendering"
    serve.build()
    mended = page_of(serve, "articles/b/index.html")
    assert "More follows" in mended and "orx-trouble" not in mended


def test_under_serve_broken_front_matter_shows_the_article_as_it_was(serve: Served) -> None:
    serve.write("in/d.md", "---\ntitle: The vote\n---\n“We vote,” Ada Brook said.\n")
    serve.build()
    assert "We vote" in page_of(serve, "articles/d/index.html")
    serve.write("in/d.md", "---\ntitle: <b>The vote\ndate: soon\n---\n“We vote,” Ada Brook said.\n")
    serve.build()
    page = page_of(serve, "articles/d/index.html")
    said = page.partition('class="orx-trouble" role="alert">')[2].partition("</p>")[0]
    assert "We vote" in page and "in/d.md:3: date 'soon' is no ISO 8601 date" in said and "as it was before" in said


def test_a_page_that_never_could_be_made_says_so_and_the_others_are_there(serve: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    inject(monkeypatch, "rendering")
    serve.build()
    assert "We keep the ferry" in page_of(serve, "articles/a/index.html")
    with pytest.raises(Defect, match="OddError: odd thing"):
        serve.plugin._make("articles/b/index.html")


# --- the pieces ------------------------------------------------------------------------------------------------------


def test_an_error_of_the_input_stays_what_it_is() -> None:
    with pytest.raises(ArticleError, match="it is empty") as caught, at_article("reading", "x.txt", "x"):
        raise ArticleError("it is empty")
    assert not isinstance(caught.value, ArticleFault) and caught.value.article == "x"


def test_nothing_is_tried_alone_while_nothing_fails() -> None:
    reports = [fictional_report("a"), fictional_report("b")]

    def never(report: Report) -> None:
        raise AssertionError

    assert without_faulty(reports, len, never, lambda _: None) == 2


def test_articles_that_cannot_be_read_keep_the_ids_of_the_others() -> None:
    Path("in/b.txt").write_text("")
    reading = read_articles(sorted(Path("in").iterdir()))
    assert [one.id for one in reading.articles] == ["a", "c"] and [problem.article for problem in reading.problems] == ["b"]


def test_every_stage_is_made_to_fail() -> None:
    tried = {*FAULTS, "listing it with others"}  # the latter by LISTED and BESIDE_OTHERS
    missing = [stage for stage in get_args(Stage) if stage not in tried]
    assert not missing, f"tests/test_faults.py: nothing fails in {missing}; name one of its functions in FAULTS"
