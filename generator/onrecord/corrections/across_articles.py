"""Corrections of actors across articles: an editor says that actors of two articles are one, or that they are not.

The entries ``same`` and ``apart`` are the only ones that may reach over two articles. They are applied here, after each report has been
corrected by itself and the program has joined the actors of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.corrections.apply import is_about
from onrecord.corrections.correction import Correction, Located, actor_at, describe_actor, locate
from onrecord.corrections.outcomes import join_groups, joined_against, missing, outcome_of
from onrecord.model import Corpus, CorpusActor, CorrectionStatus, Member, Namesakes, Outcome
from onrecord.text.anchors import Ground, Missing

_SAME_BY_EDITOR = "an editor says that it is the same"
"""Why an actor of one article is that of another, where an editor said so."""

Ends = tuple[Member, Member]


@dataclass(frozen=True, slots=True)
class _Pair:
    """An entry about two articles, with the actor whom its words mention in each."""

    entry: Correction
    located: Located
    ends: Ends
    machine: str
    """What the program says of the two, each in its own article."""
    joined: bool
    """Whether the program has them as one."""


def apply_across(corpus: Corpus, entries: Iterable[Correction]) -> Corpus:
    """The corpus with the entries that are about more than one article, and what became of each; actors that an editor hid are taken out.

    Entries on articles that are not here are held.
    """
    here = {report.article.id for report in corpus.reports}
    own = sorted((one for one in entries if one.article not in here or not is_about(one, one.article)), key=lambda entry: entry.id)
    hidden = {Member(report.article.id, actor.id) for report in corpus.reports for actor in report.actors if actor.hidden}
    if not own and not hidden:
        return corpus
    named = {article for entry in own for article in (entry.article, *(one.article for one in entry.others))}
    grounds = {report.article.id: Ground(report.article) for report in corpus.reports if report.article.id in named}
    outcomes: dict[str, Outcome] = {}
    pairs: dict[str, _Pair] = {}
    for entry in own:
        found = _pair(corpus, entry, locate(entry, grounds))
        if isinstance(found, Outcome):
            outcomes[entry.id] = found
        else:
            pairs[entry.id] = found
    # Who contradicts whom is known only when all pairs are; then all of them are held, whichever came first.
    for id, others in _contradictions(pairs).items():
        outcomes[id] = _outcome(pairs.pop(id), "conflict", f"Held: it contradicts {' and '.join(others)}.", is_held=True)
    for id, pair in pairs.items():
        outcomes[id] = _applied_or_redundant(pair)
    in_order = tuple(outcomes[entry.id] for entry in own)
    actors = tuple(actor for actor in _split_and_joined(corpus.actors, list(pairs.values())) if not hidden & _members(actor))
    return replace(corpus, actors=actors, namesakes=tuple(_namesakes(corpus, actors)), corrections=in_order)


def _pair(corpus: Corpus, entry: Correction, found: Located | Missing) -> _Pair | Outcome:
    if isinstance(found, Missing):
        return missing(entry, found)
    reports = {report.article.id: report for report in corpus.reports}
    (other,) = entry.others  # only same and apart may reach over two articles, and both name one
    ends = []
    said = []
    for article, span in ((entry.article, found.own_span), (other.article, found.span(other))):
        actor = actor_at(reports[article], span)
        # Places and the author have no page, so there is nothing of theirs to join.
        if actor is None or not any(Member(article, actor.id) in _members(one) for one in corpus.actors):
            why = f"the program finds no actor with a page at “{span.of(reports[article].article.text)}” in {article}"
            return replace(missing(entry, Missing("orphan", why)), status="drifted")
        ends.append(Member(article, actor.id))
        said.append(f"{describe_actor(actor)} in {article}")
    joined = any(set(ends) <= _members(one) for one in corpus.actors)
    machine = f"{'; '.join(said)}: {'one' if joined else 'two'}"
    return _Pair(entry, found, (ends[0], ends[1]), machine, joined)


def _members(actor: CorpusActor) -> frozenset[Member]:
    """Its members by article and id alone."""
    return frozenset(Member(member.article, member.actor) for member in actor.members)


def _contradictions(pairs: dict[str, _Pair]) -> dict[str, tuple[str, ...]]:
    same = {id: pair.ends for id, pair in pairs.items() if pair.entry.says_actors_are == "one"}
    return joined_against(same, {id: pair.ends for id, pair in pairs.items() if pair.entry.says_actors_are == "two"}, {})


def _applied_or_redundant(pair: _Pair) -> Outcome:
    """The outcome of an entry that contradicts no other: the program says so itself by now, or it holds by the editor's word."""
    wanted = pair.entry.says_actors_are == "one"
    if pair.joined == wanted:
        return _outcome(pair, "redundant", "The program says so itself by now; the entry may go.")
    return _outcome(pair, "applied", f"The two are {'one' if wanted else 'apart'} now, by an editor’s word.")


def _outcome(pair: _Pair, status: CorrectionStatus, message: str, *, is_held: bool = False) -> Outcome:
    """The outcome of an entry about two articles: it is about no single item of either."""
    now = pair.machine if is_held else f"{pair.machine.rpartition(': ')[0]}: {pair.entry.says_actors_are}"
    return outcome_of(pair.located, status, message, machine=pair.machine, now=now, is_held=is_held)


# --- actors ---------------------------------------------------------------------------------------------------------------


def _split_and_joined(actors: Sequence[CorpusActor], pairs: Sequence[_Pair]) -> list[CorpusActor]:
    """The actors, those split that an editor keeps apart, and then those joined that an editor says are one: an article that was split
    off by one entry may so be joined to another actor by the next."""
    same = [pair.ends for pair in pairs if pair.entry.says_actors_are == "one"]
    apart = [pair.ends for pair in pairs if pair.entry.says_actors_are == "two" and pair.joined]
    # Ids of all actors, so that those split off get new ones.
    taken = {actor.id for actor in actors}
    split = [one for actor in actors for one in _split(actor, apart, same, taken)]
    holder = {member: place for place, actor in enumerate(split) for member in _members(actor)}
    groups = join_groups((holder[one], holder[other]) for one, other in same)
    whole = {min(group): _joined([split[place] for place in sorted(group)]) for group in groups.values()}
    return [whole.get(place, actor) for place, actor in enumerate(split) if place not in groups or place in whole]


def _split(actor: CorpusActor, apart: Sequence[Ends], same: Sequence[Ends], taken: set[str]) -> Iterator[CorpusActor]:
    """The actor; or one for each article, where an editor says that two of its articles tell of different ones.

    Which of the two the other articles tell of, nobody has said. The first keeps the id; the others have their article's too.
    """
    if not any(set(ends) <= _members(actor) for ends in apart):
        yield actor
        return
    for place, member in enumerate(actor.members):
        id = actor.id
        if place:
            base = id = f"{actor.id}-{member.article}"
            number = 1
            while id in taken:
                number += 1
                id = f"{base}-{number}"
            taken.add(id)
        yield replace(actor, id=id, members=(Member(member.article, member.actor),))


def _joined(group: Sequence[CorpusActor]) -> CorpusActor:
    """One actor of several: the first, with the members of all."""
    first, *others = group
    if not others:
        return first
    joined = (replace(member, why=_SAME_BY_EDITOR, like=first.members[0].article) for actor in others for member in actor.members)
    return replace(first, members=(*first.members, *joined))


def _namesakes(corpus: Corpus, actors: Sequence[CorpusActor]) -> Iterator[Namesakes]:
    """Those who may be one, as far as no editor has said whether they are."""
    holder = {member: actor.id for actor in actors for member in _members(actor)}
    first = {actor.id: next((holder[one] for one in sorted(_members(actor), key=_key) if one in holder), "") for actor in corpus.actors}
    for one in corpus.namesakes:
        ids = tuple(dict.fromkeys(id for id in (first[actor] for actor in one.actors) if id))
        if len(ids) > 1:
            yield replace(one, actors=ids)


def _key(member: Member) -> tuple[str, str]:
    return member.article, member.actor
