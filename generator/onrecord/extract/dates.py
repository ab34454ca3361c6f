"""Which day, week, month or year an English expression names.

The kinds of expression, and how one without a year or a date is resolved against the day of publication, follow TimeML's TIMEX3
(Pustejovsky et al. 2003) and HeidelTime's rules for news (Strötgen & Gertz 2010): backward with a past tense, forward with a future one.
Durations ("three years"), sets ("every Monday") and decades name no one time, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Tense = Literal["past", "future", ""]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1\d{3}|20\d{2})"
_WHICH = r"(?:(?P<which>this|last|next|this past|this coming|past|coming) )?"
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_ABOUT = r"(?:(?:early|earlier|late|later|mid|mid-|the|beginning of|end of|middle of|start of) ?)*"


@dataclass(frozen=True, slots=True)
class Dated:
    """The time that an expression names."""

    value: str
    """ISO 8601 at the precision that the words have: ``2017-08-29``, ``2017-W35``, ``2017-08``, ``2017``."""
    inferred: bool
    """Whether it was reckoned from the day of publication."""


def resolve(expression: str, published: date | None, tense: Tense) -> Dated | None:
    """The time that an expression names; none where it names none, or where nothing tells which.

    ``tense`` is that of the verb that the expression goes with: without one, "Tuesday" may be the last or the next.

    >>> resolve("Aug. 29, 2017", None, ""), resolve("Tuesday", date(2017, 8, 31), "past")
    (Dated(value='2017-08-29', inferred=False), Dated(value='2017-08-29', inferred=True))
    """
    words = re.sub(r"\s+", " ", expression.strip().casefold().replace("\u2019", "'")).removesuffix("'s").removeprefix("on ")
    for pattern, reckon in _STATED:
        if match := pattern.fullmatch(words):
            value = reckon(match)
            return None if value is None else Dated(value, inferred=False)
    if published is not None:
        for pattern, infer in _RELATIVE:
            if match := pattern.fullmatch(words):
                value = infer(match, published, tense)
                return None if value is None else Dated(value, inferred=True)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _later(day: date, days: int) -> date | None:
    """The day so many days later, or earlier; none where the calendar ends before it."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _written_year(year: int) -> str | None:
    return f"{year:04}" if MINYEAR <= year <= MAXYEAR else None


def _written_month(year: int, month: int) -> str | None:
    return f"{year:04}-{month:02}" if MINYEAR <= year <= MAXYEAR else None


def _month_of(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3]) + 1


def _full(match: re.Match[str]) -> str | None:
    return _written(_day(int(match["year"]), _month_of(match), int(match["day"])))


def _iso(match: re.Match[str]) -> str | None:
    return _written(_day(*(int(part) for part in match.groups())))


def _month_and_year(match: re.Match[str]) -> str:
    return f"{match['year']}-{_month_of(match):02}"


def _year(match: re.Match[str]) -> str:
    return match["year"]


_STATED: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]] = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), _iso),
    (re.compile(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY},? {_YEAR}"), _full),
    (re.compile(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY} (?:of )?{_MONTH},? {_YEAR}"), _full),
    (re.compile(rf"{_ABOUT}{_MONTH}(?: of|,)? {_YEAR}"), _month_and_year),
    (re.compile(rf"{_ABOUT}{_YEAR}"), _year),
)


def _no_year(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "Aug. 29": the last one or the next one."""
    days = [day for year in (-1, 0, 1) if (day := _day(published.year + year, _month_of(match), int(match["day"]))) is not None]
    return _written(_nearest(days, published, tense))


def _nearest(days: Sequence[date], published: date, tense: Tense) -> date | None:
    if published in days:
        return published
    if tense == "past":
        return max((day for day in days if day < published), default=None)
    if tense == "future":
        return min((day for day in days if day > published), default=None)
    return None


def _named_day(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "Tuesday", "last Tuesday", "next Tuesday"."""
    back = (published.weekday() - _WEEKDAYS.index(match["weekday"])) % 7
    which = match["which"] or ""
    if which in ("last", "past", "this past"):
        return _written(_later(published, -(back or 7)))
    if which in ("next", "coming", "this coming"):
        return _written(_later(published, 7 - back))
    if back == 0 or tense == "past":
        return _written(_later(published, -back))
    return _written(_later(published, 7 - back)) if tense == "future" else None


def _named_month(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "August", "last August", "next August"."""
    month, which = _month_of(match), match["which"] or ""
    way: Tense = "past" if which in ("last", "past", "this past") else "future" if which in ("next", "coming", "this coming") else tense
    months = [(published.year + year, month) for year in (-1, 0, 1)]
    here = (published.year, published.month)
    if here in months and not which:
        found: tuple[int, int] | None = here
    elif way == "past":
        found = max((one for one in months if one < here), default=None)
    else:
        found = min((one for one in months if one > here), default=None) if way == "future" else None
    return None if found is None else _written_month(*found)


def _today(match: re.Match[str], published: date, tense: Tense) -> str | None:
    by = {"yesterday": -1, "last night": -1, "tomorrow": 1}
    return _written(_later(published, next((days for words, days in by.items() if match[0].startswith(words)), 0)))


def _period(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "This week", "last month", "next year"."""
    steps = {"last": -1, "past": -1, "next": 1, "coming": 1}.get((match["which"] or "this").removeprefix("this "), 0)
    return _shifted(published, match["unit"], steps)


def _ago(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "Three weeks ago"."""
    word = match["number"]
    number = int(word) if word.isdigit() else max(1, _NUMBERS.index(word)) if word in _NUMBERS else 1
    return _shifted(published, match["unit"], -number) if number <= 999 else None


def _shifted(day: date, unit: str, steps: int) -> str | None:
    """The day, week, month or year so many steps from that of a day; none where the calendar ends before it."""
    if unit == "day":
        return _written(_later(day, steps))
    if unit == "week":
        return _written_week(_later(day, 7 * steps))
    if unit == "year":
        return _written_year(day.year + steps)
    year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
    return _written_month(year, month + 1)


def _written_week(day: date | None) -> str | None:
    if day is None:
        return None
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


_RELATIVE: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], date, Tense], str | None]]] = (
    (re.compile(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}{_PART}"), _no_year),
    (re.compile(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY} (?:of )?{_MONTH}{_PART}"), _no_year),
    (re.compile(rf"(?:early |late )?{_WHICH}{_WEEKDAY}{_PART}"), _named_day),
    (re.compile(rf"{_ABOUT}{_WHICH}{_MONTH}"), _named_month),
    (re.compile(r"(?:earlier |later |late |early )?(?:today|tonight|this (?:morning|afternoon|evening))"), _today),
    (re.compile(r"(?:late |early )?(?:yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?|last night"), _today),
    (re.compile(rf"{_ABOUT}(?P<which>this|last|next|past|this past|this coming|coming) (?P<unit>week|month|year)"), _period),
    (
        re.compile(
            r"(?:about |some |around )?(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
            r"(?P<unit>day|week|month|year)s? ago"
        ),
        _ago,
    ),
)
