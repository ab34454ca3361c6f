"""Measures how saved web pages are read, against what other programs find in the same pages.

    python benchmarks/saved_pages.py FOLDER [--verbose]

The pages of a folder need no annotation. The day of publication is compared with htmldate's, kept to what the markup states, and the byline
with trafilatura's: each counts where the other program finds one. A title is unclean where an entity is left in it, or the name of its site
at its end. A blank is lost where a word of the article is two neighbouring words of the page, run together. What is found otherwise is no
proof of a fault: the other program may be wrong, so that ``--verbose`` prints each.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import click
import htmldate
import lxml.html
import trafilatura
from lxml.html import HtmlElement

from onrecord.article import find_articles, load_article
from onrecord.errors import ArticleError
from onrecord.model import Article

_WORD = re.compile(r"\w+")
_SEPARATORS = " -|–—:·•»"
_NEXT_DAY, _FAR = timedelta(days=1), timedelta.max
_SHORTEST = 2
"""A word that is put together of shorter ones may be an initial and a name."""


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page, read by us and as others see it."""

    article: Article
    markup: bytes
    tree: HtmlElement


@dataclass(frozen=True, slots=True)
class Finding:
    """What one measure says of a page."""

    right: bool
    ours: str
    theirs: str


def day_of(page: Page) -> Finding | None:
    """Whether we find htmldate's day, or one next to it, as the day is in another time zone."""
    ours, theirs = page.article.meta.date, htmldate.find_date(page.markup, original_date=True, extensive_search=False)
    if not theirs:
        return None
    apart = abs(date.fromisoformat(ours[:10]) - date.fromisoformat(theirs)) if ours else _FAR
    return Finding(apart <= _NEXT_DAY, ours, theirs)


def byline_of(page: Page) -> Finding | None:
    """Whether we find one of the names that trafilatura finds."""
    theirs = trafilatura.extract_metadata(page.markup).author or ""
    ours = page.article.meta.byline
    shared = {word for word in _WORD.findall(ours.casefold()) if len(word) > _SHORTEST} & set(_WORD.findall(theirs.casefold()))
    return Finding(bool(shared), ours, theirs) if theirs else None


def title_of(page: Page) -> Finding | None:
    """Whether a title is free of entities, and of the name of its site."""
    title = page.article.meta.title
    names = {page.article.meta.outlet, *page.tree.xpath("//meta[@property='og:site_name']/@content")} - {""}
    ends = [name for name in names if title.casefold().endswith(name.casefold()) and title[: -len(name)].rstrip(" ")[-1:] in _SEPARATORS]
    return Finding(html.unescape(title) == title and not ends, title, " ".join(ends)) if title else None


def blanks_of(page: Page) -> Finding | None:
    """Whether no word of the article is two words of the page."""
    parts = [_WORD.findall(text) for text in page.tree.itertext()]
    whole = {word for text in _blocks(page.tree) for word in _WORD.findall(text)} | {word for part in parts for word in part}
    pairs = {one + other for one, other in _neighbours(parts) if min(len(one), len(other)) >= _SHORTEST}
    text = "\n".join(leaf.span.of(page.article.text) for leaf in page.article.leaves())
    lost = [word for word in _WORD.findall(text) if word not in whole and word in pairs]
    return Finding(not lost, " ".join(lost), "")


def _blocks(tree: HtmlElement) -> Iterator[str]:
    return (element.text_content() for element in tree.iter("p", "h1", "h2", "h3", "li", "td", "figcaption"))


def _neighbours(parts: list[list[str]]) -> Iterator[tuple[str, str]]:
    filled = [part for part in parts if part]
    return ((one[-1], other[0]) for one, other in pairwise(filled))


MEASURES: dict[str, Callable[[Page], Finding | None]] = {
    "day of publication as htmldate finds it": day_of,
    "byline with a name that trafilatura finds": byline_of,
    "title without entities and the site's name": title_of,
    "no blank lost between words": blanks_of,
}


def read_pages(folder: Path) -> Iterator[Page | ArticleError]:
    """The pages of a folder; in place of one that gives no article what is wrong with it."""
    for path in find_articles([folder]):
        if path.suffix.lower() in (".html", ".htm"):
            try:
                article = load_article(path)
            except ArticleError as problem:
                yield problem
                continue
            markup = path.read_bytes()
            yield Page(article, markup, lxml.html.document_fromstring(markup))


@click.command(help="Measure how the web pages of FOLDER are read.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--verbose", is_flag=True, help="Print what is found otherwise.")
def main(folder: Path, verbose: bool) -> None:
    pages = list(read_pages(folder))
    read = [page for page in pages if isinstance(page, Page)]
    click.echo(f"pages without a report: {len(pages) - len(read)} of {len(pages)}")
    for name, measure in MEASURES.items():
        found = [(page, finding) for page in read if (finding := measure(page)) is not None]
        click.echo(f"{name}: {sum(finding.right for _, finding in found)} of {len(found)}")
        for page, finding in found if verbose else ():
            if not finding.right:
                click.echo(f"  {page.article.file}: {finding.ours!r} | {finding.theirs!r}")


if __name__ == "__main__":
    main()
