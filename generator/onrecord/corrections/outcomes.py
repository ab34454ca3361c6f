"""The outcome of each entry, in the report and as lines for a terminal; and which entries contradict one another.

Of entries that contradict one another all are held: none of them is more right than the others, and the order of the file means nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from onrecord.corrections.correction import Correction, Located, Problem, Statement
from onrecord.corrections.reading import Corrections
from onrecord.model import Corpus, CorrectionStatus, Outcome, Report
from onrecord.model.grouping import Groups
from onrecord.text.anchors import Missing
from onrecord.text.typography import normalise


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


# --- who is one ---------------------------------------------------------------------------------------------------------


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
