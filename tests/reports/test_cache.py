"""The cache of reports: what is kept comes back whole, and only for what it was kept for."""

from __future__ import annotations

import errno
import itertools
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

import onrecord.reports.cache
from onrecord.errors import OutputError
from onrecord.model import Meta
from onrecord.options import DEFAULT_MODEL
from onrecord.reports.cache import _MEND, ReportCache, Usage, default_cache, reader_of, reading_files
from tests.support.fictional import fictional_report

REPORT = fictional_report()


@pytest.fixture
def cache(tmp_path: Path) -> ReportCache:
    return ReportCache(tmp_path / "cache")


def test_what_is_kept_comes_back(cache: ReportCache) -> None:
    assert cache.get(REPORT.article, "reader") is None
    cache.put(REPORT, "reader")
    assert cache.get(REPORT.article, "reader") == REPORT


def test_only_what_a_report_depends_on_is_asked_for(cache: ReportCache) -> None:
    cache.put(REPORT, "reader")
    article = REPORT.article
    assert cache.get(article, "another reader") is None
    assert cache.get(replace(article, text=article.text + " "), "reader") is None
    assert cache.get(replace(article, meta=Meta("Another title")), "reader") is None
    moved = replace(article, id="elsewhere", file="elsewhere.md")
    assert cache.get(moved, "reader") == replace(REPORT, article=moved)


@pytest.mark.parametrize(
    "content", [b"", b"no report", b"x\x9c\x03", *map(zlib.compress, (b"", b"{}", b'{"a": "\xff"}', b'{"a":' * 9_000))]
)
def test_an_entry_that_is_broken_is_made_anew(cache: ReportCache, content: bytes) -> None:
    cache.put(REPORT, "reader")
    (entry,) = (file for file in cache.folder.rglob("*") if file.is_file())
    entry.write_bytes(content)
    assert cache.get(REPORT.article, "reader") is None
    assert not entry.exists()
    cache.put(REPORT, "reader")
    assert cache.get(REPORT.article, "reader") == REPORT


def test_usage_and_clearing_touch_nothing_but_entries(cache: ReportCache) -> None:
    assert cache.usage() == cache.clear() == Usage(0, 0)
    cache.put(REPORT, "one")
    cache.put(REPORT, "two")
    mine = cache.folder / "notes.txt"
    mine.write_text("keep")
    (next(cache.folder.rglob("*.report")).parent / ".half").write_bytes(b"cut short")
    before = cache.usage()
    assert before.reports == 2 and before.size > 200
    assert cache.clear() == before
    assert [file.name for file in cache.folder.rglob("*")] == ["notes.txt"]


def test_a_place_that_cannot_be_written_to_is_told_of_once(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "file").write_text("in the way")
    cache = ReportCache(tmp_path / "file", told.append)
    for reader in ("one", "two"):
        cache.put(REPORT, reader)
        assert cache.get(REPORT.article, reader) is None
    (line,) = told
    assert line.startswith(f"{tmp_path / 'file'}: the cache cannot be written to (") and "; check its permissions" in line


def test_a_full_disk_leaves_nothing_and_is_told_of_once(cache: ReportCache, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    full = ReportCache(cache.folder, told.append)
    monkeypatch.setattr(Path, "replace", no_room)
    full.put(REPORT, "one")
    monkeypatch.undo()
    full.put(REPORT, "two")
    assert full.usage() == Usage(0, 0) and [file for file in cache.folder.rglob("*") if file.is_file()] == []
    assert told == [f"{cache.folder}: the cache cannot be written to (No space left on device), and is done without; {_MEND}"]


def no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_cache_that_cannot_be_cleared_or_counted_is_one_line(cache: ReportCache, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    cache.put(REPORT, "one")
    for name, act in (("unlink", cache.clear), ("iterdir", cache.usage)):
        with monkeypatch.context() as patch:
            patch.setattr(Path, name, denied)
            with pytest.raises(OutputError, match=r"is of the cache, and fails \(Permission denied\); check its permissions"):
                act()


def _put_often(folder: Path) -> None:
    for turn in range(60):
        ReportCache(folder).put(REPORT, str(turn % 3))


@pytest.mark.slow
def test_two_processes_may_share_it(cache: ReportCache) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_put_often, args=(cache.folder,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        assert cache.get(REPORT.article, "1") in (None, REPORT)
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert cache.usage().reports == 3


def _put_until_ended(folder: Path) -> None:
    for turn in itertools.count():
        ReportCache(folder).put(REPORT, str(turn % 3))


def test_it_may_be_cleared_and_counted_while_another_process_writes(cache: ReportCache) -> None:
    writer = multiprocessing.get_context("spawn").Process(target=_put_often, args=(cache.folder,))
    writer.start()
    while writer.is_alive():
        assert cache.usage().reports <= 3
        cache.clear()
    writer.join()
    assert writer.exitcode == 0
    cache.put(REPORT, "after")
    assert cache.get(REPORT.article, "after") == REPORT


def test_a_folder_that_goes_while_it_is_made_is_no_error_and_a_file_in_its_place_is(
    cache: ReportCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.put(REPORT, "reader")
    (shard,) = cache.folder.iterdir()
    cache.clear()
    make = Path.mkdir

    def gone(folder: Path, **how: bool) -> None:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))

    monkeypatch.setattr(Path, "mkdir", gone)
    cache.put(REPORT, "reader")
    assert cache.get(REPORT.article, "reader") is None
    monkeypatch.setattr(Path, "mkdir", make)
    shard.touch()
    told: list[str] = []
    ReportCache(cache.folder, told.append).put(REPORT, "reader")
    assert len(told) == 1 and "the cache cannot be written to" in told[0]


def _put_and_end(folder: Path) -> None:
    def end(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    Path.replace = end  # type: ignore[method-assign,assignment]  # in a process of its own
    ReportCache(folder).put(REPORT, "reader")


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_a_writer_that_is_killed_before_it_is_done_leaves_nothing_that_is_found(cache: ReportCache) -> None:
    writer = multiprocessing.get_context("spawn").Process(target=_put_and_end, args=(cache.folder,))
    writer.start()
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    assert [file.name[0] for file in cache.folder.rglob("*") if file.is_file()] == ["."]
    assert (cache.get(REPORT.article, "reader"), cache.usage().reports) == (None, 0)
    cache.put(REPORT, "reader")
    assert cache.get(REPORT.article, "reader") == REPORT
    cache.clear()
    assert list(cache.folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
@pytest.mark.slow
def test_whatever_is_there_when_a_writer_is_killed_is_whole(cache: ReportCache) -> None:
    for _ in range(3):
        writer = multiprocessing.get_context("spawn").Process(target=_put_until_ended, args=(cache.folder,))
        writer.start()
        while cache.usage().reports < 3 and writer.is_alive():
            pass
        writer.kill()
        writer.join()
        assert writer.exitcode == -signal.SIGKILL
        assert [cache.get(REPORT.article, str(turn)) for turn in range(3)] == [REPORT] * 3
        cache.clear()


def test_the_reader_is_the_pipeline_the_classifier_and_the_rules(tmp_path: Path) -> None:
    classifier = tmp_path / "classifier.json"
    classifier.write_text("{}")
    plain = reader_of(DEFAULT_MODEL)
    assert plain == reader_of(DEFAULT_MODEL)
    assert len({plain, reader_of("no_such_model"), reader_of(DEFAULT_MODEL, classifier), reader_of(str(tmp_path))}) == 4


PACKAGE = Path(onrecord.reports.cache.__file__).parents[1]


def test_all_that_making_a_report_loads_is_of_the_reader() -> None:
    load = "import onrecord.reports.pipeline, onrecord.reports.json, sys"
    code = f"{load}\nfor one in sys.modules.values(): print(getattr(one, '__file__', ''))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = {Path(line) for line in told.split("\n")}
    ours = {file for file in loaded if file.is_relative_to(PACKAGE)}
    assert len(ours) > 50
    assert ours <= set(reading_files(PACKAGE))


def _copy_beginning(file: str, copy: str) -> None:
    """Copies of a file what tells it from others: weights have megabytes, and each is read once for every file."""
    with Path(file).open("rb") as whole:
        Path(copy).write_bytes(whole.read(20_000))


def test_a_change_of_any_file_that_a_report_comes_from_is_another_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = shutil.copytree(PACKAGE, tmp_path / "onrecord", ignore=shutil.ignore_patterns("__pycache__"), copy_function=_copy_beginning)
    monkeypatch.setattr(onrecord.reports.cache, "__file__", str(package / "reports" / "cache.py"))
    fingerprint = reader_of.__wrapped__
    plain, files = fingerprint("no_such_model"), reading_files(package)
    assert {package / "text" / "names.py", package / "gazetteer.py", package / "extract" / "data" / "titles.txt"} <= {*files}
    for file in files:
        content = file.read_bytes()
        file.write_bytes(content + b"\n")
        assert fingerprint("no_such_model") != plain, file
        file.write_bytes(content)
    (package / "render" / "pages.py").write_bytes(b"")
    assert fingerprint("no_such_model") == plain


def test_the_place_may_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path))
    assert default_cache() == tmp_path
    monkeypatch.delenv("ONRECORD_CACHE")
    assert default_cache().name == "onrecord"
