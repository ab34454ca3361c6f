"""Which statements are compared: those of other voices with the same act and the same party, the nearest before each.

Everything is looked up by key, so the work and what comes of it grow with the number of statements and not with its square: two hundred
voices that say one thing would make twenty thousand pairs, which nobody reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.extract.comparisons.statement import Statement

NEAREST = 5
"""A statement is compared with so many before it that affirm the act of the party, and with as many that deny it."""
HELD = ("asserted", "presupposed", "probable")
"""The modalities of what is said to be so; with a plan only plans are compared."""

_Sort = tuple[str, str, str, bool]
"""What partners have in common: the act, the part and the key of a party, and whether it is said to be so."""


@dataclass(frozen=True, slots=True)
class Partners:
    """The pairs that are compared, and those that are not."""

    pairs: tuple[tuple[int, int], ...]
    """By the places of the statements, the first before the second; each once, in order."""
    left_out: int
    """At least so many further pairs of different voices have an act and a party in common."""


def find_partners(statements: Sequence[Statement]) -> Partners:
    """The pairs of statements to compare."""
    lines: dict[tuple[_Sort, str], _Line] = {}
    pairs, left_out = [], 0
    for place, statement in enumerate(statements):
        own, voice = list(_sorts(statement)), statement.claim.asserter or ""
        met = [[line for polarity in "+-" if (line := lines.get((sort, polarity)))] for sort in own]
        near = {one for several in met for line in several for one in line.nearest(voice)}
        pairs += [(one, place) for one in near]
        left_out += max(0, max((sum(line.of_others(voice) for line in several) for several in met), default=0) - len(near))
        for sort in own:
            lines.setdefault((sort, statement.claim.polarity), _Line()).add(place, voice)
    return Partners(tuple(sorted(pairs)), left_out)


def _sorts(statement: Statement) -> Iterator[_Sort]:
    held = statement.claim.modality in HELD
    for act in statement.act:
        yield from ((act, "acting", who, held) for who in statement.acting)
        yield from ((act, "undergoing", whom, held) for whom in statement.undergoing)


@dataclass(slots=True)
class _Line:
    """Statements of one sort and polarity, in text order."""

    _places: list[int] = field(default_factory=list)
    _voices: list[str] = field(default_factory=list)
    _skips: list[int] = field(default_factory=list)
    """For each the last one before it of another voice; -1 for none. So a voice that goes on and on is passed over in one step."""
    _counts: Counter[str] = field(default_factory=Counter)

    def add(self, place: int, voice: str) -> None:
        last = len(self._places) - 1
        self._skips.append(last if last < 0 or self._voices[last] != voice else self._skips[last])
        self._places.append(place)
        self._voices.append(voice)
        self._counts[voice] += 1

    def of_others(self, voice: str) -> int:
        """How many are of other voices."""
        return len(self._places) - self._counts[voice]

    def nearest(self, voice: str) -> Iterator[int]:
        """The places of the last ones of other voices."""
        at, taken = len(self._places) - 1, 0
        while at >= 0 and taken < NEAREST:
            if self._voices[at] == voice:
                at = self._skips[at]
            else:
                yield self._places[at]
                at, taken = at - 1, taken + 1
