"""The review queue: what editors should check, in the order in which to look at it. A public site does not have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from onrecord.corrections.suggestions import offer_for_namesakes, offer_for_quote
from onrecord.labels.terms import plural
from onrecord.model import Actor, Quote, Report, UndecidedMention
from onrecord.render.engine.links import REVIEW, Sheet, in_pages
from onrecord.render.pages.article import UndecidedNote, undecided_note
from onrecord.render.views.facts import Facts, QuoteFact
from onrecord.render.views.parties import OutcomeFact, all_outcomes, find_members
from onrecord.render.views.profiles import PerhapsFact, list_perhaps
from onrecord.render.views.site import Body, Offer, PagePlan, Site
from onrecord.text.anchors import Ground


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of thing to look at, and why."""

    name: str
    title: str
    meaning: str


HELD = Sort("held", "Held corrections", "an editor decided, and the article or the program has changed since")
UNKNOWN = Sort("unknown", "Unknown speakers", "the text says that somebody said it, and the program knows nobody of that description")
UNDECIDED = Sort("undecided", "Undecided speakers", "the program could not decide between several")
UNSURE = Sort("low-confidence", "Low confidence", "of the quotes found like this many are wrong")
RUNNER_UP = Sort("runner-up", "Another may be meant", "a second source was close to the one that is shown")
MENTION = Sort("mentions", "Undecided mentions", "words that may mean more than one actor")
PERHAPS = Sort("perhaps", "Perhaps the same", "actors of several articles who may be one")


@dataclass(frozen=True, slots=True)
class Task:
    """Something for a person to look at: a correction, a quote, a mention or a name."""

    sort: Sort
    offer: Offer | None = None
    """An entry for ``corrections.yml`` that settles it; None where its words cannot be told from the same words elsewhere."""
    outcome: OutcomeFact | None = None
    quote: QuoteFact | None = None
    mention: UndecidedNote | None = None
    headline: str = ""
    """The headline of the article that the mention stands in."""
    perhaps: PerhapsFact | None = None


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks of one sort on one page."""

    sort: Sort
    count: int
    """How many of this sort there are on all pages."""
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Todo:
    """A task before its entry for ``corrections.yml`` is made. Entries are made for one page at a time, since those of an archive would
    fill the memory."""

    sort: Sort
    make: Callable[[], Task]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What ``pages/review.html`` prints."""

    sheet: Sheet[Todo]
    groups: tuple[Tasks, ...]
    single: bool


def quote_sort(quote: QuoteFact) -> Sort | None:
    """Why a person should look at a quote, the most pressing reason of several; None where nothing is in doubt."""
    if quote.speaker.state == "unknown":
        return UNKNOWN
    if quote.speaker.state == "undecided":
        return UNDECIDED
    if quote.unsure:
        return UNSURE
    return RUNNER_UP if quote.runner_up is not None else None


def draft_review(site: Site) -> Iterator[PagePlan]:
    """The review queue, in pages."""
    # Decisions that an editor has already made come first, then what is most likely wrong.
    order = (HELD, UNKNOWN, UNDECIDED, UNSURE, RUNNER_UP, MENTION, PERHAPS)
    todo = sorted(_find(site), key=lambda one: order.index(one.sort))
    counts = {sort: sum(one.sort is sort for one in todo) for sort in order}
    for sheet in in_pages(todo, REVIEW):
        title = sheet.numbered("Review")
        yield PagePlan(sheet.here.page, "pages/review.html", title, partial(_review, sheet, counts, single=site.single))


def _review(sheet: Sheet[Todo], counts: Mapping[Sort, int], *, single: bool) -> Body:
    # Tasks are sorted by their sort already, so that neighbours of one sort are a group.
    made = groupby((one.make() for one in sheet.items), key=lambda task: task.sort)
    groups = tuple(Tasks(sort, counts[sort], tuple(tasks)) for sort, tasks in made)
    return Body(ReviewView(sheet, groups, single), f"{plural(sheet.total, 'thing')} to look at, each with an entry for corrections.yml.")


class _Grounds:
    """Makes articles ready for searching, and keeps the last one: tasks of one article follow one another."""

    def __init__(self) -> None:
        self._last: Ground | None = None

    def of(self, report: Report) -> Ground:
        if self._last is None or self._last.article is not report.article:
            self._last = Ground(report.article)
        return self._last


def _find(site: Site) -> Iterator[Todo]:
    grounds = _Grounds()
    for outcome in all_outcomes(site.corpus):
        if outcome.outcome.held:
            yield Todo(HELD, partial(Task, HELD, outcome=outcome))
    for facts in site.facts:
        quotes = {quote.id: quote for quote in facts.report.quotes}
        for fact in facts.quotes:
            # A held correction of a quote is a task already.
            sort = None if fact.boilerplate or fact.review.held else quote_sort(fact)
            if sort is not None:
                yield Todo(sort, partial(_quote_task, facts.report, grounds, fact, quotes[fact.id], sort))
        for mention in facts.report.undecided:
            yield Todo(MENTION, partial(_mention_task, site, facts, grounds, mention))
    yield from _of_names(site)


def _quote_task(report: Report, grounds: _Grounds, fact: QuoteFact, quote: Quote, sort: Sort) -> Task:
    return Task(sort, _offer(offer_for_quote(report, grounds.of(report), quote)), quote=fact)


def _offer(entry: str) -> Offer | None:
    return Offer(entry, "") if entry else None


def _mention_task(site: Site, facts: Facts, grounds: _Grounds, mention: UndecidedMention) -> Task:
    note = undecided_note(facts.report, grounds.of(facts.report), site.parties, facts.page, 0, mention, offering=site.offering)
    return Task(MENTION, note.offer, mention=note, headline=facts.headline)


def _of_names(site: Site) -> Iterator[Todo]:
    actors = {actor.id: actor for actor in site.corpus.actors}
    members = find_members(site.corpus)
    for perhaps, names in zip(list_perhaps(site.corpus), site.corpus.namesakes, strict=True):
        first, *others = (members[actors[id].members[0]] for id in names.actors[: len(perhaps.others)])
        yield Todo(PERHAPS, partial(_names_task, perhaps, first, others))


def _names_task(perhaps: PerhapsFact, first: tuple[Report, Actor], others: Sequence[tuple[Report, Actor]]) -> Task:
    offers = (offer_for_namesakes(first, other) for other in others)
    return Task(PERHAPS, _offer("\n".join(offer for offer in offers if offer)), perhaps=perhaps)
