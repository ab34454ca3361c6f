"""The tables of actors, of mentions and of relations, and the table of edges for graph programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from onrecord.export.table import ARTICLE, MODALITY, POLARITIES, POLARITY, STATUS, Column, Scope, Table
from onrecord.model import (
    WITHHELD,
    Actor,
    ActorType,
    CorpusActor,
    Mention,
    MentionKind,
    Modality,
    Relation,
    RelationClass,
    UndecidedMention,
)


def _actors(scope: Scope) -> Iterator[Actor]:
    yield from scope.actors.values()


def _across(scope: Scope, actor: Actor) -> CorpusActor | None:
    return scope.across.get((scope.report.article.id, actor.id))


def _count(actor: Actor, kind: MentionKind) -> int:
    return sum(mention.kind == kind for mention in actor.mentions)


ACTORS: Table[Actor] = Table(
    "actors",
    "An actor of one article, the article’s own voice included. Rows with the same corpus_actor are taken for one across articles.",
    _actors,
    (
        Column(
            "actor", "string", "The actor’s id: the article’s, a slash, and its own.", lambda row: row.scope.key(row.item.id), required=True
        ),
        ARTICLE,
        Column(
            "corpus_actor",
            "string",
            "Its id across articles, which its page is named after; empty for places and the article’s own voice.",
            lambda row: merged.id if (merged := _across(row.scope, row.item)) else None,
        ),
        Column("name", "string", "The fullest name that this article gives.", lambda row: row.item.name, required=True),
        Column("corpus_name", "string", "The name on its page.", lambda row: row.scope.name(row.item.id), required=True),
        Column("type", "string", "What it is.", lambda row: row.item.type, required=True, values=get_args(ActorType)),
        Column(
            "aliases", "array", "Other names and descriptions, most frequent first.", lambda row: [one.name for one in row.item.aliases]
        ),
        Column(
            "roles",
            "array",
            "Titles, ranks and offices as stated.",
            lambda row: [one.text for one in row.item.roles if WITHHELD not in one.text],
        ),
        Column(
            "affiliations",
            "array",
            "The actors that these roles belong to, where the text names them.",
            lambda row: row.scope.keys(one.affiliation for one in row.item.roles if one.affiliation),
        ),
        Column(
            "links",
            "array",
            "Addresses of pages elsewhere that are about it, as the user’s file of actors gives them.",
            lambda row: list(merged.links) if (merged := _across(row.scope, row.item)) else [],
        ),
        STATUS,
        Column("mentions", "integer", "How often the article refers to it.", lambda row: len(row.item.mentions), required=True),
        Column("named", "integer", "Of these, by name.", lambda row: _count(row.item, "named"), required=True),
        Column("nominal", "integer", "Of these, by a description.", lambda row: _count(row.item, "nominal"), required=True),
        Column("modifier", "integer", 'Of these, as a modifier ("Iraqi forces").', lambda row: _count(row.item, "modifier"), required=True),
        Column("pronoun", "integer", "Of these, by a pronoun.", lambda row: _count(row.item, "pronoun"), required=True),
    ),
    key="actor",
)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention with who is meant: one actor, or else several candidates."""

    mention: Mention | UndecidedMention
    actor: str | None
    candidates: tuple[str, ...] = ()


def _mentions(scope: Scope) -> Iterator[Mentioned]:
    """The mentions of an article in text order, those of undecided actors among them."""
    decided = (Mentioned(mention, actor.id) for actor in scope.actors.values() for mention in actor.mentions)
    undecided = (Mentioned(mention, None, mention.candidates) for mention in scope.report.undecided)
    yield from sorted((*decided, *undecided), key=lambda one: (one.mention.start, one.mention.end, one.actor or ""))


def _mention_key(scope: Scope, mentioned: Mentioned) -> str | None:
    return scope.key(f"{mentioned.mention.start}-{mentioned.mention.end}/{mentioned.actor or '/'.join(mentioned.candidates)}")


MENTIONS: Table[Mentioned] = Table(
    "mentions",
    "A place where an article refers to an actor.",
    _mentions,
    (
        Column("mention", "string", "The mention’s id.", lambda row: _mention_key(row.scope, row.item), required=True),
        ARTICLE,
        Column(
            "actor", "string", "Who is meant; empty where that is undecided.", lambda row: row.scope.key(row.item.actor), names="actors"
        ),
        Column("actor_name", "string", "Their name.", lambda row: row.scope.name(row.item.actor)),
        Column(
            "candidates", "array", "The actors between whom the program could not decide.", lambda row: row.scope.keys(row.item.candidates)
        ),
        Column("kind", "string", "How the text refers.", lambda row: row.item.mention.kind, required=True, values=get_args(MentionKind)),
        Column(
            "start",
            "integer",
            "Where it begins, in Unicode code points of the article’s text.",
            lambda row: row.item.mention.start,
            required=True,
        ),
        Column(
            "end",
            "integer",
            "Where it ends, in the same unit: the first character after it.",
            lambda row: row.item.mention.end,
            required=True,
        ),
        Column("text", "string", "Its words.", lambda row: row.scope.words(row.item.mention), verbatim=True),
        Column("why", "string", "How the program joined it to its actor.", lambda row: row.item.mention.why),
    ),
    key="mention",
)


def _relations(scope: Scope) -> Iterator[Relation]:
    yield from scope.report.relations


def _asserters(scope: Scope, relation: Relation) -> list[str | None]:
    """The keys of those who assert the claims that a relation rests on, each once; None for an unknown speaker."""
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
"""It has no byte order mark: Gephi would take the mark for a part of the first column’s name, and not find the column ``Source``."""
