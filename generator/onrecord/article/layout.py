"""Building the text of an article from blocks that a parser finds one by one, and giving blocks and marks their offsets in it.

Posts of social networks within an article are set apart, each with the line that says who wrote it, so that their words are never taken for
the article's own; where nobody is named, or the page has scattered the post, they are left out of the analysis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from onrecord.model import Block, BlockKind, Boilerplate, Mark, MarkKind, Span
from onrecord.text.addresses import is_web_address, safe_href
from onrecord.text.quotation_marks import POST, TIME, find_signature
from onrecord.text.typography import letters_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement


MAX_NESTING = 40
"""How deep blocks may be nested: far more than any article needs, and far less than Python's stack allows."""

# The text between two blocks, the weakest first; and how strong a gap a cell and a row begin with. All other blocks begin with a blank
# line.
_GAPS = ("", "\t", "\n", "\n\n")
_GAP_BEFORE: dict[BlockKind, int] = {"cell": 1, "row": 2}


@dataclass(frozen=True, slots=True)
class UnplacedBlock:
    """A block that has no place in the article's text yet. The offsets of its marks count in its own text."""

    kind: BlockKind
    line: int
    level: int = 0
    text: str = ""
    marks: tuple[Mark, ...] = ()
    children: tuple[UnplacedBlock, ...] = ()
    furniture: str = ""
    """What kind of furniture of the page it is; see :attr:`onrecord.model.Block.furniture`."""


Marking = tuple[Boilerplate | None, str]
"""What a leaf is besides its words: whether it is left out, and the kind of furniture."""


def with_furniture(blocks: Iterable[Block], found: Mapping[int, Marking]) -> tuple[Block, ...]:
    """The same blocks, with each leaf of prose marked as what is ``found`` at its start; one that is furniture already stays as it is."""
    return tuple(_furnished(block, found) for block in blocks) if found else tuple(blocks)


def _furnished(block: Block, found: Mapping[int, Marking]) -> Block:
    if block.children:
        return replace(block, children=with_furniture(block.children, found))
    is_prose = block.kind in ("heading", "paragraph", "cell") and block.start < block.end
    if block.furniture or not is_prose or block.start not in found:
        return block
    flag, kind = found[block.start]
    return replace(block, boilerplate=flag, furniture=kind)


@dataclass(slots=True)
class InlineText:
    """Collects the text of one block and the marks over it."""

    marks: list[Mark] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _open: list[tuple[int, int, MarkKind, str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def last(self) -> str:
        """The last character; empty where there is none."""
        return self._parts[-1][-1] if self._parts else ""

    def add(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def open(self, kind: MarkKind, href: str = "", label: str = "") -> None:
        self._open.append((len(self.marks), self._length, kind, href, label))

    def close(self) -> None:
        """Ends the innermost open mark. It is dropped if it covers no text, or if it is a link to an unsafe address."""
        at, start, kind, href, label = self._open.pop()
        href = safe_href(href)
        if start < self._length and (href or kind != "link"):
            # Inserted where the mark was opened, and not appended, so that an outer mark comes before those inside it.
            self.marks.insert(at, Mark(start, self._length, kind, href, label))

    def image(self, href: str, label: str) -> None:
        if href := safe_href(href, mail=False):
            self.marks.append(Mark(self._length, self._length, "image", href, label))

    def line_break(self) -> None:
        """Adds a line break that the writer asked for. In the text it is a line feed, without blanks before it."""
        while self.last == " ":
            part = self._parts.pop()
            self._length -= len(part)
            self.add(part.rstrip(" "))
        self.marks.append(Mark(self._length, self._length, "break"))
        self.add("\n")

    def draft(self, kind: BlockKind, line: int, level: int = 0) -> UnplacedBlock:
        """The collected text as a block, without blanks at its edges. Marks are moved accordingly."""
        left = self._length - len(self.text.lstrip())
        text = self.text.strip()

        def place(offset: int) -> int:
            return min(max(offset - left, 0), len(text))

        # A mark over blanks at an edge only is dropped with them; an image or a break there stays.
        marks = (replace(mark, start=place(mark.start), end=place(mark.end)) for mark in self.marks)
        kept = tuple(mark for mark in marks if len(mark) or mark.kind in ("image", "break"))
        return UnplacedBlock(kind, line, level, text, kept)


def lay_out(drafts: Iterable[UnplacedBlock]) -> tuple[str, tuple[Block, ...]]:
    """The text of all drafts, and the blocks with their places in it. Between two blocks there is a tab (cells), a line feed (rows)
    or a blank line."""
    page = _Page()
    blocks = tuple(page.place(draft) for draft in drafts)
    return "".join(page.parts), blocks


class _Page:
    """The text so far, its length, and the strongest gap that is due before the next text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.end = 0
        self.gap = 0

    def place(self, draft: UnplacedBlock) -> Block:
        # A block without text takes no gap, but must not make the one before it weaker: so the stronger of the two is kept.
        self.gap = max(self.gap, _GAP_BEFORE.get(draft.kind, 3))
        children = tuple(self.place(child) for child in draft.children)
        if children:
            # An empty leaf is at the end of the text before it, which is before the container begins.
            filled = [child for child in children if child.end > child.start] or children
            return Block(draft.kind, filled[0].start, filled[-1].end, draft.line, draft.level, children=children)
        if draft.text:
            self._append(_GAPS[self.gap] if self.end else "")
            self.gap = 0
        start = self.end
        self._append(draft.text)
        marks = tuple(replace(mark, start=mark.start + start, end=mark.end + start) for mark in draft.marks)
        flag: Boilerplate | None = "strict" if draft.furniture not in ("", POST) and draft.text else None
        return Block(draft.kind, start, self.end, draft.line, draft.level, boilerplate=flag, marks=marks, furniture=draft.furniture)

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.end += len(text)


# --- posts ------------------------------------------------------------------------------------------------------------


UNSIGNED = "unsigned post"
"""The furniture of a post of which the page does not say who wrote it."""

# The classes that the networks' own pages for embedding give: X (Twitter), Instagram, Facebook, Bluesky, Mastodon, Threads, TikTok, Reddit.
_CLASSES = frozenset(
    [
        "twitter-tweet",
        "twitter-video",
        "instagram-media",
        "fb-post",
        "fb-xfbml-parse-ignore",
        "bluesky-embed",
        "mastodon-embed",
        "text-post-media",
        "tiktok-embed",
        "reddit-embed-bq",
        "reddit-card",
    ]
)
_PROMPT = re.compile(
    r"(?:view|see) (?:this |the )?(?:post|photo|thread|profile|more)?\s*on (?:instagram|threads|facebook|mastodon|tiktok|x)\W*", re.I
)
_BOX = ("p", "div", "section", "header", "footer", "blockquote")


# --- in a page -----------------------------------------------------------------------------------------------------


def set_posts(page: HtmlElement) -> tuple[dict[HtmlElement, str], dict[str, str]]:
    """Sets each post of a parsed page apart as a block quote of its words and its signature.

    Returned are the paragraphs that it consists of by now, with their furniture; and, by the letters of each signature, where the post is
    to be found.
    """
    found: dict[HtmlElement, str] = {}
    links: dict[str, str] = {}
    for element in [one for one in page.iter("blockquote", "div") if _is_post(one)]:
        if page in element.iterancestors():  # and was in no other post
            found |= _set(element, links)
    return found, links


def _is_post(element: HtmlElement) -> bool:
    if not _CLASSES.isdisjoint(element.get("class", "").split()):
        return True
    if element.tag != "blockquote":
        return False
    words = " ".join(element.text_content().split())
    signature = find_signature(words, Span(0, len(words)))
    return signature is not None and signature.dated


def _set(element: HtmlElement, links: dict[str, str]) -> dict[HtmlElement, str]:
    """Gives an element the paragraphs of its post, and takes away the names by which it might be dropped."""
    parts, signature = _signed(list(_chunks(element)))
    href = next((one.get("href") for one in reversed(list(element.iter("a"))) if is_web_address(one.get("href", ""))), "")
    _unname(element)
    made: dict[HtmlElement, str] = {}
    for part in (*parts, signature):
        paragraph = element.makeelement("p")
        paragraph.text = part
        if part:
            element.append(paragraph)
            made[paragraph] = POST if signature else UNSIGNED
    if signature and href:
        links[letters_of(signature)] = href
    return made


def _signed(chunks: Sequence[str]) -> tuple[list[str], str]:
    """The paragraphs of a post, and its signature; that is empty where there is none, or nothing before it."""
    words: list[str] = []
    for chunk in chunks:
        found = find_signature(chunk, Span(0, len(chunk)))
        if found is None:
            words.append(chunk)
            continue
        if before := chunk[: found.span.start].strip():
            words.append(before)
        return words, found.span.of(chunk) if words else ""
    return words, ""


def _chunks(element: HtmlElement) -> Iterator[str]:
    """The paragraphs of an element's text, prompts to look elsewhere left out."""
    parts: list[list[str]] = [[]]

    def read(one: HtmlElement) -> None:
        if isinstance(one.tag, str) and one.tag not in ("script", "style"):
            parts[-1].append(one.text or "")
            for child in one:
                if child.tag in _BOX:
                    parts.append([])
                read(child)
                if child.tag in _BOX:
                    parts.append([])
                parts[-1].append(f" {child.tail or ''}" if child.tag == "br" else child.tail or "")

    read(element)
    lines = (" ".join("".join(part).split()) for part in parts)
    return (line for line in lines if line and not _PROMPT.fullmatch(line))


def _unname(element: HtmlElement) -> None:
    """Makes an element an empty block quote, and boxes of those that hold nothing else."""
    inner, tail = element, element.tail
    for above in element.iterancestors():
        if above.tag in ("body", "article", "main") or not _holds_only(above, inner):
            break
        above.attrib.clear()
        above.tag, inner = "div", above
    element.clear()
    element.tag, element.tail = "blockquote", tail


def _holds_only(above: HtmlElement, inner: HtmlElement) -> bool:
    """Whether an element has no words but those of one in it, and those that say what it is."""
    beside = (text for child in above if child is not inner and child.tag not in ("script", "style") for text in child.itertext())
    tails = (child.tail or "" for child in above)
    return not any(text.strip() for text in chain([above.text or ""], tails, beside))


def with_permalinks(text: str, blocks: Iterable[Block], links: Mapping[str, str]) -> tuple[Block, ...]:
    """The same blocks, with a link to each post over its signature."""
    return tuple(_linked(text, block, links) for block in blocks) if links else tuple(blocks)


def _linked(text: str, block: Block, links: Mapping[str, str]) -> Block:
    if block.children:
        return replace(block, children=with_permalinks(text, block.children, links))
    if block.furniture == POST and (href := links.get(letters_of(block.span.of(text)))):
        return replace(block, marks=(Mark(block.start, block.end, "link", href),))
    return block


# --- in a text -----------------------------------------------------------------------------------------------------

_LONGEST_POST = 2_000
_MOST_LINES = 12
"""How many lines a post may have whose parts stand on lines of their own."""
_HANDLE_LINE = re.compile(r"@[\w.]{1,60}(?:@[\w.-]{1,80})?(?:\s*·.*)?")
_TIME_LINE = re.compile(rf"(?=.*\d:\d\d)(?=.*\b\d{{4}}\b)(?:\s*{TIME})+", re.I)
_COUNT_LINE = re.compile(
    r"(?:[\d.,]+[KM]?|reply|share|copy link(?: to post)?|read (?:more|\d+ repl(?:y|ies))(?: on \w+)?|follow|like|repost|bookmark)"
    r"(?:\s+[\d.,]+[KM]?)?",
    re.I,
)


def mark_posts(text: str, blocks: Iterable[Block], byline: str) -> tuple[Block, ...]:
    """The same blocks, with posts marked that stand in a text as a browser copies them.

    A post ends in a signature with a handle and a date, beneath its words or at their end; what the article's own author signs
    (``byline``) is none. Where its parts are lines of their own (name, handle, words, time), it is left out of the analysis.
    """
    marked = tuple(blocks)
    leaves = [leaf for block in marked for leaf in block.leaves() if leaf.end > leaf.start and not leaf.furniture]
    found: dict[int, Marking] = {leaf.start: (None, POST) for leaf in _signed_leaves(text, leaves, byline)}
    return with_furniture(marked, found | {leaf.start: ("strict", UNSIGNED) for leaf in _scattered(text, leaves)})


def _signed_leaves(text: str, leaves: Sequence[Block], byline: str) -> Iterator[Block]:
    for at, leaf in enumerate(leaves):
        signature = find_signature(text, leaf.span) if leaf.kind == "paragraph" else None
        if signature is None or not signature.dated or (byline and signature.name.of(text).casefold() in byline.casefold()):
            continue
        if signature.span.start > leaf.start:
            yield leaf
        elif at and leaves[at - 1].kind == "paragraph" and leaves[at - 1].boilerplate is None:
            yield from leaves[at - 1 : at + 1]


def _scattered(text: str, leaves: Sequence[Block]) -> Iterator[Block]:
    """The lines of posts whose handle and time stand on lines of their own; the name is the line before the handle."""
    lines = [leaf.span.of(text).strip() if len(leaf.span) < _LONGEST_POST else "" for leaf in leaves]
    at = 0
    while at < len(lines):
        end = at + 1
        if _HANDLE_LINE.fullmatch(lines[at]):
            end = next((n + 1 for n in range(at + 1, min(at + _MOST_LINES, len(lines))) if _TIME_LINE.fullmatch(lines[n])), at + 1)
        if end > at + 1:
            while end < len(lines) and _COUNT_LINE.fullmatch(lines[end]):
                end += 1
            yield from leaves[max(0, at - 1) : end]
        at = end
