"""A page for each actor."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.render.draft import Draft, Site
from onrecord.render.links import actor_page
from onrecord.render.words import plural


def draft_actors(site: Site) -> Iterator[Draft]:
    """A page for each actor."""
    for profile in site.profiles:
        counts = plural(profile.quotes, "quote"), plural(len(profile.claims), "claim"), plural(profile.mention_count, "mention")
        description = f"{profile.actor.name}: {', '.join(counts)}, each with its place in the text."
        yield Draft(actor_page(profile.actor.id), "pages/actor.html", profile.actor.name, description, profile, about=profile.actor)
