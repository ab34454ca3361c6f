"""Teaches how the findings of the model and the drafts of the rules are merged, on articles that neither was taught on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from spacy.language import Language

from onrecord.article import load_article
from onrecord.errors import TrainingError
from onrecord.extract.accurate.finding import Finding
from onrecord.extract.accurate.judge import MergeWeights, in_scene, proposals
from onrecord.extract.accurate.reader import MERGING, AccurateReader, Weights, hash_of, write_card
from onrecord.extract.attributions.find import scenes, settled_drafts
from onrecord.extract.attributions.judges import Judge, TrainedJudge, load_classifier
from onrecord.extract.language import Analysis, analyse
from onrecord.train.accurate import Track, taught_by
from onrecord.train.accurate.examples import Settings
from onrecord.train.gold import GoldAttribution, GoldText
from onrecord.train.teach import Example, fit

STRENGTH = 0.02
"""Inverse strength of the penalty, chosen by cross-validation over the development articles."""
SHARED_BY = 3
QUOTED, UNQUOTED = 0.5, 0.45
"""The scores from which proposals are believed, chosen in the same way for the F of contents and sources together."""


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """An article as both readers read it and as it was annotated."""

    analysis: Analysis
    findings: tuple[Finding, ...]
    gold: tuple[GoldAttribution, ...]


def read_twice(analysis: Analysis, gold: tuple[GoldAttribution, ...], reader: AccurateReader) -> ReadTwice:
    """An article with what the model finds in it."""
    return ReadTwice(analysis, reader.read(analysis.article), gold)


def merge_weights(articles: Sequence[ReadTwice], judge: Judge) -> MergeWeights:
    """The weights that articles teach; the same for the same articles."""
    examples = [example for one in articles for example in _examples(one, judge)]
    return MergeWeights(fit(examples, strength=STRENGTH, shared_by=SHARED_BY), QUOTED, UNQUOTED)


def teach_merging(folder: Path, model: Path, nlp: Language, track: Track) -> int:
    """Teaches the merging of a model's findings from the annotated articles of a folder, beside the model. Returns how many they are.

    Raises :class:`TrainingError` where there are none, and :class:`onrecord.errors.ModelError` where the model is missing or broken.
    """
    reader, judge = AccurateReader(model), TrainedJudge(load_classifier())
    gold = taught_by(folder, Settings(held=0))
    articles = [read_twice(analyse(nlp, load_article(one.path)), one.attributions, reader) for one in track(gold)]
    write_merging(model, merge_weights(articles, judge))
    return len(articles)


def _examples(one: ReadTwice, judge: Judge) -> Iterator[Example]:
    article = one.analysis.article
    gold = GoldText(article.text, one.gold)
    for scene in scenes(one.analysis):
        _, settled = settled_drafts(scene, judge)
        for proposal in proposals(scene, settled, in_scene(scene, one.findings)):
            right = gold.is_right(scene, proposal.merged)
            yield Example(article.id, proposal.keys, proposal.features, right, proposal.number)


def write_merging(folder: Path, weights: MergeWeights) -> None:
    """Puts the weights beside a model, and their hash on its card. Raises :class:`TrainingError`, and ModelError where there is no card."""
    content = msgspec.json.encode(weights, order="deterministic") + b"\n"
    card = Weights(folder).card
    changed = msgspec.structs.replace(card, files={**card.files, MERGING: hash_of(content)})
    try:
        (folder / MERGING).write_bytes(content)
        write_card(folder, changed)
    except OSError as error:
        raise TrainingError(f"{folder}: cannot be written ({error.strerror}); check its permissions") from error
