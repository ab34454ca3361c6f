"""What an article's file and the article itself say of it, made one; and what of it is not taken as it stands, told in notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from onrecord.article.publication import EARLIEST, first_date, is_placeholder
from onrecord.model import Meta, Notice

LONGEST_LINE = 300
"""Characters of a title, a byline or an outlet: they stand on every page that leads to the article. What is longer is cut."""
LONGEST_ADDRESS = 2_000
"""Characters of an address, which cannot be cut: browsers and servers take no more."""


def settle(given: Meta, stated: Meta, now: date) -> tuple[Meta, tuple[Notice, ...]]:
    """What the front matter gives; what it leaves open, as the article itself states it; and notices of what was cut or left out.

    ``now`` is the day on which the article is read, from which a date that stands for none is told.
    """
    whole = Meta(
        title=_printable(given.title or stated.title),
        byline=_printable(given.byline or stated.byline),
        outlet=_printable(given.outlet or stated.outlet),
        date=first_date((given.date, stated.date), now),
        url=given.url or stated.url,
        text=given.text,
        lang=given.lang,
    )
    dates = dict.fromkeys(one for one in (given.date, stated.date) if is_placeholder(one, now))
    return _kept(whole, now), (*map(_no_date, dates), *_long(whole))


def _kept(whole: Meta, now: date) -> Meta:
    """The metadata within their limits."""
    title, byline, outlet = (shorten(line) for line in (whole.title, whole.byline, whole.outlet))
    day = "" if is_placeholder(whole.date, now) else whole.date
    url = whole.url if len(whole.url) <= LONGEST_ADDRESS else ""
    return replace(whole, title=title, byline=byline, outlet=outlet, date=day, url=url)


def shorten(line: str) -> str:
    """The line, or its beginning with an ellipsis.

    >>> shorten("Vote"), len(shorten("x" * 1000)), shorten("x" * 1000)[-2:]
    ('Vote', 300, 'x\u2026')
    """
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}\u2026"


def _no_date(written: str) -> Notice:
    why = f"nothing from before {EARLIEST} or more than a year ahead is a day of publication"
    return Notice("no-date", f"The date {written} stands for none: {why}. It is left out.")


def _long(whole: Meta) -> Iterator[Notice]:
    for what, line in (("title", whole.title), ("byline", whole.byline), ("outlet", whole.outlet)):
        if len(line) > LONGEST_LINE:
            yield Notice(f"long-{what}", f"The {what} has {len(line):,} characters; it is cut after {LONGEST_LINE}.")
    if len(whole.url) > LONGEST_ADDRESS:
        yield Notice("long-url", f"The address has {len(whole.url):,} characters, more than {LONGEST_ADDRESS:,}; it is left out.")


def _printable(text: str) -> str:
    """The text with a mark in place of what escapes of YAML and JSON can say and no file can hold: NUL and its like, half a character."""
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
