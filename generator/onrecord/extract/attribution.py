"""What the syntax says of who speaks, before anyone knows who that is: plain values, no spaCy objects."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Confidence, Cue, QuoteKind, Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as it stands."""

    span: Span
    head: Span
    """Its head word, by which actors are found."""


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
    addressee: Phrase | None = None
    outlets: tuple[Phrase, ...] = ()
    """Names in the setting; the first that is an outlet's is the outlet."""
    setting: tuple[Span, ...] = ()
    negated: bool = False
    conditional: bool = False
    continues: int | None = None
    """The index of the attribution whose source goes on speaking here, for one that has no source of its own."""
    score: float | None = None
    """How likely it is, by the trained model, to be marked with this source; None where the model had no say."""
    runner_up: Phrase | None = None
    """The next best source, where two were close."""
    others: tuple[Phrase, ...] = ()
    """Those who speak with the source: "Reed" in "Lee and Reed said"."""
    issuer: Phrase | None = None
    """Who issued the document that is the source: "Lee" in "Lee's letter said"."""
