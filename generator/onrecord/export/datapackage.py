"""The Frictionless data package: what every column of the CSV tables holds, for machines.

Table Schema, Tabular Data Resource and Data Package are specified at https://specs.frictionlessdata.io and https://datapackage.org.
"""

from __future__ import annotations

import json
from typing import Any

from onrecord.export.table import Column, Table
from onrecord.export.tables import GRAPH, TABLES

VERBATIM = "wordsOfTheArticle"
"""A property of our own, true for columns that hold words of an article: somebody else may have rights in them."""


def datapackage() -> bytes:
    """``datapackage.json``, the same for every corpus."""
    package = {
        "name": "onrecord",
        "title": "Who said what, and where the article says so",
        "description": "Tables of actors, quotes, claims and relations that a program found in news articles. Offsets are half-open "
        "ranges of Unicode code points of the text of an article, which is in its report.json. Where the text is withheld, so are its "
        "words: such cells are empty, and each such word is one character of that text. A CSV cell that a spreadsheet would run as a "
        "formula has an apostrophe in front; the tables as JSON lines have every text as it is.",
        "profile": "tabular-data-package",
        "resources": [_resource(table) for table in (*TABLES, GRAPH)],
    }
    return json.dumps(package, indent=2, ensure_ascii=False).encode() + b"\n"


def _resource(table: Table[Any]) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.what,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table),
    }


def _schema(table: Table[Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [table.key],
    }
    references = [_foreign_key(table, column) for column in table.columns if column.names]
    return schema | ({"foreignKeys": references} if references else {})


def _field(table: Table[Any], column: Column[Any]) -> dict[str, Any]:
    stated: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.what}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.name == table.key:
        constraints["unique"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        stated["constraints"] = constraints
    return stated | ({VERBATIM: True} if column.verbatim else {})


def _foreign_key(table: Table[Any], column: Column[Any]) -> dict[str, Any]:
    keys = {other.name: other.key for other in TABLES}
    # An empty name is how Table Schema says "this very table".
    resource = "" if column.names == table.name else column.names
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [keys[column.names]]}}
