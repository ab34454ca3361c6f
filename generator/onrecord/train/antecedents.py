"""Teaches the ranker of antecedents from texts in which people marked who is who."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from spacy.language import Language

from onrecord.errors import TrainingError
from onrecord.extract.accurate.judge import SHIPPED
from onrecord.extract.accurate.reader import AccurateReader, WordStates
from onrecord.extract.actors.ranking import Ranker
from onrecord.extract.attributions.find import find_attributions
from onrecord.extract.attributions.judges import TrainedJudge, load_classifier
from onrecord.extract.language import analyse
from onrecord.options import ACCURATE, default_attribution
from onrecord.train.gold import SnippetReference, references_of

if TYPE_CHECKING:
    from onrecord.train.ranking import Lesson

_SNIPPET = 0.5
"""How much a snippet of GAP counts: its names were chosen to be hard to tell apart, and no article is so throughout."""


@dataclass(frozen=True, slots=True)
class TrainedRanker:
    """What was learnt, and from how much."""

    FILE: ClassVar[str] = "antecedents.json"

    texts: int
    ranker: Ranker

    def write(self, folder: Path) -> None:
        """Writes the ranker as JSON with sorted keys, byte for byte the same for the same texts. Raises :class:`TrainingError`."""
        file = folder / self.FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            fresh = file.with_name(f".{file.name}.new")
            fresh.write_bytes(msgspec.json.encode(self.ranker, order="deterministic") + b"\n")
            fresh.replace(file)
        except OSError as error:
            raise TrainingError(f"{folder}: cannot be written ({error.strerror}); name another folder with --out") from error


def teach_antecedents(sources: Sequence[Path], nlp: Language, track: Callable[[Sequence[Any]], Iterable[Any]] = iter) -> TrainedRanker:
    """What annotated texts teach. Raises :class:`TrainingError` where there are none, or SciPy is missing."""
    try:
        from onrecord.train.ranking import teach_ranker
    except ImportError as error:
        raise TrainingError(f"training needs {error.name}; pip install 'onrecord[train]'") from error
    lessons = list(lessons_of(sources, nlp, track))
    return TrainedRanker(len(lessons), teach_ranker(lessons))


def lessons_of(sources: Sequence[Path], nlp: Language, track: Callable[[Sequence[Any]], Iterable[Any]] = iter) -> Iterator[Lesson]:
    """The annotated texts of the sources, parsed, with what is said in them. Raises :class:`TrainingError` where there are none."""
    from onrecord.train.ranking import Lesson

    judge, reader = TrainedJudge(load_classifier()), _reader()
    for one in track(references_of(sources)):
        analysis = analyse(nlp, one.article)
        weight = _SNIPPET if isinstance(one.reference, SnippetReference) else 1.0
        context = WordStates.of(reader.states(one.article)) if reader is not None else None
        yield Lesson(analysis, find_attributions(analysis, judge)[0], one.reference, one.part, weight, context)


def _reader() -> AccurateReader | None:
    """The encoder that comes with the program; none where what it runs with is not installed: the ranker is then taught without it."""
    return AccurateReader(SHIPPED) if default_attribution() == ACCURATE else None
