"""What became of an entry, for the report and for a reader."""

from __future__ import annotations

from onrecord.corrections.anchors import Missing
from onrecord.corrections.entries import Correction, Problem
from onrecord.corrections.located import Located
from onrecord.corrections.typography import normalise
from onrecord.model import CorrectionStatus, Outcome, Report


def problem_of(located: Located, base: Report, machine: Report) -> Problem | None:
    """Why an entry cannot be applied though its text stands; none where it can.

    ``base`` is the report with the actors that entries add, ``machine`` the one without.
    """
    entry = located.entry
    if entry.confirms:
        _, says = entry.describe(machine, located)
        if says and normalise(entry.was) != normalise(says):
            return "drifted", f"what was confirmed is “{entry.was}”, and the program now says “{says}”"
    return entry.lacks(base, machine, located)


def missing(entry: Correction, found: Missing) -> Outcome:
    """The outcome of an entry whose words or sentences were not found once."""
    return Outcome(
        entry.id, entry.action, found.status, True, f"Held: {found.why}.", was=entry.was, by=entry.by, date=entry.date, note=entry.note
    )


def held(located: Located, machine: Report, status: CorrectionStatus, why: str) -> Outcome:
    """The outcome of an entry that was found and cannot be applied."""
    item, says = located.entry.describe(machine, located)
    return _outcome(located=located, status=status, is_held=True, message=f"Held: {why}.", item=item, says=says, now=says)


def told(located: Located, machine: Report, corrected: Report, *, redundant: bool) -> Outcome:
    """The outcome of an entry that was applied, or had no need to be."""
    entry = located.entry
    before, says = entry.describe(machine, located)
    after, now = entry.describe(corrected, located)
    item = after or before
    if redundant:
        message = "The program says so itself by now; the entry may go."
        return _outcome(located=located, status="redundant", is_held=False, message=message, item=item, says=says, now=now)
    if entry.was and normalise(entry.was) != normalise(says):
        told_then, told_now = f"the program said “{entry.was}”", f"now it says “{says or 'nothing'}”"
        message = f"Applied, for the text stands as it did. When this was decided, {told_then}; {told_now}."
        return _outcome(located=located, status="drifted", is_held=False, message=message, item=item, says=says, now=now)
    message = f"“{says or 'nothing'}” became “{now or 'nothing'}”." if says != now else "Looked at by an editor."
    return _outcome(located=located, status="applied", is_held=False, message=message, item=item, says=says, now=now)


def _outcome(located: Located, status: CorrectionStatus, is_held: bool, message: str, item: str, says: str, now: str) -> Outcome:
    entry = located.entry
    return Outcome(
        id=entry.id,
        action=entry.action,
        status=status,
        held=is_held,
        message=message,
        item=item,
        spans=located.spans,
        was=entry.was,
        machine=says,
        now=now,
        by=entry.by,
        date=entry.date,
        note=entry.note,
    )
