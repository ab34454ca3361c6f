"""Building the text of an article from blocks that a parser finds one by one, and giving blocks and marks their offsets in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from onrecord.model import Block, BlockKind, Boilerplate, Mark, MarkKind
from onrecord.text.addresses import safe_href
from onrecord.text.quotation_marks import POST

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
