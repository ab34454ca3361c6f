"""Joins the names of one party: which different names of the article mean the same actor, and why.

Each step looks at the names that the article uses (:class:`Form`) and says which it would join. A wrong join costs more than a
missed one: a name that fits two parties is joined to neither, and types that cannot be the same are never joined.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.extract.actors.forms import BODIES as BODIES
from onrecord.extract.actors.forms import Form
from onrecord.extract.actors.forms import Join as Join
from onrecord.extract.actors.forms import find_forms as find_forms
from onrecord.extract.actors.given import are_distinct, known_by_name, shared_names
from onrecord.extract.actors.names_of_bodies import join_acronyms, join_known_names, join_short_names, join_variants, join_with_group_word
from onrecord.extract.actors.names_of_people import LOCATIVE as LOCATIVE
from onrecord.extract.actors.names_of_people import (
    join_described_names,
    join_full_names,
    join_longer_names,
    join_spellings,
    join_surnames,
    join_titled_surnames,
)
from onrecord.extract.tokens import Doc
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer, KnownActor
from onrecord.model.grouping import Groups


@dataclass(frozen=True, slots=True)
class Merged:
    """Forms that are one party: the first is the one that the others were joined to."""

    forms: tuple[Form, ...]
    why: tuple[str, ...]
    """Why each form is in, in the order of ``forms``; empty where the name is the party's own."""
    given: KnownActor | None = None
    """The entry of the user's gazetteer that the party is, where one says so."""


def merge_names(doc: Doc, forms: tuple[Form, ...], gazetteer: Gazetteer = NO_GAZETTEER) -> tuple[tuple[Merged, ...], tuple[Join, ...]]:
    """The parties that the forms name, and the forms that could not be decided."""
    joined = Groups[str]()
    why: dict[str, str] = {}
    undecided: dict[str, Join] = {}

    names = {form.key: form.name for form in forms}
    given = known_by_name(gazetteer, names)
    why |= {key: f"name of {entry.name}, given in actors.yml" for key, entry in given.items()}
    # What the user says comes first, then the steps in their order; a form that is joined or undecided stays so.
    for join in (*_given_names(names, given, gazetteer), *(join for _, step in STEPS for join in step(doc, forms))):
        roots = tuple(dict.fromkeys(joined.root(candidate) for candidate in join.candidates))
        if joined.root(join.form) != join.form or join.form in roots or join.form in undecided:
            continue
        own = given.get(join.form)
        roots = tuple(one for one in roots if not are_distinct(gazetteer, own, given.get(one), (names[join.form], names[one])))
        if len(roots) == 1:
            joined.join(roots[0], join.form)
            why.setdefault(join.form, join.why)
            if own is not None:
                given.setdefault(roots[0], own)
        elif roots:
            undecided[join.form] = Join(join.form, roots, join.why)
    by_key = {form.key: form for form in forms}
    parts = joined.split(form.key for form in forms if form.key not in undecided)
    groups = {joined.root(keys[0]): [by_key[key] for key in keys] for keys in parts}
    left = [_without_decided(by_key[key], join, groups, why) for key, join in undecided.items()]
    merged = []
    for key, members in groups.items():
        ordered = sorted(members, key=lambda form: form.key != key)
        merged.append(Merged(tuple(ordered), tuple(why.get(form.key, "") for form in ordered), given.get(key)))
    return tuple(merged), tuple(join for join in left if join.mentions)


def _without_decided(form: Form, join: Join, groups: Mapping[str, list[Form]], why: dict[str, str]) -> Join:
    """An undecided form with the mentions that the text before them does not decide; the others go to their group, and why they do.

    There may be two Lees, but up to some point only one of them has been named in full: until there "Lee" means that one.
    """
    first = _named_first(groups, join.candidates)
    where = first.where if first is not None else range(0)
    decided = tuple(mention for mention in form.mentions if mention.core.start in where)
    if first is not None and decided:
        part = replace(form, key=f"{form.key} of {first.key}", mentions=decided)
        groups[first.key].append(part)
        why[part.key] = f"“{form.name}” where only {groups[first.key][0].name} has been named so far"
    return replace(join, mentions=tuple(mention for mention in form.mentions if mention.core.start not in where))


@dataclass(frozen=True, slots=True)
class _NamedFirst:
    """The one of several namesakes who is named in full before all others."""

    key: str
    where: range
    """From where this one is named in full to where the next of them is, in characters: between these a surname means this one."""


def _named_first(groups: Mapping[str, Sequence[Form]], candidates: Sequence[str]) -> _NamedFirst | None:
    """Who of these is named in full first, and how long nobody else is; none where the text names none of them in full."""
    named = ((_introduction(groups[key]), key) for key in candidates if key in groups)
    first, *others = sorted((start, key) for start, key in named if start is not None) or [(0, "")]
    return _NamedFirst(first[1], range(first[0] + 1, others[0][0] + 1 if others else sys.maxsize)) if first[1] else None


def _introduction(group: Sequence[Form]) -> int | None:
    """Where the text first gives the full name of a person, or of a body that has more than one word."""
    full = (form for form in group if not form.single and (form.type == "person" or form.type in BODIES))
    named = (mention.core.start for form in full for mention in form.mentions)
    return min(named, default=None)


def _given_names(names: Mapping[str, str], given: Mapping[str, KnownActor], gazetteer: Gazetteer) -> Iterator[Join]:
    """What the user's gazetteer says is one; a name that two of its entries in the article share means either."""
    first: dict[KnownActor, str] = {}
    for key, entry in given.items():
        if first.setdefault(entry, key) != key:
            yield Join(key, (first[entry],), f"name of {entry.name}, given in actors.yml")
    for key, candidates in shared_names(gazetteer, names, given):
        yield Join(key, candidates, "a name that several entries of actors.yml have")


Step = Callable[[Doc, tuple[Form, ...]], Iterator[Join]]
# In this order: full names must be one before surnames look for the one person who has them, and what lists say comes before guesses.
STEPS: tuple[tuple[str, Step], ...] = (
    ("known other names", join_known_names),
    ("full names", join_full_names),
    ("full names with another surname", join_longer_names),
    ("spellings of a given name", join_spellings),
    ("full names with a description", join_described_names),
    ("surnames and given names", join_surnames),
    ("surnames with a form of address", join_titled_surnames),
    ("acronyms", join_acronyms),
    ("short names of bodies", join_short_names),
    ("clipped names of bodies", join_variants),
    ("known names with a description", join_with_group_word),
)
