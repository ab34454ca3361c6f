"""The time that a build is told to be made at, for builds that are the same whenever they are made."""

from __future__ import annotations

import os
from datetime import UTC, datetime

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
