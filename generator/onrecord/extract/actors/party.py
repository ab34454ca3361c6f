"""A party, which is an actor while its mentions are being collected; and an index of parties by what a description may say of them.

With it what the text says of a person: roles, titles, ages and affiliations, each with the words that state it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from onrecord.extract.actors.forms import BODIES
from onrecord.extract.actors.mention import FoundMention, given_name, words_span
from onrecord.extract.actors.merging import Merged
from onrecord.extract.actors.word_lists import demonyms, gender_of_name, name_key, states, words
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

    @property
    def role_nouns(self) -> frozenset[str]:
        """The nouns of the roles that the text states, as lemmas: "mayor"."""
        return frozenset(role.lemma for role in self.roles)

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
            for lemma in party.role_nouns & self._holders.keys():
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
        for lemma in party.role_nouns if party.type == "person" else ():
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


# Words that no stated role begins with.
_OUTSIDE = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})
_SPELT_OUT = {
    "asst": "assistant",
    "cllr": "councillor",
    "det": "detective",
    "gov": "governor",
    "pres": "president",
    "prof": "professor",
    "rep": "representative",
    "sec": "secretary",
    "sen": "senator",
}
"""Offices as papers shorten them before a name (The Associated Press Stylebook, "legislative titles"), and the words that point back to
their holders: "Sen. Ada Brook", "the senator"."""
_ACCUSING = frozenset({"accuse", "arrest", "charge", "convict", "indict", "jail", "prosecute", "sentence"})
_ACCUSED = frozenset({"accused", "defendant", "suspect"})
_HARMING = frozenset({"abduct", "assault", "attack", "injure", "kidnap", "kill", "murder", "rape", "rob", "shoot", "stab"})
"""Verbs of accusing and of harming, and the nouns for whom (frames "Arrest", "Notification_of_charges", "Verdict"; "Killing", "Cause_harm",
"Kidnapping", "Robbery" of FrameNet 1.7)."""
_ADDRESSED = frozenset({"cllr", "councillor", "det", "detective", "prof", "professor"})
"""Of those that stand in a name as forms of address, the ones that tell what their bearers do (Debrett's, "forms of address")."""
_TITLE_WORDS = 4
"""So many words before the last of a name may its form of address stand."""
_COPULAS = frozenset({"be", "become", "remain"})


def find_roles(doc: Doc, party: Party) -> Iterator[StatedRole]:
    """The roles of a person, in text order: before the name, in apposition to it, or said of it with "is"."""
    seen = set()
    for i in sorted(party.heads):
        for role in (*_titled(doc, doc[i]), *_before(doc, doc[i]), *_apposed(doc, doc[i]), *_predicated(doc, doc[i])):
            # A role is stated once, where the text first has it.
            if role.text.casefold() not in seen:
                seen.add(role.text.casefold())
                yield role


def gender_of_titles(doc: Doc, party: Party) -> str:
    """``m`` or ``f`` where a title before one of the names, a noun in apposition to it or a stated role says so ("Mrs.", "her husband,
    Olof,", "spokesman")."""
    for i in sorted(party.heads):
        for before in doc[max(0, i - 4) : i]:
            if before.head.i == i and (gender := gender_of_noun(before.text)):
                return gender
        if gender := next((found for noun in _right_beside(doc[i]) if (found := gender_of_noun(noun.lemma_))), ""):
            return gender
    return next((gender for role in party.roles if (gender := gender_of_noun(role.lemma))), "")


_COMMA = 2
"""So many words on stands what is in apposition behind a comma; farther off the parser may have missed whom it is of."""


def _right_beside(name: Token) -> Iterator[Token]:
    """The singular nouns in apposition to a name, with nothing but a comma between: "her **husband**, Olof", "Kim Soto, a **man**"."""
    noun = name.head
    before = name.dep_ == "appos" and noun.tag_ == "NN" and name.left_edge.i - noun.i <= _COMMA and not name.conjuncts
    behind = [child for child in name.rights if child.dep_ == "appos" and child.tag_ == "NN" and child.left_edge.i - name.i <= _COMMA]
    # "The brother and sister, Ann and Tom": who is which, nothing tells.
    yield from (one for one in ([noun] if before else []) + behind if not one.conjuncts)


def nouns_of_what_happened(name: Token) -> frozenset[str]:
    """The nouns for whom the verb above a name says was accused, or was harmed: "the suspect", "the victim"."""
    verb = name.head
    undergoes = name.dep_ in ("nsubjpass", "dobj")
    denied = any(child.dep_ == "neg" for child in verb.children)
    if denied or verb.pos_ != "VERB":
        return frozenset()
    if (undergoes and verb.lemma_ in _ACCUSING) or (name.dep_ == "nsubj" and verb.lemma_ == "plead"):
        return _ACCUSED
    return frozenset({"victim"}) if undergoes and verb.lemma_ in _HARMING else frozenset()


def find_ages(doc: Doc, party: Party) -> frozenset[str]:
    """The ages that the text states of a person beside the name, as written there: "Tom Lee, 34,", "Tom Lee (34)", "Tom Lee, aged 34"."""
    behind = ([token for token in doc[i + 1 : i + 4] if token.lower_ != "aged"] for i in party.heads)
    stated = {after[1].text for after in behind if len(after) > 1 and after[0].text in (",", "(") and after[1].text.isdigit()}
    before = (token for i in party.heads for token in doc[i].lefts if is_years_old(token))
    return frozenset(stated | {doc[token.i - 4].text for token in before})


def is_years_old(token: Token) -> bool:
    """Whether a token ends an age before a noun or for one: "a 34-year-**old** man"."""
    return token.lower_ == "old" and token.i >= 4 and token.doc[token.i - 2].lower_ == "year" and token.doc[token.i - 4].like_num


def is_role(token: Token) -> bool:
    """Whether a word names an office, trade or post."""
    lower = token.lower_.rstrip(".")
    return (
        lower in words("people.txt", "role")
        or token.lemma_.lower() in words("people.txt", "role")
        or lower in words("titles.txt", "office")
    )


def role_start(noun: Token) -> int:
    """Where the words begin that stand before a noun and say with it what somebody is: "Pentagon" in "a Pentagon spokesman"."""
    start = noun.i
    for child in sorted(noun.lefts, key=lambda token: -token.i):
        if child.dep_ not in ("amod", "compound", "nmod", "npadvmod", "advmod") or child.right_edge.i + 1 != start:
            break
        start = child.left_edge.i
    return start


def role_from(doc: Doc, start: int, noun: Token) -> StatedRole:
    """The role that the words from ``start`` on state, with the short phrase after the noun that belongs to it."""
    return _role(doc, start, _end(noun), noun)


def _titled(doc: Doc, name: Token) -> Iterator[StatedRole]:
    """The office or trade that a form of address before the name tells: "Cllr Joan Fisk"."""
    for token in doc[max(0, name.i - _TITLE_WORDS) : name.i]:
        if token.head.i == name.i and token.lower_.rstrip(".") in _ADDRESSED:
            yield _role(doc, token.i, token.i + 1, token)


def _before(doc: Doc, name: Token) -> Iterator[StatedRole]:
    """What stands before the name in its own noun phrase: "Pentagon spokesman", "Iraqi Prime Minister"."""
    first = name.i
    while (
        first > 0 and doc[first - 1].head.i in range(first, name.i + 1) and doc[first - 1].pos_ == "PROPN" and not is_role(doc[first - 1])
    ):
        first -= 1
    last = first - 1
    if (
        last < 0
        or not is_role(doc[last])
        or (doc[last].is_sent_start and doc[last].pos_ == "VERB")
        or doc[last].dep_ not in ("compound", "nmod", "amod", "appos")
    ):
        return
    start = last
    while (
        start > 0
        and doc[start - 1].head.i in range(start, name.i + 1)
        and doc[start - 1].dep_ in ("compound", "nmod", "amod", "poss", "case", "punct")
    ):
        if doc[start - 1].text in (",", '"', "“", "”", "(", "—"):
            break
        start -= 1
    yield _role(doc, start, last + 1, doc[last])


def _apposed(doc: Doc, name: Token) -> Iterator[StatedRole]:
    """ "Ryan Dillon, coalition spokesman," and "the coalition's spokesman, Ryan Dillon"."""
    for child in name.children:
        if child.dep_ == "appos" and child.i > name.i and is_role(child) and child.tag_ == "NN":
            yield _role(doc, child.left_edge.i, _end(child), child)
    noun = name.head
    if name.dep_ == "appos" and is_role(noun) and noun.i < name.i and noun.tag_ == "NN":
        yield _role(doc, noun.left_edge.i, noun.i + 1, noun)


def _predicated(doc: Doc, name: Token) -> Iterator[StatedRole]:
    """ "Ada Brook is a lawyer", "became mayor of Riverton"; not "is not", "may be", nor a bare noun, which may be anything."""
    verb = name.head
    if name.dep_ != "nsubj" or verb.lemma_ not in _COPULAS or any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.children):
        return
    for child in verb.children:
        indefinite = any(word.lower_ in ("a", "an") for word in child.lefts)
        if (
            child.dep_ == "attr"
            and child.i > verb.i
            and is_role(child)
            and child.tag_ == "NN"
            and (indefinite or _end(child) > child.i + 1)
        ):
            yield _role(doc, child.left_edge.i, _end(child), child)


def _end(noun: Token) -> int:
    """The end of the role: with a short "of" or "for" phrase after it ("mayor of Riverton"), without clauses."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "at", "to", "in", "with") and child.i == noun.i + 1:
            objects = [grand for grand in child.children if grand.dep_ == "pobj"]
            # Longer phrases are no part of an office: "head of what he called ...".
            if objects and objects[0].i - child.i <= 6:
                return _past_name(objects[0])
    return int(noun.i) + 1


def _past_name(noun: Token) -> int:
    """The end of a name that goes on after its head: "Institutes of Health"."""
    for child in noun.rights:
        parts = [grand for grand in child.children if grand.dep_ == "pobj" and grand.text[0].isupper()]
        if noun.pos_ == "PROPN" and child.lower_ in ("of", "for") and child.i == noun.i + 1 and parts and parts[0].i - child.i <= 6:
            return int(parts[0].i) + 1
    return int(noun.i) + 1


def _role(doc: Doc, start: int, end: int, head: Token) -> StatedRole:
    """The role that the tokens from ``start`` to before ``end`` state, without articles, marks and adverbs at its beginning."""
    while start < head.i and (doc[start].lower_ in _OUTSIDE or doc[start].is_punct or doc[start].pos_ == "ADV"):
        start += 1
    if start > 1 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_ and not doc[start - 2].whitespace_:
        start -= 2  # "co-author", which the tokeniser cuts up
    span = words_span(doc, start, end)
    lemma = head.lower_.rstrip(".")
    return StatedRole(" ".join(doc[start:end].text.split()), span, _SPELT_OUT.get(lemma, lemma), range(start, end))
