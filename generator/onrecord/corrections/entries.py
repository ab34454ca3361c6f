"""What an editor may decide: one class for each action, which are also the file's JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from onrecord.model import ClaimKind, Modality, Polarity, QuoteKind

# Longer than any sentence of a newspaper, or a quote of several paragraphs; shorter than what would make a page unreadable.
Words = Annotated[str, Meta(min_length=1, max_length=5_000)]
Line = Annotated[str, Meta(max_length=500)]
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\w")]
Id = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9][a-z0-9-]*$(?!\n)")]
Address = Annotated[str, Meta(max_length=2_000, pattern=r"^https?://[^\s<>\"]+$(?!\n)")]
Date = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$(?!\n)")]
Confirmed = Annotated[str, Meta(min_length=1, max_length=1_000)]
PartyType = Literal["person", "organization", "state", "armed_force", "armed_group", "coalition", "media", "described_group", "place"]
"""All types of actors but the narrator, who is nobody's correction."""


class Anchor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of an article, and the sentence that guards them: the correction holds only while that stands."""

    words: Words | Annotated[tuple[Words, ...], Meta(min_length=1, max_length=50)]
    """Exactly as they stand; a list where the cue splits a quote."""
    sentence: Words
    """The whole sentence around them, or all of the sentences from the first of the words to the last."""
    before: Line = ""
    """What stands right before them, where the words alone stand more than once in the sentence."""
    after: Line = ""
    article: Line = ""
    """The article's id; that of the entry where it is not given."""

    @property
    def parts(self) -> tuple[str, ...]:
        return (self.words,) if isinstance(self.words, str) else self.words


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a verdict rests on."""

    url: Address
    title: Line = ""


class Entry(Anchor, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    """One decision of an editor."""

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
    def antecedents(self) -> tuple[Anchor, ...]:
        return (self.antecedent,) if isinstance(self.antecedent, Anchor) else self.antecedent

    @property
    def others(self) -> tuple[Anchor, ...]:
        """The anchors of others that the action names besides its own words."""
        return ()


# --- actors -----------------------------------------------------------------------------------------------------------


class AddActor(Entry, frozen=True, tag="add-actor"):
    """The words mention somebody whom the program does not know."""

    type: PartyType
    name: Annotated[str, Meta(max_length=200)] = ""
    """The words themselves where it is not given."""


class Rename(Entry, frozen=True, tag="rename"):
    """The actor that the words mention has another name."""

    name: Name


class Retype(Entry, frozen=True, tag="retype"):
    """The actor that the words mention is of another type."""

    type: PartyType


class Visibility(Entry, frozen=True, tag="visibility"):
    """Whether the actor that the words mention has a page of its own."""

    page: Literal["hidden", "shown"]


class Merge(Entry, frozen=True, tag="merge"):
    """The actor that the words mention is the one that ``into`` mentions, whose name, type and id hold."""

    into: Anchor

    @property
    def others(self) -> tuple[Anchor, ...]:
        return (self.into,)


class Split(Entry, frozen=True, tag="split"):
    """The words, and those of ``mentions``, do not mention whom the program thinks: they are another, or the one whom ``to`` mentions."""

    mentions: tuple[Anchor, ...] = ()
    to: Anchor | None = None
    name: Annotated[str, Meta(max_length=200)] = ""
    """Of the new actor; the words themselves where it is not given."""
    type: PartyType | None = None
    """Of the new actor; that of the one it is split from where it is not given."""

    @property
    def others(self) -> tuple[Anchor, ...]:
        return (*self.mentions, *([self.to] if self.to else ()))


class Same(Entry, frozen=True, tag="same"):
    """The words and those of ``with``, in this or in another article, mention one and the same."""

    other: Anchor = msgspec.field(name="with")

    @property
    def others(self) -> tuple[Anchor, ...]:
        return (self.other,)


class Apart(Entry, frozen=True, tag="apart"):
    """The words and those of ``with``, in this or in another article, do not mention the same."""

    other: Anchor = msgspec.field(name="with")

    @property
    def others(self) -> tuple[Anchor, ...]:
        return (self.other,)


class ConfirmActor(Entry, frozen=True, tag="confirm-actor"):
    """The actor that the words mention is right as ``was`` says."""

    was: Confirmed


# --- quotes -----------------------------------------------------------------------------------------------------------


class FixSpeaker(Entry, frozen=True, tag="speaker"):
    """The quote with these words is by the one whom ``speaker`` mentions."""

    speaker: Anchor | Literal["unknown"]

    @property
    def others(self) -> tuple[Anchor, ...]:
        return (self.speaker,) if isinstance(self.speaker, Anchor) else ()


class FixKind(Entry, frozen=True, tag="kind"):
    """The quote with these words is of another kind."""

    kind: QuoteKind


class AddQuote(Entry, frozen=True, tag="add-quote"):
    """The words are a quote that the program did not find."""

    kind: QuoteKind
    speaker: Anchor | Literal["unknown"]

    @property
    def others(self) -> tuple[Anchor, ...]:
        return (self.speaker,) if isinstance(self.speaker, Anchor) else ()


class DeleteQuote(Entry, frozen=True, tag="delete-quote"):
    """The words are no quote."""


class ConfirmQuote(Entry, frozen=True, tag="confirm-quote"):
    """The quote with these words is right as ``was`` says."""

    was: Confirmed


# --- claims -----------------------------------------------------------------------------------------------------------


class AddClaim(Entry, frozen=True, tag="add-claim"):
    """The words are a claim that the program did not find. Who asserts it follows from the quote that it stands in."""

    kind: ClaimKind
    polarity: Polarity = "+"
    modality: Modality = "asserted"


class DeleteClaim(Entry, frozen=True, tag="delete-claim"):
    """The words are no claim."""


class ConfirmClaim(Entry, frozen=True, tag="confirm-claim"):
    """The claim with these words is made as ``was`` says; nothing is said of whether it is true."""

    was: Confirmed


class GiveVerdict(Entry, frozen=True, tag="verdict"):
    """What checking the claim with these words has shown, by a person, with sources."""

    by: Annotated[str, Meta(min_length=1, max_length=500)]
    date: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
    verdict: Annotated[str, Meta(min_length=1, max_length=80)]
    """In a word or two: "true", "half true", "no evidence"."""
    sources: Annotated[tuple[Source, ...], Meta(min_length=1, max_length=50)]
    summary: Annotated[str, Meta(max_length=2_000)] = ""


Correction = (
    AddActor
    | Rename
    | Retype
    | Visibility
    | Merge
    | Split
    | Same
    | Apart
    | ConfirmActor
    | FixSpeaker
    | FixKind
    | AddQuote
    | DeleteQuote
    | ConfirmQuote
    | AddClaim
    | DeleteClaim
    | ConfirmClaim
    | GiveVerdict
)
CONFIRMATIONS = (ConfirmActor, ConfirmQuote, ConfirmClaim)


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole ``corrections.yml``."""

    corrections: tuple[Correction, ...] = ()


def corrections_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a ``corrections.yml``, for editors that check YAML by one."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "onrecord corrections.yml", **msgspec.json.schema(File)}
