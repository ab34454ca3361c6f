"""Who is who in annotated texts, held against the candidates that extraction finds: the labels from which the ranker of antecedents learns.

Three kinds of annotation are read: whole documents with their actors (``text/NAME.txt`` beside ``gold/NAME.json``, as GUM's are kept:
Zeldes, Language Resources and Evaluation 51, 2017), and GAP's snippets with one pronoun and two names (Webster et al., TACL 6, 2018).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import msgspec

from onrecord.article import load_article
from onrecord.article.read import decode_raw, parse_article
from onrecord.errors import TrainingError
from onrecord.extract.actors.antecedents import Entity
from onrecord.extract.actors.ranking import Question
from onrecord.extract.tokens import Doc
from onrecord.model import Article, Span


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
