"""An HTML page whose elements stand in one another no deeper than parsers follow: what is deeper would be lost without a word."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser

DEEPEST = 120
"""Elements in elements. libxml2, which reads pages for trafilatura, gives up the rest of a page at 256; real pages have some forty."""
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
"""Elements without an end, by the HTML standard."""
_CLOSED_BY_THE_NEXT = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option"])
"""Elements that end where the next of their kind begins, if nobody ends them before."""
_UNSEEN = frozenset(["script", "style", "template", "noscript", "textarea", "title"])
"""Elements whose words nobody reads as words of the page: without their tags they would be."""
_ROOM = 40
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
"""What is a name in XML, as far as pages need it."""
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
    """The page as it is; of one that is nested too deeply, its elements down to :data:`DEEPEST`, and the words of those below."""
    page = _FlatPage()
    page.read(html)
    return "".join(page.parts) if page.dropped else html


def plain(html: str) -> str:
    """The page with no names of elements and attributes but such as XML can have: others make trafilatura fail, which writes XML."""
    page = _FlatPage(plain=True)
    page.read(html)
    return "".join(page.parts)


class PageReader(HTMLParser):
    """A parser that reads a whole page in time that grows with its length."""

    def read(self, html: str) -> None:
        """Reads a page. What stands after its last tag is text: the library would look for the end of each tag in it, again and again."""
        tags = html.rfind(">") + 1
        self.feed(html[:tags])
        self.close()
        self.handle_data(html[tags:])

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """The end of what begins with ``<![`` at a place, or -1: by the HTML standard a comment, at whose words the library fails."""
        return self.rawdata.find(">", i) + 1 or -1


class _FlatPage(PageReader):
    """One pass over a page, whose elements are written again as far as they are not too deep."""

    def __init__(self, *, plain: bool = False) -> None:
        super().__init__(convert_charrefs=False)
        self._plain = plain
        self.parts: list[str] = []
        self.dropped = False
        """Whether what was read differs from what is written."""
        self._open: list[tuple[str, bool]] = []
        """The elements that are open, the outermost first, and whether each was written."""
        self._count: Counter[str] = Counter()
        self._depth = 0
        """How many of them were written."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_what_this_ends(tag)
        kept = self._depth < DEEPEST + _ROOM * (tag in _UNSEEN)
        self.dropped |= not kept
        if kept or tag in _VOID:
            self.parts.append(self._written(tag, attrs))
        elif tag not in _INLINE:
            self.parts.append("<br>")  # what begins a line goes on doing so
        if tag not in _VOID:
            self._open.append((tag, kept))
            self._count[tag] += 1
            self._depth += kept

    def _end_what_this_ends(self, tag: str) -> None:
        """Ends what the HTML standard has end here, though nobody wrote so. A page in which inline elements are left open is written anew
        with the ends where they belong: without them each would stand in the one before."""
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
        self.handle_starttag(tag, attrs)  # the stroke means nothing in HTML

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
