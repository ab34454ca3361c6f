"""The network of relations as a drawing: where its nodes and edges lie. No chance and no clock: the same relations, the same drawing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.render.facts import RelationFact
from onrecord.render.parties import Party

MOST_NODES = 40

Point = tuple[float, float]


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
class Label:
    """A relation's number, on its edge."""

    fact: RelationFact
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Relations from one actor to another as a curve; those that are negated or supposed have one of their own."""

    plain: bool
    symmetric: bool
    path: str
    labels: tuple[Label, ...]


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
    width, height = 860, 400 + 14 * len(ring)
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
                waiting.extend(sorted(beside[one], key=lambda other: (len(beside[other]), other), reverse=True))
    return ring


def _place(turn: int, count: int, centre: Point, radii: Point) -> Point:
    angle = 2 * math.pi * turn / count - math.pi / 2
    return centre[0] + radii[0] * math.cos(angle), centre[1] + radii[1] * math.sin(angle)


def _node(party: Party, place: Point, centre: Point) -> Node:
    x, y = place
    right, left = x > centre[0] + 40, x < centre[0] - 40
    lines = _lines(party.name)
    step = 12 if right else -12 if left else 0
    middle = 0 if step else (16 if y > centre[1] else -16 * len(lines))
    return Node(
        party=party,
        x=_at(x),
        y=_at(y),
        label_x=_at(x + step),
        label_y=_at(y + 4 + middle),
        side="start" if right else "end" if left else "middle",
        lines=lines,
    )


def _lines(name: str, longest: int = 22) -> tuple[str, ...]:
    """A name in at most two lines, the second cut short if need be."""
    if len(name) <= longest:
        return (name,)
    cut = name.rfind(" ", 0, longest + 1)
    first, rest = (name[:cut], name[cut + 1 :]) if cut > 0 else (name[:longest], name[longest:])
    return first, rest if len(rest) <= longest else rest[: longest - 1] + "…"


def _edges(relations: list[RelationFact], places: dict[str, Point], centre: Point) -> Iterator[Edge]:
    groups: dict[tuple[str, str, bool, bool], list[RelationFact]] = {}
    for fact in relations:
        groups.setdefault((fact.source.key, fact.target.key, fact.plain, fact.symmetric), []).append(fact)
    between: Counter[frozenset[str]] = Counter()
    taken: list[Point] = []
    for (source, target, plain, symmetric), facts in groups.items():
        pair = frozenset((source, target))
        curve = _curve(places[source], places[target], centre, between[pair])
        between[pair] += 1
        spots = _free_spots(curve, len(facts), taken)
        taken.extend(spots)
        start, bow, end = curve
        first, last = _short_of(start, bow), _short_of(end, bow)
        path = f"M{_at(first[0])} {_at(first[1])}Q{_at(bow[0])} {_at(bow[1])} {_at(last[0])} {_at(last[1])}"
        labels = tuple(Label(fact, _at(x), _at(y)) for fact, (x, y) in zip(facts, spots, strict=True))
        yield Edge(plain, symmetric, path, labels)


def _curve(start: Point, end: Point, centre: Point, before: int) -> tuple[Point, Point, Point]:
    """A curve that bends towards the centre; further ones between the same two actors bend further, so that none hides another."""
    bend = 0.25 + 0.3 * before
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    bow = (middle[0] + (centre[0] - middle[0]) * bend + 14 * before, middle[1] + (centre[1] - middle[1]) * bend)
    return start, bow, end


def _free_spots(curve: tuple[Point, Point, Point], count: int, taken: list[Point]) -> list[Point]:
    """Places in a row for the numbers of an edge, where no other number lies if there is room along the curve."""

    def row(part: float) -> list[Point]:
        x, y = _along(curve, part)
        return [(x + _LABEL * (turn - (count - 1) / 2), y) for turn in range(count)]

    rows = [row(part) for part in _PARTS]
    return next((spots for spots in rows if all(math.dist(spot, other) >= _LABEL for spot in spots for other in taken)), rows[0])


_LABEL = 26
"""The least distance between the middles of two numbers: each is a target of 24 by 24."""

_PARTS = tuple(0.5 + side * step / 40 for step in range(14) for side in (1, -1))
"""Where on a curve a number may stand, the middle first."""


def _along(curve: tuple[Point, Point, Point], part: float) -> Point:
    """A point of a quadratic curve."""
    (x1, y1), (bow_x, bow_y), (x2, y2) = curve
    a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return a * x1 + b * bow_x + c * x2, a * y1 + b * bow_y + c * y2


def _short_of(node: Point, towards: Point, gap: float = 9) -> Point:
    dx, dy = towards[0] - node[0], towards[1] - node[1]
    length = math.hypot(dx, dy) or 1
    return node[0] + dx / length * gap, node[1] + dy / length * gap


def _at(number: float) -> str:
    return f"{number:.1f}"
