"""Dates as web pages write them: ISO 8601, RFC 2822, and in full. A date that can be read in two ways is not read."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo

from onrecord.article.publication import is_zero

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
