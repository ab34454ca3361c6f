"""A decoded file to an :class:`Article`: its text, its blocks, and what it says of itself."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from onrecord.article.boilerplate import mark_boilerplate
from onrecord.article.markdown import parse_markdown
from onrecord.article.plain_text import parse_plain_text
from onrecord.article.read import Source, read_source
from onrecord.article.web_page import parse_web_page
from onrecord.errors import ArticleError
from onrecord.model import Article, Block, Meta
from onrecord.options import LONGEST


def load_article(path: Path | str, *, id: str | None = None, longest: int = LONGEST) -> Article:
    """The article in a file; ``id`` where the file's stem is not unique (see :func:`onrecord.article.article_ids`).

    Raises :class:`ArticleError`, also for one of more than ``longest`` characters.
    """
    source = read_source(path)
    return parse_article(source if id is None else replace(source, id=id), longest=longest)


def parse_article(source: Source, *, longest: int = LONGEST) -> Article:
    """The article, with advertisement lines and prompts marked.

    Raises :class:`ArticleError` when there is no text in it, or more than ``longest`` characters.
    """
    if source.format != "html":  # of a page, the text is known when the article in it is found
        _refuse_longer(source, len(source.text), longest)
    text, blocks, stated = _parse(source)
    _refuse_longer(source, len(text), longest)
    if not text.strip():
        raise ArticleError(f"{source.file}: the article has no text; put its words in the file")
    blocks = mark_boilerplate(text, blocks)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(source.id, text, blocks, _merge(source.meta, stated), source.format, source.file, digest)


def _refuse_longer(source: Source, length: int, longest: int) -> None:
    if length > longest:
        raise ArticleError(
            f"{source.file}: {length:,} characters are too many for an article, of which the limit is {longest:,}; "
            "split it into its articles, or raise --longest"
        )


def _parse(source: Source) -> tuple[str, tuple[Block, ...], Meta]:
    if source.format == "txt":
        return source.text, parse_plain_text(source.text), Meta()
    if source.format == "html":
        return parse_web_page(source.text, file=source.file)
    text, blocks = parse_markdown(source.text, file=source.file, first_line=source.first_line)
    return text, blocks, Meta(title=_first_heading(text, blocks))


def _first_heading(text: str, blocks: tuple[Block, ...]) -> str:
    headings = (leaf for block in blocks for leaf in block.leaves() if leaf.kind == "heading" and leaf.level == 1)
    return next((" ".join(heading.span.of(text).split()) for heading in headings), "")


def _merge(given: Meta, stated: Meta) -> Meta:
    """What the front matter gives; what it leaves open, as the article itself states it."""
    return Meta(
        _printable(given.title or stated.title),
        _printable(given.byline or stated.byline),
        _printable(given.outlet or stated.outlet),
        given.date or stated.date,
        given.url or stated.url,
        given.text,
        given.lang,
    )


def _printable(text: str) -> str:
    """The text with a mark in place of what escapes of YAML and JSON can say and no file can hold: NUL and its like, half a character."""
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
