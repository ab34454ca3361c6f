"""Applies an editor's corrections to a report: to plain values, after the program has said all that it has to say.

An entry is applied only where all of its words and sentences stand as they did, each exactly once. In every other case it is held: it
changes nothing, and says so. What the program found by itself stays in the report beside what holds now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from onrecord.corrections.actors import added_id, merge_actors
from onrecord.corrections.correction import Correction, Located, Stage, actor_at, locate
from onrecord.corrections.outcomes import applied, contradictions, held, join_groups, joined_against, missing, why_not_applicable
from onrecord.corrections.reading import ACTIONS
from onrecord.model import CorrectionStatus, Findings, Outcome, Report
from onrecord.permalinks.naming import name_added
from onrecord.text.anchors import Ground, Missing


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


# --- stages -------------------------------------------------------------------------------------------------------------


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
