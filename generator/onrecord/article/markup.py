"""HTML read tag by tag: pages made readable for trafilatura whose elements are nested too deeply or have names that XML does not allow; the
lines on which the words of a page stand; and the words of fragments, as mails and entries of feeds have them.

Also what a page says of itself in JSON-LD: the things in its scripts, and those of them that are its article. Only what stands at the top
of a script, in its graph, or as the main entity of its page is looked at: other articles within are those that the page leads to.
"""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


# --- JSON-LD ----------------------------------------------------------------------------------------------------------


Thing = Mapping[str, object]
"""A JSON object with its properties."""

# Faults that browsers' consoles do not show, so that they stay: comments, and commas with nothing after them.
_FAULTS = re.compile(r'("(?:\\.|[^"\\])*(?:"|\Z))|/\*.*?(?:\*/|\Z)|//[^\n]*|,(?=\s*[,}\]])', re.DOTALL)
_MOST_NAMES = 50
"""How many authors of an article are looked at."""
_MOST = 2_000
"""How many things are looked at."""
_MOST_VALUES = 50_000
"""How many values of things are searched for those with an id."""


def parse_things(scripts: Iterable[str]) -> tuple[Thing, ...]:
    """The things in some scripts, in their order; a script that cannot be read has none."""
    things: list[Thing] = []
    for script in scripts:
        todo = [_parsed(script)]
        while todo and len(things) < _MOST:
            data = todo.pop()
            if isinstance(data, list):
                todo.extend(reversed(data))
            elif isinstance(data, dict):
                things.append(data)
                todo.extend(data[key] for key in ("mainEntity", "@graph") if key in data)
    return tuple(things)


def _parsed(script: str) -> object:
    """The data of a script; None where it is no JSON even without its common faults. A line break within a text is no fault here."""
    script = script[min((at for one in "[{" if (at := script.find(one)) >= 0), default=0) : max(map(script.rfind, "]}")) + 1]
    # The faults are only looked for where there are some: few pages have any.
    return next((data for text in _with_and_without_faults(script) if (data := _json(text)) is not None), None)


def _with_and_without_faults(script: str) -> Iterator[str]:
    yield script
    yield _FAULTS.sub(lambda match: match[1] or "", script)


def _json(text: str) -> object:
    try:
        data: object = json.loads(text, strict=False)
        return data
    except (ValueError, RecursionError):
        return None


def articles_of(things: Iterable[Thing], address: str = "") -> tuple[Thing, ...]:
    """The things that are the page's article, the surest first: articles that give the page's ``address``, other articles, and then pages,
    which often state the date and the author."""
    found = [(rank, thing) for thing in things if (rank := _rank(thing, address)) is not None]
    return tuple(thing for _, thing in sorted(found, key=lambda pair: pair[0]))


def _rank(thing: Thing, address: str) -> int | None:
    kinds = [str(kind).rpartition("/")[2] for kind in as_list(thing.get("@type"))]
    if any(kind.endswith(("Article", "Posting")) or kind == "Report" for kind in kinds):
        return 0 if address and address in _addresses(thing) else 1
    return 2 if any(kind.endswith("Page") for kind in kinds) else None


def _addresses(thing: Thing) -> set[str]:
    of = (one.get("@id") if isinstance(one, dict) else one for key in ("url", "@id", "mainEntityOfPage") for one in as_list(thing.get(key)))
    return {one for one in of if isinstance(one, str)}


def named_things(things: Iterable[Thing]) -> dict[str, Thing]:
    """The things with a name, by their ``@id``, wherever they stand; of several with one id the first."""
    found: dict[str, Thing] = {}
    todo: deque[object] = deque(things)
    looked = 0
    while todo and looked < _MOST_VALUES:
        value, looked = todo.popleft(), looked + 1
        if isinstance(value, list):
            todo.extend(value)
        elif isinstance(value, dict):
            if value.get("name") and isinstance(id := value.get("@id"), str):
                found.setdefault(id, value)
            todo.extend(value.values())
    return found


def names_in(value: object, named: Mapping[str, Thing]) -> Iterator[str]:
    """The names of the persons or organizations in a property's value; one that is only referred to by its ``@id`` is looked up among the
    things that are ``named``."""
    for part in as_list(value)[:_MOST_NAMES]:
        if isinstance(part, dict) and not part.get("name"):
            part = named.get(str(part.get("@id")), part)
        for name in as_list(part.get("name") if isinstance(part, Mapping) else part):
            yield as_text(name)


def as_list(value: object) -> list[object]:
    """The members of a property's value, which is a list or a single thing."""
    return value if isinstance(value, list) else [value]


def as_text(value: object) -> str:
    """A property's value as a line of text; empty where it is none."""
    if isinstance(value, dict):
        value = value.get("@value")
    return " ".join(value.split()) if isinstance(value, str) else ""


def plain_line(text: str) -> str:
    """The text of a value in which entities may be written twice over, on one line."""
    return " ".join(html.unescape(text).replace("\xa0", " ").split())
