"""Text files: from bytes to characters; then Markdown (CommonMark with tables and strikethrough) to text and blocks, and the paragraphs of
plain text, which is left as it is: offsets count in the file itself.

The encoding is stated by the file or it is UTF-8; it is never guessed. A web page states it as browsers read it: the HTML standard's search
for a declaration, and the Encoding Standard's names for encodings, some of which do not mean what they say ("gb2312" is read as GB18030,
"iso-8859-1" as windows-1252).

The parser's tokens of Markdown have no offsets for inline text, so that the text is put together here while the tokens are read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from onrecord.article.layout import MAX_NESTING, InlineText, UnplacedBlock, lay_out
from onrecord.errors import ArticleError, note_of_many
from onrecord.model import ArticleFormat, Block, BlockKind, MarkKind, Span

_WINDOW = 1024
"""In how many bytes browsers search for a declaration before they read a page."""
_HEAD = 100_000
"""In how many they find one that comes later, while they read it. That one changes the encoding, too."""
# A declaration that is cut, so that its element does not end in what is searched, is none.
_DECLARED = re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})[^>]{0,500}>", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']([\w:.-]{1,40})[\"'][^>]*>")
_WIDER = {"gbk": "gb18030", "utf-16le": "utf-8", "utf-16be": "utf-8"}
"""Encodings that are read as others: GBK as what it is a part of; and a page whose declaration can be read is not in UTF-16."""


_UNDECLARED = "windows-1252"
"""How a page is read that declares nothing and is not in UTF-8: the HTML standard's encoding for English and most other languages."""


def decode(place: str, data: bytes, kind: ArticleFormat, stated: str = "") -> str:
    """The characters of a file. ``place`` is what messages call it. ``stated`` is the encoding that a server or a mail gives for a page,
    which counts before what the page declares. Raises :class:`ArticleError` for what is certainly no text, or not in the encoding that it
    states."""
    declared = (stated or _declared(data)) if kind == "html" else ""
    try:
        return _strict(place, data, _stated_encoding(place, data, declared))
    except (UnicodeDecodeError, LookupError) as error:
        if declared and (text := _as_utf8(data)) is not None:
            note_of_many(place, "read as UTF-8, and not in the encoding that the page declares", [declared[:40]])
            return text
        if kind == "html" and not declared and b"\0" not in data and isinstance(error, UnicodeDecodeError) and error.encoding == "utf-8":
            return _undeclared(place, data, error)
        raise _refusal(place, data, declared, error) from error


def _undeclared(place: str, data: bytes, error: UnicodeDecodeError) -> str:
    try:
        text = _strict(place, data, _UNDECLARED)
    except UnicodeDecodeError:
        raise _refusal(place, data, "", error) from error
    note_of_many(place, "the page declares no encoding, and is read as browsers do", [_UNDECLARED])
    return text


def _strict(place: str, data: bytes, encoding: str) -> str:
    text = data.decode(encoding)
    if is_binary(text):
        raise _not_text(place)
    if half := re.search(r"[\ud800-\udfff]", text):  # some encodings can say half of a character
        raise ArticleError(f"{place}: character {half.start()} is half of one in {encoding}; save it as UTF-8")
    return text


def _as_utf8(data: bytes) -> str | None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if is_binary(text) else text


def _stated_encoding(place: str, data: bytes, declared: str) -> str:
    """The name of Python's codec. Raises :class:`LookupError` for one that browsers do not know."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if not declared or data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    try:
        import webencodings  # with trafilatura, an extra
    except ImportError as error:
        raise ArticleError(f"{place}: HTML needs trafilatura; run: pip install 'onrecord[html]'") from error
    found = webencodings.lookup(declared)
    if found is None or found.name == "replacement":
        raise LookupError(declared)
    return _WIDER.get(found.name, found.codec_info.name)


def _declared(data: bytes) -> str:
    """The encoding that a page declares; empty where it declares none."""
    for size in (_WINDOW, _HEAD):
        head = _without_comments(data[:size])
        if found := _XML.match(head) or _DECLARED.search(head):
            return found[1].decode("ascii", "replace")
    return ""


def _without_comments(data: bytes) -> bytes:
    """What is outside of comments. One that does not end ends where nothing more is searched."""
    kept, at = [], 0
    while (begin := data.find(b"<!--", at)) >= 0:
        kept.append(data[at:begin])
        end = data.find(b"-->", begin)
        at = end + len(b"-->") if end >= 0 else len(data)
    return b"".join((*kept, data[at:]))


def _refusal(place: str, data: bytes, declared: str, error: Exception) -> ArticleError:
    if not isinstance(error, UnicodeDecodeError):
        return ArticleError(f"{place}: the page declares the unknown encoding {declared!r}; save it as UTF-8")
    if b"\0" in data and not error.encoding.startswith("utf-16"):
        return _not_text(place)
    line = data.count(b"\n", 0, error.start) + 1
    name = "UTF-16" if error.encoding.startswith("utf-16") else error.encoding.upper()
    return ArticleError(f"{place}:{line}: byte {error.start} is not {name}; save it as UTF-8")


_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b]")
"""Control characters that are no white space."""


def is_binary(text: str) -> bool:
    """Whether decoded data is no text: it has a NUL, or more than one control character in twenty characters."""
    return "\0" in text or len(_CONTROLS.findall(text)) * 20 > len(text)


def _not_text(place: str) -> ArticleError:
    return ArticleError(f"{place}: binary data, not text; save the article as plain text in UTF-8")


# --- Markdown and plain text ------------------------------------------------------------------------------------------


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
