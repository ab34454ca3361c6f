"""Joins the names of one party: which different names of the article mean the same actor, and why.

Each step looks at the names that the article uses (:class:`Form`) and says which it would join. A wrong join costs more than a
missed one: a name that fits two parties is joined to neither, and types that cannot be the same are never joined.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from onrecord.extract.actors.given import are_distinct, known_by_name, shared_names
from onrecord.extract.actors.mention import FoundMention, name_key
from onrecord.extract.actors.name_parts import (
    generation,
    given_name,
    initial_key,
    is_initial,
    may_be_called,
    names_called,
    same_full_name,
    surname,
)
from onrecord.extract.actors.name_variants import is_clipped, is_end_of_name, is_spelt_alike, is_spelt_out, without_domain
from onrecord.extract.actors.word_lists import gender_of_name, known_parties, words
from onrecord.extract.tokens import Doc
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer, KnownActor
from onrecord.model import ActorType
from onrecord.structures.grouping import Groups

BODIES = frozenset({"organization", "armed_force", "armed_group", "media", "coalition"})
"""The types of parties that are made of people and act as one; a state is treated apart."""
_OF_WORDS = frozenset({"of", "for", "the", "and", "on", "in", "&", "at", "to", "de", "-"})
LOCATIVE = frozenset({"in", "near", "at", "around", "outside", "across", "throughout", "toward", "towards", "from", "to"})


@dataclass(frozen=True, slots=True)
class Form:
    """One name as the article uses it, with all its mentions."""

    key: str
    """What tells it from other forms: the name's key, with "m." or "f." before it where it has a gender."""
    name: str
    """The spelling to show."""
    type: ActorType | None
    mentions: tuple[FoundMention, ...]
    gender: str = ""
    """``m`` or ``f`` for a name that is only used with "Mr.", "Mrs." and the like: "Mr. Brook" and "Mrs. Brook" are two forms."""

    @property
    def single(self) -> bool:
        """Whether it is one word, counting a surname with its particles as one."""
        first, _, rest = self.name.partition(" ")
        return not rest or not given_name(self.name) or (first.lower() in words("titles.txt", "particle") and " " not in rest)


@dataclass(frozen=True, slots=True)
class Join:
    """A form (by its key) that one of others means. With more than one candidate nothing is joined: it is undecided."""

    form: str
    candidates: tuple[str, ...]
    why: str
    mentions: tuple[FoundMention, ...] = ()
    """Of an undecided form: those that nothing in the text before them decides."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Forms that are one party: the first is the one that the others were joined to."""

    forms: tuple[Form, ...]
    why: tuple[str, ...]
    """Why each form is in, in the order of ``forms``; empty where the name is the party's own."""
    given: KnownActor | None = None
    """The entry of the user's gazetteer that the party is, where one says so."""


def find_forms(names: Sequence[FoundMention]) -> tuple[Form, ...]:
    """The different names of the article, each with its mentions, by the place where each is first used."""
    by_key: dict[tuple[str, str], list[FoundMention]] = {}
    for mention in names:
        # "Mr. Brook" and "Mrs. Brook" are kept apart; "Mr. Ada Brook" has its given name to tell.
        by_key.setdefault((mention.key, mention.gender if " " not in mention.name else ""), []).append(mention)
    return tuple(
        Form(f"{gender}. {key}" if gender else key, _display(mentions), mentions[0].type, tuple(mentions), gender)
        for (key, gender), mentions in by_key.items()
    )


def _display(mentions: Sequence[FoundMention]) -> str:
    """The spelling to show: one that is not all capitals, if there is one."""
    return min(mentions, key=lambda mention: (mention.name.isupper(), mention.name.islower())).name


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
    """Where the text first gives the full name of a person."""
    named = (mention.core.start for form in group if form.type == "person" and not form.single for mention in form.mentions)
    return min(named, default=None)


def _given_names(names: Mapping[str, str], given: Mapping[str, KnownActor], gazetteer: Gazetteer) -> Iterator[Join]:
    """What the user's gazetteer says is one; a name that two of its entries in the article share means either."""
    first: dict[KnownActor, str] = {}
    for key, entry in given.items():
        if first.setdefault(entry, key) != key:
            yield Join(key, (first[entry],), f"name of {entry.name}, given in actors.yml")
    for key, candidates in shared_names(gazetteer, names, given):
        yield Join(key, candidates, "a name that several entries of actors.yml have")


# --- the steps ------------------------------------------------------------------------------------------------------


def _known_names(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """Names that texts use for the same party without saying so: "ISIS" and "Islamic State"."""
    first: dict[str, Form] = {}
    for form in forms:
        known = known_parties().get(form.name)
        if known is None:
            continue
        # The form that the article uses first gets the others.
        main = first.setdefault(known.name, form)
        if main is not form:
            yield Join(form.key, (main.key,), f"“{form.name}” is another name of {main.name}")


def _full_names(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A full name with and without a middle name."""
    before = _People()
    for form in _full_people(forms):
        same = [other for other in before.alike(form) if same_full_name(form.name, other.name)]
        before.add(form)
        if same:
            yield Join(form.key, tuple(other.key for other in same), f"“{form.name}” is the full name of {same[0].name}")


def _spellings(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A full name with the given name spelt in two ways, or once misspelt: "Viktor Berg" and "Victor Berg". In one sentence they are two
    people, since nobody writes one name in two ways at once."""
    before = _People()
    for form in _full_people(forms):
        alike = [other for other in islice(before.of_surname(surname(form.name)), _MOST_ALIKE) if is_spelt_alike(form.name, other.name)]
        before.add(form)
        if alike and not _in_one_sentence(doc, form, alike[0]):
            yield Join(form.key, tuple(other.key for other in alike), f"“{form.name}” is another spelling of {alike[0].name}")


def _in_one_sentence(doc: Doc, one: Form, other: Form) -> bool:
    """Whether some sentence has both names."""
    first, second = ({doc[mention.head].sent.start for mention in form.mentions} for form in (one, other))
    return not first.isdisjoint(second)


def _described_names(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A person's full name with a capitalised word before it that is none of it: "Vegan Ada Brook"."""
    full = {form.key: form for form in _full_people(forms)}
    for form in full.values():
        inner = sorted((full[key] for key in _ends(form.key) if key in full), key=_first_use)
        if inner:
            yield Join(form.key, tuple(other.key for other in inner), f"{inner[0].name} with a word that describes the person")


def _surnames(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A surname or a given name alone to the one person who has it; to nobody when two do."""
    people = _People(_full_people(forms))
    for form in forms:
        # Four capitals or fewer are an acronym rather than a surname: "LEE", but also "NATO".
        if not form.single or not _may_be_person(doc, form) or (form.name.isupper() and len(form.name) < 5):
            continue
        key = name_key(form.name)
        by_surname = [other for other in people.of_surname(key) if _may_mean(doc, form, other)]
        # A place name may be a surname ("Lincoln"), but is a given name only if it is a usual one.
        given = form.type in ("person", "organization", None) or gender_of_name(form.name) != ""
        called = people.of_given_name(key) if given else ()
        by_given = [other for other in called if _agrees_with_title(doc, other, form.gender) and _is_given_name(key, other)]
        if form.gender and by_surname:
            by_given = []  # "Sir Edmund" is a given name only where nobody has it for a surname
        if len(by_surname) > 1:
            by_surname = _as_addressed(doc, form, by_surname)
        what = "surname" if by_surname else "given name"
        if found := by_surname or by_given:
            # "Grant" may be Ada Grant or Grant Lee: both are candidates, and then it is undecided.
            keys = dict.fromkeys(other.key for other in (*by_surname, *by_given))
            yield Join(form.key, tuple(keys), f"{what} of {found[0].name}")


def _full_people(forms: Sequence[Form]) -> list[Form]:
    return [form for form in forms if form.type == "person" and not form.single]


def _first_use(form: Form) -> int:
    """Where the article first uses a name, by which forms are in order."""
    return form.mentions[0].core.start


def _ends(key: str) -> Iterator[str]:
    """What is left of a name without its first words, the longest first."""
    while key:
        key = key.partition(" ")[2]
        yield key


_MOST_ALIKE = 50
"""A full name is compared with at most so many others of its surname and given name: no text calls one person in more ways."""


class _People:
    """People by surname and given name: an index, so that not everybody is compared with everybody."""

    def __init__(self, people: Iterable[Form] = ()) -> None:
        self._by_surname: dict[str, dict[str, Form]] = {}
        self._by_given: dict[str, dict[str, Form]] = {}
        self._by_both: dict[tuple[str, str], dict[str, Form]] = {}
        for person in people:
            self.add(person)

    def add(self, person: Form) -> None:
        family, given = surname(person.name), given_name(person.name)
        self._by_surname.setdefault(family, {})[person.key] = person
        for called in names_called(given):
            self._by_given.setdefault(called, {})[person.key] = person
        for called in (*names_called(given), initial_key(given)):
            self._by_both.setdefault((family, called), {})[person.key] = person

    def of_surname(self, key: str) -> Iterable[Form]:
        return self._by_surname.get(key, {}).values()

    def of_given_name(self, key: str) -> list[Form]:
        """Those whom a given name may mean, and few others."""
        return _merged_forms(self._by_given.get(called, {}) for called in names_called(key))

    def alike(self, person: Form) -> list[Form]:
        """Those whose full name may be that of a person, and few others."""
        family, given = surname(person.name), given_name(person.name)
        keys = (*names_called(given), initial_key(given) if is_initial(given) else given[:1])
        return _merged_forms(self._by_both.get((family, called), {}) for called in keys)[:_MOST_ALIKE]


def _merged_forms(groups: Iterable[Mapping[str, Form]]) -> list[Form]:
    """The forms of all groups, in order."""
    return sorted({key: form for group in groups for key, form in group.items()}.values(), key=_first_use)


def _is_given_name(key: str, person: Form) -> bool:
    """Whether a word is a person's given name or a short form of it; an initial is none."""
    given = given_name(person.name)
    return key == given or (len(key) > 2 and len(given.strip(".")) > 1 and may_be_called(key, given))


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
    for mention in islice(person.mentions, _MOST_ALIKE):
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


def _titled_surnames(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A surname with "Mr." or "Mrs." to the same surname without it, if the article uses only one of the two."""
    by_name: dict[str, list[Form]] = {}
    for form in forms:
        by_name.setdefault(name_key(form.name), []).append(form)
    for form in forms:
        if form.gender:
            others = [other for other in by_name[name_key(form.name)] if other is not form]
            # With "Mr. Brook" and "Mrs. Brook" nobody knows whose the bare "Brook" is.
            if len(others) == 1 and not others[0].gender:
                yield Join(form.key, (others[0].key,), f"name of {others[0].name}")


def _may_be_person(doc: Doc, form: Form) -> bool:
    """Whether a single name may be a person's in spite of its label: not if it mostly stands where places do."""
    if form.type in ("person", None, "organization", "described_group"):
        return True
    if form.type not in ("place", "media", "armed_group", "state") or form.name in known_parties():
        return False
    if form.type == "state" and any(mention.kind == "modifier" for mention in form.mentions):
        return False
    # "Lost to Dulko" is said of people as well.
    located = sum(doc[mention.head].dep_ == "pobj" and doc[mention.head].head.lower_ in LOCATIVE - {"from", "to"} for mention in form.mentions)
    # "Georgia" must never stand like a place; "Lincoln" may, as long as it mostly does not.
    return located == 0 if form.type == "state" else 2 * located < len(form.mentions)


def _acronyms(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """An acronym to the one name whose initials it is ("HA", Harbor Authority), or before which it stands in brackets, whatever its
    letters."""
    long = [form for form in forms if " " in form.name and form.type in (*BODIES, "described_group", None)]
    by_initials: dict[str, list[Form]] = {}
    by_end: dict[int, list[Form]] = {}
    for form in long:
        for initials in dict.fromkeys(_initials(form.name)):
            by_initials.setdefault(initials, []).append(form)
        for mention in form.mentions:
            by_end.setdefault(mention.core.end, []).append(form)
    for form in forms:
        letters = form.name.replace(".", "")
        if not (2 <= len(letters) <= 7 and letters.isalpha() and sum(map(str.isupper, letters)) >= 2) or form.type in ("person", "state"):
            continue
        before = {other.key: other for end in _before_brackets(doc, form) for other in by_end.get(end, ()) if other is not form}
        bracketed = list(before.values())
        found = bracketed or by_initials.get(letters.upper(), [])
        if found:
            how = "stands in brackets after" if bracketed else "initials of"
            yield Join(form.key, tuple(other.key for other in found), f"“{form.name}” {how} {found[0].name}")


def _before_brackets(doc: Doc, short: Form) -> Iterator[int]:
    """Where the words end before the brackets in which a form stands: "the Harbor Authority (HA)"."""
    for mention in short.mentions:
        opening = mention.head - 1
        while opening > 0 and doc[opening].text in ("“", '"', "'", "the"):
            opening -= 1
        if opening > 0 and doc[opening].text == "(":
            yield doc[opening - 1].idx + len(doc[opening - 1])


def _initials(name: str) -> tuple[str, str]:
    """The initials of a name with its small words and without: "Department of Trade" gives "DOT" and "DT"."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalnum()]
    return "".join(part[0] for part in parts).upper(), "".join(part[0] for part in parts if part.lower() not in _OF_WORDS).upper()


def _short_names(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """The short name of a body to the one longer name of which it is the head or the proper part: "The Times", "the Church"."""
    longer = _LongerNames(form for form in forms if form.type in BODIES or (form.type is None and " " in form.name))
    for form in forms:
        if form.type == "state" or form.gender:
            continue
        # What was taken for a person or a people may still be a firm, but then the rest must be a legal form: "Acme" of "Acme Inc.".
        doubtful = form.type in ("person", "described_group") and form.key not in _heads()
        shortens = _is_brand if doubtful else _shortens
        fits = {other.key: other for other in longer.than(form) if shortens(form, other)}
        # A name that shortens a name which shortens another is no second candidate: the longest is meant.
        found = [other for other in fits.values() if not any(third.key in fits and _shortens(other, third) for third in longer.than(other))]
        if found:
            yield Join(form.key, tuple(other.key for other in found), f"short for {found[0].name}")


class _LongerNames:
    """An index of the names of bodies by the words that they begin or end with, to find the longer ones that a short name may stand for."""

    def __init__(self, bodies: Iterable[Form]) -> None:
        self._by_part: dict[str, dict[str, Form]] = {}
        for body in bodies:
            for part in (*_beginnings(body.key), *_ends(body.key)):
                self._by_part.setdefault(part, {})[body.key] = body

    def than(self, form: Form) -> Iterable[Form]:
        """The bodies whose names have a form's words and more, at their beginning or end."""
        return self._by_part.get(form.key, {}).values()


def _beginnings(key: str) -> Iterator[str]:
    """What is left of a name without its last words, the longest first."""
    while key:
        key = key.rpartition(" ")[0]
        yield key


def _is_brand(form: Form, other: Form) -> bool:
    """Whether one word that the recogniser took for a person or a people is a firm's name without its trade or legal form."""
    first, _, rest = other.key.partition(" ")
    firm = words("shapes.txt", "dropped") - words("shapes.txt", "no_brand")
    return form.key == first and all(part.strip(".,") in firm for part in rest.split())


def _shortens(form: Form, other: Form) -> bool:
    """Whether the first name is a short way to say the second: "Harbor" for "Harbor Ltd.", "the Church" for "the Church of Riverton"."""
    short, long = form.key.split(), other.key.split()
    if len(short) >= len(long):
        return False
    alone = len(short) == 1 and short[0] in _heads()
    if long[: len(short)] == short:
        rest = long[len(short) :]
        generic = all(part.strip(".,") in words("shapes.txt", "dropped") for part in rest)
        return generic or (rest[0] in ("of", "for") and (len(short) > 1 or alone))
    if long[-len(short) :] == short:
        before = long[: -len(short)]
        if before[-1] in _OF_WORDS:
            # "Church of Saint Anne" is called "Saint Anne"; "Department of Trade" is not called "Trade".
            return before[0] == "church" and form.type == other.type
        return len(short) > 1 or alone
    return False


def _heads() -> frozenset[str]:
    """Generic head words that alone, with "the" and a capital, shorten a name: "the Church", "The Times"."""
    return words("shapes.txt", "organization") | words("shapes.txt", "media")


def _variants(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A body's name in clipped words ("Lib Dems"), without the ending of its site's address, or with its first word spelt out."""
    bodies = [form for form in forms if form.type not in ("person", "state", "place") or form.type is None]
    longer = _Variants(bodies)
    for form in forms:
        if form.gender or form.type == "state":
            continue
        fits = [other for other in longer.of(form) if other.key != form.key]
        # Of "Lib Dems" and "Liberal Democrats" the longest is meant by "Lib Dem".
        found = [other for other in fits if not any(len(third.key) > len(other.key) and is_clipped(other.key, third.key) for third in fits)]
        if found:
            yield Join(form.key, tuple(dict.fromkeys(other.key for other in found)), f"“{form.name}” is short for {found[0].name}")


class _Variants:
    """An index of bodies by what all ways to write a name share: its first letter and number of words, or its last letters."""

    def __init__(self, bodies: Sequence[Form]) -> None:
        self._by_shape: dict[tuple[str, int], list[Form]] = {}
        self._by_end: dict[str, list[Form]] = {}
        self._by_bare: dict[str, list[Form]] = {}
        for body in bodies:
            self._by_shape.setdefault(_shape_of(body.key), []).append(body)
            self._by_end.setdefault(body.key[-3:], []).append(body)
            if (bare := without_domain(body.key)) != body.key:
                self._by_bare.setdefault(bare, []).append(body)

    def of(self, form: Form) -> list[Form]:
        """The bodies of which a name is a variant, the first fifty of those that may be."""
        if form.single:
            ending = self._by_end.get(form.key.removesuffix("s")[-3:], ())[:_MOST_ALIKE] if form.type != "person" else ()
            return [*self._by_bare.get(form.key, ()), *(other for other in ending if is_end_of_name(form.key, other.key))]
        alike = self._by_shape.get(_shape_of(form.key), ())[:_MOST_ALIKE]  # clipped words often look like a person's name
        return [
            other
            for other in alike
            if (len(form.key) <= len(other.key) and is_clipped(form.key, other.key)) or is_spelt_out(form.key, other.key)
        ]


def _shape_of(key: str) -> tuple[str, int]:
    return key[:1], key.count(" ")


def _with_group_word(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A known name with a word before it that only describes it, to the name alone: "Lebanese Hezbollah"."""
    known = {form.key: form for form in forms if form.name in known_parties()}
    for form in forms:
        same = known.get(form.key.partition(" ")[2]) if form.type in BODIES and " " in form.name else None
        if same is not None and same.type == form.type:
            yield Join(form.key, (same.key,), f"{same.name} with a word that describes it")


Step = Callable[[Doc, tuple[Form, ...]], Iterator[Join]]
# In this order: full names must be one before surnames look for the one person who has them, and what lists say comes before guesses.
STEPS: tuple[tuple[str, Step], ...] = (
    ("known other names", _known_names),
    ("full names", _full_names),
    ("spellings of a given name", _spellings),
    ("full names with a description", _described_names),
    ("surnames and given names", _surnames),
    ("surnames with a form of address", _titled_surnames),
    ("acronyms", _acronyms),
    ("short names of bodies", _short_names),
    ("clipped names of bodies", _variants),
    ("known names with a description", _with_group_word),
)
