"""What became of each example, so that a change can be told example by example.

An example is kept as its article and offsets, without a word of it: ``{"5f3a09c1d2e4": {"right": ["104-160"], ...}}``. The article stands
as the beginning of the SHA-256 of its name, since names hold words of headlines. Its text is read from the data folder at hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from scoring import Comparison, same_source

from onrecord.model import Span

FILE = Path(__file__).parent / "figures" / "attribution.json"

State = Literal["right", "content", "missed", "extra"]
"""All right; found, but with another source, or as another actor's; not found; shown though nobody marked it."""
STATES: tuple[State, ...] = ("right", "content", "missed", "extra")
_WORTH = {"right": 2, "content": 1, "missed": 0, "extra": -1}

Places = dict[State, list[str]]
"""The offsets of the examples of one article, by what became of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """An example that became of something else than before."""

    article: str
    """The stem of its file."""
    content: tuple[Span, ...]
    before: State | None
    after: State | None
    """None: no example; something extra came or went."""

    @property
    def gained(self) -> bool:
        return _worth(self.after) > _worth(self.before)


def _worth(state: State | None) -> int:
    return 0 if state is None else _WORTH[state]


def name_of(article: str) -> str:
    """The name under which an article is kept."""
    return hashlib.sha256(article.encode()).hexdigest()[:12]


def places(comparison: Comparison) -> Places:
    """What became of the examples of one text, in text order."""
    found: list[tuple[tuple[Span, ...], State]] = []
    for i, gold in enumerate(comparison.gold):
        shown = comparison.found(i)
        found.append((gold.origin.content, "missed" if shown is None else "right" if same_source(gold, shown) else "content"))
    found.extend((item.origin.content, "extra") for item in comparison.spurious())
    return by_state(found)


def by_state(examples: Iterable[tuple[tuple[Span, ...], State]]) -> Places:
    """Examples by what became of them, in text order."""
    found = sorted(examples)
    return {state: [_written(content) for content, became in found if became == state] for state in STATES}


def changes(articles: Iterable[str], before: Mapping[str, Places], after: Mapping[str, Places]) -> Iterator[Change]:
    """The examples that became of something else, article by article in text order."""
    for article in articles:
        name = name_of(article)
        old, new = (_by_place(kept.get(name, {})) for kept in (before, after))
        for place in sorted({*old, *new}, key=_read):
            if old.get(place) != new.get(place):
                yield Change(article, _read(place), old.get(place), new.get(place))


def _by_place(kept: Mapping[State, Sequence[str]]) -> dict[str, State]:
    """The state of each place. What is extra with the very words of an example that was missed stays apart from it by its sign."""
    return {f"{place}+" if state == "extra" else place: state for state, some in kept.items() for place in some}


def _written(content: Iterable[Span]) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in content)


def _read(place: str) -> tuple[Span, ...]:
    return tuple(Span(*map(int, pair.split("-"))) for pair in place.rstrip("+").split())


def load_examples(file: Path = FILE) -> dict[str, dict[str, Places]]:
    """What became of the examples by split and article, as last saved; nothing where there is no file."""
    return msgspec.json.decode(file.read_bytes(), type=dict[str, dict[str, Places]]) if file.is_file() else {}


def encode_examples(examples: Mapping[str, Mapping[str, Places]]) -> bytes:
    """The content of the file, one article a line."""
    lines = [
        f'"{split}": {{\n' + ",\n".join(f'"{name}": {msgspec.json.encode(kept[name]).decode()}' for name in sorted(kept)) + "\n}"
        for split, kept in sorted(examples.items())
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()
