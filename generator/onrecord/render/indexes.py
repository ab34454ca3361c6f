"""The indexes: actors, quotes and claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.render.draft import Draft, Site
from onrecord.render.facts import ClaimFact, ComparisonFact, QuoteFact
from onrecord.render.links import ACTORS, CLAIMS, QUOTES
from onrecord.render.profile import PerhapsFact, Profile, list_perhaps
from onrecord.render.words import KIND_MEANINGS, KIND_PLURALS, plural


@dataclass(frozen=True, slots=True)
class ActorsView:
    """What ``pages/actors.html`` prints."""

    heard: tuple[Profile, ...]
    """Actors with something to say, most words first."""
    silent: tuple[Profile, ...]
    perhaps: tuple[PerhapsFact, ...]
    """Actors that may be one, as they are listed together."""
    single: bool


Item = TypeVar("Item", QuoteFact, ClaimFact)


@dataclass(frozen=True, slots=True)
class Section(Generic[Item]):
    """Quotes or claims of one sort."""

    id: str
    title: str
    meaning: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class QuotesView:
    """What ``pages/quotes.html`` prints."""

    sections: tuple[Section[QuoteFact], ...]
    speakers: tuple[Profile, ...]
    total: int
    single: bool


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """What ``pages/claims.html`` prints."""

    sections: tuple[Section[ClaimFact], ...]
    comparisons: tuple[ComparisonFact, ...]
    total: int
    single: bool
    checked: int = 0
    """How many of them a person has checked."""


def draft_actor_index(site: Site) -> Iterator[Draft]:
    """The index of actors."""
    cast = site.profiles
    heard = tuple(sorted((one for one in cast if not one.silent), key=lambda one: -one.words))
    view = ActorsView(heard, tuple(one for one in cast if one.silent), list_perhaps(site.corpus), site.single)
    description = f"{plural(len(heard), 'actor')} heard, {len(view.silent)} mentioned and never heard."
    yield Draft(ACTORS, "pages/actors.html", "Actors", description, view, in_nav=True)


def draft_quote_index(site: Site) -> Iterator[Draft]:
    """The index of quotes, by kind, with those that need a human eye repeated at the end."""
    said = [quote for quote in site.quotes if not quote.standing]
    sections = [
        *(Section(kind, label, KIND_MEANINGS[kind], tuple(q for q in said if q.kind == kind)) for kind, label in KIND_PLURALS.items()),
        Section("not-said", "Not said", "the text only supposes it, or negates or denies it", tuple(q for q in site.quotes if q.standing)),
        Section(
            "unknown",
            "Unknown or undecided speakers",
            "listed above too; the text does not say who speaks, or the program cannot tell",
            tuple(q for q in site.quotes if q.speaker.state in ("unknown", "undecided")),
        ),
        Section("unsure", "Low confidence", "listed above too; check these first", tuple(q for q in site.quotes if q.unsure)),
    ]
    speakers = tuple(sorted((one for one in site.profiles if not one.silent), key=lambda one: -one.quotes))
    view = QuotesView(tuple(section for section in sections if section.items), speakers, len(site.quotes), site.single)
    yield Draft(
        QUOTES,
        "pages/quotes.html",
        "Quotes",
        f"{plural(view.total, 'quote')}, by kind, each with its place in the text.",
        view,
        in_nav=True,
    )


_CLAIM_SECTIONS: tuple[tuple[str, str, str, Callable[[ClaimFact], bool]], ...] = (
    ("statements", "Statements", "clauses presented as what happened or what is so", lambda claim: claim.kind == "event"),
    ("judgements", "Judgements", "clauses that judge rather than report", lambda claim: claim.kind == "evaluation"),
    ("commitments", "Commitments", "what somebody says they will do", lambda claim: claim.kind == "commitment"),
    ("demands", "Demands and wishes", "what somebody wants or hopes for: these state no fact", lambda claim: not claim.is_fact),
)


def _checked(view: ClaimsView) -> str:
    return f"{view.checked:,} checked by people." if view.checked else "None is checked."


def draft_claim_index(site: Site) -> Iterator[Draft]:
    """The index of claims, by kind; within a kind those with most reasons to be checked first."""
    ranked = sorted(site.claims, key=lambda claim: -claim.worth)
    found = (Section(id, title, meaning, tuple(filter(wanted, ranked))) for id, title, meaning, wanted in _CLAIM_SECTIONS)
    checked = sum(claim.checked for claim in ranked)
    view = ClaimsView(tuple(section for section in found if section.items), site.comparisons, len(ranked), site.single, checked)
    description = f"{plural(view.total, 'claim')}: who stands behind each, how it is presented, and where. {_checked(view)}"
    yield Draft(CLAIMS, "pages/claims.html", "Claims", description, view, in_nav=True)
