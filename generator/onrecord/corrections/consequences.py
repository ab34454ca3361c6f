"""The consequences of a correction in the rest of the report (its propagation): who asserts a claim follows from the speaker of its
quote, a relation rests on claims, and so on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.model import Actor, Claim, Mention, Quote, Reference, Relation, Report, Role, Span, Speaker, UndecidedMention


def replace_actors(report: Report, replaced_by: Mapping[str, str]) -> Report:
    """The report with the ids of some actors replaced by others', wherever it names actors by id. The actors themselves stay in their
    list."""

    def known(actor: str | None) -> str | None:
        return replaced_by.get(actor, actor) if actor is not None else None

    def several(actors: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(replaced_by.get(actor, actor) for actor in actors))

    def role(one: Role) -> Role:
        return replace(one, affiliation=known(one.affiliation))

    def claim(one: Claim) -> Claim:
        others = tuple(other for other in several(one.others) if other != known(one.asserter))
        return replace(one, asserter=known(one.asserter), via=known(one.via), about=several(one.about), others=others)

    def relation(one: Relation) -> Relation:
        return replace(one, source=replaced_by.get(one.source, one.source), target=replaced_by.get(one.target, one.target))

    return replace(
        report,
        actors=tuple(replace(actor, roles=tuple(map(role, actor.roles))) for actor in report.actors),
        undecided=tuple(replace(one, candidates=several(one.candidates)) for one in report.undecided),
        quotes=tuple(_quote_with_actors(quote, replaced_by) for quote in report.quotes),
        claims=tuple(map(claim, report.claims)),
        relations=tuple(map(relation, report.relations)),
    )


def _quote_with_actors(quote: Quote, replaced_by: Mapping[str, str]) -> Quote:
    """The quote with the ids of speakers, addressee and outlet replaced."""

    def several(actors: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(replaced_by.get(actor, actor) for actor in actors))

    def reference(one: Reference | None) -> Reference | None:
        return one if one is None or one.actor is None else replace(one, actor=replaced_by.get(one.actor, one.actor))

    named = quote.speaker
    actor = None if named.actor is None else replaced_by.get(named.actor, named.actor)
    return replace(
        quote,
        speaker=replace(named, actor=actor, candidates=several(named.candidates), others=several(named.others)),
        addressee=reference(quote.addressee),
        outlet=reference(quote.outlet),
        runner_up=reference(quote.runner_up),
    )


def made_consistent(before: Report, after: Report) -> Report:
    """The changed report made consistent again: without choices that have one candidate left, relations of somebody with themselves, and
    facts about quotes and claims that are gone; claims follow the speakers of their quotes.

    ``before`` is the report before the change: what followed from a speaker then follows from the speaker now.
    """
    decided = [one for one in after.undecided if len(one.candidates) == 1]
    consistent = replace(
        after,
        undecided=tuple(one for one in after.undecided if len(one.candidates) != 1),
        actors=tuple(_with_mentions(actor, decided) for actor in after.actors),
        quotes=_drop_stale_outlets(tuple(_consistent_quote(quote) for quote in after.quotes), before.quotes),
    )
    return _consistent_comparisons(_consistent_moments(_consistent_relations(_with_asserters(before, consistent))))


def _with_mentions(actor: Actor, decided: Sequence[UndecidedMention]) -> Actor:
    """The actor with the mentions of which it is the only candidate left, and without a role in itself."""
    own = [Mention(one.start, one.end, one.kind, "decided by an editor") for one in decided if one.candidates == (actor.id,)]
    roles = tuple(replace(role, affiliation=None) if role.affiliation == actor.id else role for role in actor.roles)
    return replace(actor, mentions=tuple(sorted((*actor.mentions, *own))), roles=tuple(dict.fromkeys(roles)))


def _consistent_quote(quote: Quote) -> Quote:
    """The quote with its last candidate as the speaker, nobody as speaker twice, and no runner-up who speaks anyway."""
    speaker = quote.speaker
    if speaker.actor is None and len(speaker.candidates) == 1:
        speaker = Speaker(speaker.candidates[0], speaker.mention, (), speaker.others)
    speaker = replace(speaker, others=tuple(other for other in speaker.others if other != speaker.actor))
    told = quote.runner_up is not None and quote.runner_up.actor is not None and quote.runner_up.actor in (speaker.actor, *speaker.others)
    return replace(quote, speaker=speaker, runner_up=None if told else quote.runner_up)


def _drop_stale_outlets(quotes: tuple[Quote, ...], before: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The quotes without outlets that were only inherited from the quote before (see ``find_quotes``), where that has another speaker
    now."""
    speakers = {quote.id: quote.speaker.actor for quote in before}
    changed = {quote.id for quote in quotes if quote.id in speakers and speakers[quote.id] != quote.speaker.actor}
    # Nothing changed hands and no quote is gone: no outlet can have lost its quote.
    if not changed and len(quotes) >= len(before):
        return quotes
    kept: list[Quote] = []
    for quote in quotes:
        carried = quote.outlet is not None and quote.outlet.mention is None
        last = kept[-1] if kept else None
        if carried and not (last is not None and last.speaker.actor == quote.speaker.actor and _outlet(last) == _outlet(quote)):
            quote = replace(quote, outlet=None)
        kept.append(quote)
    return tuple(kept)


def _outlet(quote: Quote) -> str | None:
    return quote.outlet.actor if quote.outlet else None


def _with_asserters(before: Report, after: Report) -> Report:
    """The report where claims follow the speaker and outlet of their quote, if these changed; a claim that somebody else asserts stays
    theirs."""
    old, new = ({quote.id: quote for quote in report.quotes} for report in (before, after))

    def moved(claim: Claim) -> Claim:
        was, now = old.get(claim.quote or ""), new.get(claim.quote or "")
        if was is None or now is None or (was.speaker, _outlet(was)) == (now.speaker, _outlet(now)):
            return claim
        # A claim that an editor gave to somebody else does not follow the quote.
        own = claim.asserter in (was.speaker.actor, now.speaker.actor)
        asserter = now.speaker.actor if own else claim.asserter
        others = now.speaker.others if own and claim.others == was.speaker.others else claim.others
        via = _outlet(now) if claim.via in (None, _outlet(was), _outlet(now)) and own else claim.via
        return replace(claim, asserter=asserter, via=via if via != asserter else None, others=others)

    claims = (moved(claim) for claim in after.claims)
    return replace(after, claims=tuple(replace(one, via=None) if one.via == one.asserter else one for one in claims))


def _consistent_relations(report: Report) -> Report:
    """Relations that came to say the same are one, and nobody has a relation with themselves."""
    claims = {claim.id for claim in report.claims}
    kept: dict[tuple[object, ...], Relation] = {}
    for one in report.relations:
        # A relation rests on claims that are still there, or it is gone.
        resting = tuple(claim for claim in one.claims if claim in claims)
        if one.source == one.target or not resting:
            continue
        key = (one.source, one.target, one.predicate, one.class_, one.trigger, one.polarity, one.modality)
        first = kept.get(key)
        all_claims = resting if first is None else tuple(dict.fromkeys((*first.claims, *resting)))
        kept[key] = replace(first or one, claims=all_claims)
    return replace(report, relations=tuple(kept.values()))


def _consistent_moments(report: Report) -> Report:
    """The report without dates of quotes and claims that are gone."""
    there = {None, *(quote.id for quote in report.quotes), *(claim.id for claim in report.claims)}
    moments = (
        replace(one, quote=one.quote if one.quote in there else None, claim=one.claim if one.claim in there else None)
        for one in report.moments
    )
    return replace(report, moments=tuple(one for one in moments if one.quote is not None or one.claim is not None))


def _consistent_comparisons(report: Report) -> Report:
    """The report with comparisons only of claims that are there, and of different voices."""
    voices = {claim.id: {claim.asserter, *claim.others} for claim in report.claims}
    kept = (one for one in report.comparisons if one.first in voices and one.second in voices)
    return replace(report, comparisons=tuple(one for one in kept if voices[one.first].isdisjoint(voices[one.second])))


def innermost_quote(report: Report, spans: Sequence[Span]) -> Quote | None:
    """The quote whose words hold these, the shortest of several."""
    holding = [quote for quote in report.quotes if all(any(part.contains(span) for part in quote.content) for span in spans)]
    return min(holding, key=lambda quote: sum(map(len, quote.content)), default=None)


def mentions_in(report: Report, spans: Sequence[Span]) -> tuple[str, ...]:
    """Ids of the actors whom these words mention, in text order."""
    found = sorted((mention, actor.id) for actor in report.actors for mention in actor.mentions if any(s.contains(mention) for s in spans))
    return tuple(dict.fromkeys(actor for _, actor in found))
