from __future__ import annotations

import json

from onrecord.reports.entries import Entry, FileEntry, LineEntry, RepeatedEntry, RowEntry, tell_repeats


def line(number: int, content: object) -> LineEntry:
    return LineEntry(f"in.jsonl:{number}", content if isinstance(content, bytes) else json.dumps(content).encode())


def test_the_first_with_an_id_has_it_whatever_it_stands_in() -> None:
    first: list[Entry] = [FileEntry("a/vote.md", "vote"), line(1, {"id": 7, "text": "x"}), RowEntry("r.parquet:1", {"id": "Ferry?"})]
    later: list[Entry] = [RowEntry("r.parquet:2", {"id": "VOTE"}), RowEntry("r.parquet:3", {"id": "7"}), line(2, {"id": "ferry!"})]
    told = list(tell_repeats([*first, *later]))
    assert told[:3] == first
    assert told[3:] == [
        RepeatedEntry("r.parquet:2", "VOTE", "a/vote.md"),
        RepeatedEntry("r.parquet:3", "7", "in.jsonl:1"),
        RepeatedEntry("in.jsonl:2", "ferry", "r.parquet:1"),
    ]


def test_what_has_no_id_is_left_to_say_so_itself() -> None:
    bad = [line(1, b"{"), line(2, {}), line(3, {"id": " "}), line(4, b"[" * 100_000), LineEntry("in.jsonl:5", None), line(6, {"id": [1]})]
    bad += [line(7, {"id": "a" * 151}), line(8, b'{"id": "\xff"}')]
    rows = [RowEntry("r.parquet:1", {}), RowEntry("r.parquet:2", {"id": None})]
    assert list(tell_repeats([*bad, *bad, *rows])) == [*bad, *bad, *rows]


def test_an_entry_has_the_id_of_its_article() -> None:
    for given in ("n1", 5, "2017/08/31 What now?", "index", True):
        entry = line(1, {"id": given, "text": "Words."})
        assert entry.named() == entry.raw().id == RowEntry("r:1", {"id": given, "text": "Words."}).named()


def test_names_of_files_need_not_be_text() -> None:
    odd = "in/\udcff.txt"
    assert list(tell_repeats([FileEntry(odd, "a"), FileEntry("b", "a")]))[1] == RepeatedEntry("b", "a", odd)
