"""The day an article gives as that of its publication, whether it can be one, and the time that a build is told to be made at."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from onrecord.errors import OptionsError

VARIABLE = "SOURCE_DATE_EPOCH"
_SHOWN = 40
"""Characters of its value that a message repeats."""


def set_time() -> datetime | None:
    """The time in UTC that the variable sets; none where it is not set. Raises :class:`OptionsError` where it holds no time."""
    given = os.environ.get(VARIABLE)
    if given is None:
        return None
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise OptionsError(f"{VARIABLE}: {given[:_SHOWN]!r} is no time; set it to whole seconds since 1970, or unset it") from error


EARLIEST = 1400
"""The first year that counts: nothing was printed before it."""
_AHEAD = timedelta(days=366)
_SINCE = date(2026, 1, 1)
"""No clock that is right says an earlier day to this program; builds set theirs to 1970 or 1980 to have the same one always."""
_ANY_DAY = date(2200, 1, 1)
"""In place of such a day, which says nothing of today: no date is ahead of it but those that nobody means."""


def today() -> date:
    """The day in UTC: that of ``SOURCE_DATE_EPOCH`` where it is set, or else the clock's.

    It is asked for once, where articles are read. Raises :class:`OptionsError` where the variable holds no time.
    """
    day = (set_time() or datetime.now(UTC)).date()
    return day if day >= _SINCE else _ANY_DAY


def is_placeholder(written: str, now: date) -> bool:
    """Whether a date in ISO 8601, with a time or without, stands for none: before 1400, or more than a year ahead of a day.

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
    """Whether a date is of the year 0, which databases write for "none" and no calendar here has."""
    return re.match(r"0000-?\d\d-?\d\d", written) is not None


def first_date(written: Iterable[str], now: date) -> str:
    """The first of several dates that is not empty and no placeholder; where all are, the first of these, so that it can be told."""
    given = [one for one in written if one]
    return next((one for one in given if not is_placeholder(one, now)), given[0] if given else "")
