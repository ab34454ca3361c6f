"""The judges by name, and the one that hears two readers: it merges what the rules and the model find in a paragraph into one list of
attributions, each with why it is there.

A draft of the rules and a finding of the model are one *proposal* where they share a cue or most of a content. What speaks for a proposal
(which reader it is from, how sure each is, how alike they are) is weighed by a logistic regression, which is taught on articles that
neither reader was taught on. Then:

- the content of a direct quote is the rules', which know marks; that of indirect speech is the model's, which knows where it ends, and so
  is that of a mixed quote where the model is sure. What it touches of a quotation is taken whole: half a pair of marks is never shown;
- the source is that of whoever is surer of it.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from math import log
from pathlib import Path

import msgspec

from onrecord.errors import ModelError
from onrecord.extract.accurate.finding import Finding
from onrecord.extract.accurate.reader import MERGING, AccurateReader, Weights, WordStates
from onrecord.extract.attributions.attribution import Draft, Scene, covers, join_spans, token_span
from onrecord.extract.attributions.cues import MODEL_ALONE
from onrecord.extract.attributions.features import own_subject
from onrecord.extract.attributions.judges import (
    Classifier,
    Judge,
    Linear,
    Merge,
    RateJudge,
    TrainedJudge,
    chance,
    load_classifier,
    resolve_conflicts,
)
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import FINITE, reporting_verbs
from onrecord.model import Article, Span
from onrecord.model.grouping import join_neighbours
from onrecord.options import ACCURATE, RULES, TRAINED
from onrecord.text.quotation_marks import Quotation

_ALIKE = 0.5
"""From this overlap on two contents are one, common letters divided by all: the measure of the field (PARC 3.0, PolNeAR)."""
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
_LEAST = 0.3
"""A finding with a lower score says nothing by itself, only of the draft that it belongs to."""
_NEARLY_ONE = 0.85
"""From this overlap on the two differ by a word or two, and the rules' content has the better edges: it follows the parse."""
_GAP = 12
"""So many words at most that the model leaves out within a content are taken as its own: a quote with a hole in it says something else."""
_LONG = 400
"""Code points from which on a content of the rules is a long list or more, of which the model often finds the first part only."""
_LONGEST = 900
"""Code points of a content. The model reads a long paragraph in stretches of some thousand, and sees no content across two of them."""
_PLAIN = 0.6
"""The score at least of a plain report, which the model may have missed; both readers were not of one mind, so that it is never high."""
_SURE_OF_REPORT = 0.7
"""From this score of the rules on a "that" clause is a plain report."""
_HELPERS = ("AUX", "PART", "ADP", "DET", "ADV")
"""Words that stand beside a cue's own."""
_SENTENCE_ENDS = (".", "!", "?", "…")
_SURE_OF_CONTENT = 0.5
"""From this chance on the model knows better than the rules where the words beside the marks of a mixed quote begin and end."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An attribution that the rules propose, or the model, or both."""

    draft: Draft | None
    """The rules'."""
    finding: Finding | None
    """The model's."""
    overlap: float
    """How alike the two contents are, 0 to 1."""
    merged: Draft
    """What is shown if it is believed."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Whose it is, and whether it is quoted: what evidence is worth depends on that."""
        whose = "both" if self.draft and self.finding else "rules" if self.draft else "model"
        quoted = "quoted" if self.merged.quotations else "unquoted"
        return (whose, quoted, f"{whose} {quoted}")

    @property
    def features(self) -> list[str]:
        """What speaks for it, as names."""
        found = [*self.keys]
        if self.draft is not None:
            found += [f"rules={_step(self.draft.score)}", f"certainty={_step(self.draft.certainty)}", f"frame={self.draft.frame}"]
            found += _at_least("rules", self.draft.score)
            found.append(f"rules name a source={self.draft.source is not None or self.draft.named is not None}")
        if self.finding is not None:
            found += _at_least("chance", self.finding.chance) + _at_least("valid", self.finding.valid)
            found += _at_least("content", self.finding.content_chance) + _at_least("source", self.finding.source_chance)
            found += [f"parts={min(3, len(self.finding.content))}", f"model names a source={self.finding.source is not None}"]
        if self.draft is not None and self.finding is not None:
            found += _at_least("alike", self.overlap)
        return found

    @property
    def number(self) -> float:
        """The model's score as log odds."""
        score = 0.01 if self.finding is None else min(0.99, max(0.01, self.finding.score))
        return log(score / (1 - score))


def _step(score: float) -> str:
    return next((f"<{step}" for step in _STEPS if score < step), "1")


def _at_least(name: str, score: float) -> list[str]:
    """Every step that a score reaches: so a model of names knows that .9 is more than .8."""
    return [f"{name}>={step}" for step in _STEPS if score >= step]


class MergeWeights(msgspec.Struct, frozen=True):
    """All that training learns of the two readers."""

    proposal: Linear
    quoted: float
    """From this score on a proposal with quotation marks is believed."""
    unquoted: float
    """The same for one without."""


class Merger:
    """Merges by learnt weights."""

    def __init__(self, weights: MergeWeights) -> None:
        self._weights = weights

    def merge(self, scene: Scene, drafts: Sequence[Draft], findings: Sequence[Finding]) -> list[Draft]:
        """The drafts of a scene that are believed when both readers are heard, in text order; no two are rivals."""
        scored = (replace(one.merged, score=self._score_or_least(scene, one), learnt=True) for one in proposals(scene, drafts, findings))
        settled = (draft for draft in drafts if is_beyond_the_model(draft))
        return list(resolve_conflicts([*settled, *(one for one in scored if self._believes(one))]))

    def _score_or_least(self, scene: Scene, proposal: Proposal) -> float:
        score = self.score(proposal)
        return max(score, _PLAIN) if _is_plain_report(scene, proposal.draft) else score

    def score(self, proposal: Proposal) -> float:
        """How likely it is that annotators would mark it, 0 to 1."""
        return chance(self._weights.proposal.logit(proposal.keys, proposal.features, proposal.number))

    def _believes(self, draft: Draft) -> bool:
        return draft.score >= (self._weights.quoted if draft.quotations else self._weights.unquoted)


def proposals(scene: Scene, drafts: Sequence[Draft], findings: Sequence[Finding]) -> Iterator[Proposal]:
    """What either reader proposes in a scene, paired."""
    drafts = [draft for draft in drafts if not is_beyond_the_model(draft)]
    useful = [one for one in findings if one.content and scene.quotation_at(one.cue.start) is None]
    contents = _Places(_letters(scene.text, draft.content) for draft in drafts)
    pairs = _pairs(scene, drafts, useful, contents)
    for number, draft in enumerate(drafts):
        finding, overlap = pairs.get(number, (None, 0.0))
        yield Proposal(draft, finding, overlap, draft if finding is None else _merged(scene, draft, finding))
    taken = {id(finding) for finding, _ in pairs.values()}
    for finding in useful:
        if id(finding) not in taken and finding.score >= _LEAST:
            merged = _alone(scene, finding)
            if merged is not None:
                yield Proposal(None, finding, max(contents.overlaps(_letters(scene.text, merged.content)).values(), default=0.0), merged)


def is_beyond_the_model(draft: Draft) -> bool:
    """Whether the model has no say in a draft: it stands by a convention of layout (a label, a block quote), or is longer than it reads at
    once."""
    by_layout = not draft.learnt or any(one.style in ("block", "turn", "post") for one in draft.quotations)
    return by_layout or sum(map(len, draft.content)) > _LONGEST


class _Places:
    """Sets of positions in a text. Another set is compared only with those that it shares a position with, or a paragraph of a thousand
    quotes would take a million comparisons."""

    def __init__(self, sets: Iterable[Set[int]]) -> None:
        self._sizes: list[int] = []
        self._at: defaultdict[int, list[int]] = defaultdict(list)
        for number, places in enumerate(sets):
            self._sizes.append(len(places))
            for place in places:
                self._at[place].append(number)

    def overlaps(self, places: Set[int]) -> dict[int, float]:
        """For the number of each set that shares a position with these: the shared ones, divided by all of both."""
        shared = Counter(number for place in places for number in self._at.get(place, ()))
        return {number: count / (self._sizes[number] + len(places) - count) for number, count in shared.items()}


def _pairs(scene: Scene, drafts: Sequence[Draft], findings: Sequence[Finding], contents: _Places) -> dict[int, tuple[Finding, float]]:
    """For the number of a draft the finding that is the same attribution, and how alike their contents are; each is in one pair at most."""
    heads = [None if draft.head is None else Span(draft.head, draft.head + 1) for draft in drafts]
    cues = _Places({at for i in draft.cue for at in _positions(token_span(scene.words[i]))} for draft in drafts)
    found: list[tuple[float, int, int, float]] = []
    for b, finding in enumerate(findings):
        alike = contents.overlaps(_letters(scene.text, finding.content))
        one_cue = cues.overlaps(set(_positions(finding.cue)))
        for a in alike.keys() | one_cue.keys():
            overlap, head = alike.get(a, 0.0), heads[a]
            # A cue inside of what the model takes for words of another cue is another attribution: "and, he **says**, promised to go".
            apart = a not in one_cue and head is not None and any(span.contains(head) for span in finding.content)
            if a in one_cue or (overlap >= _ALIKE and not apart):
                found.append(((a in one_cue) + overlap, a, b, overlap))
    pairs: dict[int, tuple[Finding, float]] = {}
    used: set[int] = set()
    for _, a, b, overlap in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
        if a not in pairs and b not in used:
            pairs[a] = (findings[b], overlap)
            used.add(b)
    return pairs


def _positions(span: Span) -> range:
    return range(span.start, span.end)


def _overlap(text: str, one: Iterable[Span], other: Iterable[Span]) -> float:
    a, b = _letters(text, one), _letters(text, other)
    return len(a & b) / len(a | b) if a and b else 0.0


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {i for span in spans for i in _positions(span) if text[i].isalnum()}


def _merged(scene: Scene, draft: Draft, finding: Finding) -> Draft:
    """The rules' draft with what the model knows better: where indirect speech ends, and who speaks where it is surer of that."""
    merged = replace(draft, agreed=True)
    if _is_the_models(scene, draft, finding):
        content, quotations = _content(scene, finding)
        merged = replace(merged, content=content, quotations=quotations)
    return _with_source(scene, merged, finding) if _names_the_source(scene, draft, finding) else merged


def _names_the_source(scene: Scene, draft: Draft, finding: Finding) -> bool:
    """Whether the model's source is taken: where the rules have none, or are less sure of theirs. A label or a dash is not doubted, and a
    clause names nobody."""
    if finding.source is None or draft.named is not None or draft.continues is not None or _is_clause(scene, finding.source):
        return False
    own = own_subject(scene, draft)
    if own is not None and finding.source.start < scene.words[own.sent.start].idx:
        return False
    return draft.source is None or finding.source_chance > draft.certainty


def _is_plain_report(scene: Scene, draft: Draft | None) -> bool:
    """Whether somebody is named, and a verb of saying governs a clause with "that": no other reading is left of that."""
    if draft is None or draft.frame != "complement" or draft.source is None or draft.lemma not in reporting_verbs():
        return False
    words = scene.tokens_in(draft.content[0].start, draft.content[0].end)
    return draft.score >= _SURE_OF_REPORT and bool(words) and words[0].lower_ == "that" and words[0].dep_ == "mark"


def _is_clause(scene: Scene, source: Span) -> bool:
    """Whether the verb of a clause is the head of what should name a source: "the firm **sued** the state"."""
    words = scene.doc.char_span(source.start, source.end, alignment_mode="contract")
    return words is not None and words.root.tag_ in FINITE


def _is_the_models(scene: Scene, draft: Draft, finding: Finding) -> bool:
    """Whether the model's content is taken: of indirect speech unless both are nearly one, and of a mixed quote where it is sure.

    It is not taken where it is less than half of a long one: what it leaves out of a list would be taken for the article's own words.
    """
    if not draft.quotations:
        is_long = sum(map(len, draft.content)) > _LONG
        least = _ALIKE if is_long and covers(draft.content, finding.content) else 0.0
        if _lacks_predicate(scene, draft, finding):
            return False
        return least <= _overlap(scene.text, draft.content, finding.content) < _NEARLY_ONE
    return _is_mixed(draft) and finding.content_chance > _SURE_OF_CONTENT


def _lacks_predicate(scene: Scene, draft: Draft, finding: Finding) -> bool:
    """Whether the model's content breaks off within the clause that the rules have, before the verb of that clause."""
    if draft.frame != "complement" or draft.root is None or not covers(draft.content, finding.content):
        return False
    root = token_span(scene.words[draft.root])
    if any(token.tag_ in FINITE for span in finding.content for token in scene.tokens_in(span.start, span.end)):
        return False
    return covers(draft.content, (root,)) and finding.content[-1].end <= root.start


def _is_mixed(draft: Draft) -> bool:
    """Whether words outside quotation marks belong to it."""
    return not covers((one.span for one in draft.quotations), draft.content)


def _alone(scene: Scene, finding: Finding) -> Draft | None:
    """A draft of what only the model found; None where no word of the parse stands at its cue."""
    span = scene.doc.char_span(finding.cue.start, finding.cue.end, alignment_mode="expand")
    words = sorted((token for token in span or () if not token.is_punct), key=lambda token: token.pos_ in _HELPERS)
    cue = tuple(token.i for token in words)  # the word that says it first: "was denied", "has urged"
    content, quotations = _content(scene, finding)
    if not cue or not content:
        return None
    lemma = scene.words[cue[0]].lemma_.lower()
    draft = Draft(MODEL_ALONE, lemma, content, cue, quotations=quotations, score=finding.score, head=finding.cue.start)
    return _with_source(scene, draft, finding)


def _content(scene: Scene, finding: Finding) -> tuple[tuple[Span, ...], tuple[Quotation, ...]]:
    """The model's content with the whole of each quotation that it holds words of, and these quotations.

    A content may hold half a quotation by mistake, and half a pair of marks is never shown.
    """
    block = scene.paragraph.block
    inside = [span for span in finding.content if block.start <= span.start and span.end <= block.end]
    spans = _before_quoted_sentence(scene, list(_filled(scene.text, finding, inside)))
    near = (scene.quotations[place] for place in sorted(set(scene.overlapped(spans))))
    touched = tuple(one for one in near if any(_has_words(scene.text, span, one.inner) for span in spans))
    return tuple(join_spans(scene.text, [*spans, *(one.span for one in touched)])), touched


def _before_quoted_sentence(scene: Scene, spans: Sequence[Span]) -> list[Span]:
    """Spans up to a quotation that opens a sentence of its own, where they begin outside of marks: "Lee said it was shut. 'We had to.'" is
    a report and a quote. Shown as one, the report would look quoted."""
    if not spans or scene.quotation_at(spans[0].start) is not None:
        return list(spans)
    first = spans[0].start
    near = (scene.quotations[place].span.start for place in sorted(set(scene.overlapped(spans))))
    end = next((at for at in near if at > first and scene.text[first:at].rstrip().endswith(_SENTENCE_ENDS)), None)
    if end is None:
        return list(spans)
    end = first + len(scene.text[first:end].rstrip().rstrip("".join(_SENTENCE_ENDS)))
    return [Span(span.start, min(span.end, end)) for span in spans if span.start < end]


def _filled(text: str, finding: Finding, spans: Sequence[Span]) -> Iterator[Span]:
    """Spans in text order, joined over what the model left out between them, unless the cue or the source stands there."""
    own = [finding.cue, *(() if finding.source is None else (finding.source,))]

    def meet(one: Span, other: Span) -> bool:
        return not any(one.end <= kept.start < other.start for kept in own) and _is_gap(text[one.end : other.start])

    return join_neighbours(spans, meet)


def _is_gap(between: str) -> bool:
    return "\n" not in between and len(between.split()) <= _GAP


def _has_words(text: str, span: Span, inner: Span) -> bool:
    start, end = max(span.start, inner.start), min(span.end, inner.end)
    return any(character.isalnum() for character in text[start:end])


def _with_source(scene: Scene, draft: Draft, finding: Finding) -> Draft:
    """The draft with the head word of the model's source, and how certain that is."""
    if finding.source is None:
        return draft
    span = scene.doc.char_span(finding.source.start, finding.source.end, alignment_mode="expand")
    words = [token for token in span or () if not token.is_punct]
    inside = {token.i for token in words}
    head = next((token.i for token in words if token.head.i not in inside or token.head.i == token.i), None)
    return replace(draft, source=head, certainty=finding.source_chance)


MOST_THREADS = 256
SHIPPED = Path(__file__).parent / "data"
"""The model that comes with the program."""


def judge_for(attribution: str) -> Judge:
    """The judge of that name; or one with the model in the folder of that name, or the classifier in the file of that name.

    Raises :class:`~onrecord.errors.ModelError`.
    """
    if attribution == RULES:
        return RateJudge()
    if attribution == ACCURATE:
        return accurate_judge()
    if attribution == TRAINED:
        return TrainedJudge(load_classifier())
    own = Path(attribution)
    return accurate_judge(own) if own.is_dir() else TrainedJudge(load_classifier(own))


class AccurateJudge(TrainedJudge):
    """Judges drafts as the trained judge does, and then merges them with what the model finds."""

    def __init__(self, classifier: Classifier, reader: AccurateReader, merger: Merger) -> None:
        super().__init__(classifier)
        self._reader, self._merger = reader, merger
        self._last: tuple[Article, tuple[tuple[Finding, ...], WordStates]] | None = None

    def reading(self, analysis: Analysis) -> Merge:
        """The merge for one article, which the model reads now, whole."""
        findings, _ = self._read(analysis.article)

        def merge(scene: Scene, drafts: Sequence[Draft]) -> Sequence[Draft]:
            return self._merger.merge(scene, drafts, in_scene(scene, findings))

        return merge

    def context(self, article: Article) -> WordStates:
        """What the model makes of the words of an article."""
        return self._read(article)[1]

    def _read(self, article: Article) -> tuple[tuple[Finding, ...], WordStates]:
        """What reading an article gave, kept until the next is read: attributions and pronouns both rest on it."""
        last = self._last
        if last is None or last[0] is not article:
            last = self._last = article, self._reader.read_closely(article)
        return last[1]


def in_scene(scene: Scene, findings: Sequence[Finding]) -> list[Finding]:
    """Of an article's findings, which are in the order of their cues, those whose cue stands in this paragraph."""
    block = scene.paragraph.block
    return list(findings[bisect_left(findings, block.start, key=_start) : bisect_left(findings, block.end, key=_start)])


def _start(finding: Finding) -> int:
    return finding.cue.start


def threads_to_use() -> int:
    """How many threads of a process the model runs in: ``$ONRECORD_THREADS``, or one. Raises :class:`ModelError`.

    One, since articles are read in as many processes as there are cores; more help who reads one article at a time.
    """
    chosen = os.environ.get("ONRECORD_THREADS", "1")
    if not (chosen.isascii() and chosen.isdecimal() and 0 < int(chosen) <= MOST_THREADS):
        raise ModelError(f"ONRECORD_THREADS={chosen}: is no number of threads; set it to a number from 1 to {MOST_THREADS}")
    return int(chosen)


@cache
def accurate_judge(folder: Path = SHIPPED) -> AccurateJudge:
    """The judge with the model of a folder, loaded once in a process. Raises :class:`ModelError` where any of it is missing or broken."""
    merging = Weights(folder).content(MERGING)
    try:
        weights = msgspec.json.decode(merging, type=MergeWeights)
    except msgspec.DecodeError as error:
        raise ModelError(f"{folder / MERGING}: holds no weights ({error}); install onrecord[accurate] anew") from error
    return AccurateJudge(load_classifier(), AccurateReader(folder, threads_to_use()), Merger(weights))
