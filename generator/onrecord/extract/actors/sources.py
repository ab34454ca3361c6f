"""Who a source is whose head word is no mention of anybody: somebody named inside the source's words, or a party known by these alone; and
so for those who speak with it, and for those whom it tells something. And who is known by a tie to somebody else: "his mother".

Nobody who speaks is "unknown" as long as the article has words for the speaker: "the survey", "local press", "a homeless man".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.extract.actors.anaphors import BASIC, STATES, Anaphor, may_be_described
from onrecord.extract.actors.antecedents import Discourse
from onrecord.extract.actors.described_parties import does_something, mention_of_person, party_of_person, type_of_noun
from onrecord.extract.actors.grammar import stated_body
from onrecord.extract.actors.mention import FoundMention, is_title, mention_of_pronoun, words_span
from onrecord.extract.actors.party import Party, gender_of_noun
from onrecord.extract.actors.word_lists import words
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Doc, Token
from onrecord.model import ActorType, Span

_DETERMINERS = frozenset({"the", "a", "an", "one", "this", "that", "these", "those"})
_OPEN = frozenset(
    {"some", "many", "several", "few", "most", "all", "any", "no", "every", "each", "other", "others", "another", "more", "both"}
)
"""Words that leave open who is meant: "some residents" come back as nobody in particular."""
_BEFORE_HEAD = frozenset({"det", "amod", "compound", "nmod", "nummod", "npadvmod", "advmod", "poss", "case", "punct", "predet"})
_AGENTIVE = ("ist", "ian", "eer", "man", "woman", "person")
"""Endings of nouns for people who do something (Quirk et al., A Comprehensive Grammar of the English Language, 1985, appendix I.31-45)."""
_AGENTIVE_PLURAL = (*_AGENTIVE, "er", "or")
"""In the plural these tell people too; a "letter" and a "factor" are things, but of letters and factors no verb of saying is said."""
_TOLD_BY = frozenset({"source", "insider", "figure"})
"""Nouns that mean people where they are what is said comes from."""
_LONGEST_TAIL = 8
"""Tokens of an "of" or "for" phrase that still name the source: "a spokesman for the council"."""

_ONES_OWN = (BASIC - STATES) | {"party", "squad"}
"""Nouns for the one body that somebody belongs to or heads: "his club"."""
_BESIDE_NAME = frozenset({"compound", "nmod", "appos"})
_POSSESSIVES = frozenset({"his", "her", "its", "their"})
_KINDS_OF_BODIES = frozenset({"organization", "armed_force"})


def find_named_sources(analysis: Analysis, attributions: Sequence[Attribution], people: Mapping[int, Party]) -> dict[Span, Party]:
    """The person whose name a source's words hold beside a noun that is its head, by the span of the source.

    ``people`` are the people of the article by the head tokens of their names. "The writer Noor Haddad", "one of them, nurse Ada Moss" and
    "CPUC President Ada Moss" are the people named; "a friend of Ada Moss" is somebody else.
    """
    found = {}
    for attribution in attributions:
        head = _head(analysis, attribution)
        if attribution.source is not None and head is not None and head.i not in people:
            last = analysis.tokens(attribution.source).end
            named = next((people[i] for i in _after_head(analysis.doc, head, last) if i in people), None)
            if named is not None:
                found[attribution.source] = named
    return found


def _head(analysis: Analysis, attribution: Attribution) -> Token | None:
    """The head word of an attribution's source; none where it has none."""
    tokens = analysis.tokens(attribution.source_head) if attribution.source_head is not None else ()
    return next(iter(tokens), None)


def _voices(analysis: Analysis, attribution: Attribution) -> Iterator[Token]:
    """The head words of an attribution's source and of those who speak with it."""
    spans = (attribution.source_head, *(other.head for other in attribution.others))
    return (token for span in spans if span is not None for token in analysis.tokens(span))


def _told(analysis: Analysis, attribution: Attribution) -> _Said | None:
    """What the head word of an addressee makes of it, if that is a noun for people or a body: "told **jurors**", not "pointed to signs"."""
    head = None if attribution.addressee is None else next(iter(analysis.tokens(attribution.addressee.head)), None)
    one = None if head is None else _said(head)
    return one if one is not None and one.sure and one.kind != "person" else None


def _after_head(doc: Doc, head: Token, last: int) -> Iterator[int]:
    """The tokens of the first name after the head of a source that may say who it is, where nothing between them says otherwise."""
    if head.tag_ in ("NNS", "NNPS"):
        return  # "his opponents, led by the banker Ada Moss": who is named among several is not all of them
    apposed = offices = False
    # The source may end with the noun and leave the name beside it out: "the writer" of "the writer Noor Haddad".
    i, end = head.i + 1, max(last, head.i + 3)
    while i < min(end, len(doc)):
        token = doc[i]
        if token.text == ",":
            apposed = True
        elif token.pos_ == "PROPN" and token.text[:1].isupper() and not is_title(token):
            name = list(_words_of_name(doc, i))
            if (apposed or offices or _is_role_noun(head)) and not _opens_next_clause(doc, name, apposed=apposed, last=last):
                yield from name
            return
        elif token.dep_ in ("acl", "relcl") or token.tag_ in ("WP", "WDT", "WP$"):
            return  # "a group, led by Ada Moss"; "an aide, who met Ada Moss"
        elif not apposed and not _goes_on(token, head):
            if not (token.lower_ == "of" and doc[i + 1 : i + 2].text.lower() in ("them", "us", "those")):
                return
            i += 1  # "one of them, retired nurse Ada Moss"
        offices = is_title(token) and not apposed and (token.text[:1].isupper() or token.lower_ in words("people.txt", "role"))
        i += 1


def _opens_next_clause(doc: Doc, name: Sequence[int], *, apposed: bool, last: int) -> bool:
    """Whether a name begins what comes after a source instead of saying who that is: an owner, "according to one engineer, **Lee's** office
    knew", or a subject behind the source's comma, "according to one engineer, **Lee** knew". An apposition is closed by a mark."""
    after = doc[name[-1] + 1] if name[-1] + 1 < len(doc) else None
    if after is None or after.is_punct:
        return False
    return after.tag_ == "POS" or (apposed and name[0] >= last)


def _is_role_noun(head: Token) -> bool:
    """Whether a noun says what the person is whose name follows it: "the writer Noor Haddad"."""
    return head.pos_ == "NOUN" and head.tag_ == "NN" and (is_title(head) or type_of_noun(head) == "person")


def _goes_on(token: Token, head: Token) -> bool:
    """Whether a word goes on with what stands before a name: a noun, an adjective, or "and" between two trades ("media and PR adviser")."""
    if token.lower_ == "and":
        return head.pos_ == "NOUN" and type_of_noun(head) is None  # "critics and party leader Ada Moss" are several
    return token.pos_ in ("NOUN", "ADJ", "PROPN") and token.text[:1].isalnum()


def _words_of_name(doc: Doc, i: int) -> Iterator[int]:
    """The tokens of the run of proper nouns that begins at a token."""
    while i < len(doc) and doc[i].pos_ == "PROPN":
        yield i
        i += 1


@dataclass(frozen=True, slots=True)
class _Said:
    """A noun that is the head of a source which nobody has."""

    head: Token
    kind: ActorType
    sure: bool
    """Whether the noun is one for people or bodies, so that one saying makes it an actor."""
    definite: bool
    modifiers: frozenset[str]


def find_speaking(analysis: Analysis, attributions: Sequence[Attribution], taken: Collection[int], held: Collection[str]) -> list[Party]:
    """A party for each source, and for each group or body that is told something, that only its own words name, as far as it is somebody
    who may come back.

    ``taken`` are head tokens that mean, or may mean, somebody already; ``held`` the nouns of roles that people of the article have. Nouns
    for people and bodies make an actor at once; others ("the survey") where they speak twice; what leaves open who is meant ("some
    residents") makes none, and has its words for a name only.
    """
    heads = ((head, attribution.kind) for attribution in attributions for head in _voices(analysis, attribution))
    voices = ((head, kind) for head, kind in heads if not _says_who(head))
    said = {
        head.i: one
        for head, kind in voices
        if head.i not in taken and (one := _said(head)) is not None and (kind != "indirect" or not _is_any(head))
    }
    told = (one for attribution in attributions if (one := _told(analysis, attribution)) is not None)
    said |= {one.head.i: one for one in told if one.head.i not in taken and one.head.i not in said}
    said = {i: one for i, one in said.items() if not (one.definite and one.kind == "person" and one.head.lemma_.lower() in held)}
    found: list[tuple[Party, list[_Said]]] = []
    by_noun: dict[tuple[str, bool], list[tuple[Party, list[_Said]]]] = {}
    for one in (said[i] for i in sorted(said)):
        alike = by_noun.setdefault((one.head.lemma_.lower(), one.head.tag_ == "NNS"), [])
        same = _same(one, alike)
        if same is None:
            same = (_new_party(one), [])
            alike.append(same)
            found.append(same)
        same[0].add(_mention(one), "as described" if not same[1] else f"the same words as before: {same[0].name}")
        same[1].append(one)
    return [party for party, sayings in found if len(sayings) > 1 or sayings[0].sure]


def _says_who(head: Token) -> bool:
    """Whether a noun only says what somebody is who is named beside it, by itself or joined to another such noun: "Acme's founder and chief
    **executive**, Ada Lee", "Ada Lee, **president** and chief executive" (one article or possessor for several roles of one person: Quirk
    et al. 1985, 13.68)."""
    if head.tag_ != "NN" or any(child.dep_ in ("det", "poss") for child in head.lefts):
        return False
    first = head
    while first.dep_ == "conj" and first.head.i < first.i and first.head.tag_ == "NN":
        first = first.head
    beside = first.dep_ == "appos" and first.head.pos_ == "PROPN"
    return beside or (first is not head and any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in first.rights))


def _said(head: Token) -> _Said | None:
    """What a source's head word makes of it; none for a name, a pronoun, and what leaves open who is meant."""
    if head.pos_ != "NOUN" or head.tag_ not in ("NN", "NNS") or not head.is_alpha or any(_leaves_open(child) for child in head.lefts):
        return None
    lemma = head.lemma_.lower()
    plural = head.tag_ == "NNS"
    own = any(child.tag_ == "PRP$" for child in head.lefts)
    kind = type_of_noun(head)
    if lemma in words("groups.txt", "reporting"):
        kind = "media"
    sure = kind is not None and not own and lemma not in words("groups.txt", "document")
    if lemma in words("people.txt", "kin"):
        kind = "described_group" if plural else "person"
    elif kind is None and (lemma in _TOLD_BY or lemma.endswith(_AGENTIVE_PLURAL if plural else _AGENTIVE)):
        kind, sure = ("described_group" if plural else "person"), not own
    kind = kind or ("described_group" if plural else "organization")
    # "The manager said" may be anybody that the text has named: only where it comes back it is somebody by itself.
    sure = sure and not (kind == "person" and any(child.lower_ == "the" for child in head.lefts))
    definite = any(child.lower_ in ("the", "this", "that", "these", "those") or child.dep_ == "poss" for child in head.lefts)
    told = frozenset(
        child.lower_ for child in head.lefts if child.dep_ in _BEFORE_HEAD and child.lower_ not in _DETERMINERS and child.is_alpha
    )
    return _Said(head, kind, sure, definite, told)


def _is_any(head: Token) -> bool:
    """Whether "a" with a verb that tells no event means any of its kind: "a good judge says", "a judge would say"."""
    if not any(child.lower_ in ("a", "an") for child in head.lefts) or head.dep_ != "nsubj":
        return False
    return head.head.tag_ in ("VBZ", "VBP") or any(child.tag_ == "MD" for child in head.head.lefts)


def _leaves_open(child: Token) -> bool:
    return child.lower_ in _OPEN and child.dep_ in ("det", "amod", "nummod", "predet", "advmod")


def _same(one: _Said, alike: Sequence[tuple[Party, list[_Said]]]) -> tuple[Party, list[_Said]] | None:
    """The party of the same noun that is meant again: by "the" the only one whose words it repeats, or a plural in the same words. "A
    driver" is somebody new each time."""
    plural = one.head.tag_ == "NNS"
    fitting = [
        party
        for party in alike
        if (plural and party[1][0].modifiers == one.modifiers) or (one.definite and one.modifiers <= party[1][0].modifiers)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _new_party(one: _Said) -> Party:
    head = one.head
    start = next((child.left_edge.i for child in head.lefts if child.dep_ in _BEFORE_HEAD), head.i)
    while start < head.i and (head.doc[start].lower_ in _DETERMINERS or head.doc[start].is_punct):
        start += 1
    name = " ".join(head.doc[start : _end(head)].text.split())
    gender = gender_of_noun(head.lemma_) if one.kind == "person" else ""
    party = Party(name, one.kind, False, gender=gender, plural=head.tag_ == "NNS", lemma=head.lemma_.lower())
    party.modifiers = one.modifiers
    return party


def _mention(one: _Said) -> FoundMention:
    head = one.head
    start = next((child.left_edge.i for child in head.lefts if child.dep_ in _BEFORE_HEAD and not child.is_punct), head.i)
    span = words_span(head.doc, start, _end(head))
    return FoundMention(span, span, head.i, "nominal", " ".join(head.doc[start : head.i + 1].text.lower().split()), one.kind)


def _end(head: Token) -> int:
    """Where the words end that name a source: after a short "of", "for" or "from" phrase right behind the noun."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "from", "at") and child.i == head.i + 1:
            return int(child.right_edge.i + 1) if child.right_edge.i - head.i <= _LONGEST_TAIL else head.i + 1
    return int(head.i) + 1


# --- ties ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Tie:
    """What somebody has by one noun: "his mother", each time that it is said."""

    owner: Party
    nouns: list[Token] = field(default_factory=list)
    known: dict[int, Party] = field(default_factory=dict)
    """The parties that these are, as far as others know them: whose name stands beside the noun, or who was found before."""


def add_tied(discourse: Discourse, parties: list[Party], resolved: dict[int, Party]) -> None:
    """Makes a party of whoever speaks or acts and is known by a tie alone; what is known otherwise gets the mentions by a tie too.

    ``resolved`` are the parties of pronouns; those for the new parties are added to it.
    """
    for tie in _find_ties(discourse, resolved):
        known = list({id(party): party for party in tie.known.values()}.values()) or _own_bodies(discourse, tie, parties)
        if len(known) == 1:
            _name_by_owner(tie, known[0])
            for noun in tie.nouns:
                if noun.i not in tie.known:
                    known[0].add(mention_of_person(noun), f"the {noun.lower_} of {tie.owner.name}")
        elif not known and not _is_office(tie) and _is_somebody(discourse, tie.nouns):
            parties.append(_party_by_owner(discourse, tie, resolved))


def _find_ties(discourse: Discourse, resolved: Mapping[int, Party]) -> Iterator[_Tie]:
    """The ties of an article by owner, noun and number, in text order."""
    found: dict[tuple[int, str, bool], _Tie] = {}
    for possessor, owner in _possessors(discourse, resolved):
        noun = possessor.head
        if possessor.dep_ != "poss" or not _is_tie(noun) or owner.type in ("place", "narrator"):
            continue
        # "Lee said Reed had insulted his wife": in what somebody says, "his" may too easily be the other's.
        if possessor.pos_ == "PRON" and possessor.i in discourse.said:
            continue
        tie = found.setdefault((id(owner), noun.lemma_.lower(), noun.tag_ == "NNS"), _Tie(owner))
        tie.nouns.append(noun)
        if (party := _known_as(discourse, noun)) is not None:
            tie.known[noun.i] = party
    yield from found.values()


def _possessors(discourse: Discourse, resolved: Mapping[int, Party]) -> Iterator[tuple[Token, Party]]:
    """Every mention of somebody, with its party, in text order."""
    named = {i: entity.party for i, entity in discourse.owners.items() if entity.party is not None}
    owners = named | dict(resolved)
    return ((discourse.doc[i], owners[i]) for i in sorted(owners))


def _is_tie(noun: Token) -> bool:
    """Whether a noun may be somebody's relative, colleague or body, each time the same: not "his people", "his other brother"."""
    lemma = noun.lemma_.lower()
    if noun.tag_ not in ("NN", "NNS") or lemma in words("people.txt", "generic") - {"parent"}:
        return False
    if any(
        child.dep_ in ("nummod", "relcl", "acl") or child.lower_ in ("other", "former", "first", "late", "ex") for child in noun.children
    ):
        return False
    return lemma in words("people.txt", "kin") or type_of_noun(noun) in ("person", "described_group", *_KINDS_OF_BODIES)


def _known_as(discourse: Discourse, noun: Token) -> Party | None:
    """The party that a noun with its possessor is already: the one named beside it ("his mother, Ann Lee"), or one found before."""
    beside = [child for child in noun.rights if child.dep_ == "appos"] + ([noun.head] if noun.dep_ in _BESIDE_NAME else [])
    owners = (discourse.owners.get(token.i) for token in (*beside, noun))
    return next((one.party for one in owners if one is not None and one.party is not None), None)


def _own_bodies(discourse: Discourse, tie: _Tie, parties: Sequence[Party]) -> list[Party]:
    """The body that is somebody's own: one described with the owner's name ("the Lee campaign", "her campaign"), or the one to which a
    stated role ties a person ("her club")."""
    first, owner = tie.nouns[0], frozenset({tie.owner.name.lower()})
    lemma = first.lemma_.lower()
    alike = [
        one for one in parties if not one.named and one.lemma == lemma and one.modifiers == owner and one.plural == (first.tag_ == "NNS")
    ]
    if alike or tie.owner.type != "person" or lemma not in _ONES_OWN or first.tag_ == "NNS":
        return alike
    # "The founder of a Facebook group": that group is hers, and not Facebook.
    if any(lemma in role.text.lower().split() for role in tie.owner.roles):
        return []
    body = stated_body(discourse, tie.owner)
    entity = next((one for one in discourse.entities if one.party is body), None) if body is not None else None
    anaphor = Anaphor(first.i, "body", possessive=False, reflexive=False, subject=False)
    return [body] if body is not None and entity is not None and may_be_described(discourse, entity, anaphor) else []


def _is_office(tie: _Tie) -> bool:
    """Whether a noun is for the one holder of an office of a body, who is named elsewhere as often as not: "the club's owner"."""
    return tie.nouns[0].tag_ == "NN" and tie.owner.type not in ("person", "described_group")


def _is_somebody(discourse: Discourse, nouns: Sequence[Token]) -> bool:
    """Whether people who are known by a tie are an actor: they speak, or come back and do something."""
    if type_of_noun(nouns[0]) in _KINDS_OF_BODIES:
        return False
    speaks = any(noun.i in discourse.sources and noun.i not in discourse.said for noun in nouns)
    return speaks or any(does_something(noun) for noun in nouns)


def _party_by_owner(discourse: Discourse, tie: _Tie, resolved: dict[int, Party]) -> Party:
    """A party for people who are known by a tie, called after whose they are: "Ada Brook's mother"."""
    first = tie.nouns[0]
    party = party_of_person(first)
    party.roles = []
    party.mentions, party.heads, party.called = [], {}, {}
    party.type, party.plural = ("described_group", True) if first.tag_ == "NNS" else ("person", False)
    party.name = _name(tie.owner, first)
    for noun in tie.nouns:
        party.add(mention_of_person(noun), f"the {noun.lower_} of {tie.owner.name}")
    _take_pronouns(discourse, tie, party, resolved)
    return party


def _take_pronouns(discourse: Discourse, tie: _Tie, party: Party, resolved: dict[int, Party]) -> None:
    """Gives a new party the pronouns that were resolved to its noun, where that noun is nobody else's: "his mother said she"."""
    entity = discourse.owners.get(tie.nouns[0].i)
    if entity is None or entity.party is not None:
        return
    pronouns = [i for i in entity.mentions if discourse.doc[i].pos_ == "PRON"]
    if {*entity.mentions} - {*pronouns} == {noun.i for noun in tie.nouns}:
        entity.party = party
        for i in pronouns:
            party.add(mention_of_pronoun(discourse.doc[i]), f"“{discourse.doc[i].text}”: the likeliest that fits")
            resolved[i] = party


def _name_by_owner(tie: _Tie, party: Party) -> None:
    """Calls a party that was found as "his mother" after whose mother she is."""
    if not party.named and any(noun.i in party.heads for noun in tie.nouns) and party.name.split()[0].lower() in _POSSESSIVES:
        party.name = _name(tie.owner, tie.nouns[0])


def _name(owner: Party, noun: Token) -> str:
    """What somebody is called who is known by a tie: the owner's name, and the words from behind the possessor to the noun."""
    possessor = next(child for child in noun.lefts if child.dep_ == "poss")
    mark = "’" if owner.plural and owner.name.endswith("s") else "’s"
    return f"{owner.name}{mark} {noun.doc[possessor.right_edge.i + 1 : noun.i + 1].text}"
