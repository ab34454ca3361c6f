"""A decoded file to an :class:`Article`: its text, its blocks, what it says of itself, and which of that is believed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import assert_never

from onrecord.article.boilerplate import mark_boilerplate
from onrecord.article.markdown import parse_markdown
from onrecord.article.plain_text import parse_plain_text
from onrecord.article.publication import EARLIEST, first_date, is_placeholder, today
from onrecord.article.read import Source, read_source
from onrecord.article.web_page import parse_web_page
from onrecord.errors import ArticleError
from onrecord.model import Article, Block, Meta, Notice
from onrecord.options import LONGEST

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


def load_article(path: Path | str, *, id: str | None = None, longest: int = LONGEST, now: date | None = None) -> Article:
    """The article in a file; ``id`` where the file's stem is not unique (see :func:`onrecord.article.article_ids`).

    ``now`` is the day on which it is read, as in :func:`parse_article`. Raises :class:`ArticleError`, also for one of more than
    ``longest`` characters.
    """
    source = read_source(path)
    return parse_article(source if id is None else replace(source, id=id), longest=longest, now=now)


def parse_article(source: Source, *, longest: int = LONGEST, now: date | None = None) -> Article:
    """The article, with advertisement lines and prompts marked.

    ``now`` is the day on which it is read: a date of publication more than a year after it is none. Without it that is today, by
    ``SOURCE_DATE_EPOCH`` where this is set. Raises :class:`ArticleError` when there is no text in it, or more than ``longest`` characters.
    """
    if source.format != "html":  # of a page, the text is known when the article in it is found
        _refuse_longer(source, len(source.text), longest)
    now = now or today()
    text, blocks, stated = _parse(source, now)
    _refuse_longer(source, len(text), longest)
    if not text.strip():
        raise ArticleError(f"{source.file}: the article has no text; put its words in the file")
    blocks = mark_boilerplate(text, blocks)
    digest = hashlib.sha256(text.encode()).hexdigest()
    meta, notices = settle(source.meta, stated, now)
    return Article(source.id, text, blocks, meta, format=source.format, file=source.file, sha256=digest, notices=notices)


def _refuse_longer(source: Source, length: int, longest: int) -> None:
    if length > longest:
        raise ArticleError(
            f"{source.file}: {length:,} characters are too many for an article, of which the limit is {longest:,}; "
            "split it into its articles, or raise --longest"
        )


def _parse(source: Source, now: date) -> tuple[str, tuple[Block, ...], Meta]:
    if source.format == "txt":
        return source.text, parse_plain_text(source.text), Meta()
    if source.format == "html":
        return parse_web_page(source.text, file=source.file, now=now)
    if source.format == "md":
        text, blocks = parse_markdown(source.text, file=source.file, first_line=source.first_line)
        return text, blocks, Meta(title=_first_heading(text, blocks))
    assert_never(source.format)


def _first_heading(text: str, blocks: tuple[Block, ...]) -> str:
    headings = (leaf for block in blocks for leaf in block.leaves() if leaf.kind == "heading" and leaf.level == 1)
    return next((" ".join(heading.span.of(text).split()) for heading in headings), "")
