"""What annotators marked, held against what extraction proposes: the labels of training.

For attributions it is PolNeAR 1.0 (Newell et al. 2018). For who is who, from which the ranker of antecedents learns, three kinds of
annotation are read: whole documents with their actors (``text/NAME.txt`` beside ``gold/NAME.json``, as GUM's are kept: Zeldes, Language
Resources and Evaluation 51, 2017), and GAP's snippets with one pronoun and two names (Webster et al., TACL 6, 2018).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import msgspec

from onrecord.article import load_article
from onrecord.article.read import decode_raw, parse_article
from onrecord.errors import TrainingError
from onrecord.extract.actors.antecedents import Entity
from onrecord.extract.actors.ranking import Question
from onrecord.extract.attributions.attribution import Draft, Scene, source_span
from onrecord.extract.attributions.features import SourceCandidate
from onrecord.extract.tokens import Doc
from onrecord.model import Article, Span

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")
_DISCARD = "Discard"


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """An attribution as an annotator marked it."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article as one annotator marked it."""

    path: Path
    """Of its text."""
    attributions: tuple[GoldAttribution, ...]
    discards: tuple[Span, ...]
    """What the annotator set aside as no part of the article: editor's notes, prompts to read or to follow."""


def read_gold(folder: Path) -> Iterator[GoldArticle]:
    """Each text with its annotation; where several annotators did one text, the first file by name is taken."""
    first: dict[str, Path] = {}
    for annotation in sorted((folder / "attributions").iterdir()):
        first.setdefault(annotation.stem[:-5], annotation)  # an annotator's "_XXXX" ends the name
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem in first:
            yield read_brat(path, first[path.stem])


def gold_of(folder: Path, *, taken: Callable[[str], bool] = lambda name: True) -> list[GoldArticle]:
    """The annotated articles of a folder whose names are ``taken``. Raises :class:`TrainingError` where there are none."""
    try:
        found = [one for one in read_gold(folder) if taken(one.path.stem)]
    except OSError as error:
        raise TrainingError(f"{folder}: cannot be read ({error.strerror}); it must hold text/ and attributions/") from error
    if not found:
        raise TrainingError(f"{folder}: no annotated article; it must hold text/NAME.txt and attributions/NAME_XXXX.ann")
    return found


def read_brat(path: Path, annotation: Path) -> GoldArticle:
    """A text with what one ``.ann`` file says of it: attributions that have a content, and what is set aside."""
    lines = annotation.read_text(encoding="utf-8").split("\n")
    # An event may stand before the text bounds that it names.
    bounds = [match for line in lines if (match := _TEXT_BOUND.match(line))]
    spans = {match[1]: tuple(Span(*map(int, pair.split())) for pair in match[3].split(";")) for match in bounds}
    events = (_attribution(line, spans) for line in lines if line.startswith("E"))
    discards = tuple(span for match in bounds if match[2] == _DISCARD for span in spans[match[1]])
    return GoldArticle(path, tuple(one for one in events if one.content), discards)


def _attribution(line: str, spans: Mapping[str, tuple[Span, ...]]) -> GoldAttribution:
    roles: dict[str, list[Span]] = {"content": [], "source": [], "cue": []}
    for pair in line.split("\t")[1].split():
        role, reference = pair.split(":")
        roles.get(role.rstrip("0123456789").lower(), []).extend(spans.get(reference, ()))
    return GoldAttribution(*(tuple(sorted(roles[role])) for role in ("content", "source", "cue")))


_ALIKE = 0.5
"""Two spans are the same from this overlap on, common letters divided by all: the measure of the field (PARC 3.0, PolNeAR)."""
_WITHIN = 0.8
_PHRASE_ENDS = re.compile(r"[,;:(\u2014\u2013]|\b(?:who|which|that|of|in|at|for|from|with|on|to|by|near)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w.\u2019'-]*")


@dataclass(frozen=True, slots=True)
class Letters:
    """A gold attribution as sets of the positions of its letters and digits."""

    content: frozenset[int]
    source: frozenset[int]
    source_head: frozenset[int]
    cue: frozenset[int]


class GoldText:
    """The attributions of one article, for lookup."""

    def __init__(self, text: str, gold: Iterable[GoldAttribution]) -> None:
        self._text = text
        self._gold = [
            Letters(self._letters(one.content), self._letters(one.source), self._letters(_head(text, one.source)), self._letters(one.cue))
            for one in gold
        ]

    def is_right(self, scene: Scene, draft: Draft) -> bool:
        """Whether an annotator marked a draft: this content by this cue; for one that goes on, as words of the same source.

        An annotated content may hold other quotations of the same speaker, which are other drafts, and are left out of account.
        """
        mine = self._letters(draft.content)
        if draft.continues is not None:
            return self._goes_on(mine, self._letters(draft.continues.content))
        cue = self._letters(_token_spans(scene.doc, draft.cue))
        block = scene.paragraph.block
        others = [quotation.span for quotation in scene.quotations if quotation not in draft.quotations] if draft.quotations else []
        for one in self._gold:
            if mine.isdisjoint(one.content):
                continue
            if cue and one.cue and cue.isdisjoint(one.cue) and not (draft.quotations and self._shares_source(scene.doc, draft, one)):
                continue
            here = {i for i in one.content if block.start <= i < block.end and not any(span.start <= i < span.end for span in others)}
            if _overlap(mine, one.content) >= _ALIKE or (draft.quotations and _overlap(mine, here) >= _ALIKE):
                return True
        return False

    def _shares_source(self, doc: Doc, draft: Draft, gold: Letters) -> bool:
        """The same words by the same source are right whichever of two cues the annotator marked."""
        return draft.source is not None and bool(gold.source) and self._is_source(doc, draft, SourceCandidate(draft.source), gold)

    def _goes_on(self, mine: frozenset[int], before: frozenset[int]) -> bool:
        first = [one for one in self._gold if len(before & one.content) >= _ALIKE * len(before)]
        second = [one for one in self._gold if mine and len(mine & one.content) >= _ALIKE * len(mine)]
        return any(a.source == b.source for a in first for b in second)

    def source_labels(self, scene: Scene, draft: Draft, options: Sequence[SourceCandidate]) -> list[bool] | None:
        """For each option, whether it is the annotated source of the draft's content; None where nobody marked that content."""
        mine = self._letters(draft.content)
        best = max(self._gold, key=lambda one: _overlap(mine, one.content), default=None)
        if best is None or (_overlap(mine, best.content) < _ALIKE and len(mine & best.content) < _WITHIN * len(mine)):
            return None
        return [self._is_source(scene.doc, draft, option, best) for option in options]

    def _is_source(self, doc: Doc, draft: Draft, option: SourceCandidate, gold: Letters) -> bool:
        if option.source is None or not gold.source:
            return option.source is None and not gold.source
        span = source_span(doc, doc[option.source], draft.cue)
        mine, head = self._letters((span,)), self._letters(_head(self._text, (span,)))
        if not head:
            return False
        return _overlap(mine, gold.source) >= _ALIKE or gold.source_head <= mine or head <= gold.source

    def _letters(self, spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(i for span in spans for i in range(span.start, span.end) if self._text[i].isalnum())


def _overlap(one: frozenset[int], other: frozenset[int] | set[int]) -> float:
    return len(one & other) / len(one | other) if one else 0.0


def _token_spans(doc: Doc, tokens: Iterable[int]) -> Iterable[Span]:
    return (Span(doc[i].idx, doc[i].idx + len(doc[i])) for i in tokens)


def _head(text: str, source: Sequence[Span]) -> tuple[Span, ...]:
    """The head word of a source, guessed: the last word before the first comma, preposition or relative pronoun.

    The measure has a guess of its own, which is the shared scorer's and stays what it is; the labels of training may get better.
    """
    if not source:
        return ()
    start = source[0].start
    words = source[0].of(text)
    cut = _PHRASE_ENDS.search(words, 1)
    found = list(_WORD.finditer(words[: cut.start()] if cut else words))
    return (Span(start + found[-1].start(), start + found[-1].end()),) if found else ()


class Reference(Protocol):
    """What annotators say of who is who in one text."""

    def right(self, question: Question) -> frozenset[int] | None:
        """The rows of a question that may be right, the last for nobody; None where the annotation does not say.

        Several where it only rules some out: then any of the rest is right.
        """

    def known(self, question: Question) -> bool:
        """Whether the annotation says whom exactly the pronoun stands for."""


class _Mention(msgspec.Struct, frozen=True):
    start: int
    end: int
    kind: str


class _Actor(msgspec.Struct, frozen=True):
    mentions: tuple[_Mention, ...]


class _Document(msgspec.Struct, frozen=True):
    actors: tuple[_Actor, ...]


class DocumentReference:
    """A document whose every mention of an actor is annotated."""

    def __init__(self, document: _Document) -> None:
        self._pronouns = {one.start: n for n, actor in enumerate(document.actors) for one in actor.mentions if one.kind == "pronoun"}
        nouns = ((one, n) for n, actor in enumerate(document.actors) for one in actor.mentions if one.kind != "pronoun")
        # The shortest first: of nested mentions the inner one is what its words mean.
        self._at: dict[int, int] = {}
        for one, n in sorted(nouns, key=lambda item: (item[0].end - item[0].start, item[0].start)):
            for i in range(one.start, one.end):
                self._at.setdefault(i, n)
        self._described = any(one.kind == "nominal" for actor in document.actors for one in actor.mentions)
        self._actors: dict[int, tuple[Entity, int | None]] = {}

    def right(self, question: Question) -> frozenset[int] | None:
        """The candidates that are the annotated actor; else nobody, and whatever no annotator calls an actor."""
        if question.anaphor.kind in ("person", "body") and not self._described:
            return None
        found = [self._actor_of(question, one.entity) for one in question.candidates]
        meant = self._meant(question)
        same = frozenset(n for n, actor in enumerate(found) if meant is not None and actor == meant)
        free = (
            n for n, (one, actor) in enumerate(zip(question.candidates, found, strict=True)) if actor is None or one.entity.party is None
        )
        return same or frozenset((*free, len(question.candidates)))

    def known(self, question: Question) -> bool:
        """Whether an annotator joined the pronoun to an actor."""
        return self._meant(question) is not None

    def _meant(self, question: Question) -> int | None:
        return (self._at if question.anaphor.kind in ("person", "body") else self._pronouns).get(_at(question))

    def _actor_of(self, question: Question, entity: Entity) -> int | None:
        """The annotated actor to which most of the nouns of an entity belong."""
        if id(entity) not in self._actors:
            votes = Counter(self._at.get(doc[i].idx) for doc in (question.discourse.doc,) for i in entity.mentions if doc[i].pos_ != "PRON")
            best = votes.most_common(1)[0][0] if votes else None
            self._actors[id(entity)] = entity, best
        return self._actors[id(entity)][1]


@dataclass(frozen=True, slots=True)
class SnippetReference:
    """A snippet of GAP: whether one pronoun stands for each of two names."""

    pronoun: int
    names: tuple[tuple[Span, bool], ...]

    def right(self, question: Question) -> frozenset[int] | None:
        """The candidates that are the right name; all but the wrong names where neither is right."""
        if _at(question) != self.pronoun:
            return None
        doc = question.discourse.doc
        meant = [{answer for span, answer in self.names if _is_named(doc, one.entity, span)} for one in question.candidates]
        same = frozenset(n for n, answers in enumerate(meant) if answers == {True})
        if same or any(answers == {True, False} for answers in meant):
            return same or None
        unnamed = any(answer for _, answer in self.names)
        free = (n for n, answers in enumerate(meant) if not answers and (not unnamed or question.candidates[n].entity.party is None))
        return frozenset((*free, len(meant)))

    def known(self, question: Question) -> bool:
        """Whether it is the pronoun that was asked about, and one of the names is right."""
        return _at(question) == self.pronoun and any(answer for _, answer in self.names)


def _at(question: Question) -> int:
    return question.discourse.doc[question.anaphor.token].idx


def _is_named(doc: Doc, entity: Entity, span: Span) -> bool:
    return any(span.start <= doc[i].idx < span.end for i in entity.mentions if doc[i].pos_ != "PRON")


@dataclass(frozen=True, slots=True)
class ReferenceText:
    """An article with what annotators say of who is who in it."""

    article: Article
    reference: Reference
    part: str = field(default="")
    """What it is held back with in cross-validation: all texts of one part together."""


def read_references(source: Path) -> Iterator[ReferenceText]:
    """The annotated texts of a folder or of a table of GAP, by name. Raises :class:`TrainingError`."""
    try:
        yield from _snippets(source) if source.suffix == ".tsv" else _documents(source)
    except OSError as error:
        raise TrainingError(f"{source}: cannot be read ({error.strerror}); name a folder with text/ and gold/, or GAP's table") from error
    except (msgspec.MsgspecError, KeyError, ValueError) as error:
        raise TrainingError(f"{source}: not as expected ({error}); name a folder with text/ and gold/, or GAP's table") from error


def _documents(folder: Path) -> Iterator[ReferenceText]:
    for path in sorted((folder / "gold").iterdir()):
        if path.suffix == ".json":
            document = msgspec.json.decode(path.read_bytes(), type=_Document)
            yield ReferenceText(load_article(folder / "text" / f"{path.stem}.txt"), DocumentReference(document), path.stem)


def _snippets(table: Path) -> Iterator[ReferenceText]:
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = tuple((_span(int(row[f"{name}-offset"]), row[name]), row[f"{name}-coref"].upper() == "TRUE") for name in "AB")
            # Two snippets of one page are held back together.
            article = parse_article(decode_raw(f"{row['ID']}.txt", row["Text"].encode()))
            yield ReferenceText(article, SnippetReference(int(row["Pronoun-offset"]), names), row["URL"])


def _span(start: int, words: str) -> Span:
    return Span(start, start + len(words))


def references_of(sources: Sequence[Path]) -> list[ReferenceText]:
    """The annotated texts of several sources. Raises :class:`TrainingError` where there are none."""
    found = [text for source in sources for text in read_references(source)]
    if not found:
        raise TrainingError(f"{', '.join(map(str, sources))}: no annotated text; name a folder with text/ and gold/, or GAP's table")
    return found
