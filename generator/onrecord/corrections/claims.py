"""Corrections of claims: which words are one, and what a person found who checked it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from onrecord import model
from onrecord.corrections.actors import added_id
from onrecord.corrections.consequences import innermost_quote, made_consistent, mentions_in
from onrecord.corrections.correction import (
    Address,
    Confirmation,
    Correction,
    Located,
    Problem,
    Statement,
    claims_at,
    describe_claim,
    lacking_item,
)
from onrecord.corrections.quotes import BY_HAND
from onrecord.model import AUTHOR, Claim, ClaimKind, Modality, Polarity, Report, Verdict
from onrecord.text.anchors import Line


class OfClaim(Correction, frozen=True):
    """A decision about the claim with exactly these words."""

    may_lack: ClassVar[bool] = False
    """Whether the entry also holds where the program finds no such claim: when it adds or deletes one."""

    def describe(self, report: Report, located: Located) -> tuple[str, str]:
        claim = _claim(report, located)
        return (claim.id, describe_claim(report, claim)) if claim else ("", "")

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        return lacking_item("claim", len(claims_at(base, located.spans)), may_lack=self.may_lack)

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield (("claim", located.spans, "is one"), True)

    def confirm(self, report: Report, located: Located) -> Report:
        claim = _claim(report, located)
        return report if claim is None or claim.status != "machine" else _with(report, replace(claim, status="confirmed"))


class AddClaim(OfClaim, frozen=True, tag="add-claim"):
    """The words are a claim that the program did not find. Who asserts it follows from the quote that it stands in."""

    may_lack: ClassVar[bool] = True

    kind: ClaimKind
    polarity: Polarity = "+"
    modality: Modality = "asserted"

    def apply(self, report: Report, located: Located) -> Report:
        """It is asserted by the speaker of the quote around it, or else by the article."""
        claim = _claim(report, located)
        if claim is not None:
            # The program found it meanwhile: what the editor says of its form still holds.
            fixed = replace(claim, kind=self.kind, polarity=self.polarity, modality=self.modality)
            return report if fixed == claim else _with(report, replace(fixed, status="added" if claim.status == "added" else "corrected"))
        new = self._new(report, located)
        # In text order, where a reader expects it.
        after = next((n for n, one in enumerate(report.claims) if one.spans > new.spans), len(report.claims))
        return replace(report, claims=(*report.claims[:after], new, *report.claims[after:]))

    def _new(self, report: Report, located: Located) -> Claim:
        quote = innermost_quote(report, located.spans)
        outlet = quote.outlet.actor if quote and quote.outlet else None
        asserter = quote.speaker.actor if quote else AUTHOR
        return Claim(
            id=added_id(self.id),
            spans=located.spans,
            asserter=asserter,
            kind=self.kind,
            polarity=self.polarity,
            modality=self.modality,
            rule=BY_HAND,
            quote=quote.id if quote else None,
            via=outlet if outlet != asserter else None,
            about=tuple(actor for actor in mentions_in(report, located.spans) if actor != AUTHOR),
            others=quote.speaker.others if quote else (),
            status="added",
        )

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield from super().states(report, located)
        yield (("claim", located.spans, "form"), (self.kind, self.polarity, self.modality))


class DeleteClaim(OfClaim, frozen=True, tag="delete-claim"):
    """The words are no claim."""

    may_lack: ClassVar[bool] = True

    def apply(self, report: Report, located: Located) -> Report:
        """Claims within it become claims within the claim around it, and a relation that rested on it alone is gone."""
        claim = _claim(report, located)
        if claim is None:
            return report
        left = (one for one in report.claims if one.id != claim.id)
        claims = tuple(replace(one, parent=claim.parent) if one.parent == claim.id else one for one in left)
        return made_consistent(report, replace(report, claims=claims))

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield (("claim", located.spans, "is one"), False)

    def is_said_by(self, machine: Report, located: Located) -> bool:
        return not claims_at(machine, located.spans)


class ConfirmClaim(Confirmation, OfClaim, frozen=True, tag="confirm-claim"):
    """The claim with these words is made as ``was`` says; nothing is said of whether it is true."""

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield from super().states(report, located)
        for found in claims_at(report, located.spans):
            yield (("claim", located.spans, "form"), (found.kind, found.polarity, found.modality))


class StatedSource(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a verdict rests on."""

    url: Address
    title: Line = ""


class GiveVerdict(OfClaim, frozen=True, tag="verdict"):
    """What checking the claim with these words has shown, by a person, with sources."""

    by: Annotated[str, Meta(min_length=1, max_length=500)]
    date: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
    verdict: Annotated[str, Meta(min_length=1, max_length=80)]
    """In a word or two: "true", "half true", "no evidence"."""
    sources: Annotated[tuple[StatedSource, ...], Meta(min_length=1, max_length=50)]
    summary: Annotated[str, Meta(max_length=2_000)] = ""

    def apply(self, report: Report, located: Located) -> Report:
        claim = _claim(report, located)
        if claim is None:
            return report
        sources = tuple(model.Source(source.url, source.title) for source in self.sources)
        verdict = Verdict(self.verdict, self.by, self.date, sources, self.summary)
        return _with(report, replace(claim, verdict=verdict, status="confirmed" if claim.status == "machine" else claim.status))

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield from super().states(report, located)
        yield (("claim", located.spans, "verdict"), (self.verdict, self.by, self.date, self.sources, self.summary))

    def is_said_by(self, machine: Report, located: Located) -> bool:
        return False  # the program never gives one


def _claim(report: Report, located: Located) -> Claim | None:
    """The only claim with exactly the entry's words."""
    found = claims_at(report, located.spans)
    return found[0] if len(found) == 1 else None


def _with(report: Report, claim: Claim) -> Report:
    return replace(report, claims=tuple(claim if one.id == claim.id else one for one in report.claims))
