"""The list of all files of findings: what each holds, where it lies and how it is made. A site has them under ``downloads/``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import PurePath
from typing import Any

from onrecord.export.annotations import web_annotations
from onrecord.export.formats import GRAPH, TABLES, csv_lines, datapackage, json_lines
from onrecord.export.table import Cells, Scope, Table, scopes
from onrecord.export.tei import tei
from onrecord.model import SCHEMA_VERSION, Corpus
from onrecord.reports.json import corpus_schema, encode_corpus, encode_report, report_schema


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

    @lru_cache(maxsize=1)  # of the latest table alone: both its files are mostly written one after the other, and others would fill memory
    def rows(table: Table[Any]) -> tuple[Cells, ...]:
        return tuple(table.rows(scopes(corpus)))

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
