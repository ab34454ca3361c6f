"""A decoded file to an :class:`Article`: its text, its blocks, and what it says of itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import assert_never

from onrecord.article.boilerplate import mark_boilerplate
from onrecord.article.markdown import parse_markdown
from onrecord.article.metadata import settle
from onrecord.article.plain_text import parse_plain_text
from onrecord.article.publication import today
from onrecord.article.read import Source, read_source
from onrecord.article.web_page import parse_web_page
from onrecord.errors import ArticleError
from onrecord.model import Article, Block, Meta
from onrecord.options import LONGEST


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
