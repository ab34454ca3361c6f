"""Columns that several tables have: one name means one thing in all of them."""

from __future__ import annotations

from typing import Any, get_args

from onrecord.export.table import Column
from onrecord.model import Modality, Polarity, Review

# A report writes + and -, which a spreadsheet takes for the beginning of a formula.
POLARITIES: dict[Polarity, str] = {"+": "positive", "-": "negative"}

ARTICLE: Column[Any] = Column("article", "string", "The article.", lambda row: row.scope.report.article.id, required=True, names="articles")
STATUS: Column[Any] = Column(
    "status",
    "string",
    "What a person has made of it: machine (nothing), confirmed, corrected or added.",
    lambda row: row.item.status,
    required=True,
    values=get_args(Review),
)
POLARITY: Column[Any] = Column(
    "polarity",
    "string",
    "Whether it is negated.",
    lambda row: POLARITIES[row.item.polarity],
    required=True,
    values=tuple(POLARITIES.values()),
)
MODALITY: Column[Any] = Column(
    "modality", "string", "How it is presented.", lambda row: row.item.modality, required=True, values=get_args(Modality)
)
