"""The table of dates."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.columns import ARTICLE
from onrecord.export.scope import Scope
from onrecord.export.table import Column, Table
from onrecord.model import Moment


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
