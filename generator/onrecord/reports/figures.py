"""How often quotes and reported speech are right: the measured figures that the package ships.

``figures.json`` is written by ``benchmarks/attribution.py --save`` and by nothing else. The method page, the notes beside an article and
the README all take their figures from it. It holds counts, no text of a corpus.

Terms. Annotated: what people marked in the text. Shown: what the program found there. Content right: letters and digits of the two overlap
with an intersection over union of at least 0.5, one to one, best first. Source right: the source shown covers the head word of the
annotated one, or the reverse, or they overlap as much; where people marked no source, none may be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.model import Confidence, Provenance, QuoteKind
from onrecord.options import TRAINED

FILE = Path(__file__).with_name("figures.json")

PUBLISHED = "dev"
"""The split whose figures pages show: PolNeAR 1.0, development articles (Newell et al. 2018)."""

TAUGHT = "train"
"""The split that the classifier was taught on."""

ACCURATE = " accurate"
"""What is added to the name of a split that was measured with the accurate reader, its merging by cross-validation."""

RULES = " rules"
"""Added to the name of a split that was measured by rules alone, without the trained model."""

CROSS_VALIDATED = " cross-validated"
"""Added to the name of a split in which each article was judged by a classifier that was trained on the other articles only."""

Class = Literal["direct", "mixed", "claim", "brief"]
"""``direct``: at least 80 % of the content's letters stand inside double quotation marks; ``mixed``: there is such a mark in it, but less
inside; ``claim``: no mark, six words or more; ``brief``: no mark, fewer words."""
CLASSES: tuple[Class, ...] = ("direct", "mixed", "claim", "brief")
GROUPS: Mapping[str, tuple[Class, ...]] = {
    "direct": ("direct",),
    "mixed": ("mixed",),
    "quoted": ("direct", "mixed"),
    "claim": ("claim",),
    "brief": ("brief",),
    "indirect": ("claim", "brief"),
    "core": ("direct", "mixed", "claim"),
    "all": CLASSES,
}
"""The rows of every table of figures: the single classes, and groups of them."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, each between 0 and 1; 0 where there was nothing to find or nothing was found."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for one class. A shown quote that matches an annotated one counts in the class of that one; any other in its own."""

    gold: int = 0
    """Quotes that people annotated."""
    shown: int = 0
    """Quotes that the program found."""
    content: int = 0
    """Shown quotes with the content right."""
    both: int = 0
    """Shown quotes with content and source right."""
    sourced: int = 0
    """Shown quotes with the content right, where people marked a source."""
    source: int = 0
    """Of these, those with the source right."""
    letters_gold: int = 0
    """Letters and digits of annotated content."""
    letters_gold_met: int = 0
    """Those of them that are also content of a shown quote."""
    letters_shown: int = 0
    """Letters and digits of shown content."""
    letters_shown_met: int = 0
    """Those of them that are also content of an annotated quote."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def contents(self) -> Score:
        """How well contents are found."""
        return Score(share(self.content, self.shown), share(self.content, self.gold))

    @property
    def contents_and_sources(self) -> Score:
        """How well contents are found together with their source."""
        return Score(share(self.both, self.shown), share(self.both, self.gold))

    @property
    def sources(self) -> float:
        """How often the source is right, given the content."""
        return share(self.source, self.sourced)

    @property
    def letters(self) -> Score:
        """How well contents are found, letter by letter."""
        return Score(share(self.letters_shown_met, self.letters_shown), share(self.letters_gold_met, self.letters_gold))


@dataclass(frozen=True, slots=True)
class LayoutShare:
    """How often annotated quotes of one layout are found with content and source right."""

    layout: str
    direct: int
    direct_right: int
    quoted: int
    """Direct and mixed together."""
    quoted_right: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often the quotes of one kind and of similar score, or of the same confidence, were right."""

    kind: QuoteKind
    band: str
    """``0.65 to 0.80`` of ``Quote.score``, or ``no score``; or a confidence: ``high``."""
    shown: int
    score: float | None
    """Their mean score; None where no quote has one."""
    content: int
    both: int

    @property
    def content_right(self) -> float:
        return share(self.content, self.shown)

    @property
    def both_right(self) -> float:
        return share(self.both, self.shown)


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was measured on one set of articles."""

    articles: int
    pipeline: str
    """Name and version of the spaCy pipeline."""
    classes: dict[Class, Tally]
    sure: dict[Class, Tally]
    """The same counts if only quotes of high confidence were shown."""
    layouts: tuple[LayoutShare, ...] = ()
    by_score: tuple[Reliability, ...] = ()
    by_confidence: tuple[Reliability, ...] = ()

    def group(self, name: str) -> Tally:
        """The counts of a row of :data:`GROUPS`."""
        return total(self.classes, GROUPS[name])

    def sure_group(self, name: str) -> Tally:
        """The counts of a row of :data:`GROUPS` if only quotes of high confidence were shown."""
        return total(self.sure, GROUPS[name])

    def reliability(self, kind: QuoteKind, confidence: Confidence) -> Reliability | None:
        """How often quotes of that kind and confidence were right; None where none was shown."""
        return next((row for row in self.by_confidence if (row.kind, row.band) == (kind, confidence)), None)


def total(tallies: Mapping[Class, Tally], classes: Iterable[Class]) -> Tally:
    """The sum of some classes."""
    return sum((tallies.get(name, Tally()) for name in classes), Tally())


def share(part: int, whole: int) -> float:
    """A part of a whole; nothing out of nothing is 0.

    >>> share(1, 4), share(0, 0)
    (0.25, 0.0)
    """
    return part / whole if whole else 0.0


def load_figures(file: Path = FILE) -> dict[str, Figures]:
    """The figures by split ("dev"); nothing where there is no file. Raises :class:`msgspec.DecodeError` on any other content."""
    return msgspec.json.decode(file.read_bytes(), type=dict[str, Figures]) if file.is_file() else {}


def figures_of(provenances: Iterable[Provenance], figures: Mapping[str, Figures]) -> Figures:
    """Of the published figures those that hold for the most of some reports; the trained classifier's, if none holds for any."""
    made = Counter(pipeline_of(one) for one in provenances)
    published = [figures[name] for name in (PUBLISHED, PUBLISHED + ACCURATE) if name in figures]
    return max(published, key=lambda one: made[one.pipeline])


def encode_figures(figures: Mapping[str, Figures]) -> bytes:
    """The content of ``figures.json``: one line a count, splits in alphabetical order."""
    return msgspec.json.format(msgspec.json.encode(dict(sorted(figures.items()))), indent=1) + b"\n"


def pipeline_of(provenance: Provenance) -> str:
    """What a report was made with, in the words of :attr:`Figures.pipeline`."""
    chosen = "" if provenance.attribution == TRAINED else f", attribution: {provenance.attribution}"
    return f"{provenance.model} {provenance.model_version}{chosen}"
