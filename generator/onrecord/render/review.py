"""What people have to say of what the program found: the status of an item, its corrections, and an entry ready to be copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import Corpus, Outcome, Report, Review
from onrecord.render.links import Link, article_page
from onrecord.render.words import headline

STATUS_WORDS: dict[Review, str] = {
    "machine": "found by the program, not reviewed",
    "confirmed": "confirmed by an editor",
    "corrected": "corrected by an editor",
    "added": "added by an editor; the program did not find it",
}


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    """What became of a correction, as a page prints it."""

    outcome: Outcome
    link: Link | None
    """Its words on the page of the article; none where they are gone."""
    headline: str
    decided: str
    """Who decided, and when: "by Ada Lee, 2026-03-14"; empty where that was not written down."""


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """How far an item has been looked at by people."""

    state: Review
    status: str
    """The state in words."""
    reviewed: bool
    held: bool
    """Whether a correction of it waits for an editor."""
    outcomes: tuple[OutcomeFact, ...]
    """The corrections that are about it."""


def review(report: Report, item: str, status: Review) -> ReviewFact:
    """The review of the item with this id."""
    outcomes = tuple(_outcome(one, report) for one in report.corrections if one.item == item)
    held = any(one.outcome.held for one in outcomes)
    return ReviewFact(status, STATUS_WORDS[status], status != "machine", held, outcomes)


def all_outcomes(corpus: Corpus) -> tuple[OutcomeFact, ...]:
    """What became of every correction, those that are held first."""
    found = [*_everything(corpus)]
    return tuple(sorted(found, key=lambda one: (not one.outcome.held, one.outcome.id)))


def _everything(corpus: Corpus) -> Iterator[OutcomeFact]:
    for report in corpus.reports:
        yield from (_outcome(one, report) for one in report.corrections)
    yield from (_outcome(one, None) for one in corpus.corrections)


def _outcome(one: Outcome, report: Report | None) -> OutcomeFact:
    there = report is not None and one.item in {*(quote.id for quote in report.quotes), *(claim.id for claim in report.claims)}
    link = Link(article_page(report.article.id), one.item if there else "") if report is not None else None
    decided = ", ".join(filter(None, (f"by {one.by}" if one.by else "", one.date)))
    return OutcomeFact(one, link, headline(report.article) if report is not None else "", decided)
