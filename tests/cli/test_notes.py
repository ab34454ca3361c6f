"""What is noted while articles are read: each note one line, and what many have in common said once."""

from __future__ import annotations

from onrecord.errors import note, note_of_many, notes_gathered, notes_told

KEYS = "keys of the front matter that are not read"


def unread(place: str, *names: str) -> None:
    note_of_many(place, KEYS, names, frozenset(names))


def test_what_many_articles_have_in_common_is_said_once_at_the_end() -> None:
    told: list[str] = []
    with notes_told(told.append):
        with notes_gathered():
            for number in range(1, 61):
                unread(f"a{number}.md", *(("tags", "draft") if number % 2 else ("draft", "tags")))
            unread("b.md", "layout")
            note("%s: said at once", "a.md")
            assert told == ["a.md: said at once"]
        assert told[1:] == [f"{KEYS}: 'tags', 'draft' (60 articles, the first a1.md)", f"b.md: {KEYS}: 'layout'"]


def test_a_file_of_records_has_one_note_with_the_names_of_all() -> None:
    told: list[str] = []
    with notes_told(told.append), notes_gathered():
        for number in range(1_200):
            note_of_many("r.jsonl", "columns that are not read", [f"c{number % 7}"], "r.jsonl", of="files")
        note_of_many("s.parquet", "columns that are not read", ["c"], "s.parquet", of="files")
    assert told == [
        "r.jsonl: columns that are not read: 'c0', 'c1', 'c2', 'c3', 'c4' and 2 more",
        "s.parquet: columns that are not read: 'c'",
    ]


def test_what_is_said_and_kept_has_a_limit() -> None:
    told: list[str] = []
    with notes_told(told.append), notes_gathered():
        for number in range(500):
            unread(f"a{number}.md", *(f"k{number}-{other}" for other in range(300)))
    assert len(told) == 21
    assert told[-1].endswith("'k20-0', 'k20-1', 'k20-2', 'k20-3', 'k20-4' and 95 or more (480 articles, the first a20.md)")


def test_names_are_shown_in_one_line_each() -> None:
    told: list[str] = []
    with notes_told(told.append), notes_gathered():
        unread("a\nb.md", "x\n" * 99, "\x1b[31m")
    assert len(told) == 1 and "\n" not in told[0] and "\x1b" not in told[0] and len(told[0]) < 200


def test_nothing_is_kept_from_one_reading_to_the_next() -> None:
    told: list[str] = []
    with notes_told(told.append):
        for _ in range(2):
            with notes_gathered():
                unread("a.md", "tags")
        unread("a.md", "tags")
    assert told == [f"a.md: {KEYS}: 'tags'"] * 3


def test_what_was_noted_is_told_though_reading_ends_early() -> None:
    told: list[str] = []
    try:
        with notes_told(told.append), notes_gathered():
            unread("a.md", "tags")
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert told == [f"a.md: {KEYS}: 'tags'"]
