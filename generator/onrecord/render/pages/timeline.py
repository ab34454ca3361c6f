"""The timeline: what was published, what was said and what claims tell of, by date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.labels.terms import collapse, plural
from onrecord.model import Moment
from onrecord.render.engine.links import TIMELINE, Link, Sheet, in_pages
from onrecord.render.lists.listing import MOST_NAMED
from onrecord.render.views.facts import ClaimFact, Facts, QuoteFact
from onrecord.render.views.site import Body, PagePlan, Site

Sort = Literal["published", "said", "reported", "told"]
"""What happened on the date: the article was published, a quote was said, an article of that day has a quote without saying when it was
said, or a claim tells of it."""
_MOST_COLUMNS = 14
"""How many columns the picture has room for."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something with a date."""

    value: str
    """ISO 8601, for sorting and for programs."""
    when: str
    """For readers: "Tuesday, 29 August 2017"."""
    words: str
    """The date in the words of the text; empty for the day of publication, and where these are the same as ``when``."""
    inferred: bool
    sort: Sort
    link: Link
    headline: str
    article: Link
    quote: QuoteFact | None = None
    """What was said then."""
    claim: ClaimFact | None = None
    """What tells of it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year of the picture."""

    lines: tuple[str, ...]
    """Its name, line by line."""
    x: str
    """The left edge of its columns, in units of the picture, as all coordinates here."""
    middle: str
    said: int
    """How many quotes were said then."""
    told: int
    """How many claims tell of it, or how many quotes stand in articles of then."""
    said_y: str
    said_height: str
    told_y: str
    told_height: str
    published: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A column for each day, month, year or decade, as high as its number of quotes and claims. Periods are as short as there is room
    for."""

    width: int
    height: int
    base: int
    """The y of the line that the columns stand on."""
    columns: tuple[Period, ...]
    left_out: int
    """How many earlier columns found no room."""


@dataclass(frozen=True, slots=True)
class TimelineView:
    """What ``pages/timeline.html`` prints."""

    sheet: Sheet[TimelineEntry]
    """The earliest first."""
    picture: Picture
    """Of all of them."""
    undated: tuple[str, ...]
    """The headlines of the first articles without a date of publication: "Tuesday" in them is no known day."""
    undated_rest: int
    """How many more such articles there are."""
    single: bool


def draft_timeline(site: Site) -> Iterator[PagePlan]:
    """Everything with a date, the earliest first."""
    found = [entry for facts in site.facts for entry in _entries(facts)]
    entries = sorted(found, key=_in_time)
    picture = draw_columns(entries)
    undated = [facts.headline for facts in site.facts if not facts.report.article.meta.date]
    for sheet in in_pages(entries, TIMELINE):
        title = sheet.numbered("Timeline")
        part = f", {sheet.first:,} to {sheet.last:,}" if sheet.pages > 1 else ""
        description = f"{plural(sheet.total, 'date')} that the text names{part}, with what was said and what is told of."
        view = TimelineView(sheet, picture, tuple(undated[:MOST_NAMED]), len(undated[MOST_NAMED:]), site.single)
        yield PagePlan(sheet.here.page, "pages/timeline.html", title, Body(view, description).itself)


def _in_time(entry: TimelineEntry) -> tuple[date, int, Link, Link]:
    return _begins(entry.value), len(entry.value), entry.article, entry.link


def find_said(facts: Iterable[Facts]) -> dict[Link, TimelineEntry]:
    """By the place of a quote, the first date on which the text says that it was said."""
    said: dict[Link, TimelineEntry] = {}
    for entry in (entry for one in facts for entry in _entries(one) if entry.sort == "said"):
        said.setdefault(entry.link, entry)
    return said


def dated_quotes(quotes: Iterable[QuoteFact], said: Mapping[Link, TimelineEntry]) -> tuple[TimelineEntry, ...]:
    """The quotes with a date, the earliest first: when each was said, as ``said`` has it, or the day of its article where the text does not
    tell. Those of an article without a date have none, and what copies of an article repeat is left out."""
    found = (said.get(quote.link) or _reported(quote) for quote in quotes if not quote.repeated)
    return tuple(sorted(filter(None, found), key=_in_time))


def _reported(quote: QuoteFact) -> TimelineEntry | None:
    day = quote.date[:10]
    if not day or not _is_date(day):
        return None
    return TimelineEntry(
        value=day,
        when=shown_value(day),
        words="",
        inferred=False,
        sort="reported",
        link=quote.link,
        headline=quote.headline,
        article=quote.article,
        quote=quote,
    )


def _entries(facts: Facts) -> Iterator[TimelineEntry]:
    article = facts.report.article
    if article.meta.date and _is_date(article.meta.date[:10]):
        day = article.meta.date[:10]
        yield TimelineEntry(
            day, shown_value(day), "", inferred=False, sort="published", link=facts.page, headline=facts.headline, article=facts.page
        )
    quotes = {quote.id: quote for quote in facts.quotes if not quote.boilerplate}
    claims = {claim.id: claim for claim in facts.claims if not claim.boilerplate}
    for moment in facts.report.moments:
        entry = _entry(facts, moment, quotes.get(moment.quote or ""), claims.get(moment.claim or ""))
        if entry.quote is not None or entry.claim is not None:
            yield entry


def _entry(facts: Facts, moment: Moment, quote: QuoteFact | None, claim: ClaimFact | None) -> TimelineEntry:
    when, words = shown_value(moment.value), collapse(moment.of(facts.report.article.text))
    return TimelineEntry(
        value=moment.value,
        when=when,
        words=words if words.casefold() != when.casefold() else "",
        inferred=moment.inferred,
        sort="said" if quote is not None else "told",
        link=quote.link if quote is not None else claim.link if claim is not None else facts.page,
        headline=facts.headline,
        article=facts.page,
        quote=quote,
        claim=claim,
    )


def _is_date(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _begins(value: str) -> date:
    """The first day of a day, week, month or year: 28 August 2017 for "2017-W35"."""
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        return date.fromisocalendar(int(week[1]), int(week[2]), 1)
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    return date(year, month, day)


def shown_value(value: str) -> str:
    """An ISO date for readers.

    >>> shown_value("2017-08-29"), shown_value("2017-W35"), shown_value("2017-08"), shown_value("2017")
    ('Tuesday, 29 August 2017', 'week of 28 August 2017', 'August 2017', '2017')
    """
    first = _begins(value)
    if "W" in value:
        return f"week of {first.day} {first:%B %Y}"
    return (str(first.year), f"{first:%B} {first.year}", f"{first:%A}, {first.day} {first:%B} {first.year}")[value.count("-")]


_STEP, _BASE, _HIGHEST = 64, 150, 120


def draw_columns(entries: Sequence[TimelineEntry]) -> Picture:
    """The entries as columns, by day where there is room for that, else by a longer time."""
    # Days, else months, else years, else the last decades.
    sizes = (_columns(entries, size) for size in (10, 7, 4))
    columns = list(next((cut for cut in sizes if len(cut) <= _MOST_COLUMNS), _columns(entries, 3)).items())
    # The latest are shown: an archive grows at its end.
    kept = columns[-_MOST_COLUMNS:]
    most = max((sum(entry.sort != "published" for entry in group) for _, group in kept), default=1)
    drawn = tuple(_column(value, group, place, _HIGHEST / max(most, 1)) for place, (value, group) in enumerate(kept))
    return Picture(_STEP * max(len(drawn), 1), _BASE + 56, _BASE, drawn, len(columns) - len(kept))


def _column(value: str, group: Sequence[TimelineEntry], place: int, unit: float) -> Period:
    said, told = (sum(entry.sort in sorts for entry in group) for sorts in (("said",), ("reported", "told")))
    # The columns of quotes stand on those of claims. In SVG y grows downwards.
    top = _BASE - unit * told
    return Period(
        lines=_tick(value),
        x=f"{place * _STEP + 12:.1f}",
        middle=f"{(place + 0.5) * _STEP:.1f}",
        said=said,
        told=told,
        said_y=f"{top - unit * said:.1f}",
        said_height=f"{unit * said:.1f}",
        told_y=f"{top:.1f}",
        told_height=f"{unit * told:.1f}",
        published=any(entry.sort == "published" for entry in group),
    )


def _tick(value: str) -> tuple[str, ...]:
    """The name of a column: ("29 Aug", "2017"), ("2010s",)."""
    if len(value) == 3:
        return (f"{value}0s",)
    first = _begins(value)
    if value.count("-") == 0:
        return (str(first.year),)
    month, year = f"{first:%b}", str(first.year)
    if len(value) == 7:
        return (month, year)
    return (f"{first.day} {month}", year, "week") if "W" in value else (f"{first.day} {month}", year)


def _columns(entries: Sequence[TimelineEntry], size: int) -> dict[str, list[TimelineEntry]]:
    """The entries by their values, cut to a day (10), a week or month (7), a year (4) or a decade (3)."""
    columns: dict[str, list[TimelineEntry]] = {}
    for entry in entries:
        value = entry.value
        # "2017-W35" cannot be cut to a month; the day on which the week begins can.
        if size <= 7 and "W" in value:
            value = _begins(value).isoformat()
        columns.setdefault(value[:size], []).append(entry)
    return columns
