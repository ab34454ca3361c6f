"""From the bytes of a file to its characters. The encoding is stated by the file or it is UTF-8; it is never guessed.

A web page states it as browsers read it: the HTML standard's search for a declaration, and the Encoding Standard's names for encodings,
some of which do not mean what they say ("gb2312" is read as GB18030, "iso-8859-1" as windows-1252).
"""

from __future__ import annotations

import codecs
import re

from onrecord.errors import ArticleError
from onrecord.messages import note_of_many
from onrecord.model import ArticleFormat

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
