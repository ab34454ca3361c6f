"""Who talks about whom: in how many quotes of a speaker somebody else is mentioned."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.render.facts import Facts, QuoteFact
from onrecord.render.parties import WITHOUT_PAGE, Parties, Party
from onrecord.render.words import plural

MOST_SPEAKERS, MOST_OTHERS = 12, 12
MOST_PAIRS, MOST_QUOTES = 60, 5


@dataclass(frozen=True, slots=True)
class Pair:
    """A speaker and somebody whom they talk about."""

    speaker: Party
    other: Party
    count: int
    """In how many quotes."""
    quotes: tuple[QuoteFact, ...]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside or above the cells."""

    name: str
    """Cut short if need be."""
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A circle whose area goes by the number of quotes."""

    count: int
    x: str
    y: str
    radius: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Speakers from top to bottom, those they talk about from left to right, in a box of ``width`` by ``height``."""

    width: int
    height: int
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    cells: tuple[Cell, ...]
    left: int
    top: int
    """Where the cells begin."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What ``partials/talk.html`` prints."""

    quotes: int
    """How many quotes mention somebody other than who speaks."""
    of_quotes: int
    """The denominator: the quotes whose speaker is known."""
    finding: str
    pairs: tuple[Pair, ...]
    more_pairs: int
    """How many pairs are not listed."""
    grid: Grid | None
    """None where a single speaker talks about others, which needs no picture."""
    more_speakers: int
    more_others: int
    """How many found no room in the picture."""


def find_talk(facts: Sequence[Facts], parties: Parties) -> Talk | None:
    """Counted are quotes that are taken as said and whose speaker is known, each once for a pair, and once where
    copies of an article repeat them; none where nobody talks about another."""
    tally = _Tally()
    for one in facts:
        mentions = _Mentions(one, parties)
        for quote in one.quotes:
            tally.add(quote, mentions)
    if not tally.counts:
        return None
    ranked = sorted(tally.counts.items(), key=lambda item: (-item[1], item[0]))
    pairs = tuple(Pair(tally.names[key[0]], tally.names[key[1]], count, tuple(tally.first[key])) for key, count in ranked[:MOST_PAIRS])
    talking, talked_about = _ranked(tally.counts, 0), _ranked(tally.counts, 1)
    return Talk(
        quotes=tally.quotes,
        of_quotes=tally.of_quotes,
        finding=_finding(tally.counts, tally.names, talked_about[0]),
        pairs=pairs,
        more_pairs=len(ranked) - len(pairs),
        grid=_draw(tally.counts, tally.names, talking[:MOST_SPEAKERS], talked_about[:MOST_OTHERS]) if len(talking) > 1 else None,
        more_speakers=max(0, len(talking) - MOST_SPEAKERS),
        more_others=max(0, len(talked_about) - MOST_OTHERS),
    )


@dataclass(slots=True)
class _Tally:
    """Quotes counted by speaker and whom they mention, by key."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str], list[QuoteFact]] = field(default_factory=dict)
    names: dict[str, Party] = field(default_factory=dict)
    quotes: int = 0
    of_quotes: int = 0

    def add(self, quote: QuoteFact, mentions: _Mentions) -> None:
        speakers = {party.key: party for party in (quote.speaker, *quote.others) if party.key}
        if not quote.counted or quote.repeated or not speakers:
            return
        self.of_quotes += 1
        others = {party.key: party for party in mentions.within(quote) if party.key not in speakers}
        self.quotes += bool(others)
        self.names |= speakers | others
        for pair in ((speaker, other) for speaker in speakers for other in others):
            self.counts[pair] += 1
            if self.counts[pair] <= MOST_QUOTES:
                self.first.setdefault(pair, []).append(quote)


class _Mentions:
    """The mentions of an article in text order; of narrator and places none, for they are no parties."""

    def __init__(self, facts: Facts, parties: Parties) -> None:
        report = facts.report
        named = [(actor, parties.party(report, actor.id)) for actor in report.actors if actor.type not in WITHOUT_PAGE]
        found = ((mention.start, mention.end, party) for actor, party in named for mention in actor.mentions)
        self._found = sorted(found, key=lambda one: (one[0], one[1], one[2].key))
        self._starts = [start for start, _, _ in self._found]

    def within(self, quote: QuoteFact) -> Iterator[Party]:
        """Those mentioned in the content of a quote, in text order."""
        for span in quote.quote.content:
            for _, end, party in self._found[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]:
                if end <= span.end:
                    yield party


def _ranked(counts: Counter[tuple[str, str]], side: int) -> list[str]:
    totals: Counter[str] = Counter()
    for pair, count in counts.items():
        totals[pair[side]] += count
    return sorted(totals, key=lambda key: (-totals[key], key))


def _finding(counts: Counter[tuple[str, str]], names: dict[str, Party], most: str) -> str:
    talkers = [pair[0] for pair in counts if pair[1] == most]
    times = sum(count for pair, count in counts.items() if pair[1] == most)
    return f"Talked about most is {names[most].name}: {plural(times, 'time')}, by {plural(len(talkers), 'speaker')}."


_CELL, _LEFT, _SLANT = 44, 190, 0.7071
_LONGEST = 24
"""Letters of a name that the picture has room for."""


def _draw(counts: Counter[tuple[str, str]], names: dict[str, Party], speakers: Sequence[str], others: Sequence[str]) -> Grid:
    top = 40 + round(7.5 * _SLANT * max(len(_cut(names[key].name)) for key in others))
    most = max(counts[speaker, other] for speaker in speakers for other in others)
    rows = tuple(
        Label(_cut(names[key].name), f"{_LEFT - 12}", f"{top + (place + 0.5) * _CELL + 5:.0f}") for place, key in enumerate(speakers)
    )
    columns = tuple(Label(_cut(names[key].name), f"{_LEFT + (place + 0.5) * _CELL:.0f}", f"{top - 10}") for place, key in enumerate(others))
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
