"""The network of relations as a drawing: where its nodes and edges lie. No chance and no clock: the same relations, the same drawing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.render.facts import RelationFact
from onrecord.render.parties import Party

MOST_NODES = 40


@dataclass(frozen=True, slots=True)
class Node:
    """An actor on the ring."""

    party: Party
    x: str
    y: str
    label_x: str
    label_y: str
    side: str
    """Where its label begins: ``start``, ``middle`` or ``end``, as in SVG's text-anchor."""
    lines: tuple[str, ...]
    """The name, broken into lines."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation as a curve."""

    fact: RelationFact
    path: str
    label_x: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Network:
    """A drawing in a box of ``width`` by ``height``."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int
    """Actors that found no room."""


def draw_network(relations: Iterable[RelationFact]) -> Network:
    """The actors with most relations on a ring, at most forty, with their relations as curves between them."""
    edges = [one for one in relations if one.source.key and one.target.key and one.source.key != one.target.key]
    degrees = Counter(key for edge in edges for key in (edge.source.key, edge.target.key))
    parties = {party.key: party for edge in edges for party in (edge.source, edge.target)}
    kept = [key for key, _ in sorted(degrees.items(), key=lambda item: (-item[1], item[0]))[:MOST_NODES]]
    drawn = [edge for edge in edges if edge.source.key in kept and edge.target.key in kept]
    ring = _around(kept, drawn)
    width, height = 760, 360 + 14 * len(ring)
    centre, radii = (width / 2, height / 2), (width / 2 - 190, height / 2 - 56)
    places = {key: _place(turn, len(ring), centre, radii) for turn, key in enumerate(ring)}
    nodes = tuple(_node(parties[key], places[key], centre) for key in ring)
    return Network(width, height, nodes, tuple(_edges(drawn, places, centre)), len(degrees) - len(kept))


def _around(keys: list[str], edges: list[RelationFact]) -> list[str]:
    """The keys in an order that keeps neighbours near: each is followed by its nearest relation not yet placed."""
    beside: dict[str, list[str]] = {key: [] for key in keys}
    for edge in edges:
        beside[edge.source.key].append(edge.target.key)
        beside[edge.target.key].append(edge.source.key)
    ring: list[str] = []
    for key in keys:
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one not in ring:
                ring.append(one)
                waiting.extend(reversed(sorted(beside[one], key=lambda other: (len(beside[other]), other))))
    return ring


def _place(turn: int, count: int, centre: tuple[float, float], radii: tuple[float, float]) -> tuple[float, float]:
    angle = 2 * math.pi * turn / count - math.pi / 2
    return centre[0] + radii[0] * math.cos(angle), centre[1] + radii[1] * math.sin(angle)


def _node(party: Party, place: tuple[float, float], centre: tuple[float, float]) -> Node:
    x, y = place
    right, left = x > centre[0] + 40, x < centre[0] - 40
    lines = _lines(party.name)
    step = 12 if right else -12 if left else 0
    middle = 0 if step else (16 if y > centre[1] else -16 * len(lines))
    return Node(party, _at(x), _at(y), _at(x + step), _at(y + 4 + middle), "start" if right else "end" if left else "middle", lines)


def _lines(name: str, longest: int = 22) -> tuple[str, ...]:
    """A name in at most two lines, the second cut short if need be."""
    if len(name) <= longest:
        return (name,)
    cut = name.rfind(" ", 0, longest + 1)
    first, rest = (name[:cut], name[cut + 1 :]) if cut > 0 else (name[:longest], name[longest:])
    return first, rest if len(rest) <= longest else rest[: longest - 1] + "…"


def _edges(relations: list[RelationFact], places: dict[str, tuple[float, float]], centre: tuple[float, float]) -> Iterable[Edge]:
    drawn: Counter[frozenset[str]] = Counter()
    for fact in relations:
        pair = frozenset((fact.source.key, fact.target.key))
        (x1, y1), (x2, y2) = places[fact.source.key], places[fact.target.key]
        # Curves bend towards the centre; further relations of the same two actors bend further, so that none hides another.
        bend = 0.25 + 0.3 * drawn[pair]
        drawn[pair] += 1
        middle = ((x1 + x2) / 2, (y1 + y2) / 2)
        bow = (middle[0] + (centre[0] - middle[0]) * bend + 14 * drawn[pair], middle[1] + (centre[1] - middle[1]) * bend)
        start, end = _short_of((x1, y1), bow), _short_of((x2, y2), bow)
        yield Edge(
            fact,
            f"M{_at(start[0])} {_at(start[1])}Q{_at(bow[0])} {_at(bow[1])} {_at(end[0])} {_at(end[1])}",
            _at((x1 + 2 * bow[0] + x2) / 4),
            _at((y1 + 2 * bow[1] + y2) / 4),
        )


def _short_of(node: tuple[float, float], towards: tuple[float, float], gap: float = 9) -> tuple[float, float]:
    dx, dy = towards[0] - node[0], towards[1] - node[1]
    length = math.hypot(dx, dy) or 1
    return node[0] + dx / length * gap, node[1] + dy / length * gap


def _at(number: float) -> str:
    return f"{number:.1f}"
