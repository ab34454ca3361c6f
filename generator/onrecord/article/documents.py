"""Documents that are no text files: Word's .docx, PDF with text in it, and mail. Each becomes text, or markup that is read further.

All three can be made to cost any amount of memory or time, so that sizes are looked at before they are opened. Their properties are not
taken for metadata: the author of a document is whoever owns the computer, and its date is that of the last save.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from onrecord.article.encoding import decode
from onrecord.article.markup import text_of_html
from onrecord.article.printed_pages import PrintedPage, joined_lines
from onrecord.errors import ArticleError
from onrecord.faults import described
from onrecord.messages import note_of_many
from onrecord.model import ArticleFormat, Meta
from onrecord.text.addresses import is_web_address

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
