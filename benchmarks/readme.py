"""The tables of figures in the README and on the cards of the models, written from the figures themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from onrecord.extract.accurate.judge import SHIPPED
from onrecord.extract.attributions.judges import CLASSIFIER
from onrecord.reports.figures import ACCURATE, CROSS_VALIDATED, PUBLISHED, RULES, TAUGHT, Figures, Tally

README = Path(__file__).parents[1] / "README.md"
PAGES: Mapping[Path, str] = {
    README: ACCURATE,
    CLASSIFIER.with_name("MODEL_CARD.md"): "",
    SHIPPED / "MODEL_CARD.md": ACCURATE,
}
"""The pages with a table, and the reader whose it is: what is added to the name of a split, nothing for the trained classifier."""
_BEGIN, _END = "<!-- figures: written by benchmarks/attribution.py --save -->", "<!-- end of figures -->"
_ROWS = (
    ("direct", "direct"),
    ("mixed", "mixed"),
    ("reported, six words or more", "claim"),
    ("**core**: all of these", "core"),
)


def with_figures(page: str, figures: Mapping[str, Figures], reader: str = ACCURATE) -> str:
    """A page with the published of these figures, for a reader. Raises :class:`ValueError` when it has no place for them."""
    pattern = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"the page has no lines {_BEGIN} and {_END}; put them where the figures belong")
    return pattern.sub(lambda _: f"{_BEGIN}\n\n{figures_text(figures, reader)}\n\n{_END}", page)


def figures_text(figures: Mapping[str, Figures], reader: str = ACCURATE) -> str:
    """The table as Markdown, in per cent."""
    head = ("", "annotated", "shown", "words right: P", "R", "F", "source right, given the words", "words and source right: P", "R", "F")
    return "\n".join(
        _line(cells) for cells in (head, ["---"] * len(head), *(_cells(label, tally) for label, tally in _rows(figures, reader)))
    )


def _rows(figures: Mapping[str, Figures], reader: str) -> Iterator[tuple[str, Tally]]:
    published = figures.get(PUBLISHED + reader, figures[PUBLISHED])
    yield from ((label, published.group(name)) for label, name in _ROWS)
    yield "core, high confidence alone", published.sure_group("core")
    if published is not figures[PUBLISHED]:
        yield "core, the trained classifier without the accurate reader", figures[PUBLISHED].group("core")
    if without_model := figures.get(PUBLISHED + RULES):
        yield "core, rules without the trained model", without_model.group("core")
    others = figures.get(TAUGHT + CROSS_VALIDATED)
    if others and published is figures[PUBLISHED]:  # nobody has taught the accurate reader so often
        yield "quoted, on training articles by cross-validation", others.group("quoted")
        yield "core, on training articles by cross-validation", others.group("core")


def _cells(label: str, tally: Tally) -> Iterator[str]:
    content, both = tally.contents, tally.contents_and_sources
    shares = (content.precision, content.recall, content.f, tally.sources, both.precision, both.recall, both.f)
    yield from (label, f"{tally.gold:,}", f"{tally.shown:,}", *(f"{100 * value:.1f}" for value in shares))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
