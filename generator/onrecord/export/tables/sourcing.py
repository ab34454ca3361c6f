"""The table of sourcing: who is heard, how much and how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from onrecord.export.columns import ARTICLE
from onrecord.export.scope import Scope
from onrecord.export.table import Column, Table
from onrecord.model import Identified
from onrecord.sourcing import Source, find_sources, quoted_words, reported_words


def _sources(scope: Scope) -> Iterator[Source]:
    yield from find_sources(scope.report)


def _quoted(scope: Scope, source: Source) -> int:
    return quoted_words(scope.report.article, source.quotes)


def _reported(scope: Scope, source: Source) -> int:
    return reported_words(scope.report.article, source.quotes)


def _sure(scope: Scope, source: Source) -> int:
    return quoted_words(scope.report.article, source.sure()) + reported_words(scope.report.article, source.sure())


def _first(source: Source) -> int | None:
    first = source.first()
    return first.start if first else None


def _place(scope: Scope, source: Source) -> float | None:
    """In thousandths of the text."""
    first = source.first()
    return round(first.start / len(scope.report.article.text), 3) if first else None


SOURCING: Table[Source] = Table(
    "sourcing",
    "A party of one article and what the article lets it say; zeros for one that is mentioned and never heard. It describes, and "
    "is no score of bias. What is negated, only supposed or a share prompt is not counted; what several say together counts for each.",
    _sources,
    (
        Column(
            "source",
            "string",
            "The actor’s id; where none is known, the article’s, /~ and the first quote’s.",
            lambda row: row.scope.key(row.item.id),
            required=True,
        ),
        ARTICLE,
        Column(
            "actor",
            "string",
            "The actor; empty where the text’s words for it lead to none.",
            lambda row: row.scope.key(row.item.actor),
            names="actors",
        ),
        Column("name", "string", "Its name.", lambda row: row.scope.name(row.item.actor)),
        Column("stated", "string", "The words for a source that leads to no actor.", lambda row: row.item.stated, verbatim=True),
        Column(
            "identified",
            "string",
            "How a reader can tell who it is: by name, by a role only, not because the source is kept back, as a group, as a document; or "
            "the program could not decide, or the text does not say.",
            lambda row: row.item.identified,
            required=True,
            values=get_args(Identified),
        ),
        Column(
            "candidates", "array", "The actors between whom the program could not decide.", lambda row: row.scope.keys(row.item.candidates)
        ),
        Column(
            "words_quoted", "integer", "Words of its own, inside quotation marks.", lambda row: _quoted(row.scope, row.item), required=True
        ),
        Column("words_reported", "integer", "Words that paraphrase it.", lambda row: _reported(row.scope, row.item), required=True),
        Column(
            "words_sure",
            "integer",
            "Of both, those in quotes found with high confidence.",
            lambda row: _sure(row.scope, row.item),
            required=True,
        ),
        Column("quotes_direct", "integer", "Direct quotes.", lambda row: row.item.count("direct"), required=True),
        Column("quotes_mixed", "integer", "Partly quoted.", lambda row: row.item.count("mixed"), required=True),
        Column("quotes_indirect", "integer", "Reported speech.", lambda row: row.item.count("indirect"), required=True),
        Column(
            "not_counted",
            "integer",
            "More that are negated, only supposed or in a share prompt.",
            lambda row: row.item.set_aside,
            required=True,
        ),
        Column(
            "first_start", "integer", "Where it is heard first, in Unicode code points of the article’s text.", lambda row: _first(row.item)
        ),
        Column(
            "first_place",
            "number",
            "The same as a share of the text: 0 is its beginning, 1 its end.",
            lambda row: _place(row.scope, row.item),
        ),
        Column(
            "verbs",
            "object",
            "Reporting verbs by lemma and how often each introduces it, most frequent first.",
            lambda row: row.item.verbs(),
        ),
    ),
    key="source",
)
