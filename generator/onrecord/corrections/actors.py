"""Corrections of actors: who there is, who is one, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from onrecord.corrections.correction import (
    Confirmation,
    Correction,
    Located,
    Name,
    Problem,
    Stage,
    Statement,
    actor_at,
    describe_actor,
    describe_undecided,
    lacking_actor,
    made_consistent,
    replace_actors,
    undecided_at,
)
from onrecord.model import Actor, Alias, Claim, Mention, Quote, Reference, Relation, Report, Review, Role, Span, UndecidedMention
from onrecord.text.anchors import Anchor, Ground

PartyType = Literal["person", "organization", "state", "armed_force", "armed_group", "coalition", "media", "described_group", "place"]
"""All types of actors but the narrator, who is nobody's correction."""
BY_EDITOR = "by an editor"
"""Why a mention is an actor's, where an editor said so."""


def added_id(entry_id: str) -> str:
    """The id of what an entry adds: it depends on nothing else, so that other entries never change it."""
    return f"added-{entry_id}"


# --- actions --------------------------------------------------------------------------------------------------------------


class OfActor(Correction, frozen=True):
    """A decision about whom the words mention."""

    may_be_undecided: ClassVar[bool] = False
    """Whether the entry may be about words of which the program cannot say whom they mention."""

    def describe(self, report: Report, located: Located) -> tuple[str, str]:
        span = located.own_span
        actor, undecided = actor_at(report, span), undecided_at(report, span)
        if actor is not None:
            return actor.id, describe_actor(actor)
        return "", describe_undecided(report, undecided) if undecided else ""

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        spans = [located.own_span, *map(located.span, self.others)]
        return lacking_actor(base, [(span, self.may_be_undecided) for span in spans])

    def is_said_by(self, machine: Report, located: Located) -> bool:
        # An entry whose actors the program does not know changes nothing, but is not said by the program for that.
        known = all(actor_at(machine, span) for span in (located.own_span, *map(located.span, self.others)))
        return known and self.apply(machine, located) == machine

    def confirm(self, report: Report, located: Located) -> Report:
        actor = actor_at(report, located.own_span)
        return report if actor is None or actor.status != "machine" else _with(report, replace(actor, status="confirmed"))


class AddActor(OfActor, frozen=True, tag="add-actor"):
    """The words mention somebody whom the program does not know."""

    stage: ClassVar[Stage] = "additions"

    type: PartyType
    name: Annotated[str, Meta(max_length=200)] = ""
    """The words themselves where it is not given."""

    def apply(self, report: Report, located: Located) -> Report:
        span = located.own_span
        if actor_at(report, span):
            return report
        name = self.name or _line(span.of(report.article.text))
        new = Actor(added_id(self.id), name, self.type, (), status="added")
        return move_mentions(replace(report, actors=(*report.actors, new)), located.ground, [span], new.id)

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        there = actor_at(machine, located.own_span)
        if there and (there.type != self.type or self.name not in ("", there.name)):
            return "drifted", f"the program finds {there.name} ({there.type}) there itself; use rename or retype"
        return None

    def states_of_words(self, report: Report, located: Located) -> Iterator[Statement]:
        yield (("mentions", located.own_span), (self.name, self.type))


class OfName(OfActor, frozen=True):
    """A decision about the actor itself: its name, its type, or whether it has a page."""

    def changed(self, actor: Actor) -> Actor:
        """The actor as the entry wants it."""
        raise NotImplementedError(f"action {self.action}: {type(self).__name__} does not say what it changes; give it the method changed")

    def apply(self, report: Report, located: Located) -> Report:
        actor = actor_at(report, located.own_span)
        if actor is None or (changed := self.changed(actor)) == actor:
            return report
        return _with(report, replace(changed, status=_corrected(actor)))

    def stated(self) -> tuple[str, str]:
        """What of the actor it is about, and what that is to be."""
        raise NotImplementedError(f"action {self.action}: {type(self).__name__} does not say what it states; give it the method stated")

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        if actor := actor_at(report, located.own_span):
            what, value = self.stated()
            yield (("actor", actor.id, what), value)


class Rename(OfName, frozen=True, tag="rename"):
    """The actor that the words mention has another name."""

    name: Name

    def changed(self, actor: Actor) -> Actor:
        return replace(actor, name=self.name)

    def stated(self) -> tuple[str, str]:
        return "name", self.name


class Retype(OfName, frozen=True, tag="retype"):
    """The actor that the words mention is of another type."""

    type: PartyType

    def changed(self, actor: Actor) -> Actor:
        return replace(actor, type=self.type)

    def stated(self) -> tuple[str, str]:
        return "type", self.type


class Visibility(OfName, frozen=True, tag="visibility"):
    """Whether the actor that the words mention has a page of its own."""

    page: Literal["hidden", "shown"]

    def changed(self, actor: Actor) -> Actor:
        return replace(actor, hidden=self.page == "hidden")

    def stated(self) -> tuple[str, str]:
        return "page", self.page


class Joining(OfActor, frozen=True):
    """A decision that two actors are one. Applying it only decides words about which the program was undecided: two known actors are joined
    later, all groups at once, by :func:`merge_actors`."""

    stage: ClassVar[Stage] = "mentions"
    says_actors_are: ClassVar[Literal["", "one", "two"]] = "one"
    may_be_undecided: ClassVar[bool] = True

    def apply(self, report: Report, located: Located) -> Report:
        ends = (located.own_span, located.span(self.others[0]))
        undecided = [span for span in ends if undecided_at(report, span)]
        known = [actor for span in ends if (actor := actor_at(report, span))]
        return move_mentions(report, located.ground, undecided, known[0].id) if len(undecided) == len(known) == 1 else report

    def states_of_words(self, report: Report, located: Located) -> Iterator[Statement]:
        ends = (located.own_span, located.span(self.others[0]))
        known = [actor.id for span in ends if (actor := actor_at(report, span))]
        for span in ends:
            if undecided_at(report, span) and known:
                yield (("mentions", span), known[0])

    def is_said_by(self, machine: Report, located: Located) -> bool:
        one, other = actor_at(machine, located.own_span), actor_at(machine, located.span(self.others[0]))
        return one is not None and other is not None and one.id == other.id


class Merge(Joining, frozen=True, tag="merge"):
    """The actor that the words mention is the one that ``into`` mentions, whose name, type and id hold."""

    other_gives_name: ClassVar[bool] = True

    into: Anchor


class Split(OfActor, frozen=True, tag="split"):
    """The words, and those of ``mentions``, do not mention whom the program thinks: they are another, or the one whom ``to`` mentions."""

    stage: ClassVar[Stage] = "mentions"

    mentions: tuple[Anchor, ...] = ()
    to: Anchor | None = None
    name: Annotated[str, Meta(max_length=200)] = ""
    """Of the new actor; the words themselves where it is not given."""
    type: PartyType | None = None
    """Of the new actor; that of the one it is split from where it is not given."""

    def apply(self, report: Report, located: Located) -> Report:
        spans = self._spans(located)
        if self.to is not None:
            there = actor_at(report, located.span(self.to))
            assert there is not None, "a split into nobody is held"
            return move_mentions(report, located.ground, spans, there.id)
        old = actor_at(report, spans[0])
        # All mentions of an actor split from it are the actor itself: it stays, with its id, under the new name.
        if old is not None and all((mention.start, mention.end) in {(span.start, span.end) for span in spans} for mention in old.mentions):
            named = replace(old, name=self.name or old.name, type=self.type or old.type)
            return report if named == old else _with(report, replace(named, status=_corrected(old)))
        kind = self.type or (old.type if old else "person")
        new = Actor(added_id(self.id), self.name or _line(spans[0].of(report.article.text)), kind, (), status="added")
        return move_mentions(replace(report, actors=(*report.actors, new)), located.ground, spans, new.id)

    def _spans(self, located: Located) -> list[Span]:
        return [located.own_span, *map(located.span, self.mentions)]

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        receiver = [(located.span(self.to), False)] if self.to else []
        return lacking_actor(base, [*((span, True) for span in self._spans(located)), *receiver])

    def states_of_words(self, report: Report, located: Located) -> Iterator[Statement]:
        there = actor_at(report, located.span(self.to)) if self.to else None
        for span in self._spans(located):
            yield (("mentions", span), there.id if there else self.id)


class Same(Joining, frozen=True, tag="same"):
    """The words and those of ``with``, in this or in another article, mention one and the same."""

    other: Anchor = msgspec.field(name="with")


class Apart(OfActor, frozen=True, tag="apart"):
    """The words and those of ``with``, in this or in another article, do not mention the same."""

    says_actors_are: ClassVar[Literal["", "one", "two"]] = "two"

    other: Anchor = msgspec.field(name="with")

    def apply(self, report: Report, located: Located) -> Report:
        """The same report: it forbids others to join the two, and changes nothing itself."""
        return report

    def is_said_by(self, machine: Report, located: Located) -> bool:
        one, other = actor_at(machine, located.own_span), actor_at(machine, located.span(self.other))
        return one is not None and other is not None and one.id != other.id


class ConfirmActor(Confirmation, OfActor, frozen=True, tag="confirm-actor"):
    """The actor that the words mention is right as ``was`` says."""

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        if actor := actor_at(report, located.own_span):
            yield (("actor", actor.id, "name"), actor.name)
            yield (("actor", actor.id, "type"), actor.type)


# --- actors that are one --------------------------------------------------------------------------------------------------


def merge_actors(report: Report, groups: Iterable[Sequence[str]]) -> Report:
    """The report where each group of ids is one actor, with the id, name and type of the first."""
    actors = {actor.id: actor for actor in report.actors}
    # The first of each group keeps its id, name and type.
    now = {id: group[0] for group in groups for id in group[1:]}
    if not now:
        return report
    whole = {group[0]: _merged([actors[id] for id in group]) for group in groups}
    kept = tuple(whole.get(actor.id, actor) for actor in report.actors if actor.id not in now)
    return made_consistent(report, replace_actors(replace(report, actors=kept), now))


def _merged(group: Sequence[Actor]) -> Actor:
    """The first of several actors that are one, with the mentions, aliases and roles of all."""
    counts: Counter[str] = Counter()
    for actor in group:
        counts.update({alias.name: alias.count for alias in actor.aliases})
    mentions = tuple(sorted(mention for actor in group for mention in actor.mentions))
    roles = tuple(dict.fromkeys(role for actor in group for role in actor.roles))
    return replace(group[0], mentions=mentions, aliases=_aliases(counts), roles=roles, status="corrected")


def _with(report: Report, actor: Actor) -> Report:
    return replace(report, actors=tuple(actor if one.id == actor.id else one for one in report.actors))


def _corrected(actor: Actor) -> Review:
    """The status of an actor that an entry changed; one that an editor added stays "added"."""
    return "added" if actor.status == "added" else "corrected"


# --- mentions that change hands -----------------------------------------------------------------------------------------


def move_mentions(report: Report, ground: Ground, spans: Sequence[Span], to: str) -> Report:
    """The report where these words mention the actor ``to``, and what is said there is said by, to and about that actor.

    The words may have mentioned another actor, or one of several (undecided), or nobody so far.
    """
    places = {(span.start, span.end) for span in spans}
    before = report
    for old in [actor for actor in report.actors if actor.id != to and any((m.start, m.end) in places for m in actor.mentions)]:
        report = _move_from(report, ground, old, places, to)
    undecided = [one for one in report.undecided if (one.start, one.end) in places]
    known = _places(before) | {(one.start, one.end) for one in undecided}
    new_mentions = [Mention(span.start, span.end, "nominal", BY_EDITOR) for span in spans if (span.start, span.end) not in known]
    for one in undecided:
        report = _decide_for(report, one, to)
    if new_mentions:
        receiver = next(actor for actor in report.actors if actor.id == to)
        names = Counter(_line(mention.of(report.article.text)) for mention in new_mentions)
        report = _with(report, _with_added_mentions(receiver, new_mentions, names, ()))
    mentioned_nobody = [span for span in spans if (span.start, span.end) not in _places(before)]
    return made_consistent(before, _with_claims_about(report, mentioned_nobody, to))


def _places(report: Report) -> set[tuple[int, int]]:
    """Where actors are mentioned, as pairs of start and end."""
    return {(mention.start, mention.end) for actor in report.actors for mention in actor.mentions}


def _with_claims_about(report: Report, spans: Sequence[Span], actor: str) -> Report:
    """The report where claims that hold words which mentioned nobody before are about the actor too."""

    def about(claim: Claim) -> Claim:
        held = any(part.contains(span) for part in claim.spans for span in spans)
        return replace(claim, about=(*claim.about, actor)) if held and actor not in claim.about else claim

    return replace(report, claims=tuple(map(about, report.claims)))


def _decide_for(report: Report, one: UndecidedMention, to: str) -> Report:
    """The report where an undecided mention is one of the actor ``to``, who also speaks where these words name the speaker."""

    def speaker(quote: Quote) -> Quote:
        named = quote.speaker
        # A speaker whom the program knows stays; only an undecided one is decided.
        if named.actor is not None or to in named.others or named.mention is None or not named.mention.overlaps(one):
            return quote
        return replace(quote, speaker=replace(named, actor=to, candidates=()))

    receiver = next(actor for actor in report.actors if actor.id == to)
    mention = Mention(one.start, one.end, one.kind, BY_EDITOR)
    names = Counter([_line(one.of(report.article.text))] if one.kind in ("named", "nominal") else [])
    left = tuple(other for other in report.undecided if other != one)
    decided = replace(report, undecided=left, quotes=tuple(map(speaker, report.quotes)))
    return _with(decided, _with_added_mentions(receiver, [mention], names, ()))


def _move_from(report: Report, ground: Ground, old: Actor, places: set[tuple[int, int]], to: str) -> Report:
    """The report where those of an actor's mentions that stand at ``places`` are mentions of the actor ``to``, with what goes along:
    aliases, roles stated in their sentences, and the quotes, claims and relations there. An actor without mentions left is replaced
    everywhere."""
    moved = [mention for mention in old.mentions if (mention.start, mention.end) in places]
    left = [mention for mention in old.mentions if mention not in moved]
    names = Counter(name for mention in moved if (name := _alias(old, mention, report.article.text)))
    sentences = [ground.sentence_around([mention]) for mention in moved]
    # In a sentence that still mentions the old actor too, nobody can say whose role or relation it is: it stays.
    alone = [span for span in sentences if not any(span.overlaps(mention) for mention in left)]
    roles = tuple(role for role in old.roles if not left or any(span.contains(role.evidence) for span in alone))
    receiver = next(actor for actor in report.actors if actor.id == to)
    counts = Counter({alias.name: alias.count for alias in old.aliases})
    counts.subtract(names)
    rest = replace(
        old,
        mentions=tuple(left),
        aliases=_aliases(counts),
        roles=tuple(role for role in old.roles if role not in roles),
        status=_corrected(old),
    )
    receiver = _with_added_mentions(receiver, [replace(mention, why=BY_EDITOR) for mention in moved], names, roles)
    report = _with(_with(report, rest), receiver)
    report = replace(
        report,
        quotes=tuple(_moved_quote(quote, old.id, to, moved, left) for quote in report.quotes),
        claims=tuple(_moved_claim(claim, old.id, to, moved, left) for claim in report.claims),
        relations=tuple(_moved_relation(one, old.id, to, alone) for one in report.relations),
    )
    if left:
        return report
    return replace_actors(replace(report, actors=tuple(one for one in report.actors if one.id != old.id)), {old.id: to})


def _with_added_mentions(actor: Actor, mentions: Sequence[Mention], names: Counter[str], roles: tuple[Role, ...]) -> Actor:
    counts = Counter({alias.name: alias.count for alias in actor.aliases}) + names
    all_mentions = tuple(sorted((*actor.mentions, *mentions)))
    return replace(actor, mentions=all_mentions, aliases=_aliases(counts), roles=(*actor.roles, *roles), status=_corrected(actor))


def _alias(actor: Actor, mention: Mention, text: str) -> str:
    """The alias that a mention counts for: the longest that its words hold."""
    words = _line(mention.of(text)).casefold()
    held = [alias.name for alias in actor.aliases if alias.name.casefold() in words] if mention.kind in ("named", "nominal") else []
    # "Ada Brook" before "Brook"; of equal length by the alphabet, for the same result each time.
    return max(held, key=lambda name: (len(name), name), default="")


def _aliases(counts: Counter[str]) -> tuple[Alias, ...]:
    return tuple(Alias(name, count) for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count > 0)


def _moved_quote(quote: Quote, old: str, to: str, moved: Sequence[Mention], left: Sequence[Mention]) -> Quote:
    """The quote with the actor ``to`` as speaker, addressee or outlet where only words that were moved name the old one."""

    def names(span: Span | None) -> bool:
        return span is not None and any(span.overlaps(one) for one in moved) and not any(span.overlaps(one) for one in left)

    def reference(one: Reference | None) -> Reference | None:
        return replace(one, actor=to) if one is not None and one.actor == old and names(one.mention) else one

    speaker = quote.speaker
    if speaker.actor == old and names(speaker.mention):
        speaker = replace(speaker, actor=to)
    return replace(
        quote,
        speaker=speaker,
        addressee=reference(quote.addressee),
        outlet=reference(quote.outlet),
        runner_up=reference(quote.runner_up),
    )


def _moved_claim(claim: Claim, old: str, to: str, moved: Sequence[Mention], left: Sequence[Mention]) -> Claim:
    """What a claim is about; who asserts it follows from its quote."""
    if old not in claim.about or not any(span.contains(one) for span in claim.spans for one in moved):
        return claim
    # A claim that also mentions the old actor by other words is about both.
    stays = any(span.contains(one) for span in claim.spans for one in left)
    about = (one for id in claim.about for one in ((id, to) if stays and id == old else (to,) if id == old else (id,)))
    return replace(claim, about=tuple(dict.fromkeys(about)))


def _moved_relation(one: Relation, old: str, to: str, alone: Sequence[Span]) -> Relation:
    """A relation goes along where its sentence mentions the actor only with words that changed hands."""
    if not any(span.contains(one.trigger) for span in alone):
        return one
    return replace(one, source=to if one.source == old else one.source, target=to if one.target == old else one.target)


def _line(text: str) -> str:
    return " ".join(text.split())
