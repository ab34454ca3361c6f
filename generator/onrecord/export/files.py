"""The list of all files of findings: what each holds, where it lies and how it is made. A site has them under ``downloads/``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from onrecord.export.annotations import web_annotations
from onrecord.export.formats import GRAPH, TABLES, csv_lines, datapackage, json_lines
from onrecord.export.table import Scope, Table, scopes
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
    """Makes its content anew, in pieces. A table of a whole archive does not fit into memory."""

    @property
    def name(self) -> str:
        """Its name, without the folder."""
        return self.path.rpartition("/")[2]

    def size(self) -> int:
        """Its size in bytes. The whole file is made to find out."""
        return sum(map(len, self.chunks()))


def corpus_files(corpus: Corpus) -> Iterator[ExportFile]:
    """The files that are about all articles: tables in the folder ``tables``, actors across articles, and schemas."""
    for table in TABLES:
        yield ExportFile(f"tables/{table.name}.csv", "CSV", table.what, partial(_csv, table, corpus))
    for table in TABLES:
        what = f"The same as {table.name}.csv, every text as it is."
        yield ExportFile(f"tables/{table.name}.jsonl", "JSON lines", what, partial(_json, table, corpus))
    yield ExportFile(f"tables/{GRAPH.name}.csv", "CSV", GRAPH.what, partial(_csv, GRAPH, corpus))
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
    """Every file of a corpus."""
    yield from corpus_files(corpus)
    for scope in scopes(corpus):
        yield from article_files(scope, with_tei=with_tei)


def _csv(table: Table[Any], corpus: Corpus) -> Iterator[bytes]:
    return csv_lines(table, scopes(corpus))


def _json(table: Table[Any], corpus: Corpus) -> Iterator[bytes]:
    return json_lines(table, scopes(corpus))


def _whole(make: Callable[[], bytes]) -> list[bytes]:
    return [make()]


def _schema(make: Callable[[], dict[str, Any]]) -> list[bytes]:
    return [json.dumps(make(), indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n"]
