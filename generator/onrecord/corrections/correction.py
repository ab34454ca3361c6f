"""What every correction has: words, the sentence that guards them, and what its action has to say of itself.

The actions are in :mod:`.actors`, :mod:`.quotes` and :mod:`.claims`, one class for each; :mod:`.actions` lists them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from msgspec import Meta

from onrecord.model import CorrectionStatus, Report
from onrecord.text.anchors import Anchor, Line

if TYPE_CHECKING:
    from onrecord.corrections.targets import Located


Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\w")]
Id = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9][a-z0-9-]*$(?!\n)")]
Address = Annotated[str, Meta(max_length=2_000, pattern=r"^https?://[^\s<>\"]+$(?!\n)")]
Date = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$(?!\n)")]
Confirmed = Annotated[str, Meta(min_length=1, max_length=1_000)]
Stage = Literal["additions", "mentions", "values"]
"""When an action is applied: first who there is besides those whom the program knows; then whom single words mention, after which actors
that are one are joined; then names, types, quotes and claims, once it is settled who is who."""
Statement = tuple[tuple[Hashable, ...], Hashable]
"""What something is to be, and what an entry says that it is."""
Problem = tuple[CorrectionStatus, str]
"""Why an entry is held: the status that it gets, and the reason in words."""


class Correction(Anchor, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    """One decision of an editor. A subclass with a ``tag`` is an action: its fields are the keys that the file takes, its methods what
    is done with them. All of them take the report and the places of the entry's words in it, and change neither."""

    stage: ClassVar[Stage] = "values"
    says_actors_are: ClassVar[Literal["", "one", "two"]] = ""
    """For actions over two actors: what these are to be."""
    other_gives_name: ClassVar[bool] = False
    """Whether, of two that are one, name, type and id are those of the other; or else of the one that stands first in the text."""
    confirms: ClassVar[bool] = False
    """Whether the entry only says that the program is right, and so holds while that says what it said."""

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
        raise _unsaid(self, "apply", "what it changes")

    def describe(self, report: Report, located: Located) -> tuple[str, str]:
        """The id of what stands at the entry's words, and what the report says of it; both empty where that is nothing.

        It is what ``was`` is compared with.
        """
        raise _unsaid(self, "describe", "what stands at its words")

    def lacks(self, base: Report, machine: Report, located: Located) -> Problem | None:
        """Why there is nothing at the entry's words for it to change; none where there is.

        ``base`` is the report with the actors that entries add, ``machine`` the one without.
        """
        raise _unsaid(self, "lacks", "what must be there for it to change")

    def states_of_words(self, report: Report, located: Located) -> Iterator[Statement]:
        """What it says of whom single words mention. Entries that say different things of one are held, all of them."""
        return iter(())

    def states(self, report: Report, located: Located) -> Iterator[Statement]:
        """The same of an actor, a quote or a claim, once it is settled who is who."""
        return iter(())

    def is_said_by(self, machine: Report, located: Located) -> bool:
        """Whether the program by itself says what the entry wants, which therefore may go."""
        return self.apply(machine, located) == machine

    def confirm(self, report: Report, located: Located) -> Report:
        """The report where what stands at the words counts as looked at by an editor."""
        raise _unsaid(self, "confirm", "what is confirmed where the program says so itself")


class Confirmation(Correction, frozen=True):
    """The program is right in what it says at the words, which ``was`` repeats. It stands before the class that says of what kind of thing
    the words are: ``class ConfirmQuote(Confirmation, OfQuote)``."""

    confirms: ClassVar[bool] = True

    was: Confirmed  # and no entry without it

    def apply(self, report: Report, located: Located) -> Report:
        return self.confirm(report, located)


def _unsaid(entry: Correction, method: str, what: str) -> NotImplementedError:
    return NotImplementedError(f"action {entry.action}: {type(entry).__name__} does not say {what}; give it the method {method}")
