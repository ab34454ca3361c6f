"""Joins the names of one party: which different names of the article mean the same actor, and why.

Each step looks at the names that the article uses (:class:`Form`) and says which it would join. A wrong join costs more than a
missed one: a name that fits two parties is joined to neither, and types that cannot be the same are never joined. The steps for people
are here (full names, spellings, surnames, forms of address), those for bodies in :mod:`onrecord.extract.actors.names_of_bodies`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from onrecord.extract.actors.forms import BODIES, MOST_ALIKE, Form, Join, are_distinct, endings, known_by_name, shared_names
from onrecord.extract.actors.mention import (
    SUFFIXES,
    bare_surnames,
    generation,
    given_name,
    has_family_first,
    initial_key,
    is_initial,
    may_be_called,
    name_parts,
    names_called,
    nickname,
    same_full_name,
    surname,
)
from onrecord.extract.actors.names_of_bodies import (
    is_brand,
    join_acronyms,
    join_known_names,
    join_short_names,
    join_variants,
    join_with_group_word,
)
from onrecord.extract.actors.word_lists import gender_of_name, is_given_name, known_parties, name_key
from onrecord.extract.tokens import Doc
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer, KnownActor
from onrecord.model.grouping import Groups

LOCATIVE = frozenset({"in", "near", "at", "around", "outside", "across", "throughout", "toward", "towards", "from", "to"})


def join_full_names(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A full name with and without a middle name."""
    before = _People()
    for form in _full_people(forms):
        same = [other for other in before.alike(form) if same_full_name(form.name, other.name)]
        before.add(form)
        if same:
            yield Join(form.key, tuple(other.key for other in same), f"“{form.name}” is the full name of {same[0].name}")


def join_longer_names(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A given name and a surname to the one longer name that goes on behind them, in another surname: "Dana Marsh" is "Dana Marsh Brook",
    who has married or has two surnames."""
    people = {form.key: form for form in _full_people(forms)}
    longer: dict[str, list[Form]] = {}
    for form in people.values():
        beginning, _, last = form.key.rpartition(" ")
        if beginning in people and last.strip(".,") not in SUFFIXES:
            longer.setdefault(beginning, []).append(form)
    for beginning, found in longer.items():
        if is_given_name(beginning.partition(" ")[0]):
            yield Join(beginning, tuple(form.key for form in found), f"“{people[beginning].name}” is a part of {found[0].name}")


def join_spellings(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A full name with the given name spelt in two ways, or once misspelt: "Viktor Berg" and "Victor Berg". In one sentence they are two
    people, since nobody writes one name in two ways at once."""
    before = _People()
    for form in _full_people(forms):
        alike = [other for other in islice(before.of_surname(surname(form.name)), MOST_ALIKE) if is_spelt_alike(form.name, other.name)]
        before.add(form)
        if alike and not _in_one_sentence(doc, form, alike[0]):
            yield Join(form.key, tuple(other.key for other in alike), f"“{form.name}” is another spelling of {alike[0].name}")


def _in_one_sentence(doc: Doc, one: Form, other: Form) -> bool:
    """Whether some sentence has both names."""
    first, second = ({doc[mention.head].sent.start for mention in form.mentions} for form in (one, other))
    return not first.isdisjoint(second)


def join_described_names(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A person's full name with a capitalised word before it that is none of it: "Vegan Ada Brook"."""
    full = {form.key: form for form in _full_people(forms)}
    for form in full.values():
        inner = sorted((full[key] for key in endings(form.key) if key in full), key=_first_use)
        if inner:
            yield Join(form.key, tuple(other.key for other in inner), f"{inner[0].name} with a word that describes the person")


def join_surnames(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A surname or a given name alone to the one person who has it; to nobody when two do."""
    people = _People(_full_people(forms))
    called_after = _by_first_word(form for form in forms if form.type in BODIES)
    for form in forms:
        # Four capitals or fewer are an acronym rather than a surname: "LEE", but also "NATO".
        if not form.single or not _may_be_person(doc, form) or (form.name.isupper() and len(form.name) < 5):
            continue
        key = name_key(form.name)
        by_surname = [other for other in people.of_surname(key) or people.of_bare_surname(key) if _may_mean(doc, form, other)]
        # A place name may be a surname ("Lincoln"), but is a given name only if it is a usual one.
        given = form.type in ("person", "organization", None) or gender_of_name(form.name) != ""
        called = [other for other in people.of_given_name(key) if given or has_family_first(other.name)]
        by_given = [other for other in called if _agrees_with_title(doc, other, form.gender) and _is_given_name(key, other)]
        if form.gender and by_surname:
            by_given = []  # "Sir Edmund" is a given name only where nobody has it for a surname
        if len(by_surname) > 1:
            by_surname = _as_addressed(doc, form, by_surname)
        what = "surname" if by_surname else "given name"
        if found := by_surname or by_given:
            # "Grant" may be Ada Grant or Grant Lee, and Grant Motors: all are candidates, and then it is undecided.
            firms = [firm for firm in called_after.get(key, ()) if is_brand(form, firm) and not form.gender]
            keys = dict.fromkeys(other.key for other in (*by_surname, *by_given, *firms))
            yield Join(form.key, tuple(keys), f"{what} of {found[0].name}")


def _by_first_word(bodies: Iterable[Form]) -> Mapping[str, list[Form]]:
    """The names of bodies of several words by their first."""
    found: dict[str, list[Form]] = {}
    for body in bodies:
        first, _, rest = body.key.partition(" ")
        if rest:
            found.setdefault(first, []).append(body)
    return found


def _full_people(forms: Sequence[Form]) -> list[Form]:
    return [form for form in forms if form.type == "person" and not form.single]


def _first_use(form: Form) -> int:
    """Where the article first uses a name, by which forms are in order."""
    return form.mentions[0].core.start


class _People:
    """People by surname and given name: an index, so that not everybody is compared with everybody."""

    def __init__(self, people: Iterable[Form] = ()) -> None:
        self._by_surname: dict[str, dict[str, Form]] = {}
        self._by_bare_surname: dict[str, dict[str, Form]] = {}
        self._by_given: dict[str, dict[str, Form]] = {}
        self._by_both: dict[tuple[str, str], dict[str, Form]] = {}
        for person in people:
            self.add(person)

    def add(self, person: Form) -> None:
        family, given = surname(person.name), given_name(person.name)
        self._by_surname.setdefault(family, {})[person.key] = person
        for bare in bare_surnames(person.name):
            self._by_bare_surname.setdefault(bare, {})[person.key] = person
        for called in (*names_called(given), nickname(person.name)):
            self._by_given.setdefault(called, {})[person.key] = person
        for called in (*names_called(given), nickname(person.name), initial_key(given)):
            self._by_both.setdefault((family, called), {})[person.key] = person

    def of_surname(self, key: str) -> Iterable[Form]:
        return self._by_surname.get(key, {}).values()

    def of_bare_surname(self, key: str) -> Iterable[Form]:
        """Those one of whose surnames a word is, without particles: "Mr Hamzah" of "Rahman bin Hamzah"."""
        return self._by_bare_surname.get(key, {}).values()

    def of_given_name(self, key: str) -> list[Form]:
        """Those whom a given name may mean, and few others."""
        return _merged_forms(self._by_given.get(called, {}) for called in names_called(key))

    def alike(self, person: Form) -> list[Form]:
        """Those whose full name may be that of a person, and few others."""
        family, given = surname(person.name), given_name(person.name)
        keys = (*names_called(given), initial_key(given) if is_initial(given) else given[:1])
        return _merged_forms(self._by_both.get((family, called), {}) for called in keys)[:MOST_ALIKE]


def _merged_forms(groups: Iterable[Mapping[str, Form]]) -> list[Form]:
    """The forms of all groups, in order."""
    return sorted({key: form for group in groups for key, form in group.items()}.values(), key=_first_use)


def _is_given_name(key: str, person: Form) -> bool:
    """Whether a word is a person's given name, a short form of it, or what the text calls the person between marks; an initial is none."""
    given = given_name(person.name)
    return key in (given, nickname(person.name)) or (len(key) > 2 and len(given.strip(".")) > 1 and may_be_called(key, given))


def _may_mean(doc: Doc, form: Form, person: Form) -> bool:
    """Whether a surname alone may mean a person. "Mr. Berg" who is named before the text first tells of a "Robert Berg Jr." is
    his elder: names are given in full first, but for headlines."""
    if generation(person.name) in ("", "sr"):
        return _agrees_with_title(doc, person, form.gender)
    told = min(mention.core.start for mention in person.mentions)
    # Headlines shorten names before the text gives them in full.
    headline = doc[0].sent.end if len(doc) else 0
    return _agrees_with_title(doc, person, form.gender) and not any(
        mention.core.start < told and mention.head >= headline for mention in form.mentions
    )


def _agrees_with_title(doc: Doc, person: Form, gender: str) -> bool:
    """Whether "Mr." (``m``) or "Mrs." (``f``) may stand before a person's name: by the given name, or by "he" and "she" beside it."""
    return not gender or (gender_of_name(given_name(person.name)) or _gender_beside(doc, person)) in ("", gender)


_PRONOUNS: Mapping[str, str] = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
_BESIDE = 12
"""Words after a name within which "his" or "she" is taken for the same person's, in one sentence."""


def _gender_beside(doc: Doc, person: Form) -> str:
    """``m`` or ``f`` where the pronouns that follow a name in its own sentences agree, else empty."""
    found = set()
    for mention in islice(person.mentions, MOST_ALIKE):
        sentence = doc[mention.head].sent
        after = doc[mention.head + 1 : min(mention.head + 1 + _BESIDE, sentence.end)]
        found.add(next((_PRONOUNS[token.lower_] for token in after if token.lower_ in _PRONOUNS), ""))
    genders = found - {""}
    return genders.pop() if len(genders) == 1 else ""


_MARRIED = frozenset({"wife", "widow", "mother", "ex-wife"})


def _as_addressed(doc: Doc, form: Form, people: list[Form]) -> list[Form]:
    """Of those who share a surname, those whom the form of address fits best: "Mrs." is a wife rather than a daughter, if the text says who
    is which (Debrett's, "addressing women")."""
    mrs = any("mrs" in doc[max(0, mention.head - 2) : mention.head].text.lower() for mention in form.mentions)
    wives = [person for person in people if mrs and _is_said_to_be(doc, person, _MARRIED)]
    return wives or people


def _is_said_to_be(doc: Doc, person: Form, nouns: frozenset[str]) -> bool:
    """Whether one of these nouns stands in apposition to a name, or right before it."""
    for mention in person.mentions:
        name = doc[mention.head]
        apposed = [name.head] if name.dep_ == "appos" else []
        before = [child for child in name.lefts if child.dep_ in ("compound", "nmod")]
        if any(noun.lower_ in nouns for noun in (*apposed, *before, *(child for child in name.children if child.dep_ == "appos"))):
            return True
    return False


def join_titled_surnames(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A surname with "Mr." or "Mrs." to the same surname without it, if the article uses only one of the two."""
    by_name: dict[str, list[Form]] = {}
    full: dict[str, list[Form]] = {}
    for form in forms:
        by_name.setdefault(name_key(form.name), []).append(form)
        if not form.single:
            full.setdefault(name_key(surname(form.name)), []).append(form)
    for form in forms:
        if form.gender:
            key = name_key(form.name)
            others = [other for other in by_name[key] if other is not form]
            # With "Mr. Brook" and "Mrs. Brook" nobody knows whose the bare "Brook" is; nor with "Mrs. Brook" and her husband Alan Brook.
            elsewhere = any(not _agrees_with_title(doc, other, form.gender) for other in full.get(key, ()))
            if len(others) == 1 and not others[0].gender and not elsewhere:
                yield Join(form.key, (others[0].key,), f"name of {others[0].name}")


def _may_be_person(doc: Doc, form: Form) -> bool:
    """Whether a single name may be a person's in spite of its label: not if it mostly stands where places do."""
    if form.type in ("person", None, "organization", "described_group"):
        return True
    if form.type not in ("place", "media", "armed_group", "state") or form.name in known_parties():
        return False
    if form.type == "place" and any(doc[mention.head].text.isupper() and len(doc[mention.head]) > 3 for mention in form.mentions):
        return False  # a dateline's town
    if form.type == "state" and any(mention.kind == "modifier" for mention in form.mentions):
        return False
    # "Lost to Dulko" is said of people as well.
    located = sum(
        doc[mention.head].dep_ == "pobj" and doc[mention.head].head.lower_ in LOCATIVE - {"from", "to"} for mention in form.mentions
    )
    # "Georgia" must never stand like a place; "Lincoln" may, as long as it mostly does not.
    return located == 0 if form.type == "state" else 2 * located < len(form.mentions)


# --- spellings of a given name ---------------------------------------------------------------------------------------


_SHORTEST_MISSPELT = 5
"""Letters of a given name in which one letter may be wrong; in shorter ones it makes another name ("Jan", "Jon")."""
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|c(?=[aouklrt]|$)|q(?=u)"), "k"),
    (re.compile(r"[jy](?=$)|y|ie(?=$)"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(?<=[dt])h|h(?=$)|(?<=[aeo])h(?=[lnmr])"), ""),
    (re.compile(r"(.)\1"), r"\1"),
)
"""Letters that transcriptions and neighbouring languages exchange in one name (Hanks and Hodges, A Dictionary of First Names, 1990)."""


@lru_cache(maxsize=10_000)
def _sound(given: str) -> str:
    """A given name with the letters folded that differ between spellings of one name.

    >>> _sound("viktor") == _sound("victor"), _sound("mohammed") == _sound("mohamed"), _sound("maria") == _sound("mario")
    (True, True, False)
    """
    for pattern, letter in _SOUNDS:
        given = pattern.sub(letter, given)
    return given


def is_spelt_alike(one: str, other: str) -> bool:
    """Whether two full names may be one with the given name spelt in two ways, or once misspelt.

    Two usual given names are two names ("Daniel" and "Daniela"), and an ending that tells men from women does.

    >>> is_spelt_alike("Viktor Marenko", "Victor Marenko"), is_spelt_alike("Kathryn Waters", "Katrhyn Waters")
    (True, True)
    >>> is_spelt_alike("Daniel Moss", "Daniela Moss"), is_spelt_alike("Viktor Marenko", "Viktoria Marenko")
    (False, False)
    """
    a, b = given_name(one), given_name(other)
    if not a or not b or a == b or surname(one) != surname(other) or name_parts(one)[1:] != name_parts(other)[1:]:
        return False
    genders = gender_of_name(a), gender_of_name(b)
    if all(genders) and genders[0] != genders[1]:
        return False
    if min(len(a), len(b)) > 3 and _sound(a) == _sound(b):
        return True
    inflected = a[-1] != b[-1] and {a[-1], b[-1]} & {"a", "e", "o"}
    return not all(genders) and not inflected and min(len(a), len(b)) >= _SHORTEST_MISSPELT and _differ_by_one(a, b)


def _differ_by_one(a: str, b: str) -> bool:
    """Whether one letter is left out, added or wrong, or two that stand side by side are exchanged; the first letter is right."""
    if a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[at:], b[at:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[1::-1] and x[2:] == y[2:])


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
