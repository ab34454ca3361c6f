"""Corrections that readers of a public site suggest: a link to a form or a mail that has the entry filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from onrecord.errors import OptionsError

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
