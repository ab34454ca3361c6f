"""Parties and reviews as pages print them: from an actor's id in a report to a name with a link, and from corrections to words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.labels.terms import headline, shown_words
from onrecord.model import AUTHOR, Actor, Corpus, CorpusActor, Member, Outcome, Reference, Report, Review, Span, Speaker
from onrecord.render.engine.links import Link, actor_page, article_page

WITHOUT_PAGE = ("place", "narrator")
"""Types of actors that are no parties in their own right: they have no page and stand in no index."""

TYPE_LABELS = {
    "person": "Person",
    "organization": "Organization",
    "state": "State",
    "armed_force": "Armed force",
    "armed_group": "Armed group",
    "coalition": "Coalition",
    "media": "News outlet",
    "described_group": "Group described in the text",
    "place": "Place",
    "narrator": "The article’s own voice",
}


@dataclass(frozen=True, slots=True)
class PartyView:
    """An actor, an unknown speaker or an undecided one, as a page prints it."""

    name: str
    state: Literal["actor", "article", "unknown", "undecided"] = "actor"
    """``unknown`` is a speaker who is no actor, and goes by the article's words ("a source") where it has any."""
    key: str = ""
    """The corpus actor's id, for grouping; empty for unknown and undecided speakers."""
    link: Link | None = None
    """Its page; None for a party that has none."""
    stated: str = ""
    """The words of the text that name it here; empty where they are the name itself."""
    candidates: tuple[PartyView, ...] = ()
    """The actors between whom the program could not decide."""


THE_ARTICLE = PartyView("The article", "article", key=AUTHOR)
UNKNOWN = PartyView("Unknown speaker", "unknown")


@dataclass(frozen=True, slots=True)
class Parties:
    """How every actor of a corpus is printed, by the ids of its article and of the actor in that article."""

    by_member: dict[tuple[str, str], PartyView]

    @classmethod
    def of_corpus(cls, corpus: Corpus) -> Parties:
        """The parties of a corpus."""
        shown = ((actor.members, merged_party(actor)) for actor in corpus.actors)
        return cls({(member.article, member.actor): party for members, party in shown for member in members})

    def party(self, report: Report, actor: str) -> PartyView:
        """The actor of a report as a page prints it; the narrator is "The article"."""
        if actor == AUTHOR:
            return THE_ARTICLE
        merged = self.by_member.get((report.article.id, actor))
        if merged is not None:
            return merged
        # An actor that an editor hid is in its report and not in the corpus: it has a name and no page.
        own = next((one for one in report.actors if one.id == actor), None)
        return PartyView(own.name if own else actor, key=actor)

    def of(self, report: Report) -> tuple[PartyView | None, ...]:
        """How each actor of a report is printed, in their order; None for those that are no actor of the corpus. Two builds in which this
        is the same print the report's actors alike."""
        return tuple(self.by_member.get((report.article.id, actor.id)) for actor in report.actors)

    def speaker(self, report: Report, speaker: Speaker) -> PartyView:
        """Who is speaking: an actor, undecided between several, or unknown; with the words that name the source."""
        stated = _stated(report, speaker.mention)
        if speaker.actor is not None:
            known = self.party(report, speaker.actor)
            return PartyView(known.name, known.state, known.key, known.link, stated if stated != known.name else "")
        if speaker.candidates:
            return PartyView("Undecided", "undecided", stated=stated, candidates=self.several(report, speaker.candidates))
        # Whom no name is known for is called what the article calls them; "unknown" is only where it does not say.
        return PartyView(stated[:1].upper() + stated[1:], "unknown", stated=stated) if stated else UNKNOWN

    def reference(self, report: Report, reference: Reference | None) -> PartyView | None:
        """An addressee, outlet or runner-up; None if the text gives neither an actor nor words."""
        if reference is None or (reference.actor is None and reference.mention is None):
            return None
        stated = _stated(report, reference.mention)
        if reference.actor is None:
            return PartyView(stated or "somebody named in words that are withheld")
        return self.party(report, reference.actor)

    def several(self, report: Report, actors: Iterable[str]) -> tuple[PartyView, ...]:
        """The parties of several ids, in their order."""
        return tuple(self.party(report, actor) for actor in actors)


def merged_party(actor: CorpusActor) -> PartyView:
    """An actor of the corpus as a page prints it."""
    link = None if actor.type in WITHOUT_PAGE else Link(actor_page(actor.id))
    return PartyView(actor.name, key=actor.id, link=link)


def find_members(corpus: Corpus) -> dict[Member, tuple[Report, Actor]]:
    """For each member of an actor of the corpus, the actor in its article, with the article's report."""
    present = {(report.article.id, one.id): (report, one) for report in corpus.reports for one in report.actors}
    return {member: present[member.article, member.actor] for actor in corpus.actors for member in actor.members}


def _stated(report: Report, span: Span | None) -> str:
    return shown_words(report.article, span) if span else ""


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
    """Its words on the page of the article, or only the page where they are gone; None for a correction that is about several articles."""
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
    """Whether a correction of it was not applied and waits for an editor."""
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
