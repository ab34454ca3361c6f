"""Markdown (CommonMark with tables and strikethrough) to text and blocks.

The parser's tokens have no offsets for inline text, so that the text is put together here while the tokens are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from onrecord.article.layout import MAX_NESTING, InlineText, UnplacedBlock, lay_out
from onrecord.errors import ArticleError
from onrecord.model import Block, BlockKind, MarkKind

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
