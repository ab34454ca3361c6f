"""The table of agreements and conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from onrecord.export.columns import ARTICLE
from onrecord.export.scope import Scope
from onrecord.export.table import Column, Table
from onrecord.model import Comparison, ComparisonKind


def _comparisons(scope: Scope) -> Iterator[Comparison]:
    yield from scope.report.comparisons


COMPARISONS: Table[Comparison] = Table(
    "comparisons",
    "Two claims of an article about the same event and parties, by different voices. Which of them is true it does not say.",
    _comparisons,
    (
        Column("comparison", "string", "The article’s id, a slash, and its own.", lambda row: row.scope.key(row.item.id), required=True),
        ARTICLE,
        Column(
            "kind",
            "string",
            "agrees: both say it; conflicts: both cannot be so as they stand; differs: one negates it, of something else.",
            lambda row: row.item.kind,
            required=True,
            values=get_args(ComparisonKind),
        ),
        Column(
            "first",
            "string",
            "The claim that comes first in the text.",
            lambda row: row.scope.key(row.item.first),
            required=True,
            names="claims",
        ),
        Column("second", "string", "The other claim.", lambda row: row.scope.key(row.item.second), required=True, names="claims"),
        Column("why", "string", "Where they meet or part.", lambda row: row.item.why, verbatim=True),
        Column(
            "shared",
            "array",
            "Words that mean the same: what they are in the first claim, then the words of each.",
            lambda row: [[one.part, row.scope.words(one.first), row.scope.words(one.second)] for one in row.item.shared],
            verbatim=True,
        ),
        Column(
            "apart",
            "array",
            "The words in which they differ.",
            lambda row: row.scope.several(row.item.apart),
            verbatim=True,
        ),
    ),
    key="comparison",
)
