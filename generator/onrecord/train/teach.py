"""Teaches the classifier: what the rules propose in annotated articles, whether annotators marked it, and what tells the two apart."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from onrecord.extract.attributions.attribution import Draft, Scene
from onrecord.extract.attributions.continuing import CONTINUING
from onrecord.extract.attributions.cues import COMMUNICATION, CONVENTIONS, POOLED, pool_of
from onrecord.extract.attributions.features import NOBODY, FeatureReader, candidate_features, frame_of, source_candidates
from onrecord.extract.attributions.find import propose, scenes
from onrecord.extract.attributions.judges import GENERAL, Classifier, Linear, TrainedJudge, chance, context_features, resolve_conflicts
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import reporting_verbs
from onrecord.train.gold import GoldAttribution, GoldText

SHARED_BY = 8
"""A feature has a weight only if this many articles have it: what one text alone has is not learnt, and cannot be read back."""
_NEGLIGIBLE = 0.02
"""Weights nearer to zero are left out of the model."""
_DIGITS = 3
SEED = 0


@dataclass(frozen=True, slots=True)
class Example:
    """An item with its answer."""

    article: str
    keys: tuple[str, ...]
    features: list[str]
    right: bool
    number: float = 0.0


def fit(examples: Sequence[Example], *, strength: float, shared_by: int = SHARED_BY) -> Linear:
    """A logistic regression with L2 penalty 1/``strength``; the same for the same examples, in the same order."""
    index = {pair: n for n, pair in enumerate(_shared(examples, shared_by))}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for example in examples:
        known = [index[pair] for pair in _pairs(example) if pair in index]
        columns += [*known, len(index)]
        values += [*([1.0] * len(known)), example.number]
        ends.append(len(columns))
    matrix = csr_matrix((values, columns, ends), shape=(len(examples), len(index) + 1))
    model = LogisticRegression(C=strength, solver="liblinear", random_state=SEED)
    model.fit(matrix, np.array([example.right for example in examples]))
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (key, name), n in index.items():
        weight = round(float(model.coef_[0][n]), _DIGITS)
        if abs(weight) >= _NEGLIGIBLE:
            weights[key][name] = weight
    return Linear(round(float(model.intercept_[0]), _DIGITS), dict(weights), round(float(model.coef_[0][len(index)]), _DIGITS))


def _pairs(example: Example) -> Iterator[tuple[str, str]]:
    return ((key, name) for key in (GENERAL, *example.keys) for name in example.features)


def _shared(examples: Sequence[Example], shared_by: int) -> list[tuple[str, str]]:
    """The pairs of key and feature that enough articles have, in alphabetical order."""
    articles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for example in examples:
        for pair in _pairs(example):
            if len(articles[pair]) < shared_by:
                articles[pair].add(example.article)
    return sorted(pair for pair, names in articles.items() if len(names) >= shared_by)


ARTICLES_SHARED_BY = 3
"""A lemma that fewer articles have in a frame is pooled."""
IDLE = 0.25
"""Below this share of hits a lemma's own count would never be believed, and is not kept."""
_SIGNS = (":", "\u2014")

Table = dict[str, dict[str, tuple[int, int]]]
"""By frame and lemma: how many drafts were right, of how many."""


class CueTally:
    """Hits and places for each frame and lemma, with the articles in which the lemma stood."""

    def __init__(self) -> None:
        self._hits: Counter[tuple[str, str]] = Counter()
        self._places: Counter[tuple[str, str]] = Counter()
        self._articles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def add(self, draft: Draft, article: str, *, right: bool) -> None:
        """Counts one draft."""
        key = (frame_of(draft), draft.lemma)
        self._places[key] += 1
        self._hits[key] += right
        self._articles[key].add(article)

    def table(self) -> Table:
        """Counts by frame and lemma in alphabetical order, the lemmas of too few articles pooled; frames of a convention are left out."""
        table: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for key in sorted(self._places):
            frame, lemma = key
            if frame in CONVENTIONS:
                continue
            name = lemma if len(self._articles[key]) >= ARTICLES_SHARED_BY and _is_word(lemma) else pool_of(lemma)
            hits, places = table[frame].get(name, (0, 0))
            table[frame][name] = (hits + self._hits[key], places + self._places[key])
        return {frame: _without_idle(lemmas) for frame, lemmas in table.items()}


def _is_word(lemma: str) -> bool:
    return lemma in _SIGNS or all(part.isascii() and part.isalpha() for part in lemma.split())


def _without_idle(lemmas: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Lemmas that hardly ever attribute join the pool, unless the pool's rate would then hide that."""
    hits = sum(hit for hit, _ in lemmas.values())
    places = sum(place for _, place in lemmas.values())
    if hits >= IDLE * places:
        return lemmas
    kept = {
        lemma: (hit, place) for lemma, (hit, place) in lemmas.items() if lemma == COMMUNICATION or (lemma != POOLED and hit >= IDLE * place)
    }
    pool = (hits - sum(hit for hit, _ in kept.values()), places - sum(place for _, place in kept.values()))
    return dict(sorted({**kept, POOLED: pool}.items()))


CUE_ARTICLES = 3
"""A lemma may be a cue if annotators marked it in this many articles."""
FOLDS = 4
QUOTED, UNQUOTED = 0.5, 0.4
"""The scores from which drafts are believed, chosen on a quarter of the training articles for the F of contents and sources together."""
CONVENTIONAL = frozenset({"dash", "label", "turn", "post"})
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
    tally = CueTally()
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


def _examples(lesson: Lesson, lemmas: frozenset[str], tally: CueTally) -> tuple[list[_Proposed], list[Example]]:
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
        scene.drafts.extend(resolve_conflicts(replace(draft, score=1.0) for draft, answer in zip(drafts, right, strict=True) if answer))
        going_on += _going_on(scene, reader, gold, article.id, tally)
    return proposed, going_on


def _going_on(scene: Scene, reader: FeatureReader, gold: GoldText, article: str, tally: CueTally) -> list[Example]:
    """The drafts of quotations that no right draft holds; the first right one is taken, and later ones go on with it."""
    examples: list[Example] = []
    for quotation in scene.quotations:
        if scene.draft_of(quotation) is not None:
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
        for draft in resolve_conflicts(draft for draft in scored if judge.believes(draft)):
            if not draft.cue or draft.named is not None:
                continue
            options = [*source_candidates(scene, draft), NOBODY]
            labels = gold.source_labels(scene, draft, options)
            if labels is not None:
                found = candidate_features(scene, draft, options)
                result += [Example(article.id, keys, names, right) for (keys, names), right in zip(found, labels, strict=True)]
    return result
