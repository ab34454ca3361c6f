"""Corrections of actors: who there is, who is one, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.corrections.anchors import Ground
from onrecord.corrections.entries import AddActor, Merge, Rename, Retype, Same, Split, Visibility
from onrecord.corrections.follow import settle, with_actors
from onrecord.corrections.located import Located, actor_at, undecided_at
from onrecord.model import Actor, Alias, Claim, Mention, Quote, Reference, Relation, Report, Review, Role, Span, UndecidedMention

BY_EDITOR = "by an editor"
"""Why a mention is an actor's, where an editor said so."""


def added_id(entry_id: str) -> str:
    """The id of what an entry adds: it depends on nothing else, so that other entries never change it."""
    return f"added-{entry_id}"


def add_actor(report: Report, located: Located) -> Report:
    """The report with an actor whom only the editor saw."""
    entry, span = located.entry, located.own_span
    assert isinstance(entry, AddActor)
    if actor_at(report, span):
        return report
    name = entry.name or _line(span.of(report.article.text))
    new = Actor(added_id(entry.id), name, entry.type, (), status="added")
    return move_mentions(replace(report, actors=(*report.actors, new)), located.ground, [span], new.id)


def split_actor(report: Report, located: Located) -> Report:
    """The report with some mentions of an actor as another's: a new one's, or that of another whom the entry names."""
    entry = located.entry
    assert isinstance(entry, Split)
    spans = [located.own_span, *(located.span(one) for one in entry.mentions)]
    if entry.to is not None:
        there = actor_at(report, located.span(entry.to))
        assert there is not None, "a split into nobody is held"
        return move_mentions(report, located.ground, spans, there.id)
    old = actor_at(report, spans[0])
    if old is not None and all((mention.start, mention.end) in {(span.start, span.end) for span in spans} for mention in old.mentions):
        named = replace(old, name=entry.name or old.name, type=entry.type or old.type)
        return report if named == old else _with(report, replace(named, status=_corrected(old)))
    kind = entry.type or (old.type if old else "person")
    new = Actor(added_id(entry.id), entry.name or _line(spans[0].of(report.article.text)), kind, (), status="added")
    return move_mentions(replace(report, actors=(*report.actors, new)), located.ground, spans, new.id)


def decide_mention(report: Report, located: Located) -> Report:
    """The report where words between whose actors the program did not choose mention the one that the entry names."""
    entry = located.entry
    assert isinstance(entry, Merge | Same)
    ends = [located.own_span, located.span(entry.others[0])]
    doubtful = [span for span in ends if undecided_at(report, span)]
    known = [actor for span in ends if (actor := actor_at(report, span))]
    return move_mentions(report, located.ground, doubtful, known[0].id) if len(doubtful) == len(known) == 1 else report


def merge_actors(report: Report, groups: Iterable[Sequence[str]]) -> Report:
    """The report where each group of ids is one actor, with the id, name and type of the first."""
    actors = {actor.id: actor for actor in report.actors}
    now = {id: group[0] for group in groups for id in group[1:]}
    if not now:
        return report
    whole = {group[0]: _merged([actors[id] for id in group]) for group in groups}
    kept = tuple(whole.get(actor.id, actor) for actor in report.actors if actor.id not in now)
    return settle(report, with_actors(replace(report, actors=kept), now))


def _merged(group: Sequence[Actor]) -> Actor:
    counts: Counter[str] = Counter()
    for actor in group:
        counts.update({alias.name: alias.count for alias in actor.aliases})
    mentions = tuple(sorted(mention for actor in group for mention in actor.mentions))
    roles = tuple(dict.fromkeys(role for actor in group for role in actor.roles))
    return replace(group[0], mentions=mentions, aliases=_aliases(counts), roles=roles, status="corrected")


def rename_actor(report: Report, located: Located) -> Report:
    """The report with another name for an actor."""
    assert isinstance(located.entry, Rename)
    actor = actor_at(report, located.own_span)
    if actor is None or actor.name == located.entry.name:
        return report
    return _with(report, replace(actor, name=located.entry.name, status=_corrected(actor)))


def retype_actor(report: Report, located: Located) -> Report:
    """The report with another type for an actor."""
    assert isinstance(located.entry, Retype)
    actor = actor_at(report, located.own_span)
    if actor is None or actor.type == located.entry.type:
        return report
    return _with(report, replace(actor, type=located.entry.type, status=_corrected(actor)))


def show_actor(report: Report, located: Located) -> Report:
    """The report with or without a page for an actor."""
    assert isinstance(located.entry, Visibility)
    actor = actor_at(report, located.own_span)
    hidden = located.entry.page == "hidden"
    return report if actor is None or actor.hidden == hidden else _with(report, replace(actor, hidden=hidden, status=_corrected(actor)))


def confirm_actor(report: Report, located: Located) -> Report:
    """The report with an actor that an editor looked at."""
    actor = actor_at(report, located.own_span)
    return report if actor is None or actor.status != "machine" else _with(report, replace(actor, status="confirmed"))


def _with(report: Report, actor: Actor) -> Report:
    return replace(report, actors=tuple(actor if one.id == actor.id else one for one in report.actors))


def _corrected(actor: Actor) -> Review:
    return "added" if actor.status == "added" else "corrected"


# --- mentions that change hands -----------------------------------------------------------------------------------------


def move_mentions(report: Report, ground: Ground, spans: Sequence[Span], to: str) -> Report:
    """The report where these words mention the actor ``to``, and what was said there is said by, to and about that actor."""
    places = {(span.start, span.end) for span in spans}
    before = report
    for old in [actor for actor in report.actors if actor.id != to and any((m.start, m.end) in places for m in actor.mentions)]:
        report = _taken_from(report, ground, old, places, to)
    doubtful = [one for one in report.undecided if (one.start, one.end) in places]
    known = _places(before) | {(one.start, one.end) for one in doubtful}
    fresh = [Mention(span.start, span.end, "nominal", BY_EDITOR) for span in spans if (span.start, span.end) not in known]
    for one in doubtful:
        report = _decided(report, one, to)
    if fresh:
        taker = next(actor for actor in report.actors if actor.id == to)
        report = _with(report, _taking(taker, fresh, Counter(_line(mention.of(report.article.text)) for mention in fresh), ()))
    return settle(before, _about(report, [span for span in spans if (span.start, span.end) not in _places(before)], to))


def _places(report: Report) -> set[tuple[int, int]]:
    return {(mention.start, mention.end) for actor in report.actors for mention in actor.mentions}


def _about(report: Report, spans: Sequence[Span], actor: str) -> Report:
    """The report where claims that hold words which mentioned nobody before are about the actor too."""

    def about(claim: Claim) -> Claim:
        held = any(part.contains(span) for part in claim.spans for span in spans)
        return replace(claim, about=(*claim.about, actor)) if held and actor not in claim.about else claim

    return replace(report, claims=tuple(map(about, report.claims)))


def _decided(report: Report, one: UndecidedMention, to: str) -> Report:
    def speaker(quote: Quote) -> Quote:
        named = quote.speaker
        if named.actor is not None or to in named.others or named.mention is None or not named.mention.overlaps(one):
            return quote
        return replace(quote, speaker=replace(named, actor=to, candidates=()))

    taker = next(actor for actor in report.actors if actor.id == to)
    mention = Mention(one.start, one.end, one.kind, BY_EDITOR)
    names = Counter([_line(one.of(report.article.text))] if one.kind in ("named", "nominal") else [])
    left = tuple(other for other in report.undecided if other != one)
    return _with(replace(report, undecided=left, quotes=tuple(map(speaker, report.quotes))), _taking(taker, [mention], names, ()))


def _taken_from(report: Report, ground: Ground, old: Actor, places: set[tuple[int, int]], to: str) -> Report:
    moved = [mention for mention in old.mentions if (mention.start, mention.end) in places]
    left = [mention for mention in old.mentions if mention not in moved]
    names = Counter(name for mention in moved if (name := _alias(old, mention, report.article.text)))
    sentences = [ground.sentence_around([mention]) for mention in moved]
    alone = [span for span in sentences if not any(span.overlaps(mention) for mention in left)]
    roles = tuple(role for role in old.roles if not left or any(span.contains(role.evidence) for span in alone))
    taker = next(actor for actor in report.actors if actor.id == to)
    counts = Counter({alias.name: alias.count for alias in old.aliases})
    counts.subtract(names)
    rest = replace(
        old,
        mentions=tuple(left),
        aliases=_aliases(counts),
        roles=tuple(role for role in old.roles if role not in roles),
        status=_corrected(old),
    )
    taker = _taking(taker, [replace(mention, why=BY_EDITOR) for mention in moved], names, roles)
    report = _with(_with(report, rest), taker)
    report = replace(
        report,
        quotes=tuple(_moved_quote(quote, old.id, to, moved, left) for quote in report.quotes),
        claims=tuple(_moved_claim(claim, old.id, to, moved, left) for claim in report.claims),
        relations=tuple(_moved_relation(one, old.id, to, alone) for one in report.relations),
    )
    if left:
        return report
    return with_actors(replace(report, actors=tuple(one for one in report.actors if one.id != old.id)), {old.id: to})


def _taking(actor: Actor, mentions: Sequence[Mention], names: Counter[str], roles: tuple[Role, ...]) -> Actor:
    counts = Counter({alias.name: alias.count for alias in actor.aliases}) + names
    all_mentions = tuple(sorted((*actor.mentions, *mentions)))
    return replace(actor, mentions=all_mentions, aliases=_aliases(counts), roles=(*actor.roles, *roles), status=_corrected(actor))


def _alias(actor: Actor, mention: Mention, text: str) -> str:
    """The alias that a mention counts for: the longest that its words hold."""
    words = _line(mention.of(text)).casefold()
    held = [alias.name for alias in actor.aliases if alias.name.casefold() in words] if mention.kind in ("named", "nominal") else []
    return max(held, key=lambda name: (len(name), name), default="")


def _aliases(counts: Counter[str]) -> tuple[Alias, ...]:
    return tuple(Alias(name, count) for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count > 0)


def _moved_quote(quote: Quote, old: str, to: str, moved: Sequence[Mention], left: Sequence[Mention]) -> Quote:
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
