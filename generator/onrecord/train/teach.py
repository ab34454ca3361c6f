"""Teaches the classifier: what the rules propose in annotated articles, whether annotators marked it, and what tells the two apart.

First come the rates of lemmas, then the model of drafts. The model of neighbours needs the scores that drafts have in articles that the
model of drafts was not taught on: so that is fitted four times, each time on three quarters of the articles. The model of sources is
taught on the drafts that the first two believe.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec

from onrecord.extract.attributions.continuing import CONTINUING
from onrecord.extract.attributions.features import FeatureReader, frame_of
from onrecord.extract.attributions.find import propose, scenes
from onrecord.extract.attributions.judges import Classifier, Linear, TrainedJudge, chance, context_features, without_rivals
from onrecord.extract.attributions.paragraph import Draft, Scene
from onrecord.extract.attributions.source_candidates import NOBODY, option_features, source_options
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import reporting_verbs
from onrecord.train.fit import Example, Table, Tally, fit
from onrecord.train.gold import GoldAttribution, GoldText

CUE_ARTICLES = 3
"""A lemma may be a cue if annotators marked it in this many articles."""
FOLDS = 4
QUOTED, UNQUOTED = 0.5, 0.4
"""The scores from which drafts are believed, chosen on a quarter of the training articles for the F of contents and sources together."""
CONVENTIONAL = frozenset({"dash", "label", "turn"})
"""Frames of which the training articles have too few, or too few kinds: their labels are those of a handful of newsletters."""
_DRAFT, _CONTEXT, _SOURCE = 0.07, 0.1, 0.1
"""Inverse strength of the penalty of each model, chosen on the same quarter."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article as it was parsed and as it was annotated."""

    analysis: Analysis
    gold: tuple[GoldAttribution, ...]


@dataclass(frozen=True, slots=True)
class _Proposed:
    """The drafts of one scene with a cue of their own, and their examples."""

    article: str
    drafts: list[Draft]
    examples: list[Example]


def teach(lessons: Sequence[Lesson]) -> tuple[Table, Classifier]:
    """The table of rates and the classifier that articles teach; the same for the same articles."""
    tally = Tally()
    lemmas = _cue_lemmas(lessons)
    proposed: list[_Proposed] = []
    going_on: list[Example] = []
    for lesson in lessons:
        some, rest = _examples(lesson, lemmas, tally)
        proposed += some
        going_on += rest
    alone = fit([*(example for one in proposed for example in one.examples), *going_on], strength=_DRAFT)
    context = fit(_context_examples(proposed, going_on), strength=_CONTEXT, shared_by=4)
    taught = Classifier(
        lemmas=lemmas,
        conventions=CONVENTIONAL,
        draft=alone,
        context=context,
        source=Linear(0.0, {}),  # learned below, from the candidates that the rest finds
        quoted=QUOTED,
        unquoted=UNQUOTED,
    )
    source = fit([example for lesson in lessons for example in _source_examples(lesson, taught)], strength=_SOURCE, shared_by=4)
    return tally.table(), msgspec.structs.replace(taught, source=source)


def _cue_lemmas(lessons: Iterable[Lesson]) -> frozenset[str]:
    """The lemmas of words with content that several articles have in a cue, and the verbs of communication."""
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for lesson in lessons:
        for cue in (span for one in lesson.gold for span in one.cue):
            for token in lesson.analysis.tokens(cue):
                if token.pos_ in ("VERB", "AUX", "NOUN", "ADJ") and token.lemma_.isascii() and token.lemma_.isalpha():
                    articles[token.lemma_.lower()].add(lesson.analysis.article.id)
    return reporting_verbs() | {lemma for lemma, names in articles.items() if len(names) >= CUE_ARTICLES}


def _examples(lesson: Lesson, lemmas: frozenset[str], tally: Tally) -> tuple[list[_Proposed], list[Example]]:
    """What is proposed in an article, scene by scene; and what goes on with the right ones of these."""
    article = lesson.analysis.article
    gold = GoldText(article.text, lesson.gold)
    proposed: list[_Proposed] = []
    going_on: list[Example] = []
    for scene in scenes(lesson.analysis):
        reader = FeatureReader(scene)
        drafts = propose(scene, lemmas)
        right = [gold.is_right(scene, draft) for draft in drafts]
        examples = [
            Example(article.id, (frame_of(draft),), reader.features(draft), answer) for draft, answer in zip(drafts, right, strict=True)
        ]
        proposed.append(_Proposed(article.id, drafts, examples))
        for draft, answer in zip(drafts, right, strict=True):
            tally.add(draft, article.id, right=answer)
        scene.drafts.extend(without_rivals(replace(draft, score=1.0) for draft, answer in zip(drafts, right, strict=True) if answer))
        going_on += _going_on(scene, reader, gold, article.id, tally)
    return proposed, going_on


def _going_on(scene: Scene, reader: FeatureReader, gold: GoldText, article: str, tally: Tally) -> list[Example]:
    """The drafts of quotations that no right draft holds; the first right one is taken, and later ones go on with it."""
    examples: list[Example] = []
    for quotation in scene.quotations:
        if scene.holder(quotation) is not None:
            continue
        taken = False
        for draft in (draft for find in CONTINUING for draft in find(scene, quotation)):
            right = gold.is_right(scene, draft)
            examples.append(Example(article, (frame_of(draft),), reader.features(draft), right))
            if not taken:
                tally.add(draft, article, right=right)
            if right and not taken:
                scene.drafts.append(draft)
                taken = True
    return examples


def _context_examples(proposed: Sequence[_Proposed], going_on: Sequence[Example]) -> list[Example]:
    """Each draft with its score by a model that was not taught on its article, and what its neighbours' scores say."""
    result: list[Example] = []
    for fold in range(FOLDS):
        others = [example for one in proposed if fold_of(one.article) != fold for example in one.examples]
        model = fit([*others, *(example for example in going_on if fold_of(example.article) != fold)], strength=_DRAFT)
        for one in proposed:
            if fold_of(one.article) == fold:
                result += _with_neighbours(one, model)
    return result


def _with_neighbours(one: _Proposed, model: Linear) -> list[Example]:
    logits = [model.logit(example.keys, example.features) for example in one.examples]
    found = context_features(one.drafts, [chance(logit) for logit in logits])
    return [
        Example(example.article, example.keys, names, example.right, logit)
        for example, names, logit in zip(one.examples, found, logits, strict=True)
        if names is not None
    ]


def fold_of(article: str, folds: int = FOLDS) -> int:
    """Which fold an article is in, by its name: the same on every machine."""
    return zlib.crc32(article.encode()) % folds


def _source_examples(lesson: Lesson, taught: Classifier) -> list[Example]:
    """The options for the source of each believed draft that annotators marked."""
    judge = TrainedJudge(taught)
    article = lesson.analysis.article
    gold = GoldText(article.text, lesson.gold)
    result: list[Example] = []
    for scene in scenes(lesson.analysis):
        scored = judge.score(scene, propose(scene, taught.lemmas))
        for draft in without_rivals(draft for draft in scored if judge.believes(draft)):
            if not draft.cue or draft.named is not None:
                continue
            options = [*source_options(scene, draft), NOBODY]
            labels = gold.source_labels(scene, draft, options)
            if labels is not None:
                found = option_features(scene, draft, options)
                result += [Example(article.id, keys, names, right) for (keys, names), right in zip(found, labels, strict=True)]
    return result
