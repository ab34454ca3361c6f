"""Corrections of quotes: which words are one, of what kind, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from onrecord.corrections.actors import added_id
from onrecord.corrections.consequences import innermost_quote, made_consistent
from onrecord.corrections.correction import (
    Confirmation,
    Correction,
    Located,
    Problem,
    Statement,
    actor_at,
    describe_quote,
    lacking_actor,
    lacking_item,
    quotes_at,
)
from onrecord.model import AUTHOR, Article, Claim, Quote, QuoteKind, Report, Review, Span, Speaker
from onrecord.text.anchors import Anchor
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
        return report if quote is None or quote.status != "machine" else _with(report, {quote.id: replace(quote, status="confirmed")})


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
        return made_consistent(report, _with(report, {quote.id: fixed} | continuations))

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
        return _with(report, {quote.id: _of_kind(report.article, replace(quote, status=_corrected(quote)), self.kind)})

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
            return made_consistent(report, _with(report, {quote.id: fixed}))
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


def _with(report: Report, quotes: dict[str, Quote]) -> Report:
    return replace(report, quotes=tuple(quotes.get(one.id, one) for one in report.quotes))


def _corrected(quote: Quote) -> Review:
    return "added" if quote.status == "added" else "corrected"
