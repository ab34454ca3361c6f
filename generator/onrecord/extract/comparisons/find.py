"""Agreement and conflict: claims of different voices about the same event and parties, set side by side.

The evidence is plain and shown: the words that the two share (the act, who acts, whom or what it befalls) and the one thing in which they
differ. What only a reader's knowledge would join ("it landed at seven", "nobody came until noon") is not found. Neither is called true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.extract.actor_lookup import ActorLookup
from onrecord.extract.comparisons.partners import HELD, find_partners
from onrecord.extract.comparisons.statement import Statement, Words, take_apart
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token
from onrecord.model import Claim, Comparison, ComparisonKind, Notice, Shared, SharedPart, Span

COMPARED = (*HELD, "future")

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
    partners = find_partners(statements)
    found = (_compare(statements[first], statements[second]) for first, second in partners.pairs)
    numbered = (replace(one, id=f"k{number}") for number, one in enumerate((one for one in found if one is not None), 1))
    return tuple(numbered), tuple(_too_many(partners.left_out))


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
        if tokens and tokens[0].i in headings:
            continue
        statement = take_apart(claim, tokens, lookup)
        if statement is not None:
            yield statement


def _same_voice(one: Claim, other: Claim) -> bool:
    """Whether one party stands behind both, or one claim is a part of the other."""
    nested = one.parent == other.id or other.parent == one.id or any(a.overlaps(b) for a in one.spans for b in other.spans)
    return nested or not {one.asserter, *one.others}.isdisjoint((other.asserter, *other.others))


def _compare(one: Statement, other: Statement) -> Comparison | None:
    """The comparison of two statements, if they are of different voices and share enough to be about one event."""
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
    alone = "acting" in parts or _same_sufferer(one, other)
    same = parties >= 2 or (alone and (beside >= 2 or (one.is_bare and other.is_bare)))
    opposed = one.claim.polarity != other.claim.polarity
    if opposed and same and "undergoing" in parts:
        return "conflicts", "one says it, the other says that it is not so", ()
    if opposed and parties and (same or beside):
        return "differs", "one says it, the other says that it is not so of something else, or in part", ()
    if not same or opposed:
        return None
    numbers = _other_numbers(one, other)
    if numbers is None:
        return "agrees", "both say it" if one.claim.polarity == "+" else "both say that it is not so", ()
    if any(number.children for number in numbers):
        return None  # "At least 12" may be 20.
    return "conflicts", "they give another number", (_span(numbers[0]), _span(numbers[1]))


def _same_sufferer(one: Statement, other: Statement) -> bool:
    """Whether one actor undergoes both acts, of which at least one does not say who does it."""
    whom = any(key.startswith("@") for key in one.undergoing.keys() & other.undergoing.keys())
    return whom and not (one.acting and other.acting)


def _other_numbers(one: Statement, other: Statement) -> tuple[Token, Token] | None:
    """The two numbers that they give of the same thing, where these are not one."""
    for first, second in ((one.acting, other.acting), (one.undergoing, other.undergoing)):
        for key in first.keys() & second.keys():
            ours, theirs = (next((child for child in word.lefts if child.dep_ == "nummod"), None) for word in (first[key], second[key]))
            if ours is not None and theirs is not None and ours.lower_ != theirs.lower_:
                return ours, theirs
    return None


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
            if key in second and word.i not in seen and second[key].i not in seen:
                seen.update((word.i, second[key].i))
                yield Shared(part, _span(word), _span(second[key]))


def _span(word: Token) -> Span:
    return Span(word.idx, word.idx + len(word))
