"""Two articles of an archive with one id: the first has it, whatever machine reads them and in whatever order they are done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from onrecord.archive.entries import Entry, RepeatedEntry
from onrecord.file_names import same_name


def tell_repeats(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, each when it is asked for; in place of one that has the id of an earlier one, an entry that says so.

    What a file system cannot tell apart is one id. Ids seen are kept in a temporary file of SQLite once they are many,
    so that memory does not grow with the archive.
    """
    with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as seen:  # "": a file without a name, gone with it
        seen.execute("PRAGMA journal_mode = OFF")
        seen.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, place BLOB) WITHOUT ROWID")
        seen.execute("BEGIN")
        for entry in entries:
            id = entry.named()
            first = _first(seen, id, entry.place) if id else entry.place
            yield entry if first == entry.place else RepeatedEntry(entry.place, id, first)


def _first(seen: sqlite3.Connection, id: str, place: str) -> str:
    """Where the id was met first, which may be here."""
    key = _bytes(same_name(id))
    if seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, _bytes(place))).rowcount:
        return place
    (first,) = seen.execute("SELECT place FROM seen WHERE id = ?", (key,)).fetchone()
    return bytes(first).decode(errors="surrogatepass")


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")  # names of files need not be in UTF-8
