"""The actors of one article, and who is meant where: what actor resolution hands to the stages after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.model import Actor, Mention, Notice, Reference, Span, Speaker, UndecidedMention


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of an article, looked up by the head words of their mentions."""

    actors: tuple[Actor, ...]
    heads: Mapping[Span, str] = field(default_factory=dict)
    """The actor's id for the head word of each of its mentions."""
    undecided: tuple[UndecidedMention, ...] = ()
    """The mentions that fit more than one actor, in text order."""
    candidates: Mapping[Span, tuple[str, ...]] = field(default_factory=dict)
    """The candidates for the head word of each undecided mention."""
    notices: tuple[Notice, ...] = ()
    """What a reader should know of names that fit very many."""

    def speaker(self, source: Span | None, head: Span | None) -> Speaker:
        """Who a source is: an actor; or candidates where undecided; or only the words that name it."""
        if head is None:
            return Speaker(None, source)
        if head in self.heads:
            return Speaker(self.heads[head], source)
        return Speaker(None, source, self.candidates.get(head, ()))

    def reference(self, mention: Span, head: Span) -> Reference:
        """Who an addressee or an outlet is."""
        return Reference(self.heads.get(head), mention)

    def mentions_in(self, span: Span) -> tuple[tuple[Mention, str], ...]:
        """The mentions that lie in a span, each with its actor's id, in text order."""
        found = [(mention, actor.id) for actor in self.actors for mention in actor.mentions if span.contains(mention)]
        return tuple(sorted(found))
