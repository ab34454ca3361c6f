"""From an HTML page to text and blocks. trafilatura finds the article; navigation, scripts and comments are left out. Nothing is loaded
from the network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from onrecord.article.layout import MAX_NESTING, InlineText, Marking, UnplacedBlock, lay_out, with_furniture, with_permalinks
from onrecord.article.markup import PageLines, flat, plain
from onrecord.article.publication import today
from onrecord.article.web_furniture import Runs, mark_furniture, without_marks
from onrecord.article.web_metadata import Extent, WebPage
from onrecord.errors import ArticleError
from onrecord.faults import described
from onrecord.model import Block, BlockKind, MarkKind, Meta, Notice
from onrecord.text.addresses import is_web_address

if TYPE_CHECKING:
    from lxml.html import HtmlElement

from onrecord.article.boilerplate import mark_boilerplate

# trafilatura's XML has TEI's names for elements: https://trafilatura.readthedocs.io/en/latest/
_CONTAINERS: dict[str, BlockKind] = {"quote": "block_quote", "item": "item", "table": "table", "row": "row"}
_HIGHLIGHTS: dict[str, MarkKind] = {"#i": "emphasis", "#b": "strong", "#t": "code"}
_INLINE = ("hi", "ref", "del", "lb", "graphic", "code")


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """What is found in a web page."""

    text: str
    blocks: tuple[Block, ...]
    meta: Meta
    """What the page states about its article."""
    notices: tuple[Notice, ...] = ()


def parse_web_page(html: str, *, file: str = "", now: date | None = None) -> ParsedPage:
    """The article in a page; ``now`` is the day on which it is read, today unless given.

    Raises :class:`ArticleError` when no article is found in the page, or when trafilatura is not installed.
    """
    html = without_marks(html)
    found = _found(html, file, now or today())
    text, blocks = lay_out(tuple(_drafts(found.article)) if found.article is not None else ())
    lines = PageLines(html)
    if reason := _why_no_article(text, blocks, lines.letters):
        raise ArticleError(f"{file}: {reason}")
    blocks = with_furniture(blocks, _labels(text, blocks))
    numbers = iter(lines.lines_of([leaf.span.of(text) for block in blocks for leaf in block.leaves()]))
    blocks = with_permalinks(text, (_with_lines(block, numbers) for block in blocks), found.posts)
    return ParsedPage(text, blocks, found.meta, (*found.notices, *_told_teaser(text, blocks, found.stated)))


def parse_marked_up(xml: str) -> tuple[str, tuple[Block, ...]]:
    """The text and the blocks in XML with the names for elements that trafilatura gives them."""
    return lay_out(tuple(_drafts(ET.fromstring(xml))))


_LABEL_WORDS, _LABEL_LETTERS = 3, 30
_SENTENCE_MARKS = ".!?…:;"


def _labels(text: str, blocks: Iterable[Block]) -> dict[int, Marking]:
    """The buttons and labels that stand as paragraphs before the first sentence of a page: "Listen", "Share", "3". One alone may be a
    dateline."""
    found: dict[int, Marking] = {}
    for leaf in (leaf for block in blocks for leaf in block.leaves() if leaf.end > leaf.start and not leaf.furniture):
        words = leaf.span.of(text)
        if leaf.kind != "paragraph":
            continue
        if len(words) > _LABEL_LETTERS or len(words.split()) > _LABEL_WORDS or any(mark in words for mark in _SENTENCE_MARKS):
            break
        found[leaf.start] = ("strict", "label")
    return found if len(found) > 1 else {}


@dataclass(frozen=True, slots=True)
class _Found:
    """The article as trafilatura's XML, None where there is none, and what the page states."""

    article: ET.Element | None
    meta: Meta
    notices: tuple[Notice, ...]
    stated: Extent
    posts: Mapping[str, str] = field(default_factory=dict)
    """Where its posts are to be found, by the letters of their signatures."""


def _found(html: str, file: str, now: date) -> _Found:
    """What is in a page. One at which trafilatura fails is tried again without names that XML does not allow."""
    try:
        import trafilatura  # an extra, and slow to load
    except ImportError as error:
        raise ArticleError(f"{file}: HTML needs trafilatura; run: pip install 'onrecord[html]'") from error
    flattened = flat(html)
    try:
        return _read(trafilatura, flattened, now)
    except Exception:  # lxml raises errors of many classes
        page = plain(flattened)
    try:
        return _read(trafilatura, page, now)
    except Exception as error:
        raise ArticleError(f"{file}: trafilatura cannot read the page ({described(error)}); save its text as .md or .txt") from error


def _read(trafilatura: ModuleType, html: str, now: date) -> _Found:
    tree = trafilatura.load_html(html)
    if tree is None:
        return _Found(None, Meta(), (), Extent())
    if source := source_shown(tree):
        html, tree = source, trafilatura.load_html(source)
        if tree is None:
            return _Found(None, Meta(), (), Extent())
    page = WebPage(tree, saved_from(html))
    # What the page states is read first: the tree is changed by what follows.
    stated = page.meta(now), page.notices(now), page.extent
    posts = mark_furniture(tree, page.titles)
    return _Found(_most_of(trafilatura, tree), *stated, posts)


_SAVED = re.compile(r"<!--(?:\s*saved from url=\(\d+\)|[^>]{0,200}?\burl:\s*)(https?://[^\s<>\"]{1,2000})", re.IGNORECASE)
"""The comments of browsers (the "mark of the web") and of SingleFile."""
_BEGINNING = 20_000
"""In how many characters such a comment is searched for."""


def saved_from(html: str) -> str:
    """The address that a browser wrote into a page when it was saved; empty where there is none."""
    found = _SAVED.search(html[:_BEGINNING])
    return found[1] if found and is_web_address(found[1]) else ""


def source_shown(page: HtmlElement) -> str:
    """The source of a page where it was saved from a browser's view of the source (Chrome's, Firefox's); empty for a page itself."""
    rows = page.find_class("line-content") or page.xpath("//body[@id='viewsource']/pre")
    source = "\n".join(row.text_content() for row in rows)
    return source if re.search(r"<(?:!doctype html|html)[\s>]", source[:_BEGINNING], re.IGNORECASE) else ""


_LOST = 0.95
"""With links in it an article must keep this part of its letters; otherwise it is read without them."""


def _most_of(trafilatura: ModuleType, tree: HtmlElement) -> ET.Element | None:
    """The article with its links. trafilatura takes some paragraphs for navigation where it has to keep links: then without them."""
    plain, linked = (_article(trafilatura, deepcopy(tree), include_links=links) for links in (False, True))
    if linked is None or plain is None:
        return plain if linked is None else linked
    return linked if _letters(linked) >= _letters(plain) * _LOST else plain


def _article(trafilatura: ModuleType, tree: HtmlElement, *, include_links: bool) -> ET.Element | None:
    # Measured on saved pages: of all ways of calling it this one keeps most of the articles and least of what is around them.
    xml = trafilatura.extract(
        tree, output_format="xml", include_comments=False, favor_precision=True, include_formatting=True, include_links=include_links
    )
    return ET.fromstring(xml) if xml else None


def _letters(article: ET.Element) -> int:
    return sum(map(str.isalnum, "".join(article.itertext())))


def _with_lines(block: Block, lines: Iterator[int]) -> Block:
    """The block and those in it with their lines: a leaf takes the next of the lines, a container that of its first leaf."""
    if not block.children:
        return replace(block, line=next(lines))
    children = tuple(_with_lines(child, lines) for child in block.children)
    return replace(block, line=children[0].line, children=children)


@dataclass(slots=True)
class PageText(InlineText):
    """The text of one block of a page, with whose letters they are."""

    runs: Runs = field(default_factory=Runs)

    def draft(self, kind: BlockKind, line: int, level: int = 0) -> UnplacedBlock:
        """The collected text as a block; furniture where all of it is that."""
        return replace(InlineText.draft(self, kind, line, level), furniture=self.runs.furniture())


def _drafts(element: ET.Element, depth: int = 0) -> Iterator[UnplacedBlock]:
    """The blocks in an element. Words in it beside blocks become paragraphs, and so do the words of blocks that are nested too deeply."""
    inline = PageText()
    _add(inline, element.text)
    for child in element:
        if _is_block(child) and depth < MAX_NESTING:
            yield from _paragraph(inline)
            inline = PageText()
            yield from _block(child, depth + 1)
        else:
            _add_element(inline, child)
        _add(inline, child.tail)
    yield from _paragraph(inline)


def _paragraph(inline: PageText) -> Iterator[UnplacedBlock]:
    draft = inline.draft("paragraph", 1)
    if draft.text or draft.marks:
        yield draft


def _is_block(element: ET.Element) -> bool:
    """Whether an element is a block. Code is one if it has several lines."""
    return element.tag not in _INLINE or (element.tag == "code" and "\n" in (element.text or "").strip("\n"))


def _block(element: ET.Element, depth: int) -> Iterator[UnplacedBlock]:
    level = int(re.sub(r"\D", "", element.get("rend", "")) or 2) if element.tag == "head" else 0
    if element.tag == "code":
        yield UnplacedBlock("code", 1, text=without_marks("".join(element.itertext())).strip("\n"))
    elif element.tag in ("head", "cell"):
        inline = PageText()
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
        if children or element.tag == "row":  # an empty row stays, so that the rows of a table keep their numbers
            yield UnplacedBlock(_CONTAINERS[element.tag], 1, children=children or (UnplacedBlock("cell", 1),))
    else:
        yield from _drafts(element, depth)


def _add_element(inline: PageText, element: ET.Element) -> None:
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


def _add_content(inline: PageText, element: ET.Element) -> None:
    if len(element) == 0 or element.tag != "code":
        _add(inline, element.text)
    for child in element:
        if _is_block(child):
            _add(inline, " ")
        _add_element(inline, child)
        _add(inline, child.tail)


def _add(inline: PageText, text: str | None) -> None:
    """Adds text as HTML shows it: a run of white space is one blank. A no-break space is not white space."""
    words = re.sub(r"[ \t\n\r\f]+", " ", inline.runs.read(text or ""))
    inline.add(words.lstrip(" ") if inline.last in ("", " ", "\n") else words)


# --- pages without their article ---------------------------------------------------------------------------------------

# A report on a page of navigation alone, of a question for consent, or of the first lines before a paywall would look like one on an
# article in which nobody says anything. So a page is refused where it has no text; where it may have only a part, the article says so.
_SCRAP = 100
"""What was found is no article if it has fewer letters than this, and the page has more than so many times as many."""
_SENTENCE = re.compile(r"\w.{15,}?[.!?…。！？؟।]|\w{3}.{100,}", re.DOTALL)
"""Matches in what may be a sentence: a text with an end, or a long one, as some scripts have no such marks."""
_SHORT = 160
"""Fewer words than these may be a teaser. Short notices have so many, too: so there must be another sign."""
_PART = 2
"""A page that states this many times as many words as were found holds a part of its article."""
# Words that questions for consent must use by the General Data Protection Regulation and the TCF of the IAB.
_CONSENT = re.compile(
    r"\b(?:cookies?|consent|personal data|privacy (?:policy|settings|choices|preferences|notice)|our partners|store and/or access"
    r"|legitimate interest|before you continue|accept all|reject all|manage (?:options|settings|preferences))\b",
    re.IGNORECASE,
)
_OWN_VOICE = re.compile(r"\b(?:we|our|us|you|your)\b", re.IGNORECASE)


def _why_no_article(text: str, blocks: Iterable[Block], letters: int) -> str:
    """Why what was found in a page is no article, and what to do; empty where it may be one. The page has so many ``letters``."""
    mend = "save its text as .md or .txt"
    if not text.strip():
        return f"no article found in the page; {mend}"
    found = sum(map(str.isalnum, text))
    if found < _SCRAP and found * _SCRAP < letters:
        return f"next to nothing of the page was found as an article ({text[:40]!r}); {mend}"
    prose = _prose(text, blocks)
    if not any(map(_SENTENCE.search, prose)):
        begin = " ".join(text[:60].split())
        return f"no sentence was found in the page, only headings, links or prompts ({begin!r}); open the article, and {mend}"
    if all(_CONSENT.search(one) and _OWN_VOICE.search(one) for one in prose if _SENTENCE.search(one)):
        return f"the page asks for consent and holds no article; answer it in the browser, and save the page again, or {mend}"
    return ""


def _told_teaser(text: str, blocks: Iterable[Block], stated: Extent) -> tuple[Notice, ...]:
    """A notice where the page may hold only the beginning of its article."""
    marked = mark_boilerplate(text, blocks)
    words = sum(len(one.split()) for one in _prose(text, marked))
    asks = any(leaf.furniture == "paywall prompt" for block in marked for leaf in block.leaves())
    if words < _SHORT and (asks or stated.paid):
        return (Notice("teaser", f"The page asks for a subscription, and holds {words} words: perhaps only the beginning of the article."),)
    if stated.words >= _PART * words + _SHORT:
        why = f"The page states that its article has {stated.words:,} words, and {words:,} were found"
        return (Notice("part", f"{why}: some of it is missing here."),)
    return ()


def _prose(text: str, blocks: Iterable[Block]) -> list[str]:
    leaves = (leaf for block in mark_boilerplate(text, blocks) for leaf in block.leaves())
    return [leaf.span.of(text) for leaf in leaves if leaf.kind in ("paragraph", "cell", "code") and leaf.boilerplate is None]
