"""Dates of publication: whether a date can be one, and on which day articles are read; and dates as web pages write them.

``SOURCE_DATE_EPOCH`` sets the day of reading, so that a build can be repeated later with the same result
(https://reproducible-builds.org/specs/source-date-epoch/)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from onrecord.errors import OptionsError

VARIABLE = "SOURCE_DATE_EPOCH"
_SHOWN = 40
"""How many characters of its value a message repeats."""


def set_time() -> datetime | None:
    """The time in UTC that ``SOURCE_DATE_EPOCH`` sets; None if it is not set. Raises :class:`OptionsError` if its value is no time."""
    given = os.environ.get(VARIABLE)
    if given is None:
        return None
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise OptionsError(f"{VARIABLE}: {given[:_SHOWN]!r} is no time; set it to whole seconds since 1970, or unset it") from error


EARLIEST = 1400
"""The first year of a possible date of publication: nothing was printed before it."""
_AHEAD = timedelta(days=366)
"""How far ahead of the day of reading a date may be: dates of embargoed and planned articles are, and wrong clocks and time zones occur."""
_SINCE = date(2026, 1, 1)
"""No clock that is right shows an earlier day to this program. Builds often set it to 1970 or 1980, to have the same day always."""
_ANY_DAY = date(2200, 1, 1)
"""The day that is taken in place of such a day, which says nothing about today. Only dates that nobody means ("9999-12-31") are ahead of
it."""


def today() -> date:
    """The day in UTC on which articles are read: that of ``SOURCE_DATE_EPOCH`` if it is set, otherwise today.

    Ask once for all articles, since midnight may pass in between. Raises :class:`OptionsError` if the variable's value is no time.
    """
    day = (set_time() or datetime.now(UTC)).date()
    return day if day >= _SINCE else _ANY_DAY


def is_placeholder(written: str, now: date) -> bool:
    """Whether a date in ISO 8601, with or without a time, cannot be a date of publication and stands for "no date": it is before 1400, or
    more than a year ahead of ``now``.

    >>> [is_placeholder(one, date(2026, 5, 2)) for one in ("0001-01-01T00:00:00Z", "2026-12-24", "9999-12-31", "")]
    [True, False, True, False]
    """
    if not written:
        return False
    if is_zero(written):
        return True
    day = datetime.fromisoformat(written).date()
    return day.year < EARLIEST or day - now > _AHEAD


def is_zero(written: str) -> bool:
    """Whether a date is in the year 0, which databases write for "no date" and Python cannot read."""
    return re.match(r"0000-?\d\d-?\d\d", written) is not None


def first_date(written: Iterable[str], now: date) -> str:
    """The first of several dates that is given and no placeholder. If there is none, the first placeholder, so that a notice can name
    it."""
    given = [one for one in written if one]
    return next((one for one in given if not is_placeholder(one, now)), given[0] if given else "")


# --- dates as web pages write them ------------------------------------------------------------------------------------

_LONGEST = 60
"""The most characters of a date. dateutil takes its time over long texts."""
# The zones that RFC 2822 (4.3) gives; other names of zones mean different ones in different countries, so that the time is left without.
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_BEFORE = re.compile(r"^(?:(?:first )?(?:published|posted|created|date|on|at)\b[\s:,]*)+", re.IGNORECASE)
_AFTER = re.compile(r"\s*\([^()]*\)$")
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?", re.IGNORECASE)


def parse_written_date(written: str) -> str:
    """The date in ISO 8601, with its time where that is given; empty where it is none, or could be two.

    >>> [parse_written_date(one) for one in ("Thu, 12 Mar 2026 16:07:38 -0600", "March 12, 2026", "12/03/2026", "tomorrow")]
    ['2026-03-12T16:07:38-06:00', '2026-03-12', '', '']
    """
    written = _AFTER.sub("", _BEFORE.sub("", " ".join(written.split())))
    if is_zero(written):
        return written
    if len(written) > _LONGEST or not re.search(r"\d{4}", written):
        return ""
    return _iso(written) or _in_words(written)


def _iso(written: str) -> str:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return ""
    return found.isoformat() if len(written) > len("2026-03-12") else found.date().isoformat()


def _in_words(written: str) -> str:
    """The date in a text that states a day, a month and a year, and nothing that is no part of a date."""
    from dateutil import parser  # slow to load, and not needed by most pages

    year_first = re.match(r"\d{4}\b", written) is not None
    words = _WEEKDAY.sub("", written).replace("GMT+", "+").replace("GMT-", "-")
    read = set[datetime]()
    try:
        # What a date leaves open is taken from the default: so it must be the same with two that differ in everything.
        for default in (datetime(2001, 1, 1), datetime(2002, 2, 2)):
            for day_first in (False, not year_first):
                read.add(parser.parse(words, default=default, dayfirst=day_first, yearfirst=year_first, tzinfos=_zone))
    except (ValueError, OverflowError):
        return ""
    found = read.pop()
    if read:
        return ""
    return found.isoformat() if ":" in written else found.date().isoformat()


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    hours = _ZONES.get((name or "").upper())
    return None if hours is None else timezone(timedelta(hours=hours))
