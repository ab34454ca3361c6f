"""An actor while it is being put together: the only mutable value of actor resolution."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from onrecord.extract.actors.gazetteer import gender_of_name, states, words
from onrecord.extract.actors.mention import FoundMention, name_key
from onrecord.extract.actors.merging import BODIES, Merged
from onrecord.extract.actors.person_names import given_name
from onrecord.gazetteer import Entry
from onrecord.model import ActorType, Mention, MentionKind, Span

_RANKING: tuple[ActorType, ...] = (
    "state",
    "armed_group",
    "media",
    "armed_force",
    "coalition",
    "person",
    "organization",
    "place",
    "described_group",
)
_MAIN: tuple[MentionKind, ...] = ("named", "modifier")


@dataclass(frozen=True, slots=True)
class StatedRole:
    """A role that the text states of a person, before affiliations are known."""

    text: str
    evidence: Span
    lemma: str
    """The role's head noun, in lower case: "spokesman"."""
    tokens: range
    """The tokens of the words that state it, in the article's Doc."""


@dataclass(slots=True)
class Party:
    """Mentions that are one actor, growing while the article is resolved."""

    name: str
    type: ActorType
    named: bool
    """Whether the text names it; otherwise it only describes it."""
    mentions: list[Mention] = field(default_factory=list)
    heads: dict[int, str] = field(default_factory=dict)
    """Why each head token is this party's."""
    names: Counter[str] = field(default_factory=Counter)
    roles: list[StatedRole] = field(default_factory=list)
    gender: str = ""
    """``m`` or ``f`` where a title or a role tells; evidence for pronouns, never shown or exported."""
    name_gender: str = ""
    """``m`` or ``f`` where nothing but the given name hints at it: weaker evidence, of the same kind."""
    plural: bool = False
    family: bool = False
    """Whether it is people called by the plural of their surname ("the Brooks")."""
    lemma: str = ""
    """For a described party: its head noun."""
    modifiers: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    """For a named body: the nouns that its name stands in apposition to ("charity" for "the charity, Bright Steps")."""
    given: Entry | None = None
    """The entry of the user's gazetteer that it is, where one says so."""

    def add(self, found: FoundMention, why: str, *, name: str = "") -> None:
        """Takes a mention in."""
        self.mentions.append(Mention(found.span.start, found.span.end, found.kind, why))
        self.heads[found.head] = why
        if found.kind != "pronoun":
            self.names[name or found.name] += 1


def party_of(merged: Merged) -> Party:
    """The party that joined names make, with all their mentions."""
    forms = merged.forms
    kind = (merged.given and merged.given.type) or _type(merged)
    party = Party(merged.given.name if merged.given else _fullest(merged, kind), kind, True, given=merged.given)
    for form, why in zip(forms, merged.why, strict=True):
        for mention in form.mentions:
            party.add(mention, why or _own_reason(mention, party.name))
    party.name_gender = _name_gender(party)
    party.mentions.sort()
    return party


def _own_reason(mention: FoundMention, name: str) -> str:
    if mention.kind == "modifier" and mention.core == mention.span and mention.type == "state":
        return f"name or nationality of {name}"
    return f"name of {name}"


def _type(merged: Merged) -> ActorType:
    main = merged.forms[0]
    if " " in main.name and main.type in BODIES:
        return main.type  # a firm's short name may look like a person's
    found = [form.type for form in merged.forms if form.type]
    if given_name(merged.forms[0].name) and merged.forms[0].type == "person":
        return "person"
    return min(found, key=_RANKING.index) if found else "organization"


def _fullest(merged: Merged, kind: ActorType) -> str:
    """The name to show: the fullest that the text gives; a state's is its usual one, since adjectives name it too."""
    main = merged.forms[0]
    if kind == "state":
        return states().get(name_key(main.name), main.name)
    described = " " + name_key(main.name)
    names = [main.name, *(form.name for form in merged.forms if not name_key(form.name).endswith(described))]
    return max(names, key=lambda name: (len(name.split()), len(name)))


def _name_gender(party: Party) -> str:
    return gender_of_name(given_name(party.name) or party.name) if party.type == "person" else ""


def gender_of_noun(noun: str) -> str:
    """``m`` or ``f`` for a noun that says so ("spokeswoman"), else empty."""
    for gender in ("m", "f"):
        if noun.lower().rstrip(".") in words("people.txt", gender) | words("titles.txt", gender):
            return gender
    return ""
