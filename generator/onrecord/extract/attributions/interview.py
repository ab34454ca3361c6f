"""Whose the answers of an interview are, where they have no name beside them: "A:", or no label at all. The lead says who talks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.attributions.cues import ANSWER
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token, lemma_of
from onrecord.model import AUTHOR, Span

_LABELS = ("a", "answer")
_TALKING = frozenset({"chat", "converse", "discuss", "meet", "sit", "speak", "talk"})
"""Verbs of talking with somebody (Levin 1993, classes 37.6 and 36.3)."""


def is_answer(text: str, attribution: Attribution) -> bool:
    """Whether a quote is an answer without the name of who gives it."""
    if attribution.rule == ANSWER:
        return True
    label = "" if attribution.source is None else attribution.source.of(text)
    return attribution.rule == "turn" and label.strip(" .:").lower() in _LABELS


def interviewee(analysis: Analysis, attributions: Sequence[Attribution], resolved: ResolvedActors) -> str | None:
    """The id of the one person who answers: the only one that the lead names, less those who are only talked to. None where several are
    left, or where the article is no interview."""
    text = analysis.article.text
    turns = [one for one in attributions if one.rule in (ANSWER, "turn")]
    if not any(is_answer(text, one) for one in turns):
        return None
    start = min(one.source.start if one.source is not None else one.content[0].start for one in turns)
    lead = list(takewhile(lambda token: token.idx < start, analysis.doc))
    persons = {actor.id for actor in resolved.actors if actor.type == "person"}
    named = {actor for token in lead if (actor := _actor(token, resolved)) in persons}
    left = named - set(_talked_to(lead, resolved)) if len(named) > 1 else named
    return next(iter(left)) if len(left) == 1 else None


def _actor(token: Token, resolved: ResolvedActors) -> str | None:
    return resolved.heads.get(Span(token.idx, token.idx + len(token)))


def _talked_to(lead: Sequence[Token], resolved: ResolvedActors) -> Iterator[str]:
    """Those with whom somebody named talks: "She spoke to **Lee**". Of "we spoke to Lee" it is Lee who answers."""
    for verb in (token for token in lead if lemma_of(token) in _TALKING):
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if subject is not None and _actor(subject, resolved) not in (None, AUTHOR):
            objects = (child for prep in verb.children if prep.dep_ == "prep" and prep.lower_ in ("to", "with") for child in prep.children)
            yield from (actor for noun in objects if (actor := _actor(noun, resolved)) is not None)
