"""From an HTML page to text and blocks. trafilatura finds the article; navigation, scripts and comments are left out. Nothing is loaded
from the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from onrecord.article.layout import MAX_NESTING, InlineText, UnplacedBlock, lay_out
from onrecord.article.publication import today
from onrecord.article.web_metadata import WebPage, flat, plain
from onrecord.errors import ArticleError
from onrecord.faults import described
from onrecord.model import Block, BlockKind, MarkKind, Meta

# trafilatura's XML has TEI's names for elements: https://trafilatura.readthedocs.io/en/latest/
_CONTAINERS: dict[str, BlockKind] = {"quote": "block_quote", "item": "item", "table": "table", "row": "row"}
_HIGHLIGHTS: dict[str, MarkKind] = {"#i": "emphasis", "#b": "strong", "#t": "code"}
_INLINE = ("hi", "ref", "del", "lb", "graphic", "code")


def parse_web_page(html: str, *, file: str = "", now: date | None = None) -> tuple[str, tuple[Block, ...], Meta]:
    """The article's text, its blocks, and what the page states about it; ``now`` is the day on which it is read, today unless given.

    Raises :class:`ArticleError` when no article is found in the page, or when trafilatura is not installed.
    """
    found = _found(html, file)
    drafts = tuple(_drafts(ET.fromstring(found))) if found else ()
    text, blocks = lay_out(drafts)
    if not text.strip():
        raise ArticleError(f"{file}: no article found in the page; save its text as .md or .txt")
    page = WebPage(html)
    if _is_scrap(text, page.letters):
        raise ArticleError(f"{file}: next to nothing of the page was found as an article ({text[:40]!r}); save its text as .md or .txt")
    lines = iter(page.lines_of([leaf.span.of(text) for block in blocks for leaf in block.leaves()]))
    meta = page.meta(now or today())
    heading = next((leaf for block in blocks for leaf in block.leaves() if leaf.kind == "heading" and leaf.level == 1), None)
    # The title element comes last, because it often has the name of the outlet in it.
    title = meta.title or (heading.span.of(text) if heading else page.title)
    return text, tuple(_with_lines(block, lines) for block in blocks), replace(meta, title=title)


_SCRAP = 100
"""What was found is no article if it has fewer letters than this, and the page has more than so many times as many."""


def _is_scrap(text: str, letters: int) -> bool:
    found = sum(map(str.isalnum, text))
    return found < _SCRAP and found * _SCRAP < letters


def _found(html: str, file: str) -> str | None:
    """The article as XML; None where there is none. A page at which trafilatura fails is tried again without names that XML does not
    allow."""
    extract, page = _extractor(file), flat(html)
    try:
        return extract(page)
    except Exception:  # lxml raises errors of many classes
        page = plain(page)
    try:
        return extract(page)
    except Exception as error:
        raise ArticleError(f"{file}: trafilatura cannot read the page ({described(error)}); save its text as .md or .txt") from error


def _extractor(file: str) -> Callable[[str], str | None]:
    try:
        from trafilatura import extract  # an extra, and slow to load
    except ImportError as error:
        raise ArticleError(f"{file}: HTML needs trafilatura; run: pip install 'onrecord[html]'") from error

    def extract_article(html: str) -> str | None:
        return extract(
            html,
            output_format="xml",
            include_comments=False,
            include_tables=True,
            include_images=True,
            include_formatting=True,
            include_links=True,
        )

    return extract_article


def _with_lines(block: Block, lines: Iterator[int]) -> Block:
    """The block and those in it with their lines: a leaf takes the next of the lines, a container that of its first leaf."""
    if not block.children:
        return replace(block, line=next(lines))
    children = tuple(_with_lines(child, lines) for child in block.children)
    return replace(block, line=children[0].line, children=children)


def _drafts(element: ET.Element, depth: int = 0) -> Iterator[UnplacedBlock]:
    """The blocks in an element. Words in it beside blocks become paragraphs, and so do the words of blocks that are nested too deeply."""
    inline = InlineText()
    _add(inline, element.text)
    for child in element:
        if _is_block(child) and depth < MAX_NESTING:
            yield from _paragraph(inline)
            inline = InlineText()
            yield from _block(child, depth + 1)
        else:
            _add_element(inline, child)
        _add(inline, child.tail)
    yield from _paragraph(inline)


def _paragraph(inline: InlineText) -> Iterator[UnplacedBlock]:
    draft = inline.draft("paragraph", 1)
    if draft.text or draft.marks:
        yield draft


def _is_block(element: ET.Element) -> bool:
    """Whether an element is a block. Code is one if it has several lines."""
    return element.tag not in _INLINE or (element.tag == "code" and "\n" in (element.text or "").strip("\n"))


def _block(element: ET.Element, depth: int) -> Iterator[UnplacedBlock]:
    level = int(re.sub(r"\D", "", element.get("rend", "")) or 2) if element.tag == "head" else 0
    if element.tag == "code":
        yield UnplacedBlock("code", 1, text="".join(element.itertext()).strip("\n"))
    elif element.tag in ("head", "cell"):
        inline = InlineText()
        _add_content(inline, element)
        kind: BlockKind = "heading" if element.tag == "head" else "cell"
        yield inline.draft(kind, 1, min(level, 6) or int(element.get("role") == "head"))
    elif element.tag == "list":
        ordered = element.get("rend", "").startswith("ol")
        children = tuple(_drafts(element, depth))
        if children:
            yield UnplacedBlock("ordered_list" if ordered else "list", 1, int(ordered), children=children)
    elif element.tag in _CONTAINERS:
        children = tuple(_drafts(element, depth))
        if children or element.tag == "row":
            yield UnplacedBlock(_CONTAINERS[element.tag], 1, children=children or (UnplacedBlock("cell", 1),))
    else:
        yield from _drafts(element, depth)


def _add_element(inline: InlineText, element: ET.Element) -> None:
    kind: MarkKind | None = {"ref": "link", "del": "strike", "code": "code"}.get(element.tag)  # type: ignore[assignment]
    if element.tag == "hi":
        kind = _HIGHLIGHTS.get(element.get("rend", ""))
    if element.tag == "lb":
        inline.line_break()
    elif element.tag == "graphic":
        inline.image(element.get("src", ""), element.get("alt", "") or element.get("title", ""))
    elif kind is None or (kind == "link" and not element.get("target")):
        _add_content(inline, element)
    else:
        inline.open(kind, element.get("target", ""))
        _add_content(inline, element)
        inline.close()


def _add_content(inline: InlineText, element: ET.Element) -> None:
    if len(element) == 0 or element.tag != "code":
        _add(inline, element.text)
    for child in element:
        if _is_block(child):
            _add(inline, " ")
        _add_element(inline, child)
        _add(inline, child.tail)


def _add(inline: InlineText, text: str | None) -> None:
    """Adds text as HTML shows it: a run of white space is one blank. A no-break space is not white space."""
    words = re.sub(r"[ \t\n\r\f]+", " ", text or "")
    inline.add(words.lstrip(" ") if inline.last in ("", " ", "\n") else words)
