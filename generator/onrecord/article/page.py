"""What an HTML page states about its article, and on which line its words stand. Reads the page as it is, with no guesses."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from onrecord.addresses import is_web_address
from onrecord.article.flat_page import PageReader
from onrecord.article.publication import first_date, is_zero
from onrecord.model import Meta

_FARTHEST = 200_000
"""Letters after the last block that was found within which the next one is looked for: a page without it is not gone through for each."""
_UNSEEN = ("script", "style", "template", "noscript", "title")


class Page(PageReader):
    """One pass over an HTML page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._stated: dict[str, str] = {}
        self._linked_data: list[str] = []
        self._inside: str = ""
        self._inside_attrs: dict[str, str] = {}
        self._parts: list[str] = []
        self._end = 0
        self._starts: list[int] = []
        self._lines: list[int] = []
        self.read(html)
        self._letters = "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._inside, self._inside_attrs = tag, values
        elif tag == "meta":
            self._state(values.get("property") or values.get("name") or values.get("itemprop") or "", values.get("content", ""))
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self._state("canonical", values.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and self._inside_attrs.get("type", "").lower() == "application/ld+json":
            self._linked_data.append(data)
        elif self._inside == "title":
            self._state("title", data)
        elif not self._inside:
            self._starts.append(self._end)
            self._lines.append(self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n"))
            self._parts.append(_letters(data))
            self._end += len(self._parts[-1])

    def _state(self, name: str, value: str) -> None:
        self._stated.setdefault(name.lower(), " ".join(value.split()))

    def lines_of(self, texts: Sequence[str]) -> list[int]:
        """The line on which each text begins; the texts come in the page's order. One that is not found has the line of the one before."""
        lines, at, line = [], 0, 1
        for text in texts:
            found = self._letters.find(_letters(text)[:60], at, at + _FARTHEST) if _letters(text) else -1
            if found >= 0:
                at, line = found, self._lines[bisect_right(self._starts, found) - 1]
            lines.append(line)
        return lines

    def meta(self, now: date) -> Meta:
        """Title, author, outlet, date and address where JSON-LD or meta elements state them; of two statements, the first of that order.

        Of dates it is the first that is no placeholder on this day.
        """
        article = next(self._articles(), {})
        stated = self._stated.get
        dates = (_text(article.get("datePublished")), stated("article:published_time", ""), stated("datepublished", ""))
        return Meta(
            title=_text(article.get("headline")) or stated("og:title", ""),
            byline=_name(article.get("author")) or stated("author", "") or _not_address(stated("article:author", "")),
            outlet=_name(article.get("publisher")) or stated("og:site_name", ""),
            date=first_date(map(_date, dates), now),
            url=_address(stated("canonical", "")) or _address(stated("og:url", "")) or _address(_text(article.get("url"))),
        )

    @property
    def letters(self) -> int:
        """How many letters and digits a reader may see on the page."""
        return self._end

    @property
    def title(self) -> str:
        """The content of the title element, which often names the outlet too."""
        return self._stated.get("title", "")

    def _articles(self) -> Iterator[dict[str, object]]:
        for script in self._linked_data:
            try:
                data: object = json.loads(script)
            except (ValueError, RecursionError):
                continue  # what the page says of itself is a help, not a need
            things = data if isinstance(data, list) else [data]
            graph = [part for thing in things if isinstance(thing, dict) for part in _list(thing.get("@graph"))]
            for thing in (*things, *graph):
                if isinstance(thing, dict) and any(str(kind).endswith(("Article", "Posting")) for kind in _list(thing.get("@type"))):
                    yield thing


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(value: object) -> str:
    names = (_text(part.get("name")) if isinstance(part, dict) else _text(part) for part in _list(value))
    return ", ".join(name for name in names if name)


def _date(written: str) -> str:
    if is_zero(written):
        return written
    try:
        return datetime.fromisoformat(written).isoformat() if len(written) > 10 else datetime.fromisoformat(written).date().isoformat()
    except ValueError:
        return ""


def _address(value: str) -> str:
    return value if is_web_address(value) else ""


def _not_address(value: str) -> str:
    return "" if is_web_address(value) else value
