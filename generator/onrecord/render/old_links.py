"""Links to an article that were published and are no longer made: notes beside words that still stand, and a list of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.model import Span
from onrecord.permalinks.old_links import OldLink
from onrecord.render.annotate import Annotation
from onrecord.render.facts import Facts
from onrecord.render.links import Link
from onrecord.render.words import one_line

_LONGEST = 300
"""Characters of a published wording that a page repeats."""
_NOUNS = {"q": "quote", "c": "claim", "r": "relation"}


@dataclass(frozen=True, slots=True)
class OldNote:
    """Words that still stand where a published link leads to, and are no longer listed by themselves."""

    id: str
    noun: str
    """What they were listed as."""
    link: Link
    spans: tuple[Span, ...]
    now: tuple[tuple[str, Link], ...]
    """What they are part of now: "note 4", with its place."""


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A published link whose words do not stand exactly once any more."""

    id: str
    noun: str
    words: str
    """As published; empty where they may not be shown."""
    several: bool
    """Whether they stand more than once."""


@dataclass(frozen=True, slots=True)
class OldLinks:
    """All of an article."""

    notes: tuple[OldNote, ...] = ()
    dead: tuple[DeadLink, ...] = ()

    def annotations(self) -> Iterator[Annotation]:
        """The places of those whose words stand."""
        return (Annotation(note.id, note.spans, "orx-old") for note in self.notes)


def gather_old_links(facts: Facts, old: Iterable[OldLink]) -> OldLinks:
    """The published links of an article that are no longer made; of one whose text is withheld without their words."""
    found = tuple(old)
    labels = {quote.id: f"note {quote.number}" for quote in facts.quotes}
    notes = tuple(_note(facts.page.page, one, labels) for one in found if one.spans)
    return OldLinks(notes, tuple(_dead(one, show=facts.report.article.withheld is None) for one in found if not one.spans))


def _note(page: str, one: OldLink, labels: dict[str, str]) -> OldNote:
    # A claim without a quote around it has no number, and a relation is no statement that the words could be part of.
    quotes = tuple((labels[id], Link(page, id)) for id in one.now if id in labels)
    claims = tuple(("a claim", Link(page, id)) for id in one.now if id[:1] == "c")
    return OldNote(one.link.id, _noun(one), Link(page, one.link.id), one.spans, quotes or claims[:1])


def _dead(one: OldLink, *, show: bool) -> DeadLink:
    words = one_line(" … ".join(one.link.words)) if show else ""
    return DeadLink(one.link.id, _noun(one), words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …", one.several)


def _noun(one: OldLink) -> str:
    return _NOUNS[one.link.id[0]]
