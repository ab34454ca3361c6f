"""How likely a draft is to be a real attribution, and who its source is: by rates of cues, or by the trained classifier.

Here too it is decided which of several drafts that exclude one another holds (:func:`resolve_conflicts`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Protocol

import msgspec

from onrecord.errors import ModelError
from onrecord.extract.attributions.attribution import Draft, Scene, covers
from onrecord.extract.attributions.continuing import GUESSED
from onrecord.extract.attributions.cues import CONSTRUCTED, CONVENTIONS, IN_WORDS, load_cues
from onrecord.extract.attributions.features import (
    NOBODY,
    FeatureReader,
    SourceCandidate,
    candidate_features,
    frame_of,
    own_subject,
    source_candidates,
)
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import reporting_verbs
from onrecord.model import Span

CLASSIFIER = Path(__file__).parents[1] / "data" / "classifier.json"

GENERAL = ""
"""The key of the weights that hold whatever the keys of an item are."""


class Linear(msgspec.Struct, frozen=True):
    """A logistic regression. A feature has a weight of its own, and one more for each key (a frame) that it stands under."""

    intercept: float
    weights: Mapping[str, Mapping[str, float]]
    """By key, then by feature; :data:`GENERAL` is every item's key."""
    offset: float = 0.0
    """The weight of a number that the item brings along."""

    def logit(self, keys: Iterable[str], features: Sequence[str], number: float = 0.0) -> float:
        """The log of the odds; features without a weight count nothing."""
        total = self.intercept + self.offset * number
        for key in (GENERAL, *keys):
            if key in self.weights:
                weight = self.weights[key].get
                total += sum(map(weight, features, repeat(0.0)))
        return total


class Classifier(msgspec.Struct, frozen=True):
    """All that training learns."""

    lemmas: frozenset[str]
    """The lemmas that may be cues."""
    conventions: frozenset[str]
    """Frames that training has too few of; they have the rate of their convention."""
    draft: Linear
    context: Linear
    source: Linear
    quoted: float
    """From this score on a draft with quotation marks is believed."""
    unquoted: float
    """The same for one without."""


@cache
def load_classifier(path: Path = CLASSIFIER) -> Classifier:
    """A classifier from its file, read once in a process. Raises :class:`ModelError` when the file is missing or is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Classifier)
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}); train one with onrecord train, or set attribution to rules"
        ) from error
    except msgspec.MsgspecError as error:
        raise ModelError(f"{path}: no classifier of attributions ({error}); train one with onrecord train") from error


_BUCKET = 256
"""Characters of text that share a bucket, in which drafts look for others that they may conflict with."""
_MOST_OVERLAP = 0.3
"""Contents whose common part is more than this share of both together are two readings of one thing: annotators hardly ever mark both.
Chosen on a quarter of the training articles."""


def resolve_conflicts(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts that hold, in text order: of two that exclude one another, the one with the higher score (non-maximum suppression).

    Two drafts exclude one another if they share a cue, cross, overlap much, or share a quotation without nesting. Contents that nest, or
    stand apart, can both hold: "She said that he had called it 'a gift'".
    """
    kept: list[Draft] = []
    by_bucket: defaultdict[tuple[str, int], list[Draft]] = defaultdict(list)
    # The likeliest first; the content decides between equals, so that the order of the rules does not matter.
    for draft in sorted(drafts, key=lambda draft: (-draft.score, draft.content)):
        buckets = _buckets(draft)
        if not any(_conflict(draft, other) for bucket in buckets for other in by_bucket[bucket]):
            kept.append(draft)
            for bucket in buckets:
                by_bucket[bucket].append(draft)
    yield from sorted(kept, key=lambda draft: draft.content)


def _buckets(draft: Draft) -> list[tuple[str, int]]:
    """The keys under which a draft can meet others that conflict with it: its cue, and the stretches of text that hold its content.

    Only these are compared, or a paragraph of a thousand quotes would take a million comparisons.
    """
    stretches = {("text", bucket) for span in draft.content for bucket in range(span.start // _BUCKET, span.end // _BUCKET + 1)}
    return sorted(stretches | {("cue", token) for token in draft.cue})


def _conflict(one: Draft, other: Draft) -> bool:
    """Whether at most one of two drafts can hold."""
    if set(one.cue) & set(other.cue):
        return True
    if any(quotation in other.quotations for quotation in one.quotations) and not _nested(one, other):
        return True
    if any(a.overlaps(b) and not a.contains(b) and not b.contains(a) for a in one.content for b in other.content):
        return True
    if IN_WORDS in (one.frame, other.frame) and _nested(one, other):
        return False  # "Lee said it was, in Reed's words, 'a gift'"
    return _overlap_much(one, other) and not _passes_on(one, other) and not _passes_on(other, one)


def _passes_on(one: Draft, other: Draft) -> bool:
    """Whether one tells according to whom the other was said: "according to the Post, he **told reporters** it was late"."""
    return one.lemma == "according to" and is_inside(other, one) and _nested(one, other)


def _nested(one: Draft, other: Draft) -> bool:
    """One's content stands in the other's: "She said that he had called it 'a gift'"."""
    return one.content != other.content and (covers(one.content, other.content) or covers(other.content, one.content))


def is_inside(one: Draft, other: Draft) -> bool:
    """Whether the cue of one stands in the content of the other."""
    return one.head is not None and any(span.start <= one.head < span.end for span in other.content)


def _overlap_much(one: Draft, other: Draft) -> bool:
    """Whether the common part is large, measured by all characters of the two contents together (Jaccard's index)."""
    common = sum(_common_length(a, b) for a in one.content for b in other.content)
    return common > _MOST_OVERLAP * (sum(map(len, one.content)) + sum(map(len, other.content)) - common)


def _common_length(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


LEAST = 0.03
"""Drafts below this score are hardly ever right: they get no second score, and count nothing for their neighbours."""
_LEVELS = (LEAST, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95)
"""Scores of neighbours become features by these steps, since a neighbour's weight need not grow evenly with its score."""
WITHOUT_NEIGHBOURS = ("dash", "turn", "post", "same sentence", "next sentence", "run on", "next paragraph", "new paragraph", "unattributed")
"""Frames of conventions, and of what goes on with another draft: these do not compete."""
_MOST_NEIGHBOURS = 60
"""Neighbours in the order of their contents that are looked at on either side: more than any sentence has."""


def context_features(drafts: Sequence[Draft], scores: Sequence[float]) -> list[list[str] | None]:
    """For each of the drafts of a scene, the names of what its neighbours with their scores say of it.

    None for a draft that is out of the question, and for one that goes on with another: these have no neighbours.
    """
    likely = sorted((n for n, score in enumerate(scores) if score >= LEAST), key=lambda n: drafts[n].content[0])
    extents = {n: _extent(drafts[n]) for n in likely}
    result: list[list[str] | None] = [None] * len(drafts)
    for place, n in enumerate(likely):
        if drafts[n].frame not in WITHOUT_NEIGHBOURS:
            around = likely[max(0, place - _MOST_NEIGHBOURS) : place + _MOST_NEIGHBOURS + 1]
            near = [(drafts[m], scores[m]) for m in around if m != n and extents[m].overlaps(extents[n])]
            result[n] = _neighbour_features(drafts[n], scores[n], near)
    return result


def _extent(draft: Draft) -> Span:
    """From the first to the last character of its contents and its cue: what lies apart from that says nothing of it."""
    cue = () if draft.head is None else (Span(draft.head, draft.head + 1),)
    return Span(min(span.start for span in (*draft.content, *cue)), max(span.end for span in (*draft.content, *cue)))


def _neighbour_features(draft: Draft, score: float, near: Sequence[tuple[Draft, float]]) -> list[str]:
    """What the drafts around one say of it: the likeliest that it stands in, that stands in it, that shares its cue, that overlaps it."""
    outer, outer_frame = 0.0, "-"
    inner = same = crossing = 0.0
    for other, likely in near:
        if draft.head is not None and draft.head == other.head:
            same = max(same, likely)
        elif is_inside(draft, other):
            if likely > outer:
                outer, outer_frame = likely, frame_of(other)
        elif is_inside(other, draft):
            inner = max(inner, likely)
        elif any(a.overlaps(b) for a in draft.content for b in other.content):
            crossing = max(crossing, likely)
    return [
        f"inside={_level(outer)}",
        f"holds={_level(inner)}",
        f"same cue={_level(same)}",
        f"overlaps={_level(crossing)}",
        f"inside frame={outer_frame}",
        # By how much it leads the best other reading of its own cue; half a step up, for levels are of 0 to 1.
        f"ahead={_level(0.5 + score - same)}",
    ]


def _level(score: float) -> str:
    return next((f"<{step}" for step in _LEVELS if score < step), "1")


class Judge(Protocol):
    """Scores drafts, and settles their sources."""

    @property
    def lemmas(self) -> frozenset[str]:
        """The lemmas that may be cues; no other is looked at."""

    def score(self, scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
        """Drafts of one scene that compete, each with its score."""

    def believes(self, draft: Draft) -> bool:
        """Whether a scored draft is likely enough to be shown."""

    def settle(self, scene: Scene, draft: Draft) -> Draft:
        """A believed draft with its source, how certain that is, and the runner-up if that is near."""

    def reading(self, analysis: Analysis) -> Merge:
        """How the drafts of each scene of an article are merged with what another reader found in that article."""


Merge = Callable[[Scene, Sequence[Draft]], Sequence[Draft]]
"""Settled drafts of a scene that are no rivals to those that are shown."""


def as_they_are(scene: Scene, drafts: Sequence[Draft]) -> Sequence[Draft]:
    """The merge of those who read alone."""
    return drafts


class RateJudge:
    """Judges by the rate of the lemma in its frame, as annotators marked it; the source is the one that the rule names."""

    _QUOTED, _UNQUOTED = 0.5, 0.6
    """Quotation marks are evidence of their own; without them more is asked: what is shown and wrong costs more than what is missed."""

    @property
    def lemmas(self) -> frozenset[str]:
        return load_cues().lemmas

    def score(self, scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
        cues = load_cues()
        return [replace(draft, score=cues.rate(frame_of(draft), draft.lemma)) for draft in drafts]

    def believes(self, draft: Draft) -> bool:
        return draft.score >= (self._QUOTED if draft.quotations else self._UNQUOTED)

    def settle(self, scene: Scene, draft: Draft) -> Draft:
        return draft

    def reading(self, analysis: Analysis) -> Merge:
        return as_they_are


class TrainedJudge:
    """Judges by three linear models: what speaks for a draft, what its neighbours add, and which word near its cue is its source."""

    _LEAST_GUESSED = 0.8
    """A new paragraph may have a new speaker: nothing but the flow of the text speaks for the last one, and words in the wrong mouth cost
    more than a speaker who is said to be unknown."""
    _NEAR = 0.25
    """A runner-up this likely or more is shown: one chance in four is worth an editor's look."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier

    @property
    def lemmas(self) -> frozenset[str]:
        """Those that training met, and every reporting verb: one that was listed later has no weight of its own, only its list's."""
        return self._classifier.lemmas | reporting_verbs()

    def score(self, scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
        model = self._classifier
        reader = FeatureReader(scene)
        # First each draft by itself; then once more, knowing how likely its neighbours are (stacking).
        logits = [model.draft.logit((frame_of(draft),), reader.features(draft)) for draft in drafts]
        contexts = context_features(drafts, [chance(logit) for logit in logits])
        return [self._score_in_context(draft, names, logit) for draft, names, logit in zip(drafts, contexts, logits, strict=True)]

    def _score_in_context(self, draft: Draft, names: list[str] | None, logit: float) -> Draft:
        if draft.frame in self._classifier.conventions or draft.frame in CONSTRUCTED:
            return replace(draft, score=CONVENTIONS[draft.frame], learnt=False)
        if names is not None:
            logit = self._classifier.context.logit((frame_of(draft),), names, logit)
        score = chance(logit)
        return replace(draft, score=score, learnt=True) if names is not None or score >= LEAST else draft

    def believes(self, draft: Draft) -> bool:
        if draft.frame in GUESSED:
            return draft.score >= self._LEAST_GUESSED
        return draft.score >= (self._classifier.quoted if draft.quotations else self._classifier.unquoted)

    def settle(self, scene: Scene, draft: Draft) -> Draft:
        # Who speaks is known already from another draft or from a label; without a cue there is no place to search around.
        if draft.continues is not None or draft.named is not None or not draft.cue or draft.frame in CONSTRUCTED:
            return draft
        ranked = self._ranked(scene, draft)
        (chance, best), *others = ranked
        # Only another person in mind is a runner-up; "nobody" is none, nor is one where nobody is the likeliest.
        close = (candidate.source for rate, candidate in others if rate >= self._NEAR and candidate.source is not None)
        runner_up = None if best.source is None else next((other for other in close if not _same_phrase(scene, best.source, other)), None)
        return replace(draft, source=best.source, certainty=chance, runner_up=runner_up)

    def reading(self, analysis: Analysis) -> Merge:
        return as_they_are

    def _ranked(self, scene: Scene, draft: Draft) -> list[tuple[float, SourceCandidate]]:
        """The options for the source with their chances, the likeliest first."""
        own = own_subject(scene, draft)
        candidates = [
            one for one in (*source_candidates(scene, draft), NOBODY) if own is None or one.source is None or one.source >= own.sent.start
        ]
        model = self._classifier.source
        chances = [chance(model.logit(keys, names)) for keys, names in candidate_features(scene, draft, candidates)]
        # Of equal chances somebody before nobody, and the first in the text before others: the same input gives the same bytes.
        return sorted(zip(chances, candidates, strict=True), key=lambda pair: (-pair[0], pair[1].source is None, pair[1].source or 0))


def _same_phrase(scene: Scene, one: int, other: int) -> bool:
    """Whether one word stands in the phrase of the other: "the council's leader" in "Lee, the council's leader"."""
    a, b = scene.words[one], scene.words[other]
    return a.is_ancestor(b) or b.is_ancestor(a)


def chance(logit: float) -> float:
    """The probability that log odds stand for; far ones are cut, where ``exp`` would overflow."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
