"""A record of an archive (a line of a JSONL file, a row of a Parquet file) to a source, read as an article's file is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from onrecord.article.front_matter import KEYS, meta_of
from onrecord.article.read import Source, is_binary
from onrecord.errors import ArticleError
from onrecord.file_names import safe_id
from onrecord.model import ArticleFormat, Meta

ID = "id"
CONTENT: dict[str, ArticleFormat] = {"text": "txt", "markdown": "md", "html": "html"}
"""The columns that an article's words can stand in, and the format that each is read as."""
_OF_META = tuple(dict.fromkeys(key for keys in KEYS.values() for key in keys if key not in CONTENT))
COLUMNS = (ID, *CONTENT, *_OF_META)
"""Every column that is read; the metadata have the names that they have in front matter, but how much of the text may be shown stands in
``text_mode``. Other columns are left alone."""


def parse_record(record: Mapping[str, object], place: str) -> Source:
    """The source in a record that stands at ``place`` (``archive.jsonl:17``), which its messages name and its ``file``, too.

    A record has an ``id`` and one of ``text``, ``markdown`` and ``html``. Raises :class:`ArticleError`.
    """
    id = record_id(record.get(ID), place)
    column, text = _content(record, place)
    if is_binary(text):
        raise ArticleError(f"{place}: binary data, not text, in the column {column}; put the article's text there")
    return Source(id, place.rpartition("/")[2], CONTENT[column], text, _meta(record, place))


def record_id(given: object, place: str) -> str:
    """The id that a record gives, made safe for an address. Raises :class:`ArticleError`."""
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


def _meta(record: Mapping[str, object], place: str) -> Meta:
    return meta_of({key: _texts(key, record[key], place) for key in _OF_META if record.get(key) is not None}, place)


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
