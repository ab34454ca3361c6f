"""Corrections that readers of a public site suggest: a link to a form or a mail that has the entry filled in."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from onrecord.errors import OptionsError

_SCHEMES = ("https", "http", "mailto")
_PLACE = re.compile(r"\{([^{}]*)\}")
_PLACES = ("title", "entry")
_LONGEST = 6_000
"""Characters of an address. Servers refuse addresses of more than eight thousand; an entry that does not fit is left for the editor."""


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
