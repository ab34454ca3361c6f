"""Tables as CSV (RFC 4180): UTF-8, a comma, lines that end in CR LF, and no cell that a spreadsheet would run.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, also in their full-width forms and after a tab
or a line break (OWASP, "CSV Injection"). Such text gets an apostrophe in front, and so does text where only apostrophes stand before
such a character, so that :func:`unguarded` is exact. JSON lines hold every text as it is.

The file begins with a byte order mark: without one Excel reads curly quotation marks, of which these tables are full, as rubbish. Lists and
objects are JSON within their cell.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.export.scope import Scope
from onrecord.export.table import Cell, Table

BYTE_ORDER_MARK = "\ufeff"

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """The text so that no spreadsheet runs it.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'tis"), guarded("a-b")
    ("'=1+1", "''=1+1", "'tis", 'a-b')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that :func:`guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_lines(table: Table[Any], scopes: Iterable[Scope]) -> Iterator[bytes]:
    """The table's header and rows, one after the other."""
    writer = csv.writer(_Line())
    header: str = writer.writerow([column.name for column in table.columns])
    yield ((BYTE_ORDER_MARK if table.marked else "") + header).encode()
    for scope in scopes:
        for row in table.rows(scope):
            line: str = writer.writerow([_written(cell) for cell in row])
            yield line.encode()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return msgspec.json.encode(cell).decode()


class _Line:
    """Lets ``writerow`` return its line, instead of keeping it."""

    def write(self, line: str) -> str:
        return line
