"""What of an article may be shown: the same report with the text that others have rights in taken out of it.

It is done here, once, on plain values: pages, tables and files are made from what is left, so that none of them can show more. Offsets,
counts and links hold. Names of actors, reporting verbs and what the article says of itself (headline, byline, outlet, date) stay: they are
facts about it. So does what editors wrote in their own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from onrecord.corrections.sentences import find_sentences
from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import (
    AUTHOR,
    WITHHELD,
    Actor,
    Article,
    Block,
    Corpus,
    CorpusActor,
    CorrectionStatus,
    Findings,
    KnownSource,
    Mention,
    Notice,
    Outcome,
    Relation,
    Report,
    Role,
    Span,
    UndecidedMention,
    Withheld,
)
from onrecord.options import TEXT_MODES, TextMode
from onrecord.render.words import WORD, one_line
from onrecord.sourcing import find_sources

Found = TypeVar("Found", Report, Findings)
Place = TypeVar("Place", Mention, UndecidedMention)


def stricter(one: TextMode, other: TextMode) -> TextMode:
    """The mode of the two that shows less."""
    return max(one, other, key=TEXT_MODES.index)


def withhold(report: Report, text: TextMode = "full") -> Report:
    """The report with no more of its article's text than ``text``, and what the article's own front matter asks for, allow.

    What is withheld already stays so.
    """
    mode = stricter(text, report.article.meta.text)
    before = report.article.withheld
    if mode == "full" or (before is not None and stricter(mode, before.mode) == before.mode):
        return report
    shown = _excerpts(report) if mode == "excerpts" else ()
    analysed = _sentences(report.article)
    withheld = Withheld(
        mode,
        shown,
        before.sentences if before else len(analysed),
        sum(any(one.overlaps(span) for one in shown) for span in analysed),
        before.sources if before else tuple(_sources(report)),
    )
    return _Hand.of(report, withheld).report(report)


def withhold_corpus(corpus: Corpus, text: TextMode = "full", memory: Memory = NO_MEMORY) -> Corpus:
    """The corpus with every report so treated, and with what it says across articles fit for that."""
    reports = tuple(memory.recall("withheld", report, text, partial(withhold, report, text)) for report in corpus.reports)
    silent = {report.article.id for report in reports if report.article.withheld}
    if not silent:
        return corpus
    names = {actor.name for actor in corpus.actors}
    touched = {actor.id for actor in corpus.actors if any(member.article in silent for member in actor.members)}
    return Corpus(
        reports,
        tuple(_unquoted_actor(actor, names) if actor.id in touched else actor for actor in corpus.actors),
        tuple(replace(one, why=_unquoted(one.why, names)) if touched.intersection(one.actors) else one for one in corpus.namesakes),
        tuple(_bare_outcome(one) for one in corpus.corrections),
        corpus.copies,
        corpus.repeats,
    )


def _unquoted_actor(actor: CorpusActor, names: set[str]) -> CorpusActor:
    return replace(actor, members=tuple(replace(one, why=_unquoted(one.why, names)) for one in actor.members))


def _unquoted(message: str, names: Iterable[str] = ()) -> str:
    """A message of the program without the words that it has in quotation marks, unless they are a name."""
    return re.sub("“[^”]*”", lambda found: found[0] if found[0][1:-1] in names else "“[…]”", message)


# --- what is shown -------------------------------------------------------------------------------------------------


def _sentences(article: Article) -> tuple[Span, ...]:
    """Every sentence of the prose that is analysed."""
    prose = [leaf.span for leaf in article.paragraphs()]
    return tuple(one.span for one in find_sentences(article) if any(leaf.contains(one.span) for leaf in prose))


def _excerpts(report: Report) -> tuple[Span, ...]:
    """The sentences in which somebody is heard or related to somebody, or whose claim a person has checked, and the title where the text
    has it. A claim of the article's own, or a mere mention, shows no sentence: hardly one would be left out."""
    wanted = [span for quote in report.quotes for span in (*quote.content, *([quote.cue] if quote.cue else []))]
    wanted += [span for claim in report.claims if claim.asserter != AUTHOR or claim.verdict for span in claim.spans]
    wanted += [relation.trigger for relation in report.relations]
    wanted += [leaf.span for leaf in report.article.leaves() if leaf.kind == "heading" and _is_title(report.article, leaf)]
    wanted.sort(key=lambda span: span.start)
    return tuple(_joined(span for span in _sentences(report.article) if any(one.overlaps(span) for one in wanted)))


def _is_title(article: Article, leaf: Block) -> bool:
    return one_line(leaf.span.of(article.text)) == one_line(article.meta.title)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in text order, those that touch as one."""
    last: Span | None = None
    for span in spans:
        if last is not None and last.end == span.start:
            last = Span(last.start, span.end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _sources(report: Report) -> Iterator[KnownSource]:
    for source in find_sources(report):
        quotes = () if source.actor else tuple(quote.id for quote in (*source.quotes, *source.not_said))
        yield KnownSource(source.id, source.identified, quotes)


def masked(text: str) -> str:
    """The text with every word withheld: as long, and with as many words.

    >>> masked("“Shut it,” he didn't say.")
    ' ▒▒▒▒ ▒▒   ▒▒ ▒▒▒▒▒▒ ▒▒▒ '
    """
    covered = WORD.sub(lambda word: WITHHELD * len(word[0]), text)
    return "".join(one if one == WITHHELD or one.isspace() else " " for one in covered)


# --- taking it out -------------------------------------------------------------------------------------------------

_MESSAGES: dict[CorrectionStatus, str] = {
    "applied": "Applied.",
    "redundant": "The program says so itself by now; the entry may go.",
    "conflict": "Held: another entry says the opposite, or the article does.",
    "ambiguous": "Held: its words or its sentence stand more than once.",
    "context changed": "Held: its words stand, but a sentence that it rests on does not.",
    "drifted": "The text stands, but the program says something else than when this was decided.",
    "orphan": "Held: its words are gone.",
}
"""What became of a correction, without any words of the article."""


def _bare_outcome(outcome: Outcome) -> Outcome:
    return replace(outcome, message=_MESSAGES[outcome.status])


@dataclass(frozen=True, slots=True)
class _Hand:
    """Takes out of a report what is withheld of its article."""

    article: Article
    withheld: Withheld
    hidden: frozenset[str]
    """Words that stand nowhere but in what is withheld."""

    @classmethod
    def of(cls, report: Report, withheld: Withheld) -> _Hand:
        article = report.article
        names = (actor.name for part in (report, report.machine) if part for actor in part.actors)
        seen = (*(span.of(article.text) for span in withheld.shown), *names, article.meta.title, article.meta.byline, article.meta.outlet)
        return cls(article, withheld, frozenset(_words([article.text])) - frozenset(_words(seen)))

    def report(self, report: Report) -> Report:
        """The whole report."""
        found = self._found(report)
        return replace(
            found,
            article=self._article(),
            notices=tuple(self._notice(one) for one in report.notices),
            corrections=tuple(self._outcome(one) for one in report.corrections),
            machine=self._found(report.machine) if report.machine else None,
        )

    def _article(self) -> Article:
        text, blocks = self._text(), tuple(self._block(block) for block in self.article.blocks)
        return replace(self.article, text=text, blocks=blocks, withheld=self.withheld)

    def _text(self) -> str:
        parts, at = [], 0
        for span in self.withheld.shown:
            parts += [masked(self.article.text[at : span.start]), span.of(self.article.text)]
            at = span.end
        return "".join([*parts, masked(self.article.text[at:])])

    def _block(self, block: Block) -> Block:
        """A block whose marks in what is withheld name nothing any more: addresses and labels have words too."""
        marks = tuple(mark if self.withheld.shows(mark) else replace(mark, href="", label="") for mark in block.marks)
        return replace(block, marks=marks, children=tuple(self._block(child) for child in block.children))

    def _found(self, found: Found) -> Found:
        return replace(
            found,
            actors=tuple(self._actor(actor) for actor in found.actors),
            undecided=tuple(self._place(one) for one in found.undecided),
            relations=tuple(self._relation(one) for one in found.relations),
            comparisons=tuple(replace(one, why=self._clear(one.why)) for one in found.comparisons),
        )

    def _actor(self, actor: Actor) -> Actor:
        return replace(
            actor,
            mentions=tuple(self._place(mention) for mention in actor.mentions),
            aliases=tuple(alias for alias in actor.aliases if self._is_name(actor, alias.name)),
            roles=tuple(self._role(role) for role in actor.roles),
        )

    def _is_name(self, actor: Actor, alias: str) -> bool:
        """Whether an alias is a name, which is no more than a fact, or is shown anyway."""
        if not self._leaks(alias):
            return True
        named = (one_line(one.of(self.article.text)) for one in actor.mentions if one.kind == "named")
        return any(one_line(alias) in words for words in named)

    def _role(self, role: Role) -> Role:
        return role if self.withheld.shows(role.evidence) and not self._leaks(role.text) else replace(role, text=masked(role.text))

    def _place(self, mention: Place) -> Place:
        kept = self.withheld.shows(mention) and not self._leaks(mention.why)
        return mention if kept else replace(mention, why="")

    def _relation(self, relation: Relation) -> Relation:
        kept = self.withheld.shows(relation.trigger) and not self._leaks(relation.predicate)
        return relation if kept else replace(relation, predicate=relation.class_.lower())

    def _notice(self, notice: Notice) -> Notice:
        return replace(notice, message=_unquoted(notice.message))

    def _outcome(self, outcome: Outcome) -> Outcome:
        said = (self._clear(one) for one in (outcome.was, outcome.machine, outcome.now))
        was, machine, now = said
        return replace(_bare_outcome(outcome), was=was, machine=machine, now=now)

    def _clear(self, text: str) -> str:
        return "" if self._leaks(text) else text

    def _leaks(self, text: str) -> bool:
        return not self.hidden.isdisjoint(_words([text]))


def _words(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        for word in re.findall(r"\w+", text):
            yield word.casefold()
