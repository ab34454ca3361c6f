"""Turns attributions into the quotes of a report: the words that name a source become the actor who speaks, and so for addressee and
outlet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.attributions.attribution import Attribution, Phrase
from onrecord.extract.attributions.interview import interviewee, is_answer
from onrecord.extract.language import Analysis
from onrecord.model import Confidence, Quote, Reference, Span, Speaker


def find_quotes(analysis: Analysis, attributions: Sequence[Attribution], resolved: ResolvedActors) -> tuple[Quote, ...]:
    """The quotes of an article in text order, ids counted from ``q1``."""
    answers = interviewee(analysis, attributions, resolved)
    speakers: list[Speaker] = []
    runners_up: list[Reference | None] = []
    for attribution in attributions:
        speaker = _speaker(attribution, speakers, resolved)
        if answers is not None and is_answer(analysis.article.text, attribution):
            speaker = replace(speaker, actor=answers, candidates=())
        runners_up.append(_runner_up(attribution, speaker, resolved))
        speakers.append(_without_guess(attribution, speaker, runners_up[-1]))
    # Share prompts and the like, which are analysed and do not count: "'Tell us what you think,' ..."
    soft = [leaf.span for leaf in analysis.article.leaves() if leaf.boilerplate == "soft"]
    media = frozenset(actor.id for actor in resolved.actors if actor.type == "media")
    quotes = [
        replace(_quote(f"q{n}", attribution, speaker, resolved, soft, media), runner_up=runner_up)
        for n, (attribution, speaker, runner_up) in enumerate(zip(attributions, speakers, runners_up, strict=True), start=1)
    ]
    return tuple(_inherit_outlets(quotes, resolved))


def _speaker(attribution: Attribution, earlier: Sequence[Speaker], resolved: ResolvedActors) -> Speaker:
    """The source's actor; for a quote that goes on without a source, the speaker of the quote that it continues."""
    if attribution.source is None and attribution.continues is not None and attribution.continues < len(earlier):
        return earlier[attribution.continues]
    speaker = resolved.speaker(attribution.source, attribution.source_head)
    if speaker.actor is None and not speaker.candidates and attribution.issuer is not None:
        speaker = resolved.speaker(attribution.source, attribution.issuer.head)  # nobody but its author speaks in a letter
    heard = (resolved.reference(other.span, other.head).actor for other in attribution.others)
    return replace(speaker, others=tuple(dict.fromkeys(actor for actor in heard if actor is not None and actor != speaker.actor)))


def _runner_up(attribution: Attribution, speaker: Speaker, resolved: ResolvedActors) -> Reference | None:
    """The source that was nearly chosen, if that is somebody else."""
    found = _reference(attribution.runner_up, resolved)
    return None if found is not None and found.actor is not None and found.actor in (speaker.actor, *speaker.others) else found


def _without_guess(attribution: Attribution, speaker: Speaker, runner_up: Reference | None) -> Speaker:
    """The speaker; undecided where confidence is low and another source was close, or unknown where that one is no known actor."""
    if attribution.confidence != "low" or runner_up is None or speaker.actor is None:
        return speaker
    return Speaker(None, speaker.mention, () if runner_up.actor is None else (speaker.actor, runner_up.actor))


def _quote(
    id: str, attribution: Attribution, speaker: Speaker, resolved: ResolvedActors, soft: Sequence[Span], media: Collection[str]
) -> Quote:
    addressee = _reference(attribution.addressee, resolved)
    return Quote(
        id=id,
        kind=attribution.kind,
        content=attribution.content,
        speaker=speaker,
        rule=attribution.rule,
        confidence=_confidence(attribution, speaker),
        cue=attribution.cue,
        quoted_parts=attribution.quoted_parts,
        addressee=addressee,
        outlet=_outlet(attribution, addressee, resolved, media),
        setting=attribution.setting,
        negated=attribution.negated,
        conditional=attribution.conditional,
        stance=attribution.stance,
        boilerplate=any(block.contains(span) for block in soft for span in attribution.content),
        score=None if attribution.score is None else round(attribution.score, 3),
    )


def _confidence(attribution: Attribution, speaker: Speaker) -> Confidence:
    """The attribution's, but no more than medium where nobody is known to have said it."""
    return "medium" if attribution.confidence == "high" and speaker.actor is None else attribution.confidence


def _reference(phrase: Phrase | None, resolved: ResolvedActors) -> Reference | None:
    return None if phrase is None else resolved.reference(phrase.span, phrase.head)


def _outlet(attribution: Attribution, addressee: Reference | None, resolved: ResolvedActors, media: Collection[str]) -> Reference | None:
    """The outlet that was told, or on whose pages or programme it was said."""
    named = (resolved.reference(name.span, name.head) for name in attribution.outlets)
    return next((reference for reference in (addressee, *named) if reference is not None and reference.actor in media), None)


def _inherit_outlets(quotes: Sequence[Quote], resolved: ResolvedActors) -> list[Quote]:
    """What a speaker told an outlet holds for the same speaker's next quotes ("he added"), until another voice is heard, or
    it is said that these were spoken to somebody else or on another occasion.

    An inherited outlet has no mention, so that a reader can tell it from a stated one.
    """
    result: list[Quote] = []
    last: Quote | None = None
    for quote in quotes:
        same = last is not None and quote.speaker.actor is not None and quote.speaker.actor == last.speaker.actor
        if same and last is not None and last.outlet is not None and quote.outlet is None and quote.addressee is None and not quote.setting:
            quote = replace(quote, outlet=Reference(last.outlet.actor))
        last = quote
        result.append(quote)
    return result
