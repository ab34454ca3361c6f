"""Agreement and conflict: claims of different voices about the same event and parties, set side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.extract.actor_lookup import ActorLookup, agents
from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.claims.asserters import PREDICATES, is_finite
from onrecord.extract.dates import NUMBER_WORDS
from onrecord.extract.language import Analysis
from onrecord.extract.relations.arguments import is_passive, relation_frames, subjects
from onrecord.extract.tokens import Token, compound_lemma, lemma_of
from onrecord.model import Claim, Comparison, ComparisonKind, Notice, Shared, SharedPart, Span

CONTENT_TAGS = ("NOUN", "PROPN", "VERB", "ADJ")
TIMES = ("DATE", "TIME")
YEAR = re.compile(r"[12]\d{3}")

Key = str
"""What makes two words the same: the id of an actor as ``@id``, or a lemma."""
Words = dict[Key, Token]
"""For each key the word that has it."""


@dataclass(frozen=True, slots=True)
class Number:
    """How many of a unit a claim gives: "**8.5 million** crowns"."""

    span: Span
    value: float | str
    """As a number, so that "six" is 6; in its words where these cannot be reckoned."""
    exact: bool
    """Whether nothing bounds or blurs it: "at least 12", "about 12"."""
    of_act: bool
    """Whether its unit is a party of the act or measures it: "killed 12 people", "lasted 12 weeks"; not "rose after 12 weeks"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim taken apart for comparison: its words by the part that they play."""

    claim: Claim
    act: Words
    """The verb, or the event noun or complement that says what its verb does not: "launched **airstrikes**", "is **unsafe**"."""
    acting: Words
    """Who does it: the subject, or the agent of a passive."""
    undergoing: Words
    """To whom or what it is done: the object, or the subject of a passive."""
    beside: Words
    """All other words that tell something."""
    years: frozenset[str]
    numbers: Mapping[Key, Number]
    """For each unit ("people", "crown") how many the claim gives."""

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing beside its act and who acts."""
        return not self.undergoing and not self.beside


def statement_of(claim: Claim, tokens: tuple[Token, ...], lookup: ActorLookup) -> Statement | None:
    """The statement that a claim makes; None where it has no single predicate with a party, or its act says too little to be compared."""
    head = _predicate(tokens)
    if head is None:
        return None
    inside = {token.i for token in tokens}
    passive = is_passive(head)
    complements = [child for child in head.rights if child.dep_ in ("dobj", "attr", "acomp", "oprd") and child.i in inside]
    act = _act(head, complements, passive=passive)
    acting = _keys(agents(head) if passive else subjects(head), lookup)
    used = {word.i for word in act.values()}
    undergoing = _keys((word for word in (subjects(head) if passive else complements) if word.i not in used), lookup)
    if not act or not (undergoing if passive else acting):
        return None
    used.update(word.i for part in (acting, undergoing) for word in part.values())
    beside = _keys((word for word in tokens if word.i not in used and word.i != head.i and word.ent_type_ not in TIMES), lookup, alone=True)
    years = frozenset(token.text for token in tokens if YEAR.fullmatch(token.text))
    return Statement(
        claim=claim,
        act=act,
        acting=acting,
        undergoing=undergoing,
        beside=beside,
        years=years,
        numbers=dict(_numbers(tokens, head)),
    )


_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_OF_ACT = ("nsubj", "nsubjpass", "dobj", "attr", "oprd", "npadvmod")


def _numbers(tokens: Iterable[Token], head: Token) -> Iterator[tuple[Key, Number]]:
    """The units and numbers of a claim with this predicate. A sum of money may have its unit before it: "$8.5 million"."""
    for token in tokens:
        if token.pos_ != "NUM" or token.dep_ == "compound" or YEAR.fullmatch(token.text):
            continue
        unit = token.head if token.dep_ == "nummod" else token
        symbol = next((child for child in token.lefts if child.pos_ == "SYM"), None)
        parts = [*(child for child in token.lefts if child.dep_ == "compound" and child.pos_ == "NUM"), token]
        counted = {child.i for child in (*parts, symbol) if child is not None}
        yield (
            lemma_of(unit) if unit is not token else symbol.text if symbol is not None else "",
            Number(
                Span(parts[0].idx, token.idx + len(token)),
                _value([part.lower_ for part in parts]),
                exact=all(child.i in counted for child in token.children),
                of_act=unit.head.i == head.i and unit.dep_ in _OF_ACT,
            ),
        )


def _value(words: Sequence[str]) -> float | str:
    """What a number in words and digits comes to.

    >>> _value(["8.5", "million"]), _value(["six"]), _value(["umpteen"])
    (8500000.0, 6.0, 'umpteen')
    """
    value = 1.0
    for word in words:
        if word in _SCALES:
            value *= _SCALES[word]
        elif word in NUMBER_WORDS:
            value *= NUMBER_WORDS.index(word)
        else:
            try:
                value *= float(word.replace(",", ""))
            except ValueError:
                return " ".join(words)
    return value


def _predicate(tokens: tuple[Token, ...]) -> Token | None:
    """The one predicate of a claim; none where it reports another clause before it ("..., the footage showed")."""
    inside = {token.i for token in tokens}
    heads = [token for token in tokens if token.pos_ in PREDICATES and (token.head is token or token.head.i not in inside)]
    if len(heads) != 1 or not (is_finite(heads[0]) or heads[0].tag_ == "VBN"):
        return None
    return None if any(child.dep_ == "ccomp" for child in heads[0].lefts) else heads[0]


def _act(head: Token, complements: list[Token], *, passive: bool) -> Words:
    """A copula and a light verb are told by their complement; what has none says nothing by itself."""
    lemma, frames = lemma_of(head), relation_frames()
    if lemma in claim_words().comparisons["empty"]:
        return {}
    if lemma == "be":
        return {lemma_of(word): word for word in complements if word.pos_ in ("NOUN", "ADJ")}
    events = {event_lemma(word): word for word in complements if word.pos_ == "NOUN" and compound_lemma(word) in frames.nouns}
    # "Launched airstrikes" is about the airstrikes; "launched" alone tells nothing.
    if lemma in frames.support_verbs and (events or not (complements or passive)):
        return events
    return {lemma: head}


def event_lemma(noun: Token) -> str:
    """The lemma of an event noun, of "airstrike" and "air strike" the same."""
    lemma = compound_lemma(noun)
    bare = lemma.removeprefix("air").removeprefix("-")
    return bare if bare in relation_frames().nouns else lemma


def _keys(words: Iterable[Token], lookup: ActorLookup, *, alone: bool = False) -> Words:
    """The keys of words and, unless they stand alone, of what is coordinated with them; of words with one key the first."""
    found: Words = {}
    for word in words:
        for noun in (word,) if alone else lookup.conjuncts(word):
            for key in _keys_of(noun, lookup):
                found.setdefault(key, noun)
    return found


def _keys_of(word: Token, lookup: ActorLookup) -> Iterator[Key]:
    """A word's actor, and its lemma unless it is a name; a pronoun without an actor and a measure have none."""
    actor = lookup.actor(word)
    if actor is not None:
        yield f"@{actor}"
    if word.pos_ in CONTENT_TAGS and word.is_alpha and (actor is None or word.pos_ == "NOUN"):
        lemma = lemma_of(word)
        if lemma not in claim_words().comparisons["measures"] and lemma not in claim_words().comparisons["empty"]:
            yield lemma


NEAREST = 5
"""A statement is compared with so many before it that affirm the same act of the same party, and with as many that deny it: comparing all
with all would cost the square of their number."""
SAID_TO_BE_SO = ("asserted", "presupposed", "probable")
"""The modalities of what is said to be so; with a plan only plans are compared."""

_Key = tuple[str, str, str, bool]
"""What two statements must have in common to be compared: the act, the part and the key of a party, and whether it is said to be so."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs that are compared, and those that are not."""

    places: tuple[tuple[int, int], ...]
    """By the places of the statements, the first before the second; each once, in order."""
    left_out: int
    """At least so many further pairs of different voices have an act and a party in common."""


def find_pairs(statements: Sequence[Statement]) -> Pairs:
    """The pairs of statements to compare: each with the nearest ones before it of other voices."""
    series_by_key: dict[tuple[_Key, str], _Series] = {}
    pairs, left_out = [], 0
    for place, statement in enumerate(statements):
        own, voice = list(_series_keys(statement)), statement.claim.asserter or ""
        met = [[series for polarity in "+-" if (series := series_by_key.get((key, polarity)))] for key in own]
        near = {one for several in met for series in several for one in series.nearest(voice)}
        pairs += [(one, place) for one in near]
        left_out += max(0, max((sum(series.of_others(voice) for series in several) for several in met), default=0) - len(near))
        for key in own:
            series_by_key.setdefault((key, statement.claim.polarity), _Series()).add(place, voice)
    return Pairs(tuple(sorted(pairs)), left_out)


def _series_keys(statement: Statement) -> Iterator[_Key]:
    said_to_be_so = statement.claim.modality in SAID_TO_BE_SO
    for act in statement.act:
        yield from ((act, "acting", who, said_to_be_so) for who in statement.acting)
        yield from ((act, "undergoing", whom, said_to_be_so) for whom in statement.undergoing)


@dataclass(slots=True)
class _Series:
    """The statements with one key and polarity, in text order."""

    _places: list[int] = field(default_factory=list)
    _voices: list[str] = field(default_factory=list)
    _skips: list[int] = field(default_factory=list)
    """For each the last one before it of another voice; -1 for none. So a voice that goes on and on is passed over in one step."""
    _counts: Counter[str] = field(default_factory=Counter)

    def add(self, place: int, voice: str) -> None:
        last = len(self._places) - 1
        self._skips.append(last if last < 0 or self._voices[last] != voice else self._skips[last])
        self._places.append(place)
        self._voices.append(voice)
        self._counts[voice] += 1

    def of_others(self, voice: str) -> int:
        """How many are of other voices."""
        return len(self._places) - self._counts[voice]

    def nearest(self, voice: str) -> Iterator[int]:
        """The places of the last ones of other voices."""
        at, taken = len(self._places) - 1, 0
        while at >= 0 and taken < NEAREST:
            if self._voices[at] == voice:
                at = self._skips[at]
            else:
                yield self._places[at]
                at, taken = at - 1, taken + 1


COMPARED = (*SAID_TO_BE_SO, "future")

Verdict = tuple[ComparisonKind, str, tuple[Span, ...]]
"""The kind of a comparison, its reason, and the words in which the two differ."""


def find_comparisons(
    analysis: Analysis, claims: tuple[Claim, ...], lookup: ActorLookup
) -> tuple[tuple[Comparison, ...], tuple[Notice, ...]]:
    """The comparisons of an article, in the order of their claims, ids counted from ``k1``; and a notice where there are too many to make.

    Each claim is compared with the nearest claims of other voices that have its act and its party. Headlines, which repeat the article,
    are left out, and so are demands, wishes and conditions, which nobody says are so.
    """
    statements = list(_statements(analysis, claims, lookup))
    pairs = find_pairs(statements)
    found = (_compare(statements[first], statements[second]) for first, second in pairs.places)
    numbered = (replace(one, id=f"k{number}") for number, one in enumerate((one for one in found if one is not None), 1))
    return tuple(numbered), tuple(_too_many(pairs.left_out))


def _too_many(left_out: int) -> Iterator[Notice]:
    if left_out:
        pairs = f"{left_out:,} further {'pair' if left_out == 1 else 'pairs'} of claims"
        yield Notice(
            "comparisons", f"Claims of many voices: each is compared with the nearest alone; at least {pairs} may be about one event."
        )


def _statements(analysis: Analysis, claims: Iterable[Claim], lookup: ActorLookup) -> Iterator[Statement]:
    headings = {token.i for paragraph in analysis.paragraphs if paragraph.block.kind == "heading" for token in paragraph.tokens}
    for claim in claims:
        if claim.asserter is None or claim.boilerplate or claim.modality not in COMPARED or claim.kind in ("directive", "wish"):
            continue
        tokens = tuple(token for span in claim.spans for token in analysis.tokens(span) if token.dep_ and not token.is_space)
        # A headline agrees with its article by nature.
        if tokens and tokens[0].i in headings:
            continue
        statement = statement_of(claim, tokens, lookup)
        if statement is not None:
            yield statement


def _same_voice(one: Claim, other: Claim) -> bool:
    """Whether one party stands behind both, or one claim is a part of the other."""
    nested = one.parent == other.id or other.parent == one.id or any(a.overlaps(b) for a in one.spans for b in other.spans)
    return nested or not {one.asserter, *one.others}.isdisjoint((other.asserter, *other.others))


def _compare(one: Statement, other: Statement) -> Comparison | None:
    """The comparison of two statements, if they are of different voices and share enough to be about one event."""
    # Different years are different events, whatever else is the same.
    if _same_voice(one.claim, other.claim) or (one.years and other.years and not one.years & other.years):
        return None
    shared = tuple(_shared(one, other))
    verdict = _verdict(one, other, shared)
    if verdict is None:
        return None
    kind, why, apart = verdict
    return Comparison(id="", kind=kind, first=one.claim.id, second=other.claim.id, shared=shared, why=why, apart=apart)


def _verdict(one: Statement, other: Statement, shared: tuple[Shared, ...]) -> Verdict | None:
    """What the comparison comes to; None where the words shared are too few.

    Enough are: both parties of the act; one party and two words beside; or one party where neither says anything else. The one party is
    who acts, or else an actor whom a passive has. Against a negation, which takes up what somebody said, one word beside is enough to
    show that the two differ.
    """
    parts = [words.part for words in shared]
    parties, beside = sum(part in ("acting", "undergoing") for part in parts), parts.count("beside")
    alone = "acting" in parts or _same_undergoer(one, other)
    same = parties >= 2 or (alone and (beside >= 2 or (one.is_bare and other.is_bare)))
    opposed = one.claim.polarity != other.claim.polarity
    # Both are about one act done to one thing.
    if opposed and same and "undergoing" in parts:
        return "conflicts", "one says it, the other says that it is not so", ()
    if opposed and parties and (same or beside):
        return "differs", "one says it, the other says that it is not so of something else, or in part", ()
    if not same or opposed:
        return None
    apart = tuple(_other_numbers(one, other))
    if not apart:
        return "agrees", "both say it" if one.claim.polarity == "+" else "both say that it is not so", ()
    told = [(ours, theirs) for ours, theirs in apart if ours.of_act and theirs.of_act]
    if not told or not all(number.exact for pair in apart for number in pair):
        return None  # "At least 12" may be 20; and what happened after 12 weeks and after 20 may be two things.
    return "conflicts", "they give another number", (told[0][0].span, told[0][1].span)


def _same_undergoer(one: Statement, other: Statement) -> bool:
    """Whether one actor undergoes both acts, of which at least one does not say who does it."""
    whom = any(key.startswith("@") for key in one.undergoing.keys() & other.undergoing.keys())
    return whom and not (one.acting and other.acting)


def _other_numbers(one: Statement, other: Statement) -> Iterator[tuple[Number, Number]]:
    """The numbers of one unit that are not the same in both, in the order of the first."""
    for unit, ours in one.numbers.items():
        theirs = other.numbers.get(unit)
        if theirs is not None and ours.value != theirs.value:
            yield ours, theirs


def _shared(one: Statement, other: Statement) -> Iterator[Shared]:
    """The words that two statements share, each once, by their part in the first; what lies beside one may be undergone in the other."""
    parts: tuple[tuple[SharedPart, Words, Words], ...] = (
        ("act", one.act, other.act),
        ("acting", one.acting, other.acting),
        ("undergoing", one.undergoing, other.undergoing),
        ("beside", {**one.undergoing, **one.beside}, {**other.beside, **other.undergoing}),
    )
    seen: set[int] = set()
    for part, first, second in parts:
        for key, word in first.items():
            # A word counts once, by the most telling part that it plays: the act before the parties, these before the rest.
            if key in second and word.i not in seen and second[key].i not in seen:
                seen.update((word.i, second[key].i))
                yield Shared(part, _span(word), _span(second[key]))


def _span(word: Token) -> Span:
    return Span(word.idx, word.idx + len(word))
