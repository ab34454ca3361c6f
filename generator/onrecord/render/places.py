"""Addresses in what is rendered before it is known on which page it will stand, and what is rendered once for all pages.

A relative address depends on the page that it is on, and nothing else in a row of a table does. So templates print a mark for every place
on the site, and the marks become addresses when a page is finished. What has marks in it can stand on any page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import Environment
from markupsafe import Markup

from onrecord.memory import Same
from onrecord.render.links import Link, Urls

# Text never has these characters on a page: `printable` writes all control characters as entities.
_MARK = re.compile("\x01([0-9]+)\x02")


class Places:
    """Marks for places on a site, each the same on every page."""

    def __init__(self, urls: Urls) -> None:
        self._urls = urls
        self._numbers: dict[Link | str, int] = {}
        self._places: list[Link | str] = []

    def mark(self, place: Link | str) -> Markup:
        """What stands for a page, or for a file that is no page ("downloads/report.json")."""
        number = self._numbers.get(place)
        if number is None:
            number = self._numbers[place] = len(self._places)
            self._places.append(place)
        return Markup(f"\x01{number}\x02")

    def put_in(self, html: str, *, start: str) -> tuple[str, tuple[Link, ...]]:
        """The HTML of the page ``start`` with addresses in place of marks, and all that it links to, in its order."""
        found: dict[str, str] = {}
        links: list[Link] = []

        def address(mark: re.Match[str]) -> str:
            number = mark[1]
            known = found.get(number)
            if known is None:
                place = self._places[int(number)]
                if isinstance(place, Link):
                    links.append(place)
                    known = self._urls.to(place, start=start)
                else:
                    known = self._urls.to_asset(place, start=start)
                found[number] = known
            return known

        return _MARK.sub(address, html), tuple(links)


class Rows:
    """Macros of ``partials/rows.html``, which are called once for an item, however many pages it stands on."""

    def __init__(self, env: Environment, context: Mapping[str, object]) -> None:
        self._macros = env.get_template("partials/rows.html").make_module(dict(context))
        self._printed: dict[tuple[object, ...], Markup] = {}

    def __call__(self, name: str, item: object, **flags: bool) -> Markup:
        """The item as the macro of that name prints it."""
        key = (name, Same(item), *flags.items())
        printed = self._printed.get(key)
        if printed is None:
            # Without line breaks between its cells: an archive has a million.
            printed = Markup(str(getattr(self._macros, name)(item, **flags)).replace(">\n<", "><"))
            self._printed[key] = printed
        return printed
