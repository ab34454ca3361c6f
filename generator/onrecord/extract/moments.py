"""When what an article reports was said and happened: its dates, resolved, each with the quote or claim that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from onrecord.extract.dates import Tense, resolve
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token
from onrecord.model import Claim, Moment, Quote, Span

_PERFECT = frozenset(["has", "have", "had", "having", "'ve", "\u2019ve", "'d"])
_EACH = ("each", "every")
"""What makes a set of times of a date: "every Monday"."""
_TOLD_IN_PRESENT = frozenset(["say", "tell", "report", "write", "announce"])
"""Verbs that headlines and features put in the present tense for what was said before."""


def find_moments(analysis: Analysis, quotes: Sequence[Quote], claims: Sequence[Claim]) -> tuple[Moment, ...]:
    """The dates of an article that can be told, in text order.

    One in the setting of a quote says when it was said; any other, when what the smallest claim around it tells of happened, or will.
    One without a year or a date is reckoned from the article's date; without that it is left out, and so is one that may be the last or
    the next.
    """
    published = _published(analysis)
    return tuple(_moments(analysis, quotes, claims, published))


def _published(analysis: Analysis) -> date | None:
    try:
        return date.fromisoformat(analysis.article.meta.date[:10])
    except ValueError:
        return None


def _moments(analysis: Analysis, quotes: Sequence[Quote], claims: Sequence[Claim], published: date | None) -> Iterator[Moment]:
    for name in analysis.doc.ents:
        if name.label_ not in ("DATE", "TIME") or (name.start and name.doc[name.start - 1].lower_ in _EACH):
            continue
        verb = _verb_of(name.root)
        dated = resolve(name.text, published, _tense_of(verb))
        if dated is None:
            continue
        span = Span(name.start_char, name.end_char)
        said = next((quote.id for quote in quotes if any(setting.overlaps(span) for setting in quote.setting)), None)
        told = _smallest(claims, span) if said is None else None
        if said is not None or told is not None:
            yield Moment(span.start, span.end, dated.value, dated.inferred, said, None if told is None else told.id)


def _smallest(claims: Sequence[Claim], span: Span) -> Claim | None:
    around = [claim for claim in claims if any(part.contains(span) for part in claim.spans)]
    return min(around, key=lambda claim: sum(map(len, claim.spans)), default=None)


def _verb_of(token: Token) -> Token | None:
    """The verb whose clause a date stands in."""
    return next((above for above in (token, *token.ancestors) if above.pos_ in ("VERB", "AUX")), None)


def _tense_of(verb: Token | None) -> Tense:
    """Past, future, or neither, as the verb and its auxiliaries show."""
    at = verb
    while at is not None:
        helpers = [child for child in at.children if child.dep_ in ("aux", "auxpass")]
        if at.tag_ == "VBN" and not helpers and any(child.dep_ == "nsubj" for child in at.children):
            return "past"  # a past tense that the tagger took for a participle
        if at.tag_ == "VBD" or any(child.tag_ == "VBD" or child.lower_ in _PERFECT for child in helpers):
            return "past"
        if any(child.tag_ in ("MD", "TO") for child in helpers):
            return "future"  # modal verbs and infinitives look ahead (Quirk et al. 1985, 4.41-4.48)
        if at.tag_ == "VBG" and any(child.lemma_ == "be" for child in helpers):
            return "future"  # "is meeting on Tuesday"
        if at.tag_ in ("VBP", "VBZ"):
            return "past" if at.lemma_.lower() in _TOLD_IN_PRESENT else ""
        at = _verb_of(at.head) if at.head is not at else None  # a participle has the tense of its clause
    return ""
