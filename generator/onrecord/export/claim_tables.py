"""The tables of claims and of comparisons between claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from onrecord.export.quote_tables import end_of, joined, ranges, start_of
from onrecord.export.table import ARTICLE, MODALITY, POLARITY, STATUS, Column, Scope, Table
from onrecord.model import Claim, ClaimKind, Comparison, ComparisonKind


def _verdict(claim: Claim, field: str) -> str | None:
    return getattr(claim.verdict, field) if claim.verdict else None


def _claims(scope: Scope) -> Iterator[Claim]:
    yield from scope.report.claims


CLAIMS: Table[Claim] = Table(
    "claims",
    "A clause that an article presents as true, evaluates or commits somebody to. A verdict is a person’s; the program checks none.",
    _claims,
    (
        Column(
            "claim", "string", "The claim’s id: the article’s, a slash, and its own.", lambda row: row.scope.key(row.item.id), required=True
        ),
        ARTICLE,
        Column(
            "asserter",
            "string",
            "Who stands behind it; empty when the speaker is unknown or undecided.",
            lambda row: row.scope.key(row.item.asserter),
            names="actors",
        ),
        Column("asserter_name", "string", "Their name.", lambda row: row.scope.name(row.item.asserter)),
        Column(
            "other_asserters",
            "array",
            "Who stands behind it together with the asserter.",
            lambda row: row.scope.keys(row.item.others),
        ),
        Column("quote", "string", "The quote that it stands in.", lambda row: row.scope.key(row.item.quote), names="quotes"),
        Column("via", "string", "The outlet that passed it on.", lambda row: row.scope.key(row.item.via), names="actors"),
        Column("parent", "string", "The claim that it is part of.", lambda row: row.scope.key(row.item.parent), names="claims"),
        Column("about", "array", "The actors in it, in text order.", lambda row: row.scope.keys(row.item.about)),
        Column("kind", "string", "What it does.", lambda row: row.item.kind, required=True, values=get_args(ClaimKind)),
        POLARITY,
        MODALITY,
        Column("text", "string", 'Its words, parts joined by " … ".', lambda row: joined(row.scope, row.item.spans), verbatim=True),
        Column("hedges", "array", "The words that hedge it.", lambda row: row.scope.several(row.item.hedges), verbatim=True),
        Column(
            "evaluative",
            "array",
            "The words that evaluate.",
            lambda row: row.scope.several(row.item.evaluative),
            verbatim=True,
        ),
        Column(
            "check_worthy",
            "array",
            "Why it may be worth checking, with the words: a ranking hint, never a verdict.",
            lambda row: [f"{one.kind}: {words}" if (words := row.scope.words(one)) else one.kind for one in row.item.check_worthy],
            verbatim=True,
        ),
        Column("start", "integer", "Where it begins, in Unicode code points of the article’s text.", lambda row: start_of(row.item.spans)),
        Column("end", "integer", "Where it ends, in the same unit: the first character after it.", lambda row: end_of(row.item.spans)),
        Column("spans", "array", "Start and end of each part, in the same unit.", lambda row: ranges(row.item.spans)),
        Column("boilerplate", "boolean", "It stands in a share or comment prompt.", lambda row: row.item.boilerplate, required=True),
        STATUS,
        Column("rule", "string", "The rule that found it.", lambda row: row.item.rule, required=True),
        Column("verdict", "string", "What a person found who checked it; empty where nobody did.", lambda row: _verdict(row.item, "text")),
        Column("verdict_by", "string", "Who checked it.", lambda row: _verdict(row.item, "by")),
        Column("verdict_date", "string", "When, in ISO 8601.", lambda row: _verdict(row.item, "date")),
        Column("verdict_summary", "string", "Why, in that person’s words.", lambda row: _verdict(row.item, "summary")),
        Column(
            "verdict_sources",
            "array",
            "The addresses that the verdict rests on.",
            lambda row: [source.url for source in row.item.verdict.sources] if row.item.verdict else [],
        ),
    ),
    key="claim",
)


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
