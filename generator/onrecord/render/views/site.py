"""What every page is made from (:class:`Site`), what it offers to those who see a mistake (:class:`Offering`), and what a page is before it
is rendered (:class:`PagePlan`, :class:`Body`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, urlsplit

from onrecord.corpus.lock import NOTHING_OLD, OldAddresses
from onrecord.errors import OptionsError
from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import Corpus, CorpusActor, Meta
from onrecord.render.engine.links import Link
from onrecord.render.views.facts import ClaimFact, ComparisonFact, Facts, QuoteFact, RelationFact, gather_facts
from onrecord.render.views.linked_data import Node
from onrecord.render.views.parties import Parties
from onrecord.render.views.profiles import Profile, Talk, find_talk, gather_profiles
from onrecord.reports.figures import Figures

_SCHEMES = ("https", "http", "mailto")
_PLACE = re.compile(r"\{([^{}]*)\}")
_PLACES = ("title", "entry")
_LONGEST = 6_000
"""Characters of an address. Servers refuse addresses of more than eight thousand; an entry that does not fit is left for the editor."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to correct something: for an editor the entry itself, for a reader of a public site a link."""

    entry: str
    """For ``corrections.yml``; empty on a public site."""
    address: str
    """Of a form or a mail; empty on a site for editors."""


@dataclass(frozen=True, slots=True)
class Offering:
    """What a site offers to those who see a mistake."""

    for_review: bool = False
    """Whether the site is for editors."""
    suggest: str = ""
    """The address for readers, as :func:`checked_suggest` takes it; empty where there is none."""

    @property
    def any(self) -> bool:
        """Whether anything is offered at all. Making an entry takes time."""
        return self.for_review or bool(self.suggest)

    def of(self, title: str, entry: str) -> Offer | None:
        """The offer about what ``title`` names; None where there is none. ``entry`` is empty where the words cannot be told from the same
        words elsewhere: an editor has no use for that, and a reader can still write."""
        if self.for_review:
            return Offer(entry, "") if entry else None
        return Offer("", suggestion(self.suggest, title, entry)) if self.suggest else None


NOTHING_OFFERED = Offering()
"""On a public site whose project names no address."""


def checked_suggest(address: str) -> str:
    """The address as it was given; empty for none. Raises :class:`onrecord.errors.OptionsError` where no link can be made of it."""
    if not address:
        return ""
    if urlsplit(address).scheme not in _SCHEMES or any(character.isspace() for character in address):
        raise OptionsError(f"suggest: {address!r} is no address; give one that begins with https: or mailto:, without blanks")
    unknown = [place for place in _PLACE.findall(address) if place not in _PLACES]
    if unknown:
        raise OptionsError(f"suggest: {{{unknown[0]}}} is no place in an address; write {{title}} or {{entry}}")
    return address


def suggestion(address: str, title: str, entry: str) -> str:
    """The address with a title and an entry for ``corrections.yml`` in its places; without the entry where it would be too long. Empty for
    an empty address.

    >>> suggestion("mailto:desk@example.org?subject={title}&body={entry}", "Quote 3", "- id: a&b")
    'mailto:desk@example.org?subject=Quote%203&body=-%20id%3A%20a%26b'
    """
    filled = _filled(address, title, entry)
    return filled if len(filled) <= _LONGEST else _filled(address, title, "")


def _filled(address: str, title: str, entry: str) -> str:
    given = {"title": title, "entry": entry}
    return _PLACE.sub(lambda place: quote(given[place[1]], safe=""), address)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An actor's page on one site of the archive."""

    name: str
    """What the site is called: "2024"."""
    link: Link
    articles: int
    """How many articles of that site have the actor."""


@dataclass(frozen=True)
class Site:
    """A corpus, with all that more than one page prints. Each property is made when it is first asked for, and kept."""

    corpus: Corpus
    figures: Figures
    """How often quotes are right, as measured."""
    title: str = ""
    """What the site is called; empty where nobody has said so."""
    for_review: bool = False
    """Whether it is made for editors, with a review queue, and not for the public."""
    suggest: str = ""
    """Where readers send a correction, with places for its title and its entry, as :func:`checked_suggest` takes it; empty
    where they cannot."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """The sizes in bytes of the files that are written already, by their paths on the site."""
    old: OldAddresses = NOTHING_OLD
    """Addresses that were published and that no page has any more."""
    others: Mapping[str, tuple[Elsewhere, ...]] = field(default_factory=dict)
    """By the id of an actor its pages on other sites of the archive; empty where the site is not one of several."""
    memory: Memory = NO_MEMORY

    @property
    def offering(self) -> Offering:
        """What it offers to those who see a mistake."""
        return Offering(self.for_review, self.suggest)

    @property
    def single(self) -> bool:
        """Whether the site is about one article, so that naming it everywhere would be noise."""
        return len(self.corpus.reports) == 1

    @cached_property
    def parties(self) -> Parties:
        """Who is meant by the actors of each report."""
        return Parties.of_corpus(self.corpus)

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """Everything of each report that pages print."""
        return gather_facts(self.corpus, self.parties, self.figures, self.memory)

    @cached_property
    def quotes(self) -> tuple[QuoteFact, ...]:
        """The quotes that indexes list, in text order: all but those in share and comment prompts."""
        return tuple(quote for one in self.facts for quote in one.quotes if not quote.boilerplate)

    @cached_property
    def claims(self) -> tuple[ClaimFact, ...]:
        """The claims that indexes list, in text order: all but those in share and comment prompts."""
        return tuple(claim for one in self.facts for claim in one.claims if not claim.boilerplate)

    @cached_property
    def relations(self) -> tuple[RelationFact, ...]:
        """All of them."""
        return tuple(relation for one in self.facts for relation in one.relations)

    @cached_property
    def comparisons(self) -> tuple[ComparisonFact, ...]:
        """All claims that stand side by side."""
        return tuple(comparison for one in self.facts for comparison in one.comparisons)

    @cached_property
    def talk(self) -> Talk:
        """Who talks about whom."""
        return find_talk(self.facts, self.parties)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Every actor that has a page, those with most mentions first."""
        return gather_profiles(self.corpus, self.parties, quotes=self.quotes, claims=self.claims, relations=self.relations, talk=self.talk)


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a page, for its template."""

    view: object
    """What the template prints; its type is named in the template's first comment."""
    description: str
    parts: tuple[Node, ...] = ()
    """What the article that the page is a copy of quotes and claims, in the terms of schema.org."""

    def itself(self) -> Body:
        """This body, as a function for :attr:`PagePlan.body`: for a page whose body is made with the plan because it costs nothing."""
        return self


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page before it is rendered: where it will be, and how its content is made."""

    path: str
    template: str
    title: str
    body: Callable[[], Body]
    """Makes the content. It is called when the page is rendered: the contents of all pages of an archive do not fit into memory, and under
    ``mkdocs serve`` few pages are ever looked at."""
    repeats: bool = False
    """Whether it only lists again what other pages list, in another order or a selection."""
    meta: Meta | None = None
    """What the article says of itself, for the page that is a copy of it; else None."""
    about: CorpusActor | None = None
    """The actor that the page is about; None for other pages."""


@dataclass(frozen=True, slots=True)
class Section:
    """The pages of a site in one folder."""

    folder: str
    """The first part of their paths."""
    makers: tuple[Callable[[Site], Iterator[PagePlan]], ...]
    index: str = ""
    """The path of its page in the navigation; empty for a section without one."""
    title: str = ""
    """What it is called there."""
