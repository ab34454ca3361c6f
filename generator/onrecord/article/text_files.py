"""Text files: Markdown (CommonMark with tables and strikethrough) to text and blocks, and the paragraphs of plain text, which is left as it
is: offsets count in the file itself.

The parser's tokens of Markdown have no offsets for inline text, so that the text is put together here while the tokens are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from onrecord.article.layout import MAX_NESTING, InlineText, UnplacedBlock, lay_out
from onrecord.errors import ArticleError
from onrecord.model import Block, BlockKind, MarkKind, Span

_CONTAINERS: dict[str, BlockKind] = {
    "bullet_list_open": "list",
    "ordered_list_open": "ordered_list",
    "list_item_open": "item",
    "blockquote_open": "block_quote",
    "table_open": "table",
    "tr_open": "row",
}
_LEAVES: dict[str, BlockKind] = {"heading_open": "heading", "paragraph_open": "paragraph", "th_open": "cell", "td_open": "cell"}
_MARKS: dict[str, MarkKind] = {"em_open": "emphasis", "strong_open": "strong", "s_open": "strike", "link_open": "link"}


class _Markdown(MarkdownIt):
    """The parser. HTML in Markdown stays text, and quotation marks and dashes stay as they are (no typographer)."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "typographer": False, "linkify": False, "maxNesting": MAX_NESTING})
        self.enable(["table", "strikethrough"])

    def validateLink(self, url: str) -> bool:
        """True: every link is parsed as one. Unsafe addresses are dropped when the mark is made."""
        return True


def parse_markdown(text: str, *, file: str = "", first_line: int = 1) -> tuple[str, tuple[Block, ...]]:
    """The text without its markup, and the blocks in it. Raises :class:`ArticleError` for nesting deeper than the parser goes.

    >>> text, blocks = parse_markdown("# Vote\\n\\nShe said *no*.")
    >>> text, [block.kind for block in blocks], blocks[1].marks[0].of(text)
    ('Vote\\n\\nShe said no.', ['heading', 'paragraph'], 'no')
    """
    tokens = _Markdown().parse(text)
    for token in tokens:
        # At its limit the library silently drops the rest of the text.
        if token.level >= MAX_NESTING - 1:
            line = first_line + (token.map[0] if token.map else 0)
            raise ArticleError(f"{file}:{line}: lists and block quotes stand more than {MAX_NESTING - 2} deep; take some levels away")
    return lay_out(_Drafts(tokens, first_line).until(""))


class _Drafts:
    """Makes a tree of blocks from the parser's flat sequence of tokens."""

    def __init__(self, tokens: Sequence[Token], first_line: int) -> None:
        self._tokens = iter(tokens)
        self._line = first_line
        self._first_line = first_line

    def until(self, closing: str) -> Iterator[UnplacedBlock]:
        """The blocks up to the token of this type, which closes the container that they are in."""
        for token in self._tokens:
            if token.type == closing:
                return
            if token.map:
                self._line = self._first_line + token.map[0]
            if token.type in _CONTAINERS:
                yield self._container(token)
            elif token.type in _LEAVES:
                yield self._leaf(token)
            elif token.type in ("fence", "code_block"):
                yield UnplacedBlock("code", self._line, text=token.content.removesuffix("\n"))
            elif token.type == "hr":
                yield UnplacedBlock("rule", self._line)
            # thead and tbody are passed over: their rows become the table's rows.

    def _container(self, token: Token) -> UnplacedBlock:
        line = self._line
        level = int(token.attrGet("start") or 1) if token.type == "ordered_list_open" and token.attrGet("start") != 0 else 0
        children = tuple(self.until(token.type.replace("_open", "_close")))
        # An empty item keeps its number in the list; it needs an empty leaf, since a container cannot be empty.
        return UnplacedBlock(_CONTAINERS[token.type], line, level, children=children or (UnplacedBlock("paragraph", line),))

    def _leaf(self, token: Token) -> UnplacedBlock:
        inline = next(self._tokens)
        next(self._tokens)  # the closing token
        level = int(token.tag[1]) if token.type == "heading_open" else int(token.type == "th_open")
        return _inline_text(inline.children or []).draft(_LEAVES[token.type], self._line, level)


def _inline_text(tokens: Sequence[Token]) -> InlineText:
    inline = InlineText()
    for token in tokens:
        if token.type == "text":
            inline.add(token.content)
        elif token.type == "softbreak":
            inline.add(" ")
        elif token.type == "hardbreak":
            inline.line_break()
        elif token.type == "code_inline":
            inline.open("code")
            inline.add(token.content)
            inline.close()
        elif token.type == "image":
            inline.image(str(token.attrGet("src") or ""), _inline_text(token.children or []).text)
        elif token.type in _MARKS:
            inline.open(_MARKS[token.type], str(token.attrGet("href") or ""), str(token.attrGet("title") or ""))
        elif token.nesting < 0:
            inline.close()
    return inline


# --- plain text -------------------------------------------------------------------------------------------------------

_LINE_END = re.compile(r"\r\n|[\r\n]")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")

# Editors and mailers wrap at 72 to 80 characters, some at 100; nobody wraps prose below 40.
NARROWEST_WRAP, WIDEST_WRAP = 40, 100


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    span: Span
    """Its words, without blanks at the edges."""
    text: str


def parse_plain_text(text: str, *, first_line: int = 1) -> tuple[Block, ...]:
    """A paragraph for each run of lines between blank ones or, unless the text is hard-wrapped, for each line. The text begins on line
    ``first_line`` of its file.

    Text is taken for hard-wrapped if its longest line has 40 to 100 characters and at least half of its line breaks (blank lines aside) are
    inside a sentence: no punctuation before, a small letter after. In such text a line that ends early still ends its paragraph: early
    means that with the next word it would have filled at most three quarters of the width.
    """
    runs = [list(run) for run in _runs(text, first_line)]
    width = _wrap_width(runs)
    return tuple(_paragraph(lines) for run in runs for lines in _paragraphs(run, width))


def _lines(text: str, first_line: int) -> Iterator[_Line]:
    start = 0
    for number, end in enumerate((*_LINE_END.finditer(text), None), first_line):
        stop = end.start() if end else len(text)
        line = text[start:stop]
        # A byte order mark is part of the text, since offsets count in the file, but not of the first paragraph.
        left = len(line) - len(line.lstrip("\ufeff").lstrip() if start == 0 else line.lstrip())
        words = line[left:].rstrip()
        yield _Line(number, Span(start + left, start + left + len(words)), words)
        start = end.end() if end else stop


def _runs(text: str, first_line: int) -> Iterator[list[_Line]]:
    """Runs of lines without a blank line in between."""
    run: list[_Line] = []
    for line in _lines(text, first_line):
        if line.text:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _wrap_width(runs: list[list[_Line]]) -> int:
    """The width at which the text is wrapped, in characters; 0 if it is not wrapped."""
    breaks = [(one.text, two.text) for run in runs for one, two in pairwise(run)]
    longest = max((len(line.text) for run in runs for line in run), default=0)
    inside = sum(two[0].islower() and not _SENTENCE_END.search(one) for one, two in breaks)
    # At least half: dialogues and lists have short lines, too, but these end with their sentences.
    wrapped = bool(breaks) and inside * 2 >= len(breaks) and NARROWEST_WRAP <= longest <= WIDEST_WRAP
    return longest if wrapped else 0


def _paragraphs(run: list[_Line], width: int) -> Iterator[list[_Line]]:
    paragraph = run[:1]
    for line in run[1:]:
        would_have = len(paragraph[-1].text) + 1 + len(line.text.split()[0])
        if would_have <= width * 3 // 4 or not width:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _paragraph(lines: list[_Line]) -> Block:
    return Block("paragraph", lines[0].span.start, lines[-1].span.end, lines[0].number)
