"""The README's tables of figures, written from the figures themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from onrecord.figures import Figures

README = Path(__file__).parents[1] / "README.md"
_BEGIN, _END = "<!-- figures: written by benchmarks/attribution.py --save -->", "<!-- end of figures -->"
_ROWS = (
    ("direct", "direct"),
    ("mixed", "mixed"),
    ("reported, six words or more", "claim"),
    ("**all of these** (“core”)", "core"),
)


def with_figures(readme: str, figures: Figures) -> str:
    """The README with these figures. Raises :class:`ValueError` when it has no place for them."""
    pattern = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    if not pattern.search(readme):
        raise ValueError(f"README.md: has no lines {_BEGIN} and {_END}; put them where the figures belong")
    return pattern.sub(lambda _: f"{_BEGIN}\n\n{figures_text(figures)}\n\n{_END}", readme)


def figures_text(figures: Figures) -> str:
    """The tables as Markdown, in per cent."""
    head = ("", "annotated", "shown", "words right: P", "R", "F", "source right, given the words", "words and source right: P", "R", "F")
    rows = [(label, figures.group(name)) for label, name in _ROWS]
    rows.append(("the same, high confidence alone", figures.sure_group("core")))
    body = []
    for label, tally in rows:
        content, both = tally.contents, tally.contents_and_sources
        values = (content.precision, content.recall, content.f, tally.sources, both.precision, both.recall, both.f)
        body.append((label, str(tally.gold), str(tally.shown), *(f"{100 * value:.1f}" for value in values)))
    return "\n".join(_line(cells) for cells in (head, ["---"] * len(head), *body))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
