"""JSON of reports and back, JSON of the actors across articles, and the JSON Schemas of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from onrecord.model import SCHEMA_VERSION, Copy, Corpus, CorpusActor, Namesakes, Outcome, Repeat, Report

# In JSON the class of a relation is called "class", which is a keyword in Python, where the field has another name.
_IN_CODE, _IN_JSON = "class_", "class"


def encode_report(report: Report) -> bytes:
    """One line of JSON in UTF-8, without a newline; the same bytes for the same report."""
    record: dict[str, Any] = msgspec.to_builtins(report)
    for relation in _relations(record):
        relation[_IN_JSON] = relation.pop(_IN_CODE)
    return msgspec.json.encode(record)


def decode_report(line: bytes | str) -> Report:
    """The report that :func:`encode_report` wrote. Raises :class:`msgspec.DecodeError` on anything else."""
    try:
        record: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        for relation in _relations(record):
            relation[_IN_CODE] = relation.pop(_IN_JSON, None)
        return msgspec.convert(record, Report)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(f"it is not in UTF-8: {error.reason}") from error
    except RecursionError as error:
        raise msgspec.DecodeError("it is nested too deeply") from error


def _relations(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The relations of a report as a dictionary: those that hold, and those that the program found by itself before corrections. The
    record may come from anybody, so that nothing about its shape is taken for granted."""
    for part in (record, record.get("machine")):
        found = part.get("relations") if isinstance(part, dict) else None
        yield from (relation for relation in found if isinstance(relation, dict)) if isinstance(found, list | tuple) else ()


def report_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one line of a ``REPORTS.jsonl``."""
    schema = msgspec.json.schema(Report)
    relation = schema["$defs"]["Relation"]
    relation["properties"][_IN_JSON] = relation["properties"].pop(_IN_CODE)
    relation["required"] = [_IN_JSON if name == _IN_CODE else name for name in relation["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"onrecord report {SCHEMA_VERSION}", **schema}


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """What ``corpus.json`` holds: the actors of all articles, without their reports."""

    schema_version: str
    articles: tuple[str, ...]
    """The ids of the articles, in their order."""
    actors: tuple[CorpusActor, ...]
    namesakes: tuple[Namesakes, ...]
    corrections: tuple[Outcome, ...]
    """What became of the editor's entries that are not of one article alone."""
    copies: tuple[Copy, ...]
    """Articles much of whose text stands in another."""
    repeats: tuple[Repeat, ...]
    """Quotes that a copy of their article has before."""


def encode_corpus(corpus: Corpus) -> bytes:
    """The actors across articles as one line of JSON in UTF-8, without a newline; the same bytes for the same corpus."""
    articles = tuple(report.article.id for report in corpus.reports)
    across = Across(
        schema_version=SCHEMA_VERSION,
        articles=articles,
        actors=corpus.actors,
        namesakes=corpus.namesakes,
        corrections=corpus.corrections,
        copies=corpus.copies,
        repeats=corpus.repeats,
    )
    return msgspec.json.encode(across)


def corpus_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``corpus.json``."""
    title = f"onrecord corpus {SCHEMA_VERSION}"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **msgspec.json.schema(Across)}
