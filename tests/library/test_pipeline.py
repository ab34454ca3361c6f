"""Reading and building in one call each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import onrecord
from onrecord import OnrecordError, Pipeline
from onrecord.cli import main
from onrecord.errors import ArticleError
from onrecord.reports.json import encode_report
from tests.support.crawl import broken, third_parties

TEXT = 'Mayor Ana Petrov said the ferry will stay.\r\n\r\n"Nobody asked us," union leader Carla Mensah told the Courier.\r\n'


@pytest.fixture(scope="module")
def pipe() -> Pipeline:
    return Pipeline(attribution="rules")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ferry.txt").write_bytes(TEXT.encode())
    return Path("ferry.txt")


def test_a_file_and_its_text_have_the_same_report(pipe: Pipeline, file: Path) -> None:
    read, analysed = pipe.read(file), pipe.analyse(TEXT, id="ferry")
    assert read.text == analysed.text == TEXT, "offsets count in the text as it was given"
    assert read.value.quotes == analysed.value.quotes and len(read.quotes) == 2
    assert [actor.name for actor in read.speakers] == ["Ana Petrov", "Carla Mensah"]


def test_what_is_known_of_a_text_is_kept_and_nothing_guessed(pipe: Pipeline) -> None:
    meta = pipe.analyse(TEXT, title="The ferry", date=date(2026, 3, 14), outlet="The Courier").value.article.meta
    assert (meta.title, meta.date, meta.outlet, meta.byline, meta.url) == ("The ferry", "2026-03-14", "The Courier", "", "")
    assert pipe.analyse(TEXT).value.article.meta.title == ""


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda pipe: pipe.analyse(" \n"), "text: the article is empty"),
        (lambda pipe: pipe.analyse("Rain.", date="soon"), "text: "),
        (lambda pipe: pipe.read("none.txt"), "none.txt: no such file or folder; check the path"),
        (lambda pipe: pipe.read("."), ".: is a folder; give its files to onrecord.Pipeline().read_all"),
        (lambda pipe: onrecord.load("ferry.txt"), "ferry.txt: no reports there; name what onrecord extract wrote"),
        (lambda pipe: onrecord.build([], "site"), "site: no report to build a site of; give at least one"),
        (lambda pipe: Pipeline(model="en_none").analyse("Rain."), "model en_none: no such pipeline is installed"),
    ],
)
def test_what_is_wrong_is_one_line(pipe: Pipeline, file: Path, call: object, said: str) -> None:
    with pytest.raises(OnrecordError) as caught:
        call(pipe)  # type: ignore[operator]
    assert str(caught.value).startswith(said) and "\n" not in str(caught.value)


def test_one_bad_article_does_not_cost_the_rest(pipe: Pipeline, file: Path) -> None:
    Path("empty.txt").touch()
    told: list[ArticleError] = []
    Path("deeper").mkdir()
    Path("deeper/ferry.txt").write_text("Bo Lind said the fund was empty.\n")
    files = [Path("ferry.txt"), Path("empty.txt"), Path("deeper/ferry.txt")]
    assert [one.id for one in pipe.read_all(files, on_error=told.append)] == ["ferry", "ferry-2"]
    assert [str(one).partition(":")[0] for one in told] == ["empty.txt"]
    with pytest.raises(OnrecordError, match=r"empty\.txt: the article is empty"):
        list(pipe.read_all(files))


def test_a_cache_is_kept_where_it_is_asked_for(pipe: Pipeline, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Pipeline(attribution="rules", cache="kept")
    first = kept.read(file)
    monkeypatch.setattr("onrecord.extract.language.load_pipeline", None)
    assert Pipeline(attribution="rules", cache="kept").read(file) == first
    assert list(Path("kept").rglob("*.report"))


def test_actors_of_the_user_are_known(file: Path) -> None:
    Path("actors.yml").write_text("actors:\n- name: Carla M. Mensah\n  type: person\n  aliases: [Carla Mensah]\n")
    assert "Carla M. Mensah" in [actor.name for actor in Pipeline(attribution="rules", actors="actors.yml").read(file).speakers]


def test_reports_that_were_written_are_read_again(pipe: Pipeline, file: Path) -> None:
    reports = [pipe.read(file), pipe.analyse("Rain.", id="rain")]
    Path("reports.jsonl").write_bytes(b"".join(encode_report(one.value) + b"\n" for one in reports))
    assert list(onrecord.load("reports.jsonl")) == reports


def test_a_site_is_that_of_the_command(pipe: Pipeline, file: Path) -> None:
    page = onrecord.build([pipe.read(file)], "site", title="The ferry")
    assert page == Path("site/index.html")
    assert broken(Path("site"), base="/repo/", index=False) == []
    assert third_parties(Path("site")) == set()
    with pytest.raises(SystemExit) as ended:
        main(["build", "ferry.txt", "--out", "other", "--title", "The ferry", "--attribution", "rules", "--quiet"])
    assert ended.value.code == 0
    assert page.read_text() == Path("other/index.html").read_text()
    (Path("site") / "mine.txt").write_text("mine")
    onrecord.build([pipe.read(file)], "site")
    assert (Path("site") / "mine.txt").read_text() == "mine"


def test_a_folder_of_somebody_else_stays(pipe: Pipeline, file: Path) -> None:
    Path("full").mkdir()
    Path("full/thesis.doc").write_text("mine")
    with pytest.raises(OnrecordError, match="full: holds files that onrecord did not write"):
        onrecord.build([pipe.analyse("Rain.")], "full")
    assert [path.name for path in Path("full").iterdir()] == ["thesis.doc"]
