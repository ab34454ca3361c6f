"""Reading article files: what is not certainly text is refused, never guessed at."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.article.front_matter import split_front_matter
from onrecord.article.text_mode import refuse_stray
from onrecord.errors import ArticleError
from onrecord.messages import visible
from onrecord.model import ArticleFormat, Meta
from onrecord.text.addresses import safe_id, same_name

FORMATS: dict[str, ArticleFormat] = {".md": "md", ".txt": "txt", ".html": "html"}
"""File suffixes, in any case, and the format that they stand for."""


LARGEST_FILE = 20_000_000
"""Bytes. Markup, scripts and pictures of a web page may be many times its text; a file beyond that is not read to its end."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article's file, decoded and not yet parsed."""

    id: str
    """The file's stem, where that can stand in an address; see :func:`article_ids`."""
    file: str
    """The file's name, without its folder."""
    format: ArticleFormat
    text: str
    """The decoded file; of a ``.md`` or ``.html`` file, what follows its front matter."""
    meta: Meta
    """What the front matter says."""
    first_line: int = 1
    """The line of the file on which ``text`` begins."""


# --- naming --------------------------------------------------------------------------------------------------------

NOTHING_PUBLISHED: Mapping[Path, str] = {}


def article_ids(files: Sequence[Path], published: Mapping[Path, str] = NOTHING_PUBLISHED) -> tuple[str, ...]:
    """An id for each file: its stem, made safe for an address, and unique even where a file system knows no case.

    A file that was ``published`` with an id keeps it. Of the others the first with a stem has it; every later one gets a number, in order.

    >>> article_ids([Path("a/vote.md"), Path("b/vote.md"), Path("What now?.txt")])
    ('vote', 'vote-2', 'What-now')
    >>> article_ids([Path("a/vote.md"), Path("b/vote.md")], {Path("b/vote.md"): "vote"})
    ('vote-2', 'vote')
    """
    stems = [published.get(file) or safe_id(file.stem) for file in files]
    taken = set(map(same_name, stems))
    seen = set(map(same_name, published.values()))
    ids = []
    for file, stem in zip(files, stems, strict=True):
        if file in published:
            ids.append(stem)
            continue
        unique, number = stem, 1
        while same_name(unique) in (seen if number == 1 else taken):
            number += 1
            unique = f"{stem}-{number}"
        seen.add(same_name(unique))
        taken.add(same_name(unique))
        ids.append(unique)
    return tuple(ids)


# --- reading -------------------------------------------------------------------------------------------------------


def read_source(path: Path | str) -> Source:
    """The decoded file and what its front matter says.

    A ``.txt`` file has no front matter: its text is the file, unchanged, exactly as ``open(path, encoding="utf-8", newline="")``
    reads it, so that offsets count in the file. Raises :class:`ArticleError`.
    """
    return decode_source(str(path), read_data(Path(path)))


def named_article(path: Path) -> Path:
    """A path that may be read as an article: of what is there, by its name. Raises :class:`ArticleError` for any other."""
    if not path.exists():
        what = "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
        raise ArticleError(f"{path}: {what}; check the path")
    if path.suffix.lower() not in FORMATS:
        raise ArticleError(f"{path}: not an article: its name must end in {', '.join(FORMATS)}; convert or rename it")
    return path


def read_data(path: Path) -> bytes:
    """The bytes of an article's file, or as many as are more than any article has. Raises :class:`ArticleError`."""
    if not named_article(path).is_file():
        raise ArticleError(f"{path}: is not a regular file; name a file with the article's text")  # a pipe would be waited for for ever
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror}); check that it is a file and its permissions") from error


def decode_source(place: str, data: bytes) -> Source:
    """The source in the bytes of a file that is an article by the suffix of its ``place``, a path or an address, which messages name.

    Raises :class:`ArticleError`.
    """
    if len(data) > LARGEST_FILE:
        raise ArticleError(f"{place}: more than {LARGEST_FILE:,} bytes, which is no article; save its text alone")
    path = Path(place)
    kind = FORMATS[path.suffix.lower()]
    text = _decode(place, data, kind)
    meta, line = Meta(), 1
    if kind != "txt":
        meta, text, line = split_front_matter(place, text.removeprefix("\ufeff"))
    else:
        refuse_stray(text, place)
    if not text.strip().strip("\ufeff"):
        raise ArticleError(f"{place}: the article is empty; put its text in the file")
    return Source(article_ids([path])[0], visible(path.name), kind, text, meta, line)


def _decode(place: str, data: bytes, kind: ArticleFormat) -> str:
    encoding = _encoding(place, data, kind)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in data and encoding != "utf-16":
            raise _not_text(place) from error
        line = data.count(b"\n", 0, error.start) + 1
        raise ArticleError(f"{place}:{line}: byte {error.start} is not {encoding.upper()}; save it as UTF-8") from error
    if is_binary(text):
        raise _not_text(place)
    if half := re.search(r"[\ud800-\udfff]", text):  # some encodings can say half of a character
        raise ArticleError(f"{place}: character {half.start()} is half of one in {encoding}; save it as UTF-8")
    return text


def _encoding(place: str, data: bytes, kind: ArticleFormat) -> str:
    """UTF-8, unless a byte order mark or an HTML page says otherwise."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # The HTML standard looks for the declaration in the first 1,024 bytes; a byte order mark overrules it.
    declared = re.search(rb"<meta[^>]*\bcharset\s*=\s*[\"']?\s*([\w:-]+)", data[:1024], re.IGNORECASE)
    if kind != "html" or declared is None or data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    name = declared[1].decode("ascii", "replace")
    try:
        b" ".decode(name)  # some codecs are not for text
    except (LookupError, UnicodeError) as error:
        raise ArticleError(f"{place}: the page declares the unknown encoding {name!r}; save it as UTF-8") from error
    codec = codecs.lookup(name).name
    # By the Encoding Standard the two names stand for windows-1252, and so do browsers read them.
    return "cp1252" if codec in ("iso8859-1", "ascii") else codec


def is_binary(text: str) -> bool:
    """Whether decoded data is no text: NUL never stands in text, and other control characters hardly ever."""
    controls = sum(ord(c) < 32 and not c.isspace() for c in text)
    return "\0" in text or controls * 20 > len(text)


def _not_text(place: str) -> ArticleError:
    return ArticleError(f"{place}: binary data, not text; save the article as plain text in UTF-8")
