"""The table of corrections: what became of each entry of the editor's file, with the program's own word beside the editor's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from onrecord.export.columns import ARTICLE
from onrecord.export.scope import Scope
from onrecord.export.table import Column, Table
from onrecord.export.tables.quotes import joined
from onrecord.model import CorrectionStatus, Outcome


def _outcomes(scope: Scope) -> Iterator[Outcome]:
    yield from scope.report.corrections


CORRECTIONS: Table[Outcome] = Table(
    "corrections",
    "What became of an entry of the editor’s file of corrections in one article. What the program said by itself stands beside what holds.",
    _outcomes,
    (
        Column("correction", "string", "The article’s id, a slash, the entry’s.", lambda row: row.scope.key(row.item.id), required=True),
        ARTICLE,
        Column("action", "string", "What it asks for.", lambda row: row.item.action, required=True),
        Column("status", "string", "What became of it.", lambda row: row.item.status, required=True, values=get_args(CorrectionStatus)),
        Column("held", "boolean", "Whether it changed nothing and waits for an editor.", lambda row: row.item.held, required=True),
        Column("message", "string", "The same for a reader, and why.", lambda row: row.item.message, verbatim=True),
        Column("item", "string", "The quote, claim or actor that it is about.", lambda row: row.scope.key(row.item.item or None)),
        Column("words", "string", "Its words, where they were found.", lambda row: joined(row.scope, row.item.spans), verbatim=True),
        Column("was", "string", "What the program said when the editor decided.", lambda row: row.item.was, verbatim=True),
        Column("machine", "string", "What the program says by itself now.", lambda row: row.item.machine, verbatim=True),
        Column("now", "string", "What the report says.", lambda row: row.item.now, verbatim=True),
        Column("by", "string", "Who decided.", lambda row: row.item.by),
        Column("date", "string", "When, as the entry has it.", lambda row: row.item.date),
        Column("note", "string", "Why, in their words.", lambda row: row.item.note),
    ),
    key="correction",
)
