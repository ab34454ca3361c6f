"""What became of a file of corrections, as lines for a terminal; and a file to begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onrecord.corrections.reading import Corrections
from onrecord.model import Corpus, Outcome

STARTER = """\
# What the editors know better than the program, one entry for each decision. On the page of an article, the notes offer entries
# ready to copy. An entry applies only while its words and their sentence stand in the article as they do here, each exactly once;
# otherwise it is held, and says so. onrecord check shows what became of each.
#
# corrections:
#   - action: speaker # or kind, rename, retype, merge, split, same, apart, verdict, ...: see onrecord schema corrections
#     id: who-said-unsafe # a name of your choice, once in this file
#     article: harbour-bridge # the file's name without its suffix
#     words: "The quay is unsafe"
#     sentence: "\\"The quay is unsafe,\\" she said."
#     was: "direct, Ada Lee" # what the program said when you decided
#     speaker:
#       words: Cora Moss
#       sentence: "Cora Moss, the harbour master, spoke first."
#     by: Your Name
#     date: 2026-03-14

corrections: []
"""


def outcomes_of(corpus: Corpus) -> tuple[Outcome, ...]:
    """What became of every entry, by their ids."""
    found = [*(one for report in corpus.reports for one in report.corrections), *corpus.corrections]
    return tuple(sorted(found, key=lambda one: one.id))


def tell(corrections: Corrections, corpus: Corpus) -> Iterator[str]:
    """A line for each entry in the order of the file, and one with the sums."""
    outcomes = {one.id: one for one in outcomes_of(corpus)}
    for entry in corrections.entries:
        one = outcomes[entry.id]
        yield f"{corrections.file}:{corrections.line(one.id)}: {one.id} ({one.action}): {one.status}. {one.message}"
    counts = Counter(one.status for one in outcomes.values())
    held = sum(one.held for one in outcomes.values())
    yield f"{len(outcomes)} corrections, {held} held" + "".join(f"; {count} {status}" for status, count in sorted(counts.items()))


def explain(corrections: Corrections, corpus: Corpus, id: str) -> Iterator[str]:
    """All that can be told of one entry; nothing where there is none with this id."""
    entry = next((one for one in corrections.entries if one.id == id), None)
    if entry is None:
        return
    one = next(outcome for outcome in outcomes_of(corpus) if outcome.id == id)
    yield f"{corrections.file}:{corrections.line(id)}: {id} ({one.action}) in {entry.article}"
    yield f"status: {one.status}{', held' if one.held else ''}. {one.message}"
    for path, anchor in entry.anchors():
        yield f"{path or 'words'}: {' … '.join(anchor.parts)}"
        yield f"  in: {anchor.sentence}"
    for label, value in (
        ("was", one.was),
        ("the program says", one.machine),
        ("now", one.now),
        ("by", one.by),
        ("on", one.date),
        ("note", one.note),
    ):
        if value:
            yield f"{label}: {value}"
