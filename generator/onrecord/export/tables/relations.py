"""The tables of relations, and of the graph that they make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from onrecord.export.columns import ARTICLE, MODALITY, POLARITIES, POLARITY
from onrecord.export.scope import Scope
from onrecord.export.table import Column, Table
from onrecord.model import Modality, Relation, RelationClass


def _relations(scope: Scope) -> Iterator[Relation]:
    yield from scope.report.relations


def _asserters(scope: Scope, relation: Relation) -> list[str | None]:
    """Who asserts the claims that it rests on, each once; null among them for an unknown speaker."""
    asserters = {claim.id: (claim.asserter, *claim.others) for claim in scope.report.claims}
    return list(dict.fromkeys(scope.key(asserter) for claim in relation.claims for asserter in asserters[claim]))


RELATIONS: Table[Relation] = Table(
    "relations",
    "Source, predicate, target: because a sentence says so. Standing in the same article makes no relation.",
    _relations,
    (
        Column(
            "relation",
            "string",
            "The relation’s id: the article’s, a slash, and its own.",
            lambda row: row.scope.key(row.item.id),
            required=True,
        ),
        ARTICLE,
        Column("source", "string", "Who does it.", lambda row: row.scope.key(row.item.source), required=True, names="actors"),
        Column("source_name", "string", "Their name.", lambda row: row.scope.name(row.item.source), required=True),
        Column("predicate", "string", "What they do.", lambda row: row.item.predicate, required=True),
        Column(
            "class",
            "string",
            "A class of the PLOVER event ontology, or affiliated.",
            lambda row: row.item.class_,
            required=True,
            values=get_args(RelationClass),
        ),
        Column("target", "string", "To whom.", lambda row: row.scope.key(row.item.target), required=True, names="actors"),
        Column("target_name", "string", "Their name.", lambda row: row.scope.name(row.item.target), required=True),
        Column("symmetric", "boolean", "Whether it holds in both directions.", lambda row: row.item.symmetric, required=True),
        POLARITY,
        MODALITY,
        Column("claims", "array", "The claims that it rests on.", lambda row: row.scope.keys(row.item.claims)),
        Column(
            "asserters",
            "array",
            "Who asserts these claims, each once; null for an unknown speaker.",
            lambda row: _asserters(row.scope, row.item),
        ),
        Column("trigger", "string", "The words that state it.", lambda row: row.scope.words(row.item.trigger), verbatim=True),
        Column(
            "start",
            "integer",
            "Where these begin, in Unicode code points of the article’s text.",
            lambda row: row.item.trigger.start,
            required=True,
        ),
        Column(
            "end",
            "integer",
            "Where they end, in the same unit: the first character after them.",
            lambda row: row.item.trigger.end,
            required=True,
        ),
        Column("rule", "string", "The rule that found it.", lambda row: row.item.rule, required=True),
    ),
    key="relation",
)

EDGES: Table[Relation] = Table(
    "edges",
    "A relation as an edge between actors across articles, for Gephi, which adds up the weights of parallel edges.",
    _relations,
    (
        Column("Source", "string", "Who does it, by the id across articles.", lambda row: row.scope.node(row.item.source), required=True),
        Column("Target", "string", "To whom, by the id across articles.", lambda row: row.scope.node(row.item.target), required=True),
        Column(
            "Type",
            "string",
            "Whether it has a direction.",
            lambda row: "Undirected" if row.item.symmetric else "Directed",
            required=True,
            values=("Directed", "Undirected"),
        ),
        Column("Weight", "integer", "1: an edge is one relation of one article.", lambda row: 1, required=True),
        Column("Label", "string", "What they do.", lambda row: row.item.predicate, required=True),
        Column(
            "Class",
            "string",
            "A PLOVER event class, or affiliated.",
            lambda row: row.item.class_,
            required=True,
            values=get_args(RelationClass),
        ),
        Column(
            "Polarity",
            "string",
            "Whether it is negated: such an edge says what did not happen.",
            lambda row: POLARITIES[row.item.polarity],
            required=True,
            values=tuple(POLARITIES.values()),
        ),
        Column("Modality", "string", "How it is presented.", lambda row: row.item.modality, required=True, values=get_args(Modality)),
        Column("Source name", "string", "The name of who does it.", lambda row: row.scope.name(row.item.source), required=True),
        Column("Target name", "string", "The name of to whom.", lambda row: row.scope.name(row.item.target), required=True),
        Column("Relation", "string", "The relation.", lambda row: row.scope.key(row.item.id), required=True, names="relations"),
    ),
    key="Relation",
    marked=False,
)
"""Without a byte order mark, which would become part of the first column’s name, by which Gephi knows where an edge begins."""
