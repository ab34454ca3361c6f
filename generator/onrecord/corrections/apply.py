"""Applies an editor's corrections to reports, and to the actors across them: to plain values, after the program has said all that it has to
say. Each entry has an outcome, in the report and as lines for a terminal.

An entry is applied only where all of its words and sentences stand as they did, each exactly once. In every other case it is held: it
changes nothing, and says so. Of entries that contradict one another all are held: none of them is more right than the others, and the
order of the file means nothing. What the program found by itself stays in the report beside what holds now.

The entries ``same`` and ``apart`` are the only ones that may reach over two articles. They are applied last, after each report has been
corrected by itself and the program has joined the actors of all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from onrecord.corrections.actors import added_id, merge_actors
from onrecord.corrections.correction import Correction, Located, Problem, Stage, Statement, actor_at, describe_actor, locate
from onrecord.corrections.reading import ACTIONS, Corrections
from onrecord.model import Corpus, CorpusActor, CorrectionStatus, Findings, Member, Namesakes, Outcome, Report
from onrecord.model.grouping import Groups
from onrecord.text.anchors import Ground, Missing
from onrecord.text.ids import name_added
from onrecord.text.typography import normalise

# --- outcomes -----------------------------------------------------------------------------------------------------------


def why_not_applicable(located: Located, base: Report, machine: Report) -> Problem | None:
    """Why an entry cannot be applied though its text stands; none where it can.

    ``base`` is the report with the actors that entries add, ``machine`` the one without.
    """
    entry = located.entry
    if entry.confirms:
        _, says = entry.describe(machine, located)
        # A confirmation of something else would make the program's new mistake look checked.
        if says and normalise(entry.was) != normalise(says):
            return "drifted", f"what was confirmed is “{entry.was}”, and the program now says “{says}”"
    return entry.lacks(base, machine, located)


def missing(entry: Correction, found: Missing) -> Outcome:
    """The outcome of an entry whose words or sentence do not stand in the article, or more than once."""
    return Outcome(
        entry.id, entry.action, found.status, True, f"Held: {found.why}.", was=entry.was, by=entry.by, date=entry.date, note=entry.note
    )


def held(located: Located, machine: Report, status: CorrectionStatus, why: str) -> Outcome:
    """The outcome of an entry that was found and cannot be applied."""
    item, says = located.entry.describe(machine, located)
    return outcome_of(located, status, f"Held: {why}.", machine=says, now=says, is_held=True, item=item)


def applied(located: Located, machine: Report, corrected: Report, *, redundant: bool) -> Outcome:
    """The outcome of an entry that was applied, or is redundant because the program says the same by itself."""
    entry = located.entry
    before, says = entry.describe(machine, located)
    after, now = entry.describe(corrected, located)
    item = after or before
    if redundant:
        message = "The program says so itself by now; the entry may go."
        return outcome_of(located, "redundant", message, machine=says, now=now, item=item)
    if entry.was and normalise(entry.was) != normalise(says):
        told_then, told_now = f"the program said “{entry.was}”", f"now it says “{says or 'nothing'}”"
        message = f"Applied, for the text stands as it did. When this was decided, {told_then}; {told_now}."
        return outcome_of(located, "drifted", message, machine=says, now=now, item=item)
    message = f"“{says or 'nothing'}” became “{now or 'nothing'}”." if says != now else "Looked at by an editor."
    return outcome_of(located, "applied", message, machine=says, now=now, item=item)


def outcome_of(
    located: Located, status: CorrectionStatus, message: str, *, machine: str, now: str, is_held: bool = False, item: str = ""
) -> Outcome:
    """The outcome of an entry whose words stand: what the program says by itself (``machine``), and what holds ``now``."""
    entry = located.entry
    return Outcome(
        id=entry.id,
        action=entry.action,
        status=status,
        held=is_held,
        message=message,
        item=item,
        spans=located.spans,
        was=entry.was,
        machine=machine,
        now=now,
        by=entry.by,
        date=entry.date,
        note=entry.note,
    )


STARTER = """\
# What the editors know better than the program, one entry for each decision. On the page of an article, the notes offer entries
# ready to copy to the end of this file; on a served page a click writes them there. An entry applies only while its words and their
# sentence stand in the article as they do here, each exactly once; otherwise it is held, and says so. onrecord check shows what
# became of each.
#
# corrections:
#   - action: speaker # or kind, rename, retype, merge, split, same, apart, verdict, ...: see onrecord schema corrections
#     id: who-said-unsafe # a name of your choice, once in this file
#     article: harbour-bridge # the file's name without its suffix
#     words: "The quay is unsafe"
#     sentence: "\\"The quay is unsafe,\\" she said."
#     was: "direct, Ada Lee" # what the program said when you decided
#     speaker:
#       words: Cora Moss
#       sentence: "Cora Moss, the harbour master, spoke first."
#     by: Your Name
#     date: 2026-03-14

corrections:
"""


def outcomes_of(corpus: Corpus) -> tuple[Outcome, ...]:
    """What became of every entry, by their ids."""
    found = [*(one for report in corpus.reports for one in report.corrections), *corpus.corrections]
    return tuple(sorted(found, key=lambda one: one.id))


def outcome_lines(corrections: Corrections, corpus: Corpus) -> Iterator[str]:
    """A line for each entry in the order of the file, and one with the sums."""
    outcomes = {one.id: one for one in outcomes_of(corpus)}
    for entry in corrections.entries:
        one = outcomes[entry.id]
        yield f"{corrections.file}:{corrections.line(one.id)}: {one.id} ({one.action}): {one.status}. {one.message}"
    counts = Counter(one.status for one in outcomes.values())
    held = sum(one.held for one in outcomes.values())
    yield f"{len(outcomes)} corrections, {held} held" + "".join(f"; {count} {status}" for status, count in sorted(counts.items()))


def outcome_details(corrections: Corrections, corpus: Corpus, id: str) -> Iterator[str]:
    """All that can be told of one entry; nothing where there is none with this id."""
    entry = next((one for one in corrections.entries if one.id == id), None)
    if entry is None:
        return
    one = next(outcome for outcome in outcomes_of(corpus) if outcome.id == id)
    yield f"{corrections.file}:{corrections.line(id)}: {id} ({one.action}) in {entry.article}"
    yield f"status: {one.status}{', held' if one.held else ''}. {one.message}"
    for path, anchor in entry.anchors():
        yield f"{path or 'words'}: {' … '.join(anchor.parts)}"
        yield f"  in: {anchor.sentence}"
    for label, value in (
        ("was", one.was),
        ("the program says", one.machine),
        ("now", one.now),
        ("by", one.by),
        ("on", one.date),
        ("note", one.note),
    ):
        if value:
            yield f"{label}: {value}"


Key = TypeVar("Key", bound=Hashable)


def contradictions(stated: Mapping[str, Iterable[Statement]]) -> dict[str, tuple[str, ...]]:
    """For each entry that others contradict (by id) the ids of these, sorted."""
    said: defaultdict[Hashable, defaultdict[Hashable, set[str]]] = defaultdict(lambda: defaultdict(set))
    for id, statements in stated.items():
        for what, value in statements:
            said[what][value].add(id)
    # Several entries may say one value of a thing: each of them is against all that say another, and none against its like.
    against: defaultdict[str, set[str]] = defaultdict(set)
    for values in said.values():
        for value, ids in values.items():
            for other, others in values.items():
                if other != value:
                    for id in ids:
                        against[id] |= others - {id}
    return {id: tuple(sorted(others)) for id, others in against.items() if others}


# --- groups of actors that are one --------------------------------------------------------------------------------------


def join_groups(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, frozenset[Key]]:
    """Groups of everything that pairs connect, directly or through others; by each of their members.

    >>> sorted(join_groups([("a", "b"), ("b", "c")])["a"])
    ['a', 'b', 'c']
    """
    groups = Groups[Key]()
    ends: dict[Key, None] = {}
    for one, other in pairs:
        groups.join(one, other)
        ends |= {one: None, other: None}
    return {one: whole for part in groups.split(ends) for whole in (frozenset(part),) for one in part}


def joined_against(
    same: Mapping[str, tuple[Key, Key]], apart: Mapping[str, tuple[Key, Key]], into: Mapping[str, Key]
) -> dict[str, tuple[str, ...]]:
    """Entries (by id) that join what others keep apart, those others, and those that give one group two names; each with its opponents.

    ``into`` has the end whose name holds, for entries that say so.
    """
    groups = join_groups(same.values())
    against: defaultdict[str, set[str]] = defaultdict(set)

    def oppose(ones: Iterable[str], others: Sequence[str]) -> None:
        for one in ones:
            against[one].update(other for other in others if other != one)

    for id, (one, other) in apart.items():
        group = groups.get(one, frozenset({one}))
        if other in group:
            # Any entry of the chain that joins the two may be the wrong one, so all of them are held.
            joining = [entry for entry, ends in same.items() if ends[0] in group]
            oppose([id], joining)
            oppose(joining, [id])
    for group in dict.fromkeys(groups.values()):
        inside = [entry for entry in into if same[entry][0] in group]
        # "A into B" and "B into C" agree on C. "A into B" and "A into C" do not, and "A into B", "B into A" go in a circle.
        absorbed = {end for entry in inside for end in same[entry] if end != into[entry]}
        if len({into[entry] for entry in inside} - absorbed) > 1 or (inside and not {into[entry] for entry in inside} - absorbed):
            oppose(inside, inside)
    return {id: tuple(sorted(others)) for id, others in against.items() if others}


# --- one report ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Pending:
    """The entries that are still to be applied while stage follows stage, and the outcomes of the others."""

    machine: Report
    """The report as the program made it."""
    entries: dict[str, Located]
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def hold(self, id: str, status: CorrectionStatus, why: str) -> None:
        """Gives up an entry: it is held, for this reason."""
        self.outcomes[id] = held(self.entries.pop(id), self.machine, status, why)

    def hold_opposed(self, against: dict[str, tuple[str, ...]]) -> None:
        """Gives up the entries that contradict one another, each with the ids of those that it contradicts."""
        for id, others in sorted(against.items()):
            self.hold(id, "conflict", f"it contradicts {' and '.join(others)}")

    def run(self, report: Report, stage: Stage) -> Report:
        """The report after each entry of a stage, in the order of :data:`ACTIONS` and then of the ids."""
        for action in ACTIONS:
            for one in self.of(stage).values():
                if type(one.entry) is action:
                    report = one.entry.apply(report, one)
        return report

    def of(self, stage: Stage) -> dict[str, Located]:
        """The entries of a stage, by their ids."""
        return {id: one for id, one in sorted(self.entries.items()) if one.entry.stage == stage}


def apply_corrections(report: Report, entries: Iterable[Correction]) -> Report:
    """The report with the entries that are about its article alone, and what became of each; their order does not matter.

    A report that has been corrected is taken back to what the program found first, so that applying twice is applying once.
    """
    machine = uncorrected(report)
    own = sorted((entry for entry in entries if is_about(entry, report.article.id)), key=lambda entry: entry.id)
    if not own:
        return machine
    # The article's sentences are found once for all entries.
    grounds = {report.article.id: Ground(report.article)}
    found = [(entry, locate(entry, grounds)) for entry in own]
    pending = _Pending(machine, {entry.id: one for entry, one in found if isinstance(one, Located)})
    pending.outcomes = {entry.id: missing(entry, one) for entry, one in found if isinstance(one, Missing)}

    # From the inside out: first who there is, then whom words mention, then who is one, then what is said of each.
    corrected = _correct_values(pending, _join_actors(pending, _move_mentions(pending, _add_actors(pending, machine))))
    corrected = name_added(corrected, {added_id(id) for id in pending.entries})
    for id, one in pending.entries.items():
        pending.outcomes[id] = applied(one, machine, corrected, redundant=_is_redundant(one, machine))
    changed = _findings(corrected) != _findings(machine)
    outcomes = tuple(pending.outcomes[entry.id] for entry in own)
    return replace(corrected, corrections=outcomes, machine=_findings(machine) if changed else None)


def is_about(entry: Correction, article: str) -> bool:
    """Whether an entry is about this article, and about no other."""
    return entry.article == article and all(one.article in ("", article) for one in entry.others)


def uncorrected(report: Report) -> Report:
    """The report as the program made it."""
    machine = report.machine or _findings(report)
    return replace(
        report,
        actors=machine.actors,
        undecided=machine.undecided,
        quotes=machine.quotes,
        claims=machine.claims,
        relations=machine.relations,
        moments=machine.moments,
        comparisons=machine.comparisons,
        corrections=(),
        machine=None,
    )


def _findings(report: Report) -> Findings:
    found = report.actors, report.undecided, report.quotes, report.claims, report.relations, report.moments, report.comparisons
    return Findings(*found)


# --- stages of correcting one report -------------------------------------------------------------------------------------


def _add_actors(pending: _Pending, report: Report) -> Report:
    """The report with those whom the program does not know; then entries without anything to change are held."""
    pending.hold_opposed(_contradictions_of_words(report, pending.of("additions")))
    report = pending.run(report, "additions")
    for id, one in sorted(pending.entries.items()):
        # Asked once actors are added, since an entry may be about one of these.
        if problem := why_not_applicable(one, report, pending.machine):
            pending.hold(id, *problem)
    return report


def _move_mentions(pending: _Pending, report: Report) -> Report:
    """The report with single words as mentions of another."""
    pending.hold_opposed(_contradictions_of_words(report, pending.of("mentions")))
    return pending.run(report, "mentions")


def _contradictions_of_words(report: Report, entries: Mapping[str, Located]) -> dict[str, tuple[str, ...]]:
    return contradictions({id: list(one.entry.states_of_words(report, one)) for id, one in entries.items()})


def _join_actors(pending: _Pending, report: Report) -> Report:
    """The report with actors that are one."""

    def ends(are: Literal["one", "two"]) -> dict[str, tuple[str, str]]:
        entries = {id: one for id, one in sorted(pending.entries.items()) if one.entry.says_actors_are == are}
        pairs = {id: (actor_at(report, one.own_span), actor_at(report, one.span(one.entry.others[0]))) for id, one in entries.items()}
        return {id: (first.id, second.id) for id, (first, second) in pairs.items() if first and second}

    for id, (one, other) in ends("two").items():
        if one == other:
            pending.hold(id, "drifted", "the program has them as one by now; say with split which of its mentions are the other’s")
    # "Merge X into Y": Y's name holds. "Same" leaves it to the order of the text.
    into = {id: pair[1] for id, pair in ends("one").items() if pending.entries[id].entry.other_gives_name}
    pending.hold_opposed(joined_against(ends("one"), ends("two"), into))
    pairs = ends("one")
    return merge_actors(report, _groups(report, pairs.values(), [pairs[id] for id in into if id in pairs]))


def _groups(report: Report, pairs: Iterable[tuple[str, str]], into: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Ids of the actors that are one, first the one whose name holds: whom an entry merges others into (the latter of the pairs ``into``),
    or else the first in the text."""
    # Of "A into B" and "B into C" the name is C's.
    named = {pair[1] for pair in into} - {pair[0] for pair in into}
    order = {actor.id: place for place, actor in enumerate(report.actors)}
    groups = dict.fromkeys(join_groups(pairs).values())
    return [sorted(group, key=lambda id: (id not in named, order[id])) for group in groups if len(group) > 1]


def _correct_values(pending: _Pending, report: Report) -> Report:
    """The report with corrected names, types, quotes and claims; what the program says itself counts as confirmed."""
    pending.hold_opposed(contradictions({id: list(one.entry.states(report, one)) for id, one in pending.entries.items()}))
    report = pending.run(report, "values")
    for _, one in sorted(pending.entries.items()):
        if _is_redundant(one, pending.machine):
            report = one.entry.confirm(report, one)
    return report


def _is_redundant(located: Located, machine: Report) -> bool:
    """Whether the entry may go. A confirmation stays: it says that somebody looked, which the program cannot."""
    return not located.entry.confirms and located.entry.is_said_by(machine, located)


# --- across articles --------------------------------------------------------------------------------------------------


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


# --- actors across articles ---------------------------------------------------------------------------------------------


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
