"""Dates of publication: whether a date can be one, and on which day articles are read. ``SOURCE_DATE_EPOCH`` sets that day, so that a
build can be repeated later with the same result (https://reproducible-builds.org/specs/source-date-epoch/)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

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
