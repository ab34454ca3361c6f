from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from onrecord.article import find_articles, load_article, parse_article
from onrecord.assembly.site import read_entries
from onrecord.errors import ArticleError, OptionsError, notes_told
from onrecord.manifest import Manifest
from onrecord.reports.entries import LONGEST_LINE, Entry, find_entries

TEXT = '"Nobody asked us," Carla Mensah told the Courier.\r\n'
RECORDS = [{"id": f"n{number}", "text": TEXT, "title": f"Title {number}", "date": "2017-08-31"} for number in range(5)]


def json_lines(records: Sequence[Mapping[str, object]]) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def read(*paths: str | Path) -> list[tuple[str, str]]:
    return [(entry.place.rpartition("/")[2], entry.raw().id) for entry in find_entries(paths)]


def problem(entry: Entry) -> str:
    with pytest.raises(ArticleError) as told:
        parse_article(entry.raw())
    return str(told.value)


@pytest.fixture
def memory() -> Iterator[str]:
    """An address in memory, of a folder for this test alone."""
    fsspec = pytest.importorskip("fsspec")
    address = f"memory://{uuid4()}"
    yield address
    fsspec.filesystem("memory").rm(address, recursive=True)


def put(address: str, content: bytes) -> str:
    import fsspec

    with fsspec.open(address, "wb") as file:
        file.write(content)
    return address


def test_files_and_records_come_in_the_order_given_with_ids_of_their_own(tmp_path: Path) -> None:
    for name in ("b/vote.md", "a/vote.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Words.")
    (tmp_path / "r.jsonl").write_bytes(json_lines(RECORDS[:2]))
    found = read(tmp_path / "b", tmp_path / "r.jsonl", tmp_path / "a", tmp_path / "r.jsonl")
    assert found == [("vote.md", "vote"), ("r.jsonl:1", "n0"), ("r.jsonl:2", "n1"), ("vote.txt", "vote-2")]


def test_a_file_and_a_record_are_the_same_article(tmp_path: Path) -> None:
    (tmp_path / "n0.md").write_text("---\ntitle: T\ndate: 2017-08-31\n---\n\n# Ferry\n\n“Yes,” she said.\n")
    record = {"id": "n0", "markdown": "\n# Ferry\n\n“Yes,” she said.\n", "title": "T", "date": "2017-08-31"}
    (tmp_path / "r.jsonl").write_text(json.dumps(record))
    of_record, of_file = (parse_article(entry.raw()) for entry in find_entries([tmp_path / "r.jsonl", tmp_path / "n0.md"]))
    assert (of_record.text, of_record.meta, of_record.sha256) == (of_file.text, of_file.meta, of_file.sha256)
    assert of_file == load_article(*find_articles([tmp_path / "n0.md"]))


def test_lines_are_counted_with_empty_ones_and_unpacked(tmp_path: Path) -> None:
    lines = b"\xef\xbb\xbf" + json_lines(RECORDS[:1]) + b"\n" + json_lines(RECORDS[1:2]).rstrip()
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(lines, mtime=0))
    assert read(tmp_path / "r.jsonl.gz") == [("r.jsonl.gz:1", "n0"), ("r.jsonl.gz:3", "n1")]


@pytest.mark.parametrize(
    "line",
    [b"[1]", b'{"id": "\xff"}', b'{"id": "a", "text": "\\ud800"}', b"[" * 100_000, b'{"a":' * 100_000, b"{", b'{"schema_version": "1.0"}'],
)
def test_a_line_that_is_no_record_costs_only_itself(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "r.jsonl").write_bytes(line + b"\n" + json_lines(RECORDS[:1]))
    bad, good = find_entries([tmp_path])
    assert problem(bad).startswith(f"{tmp_path}/r.jsonl:1: ")
    assert good.raw().id == "n0"


def test_a_line_without_end_is_not_held(tmp_path: Path) -> None:
    with (tmp_path / "r.jsonl").open("wb") as file:
        file.write(b'{"id": "a", "text": "')
        file.write(b"a" * (2 * LONGEST_LINE))
        file.write(b'"}\n' + json_lines(RECORDS[:1]))
    bad, good = find_entries([tmp_path])
    assert "more than 20,000,000 bytes" in problem(bad)
    assert good.raw().id == "n0"


def test_an_archive_cut_short_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(json_lines(RECORDS))[:20])
    (tmp_path / "s.jsonl").write_bytes(json_lines(RECORDS[:1]))
    bad, good = find_entries([tmp_path / "r.jsonl.gz", tmp_path / "s.jsonl"])
    assert problem(bad).startswith(f"{tmp_path}/r.jsonl.gz: cannot be read (Compressed file ended before")
    assert good.raw().id == "n0"


@pytest.mark.parametrize(("many", "kept", "fewest"), [(40, 0.995, 40), (3_000, 0.9999, 2_990), (3_000, 0.5, 1_400), (16, 0.5, 5)])
def test_all_that_stands_before_the_cut_is_read(tmp_path: Path, many: int, kept: float, fewest: int) -> None:
    packed = gzip.compress(json_lines([{"id": f"n{number}", "text": uuid4().hex * 3} for number in range(many)]))
    (tmp_path / "r.jsonl.gz").write_bytes(packed[: int(kept * len(packed))])
    *good, bad = find_entries([tmp_path / "r.jsonl.gz"])
    assert [entry.raw().id for entry in good] == [f"n{number}" for number in range(len(good))] and len(good) >= fewest
    assert problem(bad).startswith(f"{tmp_path}/r.jsonl.gz: cannot be read (Compressed file ended before")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"id": "a"}', "Not a gzipped file"),
        (gzip.compress(b"x", mtime=0)[:12] + b"\xff" * 9, "cannot be read"),
        (b"\x1f\x8b\x08", "ended before"),
    ],
)
def test_gzip_that_is_none_is_told_by_name(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "R.JSONL.GZ").write_bytes(content)
    (bad,) = find_entries([tmp_path / "R.JSONL.GZ"])
    assert problem(bad).startswith(f"{tmp_path}/R.JSONL.GZ: ") and told in problem(bad)


def test_a_bomb_is_not_unpacked_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.reports.storage._ANYHOW", 1_000_000)
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(json_lines(RECORDS[:1]) + b"\n" * 50_000_000))
    good, bad = find_entries([tmp_path / "r.jsonl.gz"])
    assert good.raw().id == "n0"
    assert "unpacks to more than 200 times its size" in problem(bad)
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(json_lines(RECORDS[:1]) + b"\n" * 900_000))
    assert len(list(find_entries([tmp_path / "r.jsonl.gz"]))) == 1


@pytest.mark.parametrize(
    ("name", "content"), [("r.jsonl", b""), ("r.jsonl", b" \n\r\n"), ("r.jsonl.gz", b""), ("r.ndjson", b"\xef\xbb\xbf")]
)
def test_a_file_without_records_says_so(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (bad,) = find_entries([tmp_path / name])
    assert problem(bad) == f"{tmp_path}/{name}: holds no article; put one record in each line or row"


@pytest.mark.parametrize("key", ["id", "text", "text_mode"])
def test_a_key_that_stands_twice_is_told(tmp_path: Path, key: str) -> None:
    """Of two text modes the one that shows more must not win by standing last."""
    (tmp_path / "r.jsonl").write_text(f'{{"id": "a", "text": "Words.", "text_mode": "none", "x": {{"y": 1, "y": 2}}, "{key}": "full"}}')
    (bad,) = find_entries([tmp_path / "r.jsonl"])
    assert f"the key '{key}' stands more than once in the record" in problem(bad)


def test_a_folder_is_its_articles_or_else_its_records(tmp_path: Path) -> None:
    (tmp_path / "2017").mkdir()
    (tmp_path / "2017/r.jsonl").write_bytes(json_lines(RECORDS[:1]))
    (tmp_path / ".hidden.jsonl").write_bytes(json_lines(RECORDS))
    assert read(tmp_path) == [("r.jsonl:1", "n0")]
    (tmp_path / "vote.txt").write_text("Words.")
    assert read(tmp_path) == [("vote.txt", "vote")]
    with pytest.raises(ArticleError, match="no such file"):
        read(tmp_path / "none.jsonl")


# --- what needs the extra ------------------------------------------------------------------------------------------


def test_rows_of_parquet_are_records(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [{**record, "date": date(2017, 8, 31), "views": 5} for record in RECORDS]
    parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "r.parquet", row_group_size=2)
    entries = list(find_entries([tmp_path]))
    assert [(entry.place, entry.raw().meta.date) for entry in entries][4] == (f"{tmp_path}/r.parquet:5", "2017-08-31")
    (tmp_path / "r.jsonl").write_bytes(json_lines(RECORDS))
    of_lines = [parse_article(entry.raw()) for entry in find_entries([tmp_path / "r.jsonl"])]
    assert [article.sha256 for article in of_lines] == [parse_article(entry.raw()).sha256 for entry in entries]


def written(folder: Path, rows: Sequence[dict[str, Any]]) -> Path:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.Table.from_pylist(rows), folder / "r.parquet")
    return folder / "r.parquet"


@pytest.mark.parametrize("column", ["Text", "TEXT", "text_mode", "Text_Mode", "txt_mode", "textmodes", "text_mod"])
def test_a_column_of_parquet_says_how_much_is_shown_in_any_spelling(tmp_path: Path, column: str) -> None:
    (entry,) = find_entries([written(tmp_path, [{"id": "a", "markdown": "Words.", column: "none"}])])
    assert entry.raw().meta.text == "none"


@pytest.mark.parametrize("meta", [{"text_mode": "none"}, {"x": {"Text": "none"}}, [{"text": "no"}]])
def test_what_a_column_of_parquet_says_within_is_refused_where_it_shows_less(tmp_path: Path, meta: object) -> None:
    (entry,) = find_entries([written(tmp_path, [{"id": "a", "markdown": "Words.", "meta": meta}])])
    assert "stands within the column 'meta', where it is not read" in problem(entry)


@pytest.mark.parametrize(
    "columns",
    [
        {"meta": {"text": "Words."}},
        {"Text": [{"x": 1}]},
        {"TEXT": 7},
        {"ext": {"x": "none"}},
        {"txt": [1.5]},
        {"next": "none"},
        {"tex": date(2017, 8, 31)},
    ],
)
def test_columns_of_parquet_that_only_have_such_a_name_are_left_alone(tmp_path: Path, columns: dict[str, object]) -> None:
    (entry,) = find_entries([written(tmp_path, [{"id": "a", "markdown": "Words.", **columns}])])
    assert entry.raw().meta.text == "full"


def test_columns_that_are_not_read_are_told_once_for_each_file(tmp_path: Path) -> None:
    told: list[str] = []
    table = written(tmp_path, [{"id": f"p{number}", "text": "Words.", "mode": "none", "TEXT": "x" * 99} for number in range(600)])
    (tmp_path / "r.jsonl").write_bytes(json_lines([{"id": f"n{number}", "text": "Words.", f"c{number % 2}": 1} for number in range(600)]))
    with notes_told(told.append):
        assert len(read_entries(find_entries([tmp_path / "r.jsonl", table])).articles) == 1200
    assert told == [
        f"{tmp_path}/r.jsonl: columns that are not read: 'c0', 'c1'",
        f"{tmp_path}/r.parquet: columns that are not read: 'mode', 'TEXT'",
    ]


def test_parquet_that_is_none_is_told_by_name(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "r.parquet").write_bytes(b"PAR1 and no more")
    (bad,) = find_entries([tmp_path / "r.parquet"])
    assert problem(bad).startswith(f"{tmp_path}/r.parquet: cannot be read")


def test_addresses_are_read_as_paths_are(memory: str) -> None:
    put(f"{memory}/in/b/vote.md", b"---\ntitle: T\n---\nWords.")
    put(f"{memory}/in/a/vote.txt", b"Words.")
    put(f"{memory}/in/.hidden/x.txt", b"Words.")
    put(f"{memory}/r.jsonl.gz", gzip.compress(json_lines(RECORDS[:1])))
    assert read(f"{memory}/in", f"{memory}/r.jsonl.gz") == [("vote.txt", "vote"), ("vote.md", "vote-2"), ("r.jsonl.gz:1", "n0")]
    for name, marker in (("ours", Manifest("pages", {"index.md": "", "sub/b.md": ""}).encode()), ("old", b"onrecord 0.1.0\n")):
        for path, content in ((".onrecord", marker), ("index.md", b"Ours."), ("sub/b.md", b"Ours."), ("sub/mine.md", b"Words.")):
            put(f"{memory}/marked/{name}/{path}", content)
    assert read(f"{memory}/marked") == [("mine.md", "mine")]
    put(f"{memory}/bad.txt", b"\xff\xfe\xfa")
    (bad,) = find_entries([f"{memory}/bad.txt"])
    assert problem(bad).startswith(f"{memory}/bad.txt")


@pytest.mark.parametrize(
    ("name", "told"), [("none.jsonl", "nothing is there"), ("x.doc", "its name must end in"), ("empty", "no article there")]
)
def test_addresses_of_nothing_are_told(memory: str, name: str, told: str) -> None:
    put(f"{memory}/x.doc", b"")
    put(f"{memory}/empty/.keep", b"")
    with pytest.raises(ArticleError, match=told):
        list(find_entries([f"{memory}/{name}"]))


def test_an_address_of_an_unknown_kind_is_told() -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(OptionsError, match=r"^nowhere://x: no such kind of place"):
        list(find_entries(["nowhere://x"]))
