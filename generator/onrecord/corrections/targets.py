"""An entry whose words were found, and the things of a report that stand there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.corrections.correction import Correction, Problem
from onrecord.model import AUTHOR, Actor, Claim, Quote, Report, Span, UndecidedMention
from onrecord.text.anchors import Anchor, Found, Ground, Missing


@dataclass(frozen=True, slots=True)
class Located:
    """An entry, with the places of all of its anchors."""

    entry: Correction
    ground: Ground
    places: Mapping[str, Found]
    """By the anchor's path in the entry; that of the entry itself is empty."""

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.places[""].spans

    def span(self, anchor: Anchor) -> Span:
        """The place of one of the entry's anchors, whose words are in one piece where they mention an actor."""
        path = next(path for path, one in self.entry.anchors() if one is anchor)
        spans = self.places[path].spans
        return Span(spans[0].start, spans[-1].end)

    @property
    def own_span(self) -> Span:
        return Span(self.spans[0].start, self.spans[-1].end)


def locate(entry: Correction, grounds: Mapping[str, Ground]) -> Located | Missing:
    """The entry with its places in the articles; or why one of its anchors does not hold."""
    places: dict[str, Found] = {}
    for path, anchor in entry.anchors():
        article = anchor.article or entry.article
        ground = grounds.get(article)
        found = ground.locate(anchor) if ground else Missing("orphan", f"no article here has the id {article}")
        if isinstance(found, Missing):
            about = f"{path.split('[')[0]}: " if path else ""
            # What names somebody else is part of the context of these words; whether they stand themselves was seen first.
            status = "context changed" if path and found.status == "orphan" and ground else found.status
            return Missing(status, about + found.why)
        places[path] = found
    return Located(entry, grounds[entry.article], places)


# --- what stands there ------------------------------------------------------------------------------------------------


def actors_at(report: Report, span: Span) -> list[Actor]:
    """The actors that exactly these words mention."""
    return [one for one in report.actors if any((mention.start, mention.end) == (span.start, span.end) for mention in one.mentions)]


def actor_at(report: Report, span: Span) -> Actor | None:
    """The only actor that exactly these words mention."""
    found = actors_at(report, span)
    return found[0] if len(found) == 1 else None


def undecided_at(report: Report, span: Span) -> UndecidedMention | None:
    """The mention with exactly these words for which the program does not choose between actors."""
    return next((one for one in report.undecided if (one.start, one.end) == (span.start, span.end)), None)


def quotes_at(report: Report, spans: tuple[Span, ...]) -> list[Quote]:
    """The quotes with exactly these words."""
    return [quote for quote in report.quotes if quote.content == spans]


def claims_at(report: Report, spans: tuple[Span, ...]) -> list[Claim]:
    """The claims with exactly these words."""
    return [claim for claim in report.claims if claim.spans == spans]


def lacking_actor(report: Report, named: Iterable[tuple[Span, bool]]) -> Problem | None:
    """Why words that are to mention an actor mention none, or several; with each, whether the program may be undecided about them."""
    for span, may_doubt in named:
        found = len(actors_at(report, span))
        if found > 1:
            return "ambiguous", f"the program finds {found} actors at “{span.of(report.article.text)}”"
        if found == 0 and not (may_doubt and undecided_at(report, span)):
            return "drifted", f"the program finds no actor at “{span.of(report.article.text)}”; add one there with add-actor"
    return None


def lacking_item(noun: str, count: int, *, may_lack: bool) -> Problem | None:
    """Why words that are to be a quote or a claim are none, or several."""
    if count > 1:
        return "ambiguous", f"the program finds {count} {noun}s with exactly these words"
    if count == 0 and not may_lack:
        return "drifted", f"the program no longer finds a {noun} with exactly these words; add it with add-{noun}, or name its new words"
    return None


# --- in words ---------------------------------------------------------------------------------------------------------


def describe_actor(actor: Actor) -> str:
    """What the report says of an actor: "Ada Lee (person)"."""
    return f"{actor.name} ({actor.type.replace('_', ' ')}{', no page' if actor.hidden else ''})"


def describe_undecided(report: Report, one: UndecidedMention) -> str:
    """What the report says of words that may mean several."""
    return f"undecided: {' or '.join(name_of(report, candidate) for candidate in one.candidates)}"


def describe_quote(report: Report, quote: Quote) -> str:
    """What the report says of a quote: "direct, Ada Lee"."""
    speaker = quote.speaker
    if speaker.actor is not None:
        return f"{quote.kind}, {' and '.join(name_of(report, one) for one in (speaker.actor, *speaker.others))}"
    doubt = " or ".join(name_of(report, one) for one in speaker.candidates)
    return f"{quote.kind}, {f'undecided: {doubt}' if doubt else 'unknown'}"


def describe_claim(report: Report, claim: Claim) -> str:
    """What the report says of a claim: "event, negated, asserted, Ada Lee"."""
    asserter = name_of(report, claim.asserter) if claim.asserter else "unknown"
    return ", ".join([claim.kind, *(["negated"] if claim.polarity == "-" else []), claim.modality, asserter])


def name_of(report: Report, actor: str) -> str:
    """The name of an actor."""
    if actor == AUTHOR:
        return "the article"
    return next((one.name for one in report.actors if one.id == actor), actor)
