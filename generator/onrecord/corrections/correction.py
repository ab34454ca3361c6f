"""The base class of all corrections, how the words of an entry are found in a report, and what follows from a correction elsewhere in it.

An entry names words of an article and the whole sentence around them. It applies only while both stand there exactly once, so that an
edit of the article can never make it say something that its editor did not mean.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from onrecord.model import (
    AUTHOR,
    Actor,
    Claim,
    CorrectionStatus,
    Mention,
    Quote,
    Reference,
    Relation,
    Report,
    Role,
    Span,
    Speaker,
    UndecidedMention,
)
from onrecord.text.anchors import Anchor, Found, Ground, Line, Missing

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\w")]
Id = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9][a-z0-9-]*$(?!\n)")]
Address = Annotated[str, Meta(max_length=2_000, pattern=r"^https?://[^\s<>\"]+$(?!\n)")]
Date = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$(?!\n)")]
Confirmed = Annotated[str, Meta(min_length=1, max_length=1_000)]
Stage = Literal["additions", "mentions", "values"]
"""When an action is applied: first who there is besides those whom the program knows; then whom single words mention, after which actors
that are one are joined; then names, types, quotes and claims, once it is settled who is who."""
Statement = tuple[tuple[Hashable, ...], Hashable]
"""What is decided, and how: ``(("actor", "lee", "name"), "Ann Lee")``. Two entries contradict each other if they decide one thing
differently."""
Problem = tuple[CorrectionStatus, str]
"""Why an entry is held: the status that it gets, and the reason in words."""


class Correction(Anchor, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    """One decision of an editor. A subclass with a ``tag`` is an action: its fields are the keys that the file takes, its methods what
    is done with them. All of them take the report and the places of the entry's words in it, and change neither."""

    stage: ClassVar[Stage] = "values"
    says_actors_are: ClassVar[Literal["", "one", "two"]] = ""
    """For actions over two actors: what these are to be."""
    other_gives_name: ClassVar[bool] = False
    """For actions that join two actors: whether name, type and id are those of the other; if not, of the one that stands first in the
    text."""
    confirms: ClassVar[bool] = False
    """Whether the entry only says that the program is right: it holds as long as the program says the same."""

    id: Id
    """Its name, once in the file."""
    antecedent: Anchor | tuple[Anchor, ...] = ()
    """The words that tell who is meant, where the decision rests on them: the full name behind "he" or a surname."""
    was: Annotated[str, Meta(max_length=1_000)] = ""
    """What the program said when this was decided; empty where that was not written down."""
    by: Line = ""
    """Who decided."""
    date: Date = ""
    note: Annotated[str, Meta(max_length=2_000)] = ""
    """Why, for colleagues."""

    @property
    def action(self) -> str:
        return str(self.__struct_config__.tag)

    @property
    def others(self) -> tuple[Anchor, ...]:
        """The anchors of others that the action names besides its own words, in the order of its keys."""
        return tuple(anchor for path, anchor in self.anchors() if path and not path.startswith("antecedent"))

    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """Every anchor with its path in the entry, as ``mentions[0]``; that of the entry itself is empty."""
        yield "", self
        for field, key in zip(self.__struct_fields__, self.__struct_encode_fields__, strict=True):
            value = getattr(self, field)
            if isinstance(value, Anchor):
                yield key, value
            elif isinstance(value, tuple):
                yield from ((f"{key}[{n}]", one) for n, one in enumerate(value) if isinstance(one, Anchor))

    def apply(self, report: Report, located: Located) -> Report:
        """The report as the entry wants it; the same report where it is so already."""
        raise _missing_method(self, "apply", "what it changes")

    def describe(self, report: Report, located: Located) -> tuple[str, str]:
        """The id of what stands at the entry's words, and what the report says of it; both empty where that is nothing.

        It is what ``was`` is compared with.
        """
        raise _missing_method(self, "describe", "what stands at its words")

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        """Why there is nothing at the entry's words for it to change; none where there is.

        ``base`` is the report with the actors that entries add, ``machine`` the one without.
        """
        raise _missing_method(self, "lacks", "what must be there for it to change")

    def states_of_words(self, report: Report, located: Located) -> Iterator[Statement]:
        """What it says of whom single words mention. Entries that say different things of one are held, all of them."""
        return iter(())

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        """What it says of an actor, a quote or a claim; asked once it is known which actors are one."""
        return iter(())

    def is_said_by(self, machine: Report, located: Located) -> bool:
        """Whether the program by itself says what the entry wants, which therefore may go."""
        return self.apply(machine, located) == machine

    def confirm(self, report: Report, located: Located) -> Report:
        """The report where the actor, quote or claim at the words has the status "confirmed"."""
        raise _missing_method(self, "confirm", "what is confirmed where the program says so itself")


class Confirmation(Correction, frozen=True):
    """An entry that says that the program is right, in what ``was`` repeats.

    It is named before the class for the kind of item, so that its ``apply`` holds: ``class ConfirmQuote(Confirmation, OfQuote)``.
    """

    confirms: ClassVar[bool] = True

    was: Confirmed  # unlike in other entries it must be there: without it nobody knows what was confirmed

    def apply(self, report: Report, located: Located) -> Report:
        return self.confirm(report, located)


def _missing_method(entry: Correction, method: str, what: str) -> NotImplementedError:
    return NotImplementedError(f"action {entry.action}: {type(entry).__name__} does not say {what}; give it the method {method}")


@dataclass(frozen=True, slots=True)
class Located:
    """An entry with the place in the article of each of its anchors."""

    entry: Correction
    ground: Ground
    places: Mapping[str, Found]
    """By the anchor's path in the entry; that of the entry itself is empty."""

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.places[""].spans

    def span(self, anchor: Anchor) -> Span:
        """The place of one of the entry's anchors, whose words are in one piece where they mention an actor."""
        path = next(path for path, one in self.entry.anchors() if one is anchor)
        spans = self.places[path].spans
        return Span(spans[0].start, spans[-1].end)

    @property
    def own_span(self) -> Span:
        return Span(self.spans[0].start, self.spans[-1].end)


def locate(entry: Correction, grounds: Mapping[str, Ground]) -> Located | Missing:
    """The entry with its places in the articles; or why one of its anchors does not hold."""
    places: dict[str, Found] = {}
    for path, anchor in entry.anchors():
        article = anchor.article or entry.article
        ground = grounds.get(article)
        found = ground.locate(anchor) if ground else Missing("orphan", f"no article here has the id {article}")
        if isinstance(found, Missing):
            about = f"{path.split('[')[0]}: " if path else ""
            # What names somebody else is part of the context of these words; whether they stand themselves was seen first.
            status = "context changed" if path and found.status == "orphan" and ground else found.status
            return Missing(status, about + found.why)
        places[path] = found
    return Located(entry, grounds[entry.article], places)


# --- what stands there ------------------------------------------------------------------------------------------------


def actors_at(report: Report, span: Span) -> list[Actor]:
    """The actors that exactly these words mention."""
    return [one for one in report.actors if any((mention.start, mention.end) == (span.start, span.end) for mention in one.mentions)]


def actor_at(report: Report, span: Span) -> Actor | None:
    """The only actor that exactly these words mention."""
    found = actors_at(report, span)
    return found[0] if len(found) == 1 else None


def undecided_at(report: Report, span: Span) -> UndecidedMention | None:
    """The mention with exactly these words for which the program does not choose between actors."""
    return next((one for one in report.undecided if (one.start, one.end) == (span.start, span.end)), None)


def quotes_at(report: Report, spans: tuple[Span, ...]) -> list[Quote]:
    """The quotes with exactly these words."""
    return [quote for quote in report.quotes if quote.content == spans]


def claims_at(report: Report, spans: tuple[Span, ...]) -> list[Claim]:
    """The claims with exactly these words."""
    return [claim for claim in report.claims if claim.spans == spans]


def lacking_actor(report: Report, named: Iterable[tuple[Span, bool]]) -> Problem | None:
    """Why words that are to mention an actor mention none, or several; with each, whether the program may be undecided about them."""
    for span, may_be_undecided in named:
        found = len(actors_at(report, span))
        if found > 1:
            return "ambiguous", f"the program finds {found} actors at “{span.of(report.article.text)}”"
        if found == 0 and not (may_be_undecided and undecided_at(report, span)):
            return "drifted", f"the program finds no actor at “{span.of(report.article.text)}”; add one there with add-actor"
    return None


def lacking_item(noun: str, count: int, *, may_lack: bool) -> Problem | None:
    """Why words that are to be a quote or a claim are none, or several."""
    if count > 1:
        return "ambiguous", f"the program finds {count} {noun}s with exactly these words"
    if count == 0 and not may_lack:
        return "drifted", f"the program no longer finds a {noun} with exactly these words; add it with add-{noun}, or name its new words"
    return None


# --- in words ---------------------------------------------------------------------------------------------------------


def describe_actor(actor: Actor) -> str:
    """What the report says of an actor: "Ada Lee (person)"."""
    return f"{actor.name} ({actor.type.replace('_', ' ')}{', no page' if actor.hidden else ''})"


def describe_undecided(report: Report, one: UndecidedMention) -> str:
    """What the report says of words that may mean several."""
    return f"undecided: {' or '.join(actor_name(report, candidate) for candidate in one.candidates)}"


def describe_quote(report: Report, quote: Quote) -> str:
    """What the report says of a quote: "direct, Ada Lee"."""
    speaker, kind = quote.speaker, "stance" if quote.stance else quote.kind
    if speaker.actor is not None:
        return f"{kind}, {' and '.join(actor_name(report, one) for one in (speaker.actor, *speaker.others))}"
    doubt = " or ".join(actor_name(report, one) for one in speaker.candidates)
    return f"{kind}, {f'undecided: {doubt}' if doubt else 'unknown'}"


def describe_claim(report: Report, claim: Claim) -> str:
    """What the report says of a claim: "event, negated, asserted, Ada Lee"."""
    asserter = actor_name(report, claim.asserter) if claim.asserter else "unknown"
    return ", ".join([claim.kind, *(["negated"] if claim.polarity == "-" else []), claim.modality, asserter])


def actor_name(report: Report, actor: str) -> str:
    """The name of an actor."""
    if actor == AUTHOR:
        return "the article"
    return next((one.name for one in report.actors if one.id == actor), actor)


# --- what follows elsewhere in the report -----------------------------------------------------------------------------


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
