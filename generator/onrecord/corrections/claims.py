"""Corrections of claims: which words are one, and what a person found who checked it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.corrections.actors import added_id
from onrecord.corrections.entries import AddClaim, GiveVerdict
from onrecord.corrections.follow import innermost_quote, mentions_in, settle
from onrecord.corrections.located import Located, claims_at
from onrecord.corrections.quotes import BY_HAND
from onrecord.model import AUTHOR, Claim, Report, Source, Verdict


def add_claim(report: Report, located: Located) -> Report:
    """The report with a claim that only the editor saw, asserted by the speaker of the quote around it, or else by the article."""
    entry, spans = located.entry, located.spans
    assert isinstance(entry, AddClaim)
    claim = _claim(report, located)
    if claim is not None:
        fixed = replace(claim, kind=entry.kind, polarity=entry.polarity, modality=entry.modality)
        return report if fixed == claim else _with(report, replace(fixed, status="added" if claim.status == "added" else "corrected"))
    quote = innermost_quote(report, spans)
    outlet = quote.outlet.actor if quote and quote.outlet else None
    asserter = quote.speaker.actor if quote else AUTHOR
    new = Claim(
        added_id(entry.id),
        spans,
        asserter,
        entry.kind,
        entry.polarity,
        entry.modality,
        BY_HAND,
        quote.id if quote else None,
        outlet if outlet != asserter else None,
        tuple(actor for actor in mentions_in(report, spans) if actor != AUTHOR),
        others=quote.speaker.others if quote else (),
        status="added",
    )
    after = next((n for n, one in enumerate(report.claims) if one.spans > spans), len(report.claims))
    return replace(report, claims=(*report.claims[:after], new, *report.claims[after:]))


def delete_claim(report: Report, located: Located) -> Report:
    """The report without a claim; what was part of it is part of what it was part of, and a relation that rested on it alone is gone."""
    claim = _claim(report, located)
    if claim is None:
        return report
    left = (one for one in report.claims if one.id != claim.id)
    claims = tuple(replace(one, parent=claim.parent) if one.parent == claim.id else one for one in left)
    return settle(report, replace(report, claims=claims))


def give_verdict(report: Report, located: Located) -> Report:
    """The report with what a person found who checked a claim."""
    entry = located.entry
    assert isinstance(entry, GiveVerdict)
    claim = _claim(report, located)
    if claim is None:
        return report
    sources = tuple(Source(source.url, source.title) for source in entry.sources)
    verdict = Verdict(entry.verdict, entry.by, entry.date, sources, entry.summary)
    return _with(report, replace(claim, verdict=verdict, status="confirmed" if claim.status == "machine" else claim.status))


def confirm_claim(report: Report, located: Located) -> Report:
    """The report with a claim that an editor looked at."""
    claim = _claim(report, located)
    return report if claim is None or claim.status != "machine" else _with(report, replace(claim, status="confirmed"))


def _claim(report: Report, located: Located) -> Claim | None:
    found = claims_at(report, located.spans)
    return found[0] if len(found) == 1 else None


def _with(report: Report, claim: Claim) -> Report:
    return replace(report, claims=tuple(claim if one.id == claim.id else one for one in report.claims))
