"""The figures in the README, in the guide and on the cards of the models, written from the figures themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from onrecord.extract.accurate.judge import SHIPPED
from onrecord.extract.attributions.judges import CLASSIFIER
from onrecord.reports.figures import ACCURATE, CROSS_VALIDATED, PUBLISHED, RULES, TAUGHT, Figures, Tally

README = Path(__file__).parents[1] / "README.md"
GUIDE = Path(__file__).parents[1] / "site" / "docs" / "guide" / "accuracy.md"
PAGES: Mapping[Path, str] = {
    README: ACCURATE,
    GUIDE: ACCURATE,
    CLASSIFIER.with_name("MODEL_CARD.md"): "",
    SHIPPED / "MODEL_CARD.md": ACCURATE,
}
"""The pages with figures, and the reader whose they are: what is added to the name of a split, nothing for the trained classifier."""
_ROWS = (
    ("direct", "direct"),
    ("mixed", "mixed"),
    ("reported, six words or more", "claim"),
    ("**core**: all of these", "core"),
)


def with_figures(page: str, figures: Mapping[str, Figures], reader: str = ACCURATE) -> str:
    """A page with the published of these figures, for a reader, wherever it has a place for them: all in a table, or four in a short one.

    Raises :class:`ValueError` when it has none.
    """
    found = False
    for name, text in (("figures", figures_text), ("numbers", numbers_text)):
        begin, end = f"<!-- {name}: written by benchmarks/attribution.py --save -->", f"<!-- end of {name} -->"
        before, there, rest = page.partition(begin)
        if there:
            found = True
            page = f"{before}{begin}\n\n{text(figures, reader)}\n\n{end}{rest.partition(end)[2]}"
    if not found:
        raise ValueError("the page has no place for figures; put <!-- figures: ... --> and <!-- end of figures --> where they belong")
    return page


def numbers_text(figures: Mapping[str, Figures], reader: str = ACCURATE) -> str:
    """Four figures as Markdown, for whoever reads no more than four."""
    published = figures.get(PUBLISHED + reader, figures[PUBLISHED])
    core, sure = published.group("core"), published.sure_group("core")
    said = (
        ("of 100 quotes and statements that it shows, are in the article with these words", core.contents.precision),
        ("… and with this speaker, too", core.contents_and_sources.precision),
        ("of 100 that it shows with high confidence, have the right words and speaker", sure.contents_and_sources.precision),
        ("of 100 that are in the article, are found with the right words and speaker", core.contents_and_sources.recall),
    )
    return "\n".join(_line(cells) for cells in (("", ""), ("---", "---"), *((label, f"**{100 * share:.0f}**") for label, share in said)))


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
