"""Corrections of quotes (which words are one, of what kind, and by whom) and of claims (which words are one, and what a person found who
checked it)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from onrecord import model
from onrecord.corrections.actors import added_id
from onrecord.corrections.correction import (
    Address,
    Confirmation,
    Correction,
    Located,
    Problem,
    Statement,
    actor_at,
    claims_at,
    describe_claim,
    describe_quote,
    innermost_quote,
    lacking_actor,
    lacking_item,
    made_consistent,
    mentions_in,
    quotes_at,
)
from onrecord.model import AUTHOR, Article, Claim, ClaimKind, Modality, Polarity, Quote, QuoteKind, Report, Review, Span, Speaker, Verdict
from onrecord.text.anchors import Anchor, Line
from onrecord.text.quotation_marks import find_quotations

BY_HAND = "by hand"
"""The rule of what an editor added."""


class OfQuote(Correction, frozen=True):
    """A decision about the quote with exactly these words."""

    may_lack: ClassVar[bool] = False
    """Whether the entry also holds where the program finds no such quote: when it adds or deletes one."""

    def describe(self, report: Report, located: Located) -> tuple[str, str]:
        quote = _quote(report, located)
        return (quote.id, describe_quote(report, quote)) if quote else ("", "")

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        missing = lacking_item("quote", len(quotes_at(base, located.spans)), may_lack=self.may_lack)
        return missing or lacking_actor(base, [(located.span(one), False) for one in self.others])

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield (("quote", located.spans, "is one"), True)

    def is_said_by(self, machine: Report, located: Located) -> bool:
        known = all(actor_at(machine, located.span(one)) for one in self.others)
        return known and self.apply(machine, located) == machine

    def confirm(self, report: Report, located: Located) -> Report:
        quote = _quote(report, located)
        return (
            report if quote is None or quote.status != "machine" else _with_quotes(report, {quote.id: replace(quote, status="confirmed")})
        )


class FixSpeaker(OfQuote, frozen=True, tag="speaker"):
    """The quote with these words is by the one whom ``speaker`` mentions."""

    speaker: Anchor | Literal["unknown"]

    def apply(self, report: Report, located: Located) -> Report:
        """The quotes after it that only go on with it, without a cue of their own, get the same speaker."""
        quote = _quote(report, located)
        if quote is None:
            return report
        speaker = _speaker(report, located, self.speaker, quote.speaker)
        # Nobody as the speaker is a decision too, where the program wavered between several.
        if speaker.actor == quote.speaker.actor and not (quote.speaker.candidates and speaker.actor is None):
            return report
        fixed = replace(quote, speaker=speaker, status=_corrected(quote))
        continuations = {id: replace(one, speaker=speaker) for id, one in _continuations(report, quote).items()}
        return made_consistent(report, _with_quotes(report, {quote.id: fixed} | continuations))

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield from super().states(report, located)
        yield (("quote", located.spans, "speaker"), _named_actor(report, located, self.speaker))


class FixKind(OfQuote, frozen=True, tag="kind"):
    """The quote with these words is of another kind."""

    kind: QuoteKind

    def apply(self, report: Report, located: Located) -> Report:
        """What is then shown in quotation marks is what the article has in them, and no more."""
        quote = _quote(report, located)
        if quote is None or (quote.kind == self.kind and not quote.stance):
            return report
        return _with_quotes(report, {quote.id: _of_kind(report.article, replace(quote, status=_corrected(quote)), self.kind)})

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        return super().lacks(base, machine, located) or _contradicted_by_marks(machine, located, self.kind)

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield from super().states(report, located)
        yield (("quote", located.spans, "kind"), self.kind)


class AddQuote(OfQuote, frozen=True, tag="add-quote"):
    """The words are a quote that the program did not find."""

    may_lack: ClassVar[bool] = True

    kind: QuoteKind
    speaker: Anchor | Literal["unknown"]

    def apply(self, report: Report, located: Located) -> Report:
        """One that the program found meanwhile gets the kind and speaker of the entry."""
        quote = _quote(report, located)
        if quote is not None:
            speaker = _speaker(report, located, self.speaker, quote.speaker)
            if quote.kind == self.kind and not quote.stance and quote.speaker.actor == speaker.actor:
                return report
            fixed = _of_kind(report.article, replace(quote, speaker=speaker, status=_corrected(quote)), self.kind)
            return made_consistent(report, _with_quotes(report, {quote.id: fixed}))
        speaker = _speaker(report, located, self.speaker, Speaker())
        bare = Quote(added_id(self.id), self.kind, located.spans, speaker, BY_HAND, "high", status="added")
        new = _of_kind(report.article, bare, self.kind)
        # An edited order, as in a report of another program, is kept, and the new one goes last.
        quotes = sorted((*report.quotes, new), key=lambda one: one.content) if _in_order(report.quotes) else (*report.quotes, new)
        return _with_claims_of_quotes(replace(report, quotes=tuple(quotes)), located.spans)

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        return super().lacks(base, machine, located) or _contradicted_by_marks(machine, located, self.kind)

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield from super().states(report, located)
        yield (("quote", located.spans, "speaker"), _named_actor(report, located, self.speaker))
        yield (("quote", located.spans, "kind"), self.kind)


class DeleteQuote(OfQuote, frozen=True, tag="delete-quote"):
    """The words are no quote."""

    may_lack: ClassVar[bool] = True

    def apply(self, report: Report, located: Located) -> Report:
        """Claims in it are of the quote around it, or else of the article itself."""
        quote = _quote(report, located)
        if quote is None:
            return report
        left = replace(report, quotes=tuple(one for one in report.quotes if one.id != quote.id))
        return made_consistent(report, _with_claims_of_quotes(left, located.spans))

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield (("quote", located.spans, "is one"), False)

    def is_said_by(self, machine: Report, located: Located) -> bool:
        return not quotes_at(machine, located.spans)


class ConfirmQuote(Confirmation, OfQuote, frozen=True, tag="confirm-quote"):
    """The quote with these words is right as ``was`` says."""

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield from super().states(report, located)
        for one in quotes_at(report, located.spans):
            yield (("quote", located.spans, "speaker"), one.speaker.actor)
            yield (("quote", located.spans, "kind"), one.kind)


def _named_actor(report: Report, located: Located, named: Anchor | str) -> str | None:
    """The id of the actor whom an entry names as the speaker; none where it says that nobody knows."""
    actor = None if isinstance(named, str) else actor_at(report, located.span(named))
    return actor.id if actor else None


def _contradicted_by_marks(machine: Report, located: Located, kind: QuoteKind) -> Problem | None:
    """Whether the article's own quotation marks contradict the entry."""
    if any(quote.kind == kind for quote in quotes_at(machine, located.spans)):
        return None
    why = why_marks_contradict(machine.article, located.spans, kind)
    return ("conflict", why) if why else None


def _speaker(report: Report, located: Located, named: Anchor | str, old: Speaker) -> Speaker:
    """Who the entry says speaks, with the words beside the cue where they may still stand for that one."""
    if isinstance(named, str):
        return Speaker(None, old.mention)
    span = located.span(named)
    actor = actor_at(report, span)
    assert actor is not None, "a speaker whom nobody knows is held"
    others = tuple(other for other in old.others if other != actor.id)
    return Speaker(actor.id, old.mention or span, (), others)


def _continuations(report: Report, quote: Quote) -> dict[str, Quote]:
    """The quotes without a cue of their own that have their speaker from this one."""
    if quote.speaker.mention is None:
        return {}
    # Not those that an editor has looked at.
    after = (one for one in report.quotes if one.content > quote.content and one.status == "machine")
    return {one.id: one for one in after if one.cue is None and one.speaker == quote.speaker}


def _of_kind(article: Article, quote: Quote, kind: QuoteKind) -> Quote:
    """The quote as one of this kind, with what the article has of it in quotation marks; nothing of a paraphrase is quoted. Whoever names
    its kind says that words are told: it is no stance any more."""
    parts = () if kind == "indirect" else quoted_parts(article, quote.content)
    return replace(quote, kind=kind, quoted_parts=parts, stance=False)


def quoted_parts(article: Article, content: Sequence[Span]) -> tuple[Span, ...]:
    """What of these words stands inside quotation marks in the article, marks excluded."""
    paragraphs = [leaf.span for leaf in article.paragraphs() if any(leaf.span.overlaps(span) for span in content)]
    inner = [quotation.inner for quotation in find_quotations(article.text, paragraphs)]
    cut = (Span(max(one.start, span.start), min(one.end, span.end)) for one in inner for span in content if one.overlaps(span))
    return tuple(sorted(cut))


def why_marks_contradict(article: Article, content: Sequence[Span], kind: QuoteKind) -> str:
    """Why the words cannot be of this kind, as far as their quotation marks go; empty where they can.

    A paraphrase never becomes somebody's words, not even by hand.
    """
    parts = quoted_parts(article, content)
    bare = any(
        character.isalnum() and not any(part.start <= at < part.end for part in parts)
        for span in content
        for at, character in enumerate(span.of(article.text), span.start)
    )
    if kind == "direct" and bare:
        return "the article has not all of these words in quotation marks, so they are no direct quote"
    if kind == "mixed" and (not parts or not bare):
        return f"the article has {'all' if parts else 'none'} of these words in quotation marks, so they are not partly quoted"
    return ""


def _in_order(quotes: Sequence[Quote]) -> bool:
    return list(quotes) == sorted(quotes, key=lambda one: one.content)


def _with_claims_of_quotes(report: Report, spans: Sequence[Span]) -> Report:
    """The report where every claim within these words belongs to the innermost quote that holds it, and is asserted by that quote's
    speaker."""

    def reassigned(claim: Claim) -> Claim:
        if not all(any(part.contains(one) for part in spans) for one in claim.spans):
            return claim
        quote = innermost_quote(report, claim.spans)
        if quote is None:
            return replace(claim, quote=None, asserter=AUTHOR, via=None, others=())
        if quote.id == claim.quote:
            return claim
        outlet = quote.outlet.actor if quote.outlet else None
        speaker = quote.speaker
        return replace(
            claim, quote=quote.id, asserter=speaker.actor, via=outlet if outlet != speaker.actor else None, others=speaker.others
        )

    return replace(report, claims=tuple(map(reassigned, report.claims)))


def _quote(report: Report, located: Located) -> Quote | None:
    """The only quote with exactly the entry's words."""
    found = quotes_at(report, located.spans)
    return found[0] if len(found) == 1 else None


def _with_quotes(report: Report, quotes: dict[str, Quote]) -> Report:
    return replace(report, quotes=tuple(quotes.get(one.id, one) for one in report.quotes))


def _corrected(quote: Quote) -> Review:
    return "added" if quote.status == "added" else "corrected"


# --- claims -----------------------------------------------------------------------------------------------------------


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
        return report if claim is None or claim.status != "machine" else _with_claim(report, replace(claim, status="confirmed"))


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
            return (
                report
                if fixed == claim
                else _with_claim(report, replace(fixed, status="added" if claim.status == "added" else "corrected"))
            )
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
        return _with_claim(report, replace(claim, verdict=verdict, status="confirmed" if claim.status == "machine" else claim.status))

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        yield from super().states(report, located)
        yield (("claim", located.spans, "verdict"), (self.verdict, self.by, self.date, self.sources, self.summary))

    def is_said_by(self, machine: Report, located: Located) -> bool:
        return False  # the program never gives one


def _claim(report: Report, located: Located) -> Claim | None:
    """The only claim with exactly the entry's words."""
    found = claims_at(report, located.spans)
    return found[0] if len(found) == 1 else None


def _with_claim(report: Report, claim: Claim) -> Report:
    return replace(report, claims=tuple(claim if one.id == claim.id else one for one in report.claims))
