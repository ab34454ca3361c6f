"""A party, which is an actor while its mentions are being collected; and an index of parties by what a description may say of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from onrecord.extract.actors.mention import FoundMention, name_key
from onrecord.extract.actors.merging import BODIES, Merged
from onrecord.extract.actors.name_parts import given_name
from onrecord.extract.actors.word_lists import demonyms, gender_of_name, states, words
from onrecord.extract.tokens import Doc, Token
from onrecord.gazetteer import KnownActor
from onrecord.model import ActorType, Mention, Span

_TYPE_PRECEDENCE: tuple[ActorType, ...] = (
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
    """One actor while its mentions are collected. Parties are compared by identity: two may have one name."""

    name: str
    type: ActorType
    named: bool
    """Whether the text names it; otherwise it only describes it."""
    mentions: list[Mention] = field(default_factory=list)
    heads: dict[int, str] = field(default_factory=dict)
    """Why each head token is this party's."""
    called: dict[int, str] = field(default_factory=dict)
    """What each head token calls it, pronouns aside."""
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
    given: KnownActor | None = None
    """The entry of the user's gazetteer that it is, where one says so."""

    @property
    def names(self) -> Counter[str]:
        """What it is called, and how often."""
        return Counter(self.called.values())

    def add(self, found: FoundMention, why: str, *, name: str = "") -> None:
        """Adds a mention, with the reason in words for readers."""
        self.mentions.append(Mention(found.span.start, found.span.end, found.kind, why))
        self.heads[found.head] = why
        if found.kind != "pronoun":
            self.called[found.head] = name or found.name

    def drop(self, found: FoundMention) -> None:
        """Takes a mention away again that turned out to be somebody else's."""
        if self.heads.pop(found.head, None) is not None:
            overlapping = [one for one in self.mentions if one.overlaps(found.span)]
            self.mentions = [one for one in self.mentions if one not in overlapping]
            self.called.pop(found.head, None)


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
    # A full name of a person decides, whatever its surname alone was taken for.
    if given_name(merged.forms[0].name) and merged.forms[0].type == "person":
        return "person"
    return min(found, key=_TYPE_PRECEDENCE.index) if found else "organization"


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
    # "The Frenchwoman", "the Frenchman"; but a German may be either.
    of_state = demonyms()
    if noun.lower() in of_state and noun.lower().endswith("woman"):
        return "f"
    return "m" if noun.lower().endswith("man") and f"{noun.lower().removesuffix('man')}woman" in of_state else ""


_PARTICIPANT_ARCS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj"})
"""The places of who takes part in an event; what follows "is", or stands in apposition, says what somebody already named is."""
_NEAREST = 100
"""Of the holders of one role so many are looked at, those named last: in a text with more, "the senator" means none from long before."""


class PartyIndex:
    """An index of the named parties: by head token, by stated role, and by a noun for them ("the board")."""

    def __init__(self, doc: Doc, parties: Sequence[Party]) -> None:
        self.families = [party for party in parties if party.family]
        self._places = {id(party): place for place, party in enumerate(parties)}
        self._at: dict[int, Party] = {}
        self._by_noun: defaultdict[str, dict[int, Party]] = defaultdict(dict)
        for party in parties:
            for i in party.heads:
                self._at.setdefault(i, party)
            for noun in nouns_of_name(party):
                self._by_noun[noun][id(party)] = party
        self._holders = _holders(doc, parties)

    def at(self, i: int) -> Party | None:
        """The party of which a token is a head."""
        return self._at.get(i)

    def add(self, party: Party, mention: FoundMention, why: str) -> None:
        """Adds a mention to a party, which need not be named; a named one is found at its head from now on."""
        party.add(mention, why)
        if id(party) in self._places:
            self._at.setdefault(mention.head, party)
            for lemma in {role.lemma for role in party.roles} & self._holders.keys():
                self._holders[lemma].name(party, mention.head)

    def note_noun(self, party: Party, noun: str) -> None:
        """Notes a noun with which the text says what a named body is."""
        party.nouns |= {noun}
        self._by_noun[noun][id(party)] = party

    def called_by(self, noun: str) -> tuple[Party, ...]:
        """The parties other than people whose name has this noun for its generic head ("board" of "Harbor Board"), or of which the text
        has said that they are one. Of very many only the first hundred: enough to see that the noun alone tells nothing."""
        return tuple(self.in_order(islice(self._by_noun[noun].values(), _NEAREST))) if noun in self._by_noun else ()

    def is_called(self, party: Party, noun: str) -> bool:
        """Whether a party is among those that :meth:`called_by` looks through."""
        return noun in self._by_noun and id(party) in self._by_noun[noun]

    def holders(self, lemma: str, i: int) -> Iterator[Party]:
        """The people with a role, named before a token, since the text last spoke of "a spokesman" anew: those named last come first."""
        return self._holders[lemma].before(i) if lemma in self._holders else iter(())

    def in_order(self, parties: Iterable[Party]) -> list[Party]:
        """Named parties as the text first names them."""
        return sorted(parties, key=lambda party: self._places[id(party)])


def nouns_of_name(party: Party) -> Iterator[str]:
    """The generic heads of a body's name: "church" of a "Church of ...", "council" of a "Town Council"; and what the text says it is."""
    yield from party.nouns
    if party.type == "person":
        return
    parts = party.name.lower().split()
    if party.named and parts[-1].removesuffix("s") in words("groups.txt", "side"):
        yield "party"  # "the Conservatives"
    if party.named and (len(parts) > 1 or parts[0] in words("groups.txt", "organization") | words("groups.txt", "armed_force")):
        yield parts[-1]  # also "the Navy", which elsewhere is "the navy"
        # "Ministry of Trade" is a ministry, whatever its last word.
        yield from (noun for place, noun in enumerate(parts[:-1]) if parts[place + 1] in ("of", "for", "on") and parts.index(noun) == place)


class _Holders:
    """The people with one role, and where the text speaks of one who is not named."""

    def __init__(self) -> None:
        self.heads: list[tuple[int, int, Party]] = []
        self.introduced: list[int] = []
        self._waiting: deque[tuple[int, int, Party]] = deque()
        self._named: dict[int, tuple[Party, int]] = {}
        """The people named so far, each with the last head token; whoever was named last stands last."""

    def sort_heads(self) -> None:
        """To be called once, when all heads are known."""
        self._waiting = deque(sorted(self.heads, key=lambda one: one[:2]))

    def name(self, party: Party, i: int) -> None:
        """Notes that a person is named at a token, later than all others so far."""
        self._named.pop(id(party), None)
        self._named[id(party)] = party, i

    def before(self, i: int) -> Iterator[Party]:
        """The people named before a token, and since the role was last introduced anew; who was named last comes first."""
        # Descriptions are asked about in text order, so heads are taken in only as the text reaches them.
        while self._waiting and self._waiting[0][0] < i:
            head, _, party = self._waiting.popleft()
            self.name(party, head)
        at = bisect_left(self.introduced, i)
        since = self.introduced[at - 1] if at else -1
        for number, (party, last) in enumerate(reversed(self._named.values())):
            if last < since or number == _NEAREST:
                return
            yield party


def _holders(doc: Doc, parties: Sequence[Party]) -> dict[str, _Holders]:
    """The people of each role."""
    found: dict[str, _Holders] = {}
    for place, party in enumerate(parties):
        for lemma in {role.lemma for role in party.roles} if party.type == "person" else ():
            found.setdefault(lemma, _Holders()).heads += ((i, place, party) for i in party.heads)
    for token in doc if found else ():
        if token.tag_ == "NN" and (lemma := token.lemma_.lower()) in found and _is_another(token):
            found[lemma].introduced.append(token.i)
    for one in found.values():
        one.sort_heads()
    return found


def _is_another(noun: Token) -> bool:
    """Whether "a" or "another" introduces somebody: "a spokesman for the army"."""
    return noun.dep_ in _PARTICIPANT_ARCS and any(child.lower_ in ("a", "an", "another") for child in noun.lefts)
