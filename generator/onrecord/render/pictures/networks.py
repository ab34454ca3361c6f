"""Two drawings: the network of relations between actors, and who talks about whom in how many quotes.

Both are computed without randomness, so that the same report gives the same bytes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.labels.terms import plural
from onrecord.render.views.facts import QuoteFact, RelationFact
from onrecord.render.views.parties import PartyView
from onrecord.render.views.profiles import Talk

MOST_NODES = 40
"""How many actors the network has room for."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """An actor on the ring."""

    party: PartyView
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
    """How many actors found no room."""


def draw_network(relations: Iterable[RelationFact]) -> Network:
    """The actors with most relations on a ring, at most forty, with their relations as curves between them."""
    # Unknown parties cannot be drawn, and neither can an edge from an actor to itself.
    edges = [one for one in relations if one.source.key and one.target.key and one.source.key != one.target.key]
    degrees = Counter(key for edge in edges for key in (edge.source.key, edge.target.key))
    parties = {party.key: party for edge in edges for party in (edge.source, edge.target)}
    # Ties are broken by key, so that the same relations give the same drawing.
    kept = [key for key, _ in sorted(degrees.items(), key=lambda item: (-item[1], item[0]))[:MOST_NODES]]
    drawn = [edge for edge in edges if edge.source.key in kept and edge.target.key in kept]
    ring = _around(kept, drawn)
    # Taller with each actor, so that names do not overlap; the margins left and right hold the longest name.
    width, height = 860, 400 + 14 * len(ring)
    centre, radii = (width / 2, height / 2), (width / 2 - 190, height / 2 - 56)
    places = {key: _place(turn, len(ring), centre, radii) for turn, key in enumerate(ring)}
    nodes = tuple(_node(parties[key], places[key], centre) for key in ring)
    return Network(width, height, nodes, tuple(_edges(drawn, places, centre)), len(degrees) - len(kept))


def _around(keys: list[str], edges: list[RelationFact]) -> list[str]:
    """The actors in an order that keeps related ones near one another: a depth-first walk that goes on with the related actor that has most
    relations."""
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
    """The point of one of ``count`` actors on the ellipse, clockwise from the top."""
    # From the top, where the angle is minus a quarter turn.
    angle = 2 * math.pi * turn / count - math.pi / 2
    return centre[0] + radii[0] * math.cos(angle), centre[1] + radii[1] * math.sin(angle)


def _node(party: PartyView, place: Point, centre: Point) -> Node:
    # Labels stand outside of the ring: to the right, to the left, or above and below at its top and bottom.
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
    between: Counter[frozenset[str]] = Counter()  # how many curves there are already between two actors
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
    """The start, control point and end of a curve that bends towards the centre. The more curves there are ``before`` it between the same
    two actors, the further it bends, so that none hides another."""
    bend = 0.25 + 0.3 * before
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    bow = (middle[0] + (centre[0] - middle[0]) * bend + 14 * before, middle[1] + (centre[1] - middle[1]) * bend)
    return start, bow, end


def _free_spots(curve: tuple[Point, Point, Point], count: int, taken: list[Point]) -> list[Point]:
    """Points for the numbers of an edge, side by side. They stand where no other number is ``taken``; in the middle of the
    curve, if there is no such place."""

    def row(part: float) -> list[Point]:
        x, y = _along(curve, part)
        return [(x + _LABEL * (turn - (count - 1) / 2), y) for turn in range(count)]

    rows = [row(part) for part in _PARTS]
    return next((spots for spots in rows if all(math.dist(spot, other) >= _LABEL for spot in spots for other in taken)), rows[0])


_LABEL = 26
"""The least distance between the middles of two numbers: each can be clicked in a square of 24 by 24."""

_PARTS = tuple(0.5 + side * step / 40 for step in range(14) for side in (1, -1))
"""Where on a curve a number may stand, as parts of its length: the middle, then further out in turn on both sides."""


def _along(curve: tuple[Point, Point, Point], part: float) -> Point:
    """The point at a part of a quadratic Bézier curve, from 0 to 1."""
    (x1, y1), (bow_x, bow_y), (x2, y2) = curve
    a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return a * x1 + b * bow_x + c * x2, a * y1 + b * bow_y + c * y2


def _short_of(node: Point, towards: Point, gap: float = 9) -> Point:
    """The point a little before a node, so that the head of an arrow is not hidden under it."""
    dx, dy = towards[0] - node[0], towards[1] - node[1]
    length = math.hypot(dx, dy) or 1
    return node[0] + dx / length * gap, node[1] + dy / length * gap


def _at(number: float) -> str:
    return f"{number:.1f}"


MOST_SPEAKERS, MOST_OTHERS = 12, 12
"""How many rows and columns the picture of who talks about whom has room for."""
MOST_PAIRS = 60
"""How many pairs its table lists."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A speaker and somebody whom they talk about."""

    speaker: PartyView
    other: PartyView
    count: int
    """In how many quotes the speaker mentions the other."""
    quotes: tuple[QuoteFact, ...]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class PersonLabel:
    """A name beside or above the cells."""

    name: str
    """Cut short if need be."""
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A circle whose size grows with the number of quotes."""

    count: int
    x: str
    y: str
    radius: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Speakers from top to bottom, those they talk about from left to right, in a box of ``width`` by ``height``."""

    width: int
    height: int
    rows: tuple[PersonLabel, ...]
    columns: tuple[PersonLabel, ...]
    cells: tuple[Cell, ...]
    left: int
    top: int
    """Where the cells begin."""


@dataclass(frozen=True, slots=True)
class TalkedAbout:
    """Who talks about whom: what ``partials/talk.html`` prints."""

    quotes: int
    """How many quotes mention somebody other than who speaks."""
    of_quotes: int
    """The denominator: the quotes whose speaker is known."""
    finding: str
    """What the picture shows, in a sentence."""
    pairs: tuple[Pair, ...]
    more_pairs: int
    """How many pairs are not listed."""
    grid: Grid | None
    """The picture; None where only one speaker talks about others, which needs none."""
    more_speakers: int
    more_others: int
    """How many found no room in the picture."""


def find_talked_about(talk: Talk) -> TalkedAbout | None:
    """Who talks about whom, for a page; None where nobody talks about another."""
    if not talk.counts:
        return None
    shown = talk.ranked[:MOST_PAIRS]
    pairs = tuple(Pair(talk.names[key[0]], talk.names[key[1]], count, tuple(talk.first[key])) for key, count in shown)
    talking, talked_about = _ranked(talk.counts, 0), _ranked(talk.counts, 1)
    return TalkedAbout(
        quotes=talk.quotes,
        of_quotes=talk.of_quotes,
        finding=_finding(talk.counts, talk.names, talked_about[0]),
        pairs=pairs,
        more_pairs=len(talk.ranked) - len(pairs),
        grid=_draw(talk.counts, talk.names, talking[:MOST_SPEAKERS], talked_about[:MOST_OTHERS]) if len(talking) > 1 else None,
        more_speakers=max(0, len(talking) - MOST_SPEAKERS),
        more_others=max(0, len(talked_about) - MOST_OTHERS),
    )


def _ranked(counts: Counter[tuple[str, str]], side: int) -> list[str]:
    totals: Counter[str] = Counter()
    for pair, count in counts.items():
        totals[pair[side]] += count
    return sorted(totals, key=lambda key: (-totals[key], key))


def _finding(counts: Counter[tuple[str, str]], names: dict[str, PartyView], most: str) -> str:
    talkers = [pair[0] for pair in counts if pair[1] == most]
    times = sum(count for pair, count in counts.items() if pair[1] == most)
    return f"Talked about most is {names[most].name}: {plural(times, 'time')}, by {plural(len(talkers), 'speaker')}."


_CELL, _LEFT, _SLANT = 44, 190, 0.7071
"""The side of a cell, the room for names left of the cells, and the height of a slanted name per unit of its length (the sine of 45°)."""
_LONGEST = 24
"""How many letters of a name the picture has room for."""


def _draw(counts: Counter[tuple[str, str]], names: dict[str, PartyView], speakers: Sequence[str], others: Sequence[str]) -> Grid:
    # Names over the columns are slanted; 7.5 is about the width of a letter.
    top = 40 + round(7.5 * _SLANT * max(len(_cut(names[key].name)) for key in others))
    most = max(counts[speaker, other] for speaker in speakers for other in others)
    rows = tuple(
        PersonLabel(_cut(names[key].name), f"{_LEFT - 12}", f"{top + (place + 0.5) * _CELL + 5:.0f}") for place, key in enumerate(speakers)
    )
    columns = tuple(
        PersonLabel(_cut(names[key].name), f"{_LEFT + (place + 0.5) * _CELL:.0f}", f"{top - 10}") for place, key in enumerate(others)
    )
    cells = tuple(
        Cell(
            counts[speaker, other],
            f"{_LEFT + (column + 0.5) * _CELL:.0f}",
            f"{top + (row + 0.5) * _CELL:.0f}",
            f"{10 + 11 * (counts[speaker, other] / most) ** 0.5:.1f}",
        )
        for row, speaker in enumerate(speakers)
        for column, other in enumerate(others)
        if counts[speaker, other]
    )
    width = _LEFT + _CELL * len(others) + top
    return Grid(width=width, height=top + _CELL * len(speakers) + 4, rows=rows, columns=columns, cells=cells, left=_LEFT, top=top)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
