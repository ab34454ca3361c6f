"""The table of claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from onrecord.export.columns import ARTICLE, MODALITY, POLARITY, STATUS
from onrecord.export.scope import Scope
from onrecord.export.table import Column, Table
from onrecord.export.tables.quotes import end_of, joined, ranges, start_of
from onrecord.model import Claim, ClaimKind


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
