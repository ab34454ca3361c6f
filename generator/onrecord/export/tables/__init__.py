"""The tables, each in a module of its own."""

from __future__ import annotations

from typing import Any

from onrecord.export.table import Table
from onrecord.export.tables.actors import ACTORS, MENTIONS
from onrecord.export.tables.articles import ARTICLES
from onrecord.export.tables.claims import CLAIMS
from onrecord.export.tables.comparisons import COMPARISONS
from onrecord.export.tables.corrections import CORRECTIONS
from onrecord.export.tables.moments import MOMENTS
from onrecord.export.tables.quotes import QUOTES
from onrecord.export.tables.relations import EDGES, RELATIONS
from onrecord.export.tables.sourcing import SOURCING

TABLES: tuple[Table[Any], ...] = (ARTICLES, ACTORS, MENTIONS, QUOTES, CLAIMS, COMPARISONS, RELATIONS, MOMENTS, SOURCING, CORRECTIONS)
"""Each is written as CSV and as JSON lines."""

GRAPH: Table[Any] = EDGES
"""Written as CSV only."""
