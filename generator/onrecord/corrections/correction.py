"""The base class of all corrections, and how the words of an entry are found in a report.

An entry names words of an article and the whole sentence around them. It applies only while both stand there exactly once, so that an
edit of the article can never make it say something that its editor did not mean.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from onrecord.model import AUTHOR, Actor, Claim, CorrectionStatus, Quote, Report, Span, UndecidedMention
from onrecord.text.anchors import Anchor, Found, Ground, Line, Missing

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\w")]
Id = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9][a-z0-9-]*$(?!\n)")]
Address = Annotated[str, Meta(max_length=2_000, pattern=r"^https?://[^\s<>\"]+$(?!\n)")]
Date = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$(?!\n)")]
Confirmed = Annotated[str, Meta(min_length=1, max_length=1_000)]
Stage = Literal["additions", "mentions", "values"]
"""When an action is applied: first who there is besides those whom the program knows; then whom single words mention, after which actors
that are one are joined; then names, types, quotes and claims, once it is settled who is who."""
Statement = tuple[tuple[Hashable, ...], Hashable]
"""What is decided, and how: ``(("actor", "lee", "name"), "Ann Lee")``. Two entries contradict each other if they decide one thing
differently."""
Problem = tuple[CorrectionStatus, str]
"""Why an entry is held: the status that it gets, and the reason in words."""


class Correction(Anchor, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    """One decision of an editor. A subclass with a ``tag`` is an action: its fields are the keys that the file takes, its methods what
    is done with them. All of them take the report and the places of the entry's words in it, and change neither."""

    stage: ClassVar[Stage] = "values"
    says_actors_are: ClassVar[Literal["", "one", "two"]] = ""
    """For actions over two actors: what these are to be."""
    other_gives_name: ClassVar[bool] = False
    """For actions that join two actors: whether name, type and id are those of the other; if not, of the one that stands first in the
    text."""
    confirms: ClassVar[bool] = False
    """Whether the entry only says that the program is right: it holds as long as the program says the same."""

    id: Id
    """Its name, once in the file."""
    antecedent: Anchor | tuple[Anchor, ...] = ()
    """The words that tell who is meant, where the decision rests on them: the full name behind "he" or a surname."""
    was: Annotated[str, Meta(max_length=1_000)] = ""
    """What the program said when this was decided; empty where that was not written down."""
    by: Line = ""
    """Who decided."""
    date: Date = ""
    note: Annotated[str, Meta(max_length=2_000)] = ""
    """Why, for colleagues."""

    @property
    def action(self) -> str:
        return str(self.__struct_config__.tag)

    @property
    def others(self) -> tuple[Anchor, ...]:
        """The anchors of others that the action names besides its own words, in the order of its keys."""
        return tuple(anchor for path, anchor in self.anchors() if path and not path.startswith("antecedent"))

    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """Every anchor with its path in the entry, as ``mentions[0]``; that of the entry itself is empty."""
        yield "", self
        for field, key in zip(self.__struct_fields__, self.__struct_encode_fields__, strict=True):
            value = getattr(self, field)
            if isinstance(value, Anchor):
                yield key, value
            elif isinstance(value, tuple):
                yield from ((f"{key}[{n}]", one) for n, one in enumerate(value) if isinstance(one, Anchor))

    def apply(self, report: Report, located: Located) -> Report:
        """The report as the entry wants it; the same report where it is so already."""
        raise _missing_method(self, "apply", "what it changes")

    def describe(self, report: Report, located: Located) -> tuple[str, str]:
        """The id of what stands at the entry's words, and what the report says of it; both empty where that is nothing.

        It is what ``was`` is compared with.
        """
        raise _missing_method(self, "describe", "what stands at its words")

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        """Why there is nothing at the entry's words for it to change; none where there is.

        ``base`` is the report with the actors that entries add, ``machine`` the one without.
        """
        raise _missing_method(self, "lacks", "what must be there for it to change")

    def states_of_words(self, report: Report, located: Located) -> Iterator[Statement]:
        """What it says of whom single words mention. Entries that say different things of one are held, all of them."""
        return iter(())

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        """What it says of an actor, a quote or a claim; asked once it is known which actors are one."""
        return iter(())

    def is_said_by(self, machine: Report, located: Located) -> bool:
        """Whether the program by itself says what the entry wants, which therefore may go."""
        return self.apply(machine, located) == machine

    def confirm(self, report: Report, located: Located) -> Report:
        """The report where the actor, quote or claim at the words has the status "confirmed"."""
        raise _missing_method(self, "confirm", "what is confirmed where the program says so itself")


class Confirmation(Correction, frozen=True):
    """An entry that says that the program is right, in what ``was`` repeats.

    It is named before the class for the kind of item, so that its ``apply`` holds: ``class ConfirmQuote(Confirmation, OfQuote)``.
    """

    confirms: ClassVar[bool] = True

    was: Confirmed  # unlike in other entries it must be there: without it nobody knows what was confirmed

    def apply(self, report: Report, located: Located) -> Report:
        return self.confirm(report, located)


def _missing_method(entry: Correction, method: str, what: str) -> NotImplementedError:
    return NotImplementedError(f"action {entry.action}: {type(entry).__name__} does not say {what}; give it the method {method}")


@dataclass(frozen=True, slots=True)
class Located:
    """An entry with the place in the article of each of its anchors."""

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
    for span, may_be_undecided in named:
        found = len(actors_at(report, span))
        if found > 1:
            return "ambiguous", f"the program finds {found} actors at “{span.of(report.article.text)}”"
        if found == 0 and not (may_be_undecided and undecided_at(report, span)):
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
    return f"undecided: {' or '.join(actor_name(report, candidate) for candidate in one.candidates)}"


def describe_quote(report: Report, quote: Quote) -> str:
    """What the report says of a quote: "direct, Ada Lee"."""
    speaker, kind = quote.speaker, "stance" if quote.stance else quote.kind
    if speaker.actor is not None:
        return f"{kind}, {' and '.join(actor_name(report, one) for one in (speaker.actor, *speaker.others))}"
    doubt = " or ".join(actor_name(report, one) for one in speaker.candidates)
    return f"{kind}, {f'undecided: {doubt}' if doubt else 'unknown'}"


def describe_claim(report: Report, claim: Claim) -> str:
    """What the report says of a claim: "event, negated, asserted, Ada Lee"."""
    asserter = actor_name(report, claim.asserter) if claim.asserter else "unknown"
    return ", ".join([claim.kind, *(["negated"] if claim.polarity == "-" else []), claim.modality, asserter])


def actor_name(report: Report, actor: str) -> str:
    """The name of an actor."""
    if actor == AUTHOR:
        return "the article"
    return next((one.name for one in report.actors if one.id == actor), actor)
