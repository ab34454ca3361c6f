"""Applies an editor's corrections to a report: to plain values, after the program has said all that it has to say.

An entry is applied only where all of its words and sentences stand as they did, each exactly once. In every other case it is held: it
changes nothing, and says so. What the program found by itself stays in the report beside what holds now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from onrecord.corrections import actors, claims, quotes
from onrecord.corrections.anchors import Ground, Missing
from onrecord.corrections.conflicts import contradictions, join, joined_against, stated, structure_stated
from onrecord.corrections.entries import (
    CONFIRMATIONS,
    AddActor,
    Apart,
    Correction,
    DeleteClaim,
    DeleteQuote,
    GiveVerdict,
    Merge,
    Same,
    Split,
)
from onrecord.corrections.located import Located, actor_at, claims_at, locate, quotes_at
from onrecord.corrections.outcomes import OF_CLAIMS, OF_QUOTES, held, missing, problem_of, told
from onrecord.model import CorrectionStatus, Findings, Outcome, Report
from onrecord.permalinks.naming import name_added

Step = Callable[[Report, Located], Report]

ADDITIONS: tuple[tuple[str, Step], ...] = (("add-actor", actors.add_actor),)
"""Who there is besides those whom the program knows."""

MENTIONS: tuple[tuple[str, Step], ...] = (
    ("split", actors.split_actor),
    ("merge", actors.decide_mention),
    ("same", actors.decide_mention),
)
"""Whom single words mention; after these, actors that are one are joined."""

VALUES: tuple[tuple[str, Step], ...] = (
    ("rename", actors.rename_actor),
    ("retype", actors.retype_actor),
    ("visibility", actors.show_actor),
    ("delete-quote", quotes.delete_quote),
    ("add-quote", quotes.add_quote),
    ("kind", quotes.fix_kind),
    ("speaker", quotes.fix_speaker),
    ("delete-claim", claims.delete_claim),
    ("add-claim", claims.add_claim),
    ("verdict", claims.give_verdict),
    ("confirm-actor", actors.confirm_actor),
    ("confirm-quote", quotes.confirm_quote),
    ("confirm-claim", claims.confirm_claim),
)
"""What they are, and what they said, once it is settled who is who."""

_STEPS = dict((*ADDITIONS, *MENTIONS, *VALUES))


@dataclass(slots=True)
class _Desk:
    """The entries that are still to be applied, and what became of the others."""

    machine: Report
    live: dict[str, Located]
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def hold(self, id: str, status: CorrectionStatus, why: str) -> None:
        """Takes an entry off the desk."""
        self.outcomes[id] = held(self.live.pop(id), self.machine, status, why)

    def hold_opposed(self, against: dict[str, tuple[str, ...]]) -> None:
        """Takes entries off the desk that contradict one another."""
        for id, others in sorted(against.items()):
            self.hold(id, "conflict", f"it contradicts {' and '.join(others)}")

    def run(self, report: Report, steps: Iterable[tuple[str, Step]]) -> Report:
        """The report after each step for each entry with its action, in the order of the steps and then of the ids."""
        for action, step in steps:
            for id in sorted(self.live):
                if self.live[id].entry.action == action:
                    report = step(report, self.live[id])
        return report

    def of(self, *kinds: type) -> list[tuple[str, Located]]:
        """The entries with these actions, by their ids."""
        return [(id, one) for id, one in sorted(self.live.items()) if isinstance(one.entry, kinds)]


def apply_corrections(report: Report, entries: Iterable[Correction]) -> Report:
    """The report with the entries that are about its article alone, and what became of each; their order does not matter.

    A report that has been corrected is taken back to what the program found first, so that applying twice is applying once.
    """
    machine = uncorrected(report)
    own = sorted((entry for entry in entries if is_about(entry, report.article.id)), key=lambda entry: entry.id)
    if not own:
        return machine
    grounds = {report.article.id: Ground(report.article)}
    found = [(entry, locate(entry, grounds)) for entry in own]
    desk = _Desk(machine, {entry.id: one for entry, one in found if isinstance(one, Located)})
    desk.outcomes = {entry.id: missing(entry, one) for entry, one in found if isinstance(one, Missing)}

    corrected = _correct_values(desk, _join_actors(desk, _move_mentions(desk, _add_actors(desk, machine))))
    corrected = name_added(corrected, {actors.added_id(id) for id in desk.live})
    for id, one in desk.live.items():
        desk.outcomes[id] = told(one, machine, corrected, redundant=_says_so_itself(one, machine))
    changed = _findings(corrected) != _findings(machine)
    return replace(corrected, corrections=tuple(desk.outcomes[entry.id] for entry in own), machine=_findings(machine) if changed else None)


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


def _add_actors(desk: _Desk, report: Report) -> Report:
    """The report with those whom the program does not know; then entries without anything to change are held."""
    added = desk.of(AddActor)
    desk.hold_opposed(contradictions({id: list(structure_stated(report, one)) for id, one in added}))
    for id, one in desk.of(AddActor):
        there = actor_at(report, one.own_span)
        assert isinstance(one.entry, AddActor)
        if there and (there.type != one.entry.type or one.entry.name not in ("", there.name)):
            desk.hold(id, "drifted", f"the program finds {there.name} ({there.type}) there itself; use rename or retype")
    report = desk.run(report, ADDITIONS)
    for id, one in sorted(desk.live.items()):
        if problem := problem_of(one, report, desk.machine):
            desk.hold(id, *problem)
    return report


def _move_mentions(desk: _Desk, report: Report) -> Report:
    """The report with single words as mentions of another."""
    desk.hold_opposed(contradictions({id: list(structure_stated(report, one)) for id, one in desk.of(Split, Merge, Same)}))
    return desk.run(report, MENTIONS)


def _join_actors(desk: _Desk, report: Report) -> Report:
    """The report with actors that are one."""

    def ends(kinds: tuple[type, ...]) -> dict[str, tuple[str, str]]:
        pairs = {id: (actor_at(report, one.own_span), actor_at(report, one.span(one.entry.others[0]))) for id, one in desk.of(*kinds)}
        return {id: (first.id, second.id) for id, (first, second) in pairs.items() if first and second}

    for id, (one, other) in ends((Apart,)).items():
        if one == other:
            desk.hold(id, "drifted", "the program has them as one by now; say with split which of its mentions are the other’s")
    into = {id: pair[1] for id, pair in ends((Merge,)).items()}
    desk.hold_opposed(joined_against(ends((Merge, Same)), ends((Apart,)), into))
    kept = [(desk.live[id].entry, pair) for id, pair in ends((Merge, Same)).items()]
    return actors.merge_actors(report, _groups(report, kept))


def _groups(report: Report, pairs: Sequence[tuple[Correction, tuple[str, str]]]) -> list[list[str]]:
    """Ids of the actors that are one, first the one whose name holds: whom an entry merges others into, or else the first in the text."""
    absorbed = {pair[0] for entry, pair in pairs if isinstance(entry, Merge)}
    named = {pair[1] for entry, pair in pairs if isinstance(entry, Merge)} - absorbed
    order = {actor.id: place for place, actor in enumerate(report.actors)}
    groups = dict.fromkeys(join(pair for _, pair in pairs).values())
    return [sorted(group, key=lambda id: (id not in named, order[id])) for group in groups if len(group) > 1]


def _correct_values(desk: _Desk, report: Report) -> Report:
    """The report with corrected names, types, quotes and claims; what the program says itself counts as confirmed."""
    desk.hold_opposed(contradictions({id: list(stated(report, one)) for id, one in desk.live.items()}))
    report = desk.run(report, VALUES)
    for _, one in sorted(desk.live.items()):
        if _says_so_itself(one, desk.machine):
            report = _confirm(report, one)
    return report


def _confirm(report: Report, located: Located) -> Report:
    if isinstance(located.entry, OF_QUOTES):
        return quotes.confirm_quote(report, located)
    return claims.confirm_claim(report, located) if isinstance(located.entry, OF_CLAIMS) else actors.confirm_actor(report, located)


def _says_so_itself(located: Located, machine: Report) -> bool:
    """Whether the program by itself says what the entry wants."""
    entry = located.entry
    if isinstance(entry, (*CONFIRMATIONS, GiveVerdict)):
        return False
    if isinstance(entry, DeleteQuote):
        return not quotes_at(machine, located.spans)
    if isinstance(entry, DeleteClaim):
        return not claims_at(machine, located.spans)
    spans = [located.span(one) for one in entry.others] + ([] if isinstance(entry, (*OF_QUOTES, *OF_CLAIMS)) else [located.own_span])
    known = [actor_at(machine, span) for span in spans]
    if not all(known):
        return False
    ids = {actor.id for actor in known if actor}
    if isinstance(entry, Merge | Same):
        return len(ids) == 1
    if isinstance(entry, Apart):
        return len(ids) == 2
    return _STEPS[entry.action](machine, located) == machine
