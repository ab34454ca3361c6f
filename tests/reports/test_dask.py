"""Extraction on a real cluster of two processes of this machine, some of which do not live to see its end."""

from __future__ import annotations

import gzip
import json
import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.errors import EngineError, ModelError
from onrecord.reports.dask import Job
from onrecord.reports.entries import LineEntry, find_entries
from onrecord.reports.extraction import Reader
from onrecord.reports.json import encode_report
from onrecord.reports.reading import find_reports
from onrecord.reports.storage import Made
from tests.reports.toy import build, entries, load

if not os.environ.get("CI"):  # there it must be installed
    pytest.importorskip("distributed")

from onrecord.reports.dask import connected, extract_parts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def no_profiler() -> Iterator[None]:
    """Dask looks a hundred times a second at what each worker and the scheduler do, for a page that nobody sees here."""
    import dask

    with dask.config.set({"distributed.worker.profile.enabled": False}):
        yield


@pytest.fixture(scope="module")
def client(no_profiler: None) -> Iterator[Any]:
    with connected(None, jobs=2) as client:
        yield client


def job(folder: Path) -> Job:
    return Job(str(folder / "out"), Reader(str(folder / "loads")), load=load, build=build)


def ids(folder: Path, table: str = "reports") -> list[str]:
    import pyarrow.parquet

    paths = sorted((folder / "out" / table).glob("*.parquet"))
    return [row["id"] for path in paths for row in pyarrow.parquet.read_table(path, columns=["id"]).to_pylist()]


def names(count: int) -> list[str]:
    return [f"n{number}" for number in range(1, count + 1)]


def test_every_article_is_read_once_by_workers_that_load_once(client: Any, tmp_path: Path) -> None:
    made = list(extract_parts(client, entries(*["fine"] * 11), job(tmp_path), size=2))
    assert (sum(one.reports for one in made), sorted(one.number for one in made)) == (11, list(range(6)))
    assert ids(tmp_path) == names(11)
    loaders = (tmp_path / "loads").read_text().split()
    assert len(loaders) == len(set(loaders)) <= 2


def test_what_is_there_is_not_made_again(client: Any, tmp_path: Path) -> None:
    list(extract_parts(client, entries(*["fine"] * 6), job(tmp_path), size=2))
    (tmp_path / "out/reports/part-00000001.parquet").write_bytes(b"PAR1")
    again = list(extract_parts(client, entries(*["fine"] * 6), job(tmp_path), size=2))
    assert [one.number for one in again if not one.kept] == [1]
    assert ids(tmp_path) == names(6)
    assert len(list(extract_parts(client, entries("fine"), job(tmp_path), size=2))) == 1
    assert ids(tmp_path) == names(1)


def test_a_worker_that_is_killed_loses_nothing(client: Any, tmp_path: Path) -> None:
    made: list[Made] = []
    for one in extract_parts(client, entries(*["slow"] * 24), job(tmp_path), size=3):
        made.append(one)
        if len(made) == 2:
            os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
    assert sum(one.articles for one in made) == 24
    assert [one.failures for one in made if one.failures] == []
    assert ids(tmp_path) == names(24)


def test_a_poison_article_is_set_aside_after_two_tries(client: Any, tmp_path: Path) -> None:
    made = list(extract_parts(client, entries("fine", "kill", "fine", "raise", "fine"), job(tmp_path), size=4))
    failures = {failure.id: failure for one in made for failure in one.failures}
    assert ids(tmp_path) == ["n1", "n3", "n5"]
    told = {id: (failure.kind, failure.tries) for id, failure in failures.items()}
    assert told == {"n2": ("WorkerDied", 2), "n4": ("ValueError", 2)}
    assert sorted(ids(tmp_path, "errors")) == sorted(failures)


def test_an_article_that_is_refused_memory_is_set_aside(client: Any, tmp_path: Path) -> None:
    made = list(extract_parts(client, entries("fine", "hungry", "fine"), job(tmp_path), size=3))
    told = [(failure.id, failure.stage, failure.kind, failure.tries) for one in made for failure in one.failures]
    assert told == [("n2", "extracting", "MemoryError", 2)]
    assert ids(tmp_path) == ["n1", "n3"]


def test_an_article_over_which_workers_are_ended_for_their_memory_is_set_aside(tmp_path: Path) -> None:
    """Dask ends a worker that has more than its share, without a word to whoever works in it."""
    from distributed import Client, LocalCluster

    held = LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, memory_limit="400MB", silence_logs=logging.CRITICAL)
    with held as cluster, Client(cluster) as starved:
        made = list(extract_parts(starved, entries("fine", "endless", "fine"), job(tmp_path), size=3))
    told = [(failure.id, failure.kind) for one in made for failure in one.failures]
    assert told == [("n2", "WorkerDied")]
    assert ids(tmp_path) == ["n1", "n3"]


def test_entries_that_cannot_be_read_are_rows_and_the_rest_is_done(client: Any, tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    whole = tmp_path / "a.parquet"
    parquet.write_table(
        arrow.table({"id": ["a", "b"], "text": ["fine", "fine"], "date": arrow.array([0, 2**45], arrow.timestamp("s"))}), whole
    )
    (tmp_path / "b.parquet").write_bytes(whole.read_bytes()[:-9])
    (tmp_path / "c.jsonl.gz").write_bytes(b"none")
    (tmp_path / "d.jsonl").write_bytes(b'{"id": "d", "text": "fine"}\n')
    files = [whole, *(tmp_path / name for name in ("b.parquet", "c.jsonl.gz", "d.jsonl"))]
    made = list(extract_parts(client, find_entries(files), job(tmp_path), size=10))
    told = {failure.place.removeprefix(f"{tmp_path}/"): failure.stage for one in made for failure in one.failures}
    assert told == dict.fromkeys(("a.parquet:2", "b.parquet", "c.jsonl.gz"), "reading")
    assert ids(tmp_path) == ["a", "d"]


def test_of_two_articles_with_one_id_the_later_is_set_aside(client: Any, tmp_path: Path) -> None:
    records = [LineEntry(f"in.jsonl:{line}", json.dumps({"id": id, "text": "fine"}).encode()) for line, id in enumerate("abcAdb", 1)]
    made = list(extract_parts(client, records, job(tmp_path), size=2))
    told = {failure.place: failure.error for one in made for failure in one.failures}
    assert told == {
        "in.jsonl:4": "in.jsonl:4: its id 'A' is that of in.jsonl:1; give each an id of its own",
        "in.jsonl:6": "in.jsonl:6: its id 'b' is that of in.jsonl:2; give each an id of its own",
    }
    assert ids(tmp_path) == ["a", "b", "c", "d"]
    again = list(extract_parts(client, records[1:], job(tmp_path), size=2))
    assert ids(tmp_path) == ["b", "c", "A", "d"]  # what was one of two is now the only one
    assert sum(len(one.failures) for one in again) == 1


def test_no_more_is_sent_than_workers_have_room_for(client: Any, tmp_path: Path) -> None:
    taken = 0

    def archive() -> Iterator[Any]:
        nonlocal taken
        for entry in entries(*["fine"] * 60):
            taken += 1
            yield entry

    parts = extract_parts(client, archive(), job(tmp_path), size=1)
    next(parts)
    assert taken <= 10
    assert sum(1 for _ in parts) == 59


def test_an_error_that_is_nobody_s_ends_the_work(client: Any, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        list(extract_parts(client, entries("fine"), Job(str(tmp_path / "out"), Reader("no_such_model"))))


def test_a_worker_with_another_program_is_refused(client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Job, "digest", lambda job: "another")  # here, and not in the workers
    with pytest.raises(EngineError, match="install the same everywhere"):
        list(extract_parts(client, entries("fine"), job(tmp_path)))


# --- the command ---------------------------------------------------------------------------------------------------


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["extract", *args])


def test_the_command_finds_what_extraction_in_one_process_finds(client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet

    monkeypatch.chdir(tmp_path)
    texts = ["The ferry will stay, Mayor Ana Petrov said.", '"Nobody asked us," union leader Carla Mensah told the Courier.', " "]
    lines = [json.dumps({"id": f"n{number}", "text": text}) for number, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    plain = run("in.jsonl", "-o", "-")
    on_dask = ("in.jsonl", "-o", "out", "--engine", "dask", "--scheduler", client.scheduler.address, "--part", "2")
    done = run(*on_dask)
    assert done.exit_code == 1, done.output
    assert "onrecord: in.jsonl:3: the article is empty" in done.stderr
    assert "out: 2 reports, 0 of them there before; 1 articles set aside, see errors/" in done.stderr
    written = [row["report"] for path in sorted(Path("out/reports").iterdir()) for row in pyarrow.parquet.read_table(path).to_pylist()]
    assert written == plain.stdout.splitlines()
    again = run(*on_dask, "--strict")
    assert again.exit_code == 2
    assert "2 reports, 2 of them there before" in again.stderr


@pytest.fixture(params=["memory", "file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A place by its address, and that of a scheduler whose workers can reach it: memory by threads of this process, files by others."""
    import fsspec
    from distributed import LocalCluster

    if request.param == "file":
        yield f"file://{tmp_path}", request.getfixturevalue("client").scheduler.address
        return
    place = f"memory://{tmp_path.name}"
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp://") as cluster:
        yield place, cluster.scheduler_address
    fsspec.filesystem("memory").rm(place, recursive=True)


def test_the_command_reads_from_addresses_and_writes_to_them(
    address: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fsspec

    place, scheduler = address
    monkeypatch.chdir(tmp_path)
    text = "The ferry will stay, Mayor Ana Petrov said."
    records = "".join(json.dumps({"id": f"n{number}", "text": text, "title": f"T {number}"}) + "\n" for number in range(3))
    files = {"in/r.jsonl.gz": gzip.compress(records.encode()), "articles/quay.txt": text.encode(), "articles/n1.md": text.encode()}
    for name, content in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(content)
        fsspec.filesystem(place.partition(":")[0]).pipe_file(f"{place}/{name}", content)
    command = (
        f"{place}/in/r.jsonl.gz",
        f"{place}/articles",
        "-o",
        f"{place}/out",
        "--engine",
        "dask",
        "--scheduler",
        scheduler,
        "--part",
        "2",
    )
    done = run(*command)
    assert done.exit_code == 1, done.output
    assert "4 reports, 0 of them there before; 1 articles set aside" in done.stderr
    assert f"/articles/n1.md: its id 'n1' is that of {place}/in/r.jsonl.gz:2" in done.stderr
    found = find_reports([f"{place}/out"])
    assert found is not None
    here = run("in/r.jsonl.gz", "articles", "-o", "-", "--no-cache")
    assert [encode_report(report).decode() for report in found] == here.stdout.splitlines()
    assert "4 reports, 4 of them there before" in run(*command).stderr


def test_options_that_cannot_be_are_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Words.")
    assert "say --engine dask" in run("a.txt", "-o", "out", "--scheduler", "tcp://127.0.0.1:1").stderr
    monkeypatch.setattr("onrecord.reports.dask._SECONDS", 1)
    done = run("a.txt", "-o", "out", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1")
    assert (done.exit_code, "does not answer" in done.stderr) == (2, True)
