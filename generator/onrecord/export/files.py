"""The list of all files of findings: what each holds, where it lies and how it is made; a site has them under ``downloads/``. Tables become
CSV (RFC 4180) and JSON lines here, with a Frictionless data package that describes their columns."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import PurePath
from typing import Any

import msgspec

from onrecord.export.actor_tables import ACTORS, EDGES, MENTIONS, RELATIONS
from onrecord.export.annotated_text import tei, web_annotations
from onrecord.export.article_tables import ARTICLES, MOMENTS, SOURCING
from onrecord.export.quote_and_claim_tables import CLAIMS, COMPARISONS, CORRECTIONS, QUOTES
from onrecord.export.table import Cell, Cells, Column, Scope, Table, scopes
from onrecord.model import SCHEMA_VERSION, Corpus
from onrecord.reports.json import corpus_schema, encode_corpus, encode_report, report_schema

# --- tables as files ---------------------------------------------------------------------------------------------------

BYTE_ORDER_MARK = "\ufeff"

# What a spreadsheet takes for the beginning of a formula, after any apostrophes; the last four are full-width forms (OWASP, "CSV
# Injection").
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it as a formula. A text that begins like a guarded one gets one
    more, so that :func:`unguarded` can undo it.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'tis"), guarded("a-b")
    ("'=1+1", "''=1+1", "'tis", 'a-b')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that :func:`guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_lines(table: Table[Any], rows: Iterable[Cells]) -> Iterator[bytes]:
    """The table's header and these rows, one after the other."""
    writer = csv.writer(_Line())
    header: str = writer.writerow([column.name for column in table.columns])
    yield ((BYTE_ORDER_MARK if table.marked else "") + header).encode()
    for row in rows:
        line: str = writer.writerow([_written(cell) for cell in row])
        yield line.encode()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    # Lists and numbers as JSON, as Table Schema wants arrays and objects in a CSV file.
    return msgspec.json.encode(cell).decode()


class _Line:
    """A file for ``csv.writer`` whose ``write`` returns its argument, so that ``writerow`` returns the line."""

    def write(self, line: str) -> str:
        return line


def json_lines(table: Table[Any], rows: Iterable[Cells]) -> Iterator[bytes]:
    """These rows of the table, one after the other; a cell without a value is null."""
    names = [column.name for column in table.columns]
    for row in rows:
        yield msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n"


TABLES: tuple[Table[Any], ...] = (ARTICLES, ACTORS, MENTIONS, QUOTES, CLAIMS, COMPARISONS, RELATIONS, MOMENTS, SOURCING, CORRECTIONS)
"""The tables that are written as CSV and as JSON lines."""

GRAPH: Table[Any] = EDGES
"""The table that is written as CSV only, for graph programs."""


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
        "schema": _table_schema(table),
    }


def _table_schema(table: Table[Any]) -> dict[str, Any]:
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


# --- all files ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of findings."""

    path: str
    """Its path in the folder of all exports, with suffix."""
    format: str
    """Its format, for a reader: "CSV"."""
    what: str
    """What it holds, in a sentence."""
    chunks: Callable[[], Iterable[bytes]]
    """Its content from the start, in parts: what is long is made as it is written, and of tables the rows of one are held at a time."""

    @property
    def name(self) -> str:
        """Its name, without the folder."""
        return self.path.rpartition("/")[2]

    def size(self) -> int:
        """Its size in bytes. The whole file is made to find out."""
        return sum(map(len, self.chunks()))


def corpus_files(corpus: Corpus) -> Iterator[ExportFile]:
    """The files that are about all articles: tables in the folder ``tables``, actors across articles, and schemas."""

    every = cache(lambda: tuple(scopes(corpus)))

    @lru_cache(maxsize=1)  # of the latest table alone: both its files are mostly written one after the other, and others would fill memory
    def rows(table: Table[Any]) -> tuple[Cells, ...]:
        return tuple(table.rows(every()))

    def csv(table: Table[Any]) -> Iterator[bytes]:
        return csv_lines(table, rows(table))

    def lines(table: Table[Any]) -> Iterator[bytes]:
        return json_lines(table, rows(table))

    for table in TABLES:
        yield ExportFile(f"tables/{table.name}.csv", "CSV", table.what, partial(csv, table))
    for table in TABLES:
        what = f"The same as {table.name}.csv, every text as it is."
        yield ExportFile(f"tables/{table.name}.jsonl", "JSON lines", what, partial(lines, table))
    yield ExportFile(f"tables/{GRAPH.name}.csv", "CSV", GRAPH.what, partial(csv, GRAPH))
    what = "What every column of the CSV files holds, and how they refer to each other."
    yield ExportFile("tables/datapackage.json", "Frictionless Data Package", what, partial(_whole, datapackage))
    what = "Which actors of these articles are one and why, which may be, and which articles are copies."
    yield ExportFile("corpus.json", "JSON", what, lambda: [encode_corpus(corpus) + b"\n"])
    layout = f"JSON Schema, layout {SCHEMA_VERSION}"
    yield ExportFile("corpus.schema.json", layout, "What stands where in corpus.json.", partial(_schema, corpus_schema))
    yield ExportFile("report.schema.json", layout, "What stands where in a report.json.", partial(_schema, report_schema))


def article_files(scope: Scope, *, with_tei: bool = False) -> Iterator[ExportFile]:
    """The files about one article, in a folder of its name."""
    folder = scope.report.article.id
    what = "All findings with the text that offsets count in."
    yield ExportFile(f"{folder}/report.json", "JSON", what, lambda: [encode_report(scope.report) + b"\n"])
    what = "All findings as annotations of the text."
    yield ExportFile(f"{folder}/annotations.jsonld", "W3C Web Annotation", what, lambda: [web_annotations(scope)])
    if with_tei:
        yield ExportFile(f"{folder}/article.tei.xml", "TEI P5", "The text with what is said marked up.", lambda: [tei(scope)])


def export_files(corpus: Corpus, *, with_tei: bool = False) -> Iterator[ExportFile]:
    """Every file of a corpus, the two of a table beside each other, which have the same rows."""
    yield from sorted(corpus_files(corpus), key=lambda file: PurePath(file.path).with_suffix(""))
    for scope in scopes(corpus):
        yield from article_files(scope, with_tei=with_tei)


# What follows is made of the program alone, and working it out takes longer than all tables of a short article.
@cache
def _whole(make: Callable[[], bytes]) -> tuple[bytes, ...]:
    return (make(),)


@cache
def _schema(make: Callable[[], dict[str, Any]]) -> tuple[bytes, ...]:
    return (json.dumps(make(), indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n",)
