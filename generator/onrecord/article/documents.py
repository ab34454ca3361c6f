"""Documents that are no text files: Word's .docx, PDF with text in it, and mail. Each becomes text, or markup that is read further. The
lines of printed pages become paragraphs: in the order in which they are read, column by column, without running heads and page numbers, and
with divided words made whole.

All three can be made to cost any amount of memory or time, so that sizes are looked at before they are opened. Their properties are not
taken for metadata: the author of a document is whoever owns the computer, and its date is that of the last save.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from io import BytesIO
from itertools import chain, groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from onrecord.article.markup import text_of_html
from onrecord.article.text_files import decode
from onrecord.errors import ArticleError, note_of_many
from onrecord.faults import described
from onrecord.model import ArticleFormat, Meta
from onrecord.text.addresses import is_web_address
from onrecord.text.typography import letters_of

if TYPE_CHECKING:
    from pypdf import PageObject


DOCUMENTS: tuple[ArticleFormat, ...] = ("docx", "pdf", "eml")
"""The formats whose files are documents."""
LARGEST_UNPACKED = 100_000_000
"""The most bytes that the parts of a .docx file may have when they are unpacked."""
MOST_PAGES = 300
"""The most pages of a PDF file. An article has a few."""
_EXTRA = "run: pip install 'onrecord[documents]'"


@dataclass(frozen=True, slots=True)
class Document:
    """What is in a document."""

    text: str
    """Its text; of a .docx file XML with the names for elements that :mod:`onrecord.article.web_page` reads."""
    meta: Meta = field(default_factory=Meta)
    """What the head of a mail says."""
    lines: str = ""
    """The text without markup, a line for each paragraph, where ``text`` has markup."""


def open_document(place: str, data: bytes, kind: ArticleFormat) -> Document:
    """The content of a document. ``place`` is what messages call it. Raises :class:`ArticleError` for one that cannot be read or has no
    text."""
    openers: dict[ArticleFormat, Callable[[str, bytes], Document]] = {"docx": _docx, "pdf": _pdf, "eml": _mail}
    try:
        return openers[kind](place, data)
    except ArticleError:
        raise
    except Exception as error:  # these formats break in more ways than their libraries have errors for
        raise ArticleError(f"{place}: cannot be read as .{kind} ({described(error)}); save its text as .md or .txt") from error


# --- .docx ---------------------------------------------------------------------------------------------------------

_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh\np[style-name='Quote'] => blockquote > p:fresh"
# HTML's names for elements, and those of trafilatura's XML, which web_page.py reads.
_NAMES = {"ul": "list", "ol": "list", "li": "item", "tr": "row", "td": "cell", "th": "cell", "blockquote": "quote", "a": "ref", "br": "lb"}
_HIGHLIGHTS = {"strong": "#b", "b": "#b", "em": "#i", "i": "#i"}


def _docx(place: str, data: bytes) -> Document:
    try:
        import mammoth
    except ImportError as error:
        raise ArticleError(f"{place}: .docx needs mammoth; {_EXTRA}") from error
    try:
        parts = zipfile.ZipFile(BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise ArticleError(f"{place}: is no .docx file, or is protected by a password; save it anew, or its text as .md") from error
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ArticleError(f"{place}: holds more than {LARGEST_UNPACKED:,} bytes unpacked, which is no article; save its text alone")
    # Pictures are not read: they would be opened, from wherever the document says they are.
    no_pictures = mammoth.images.img_element(lambda image: {"src": ""})
    made = mammoth.convert_to_html(BytesIO(data), style_map=_STYLES, convert_image=no_pictures)
    root = ET.fromstring(f"<doc>{made.value}</doc>")
    for element in list(root.iter()):
        _rename(element)
    lines = "\n".join("".join(one.itertext()) for tag in ("p", "head", "cell") for one in root.iter(tag))
    return Document(ET.tostring(root, encoding="unicode"), lines=lines)


def _rename(element: ET.Element) -> None:
    """Gives an element of HTML the name that it has in trafilatura's XML."""
    tag = element.tag
    if re.fullmatch("h[1-6]", tag):
        element.tag, element.attrib = "head", {"rend": tag}
    elif tag in _HIGHLIGHTS:
        element.tag, element.attrib = "hi", {"rend": _HIGHLIGHTS[tag]}
    elif tag in _NAMES:
        target, role = element.get("href", ""), "head" if tag == "th" else ""
        element.tag, element.attrib = _NAMES[tag], {"rend": tag, "target": target if "://" in target else "", "role": role}
    elif tag in ("img", "sup"):
        element.tag = "graphic" if tag == "img" else "span"


# --- PDF -----------------------------------------------------------------------------------------------------------


def _pdf(place: str, data: bytes) -> Document:
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise ArticleError(f"{place}: .pdf needs pypdf; {_EXTRA}") from error
    reader = PdfReader(BytesIO(data))
    # Many files are encrypted without a password, to forbid printing; these open with an empty one.
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError(f"{place}: is protected by a password; save it without, or its text as .md or .txt")
    if len(reader.pages) > MOST_PAGES:
        raise ArticleError(f"{place}: {len(reader.pages):,} pages are no article; save the pages of the article alone")
    pages = [PrintedPage(page.extract_text(), _grid(page)) for page in reader.pages]
    if not pages:
        raise ArticleError(f"{place}: has no pages; save the file anew")
    if not any(map(str.isalnum, "".join(page.text for page in pages))):
        raise ArticleError(f"{place}: its {len(pages)} pages hold no text, as those of a scan; recognize the text first (OCR)")
    text, heads = joined_lines(pages)
    if heads:
        note_of_many(place, "running heads that are left out", heads)
    return Document(text)


def _grid(page: PageObject) -> str:
    """The text as it lies on a page, twice as wide as usual, so that blanks between words are told from those between columns."""
    return page.extract_text(extraction_mode="layout", layout_mode_scale_weight=2.5)


# --- mail ----------------------------------------------------------------------------------------------------------

_SIGNATURE = re.compile(r"\n-- \n.*", re.DOTALL)
"""A line with two hyphens and a blank ends a mail (RFC 3676, 4.3)."""


def _mail(place: str, data: bytes) -> Document:
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.get("From"):
        raise ArticleError(f"{place}: is no mail: it has no line From; save its text as .md or .txt")
    body = message.get_body(("plain", "html"))
    if body is None:
        raise ArticleError(f"{place}: the mail has no text; save what is attached to it as a file of its own")
    attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if attached:
        note_of_many(place, "what is attached to the mail is not read", attached)
    content = str(body.get_content())
    text = _flowed(body, content) if body.get_content_subtype() == "plain" else text_of_html(content)
    return Document(_SIGNATURE.sub("", text).strip("\n") + "\n", _head(message))


def page_in_archive(place: str, data: bytes) -> str:
    """The web page in an archive that a browser made of it (``.mhtml``, RFC 2557), with a comment that says where it was saved from.
    Raises :class:`ArticleError` where there is none."""
    message = message_from_bytes(data, policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    content = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise ArticleError(f"{place}: is no archive of a web page (MHTML); save the page anew, as .html")
    text = decode(place, content, "html", page.get_content_charset(""))
    address = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()
    return f"<!-- saved from url=(0000){address} -->{text}" if is_web_address(address) and "--" not in address else text


def _head(message: EmailMessage) -> Meta:
    """Subject, sender and date of a mail."""
    sender = next(iter(getattr(message["From"], "addresses", ())), None)
    sent = getattr(message.get("Date"), "datetime", None)
    return Meta(
        title=" ".join(str(message.get("Subject", "")).split()),
        byline=sender.display_name if sender else "",
        date=sent.isoformat() if sent else "",
    )


def _flowed(body: MIMEPart, content: str) -> str:
    """The text of a mail; where its lines are marked as flowed, those that go on are joined (RFC 3676)."""
    content = content.replace("\r\n", "\n")
    if str(body.get_param("format", "")).lower() != "flowed":
        return content
    return re.sub(r"(?<!\n--) \n(?!\n)", " ", content)


# --- printed pages ----------------------------------------------------------------------------------------------------


_EDGE = 2
"""How many lines at the top and at the bottom of a page may be running heads."""
_OFTEN = 2
"""A line that stands at the edge of every second page, numbers aside, is a running head; and on no fewer than two pages."""
_NUMBER = re.compile(r"(?:page |p\. ?|[-–—] ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4}| ?[-–—])?", re.IGNORECASE)
_HYPHENS = "-\u00ad\u2010"
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_EARLY = 0.8
"""A line that ends a sentence ends a paragraph, too, if it is shorter than this part of a usual line."""
_WORD = re.compile(r"[^\W\d_]+-[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The text of a page, read in two ways."""

    text: str
    """In the order in which the file has it."""
    grid: str = ""
    """As it lies on the page: what is drawn apart in a row stands apart in a line, with several blanks between."""


def joined_lines(pages: Sequence[PrintedPage]) -> tuple[str, list[str]]:
    """The text of pages, one paragraph a line with a blank line between two, and the running heads that were left out.

    >>> joined_lines([PrintedPage("The Gazette 1\\nThe bridge is un-\\nsafe."), PrintedPage("The Gazette 2\\nIt will close.")])
    ('The bridge is unsafe.\\n\\nIt will close.\\n', ['The Gazette 1'])
    """
    columned = [_is_interleaved(page) for page in pages]
    whole = [(page.grid if rows else page.text).splitlines() for page, rows in zip(pages, columned, strict=True)]
    split = [[" ".join(line.split()) for line in lines if line.strip()] for lines in whole]
    heads = _running_heads(split)
    kept = [
        in_columns(_without(lines, heads)) if rows else [" ".join(line.split()) for line in _without(lines, heads) if line.strip()]
        for lines, rows in zip(whole, columned, strict=True)
    ]
    first = {_bare(line): line for lines in reversed(split) for line in (*lines[:_EDGE], *lines[-_EDGE:]) if _bare(line) in heads}
    text = "\n\n".join(_paragraphs(list(chain.from_iterable(kept))))
    return f"{text}\n", sorted(first.values())


def _bare(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """The lines, without their numbers, that stand at the edges of many pages."""
    edges = Counter(one for lines in pages for one in {_bare(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    return {line for line, count in edges.items() if count > 1 and count * _OFTEN >= len(pages)}


def _without(lines: Sequence[str], heads: set[str]) -> list[str]:
    """The lines without those at the edges of the page that are running heads or numbers; blank lines do not count."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    edges = {*filled[:_EDGE], *filled[-_EDGE:]}

    def is_furniture(line: str) -> bool:
        words = " ".join(line.split())
        return _bare(words) in heads or _NUMBER.fullmatch(words) is not None

    return [line for at, line in enumerate(lines) if at not in edges or not is_furniture(line)]


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    # A usual line is as long as three of four are at most: those of running text are full, and headings or last lines are shorter.
    usual = sorted(map(len, lines))[len(lines) * 3 // 4] if lines else 0
    whole = set(_WORD.findall("\n".join(lines)))
    paragraph = list(lines[:1])
    for before, line in pairwise(lines):
        if _ends(before, line, usual):
            yield "".join(paragraph)
            paragraph = [line]
        elif divided := _divided(before, line, whole):
            paragraph[-1] = paragraph[-1][:-1] if divided == "joined" else paragraph[-1]
            paragraph.append(line)
        else:
            paragraph.append(f" {line}")
    if paragraph:
        yield "".join(paragraph)


def _ends(line: str, following: str, usual: int) -> bool:
    """Whether a paragraph ends with a line: it is short, and ends a sentence, or is a heading between two of them."""
    if len(line) >= usual * _EARLY:
        return False
    return _ENDS.search(line) is not None or (following[0].isupper() and line[0].isupper() and line[-1] not in f",;{_HYPHENS}")


def _divided(line: str, following: str, whole: set[str]) -> str:
    """How a word goes on that a line ends in the middle of: ``joined`` without its hyphen, or ``kept`` with it where the same word stands
    elsewhere with one; empty where none does."""
    if line[-1] not in _HYPHENS or len(line) < 2 or not line[-2].isalpha() or not following[0].islower():
        return ""
    word = re.search(r"[^\W\d_]+$", line[:-1])
    rest = re.match(r"[^\W\d_]+", following)
    return "kept" if word and rest and f"{word[0]}-{rest[0]}" in whole else "joined"


# --- columns -------------------------------------------------------------------------------------------------------

_APART = re.compile(r"\S(?:\S| {1,3}(?=\S))*")
"""What is not drawn apart: four blanks or more part two columns."""
_FEWEST_ROWS = 4
"""So many rows with as many parts make columns."""
_RUNNING = 0.25
"""In running text this part of the lines or more begins within a sentence, with a small letter; the cells of a table do not."""
_IN_ORDER = 0.9
"""Where this part of the lines is found in the order of the file, that is the order of the columns."""
_WIDE = 1.3
"""A line longer than a usual one of a column by this factor stands over several."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a row that is drawn apart from others."""

    start: int
    """At which character of the row it begins."""
    text: str


def _is_interleaved(page: PrintedPage) -> bool:
    """Whether the file has the lines of a page's columns in another order than that in which they are read."""
    if not _columns([_parts(row) for row in page.grid.splitlines()]):
        return False
    lines = in_columns(page.grid.splitlines())
    letters, at, found = letters_of(page.text), 0, 0
    for line in lines:
        place = letters.find(letters_of(line), at)
        if place >= 0:
            at, found = place, found + 1
    return found < len(lines) * _IN_ORDER


def in_columns(rows: Sequence[str]) -> list[str]:
    """The lines of a page's rows as they are read: each column from top to bottom, and what stands over several before what is beneath it.

    >>> rows = [f"{left:20}{right}" for left, right in zip("abcdefgh", "stuvwxyz")]
    >>> "".join(in_columns(["", "Over all", *rows])).replace("Over all", "|")
    '|abcdefghstuvwxyz'
    """
    parts = [_parts(row) for row in rows]
    starts = _columns(parts)
    if not starts:
        return [" ".join(row.split()) for row in rows if row.strip()]
    usual = sorted(len(part.text) for row in parts if len(row) == len(starts) for part in row)[-1]
    read: list[str] = []
    columns: list[list[str]] = [[] for _ in starts]
    for row, alone in zip(filter(None, parts), _over(parts), strict=True):
        places = [min(range(len(starts)), key=lambda n: abs(starts[n] - part.start)) for part in row]
        if alone or (len(row) == 1 and _is_over(row[0], starts, usual)):
            read += [*chain.from_iterable(columns), " ".join(part.text for part in row)]
            columns = [[] for _ in starts]
            continue
        for place, part in zip(places, row, strict=True):
            columns[place].append(part.text)
    return [*read, *chain.from_iterable(columns)]


def _parts(row: str) -> list[_Part]:
    return [_Part(found.start(), " ".join(found[0].split())) for found in _APART.finditer(row.rstrip())]


def _columns(rows: Sequence[Sequence[_Part]]) -> list[float]:
    """Where the columns of a page begin; empty where it has none, or a table."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    number, often = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    if often < _FEWEST_ROWS:
        return []
    columns = list(zip(*(row for row in rows if len(row) == number), strict=True))
    running = all(sum(part.text[0].islower() for part in column) >= _RUNNING * len(column) for column in columns)
    return [median(part.start for part in column) for column in columns] if running else []


def _is_over(part: _Part, starts: Sequence[float], usual: int) -> bool:
    """Whether a part that is alone in its row stands over several columns: it is too long for one, or begins where none does."""
    room = (starts[1] - starts[0]) / 4
    return len(part.text) > usual * _WIDE or all(abs(start - part.start) > room for start in starts)


def _over(rows: Sequence[Sequence[_Part]]) -> Iterator[bool]:
    """For each row that is not blank whether it stands alone, apart from what is above it, with columns right above or anywhere below:
    the headline of a further story, a footer. The end of a longer column has neither."""
    last = max((at for at, row in enumerate(rows) if len(row) > 1), default=-1)
    usual = Counter(len(list(run)) for blank, run in groupby(rows, key=lambda row: not row) if blank)
    # Where lines are set wide apart, as many blank rows stand between any two of them.
    least = 1 if 2 * sum(usual.values()) < sum(map(bool, rows)) else max(usual, key=lambda run: usual[run]) + 1
    before, blanks = 0, 0
    for at, row in enumerate(rows):
        if not row:
            blanks += 1
            continue
        yield len(row) == 1 and blanks >= least and (at < last or before > 1)
        before, blanks = len(row), 0
