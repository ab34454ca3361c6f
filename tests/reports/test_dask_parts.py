from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import jsonschema
import msgspec
import pytest
import spacy

from onrecord.errors import EngineError, OutputError
from onrecord.manifest import Manifest
from onrecord.reports import dask
from onrecord.reports.dask import Diary, Job, make_part
from onrecord.reports.entries import Entry, FileEntry
from onrecord.reports.extraction import Reader
from onrecord.reports.json import decode_report, report_schema
from onrecord.reports.storage import Failure, Made, Parts, row_of
from tests.reports.toy import Notes, build, entries, load
from tests.support.fictional import fictional_report

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
fsspec = pytest.importorskip("fsspec")


@pytest.fixture(params=["disk", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A folder of this machine, and an address that stands for an object store."""
    if request.param == "disk":
        yield str(tmp_path / "out")
    else:
        address = f"memory://{uuid4()}"
        fsspec.filesystem("memory").mkdir(address)
        yield address
        fsspec.filesystem("memory").rm(address, recursive=True)


def rows(place: str, table: str = "reports") -> list[dict[str, Any]]:
    system, root = fsspec.core.url_to_fs(place)
    found: list[dict[str, Any]] = []
    for path in sorted(system.glob(f"{root}/{table}/*.parquet")):
        with system.open(path, "rb") as file:
            found += parquet.read_table(file).to_pylist()
    return found


def make(place: str, *texts: str, notes: Notes | None = None, number: int = 0, digest: str = "job") -> Made:
    kept = notes or Notes()
    return make_part(
        list(entries(*texts)),
        Job(place, Reader(), load=load, build=build),
        digest,
        lambda: spacy.blank("en"),
        Diary(number, kept.get, kept.put),
    )


# --- what is written -----------------------------------------------------------------------------------------------


def test_a_row_has_what_tables_are_filtered_by_and_the_report_as_its_schema_says(place: str) -> None:
    report = fictional_report()
    Parts.at(place).write(0, "d", [row_of(report)], [])
    (row,) = rows(place)
    assert (row["id"], row["outlet"], row["date"], row["sha256"]) == ("quay", "The Varnhaven Ledger", "2024-03-05", report.article.sha256)
    assert [row[name] for name in ("actors", "quotes", "claims")] == [len(report.actors), len(report.quotes), len(report.claims)]
    jsonschema.validate(msgspec.json.decode(row["report"]), report_schema())
    assert decode_report(row["report"]) == report


def test_what_cannot_be_read_is_set_aside_with_its_error(place: str) -> None:
    made = make(place, "fine", "raise", " ", "fine")
    assert (made.reports, made.articles, made.kept) == (2, 4, False)
    assert [row["id"] for row in rows(place)] == ["n1", "n4"]
    raised, empty = (Failure(**row) for row in rows(place, "errors"))
    assert raised == Failure("in.jsonl:2", "n2", "extracting", "ValueError", "an article that nobody can read", 2)
    assert (empty.place, empty.stage, empty.kind, empty.tries) == ("in.jsonl:3", "reading", "ArticleError", 1)
    assert made.failures == (raised, empty)


def test_the_same_part_is_the_same_bytes(place: str, tmp_path: Path) -> None:
    make(place, "fine", "raise")
    make(str(tmp_path / "again"), "fine", "raise")
    for table in ("reports", "errors"):
        with fsspec.open(f"{place}/{table}/part-00000000.parquet", "rb") as file:
            assert file.read() == (tmp_path / f"again/{table}/part-00000000.parquet").read_bytes()


# --- what is there already -----------------------------------------------------------------------------------------


def test_a_part_that_is_whole_is_left(place: str) -> None:
    first = make(place, "fine", "raise")
    again = make(place, "fine", "raise")
    assert again.kept
    assert (again.reports, again.failures) == (first.reports, first.failures)


def test_a_part_of_other_input_or_of_another_program_is_made_anew(place: str) -> None:
    make(place, "fine", "raise")
    assert not make(place, "fine", "changed").kept
    assert rows(place, "errors") == []
    assert not make(place, "fine", "changed", digest="another").kept


@pytest.mark.parametrize("table", ["reports", "errors"])
def test_a_part_that_is_cut_short_is_made_anew(place: str, table: str) -> None:
    make(place, "fine", "raise")
    with fsspec.open(f"{place}/{table}/part-00000000.parquet", "rb") as file:
        whole = file.read()
    with fsspec.open(f"{place}/{table}/part-00000000.parquet", "wb") as file:
        file.write(whole[:-20])
    assert not make(place, "fine", "raise").kept
    with fsspec.open(f"{place}/{table}/part-00000000.parquet", "rb") as file:
        assert file.read() == whole


def test_parts_of_a_longer_input_are_removed(place: str) -> None:
    parts = Parts.at(place)
    parts.begin()
    for number in range(3):
        make(place, "fine", "raise", number=number)
    parts.end(1)
    assert (len(rows(place)), len(rows(place, "errors"))) == (1, 1)


def test_a_folder_with_other_files_is_refused(place: str) -> None:
    Parts.at(place).begin()
    Parts.at(place).begin()
    system, root = fsspec.core.url_to_fs(place)
    system.rm_file(f"{root}/.onrecord")
    system.pipe_file(f"{root}/notes.txt", b"")
    with pytest.raises(OutputError, match="holds files that onrecord did not write"):
        Parts.at(place).begin()
    with pytest.raises(OutputError, match="is a file"):
        Parts.at(f"{place}/notes.txt").begin()


def test_what_another_command_wrote_is_refused(place: str) -> None:
    system, root = fsspec.core.url_to_fs(place)
    system.makedirs(root, exist_ok=True)
    system.pipe_file(f"{root}/.onrecord", Manifest("build", {}).encode())
    with pytest.raises(OutputError, match="was written by onrecord build; name another folder"):
        Parts.at(place).begin()
    system.pipe_file(f"{root}/.onrecord", b"onrecord 0.1.0\n")
    with pytest.raises(OutputError, match=r"its \.onrecord does not list what onrecord wrote"):
        Parts.at(place).begin()


def foreign() -> dict[str, bytes]:
    """Files of somebody else, by their names in a table's folder: one has the suffix alone, one is a table, all look like late parts."""
    table = io.BytesIO()
    parquet.write_table(pyarrow.table({"mine": [1]}), table)
    return {"part-00000005.parquet": table.getvalue(), "part-00000006.parquet": b"notes", "part-mine.parquet": b"notes", "z.csv": b"a,b"}


def test_files_of_somebody_else_among_the_parts_stay(place: str) -> None:
    parts = Parts.at(place)
    parts.begin()
    system, root = fsspec.core.url_to_fs(place)
    system.makedirs(f"{root}/reports", exist_ok=True)
    for name, content in foreign().items():
        system.pipe_file(f"{root}/reports/{name}", content)
    make(place, "fine", number=3)
    parts.begin()
    parts.end(1)
    assert not system.exists(f"{root}/reports/part-00000003.parquet")
    assert {name: system.cat_file(f"{root}/reports/{name}") for name in foreign()} == foreign()
    for number in (5, 6):
        with pytest.raises(OutputError, match=f"part-0000000{number}.parquet: is no part that onrecord wrote; move it away"):
            make(place, "fine", number=number)
    assert {name: system.cat_file(f"{root}/reports/{name}") for name in foreign()} == foreign()


# --- what ends a worker --------------------------------------------------------------------------------------------


def died(notes: Notes, *, at: int) -> None:
    """A worker that ends while it reads an article: nothing is written but its diary."""
    diary = Diary(0, notes.get, notes.put)
    diary.open()
    diary.reading(at)


def test_an_article_that_ends_two_workers_is_set_aside_and_no_other(place: str) -> None:
    notes = Notes()
    for at in (2, 1, 3, 1):  # the first says only that there was one
        died(notes, at=at)
    made = make(place, "a", "b", "c", "d", notes=notes)
    assert [(failure.id, failure.kind, failure.tries) for failure in made.failures] == [("n2", "WorkerDied", 2)]
    assert made.reports == 3


def test_the_diary_of_another_part_says_nothing(place: str) -> None:
    notes = Notes()
    for _ in range(4):
        died(notes, at=1)
    assert make(place, "a", "b", notes=notes, number=1).failures == ()


def test_an_error_of_the_program_is_not_the_article_s(place: str) -> None:
    def broken() -> Any:
        raise EngineError("no pipeline here")

    notes = Notes()
    with pytest.raises(EngineError):
        make_part(list(entries("a")), Job(place, Reader()), "job", broken, Diary(0, notes.get, notes.put))
    assert rows(place) == []


def test_a_bad_article_in_a_file_whose_name_is_no_text_is_set_aside(place: str, tmp_path: Path) -> None:
    named = tmp_path / "empty-\udce9.txt"  # so Python keeps bytes that are not UTF-8
    named.touch()
    model = tmp_path / "model"
    job = Job(place, Reader(str(model), "rules"), load=load, build=build)
    made = make_part([FileEntry(str(named), "empty")], job, "d", lambda: spacy.blank("en"), Diary(0, Notes().get, Notes().put))
    assert [row["kind"] for row in rows(place, "errors")] == [failure.kind for failure in made.failures] == ["ArticleError"]
    assert made.failures[0].place.isprintable()


# --- what goes wrong with one article ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unreadable:
    """An entry that breaks whoever reads it."""

    place: str = "in.odd:2"

    def named(self) -> str:
        return ""

    def raw(self) -> Any:
        raise ZeroDivisionError("a format that nobody knew")


def test_any_error_at_any_stage_is_a_row_and_the_part_is_written(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(name: str, on: str) -> None:
        real = getattr(dask, name)

        def fail(given: Any, *args: Any, **how: Any) -> Any:
            if on in msgspec.json.encode(given).decode():
                raise RecursionError(f"at {name}")
            return real(given, *args, **how)

        monkeypatch.setattr(dask, name, fail)

    for name, on in (("parse_article", "one parsed"), ("apply_corrections", "one corrected"), ("row_of", "one exported")):
        failing(name, on)
    archive = [Unreadable(), *entries("fine", "one parsed", "raise", "one corrected", "one exported", "fine")]
    job = Job(place, Reader(), load=load, build=build)
    made = make_part(cast("list[Entry]", archive), job, "d", lambda: spacy.blank("en"), Diary(0, Notes().get, Notes().put))
    stages = ["reading", "parsing", "extracting", "correcting", "exporting"]
    assert [failure.stage for failure in made.failures] == [row["stage"] for row in rows(place, "errors")] == stages
    assert [failure.kind for failure in made.failures] == [
        "ZeroDivisionError",
        "RecursionError",
        "ValueError",
        "RecursionError",
        "RecursionError",
    ]
    assert [row["id"] for row in rows(place)] == ["n1", "n6"]


@pytest.mark.parametrize("garbled", [b"", b"PAR1PAR1", bytes(500), b"PAR1" + bytes(300) + b"PAR1"])
@pytest.mark.parametrize("table", ["reports", "errors"])
def test_a_part_that_is_garbled_is_made_anew(place: str, table: str, garbled: bytes) -> None:
    make(place, "fine", "raise")
    with fsspec.open(f"{place}/{table}/part-00000000.parquet", "wb") as file:
        file.write(garbled)
    assert not make(place, "fine", "raise").kept
    assert make(place, "fine", "raise").kept


def test_a_part_of_a_table_of_errors_with_other_columns_is_made_anew(place: str) -> None:
    made = make(place, "fine", "raise")
    import pyarrow

    with fsspec.open(f"{place}/errors/part-00000000.parquet", "rb") as file:
        about = parquet.read_metadata(file).metadata
    other = pyarrow.table({"place": ["x"]}).replace_schema_metadata({b"onrecord": about[b"onrecord"]})
    with fsspec.open(f"{place}/errors/part-00000000.parquet", "wb") as file:
        parquet.write_table(other, file)
    assert make(place, "fine", "raise") == made
