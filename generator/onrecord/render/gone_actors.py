"""Pages at the addresses of actors that have none any more: a link to one says so, and leads on where that is sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.render.draft import Body, Draft, Site
from onrecord.render.links import Link, actor_page


@dataclass(frozen=True, slots=True)
class Successor:
    """An actor that is called as the one that is gone was."""

    name: str
    link: Link


@dataclass(frozen=True, slots=True)
class GoneView:
    """What ``pages/gone.html`` prints."""

    name: str
    """As it was published."""
    now: tuple[Successor, ...]


def draft_gone_actors(site: Site) -> Iterator[Draft]:
    """A small page for each."""
    names = {actor.id: actor.name for actor in site.corpus.actors}
    for gone in site.old.actors:
        name = gone.actor.name
        now = tuple(Successor(names[id], Link(actor_page(id))) for id in gone.now)
        body = Body(GoneView(name, now), f"{name} has no page of its own any more.")
        yield Draft(actor_page(gone.actor.id), "pages/gone.html", name, body.itself)
