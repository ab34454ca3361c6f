"""The index of actors: heard or never heard, by type, by letter, and those who may be one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from onrecord.labels.terms import plural
from onrecord.render.engine.links import ACTORS, PERHAPS, Link, Sheet, count_pages, facet_page, in_pages
from onrecord.render.lists.listing import Facet, Index, Listing, Value, draft_index, in_order_of
from onrecord.render.views.parties import TYPE_LABELS
from onrecord.render.views.profiles import PerhapsFact, Profile, list_perhaps
from onrecord.render.views.site import Body, PagePlan, Site
from onrecord.text.addresses import slugify

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ActorsView:
    """What ``pages/actors.html`` prints."""

    listing: Listing[Profile]
    perhaps: tuple[PerhapsFact, ...]
    """Actors that may be the same, where these and the index itself fit on one page; else empty. The page ``perhaps_page`` always has
    them."""
    names: int
    """How many names may stand for one actor or for several, on all pages."""
    perhaps_page: Link
    single: bool


@dataclass(frozen=True, slots=True)
class PerhapsView:
    """What ``pages/perhaps.html`` prints."""

    title: str
    sheet: Sheet[PerhapsFact]
    whole: Link


_HEARD = Value("heard", "Heard", "the text lets them speak", name="heard")
_SILENT = Value("never heard", "Mentioned and never heard", "the text names them and lets them say nothing", name="never-heard")
_TYPES = {type: Value(type, label, name=type.replace("_", "-")) for type, label in TYPE_LABELS.items()}
HEARD = Link(facet_page("actors/by", "voice", _HEARD.name))
"""The page of the actors who speak; it exists only if there are any, as does the next."""
SILENT = Link(facet_page("actors/by", "voice", _SILENT.name))
"""The page of the actors who are mentioned and never speak."""


def by_type(profile_of: Callable[[Item], Profile]) -> Facet[Item]:
    """The facet of an actor's type, for any rows about actors."""
    return Facet("type", "Type", "types", lambda row: (_TYPES[profile_of(row).actor.type],), open=True)


def by_letter(profile_of: Callable[[Item], Profile]) -> Facet[Item]:
    """The facet of the first letter of the name, for any rows about actors; "The" at its beginning does not count."""
    return Facet(
        "letter",
        "First letter",
        "first letters",
        lambda row: (_letter_of(profile_of(row)),),
        lambda value, count: (value.key,),
        lead="first letter ",
        open=True,
        when_long=True,
    )


def _letter_of(profile: Profile) -> Value:
    letter = slugify(profile.actor.name).removeprefix("the-")[:1]
    return Value(letter, letter.upper())


_FACETS: tuple[Facet[Profile], ...] = (
    Facet(
        "voice",
        "Heard or not",
        "answers",
        lambda one: (_SILENT if one.silent else _HEARD,),
        in_order_of([_HEARD, _SILENT]),
        open=True,
        always=True,
    ),
    by_type(lambda one: one),
    by_letter(lambda one: one),
)
INDEX: Index[Profile] = Index(ACTORS, "Actors", "actor", "actors", "actors/by", _FACETS, sectioned=True)


def draft_actor_index(site: Site) -> Iterator[PagePlan]:
    """The index of actors, those with most words first and those never heard last; the pages of its facets; and the pages of actors that
    may be the same."""
    actors = sorted(site.profiles, key=lambda one: (one.silent, -one.words))
    perhaps = list_perhaps(site.corpus)
    inline = perhaps if count_pages(len(actors)) == count_pages(len(perhaps)) == 1 else ()

    def view(listing: Listing[Profile]) -> ActorsView:
        return ActorsView(listing, inline if listing.value is None else (), len(perhaps), Link(PERHAPS), site.single)

    silent = sum(one.silent for one in actors)
    description = f"{plural(len(actors) - silent, 'actor')} heard, {silent:,} mentioned and never heard."
    yield from draft_index(INDEX, actors, "pages/actors.html", view, description=description)
    for sheet in in_pages(perhaps, PERHAPS) if perhaps else ():
        title = sheet.numbered("Perhaps the same")
        told = f"{plural(sheet.total, 'name')} that may stand for one actor or for several, each with the reason."
        yield PagePlan(sheet.here.page, "pages/perhaps.html", title, Body(PerhapsView(title, sheet, Link(ACTORS)), told).itself)
