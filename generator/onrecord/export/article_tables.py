"""The tables of articles, of sourcing (who is heard, how much and how), and of dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from onrecord.corpus.sourcing import SourcingRow, find_sources, quoted_words, reported_words
from onrecord.export.table import ARTICLE, Column, Scope, Table
from onrecord.labels.terms import count_words
from onrecord.model import Identified, Moment, Report
from onrecord.options import TextMode


def _reports(scope: Scope) -> Iterator[Report]:
    yield scope.report


def _words(report: Report) -> int:
    """How many words the analysed prose of an article has."""
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


def _sources(scope: Scope) -> Iterator[SourcingRow]:
    yield from find_sources(scope.report)


def _quoted(scope: Scope, source: SourcingRow) -> int:
    return quoted_words(scope.report.article, source.quotes)


def _reported(scope: Scope, source: SourcingRow) -> int:
    return reported_words(scope.report.article, source.quotes)


def _sure(scope: Scope, source: SourcingRow) -> int:
    return quoted_words(scope.report.article, source.sure()) + reported_words(scope.report.article, source.sure())


def _first(source: SourcingRow) -> int | None:
    first = source.first()
    return first.start if first else None


def _place(scope: Scope, source: SourcingRow) -> float | None:
    """Where a source is first heard, as a share of the text rounded to thousandths; None if it is never heard."""
    first = source.first()
    return round(first.start / len(scope.report.article.text), 3) if first else None


SOURCING: Table[SourcingRow] = Table(
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
            "More that are negated, only supposed, mere stances or in a share prompt.",
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


def _moments(scope: Scope) -> Iterator[Moment]:
    yield from scope.report.moments


def _key(scope: Scope, moment: Moment) -> str | None:
    return scope.key("/".join(filter(None, (f"{moment.start}-{moment.end}", moment.quote, moment.claim))))


MOMENTS: Table[Moment] = Table(
    "moments",
    "A date in an article, resolved, and what it is the date of.",
    _moments,
    (
        Column("moment", "string", "The date’s id.", lambda row: _key(row.scope, row.item), required=True),
        ARTICLE,
        Column("value", "string", "ISO 8601 at the precision of the words: a day, week, month or year.", lambda row: row.item.value),
        Column("inferred", "boolean", "Whether it was reckoned from the day of publication.", lambda row: row.item.inferred, required=True),
        Column("quote", "string", "The quote that was said then.", lambda row: row.scope.key(row.item.quote), names="quotes"),
        Column("claim", "string", "The claim that tells of what happens then.", lambda row: row.scope.key(row.item.claim), names="claims"),
        Column("text", "string", "The words that give it.", lambda row: row.scope.words(row.item), verbatim=True),
        Column("start", "integer", "Where they begin, in Unicode code points of the article’s text.", lambda row: row.item.start),
        Column("end", "integer", "Where they end, in the same unit: the first character after them.", lambda row: row.item.end),
    ),
    key="moment",
)
