"""The table of articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from onrecord.export.scope import Scope
from onrecord.export.table import Column, Table
from onrecord.model import Report
from onrecord.options import TextMode
from onrecord.render.words import count_words


def _reports(scope: Scope) -> Iterator[Report]:
    yield scope.report


def _words(report: Report) -> int:
    return sum(count_words(leaf.span.of(report.article.text)) for leaf in report.article.paragraphs())


ARTICLES: Table[Report] = Table(
    "articles",
    "An article: what it says of itself, how much was found in it, and what made the report.",
    _reports,
    (
        Column("article", "string", "The article’s id: its file’s stem, made unique.", lambda row: row.item.article.id, required=True),
        Column("file", "string", "The name of its file.", lambda row: row.item.article.file),
        Column(
            "format", "string", "The format of its file.", lambda row: row.item.article.format, required=True, values=("md", "txt", "html")
        ),
        Column("title", "string", "Its title as given.", lambda row: row.item.article.meta.title),
        Column("byline", "string", "Its byline as given.", lambda row: row.item.article.meta.byline),
        Column("outlet", "string", "Where it was published, as given.", lambda row: row.item.article.meta.outlet),
        Column(
            "date",
            "string",
            "When it was published: an ISO 8601 date, with a time where one is given.",
            lambda row: row.item.article.meta.date,
        ),
        Column("url", "string", "Its address.", lambda row: row.item.article.meta.url),
        Column(
            "sha256",
            "string",
            "SHA-256 of the article’s text in UTF-8: offsets hold for this very text. Empty where some of it is withheld.",
            lambda row: row.item.article.sha256,
        ),
        Column(
            "characters",
            "integer",
            "The length of the text in Unicode code points; each word that is withheld is one.",
            lambda row: len(row.item.article.text),
            required=True,
        ),
        Column(
            "text",
            "string",
            "How much of the text is shown: full; excerpts, the sentences in which somebody is heard or related to somebody; none.",
            lambda row: row.item.article.withheld.mode if row.item.article.withheld else "full",
            required=True,
            values=get_args(TextMode),
        ),
        Column("words", "integer", "Words of the prose that is analysed.", lambda row: _words(row.item), required=True),
        Column("actors", "integer", "How many actors were found.", lambda row: len(row.item.actors), required=True),
        Column("quotes", "integer", "How many quotes, of all kinds.", lambda row: len(row.item.quotes), required=True),
        Column("claims", "integer", "How many claims.", lambda row: len(row.item.claims), required=True),
        Column("relations", "integer", "How many relations.", lambda row: len(row.item.relations), required=True),
        Column("copies", "array", "Other articles that have half of its sentences or more.", lambda row: list(row.scope.copies)),
        Column("notices", "array", "What a reader should know of how it was read.", lambda row: [one.message for one in row.item.notices]),
        Column(
            "onrecord", "string", "The version of onrecord that made the report.", lambda row: row.item.provenance.onrecord, required=True
        ),
        Column("spacy", "string", "The version of spaCy.", lambda row: row.item.provenance.spacy, required=True),
        Column("model", "string", "The language model.", lambda row: row.item.provenance.model, required=True),
        Column("model_version", "string", "Its version.", lambda row: row.item.provenance.model_version, required=True),
        Column(
            "attribution",
            "string",
            "How quotes were judged: trained, rules, or a classifier’s file.",
            lambda row: row.item.provenance.attribution,
        ),
    ),
    key="article",
)
