"""HTML read tag by tag: pages made readable for trafilatura whose elements are nested too deeply or have names that XML does not allow; the
lines on which the words of a page stand; and the words of fragments, as mails and entries of feeds have them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from html import escape, unescape
from html.parser import HTMLParser

from onrecord.text.typography import letters_of

DEEPEST = 120
"""How deep elements may be nested. libxml2, which reads pages for trafilatura, drops the rest of a page at 256; real pages have some
forty."""
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
"""Elements without an end tag, by the HTML standard."""
_CLOSED_BY_THE_NEXT = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option"])
"""Elements that end where the next one of their kind begins, if they were not ended before."""
_UNSEEN_TAGS = frozenset(["script", "style", "template", "noscript", "textarea", "title"])
"""Elements whose words are not shown on the page. Their tags are kept even when they are deep: without them the words would be read."""
_ROOM = 40
"""How much deeper such an element may be."""
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
"""A name that XML allows, as far as pages need it."""
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)


def flat(html: str) -> str:
    """The page with elements down to a depth of :data:`DEEPEST` only, and the words of deeper ones; a page that is not too deep as it
    is."""
    page = _FlatPage()
    page.read(html)
    return "".join(page.parts) if page.dropped else html


def plain(html: str) -> str:
    """The page without names of elements and attributes that XML does not allow, at which trafilatura fails, since it writes XML."""
    page = _FlatPage(plain=True)
    page.read(html)
    return "".join(page.parts)


class PageReader(HTMLParser):
    """Python's HTML parser, without two faults: time that grows with the square of a page's length, and an exception for odd markup."""

    def read(self, html: str) -> None:
        """Reads a page. The part after its last ``>`` is passed on as text: the library would search it again for each ``<`` in it."""
        tags = html.rfind(">") + 1
        self.feed(html[:tags])
        self.close()
        self.handle_data(html[tags:])

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """The end of what begins with ``<![`` at an index, or -1. By the HTML standard it is a comment; the library raises at odd ones."""
        return self.rawdata.find(">", i) + 1 or -1


class _FlatPage(PageReader):
    """Reads a page and writes it again, without the tags of elements that are too deep."""

    def __init__(self, *, plain: bool = False) -> None:
        super().__init__(convert_charrefs=False)
        self._plain = plain
        self.parts: list[str] = []
        self.dropped = False
        """Whether what is written differs from what was read."""
        self._open: list[tuple[str, bool]] = []
        """The open elements, the outermost first, each with whether its tag was written."""
        self._count: Counter[str] = Counter()
        self._depth = 0
        """How many open elements have a written tag."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_what_this_ends(tag)
        kept = self._depth < DEEPEST + _ROOM * (tag in _UNSEEN_TAGS)
        self.dropped |= not kept
        if kept or tag in _VOID:
            self.parts.append(self._written(tag, attrs))
        elif tag not in _INLINE:
            self.parts.append("<br>")  # a block that loses its tags still begins on a new line
        if tag not in _VOID:
            self._open.append((tag, kept))
            self._count[tag] += 1
            self._depth += kept

    def _end_what_this_ends(self, tag: str) -> None:
        """Ends elements that end here by the HTML standard without an end tag. In a page where inline elements are left open the end tags
        are written: otherwise each paragraph would be nested in the one before."""
        if tag == "a" and self._count["a"]:
            self.handle_endtag("a")
            self.dropped = True
        if tag in _CLOSED_BY_THE_NEXT and next((one for one, _ in reversed(self._open) if one not in _INLINE), "") == tag:
            self.dropped |= self._open[-1][0] != tag
            self.handle_endtag(tag)

    def _written(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        if not self._plain:
            return self.get_starttag_text() or ""
        kept = (f' {name}="{escape(value or "")}"' for name, value in dict(attrs).items() if _NAME.fullmatch(name))
        return f"<{tag if _NAME.fullmatch(tag) else 'span'}{''.join(kept)}>"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # the slash in <p/> means nothing in HTML

    def handle_endtag(self, tag: str) -> None:
        while self._count[tag]:
            if self._close() == tag:
                return

    def _close(self) -> str:
        tag, kept = self._open.pop()
        self._count[tag] -= 1
        self._depth -= kept
        if kept:
            self.parts.append(f"</{tag if not self._plain or _NAME.fullmatch(tag) else 'span'}>")
        return tag

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")


# --- lines ------------------------------------------------------------------------------------------------------------

_FARTHEST = 200_000
"""How many letters after a block the next one is searched for. If some are not in the page, it is not searched to its end for each."""
_LONGEST = 60
"""How many letters of a text are compared."""
_UNSEEN = ("script", "style", "template", "noscript", "title")


class PageLines(PageReader):
    """The letters and digits of what a reader may see of a page, with the lines on which they stand."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._inside: str = ""
        self._parts: list[str] = []
        self._end = 0
        self._starts: list[int] = []
        self._lines: list[int] = []
        self.read(html)
        self._letters = "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._starts.append(self._end)
            self._lines.append(self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n"))
            self._parts.append(letters_of(data))
            self._end += len(self._parts[-1])

    def lines_of(self, texts: Sequence[str]) -> list[int]:
        """The line on which each text begins, from 1; the texts are in the order of the page. A text that is not found gets the line of the
        one before. Only letters and digits are compared, since blanks and marks differ between the page and the article."""
        lines, at, line = [], 0, 1
        for text in texts:
            found = self._letters.find(letters_of(text)[:_LONGEST], at, at + _FARTHEST) if letters_of(text) else -1
            if found >= 0:
                at, line = found, self._lines[bisect_right(self._starts, found) - 1]
            lines.append(line)
        return lines

    @property
    def letters(self) -> int:
        """How many letters and digits a reader may see on the page."""
        return self._end


# --- fragments --------------------------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    ["p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "figure", "section", "hr"]
)
_NOT_WORDS = ("script", "style", "head", "template", "figcaption")


def text_of_html(markup: str) -> str:
    """The words of a fragment of HTML, its blocks as paragraphs with a blank line between them.

    >>> text_of_html("<p>Ships &amp; <b>boats</b>.</p><div>More.</div>")
    'Ships & boats.\\n\\nMore.'
    """
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in _Words(markup).paragraphs)))


class _Words(PageReader):
    """Collects the words of each block."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self._parts: list[list[str]] = [[]]
        self._inside = ""
        tags = markup.rfind(">") + 1
        self.read(markup[:tags])
        self.handle_data(unescape(markup[tags:]))

    @property
    def paragraphs(self) -> list[str]:
        return ["".join(part) for part in self._parts]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_WORDS:
            self._inside = self._inside or tag
        elif tag in _BLOCKS:
            self._parts.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
        elif tag in _BLOCKS:
            self._parts.append([])

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._parts[-1].append(data)
