"""Finding article files and reading them: what is not certainly text is refused, never guessed at."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from onrecord.article.front_matter import split_front_matter
from onrecord.article.stray_front_matter import refuse_stray
from onrecord.characters import visible
from onrecord.errors import ArticleError
from onrecord.file_names import safe_id, same_name
from onrecord.manifest import has_marker, is_written, written_above
from onrecord.model import ArticleFormat, Meta

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


# --- finding -------------------------------------------------------------------------------------------------------


def find_articles(paths: Iterable[Path | str], *, without: Path | None = None) -> tuple[Path, ...]:
    """The article files that the paths stand for, in the order given; each file once.

    A folder stands for every article in it and below, sorted; hidden files and folders are left out, and so are links that
    lead out of it, what this program wrote, and what it is about to write, the file ``without``. Raises :class:`ArticleError` for a path
    that is not there, a file of another kind or of this program, or a folder without articles.
    """
    found: dict[Path, Path] = {}
    for path in map(Path, paths):
        for file in _articles_in(path, without) if path.is_dir() else (_article_of_the_user(path),):
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _named_article(path: Path) -> Path:
    if not path.exists():
        raise ArticleError(f"{path}: no such file or folder; check the path")
    if path.suffix.lower() not in FORMATS:
        raise ArticleError(f"{path}: not an article: its name must end in {', '.join(FORMATS)}; convert or rename it")
    return path


def _article_of_the_user(path: Path) -> Path:
    if is_written(_named_article(path)):
        raise ArticleError(f"{path}: is what onrecord wrote, not an article; name the articles that it was made of")
    return path


def _articles_in(folder: Path, without: Path | None) -> tuple[Path, ...]:
    own = written_above(folder) | ({without.resolve()} if without else set())
    try:
        files = tuple(_walk(folder, folder.resolve(), own))
        if not files and next(_walk(folder, folder.resolve(), frozenset(), with_written=True), None):
            raise ArticleError(f"{folder}: holds only what onrecord wrote, and no article; name the folder of the articles")
    except OSError as error:
        raise ArticleError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions") from error
    if not files:
        raise ArticleError(f"{folder}: no article in this folder; put {', '.join(FORMATS)} files in it")
    return files


def _walk(folder: Path, root: Path, own: Set[Path], *, with_written: bool = False) -> Iterator[Path]:
    """Files that are articles by their names; folders that the program wrote are asked for, or left out."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            # A linked folder may lead back here, and so round for ever.
            if not path.is_symlink() and (with_written or not has_marker(path)):
                yield from _walk(path, root, own, with_written=with_written)
        elif path.suffix.lower() in FORMATS and path.is_file() and (place := path.resolve()).is_relative_to(root) and place not in own:
            yield path


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


def read_data(path: Path) -> bytes:
    """The bytes of an article's file, or as many as are more than any article has. Raises :class:`ArticleError`."""
    path = _named_article(path)
    if path.exists() and not path.is_file():
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
