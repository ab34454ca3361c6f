"""Files of a report site that are no pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import BaseLoader, Environment

from onrecord.model import Corpus
from onrecord.report_json import corpus_schema, encode_corpus, encode_report, report_schema

STYLE = "assets/onrecord.css"
SCRIPT = "assets/onrecord.js"
SCHEMA = "downloads/report.schema.json"
CORPUS = "downloads/corpus.json"
CORPUS_SCHEMA = "downloads/corpus.schema.json"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to be written as it is."""

    path: str
    """From the root of the site, with suffix."""
    content: bytes


def report_path(article_id: str) -> str:
    """Where an article's report lies."""
    return f"downloads/{article_id}/report.json"


def render_assets(corpus: Corpus, *, env: Environment) -> Iterator[Asset]:
    """The style sheet, the script, the JSON Schemas, the actors across articles, and every article's report.

    A file of the same name in an override folder replaces the style sheet or the script, as it does a template.
    """
    for path in (STYLE, SCRIPT):
        yield Asset(path, _source(env, path).encode())
    for path, schema in ((SCHEMA, report_schema()), (CORPUS_SCHEMA, corpus_schema())):
        yield Asset(path, json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    yield Asset(CORPUS, encode_corpus(corpus) + b"\n")
    for report in corpus.reports:
        yield Asset(report_path(report.article.id), encode_report(report) + b"\n")


def _source(env: Environment, path: str) -> str:
    loader = env.loader
    assert isinstance(loader, BaseLoader), "an environment of make_environment has a loader"
    return loader.get_source(env, path)[0]
