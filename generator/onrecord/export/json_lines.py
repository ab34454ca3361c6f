"""Tables as JSON lines: one object a row, in UTF-8, every text as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.export.scope import Scope
from onrecord.export.table import Table


def json_lines(table: Table[Any], scopes: Iterable[Scope]) -> Iterator[bytes]:
    """The table's rows, one after the other; a cell without a value is null."""
    names = [column.name for column in table.columns]
    for scope in scopes:
        for row in table.rows(scope):
            yield msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n"
