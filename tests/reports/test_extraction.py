"""Reports of many articles: the same from memory, from the cache, by one process or by several."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

import onrecord.reports.extraction
from onrecord.article.read import RawArticle, parse_article
from onrecord.errors import ArticleFault, ModelError
from onrecord.gazetteer import Gazetteer, KnownActor
from onrecord.model import Article, Meta, Report
from onrecord.reports.cache import ReportCache
from onrecord.reports.extraction import Reader, Reporter, cores
from onrecord.reports.pipeline import build_report

GIVEN = Reader(gazetteer=Gazetteer((KnownActor("Ann Lee", "person", ("Lee",)),)))


def article(number: int) -> Article:
    text = f"Bridge {number} is old, Ann Lee said. “Nobody asked us,” said Paul Reed, who wants {number} boats."
    return parse_article(RawArticle(f"a{number}", f"a{number}.txt", "txt", text, Meta()))


ARTICLES = tuple(article(number) for number in range(6))


def refuse(article: Article, nlp: Language, **_: object) -> Report:
    raise AssertionError(f"{article.id} is extracted again")


@pytest.mark.slow
def test_several_processes_give_what_one_gives(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    monkeypatch.setattr(onrecord.reports.extraction, "_WORTH_A_PROCESS", 100)
    monkeypatch.setattr(onrecord.reports.extraction, "_AHEAD", 1)
    alone = tuple(Reporter(load=lambda _: nlp).reports(ARTICLES, GIVEN))
    assert [report.article.id for report in alone] == [one.id for one in ARTICLES]
    assert tuple(Reporter(jobs=2).reports(ARTICLES, GIVEN)) == alone


@pytest.mark.slow
def test_an_error_in_a_process_is_the_callers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onrecord.reports.extraction, "_WORTH_A_PROCESS", 100)
    with pytest.raises(ModelError, match="no_such_model"):
        list(Reporter(jobs=2).reports(ARTICLES, Reader("no_such_model")))


def test_few_words_are_not_worth_a_process(nlp: Language) -> None:
    assert len(list(Reporter(load=lambda _: nlp, jobs=8).reports(ARTICLES, Reader()))) == len(
        ARTICLES
    )  # a lambda cannot be sent to another


def test_what_is_kept_is_not_extracted_again(tmp_path: Path, nlp: Language) -> None:
    cache = ReportCache(tmp_path)
    first = tuple(Reporter(load=lambda _: nlp, cache=cache).reports(ARTICLES[:4], Reader()))
    assert cache.usage().reports == 4
    later = Reporter(load=lambda _: nlp, build=refuse, cache=cache)
    assert tuple(later.reports(ARTICLES[:4], Reader())) == first
    with pytest.raises(ArticleFault, match="a4 is extracted again"):
        list(later.reports(ARTICLES[:5], Reader()))
    with pytest.raises(ArticleFault, match="a0 is extracted again"):
        list(later.reports(ARTICLES[:1], GIVEN))


def test_what_was_made_before_an_interruption_is_kept(tmp_path: Path, nlp: Language) -> None:
    cache = ReportCache(tmp_path)

    def stop_at_third(article: Article, nlp: Language, **how: object) -> Report:
        if article.id == "a2":
            raise KeyboardInterrupt
        return build_report(article, nlp)

    with pytest.raises(KeyboardInterrupt):
        list(Reporter(load=lambda _: nlp, build=stop_at_third, cache=cache).reports(ARTICLES, Reader()))
    assert cache.usage().reports == 2


def test_a_reader_is_told_from_another(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("{}")
    readers = [Reader(), Reader(attribution="rules"), Reader("another"), GIVEN, Reader(attribution=str(tmp_path / "c.json"))]
    assert len({reader.digest() for reader in readers}) == len(readers)
    before = readers[-1].digest()
    assert Reader().digest() == Reader().digest()
    assert before == Reader(attribution=str(tmp_path / "c.json")).digest()


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.slow
def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(2, 6):
        (tmp_path / f"in/{number}.txt").write_text("\n\n".join(ARTICLES[number].text for _ in range(700)))
    command = [sys.executable, "-m", "onrecord", "extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "2", "--no-cache"]
    parent = subprocess.Popen(command)

    try:
        assert _in_time(lambda: len(_workers_of(parent.pid)) == 2)
        workers = _workers_of(parent.pid)
    finally:
        parent.kill()
        parent.wait()
    assert _in_time(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert not (tmp_path / "out").exists()


def _workers_of(parent: int) -> set[int]:
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (process / "stat").read_text(), (process / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended
        if int(status.rpartition(")")[2].split()[1]) == parent and b"spawn_main" in command:
            found.add(int(process.name))
    return found


def _in_time(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()
