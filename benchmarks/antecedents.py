"""Cross-validates the ranker of antecedents on annotated texts: each is asked of a ranker that did not learn from it.

    python benchmarks/antecedents.py DATA/gum-other DATA/gum-news-dev DATA/gap/gap-validation.tsv

For each source and each group (he and she, it, they, descriptions of a person, of a body) it prints how many annotated ones were asked
about, what share was given the right actor, and what share of those that were given any is right. What grammar alone decides (relative
pronouns, reflexives) is not asked. The texts are parsed, learnt from twice, and asked: some minutes for some thousand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from onrecord.extract.actors.ranking import Ranker
from onrecord.extract.language import load_pipeline
from onrecord.options import DEFAULT_MODEL
from onrecord.train.antecedents import lessons_of
from onrecord.train.ranking import Example, Lesson, ask, fold_of, held_back

STEPS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def cross_validate(lessons: Sequence[Lesson]) -> Iterator[tuple[Lesson, Example, int, float]]:
    """Each question with the row that a ranker prefers that was taught by other texts, and its chance."""
    parts = [fold_of(lesson.part) for lesson in lessons]
    answered = [ask(lesson) for lesson in lessons]
    first = held_back(parts, answered)
    asked = [ask(lesson, first[part]) for lesson, part in zip(lessons, parts, strict=True)]
    second = held_back(parts, [[*one, *other] for one, other in zip(answered, asked, strict=True)])
    for lesson, part in zip(lessons, parts, strict=True):
        for example in ask(lesson, second[part]):
            yield lesson, example, *_best(second[part], example)


def _best(ranker: Ranker, example: Example) -> tuple[int, float]:
    chances = ranker.chances(example.group, example.rows)
    best = max(range(len(chances)), key=chances.__getitem__)
    return best, chances[best]


class Tally:
    """What became of the questions of one source and group."""

    def __init__(self) -> None:
        self.known = 0
        self.right: Counter[float] = Counter()
        self.wrong: Counter[float] = Counter()

    def add(self, example: Example, best: int, chance: float) -> None:
        """Counts one question at each threshold."""
        self.known += example.known
        for step in STEPS:
            if best < len(example.rows) - 1 and chance >= step:
                self.right[step] += best in example.right and example.known
                self.wrong[step] += best not in example.right

    def cells(self) -> Iterator[str]:
        """For each threshold what share of all is right, and of those decided."""
        for step in STEPS:
            right, decided = self.right[step], self.right[step] + self.wrong[step]
            yield f"{100 * right / max(1, self.known):.0f} / {100 * right / max(1, decided):.0f}"


@click.command(help="Cross-validate the ranker of antecedents on DATA: folders with text/ and gold/, or tables of GAP.")
@click.argument("sources", metavar="DATA...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="A spaCy pipeline, by name or path.")
def main(sources: tuple[Path, ...], model: str) -> None:
    nlp = load_pipeline(model)
    console = Console(stderr=True)
    lessons = {source: list(lessons_of([source], nlp, lambda texts: track(texts, "parsing", console=console))) for source in sources}
    source_of = {id(lesson): source.name for source, some in lessons.items() for lesson in some}
    tallies: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for lesson, example, best, chance in cross_validate([lesson for some in lessons.values() for lesson in some]):
        tallies[source_of[id(lesson)], example.group].add(example, best, chance)
    table = Table("source", "group", "asked", *(f"from {step}" for step in STEPS), title="right of all / of decided, in per cent")
    for (source, group), tally in sorted(tallies.items()):
        table.add_row(source, group, str(tally.known), *tally.cells())
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
