"""From a record of an archive (a line of a JSONL file, a row of a Parquet file), or an entry of a saved feed (RSS, Atom), to a raw article,
by the same rules as for an article's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

from onrecord.article.front_matter import KEYS, meta_of, split_front_matter
from onrecord.article.markup import text_of_html
from onrecord.article.read import RawArticle
from onrecord.article.text_files import is_binary
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
from onrecord.errors import ArticleError
from onrecord.messages import note_of_many, visible
from onrecord.model import ArticleFormat, Meta
from onrecord.options import TEXT_MODES, TextMode
from onrecord.text.addresses import is_web_address, safe_id, shortened, slugify

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
