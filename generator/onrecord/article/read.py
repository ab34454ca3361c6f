"""A file's bytes, a record of an archive (a line of a JSONL file, a row of a Parquet file) or an entry of a saved feed (RSS, Atom) to an
:class:`Article`: what is not certainly text is refused, never guessed at; then its text, its blocks, and what it says of itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import assert_never

from onrecord.article.boilerplate import mark_boilerplate
from onrecord.article.bylines import mark_author_lines
from onrecord.article.documents import DOCUMENTS, open_document, page_in_archive
from onrecord.article.front_matter import KEYS, meta_of, split_front_matter
from onrecord.article.layout import mark_posts
from onrecord.article.markup import text_of_html
from onrecord.article.publication import EARLIEST, first_date, is_placeholder, today
from onrecord.article.text_files import decode, is_binary, parse_markdown, parse_plain_text
from onrecord.article.text_mode import (
    asked_by,
    is_mode_key,
    is_nearly_mode_key,
    looks,
    looks_like_mode_key,
    may_be_mode_key,
    mode_of,
    refuse_stray,
    shows_less,
    slip,
)
from onrecord.article.web_page import parse_marked_up, parse_web_page
from onrecord.errors import ArticleError, note_of_many, visible
from onrecord.model import Article, ArticleFormat, Block, Meta, Notice
from onrecord.options import LONGEST, TEXT_MODES, TextMode
from onrecord.text.addresses import is_web_address, safe_id, same_name, shortened, slugify

FORMATS: dict[str, ArticleFormat] = {
    ".md": "md",
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".mhtml": "html",
    ".mht": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".eml": "eml",
}
"""File suffixes, in any case, and the format that they stand for."""
ARCHIVES = (".mhtml", ".mht")
"""The suffixes of web pages that a browser saved in one file, with all that belongs to them."""


LARGEST_FILE = 20_000_000
"""The most bytes of an article's file. Markup, scripts and pictures of a web page may be many times its text. A larger file is not read to
its end."""


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as it was given, decoded and not yet parsed: a file, a record of an archive, an entry of a feed."""

    id: str
    """An id made of the file's stem; see :func:`article_ids`."""
    file: str
    """The file's name, without its folder."""
    format: ArticleFormat
    text: str
    """The decoded file, or what comes after its front matter; of a document what is in it."""
    meta: Meta
    """What the front matter says, or the head of a mail."""
    first_line: int = 1
    """The line of the file on which ``text`` begins."""


# --- naming --------------------------------------------------------------------------------------------------------

NOTHING_PUBLISHED: Mapping[Path, str] = {}


def article_ids(files: Sequence[Path], published: Mapping[Path, str] = NOTHING_PUBLISHED) -> tuple[str, ...]:
    """An id for each file: its stem, made safe for an address, and unique even where a file system knows no case.

    A file that was ``published`` with an id keeps it. Of the others the first with a stem gets the stem, and each later one a number, in
    order.

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
        # The bare stem is free if no earlier file has it; a numbered one must not be the stem of any file, earlier or later.
        while same_name(unique) in (seen if number == 1 else taken):
            number += 1
            unique = f"{stem}-{number}"
        seen.add(same_name(unique))
        taken.add(same_name(unique))
        ids.append(unique)
    return tuple(ids)


# --- reading -------------------------------------------------------------------------------------------------------


def read_raw(path: Path | str) -> RawArticle:
    """The content of an article's file, decoded, with what its front matter says.

    The text of a ``.txt`` file without front matter is the file, unchanged, exactly as ``open(path, encoding="utf-8", newline="")``
    reads it, so that offsets count in the file. With front matter it is all that comes after the line that closes that, unchanged as well.
    Raises :class:`ArticleError`.
    """
    return decode_raw(str(path), read_data(Path(path)))


def named_article(path: Path) -> Path:
    """A path that exists and is an article by its suffix. Raises :class:`ArticleError` for any other."""
    if not path.exists():
        what = "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
        raise ArticleError(f"{path}: {what}; check the path")
    if path.suffix.lower() not in FORMATS:
        raise ArticleError(f"{path}: not an article; {mend_of(path)}")
    return path


_MENDS = {
    "save it as .docx": (".doc", ".odt", ".rtf", ".pages", ".docm", ".dotx", ".wpd", ".fodt", ".wps"),
    "save it as .pdf": (".epub", ".xps", ".ps", ".djvu"),
    "save the page as .html": (".webarchive", ".maff", ".war", ".xhtml", ".shtml", ".php", ".aspx"),
    "save each mail as .eml": (".msg", ".mbox", ".emlx"),
    "recognize its text (OCR), and save that as .txt": (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".gif"),
    "fetch the page: onrecord fetch URL --to DIR": (".url", ".webloc", ".desktop"),
    "unpack it": (".zip", ".gz", ".tar", ".7z", ".rar"),
}
"""What to do with files that often lie among articles."""


def mend_of(path: Path) -> str:
    """What to do with a file that is no article by its name.

    >>> mend_of(Path("notes.odt")), mend_of(Path("notes.xyz"))[:18]
    ('save it as .docx', 'its name must end ')
    """
    known = next((mend for mend, endings in _MENDS.items() if path.suffix.lower() in endings), "")
    return known or f"its name must end in {', '.join(FORMATS)}; convert or rename it"


def read_data(path: Path) -> bytes:
    """The bytes of an article's file; of one that is too large, just enough to tell that. Raises :class:`ArticleError`."""
    if not named_article(path).is_file():
        raise ArticleError(f"{path}: is not a regular file; name a file with the article's text")  # a pipe would be waited for for ever
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror}); check that it is a file and its permissions") from error


_PAGE = re.compile(r"\s*<(?:!doctype html|html)[\s>]", re.IGNORECASE)


def decode_raw(place: str, data: bytes) -> RawArticle:
    """The article in the bytes of a file. ``place`` is its path or address, whose suffix gives the format, and which messages name.

    Raises :class:`ArticleError`.
    """
    if len(data) > LARGEST_FILE:
        raise ArticleError(f"{place}: more than {LARGEST_FILE:,} bytes, which is no article; save its text alone")
    path = Path(place)
    kind = FORMATS[path.suffix.lower()]
    meta, line = Meta(), 1
    if kind in DOCUMENTS:
        document = open_document(place, data, kind)
        text, meta = document.text, document.meta
        refuse_stray(document.lines or text, place)
    elif path.suffix.lower() in ARCHIVES:
        text = page_in_archive(place, data)
    elif kind == "txt":
        meta, text, line = _split_plain_text(place, decode(place, data, kind))
    else:
        meta, text, line = split_front_matter(place, decode(place, data, kind).removeprefix("\ufeff"))
    if not text.strip().strip("\ufeff"):
        raise ArticleError(f"{place}: the article is empty; put its text in the file")
    if kind in ("txt", "md") and _PAGE.match(text):
        note_of_many(place, "holds the source of a web page, and is read as text; name it .html", ())
    return RawArticle(article_ids([path])[0], visible(path.name), kind, text, meta, line)


def _split_plain_text(place: str, text: str) -> tuple[Meta, str, int]:
    """What front matter of a plain text says, the text after it, and its first line; without front matter the text stays whole."""
    meta, body, line = split_front_matter(place, text, plain=True)
    return (meta, text, 1) if body == text else (meta, body.removeprefix("\n"), line + 1)


LONGEST_LINE = 300
"""The most characters of a title, a byline or an outlet, which are printed on every page that links to the article. Longer ones are cut."""
LONGEST_ADDRESS = 2_000
"""The most characters of an address, about as many as browsers and servers accept. A longer one is left out, since it cannot be cut."""


def settle_metadata(given: Meta, stated: Meta, now: date) -> tuple[Meta, tuple[Notice, ...]]:
    """The metadata of an article: what its front matter ``given``; where that says nothing, what the article itself ``stated``; and notices
    of what was cut or left out.

    ``now`` is the day on which the article is read, by which placeholders for a date are known.
    """
    whole = Meta(
        title=_printable(given.title or stated.title),
        byline=_printable(given.byline or stated.byline),
        outlet=_printable(given.outlet or stated.outlet),
        date=first_date((given.date, stated.date), now),
        url=given.url or stated.url,
        text=given.text,
        lang=given.lang,
    )
    dates = dict.fromkeys(one for one in (given.date, stated.date) if is_placeholder(one, now))
    return _kept(whole, now), (*map(_no_date, dates), *_long(whole))


def _kept(whole: Meta, now: date) -> Meta:
    """The metadata within the limits: long lines cut, placeholders for dates and long addresses left out."""
    title, byline, outlet = (cut_line(line) for line in (whole.title, whole.byline, whole.outlet))
    day = "" if is_placeholder(whole.date, now) else whole.date
    url = whole.url if len(whole.url) <= LONGEST_ADDRESS else ""
    return replace(whole, title=title, byline=byline, outlet=outlet, date=day, url=url)


def cut_line(line: str) -> str:
    """The line; of a long one the beginning, with an ellipsis.

    >>> cut_line("Vote"), len(cut_line("x" * 1000)), cut_line("x" * 1000)[-2:]
    ('Vote', 300, 'x\u2026')
    """
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}\u2026"


def _no_date(written: str) -> Notice:
    why = f"nothing from before {EARLIEST} or more than a year ahead is a day of publication"
    return Notice("no-date", f"The date {written} stands for none: {why}. It is left out.")


def _long(whole: Meta) -> Iterator[Notice]:
    for what, line in (("title", whole.title), ("byline", whole.byline), ("outlet", whole.outlet)):
        if len(line) > LONGEST_LINE:
            yield Notice(f"long-{what}", f"The {what} has {len(line):,} characters; it is cut after {LONGEST_LINE}.")
    if len(whole.url) > LONGEST_ADDRESS:
        yield Notice("long-url", f"The address has {len(whole.url):,} characters, more than {LONGEST_ADDRESS:,}; it is left out.")


def _printable(text: str) -> str:
    """The text with U+FFFD in place of characters that escapes in YAML and JSON can write, but that must not get into a page: control
    characters and lone surrogates."""
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def load_article(path: Path | str, *, id: str | None = None, longest: int = LONGEST, now: date | None = None) -> Article:
    """The article in a file. Give an ``id`` where the file's stem is not unique; see :func:`onrecord.article.article_ids`.

    ``now`` is the day on which it is read, as in :func:`parse_article`. Raises :class:`ArticleError`, also for one of more than
    ``longest`` characters.
    """
    raw = read_raw(path)
    return parse_article(raw if id is None else replace(raw, id=id), longest=longest, now=now)


def parse_article(raw: RawArticle, *, longest: int = LONGEST, now: date | None = None) -> Article:
    """The article as it was given, parsed, with its boilerplate marked.

    ``now`` is the day on which it is read, by default :func:`today`: a date of publication more than a year later is left out. Raises
    :class:`ArticleError` where it has no text, or more than ``longest`` characters.
    """
    if raw.format not in ("html", "docx"):  # the text of a page is only known when the article in it has been found
        _refuse_longer(raw, len(raw.text), longest)
    now = now or today()
    text, blocks, stated, noticed = _parse(raw, now)
    _refuse_longer(raw, len(text), longest)
    if not text.strip():
        raise ArticleError(f"{raw.file}: the article has no text; put its words in the file")
    meta, notices = settle_metadata(raw.meta, stated, now)
    blocks = mark_author_lines(text, mark_posts(text, mark_boilerplate(text, blocks), meta.byline), meta.byline)
    digest = hashlib.sha256(text.encode()).hexdigest()
    notices = (*noticed, *notices)
    return Article(raw.id, text, blocks, meta, format=raw.format, file=raw.file, sha256=digest, notices=notices)


def _refuse_longer(raw: RawArticle, length: int, longest: int) -> None:
    if length > longest:
        raise ArticleError(
            f"{raw.file}: {length:,} characters are too many for an article, of which the limit is {longest:,}; "
            "split it into its articles, or raise --longest"
        )


def _parse(raw: RawArticle, now: date) -> tuple[str, tuple[Block, ...], Meta, tuple[Notice, ...]]:
    if raw.format == "txt" or raw.format == "pdf" or raw.format == "eml":
        return raw.text, parse_plain_text(raw.text, first_line=raw.first_line), Meta(), ()
    if raw.format == "html":
        page = parse_web_page(raw.text, file=raw.file, now=now)
        return page.text, page.blocks, page.meta, page.notices
    if raw.format == "docx":
        text, blocks = parse_marked_up(raw.text)
        return text, blocks, Meta(title=_first_heading(text, blocks)), ()
    if raw.format == "md":
        text, blocks = parse_markdown(raw.text, file=raw.file, first_line=raw.first_line)
        return text, blocks, Meta(title=_first_heading(text, blocks)), ()
    assert_never(raw.format)


def _first_heading(text: str, blocks: tuple[Block, ...]) -> str:
    headings = (leaf for block in blocks for leaf in block.leaves() if leaf.kind == "heading" and leaf.level == 1)
    return next((" ".join(heading.span.of(text).split()) for heading in headings), "")


# --- records and feeds ------------------------------------------------------------------------------------------------


ID = "id"
CONTENT: dict[str, ArticleFormat] = {"text": "txt", "markdown": "md", "html": "html"}
"""The columns that can hold an article's words, and the format that each is read as."""
_OF_META = tuple(dict.fromkeys(key for keys in KEYS.values() for key in keys if key not in CONTENT))
_MODE = "text_mode"
COLUMNS = (ID, *CONTENT, *_OF_META)
"""Every column that is read. Metadata have the names that they have in front matter, but how much of the text may be shown is in
``text_mode``, since ``text`` is the article. Other columns are ignored, with a note."""
_LONGEST_MODE = 40
"""The most characters of a column ``Text`` that is taken for ``text_mode``. A longer one holds a text."""
_SHOWN = 40
"""How many characters of a column's name a message repeats."""


def parse_record(record: Mapping[str, object], place: str) -> RawArticle:
    """The article in a record. ``place`` is where the record is (``archive.jsonl:17``); messages name it, and it stands for the file.

    A record has an ``id`` and one of ``text``, ``markdown`` and ``html``. Raises :class:`ArticleError`.
    """
    id = record_id(record.get(ID), place)
    column, text = _content(record, place)
    if is_binary(text):
        raise ArticleError(f"{place}: binary data, not text, in the column {column}; put the article's text there")
    meta, line = _meta(record, place), 1
    if CONTENT[column] == "txt":
        refuse_stray(text, place, known=meta.text)
    else:
        given, text, line = split_front_matter(place, text.removeprefix("\ufeff"))
        meta = _over(meta, given)
    tell_unread([name for name, value in record.items() if not _is_read(name, value)], place.rpartition(":")[0])
    return RawArticle(id, place.rpartition("/")[2], CONTENT[column], text, meta, line)


def record_id(given: object, place: str) -> str:
    """The id that a record gives, made safe for an address. Raises :class:`ArticleError`."""
    # JSON's true and false are whole numbers to Python, and as good an id as "1".
    if not isinstance(given, str | int) or not str(given).strip():
        raise ArticleError(f"{place}: the record has no id; give each a text or a number of its own in the column {ID}")
    return safe_id(str(given))


def _content(record: Mapping[str, object], place: str) -> tuple[str, str]:
    filled = [(column, value) for column in CONTENT if (value := record.get(column)) not in (None, "")]
    if len(filled) != 1:
        found = " and ".join(column for column, _ in filled) or "none"
        raise ArticleError(f"{place}: one of the columns {', '.join(CONTENT)} must hold the article; filled here: {found}")
    column, value = filled[0]
    if not isinstance(value, str):
        raise ArticleError(f"{place}: the column {column} holds no text; put the article's words there")
    if not value.strip().strip("\ufeff"):
        raise ArticleError(f"{place}: the article is empty; put its text in the column {column}")
    return column, value


def may_be_read(column: str) -> bool:
    """Whether a column may have to be read: those of :data:`COLUMNS`, and those that may be meant for ``text_mode``."""
    return column in COLUMNS or may_be_mode_key(column)


def is_mode_column(column: str) -> bool:
    """Whether a column is ``text_mode`` in any spelling, or looks like it, so that its value must say how much may be shown."""
    return looks(column).replace("_", "") == _MODE.replace("_", "")


def tell_unread(columns: Sequence[str], file: str) -> None:
    """Notes which columns of a file are not read."""
    if columns:
        note_of_many(file, "columns that are not read", columns, file, of="files")


def _is_read(column: str, value: object) -> bool:
    return value is None or column in COLUMNS or _is_mode(column, value)


def _is_mode(column: str, value: object) -> bool:
    """Whether a column says how much may be shown, or may be meant to say it."""
    if column in COLUMNS or is_mode_column(column):
        return column not in COLUMNS or column == _MODE
    if isinstance(value, str) and is_nearly_mode_key(column, value):
        return True
    # ``Text`` may also hold a text, or anything that another system calls by this name.
    is_short = isinstance(value, bool) or (isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST_MODE)
    return is_short and (is_mode_key(column) or looks_like_mode_key(column))


def _meta(record: Mapping[str, object], place: str) -> Meta:
    given = {key: _texts(key, record[key], place) for key in _OF_META if key != _MODE and record.get(key) is not None}
    return replace(meta_of(given, place), text=_text_mode(record, place))


def _text_mode(record: Mapping[str, object], place: str) -> TextMode:
    """The mode that shows least of those that columns ask for. Raises :class:`ArticleError` for a key inside a column that asks for less:
    it is not read there, and the text would be shown against the wish."""
    said = ((column, value) for column, value in record.items() if value is not None and _is_mode(column, value))
    mode: TextMode = max((_mode(column, value, place) for column, value in said), key=TEXT_MODES.index, default="full")
    for column, key, value in _within(record):
        if shows_less(asked_by(key, value), mode):
            raise ArticleError(
                f"{place}: {key[:_SHOWN]!r} stands within the column {column[:_SHOWN]!r}, where it is not read; "
                f"say it in the column {_MODE}, or take it out"
            )
    return mode


def _mode(column: str, value: object, place: str) -> TextMode:
    if looks_like_mode_key(column):
        raise ArticleError(f"{place}: the column {column[:_SHOWN]!r} only looks like {_MODE}; write it in plain letters")
    if not is_mode_key(column):
        note_of_many(place, slip(_MODE), [column])
    return mode_of(" ".join(_texts(_MODE, value, place)), place, column)


def _within(record: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Every key and its text in columns that hold mappings, at any depth, with the column."""
    todo = [(column, value) for column, value in record.items() if isinstance(value, dict | list)]
    while todo:
        column, held = todo.pop()
        for key, value in held.items() if isinstance(held, dict) else ((None, value) for value in held):
            if isinstance(value, dict | list):
                todo.append((column, value))
            elif isinstance(key, str) and isinstance(value, str | bool):
                yield column, key, str(value)


def _over(meta: Meta, given: Meta) -> Meta:
    """The metadata of the columns; where they say nothing, those of front matter; and of both modes the one that shows less."""
    pairs = {one.name: getattr(meta, one.name) or getattr(given, one.name) for one in fields(Meta)}
    return Meta(**{**pairs, "text": max(meta.text, given.text, key=TEXT_MODES.index)})


def _texts(key: str, value: object, place: str) -> tuple[str, ...]:
    """The text of a column, or of each member of a list of authors."""
    texts = []
    for part in value if isinstance(value, list) and key in KEYS["byline"] else [value]:
        if isinstance(part, date):  # a date and time is a date too
            part = part.isoformat()
        if not isinstance(part, str):
            raise ArticleError(f"{place}: {key} must be a line of text; write it as text")
        texts.append(" ".join(part.split()))
    return tuple(filter(None, texts))


# --- feeds ------------------------------------------------------------------------------------------------------------

MOST_ENTRIES = 2_000
"""The most entries of a feed that are read."""


def parse_feed(place: str, data: bytes) -> Iterator[RawArticle | ArticleError]:
    """The entries of a feed, in their order; in place of one without words what is wrong with it. ``place`` is what messages call the
    file. Raises :class:`ArticleError` for what is no feed."""
    try:
        import feedparser
    except ImportError as error:
        raise ArticleError(f"{place}: a feed needs feedparser; run: pip install 'onrecord[documents]'") from error
    feed = feedparser.parse(data)
    if not feed.version:
        raise ArticleError(f"{place}: is no feed (RSS, Atom); name a file of articles")
    if not feed.entries:
        raise ArticleError(f"{place}: the feed has no entries; save it anew when it has some, or name its pages")
    if len(feed.entries) > MOST_ENTRIES:
        note_of_many(place, f"only the first {MOST_ENTRIES:,} entries of the feed are read", ())
    outlet = _line(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries[:MOST_ENTRIES], 1):
        try:
            yield _raw(entry, f"{place}:{number}", outlet)
        except ArticleError as problem:
            yield problem


def _raw(entry: Mapping[str, object], place: str, outlet: str) -> RawArticle:
    text = _words(entry)
    if not text:
        raise ArticleError(f"{place}: the entry has no words; fetch its page, and read that")
    refuse_stray(text, place)
    title, link = _line(entry.get("title")), _line(entry.get("link"))
    meta = Meta(
        title=title,
        byline=_line(entry.get("author")),
        outlet=outlet,
        date=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
        url=link if is_web_address(link) else "",
    )
    number = place.rpartition(":")[2]
    return RawArticle(shortened(slugify(title or f"entry {number}")), visible(Path(place).name), "txt", f"{text}\n", meta)


def _words(entry: Mapping[str, object]) -> str:
    """The content of an entry; its summary where it has none."""
    contents = entry.get("content")
    values = [one.get("value") for one in contents if isinstance(one, Mapping)] if isinstance(contents, list) else []
    return next((text for value in (*values, entry.get("summary")) if isinstance(value, str) and (text := text_of_html(value))), "")


def _line(value: object) -> str:
    return " ".join(text_of_html(value).split()) if isinstance(value, str) else ""


def _day(parsed: object) -> str:
    """The time that feedparser has read, which is in UTC."""
    if not isinstance(parsed, tuple) or len(parsed) < 6:
        return ""
    try:
        return datetime(*(int(part) for part in parsed[:6]), tzinfo=UTC).isoformat()  # type: ignore[misc,arg-type]
    except ValueError:
        return ""
