"""What became of an entry, for the report and for a reader."""

from __future__ import annotations

from onrecord.corrections.anchors import Missing
from onrecord.corrections.entries import (
    CONFIRMATIONS,
    AddActor,
    AddClaim,
    AddQuote,
    Anchor,
    ConfirmClaim,
    ConfirmQuote,
    Correction,
    DeleteClaim,
    DeleteQuote,
    FixKind,
    FixSpeaker,
    GiveVerdict,
    Merge,
    Same,
    Split,
)
from onrecord.corrections.located import (
    Located,
    actor_at,
    actors_at,
    claims_at,
    describe_actor,
    describe_claim,
    describe_quote,
    describe_undecided,
    quotes_at,
    undecided_at,
)
from onrecord.corrections.quotes import denies_marks
from onrecord.corrections.typography import normalise
from onrecord.model import CorrectionStatus, Outcome, Report, Span

OF_QUOTES = (FixSpeaker, FixKind, AddQuote, DeleteQuote, ConfirmQuote)
OF_CLAIMS = (AddClaim, DeleteClaim, ConfirmClaim, GiveVerdict)


def describe(report: Report, located: Located) -> tuple[str, str]:
    """The id of what stands at an entry's words, and what the report says of it; both empty where that is nothing.

    It is what the entry's ``was`` is compared with.
    """
    entry = located.entry
    if isinstance(entry, OF_QUOTES):
        quotes = quotes_at(report, located.spans)
        return (quotes[0].id, describe_quote(report, quotes[0])) if len(quotes) == 1 else ("", "")
    if isinstance(entry, OF_CLAIMS):
        claims = claims_at(report, located.spans)
        return (claims[0].id, describe_claim(report, claims[0])) if len(claims) == 1 else ("", "")
    return describe_at(report, located.own_span)


def describe_at(report: Report, span: Span) -> tuple[str, str]:
    """The id and the description of the actor that exactly these words mention."""
    actor, doubt = actor_at(report, span), undecided_at(report, span)
    if actor is not None:
        return actor.id, describe_actor(actor)
    return "", describe_undecided(report, doubt) if doubt else ""


# --- why an entry cannot be applied though its text stands ----------------------------------------------------------------


def problem_of(located: Located, base: Report, machine: Report) -> tuple[CorrectionStatus, str] | None:
    """Why there is nothing at the entry's words for it to change; none where there is.

    ``base`` is the report with the actors that entries add, ``machine`` the one without.
    """
    entry = located.entry
    if isinstance(entry, CONFIRMATIONS):
        _, says = describe(machine, located)
        if says and normalise(entry.was) != normalise(says):
            return "drifted", f"what was confirmed is “{entry.was}”, and the program now says “{says}”"
    return _missing_target(located, base) or _missing_actors(located, base) or _denied(located, machine)


def _missing_target(located: Located, base: Report) -> tuple[CorrectionStatus, str] | None:
    entry = located.entry
    if isinstance(entry, OF_QUOTES):
        noun, count, may_lack = "quote", len(quotes_at(base, located.spans)), isinstance(entry, AddQuote | DeleteQuote)
    elif isinstance(entry, OF_CLAIMS):
        noun, count, may_lack = "claim", len(claims_at(base, located.spans)), isinstance(entry, AddClaim | DeleteClaim)
    else:
        return None
    if count > 1:
        return "ambiguous", f"the program finds {count} {noun}s with exactly these words"
    if count == 0 and not may_lack:
        return "drifted", f"the program no longer finds a {noun} with exactly these words; add it with add-{noun}, or name its new words"
    return None


def _missing_actors(located: Located, base: Report) -> tuple[CorrectionStatus, str] | None:
    """Whether each of the words that are to mention an actor does."""
    entry = located.entry
    named: list[tuple[Anchor, bool]] = []
    if not isinstance(entry, (*OF_QUOTES, *OF_CLAIMS, AddActor)):
        named.append((entry, isinstance(entry, Merge | Same | Split)))
    named += [(one, isinstance(entry, Merge | Same) or (isinstance(entry, Split) and one is not entry.to)) for one in entry.others]
    for anchor, may_doubt in named:
        span = located.span(anchor)
        found = len(actors_at(base, span))
        if found > 1:
            return "ambiguous", f"the program finds {found} actors at “{span.of(base.article.text)}”"
        if found == 0 and not (may_doubt and undecided_at(base, span)):
            return "drifted", f"the program finds no actor at “{span.of(base.article.text)}”; add one there with add-actor"
    return None


def _denied(located: Located, machine: Report) -> tuple[CorrectionStatus, str] | None:
    """Whether the article's own quotation marks contradict the entry."""
    entry = located.entry
    if not isinstance(entry, FixKind | AddQuote) or any(quote.kind == entry.kind for quote in quotes_at(machine, located.spans)):
        return None
    why = denies_marks(machine.article, located.spans, entry.kind)
    return ("conflict", why) if why else None


# --- outcomes -----------------------------------------------------------------------------------------------------------


def missing(entry: Correction, found: Missing) -> Outcome:
    """The outcome of an entry whose words or sentences were not found once."""
    return Outcome(
        entry.id, entry.action, found.status, True, f"Held: {found.why}.", was=entry.was, by=entry.by, date=entry.date, note=entry.note
    )


def held(located: Located, machine: Report, status: CorrectionStatus, why: str) -> Outcome:
    """The outcome of an entry that was found and cannot be applied."""
    item, says = describe(machine, located)
    return _outcome(located, status, True, f"Held: {why}.", item, says, says)


def told(located: Located, machine: Report, corrected: Report, *, redundant: bool) -> Outcome:
    """The outcome of an entry that was applied, or had no need to be."""
    entry = located.entry
    before, says = describe(machine, located)
    after, now = describe(corrected, located)
    item = after or before
    if redundant:
        message = "The program says so itself by now; the entry may go."
        return _outcome(located, "redundant", False, message, item, says, now)
    if entry.was and normalise(entry.was) != normalise(says):
        told_then, told_now = f"the program said “{entry.was}”", f"now it says “{says or 'nothing'}”"
        message = f"Applied, for the text stands as it did. When this was decided, {told_then}; {told_now}."
        return _outcome(located, "drifted", False, message, item, says, now)
    message = f"“{says or 'nothing'}” became “{now or 'nothing'}”." if says != now else "Looked at by an editor."
    return _outcome(located, "applied", False, message, item, says, now)


def _outcome(located: Located, status: CorrectionStatus, is_held: bool, message: str, item: str, says: str, now: str) -> Outcome:
    entry = located.entry
    return Outcome(
        entry.id, entry.action, status, is_held, message, item, located.spans, entry.was, says, now, entry.by, entry.date, entry.note
    )
