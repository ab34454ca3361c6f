"""What the stages of extraction hand to one another: plain values, no spaCy objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.model import Actor, Confidence, Cue, QuoteKind, Reference, Span, Speaker, UndecidedMention


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quote or reported speech as the syntax shows it, before anyone knows who the source is."""

    kind: QuoteKind
    content: tuple[Span, ...]
    rule: str
    confidence: Confidence
    source: Span | None = None
    """The source as it stands beside the cue, titles and apposition included."""
    source_head: Span | None = None
    """The source's head word: "Pahon" in "Pentagon spokesman Eric Pahon"."""
    cue: Cue | None = None
    quoted_parts: tuple[Span, ...] = ()
    addressee: Span | None = None
    outlet: Span | None = None
    setting: tuple[Span, ...] = ()
    negated: bool = False
    conditional: bool = False
    continues: int | None = None
    """The index of the attribution whose source goes on speaking here, for one that has no source of its own."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one article, and who each mention is."""

    actors: tuple[Actor, ...]
    undecided: tuple[UndecidedMention, ...] = ()
    heads: Mapping[Span, str] | None = None
    """The actor of each mention, by the span of the mention's head word."""

    def speaker(self, source: Span | None, head: Span | None) -> Speaker:
        """Who a source is: an actor; or candidates, when undecided; or neither."""
        raise NotImplementedError

    def reference(self, mention: Span) -> Reference:
        """Who a mention is, for addressees and outlets."""
        raise NotImplementedError
