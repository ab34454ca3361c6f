"""Two drawings: the relations between actors as arcs beside their names, and who talks about whom in how many quotes.

Both are computed without randomness, so that the same report gives the same bytes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.labels.terms import plural
from onrecord.render.views.facts import QuoteFact, RelationFact
from onrecord.render.views.parties import PartyView
from onrecord.render.views.profiles import Talk

MOST_NODES = 60
"""How many actors the picture of relations has room for."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, on a row of its own."""

    party: PartyView
    name: str
    """Cut short if need be."""
    y: str


@dataclass(frozen=True, slots=True)
class Arc:
    """Relations from one actor to another as an arc; those that are negated or supposed have one of their own."""

    facts: tuple[RelationFact, ...]
    path: str
    x: str
    y: str
    """Where the number of its first relation stands; both empty where others leave it no room."""
    told_y: str
    """The top of the place where it is told in words while a reader points at it."""
    predicates: str
    """What they state, each once: "accused, sued"."""

    @property
    def first(self) -> RelationFact:
        """The first of the relations."""
        return self.facts[0]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Actors who are related to one another: a drawing in a box of :data:`CLUSTER_WIDTH` by ``height``."""

    height: int
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The picture of relations: a drawing for each cluster, the largest first."""

    clusters: tuple[Cluster, ...]
    left_out: int
    """How many actors with relations found no room."""


CLUSTER_WIDTH = 352
"""As much as a phone of 390 pixels shows."""
_AXIS, _ROW, _WIDEST = 172, 28, 146
"""Where the arcs begin, the height of a row, and how far the widest arc reaches."""
_LONGEST_NAME = 20
"""How many letters of a name there is room for."""


def draw_network(relations: Iterable[RelationFact]) -> Network:
    """The actors with most relations, at most sixty, each with at least one relation that is drawn."""
    # Unknown parties cannot be drawn, and neither can an edge from an actor to itself.
    edges = [one for one in relations if one.source.key and one.target.key and one.source.key != one.target.key]
    degrees = Counter(key for edge in edges for key in (edge.source.key, edge.target.key))
    parties = {party.key: party for edge in edges for party in (edge.source, edge.target)}
    kept = _kept(edges, degrees)
    drawn = [edge for edge in edges if edge.source.key in kept and edge.target.key in kept]
    clusters = _clusters(sorted(kept, key=lambda key: (-degrees[key], key)), drawn)
    return Network(tuple(_cluster(keys, some, parties) for keys, some in clusters), len(degrees) - len(kept))


def _kept(edges: Iterable[RelationFact], degrees: Mapping[str, int]) -> set[str]:
    """The keys of the actors that are drawn. They come in pairs, so that none stands there without its relation."""
    pairs = {tuple(sorted((edge.source.key, edge.target.key))) for edge in edges}
    kept: set[str] = set()
    # Ties are broken by key, so that the same relations give the same drawing.
    for pair in sorted(pairs, key=lambda pair: (-degrees[pair[0]] - degrees[pair[1]], pair)):
        if len(kept | set(pair)) <= MOST_NODES:
            kept |= set(pair)
    return kept


_MOST_ROWS = 14
"""More related actors than so many are parted into drawings of one of them each, with those to whom it is related."""

Edges = list[RelationFact]


def _clusters(keys: Sequence[str], edges: Edges) -> list[tuple[list[str], Edges]]:
    """The actors of each drawing from top to bottom, with its relations: those who are related to nobody outside, the most first. A
    relation is in one drawing, and an actor of many relations may be in several."""
    clusters: list[tuple[list[str], Edges]] = []
    for walk in _walks(keys, edges):
        inside = [edge for edge in edges if edge.source.key in walk]
        clusters.extend([(walk, inside)] if len(walk) <= _MOST_ROWS else _parted(inside))
    return sorted(clusters, key=lambda cluster: -len(cluster[0]))


def _parted(edges: Edges) -> Iterator[tuple[list[str], Edges]]:
    """Drawings around the actor with most relations, then around the one with most of those that are left, until none is."""
    while edges:
        degrees = Counter(key for edge in edges for key in (edge.source.key, edge.target.key))
        hub = min(degrees, key=lambda key: (-degrees[key], key))
        beside = Counter(key for edge in edges for key in (edge.source.key, edge.target.key) if hub in (edge.source.key, edge.target.key))
        near = sorted(beside, key=lambda key: (key != hub, -beside[key], key))[:_MOST_ROWS]
        inside = [edge for edge in edges if edge.source.key in near and edge.target.key in near]
        yield _walks(near, inside)[0], inside
        edges = [edge for edge in edges if edge.source.key not in near or edge.target.key not in near]


def _walks(keys: Sequence[str], edges: Edges) -> list[list[str]]:
    """The actors, in an order that keeps related ones near one another, parted where none is related to those before: a depth-first walk
    that goes on with the related actor that has most relations."""
    beside: dict[str, list[str]] = {key: [] for key in keys}
    for edge in edges:
        beside[edge.source.key].append(edge.target.key)
        beside[edge.target.key].append(edge.source.key)
    seen: set[str] = set()
    walks: list[list[str]] = []
    for key in keys:
        waiting, walk = [key], list[str]()
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                walk.append(one)
                waiting.extend(sorted(beside[one], key=lambda other: (len(beside[other]), other), reverse=True))
        walks.append(walk)
    return [walk for walk in walks if walk]


def _cluster(keys: Sequence[str], edges: Edges, parties: Mapping[str, PartyView]) -> Cluster:
    rows = {key: row for row, key in enumerate(keys)}
    nodes = tuple(Node(parties[key], _cut(parties[key].name, _LONGEST_NAME), _at(_middle(row))) for key, row in rows.items())
    height = max(_ROW * len(keys), _TOLD)
    return Cluster(height, nodes, tuple(_arcs(edges, rows, height)))


_TOLD = 76
"""The height of the words that tell of an arc."""


def _middle(row: int) -> float:
    return _ROW * (row + 0.5)


def _arcs(edges: Iterable[RelationFact], rows: Mapping[str, int], height: int) -> Iterator[Arc]:
    groups: dict[tuple[str, str, bool, bool], list[RelationFact]] = {}
    for fact in edges:
        groups.setdefault((fact.source.key, fact.target.key, fact.plain, fact.symmetric), []).append(fact)
    longest = max((abs(rows[source] - rows[target]) for source, target, _, _ in groups), default=1)
    between: Counter[frozenset[str]] = Counter()  # how many arcs there are already between two actors
    taken: list[Point] = []
    for (source, target, _, _), facts in groups.items():
        pair = frozenset((source, target))
        reach = _reach(abs(rows[source] - rows[target]), longest) + 14 * between[pair]
        between[pair] += 1
        start, end = _middle(rows[source]), _middle(rows[target])
        spot = _free_spot(start, end, reach, taken)
        taken.extend([spot] if spot else [])
        x, y = map(_at, spot) if spot else ("", "")
        # The sweep of an SVG arc: to the right of the names, whichever way it goes.
        path = f"M{_AXIS} {_at(start)}A{_at(reach)} {_at(abs(end - start) / 2)} 0 0 {int(end > start)} {_AXIS} {_at(end)}"
        told = min(max(0.0, (spot[1] if spot else (start + end) / 2) - _TOLD / 2), height - _TOLD)
        yield Arc(tuple(facts), path, x, y, _at(told), ", ".join(dict.fromkeys(fact.predicate for fact in facts)))


def _reach(rows: int, longest: int) -> float:
    """How far an arc over so many rows reaches to the right, where the longest one is over ``longest`` rows."""
    return min(20.0 * rows + 4, _WIDEST) if longest <= 7 else 24 + (_WIDEST - 24) * (rows - 1) / (longest - 1)


def _free_spot(start: float, end: float, reach: float, taken: Sequence[Point]) -> Point | None:
    """A point for the number of an arc: the furthest from the names at which no other number is ``taken``; None if there is no such point,
    for two numbers in one place are none that can be read."""
    middle, half = (start + end) / 2, abs(end - start) / 2
    angles = [side * step * math.pi / 24 for step in range(10) for side in (1, -1)]
    spots = [(_AXIS + reach * math.cos(angle), middle + half * math.sin(angle)) for angle in angles]
    return next((spot for spot in spots if not any(_touch(spot, other) for other in taken)), None)


_NUMBER_WIDTH, _NUMBER_HEIGHT = 25, 14
"""The room of a number of three digits."""


def _touch(one: Point, other: Point) -> bool:
    """Whether numbers at two points would touch."""
    return abs(one[0] - other[0]) < _NUMBER_WIDTH and abs(one[1] - other[1]) < _NUMBER_HEIGHT


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
    top = 40 + round(7.5 * _SLANT * max(len(_cut(names[key].name, _LONGEST)) for key in others))
    most = max(counts[speaker, other] for speaker in speakers for other in others)
    rows = tuple(
        PersonLabel(_cut(names[key].name, _LONGEST), f"{_LEFT - 12}", f"{top + (place + 0.5) * _CELL + 5:.0f}")
        for place, key in enumerate(speakers)
    )
    columns = tuple(
        PersonLabel(_cut(names[key].name, _LONGEST), f"{_LEFT + (place + 0.5) * _CELL:.0f}", f"{top - 10}")
        for place, key in enumerate(others)
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


def _cut(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
